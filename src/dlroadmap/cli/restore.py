"""restore: listing the backups, going back to one of them, and salvaging a damaged journal."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from dlroadmap import backups, salvage
from dlroadmap.backups import Backup
from dlroadmap.cli.call import Call, brief, options
from dlroadmap.journal import Damaged, Journal, JournalFault
from dlroadmap.library import Library
from dlroadmap.opening import open_journal
from dlroadmap.places import Places, places
from dlroadmap.plan import overview
from dlroadmap.roadmap import Roadmap
from dlroadmap.study import local_clock
from dlroadmap.wording import plural


@click.command()
@options
@click.argument("backup", required=False)
@click.option("--salvage", "save", is_flag=True, help="Replace a damaged journal by what can be read of it.")
@click.pass_obj
def command(call: Call, backup: str | None, save: bool) -> None:
    """List the backups, or go back to BACKUP: its number or name in the list, or a file.

    What was done since is undone, not lost: undo takes the restoring back. The journal is backed up first.

    With --salvage, a damaged journal is set aside unchanged, and one with all its events that can be read, and those of the
    newest good backup, takes its place.
    """
    if save and backup:
        raise click.UsageError("--salvage takes no BACKUP: it uses the newest good one", click.get_current_context())
    if save:
        _salvage(call, places())
    elif backup is None:
        _list(call, places())
    else:
        _restore(call, backup)


class _Listed(NamedTuple):
    backup: Backup
    events: int
    done: int
    fault: str


def _list(call: Call, here: Places) -> None:
    roadmap, now = Library(here).open(call.roadmap, same=call.same).roadmap, local_clock()
    rows = [_looked_at(one, roadmap, now) for one in backups.listed(here.backups)]
    if call.json:
        call.answer(folder=str(here.backups), backups=[_document(row) for row in rows])
        return
    paper = call.paper()
    for number, row in enumerate(rows, 1):
        when = f"{row.backup.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        wide = 12 if paper.columns else 0
        told = f"{plural(row.events, 'event'):>{wide}}  {plural(row.done, 'topic'):>{wide and 10}} done"
        if row.fault:
            told = f"can't be used: {row.fault}"
        paper.row(f"{number:>{wide and 3}}  {when}  {told}  {row.backup.name}")
    if not rows:
        paper.say(f"There is no backup yet in {here.backups}; {call.command('backup')} makes one")
        return
    paper.line()
    paper.line(f"Go back to one: {call.command('restore', '1')}")


def _looked_at(backup: Backup, roadmap: Roadmap, now: datetime) -> _Listed:
    try:
        with closing(Journal(backup.path, only_read="it is a backup")) as journal:
            done = overview(roadmap, journal.load(roadmap.id).progress, now).all.done
            return _Listed(backup, len(journal.rows()), done, "")
    except JournalFault as fault:
        return _Listed(backup, 0, 0, str(fault).partition("; ")[0])


def _document(row: _Listed) -> dict[str, object]:
    at = row.backup.at.isoformat()
    found = {"events": row.events, "done": row.done} if not row.fault else {"events": None, "done": None}
    return {"name": row.backup.name, "file": str(row.backup.path), "at": at, **found, "fault": row.fault or None}


def _restore(call: Call, name: str) -> None:
    here = places()
    path = _named(call, here, name)
    rows = backups.read(path)
    with call.study() as study:
        call.must_save(study)
        before = study.overview().all.done
        backups.make(study.journal.path, here.backups, study.now())
        added, undone = study.restore(rows)
        done = study.overview().all.done
        if call.json:
            call.answer(restored=path.name, added=added, undone=undone, done=done)
            return
        paper = call.paper()
        if not added and not undone:
            paper.say("You are there already: it holds what counts now. Nothing changed.")
            return
        came = f"{plural(added, 'event')} added, {undone} undone; topics done: {before} before, {done} now"
        paper.say(f"Restored {path.name}: {came}.")
        paper.line(f"{call.command('undo')} takes it back" if undone else f"See where you are: {call.command('status')}")


def _named(call: Call, here: Places, name: str) -> Path:
    """Return the file of a backup, given by its number in the list, its name or the beginning of its name, or its path."""
    listed = backups.listed(here.backups)
    if name.isascii() and name.isdigit() and len(name) < 5:
        if 0 < int(name) <= len(listed):
            return listed[int(name) - 1].path
    else:
        found = [one for one in listed if name in (one.name, one.path.name)] or [
            one for one in listed if name and one.name.startswith(name)
        ]
        if len(found) > 1:
            raise click.ClickException(
                f"'{brief(name)}' is the beginning of {len(found)} backups; {call.command('restore')} lists them"
            )
        if found:
            return found[0].path
        with suppress(OSError, RuntimeError):  # the name is too long, or ~ has no home directory
            if Path(name).expanduser().is_file():
                return Path(name).expanduser()
    cure = f"{call.command('restore')} lists them" if listed else "there is none yet"
    raise click.ClickException(f"no backup '{brief(name)}'; {cure}")


def _salvage(call: Call, here: Places) -> None:
    if fault := _fault_of(here):
        left, aside = salvage.replace(here, local_clock())
    else:
        raise click.ClickException(f"{here.journal} is sound; there is nothing to salvage, and nothing was changed")
    if call.json:
        numbers = {"read": len(left.read), "backed_up": len(left.backed_up)}
        backup = left.backup.name if left.backup and left.backed_up else None
        call.answer(fault=fault, **numbers, backup=backup, set_aside=str(aside) if aside else None)
        return
    paper = call.paper()
    paper.say(f"Read from the damaged journal: {plural(len(left.read), 'event')}.")
    if left.backup and left.backed_up:
        when = left.backup.at.astimezone(local_clock().tzinfo)
        paper.say(f"Only the backup of {when:%d %B %Y, %H:%M} had {plural(len(left.backed_up), 'more event')}.")
    if aside:
        paper.say(f"The damaged file is kept, unchanged, in {aside}")
    paper.line(f"See where you are: {call.command('status')}")


def _fault_of(here: Places) -> str:
    """Say how the journal is damaged; "" if it isn't. Raises JournalFault if it can't be read for another reason."""
    try:
        with closing(open_journal(here, local_clock())) as journal:
            if journal.read_only:
                raise JournalFault(journal.read_only)
            health = journal.examine()
            return "" if health.sound else str(health)
    except Damaged as fault:
        return str(fault).partition("; ")[0]
