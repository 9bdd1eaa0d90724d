"""Memories: those of py-fsrs itself, a recall that only falls, and days that are the learner's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as Given
from hypothesis import given, settings
from hypothesis import strategies as st

from dlroadmap.schedule import DECAY, LONGEST, Confidence, Memory, Rating, due, interval, rate, recall, remember

T0 = datetime(2026, 3, 2, 20, tzinfo=UTC)

histories = st.lists(
    st.tuples(st.sampled_from(list(Rating)), st.floats(0, 400).map(lambda days: timedelta(days=days))), min_size=1, max_size=12
)
memories = st.builds(Memory, stability=st.floats(0.001, 36500), difficulty=st.floats(1, 10), at=st.just(T0))


@settings(max_examples=1000)
@given(histories)
def test_memories_are_those_of_py_fsrs(history: list[tuple[Rating, timedelta]]) -> None:
    theirs = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, desired_retention=0.9)
    card, memory, at = Card(card_id=1, due=T0), None, T0
    for rating, gap in history:
        at += gap
        memory = remember(memory, rating, at)
        card, _ = theirs.review_card(card, Given(int(rating)), at)
        assert (memory.stability, memory.difficulty, memory.at) == (card.stability, card.difficulty, card.last_review)
        assert timedelta(days=interval(memory)) == card.due - at
        whole_days = at + timedelta(days=3)
        assert recall(memory, whole_days) == pytest.approx(theirs.get_card_retrievability(card, whole_days), abs=1e-12)


def test_the_curve_falls_as_the_librarys_parameters_say() -> None:
    assert Scheduler().parameters[20] == DECAY


@given(histories, st.floats(0, 5000), st.floats(0, 5000))
def test_recall_is_a_probability_that_falls_with_time(history: list[tuple[Rating, timedelta]], one: float, other: float) -> None:
    memory, at = None, T0
    for rating, gap in history:
        at += gap
        memory = remember(memory, rating, at)
    assert memory is not None
    soon, late = sorted((one, other))
    assert recall(memory, at) == 1
    assert 0 <= recall(memory, at + timedelta(days=late)) <= recall(memory, at + timedelta(days=soon)) <= 1


@given(memories, st.floats(0.80, 0.95))
def test_interval_ends_when_recall_falls_to_the_retention(memory: Memory, retention: float) -> None:
    days = interval(memory, retention)
    assert 1 <= days <= LONGEST
    if 1 < days < LONGEST:
        assert recall(memory, T0 + timedelta(days=days - 0.5)) >= retention - 1e-9
        assert recall(memory, T0 + timedelta(days=days + 0.5)) <= retention + 1e-9


@given(memories)
def test_higher_retention_means_sooner_reviews(memory: Memory) -> None:
    assert interval(memory, 0.95) <= interval(memory, 0.9) <= interval(memory, 0.8)


@given(st.lists(st.tuples(st.sampled_from(list(Rating)), st.floats(-50, 50)), min_size=2, max_size=8))
def test_clock_that_was_set_back_counts_as_no_time_passed(history: list[tuple[Rating, float]]) -> None:
    memory, at, seen = None, T0, []
    for rating, days in history:
        at += timedelta(days=days)
        memory = remember(memory, rating, at)
        seen.append(memory.at)
        assert 0 <= recall(memory, at - timedelta(days=3)) <= 1
        assert interval(memory) >= 1
    assert all(a <= b for a, b in pairwise(seen))


@pytest.fixture
def home() -> ZoneInfo:
    """A zone with summer time; Windows has none without the package tzdata."""
    try:
        return ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        pytest.skip("no time zones here")


def test_what_was_missed_at_eight_in_the_evening_is_due_next_morning(home: ZoneInfo) -> None:
    missed = remember(remember(None, Rating.GOOD, T0 - timedelta(days=30)), Rating.AGAIN, datetime(2026, 3, 2, 20, tzinfo=home))
    assert due(missed, datetime(2026, 3, 2, 23, tzinfo=home)) == date(2026, 3, 3)
    assert due(missed, datetime(2026, 3, 3, 6, tzinfo=home)) == date(2026, 3, 3)


@pytest.mark.parametrize("hours", [14, -11, 5.75])
def test_due_day_is_of_the_learners_own_calendar(hours: float) -> None:
    late = datetime(2026, 3, 2, 23, 50, tzinfo=timezone(timedelta(hours=hours)))
    memory = remember(None, Rating.AGAIN, late)
    assert due(memory, late) == date(2026, 3, 3)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_days_of_23_and_of_25_hours_are_days(day: date, home: ZoneInfo) -> None:
    evening = datetime(day.year, day.month, day.day, 20, tzinfo=home) - timedelta(days=1)
    memory = remember(None, Rating.AGAIN, evening)
    morning = datetime(day.year, day.month, day.day, 8, tzinfo=home)
    assert due(memory, morning) == day
    assert 0 < recall(memory, morning) < 1


def test_flight_west_makes_no_negative_interval() -> None:
    east, west = timezone(timedelta(hours=14)), timezone(timedelta(hours=-11))
    first = remember(None, Rating.GOOD, datetime(2026, 3, 3, 1, tzinfo=east))
    again = remember(first, Rating.GOOD, datetime(2026, 3, 2, 1, tzinfo=west))
    assert again.at > first.at
    assert recall(again, datetime(2026, 3, 2, 1, tzinfo=west)) == 1


@pytest.mark.parametrize(
    ("credit", "kind", "confidence", "helped", "before", "rating"),
    [
        (0, "choice", "fairly", False, False, Rating.AGAIN),
        (0.49, "order", None, False, False, Rating.AGAIN),
        (0, "numeric", "certain", False, True, Rating.AGAIN),
        (1, "choice", "guess", False, False, Rating.AGAIN),
        (1, "multi", "guess", False, True, Rating.AGAIN),
        (1, "numeric", "guess", False, False, Rating.HARD),
        (0.5, "text", "fairly", False, False, Rating.HARD),
        (0.99, "match", "certain", False, True, Rating.HARD),
        (1, "text", "certain", True, True, Rating.HARD),
        (1, "choice", "fairly", False, True, Rating.GOOD),
        (1, "choice", None, False, True, Rating.GOOD),
        (1, "choice", "certain", False, False, Rating.GOOD),
        (1, "choice", "certain", False, True, Rating.EASY),
    ],
)
def test_rating_follows_from_the_answer(
    credit: float, kind: str, confidence: Confidence | None, helped: bool, before: bool, rating: Rating
) -> None:
    assert rate(credit=credit, kind=kind, confidence=confidence, helped=helped, certain_before=before) is rating
