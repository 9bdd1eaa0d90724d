"""The Map looks after the journal: a backup a day, and a word above everything where something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Clock
from tests.tui.test_map import opened
from textual.widgets import Static

from dlroadmap import backups
from dlroadmap import events as e
from dlroadmap.journal import JournalFault
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp


async def test_backup_of_the_day_is_made_once_the_map_stands_and_after_midnight(study: Study, home: Path, clock: Clock) -> None:
    study.record(e.TopicTicked(topic="numbers"))
    async with opened(study) as (pilot, screen):
        await pilot.app.workers.wait_for_complete()
        assert len(backups.listed(home / "backups")) == 1
        assert not screen.query_one("#banner").has_class("-shown")
        await pilot.press("space", "space")
        await pilot.app.workers.wait_for_complete()
        [made] = backups.listed(home / "backups")
        assert len(backups.read(made.path)) == 1
        clock.move(days=1)
        assert isinstance(pilot.app, RoadmapApp)
        pilot.app._look_around()
        await pilot.app.workers.wait_for_complete()
        assert len(backups.listed(home / "backups")) == 2


async def test_damage_that_the_check_finds_is_told_above_everything(
    study: Study, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "look_after", lambda *_: "the journal is damaged [/b]; here is the cure")
    async with opened(study) as (pilot, screen):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.query_one("#banner").has_class("-shown")
        assert "damaged [/b]; here is the cure" in str(screen.query_one("#banner", Static).render())


async def test_damaged_journal_is_shown_as_far_as_it_can_be_read(study: Study, home: Path, small_file: Path) -> None:
    study.record(e.TopicTicked(topic="numbers"))
    backups.make(study.journal.path, home / "backups", study.now())
    study.close()
    path = home / "progress.sqlite3"
    damaged = path.read_bytes()[:4096] + bytes(4096)
    path.write_bytes(damaged)
    with pytest.raises(JournalFault):
        Study.open(str(small_file))
    rescued = Study.open(str(small_file), rescue=True)
    async with opened(rescued) as (pilot, screen):
        assert screen.view is not None
        assert screen.view.where["numbers"].standing == "done"
        assert "dlroadmap restore --salvage" in str(screen.query_one("#banner", Static).render())
        await pilot.press("space")
        assert screen.view.where["numbers"].standing == "done"
    rescued.close()
    assert path.read_bytes() == damaged
