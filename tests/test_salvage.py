"""Salvage: every sound event is found in whatever is left, and the damaged file stays as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import MONDAY, examples

from dlroadmap import backups, salvage
from dlroadmap import events as e
from dlroadmap.database import Damaged, JournalFault
from dlroadmap.journal import Journal
from dlroadmap.opening import open_journal
from dlroadmap.places import Places
from dlroadmap.rows import Row


def fill(here: Places, texts: list[str]) -> list[Row]:
    with closing(Journal(here.journal)) as journal:
        for n, text in enumerate(texts):
            journal.append("r", e.NoteWritten(topic="t", text=text), MONDAY + timedelta(minutes=n))
        return journal.rows()


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=10), st.sampled_from([0, 3000, 4050, 30000])
)
@settings(max_examples=examples(25))
def test_every_event_is_found_whatever_its_length(texts: list[str], length: int) -> None:
    import tempfile  # noqa: PLC0415 hypothesis runs a test many times in one tmp_path

    with tempfile.TemporaryDirectory() as name:
        here = Places(Path(name), Path(name), Path(name))
        rows = fill(here, [*texts, "ä" * length])
        assert sorted({*salvage.carve(here.journal.read_bytes())}) == rows


def test_events_that_only_the_log_has_are_found(here: Places, tmp_path: Path) -> None:
    fill(here, ["first"])
    with closing(Journal(here.journal)) as journal:
        journal.append("r", e.NoteWritten(topic="t", text="ö" * 9000), MONDAY)
        rows = journal.rows()
        copy = Places(tmp_path / "copy", tmp_path, tmp_path)
        copy.data.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{here.journal}{suffix}", copy.data)
    copy.journal.write_bytes(b"")
    with pytest.raises(Damaged, match="it is empty, and what was written last lies beside it"):
        Journal(copy.journal)
    assert salvage.remains(copy).rows == rows


def test_garbage_has_no_events() -> None:
    assert list(salvage.carve(b"")) == []
    assert list(salvage.carve(b"\x09\x0001772442000000-abcdef01" * 50)) == []


def test_what_was_read_and_the_newest_good_backup_make_the_new_journal(here: Places) -> None:
    rows = fill(here, [f"note {n}" * 40 for n in range(60)])
    backups.make(here.journal, here.backups, MONDAY)
    bad = backups.make(here.journal, here.backups, MONDAY + timedelta(days=1))
    bad.path.write_bytes(bytes(5000))
    content = bytearray(here.journal.read_bytes())
    content[4096 * 12 : 4096 * 16] = bytes(4096 * 4)
    here.journal.write_bytes(content)
    left, aside = salvage.replace(here, MONDAY)
    assert 0 < len(left.read) < 60
    assert left.rows == rows
    assert aside is not None
    assert (aside / here.journal.name).read_bytes() == content
    with closing(Journal(here.journal)) as journal:
        assert journal.rows() == rows
        assert not journal.news


def test_salvage_that_was_killed_before_its_end_loses_nothing(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = fill(here, ["a", "b", "c"])
    here.journal.write_bytes(b"\xff" * 18 + here.journal.read_bytes()[18:])

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        salvage.replace(here, MONDAY)
    monkeypatch.undo()
    here.journal.write_bytes(b"")
    assert salvage.replace(here, MONDAY + timedelta(minutes=1))[0].rows == rows


HOLD = """
    import sys
    from pathlib import Path
    from dlroadmap.journal import Journal
    journal = Journal(Path(sys.argv[1]))
    journal.load("r")
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks otherwise")
def test_journal_that_another_program_has_open_is_not_replaced(here: Places) -> None:
    fill(here, ["a"])
    command = [sys.executable, "-c", textwrap.dedent(HOLD), str(here.journal)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        with pytest.raises(JournalFault, match="is open in another dlroadmap; quit that one first"):
            salvage.replace(here, MONDAY)
        other.communicate("\n")
    assert salvage.replace(here, MONDAY)[0].rows


TICK = """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from dlroadmap import database
    from dlroadmap import events as e
    from dlroadmap.journal import Journal, JournalFault
    database.BUSY_SECONDS = float(sys.argv[2])
    print("opening", flush=True)
    try:
        journal = Journal(Path(sys.argv[1]))
        journal.append("r", e.TopicTicked(topic="other"), datetime.now(UTC))
        print("saved", flush=True)
    except JournalFault as fault:
        print(fault, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks otherwise")
@pytest.mark.parametrize("patience", [0.2, 20])
def test_program_that_begins_meanwhile_is_told_that_it_saved_nothing(
    here: Places, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    rows = fill(here, ["a", "b"])
    here.journal.write_bytes(here.journal.read_bytes().replace(b'"text":"a"', b'"text":"z"'))
    command = [sys.executable, "-c", textwrap.dedent(TICK), str(here.journal), str(patience)]
    others: list[subprocess.Popen[str]] = []

    def begin() -> None:
        others.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        out = others[-1].stdout
        assert out
        assert out.readline() == "opening\n"
        if patience < 1:
            others[-1].wait()
        else:
            time.sleep(0.5)  # until it waits for the lock

    written, unlink = salvage._written, Path.unlink

    def when_it_is_read(rows: list[Row], journal: Path) -> Path:
        begin()
        return written(rows, journal)

    def when_it_is_kept(path: Path, missing_ok: bool = False) -> None:
        if path.name.endswith("-shm"):
            begin()
        unlink(path, missing_ok)

    monkeypatch.setattr(salvage, "_written", when_it_is_read)
    monkeypatch.setattr(Path, "unlink", when_it_is_kept)
    left, _ = salvage.replace(here, MONDAY)
    said = [other.communicate()[0].strip() for other in others]
    assert len(said) == 2
    assert all("in use by another program" in one or "moved or replaced while it was open" in one for one in said), said
    with closing(Journal(here.journal)) as journal:
        assert journal.rows() == left.rows == rows[1:]


def test_empty_file_where_there_are_backups_is_damage_and_a_missing_one_is_told(here: Places) -> None:
    fill(here, ["a"])
    backups.make(here.journal, here.backups, MONDAY)
    here.journal.write_bytes(b"")
    with pytest.raises(Damaged, match=r"is damaged \(it is empty\)"):
        open_journal(here, MONDAY)
    here.journal.unlink()
    with closing(open_journal(here, MONDAY)) as journal:
        assert journal.is_new()
        assert "was gone, so a new one begins; dlroadmap restore lists what you have, up to 02 March 2026" in journal.news


def test_file_that_was_replaced_under_an_open_program_takes_no_more(here: Places) -> None:
    fill(here, ["a"])
    with closing(Journal(here.journal)) as journal:
        here.journal.rename(here.journal.with_name("moved"))
        with pytest.raises(JournalFault, match="moved or replaced while it was open, so nothing is saved; start dlroadmap again"):
            journal.append("r", e.TopicTicked(topic="t"), MONDAY)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people link")
def test_links_stay_links(here: Places, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    here.data.symlink_to(tmp_path / "elsewhere")
    here.journal.symlink_to(tmp_path / "real.sqlite3")
    rows = fill(here, ["a", "b"])
    backups.make(here.journal, here.backups, MONDAY)
    here.journal.write_bytes(b"garbage" * 100)
    with pytest.raises(Damaged):
        Journal(here.journal)
    assert salvage.replace(here, MONDAY)[0].rows == rows
    assert here.data.is_symlink()
    assert here.journal.is_symlink()
    with closing(Journal(here.journal)) as journal:
        assert journal.rows() == rows
        assert (tmp_path / "real.sqlite3-wal").exists()
