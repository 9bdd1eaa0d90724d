"""Two machines, a second program, restarts, a jumping clock, backups, restores, syncs and exports: nothing is ever lost by them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.conftest import SMALL, Clock, examples

from dlroadmap import backups
from dlroadmap import events as e
from dlroadmap.formats.progress_file import read, to_json, to_toml
from dlroadmap.places import Places
from dlroadmap.progress import Progress, fold
from dlroadmap.rows import Row
from dlroadmap.study import Study

ROOT = Path(__file__).parent.parent
machines = st.integers(0, 1)
topics = st.sampled_from(["numbers", "vectors", "neurons"])


class Keeping(RuleBasedStateMachine):
    """Each machine's events, in a plain dict, against its journal; what they add up to, folded from the first event on."""

    second: ClassVar[subprocess.Popen[str]]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dlroadmap-test-"))
        (self.folder / "shared").mkdir()
        self.clock = Clock()
        self.studies = [self.opened(0), self.opened(1)]
        self.known: list[dict[str, Row]] = [{}, {}]
        self.copies: list[list[tuple[Path, Progress]]] = [[], []]
        self.told("open", str(self.here(0).data))

    def here(self, machine: int) -> Places:
        home = self.folder / f"machine-{machine}"
        return Places(home, home, self.folder / "cache")

    def opened(self, machine: int) -> Study:
        return Study.open(str(SMALL / "roadmap.toml"), at=self.here(machine), clock=self.clock)

    def told(self, *words: str) -> Any:
        """Let the second program, a process of its own on the first machine, do something."""
        assert self.second.stdin
        assert self.second.stdout
        self.second.stdin.write(json.dumps(words) + "\n")
        self.second.stdin.flush()
        return json.loads(self.second.stdout.readline())

    def teardown(self) -> None:
        self.told("close")
        for study in self.studies:
            study.close()
        shutil.rmtree(self.folder)

    def written(self, machine: int, *, at_most: int = 1) -> None:
        """Add to the model what the journal has more: no more than was done, and nothing that it had is gone or changed."""
        rows = {row.id: row for row in self.studies[machine].journal.rows()}
        assert self.known[machine].items() <= rows.items()
        assert len(rows) - len(self.known[machine]) <= at_most
        self.known[machine] = rows

    @rule(machine=machines, topic=topics, on=st.booleans())
    def tick(self, machine: int, topic: str, on: bool) -> None:
        self.studies[machine].record(e.TopicTicked(topic=topic) if on else e.TopicUnticked(topic=topic))
        self.written(machine)

    @rule(machine=machines, text=st.text(max_size=5))
    def note(self, machine: int, text: str) -> None:
        self.studies[machine].record(e.NoteWritten(topic="numbers", text=text))
        self.written(machine)

    @rule(machine=machines)
    def undo(self, machine: int) -> None:
        self.studies[machine].undo()
        self.written(machine)

    @rule(machine=machines)
    def redo(self, machine: int) -> None:
        self.studies[machine].redo()
        self.written(machine)

    @rule(doing=st.sampled_from(["tick", "untick", "undo"]), topic=topics)
    def second_program(self, doing: str, topic: str) -> None:
        self.told("do", doing, topic, self.clock().isoformat())
        self.written(0)
        self.studies[0].refresh()
        assert self.told("count") == [len(self.known[0]), self.studies[0].overview().all.done]

    @rule(hours=st.sampled_from([1, 14, -11, -30, 24 * 400, -24 * 400]))
    def clock_jumps(self, hours: int) -> None:
        self.clock.move(hours=hours)

    @rule(machine=machines)
    def restart(self, machine: int) -> None:
        self.studies[machine].close()
        self.studies[machine] = self.opened(machine)

    @rule(machine=machines)
    def snapshot(self, machine: int) -> None:
        study = self.studies[machine]
        study.refresh()
        study.journal.keep("small", study._loaded)

    @rule(machine=machines)
    def back_up(self, machine: int) -> None:
        self.studies[machine].refresh()
        made = backups.make(self.here(machine).journal, self.here(machine).backups, self.clock())
        self.copies[machine].append((made.path, self.studies[machine].progress))

    @precondition(lambda self: any(self.copies))
    @rule(machine=machines, which=st.integers(0, 9))
    def restore_and_think_again(self, machine: int, which: int) -> None:
        there = [copy for copy in self.copies[machine] if copy[0].exists()]
        if not there:
            return
        path, then = there[which % len(there)]
        study = self.studies[machine]
        before = study.progress
        added, undone = study.restore(backups.read(path))
        self.written(machine)
        assert added == 0
        assert study.progress == then
        if undone and which % 2:
            taken_back = study.undo()
            assert taken_back is not None
            assert isinstance(taken_back.event, e.Restored)
            self.written(machine)
            assert study.progress == before

    @rule(machine=machines)
    def meet(self, machine: int) -> None:
        done = self.studies[machine].sync(self.folder / "shared")
        assert done.skipped == []
        self.written(machine, at_most=len(done.taken))

    @rule(machine=machines, write=st.sampled_from([to_json, to_toml]))
    def move_into_an_empty_store(self, machine: int, write: Any) -> None:
        rows = read(write(self.studies[machine].journal.rows()).encode(), "file")
        empty = self.folder / "empty"
        with_nothing = Study.open(str(SMALL / "roadmap.toml"), at=Places(empty, empty, self.folder / "cache"), clock=self.clock)
        with_nothing.take(rows)
        assert with_nothing.journal.rows() == rows
        self.studies[machine].refresh()
        assert with_nothing.progress == self.studies[machine].progress
        with_nothing.close()
        shutil.rmtree(empty)

    @invariant()
    def progress_is_what_the_events_add_up_to(self) -> None:
        for study, known in zip(self.studies, self.known, strict=True):
            study.refresh()
            assert study.progress == fold(row.entry for row in known.values())
            assert study.journal.news == ""


@pytest.fixture
def second() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.second"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def test_nothing_is_lost_whatever_is_done_in_whatever_order(second: subprocess.Popen[str]) -> None:
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 with the second program at its side

    Keeping.second = second
    run_state_machine_as_test(Keeping, settings=settings(max_examples=examples(25), stateful_step_count=25))


def test_day_has_no_negative_hours(tmp_path: Path) -> None:
    """A clock that is set back and forth changes no order and loses no action."""
    clock = Clock()
    with_clock = Study.open(str(SMALL / "roadmap.toml"), at=Places(tmp_path, tmp_path, tmp_path / "cache"), clock=clock)
    for hours in (14, -25, 14, -11):
        clock.move(hours=hours)
        with_clock.record(e.TopicTicked(topic="numbers"))
        with_clock.record(e.TopicUnticked(topic="numbers"))
    moments = [entry.at for entry in with_clock.journal.newest_first("small")]
    assert max(moments) - min(moments) == timedelta(hours=25)
    assert with_clock.overview().all.done == 0
    with_clock.close()
