"""Pane: scrollable rows of text, drawn line by line, with a cursor over the rows that have a key."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from dlroadmap.tui.filters import spelled_out
from dlroadmap.tui.widgets.prose import Row, keys

STYLES = (
    "heading",
    "strong",
    "em",
    "code",
    "muted",
    "todo",
    "doing",
    "done",
    "mastered",
    "due",
    "error",
    "link",
    "match",
    "cursor",
)
"""The names of styles that rows may have."""
READ_ON = Binding("pagedown,ctrl+d", "page(1)", "read on", id="pane.pgdn", key_display="PgDn", tooltip="page down")
"""For a long text, whose readers need to see this key."""
SCROLLED = 2
"""How many lines ↓ and ↑ scroll."""
Line = tuple[Text, str]
"""A line as it is drawn, and the key of its row."""


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows rows; wraps them to its width; the text can be selected with the mouse."""

    DEFAULT_CSS = """
    Pane {
        background: $background;
        color: $foreground;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & .pane--heading { color: $primary; text-style: bold; }
        & .pane--strong { text-style: bold; }
        & .pane--em { text-style: italic; }
        & .pane--code { color: $code; }
        & .pane--muted { color: $muted; }
        & .pane--todo { color: $muted; }
        & .pane--doing { color: $warning; }
        & .pane--done { color: $primary; }
        & .pane--mastered { color: $success; }
        & .pane--due { color: $accent; }
        & .pane--error { color: $error; }
        & .pane--link { text-style: underline; }
        & .pane--match { color: $warning; text-style: bold underline; }
        & .pane--cursor { background: $cursor-back; text-style: $cursor-style; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pane--{name}" for name in STYLES}

    cursor: reactive[str] = reactive("", repaint=False)
    """The key of the row under the cursor; "" if there is none."""

    @dataclass
    class Clicked(Message):
        """A row with a key was clicked, at a column of the pane."""

        pane: Pane
        key: str
        column: int

        @property
        def control(self) -> Pane:
            """The pane."""
            return self.pane

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id, classes=classes)
        self.rows: list[Row] = []
        self._lines: list[Line] = []
        self._wraps: list[tuple[Row, list[Line]]] = []
        self._strips: dict[int, Strip] = {}
        self._room = (0, False)
        """The width to which the lines were wrapped, and whether they are in ASCII."""
        self._height = 0
        """How many lines were visible before the last change of size."""
        self._styles: dict[str, Style] = {}

    def show(self, rows: list[Row], *, keep_scroll: bool = False) -> None:
        """Show rows, from the top unless the scroll is kept."""
        self.rows = rows
        if self.cursor and self.cursor not in set(keys(rows)):
            self.cursor = ""
        self._lay_out()
        if not keep_scroll:
            self.scroll_to(0, 0, animate=False, immediate=True)
        self._redraw()

    @property
    def text(self) -> str:
        """The text as it is shown, with its line breaks."""
        return "\n".join(text.plain for text, _ in self._lines)

    # Layout

    @property
    def room(self) -> int:
        """The width of a line in cells; one stays free before the scrollbar."""
        return self.scrollable_content_region.width - min(1, self.styles.scrollbar_size_vertical)

    @property
    def _ascii(self) -> bool:
        return self.app.has_class("-ascii")

    def _lay_out(self) -> None:
        room = self.room
        if room <= 0:
            self._room = (0, False)  # the pane is hidden: the first drawing will lay it out
            return
        hidden, as_before = self._room == (0, False), self._room == (room, self._ascii)
        before, lines_before = (self._wraps, self._lines) if as_before else ([], [])
        place, seen, cursor = self._place(), self._sees_cursor(self._height), self.cursor
        self.set_reactive(Pane.cursor, "")  # without a cursor: this change of the scroll isn't the reader's
        self._room = (room, self._ascii)
        width = max(10, room)
        # after a tick nearly all rows are unchanged, and wrapping takes most of the time
        kept = (lines if _same(row, was) else None for row, (was, lines) in zip(self.rows, before, strict=False))
        self._wraps = [(row, lines or self._wrapped(row, width)) for row, lines in zip_longest(self.rows, kept)]
        self._lines = [line for _, lines in self._wraps for line in lines]
        same = {n for n, (line, was) in enumerate(zip(self._lines, lines_before, strict=False)) if line is was}
        self._strips = {n: strip for n, strip in self._strips.items() if n in same}
        self._measure(Size(width, len(self._lines)))
        if not as_before:
            self._return_to(place)
        self.set_reactive(Pane.cursor, cursor)
        if (hidden and cursor) or (seen and not as_before):
            self._see_cursor()

    def _place(self) -> tuple[int, float]:
        """Return the index of the row at the top, and how much of it is above the top."""
        above = self.scroll_offset.y
        for number, (_, lines) in enumerate(self._wraps):
            if above < len(lines):
                return number, above / len(lines)
            above -= len(lines)
        return 0, 0.0

    def _return_to(self, place: tuple[int, float]) -> None:
        """Scroll to a place from `_place`, after the rows were wrapped again."""
        number, share = place
        *above, here = [0, *(len(lines) for _, lines in self._wraps[: number + 1])]
        self.scroll_to(y=sum(above) + int(share * here), animate=False, force=True)

    def _sees_cursor(self, height: int) -> bool:
        """Return whether a part of the cursor's row is among the first `height` visible lines."""
        top = self.scroll_offset.y
        return bool(self.cursor) and any(key == self.cursor for _, key in self._lines[top : top + height])

    def _see_cursor(self) -> None:
        """Scroll as little as needed to show the cursor's row; while the pane is hidden, leave that to the first drawing."""
        if self.room <= 0:
            self._room = (0, False)
            return
        lines = [n for n, (_, key) in enumerate(self._lines) if key == self.cursor]
        if lines:
            self.scroll_to_region(Region(0, lines[0], 1, len(lines)), animate=False, force=True, x_axis=False, immediate=True)

    def _measure(self, size: Size) -> None:
        """Set the size of the content; the screen is laid out again only if the scrollbar appears or disappears."""
        needs_bar = size.height > self.scrollable_content_region.height
        if needs_bar != self.show_vertical_scrollbar or self.styles.auto_dimensions:
            self.virtual_size = size
            return
        self.set_reactive(Pane.virtual_size, size)
        if needs_bar:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def _wrapped(self, row: Row, width: int) -> list[Line]:
        room = width - max(len(row.first), len(row.rest)) - (len(row.tail) + 2 if row.tail else 0)
        room = max(8, room)
        text = spelled_out(row.text, aligned=not row.wrap) if self._ascii else row.text
        pieces = (list(text.wrap(self.app.console, room)) or [Text()]) if row.wrap else _cut(text, room)
        lines = []
        for n, piece in enumerate(pieces):
            piece.rstrip()
            line = Text(no_wrap=True, end="")
            line.append(row.first if n == 0 else row.rest, row.mark or None)
            line.append_text(piece)
            if n == 0 and row.tail:
                line.append(" " * max(2, width - line.cell_len - len(row.tail)))
                line.append(row.tail, "muted")
            lines.append((line, row.key))
        return lines

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap again if the width has changed; the top row stays at the top, and the cursor in sight."""
        seen = self._sees_cursor(self._height)
        if self._fit():
            self.refresh()
        self._height = self.scrollable_content_region.height
        if seen:
            self._see_cursor()

    def _fit(self) -> bool:
        """Wrap the rows to the present width, in ASCII if that is wanted now; return whether anything has changed."""
        if not self.rows or (self.room, self._ascii) == self._room:
            return False
        self._lay_out()
        return True

    def notify_style_update(self) -> None:
        """Forget the colours after a change of theme."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    # Drawing

    def _redraw(self) -> None:
        """Draw the visible lines again that have changed; after a tick these are few."""
        top, size = self.scroll_offset.y, self.scrollable_content_region.size
        new = [Region(0, y, size.width, 1) for y in range(size.height) if top + y not in self._strips]
        if new:
            self.refresh(*new)

    def _named(self, name: str) -> Style:
        if name not in self._styles:
            style = Style()
            for part in name.split():
                if part in STYLES:
                    style += self.get_component_rich_style(f"pane--{part}", partial=True)
            self._styles[name] = style
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """Draw one line; the first line drawn at a new width wraps all of them, so that no frame shows an empty pane."""
        self._fit()
        x, top = self.scroll_offset
        number, width = top + y, self.size.width
        base = self.rich_style
        if number >= len(self._lines):
            return Strip.blank(width, base)
        if number not in self._strips or self.text_selection is not None:
            self._strips[number] = self._drawn(number, base)
        return self._strips[number].crop_extend(x, x + width, base).apply_offsets(x, number)

    def _drawn(self, number: int, base: Style) -> Strip:
        text, key = self._lines[number]
        if key and key == self.cursor:
            base += self._named("cursor")
        text = text.copy()
        if self.text_selection is not None and (span := self.text_selection.get_span(number)) is not None:
            start, end = span
            text.stylize(self.screen.get_component_rich_style("screen--selection"), start, len(text) if end == -1 else end)
        default = self._named(text.style) if isinstance(text.style, str) and text.style else Style()
        parts = text.render(_Console(self._named))  # type: ignore[arg-type] # only its get_style is called
        segments = [Segment(part.text, base + default + (part.style or Style())) for part in parts]
        strip = Strip(segments, text.cell_len)
        return strip.extend_cell_length(self.size.width, base) if key and key == self.cursor else strip

    # The cursor

    def watch_cursor(self) -> None:
        """Redraw, and keep the row in sight."""
        self._strips.clear()
        self.refresh()
        if self.cursor:
            self._see_cursor()

    def move(self, step: int) -> bool:
        """Move the cursor over the rows with a key; return whether it moved."""
        every = list(keys(self.rows))
        if not every:
            return False
        at = every.index(self.cursor) if self.cursor in every else (-1 if step > 0 else len(every))
        target = at + step
        if not 0 <= target < len(every):
            return False
        self.cursor = every[target]
        return True

    def on_click(self, event: events.Click) -> None:
        """Post which row was clicked."""
        number = self.scroll_offset.y + event.y - self.gutter.top
        if 0 <= number < len(self._lines) and self._lines[number][1]:
            self.post_message(self.Clicked(self, self._lines[number][1], event.x - self.gutter.left))

    # Selection

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text."""
        return selection.extract(self.text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 Textual's signature
        """Redraw with the new selection."""
        self._strips.clear()
        self.refresh()


class ReadingPane(Pane):
    """A pane for reading: the cursor moves from row to row, never past text that wasn't visible yet, and is always visible."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "walk(1)", "down", show=False, id="pane.down", tooltip="scroll, or move to the next line in sight"),
        Binding("up,k", "walk(-1)", "up", show=False, id="pane.up", tooltip="scroll, or move to the line before"),
        Binding("pagedown,ctrl+d", "page(1)", "page down", show=False, id="pane.pgdn", key_display="PgDn"),
        Binding("pageup,ctrl+u", "page(-1)", "page up", show=False, id="pane.pgup", key_display="PgUp"),
        Binding("g,home", "top", "top", show=False, id="pane.top"),
        Binding("G,end", "end", "end", show=False, id="pane.end"),
    ]

    def watch_cursor(self) -> None:
        """Offer the keys that do something on the cursor's row."""
        super().watch_cursor()
        self.screen.refresh_bindings()

    def action_walk(self, step: int) -> None:
        """Move the cursor to the next row with a key if it is in sight or nearly so; else scroll."""
        if next_one := self._next(step):
            self.cursor = next_one
        else:
            self.read_on(SCROLLED * step)

    def action_page(self, pages: int) -> None:
        """Scroll by one page, less two lines."""
        self.read_on(pages * (self.size.height - 2))

    def read_on(self, lines: int) -> None:
        """Scroll; without a cursor, put it on the first visible row (lines < 0: the last), so that it is never lost for good."""
        self.scroll_relative(y=lines, animate=False)
        if self.has_focus and not self.cursor:
            self._put(lines)

    def action_top(self) -> None:
        """Scroll to the top, with the cursor on the first visible row."""
        self.scroll_to(y=0, animate=False)
        self._put(1)

    def action_end(self) -> None:
        """Scroll to the end, with the cursor on the last visible row."""
        self.scroll_to(y=self.max_scroll_y, animate=False)
        self._put(-1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Move the cursor to the nearest visible row; if there is none, there is no cursor."""
        super().watch_scroll_y(old_value, new_value)
        if self.cursor and not self._sees_cursor(self.scrollable_content_region.height):
            self._put(1 if new_value > old_value else -1)

    def _seen(self, step: int, more: int = 0) -> list[str]:
        """Return the visible rows' keys, in the direction of a step; more: also those of this many lines beyond."""
        top = self.scroll_offset.y
        end = top + self.scrollable_content_region.height
        lines = self._lines[top : end + more] if step > 0 else self._lines[max(0, top - more) : end][::-1]
        return list(dict.fromkeys(key for _, key in lines if key))

    def _next(self, step: int) -> str:
        """Return the key after the cursor, or the first one without a cursor; "" if it is too far away."""
        near = self._seen(step, SCROLLED)
        return next(iter(near[near.index(self.cursor) + 1 :] if self.cursor in near else near), "")

    def _put(self, step: int) -> None:
        """Put the cursor on the first visible row (step < 0: the last), without scrolling."""
        self.set_reactive(Pane.cursor, next(iter(self._seen(step)), ""))
        self._strips.clear()
        self.refresh()
        self.screen.refresh_bindings()


class _Console:
    """The part of a console that rich's Text.render needs: the style of a name."""

    def __init__(self, named: object) -> None:
        self.named = named

    def get_style(self, name: str | Style, *, default: object = None) -> Style:  # noqa: ARG002 rich's signature
        return name if isinstance(name, Style) else self.named(name)  # type: ignore[operator] # Pane._named


def _same(row: Row, other: Row) -> bool:
    """Return whether two rows are drawn alike; rich's `==` ignores a text's own style."""
    return row == other and row.text.style == other.text.style


def _cut(text: Text, width: int) -> list[Text]:
    """Cut a line of code into pieces of at most `width` cells, also within words."""
    if text.cell_len <= width:
        return [text.copy()]
    offsets, cells, start = [], 0, 0
    for n, char in enumerate(text.plain):
        size = Text(char).cell_len
        if cells + size > width and n > start:
            offsets.append(n)
            cells, start = 0, n
        cells += size
    return list(text.divide(offsets))
