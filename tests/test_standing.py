"""Where a topic stands: at a moment, under its former names, and which event an action is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.histories import BEGAN, IDEAS, MACHINES, REVIEWING, TOPICS, histories

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.progress import Progress, fold
from dlroadmap.roadmap import Phase, Roadmap, Topic
from dlroadmap.standing import (
    Where,
    bury,
    counting,
    counts,
    due_on,
    is_due,
    know,
    needed,
    of_idea,
    of_question,
    of_topic,
    recorded,
    reset,
    skip,
    step_done,
    suspend,
    tick,
    tick_step,
    toggle,
    toggle_step,
    where,
)


def topic(**fields: Any) -> Topic:
    ideas = [{"id": i, "text": i, "asked_by": [[f"q{i}"], [f"r{i}", f"s{i}"]]} for i in ("ia", "ib", "ic")]
    return Topic.model_validate({"id": "t", "title": "T", "idea": ideas, "questions": 6, **fields})


def after(*events: Event, days: tuple[float, ...] = ()) -> Progress:
    ats = [BEGAN + timedelta(days=d) for d in days] or [BEGAN + timedelta(minutes=n) for n in range(len(events))]
    entries = (Entry(entry_id(n, MACHINES[0]), at, event) for n, (event, at) in enumerate(zip(events, ats, strict=True)))
    return fold(entries, REVIEWING)


def started(kind: Any = "checkpoint") -> e.SittingStarted:
    return e.SittingStarted(sitting="s", kind=kind, scope=("t",), seed=1, questions=())


def answer(idea: str = "ia", credit: float = 1, **fields: Any) -> e.Answered:
    told = {"topic": "t", "question": f"q{idea}", "kind": "text", "confidence": "fairly", **fields}
    return e.Answered(sitting="s", idea=idea, given="x", credit=credit, **told)


def stands(progress: Progress, now: datetime = BEGAN + timedelta(hours=1), **fields: Any) -> Where:
    return where(topic(**fields), progress, now)


# From untouched to mastered


def test_untouched_topic_is_to_do() -> None:
    assert stands(Progress()) == Where("todo", False, False, False, 3, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        ((), "todo"),
        ((e.StepTicked(topic="t", step="s"),), "doing"),
        ((e.StepTicked(topic="t", step="s"), e.StepUnticked(topic="t", step="s")), "todo"),
        ((started(), answer()), "doing"),
        ((started("practice"), answer()), "doing"),
        ((started(), answer(credit=0)), "doing"),
        ((started("placement"), answer()), "todo"),
        ((started("placement"), answer(), e.SittingFinished(sitting="s"), started("practice"), answer()), "doing"),
        ((started(),), "todo"),
        ((e.NoteWritten(topic="t", text="x"),), "todo"),
        ((e.QuestionRetired(topic="t", question="q"),), "todo"),
        ((e.TopicTicked(topic="t"),), "done"),
        ((e.TopicTicked(topic="t"), e.TopicUnticked(topic="t")), "todo"),
        ((e.TopicKnown(topic="t"),), "done"),
        ((started(), answer("ia"), answer("ib"), answer("ic")), "done"),
        ((started(), answer("ia"), answer("ib")), "doing"),
        ((started("exam"), answer("ia"), answer("ib"), answer("ic")), "doing"),
        ((e.TopicTicked(topic="t"), e.TopicSkipped(topic="t")), "skipped"),
        ((e.TopicTicked(topic="t"), e.TopicSkipped(topic="t"), e.TopicUnskipped(topic="t")), "done"),
        ((e.TopicTicked(topic="other"),), "todo"),
    ],
)
def test_standing_after_events(events: tuple[Event, ...], standing: str) -> None:
    assert stands(after(*events)).standing == standing


def test_mastery_without_the_roadmap_takes_the_same_two_thirds() -> None:
    """TopicProgress.span turns `needed` round: with so many right ideas the largest topic is mastered."""
    for seasoned in range(40):
        assert max(ideas for ideas in range(100) if needed(ideas) <= seasoned) == 3 * seasoned // 2


def test_checkpoint_is_passed_when_all_ideas_were_shown_two_thirds_at_a_first_try() -> None:
    two = (started(), answer("ia"), answer("ib"), answer("ic", 0))
    assert not stands(after(*two)).passed
    assert stands(after(*two, answer("ic", retry=True))).passed
    one = (started(), answer("ia"), answer("ib", 0), answer("ic", 0), answer("ib", retry=True), answer("ic", retry=True))
    here = stands(after(*one))
    assert (here.passed, here.shown, here.first_try) == (False, 3, 1)


def test_retake_adds_to_what_was_shown_before() -> None:
    first = (started(), answer("ia"), answer("ib", 0), answer("ic", 0), answer("ib", retry=True), answer("ic", retry=True))
    assert stands(after(*first, started(), answer("ib"))).passed


def test_ideas_without_a_question_that_counts_are_left_out() -> None:
    ideas = [{"id": "ia", "text": "a", "asked_by": [["qia"]]}, {"id": "ib", "text": "b"}]
    here = stands(after(started(), answer("ia")), idea=ideas)
    assert (here.ideas, here.passed) == (1, True)
    assert not stands(Progress(), idea=[]).passed


def retired(*names: str) -> list[Event]:
    return [e.QuestionRetired(topic="t", question=name) for name in names]


@pytest.mark.parametrize(
    ("names", "ideas"), [(["qia"], 3), (["qia", "ria"], 2), (["qia", "sia"], 2), (["qia", "gone"], 3), (["ria", "sia"], 3)]
)
def test_idea_whose_questions_were_all_retired_is_left_out_of_all_counts(names: list[str], ideas: int) -> None:
    """Its second question is called ria and was sia; one that is gone from the roadmap is none of them."""
    progress = after(started(), answer("ia"), answer("ib"), answer("ic"), *retired(*names))
    here = stands(progress, BEGAN + timedelta(days=300))
    assert (here.ideas, here.shown, here.due, here.passed) == (ideas, ideas, ideas, True)
    first = of_idea(topic().idea[0], of_topic(topic(), progress))
    assert (first.rests, first.suspended) == (ideas == 2, False)
    assert suspend(topic(), topic().idea[0], progress, on=False) is None  # nobody suspended it
    assert [idea.id for idea in counting(topic(), of_topic(topic(), progress))] == ["ia", "ib", "ic"][3 - ideas :]


def test_topic_is_passed_without_the_idea_that_nothing_asks_any_more() -> None:
    progress = after(started(), answer("ia", 0), answer("ib"), answer("ic"), *retired("qia", "ria"))
    assert stands(progress).passed


def mastered() -> Progress:
    rows = [(idea, day) for day in (0, 8) for idea in IDEAS]
    return after(started(), *(answer(idea) for idea, _ in rows), days=(0, *(day for _, day in rows)))


def test_mastered_fades_with_time_and_done_stays() -> None:
    progress = mastered()
    assert stands(progress, BEGAN + timedelta(days=8)).standing == "mastered"
    late = stands(progress, BEGAN + timedelta(days=3000))
    assert late.standing == "done"
    assert late.known < 0.7 * 3
    assert late.shown == 3


def test_idea_added_to_a_mastered_topic_takes_the_mastery() -> None:
    ideas = [{"id": i, "text": i, "asked_by": [[f"q{i}"]]} for i in (*IDEAS, "id", "ie")]
    assert stands(mastered(), BEGAN + timedelta(days=8), idea=ideas).standing == "doing"


def test_mastery_is_of_ideas_that_count_whatever_was_known_of_others() -> None:
    eighth = BEGAN + timedelta(days=8)
    once = (started(), *map(answer, IDEAS), answer("ia"), answer("ib"))  # ic is right on one day alone
    progress = after(*once, days=(0, 0, 0, 8, 8, 8))
    assert stands(progress, eighth).standing == "mastered"
    without = after(*once, *retired("qia", "ria"), days=(0, 0, 0, 8, 8, 8, 8, 8))
    assert stands(without, eighth).standing == "done"
    others = [{"id": i, "text": i, "asked_by": [[f"q{i}"]]} for i in ("ix", "iy")]
    replaced = fold([Entry(entry_id(n, MACHINES[0]), eighth, answer(i)) for n, i in ((98, "ix"), (99, "iy"))], mastered())
    assert stands(replaced, eighth, idea=others).standing == "done"


# What is due


def test_idea_is_due_on_its_day_in_the_calendar_that_the_learner_had() -> None:
    missed_at = datetime(2026, 3, 2, 20, tzinfo=UTC)
    progress = fold([Entry(entry_id(1, "m"), missed_at, answer(credit=0))], REVIEWING)
    idea = of_idea(topic().idea[0], of_topic(topic(), progress))
    assert due_on(idea, progress, missed_at) == date(2026, 3, 3)
    assert not is_due(idea, progress, missed_at + timedelta(hours=3))
    assert is_due(idea, progress, datetime(2026, 3, 3, 6, tzinfo=UTC))
    for hours in (-11, 5):  # a journey moves no due day
        elsewhere = missed_at.astimezone(timezone(timedelta(hours=hours)))
        assert due_on(idea, progress, elsewhere) == date(2026, 3, 3)


def test_never_asked_is_never_due() -> None:
    idea = of_idea(topic().idea[0], of_topic(topic(), Progress()))
    assert not is_due(idea, Progress(), BEGAN)
    with pytest.raises(ValueError, match="never due"):
        due_on(idea, Progress(), BEGAN)


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ((), 1),
        ((e.IdeaSuspended(topic="t", idea="ia"),), 0),
        ((e.IdeaSuspended(topic="t", idea="ia"), e.IdeaResumed(topic="t", idea="ia")), 1),
        ((e.IdeaBuried(topic="t", idea="ia", until=date(2026, 5, 2)),), 0),
        ((e.IdeaBuried(topic="t", idea="ia", until=date(2026, 5, 1)),), 1),
        ((e.IdeaReset(topic="t", idea="ia"),), 0),
        ((answer(retry=True), e.IdeaReset(topic="t", idea="ia")), 1),
        ((answer(retry=True), e.IdeaReset(topic="t", idea="ia"), e.IdeaSuspended(topic="t", idea="ia")), 0),
        ((e.TopicSkipped(topic="t"),), 0),
    ],
)
def test_what_keeps_an_idea_from_being_due(events: tuple[Event, ...], due: int) -> None:
    progress = after(started(), answer(credit=0), *events)
    assert stands(progress, datetime(2026, 5, 1, 9, tzinfo=UTC)).due == due


def test_retention_moves_due_days_not_memories() -> None:
    progress = after(started(), answer())
    idea = of_idea(topic().idea[0], of_topic(topic(), progress))
    often = progress.after(Entry(entry_id(9, "m"), BEGAN, e.PlanSet(retention=0.95)))
    assert often.topics == progress.topics
    assert due_on(idea, often, BEGAN) < due_on(idea, progress, BEGAN)


# Former names


def test_tick_under_a_former_name_counts_and_can_be_taken_back() -> None:
    progress = after(e.TopicTicked(topic="old"))
    assert stands(progress, aliases=["old"]).ticked
    assert stands(progress).standing == "todo"
    event = tick(topic(aliases=["old"]), progress, on=False)
    assert event == e.TopicUnticked(topic="t")
    assert not stands(after(e.TopicTicked(topic="old"), event), aliases=["old"]).ticked


def test_newest_mark_under_any_name_counts() -> None:
    both = (e.TopicSkipped(topic="old"), e.TopicTicked(topic="t"))
    assert stands(after(*both), aliases=["old"]).standing == "done"
    assert stands(after(*reversed(both)), aliases=["old"]).standing == "skipped"


def test_steps_under_former_names_of_topic_and_step() -> None:
    practice = [{"id": "s", "text": "S", "check": "c", "minutes": 5, "aliases": ["was"]}]
    one = topic(practice=practice, aliases=["old"])
    ticked = after(e.StepTicked(topic="old", step="was"))
    assert step_done(one, "s", of_topic(one, ticked))
    assert step_done(one, "was", of_topic(one, ticked))
    unticked = after(e.StepTicked(topic="old", step="was"), e.StepUnticked(topic="t", step="s"))
    assert not step_done(one, "s", of_topic(one, unticked))
    assert step_done(one, "gone", of_topic(one, after(e.StepTicked(topic="t", step="gone"))))


def test_step_is_recorded_under_its_id() -> None:
    practice = [{"id": "s", "text": "S", "check": "c", "minutes": 5, "aliases": ["was"]}]
    one = topic(practice=practice)
    assert tick_step(one, "was", Progress()) == e.StepTicked(topic="t", step="s")
    assert toggle_step(one, "was", after(e.StepTicked(topic="t", step="was"))) == e.StepUnticked(topic="t", step="s")
    assert tick_step(one, "gone", Progress()) == e.StepTicked(topic="t", step="gone")


def test_step_ticked_under_its_former_name_and_unticked_under_its_own_begins_no_topic() -> None:
    practice = [{"id": "s", "text": "S", "check": "c", "minutes": 5, "aliases": ["was"]}]
    unticked = after(e.StepTicked(topic="t", step="was"), e.StepUnticked(topic="t", step="s"))
    assert stands(unticked, practice=practice).standing == "todo"


RENAMED = topic(aliases=["old"], idea=[{"id": "ia", "text": "a", "asked_by": [["qia"], ["ria"]], "aliases": ["was"]}])


def renamed(*events: Event) -> Any:
    """Return the progress of an idea that was called `was`, by these events under either name."""
    return of_idea(RENAMED.idea[0], of_topic(RENAMED, after(started(), *events)))


def test_idea_under_former_names_has_all_its_answers() -> None:
    idea = renamed(answer("was", 0, topic="old"), answer("was", topic="t"), answer("ia", 0, topic="t"))
    assert (idea.answers, idea.misses, idea.shown, idea.first_try) == (3, 2, BEGAN + timedelta(minutes=2), True)
    assert idea.memory.at == BEGAN + timedelta(minutes=3)


@pytest.mark.parametrize("name", ["was", "ia"])
def test_word_on_an_idea_counts_under_either_name(name: str) -> None:
    asked = (answer("was"), answer("ia", 0), answer("was"))
    buried = e.IdeaBuried(topic="t", idea=name, until=date(2026, 5, 1))
    assert renamed(*asked, buried).buried == date(2026, 5, 1)
    suspended = e.IdeaSuspended(topic="t", idea=name)
    assert renamed(*asked, suspended).suspended
    assert not renamed(*asked, suspended, e.IdeaResumed(topic="t", idea="ia")).suspended
    assert not renamed(*asked, suspended, e.IdeaResumed(topic="t", idea="was")).suspended
    reset = renamed(*asked, e.IdeaReset(topic="t", idea=name))
    assert reset.memory is None
    assert reset.shown is not None
    assert renamed(*asked, e.IdeaReset(topic="t", idea=name), answer("was")).memory is not None


@pytest.mark.parametrize("name", ["was", "ia"])
def test_days_on_which_an_idea_was_right_outlive_its_reset_under_either_name(name: str) -> None:
    idea = renamed(answer("was"), answer("ia"), e.IdeaReset(topic="t", idea=name))
    assert {idea.right_first, idea.right_last, idea.unaided_first, idea.unaided_last} == {BEGAN.date()}


def roadmap_of(one: Topic) -> Roadmap:
    return Roadmap(format=1, id="r", title="R", phase=(Phase(id="p", title="P", topic=(one,)),))


ROADMAP = roadmap_of(RENAMED)


def before_and_after(before: list[Event], then: list[Event], days: list[float]) -> Progress:
    """Record events as they are, then, when the ids have changed, others under the ids that have their idea's memory."""
    progress = after(*before, days=tuple(days[: len(before)]))
    for n, (event, day) in enumerate(zip(then, days[len(before) :], strict=True), len(before)):
        progress = progress.after(Entry(entry_id(n, MACHINES[0]), BEGAN + timedelta(days=day), recorded(event, ROADMAP, progress)))
    return progress


@pytest.mark.parametrize("names", [("t", "was"), ("old", "ia"), ("old", "was")])
@pytest.mark.parametrize("end", [answer("ia"), answer("ia", 0), e.IdeaReset(topic="t", idea="ia")])
def test_renamed_idea_goes_on_as_if_it_had_always_been_called_so(names: tuple[str, str], end: Event) -> None:
    days = [0.0, 0, 2, 13, 60, 200, 210]
    was = answer(names[1], topic=names[0], confidence="certain")
    now = answer("ia", confidence="certain")
    late, soon = (before_and_after([started("review"), *[asked] * 4], [end, answer("ia")], days) for asked in (was, now))
    idea, without = (of_idea(RENAMED.idea[0], of_topic(RENAMED, progress)) for progress in (late, soon))
    told = {"entry", "told", "reset"}
    assert idea.model_dump(exclude=told) == without.model_dump(exclude=told)
    assert of_topic(RENAMED, late).span == of_topic(RENAMED, soon).span == 1


def test_idea_first_asked_after_its_topic_was_renamed_is_recorded_beside_the_others() -> None:
    """Mastery is of ideas that lie together."""
    progress = after(started(), answer("ia", topic="old"))
    assert recorded(answer("ib"), roadmap_of(topic(aliases=["old"])), progress) == answer("ib", topic="old")


def test_what_is_put_off_under_a_new_name_is_asked_again_after_the_next_answer() -> None:
    until = BEGAN.date() + timedelta(days=9)
    before, bury_it = [started("review"), answer("was")], e.IdeaBuried(topic="t", idea="ia", until=until)
    buried = before_and_after(before, [bury_it], [0, 0, 1])
    assert of_idea(RENAMED.idea[0], of_topic(RENAMED, buried)).buried == until
    asked = before_and_after(before, [bury_it, answer("ia")], [0, 0, 1, 2])
    assert of_idea(RENAMED.idea[0], of_topic(RENAMED, asked)).buried is None


def test_reset_forgets_what_was_missed_under_a_former_name() -> None:
    misses = [answer("was", 0), answer("ia", 0), answer("was", confidence="certain"), answer("was", 0)]
    forgotten = after(started("review"), *misses, e.IdeaReset(topic="t", idea="ia"))
    idea = of_idea(RENAMED.idea[0], of_topic(RENAMED, forgotten))
    assert (idea.misses, idea.memory, idea.certain_on, idea.missed) == (0, None, None, False)
    assert reset(RENAMED, RENAMED.idea[0], forgotten) is None


def test_events_without_an_idea_or_of_none_that_is_there_are_recorded_as_they_are() -> None:
    for event in (e.TopicTicked(topic="t"), answer("gone"), answer("ia", topic="gone"), answer("ia")):
        assert recorded(event, ROADMAP, Progress()) == event


def test_question_under_former_names() -> None:
    one = topic(aliases=["old"])
    done = of_topic(one, after(started(), answer(question="was"), answer(question="q"), answer(question="was", topic="old")))
    asked = of_question("q", ("was",), done)
    assert (asked.times, asked.asked) == (3, BEGAN + timedelta(minutes=3))
    retired = of_topic(one, after(started(), answer(question="was"), e.QuestionRetired(topic="t", question="q")))
    assert of_question("q", ("was",), retired).retired
    elsewhere = of_topic(one, after(e.QuestionRetired(topic="old", question="q"), started(), answer(question="q")))
    assert of_question("q", (), elsewhere).retired
    assert of_question("other", (), done).times == 0


@given(histories(), st.sampled_from([0, 1, 30, 400]))
def test_figures_are_in_their_bounds_whatever_was_done(entries: list[Entry], days: int) -> None:
    progress = fold(entries)
    ideas = [{"id": i, "text": i, "asked_by": [["qa"]]} for i in IDEAS]
    now = BEGAN + timedelta(days=days)
    every = []
    for fields in ({"id": TOPICS[0]}, {"id": TOPICS[1]}, {"id": "new", "aliases": list(TOPICS)}):
        here = where(Topic.model_validate({"title": "T", "idea": ideas, **fields}), progress, now)
        assert 0 <= here.known <= here.shown + 1e-9 <= here.ideas + 1e-9
        assert 0 <= here.first_try <= here.shown
        assert 0 < here.to_ask <= here.ideas or not here.ideas
        assert here.due <= here.ideas
        assert not here.passed or here.shown == here.ideas
        assert (here.standing == "mastered") <= here.done <= (here.ticked or here.known_by_word or here.passed)
        every.append(here)
    total = counts(every)
    assert total.mastered <= total.done <= total.topics - total.skipped
    assert total.done + total.doing + total.skipped + sum(w.standing == "todo" for w in every) == total.topics == 3
    assert total.known <= total.shown + 1e-9 <= total.ideas + 1e-9


# Which event an action is


def test_actions_are_idempotent(small: Roadmap) -> None:
    numbers = small.topics["numbers"]
    actions: list[tuple[Any, Any]] = [
        (lambda p: tick(numbers, p), lambda p: tick(numbers, p, on=False)),
        (lambda p: skip(numbers, p), lambda p: skip(numbers, p, on=False)),
        (lambda p: know(numbers, p), lambda p: know(numbers, p, on=False)),
        (lambda p: tick_step(numbers, "count", p), lambda p: tick_step(numbers, "count", p, on=False)),
    ]
    for do, take_back in actions:
        assert take_back(Progress()) is None
        done = do(Progress())
        assert do(after(done)) is None
        undone = take_back(after(done))
        assert take_back(after(done, undone)) is None
        assert do(after(done, undone)) == done


def test_skipped_topic_that_is_ticked_or_known_is_skipped_no_more() -> None:
    one = topic()
    skipped = (e.TopicTicked(topic="t"), e.TopicKnown(topic="t"), e.TopicSkipped(topic="t"))
    assert tick(one, after(*skipped)) == e.TopicTicked(topic="t")
    assert know(one, after(*skipped)) == e.TopicKnown(topic="t")
    assert toggle(one, after(*skipped)) == e.TopicTicked(topic="t")


def test_toggle_turns_round() -> None:
    assert toggle(topic(), Progress()) == e.TopicTicked(topic="t")
    assert toggle(topic(), after(e.TopicTicked(topic="t"))) == e.TopicUnticked(topic="t")
    assert toggle(topic(), after(started(), *map(answer, IDEAS))) == e.TopicTicked(topic="t")
    assert toggle_step(topic(), "s", Progress()) == e.StepTicked(topic="t", step="s")
    assert toggle_step(topic(), "s", after(e.StepTicked(topic="t", step="s"))) == e.StepUnticked(topic="t", step="s")


def test_ticking_a_topic_leaves_its_steps_alone_and_the_reverse() -> None:
    assert not of_topic(topic(), after(e.TopicTicked(topic="t"))).steps
    assert not stands(after(e.StepTicked(topic="t", step="s"))).ticked


def test_skipped_topics_are_in_topics_and_nowhere_else() -> None:
    total = counts(
        [
            Where("skipped", True, False, True, 5, 5, 5, 5.0, 0),
            Where("mastered", True, False, True, 2, 2, 2, 1.9, 1),
            Where("doing", False, False, False, 3, 1, 1, 0.5, 1),
        ]
    )
    assert total == (3, 1, 1, 1, 1, 2, 5, 3, 2.4)


# Putting an idea off


def test_an_idea_is_put_off_suspended_and_reset_once() -> None:
    one = topic()
    idea, day = one.idea[0], date(2026, 3, 9)
    asked = after(answer("ia", 0))
    assert bury(one, idea, asked, day) == e.IdeaBuried(topic="t", idea="ia", until=day)
    assert bury(one, idea, after(answer("ia"), e.IdeaBuried(topic="t", idea="ia", until=day)), day) is None
    assert suspend(one, idea, asked) == e.IdeaSuspended(topic="t", idea="ia")
    off = after(answer("ia"), e.IdeaSuspended(topic="t", idea="ia"))
    assert suspend(one, idea, off) is None
    assert suspend(one, idea, off, on=False) == e.IdeaResumed(topic="t", idea="ia")
    assert suspend(one, idea, asked, on=False) is None
    assert reset(one, idea, asked) == e.IdeaReset(topic="t", idea="ia")
    assert reset(one, idea, Progress()) is None
