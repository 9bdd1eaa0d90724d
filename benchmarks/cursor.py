"""How long a key in the tree takes until the last byte of the topic's page, in a real terminal of 120x36.

    python -m benchmarks.cursor

Moves the cursor down through the bundled roadmap, a key after another, alternating with a bare Textual program that has a tree of
as many lines and a page of one line. Prints the medians and the 95th percentiles, and the ratio of the medians.
"""

from __future__ import annotations

import statistics
import sys
import tempfile

from benchmarks.terminal import Terminal

DOWN = b"\x1b[B"
MOVES = 80


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home:
        ours = Terminal([sys.executable, "-m", "dlroadmap"], environ={"DLROADMAP_HOME": home})
        bare = Terminal([sys.executable, "-m", "benchmarks.bare"])
        with ours, bare:
            ours.drawn()
            bare.drawn()
            ours.drawn(first=1.5)
            times: dict[str, list[float]] = {"dlroadmap": [], "bare Textual": []}
            for _ in range(MOVES):
                times["dlroadmap"].append(1000 * ours.press(DOWN))
                times["bare Textual"].append(1000 * bare.press(DOWN))
    for name, found in times.items():
        print(f"{name:<14} median {statistics.median(found):6.1f} ms   95th {statistics.quantiles(found, n=20)[18]:6.1f} ms")
    print(f"ratio of the medians {statistics.median(times['dlroadmap']) / statistics.median(times['bare Textual']):.2f}")


if __name__ == "__main__":
    main()
