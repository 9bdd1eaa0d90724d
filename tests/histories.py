"""Random histories of a learner: events of every kind, on two machines, with a clock that is sometimes set back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.progress import Progress, Sat

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOPICS, IDEAS, QUESTIONS, SITTINGS, STEPS = ("ta", "tb"), ("ia", "ib", "ic"), ("qa", "qb"), ("sa", "sb"), ("pa", "pb")
MACHINES = ("aaaaaaaa", "bbbbbbbb")
REVIEWING = Progress(
    sittings={"s": Sat(started=e.SittingStarted(sitting="s", kind="review", scope=(), seed=1, questions=()), at=BEGAN, entry="")}
)
"""Nothing was done yet but to begin a review: what is answered in `s` counts."""
KINDS = ("choice", "multi", "numeric", "text", "order", "match", "open")

topics, ideas, questions = st.sampled_from(TOPICS), st.sampled_from(IDEAS), st.sampled_from(QUESTIONS)
sittings, steps, days = st.sampled_from(SITTINGS), st.sampled_from(STEPS), st.dates(date(2026, 3, 1), date(2026, 6, 1))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
credits_ = st.sampled_from([0.0, 1 / 3, 0.5, 2 / 3, 1.0])
given = (
    st.none()
    | texts
    | st.lists(texts, max_size=3).map(tuple)
    | st.lists(st.tuples(texts, texts), min_size=1, max_size=3).map(tuple)
)

answers: SearchStrategy[e.Answered] = st.builds(
    e.Answered,
    sitting=sittings,
    topic=topics,
    question=questions,
    idea=ideas,
    kind=st.sampled_from(KINDS),
    variant=st.dictionaries(st.sampled_from("nk"), numbers, max_size=2),
    given=given,
    credit=credits_,
    confidence=st.none() | st.sampled_from(["guess", "fairly", "certain"]),
    seconds=st.floats(0, 4000),
    hint=st.booleans(),
    retry=st.booleans(),
)
planned = st.builds(e.Planned, topic=topics, idea=ideas, question=questions, spare=st.none() | questions)
started = st.builds(
    e.SittingStarted,
    sitting=sittings,
    kind=st.sampled_from(["checkpoint", "exam", "review", "practice", "cram", "placement"]),
    scope=st.lists(topics, max_size=2).map(tuple),
    seed=st.integers(0, 2**48),
    questions=st.lists(planned, max_size=3).map(tuple),
)
bodies = st.dictionaries(st.sampled_from(["title", "phase"]), st.recursive(st.none() | st.booleans() | numbers | texts, st.lists))

plain: SearchStrategy[Event] = st.one_of(
    st.builds(e.TopicTicked, topic=topics),
    st.builds(e.TopicUnticked, topic=topics),
    st.builds(e.TopicSkipped, topic=topics),
    st.builds(e.TopicUnskipped, topic=topics),
    st.builds(e.TopicKnown, topic=topics),
    st.builds(e.TopicUnknown, topic=topics),
    st.builds(e.StepTicked, topic=topics, step=steps),
    st.builds(e.StepUnticked, topic=topics, step=steps),
    started,
    answers,
    answers,
    answers,
    st.builds(e.SittingFinished, sitting=sittings),
    st.builds(e.SittingAbandoned, sitting=sittings),
    st.builds(e.IdeaBuried, topic=topics, idea=ideas, until=days),
    st.builds(e.IdeaSuspended, topic=topics, idea=ideas),
    st.builds(e.IdeaResumed, topic=topics, idea=ideas),
    st.builds(e.IdeaReset, topic=topics, idea=ideas),
    st.builds(e.NoteWritten, topic=topics, text=texts),
    st.builds(e.PathChosen, path=st.sampled_from(["all", "short"]), start=st.none() | topics),
    st.builds(e.PathSaved, path=st.sampled_from(["mine", "yours"]), body=bodies),
    st.builds(
        e.PlanSet,
        level=st.none() | st.sampled_from(["new", "basics", "trained"]),
        goal=st.none() | st.sampled_from(["understand", "build", "research", "job"]),
        hours=st.none() | st.floats(0, 168),
        days=st.none() | st.lists(st.sampled_from(["mon", "sat", "sun"]), max_size=3).map(tuple),
        review_minutes=st.none() | st.integers(0, 600),
        retention=st.none() | st.floats(0.80, 0.95),
        target=st.none() | days,
        no_target=st.booleans(),
    ),
    st.builds(e.Paused, until=days),
    st.builds(e.Unpaused),
    st.builds(e.Unreadable),
)
"""Events that amend no earlier one."""


class _Amending(NamedTuple):
    """An event that names earlier entries: which, as numbers from 0 to 999 over those that there are by then."""

    make: Callable[[list[str]], Event]
    which: list[int]


_which = st.integers(0, 999)
_one: SearchStrategy[list[int]] = st.lists(_which, min_size=1, max_size=1)


def _overruled(topic: str, question: str, idea: str, credit: float, reason: Any) -> Callable[[list[str]], Event]:
    return lambda ids: e.AnswerOverruled(answer=ids[0], topic=topic, question=question, idea=idea, credit=credit, reason=reason)


def _retired(topic: str, question: str, formerly: list[tuple[str, str]]) -> Callable[[list[str]], Event]:
    return lambda _: e.QuestionRetired(topic=topic, question=question, formerly=tuple(formerly))


amending: SearchStrategy[_Amending] = st.one_of(
    st.builds(_Amending, st.just(lambda ids: e.Undone(entry=ids[0])), _one),
    st.builds(_Amending, st.just(lambda ids: e.Redone(entry=ids[0])), _one),
    st.builds(_Amending, st.just(lambda ids: e.Restored(entries=tuple(dict.fromkeys(ids)))), st.lists(_which, max_size=4)),
    st.builds(_Amending, st.builds(_overruled, topics, questions, ideas, credits_, st.sampled_from(["right", "slip"])), _one),
    st.builds(_Amending, st.builds(_retired, topics, questions, st.lists(st.tuples(topics, questions), max_size=2)), st.just([])),
)

gaps = st.sampled_from([0, 1, 20, 60, 24 * 60, 3 * 24 * 60, 8 * 24 * 60, 60 * 24 * 60, -60, -26 * 60])
"""Minutes between one entry and the next; below zero where the clock was set back."""
zones = st.sampled_from(
    [UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-11)), timezone(timedelta(hours=5, minutes=45))]
)


@st.composite
def histories(draw: st.DrawFn, *, max_size: int = 25, amend: bool = True) -> list[Entry]:
    """Draw entries in the order of their ids, a sitting or two before all; those that amend name earlier ones."""
    kinds: SearchStrategy[Event | _Amending] = plain | amending if amend else plain
    first: list[tuple[Event | _Amending, int, timezone, str]] = [
        (one, 0, UTC, MACHINES[0]) for one in draw(st.lists(started, max_size=2))
    ]
    rows = first + draw(st.lists(st.tuples(kinds, gaps, zones, st.sampled_from(MACHINES)), max_size=max_size))
    entries: list[Entry] = []
    now, newest = BEGAN, 0
    for drawn, gap, zone, machine in rows:
        now += timedelta(minutes=gap)
        newest = max(int(now.timestamp() * 1000), newest + 1)
        if isinstance(drawn, _Amending):
            if not entries and drawn.which:
                continue
            event = drawn.make([entries[n % len(entries)].id for n in drawn.which])
        else:
            event = drawn
        entries.append(Entry(entry_id(newest, machine), now.astimezone(zone), event))
    return entries


def later(entries: list[Entry], *events: Event) -> list[Entry]:
    """Return the entries with more, a minute apart, after them."""
    longer = list(entries)
    for event in events:
        last = longer[-1] if longer else Entry(entry_id(int(BEGAN.timestamp() * 1000), MACHINES[0]), BEGAN, event)
        longer.append(Entry(entry_id(e.milliseconds_of(last.id) + 60000, MACHINES[0]), last.at + timedelta(minutes=1), event))
    return longer
