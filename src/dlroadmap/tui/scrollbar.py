"""A scrollbar of characters, for screens without colours: Textual's own is made of background colours."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

BAR = Color.parse("bright_magenta")
BACK = Color.parse("#555555")


class DrawnScrollBar(ScrollBarRender):
    """A thumb of blocks on a line."""

    @classmethod
    def render_bar(  # noqa: PLR0917 Textual's signature
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = BACK,
        bar_color: Color = BAR,
    ) -> Segments:
        """Draw the bar."""
        if not vertical:
            return super().render_bar(size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color)
        start = length = 0
        if window_size and size and virtual_size and size != virtual_size:
            length = max(1, round(size * window_size / virtual_size))
            start = round((size - length) * position / max(1, virtual_size - window_size))
        rows = []
        for row in range(int(size)):
            inside = start <= row < start + length
            what = "grab" if inside else "scroll_up" if row < start else "scroll_down"
            rows.append(Segment(("█" if inside else "│") * thickness, Style(color=bar_color, meta={"@mouse.down": what})))
        return Segments(rows, new_lines=True)
