"""The Review screen: today's portion, what is put off, and what a review's result offers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from tests.conftest import Clock
from tests.tui.test_sitting import give
from textual.pilot import Pilot

from dlroadmap import events as e
from dlroadmap.question import Question
from dlroadmap.review import Wanted
from dlroadmap.sitting import Sitting, answer
from dlroadmap.standing import of_topic, suspend
from dlroadmap.study import Study
from dlroadmap.tui import messages
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.result import ResultScreen
from dlroadmap.tui.screens.review import ReviewScreen
from dlroadmap.tui.screens.sitting import SittingScreen
from dlroadmap.tui.signs import UNICODE
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import keys
from dlroadmap.tui.widgets.strip import Head, NowStrip


def take(study: Study, sitting: Sitting | None, *, right: bool = True, sure: str = "fairly") -> None:
    """Answer a whole sitting."""
    while sitting and (turn := sitting.turn):
        question: Question | None = study.bank(turn.topic).find(turn.topic, turn.question)
        assert question
        given = question.solution(sitting.variant(turn, question))
        event, _ = answer(sitting, question, given, confidence="fairly", seconds=20, hint=False)
        if not right:
            event = event.model_copy(update={"credit": 0.0})
        study.record(event.model_copy(update={"confidence": sure}))
        sitting = sitting.answered(event)
    if sitting:
        study.record(e.SittingFinished(sitting=sitting.started.sitting))


@pytest.fixture
def fading(study: Study, clock: Clock) -> Study:
    """A study in which two checkpoints were passed a month ago."""
    for topic in ("numbers", "vectors"):
        take(study, study.begin_checkpoint(study.roadmap.topics[topic]))
    clock.move(days=30)
    return study


@asynccontextmanager
async def opened(study: Study, *, size: tuple[int, int] = (100, 30)) -> AsyncIterator[tuple[Pilot[str], ReviewScreen]]:
    app = RoadmapApp(study)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        yield pilot, app.screen


def text(screen: ReviewScreen | ResultScreen) -> str:
    return screen.query_one(Pane).text


async def test_nothing_is_due_at_first(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        assert "Nothing is due" in text(screen)
        await pilot.press("enter", "a", "x", "b")
        await pilot.pause()
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)


async def test_a_review_that_cannot_begin_says_why(study: Study) -> None:
    app = RoadmapApp(study, review=(Wanted(), None))
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(3):
            await pilot.pause()
        told = "Nothing is due: what you are asked in checkpoints comes back here before it fades."
        assert [n.message for n in app._notifications] == [told]


async def test_second_tries_that_are_left_of_a_paused_review_are_told(fading: Study) -> None:
    sitting = fading.review()
    while sitting and sitting.turn and not sitting.turn.retry:
        turn = sitting.turn
        question = fading.bank(turn.topic).find(turn.topic, turn.question)
        assert question
        missed, _ = answer(sitting, question, None, confidence=None, seconds=20, hint=False)
        fading.record(missed)
        sitting = sitting.answered(missed)
    assert sitting
    tries = f"{len(sitting.queue)} second tries"
    async with opened(fading, size=(120, 36)) as (pilot, screen):
        assert f"{tries} of today's review are left, about " in text(screen)
        assert "Nothing is due" not in text(screen)
        assert f"2 ◄ {tries}, about " in pilot.app.screen_stack[0].query_one(NowStrip).render_line(0).text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SittingScreen)
        assert pilot.app.screen.sitting.turn == sitting.turn


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_a_review_from_the_list_to_its_result(fading: Study, size: tuple[int, int]) -> None:
    due = len(fading.waiting())
    async with opened(fading, size=size) as (pilot, screen):
        assert f"{due} ideas are due" in text(screen)
        assert "You were away for 30 days" in text(screen)
        assert "The next two weeks" in text(screen)
        await pilot.press("enter")
        await pilot.pause()
        sitting = pilot.app.screen
        assert isinstance(sitting, SittingScreen)
        assert sitting.sitting.started.kind == "review"
        assert "predicted recall today" in sitting.card.text
        topics = [p.topic for p in sitting.sitting.started.questions]
        assert set(topics) == {"numbers", "vectors"}
        while sitting.is_current:
            await give(pilot, sitting)
            await pilot.press("enter")
            await pilot.pause()
        result = pilot.app.screen
        assert isinstance(result, ResultScreen)
        await pilot.pause()
        assert "Reviews: nothing is due" in text(result)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "Nothing is due" in text(screen)
    assert not fading.waiting()


async def test_b_and_capital_b_put_an_idea_off_and_u_takes_it_back(fading: Study) -> None:
    due = len(fading.waiting())
    async with opened(fading) as (pilot, screen):
        await pilot.press("b")
        await pilot.pause()
        assert len(fading.waiting()) == due - 1
        await pilot.press("u")
        await pilot.pause()
        assert len(fading.waiting()) == due
        await pilot.press("B")
        await pilot.pause()
        assert "Suspended: asked in no review" in text(screen)
        await pilot.press("u")
        await pilot.pause()
        assert len(fading.waiting()) == due


async def test_in_a_sitting_b_goes_on_without_the_idea_and_u_brings_it_back(fading: Study) -> None:
    async with opened(fading) as (pilot, _):
        await pilot.press("enter")
        await pilot.pause()
        sitting = pilot.app.screen
        assert isinstance(sitting, SittingScreen)
        first, planned = sitting.sitting.turn, len(sitting.sitting.firsts)
        if sitting.typed.has_focus:
            await pilot.press("escape")
        await pilot.press("b")
        await pilot.pause()
        assert len(sitting.sitting.firsts) == planned - 1
        assert sitting.sitting.turn != first
        if sitting.typed.has_focus:
            await pilot.press("escape")
        await pilot.press("u")
        await pilot.pause()
        assert len(sitting.sitting.firsts) == planned
        assert sitting.sitting.turn == first


async def test_a_review_whose_only_idea_is_put_off_has_no_result(study: Study, clock: Clock) -> None:
    take(study, study.begin_checkpoint(study.roadmap.topics["neurons"]), right=False)
    clock.move(days=30)
    for one in study.waiting()[1:]:
        event = suspend(one.topic, one.idea, study.progress)
        assert event
        study.record(event)
    async with opened(study) as (pilot, screen):
        await pilot.press("a")
        await pilot.pause()
        sitting = pilot.app.screen
        assert isinstance(sitting, SittingScreen)
        sitting.card.focus()
        await pilot.press("b")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert any("u takes it back" in n.message for n in pilot.app._notifications)
        assert not study.waiting()
        await pilot.press("u")
        await pilot.pause()
        assert len(study.waiting()) == 1
    assert not study.progress.sittings


def test_ten_minutes_more_are_offered_where_todays_are_used_up(fading: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReviewScreen, "is_mounted", True)
    screen = ReviewScreen(fading, UNICODE)
    assert fading.outlook().now
    assert not screen.check_action("more", ())
    fading.record(e.PlanSet(review_minutes=0))
    assert screen.check_action("more", ())
    for one in fading.waiting():
        event = suspend(one.topic, one.idea, fading.progress)
        assert event
        fading.record(event)
    assert not screen.check_action("more", ())


async def test_after_a_resize_the_head_is_of_the_new_width(fading: Study) -> None:
    async with opened(fading, size=(120, 30)) as (pilot, screen):
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "due" in screen.query_one("#title").render_line(0).text


async def test_u_takes_a_review_answer_back_exactly(fading: Study) -> None:
    async with opened(fading) as (pilot, _):
        await pilot.press("enter")
        await pilot.pause()
        sitting = pilot.app.screen
        assert isinstance(sitting, SittingScreen)
        before = fading.progress
        await give(pilot, sitting, right=False, lock="c")
        assert fading.progress != before
        await pilot.press("u")
        await pilot.pause()
        assert fading.progress == before


async def test_missed_ideas_are_asked_by_x_and_everything_by_a(study: Study) -> None:
    take(study, study.begin_checkpoint(study.roadmap.topics["numbers"]), right=False)
    async with opened(study) as (pilot, screen):
        assert "Nothing is due" in text(screen)
        await pilot.press("x")
        await pilot.pause()
        sitting = pilot.app.screen
        assert isinstance(sitting, SittingScreen)
        assert {p.topic for p in sitting.sitting.started.questions} == {"numbers"}


async def test_what_was_missed_twice_offers_the_topic_that_it_rests_on(study: Study, clock: Clock) -> None:
    topic = study.roadmap.topics["vectors"]
    assert topic.needs
    take(study, study.begin_checkpoint(topic), right=False)
    clock.move(days=3)
    async with opened(study) as (pilot, _):
        await pilot.press("enter")
        await pilot.pause()
        sitting = pilot.app.screen
        assert isinstance(sitting, SittingScreen)
        while sitting.is_current:
            if sitting.typed.has_focus:
                await pilot.press("escape")
            await pilot.press("d")
            await pilot.press("enter")
            await pilot.pause()
        result = pilot.app.screen
        assert isinstance(result, ResultScreen)
        await pilot.pause()
        assert "You missed this twice. Vectors rests on Numbers, never tested: test that?" in text(result)
        await pilot.press("w")
        await pilot.pause()
        again = pilot.app.screen
        assert isinstance(again, SittingScreen)
        assert again.sitting.started.scope == ("numbers",)


async def test_an_exam_from_the_map_asks_what_isnt_skipped_and_shows_what_is_solid(study: Study) -> None:
    study.record(e.TopicSkipped(topic="vectors"))
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.pause()
        await pilot.press("C")
        await pilot.pause()
        sitting = app.screen
        assert isinstance(sitting, SittingScreen)
        assert (sitting.sitting.started.kind, sitting.sitting.started.scope) == ("exam", ("numbers",))
        while sitting.is_current:
            await give(pilot, sitting)
            await pilot.press("enter")
            await pilot.pause()
        assert isinstance(app.screen, ResultScreen)
        await pilot.pause()
        assert "By topic" in text(app.screen)
        assert "solid" in text(app.screen)
    done = of_topic(study.roadmap.topics["numbers"], study.progress)
    assert any(idea.memory and idea.shown and not idea.first_try for idea in done.ideas.values())


async def test_checkpoints_of_a_phase_in_a_row(study: Study) -> None:
    app = RoadmapApp(study, quiz=["numbers", "vectors"])
    async with app.run_test(size=(100, 30)) as pilot:
        for topic in ("numbers", "vectors"):
            await pilot.pause()
            await pilot.pause()
            await pilot.pause()
            sitting = app.screen
            assert isinstance(sitting, SittingScreen)
            assert sitting.sitting.started.scope == (topic,)
            while sitting.is_current:
                await give(pilot, sitting)
                await pilot.press("enter")
                await pilot.pause()
            assert isinstance(app.screen, ResultScreen)
            await pilot.pause()
            assert ("Next checkpoint: Vectors" in text(app.screen)) == (topic == "numbers")
            await pilot.press("enter")
        await pilot.pause()
        assert not study.progress.sittings


async def test_a_row_that_was_left_at_a_result_is_over(study: Study) -> None:
    app = RoadmapApp(study, quiz=["numbers", "vectors"])

    async def sit(pilot: Pilot[str]) -> str:
        for _ in range(3):
            await pilot.pause()
        sitting = app.screen
        assert isinstance(sitting, SittingScreen)
        while sitting.is_current:
            await give(pilot, sitting)
            await pilot.press("enter")
            await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ResultScreen)
        return text(app.screen)

    async with app.run_test(size=(100, 30)) as pilot:
        assert "Next checkpoint" in await sit(pilot)
        await pilot.press("n")
        await pilot.pause()
        app.screen.post_message(messages.TakeExam(("numbers",)))
        assert "Next checkpoint" not in await sit(pilot)


async def test_a_reported_question_is_noted_and_then_retired(study: Study) -> None:
    app = RoadmapApp(study, quiz=["numbers"])
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(3):
            await pilot.pause()
        sitting = app.screen
        assert isinstance(sitting, SittingScreen)
        await give(pilot, sitting, right=False)
        assert sitting.said is not None
        asked = sitting.said[0]
        await pilot.press("exclamation_mark")
        file = study.journal.path.with_name("reports.md")
        assert f"{asked.topic}/{asked.question}" in file.read_text(encoding="utf-8")
        assert not study.progress.topics["numbers"].questions[asked.question].retired
        await pilot.press("exclamation_mark")
        assert study.progress.topics["numbers"].questions[asked.question].retired
        assert study.progress.topics["numbers"].ideas.get(asked.idea) is None


async def test_at_the_end_of_the_list_no_idea_that_is_out_of_sight_is_put_off(fading: Study) -> None:
    async with opened(fading, size=(80, 10)) as (pilot, screen):
        assert screen.query_one(Pane).cursor
        await pilot.press("G", "b", "B")
        assert not any(i.suspended or i.buried for t in fading.progress.topics.values() for i in t.ideas.values())


async def test_an_idea_that_is_put_off_leaves_the_cursor_on_the_one_after_it(fading: Study) -> None:
    async with opened(fading, size=(80, 40)) as (pilot, screen):
        pane = screen.query_one(Pane)
        rows = list(keys(pane.rows))
        await pilot.press("j", "b")
        await pilot.pause()
        assert rows[1] not in set(keys(pane.rows))
        assert pane.cursor == rows[2]


async def test_in_a_row_the_misses_can_be_looked_at_before_the_next_checkpoint(study: Study) -> None:
    app = RoadmapApp(study, quiz=["numbers", "vectors"])
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(3):
            await pilot.pause()
        sitting = app.screen
        assert isinstance(sitting, SittingScreen)
        while sitting.is_current:
            await give(pilot, sitting, right=False)
            await pilot.press("enter")
            await pilot.pause()
        await pilot.pause()
        assert "l look again" in str(app.screen.query_one(KeyBar).render())
        await pilot.press("l")
        await pilot.pause()
        assert app.screen.query_one(Pane).border_title == "To look at again"
        await pilot.press("enter")
        for _ in range(3):
            await pilot.pause()
        assert isinstance(app.screen, SittingScreen)
        assert app.screen.sitting.started.scope == ("vectors",)


async def test_in_a_break_reviews_wait_and_the_keys_that_review_all_the_same_are_named(fading: Study) -> None:
    until = fading.now().date() + timedelta(days=14)
    fading.record(e.Paused(until=until))
    async with opened(fading) as (pilot, screen):
        assert f"due: they wait until {until:%d %b}, the end of your break." in text(screen)
        assert "m reviews ten minutes all the same, a everything." in text(screen)
        assert "on a break" in str(screen.query_one(Head).render())
        assert "Today" not in text(screen)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SittingScreen)
