"""Events: what is written is read, and what this version doesn't know has no effect."""

from __future__ import annotations

import inspect
import json

import pytest
from hypothesis import given
from pydantic import ValidationError
from tests.histories import BEGAN, histories

from dlroadmap import events as e
from dlroadmap.events import KINDS, Entry, Event, Unreadable, entry_id, milliseconds_of, read_event

RELEASED = {
    "TopicTicked": '{"topic":"t"}',
    "TopicUnticked": '{"topic":"t"}',
    "TopicSkipped": '{"topic":"t"}',
    "TopicUnskipped": '{"topic":"t"}',
    "TopicKnown": '{"topic":"t"}',
    "TopicUnknown": '{"topic":"t"}',
    "StepTicked": '{"topic":"t","step":"s"}',
    "StepUnticked": '{"topic":"t","step":"s"}',
    "SittingStarted": '{"sitting":"s","kind":"checkpoint","scope":["t"],"seed":7,'
    '"questions":[{"topic":"t","idea":"i","question":"q","spare":"r"}]}',
    "Answered": '{"sitting":"s","topic":"t","question":"q","idea":"i","kind":"match","variant":{"n":3,"x":0.5},'
    '"given":[["a","b"]],"credit":0.5,"confidence":"fairly","seconds":3.5,"hint":true,"retry":true}',
    "AnswerOverruled": '{"answer":"a","topic":"t","question":"q","idea":"i","credit":1.0,"reason":"right"}',
    "SittingFinished": '{"sitting":"s"}',
    "SittingAbandoned": '{"sitting":"s"}',
    "IdeaBuried": '{"topic":"t","idea":"i","until":"2026-03-03"}',
    "IdeaSuspended": '{"topic":"t","idea":"i"}',
    "IdeaResumed": '{"topic":"t","idea":"i"}',
    "IdeaReset": '{"topic":"t","idea":"i"}',
    "QuestionRetired": '{"topic":"t","question":"q"}',
    "NoteWritten": '{"topic":"t","text":"a\\nb"}',
    "PathChosen": '{"path":"p","start":"t"}',
    "PathSaved": '{"path":"p","body":{"title":"P","phase":[{"id":"a","topics":["t"]}]}}',
    "PlanSet": '{"level":"new","goal":"build","hours":5.0,"days":["mon","sun"],"review_minutes":10,"retention":0.9,'
    '"target":"2027-06-30"}',
    "Paused": '{"until":"2026-03-03"}',
    "Unpaused": "{}",
    "Undone": '{"entry":"a"}',
    "Redone": '{"entry":"a"}',
    "Restored": '{"entries":["a","b"]}',
}
"""A body of every kind as the first release writes it: every later version must read these."""


def test_every_kind_has_its_body_here() -> None:
    every = {kind.__name__ for _, kind in inspect.getmembers(e, inspect.isclass) if issubclass(kind, Event)}
    assert set(KINDS) == set(RELEASED) == every - {"Event", "Unreadable"}


@pytest.mark.parametrize("kind", RELEASED)
def test_what_a_release_wrote_is_read_and_written_alike(kind: str) -> None:
    event = read_event(kind, RELEASED[kind])
    assert type(event) is KINDS[kind]
    assert event.model_dump_json(exclude_defaults=True) == RELEASED[kind]
    assert read_event(kind, json.loads(RELEASED[kind])) == event


@given(histories(max_size=8))
def test_every_event_is_read_as_it_was_written(entries: list[Entry]) -> None:
    for entry in entries:
        body = entry.event.model_dump_json(exclude_defaults=True)
        read = read_event(type(entry.event).__name__, body)
        assert read == entry.event
        assert type(read) is type(entry.event)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("TopicDreamt", '{"topic":"t"}'),
        ("TopicTicked", '{"topic":"t","mood":"good"}'),
        ("TopicTicked", "{}"),
        ("TopicTicked", "not JSON"),
        ("TopicTicked", '{"topic":3}'),
        ("Answered", '{"credit":2}'),
        ("Unreadable", "{}"),
        ("Event", "{}"),
        ("", ""),
    ],
)
def test_unknown_kind_or_field_has_no_effect(kind: str, body: str) -> None:
    assert read_event(kind, body) == Unreadable()


@pytest.mark.parametrize(("topic", "kind", "scope"), [("t", "placement", ()), ("placement", "practice", ("placement",))])
def test_a_placement_is_read_as_it_was_written_at_first(topic: str, kind: str, scope: tuple[str, ...]) -> None:
    planned = f'{{"topic":"{topic}","idea":"i","question":"q"}}'
    body = f'{{"sitting":"s","kind":"practice","scope":["placement"],"seed":7,"questions":[{planned}]}}'
    event = read_event("SittingStarted", body)
    assert isinstance(event, e.SittingStarted)
    assert (event.kind, event.scope) == (kind, scope)
    assert read_event("SittingStarted", event.model_dump_json()) == event


def test_events_are_frozen_and_strict() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        e.TopicTicked(topic="t").topic = "u"  # type: ignore[misc] # that it can't be set is what is shown
    with pytest.raises(ValidationError, match="finite"):
        e.Answered(sitting="s", topic="t", question="q", idea="i", kind="text", given="x", credit=1, seconds=float("inf"))


def test_ids_sort_as_time_does() -> None:
    ids = [entry_id(n, "zz") for n in (0, 9, 10, 1_790_000_000_000, 99_999_999_999_999)]
    assert ids == sorted(ids)
    assert [milliseconds_of(i) for i in ids] == [0, 9, 10, 1_790_000_000_000, 99_999_999_999_999]


def test_entry_tells_its_machine() -> None:
    assert Entry(entry_id(5, "cafe0123"), BEGAN, e.Unpaused()).machine == "cafe0123"
