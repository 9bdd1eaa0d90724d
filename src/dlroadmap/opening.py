"""Opening the learner's journal, whatever has happened to the file: gone, emptied, of an older format, damaged."""

from __future__ import annotations

import os
from datetime import datetime

from dlroadmap.database import Damaged
from dlroadmap.journal import Journal
from dlroadmap.places import Places


def open_journal(here: Places, now: datetime) -> Journal:
    """Open the learner's journal. Raises JournalFault, or Damaged if the file is damaged or has lost events."""

    def before_migration() -> None:
        from dlroadmap import backups  # noqa: PLC0415 a start seldom needs it

        backups.make(here.journal, here.backups, now)

    lost = _lost(here, now)
    if lost and os.path.lexists(here.journal):
        raise Damaged(here.journal, "damaged (it is empty)")
    journal = Journal(here.journal, before_migration=before_migration)
    journal.notice = lost
    return journal


def _lost(here: Places, now: datetime) -> str:
    """Say that a journal is gone or empty of which there are backups; "" if it is there, or never was."""
    if os.path.lexists(here.journal) and (not os.path.isfile(here.journal) or here.journal.stat().st_size):  # noqa: PTH113 see Store
        return ""
    from dlroadmap import backups  # noqa: PLC0415 as above

    known = backups.listed(here.backups)
    if not known:
        return ""
    newest = known[0].at.astimezone(now.tzinfo)
    return f"{here.journal} was gone, so a new one begins; dlroadmap restore lists what you have, up to {newest:%d %B %Y}"


def rescued(here: Places, fault: Damaged) -> Journal:
    """Return a private journal with what can be read of a damaged one; it saves nothing."""
    from dlroadmap import salvage  # noqa: PLC0415 as above

    return Journal(here.journal, instead=(f"nothing is saved: {fault}", salvage.remains(here).rows))
