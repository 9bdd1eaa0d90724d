"""Keys in a real terminal of 120x36, from the key to what it draws: rows of docs/performance.md."""

from __future__ import annotations

from pathlib import Path

from benchmarks.first_frame import OURS
from benchmarks.terminal import Terminal
from dlroadmap.library import Library
from dlroadmap.places import Places

DOWN, TOP, TICK, UNDO, STATS = b"\x1b[B", b"g", b" ", b"u", b"3"
CHECKPOINT, FIRST, LOCK = b"c", b"1", b"\r"
TOAST = 3.5
"""Seconds after which a toast is gone."""


def _opened(home: Path, *words: str) -> Terminal:
    terminal = Terminal([*OURS, *words], environ={"DLROADMAP_HOME": str(home)})
    terminal.drawn()
    terminal.drawn(first=1.5)  # what follows the first frame
    return terminal


def _to_top(ours: Terminal) -> None:
    ours.press(DOWN)  # from the top there would be nothing to draw
    ours.press(TOP)


def moves(home: Path, times: int = 80) -> tuple[list[float], list[float]]:
    """Return the milliseconds of cursor moves: to the first byte (the cursor's move) and to the last (the topic's page)."""
    first, last = [], []
    with _opened(home) as ours:
        _to_top(ours)
        for _ in range(times):
            began, ended = ours.press_both(DOWN)
            first.append(1000 * began)
            last.append(1000 * ended)
    return first, last


def ticks(home: Path, times: int = 15) -> list[float]:
    """Return the milliseconds from the key to a tick that is committed and drawn, on so many topics."""
    places = Places(home, home, home / "cache")
    lines = [topic for phase in Library(places).open(None).roadmap.phase for topic in (None, *phase.topic)]
    found = []
    with _opened(home) as ours:
        _to_top(ours)
        ours.press(DOWN)
        for topic in lines[2:]:  # the first topic is ticked by the verb's row
            ours.press(DOWN)
            if topic is None or len(found) == times:  # Space folds a phase
                continue
            found.append(1000 * ours.press_until(TICK, "✓ done".encode()))
            ours.drawn(first=TOAST)
            ours.press(UNDO)
            ours.drawn(first=TOAST)
    return found


def answers(home: Path, roadmap: str, times: int = 5) -> list[float]:
    """Return the milliseconds from locking an answer to its feedback, in the checkpoints of some topics that ask choices."""
    found = []
    with _opened(home, "--roadmap", roadmap) as ours:
        _to_top(ours)
        ours.press(DOWN)
        ours.press(CHECKPOINT)
        ours.drawn(first=1.0)
        for _ in range(times):
            ours.press(FIRST)
            found.append(1000 * ours.press_until(LOCK, b"Right", b"Not yet"))
            ours.drawn(first=0.3)
            ours.press(LOCK)  # the next question
    return found


def stats(home: Path, times: int = 5) -> list[float]:
    """Return the milliseconds from the key to the Stats screen with its figures."""
    found = []
    with _opened(home) as ours:
        for _ in range(times):
            found.append(1000 * ours.press_until(STATS, b"Activity and hours"))
            ours.drawn(first=0.5)
            ours.press(b"\x1b")
            ours.drawn(first=1.0)
    return found
