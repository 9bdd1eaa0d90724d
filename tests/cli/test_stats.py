"""stats: of nothing, of a little, in lines for a screen reader; test_golden.py has every figure."""

from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

Program = Callable[..., CompletedProcess[str]]


def test_stats_of_nothing(small_program: Program) -> None:
    ran = small_program("stats")
    assert (ran.returncode, ran.stderr) == (0, "")
    for said in ("Nothing was done yet.", "Nothing was passed yet", "Nothing is due.", "Nothing was missed yet."):
        assert said in ran.stdout
    assert ran.stdout.rstrip().splitlines()[-1].startswith("dlroadmap ")
    document = json.loads(small_program("stats", "--json").stdout)
    assert (document["schema"], document["since"], document["answers"], document["brier"]) == (1, None, 0, None)
    assert document["due_by_day"] == [0] * 28


def test_stats_after_a_checkpoint(small_program: Program) -> None:
    small_program("tick", "numbers")
    small_program("quiz", "numbers", stdin=".\n.\n.\n.\n")
    ran = small_program("stats")
    assert "1 active day since" in ran.stdout
    assert "0% of" in ran.stdout
    assert "Most missed: Numbers" in ran.stdout
    document = json.loads(small_program("stats", "--json").stdout)
    assert document["active_days"] == 1
    assert document["answers"] > 0
    assert document["right"] == 0
    assert document["hardest_topics"][0]["topic"] == "numbers"


def test_stats_in_lines_have_no_bars_and_no_columns(small_program: Program) -> None:
    small_program("tick", "numbers")
    printed = small_program("stats", "--plain").stdout
    assert not set("█▒░►◊✓∙┃") & set(printed)
    assert "  " not in printed
    assert "passed 0 of" in printed


def test_stats_take_no_words(small_program: Program) -> None:
    ran = small_program("stats", "all")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
