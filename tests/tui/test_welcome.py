"""Welcome: three answers or none end on the Map, with a path and a starting point; a placement finds one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.tui.test_sitting import give
from textual.pilot import Pilot

from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.result import ResultScreen
from dlroadmap.tui.screens.sitting import SittingScreen
from dlroadmap.tui.screens.welcome import WelcomeScreen
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane


@asynccontextmanager
async def welcomed(study: Study, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Pilot[str], WelcomeScreen]]:
    app = RoadmapApp(study, welcome=True)
    async with app.run_test(size=size) as pilot:
        for _ in range(3):
            await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        yield pilot, app.screen


@pytest.mark.parametrize("keys", [["enter", "enter", "enter"], ["escape"], ["q"]])
async def test_enter_three_times_or_esc_ends_on_the_map_with_the_defaults(study: Study, keys: list[str]) -> None:
    async with welcomed(study) as (pilot, _):
        await pilot.press(*keys)
        for _ in range(3):
            await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, MapScreen)
        assert screen.tree.here == study.overview().path.topics[0]
    plan = study.progress.plan
    assert (plan.level, plan.goal, plan.hours) == ("new", "understand", 5)
    assert study.progress.path == "all"
    assert study.progress.start is None


async def test_answers_choose_the_plan_and_the_start(study: Study) -> None:
    async with welcomed(study) as (pilot, screen):
        await pilot.press("2", "3", "4")
        assert "20 h a week" in screen.query_one(Pane).text
        await pilot.press("enter")
        for _ in range(3):
            await pilot.pause()
        shown = pilot.app.screen
        assert isinstance(shown, MapScreen)
        assert shown.tree.here == study.roadmap.paths["all"].phase[1].topics[0]
    plan = study.progress.plan
    assert (plan.level, plan.goal, plan.hours) == ("basics", "research", 20)
    assert study.progress.start == study.roadmap.paths["all"].phase[1].topics[0]


async def test_esc_starts_with_what_was_answered_and_the_defaults_of_the_rest(study: Study) -> None:
    async with welcomed(study) as (pilot, _):
        await pilot.press("2", "2", "escape")
        for _ in range(3):
            await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)
    plan = study.progress.plan
    assert (plan.level, plan.goal, plan.hours) == ("basics", "build", 5)


@pytest.mark.parametrize(("word", "picked"), [("1  2 h", 0), ("h     4", 2), ("20 h", 3)])
async def test_a_click_on_hours_chooses_them(study: Study, word: str, picked: int) -> None:
    async with welcomed(study) as (pilot, screen):
        lines = screen.query_one(Pane).text.split("\n")
        y = next(n for n, line in enumerate(lines) if "20 h" in line)
        await pilot.click("#questions", offset=(lines[y].index(word) + 2, y + 1))
        await pilot.pause()
        assert screen.picked == [0, 0, picked]
        assert screen.at == 2


async def test_in_a_small_terminal_the_plan_comes_into_sight_with_the_last_question(study: Study) -> None:
    async with welcomed(study, (60, 14)) as (pilot, screen):
        pane = screen.query_one(Pane)
        assert pane.max_scroll_y > 0
        await pilot.press("down", "down")
        assert pane.scroll_offset.y == pane.max_scroll_y
        await pilot.press("up", "up")
        assert pane.scroll_offset.y == 0
        await pilot.press("pagedown")
        assert pane.scroll_offset.y > 0


async def test_arrows_move_and_change(study: Study) -> None:
    async with welcomed(study) as (pilot, screen):
        await pilot.press("down", "down", "left", "up", "right")
        assert screen.picked == [0, 1, 0]
        await pilot.press("down", "enter")
        await pilot.pause()
    assert (study.progress.plan.goal, study.progress.plan.hours) == ("build", 2)


async def test_the_way_to_a_placement_is_named_in_a_narrow_terminal_too(study: Study) -> None:
    async with welcomed(study) as (pilot, _):
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert str(pilot.app.screen.query_one(KeyBar).render()) == "Enter next / start  p find my start  ? help  Esc start  "
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "Esc start (as marked)" in str(pilot.app.screen.query_one(KeyBar).render())


async def test_a_placement_finds_the_start_and_marks_nothing_done(study: Study) -> None:
    async with welcomed(study) as (pilot, _):
        await pilot.press("p")
        for _ in range(3):
            await pilot.pause()
        sitting = pilot.app.screen
        assert isinstance(sitting, SittingScreen)
        first = sitting.sitting.started.questions[0].topic
        right = True
        while sitting.is_current:
            if right:
                await give(pilot, sitting)
            else:
                if sitting.typed.has_focus:
                    await pilot.press("escape")
                await pilot.press("d")
            right = False
            await pilot.press("enter")
            await pilot.pause()
        for _ in range(3):
            await pilot.pause()
        topics = study.overview().path.topics
        start = topics[topics.index(first) + 1]
        result = pilot.app.screen
        assert isinstance(result, ResultScreen)
        assert "Placement · finished" in result.query_one("#title").render_line(0).text
        asked = [study.roadmap.topics[planned.topic].title for planned in sitting.sitting.started.questions]
        lines = result.query_one("#card", Pane).text.split("\n")
        assert lines[0].startswith(f"1 of {len(asked)} known: start with “{study.roadmap.topics[start].title}”.")
        signs = [f"{'✓' if n == 0 else 'x'} {title}" for n, title in enumerate(asked)]
        assert [line for line in lines if line in signs] == signs
        await pilot.press("escape")
        for _ in range(3):
            await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)
        assert pilot.app.screen.tree.here == start
    assert study.progress.start == start
    assert study.overview().all.done == 0


async def test_a_placement_that_was_paused_goes_on_from_the_paths_and_another_begins_after_it(study: Study) -> None:
    async with welcomed(study) as (pilot, _):
        await pilot.press("p")
        for _ in range(3):
            await pilot.pause()
        first = pilot.app.screen
        assert isinstance(first, SittingScreen)
        first.action_dont_know()
        await pilot.press("escape")
        for _ in range(3):
            await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)
        assert [n.message for n in pilot.app._notifications] == ["Paused: every answer is kept; p and “find my start” go on."]
        again = await found_start(pilot)
        assert again.sitting.answers == first.sitting.answers
        assert "Placement" in again.query_one("#title").render_line(0).text
        while again.is_current:
            again.action_dont_know()
            again.action_go_on()
            await pilot.pause()
        assert isinstance(pilot.app.screen, ResultScreen)
        await pilot.press("escape")
        await pilot.pause()
        another = await found_start(pilot)
        assert not another.sitting.answers
        assert another.sitting.started.sitting != first.sitting.started.sitting


async def found_start(pilot: Pilot[str]) -> SittingScreen:
    """Ask for the placement on the Paths screen, and return its screen."""
    await pilot.press("p")
    await pilot.pause()
    await pilot.press("f")
    for _ in range(3):
        await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, SittingScreen)
    assert len(pilot.app.screen_stack) == 2
    return screen
