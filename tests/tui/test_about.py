"""The roadmap's own page: what it leads to, advice, and what it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dlroadmap import browser
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.about import AboutScreen
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane

OWN_PAGE = """\
outcomes = ["Count [b]anything[/b] there is."]
tips = ["Count twice."]
"""


@pytest.fixture
def advised(study: Study, small_file: Path) -> Iterator[Study]:
    """A study of a roadmap that says where it leads and what it stands on."""
    text = small_file.read_text(encoding="utf-8")
    small_file.write_text(
        text.replace("sources = [", f'{OWN_PAGE}sources = [{{ id = "grandmother", title = "A grandmother" }}, ', 1),
        encoding="utf-8",
    )
    opened = Study.open(str(small_file), clock=study.now)
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_i_shows_it_enter_opens_a_source_and_esc_returns(
    advised: Study, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    opened: list[str] = []

    def open_address(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(browser, "open_address", open_address)
    app = RoadmapApp(advised)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, AboutScreen)
        pane = app.screen.query_one(Pane)
        assert str(app.screen.query_one(KeyBar).render()).startswith("PgDn read on  ")
        for said in ("Count [b]anything[/b] there is.", "Count twice.", "all of it", "A grandmother"):
            assert said in pane.text
        await pilot.press("enter")
        assert opened == []
        while not pane.cursor:
            await pilot.press("down")
        await pilot.pause()
        assert "Enter open the source" in str(app.screen.query_one(KeyBar).render())
        await pilot.press("enter")
        await pilot.pause()
        assert opened == ["https://example.org"]
        await pilot.press("escape")
        assert isinstance(app.screen, MapScreen)
