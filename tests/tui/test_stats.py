"""The Stats screen: every plot at two sizes, in two alphabets and two themes, with nothing, one event and ten thousand."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from justhtml import JustHTML
from syrupy.assertion import SnapshotAssertion
from tests.conftest import MONDAY, Clock
from textual.pilot import Pilot

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.progress import Progress, fold
from dlroadmap.settings import Loaded, Settings
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.review import ReviewScreen
from dlroadmap.tui.screens.stats import StatsScreen
from dlroadmap.tui.widgets.pane import Pane

SIZES = ((120, 36), (80, 24))
IDEAS = (("numbers", "adding"), ("numbers", "doubling"), ("vectors", "length"), ("vectors", "adding"), ("neurons", "weights"))


@cache
def ten_thousand() -> Progress:
    """Ten thousand answers over three years, some in every second week only, and two topics ticked."""
    dice = random.Random(1)
    began = MONDAY - timedelta(days=1095)

    def events() -> list[tuple[Any, Event]]:
        started = e.SittingStarted(sitting="s", kind="review", scope=(), seed=1, questions=())
        plan = e.PlanSet(hours=3, days=("mon", "wed", "sat"), target=(MONDAY + timedelta(days=90)).date())
        found: list[tuple[Any, Event]] = [(began, plan), (began, started)]
        for n in range(10_000):
            topic, idea = dice.choice(IDEAS)
            at = began + timedelta(days=1095 * n / 10_000)
            answered = e.Answered(
                sitting="s",
                topic=topic,
                question=f"{idea}-{n % 3}",
                idea=idea,
                kind=dice.choice(["choice", "text", "numeric"]),
                given="x",
                credit=float(dice.random() < 0.85),
                confidence=dice.choice(["guess", "fairly", "certain"]),
                seconds=dice.uniform(5, 200),
            )
            if dice.random() < (0.2 if at.month in (7, 8) else 0.9):
                found.append((at, answered))
        found.append((MONDAY - timedelta(weeks=5), e.TopicTicked(topic="numbers")))
        found.append((MONDAY - timedelta(weeks=3), e.TopicTicked(topic="vectors")))
        found.append((MONDAY - timedelta(weeks=1), e.StepTicked(topic="neurons", step="sketch")))
        return found

    return fold(Entry(entry_id(n, "aaaaaaaa"), at, event) for n, (at, event) in enumerate(events()))


def lived(study: Study, clock: Clock, events: int) -> None:
    """Let a study have so many events."""
    if events == 1:
        study.record(e.TopicTicked(topic="numbers"))
    elif events:
        study._loaded = study._loaded._replace(progress=ten_thousand())


@asynccontextmanager
async def opened(
    study: Study, size: tuple[int, int], *, symbols: str = "unicode", theme: str = "dl-dark"
) -> AsyncIterator[tuple[Pilot[str], StatsScreen]]:
    app = RoadmapApp(study, loaded=Loaded(Settings(symbols=symbols, theme=theme)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("3")
        for _ in range(3):
            await pilot.pause()
        if folder := os.environ.get("PICTURES"):  # to look at: PICTURES=folder pytest -k stats
            name = f"stats-{size[0]}-{symbols}-{theme}-{study.progress.entries}.svg"
            app.save_screenshot(name, folder)
        assert isinstance(app.screen, StatsScreen)
        yield pilot, app.screen


def shown(screen: StatsScreen) -> str:
    """What both columns show, whole."""
    panes = [screen.query_one(f"#{side}", Pane) for side in ("left", "right")]
    return "\n\n".join(f"── {pane.border_title}\n{pane.text}" for pane in panes if pane.display)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("symbols", ["unicode", "ascii"])
@pytest.mark.parametrize("events", [0, 1, 10_000])
async def test_every_plot(
    study: Study, clock: Clock, snapshot: SnapshotAssertion, size: tuple[int, int], symbols: str, events: int
) -> None:
    lived(study, clock, events)
    async with opened(study, size, symbols=symbols) as (_, screen):
        text = shown(screen)
        width = max(len(line) for line in text.splitlines())
    assert width <= size[0] - 4
    assert symbols == "unicode" or not set("█▒░►◊✓∙┃•") & set(text)
    assert text == snapshot


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_theme_changes_colours_alone(study: Study, clock: Clock, size: tuple[int, int]) -> None:
    lived(study, clock, 10_000)
    texts = []
    for theme in ("dl-dark", "dl-light"):
        async with opened(study, size, theme=theme) as (_, screen):
            texts.append(shown(screen))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_week_and_month_show_a_bar_a_day(
    study: Study, clock: Clock, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    lived(study, clock, 10_000)
    async with opened(study, size) as (pilot, screen):
        found = {}
        for key, days in (("w", 7), ("m", 30), ("a", 0)):
            await pilot.press(key)
            await pilot.pause()
            found[key] = shown(screen)
            assert sum(" min" in line and "over" not in line for line in found[key].splitlines()) == days
    assert found["w"].splitlines()[:12] == snapshot


async def test_x_writes_the_report_and_says_where(study: Study, clock: Clock, home: Path) -> None:
    lived(study, clock, 1)
    async with opened(study, SIZES[0]) as (pilot, _):
        await pilot.press("x")
        await pilot.pause()
        said = [notification.message for notification in pilot.app._notifications]
    file = home / "dlroadmap-report.html"
    assert said == [f"Wrote the report: {file}"]
    parsed = JustHTML(file.read_text(encoding="utf-8"), sanitize=False, strict=True)
    assert "1 active day since 02 Mar 2026" in parsed.query("main")[0].to_text()


async def test_x_says_why_where_nothing_can_be_written(study: Study, clock: Clock, home: Path) -> None:
    (home / "dlroadmap-report.html").mkdir()
    async with opened(study, SIZES[0]) as (pilot, _):
        await pilot.press("x")
        await pilot.pause()
        [said] = pilot.app._notifications
    assert said.severity == "error"


async def test_keys_of_the_other_peers(study: Study) -> None:
    for key, kind in (("1", MapScreen), ("escape", MapScreen), ("2", ReviewScreen), ("r", ReviewScreen)):
        async with opened(study, SIZES[1]) as (pilot, _):
            await pilot.press(key)
            for _ in range(3):
                await pilot.pause()
            assert isinstance(pilot.app.screen, kind)


async def test_page_and_other_side(study: Study, clock: Clock) -> None:
    lived(study, clock, 10_000)
    async with opened(study, (80, 24)) as (pilot, screen):
        left = screen.query_one("#left", Pane)
        await pilot.press("space")
        await pilot.pause()
        assert left.scroll_offset.y > 10
        await pilot.press("g")
        await pilot.pause()
        assert left.scroll_offset.y == 0
        await pilot.press("G")
        await pilot.pause()
        assert left.scroll_offset.y == left.max_scroll_y
    async with opened(study, (120, 24)) as (pilot, screen):
        await pilot.press("tab")
        assert screen.query_one("#right", Pane).has_focus
        await pilot.press("tab")
        assert screen.query_one("#left", Pane).has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_enter_goes_to_the_phase_under_the_cursor(study: Study, size: tuple[int, int]) -> None:
    async with opened(study, size) as (pilot, screen):
        await pilot.press("enter")
        pane = screen.query_one("#right" if screen.has_class("-wide") else "#left", Pane)
        assert pane.has_focus
        assert pane.cursor == "basics"
        await pilot.press("j")
        assert pane.cursor == "nets"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        there = pilot.app.screen
        assert isinstance(there, MapScreen)
        assert there.tree.here == "/nets"
        assert str(there.page.border_title) == "Nets"
