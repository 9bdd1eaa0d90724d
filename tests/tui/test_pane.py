"""A pane of rows: where it is scrolled to, and where its cursor stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from dlroadmap.tui.themes import OURS
from dlroadmap.tui.widgets.pane import Pane, ReadingPane
from dlroadmap.tui.widgets.prose import Row, plain

TEXT = [
    plain(f"Paragraph {n}. " + "It goes on for a while, so that it is wrapped where there is little room. " * 3) for n in range(40)
]
CHOICES = [plain(f"choice {n}", key=str(n)) for n in range(3)]


class Shown(App[None]):
    """A pane alone."""

    def __init__(self, rows: list[Row], kind: type[Pane]) -> None:
        super().__init__()
        self.register_theme(OURS[0])
        self.theme = OURS[0].name
        self.rows, self.kind = rows, kind

    def get_css_variables(self) -> dict[str, str]:
        return {"cursor-style": "none", **super().get_css_variables()}

    def compose(self) -> ComposeResult:
        yield self.kind()


@asynccontextmanager
async def shown(rows: list[Row], kind: type[Pane] = ReadingPane) -> AsyncIterator[tuple[Pilot[None], Pane]]:
    app = Shown(rows, kind)
    async with app.run_test(size=(120, 30)) as pilot:
        pane = app.query_one(kind)
        pane.show(rows)
        pane.focus()
        await pilot.pause()
        yield pilot, pane


def lines_in_sight(pane: Pane) -> list[str]:
    top = pane.scroll_offset.y
    return pane.text.split("\n")[top : top + pane.size.height]


async def test_another_width_keeps_the_passage_that_is_at_the_top() -> None:
    async with shown(TEXT) as (pilot, pane):
        while not lines_in_sight(pane)[0].startswith("Paragraph 12"):
            pane.scroll_relative(y=1, animate=False)
        before = lines_in_sight(pane)[0]
        for size in ((60, 20), (120, 30), (80, 24), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert lines_in_sight(pane)[0].startswith(before[:12]), size


@pytest.mark.parametrize("size", [(120, 30), (60, 20)])
async def test_no_line_touches_the_scrollbar(size: tuple[int, int]) -> None:
    async with shown([*TEXT, plain("ends", tail="at the right"), Row(Text("x" * 200), wrap=False)]) as (pilot, pane):
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert pane.show_vertical_scrollbar
        assert max(map(len, pane.text.split("\n"))) == pane.scrollable_content_region.width - 1


@pytest.mark.parametrize("kind", [Pane, ReadingPane])
@pytest.mark.parametrize("size", [(60, 20), (120, 8), (50, 8)])
async def test_another_size_keeps_the_cursor_in_sight(kind: type[Pane], size: tuple[int, int]) -> None:
    async with shown([*TEXT[:8], *CHOICES], kind) as (pilot, pane):
        pane.cursor = "2"
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert "choice 2" in lines_in_sight(pane)
        assert pane.cursor == "2"


async def test_the_cursor_is_never_out_of_sight() -> None:
    async with shown([*CHOICES, *TEXT, *[row._replace(key=f"/{row.key}") for row in CHOICES], *TEXT[:2]]) as (pilot, pane):
        await pilot.press("j", "j")
        assert pane.cursor == "1"
        await pilot.press("G")
        assert pane.cursor == "/2"
        await pilot.press("g")
        assert pane.cursor == "0"
        pane.scroll_relative(y=2, animate=False)
        assert pane.cursor == "2"
        pane.scroll_relative(y=10, animate=False)
        assert pane.cursor == ""


async def test_down_and_up_leap_over_no_text() -> None:
    async with shown([*CHOICES, *TEXT[:20], *[row._replace(key=f"/{row.key}") for row in CHOICES], *TEXT[20:]]) as (pilot, pane):
        lines, seen = pane.text.split("\n"), [""]
        for key, last in (("down", "/2"), ("up", "0")):
            at = pane.scroll_offset.y
            while pane.cursor != last:
                await pilot.press(key)
                assert abs(pane.scroll_offset.y - at) <= 2
                at = pane.scroll_offset.y
                seen += [pane.cursor] if pane.cursor != seen[-1] else []
                assert not pane.cursor or f"choice {pane.cursor[-1]}" in lines_in_sight(pane)
        assert seen == ["", "0", "1", "2", "", "/0", "/1", "/2", "/1", "/0", "", "2", "1", "0"]
        assert lines == pane.text.split("\n")


async def test_page_down_and_up_go_by_what_is_in_sight() -> None:
    async with shown(TEXT) as (pilot, pane):
        await pilot.press("pagedown")
        assert pane.scroll_offset.y == pane.size.height - 2
        await pilot.press("pageup")
        assert pane.scroll_offset.y == 0


async def test_what_it_was_given_while_hidden_is_what_it_shows() -> None:
    """On a narrow terminal the page of the next topic is given while the tree hides it."""
    async with shown(TEXT) as (pilot, pane):
        pane.display = False
        await pilot.pause()
        pane.show(TEXT[20:])
        pane.display = True
        await pilot.pause()
        assert lines_in_sight(pane)[0].startswith("Paragraph 20.")
        assert pane.render_line(0).text.startswith("Paragraph 20.")


async def test_the_cursor_it_was_given_while_hidden_is_in_sight() -> None:
    async with shown(TEXT) as (pilot, pane):
        for _ in range(2):
            pane.display = False
            await pilot.pause()
            pane.show([*TEXT, *CHOICES])
            pane.cursor = "2"
            pane.display = True
            await pilot.pause()
            assert pane.cursor == "2"
            assert "choice 2" in lines_in_sight(pane)
            await pilot.press("g")


async def test_paging_puts_the_cursor_on_the_first_row_in_sight_where_there_is_none() -> None:
    async with shown([*TEXT[:20], *CHOICES, *TEXT]) as (pilot, pane):
        while "choice 1" not in lines_in_sight(pane):
            assert pane.cursor == ""
            await pilot.press("pagedown")
        assert pane.cursor == "0"
        await pilot.press("G")
        assert pane.cursor == ""
        while "choice 1" not in lines_in_sight(pane):
            assert pane.cursor == ""
            await pilot.press("pageup")
        assert pane.cursor == "2"


async def test_pane_may_begin_with_nothing() -> None:
    async with shown([]) as (pilot, pane):
        pane.show([])
        await pilot.resize_terminal(120, 36)
        pane.show([])
        await pilot.pause()
        assert pane.text == ""
