"""Hours that were worked and are left, the learner's own pace, and a finish date that is never a single point."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.histories import REVIEWING, histories

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.forecast import MOST_HOURS, Forecast, Rhythm, Work, by_week, forecast, hours_left, monday, rhythm, worked
from dlroadmap.plan import overview
from dlroadmap.progress import Progress, fold
from dlroadmap.roadmap import Roadmap

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
"""A Wednesday."""


def after(*events: tuple[datetime, Event]) -> Progress:
    return fold((Entry(entry_id(n, "m"), at, event) for n, (at, event) in enumerate(events)), REVIEWING)


def weeks_ago(weeks: int, event: Event) -> tuple[datetime, Event]:
    return NOW - timedelta(weeks=weeks), event


def work_of(roadmap: Roadmap, progress: Progress) -> list[Work]:
    return worked(roadmap, progress, overview(roadmap, progress, NOW).where)


def forecast_of(roadmap: Roadmap, progress: Progress, now: datetime = NOW) -> Forecast:
    return forecast(roadmap, progress, overview(roadmap, progress, now), now)


def wide(*hours: float) -> Roadmap:
    """A roadmap of topics t0, t1, … with so many hours."""
    topics = [{"id": f"t{n}", "title": f"T{n}", "hours": size} for n, size in enumerate(hours)]
    return Roadmap.model_validate({"format": 1, "id": "g", "title": "G", "phase": [{"id": "p", "title": "P", "topic": topics}]})


# Hours


def test_a_week_may_have_more_days_than_were_planned() -> None:
    assert Rhythm(1, 4, 0.0, 5).words == "1 of 4 planned days, 0.0 of 5 h this week"
    assert Rhythm(2, 1, 3.0, None).words == "2 active days, 1 planned, 3.0 h this week"


def test_step_is_worked_at_its_tick_and_the_rest_when_the_topic_is_done(small: Roadmap) -> None:
    progress = after(weeks_ago(3, e.StepTicked(topic="numbers", step="count")), weeks_ago(1, e.TopicTicked(topic="numbers")))
    first, then = (NOW - timedelta(weeks=weeks) for weeks in (3, 1))
    assert work_of(small, progress) == [Work(first.date(), "numbers", 0.5), Work(then.date(), "numbers", 0.5)]


def test_topic_gives_no_more_than_its_hours_whatever_its_steps_add_up_to(small: Roadmap) -> None:
    vectors = small.topics["vectors"].model_copy(update={"hours": 1.5})  # its steps: 1 h and 1.5 h
    phase = small.phase[0].model_copy(update={"topic": (small.topics["numbers"], vectors)})
    short = small.model_copy(update={"phase": (phase, small.phase[1])})
    progress = after(
        weeks_ago(2, e.StepTicked(topic="vectors", step="draw")),
        weeks_ago(1, e.StepTicked(topic="vectors", step="plotter")),
        weeks_ago(0, e.TopicTicked(topic="vectors")),
    )
    assert [one.hours for one in work_of(short, progress)] == [1.0, 0.5]


def test_day_of_work_is_the_one_of_the_learners_calendar_then(small: Roadmap) -> None:
    tokyo = datetime(2026, 6, 2, 0, 30, tzinfo=timezone(timedelta(hours=9)))  # the first of June in UTC
    progress = after((tokyo, e.StepTicked(topic="numbers", step="count")))
    assert [one.on for one in work_of(small, progress)] == [date(2026, 6, 2)] == list(progress.days)


def answers(topic: str, *ideas: str, retry: bool = False, credit: float = 1) -> list[Event]:
    sitting = f"{topic}{'-'.join(ideas)}{credit}"
    given: dict[str, Any] = {"sitting": sitting, "topic": topic, "kind": "choice", "given": "x", "credit": credit, "retry": retry}
    started = e.SittingStarted(sitting=sitting, kind="checkpoint", scope=(), seed=1, questions=())
    return [started, *(e.Answered(question=f"q-{idea}", idea=idea, **given) for idea in ideas)]


def test_topic_that_only_a_retake_passed_was_worked_then(small: Roadmap) -> None:
    """Both ideas are shown three weeks ago, one of them at a second try: passed is it at the retake."""
    before = [*answers("numbers", "adding"), *answers("numbers", "doubling", retry=True)]
    progress = after(*(weeks_ago(3, one) for one in before))
    assert work_of(small, progress) == []
    progress = after(*(weeks_ago(3, one) for one in before), *(weeks_ago(1, one) for one in answers("numbers", "doubling")))
    assert work_of(small, progress) == [Work((NOW - timedelta(weeks=1)).date(), "numbers", 1.0)]


@pytest.mark.parametrize("then", [(), (weeks_ago(0, e.TopicTicked(topic="attention")),)])
def test_what_was_known_before_is_no_work_ticked_or_not_and_nothing_is_left_of_it(small: Roadmap, then: Any) -> None:
    progress = after(weeks_ago(1, e.TopicKnown(topic="attention")), *then)
    assert work_of(small, progress) == []
    assert forecast_of(small, progress).left == 1 + 2 + 3 + 4


def test_what_is_skipped_or_off_the_path_is_not_left(small: Roadmap) -> None:
    progress = after(weeks_ago(1, e.TopicSkipped(topic="neurons")), weeks_ago(1, e.PathChosen(path="short")))
    assert forecast_of(small, progress).left == 1 + 2


@given(histories())
def test_hours_are_never_negative_nor_more_than_there_are(small: Roadmap, entries: list[Entry]) -> None:
    names = {"ta": "numbers", "tb": "vectors"}
    ideas = {"ia": "adding", "ib": "length", "ic": "doubling"}
    steps = {"pa": "count", "pb": "draw"}

    def renamed(event: Event) -> Event:
        changes = {
            field: table.get(value, value)
            for field, table in (("topic", names), ("idea", ideas), ("step", steps))
            if isinstance(value := getattr(event, field, None), str)
        }
        return event.model_copy(update=changes)

    progress = fold(entry._replace(event=renamed(entry.event)) for entry in entries)
    view = overview(small, progress, NOW)
    work = worked(small, progress, view.where)
    assert all(one.hours > 0 for one in work)
    for topic in small.topics.values():
        mine = sum(one.hours for one in work if one.topic == topic.id)
        assert mine <= topic.hours + 1e-9
        if view.where[topic.id].done and not view.where[topic.id].known_by_word:
            assert mine == pytest.approx(topic.hours)
    assert 0 <= hours_left(small, progress, view, small.topics) <= sum(topic.hours for topic in small.topics.values())
    made = forecast_of(small, progress)
    assert made.words
    if made.soonest and made.latest:
        assert NOW.date() <= made.soonest <= made.latest


def test_checkpoint_is_left_where_all_steps_are_ticked(small: Roadmap) -> None:
    """All steps of Numbers take its hour: what is left is its checkpoint of two ideas, the minutes that `next` tells."""
    numbers = small.topics["numbers"]
    others = [weeks_ago(2, e.TopicTicked(topic=name)) for name in small.topics if name != "numbers"]
    ticks = [weeks_ago(1, e.StepTicked(topic="numbers", step=step.id)) for step in numbers.steps]
    assert sum(step.minutes for step in numbers.steps) == 60 * numbers.hours
    made = forecast_of(small, after(*others, *ticks, weeks_ago(0, e.PlanSet(hours=5))))
    assert (made.open, made.left) == (1, 2 / 60)
    assert made.words.startswith("Less than 1 h is left; ")
    assert made.soonest
    passed = after(*others, *ticks, *(weeks_ago(0, one) for one in answers("numbers", "adding", "doubling")))
    assert forecast_of(small, passed).words == "Nothing is left on this path."


def test_topic_to_tick_alone_is_left_without_hours() -> None:
    practice = [{"id": "s", "text": "Do.", "check": "Done.", "minutes": 60}]
    topics = [{"id": "t", "title": "T", "hours": 1, "practice": practice}]
    document = {"format": 1, "id": "g", "title": "G", "phase": [{"id": "p", "title": "P", "topic": topics}]}
    made = forecast_of(Roadmap.model_validate(document), after(weeks_ago(1, e.StepTicked(topic="t", step="s"))))
    assert (made.open, made.left, made.words) == (1, 0, "No hours are left on this path, only 1 topic to tick.")


# The range


@pytest.mark.parametrize("hours", [1, 2, 2.5, 4, 7])
def test_equal_weeks_give_the_plain_division(hours: float) -> None:
    roadmap = wide(*[hours] * 8, 30)
    progress = after(*(weeks_ago(8 - n, e.TopicTicked(topic=f"t{n}")) for n in range(8)))
    made = forecast_of(roadmap, progress)
    assert (made.measured, made.weeks) == (True, 6)
    assert made.pace == pytest.approx(hours)
    expected = NOW.date() + timedelta(weeks=30 / hours)
    assert made.soonest == made.latest
    assert made.soonest is not None
    assert abs(made.soonest - expected) <= timedelta(days=1)
    assert made.words.endswith(f"they are done around {made.soonest:%B %Y}.")


@given(st.lists(st.sampled_from([0, 0, 1, 2, 5, 12]), min_size=2, max_size=12), st.integers(1, 300))
def test_range_contains_what_the_mean_of_all_weeks_gives(weeks: list[int], left: int) -> None:
    worked_in = [n for n, hours in enumerate(weeks) if hours]
    roadmap = wide(*(max(1, hours) for hours in weeks), left)
    idle = [weeks_ago(0, e.TopicSkipped(topic=f"t{n}")) for n, hours in enumerate(weeks) if not hours]
    progress = after(*(weeks_ago(len(weeks) - n, e.TopicTicked(topic=f"t{n}")) for n in worked_in), *idle)
    made = forecast_of(roadmap, progress)
    assert made.left == left
    assert made.measured == (len(worked_in) >= 2)
    if made.measured:
        window = weeks[worked_in[-6] if len(worked_in) >= 6 else worked_in[0] :]
        slowest, fastest = min(h for h in window if h), max(window)
        assert made.soonest is not None
        assert made.latest is not None
        assert NOW.date() + timedelta(weeks=left / fastest) - timedelta(days=1) <= made.soonest <= made.latest
        if 0 not in window:
            assert made.latest <= NOW.date() + timedelta(weeks=left / slowest + 1)


def test_same_history_gives_the_same_range_again(small: Roadmap) -> None:
    progress = after(weeks_ago(3, e.TopicTicked(topic="numbers")), weeks_ago(1, e.TopicTicked(topic="vectors")))
    assert forecast_of(small, progress) == forecast_of(small, progress)
    assert forecast_of(small, progress).measured


def test_one_active_week_is_no_pace_yet_and_this_week_is_none(small: Roadmap) -> None:
    one = after(weeks_ago(2, e.TopicTicked(topic="numbers")), weeks_ago(0, e.TopicTicked(topic="vectors")))
    assert (forecast_of(small, one).measured, forecast_of(small, one).pace, forecast_of(small, one).soonest) == (False, None, None)
    assert "Set the hours of a week" in forecast_of(small, one).words


def test_plan_stands_in_until_there_are_two_active_weeks(small: Roadmap) -> None:
    made = forecast_of(small, after(weeks_ago(0, e.PlanSet(hours=5))))
    assert (made.left, made.pace, made.measured) == (15, 5, False)
    assert made.soonest == NOW.date() + timedelta(weeks=3)
    assert made.latest == NOW.date() + timedelta(weeks=4.5)
    assert "at the 5 h a week that you planned" in made.words


def reviewing(minutes: float, days_ago: int) -> tuple[datetime, Event]:
    seconds = min(300, 60 * minutes)
    given: dict[str, Any] = {"sitting": "s", "topic": "numbers", "idea": "adding", "kind": "choice", "given": "x", "credit": 1}
    return NOW - timedelta(days=days_ago), e.Answered(question="q", seconds=seconds, **given)


def test_reviews_of_four_weeks_are_taken_off_the_planned_hours(small: Roadmap) -> None:
    events = [reviewing(5, day) for day in (0, 1, 7, 27) for _ in range(12)]  # 1 h on each of four days
    made = forecast_of(small, after(*events, reviewing(5, 28), weeks_ago(0, e.PlanSet(hours=3))))
    assert made.reviews == pytest.approx(1)
    assert made.soonest == NOW.date() + timedelta(weeks=15 / (3 - 1))


def test_plan_that_reviews_use_up_gives_no_date_and_says_so(small: Roadmap) -> None:
    events = [reviewing(5, day) for day in (0, 1, 7, 27) for _ in range(12)]
    made = forecast_of(small, after(*events, weeks_ago(0, e.PlanSet(hours=1))))
    assert made.soonest is None
    assert "reviews take" in made.words


@pytest.mark.parametrize("hours", [1e-9, 0.001, 0.01])
def test_what_takes_more_than_twenty_years_has_no_date(small: Roadmap, hours: float) -> None:
    made = forecast_of(small, after(weeks_ago(0, e.PlanSet(hours=hours))))
    assert (made.soonest, made.latest) == (None, None)
    assert made.words == f"About 15 h are left; at the {hours:g} h a week that you planned this takes more than twenty years."
    far = after(weeks_ago(0, e.PlanSet(hours=5)), weeks_ago(0, e.Paused(until=date.max)))
    assert "more than twenty years" in forecast_of(small, far).words


def test_range_may_end_beyond_twenty_years(small: Roadmap) -> None:
    made = forecast_of(small, after(weeks_ago(0, e.PlanSet(hours=15 / 800))))  # 800 weeks, half as long again: 1200
    assert (made.soonest, made.latest) == (NOW.date() + timedelta(weeks=800), None)
    assert made.words.endswith("they are done in early October 2041 at the soonest, and it may take more than twenty years.")


def test_pace_that_would_take_more_than_twenty_years_says_so() -> None:
    roadmap = wide(1, 1, 400)
    progress = after(weeks_ago(22, e.TopicTicked(topic="t0")), weeks_ago(21, e.TopicTicked(topic="t1")))
    made = forecast_of(roadmap, progress)
    assert (made.measured, made.soonest, made.latest) == (True, None, None)
    assert made.words.endswith("idle weeks counted, this takes more than twenty years.")


def test_range_within_ten_days_is_no_range(small: Roadmap) -> None:
    made = forecast_of(small, after(weeks_ago(0, e.PlanSet(hours=30))))  # three days and a half, five and a quarter
    assert made.soonest != made.latest
    assert made.words.endswith("they are done around June 2026.")


def test_no_hours_planned_is_no_plan(small: Roadmap) -> None:
    assert forecast_of(small, after(weeks_ago(0, e.PlanSet(hours=0)))).soonest is None


# Target and break


def test_target_says_what_a_week_takes_or_that_it_cannot_be_met(small: Roadmap) -> None:
    def made(target: date) -> Forecast:
        return forecast_of(small, after(weeks_ago(0, e.PlanSet(target=target))))

    fine = made(NOW.date() + timedelta(weeks=10))
    assert fine.possible
    assert fine.needed == pytest.approx(1.5)
    assert "takes 1.5 h a week" in fine.target_words
    tight = made(NOW.date() + timedelta(days=1))
    assert tight.needed is not None
    assert tight.needed > MOST_HOURS
    assert not tight.possible
    assert tight.target_words == "04 Jun 2026 can't be met: it would take 105 h a week."
    past = made(NOW.date())
    assert (past.needed, past.possible, past.target_words) == (None, False, "03 Jun 2026 can't be met.")


def test_break_moves_the_range_and_leaves_less_time_for_the_target(small: Roadmap) -> None:
    plan = weeks_ago(0, e.PlanSet(hours=5, target=NOW.date() + timedelta(weeks=10)))
    before = forecast_of(small, after(plan))
    until = NOW.date() + timedelta(weeks=4)
    paused = forecast_of(small, after(plan, weeks_ago(0, e.Paused(until=until))))
    assert before.soonest is not None
    assert paused.soonest == before.soonest + timedelta(weeks=4)
    assert paused.needed == pytest.approx(15 / 6)
    over = after(plan, weeks_ago(0, e.Paused(until=until)), weeks_ago(0, e.Unpaused()))
    assert forecast_of(small, over).soonest == before.soonest
    ended = after(plan, weeks_ago(5, e.Paused(until=NOW.date() - timedelta(weeks=1))))
    assert forecast_of(small, ended).soonest == before.soonest


def test_nothing_done_and_everything_done(small: Roadmap) -> None:
    nothing = forecast_of(small, Progress())
    assert (nothing.left, nothing.pace, nothing.weeks, nothing.soonest, nothing.needed) == (15, None, 0, None, None)
    everything = forecast_of(small, after(*(weeks_ago(n, e.TopicTicked(topic=topic)) for n, topic in enumerate(small.topics))))
    assert (everything.left, everything.soonest, everything.words) == (0, None, "Nothing is left on this path.")
    assert everything.target_words == ""


# The week


def test_rhythm_counts_any_day_of_this_week(small: Roadmap) -> None:
    plan = weeks_ago(1, e.PlanSet(hours=4, days=("mon", "wed")))
    tuesday = (NOW - timedelta(days=1), e.StepTicked(topic="numbers", step="count"))
    sunday = (NOW - timedelta(days=3), e.StepTicked(topic="numbers", step="add"))
    progress = after(plan, sunday, tuesday)
    found = rhythm(progress, work_of(small, progress), NOW)
    assert (found.active, found.planned, found.hours, found.planned_hours) == (1, 2, 0.5, 4)
    assert found.words == "1 of 2 planned days, 0.5 of 4 h this week"
    assert rhythm(Progress(), [], NOW).words == "0 active days, 0.0 h this week"


def test_a_weeks_reviews_count_as_its_plan_counts_them(small: Roadmap) -> None:
    started = e.SittingStarted(sitting="s", kind="review", scope=(), seed=1, questions=())
    told = {"sitting": "s", "topic": "numbers", "question": "two-and-two", "idea": "adding", "kind": "choice", "given": "four"}
    answer = e.Answered(credit=1, seconds=180, **told)
    progress = after(
        weeks_ago(1, e.PlanSet(hours=4)), weeks_ago(1, started), weeks_ago(1, answer), weeks_ago(0, started), weeks_ago(0, answer)
    )
    assert rhythm(progress, work_of(small, progress), NOW).hours == pytest.approx(0.05)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.floats(0.1, 9))
def test_week_begins_on_monday(day: date, hours: float) -> None:
    assert monday(day).weekday() == 0
    assert timedelta(0) <= day - monday(day) < timedelta(days=7)
    assert by_week([Work(day, "a", hours), Work(monday(day), "b", 1)]) == {monday(day): hours + 1}
