from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dlroadmap.journal import JournalFault
from dlroadmap.settings import Loaded, Settings
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.links import LinkScreen
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.note import NoteArea, NoteScreen
from dlroadmap.tui.screens.plain import PlainScreen
from dlroadmap.tui.widgets.pane import Pane


@asynccontextmanager
async def opened(study: Study, settings: Settings = Settings()) -> AsyncIterator[tuple[Pilot[str], RoadmapApp]]:  # noqa: B008 immutable
    app = RoadmapApp(study, loaded=Loaded(settings))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        yield pilot, app


def noted(study: Study) -> str:
    done = study.progress.topics.get("numbers")
    return done.note if done else ""


def toasts(app: RoadmapApp) -> str:
    return "\n".join(n.message for n in app._notifications)


async def test_a_note_is_written_inside_and_shown_on_the_page(study: Study) -> None:
    async with opened(study) as (pilot, app):
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
        await pilot.press(*"count", "enter", *"[b]it", "escape")
        await pilot.pause()
        assert noted(study) == "count\n[b]it"
        main = app.screen
        assert isinstance(main, MapScreen)
        assert "[b]it" in main.page.text
        await pilot.press("u")
        assert noted(study) == ""


async def test_a_note_left_as_it_was_records_nothing(study: Study) -> None:
    async with opened(study) as (pilot, _):
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
    assert not study.progress.entries


async def test_the_learners_editor_is_used_where_one_is_named(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text("#!/bin/sh\necho 'from \x1b[31moutside' > \"$1\"\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    async with opened(study) as (pilot, app):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("e")
        await pilot.pause()
    assert noted(study) == "from [31moutside"


async def test_an_editor_that_fails_changes_nothing(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "false")
    async with opened(study) as (pilot, app):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("e")
        await pilot.pause()
        assert "nothing was changed" in toasts(app)
    assert not study.progress.entries


async def test_y_and_a_digit_copy_an_idea(study: Study) -> None:
    async with opened(study) as (pilot, app):
        await pilot.press("y", "1")
        await pilot.pause()
        idea = study.roadmap.topics["numbers"].idea[0].text
        assert app.clipboard == idea
        assert idea in toasts(app)


async def test_a_long_copy_is_shown_where_it_may_not_arrive(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "screen-256color")
    async with opened(study) as (pilot, app):
        app._copied("word " * 100, "result")
        await pilot.pause()
        assert isinstance(app.screen, PlainScreen)
        assert "word word" in app.screen.query_one(Pane).text
        monkeypatch.setenv("TERM", "xterm-kitty")
        await pilot.press("escape")
        app._copied("word " * 100, "result")
        await pilot.pause()
        assert isinstance(app.screen, MapScreen)


async def test_links_are_only_shown_where_that_is_set_or_no_browser_is_there(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")
    async with opened(study, Settings(links="print")) as (pilot, app):
        await pilot.press("o", "a")
        await pilot.pause()
        assert app.clipboard == "https://example.org/primer"
        assert "https://example.org/primer" in toasts(app)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    async with opened(study) as (pilot, app):
        await pilot.press("o", "a")
        await pilot.pause()
        assert "Over ssh no browser opens" in toasts(app)


async def test_no_letter_of_a_link_is_a_key_of_the_list(study: Study) -> None:
    taken = {key for binding in LinkScreen.BINDINGS for key in getattr(binding, "key", "").split(",")}
    from dlroadmap.tui.widgets.topic_page import links  # noqa: PLC0415 beside what it is compared with

    topic = study.roadmap.topics["numbers"]
    many = topic.model_copy(update={"resource": topic.resource * 30})
    assert not taken & set(links(many))


async def test_what_esc_does_is_told_at_every_width(study: Study) -> None:
    title = "Notebooks, GPUs & Your First Setup"
    async with opened(study) as (pilot, app):
        await app.push_screen(NoteScreen(title, "", lambda _text: True))
        for width, shown in ((100, f"My note · {title}   Markdown; Esc keeps it"), (60, "& You…   Markdown; Esc keeps it")):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert app.screen.query_one("#title").render_line(0).text.strip().endswith(shown)


def fill_disk(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise JournalFault("the disk is full; nothing was changed")

    monkeypatch.setattr(study.journal, "append", refuse)


async def test_a_note_that_cant_be_kept_stays_on_the_screen(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(study) as (pilot, app):
        await pilot.press("e")
        await pilot.pause()
        with monkeypatch.context() as full:
            fill_disk(study, full)
            await pilot.press(*"mine", "escape")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, NoteScreen)
            assert screen.query_one(NoteArea).text == "mine"
            assert "disk is full" in toasts(app)
            assert "not kept: Esc tries again" in screen.query_one("#title").render_line(0).text
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MapScreen)
        assert noted(study) == "mine"


async def test_quitting_warns_of_a_note_that_cant_be_kept(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(study) as (pilot, app):
        await pilot.press("e")
        await pilot.pause()
        fill_disk(study, monkeypatch)
        await pilot.press(*"mine", "ctrl+q")
        await pilot.pause()
        assert app.is_running
        assert isinstance(app.screen, NoteScreen)
        assert "Ctrl+Q discards it" in app.screen.query_one("#title").render_line(0).text
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app._exit


async def test_what_an_editor_wrote_and_cant_be_kept_stays_on_a_screen(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text('#!/bin/sh\necho outside > "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    fill_disk(study, monkeypatch)
    async with opened(study) as (pilot, app):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.query_one(NoteArea).text.strip() == "outside"
