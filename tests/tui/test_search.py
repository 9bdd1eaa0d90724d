from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from dlroadmap.events import NoteWritten, PathChosen
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.search import SearchScreen
from dlroadmap.tui.screens.settings import SettingsScreen
from dlroadmap.tui.screens.sitting import SittingScreen
from dlroadmap.tui.widgets.pane import Pane


@asynccontextmanager
async def opened(study: Study, *keys: str) -> AsyncIterator[tuple[Pilot[str], SearchScreen]]:
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *keys)
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)
        yield pilot, app.screen


def shown(screen: SearchScreen) -> str:
    return screen.query_one(Pane).text


async def test_it_finds_as_one_types_and_marks_what_matched(study: Study) -> None:
    async with opened(study, *"vec") as (_, screen):
        assert shown(screen).startswith("Topics\n∙ ")
        first = screen.query_one(Pane).rows[1].text
        assert any(first.plain[span.start : span.end].lower() == "vec" and span.style == "match" for span in first.spans)


async def test_enter_goes_to_the_topic_with_the_cursor_on_the_step(study: Study) -> None:
    step = study.roadmap.topics["vectors"].steps[0]
    async with opened(study, *step.text.lower().split()[0]) as (pilot, screen):
        at = next(n for n, hit in enumerate(screen._hits) if (hit.entry.topic, hit.entry.key) == ("vectors", step.id))
        screen.query_one(Pane).cursor = str(at)
        await pilot.press("enter")
        await pilot.pause()
        main = pilot.app.screen
        assert isinstance(main, MapScreen)
        assert main.tree.here == "vectors"
        assert main.page.cursor == step.id


async def test_space_is_text_until_down_was_pressed(study: Study) -> None:
    async with opened(study, *"numbers", "space") as (pilot, screen):
        assert screen.field.value == "numbers "
        await pilot.press("down", "up", "space")
        await pilot.pause()
        assert screen.field.value == "numbers "
        assert study.progress.topics["numbers"].ticked
        assert "✓ Numbers" in shown(screen)
        await pilot.press("x")
        assert screen.field.value == "numbers x"
        await pilot.press("backspace", "space")
        assert screen.field.value == "numbers  "


async def test_a_colon_lists_every_action_with_its_key_and_does_it(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("colon")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        asides = {entry.entry.aside for entry in screen.commands.entries}
        assert {"Space", "n", "c", "u", "f", "-", "o", "/"} <= asides
        await pilot.press(*"plan look", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)


async def test_what_a_key_does_elsewhere_is_found_and_says_why_it_does_nothing_here(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("g", "colon")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        await pilot.press(*"take checkpoint")
        assert "  take the topic's checkpoint, or go on with it" in shown(screen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MapScreen)
        assert [n.message for n in app._notifications] == ["A phase has an exam: C takes it, c a topic's checkpoint."]


async def test_nothing_found_says_so_and_ctrl_u_clears(study: Study) -> None:
    async with opened(study, *"zzzzzz") as (pilot, screen):
        assert "Nothing matches “zzzzzz”" in shown(screen)
        await pilot.press("ctrl+u")
        assert screen.field.value == ""
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)


async def test_markup_in_a_query_is_text(study: Study) -> None:
    async with opened(study, *"[/b]") as (_, screen):
        assert "[/b]" in shown(screen)


async def test_a_note_is_found_and_has_nothing_to_tick(study: Study) -> None:
    study.record(NoteWritten(topic="numbers", text="tortoises"))
    async with opened(study, *"tortoise") as (pilot, screen):
        assert "My notes" in shown(screen)
        await pilot.press("down", "space")
        assert not screen.check_action("tick", ())
    assert study.progress.entries == 1


async def test_a_topic_that_the_path_leaves_out_is_shown_all_the_same(study: Study) -> None:
    study.record(PathChosen(path="short"))
    topic = next(t for t in study.roadmap.topics.values() if t.id not in study.overview().path.topics)
    async with opened(study, *topic.title.lower().split()[0]) as (pilot, _):
        await pilot.press("enter")
        await pilot.pause()
        main = pilot.app.screen
        assert isinstance(main, MapScreen)
        assert main.tree.guest == main.tree.here == topic.id
        await pilot.press("escape", "left", "space")
        assert main.tree.here == "/-elsewhere"


async def test_a_sitting_is_a_closed_book(study: Study) -> None:
    app = RoadmapApp(study, quiz=["training"])
    async with app.run_test(size=(100, 30)) as pilot:
        while not isinstance(app.screen, SittingScreen):
            await pilot.pause(0.05)
        app.screen.card.focus()
        await pilot.press("slash")
        await pilot.pause()
        assert isinstance(app.screen, SittingScreen)
        await pilot.press("colon")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        await pilot.press("backspace", *"train")
        await pilot.pause()
        assert not any(hit.entry.topic for hit in screen._hits)


async def test_another_width_cuts_no_word_in_two(study: Study) -> None:
    async with opened(study, *"a") as (pilot, screen):
        for size in ((60, 20), (110, 30)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            pane = screen.query_one(Pane)
            before = pane.text
            screen.refresh_hits()
            assert pane.text == before
