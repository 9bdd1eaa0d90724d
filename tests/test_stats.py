"""The figures of the Stats screen at their edges; test_golden.py has each of them for a whole history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.histories import REVIEWING, histories

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.plan import overview
from dlroadmap.progress import Progress, fold
from dlroadmap.roadmap import Roadmap
from dlroadmap.stats import DUE_DAYS, HARDEST, Stats, calibration, stats

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
AFTER = datetime(2027, 6, 3, 12, tzinfo=UTC)
"""When every random history is over."""


def after(*events: Event, at: datetime = NOW - timedelta(days=20)) -> Progress:
    return fold((Entry(entry_id(n, "m"), at + timedelta(minutes=n), event) for n, event in enumerate(events)), REVIEWING)


def stats_of(roadmap: Roadmap, progress: Progress, now: datetime = NOW) -> Stats:
    return stats(roadmap, progress, overview(roadmap, progress, now), now)


def answer(topic: str, idea: str, *, credit: float = 1, sitting: str = "s", **more: Any) -> e.Answered:
    given: dict[str, Any] = {"kind": "choice", "given": "x", "seconds": 30.0, **more}
    return e.Answered(sitting=sitting, topic=topic, question=f"q-{idea}", idea=idea, credit=credit, **given)


def begun(kind: Any, sitting: str = "s") -> e.SittingStarted:
    return e.SittingStarted(sitting=sitting, kind=kind, scope=(), seed=1, questions=())


def test_nothing_done(small: Roadmap) -> None:
    found = stats_of(small, Progress())
    assert (found.since, found.active_days, found.answers, found.minutes) == (None, 0, 0, {})
    assert found.weeks == ((date(2026, 6, 1), 0.0),)
    assert found.due == (0,) * DUE_DAYS
    assert (found.calibration.brier, found.hard_topics, found.hard_ideas) == (None, (), ())
    assert found.activity_words == "Nothing was done yet."
    assert found.recall.words == "Nothing was passed yet; checkpoints begin it."
    assert found.due_words == "Nothing is due."
    assert found.calibration.words == "No answer had a confidence yet."
    assert found.hard_words == "Nothing was missed yet."


def test_one_event(small: Roadmap) -> None:
    found = stats_of(small, after(e.TopicTicked(topic="numbers")))
    assert (found.since, found.active_days, found.minutes) == (date(2026, 5, 14), 1, {date(2026, 5, 14): 0.0})
    assert found.activity_words.startswith("1 active day since 14 May 2026. 0 active days")
    assert dict(found.weeks) == {date(2026, 5, day): 0.0 for day in (18, 25)} | {date(2026, 5, 11): 1.0, date(2026, 6, 1): 0.0}


def test_minutes_of_a_step_are_on_the_day_that_it_was_in_the_learners_calendar(small: Roadmap) -> None:
    tokyo = datetime(2026, 6, 2, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    found = stats_of(small, after(e.StepTicked(topic="numbers", step="count"), at=tokyo))
    assert found.minutes == {date(2026, 6, 2): 30}


def test_week_before_the_first_active_day_is_none(small: Roadmap) -> None:
    found = stats_of(small, after(e.NoteWritten(topic="numbers", text="Read.")))
    assert next(week for week, _ in found.weeks) == date(2026, 5, 11)
    assert sum(hours for _, hours in found.weeks) == 0


def test_phases_leave_skipped_topics_out_and_follow_the_path(small: Roadmap) -> None:
    found = stats_of(small, after(e.TopicSkipped(topic="numbers"), e.TopicTicked(topic="vectors")))
    assert [(p.id, p.counted, p.skipped, p.done, p.ideas) for p in found.phases] == [("basics", 1, 1, 1, 2), ("nets", 3, 0, 0, 4)]
    assert [p.id for p in stats_of(small, after(e.PathChosen(path="short"))).phases] == ["all-of-it"]


def test_what_is_off_the_path_is_told_of(small: Roadmap) -> None:
    """Hours by phase add up to those by week; what is known of the whole map says how much of it the path doesn't have."""
    found = stats_of(small, after(answer("training", "loop"), e.TopicTicked(topic="training"), e.PathChosen(path="short")))
    assert found.hours_by_phase == (("Off this path", 4.0),)
    assert (found.recall.passed, found.recall.beyond) == (1, 1)
    assert "that you passed (1 of them off this path)" in found.recall.words
    assert "off this path" not in stats_of(small, after(answer("training", "loop"))).recall.words


def test_no_review_is_foreseen_in_a_break(small: Roadmap) -> None:
    events = (answer("numbers", "adding"), answer("numbers", "doubling"))
    free, paused = stats_of(small, after(*events)), stats_of(small, after(*events, e.Paused(until=date(2099, 1, 1))))
    assert paused.recall.reviewed == pytest.approx(paused.recall.without)
    assert free.recall.reviewed > paused.recall.reviewed


# Recall


def shown(small: Roadmap, *more: Event) -> Stats:
    return stats_of(small, after(answer("numbers", "adding"), answer("numbers", "doubling"), *more))


def test_recall_fades_without_reviews_and_less_with_them(small: Roadmap) -> None:
    recall = shown(small).recall
    assert recall.passed == 2
    assert recall.without < recall.today < recall.reviewed <= 2


def test_without_any_minutes_a_day_reviews_save_nothing(small: Roadmap) -> None:
    recall = shown(small, e.PlanSet(review_minutes=0)).recall
    assert recall.reviewed == pytest.approx(recall.without)


def test_least_cap_still_reviews_an_idea_a_day(small: Roadmap) -> None:
    recall = shown(small, e.PlanSet(review_minutes=1)).recall
    assert recall.reviewed > recall.without + 0.1


def test_suspended_idea_fades_and_one_put_off_for_long_too(small: Roadmap) -> None:
    off = e.IdeaSuspended(topic="numbers", idea="adding"), e.IdeaBuried(topic="numbers", idea="doubling", until=date(2027, 1, 1))
    recall = shown(small, *off).recall
    assert recall.reviewed == pytest.approx(recall.without)
    assert shown(small, *off).due == (0,) * DUE_DAYS


def test_an_idea_stays_passed_when_its_memory_is_reset(small: Roadmap) -> None:
    kept, found = shown(small), shown(small, e.IdeaReset(topic="numbers", idea="doubling"))
    assert found.recall.passed == sum(p.passed for p in found.phases) == 2
    assert found.recall.without < kept.recall.without  # nothing is recalled of it until a review asks it
    assert found.recall.reviewed > found.recall.without + 0.8


def test_ideas_of_skipped_topics_are_not_recalled(small: Roadmap) -> None:
    assert shown(small, e.TopicSkipped(topic="numbers")).recall.passed == 0


# Calibration


def test_calibration_says_who_is_certain_too_soon() -> None:
    answers = [answer("numbers", "adding", confidence="certain", credit=float(n < 8)) for n in range(10)]
    found = calibration(after(*answers))
    assert found.words == "You are right 80% of the time when certain; you are certain too soon."
    assert found.brier == pytest.approx((8 * 0.05**2 + 2 * 0.95**2) / 10)


def test_calibration_leaves_practice_crams_and_second_tries_out() -> None:
    wrong: dict[str, Any] = {"confidence": "certain", "credit": 0}
    progress = after(
        begun("practice"),
        answer("numbers", "adding", **wrong),
        begun("cram", "c"),
        answer("numbers", "adding", sitting="c", **wrong),
    )
    assert calibration(progress).brier is None
    second = after(begun("checkpoint"), answer("numbers", "adding", retry=True, confidence="certain"))
    assert calibration(second).brier is None


@given(st.lists(st.tuples(st.sampled_from(["guess", "fairly", "certain"]), st.sampled_from([0.0, 0.4, 0.5, 1.0])), max_size=20))
def test_brier_is_the_mean_squared_distance(answers: list[tuple[Any, float]]) -> None:
    stated = {"guess": 0.4, "fairly": 0.7, "certain": 0.95}
    found = calibration(after(*(answer("numbers", "adding", confidence=sure, credit=credit) for sure, credit in answers)))
    squares = [(stated[sure] - (credit >= 0.5)) ** 2 for sure, credit in answers]
    assert found.brier == (pytest.approx(sum(squares) / len(squares)) if squares else None)
    assert found.words.startswith("You are right" if answers else "No answer")


# What is hardest


def test_hardest_come_by_misses_then_by_their_share(small: Roadmap) -> None:
    found = stats_of(
        small,
        after(
            *(answer("neurons", "bias", credit=0) for _ in range(2)),
            *(answer("vectors", "length", credit=one) for one in (0, 0, 1)),
            *(answer("numbers", "adding", credit=one) for one in (0, 1)),
            answer("numbers", "doubling", credit=1),
        ),
    )
    assert [(h.topic, h.misses, h.answers) for h in found.hard_topics] == [("neurons", 2, 2), ("vectors", 2, 3), ("numbers", 1, 3)]
    assert [h.idea for h in found.hard_ideas] == ["bias", "length", "adding"]
    assert found.hard_words == "Most missed: Neurons, 2 of 2 answers; the hardest idea, 2 times: a bias moves the threshold"


def test_no_more_than_the_hardest_are_told(small: Roadmap) -> None:
    topics = [{"id": f"t{n}", "title": "T", "idea": [{"id": "i", "text": "I", "asked_by": [["q"]]}]} for n in range(HARDEST + 1)]
    wide = Roadmap.model_validate({"format": 1, "id": "w", "title": "W", "phase": [{"id": "p", "title": "P", "topic": topics}]})
    found = stats_of(wide, after(*(answer(topic, "i", credit=0) for topic in wide.topics)))
    assert (len(found.hard_topics), len(found.hard_ideas)) == (HARDEST, HARDEST)


@given(histories())
def test_figures_agree_with_each_other_whatever_happened(small: Roadmap, entries: list[Entry]) -> None:
    names = {"ta": "numbers", "tb": "vectors", "ia": "adding", "ib": "length", "ic": "doubling", "pa": "count", "pb": "draw"}

    def renamed(event: Event) -> Event:
        fields = ("topic", "idea", "step")
        changes = {f: names.get(v, v) for f in fields if isinstance(v := getattr(event, f, None), str)}
        return event.model_copy(update=changes)

    progress = fold(entry._replace(event=renamed(entry.event)) for entry in entries)
    found = stats_of(small, progress, AFTER)
    assert 0 <= found.right <= found.answers
    assert all(minutes >= 0 for minutes in found.minutes.values())
    assert found.active_days <= len(found.minutes)
    assert sum(hours for _, hours in found.weeks) == pytest.approx(sum(p.hours for p in stats_of_all(small, progress)))
    for phase in found.phases:
        assert phase.mastered <= phase.done <= phase.topics
        assert 0 <= phase.known <= phase.passed + 1e-9 <= phase.ideas + 1e-9
    recall = found.recall
    assert 0 <= recall.without <= recall.today + 1e-9 <= recall.passed + 1e-9
    assert recall.without - 1e-9 <= recall.reviewed <= recall.passed + 1e-9
    assert found.due[0] >= found.review.now
    assert max(len(found.hard_topics), len(found.hard_ideas)) <= HARDEST
    assert all(0 < hard.misses <= hard.answers for hard in (*found.hard_topics, *found.hard_ideas))
    for words in (found.activity_words, found.due_words, found.hard_words, recall.words, found.calibration.words):
        assert words.strip().endswith((".", ":", "h")) or "hardest idea" in words


def stats_of_all(roadmap: Roadmap, progress: Progress) -> Any:
    """The phases of the whole map, whatever the path."""
    return stats_of(roadmap, progress.model_copy(update={"path": "all"}), AFTER).phases
