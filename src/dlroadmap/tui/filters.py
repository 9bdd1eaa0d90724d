"""The last filters of every drawn line: of its characters in ASCII mode, of its styles without colours."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text
from textual.color import Color
from textual.filter import LineFilter

from dlroadmap.spelling import spellings

_TWINS = str.maketrans(
    {
        **dict.fromkeys("─━═▔▁╌┄╶╴", "-"),
        **dict.fromkeys("│┃║▏▎▍▌▐▕▊▉", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬▖▗▘▝▛▜▙▟", "+"),
        **dict.fromkeys("█▇▆▅▄▃▂▁▀", "#"),
        **dict.fromkeys("▓▒", "="),
        **dict.fromkeys("░∙", "."),
        **dict.fromkeys("•−–—‐‑", "-"),
        **dict.fromkeys("►▸→", ">"),
        **dict.fromkeys("◄←", "<"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‘’′", "'"),
        **dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₙₜ", "0123456789+-ijnt", strict=True)),
        **dict(zip("✓◊·▾▼▲↑↓×÷≤≥≈‹›…²³\u00a0", "+**vv^^vx/<>~<>~23 ", strict=True)),
    }
)


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWER = re.compile(r"(?<![\d.,])10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


def _as_typed(power: re.Match[str]) -> str:
    return f"1e{power[1].translate(_RAISED)}"


@lru_cache(4096)
def one_for_one(text: str) -> str:
    """Return text in ASCII that takes as many cells as before; a character without a spelling of its width becomes ?."""
    if text.isascii():
        return text
    text = _POWER.sub(_as_typed, text)  # 5·10¹⁸ as 5*1e18: as wide, and the same number
    return "".join(c if c.isascii() else "?" * cell_len(c) for c in text.translate(_TWINS))


def spelled_out(text: Text, *, aligned: bool = False) -> Text:
    """Return a text in ASCII with its styles, before it is laid out: x² as x^2, σ as sigma.

    aligned: a line of a listing or a table; its columns are kept if all its characters have a spelling of their width.
    """
    if text.plain.isascii() or (aligned and "?" not in one_for_one(text.plain)):
        return text
    parts = spellings(text.plain)
    at = [0, *accumulate(len(part) for part in parts)]
    spans = [Span(at[span.start], at[min(span.end, len(parts))], span.style) for span in text.spans]
    return Text("".join(parts), text.style, spans=spans, no_wrap=text.no_wrap, end=text.end)


class Ascii(LineFilter):
    """Turns everything into ASCII: also borders, bars, scrollbars and signs."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 Textual's signature
        """Return the segments in ASCII."""
        return [Segment(one_for_one(text), style, control) for text, style, control in segments]


@lru_cache(1024)
def colourless(style: Style) -> Style:
    """Return a style without its colours; bold, underlined, reversed and the meaning of a click stay."""
    bare = Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        reverse=style.reverse,
        link=style.link,
    )
    return bare + Style.from_meta(style.meta) if style.meta else bare


class NoColour(LineFilter):
    """Removes all colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 Textual's signature
        """Return the segments without colours."""
        return [Segment(text, style and colourless(style), control) for text, style, control in segments]
