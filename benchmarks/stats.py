"""What opening Stats costs: `python -m benchmarks.stats`.

For a learner with 10,000 and 100,000 answers on the bundled roadmap: the milliseconds that the figures take, and those from the
key `3` to the screen as it is drawn, at 120x36. Medians.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.history import NOW, write
from benchmarks.history import median as timed
from dlroadmap.library import Library
from dlroadmap.places import Places
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.stats import StatsScreen
from dlroadmap.tui.widgets.pane import Pane

COUNTS = (10_000, 100_000)
TIMES = 15


async def opening(study: Study) -> float:
    """Return the median of the milliseconds from the key to the drawn screen."""
    app = RoadmapApp(study)
    taken = []
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for _ in range(TIMES):
            begin = time.perf_counter()
            await pilot.press("3")
            while not (isinstance(app.screen, StatsScreen) and app.screen.query_one("#left", Pane).rows):
                await pilot.pause()
            taken.append(1000 * (time.perf_counter() - begin))
            await pilot.press("escape")
            await pilot.pause()
    return median(taken)


def main() -> None:
    """Measure, and print."""
    print("answers   figures   key to screen")
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            here = Places(Path(folder), Path(folder), Path(folder) / "cache")
            write(here.journal, Library(here).open(None).roadmap, count)
            study = Study.open(at=here, clock=lambda: NOW)
            print(f"{count:>7}   {timed(study.stats):>4.0f} ms   {asyncio.run(opening(study)):>6.0f} ms")
            study.close()


if __name__ == "__main__":
    main()
