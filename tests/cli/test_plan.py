"""plan: what one plans is kept, shown and foreseen; what can't be a plan is one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]


def test_nothing_planned_says_how_to_plan(small_program: Program) -> None:
    ran = small_program("plan")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "no hours planned: --hours 5 sets them" in ran.stdout
    assert "Set the hours of a week" in ran.stdout
    assert ran.stdout.rstrip().splitlines()[-1].startswith("dlroadmap ")


def test_plan_is_kept_and_shown(small_program: Program, recorded: Callable[[], list[str]]) -> None:
    ran = small_program("plan", "--hours", "5", "--days", "wed,Monday mon", "--target", "2099-06-30", "--minutes", "20")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "5 h a week · mon, wed" in ran.stdout
    assert "Reviews: 20 min a day, due at 90% recall." in ran.stdout
    assert "of 2 planned days" in ran.stdout
    assert "30 Jun 2099 takes" in ran.stdout
    assert "From as planned to half as long again" in " ".join(ran.stdout.split())
    assert recorded() == ["PlanSet"]
    assert small_program("plan").returncode == 0
    assert recorded() == ["PlanSet"]


def test_plan_as_json(small_program: Program) -> None:
    before = json.loads(small_program("plan", "--json").stdout)
    assert (before["schema"], before["changed"], before["hours"], before["days"], before["target"]) == (1, False, None, None, None)
    assert (before["review_minutes"], before["retention"], before["paused_until"]) == (10, 0.9, None)
    assert (before["forecast"]["pace"], before["forecast"]["soonest"], before["forecast"]["possible"]) == (None, None, None)
    words = ("--hours", "4", "--days", "sat", "--target", "2099-01-01", "--retention", "85", "--level", "basics", "--goal", "job")
    after = json.loads(small_program("plan", *words, "--json").stdout)
    assert (after["changed"], after["hours"], after["days"], after["level"], after["goal"]) == (True, 4, ["sat"], "basics", "job")
    assert (after["retention"], after["target"]) == (0.85, "2099-01-01")
    forecast = after["forecast"]
    assert (forecast["pace"], forecast["pace_is"], forecast["possible"]) == (4, "planned", True)
    assert forecast["soonest"] < forecast["latest"]
    assert json.loads(small_program("plan", "--target", "none", "--json").stdout)["target"] is None


def test_each_option_leaves_the_others(small_program: Program) -> None:
    small_program("plan", "--hours", "5", "--days", "mon")
    small_program("plan", "--minutes", "15")
    plan = json.loads(small_program("plan", "--json").stdout)
    assert (plan["hours"], plan["days"], plan["review_minutes"]) == (5, ["mon"], 15)
    small_program("undo")
    assert json.loads(small_program("plan", "--json").stdout)["review_minutes"] == 10


def test_target_that_cannot_be_met_is_said(small_program: Program) -> None:
    soon = date.today()  # noqa: DTZ011 the program's own clock
    ran = small_program("plan", "--target", soon.isoformat())
    assert ran.returncode == 0
    assert f"{soon:%d %b %Y} can't be met." in " ".join(ran.stdout.split())


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("mon-fri", "mon tue wed thu fri"),
        ("Sat-Monday", "mon sat sun"),
        ("tues,Fri-fri", "tue fri"),
        ("mon-wed sun", "mon tue wed sun"),
    ],
)
def test_days_may_be_stretches(small_program: Program, given: str, days: str) -> None:
    assert json.loads(small_program("plan", "--json", "--days", given).stdout)["days"] == days.split()


@pytest.mark.parametrize(
    "words",
    [
        ("--hours", "-1"),
        ("--hours", "169"),
        ("--hours", "many"),
        ("--hours", "nan"),
        ("--retention", "nan"),
        ("--days", "someday"),
        ("--days", "monkey"),
        ("--days", "mo"),
        ("--days", "mon-"),
        ("--days", "mon-fri-sat"),
        ("--days", ""),
        ("--days", ","),
        ("--target", "soon"),
        ("--target", "2020-01-01"),
        ("--target", "2026-02-30"),
        ("--minutes", "601"),
        ("--minutes", "1.5"),
        ("--retention", "79"),
        ("--retention", "96"),
        ("--level", "expert"),
        ("--goal", "fame"),
        ("extra",),
    ],
)
def test_bad_plan_is_one_line_and_records_nothing(
    small_program: Program, recorded: Callable[[], list[str]], words: tuple[str, ...]
) -> None:
    ran = small_program("plan", *words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert recorded() == []


def test_hardly_any_hours_are_no_end_of_the_program(small_program: Program) -> None:
    ran = small_program("plan", "--hours", "0.0001")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_level_and_goal_name_the_path_that_fits_until_it_is_taken(small_program: Program) -> None:
    assert "fits that" not in small_program("plan").stdout
    said = " ".join(small_program("plan", "--level", "trained", "--goal", "research").stdout.split())
    assert "Level: trained, goal: research. The path All from Attention on fits that: dlroadmap" in said
    assert "path all --from attention" in said
    small_program("path", "all", "--from", "attention")
    assert "fits that" not in small_program("plan").stdout
