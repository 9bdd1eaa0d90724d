from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from dlroadmap.settings import Loaded, Settings
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.help import HelpScreen
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.plain import PlainScreen
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane


@asynccontextmanager
async def opened(
    study: Study,
    *keys: str,
    size: tuple[int, int] = (120, 36),
    settings: Settings = Settings(),  # noqa: B008 immutable
) -> AsyncIterator[tuple[Pilot[str], HelpScreen]]:
    app = RoadmapApp(study, loaded=Loaded(settings))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        yield pilot, app.screen


def shown(screen: HelpScreen) -> str:
    return "\n".join(pane.text for pane in screen.query(Pane) if pane.display)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_this_screen_comes_first_then_everywhere_signs_and_the_terminal(study: Study, size: tuple[int, int]) -> None:
    async with opened(study, "f1", size=size) as (_, screen):
        text = shown(screen)
        at = [text.index(word) for word in ("On this screen", "Everywhere", "Signs", "Terminal")]
        assert at == sorted(at)


async def test_a_slash_finds_a_key_by_its_name_or_what_it_does(study: Study) -> None:
    async with opened(study, "question_mark", "slash", *"skip") as (pilot, screen):
        assert shown(screen).split()[0] == "-"
        assert "checkpoint" not in shown(screen)
        await pilot.press("escape")
        assert "On this screen" in shown(screen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)


async def test_remapped_keys_are_told_as_they_are(study: Study) -> None:
    async with opened(study, "question_mark", settings=Settings(keys={"map.tick": "x", "map.back": "b"})) as (_, screen):
        lines = [line.split() for line in shown(screen).splitlines()]
        assert ["x", "tick"] in [line[:2] for line in lines]
        assert ["b", "from"] in [line[:2] for line in lines]


async def test_a_topics_keys_are_told_on_a_phase_among_those_of_the_screen(study: Study) -> None:
    async with opened(study, "g", "question_mark") as (_, screen):
        here = shown(screen).partition("Here at other moments")[0]
        for word in ("take the topic's checkpoint", "two easier questions", "my note on the topic"):
            assert word in here


async def test_l_lists_the_links_from_help_too(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark", "L")
        await pilot.pause()
        assert isinstance(app.screen, PlainScreen)
        lines = app.screen.query_one(Pane).text.splitlines()
        assert "https://example.org/primer" in lines


async def test_the_field_to_find_a_key_says_what_its_own_keys_do(study: Study) -> None:
    async with opened(study, "question_mark", "slash", *"skip") as (pilot, screen):
        assert str(screen.query_one(KeyBar).render()).split("  ")[:2] == ["Enter keep these", "Esc show all"]
        await pilot.press("enter")
        await pilot.pause()
        assert "checkpoint" not in shown(screen)
        assert not screen.query_one("#find").has_focus


async def test_no_key_is_told_twice(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark", "slash", *"search everything")
        await pilot.pause()
        assert app.screen.query_one("#here", Pane).text.count("search everything") == 1


@pytest.mark.parametrize(
    ("keys", "title", "everywhere"),
    [
        ((), "Map", True),
        (("i",), "About", False),
        (("p",), "Paths", False),
        (("p", "s"), "A path of your own", False),
        (("c",), "Questions", True),
    ],
)
async def test_its_title_is_the_screens_and_only_keys_that_are_there_have_a_heading(
    study: Study, keys: tuple[str, ...], title: str, everywhere: bool
) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for key in (*keys, "f1"):
            await pilot.press(key)
            await pilot.pause()
            await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert str(app.screen.query_one("Vertical").border_title) == f"Help · {title}"
        assert ("Everywhere" in shown(app.screen)) == everywhere
