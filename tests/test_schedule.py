"""Memories: those of py-fsrs itself on calendar days, a recall that only falls, and days that are the learner's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as Given
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import examples

from dlroadmap.schedule import DECAY, LONGEST, Confidence, Memory, Rating, due, interval, rate, recall, remember

T0 = datetime(2026, 3, 2, 20, tzinfo=UTC)

histories = st.lists(
    st.tuples(st.sampled_from(list(Rating)), st.floats(0, 400).map(lambda days: timedelta(days=days))), min_size=1, max_size=12
)
memories = st.builds(Memory, stability=st.floats(0.001, 36500), difficulty=st.floats(1, 10), at=st.just(T0), on=st.just(T0.date()))


@settings(max_examples=examples(1000))
@given(histories, st.floats(-12, 14))
def test_memories_are_those_of_py_fsrs_on_calendar_days(history: list[tuple[Rating, timedelta]], offset: float) -> None:
    """By construction: ours is told the moment of each answer, py-fsrs midnight (UTC) of the learner's calendar day."""
    theirs = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, desired_retention=0.9)
    card, memory, at = Card(card_id=1, due=T0), None, T0.astimezone(timezone(timedelta(hours=offset)))
    for rating, gap in history:
        at += gap
        memory = remember(memory, rating, at)
        midnight = datetime(at.year, at.month, at.day, tzinfo=UTC)
        card, _ = theirs.review_card(card, Given(int(rating)), midnight)
        assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
        assert (memory.at, memory.on) == (at, at.date())
        assert due(memory, at) == card.due.date()
        assert timedelta(days=interval(memory)) == card.due - midnight
        seen = theirs.get_card_retrievability(card, midnight + timedelta(days=3))
        assert recall(memory, at + timedelta(days=3)) == pytest.approx(seen, abs=1e-12)


@pytest.mark.parametrize("minutes", [5, -5])
def test_same_morning_a_little_earlier_or_later_is_a_day_later(minutes: int) -> None:
    """At the same hour: 0, 1, 3, 9, 26 and so on; five minutes before that no whole day of 24 hours is over."""
    at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    memory, asked = remember(None, Rating.AGAIN, at), []
    for day in range(1, 31):
        now = at + timedelta(days=day, minutes=day * minutes)
        if due(memory, now) <= now.date():
            memory = remember(memory, Rating.GOOD, now)
            asked.append(day)
    assert asked == [1, 3, 9, 26]


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
    memory, at = None, T0
    for rating, days in history:
        before, at = memory, at + timedelta(days=days)
        memory = remember(memory, rating, at)
        assert memory.at == at
        assert 0 <= recall(memory, at - timedelta(days=3)) <= 1
        assert interval(memory) >= 1
        if before and days < 0:
            assert memory == remember(before, rating, before.at).model_copy(update={"at": at, "on": at.date()})


def test_answer_by_a_clock_years_ahead_is_due_now_and_forgotten_with_the_next() -> None:
    wrong, now = datetime(2099, 3, 2, 20, tzinfo=UTC), datetime(2026, 3, 2, 20, tzinfo=UTC)
    memory = remember(None, Rating.GOOD, wrong)
    assert due(memory, now) == now.date()
    again = remember(memory, Rating.AGAIN, now)
    assert due(again, now) == date(2026, 3, 3)
    assert recall(again, now + timedelta(days=365)) < 0.5


def test_a_hundred_centuries_between_two_answers_count_as_the_longest_interval() -> None:
    first = remember(None, Rating.GOOD, datetime(1, 1, 2, tzinfo=UTC))
    longest = remember(first, Rating.GOOD, first.at + timedelta(days=LONGEST))
    assert remember(first, Rating.GOOD, datetime(9999, 12, 30, tzinfo=UTC)).stability == longest.stability


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


@pytest.mark.parametrize(("asked", "changed"), [(date(2026, 3, 20), date(2026, 3, 29)), (date(2026, 10, 20), date(2026, 10, 25))])
@pytest.mark.parametrize(("hour", "minute"), [(0, 30), (23, 30)])
def test_summer_time_moves_no_due_day(asked: date, changed: date, hour: int, minute: int, home: ZoneInfo) -> None:
    memory = Memory(
        stability=10, difficulty=5, at=datetime(asked.year, asked.month, asked.day, hour, minute, tzinfo=home), on=asked
    )
    for now in (datetime(d.year, d.month, d.day, 12, tzinfo=home) for d in (asked, changed, changed + timedelta(days=1))):
        assert due(memory, now) == asked + timedelta(days=10)


def test_flight_west_makes_no_negative_interval() -> None:
    east, west = timezone(timedelta(hours=14)), timezone(timedelta(hours=-11))
    first = remember(None, Rating.GOOD, datetime(2026, 3, 3, 1, tzinfo=east))
    assert due(first, datetime(2026, 3, 2, 1, tzinfo=west)) == date(2026, 3, 5)  # not today, though the day is one behind
    again = remember(first, Rating.GOOD, datetime(2026, 3, 2, 1, tzinfo=west))
    assert again.at > first.at
    assert again.stability == remember(first, Rating.GOOD, first.at).stability
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
