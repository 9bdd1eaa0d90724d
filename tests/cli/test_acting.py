"""tick, skip, know, undo and redo: what they change, what they say, and that saying it twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]
Recorded = Callable[[], list[str]]


def test_tick_says_what_changed_and_what_is_next(small_program: Program, recorded: Recorded) -> None:
    ran = small_program("tick", "numbers")
    lines = ran.stdout.splitlines()
    assert ran.returncode == 0
    assert lines[0] == "✓ ticked Numbers · was to do, is done now"
    assert lines[2].startswith("Next: Vectors · ")
    assert lines[-1].endswith("show vectors")
    assert recorded() == ["TopicTicked"]


@pytest.mark.parametrize(
    ("words", "said", "kinds"),
    [
        (("tick", "numbers"), "Numbers is ticked already; nothing changed.", ["TopicTicked"]),
        (("skip", "numbers"), "Numbers is skipped already; nothing changed.", ["TopicSkipped"]),
        (("know", "numbers"), "Numbers is known already; nothing changed.", ["TopicKnown"]),
        (("tick", "numbers", "count"), "“Count to ten.” is ticked already; nothing changed.", ["StepTicked"]),
        (("path", "short"), "The short way is your path already: 0 of 3 topics done.", ["PathChosen"]),
    ],
)
def test_what_is_so_already_is_said_and_not_recorded(
    small_program: Program, recorded: Recorded, words: tuple[str, ...], said: str, kinds: list[str]
) -> None:
    small_program(*words)
    again = small_program(*words)
    assert again.returncode == 0
    assert said in again.stdout
    assert recorded() == kinds


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tick", "numbers"), "Numbers isn't ticked; nothing changed."),
        (("skip", "numbers"), "Numbers isn't skipped; nothing changed."),
        (("know", "numbers"), "Numbers isn't known by your word; nothing changed."),
        (("tick", "numbers", "count"), "“Count to ten.” is not ticked; nothing changed."),
    ],
)
def test_undo_of_what_never_was(small_program: Program, recorded: Recorded, words: tuple[str, ...], said: str) -> None:
    ran = small_program(*words, "--undo")
    assert ran.returncode == 0
    assert said in ran.stdout
    assert recorded() == []


@pytest.mark.parametrize("words", [("tick", "numbers"), ("skip", "numbers"), ("know", "numbers"), ("tick", "numbers", "count")])
def test_undo_option_brings_back_what_was(small_program: Program, words: tuple[str, ...]) -> None:
    before = small_program("show", "numbers", "--json").stdout
    small_program(*words)
    assert small_program("show", "numbers", "--json").stdout != before
    assert small_program(*words, "--undo").returncode == 0
    assert small_program("show", "numbers", "--json").stdout == before


def test_json_of_an_action(small_program: Program) -> None:
    first, second = (json.loads(small_program("tick", "numbers", "--json").stdout) for _ in range(2))
    assert first == {"schema": 1, "topic": "numbers", "standing": "done", "changed": True}
    assert second == {**first, "changed": False}
    step = json.loads(small_program("tick", "numbers", "tally", "--json").stdout)
    assert step["step"] == "count"


def test_step_is_ticked_by_id_or_alias_and_the_rest_is_counted(small_program: Program, recorded: Recorded) -> None:
    assert "ticked “Count to ten.” of Numbers; 1 of its practice steps left" in small_program("tick", "numbers", "tally").stdout
    assert "none of its practice steps left" in small_program("tick", "numbers", "add").stdout
    assert recorded() == ["StepTicked", "StepTicked"]


@pytest.mark.parametrize(("step", "cure"), [("cuont", "did you mean 'count'?"), ("zzz", "{again} show numbers lists its steps")])
def test_unknown_step(small_program: Program, small_file: Path, recorded: Recorded, step: str, cure: str) -> None:
    ran = small_program("tick", "numbers", step)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"dlroadmap: numbers has no step '{step}'; {cure.format(again=f'dlroadmap --roadmap {small_file}')}\n"
    assert recorded() == []


def test_ticking_a_skipped_topic_unskips_it(small_program: Program) -> None:
    small_program("skip", "numbers")
    assert "was skipped, is done now" in small_program("tick", "numbers").stdout


def test_unticked_topic_that_is_known_says_why_it_is_still_done(small_program: Program) -> None:
    small_program("know", "numbers")
    small_program("tick", "numbers")
    assert "still done (you knew it before)" in small_program("tick", "numbers", "--undo").stdout


def test_undo_and_redo_as_often_as_one_likes(small_program: Program) -> None:
    small_program("tick", "numbers")
    small_program("skip", "vectors")
    assert small_program("undo").stdout.startswith("Undone: skipped Vectors\n")
    assert json.loads(small_program("undo", "--json").stdout) == {"schema": 1, "undone": "ticked Numbers"}
    empty = small_program("undo")
    assert (empty.returncode, empty.stdout.startswith("There is nothing to undo.")) == (0, True)
    assert json.loads(small_program("undo", "--json").stdout) == {"schema": 1, "undone": None}
    assert small_program("redo").stdout.startswith("Done again: ticked Numbers\n")
    assert json.loads(small_program("redo", "--json").stdout) == {"schema": 1, "redone": "skipped Vectors"}
    assert small_program("redo").stdout.startswith("There is nothing to redo.")
    status = json.loads(small_program("status", "--json").stdout)
    assert (status["done"], status["skipped"]) == (1, 1)
