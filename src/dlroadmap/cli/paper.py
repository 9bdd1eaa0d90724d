"""Paper: printing for people, as lines of plain text that fit the terminal. Text from files is never markup here."""

from __future__ import annotations

import os
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from dlroadmap.cli.encoding import put
from dlroadmap.spelling import SIGNS
from dlroadmap.terminal import is_colourless, needs_ascii

if TYPE_CHECKING:
    from dlroadmap.standing import Standing

WIDEST = 100
"""The longest line of prose, however wide the terminal is."""

NARROWEST = 20
TABLE = 60
"""From this many columns on tables have columns; with fewer, and for rows that are too wide, rows are sentences."""
SHORTEST = 24
"""If titles would be cut shorter than this, a table has no bars."""

SIGN: dict[Standing, str] = {"todo": "∙", "doing": "►", "done": "✓", "mastered": "◊", "skipped": "-"}
_COLOUR = {"►": "yellow", "✓": "blue", "◊": "green", "◄": "magenta", "x": "red", "~": "yellow"}


def _columns() -> int:
    """Return COLUMNS if that is set, else the terminal's width, else 80."""
    with suppress(ValueError):
        if (wanted := int(os.environ.get("COLUMNS", "0"))) > 0:
            return wanted
    with suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr] # None is an AttributeError
    return 80


class Paper:
    """Lines for a terminal of one width, in colour or not."""

    def __init__(self, *, colour: bool = True, symbols: str = "auto", plain: bool = False) -> None:
        """Print on stdout; plain: for a screen reader, without signs, bars and columns."""
        self.plain = plain
        dull = is_colourless() or plain
        if sys.platform == "win32":  # its old console shows escape sequences as text
            dull = dull or "WT_SESSION" not in os.environ
        self.colour = colour and not dull and sys.stdout.isatty()
        self.width = max(NARROWEST, min(WIDEST, _columns()))
        self.columns = self.width >= TABLE and not plain
        self._ascii = needs_ascii(symbols, encoding=sys.stdout.encoding or "")

    def line(self, text: str = "") -> None:
        """Print one line as it is."""
        put(_without_signs(text).rstrip())

    def row(self, text: str) -> None:
        """Print a line of a table; as a sentence if there are no columns, or if it is too wide."""
        if self.columns and cells(text) <= self.width:
            self.line(text)
        else:
            self.sentence(text)

    def sentence(self, text: str) -> None:
        """Print a line of a table as a sentence, with its cells separated by commas."""
        import click  # noqa: PLC0415 the Map doesn't wait for it

        parts = re.sub(r"(?<=[^\s?:.,]) {2,}(?=\S)", ", ", _without_signs(click.unstyle(text).strip()))
        if self.plain:
            self.line(_spoken(parts))
        else:
            self.say(parts, rest="  ")

    def say(self, text: str, first: str = "", rest: str | None = None) -> None:
        """Print wrapped text; `first` and `rest` stand before its first and further lines, and only they may have colours."""
        if self.plain:
            first, text = _spoken(first, at_end=False), _spoken(text)
        lead = " " * cells(first)
        rest = lead if rest is None else rest
        rows = textwrap.wrap(
            one_line(text),
            max(self.width, len(lead) + NARROWEST),
            initial_indent=lead,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
        for n, row in enumerate(rows or [lead]):
            self.line(row if n else first + row[len(lead) :])

    def shares(self, rows: Sequence[tuple[str, float, str]]) -> None:
        """Print numbered titles, each with a bar of its share and a text behind it; if there is little room, without bars."""
        tail = max((cells(behind) for _, _, behind in rows), default=0)
        longest = max((cells(title) for title, _, _ in rows), default=0)
        room = self.width - 5 - tail
        bars = room - 14 >= min(longest, SHORTEST)
        width = max(1, min(longest, room - 14 if bars else room))
        for number, (title, share, behind) in enumerate(rows, 1):
            if self.columns:
                bar = f"{self.bar(share)}  " if bars else ""
                self.row(f"{number:>2} {padded(title, width)}  {bar}{behind}")
            else:
                self.sentence(f"{number} {title}  {behind}")

    def heading(self, text: str) -> None:
        """Print a section's heading after an empty line."""
        import click  # noqa: PLC0415 the Map doesn't wait for it

        self.line()
        self.line(click.style(text, bold=True) if self.colour else text)

    def prose(self, text: str, indent: str = "  ") -> None:
        """Print Markdown as text: paragraphs and list items are wrapped, code isn't."""
        for row in _prose(text, self.width - len(indent)):
            self.line(indent + row)

    def sign(self, sign: str) -> str:
        """Return a sign in its colour; the word that goes with it says the same."""
        import click  # noqa: PLC0415 the Map doesn't wait for it

        if self.plain:
            return _NO_SIGN
        shown = sign.translate(SIGNS) if self._ascii else sign
        return click.style(shown, fg=_COLOUR[sign]) if self.colour and sign in _COLOUR else shown

    def of(self, standing: Standing) -> str:
        """Return a standing's sign."""
        return self.sign(SIGN[standing])

    def box(self, *, ticked: bool) -> str:
        """Return a box, ticked or not; plain: the word."""
        if self.plain:
            return "done:" if ticked else "to do:"
        return "[x]" if ticked else "[ ]"

    def bar(self, share: float, width: int = 12) -> str:
        """Return a bar for a share from 0 to 1; above 0 at least one cell is full, and all cells only at 1."""
        if self.plain:
            return _NO_SIGN
        full = width if share >= 1 else min(width - 1, max(round(share * width), 1 if share > 0 else 0))
        return self.sign("█") * full + self.sign("░") * (width - full)


_NO_SIGN = "\0"
"""Stands where a sign would be; no text from a file can contain this character."""


def _without_signs(text: str) -> str:
    """Return a line without the places of signs and the spaces after them."""
    return text.replace(f"{_NO_SIGN} ", "").replace(_NO_SIGN, "") if _NO_SIGN in text else text


def _spoken(text: str, *, at_end: bool = True) -> str:
    """Return a line for reading aloud: no runs of spaces, commas instead of dots between parts."""
    text = re.sub(r" {2,}", " ", _without_signs(text)).replace(" · ", ", ").lstrip()
    return text.rstrip() if at_end else text


def one_line(text: str) -> str:
    """Return any text as one clean line for a terminal."""
    from dlroadmap.roadmap import clean  # noqa: PLC0415 -h prints without it

    return " ".join(clean(text).split())


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes, without its colour sequences."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """Return a text padded with spaces, or cut, to a width in cells."""
    if cells(text) > width:
        while text and cells(text) >= width:
            text = text[:-1]
        text = text.rstrip() + "…"
    return text + " " * (width - cells(text))


def _prose(text: str, width: int) -> Iterator[str]:
    """Yield the lines of Markdown shown as text."""
    kept: list[str] = []
    fence = hang = ""

    def paragraph() -> Iterator[str]:
        if kept:
            yield from textwrap.wrap(
                _unstarred(" ".join(kept)), max(width, NARROWEST), subsequent_indent=hang, break_on_hyphens=False
            )
            kept.clear()

    for row in _apart(text.splitlines()):
        mark = re.match(r"\s*(```+|~~~+)", row)
        item = re.match(r"(\s{0,8}(?:[-*+•]|\d{1,3}[.)])\s+)\S", row)
        if mark and (not fence or mark[1].startswith(fence)):
            yield from paragraph()
            fence = "" if fence else mark[1]
        elif fence:
            yield "  " + row
        elif not row.strip() or (row.startswith(("|", "    ")) and not kept):
            yield from paragraph()
            hang = ""
            yield row
        elif item:
            yield from paragraph()
            hang = " " * len(item[1])
            kept.append(row)
        else:
            kept.append(row.strip())
    yield from paragraph()


def _unstarred(text: str) -> str:
    """Return a paragraph without the stars of **strong** and *stressed* words; stars of powers, arguments and code stay."""
    parts = re.split(r"(`+[^`]*`+)", text)
    parts[::2] = [re.sub(r"(?<![\w*])(\*\*?)(?=[^\s*])([^*]*[^\s*])\1(?![\w*])", r"\2", part) for part in parts[::2]]
    return "".join(parts)


def _apart(rows: list[str]) -> Iterator[str]:
    """Yield the lines of Markdown with an empty line before and after each fenced code block."""
    fence, before = "", ""
    for row in rows:
        mark = re.match(r"\s*(```+|~~~+)", row)
        if mark and not fence:
            if before.strip():
                yield ""
            fence, before = mark[1], row
        elif mark and mark[1].startswith(fence):
            fence, before = "", "```"
        elif not fence:
            if before == "```" and row.strip():
                yield ""
            before = row
        yield row
