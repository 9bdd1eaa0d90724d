"""Wording: each event has its words, and what several modules say, each in its own place, is the same."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from dlroadmap import events as e
from dlroadmap import planning, welcome
from dlroadmap.cli import verbs
from dlroadmap.events import KINDS, PlanSet
from dlroadmap.roadmap import Roadmap
from dlroadmap.schedule import Confidence
from dlroadmap.standing import Standing
from dlroadmap.tui.screens import settings
from dlroadmap.wording import STANDINGS, SURE, WHEN_SURE, bare, plural, short, told


def words_of(field: str) -> set[str]:
    """Return the words that an event of the plan takes for a field."""
    annotation = PlanSet.model_fields[field].annotation
    return {word for part in get_args(annotation) for word in get_args(part)}


def test_every_standing_and_confidence_has_its_words() -> None:
    assert set(STANDINGS) == set(get_args(Standing))
    assert set(SURE) == set(WHEN_SURE) == set(get_args(Confidence))


def test_levels_and_goals_are_the_same_wherever_they_are_named() -> None:
    levels, goals = words_of("level"), words_of("goal")
    assert {"new", "research"} <= levels | goals
    assert levels == {*welcome.LEVELS} == {*settings.LEVELS} == {*verbs.LEVELS}
    assert goals == {*welcome.GOALS} == {*settings.GOALS} == {*verbs.GOALS}


def test_days_of_the_week_are_the_same_wherever_they_are_named() -> None:
    assert get_args(e.Weekday) == planning.DAYS == verbs.DAYS


def test_every_event_has_its_words(small: Roadmap) -> None:
    fields: dict[str, Any] = {
        "topic": "numbers",
        "step": "count",
        "idea": "adding",
        "question": "two-and-two",
        "sitting": "s",
        "path": "short",
        "kind": "checkpoint",
        "entry": "x",
        "answer": "x",
        "credit": 1,
        "reason": "right",
        "given": "x",
        "until": "2026-03-09",
        "text": "x",
        "scope": (),
        "seed": 1,
        "questions": (),
        "entries": (),
        "body": {},
    }
    for name, kind in KINDS.items():
        event = kind.model_validate({f: fields[f] for f, info in kind.model_fields.items() if info.is_required()})
        words = told(event, small)
        assert words
        assert "{" not in words
        assert ("newer version" in words) == (kind in (e.Undone, e.Redone)), name
    assert told(e.TopicTicked(topic="numbers"), small) == "ticked Numbers"
    assert told(e.TopicTicked(topic="figures"), small) == "ticked Numbers"
    assert told(e.TopicTicked(topic="gone"), small) == "ticked gone"
    assert told(e.StepTicked(topic="numbers", step="tally"), small) == "ticked “Count to ten.” of Numbers"
    assert told(e.PathChosen(path="short"), small) == "took the path The short way"
    assert told(e.Unreadable(), small) == "did something that a newer version knows"


def test_one_thing_has_no_plural() -> None:
    assert [plural(n, "idea") for n in (0, 1, 2)] == ["0 ideas", "1 idea", "2 ideas"]


@pytest.mark.parametrize(
    ("text", "length", "line"),
    [
        ("Run `fit`\n  twice.", 40, "Run fit twice."),
        ("Count to ten", 12, "Count to ten"),
        ("Count to ten.", 12, "Count to…"),
        ("Count to ten", 9, "Count to…"),
        ("Counting", 5, "Coun…"),
    ],
)
def test_a_long_text_is_cut_between_words_to_one_line(text: str, length: int, line: str) -> None:
    assert short(text, length) == line
    assert len(short(text, length)) <= length


def test_a_bare_text_has_no_code_marks() -> None:
    assert bare("`a`\n\n b") == "a b"
