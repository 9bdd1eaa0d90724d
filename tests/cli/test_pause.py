"""pause: a break is planned, moved and ended; what can't be one is one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dlroadmap.events import Paused
from dlroadmap.study import Study

Program = Callable[..., CompletedProcess[str]]


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 the program's own calendar


@pytest.mark.parametrize(
    ("length", "days"), [("2w", 14), ("10d", 10), ("1 w", 7), ("3weeks", 21), ("2 months", 60), ("1D", 1), (in_days(9), 9)]
)
def test_break_by_its_length_or_its_end(small_program: Program, recorded: Callable[[], list[str]], length: str, days: int) -> None:
    ran = small_program("pause", length, "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    answer = json.loads(ran.stdout)
    assert (answer["schema"], answer["changed"]) == (1, True)
    assert answer["paused_until"] in (in_days(days), in_days(days + 1))  # the day may have turned meanwhile
    assert recorded() == ["Paused"]


def test_same_break_again_changes_nothing(small_program: Program, recorded: Callable[[], list[str]]) -> None:
    until = in_days(20)
    assert "On a break until" in small_program("pause", until).stdout
    assert json.loads(small_program("pause", until, "--json").stdout)["changed"] is False
    assert recorded() == ["Paused"]


def test_break_moves_the_forecast_and_ends(small_program: Program) -> None:
    small_program("plan", "--hours", "5")
    before = json.loads(small_program("plan", "--json").stdout)["forecast"]
    small_program("pause", "4w")
    plan = json.loads(small_program("plan", "--json").stdout)
    moved = date.fromisoformat(plan["forecast"]["soonest"]) - date.fromisoformat(before["soonest"])
    assert timedelta(weeks=4) <= moved <= timedelta(weeks=4, days=1)
    assert "On a break until" in small_program("plan").stdout
    ended = small_program("pause", "--end")
    assert ended.stdout.startswith("The break is over.")
    assert json.loads(small_program("plan", "--json").stdout)["paused_until"] is None
    again = json.loads(small_program("pause", "--end", "--json").stdout)
    assert (again["paused_until"], again["changed"]) == (None, False)


def test_a_break_that_is_over_is_not_ended_again(
    small_program: Program, small_file: Path, recorded: Callable[[], list[str]]
) -> None:
    study = Study.open(str(small_file))
    study.record(Paused(until=date.fromisoformat(in_days(0))))
    study.close()
    assert small_program("pause", "--end").stdout.startswith("There was no break; nothing changed.")
    assert recorded() == ["Paused"]


@pytest.mark.parametrize(
    "length", ["0d", "soon", "-3d", "2y", "999w", "99999w", "999999999m", "2020-01-01", "2w3d", "٣d", "", "1" * 400 + "d"]
)
def test_what_is_no_break_is_one_line(small_program: Program, recorded: Callable[[], list[str]], length: str) -> None:
    ran = small_program("pause", "--", length)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert len(ran.stderr) < 300
    assert recorded() == []


def test_a_length_that_is_too_long_is_a_length(small_program: Program) -> None:
    assert "within two years" in small_program("pause", "99999w").stderr


@pytest.mark.parametrize("words", [(), ("2w", "--end"), ("2w", "3w")])
def test_pause_takes_a_length_or_its_end(small_program: Program, words: tuple[str, ...]) -> None:
    ran = small_program("pause", *words)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
