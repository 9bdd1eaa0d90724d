"""Progress: a fold that any cut, any order of arrival, any undoing leaves the same."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.histories import BEGAN, IDEAS, MACHINES, REVIEWING, answers, histories, later

from dlroadmap import events as e
from dlroadmap.amendments import AMENDING, reach, redoable, undoable
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.progress import Progress, TopicProgress, fold, known_sum
from dlroadmap.schedule import Rating, rate, recall, remember


def amends_before(tail: list[Entry]) -> bool:
    """Tell whether a tail of entries changes how an entry before it counts."""
    reached = [first for entry in tail if (first := reach(entry.event)) is not None]
    return bool(tail) and any(first < tail[0].id for first in reached)


@given(histories())
def test_any_cut_folds_to_the_same(entries: list[Entry]) -> None:
    whole = fold(entries)
    for n in range(len(entries) + 1):
        head, tail = entries[:n], entries[n:]
        if not amends_before(tail):
            assert fold(tail, fold(head)) == whole


@given(histories(amend=False))
def test_one_at_a_time_folds_to_the_same(entries: list[Entry]) -> None:
    progress = Progress()
    for entry in entries:
        progress = progress.after(entry)
    assert progress == fold(entries)


@given(histories(), st.randoms(use_true_random=False))
def test_order_of_arrival_makes_no_difference(entries: list[Entry], order: random.Random) -> None:
    shuffled = list(entries)
    order.shuffle(shuffled)
    assert fold(shuffled) == fold(entries)


@given(histories(), st.data())
def test_undone_entry_is_as_if_it_had_never_been(entries: list[Entry], data: st.DataObject) -> None:
    assume(entries)
    one = data.draw(st.sampled_from(entries))
    without = [entry for entry in entries if entry is not one]
    assert fold(later(entries, e.Undone(entry=one.id))) == fold(without)


@given(histories(), st.data())
def test_redone_entry_counts_as_if_it_had_never_been_undone(entries: list[Entry], data: st.DataObject) -> None:
    assume(entries)
    one = data.draw(st.sampled_from(entries))
    named = {other for entry in entries if isinstance(entry.event, AMENDING) for other in named_by(entry.event)}
    assume(one.id not in named)
    assert fold(later(entries, e.Undone(entry=one.id), e.Redone(entry=one.id))) == fold(entries)


def named_by(event: Event) -> set[str]:
    match event:
        case e.Undone(entry=other) | e.Redone(entry=other):
            return {other}
        case e.Restored(entries=others):
            return set(others)
        case _:
            return set()


@given(histories(), st.data())
def test_restore_undoes_what_the_backup_does_not_have(entries: list[Entry], data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(entries)))
    newer = tuple(entry.id for entry in entries[kept:])
    restored = later(entries, e.Restored(entries=newer))
    assert fold(restored) == fold(entries[:kept])
    assert fold(later(restored, e.Undone(entry=restored[-1].id))) == fold(entries)


@given(histories())
def test_known_is_never_more_than_was_shown(entries: list[Entry]) -> None:
    progress = fold(entries)
    for topic in progress.topics.values():
        shown = sum(1 for idea in topic.ideas.values() if idea.shown)
        for days in (0, 1, 400):
            assert 0 <= known_sum(topic, BEGAN + timedelta(days=days)) <= shown + 1e-9


@given(histories(amend=False))
def test_progress_survives_being_written_down(entries: list[Entry]) -> None:
    progress = fold(entries)
    assert Progress.model_validate_json(progress.model_dump_json(exclude_defaults=True)) == progress


# What each event does


def entry(n: int, event: Event, *, at: datetime | None = None, machine: str = MACHINES[0]) -> Entry:
    return Entry(entry_id(n, machine), at or BEGAN + timedelta(minutes=n), event)


def topic_after(*events: Event) -> TopicProgress:
    return fold(entry(n, event) for n, event in enumerate(events)).topics["t"]


def on(mark: Any) -> bool:
    return mark is not None and mark.on


def test_ticks_skips_and_words() -> None:
    assert on(topic_after(e.TopicTicked(topic="t")).ticked)
    assert not on(topic_after(e.TopicTicked(topic="t"), e.TopicUnticked(topic="t")).ticked)
    assert on(topic_after(e.TopicSkipped(topic="t")).skipped)
    assert not on(topic_after(e.TopicSkipped(topic="t"), e.TopicUnskipped(topic="t")).skipped)
    assert on(topic_after(e.TopicKnown(topic="t")).known)
    assert not on(topic_after(e.TopicKnown(topic="t"), e.TopicUnknown(topic="t")).known)


@pytest.mark.parametrize("done", [e.TopicTicked(topic="t"), e.TopicKnown(topic="t")])
def test_what_is_done_is_skipped_no_more(done: Event) -> None:
    assert not on(topic_after(e.TopicSkipped(topic="t"), done).skipped)


def test_steps_notes_paths_and_plans() -> None:
    done = topic_after(e.StepTicked(topic="t", step="a"), e.StepTicked(topic="t", step="b"), e.StepUnticked(topic="t", step="a"))
    assert {name: mark.on for name, mark in done.steps.items()} == {"a": False, "b": True}
    assert topic_after(e.NoteWritten(topic="t", text="x"), e.NoteWritten(topic="t", text="y")).note == "y"
    events = [
        e.PathChosen(path="short", start="t"),
        e.PathSaved(path="mine", body={"title": "M"}),
        e.PathSaved(path="gone", body={"title": "G"}),
        e.PathSaved(path="gone", body={}),
        e.PlanSet(hours=5, target=date(2027, 1, 1)),
        e.PlanSet(retention=0.85),
        e.Paused(until=date(2026, 5, 1)),
    ]
    progress = fold(entry(n, event) for n, event in enumerate(events))
    assert (progress.path, progress.start, dict(progress.paths)) == ("short", "t", {"mine": {"title": "M"}})
    assert (progress.plan.hours, progress.plan.target, progress.plan.retention) == (5, date(2027, 1, 1), 0.85)
    assert progress.paused_until == date(2026, 5, 1)
    later_on = progress.after(entry(99, e.Unpaused())).after(entry(100, e.PlanSet(no_target=True)))
    assert (later_on.paused_until, later_on.plan.target, later_on.plan.hours) == (None, None, 5)


def test_deleting_a_path_that_never_was_is_nothing() -> None:
    assert fold([entry(1, e.PathSaved(path="mine", body={}))]).paths == {}


def test_sitting_is_its_start_and_its_answers_until_it_ends() -> None:
    started = e.SittingStarted(sitting="s", kind="checkpoint", scope=("t",), seed=1, questions=())
    progress = fold([entry(1, started), entry(2, answer()), entry(3, answer(question="r"))])
    sat = progress.sittings["s"]
    assert sat.started == started
    assert [a.question for _, a in sat.answers] == ["q", "r"]
    for end in (e.SittingFinished(sitting="s"), e.SittingAbandoned(sitting="s")):
        assert progress.after(entry(4, end)).sittings == {}
        assert progress.after(entry(4, end)).topics == progress.topics


def test_buried_suspended_resumed_reset() -> None:
    told = {"topic": "t", "idea": "i"}
    assert topic_after(e.IdeaBuried(**told, until=date(2026, 3, 9))).ideas["i"].buried == date(2026, 3, 9)
    assert topic_after(e.IdeaSuspended(**told)).ideas["i"].suspended
    resumed = topic_after(e.IdeaBuried(**told, until=date(2026, 3, 9)), e.IdeaSuspended(**told), e.IdeaResumed(**told)).ideas["i"]
    assert (resumed.buried, resumed.suspended) == (None, False)
    reset = idea_of(sat("review", answer(), e.IdeaReset(**told)))
    assert reset.memory is None
    assert reset.shown is not None


@pytest.mark.parametrize("credit", [0, 1])
def test_reset_idea_was_neither_missed_nor_certain_before(credit: float) -> None:
    idea = idea_of(sat("review", answer(credit=credit, confidence="certain"), e.IdeaReset(topic="t", idea="i")))
    assert (idea.misses, idea.missed, idea.sure_but_wrong, idea.certain_on) == (0, False, False, None)


# Which answers count for what


def answer(**fields: Any) -> e.Answered:
    told: dict[str, Any] = {
        "sitting": "s",
        "topic": "t",
        "question": "q",
        "idea": "i",
        "kind": "choice",
        "given": "x",
        "credit": 1,
        "confidence": "fairly",
    }
    return e.Answered(**{**told, **fields})


def sat(kind: Any, *events: Event) -> Progress:
    started = e.SittingStarted(sitting="s", kind=kind, scope=("t",), seed=1, questions=())
    return fold(entry(n, event) for n, event in enumerate((started, *events)))


def idea_of(progress: Progress) -> Any:
    return progress.topics["t"].ideas.get("i")


@pytest.mark.parametrize(
    ("kind", "shown", "first_try", "memory"),
    [
        ("checkpoint", True, True, True),
        ("exam", True, False, True),
        ("review", True, False, True),
        ("practice", False, False, False),
        ("cram", False, False, False),
        ("placement", False, False, False),
    ],
)
def test_which_sittings_count(kind: str, shown: bool, first_try: bool, memory: bool) -> None:
    idea = idea_of(sat(kind, answer()))
    assert ((idea is not None and idea.shown is not None), (idea is not None and idea.first_try)) == (shown, first_try)
    assert (idea is not None and idea.memory is not None) == memory


@pytest.mark.parametrize("end", [e.SittingFinished(sitting="s"), e.SittingAbandoned(sitting="s")])
@pytest.mark.parametrize("kind", ["checkpoint", "exam", "review", "practice", "cram", "placement"])
def test_answer_in_a_sitting_that_another_window_ended_counts_as_in_that_sitting(kind: str, end: Event) -> None:
    late, soon = sat(kind, end, answer(seconds=9)), sat(kind, answer(seconds=9), end)
    told = {"shown", "tried", "memory", "entry"}
    for one, other in ((idea_of(late), idea_of(soon)), (late.days[BEGAN.date()], soon.days[BEGAN.date()])):
        assert one == other or one.model_dump(exclude=told) == other.model_dump(exclude=told)
    assert (late.sittings, late.closed) == ({}, {"s": kind})


@pytest.mark.parametrize("end", [e.SittingFinished(sitting="s"), e.SittingAbandoned(sitting="s")])
def test_placement_that_another_window_ended_begins_no_topic(end: Event) -> None:
    started = e.SittingStarted(sitting="s", kind="placement", scope=(), seed=1, questions=())
    late, soon = (
        fold(entry(n, event) for n, event in enumerate(events)) for events in ((started, end, answer()), (started, answer(), end))
    )
    asked = [progress.topics["t"].questions["q"] for progress in (late, soon)]
    assert [(question.times, question.placed) for question in asked] == [(1, 1), (1, 1)]


def test_answer_in_a_sitting_of_an_unknown_kind_takes_time_and_counts_for_nothing() -> None:
    """Its start may be damaged, of a newer version, or undone."""
    progress = sat("review", answer(sitting="unknown", seconds=9))
    assert idea_of(progress) is None
    assert progress.topics["t"].questions["q"].times == 1
    day = progress.days[BEGAN.date()]
    assert (day.answers, day.seconds, day.reviewing) == (0, 9, 0)


def test_open_questions_count_for_nothing_but_having_been_asked() -> None:
    progress = sat("checkpoint", answer(kind="open"))
    assert idea_of(progress) is None
    assert progress.topics["t"].questions["q"].times == 1


def test_second_try_shows_the_idea_but_neither_rates_it_nor_makes_it_a_first() -> None:
    missed = idea_of(sat("checkpoint", answer(credit=0)))
    again = idea_of(sat("checkpoint", answer(credit=0), answer(question="r", retry=True)))
    assert again.shown is not None
    assert not again.first_try
    assert (again.memory, again.misses, again.answers) == (missed.memory, 1, 2)


def test_half_the_credit_shows_less_does_not() -> None:
    assert idea_of(sat("checkpoint", answer(credit=0.5))).shown is not None
    assert idea_of(sat("checkpoint", answer(credit=0.49))).shown is None


def test_hinted_answer_is_rated_hard_but_shows_the_idea() -> None:
    idea = idea_of(sat("checkpoint", answer(credit=0.5, hint=True)))
    assert idea.first_try
    assert idea.memory == remember(None, Rating.HARD, BEGAN + timedelta(minutes=1))


def test_right_guess_among_options_is_asked_again_but_is_no_miss() -> None:
    idea = idea_of(sat("checkpoint", answer(confidence="guess")))
    assert (idea.misses, idea.right_first) == (0, None)
    assert idea.memory == remember(None, Rating.AGAIN, BEGAN + timedelta(minutes=1))


def test_being_sure_and_wrong_is_remembered_until_the_next_answer() -> None:
    assert idea_of(sat("checkpoint", answer(credit=0, confidence="certain"))).sure_but_wrong
    assert not idea_of(sat("checkpoint", answer(credit=0, confidence="certain"), answer())).sure_but_wrong


@pytest.mark.parametrize(("days", "rating"), [(0, Rating.GOOD), (1, Rating.EASY)])
def test_certain_and_right_is_easy_where_it_was_so_on_another_day(days: int, rating: Rating) -> None:
    sure, again = answer(confidence="certain"), BEGAN + timedelta(days=days, hours=1)
    once = REVIEWING.after(entry(1, sure))
    assert idea_of(once.after(entry(2, sure, at=again))).memory == remember(idea_of(once).memory, rating, again)


def test_answer_by_a_clock_years_ahead_stands_in_the_way_of_nothing() -> None:
    days = (BEGAN.replace(year=2099), BEGAN, BEGAN + timedelta(days=1), BEGAN + timedelta(days=8))
    sure = answer(kind="text", confidence="certain")
    started = e.SittingStarted(sitting="s", kind="review", scope=(), seed=1, questions=())
    entries = [
        Entry(entry_id(n, MACHINES[0]), at, event) for n, (at, event) in enumerate([(BEGAN, started), *((d, sure) for d in days)])
    ]
    wrong, right = idea_of(fold(entries)), idea_of(fold(entries[:1] + entries[2:]))
    assert (wrong.memory.at, wrong.memory.on) == (right.memory.at, right.memory.on)
    assert (wrong.certain_on, wrong.right_first, wrong.unaided_first) == (right.certain_on, right.right_first, right.unaided_first)
    assert (wrong.right_last, wrong.unaided_last) == (right.right_last, right.unaided_last)
    assert wrong.seasoned
    assert not idea_of(fold(entries[:3])).seasoned  # once by that clock and once by the right one aren't two days


def test_overruled_answer_has_the_new_credit_everywhere() -> None:
    wrong = answer(credit=0, kind="text")
    told = {"answer": entry_id(1, MACHINES[0]), "topic": "t", "question": "q", "idea": "i"}
    right = sat("checkpoint", wrong, e.AnswerOverruled(**told, credit=1, reason="right"))
    assert idea_of(right) == idea_of(sat("checkpoint", answer(kind="text")))
    assert [a.credit for _, a in right.sittings["s"].answers] == [1]
    slip = sat("checkpoint", wrong, e.AnswerOverruled(**told, credit=0.5, reason="slip"))
    assert idea_of(slip).shown is not None
    assert idea_of(slip).memory == remember(None, Rating.HARD, BEGAN + timedelta(minutes=1))


def test_newest_word_on_an_answer_counts() -> None:
    told = {"answer": entry_id(1, MACHINES[0]), "topic": "t", "question": "q", "idea": "i"}
    events = [
        answer(credit=0),
        e.AnswerOverruled(**told, credit=1, reason="right"),
        e.AnswerOverruled(**told, credit=0, reason="right"),
    ]
    assert idea_of(sat("checkpoint", *events)).shown is None
    assert idea_of(sat("checkpoint", *events, e.Undone(entry=entry_id(3, MACHINES[0])))).shown is not None


def test_retired_question_takes_its_misses_back_but_not_its_successes() -> None:
    retired = e.QuestionRetired(topic="t", question="q")
    missed = sat("checkpoint", answer(credit=0), retired)
    assert idea_of(missed) is None
    assert missed.topics["t"].questions["q"].retired
    assert idea_of(sat("checkpoint", answer(), retired)).shown is not None
    assert idea_of(sat("checkpoint", answer(credit=0), retired, e.Undone(entry=entry_id(2, MACHINES[0])))).misses == 1
    assert idea_of(sat("checkpoint", retired, answer(credit=0))) is None


def test_tallies_are_of_counted_answers() -> None:
    progress = sat(
        "checkpoint",
        answer(seconds=10),
        answer(credit=0, seconds=4000),
        answer(confidence=None, kind="text", credit=0.5),
        answer(kind="open"),
        answer(retry=True),
    )
    assert {k: (v.answers, v.right, v.credit) for k, v in progress.confidence.items()} == {"fairly": (2, 1, 1)}
    assert {k: (v.answers, v.right, v.seconds) for k, v in progress.kinds.items()} == {"choice": (2, 1, 310), "text": (1, 1, 0)}
    day = progress.days[BEGAN.date()]
    assert (day.answers, day.right, day.seconds) == (3, 2, 310)


@pytest.mark.parametrize("kind", ["practice", "cram", "placement"])
def test_what_does_not_count_takes_time_but_is_neither_right_nor_wrong(kind: str) -> None:
    day = sat(kind, answer(seconds=10), answer(credit=0, seconds=20)).days[BEGAN.date()]
    assert (day.answers, day.right, day.seconds) == (0, 0, 30)


def test_a_retired_questions_lapses_under_its_former_ids_are_taken_back() -> None:
    missed = [answer(topic="old", question="was", credit=0), answer(topic="old", credit=0), answer(question="was", credit=0)]
    formerly = (("old", "was"), ("old", "q"), ("t", "was"))
    progress = sat("review", *missed, e.QuestionRetired(topic="t", question="q", formerly=formerly))
    assert all("i" not in topic.ideas for topic in progress.topics.values())


def test_a_question_stays_retired_under_its_former_ids_where_the_fold_goes_on_from_there() -> None:
    retired = e.QuestionRetired(topic="t", question="q", formerly=(("old", "was"),))
    late = answer(topic="old", question="was", credit=0)
    assert sat("review", retired).after(entry(2, late)) == sat("review", retired, late)


def test_a_retired_questions_miss_is_no_answer_of_its_day() -> None:
    missed = sat("review", answer(credit=0, seconds=20), e.QuestionRetired(topic="t", question="q")).days[BEGAN.date()]
    assert (missed.answers, missed.right, missed.seconds) == (0, 0, 20)


# Mastery


class Naive:
    """Whether a topic of so many ideas is mastered, by the rule as the design tells it, from the answers alone."""

    def __init__(self, ideas: int) -> None:
        self.ideas = ideas
        self.mastered = False
        self.memory: dict[str, Any] = {}
        self.shown: set[str] = set()
        self.right: dict[str, list[tuple[date, bool]]] = {}
        self.certain: dict[str, date] = {}

    def known(self, at: datetime) -> float:
        return sum(recall(self.memory[idea], at) for idea in self.shown)

    def seasoned(self, idea: str) -> bool:
        days = self.right.get(idea, [])
        return any(abs((a - b).days) >= 7 and (free_a or free_b) for a, free_a in days for b, free_b in days)

    def answered(self, event: e.Answered, at: datetime) -> None:
        if self.mastered and self.known(at) < 0.70 * self.ideas - 1e-9:
            self.mastered = False
        today, certain = at.date(), event.confidence == "certain"
        before = self.certain.get(event.idea, today) < today
        rating = rate(credit=event.credit, kind=event.kind, confidence=event.confidence, helped=event.hint, certain_before=before)
        self.memory[event.idea] = remember(self.memory.get(event.idea), rating, at)
        if event.credit >= 0.5:
            self.shown.add(event.idea)
        if rating is not Rating.AGAIN:
            self.right.setdefault(event.idea, []).append((today, event.kind not in ("choice", "multi")))
            if certain and event.credit >= 1:
                self.certain.setdefault(event.idea, today)
        seasoned = sum(map(self.seasoned, IDEAS))
        if 3 * seasoned >= 2 * self.ideas and self.known(at) >= 0.85 * self.ideas - 1e-9:
            self.mastered = True


review_answers = st.builds(
    lambda answer, idea, credit: answer.model_copy(
        update={"sitting": "s", "topic": "t", "idea": idea, "credit": credit, "retry": False}
    ),
    answers.filter(lambda a: a.kind != "open"),
    st.sampled_from(IDEAS),
    st.sampled_from([0.0, 0.5, 1.0, 1.0, 1.0]),
)


@given(st.lists(st.tuples(review_answers, st.sampled_from([0, 1, 3, 8, 20, 60, 300])), min_size=4, max_size=25))
@example([(answer(idea=i, kind="text"), gap) for gap in (0, 9) for i in IDEAS] + [(answer(idea="ia", kind="text"), 2000)])
def test_span_is_mastery_as_one_who_knows_the_number_of_ideas_would_have_it(history: list[tuple[e.Answered, int]]) -> None:
    naive = [Naive(n) for n in range(1, 6)]
    progress, at = REVIEWING, BEGAN
    for n, (event, days) in enumerate(history):
        at += timedelta(days=days)
        progress = progress.after(entry(n, event, at=at))
        for one in naive:
            one.answered(event, at)
            assert (progress.topics["t"].span >= one.ideas) == one.mastered


def test_mastery_takes_two_days_a_week_apart_and_a_question_without_options() -> None:
    def span(*rows: tuple[str, int]) -> int:
        events = [(answer(idea="i", kind=kind), BEGAN + timedelta(days=day)) for kind, day in rows]
        return fold((entry(n, event, at=at) for n, (event, at) in enumerate(events)), REVIEWING).topics["t"].span

    assert span(("text", 0), ("choice", 7)) == 1
    assert span(("choice", 0), ("text", 7)) == 1
    assert span(("text", 0), ("text", 6)) == 0
    assert span(("choice", 0), ("multi", 9)) == 0
    assert span(("choice", 0), ("text", 3), ("choice", 8)) == 0
    assert span(("choice", 0), ("text", 3), ("choice", 10)) == 1


# Undo and redo


def undo(entries: list[Entry], machine: str) -> list[Entry]:
    one = undoable(sorted(entries, reverse=True), machine)
    return [*entries, entry(len(entries) + 1, e.Undone(entry=one.id), machine=machine)] if one else entries


def redo(entries: list[Entry], machine: str) -> list[Entry]:
    name = redoable(sorted(entries, reverse=True), machine)
    return [*entries, entry(len(entries) + 1, e.Redone(entry=name), machine=machine)] if name else entries


def test_undo_goes_back_one_by_one_and_redo_forth() -> None:
    a = MACHINES[0]
    entries = [entry(1, e.TopicTicked(topic="x")), entry(2, e.TopicTicked(topic="y"))]
    back = undo(undo(undo(entries, a), a), a)
    assert len(back) == 4
    assert fold(back) == Progress()
    forth = redo(redo(redo(back, a), a), a)
    assert len(forth) == 6
    assert fold(forth) == fold(entries)


def test_something_new_ends_redoing() -> None:
    a = MACHINES[0]
    entries = undo([entry(1, e.TopicTicked(topic="x"))], a)
    assert redoable(sorted(entries, reverse=True), a) is not None
    entries.append(entry(len(entries) + 1, e.TopicTicked(topic="z")))
    assert redoable(sorted(entries, reverse=True), a) is None


def test_each_machine_undoes_its_own() -> None:
    a, b = MACHINES
    entries = [entry(1, e.TopicTicked(topic="x"), machine=a), entry(2, e.TopicTicked(topic="y"), machine=b)]
    assert fold(undo(entries, a)) == fold(entries[1:])
    assert fold(undo(entries, b)) == fold(entries[:1])
    both = undo(undo(entries, a), b)
    assert fold(both) == Progress()
    assert undoable(sorted(both, reverse=True), a) is None
    assert fold(redo(both, a)) == fold(entries[:1])


def test_neither_undoing_nor_what_a_newer_version_knows_can_be_undone() -> None:
    a = MACHINES[0]
    entries = [entry(1, e.TopicTicked(topic="x")), entry(2, e.Unreadable())]
    assert undoable(sorted(entries, reverse=True), a) == entries[0]


@pytest.mark.parametrize("ended", [e.SittingFinished(sitting="s"), e.SittingAbandoned(sitting="s")])
def test_what_the_program_writes_around_answers_is_passed_over(ended: e.Event) -> None:
    a = MACHINES[0]
    started = e.SittingStarted(sitting="s", kind="checkpoint", scope=("t",), seed=1, questions=())
    entries = [entry(1, e.TopicTicked(topic="x")), entry(2, started), entry(3, ended)]
    assert undoable(sorted(entries, reverse=True), a) == entries[0]
    back = undo(entries, a)
    after = [*back, entry(5, started), entry(6, ended)]
    assert redoable(sorted(after, reverse=True), a) == entries[0].id


def test_restore_is_undone_as_a_whole_and_then_what_came_before_it() -> None:
    a = MACHINES[0]
    entries = [entry(n, e.TopicTicked(topic=t)) for n, t in ((1, "x"), (2, "y"), (3, "z"))]
    entries.append(entry(4, e.Restored(entries=(entries[1].id, entries[2].id))))
    assert undoable(sorted(entries, reverse=True), a) == entries[3]
    back = undo(entries, a)
    assert fold(back) == fold(entries[:3])
    assert undoable(sorted(back, reverse=True), a) == entries[2]


def test_what_another_machines_restore_took_back_is_not_undone_again() -> None:
    a, b = MACHINES
    entries = [entry(n, e.TopicTicked(topic=t), machine=a) for n, t in ((1, "x"), (2, "y"))]
    entries.append(entry(3, e.Restored(entries=(entries[1].id,)), machine=b))
    assert undoable(sorted(entries, reverse=True), a) == entries[0]


class Stack:
    """Undo and redo as everybody knows them."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.gone: list[str] = []

    def act(self, what: str) -> None:
        if what == "undo" and self.done:
            self.gone.append(self.done.pop())
        elif what == "redo" and self.gone:
            self.done.append(self.gone.pop())
        elif what not in ("undo", "redo"):
            self.done.append(what)
            self.gone.clear()


@given(st.lists(st.sampled_from(["undo", "undo", "redo", "act"]), max_size=30))
def test_undo_and_redo_are_a_stack(acts: list[str]) -> None:
    a, model, entries = MACHINES[0], Stack(), list[Entry]()
    for n, what in enumerate(acts):
        model.act(what if what != "act" else f"t{n}")
        if what == "act":
            entries.append(entry(len(entries) + 1, e.TopicTicked(topic=f"t{n}")))
        else:
            entries = (undo if what == "undo" else redo)(entries, a)
        assert set(fold(entries).topics) == set(model.done)


def test_reach_of_events() -> None:
    assert reach(e.TopicTicked(topic="t")) is None
    assert reach(e.Undone(entry="a")) == reach(e.Redone(entry="a")) == "a"
    assert reach(e.Restored(entries=("b", "a"))) == "a"
    assert reach(e.Restored(entries=())) is None
    assert reach(e.QuestionRetired(topic="t", question="q")) == ""
