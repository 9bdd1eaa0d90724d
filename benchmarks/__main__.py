"""Everything that docs/performance.md tells: `python -m benchmarks` (`--quick` for a few runs of each).

Each figure is a median of runs that alternate with the bare Textual program, in one run on one machine: look at the ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import keys
from benchmarks.first_frame import OURS, bare_frame, medians, our_frame, verb
from benchmarks.history import write
from dlroadmap.library import Library
from dlroadmap.places import Places

PAGE = (b"Orientation", b"Why")
"""What can be read on the first frame: the first phase, and the page of the topic under the cursor."""
LARGE_PAGE = (b"Phase 1", b"Why")


def large_roadmap(folder: Path, topics: int = 2000, questions: int = 20_000) -> Path:
    """Write a roadmap of so many topics and questions, in forty phases; without questions the topics have no ideas either."""
    phases, each = 40, questions // topics
    lines = ['format = 1\nid = "large"\ntitle = "Large"\n']
    ideas = ", ".join(f'{{ id = "i{k}", text = "Key idea {k} of this topic." }}' for k in range(5))
    more = f", hours = 3, idea = [{ideas}]" if each else ""
    why = "Because it matters. " * (20 if each else 1)
    for n in range(phases):
        here = ", ".join(f'{{ id = "t{n}-{m}", title = "Topic {n} {m}", why = "{why}"{more} }}' for m in range(n, topics, phases))
        lines.append(f'[[phase]]\nid = "p{n}"\ntitle = "Phase {n + 1}"\ntopic = [{here}]\n')
    options = 'options = [{ text = "this one", right = true }, { text = "that one" }, { text = "another" }]'
    file = folder / "roadmap.toml"
    file.write_text("".join(lines), encoding="utf-8")
    if each:
        (folder / "checkpoints").mkdir()
    for n in range(phases if each else 0):
        rows = [
            f'[[question]]\ntopic = "t{n}-{m}"\nid = "q{q}"\nidea = "i{q % 5}"\nkind = "choice"\nlevel = 2\n'
            f'ask = "Which of these is it, {q}?"\n{options}\n'
            for m in range(n, topics, phases)
            for q in range(each)
        ]
        (folder / "checkpoints" / f"p{n}.toml").write_text("".join(rows), encoding="utf-8")
    return file


def learner(folder: Path, name: str, answers: int) -> Path:
    """Return a data folder with so many answers, its cache warm."""
    home = folder / name
    places = Places(home, home, home / "cache")
    write(places.journal, Library(places).open(None).roadmap, answers)
    return home


def installed(folder: Path) -> None:
    """Let all programs run with bytecode, as an installer leaves it, whatever the environment says."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")


def row(what: str, bar: str, value: str) -> None:
    """Print a row of the table."""
    print(f"| {what} | {bar} | {value} |", flush=True)


def main() -> None:
    """Measure everything and print the table."""
    times = 5 if "--quick" in sys.argv else 15
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        installed(folder)
        small, large = learner(folder, "thousand", 1000), learner(folder, "many", 10_000 if "--quick" in sys.argv else 100_000)
        (folder / "roadmap").mkdir()
        wide = str(large_roadmap(folder / "roadmap"))
        (folder / "choices").mkdir()
        choices = str(large_roadmap(folder / "choices", topics=80, questions=800))
        memory: dict[str, list[float]] = {"bare": [], "ours": []}

        def framed(frame: Callable[[], tuple[float, float]], name: str) -> Callable[[], float]:
            def measure() -> float:
                taken, megabytes = frame()
                memory[name].append(megabytes)
                return taken

            return measure

        print("| what | bar | here |\n|---|---|---|")
        bare, ours, many, big = medians(
            times,
            framed(bare_frame, "bare"),
            framed(lambda: our_frame(small, wanted=PAGE), "ours"),
            lambda: our_frame(large, wanted=PAGE)[0],
            lambda: our_frame(small, "--roadmap", wide, wanted=LARGE_PAGE)[0],
        )
        row("bare Textual program, first frame", "-", f"{bare:.0f} ms")
        row("first frame, 1,000 answers", "1.75 × bare", f"{ours:.0f} ms, {ours / bare:.2f} ×")
        row("first frame, 100,000 answers", "1.15 × 1,000", f"{many:.0f} ms, {many / ours:.2f} ×")
        row("first frame, 2,000 topics and 20,000 questions", "2 × bundled", f"{big:.0f} ms, {big / ours:.2f} ×")
        _verbs(times, small)
        _keys(times, small, large, choices)
        bare_mb, our_mb = (statistics.median(found) for found in memory.values())
        row("peak memory of the Map", "2 × bare", f"{our_mb:.0f} MB, {our_mb / bare_mb:.2f} × {bare_mb:.0f} MB")


def _verbs(times: int, home: Path) -> None:
    bare, python, version, helped, status, following, tick = medians(
        times,
        lambda: bare_frame()[0],
        lambda: verb(sys.executable, "-c", "pass"),
        lambda: verb(*OURS, "--version"),
        lambda: verb(*OURS, "-h"),
        lambda: verb(*OURS, "status", home=home),
        lambda: verb(*OURS, "next", home=home),
        lambda: verb(*OURS, "tick", "what-is-deep-learning", home=home),
    )
    for name, taken in (("next", following), ("status", status), ("tick TOPIC", tick)):
        row(f"dlroadmap {name}", "1.0 × bare's first frame", f"{taken:.0f} ms, {taken / bare:.2f} ×")
    for name, taken in (("--version", version), ("-h", helped)):
        row(f"dlroadmap {name}", "4 × python -c pass", f"{taken:.0f} ms, {taken / python:.1f} × {python:.0f} ms")


def _keys(times: int, small: Path, large: Path, choices: str) -> None:
    moved, page = keys.moves(small, 5 * times)
    late = statistics.quantiles(page, n=20)[18]
    row("cursor down: the move drawn", "16 ms", f"{statistics.median(moved):.0f} ms")
    row("cursor down: the page's last byte", "45 ms, 95 % 80 ms", f"{statistics.median(page):.0f} ms, {late:.0f} ms")
    row("tick: committed and drawn", "30 ms", f"{statistics.median(keys.ticks(small, times)):.0f} ms")
    row("answer locked: feedback drawn", "50 ms", f"{statistics.median(keys.answers(small, choices)):.0f} ms")
    row("Stats opened on 100,000 answers", "400 ms", f"{statistics.median(keys.stats(large)):.0f} ms")


if __name__ == "__main__":
    main()
