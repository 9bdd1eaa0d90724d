"""The first frame, verbs and keys against the bare Textual program: the rows of docs/performance.md."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.terminal import Terminal

OURS = [sys.executable, "-m", "dlroadmap"]
BARE = [sys.executable, "-m", "benchmarks.bare"]
DOWN = b"\x1b[B"


def bare_frame() -> tuple[float, float]:
    """Return the milliseconds to the bare program's first frame, and its peak memory in MB."""
    with Terminal(BARE) as bare:
        return 1000 * bare.shows(b"topic 0", b"page "), _settled(bare)


def our_frame(home: Path, *words: str, wanted: tuple[bytes, ...]) -> tuple[float, float]:
    """Return the milliseconds until phases and page can be read, and the peak memory in MB."""
    with Terminal([*OURS, *words], environ={"DLROADMAP_HOME": str(home)}) as ours:
        return 1000 * ours.shows(*wanted), _settled(ours)


def _settled(terminal: Terminal) -> float:
    terminal.drawn(first=0.5)
    return terminal.peak()


def verb(*words: str, home: Path | None = None) -> float:
    """Return the milliseconds of a whole run of a command."""
    environment = {**os.environ, "DLROADMAP_HOME": str(home)} if home else dict(os.environ)
    begin = time.perf_counter()
    subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - begin)


def medians(times: int, *measures: Callable[[], float]) -> list[float]:
    """Return the medians of some measures, taken in turn."""
    rows = [[measure() for measure in measures] for _ in range(times)]
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def keys(home: Path, moves: int = 60) -> dict[str, list[float]]:
    """Return the milliseconds of cursor moves (to the first and the last byte) and of ticks, as they come."""
    found: dict[str, list[float]] = {"move": [], "page": [], "tick": []}
    with Terminal(OURS, environ={"DLROADMAP_HOME": str(home)}) as ours:
        ours.drawn()
        ours.drawn(first=1.5)
        for n in range(moves):
            first, last = ours.press_both(DOWN)
            found["move"].append(1000 * first)
            found["page"].append(1000 * last)
            if n % 3 == 0:
                found["tick"].append(1000 * ours.press_both(b" ")[1])
                ours.press(b"u")
    return found
