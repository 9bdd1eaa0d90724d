"""Faults injected into single system calls by strace, and the oracle."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.crashing import BEGAN, ROOT, at

from dlroadmap import backups
from dlroadmap.opening import open_journal

CHILD = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.crashing import BEGAN, at
from dlroadmap import backups, events as e
from dlroadmap.journal import JournalFault
from dlroadmap.opening import open_journal
here = at(Path(sys.argv[1]))
def doing(act):
    try:
        print("+", act(), flush=True)
    except JournalFault as fault:
        print("-", fault, flush=True)
def main():
    journal = open_journal(here, BEGAN)
    for n in range(10):
        doing(lambda: journal.append("r", e.TopicTicked(topic=f"t{n}"), BEGAN + timedelta(minutes=n)).id)
    doing(lambda: journal.append("r", e.NoteWritten(topic="t", text="x" * 20_000), BEGAN).id)
    doing(lambda: backups.make(here.journal, here.backups, BEGAN) and "backup")
    journal.close()
try:
    main()
except JournalFault as fault:
    print("-", fault, flush=True)
"""


def once(folder: Path, call: str, injection: str, number: int) -> list[str]:
    """Inject into the n-th call, assert the oracle, and return what came of it."""
    trace = folder / "trace"
    command = ["strace", "-f", "-o", str(trace), "-e", f"trace={call}", "-e", f"inject={call}:{injection}:when={number}"]
    ran = subprocess.run(
        [*command, sys.executable, "-c", CHILD, str(folder / "home")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    traced = trace.read_text(encoding="utf-8")
    came = ["injected"] if "INJECTED" in traced or "SIGKILL" in traced else []
    assert "Traceback" not in ran.stderr, ran.stderr
    lines = ran.stdout.splitlines()
    acknowledged = [line[2:] for line in lines if line.startswith("+ 0")]
    faults = [line for line in lines if line.startswith("- ")]
    assert all(str(folder / "home") in line for line in faults), faults
    here = at(folder / "home")
    with closing(open_journal(here, BEGAN)) as journal:
        assert not journal.news, journal.news
        there = [row.id for row in journal.rows()]
        assert set(acknowledged) <= set(there), (acknowledged, there)
        assert len(there) <= len(acknowledged) + 1, (acknowledged, there)
        assert journal.examine().sound
        if faults:
            came.append("told")
    for backup in backups.listed(here.backups):
        backups.read(backup.path)
    return came
