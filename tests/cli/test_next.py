from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

Program = Callable[..., CompletedProcess[str]]


def test_json_names_topic_step_reasons_and_resource(small_program: Program) -> None:
    found = json.loads(small_program("next", "--json").stdout)
    assert (found["schema"], found["topic"], found["title"], found["action"]) == (1, "numbers", "Numbers", "step")
    assert found["step"] == {"id": "primer", "kind": "resource", "text": "A primer", "minutes": 10}
    assert (found["minutes"], found["due"]) == (10, 0)
    assert "needs nothing before it" in found["reasons"]
    assert found["resource"]["url"] == "https://example.org/primer"


def test_minutes_choose_a_step_that_fits(small_program: Program) -> None:
    small_program("tick", "numbers", "primer")
    assert json.loads(small_program("next", "--json").stdout)["step"]["id"] == "count"
    assert json.loads(small_program("next", "--minutes", "20", "--json").stdout)["step"]["id"] == "add"


def test_where_nothing_fits_the_shortest_is_named(small_program: Program) -> None:
    small_program("tick", "numbers", "primer")
    ran = small_program("next", "--minutes", "5")
    assert ran.stdout.startswith("Nothing fits into 5 min; the shortest takes 20 min.\n\n► Numbers   20 min")
    assert "Nothing fits" not in small_program("next", "--minutes", "20").stdout


def test_people_read_what_why_where_and_the_commands(small_program: Program) -> None:
    lines = small_program("next").stdout.splitlines()
    assert lines[0] == "∙ Numbers   10 min"
    assert "why    needs nothing before it; opens 1 topic; 1 h" in lines
    assert "begin  book: A primer · 10 min" in lines
    assert "       https://example.org/primer" in lines
    assert lines[-1].endswith("tick numbers primer")


def test_when_the_steps_are_done_the_checkpoint_comes(small_program: Program) -> None:
    for step in ("primer", "count", "add"):
        small_program("tick", "numbers", step)
    assert json.loads(small_program("next", "--json").stdout)["action"] == "checkpoint"
    assert small_program("next").stdout.splitlines()[-1].endswith("quiz numbers")


def test_topic_without_anything_to_do_is_ticked(small_program: Program) -> None:
    for topic in ("numbers", "vectors", "neurons", "attention"):
        small_program("tick", topic)
    found = json.loads(small_program("next", "--json").stdout)
    assert (found["topic"], found["action"], found["resource"]) == ("training", "checkpoint", None)


def test_nothing_left(small_program: Program) -> None:
    for topic in ("numbers", "vectors", "neurons", "training", "attention"):
        small_program("know", topic)
    found = json.loads(small_program("next", "--json").stdout)
    assert (found["topic"], found["action"], found["reasons"], found["minutes"]) == (None, None, [], 0)
    ran = small_program("next")
    assert ran.returncode == 0
    assert "Nothing is left to begin on the path All: 5 of 5 topics are done." in ran.stdout
    assert "Nothing is left to begin on this path" in small_program("status").stdout


def test_what_is_skipped_is_no_part_of_what_is_done(small_program: Program) -> None:
    for topic in ("numbers", "vectors", "neurons", "training"):
        small_program("know", topic)
    small_program("skip", "attention")
    assert "4 of 4 topics are done." in small_program("next").stdout
