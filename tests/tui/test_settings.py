from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dlroadmap.events import Answered, PlanSet
from dlroadmap.places import places
from dlroadmap.settings import Loaded, Settings, load
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.keys import remapped
from dlroadmap.tui.screens.settings import ROWS, SettingsScreen
from dlroadmap.tui.screens.sitting import SittingScreen
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane


@asynccontextmanager
async def opened(study: Study, loaded: Loaded = Loaded(Settings())) -> AsyncIterator[tuple[Pilot[str], RoadmapApp]]:  # noqa: B008 immutable
    app = RoadmapApp(study, loaded=loaded)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("comma")
        await pilot.pause()
        yield pilot, app


async def on(pilot: Pilot[str], row: str) -> None:
    pilot.app.screen.query_one(Pane).cursor = row
    await pilot.pause()


def days(study: Study) -> list[str]:
    return list(study.progress.plan.days or ())


def entries(study: Study) -> int:
    return study.progress.entries


def kept() -> Settings:
    return load(places().settings).settings


async def test_every_row_changes_in_place_and_is_saved_at_once(study: Study) -> None:
    async with opened(study) as (pilot, app):
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        for row in ROWS:
            before, events = screen.query_one(Pane).text, study.progress.entries
            await on(pilot, row)
            await pilot.press("right")
            await pilot.pause()
            assert screen.query_one(Pane).text != before, row
            if row in ("level", "goal", "hours", "days", "target", "retention", "review_minutes"):
                assert study.progress.entries == events + 1, row
            else:
                assert getattr(kept(), row) != getattr(Settings(), row), row
    assert study.progress.plan.level == "new"
    assert study.progress.plan.retention == pytest.approx(0.91)


async def test_the_cursor_pages_and_goes_to_the_first_and_the_last_row(study: Study) -> None:
    async with opened(study) as (pilot, app):
        pane = app.screen.query_one(Pane)
        for key, at in [
            ("G", -1),
            ("g", 0),
            ("end", -1),
            ("home", 0),
            ("pagedown", 5),
            ("pageup", 0),
            ("up", 0),
            ("J", 5),
            ("K", 0),
        ]:
            await pilot.press(key)
            assert pane.cursor == ROWS[at], key


async def test_a_key_right_behind_the_comma_is_taken(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await pilot.press("comma", "j")
        await pilot.pause()
        assert app.screen.query_one(Pane).cursor == ROWS[1]
        assert "Level" in app.screen.query_one(Pane).text


async def test_at_the_end_of_a_scale_nothing_is_recorded(study: Study) -> None:
    async with opened(study) as (pilot, _):
        await on(pilot, "retention")
        await pilot.press(*["right"] * 8)
        await pilot.pause()
        assert study.progress.plan.retention == pytest.approx(0.95)
        assert entries(study) == 5


async def test_r_resets_a_row_and_takes_it_out_of_the_file(study: Study) -> None:
    async with opened(study) as (pilot, app):
        await on(pilot, "theme")
        await pilot.press("right", "right")
        await pilot.pause()
        assert kept().theme == app.theme
        await pilot.press("r")
        await pilot.pause()
        assert "theme" not in places().settings.read_text(encoding="utf-8")
        await on(pilot, "retention")
        await pilot.press("right", "right", "r")
        await pilot.pause()
        assert study.progress.plan.retention == pytest.approx(0.9)


async def test_digits_toggle_the_days_of_the_plan_on_their_row_alone_and_u_takes_it_back(study: Study) -> None:
    async with opened(study) as (pilot, _):
        await on(pilot, "hours")
        await pilot.press("2")
        await on(pilot, "days")
        await pilot.press("1", "3")
        await pilot.pause()
        assert days(study) == ["mon", "wed"]
        await pilot.press("u")
        await pilot.pause()
        assert days(study) == ["mon"]


async def test_the_path_that_fits_level_and_goal_is_named_until_p_takes_it(study: Study) -> None:
    async with opened(study) as (pilot, app):
        rows, bar = app.screen.query_one(Pane), app.screen.query_one(KeyBar)
        assert "fits" not in rows.text
        await pilot.press("p")
        assert not entries(study)
        study.record(PlanSet(level="trained", goal="research"))
        app.tell()
        await pilot.pause()
        assert "‹research›   fits: All from Attention on; p takes it" in rows.text
        assert "p take the path" in str(bar.render())
        await pilot.press("p")
        await pilot.pause()
        assert (study.progress.path, study.progress.start) == ("all", "attention")
        assert "fits" not in rows.text
        assert "take the path" not in str(bar.render())
        await pilot.press("u")
        await pilot.pause()
        assert "p takes it" in rows.text


async def test_themes_symbols_and_colours_are_worn_at_once(study: Study) -> None:
    async with opened(study) as (pilot, app):
        await on(pilot, "symbols")
        await pilot.press("left")
        await pilot.pause()
        drawn = "\n".join("".join(s.text for s in line) for line in app.screen._compositor.render_strips())
        assert app.signs.ascii
        assert drawn.isascii()
        await on(pilot, "colours")
        await pilot.press("left")
        await pilot.pause()
        styles = [s.style for line in app.screen._compositor.render_strips() for s in line if s.style]
        assert not any(style.color or style.bgcolor for style in styles)
        assert any(style.reverse for style in styles)


async def test_a_broken_file_is_told_and_left_alone(study: Study) -> None:
    file = places().settings
    file.write_text("[look]\ntheme = \n", encoding="utf-8")
    async with opened(study, load(file)) as (pilot, app):
        assert any("line 2" in n.message for n in app._notifications)
        await on(pilot, "mouse")
        await pilot.press("right")
        await pilot.pause()
        assert any("left alone" in n.message for n in app._notifications)
    assert file.read_text(encoding="utf-8") == "[look]\ntheme = \n"


async def test_the_file_is_named_where_no_editor_can_open_it(study: Study) -> None:
    async with opened(study) as (pilot, app):
        await pilot.press("e")
        await pilot.pause()
        assert any("config.toml" in n.message for n in app._notifications)


async def test_without_confidence_enter_alone_locks(study: Study) -> None:
    app = RoadmapApp(study, loaded=Loaded(Settings(confidence=False)), quiz=["training"])
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.2)
        while not isinstance(app.screen, SittingScreen):
            await pilot.pause(0.05)
        while not study.progress.kinds.get("choice"):
            await pilot.press("1", "2", "3", "4", "5", "g", "enter")
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
    said = [e.event for e in study.journal.newest_first(study.roadmap.id) if isinstance(e.event, Answered)]
    assert any(a.given is not None for a in said)
    assert all(a.confidence is None for a in said)


async def test_keys_are_remapped_and_shown_so(study: Study) -> None:
    app = RoadmapApp(study, loaded=Loaded(Settings(keys={"map.tick": "x"})))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("space")
        assert not entries(study)
        await pilot.press("x")
        await pilot.pause()
        assert entries(study) == 1
        await pilot.press("enter")
        assert app.screen_stack[0].has_class("-page")


def test_conflicts_and_unknown_ids_are_refused_by_name() -> None:
    found = remapped({"map.tick": "n", "map.tock": "x", "map.skip": "?", "sitting.fairly": "f"}, RoadmapApp)
    assert [fault.split(";")[0] for fault in found.faults] == [
        "[keys] map.tock: nothing has this id",
        "[keys] map.tick: n is already map.next (next)",
        "[keys] map.skip: ? is already map.help (help)",
    ]
    assert found.keymap["sitting.fairly"] == "f"
    assert found.keymap["sitting.next"] == "enter"


@pytest.mark.parametrize("key", ["foo", "x,", "ctrl+", "ctlr+x", "latin small letter a", "ctrl+foo", "<scroll-up>", ""])
def test_what_is_no_key_is_refused_by_name(key: str) -> None:
    found = remapped({"map.filter": key}, RoadmapApp)
    assert len(found.faults) == 1
    assert " is no key; " in found.faults[0]
    assert not found.keymap


def test_a_misspelt_key_is_told_its_name() -> None:
    assert remapped({"map.filter": "Esc"}, RoadmapApp).faults == ("[keys] map.filter: 'esc' is no key; did you mean 'escape'?",)


@pytest.mark.parametrize(
    "key", ["z", "Z", "ß", "é", "€", "%", "Space,Z", "F5", "Ctrl+X", "alt+shift+left", "comma", "percent_sign"]
)
def test_keys_may_be_written_as_signs_and_as_the_screens_name_them(key: str) -> None:
    assert not remapped({"map.tick": key, "app.settings": "Y"}, RoadmapApp).faults


def test_two_keys_may_be_changed_over() -> None:
    found = remapped({"map.tick": "n", "map.next": "space"}, RoadmapApp)
    assert not found.faults


def test_actions_that_shared_a_key_may_share_another() -> None:
    assert not remapped({"sitting.fairly": "f", "sitting.next": "f"}, RoadmapApp).faults
    (fault,) = remapped({"sitting.fairly": "f", "sitting.guess": "f"}, RoadmapApp).faults
    assert "f is already" in fault


async def test_e_opens_the_file_in_an_editor_and_reads_it_again(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text('#!/bin/sh\nprintf \'[look]\\nsymbols = "ascii"\\n\' > "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))

    async with opened(study) as (pilot, app):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("e")
        await pilot.pause()
        assert app.settings.symbols == "ascii"


def test_a_key_that_is_refused_is_free_for_nobody_else() -> None:
    found = remapped({"map.skip": "?", "map.help": "h"}, RoadmapApp)
    assert [fault.split(";")[0] for fault in found.faults] == [
        "[keys] map.help: h is already tree.fold (fold)",
        "[keys] map.skip: ? is already map.help (help)",
    ]
    assert not found.keymap


async def test_a_key_that_is_taken_out_of_the_file_is_as_it_was_at_once(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text('#!/bin/sh\n: > "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    async with opened(study, Loaded(Settings(keys={"map.tick": "x"}))) as (pilot, app):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("escape", "x")
        await pilot.pause()
        assert not entries(study)
        await pilot.press("space")
        await pilot.pause()
        assert entries(study) == 1


async def test_what_is_wrong_with_the_settings_is_one_toast(study: Study) -> None:
    file = places().settings
    file.write_text(
        'x = 1\n[look]\ntheme = "nrod"\n[keys]\n"map.tock" = "x"\n"map.tick" = "n"\n"map.skip" = "?"\n', encoding="utf-8"
    )
    app = RoadmapApp(study, loaded=load(file))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (toast,) = [n.message for n in app._notifications]
        await pilot.press("comma")
        await pilot.pause()
        await on(pilot, "theme")
        await pilot.press("left")  # from a theme that there isn't to the last that there is
        await pilot.pause()
        assert app.settings.theme == max(app.available_themes) == app.theme
    assert [line.partition(";")[0] for line in toast.split("\n")] == [
        "line 1: x is not known",
        "[look] theme: there is no theme 'nrod'",
        "[keys] map.tock: nothing has this id",
        "[keys] map.tick: n is already map.next (next)",
        "and 1 more: dlroadmap doctor names them",
    ]
