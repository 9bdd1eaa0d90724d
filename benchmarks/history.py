"""How the state grows with the history: `python -m benchmarks.history`.

Prints, for a learner with 10,000 answers over every idea of the bundled roadmap, what it takes to tell due and recall of every
idea, and what opening costs against a learner who has answered nothing.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dlroadmap import events as e
from dlroadmap.journal import Journal
from dlroadmap.library import Library
from dlroadmap.places import Places
from dlroadmap.review import waiting
from dlroadmap.roadmap import Roadmap
from dlroadmap.study import Study

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def write(path: Path, roadmap: Roadmap, answers: int) -> None:
    """Write a journal with so many answers, over three years, and its snapshot."""
    dice = random.Random(1)  # noqa: S311 a benchmark, no secret
    ideas = [(topic.id, idea.id) for topic in roadmap.topics.values() for idea in topic.idea]
    journal = Journal(path)
    for event in (e.SittingStarted(sitting="s", kind="review", scope=(), seed=1, questions=()), e.SittingFinished(sitting="s")):
        journal.append(roadmap.id, event, NOW - timedelta(days=1100))
    for n in range(answers):
        topic, idea = dice.choice(ideas)
        credit = float(dice.random() < 0.85)
        event = e.Answered(
            sitting="s", topic=topic, question=f"{idea}-{n % 3}", idea=idea, kind="choice", given="x", credit=credit, seconds=30
        )
        journal.append(roadmap.id, event, NOW - timedelta(days=1095 * (1 - n / answers)))
    loaded = journal.load(roadmap.id)
    journal.keep(roadmap.id, loaded)
    journal.close()


def median(what: Callable[[], object], times: int = 15) -> float:
    """Return the median of the milliseconds that something takes."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        what()
        taken.append(1000 * (time.perf_counter() - begin))
    return statistics.median(taken)


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        here = {n: Places(Path(folder) / str(n), Path(folder) / str(n), Path(folder) / "cache") for n in (0, 10_000)}
        roadmap = Library(here[0]).open(None).roadmap
        # every idea counts as asked, also of phases whose questions are still to come
        for count, places in here.items():
            write(places.journal, roadmap, count)

        def opened(count: int) -> None:
            Study.open(at=here[count], clock=lambda: NOW).close()

        opened(0)
        pairs = [(median(lambda: opened(0), 3), median(lambda: opened(10_000), 3)) for _ in range(9)]
        study = Study.open(at=here[10_000], clock=lambda: NOW)
        due = median(lambda: waiting(study.roadmap, study.progress, NOW))
        view = median(study.overview)
        study.close()
        whole = [(_program(here[0]), _program(here[10_000])) for _ in range(15)]
    none, many = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"due and recall of every idea, 10,000 answers: {due:.1f} ms; the whole overview: {view:.1f} ms")
    print(f"reading the state alone: with none answered {none:.1f} ms, with 10,000 {many:.1f} ms")
    none, many = (statistics.median(column) for column in zip(*whole, strict=True))
    print(f"dlroadmap status, start to exit: none {none:.0f} ms, 10,000 {many:.0f} ms: {many / none:.2f} times")


def _program(at: Places) -> float:
    """Return the milliseconds of a whole run of the program."""
    environment = {**os.environ, "DLROADMAP_HOME": str(at.data)}
    words = [sys.executable, "-m", "dlroadmap", "status"]
    begin = time.perf_counter()
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
    return 1000 * (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
