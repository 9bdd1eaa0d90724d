"""Backups: a copy counts when it was verified; there is one a day, and enough of the old ones stay."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import MONDAY
from tests.crashing import NEXT, newer_format

from dlroadmap import backups, database
from dlroadmap import events as e
from dlroadmap.backups import ALL_FOR, DAILY, MONTHLY, WEEKLY, kept
from dlroadmap.database import Damaged, JournalFault
from dlroadmap.journal import Journal
from dlroadmap.opening import open_journal
from dlroadmap.places import Places


def fill(here: Places, count: int) -> None:
    with closing(Journal(here.journal)) as journal:
        for n in range(count):
            journal.append("r", e.TopicTicked(topic=f"t{n}"), MONDAY)


def spoil(path: Path, statement: str = "UPDATE event SET body = '{}' WHERE seq = 2") -> None:
    with closing(sqlite3.connect(path)) as db, db:
        trigger = db.execute("SELECT sql FROM sqlite_master WHERE name = 'event_is_never_changed'").fetchone()[0]
        db.execute("DROP TRIGGER event_is_never_changed")
        db.execute(statement)
        db.execute(trigger)


def test_backup_is_one_whole_file_with_every_event(here: Places) -> None:
    fill(here, 5)
    made = backups.make(here.journal, here.backups, MONDAY)
    assert made.name == "20260302T090000000Z"
    assert [p.name for p in here.backups.iterdir()] == [made.path.name]
    with closing(Journal(here.journal)) as journal:
        assert backups.read(made.path) == journal.rows()
    assert backups.listed(here.backups) == [made]


def test_backup_while_another_program_writes_has_what_was_there_when_it_began(here: Places) -> None:
    fill(here, 3)
    with closing(sqlite3.connect(here.journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO place VALUES ('r', 'map', 't')")
        made = backups.make(here.journal, here.backups, MONDAY)
        other.execute("ROLLBACK")
    assert len(backups.read(made.path)) == 3


def test_backups_of_one_moment_are_two(here: Places) -> None:
    fill(here, 1)
    names = {backups.make(here.journal, here.backups, MONDAY).name for _ in range(3)}
    assert names == {"20260302T090000000Z", "20260302T090000001Z", "20260302T090000002Z"}


def test_damaged_journal_gets_no_backup_and_is_named(here: Places) -> None:
    fill(here, 3)
    good = backups.make(here.journal, here.backups, MONDAY)
    spoil(here.journal)
    with pytest.raises(Damaged, match=r"1 damaged event: .*; dlroadmap restore --salvage"):
        backups.make(here.journal, here.backups, MONDAY + timedelta(days=1))
    assert backups.listed(here.backups) == [good]
    assert len(list(here.backups.iterdir())) == 1


@pytest.mark.parametrize("size", [0, 100, 5000, 20000])
def test_damaged_backup_is_never_read(here: Places, size: int) -> None:
    fill(here, 3)
    made = backups.make(here.journal, here.backups, MONDAY)
    made.path.write_bytes(made.path.read_bytes()[:size])
    with pytest.raises(JournalFault):
        backups.read(made.path)


def test_empty_database_is_no_backup_and_no_newer_program_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite3"
    with closing(sqlite3.connect(file)) as db:
        db.execute("VACUUM")
    file.touch()
    with pytest.raises(JournalFault, match="holds no progress; dlroadmap restore lists the backups that there are"):
        backups.read(file)


def test_folder_that_cant_be_made_is_told(here: Places) -> None:
    fill(here, 1)
    here.backups.write_text("in the way", encoding="utf-8")
    with pytest.raises(JournalFault, match=r"backups: File exists; no backup was made"):
        backups.make(here.journal, here.backups, MONDAY)


def test_one_a_day_in_the_learners_calendar(here: Places) -> None:
    fill(here, 1)
    assert backups.look_after(here.journal, here.backups, MONDAY) == ""
    for hours in (1, 5, 14):
        assert not backups.due(here.backups, MONDAY + timedelta(hours=hours))
    assert backups.due(here.backups, MONDAY + timedelta(hours=15))
    assert backups.look_after(here.journal, here.backups, MONDAY + timedelta(hours=2)) == ""
    assert len(backups.listed(here.backups)) == 1


def test_what_is_damaged_after_the_days_backup_is_named(here: Places) -> None:
    fill(here, 100)
    assert backups.look_after(here.journal, here.backups, MONDAY) == ""
    content = here.journal.read_bytes()
    here.journal.write_bytes(content[:-4096] + bytes(4096))
    said = backups.look_after(here.journal, here.backups, MONDAY + timedelta(hours=2))
    assert said.startswith(f"{here.journal} is damaged (")


def test_empty_journal_needs_no_backup(here: Places) -> None:
    Journal(here.journal).close()
    assert backups.look_after(here.journal, here.backups, MONDAY) == ""
    assert not here.backups.exists()


def test_remains_of_a_killed_backup_are_no_backup_and_go(here: Places) -> None:
    import os  # noqa: PLC0415 for this one test

    fill(here, 1)
    here.backups.mkdir()
    left = here.backups / ".making-abc"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert backups.listed(here.backups) == []
    backups.make(here.journal, here.backups, MONDAY)
    assert not left.exists()


# Thinning


def test_year_of_daily_backups_is_thinned_to_days_weeks_and_months() -> None:
    now = datetime(2026, 12, 31, 20, tzinfo=UTC)
    there: set[datetime] = set()
    for day in range(365, -1, -1):
        there.add(now - timedelta(days=day))
        there = kept(there, now - timedelta(days=day))
    assert len(there) <= 2 + DAILY + WEEKLY + MONTHLY
    ages = sorted((now - at).days for at in there)
    assert ages[:14] == list(range(14))
    assert ages[-1] > 270
    gaps = [b - a for a, b in itertools.pairwise(ages)]
    assert max(gaps) <= 62


def test_of_a_day_whose_last_is_kept_no_other_is_kept_as_its_weeks() -> None:
    now = datetime(2026, 12, 31, 20, tzinfo=UTC)
    days = [now - ALL_FOR - timedelta(days=day) for day in range(DAILY)]
    assert kept([at - timedelta(hours=hours) for at in days for hours in (0, 9)], now) == set(days)


times = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 hypothesis adds the zone


@given(st.sets(times, max_size=60), times)
def test_thinning_keeps_the_newest_and_all_of_two_days_and_never_thins_twice(there: set[datetime], now: datetime) -> None:
    keep = kept(there, now)
    assert keep <= there
    assert {at for at in there if at > now - ALL_FOR} <= keep
    assert not there or max(there) in keep
    assert kept(keep, now) == keep


@given(st.sets(times, min_size=1, max_size=40), times)
def test_clock_that_jumps_years_ahead_ends_no_more_than_a_day_would(there: set[datetime], now: datetime) -> None:
    far = kept(there, now.replace(year=2904))
    assert len(far) >= min(len({at.date() for at in there}), DAILY)


# An older format


def test_older_format_is_backed_up_and_migrated_and_that_only_once(here: Places) -> None:
    fill(here, 5)
    with closing(Journal(here.journal)) as journal:
        rows = journal.rows()
    with newer_format():
        for _ in range(2):
            with closing(open_journal(here, MONDAY)) as journal:
                assert journal.rows() == rows
                assert not journal.news
                assert journal._db.execute("SELECT count(*) FROM extra").fetchone()[0] == 5
        [made] = backups.listed(here.backups)
        assert backups.read(made.path) == rows
    assert NEXT[1] not in database.SCHEMA


def test_migration_that_cant_be_backed_up_changes_nothing(here: Places) -> None:
    fill(here, 5)
    here.backups.write_text("in the way", encoding="utf-8")
    before = here.journal.read_bytes()
    with newer_format(), pytest.raises(JournalFault, match="no backup was made"):
        open_journal(here, MONDAY)
    assert here.journal.read_bytes() == before


def test_older_format_without_a_backup_is_only_read(here: Places) -> None:
    fill(here, 5)
    before = here.journal.read_bytes()
    with newer_format(), closing(Journal(here.journal)) as journal:
        assert "an older dlroadmap wrote it (format 1)" in journal.read_only
        assert len(journal.rows()) == 5
    assert here.journal.read_bytes() == before
