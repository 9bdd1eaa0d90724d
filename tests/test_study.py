"""Study: records first and computes after; the same live, after a restart, beside another program, and after any undoing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.conftest import MONDAY, SMALL, Clock, examples

from dlroadmap import events as e
from dlroadmap import study as module
from dlroadmap.formats.located import NotARoadmap
from dlroadmap.journal import Journal, JournalFault
from dlroadmap.library import LibraryFault
from dlroadmap.places import Places
from dlroadmap.progress import Progress
from dlroadmap.review import Wanted
from dlroadmap.roadmap import Topic
from dlroadmap.schedule import Rating, remember
from dlroadmap.sitting import Sitting, answer
from dlroadmap.standing import of_idea, of_topic, skip, tick, tick_step, where
from dlroadmap.study import Study, local_clock

Opener = Callable[[], Study]


@pytest.fixture
def again(study: Study, small_file: Path, clock: Clock, request: pytest.FixtureRequest) -> Opener:
    """Open the same study once more, as a second program or after a restart."""

    def opened() -> Study:
        one = Study.open(str(small_file), clock=clock)
        request.addfinalizer(one.close)
        return one

    return opened


def topic(study: Study, name: str = "numbers") -> Topic:
    return study.roadmap.topics[name]


def standing(study: Study, name: str = "numbers") -> str:
    return where(topic(study, name), study.progress, study.now()).standing


def do(study: Study, event: e.Event | None) -> e.Entry:
    assert event is not None
    return study.record(event)


# Recording


def test_tick_is_there_live_and_after_a_restart(study: Study, again: Opener) -> None:
    entry = do(study, tick(topic(study), study.progress))
    assert entry.at == MONDAY
    assert standing(study) == "done"
    assert again().progress == study.progress


def test_clock_set_back_an_hour_between_tick_and_untick(study: Study, again: Opener, clock: Clock) -> None:
    do(study, tick(topic(study), study.progress))
    clock.move(hours=-1)
    do(study, tick(topic(study), study.progress, on=False))
    assert standing(study) == "todo"
    assert standing(again()) == "todo"


def test_flight_round_the_world_loses_no_tick(study: Study, again: Opener, clock: Clock) -> None:
    for hours in (14, -11, 0):
        clock.now = MONDAY.astimezone(timezone(timedelta(hours=hours)))
        do(study, e.StepTicked(topic="numbers", step="count"))
        do(study, e.StepUnticked(topic="numbers", step="count"))
        do(study, e.StepTicked(topic="numbers", step="count"))
    assert of_topic(topic(study), again().progress).steps["count"].on


def test_progress_is_kept_under_the_roadmaps_id(study: Study, small_file: Path, clock: Clock) -> None:
    do(study, tick(topic(study), study.progress))
    text = small_file.read_text(encoding="utf-8")
    small_file.write_text(text.replace('id = "small"', 'id = "another"'), encoding="utf-8")
    other = Study.open(str(small_file), clock=clock)
    assert other.progress == Progress()
    other.close()
    assert study.journal.roadmaps() == ["small"]


def test_failed_record_changes_nothing(study: Study) -> None:
    before = study.progress
    study.journal.read_only = "nothing is saved: because"
    with pytest.raises(JournalFault, match="because"):
        do(study, tick(topic(study), study.progress))
    assert study.progress is before


@pytest.mark.parametrize("wanted", ["gone", "gone.toml"])
def test_roadmap_that_cant_be_opened_leaves_the_journal_alone(home: Path, wanted: str) -> None:
    with pytest.raises((LibraryFault, NotARoadmap)):
        Study.open(wanted)
    assert not (home / "progress.sqlite3").exists()


def test_journal_is_closed_where_reading_it_fails(here: Places, small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise JournalFault("no answer")

    monkeypatch.setattr(Journal, "load", fails)
    with pytest.raises(JournalFault, match="no answer"):
        Study.open(str(small_file), at=here)
    assert sorted(p.name for p in here.data.iterdir()) == ["cache", "progress.sqlite3"]


def test_clock_of_the_machine_knows_its_offset() -> None:
    assert local_clock().utcoffset() is not None
    assert abs(local_clock() - datetime.now(UTC)) < timedelta(minutes=1)


def test_snapshots_are_kept_while_recording(study: Study, again: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 5)
    kept: list[Any] = []
    monkeypatch.setattr(study.journal, "keep", lambda *row: kept.append(row))
    for n in range(12):
        do(study, e.NoteWritten(topic="numbers", text=str(n)))
    assert len(kept) == 2
    assert again().progress == study.progress


# Undo and redo


def test_restore_in_several_events_is_undone_and_redone_as_one(study: Study, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in ("journal", "study"):
        monkeypatch.setattr(f"dlroadmap.{owner}.UNDONE_AT_ONCE", 2)
    do(study, tick(topic(study, "numbers"), study.progress))
    kept, before = study.journal.rows(), study.progress
    for name in ("vectors", "neurons", "training", "attention"):
        do(study, tick(topic(study, name), study.progress))
    whole = study.progress
    clock.move(minutes=1)
    assert study.restore(kept) == (0, 4)
    assert study.progress.topics == before.topics
    study.undo()
    assert study.progress.topics == whole.topics
    study.redo()
    assert study.progress.topics == before.topics
    study.undo()
    study.undo()
    assert not study.progress.topics.get("attention")


def test_what_two_programs_undid_at_once_is_redone_once(study: Study) -> None:
    one = do(study, tick(topic(study, "numbers"), study.progress))
    for _ in range(2):
        do(study, e.Undone(entry=one.id))
    assert study.redo() == one
    assert study.progress.topics["numbers"].ticked
    assert study.redo() is None


def test_review_goes_on_without_the_answers_on_a_topic_that_is_gone(
    study: Study, again: Opener, clock: Clock, small_file: Path
) -> None:
    for name in ("numbers", "vectors"):
        sitting = study.begin_checkpoint(topic(study, name))
        while sitting and not sitting.finished:
            sitting = answer_right(study, sitting)
    clock.move(days=40)
    sitting = study.review(Wanted(every=True))
    assert sitting is not None
    answer_right(study, sitting, right=False)
    answered = study.review(Wanted(every=True))
    assert answered is not None
    gone = answered.answers[0].topic
    text = small_file.read_text(encoding="utf-8")
    small_file.write_text(
        text.replace(f'id = "{gone}"', f'id = "{gone}-new"').replace(f'"{gone}"', f'"{gone}-new"'), encoding="utf-8"
    )
    for file in (small_file.parent / "checkpoints").glob("*.toml"):
        file.write_text(file.read_text(encoding="utf-8").replace(f'topic = "{gone}"', f'topic = "{gone}-new"'), encoding="utf-8")
    resumed = again().review(Wanted(every=True))
    assert resumed is not None
    assert all(answer.topic != gone for answer in resumed.answers)


def pass_checkpoint(study: Study, name: str = "numbers") -> None:
    sitting = study.begin_checkpoint(topic(study, name))
    while sitting and not sitting.finished:
        sitting = answer_right(study, sitting)
    assert sitting is not None
    do(study, e.SittingFinished(sitting=sitting.started.sitting))


def hours_east(hours: int) -> timezone:
    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("begun", "later"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=hours_east(2)), datetime(2026, 10, 25, 9, tzinfo=hours_east(1))),  # summer time ends
        (datetime(2026, 10, 1, 8, tzinfo=hours_east(9)), datetime(2026, 10, 1, 9, tzinfo=hours_east(-7))),  # a flight west
    ],
)
def test_review_goes_on_until_midnight_of_the_calendar_that_the_learner_had(
    study: Study, clock: Clock, begun: datetime, later: datetime
) -> None:
    pass_checkpoint(study)
    clock.now = begun
    sitting = study.review()
    assert sitting is not None
    answer_right(study, sitting)
    clock.now = later
    resumed = study.review()
    assert resumed is not None
    assert resumed.started.sitting == sitting.started.sitting
    clock.move(days=1)
    again = study.review()
    assert again is None or again.started.sitting != sitting.started.sitting


@pytest.mark.parametrize(("days", "left"), [(0, 2), (1, 1)])
def test_paused_review_is_given_up_by_one_of_another_day_whatever_that_asks(
    study: Study, clock: Clock, days: int, left: int
) -> None:
    pass_checkpoint(study)
    clock.move(days=40)
    sitting = study.review()
    assert sitting is not None
    answer_right(study, sitting)
    clock.move(days=days)
    assert study.review(Wanted(every=True)) is not None
    assert len(study.progress.sittings) == left


def test_idea_asked_elsewhere_is_not_asked_again_in_a_paused_review_though_the_clock_was_set_back(
    study: Study, clock: Clock
) -> None:
    pass_checkpoint(study)
    clock.move(days=30)
    sitting = study.review()
    assert sitting is not None
    answer_right(study, sitting)
    clock.move(hours=-2)
    pass_checkpoint(study)
    assert study.outlook().now == 0
    assert study.review() is None


@pytest.mark.parametrize(("wanted", "goes_on"), [(Wanted(), False), (Wanted(topics=("numbers",)), True)])
def test_paused_review_leaves_out_what_was_skipped_meanwhile_unless_it_was_named(
    study: Study, clock: Clock, wanted: Wanted, goes_on: bool
) -> None:
    sitting = study.begin_checkpoint(topic(study))
    while sitting and not sitting.finished:
        sitting = answer_right(study, sitting)
    clock.move(days=40)
    sitting = study.review(wanted)
    assert sitting is not None
    answer_right(study, sitting)
    assert study.review(wanted) is not None
    do(study, e.TopicSkipped(topic="numbers"))
    assert (study.review(wanted) is not None) is goes_on
    assert study.outlook().now == 0


@pytest.mark.parametrize(("right", "cram", "goes_on"), [(False, False, False), (False, True, True), (True, False, True)])
def test_paused_review_leaves_out_what_was_reset_meanwhile_and_never_right_and_a_cram_does_not(
    study: Study, clock: Clock, right: bool, cram: bool, goes_on: bool
) -> None:
    sitting = study.begin_checkpoint(topic(study))
    while sitting and sitting.turn and not sitting.turn.retry:
        sitting = answer_right(study, sitting, right=right)
    clock.move(days=40)
    sitting = study.review(Wanted(cram=cram))
    assert sitting is not None
    sitting = answer_right(study, sitting)
    assert sitting.turn is not None
    left = sitting.turn.topic, sitting.turn.idea
    do(study, e.IdeaReset(topic=left[0], idea=left[1]))
    assert cram or study.outlook().now == goes_on
    resumed = study.review(Wanted(cram=cram))
    assert (resumed is not None and left in {(turn.topic, turn.idea) for turn in resumed.queue}) is goes_on


def test_undo_and_redo_live_and_after_restarts(study: Study, again: Opener) -> None:
    states = [study.progress]
    for name in ("numbers", "vectors", "neurons"):
        do(study, tick(topic(study, name), study.progress))
        states.append(study.progress)
    for state in states[-2::-1]:
        one = again()
        undone = one.undo()
        assert undone is not None
        assert one.progress == state
        study.refresh()
        assert study.progress == state
    assert again().undo() is None
    for state in states[1:]:
        one = again()
        redone = one.redo()
        assert redone is not None
        assert isinstance(redone.event, e.TopicTicked)
        assert one.progress == state
    assert again().redo() is None


def test_second_program_undoes_what_the_first_did_and_both_see_it(study: Study, again: Opener) -> None:
    other = again()
    do(study, tick(topic(study), study.progress))
    do(study, tick_step(topic(study), "count", study.progress))
    assert other.undo() is not None
    assert other.progress == again().progress
    assert study.refresh()
    assert study.progress == other.progress
    assert not of_topic(topic(study), study.progress).steps
    assert study.redo() is not None
    assert other.refresh()
    assert of_topic(topic(study), other.progress).steps["count"].on


def test_copied_folder_is_another_machine_that_undoes_its_own(
    study: Study, home: Path, small_file: Path, tmp_path: Path, clock: Clock
) -> None:
    do(study, tick(topic(study), study.progress))
    study.journal.close()
    shutil.copytree(home, tmp_path / "laptop")
    laptop = Study.open(str(small_file), at=Places(tmp_path / "laptop", tmp_path / "laptop", tmp_path / "cache"), clock=clock)
    assert standing(laptop) == "done"
    assert laptop.undo() is None
    do(laptop, tick(topic(laptop, "vectors"), laptop.progress))
    undone = laptop.undo()
    assert undone is not None
    assert undone.event == e.TopicTicked(topic="vectors")
    assert (standing(laptop), standing(laptop, "vectors")) == ("done", "todo")
    laptop.close()


# Two programs


def test_refresh_tells_whether_there_was_anything(study: Study, again: Opener) -> None:
    other = again()
    assert not study.refresh()
    do(other, tick(topic(other), other.progress))
    assert study.refresh()
    assert standing(study) == "done"
    assert not study.refresh()
    do(study, tick(topic(study, "vectors"), study.progress))
    assert not study.refresh()


def test_another_roadmaps_event_or_a_place_is_nothing_to_redraw(study: Study, again: Opener) -> None:
    other = again()
    other.journal.append("another", e.TopicTicked(topic="x"), MONDAY)
    other.keep_place("cursor", "numbers")
    before = study.progress
    assert not study.refresh()
    assert study.progress is before


def test_what_was_written_while_opening_is_seen_by_the_first_refresh(
    study: Study, again: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Journal.load

    def load_and_then_somebody_writes(journal: Journal, roadmap: str) -> Any:
        loaded = load(journal, roadmap)
        study.journal.append(roadmap, e.TopicTicked(topic="numbers"), MONDAY)
        return loaded

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "load", load_and_then_somebody_writes)
        late = again()
    assert standing(late) == "todo"
    assert late.refresh()
    assert standing(late) == "done"


def test_refresh_that_failed_is_tried_again(study: Study, again: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    other = again()
    do(other, tick(topic(other), other.progress))

    def fails(*_: object) -> None:
        raise JournalFault("no answer")

    with monkeypatch.context() as patched:
        patched.setattr(study.journal, "catch_up", fails)
        with pytest.raises(JournalFault):
            study.refresh()
    assert study.refresh()
    assert standing(study) == "done"


# Sittings


def answer_right(study: Study, sitting: Sitting, *, right: bool = True) -> Sitting:
    turn = sitting.turn
    assert turn is not None
    question = study.bank(turn.topic).find(turn.topic, turn.question)
    assert question is not None
    solution = question.solution(sitting.variant(turn, question)) if right else None
    event, _ = answer(sitting, question, solution, confidence="fairly", seconds=3, hint=False)
    study.record(event)
    return sitting.answered(event)


def test_checkpoint_is_taken_to_its_end(study: Study) -> None:
    sitting = study.begin_checkpoint(topic(study))
    assert sitting is not None
    while not sitting.finished:
        sitting = answer_right(study, sitting)
    assert study.under_way("checkpoint", ["numbers"]) is None
    do(study, e.SittingFinished(sitting=sitting.started.sitting))
    assert standing(study) == "done"
    assert study.progress.sittings == {}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_end_of_a_sitting_is_recorded_once_whoever_ended_it(study: Study, elsewhere: bool) -> None:
    sitting = study.begin_checkpoint(topic(study))
    while sitting and not sitting.finished:
        sitting = answer_right(study, sitting)
    assert sitting is not None
    if elsewhere:
        do(study, e.SittingFinished(sitting=sitting.started.sitting))
    came = study.finish(sitting)
    assert came.here is not None
    assert (came.here.passed, came.placed, study.progress.sittings) == (True, None, {})
    ends = [entry for entry in study.journal.newest_first(study.roadmap.id) if isinstance(entry.event, e.SittingFinished)]
    assert len(ends) == 1


def test_the_end_of_a_placement_starts_the_path_where_it_says(study: Study) -> None:
    sitting = study.placement()
    while sitting and not sitting.finished:
        sitting = answer_right(study, sitting)
    assert sitting is not None
    came = study.finish(sitting)
    assert came.placed is not None
    assert (study.progress.path, study.progress.start) == (came.placed.event.path, came.placed.event.start)
    assert (*came.gaps, *came.leeches) == ()


@pytest.mark.parametrize(("answered", "over", "kept"), [(False, False, False), (True, False, True), (True, True, False)])
def test_a_sitting_that_is_left_is_kept_where_something_goes_on_with_it(
    study: Study, answered: bool, over: bool, kept: bool
) -> None:
    sitting = study.begin_practice([topic(study)], 2)
    assert sitting is not None
    sitting = answer_right(study, sitting) if answered else sitting
    assert study.leave(sitting, over=over) == kept
    assert bool(study.progress.sittings) == kept
    study.leave(sitting, over=True)
    left = study.journal.data_version(), list(study.journal.newest_first(study.roadmap.id))
    study.leave(sitting, over=True)
    assert (study.journal.data_version(), list(study.journal.newest_first(study.roadmap.id))) == left


def test_sitting_goes_on_after_a_restart_as_it_would_have(study: Study, again: Opener) -> None:
    sitting = study.begin_checkpoint(topic(study, "vectors"))
    assert sitting is not None
    assert study.under_way("checkpoint", ["vectors"]) is None
    sitting = answer_right(study, sitting, right=False)
    resumed = again().under_way("checkpoint", ["vectors"])
    assert resumed == sitting
    assert resumed is not None
    assert [t.retry for t in resumed.queue] == [False, True]
    assert again().under_way("practice", ["vectors"]) is None
    assert again().under_way("checkpoint", ["numbers"]) is None


def test_newest_of_several_paused_sittings_goes_on(study: Study) -> None:
    for _ in range(2):
        sitting = study.begin_checkpoint(topic(study))
        assert sitting is not None
        last = answer_right(study, sitting, right=False)
    assert sitting is not None
    assert study.under_way("checkpoint", ["numbers"]) == last
    assert [*study.progress.sittings] == [last.started.sitting]  # the older one was given up, its answer stays
    do(study, sitting.started.model_copy(update={"sitting": "elsewhere"}))  # by a machine that hadn't heard of it
    assert len(study.progress.sittings) == 2
    assert study.under_way("checkpoint", ["numbers"]) == last


def test_exam_whose_last_questions_were_left_out_gives_way_to_the_next(study: Study) -> None:
    phase = study.roadmap.phase[0].topic
    exam = study.begin_exam(study.examined(phase))
    assert exam is not None
    numbers_first = tuple(sorted(exam.started.questions, key=lambda planned: planned.topic))
    exam = Sitting(exam.started.model_copy(update={"sitting": "sorted", "questions": numbers_first}))
    do(study, exam.started)
    while exam.turn and exam.turn.topic == "numbers":
        exam = answer_right(study, exam)
    do(study, e.TopicSkipped(topic="vectors"))
    assert study.under_way("exam", [one.id for one in phase]) is None
    another = study.begin_exam(study.examined(phase))
    assert another is not None
    assert [*study.progress.sittings] == [another.started.sitting]


@pytest.mark.parametrize("left_out", ["skipped", "retired"])
def test_paused_exam_goes_on_without_what_was_left_out_meanwhile(study: Study, left_out: str) -> None:
    phase = study.roadmap.phase[0].topic
    exam = study.begin_exam(study.examined(phase))
    assert exam is not None
    while exam.turn and exam.turn.topic != "vectors":  # at least one answer, and something of both topics left or none
        exam = answer_right(study, exam)
    exam = answer_right(study, exam)
    if left_out == "skipped":
        do(study, e.TopicSkipped(topic="vectors"))
    else:
        for question in study.bank("vectors").by_topic["vectors"]:
            do(study, e.QuestionRetired(topic="vectors", question=question.id))
    assert "vectors" not in {one.id for one in study.examined(phase)}
    going_on = study.under_way("exam", [one.id for one in phase])
    assert going_on is not None
    assert going_on.answers == exam.answers
    assert {turn.topic for turn in going_on.queue} == {"numbers"}
    assert study.under_way("exam", ["numbers"]) is None


def test_answer_that_was_undone_is_asked_again(study: Study) -> None:
    sitting = study.begin_checkpoint(topic(study))
    assert sitting is not None
    first = answer_right(study, sitting)
    answer_right(study, first)
    assert study.undo() is not None
    assert study.under_way("checkpoint", ["numbers"]) == first


def edited(study: Study, again: Opener, small_file: Path, old: str, new: str) -> Sitting | None:
    """Pause a checkpoint of `vectors` after one answer, edit the roadmap, restart, and go on."""
    sitting = study.begin_checkpoint(topic(study, "vectors"))
    assert sitting is not None
    answer_right(study, sitting, right=False)
    text = small_file.read_text(encoding="utf-8")
    assert old in text
    small_file.write_text(text.replace(old, new), encoding="utf-8")
    return again().under_way("checkpoint", ["vectors"])


def retired(study: Study, name: str, question: str) -> None:
    do(study, e.QuestionRetired(topic=name, question=question))


@pytest.mark.parametrize("kind", ["checkpoint", "review"])
def test_retired_question_gives_way_to_another_of_its_idea_in_a_paused_sitting(study: Study, clock: Clock, kind: str) -> None:
    def goes_on() -> Sitting | None:
        return study.review() if kind == "review" else study.under_way("checkpoint", ["vectors"])

    one = topic(study, "vectors")
    if kind == "review":
        pass_checkpoint(study, "vectors")
        clock.move(days=30)
    sitting = study.review() if kind == "review" else study.begin_checkpoint(one)
    assert sitting is not None
    sitting = answer_right(study, sitting)
    left = sitting.started.questions[1]
    assert left.spare
    retired(study, "vectors", left.question)
    going_on = goes_on()
    assert going_on is not None
    assert [turn.question for turn in going_on.queue] == [left.spare]
    assert study.outlook().now == (1 if kind == "review" else 0)
    missed = answer_right(study, going_on, right=False)
    assert missed.finished  # the idea has no third question
    retired(study, "vectors", left.spare)
    assert goes_on() is None
    study.undo()  # what was asked and answered isn't asked again, whatever was retired or taken back since
    assert goes_on() is None
    study.undo()
    going_on = goes_on()
    assert going_on is not None
    retired(study, "vectors", left.spare)
    assert goes_on() is None  # nothing of the idea is left
    assert study.outlook().now == 0


def test_retired_spare_is_no_second_try(study: Study) -> None:
    sitting = study.begin_checkpoint(topic(study, "vectors"))
    assert sitting is not None
    sitting = answer_right(study, sitting, right=False)
    again = next(turn for turn in sitting.queue if turn.retry)
    retired(study, "vectors", again.question)
    going_on = study.under_way("checkpoint", ["vectors"])
    assert going_on is not None
    assert not any(turn.retry for turn in going_on.queue)


def test_retired_question_of_a_practice_is_left_out(study: Study) -> None:
    sitting = study.begin_practice([topic(study, "vectors")], 3)
    assert sitting is not None
    sitting = answer_right(study, sitting)
    retired(study, "vectors", sitting.queue[0].question)
    going_on = study.under_way("practice", ["vectors"])
    assert going_on is not None
    assert going_on.queue == sitting.queue[1:]


def test_question_that_is_gone_is_not_asked(study: Study, again: Opener, small_file: Path) -> None:
    text = small_file.read_text(encoding="utf-8")
    both = text[text.index('[[question]]\ntopic = "vectors"\nid = "tip-to-tail"') :]
    going_on = edited(study, again, small_file, both, "")
    assert going_on is not None
    assert {turn.idea for turn in going_on.queue} == {"length"}


def test_idea_is_asked_although_its_reserve_is_gone(study: Study, again: Opener, small_file: Path) -> None:
    sitting = study.begin_checkpoint(topic(study, "vectors"))
    assert sitting is not None
    second = sitting.started.questions[1]
    answer_right(study, sitting)
    text = small_file.read_text(encoding="utf-8")
    start = text.index(f'[[question]]\ntopic = "vectors"\nid = "{second.spare}"')
    end = text.find("[[question]]", start + 1)
    small_file.write_text(text[:start] + (text[end:] if end > 0 else ""), encoding="utf-8")
    going_on = again().under_way("checkpoint", ["vectors"])
    assert going_on is not None
    assert [turn.question for turn in going_on.queue] == [second.question]
    assert answer_right(again(), going_on, right=False).finished


def test_renamed_question_is_asked_under_its_new_name(study: Study, again: Opener, small_file: Path) -> None:
    for old in ("which-are-vectors", "length-of", "tip-to-tail", "sums"):
        text = small_file.read_text(encoding="utf-8")
        small_file.write_text(text.replace(f'id = "{old}"', f'id = "{old}-new"\naliases = ["{old}"]'), encoding="utf-8")
        if old == "which-are-vectors":
            sitting = study.begin_checkpoint(topic(study, "vectors"))
            assert sitting is not None
            sitting = answer_right(study, sitting)
    late = again()
    going_on = late.under_way("checkpoint", ["vectors"])
    assert going_on is not None
    assert answer_right(late, going_on).finished


def rename_vectors(small_file: Path) -> None:
    """Give the topic and its first idea other ids, with the old ones as aliases."""
    text = small_file.read_text(encoding="utf-8").replace('"vectors"', '"arrows"').replace('"length"', '"size"')
    text = text.replace('id = "arrows"\n', 'id = "arrows"\naliases = ["vectors"]\n', 1)
    small_file.write_text(text.replace('id = "size"\n', 'id = "size"\naliases = ["length"]\n', 1), encoding="utf-8")


@pytest.mark.parametrize("kind", ["checkpoint", "exam", "practice", "cram"])
def test_paused_sitting_goes_on_when_its_topic_and_idea_were_renamed(
    study: Study, again: Opener, small_file: Path, kind: Any
) -> None:
    one = topic(study, "vectors")
    sitting = {
        "checkpoint": lambda: study.begin_checkpoint(one),
        "exam": lambda: study.begin_exam([one]),
        "practice": lambda: study.begin_practice([one], 2),
        "cram": lambda: study.review(Wanted(topics=("vectors",), cram=True)),
    }[kind]()
    assert sitting is not None
    sitting = answer_right(study, sitting)
    rename_vectors(small_file)
    late = again()
    going_on = late.review(Wanted(topics=("arrows",), cram=True)) if kind == "cram" else late.under_way(kind, ["arrows"])
    assert going_on is not None
    assert going_on.started.sitting == sitting.started.sitting
    assert len(going_on.queue) == len(sitting.queue)
    assert answer_right(late, going_on).finished
    for done in (study, late):
        done.refresh()
        [sat] = done.progress.sittings.values()
        assert len(sat.answers) == 2


def test_what_was_remembered_of_a_renamed_idea_goes_on(study: Study, again: Opener, small_file: Path, clock: Clock) -> None:
    def checkpoint(study: Study, name: str) -> None:
        sitting = study.begin_checkpoint(topic(study, name))
        assert sitting is not None
        while not sitting.finished:
            sitting = answer_right(study, sitting)
        do(study, e.SittingFinished(sitting=sitting.started.sitting))

    for days in (0, 2, 11):
        clock.now = MONDAY + timedelta(days=days)
        checkpoint(study, "vectors")
    before = study.progress.topics["vectors"].ideas["length"].memory
    rename_vectors(small_file)
    late, clock.now = again(), MONDAY + timedelta(days=50)
    checkpoint(late, "arrows")
    after = of_idea(late.roadmap.topics["arrows"].idea[0], of_topic(late.roadmap.topics["arrows"], late.progress)).memory
    assert before is not None
    assert after == remember(before, Rating.GOOD, clock.now)
    assert where(late.roadmap.topics["arrows"], late.progress, clock.now).standing == "mastered"


def test_topic_that_is_gone_takes_its_sittings_with_it(study: Study, again: Opener, small_file: Path) -> None:
    sitting = study.begin_practice([topic(study), topic(study, "neurons")], 4)
    assert sitting is not None
    answer_right(study, sitting)
    [sat] = study.progress.sittings.values()
    text = small_file.read_text(encoding="utf-8").replace("numbers", "figures").replace('aliases = ["figures"]\n', "")
    small_file.write_text(text, encoding="utf-8")
    resumed = again().resumed(sat)
    assert {p.topic for p in resumed.started.questions} == {"neurons"}


def test_placement_goes_on_where_it_is_of_the_path_and_begins_anew_where_it_isnt(study: Study) -> None:
    begun = study.placement()
    assert begun
    assert study.placement() != begun  # nothing was answered: nothing to go on with
    begun = study.placement()
    assert begun
    begun = answer_right(study, begun)
    assert study.placement() == begun
    study.record(e.PathChosen(path="short"))
    anew = study.placement()
    assert anew
    assert not anew.answers
    assert {turn.topic for turn in anew.firsts} <= {*study.roadmap.paths["short"].topics}


def test_practice_does_not_count(study: Study) -> None:
    sitting = study.begin_practice([topic(study)], 2, easy=True)
    assert sitting is not None
    while not sitting.finished:
        sitting = answer_right(study, sitting)
    here = where(topic(study), study.progress, study.now())
    assert (here.standing, here.shown, len(sitting.answers)) == ("doing", 0, 2)


def test_topic_without_questions_has_no_sittings_and_records_nothing(study: Study) -> None:
    assert study.begin_checkpoint(topic(study, "attention")) is None
    assert study.begin_practice([topic(study, "attention")], 2) is None
    assert study.journal.is_new()


# Words and places


def test_study_tells_its_own_events(study: Study) -> None:
    assert study.told(e.TopicTicked(topic="numbers")) == "ticked Numbers"


def test_places_of_the_screen_are_remembered(study: Study, again: Opener) -> None:
    assert study.place("cursor") is None
    study.keep_place("cursor", "vectors")
    assert again().place("cursor") == "vectors"


def test_overview_is_of_now(study: Study, clock: Clock) -> None:
    sitting = study.begin_checkpoint(topic(study))
    assert sitting is not None
    answer_right(study, sitting, right=False)
    assert study.overview().all.due == 0
    clock.move(days=1)
    assert study.overview().all.due == 1


# Any history, against a plain model


class Histories(RuleBasedStateMachine):
    """A learner, their second program and their restarts, against dicts and an undo stack."""

    topics = st.sampled_from(["numbers", "vectors", "neurons"])

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dlroadmap-test-"))
        self.places = Places(self.folder, self.folder, self.folder / "cache")
        self.clock = Clock()
        self.programs = [self.opened(), self.opened()]
        self.done: list[dict[str, Any]] = [{}]
        self.gone: list[dict[str, Any]] = []

    def opened(self) -> Study:
        return Study.open(str(SMALL / "roadmap.toml"), at=self.places, clock=self.clock)

    def teardown(self) -> None:
        for study in self.programs:
            study.close()
        shutil.rmtree(self.folder)

    @property
    def model(self) -> dict[str, Any]:
        return self.done[-1]

    def acted(self, **changes: Any) -> None:
        self.done.append({**self.model, **changes})
        self.gone.clear()

    @initialize()
    def begin(self) -> None:
        assert all(study.journal.is_new() for study in self.programs)
        self.programs[0].record(e.SittingStarted(sitting="s", kind="review", scope=(), seed=1, questions=()))

    @rule(who=st.integers(0, 1), name=topics, on=st.booleans())
    def tick(self, who: int, name: str, on: bool) -> None:
        study = self.programs[who]
        study.refresh()
        event = tick(topic(study, name), study.progress, on=on)
        ticked, skipped = self.model.get(f"ticked {name}", False), self.model.get(f"skipped {name}", False)
        assert (event is None) == ((ticked and not skipped) if on else not ticked)
        if event:
            study.record(event)
            self.acted(**{f"ticked {name}": on, f"skipped {name}": skipped and not on})

    @rule(who=st.integers(0, 1), name=topics, on=st.booleans())
    def skip(self, who: int, name: str, on: bool) -> None:
        study = self.programs[who]
        study.refresh()
        event = skip(topic(study, name), study.progress, on=on)
        assert (event is None) == (self.model.get(f"skipped {name}", False) == on)
        if event:
            study.record(event)
            self.acted(**{f"skipped {name}": on})

    @rule(who=st.integers(0, 1), name=topics, on=st.booleans())
    def tick_step(self, who: int, name: str, on: bool) -> None:
        study = self.programs[who]
        study.refresh()
        step = topic(study, name).steps[0].id
        event = tick_step(topic(study, name), step, study.progress, on=on)
        assert (event is None) == (self.model.get(f"step {name}", False) == on)
        if event:
            study.record(event)
            self.acted(**{f"step {name}": on})

    @rule(who=st.integers(0, 1), name=topics, idea=st.integers(0, 1), credit=st.sampled_from([0.0, 0.5, 1.0]))
    def answer(self, who: int, name: str, idea: int, credit: float) -> None:
        study = self.programs[who]
        study.refresh()
        told = topic(study, name).idea[idea].id
        study.record(e.Answered(sitting="s", topic=name, question="q", idea=told, kind="text", given="x", credit=credit))
        answers = self.model.get(f"answers {name}", 0) + 1
        shown = self.model.get(f"shown {name}", frozenset()) | ({told} if credit >= 0.5 else set())
        self.acted(**{f"answers {name}": answers, f"shown {name}": shown})

    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        undone = self.programs[who].undo()
        assert (undone is None) == (len(self.done) == 1)
        if undone:
            self.gone.append(self.done.pop())

    @rule(who=st.integers(0, 1))
    def redo(self, who: int) -> None:
        redone = self.programs[who].redo()
        assert (redone is None) == (not self.gone)
        if redone:
            self.done.append(self.gone.pop())

    @rule(who=st.integers(0, 1))
    def restart(self, who: int) -> None:
        self.programs[who].close()
        self.programs[who] = self.opened()

    @rule(who=st.integers(0, 1))
    def keep_a_snapshot(self, who: int) -> None:
        study = self.programs[who]
        study.refresh()
        study.journal.keep("small", study.journal.load("small"))

    @precondition(lambda self: len(self.done) > 3)
    @rule(minutes=st.sampled_from([-90, -60, 30, 24 * 60, 9 * 24 * 60]))
    def time_goes_by_or_the_clock_is_set_back(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @invariant()
    def both_programs_know_what_was_done(self) -> None:
        for study in self.programs:
            study.refresh()
            for name in ("numbers", "vectors", "neurons"):
                one = topic(study, name)
                here, done = where(one, study.progress, self.clock()), of_topic(one, study.progress)
                assert here.ticked == self.model.get(f"ticked {name}", False)
                assert (here.standing == "skipped") == self.model.get(f"skipped {name}", False)
                assert any(mark.on for mark in done.steps.values()) == self.model.get(f"step {name}", False)
                assert sum(q.times for q in done.questions.values()) == self.model.get(f"answers {name}", 0)
                assert {i for i, idea in done.ideas.items() if idea.shown} == self.model.get(f"shown {name}", frozenset())
        assert self.programs[0].progress == self.programs[1].progress


Histories.TestCase.settings = settings(max_examples=examples(50), stateful_step_count=25)
TestHistories = Histories.TestCase
