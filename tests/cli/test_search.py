from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

Program = Callable[..., CompletedProcess[str]]


def test_what_is_found_is_grouped_and_names_ids(small_program: Program) -> None:
    ran = small_program("search", "numbers")
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[1] == "Topics"
    assert "· numbers" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("Read it: dlroadmap")


def test_json_names_kind_topic_and_id(small_program: Program) -> None:
    document = json.loads(small_program("search", "numbers", "--json").stdout)
    assert document["schema"] == 1
    assert document["found"][0]["kind"] == "topic"
    assert document["found"][0]["topic"] == "numbers"


def test_nothing_found_is_said_and_exits_1(small_program: Program) -> None:
    ran = small_program("search", "zebra", "crossing")
    assert ran.returncode == 1
    assert "Nothing matches “zebra crossing”" in ran.stdout
