"""How cost grows with history and map: `python -m benchmarks.growth [FILE.svg]` (docs/growth.svg by default).

First frame and peak memory of the Map for 100 to 100,000 answers on the bundled roadmap, and for roadmaps of 100 to 10,000 topics
without questions. Medians of runs that take turns; both axes are logarithmic where they tell sizes.
"""

from __future__ import annotations

import math
import statistics
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from benchmarks.__main__ import LARGE_PAGE, PAGE, installed, large_roadmap, learner
from benchmarks.first_frame import bare_frame, our_frame
from dlroadmap.library import Library
from dlroadmap.places import Places

ANSWERS = (100, 1000, 10_000, 100_000)
TOPICS = (100, 1000, 10_000)
TIMES = 7
Point = tuple[float, float, float]
"""A size, the milliseconds to the first frame, the peak memory in MB."""
Run = tuple[Path, tuple[str, ...], tuple[bytes, ...]]
"""A data folder, words of the command line, and what can be read on the first frame."""


def measured(folder: Path) -> tuple[list[Point], list[Point], Point]:
    """Return what each number of answers, each number of topics, and the bare Textual program cost."""
    runs: list[Run] = [(learner(folder, f"answers-{answers}", answers), (), PAGE) for answers in ANSWERS]
    home = folder / "answers-100"
    for topics in TOPICS:
        (folder / f"topics-{topics}").mkdir()
        file = str(large_roadmap(folder / f"topics-{topics}", topics, 0))
        Library(Places(home, home, home / "cache")).open(file)  # its first reading takes its time
        runs.append((home, ("--roadmap", file), LARGE_PAGE))
    for home, words, wanted in runs:
        our_frame(home, *words, wanted=wanted)  # bytecode, caches and snapshots warm
    bare_frame()
    rounds = [[bare_frame(), *(our_frame(home, *words, wanted=wanted) for home, words, wanted in runs)] for _ in range(TIMES)]
    bare, *ours = [tuple(statistics.median(column) for column in zip(*found, strict=True)) for found in zip(*rounds, strict=True)]
    points = [(float(size), *found) for size, found in zip((*ANSWERS, *TOPICS), ours, strict=True)]
    return points[: len(ANSWERS)], points[len(ANSWERS) :], (0.0, *bare)


# A drawing of four panels; its text is as plain as what it draws.

WIDTH, HEIGHT, LEFT, TOP = 340, 210, 58, 34
INK, GRID, LINE, BARE = "#1b1f26", "#b9b4a8", "#005a9c", "#8a5a00"


def panel(x: int, y: int, title: str, axis: str, points: Sequence[tuple[float, float]], bare: float, unit: str) -> str:
    """Draw one curve over a logarithmic axis, with the bare Textual program as a dashed line."""
    top = 1.15 * max(bare, *(value for _, value in points))
    low, high = math.log10(points[0][0]), math.log10(points[-1][0])
    inner_x, inner_y = WIDTH - LEFT - 22, HEIGHT - TOP - 44

    def at(size: float, value: float) -> tuple[float, float]:
        return x + LEFT + inner_x * (math.log10(size) - low) / (high - low), y + TOP + inner_y * (1 - value / top)

    def text(left: float, base: float, words: str, anchor: str = "middle", colour: str = INK) -> str:
        return f'<text x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'

    left, bottom, (right, level) = x + LEFT, y + TOP + inner_y, at(points[-1][0], bare)
    line = " ".join(f"{a:.1f},{b:.1f}" for a, b in (at(*point) for point in points))
    parts = [
        text(left, y + 18, title, "start"),
        f'<path d="M{left} {y + TOP}V{bottom}H{right}" fill="none" stroke="{GRID}"/>',
        f'<path d="M{left} {level:.1f}H{right}" stroke="{BARE}" stroke-dasharray="4 4"/>',
        text(right, level - 5, f"bare Textual {bare:.0f}", "end", BARE),
        text((left + right) / 2, bottom + 34, axis),
        text(left - 6, y + TOP + 4, f"{top:.0f} {unit}", "end"),
        text(left - 6, bottom, "0", "end"),
        f'<polyline points="{line}" fill="none" stroke="{LINE}" stroke-width="2"/>',
    ]
    for size, value in points:
        a, b = at(size, value)
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{LINE}"/>', text(a, b - 8, f"{value:.0f}", colour=LINE)]
        parts.append(text(a, bottom + 16, f"{size:,.0f}"))
    return "\n".join(parts)


def drawing(answers: list[Point], topics: list[Point], bare: Point) -> str:
    """Return the SVG of all four panels."""
    panels = [
        panel(
            column * WIDTH,
            row * HEIGHT,
            f"{what} by {axis.split(' ', maxsplit=1)[0]}",
            axis,
            [(p[0], p[row + 1]) for p in points],
            bare[row + 1],
            unit,
        )
        for row, (what, unit) in enumerate((("First frame", "ms"), ("Peak memory", "MB")))
        for column, (axis, points) in enumerate((("answers in the journal", answers), ("topics of the roadmap", topics)))
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}" font-family="sans-serif" font-size="11">'
    )
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fbfaf7"/>', *panels, "</svg>\n"])


def main() -> None:
    """Measure, print and draw."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "growth.svg"
    with tempfile.TemporaryDirectory() as scratch:
        installed(Path(scratch))
        answers, topics, bare = measured(Path(scratch))
    for name, points in (("bare", [bare]), ("answers", answers), ("topics", topics)):
        for size, taken, memory in points:
            print(f"{name:<8} {size:>8,.0f}   {taken:5.0f} ms   {memory:5.1f} MB")
    target.write_text(drawing(answers, topics, bare), encoding="utf-8")


if __name__ == "__main__":
    main()
