"""What holds for all screens: keys that come in one breath, what is left behind, the closed book, a journal in trouble."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.conftest import Clock
from tests.tui.test_review import take
from tests.tui.test_sitting import answers, ask_first, give
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from dlroadmap.events import SittingStarted
from dlroadmap.journal import JournalFault
from dlroadmap.standing import of_topic, step_done
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.note import NoteScreen
from dlroadmap.tui.screens.result import ResultScreen
from dlroadmap.tui.screens.sitting import SittingScreen
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.topic_page import TopicPage


@asynccontextmanager
async def opened(study: Study, **asked: tuple[str, ...]) -> AsyncIterator[tuple[Pilot[str], RoadmapApp]]:
    app = RoadmapApp(study, **asked)  # type: ignore[arg-type] # quiz or exam, as its callers say
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(3):
            await pilot.pause()
        yield pilot, app


async def burst(pilot: Pilot[str], *keys: str) -> None:
    """Send keys in one breath, as a key that repeats or a slow line does."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(4):
        await pilot.pause()


def stack(app: RoadmapApp) -> list[str]:
    return [type(screen).__name__.removesuffix("Screen") for screen in app.screen_stack]


def noted(study: Study) -> str:
    return of_topic(study.roadmap.topics["numbers"], study.progress).note


def toasts(app: RoadmapApp) -> list[str]:
    return [n.message for n in app._notifications]


async def sit_through(pilot: Pilot[str]) -> None:
    """Answer the sitting at hand to its end."""
    sitting = pilot.app.screen
    assert isinstance(sitting, SittingScreen)
    while sitting.is_current:
        await give(pilot, sitting)
        await pilot.press("enter")
        await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "above"),
    [
        (("c", "c"), "Sitting"),
        (("c", "space", "c"), "Sitting"),
        (("c", "t"), "Sitting"),
        (("t", "t"), "Sitting"),
        (("C", "C"), "Sitting"),
        (("e", "e"), "Note"),
        (("2", "2"), "Review"),
        (("3", "3"), "Stats"),
        (("p", "p"), "Path"),
        (("L", "L"), "Plain"),
        (("o", "o"), "Link"),
        (("comma", "comma"), "Settings"),
        (("slash", "slash"), "Search"),
    ],
)
async def test_keys_in_one_breath_open_one_screen(study: Study, keys: tuple[str, ...], above: str) -> None:
    async with opened(study) as (pilot, app):
        await burst(pilot, *keys)
        assert stack(app) == ["Map", above]
    assert sum(isinstance(entry.event, SittingStarted) for entry in study.journal.newest_first(study.roadmap.id)) <= 1


async def test_keys_in_one_breath_each_turn_what_the_one_before_made(study: Study) -> None:
    async with opened(study) as (pilot, app):
        await burst(pilot, "space", "space", "minus", "minus", "minus", "minus", "space", "space")
        assert [type(entry.event).__name__ for entry in study.journal.newest_first(study.roadmap.id)][::-1] == [
            *["TopicTicked", "TopicUnticked"],
            *["TopicSkipped", "TopicUnskipped"] * 2,
            *["TopicTicked", "TopicUnticked"],
        ]
        await pilot.press("tab", "down")
        step = app.query_one(TopicPage).cursor
        await burst(pilot, "space", "space", "space")
        topic = study.roadmap.topics["numbers"]
        assert step_done(topic, step, of_topic(topic, study.progress))


async def test_enter_twice_in_one_breath_begins_one_review(study: Study, clock: Clock) -> None:
    take(study, study.begin_checkpoint(study.roadmap.topics["numbers"]))
    clock.move(days=30)
    async with opened(study) as (pilot, app):
        await pilot.press("2")
        await pilot.pause()
        await burst(pilot, "enter", "enter")
        assert stack(app) == ["Map", "Review", "Sitting"]
    assert len(study.progress.sittings) == 1


async def test_space_and_escape_in_one_breath_tick_what_search_found(study: Study) -> None:
    async with opened(study) as (pilot, _):
        await pilot.press("slash", *"neuron", "down", "up")
        await burst(pilot, "space", "escape")
        assert of_topic(study.roadmap.topics["neurons"], study.progress).ticked


async def test_what_is_typed_behind_esc_and_enter_in_one_breath_is_a_key(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "vectors", lambda q: q.kind == "numeric")
    async with opened(study, quiz=("vectors",)) as (pilot, app):
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        await burst(pilot, "4", "3", "backspace", "2", "enter", "c")
        assert [(a.given, a.confidence) for a in answers(study)] == [("42", "certain")]
        await burst(pilot, "u")
        assert screen.typed.has_focus
        await burst(pilot, "escape", "d")
        assert [a.given for a in answers(study)][-1:] == [None]


@pytest.mark.parametrize("keys", [("ctrl+q",), ("f1", "ctrl+q"), ("ctrl+c", "ctrl+c")])
async def test_a_note_being_written_is_kept_when_the_program_ends(study: Study, keys: tuple[str, ...]) -> None:
    async with opened(study) as (pilot, app):
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
        await pilot.press(*"abc", *keys)
        await pilot.pause()
        assert app._exit
    assert noted(study) == "abc"


async def test_leaving_a_result_by_search_ends_the_row(study: Study) -> None:
    async with opened(study, quiz=("numbers", "vectors")) as (pilot, app):
        await sit_through(pilot)
        assert isinstance(app.screen, ResultScreen)
        await pilot.press("slash", *"neurons")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert stack(app) == ["Map"]
        await pilot.press("t")
        await pilot.pause()
        await sit_through(pilot)
        assert isinstance(app.screen, ResultScreen)
        assert app.screen.then == ""


async def test_a_closed_book_stays_closed_under_the_settings(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "neurons", lambda q: q.kind == "choice")
    async with opened(study, quiz=("neurons",)) as (pilot, app):
        await pilot.press("comma")
        await pilot.pause()
        await pilot.press("slash")
        await pilot.pause()
        assert stack(app) == ["Map", "Sitting", "Settings"]
        await pilot.press("colon", "backspace", *"vectors")
        await pilot.pause()
        assert stack(app)[-1] == "Search"
        assert "Nothing matches" in app.screen.query_one(Pane).text


async def test_settings_dont_open_above_settings(study: Study) -> None:
    async with opened(study) as (pilot, app):
        for _ in range(3):
            await pilot.press("comma")
            await pilot.pause()
        assert stack(app) == ["Map", "Settings"]


async def test_a_journal_in_trouble_is_told_once_above_everything(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> bool:
        raise JournalFault("the journal is locked")

    async with opened(study) as (pilot, app):
        banner = app.screen.query_one("#banner", Static)
        with monkeypatch.context() as trouble:
            trouble.setattr(study, "refresh", locked)
            app._look_around()
            await pilot.pause()
            assert toasts(app) == ["the journal is locked"]
            assert banner.has_class("-shown")
            assert "the journal is locked" in str(banner.render())
            app.say("Copied")
            app._look_around()
            await pilot.pause()
            assert toasts(app) == ["Copied"]
        app._look_around()
        await pilot.pause()
        assert not banner.has_class("-shown")
        assert isinstance(app.screen, MapScreen)
