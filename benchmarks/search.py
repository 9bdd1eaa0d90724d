"""How long a key in Search takes until the last byte of what it finds, in a real terminal of 120x36, on the bundled roadmap.

    python -m benchmarks.search

Types queries letter by letter, with pauses as a fast typist makes them, and prints the median, the 95th percentile and the slowest;
beside it what the search itself takes, without drawing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time

from benchmarks.terminal import Terminal
from dlroadmap.library import Library
from dlroadmap.places import places
from dlroadmap.search import index, search

QUERIES = ("gradient", "backprop", "lstm gates", "attention soft", "transfromer", "adam", "how to read", "xyzzyx")
CLEAR = b"\x15"


def main() -> None:
    """Measure and print."""
    found = index(Library(places()).open().roadmap)
    bare: list[float] = []
    for query in QUERIES:
        for end in range(1, len(query) + 1):
            start = time.perf_counter()
            search(found, query[:end], most=6)
            bare.append(1000 * (time.perf_counter() - start))
    drawn: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal([sys.executable, "-m", "dlroadmap"], environ={"DLROADMAP_HOME": home, "COLORTERM": "truecolor"})
        with terminal:
            terminal.drawn()
            terminal.press(b"\x1b")
            terminal.drawn(first=1.5)
            terminal.press(b"/")
            terminal.press(b"a")
            for query in QUERIES:
                terminal.press(CLEAR)
                drawn += [1000 * terminal.press(char.encode()) for char in query]
    for name, times in (("the search alone", bare), ("key to last byte", drawn)):
        late = statistics.quantiles(times, n=20)[18]
        print(f"{name}  median {statistics.median(times):5.1f} ms   95th {late:5.1f} ms   slowest {max(times):5.1f} ms")
    print(f"{len(found.entries)} entries, {len(drawn)} keys")


if __name__ == "__main__":
    main()
