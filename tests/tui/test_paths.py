"""The Paths screen: taking a path, and making one of one's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Static

from dlroadmap import events as e
from dlroadmap.plan import paths
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.help import HelpScreen
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.own_path import NameField, OwnPathScreen
from dlroadmap.tui.screens.paths import PathScreen
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane


async def settle(pilot: Pilot[str]) -> None:
    for _ in range(4):
        await pilot.pause()


@asynccontextmanager
async def opened(study: Study, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[str]]:
    app = RoadmapApp(study)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, PathScreen)
        yield pilot


def maker(pilot: Pilot[str]) -> OwnPathScreen:
    screen = pilot.app.screen
    assert isinstance(screen, OwnPathScreen)
    return screen


async def test_enter_takes_the_path_under_the_cursor_unless_it_is_taken(study: Study) -> None:
    async with opened(study) as pilot:
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MapScreen)
        assert (study.progress.path, study.progress.entries) == ("short", 1)
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("enter")  # on the path that was taken
        await settle(pilot)
        assert isinstance(pilot.app.screen, MapScreen)
    assert study.progress.entries == 1


async def test_path_is_made_named_and_shown(study: Study) -> None:
    async with opened(study) as pilot:
        await pilot.press("down", "s")
        await settle(pilot)
        screen = maker(pilot)
        assert screen.marked == ["numbers", "neurons"]  # short's own; vectors was added
        screen.pane.cursor = "training"
        await pilot.press("space")
        assert "Training" in screen.pane.text
        assert "Vectors  added: a later topic needs it" in screen.pane.text
        screen.pane.cursor = "numbers"
        await pilot.press("space")
        await pilot.press("s", *"Mine", "enter")
        await settle(pilot)
        listed = pilot.app.screen
        assert isinstance(listed, PathScreen)
        assert listed.query_one(Pane).cursor == "mine"
        await pilot.press("enter")
        await settle(pilot)
    assert study.progress.path == "mine"
    mine = paths(study.roadmap, study.progress)["mine"]
    assert mine.topics == ("numbers", "vectors", "neurons", "training")
    assert mine.added == {"numbers", "vectors"}


async def test_topics_move_as_far_as_their_needs_allow(study: Study) -> None:
    async with opened(study) as pilot:
        await pilot.press("space")
        await settle(pilot)
        screen = maker(pilot)
        assert screen.marked == ["numbers", "vectors", "neurons", "training", "attention"]
        screen.pane.cursor = "attention"
        await pilot.press("K")
        assert screen.marked[-2:] == ["attention", "training"]
        assert screen.pane.cursor == "attention"
        made = screen._made()
        assert made is not None
        assert made.topics[-2:] == ("attention", "training")
        await pilot.press("K", "K", "K", "K")
        made = screen._made()
        assert made is not None
        assert made.topics == ("numbers", "vectors", "neurons", "attention", "training")
        screen.pane.cursor, before = screen.marked[0], list(screen.marked)
        await pilot.press("K")
        assert screen.marked == before
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PathScreen)
    assert study.progress.entries == 0


async def test_topic_comes_back_where_it_was_and_a_new_one_where_the_roadmap_has_it(study: Study) -> None:
    async with opened(study) as pilot:
        await pilot.press("space")
        await settle(pilot)
        screen = maker(pilot)
        every = list(screen.marked)
        for topic in ("vectors", "neurons"):
            screen.pane.cursor = topic
            await pilot.press("space", "space")
        assert screen.marked == every
        screen.pane.cursor = "attention"
        await pilot.press("K", "space", "space")  # where it was moved to, not where the roadmap has it
        assert screen.marked == ["numbers", "vectors", "neurons", "attention", "training"]
        await pilot.press("J")
        for topic in ("numbers", "vectors", "neurons"):
            screen.pane.cursor = topic
            await pilot.press("space")
        screen._left.clear()  # as if they had never been on it
        for topic in ("neurons", "numbers", "vectors"):
            screen.pane.cursor = topic
            await pilot.press("space")
        assert screen.marked == every


async def test_name_of_the_roadmaps_own_path_is_refused_and_esc_leaves_the_name(study: Study) -> None:
    async with opened(study) as pilot:
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("s", *"the short: way", "enter")
        await settle(pilot)
        told = maker(pilot).query_one("#told", Static)
        assert str(told.render()) == "The roadmap has a path of that name; choose another."
        await pilot.press(*["backspace"] * 14, "enter")
        await settle(pilot)
        assert str(told.render()) == "A path needs a name."
        await pilot.press("escape")
        await settle(pilot)
        assert maker(pilot).pane.has_focus
        assert str(told.render()).startswith("5 topics, about ")
    assert study.progress.entries == 0


async def test_while_the_name_is_typed_help_is_offered_by_its_key_that_is_no_text(study: Study) -> None:
    async with opened(study) as pilot:
        await pilot.press("s")
        await settle(pilot)
        bar = maker(pilot).query_one(KeyBar)
        assert "? help" in str(bar.render())
        await pilot.press("s", *"what", "question_mark")
        await settle(pilot)
        assert maker(pilot).query_one(NameField).value == "what?"
        assert "F1 help" in str(bar.render())
        assert "? help" not in str(bar.render())
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_own_path_keeps_its_name_and_nothing_marked_saves_nothing(study: Study) -> None:
    body = {"title": "Mine", "phase": [{"id": "a", "title": "A", "topics": ["numbers"]}]}
    study.record(e.PathSaved(path="mine", body=body))
    study.record(e.PathChosen(path="mine"))
    async with opened(study, (120, 36)) as pilot:
        await pilot.press("s")
        await settle(pilot)
        screen = maker(pilot)
        screen.pane.cursor = "vectors"
        await pilot.press("space", "s", "enter")
        await settle(pilot)
        assert paths(study.roadmap, study.progress)["mine"].topics == ("numbers", "vectors")
        await pilot.press("s")
        await settle(pilot)
        screen = maker(pilot)
        for topic in ("numbers", "vectors"):
            screen.pane.cursor = topic
            await pilot.press("space")
        await pilot.press("s")
        assert not screen.has_class("-naming")


async def test_saving_and_help_are_offered_where_there_is_little_room(study: Study) -> None:
    async with opened(study, size=(60, 20)) as pilot:
        for key, screen in (("s", OwnPathScreen), ("escape", PathScreen)):
            assert str(pilot.app.screen.query_one(KeyBar).render()).endswith("? help  Esc back  ")
            await pilot.press("question_mark")
            await settle(pilot)
            assert isinstance(pilot.app.screen, HelpScreen)
            await pilot.press("escape", key)
            await settle(pilot)
            assert isinstance(pilot.app.screen, screen)
            if key == "s":
                assert "s save  " in str(pilot.app.screen.query_one(KeyBar).render())
