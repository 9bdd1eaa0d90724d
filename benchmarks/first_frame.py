"""The first frame and the verbs against the bare Textual program: rows of docs/performance.md."""

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
    """Return the medians of some measures, taken in turn, after a turn that warms bytecode and caches."""
    for measure in measures:
        measure()
    rows = [[measure() for measure in measures] for _ in range(times)]
    return [statistics.median(column) for column in zip(*rows, strict=True)]
