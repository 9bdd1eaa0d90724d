"""Signs, in Unicode and in ASCII: each one cell wide, always beside a word or a place that says the same."""

from __future__ import annotations

from typing import NamedTuple

from dlroadmap.standing import Standing
from dlroadmap.terminal import needs_ascii


class Signs(NamedTuple):
    """One alphabet of signs."""

    todo: str
    doing: str
    done: str
    mastered: str
    due: str
    skipped: str
    right: str
    wrong: str
    partly: str
    folded: str
    unfolded: str
    full: str
    part: str
    empty: str
    bullet: str
    cursor: str
    heat: str
    """The signs for a day of the heat map, from nothing done to most."""
    empty_day: str
    stated: str
    ascii: bool

    def of(self, standing: Standing) -> str:
        """Return a standing's sign."""
        return str(getattr(self, standing))

    def bar(self, share: float, width: int, *, second: float = 0.0) -> str:
        """Return a bar: full up to `second` (known today), shaded up to `share` (ever passed); both from 0 to 1."""
        passed = min(width, round(share * width) or (1 if share > 0 else 0))
        known = min(passed, round(second * width))
        return self.full * known + self.part * (passed - known) + self.empty * (width - passed)


UNICODE = Signs("∙", "►", "✓", "◊", "◄", "-", "✓", "x", "~", "▸", "▾", "█", "▒", "░", "•", "►", " ░▒▓█", "·", "┃", ascii=False)
ASCII = Signs(".", "o", "+", "*", "!", "-", "+", "x", "~", ">", "v", "#", "=", ".", "-", ">", " -+*#", ".", "|", ascii=True)


def signs(wanted: str = "auto") -> Signs:
    """Return the signs that are wanted; auto: those that this terminal can show."""
    return ASCII if needs_ascii(wanted) else UNICODE
