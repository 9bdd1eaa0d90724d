"""Drawings: figures as inline SVG. Colours are classes, which the page around them defines for light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import NamedTuple

from dlroadmap.stats import level

DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
WIDTH = 360
_CELL = 12
_LEFT = 32
_ROW = 34


class Bar(NamedTuple):
    """A bar with its name and figure: full up to `share`, lighter up to `within`, with a mark at `mark`."""

    name: str
    figure: str
    share: float
    within: float = 0.0
    mark: float | None = None


def _svg(width: float, height: float, label: str, parts: Iterator[str]) -> str:
    inside = "".join(parts)
    box = f'viewBox="0 0 {width:g} {height:g}" style="max-width:{width * 1.5:g}px"'
    return f'<svg {box} role="img" aria-label="{escape(label)}">{inside}</svg>'


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{more}>{escape(text)}</text>'


def bars(rows: Sequence[Bar], label: str) -> str:
    """Draw bars one below the other, each under its name and figure."""

    def parts() -> Iterator[str]:
        for n, row in enumerate(rows):
            top = n * _ROW
            room = max(8, int((WIDTH - 7 * len(row.figure) - 12) / 6.6))
            name = row.name if len(row.name) <= room else row.name[: room - 1].rstrip() + "…"
            yield _text(0, top + 12, name)
            yield _text(WIDTH, top + 12, row.figure, ' class="quiet" text-anchor="end"')
            yield f'<rect class="track" x="0" y="{top + 18}" width="{WIDTH}" height="9" rx="2"/>'
            for style, share in (("within", row.within), ("full", row.share)):
                if share > 0:
                    wide = max(2.0, min(1.0, share) * WIDTH)
                    yield f'<rect class="{style}" x="0" y="{top + 18}" width="{wide:.1f}" height="9" rx="2"/>'
            if row.mark is not None:
                yield f'<rect class="mark" x="{row.mark * WIDTH - 1:.1f}" y="{top + 15}" width="3" height="15"/>'

    return _svg(WIDTH, max(1, len(rows)) * _ROW, label, parts())


END = ' text-anchor="end"'


def columns(rows: Sequence[tuple[str, float, str]], label: str, *, unit: str = "") -> str:
    """Draw columns side by side, each a name, a value and a tooltip; only every few columns have their name below."""
    height, top, most = 90, 16, max([value for _, value, _ in rows], default=0)
    step = WIDTH / max(1, len(rows))
    every = max(1, -(-len(rows) * 48 // WIDTH))

    def parts() -> Iterator[str]:
        yield f'<line class="axis" x1="0" y1="{top + height}" x2="{WIDTH}" y2="{top + height}"/>'
        for n, (name, value, said) in enumerate(rows):
            tall = height * value / most if most else 0
            if tall:
                x, y, wide = n * step + step * 0.1, top + height - tall, step * 0.8
                yield f'<rect class="full" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}">'
                yield f"<title>{escape(said)}</title></rect>"
            if value == most and most and value not in [v for _, v, _ in rows[:n]]:
                anchor = "start" if n * step < 40 else "end" if n * step > WIDTH - 40 else "middle"
                at = n * step + {"start": 0, "end": step, "middle": step / 2}[anchor]
                yield _text(at, top - 4, f"{value:g}{unit}", f' class="quiet" text-anchor="{anchor}"')
            if n % every == 0:
                last = n * step > WIDTH - 40  # its name would reach over the edge
                yield _text(WIDTH if last else n * step, top + height + 14, name, f' class="quiet"{END if last else ""}')

    return _svg(WIDTH, top + height + 18, label, parts())


def heat_map(minutes: Mapping[date, float], first: date, weeks: int, today: date, label: str) -> str:
    """Draw the days from a Monday on, one column for each week, with the months above."""

    def parts() -> Iterator[str]:
        for weekday, name in enumerate(DAYS):
            if name:
                yield _text(0, 16 + weekday * _CELL + 9, name, ' class="quiet"')
        for n in range(weeks):
            begin = first + timedelta(weeks=n)
            if begin.day <= 7 and n < weeks - 1:
                yield _text(_LEFT + n * _CELL, 10, f"{begin:%b}", ' class="quiet"')
            for weekday in range(7):
                day = begin + timedelta(days=weekday)
                if day <= today:
                    done = minutes.get(day)
                    said = f"{day:%a %d %b %Y}: " + ("nothing" if done is None else f"{done:.0f} min")
                    place = f'x="{_LEFT + n * _CELL}" y="{16 + weekday * _CELL}" width="10" height="10" rx="2"'
                    yield f'<rect class="h{level(done)}" {place}><title>{escape(said)}</title></rect>'

    return _svg(_LEFT + weeks * _CELL, 16 + 7 * _CELL, label, parts())
