"""import: the events of an exported file, merged into the journal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from dlroadmap import backups
from dlroadmap.cli.call import Call, options
from dlroadmap.cli.paper import Paper
from dlroadmap.cli.values import FilePath
from dlroadmap.formats.progress_file import NotProgress
from dlroadmap.places import places
from dlroadmap.rows import Row
from dlroadmap.sync import read_file
from dlroadmap.wording import plural


@click.command("import")
@options
@click.argument("file", type=FilePath())
@click.option("--dry-run", is_flag=True, help="Say what would be added, and change nothing.")
@click.pass_obj
def command(call: Call, file: Path, dry_run: bool) -> None:
    """Add the events of FILE, which dlroadmap export wrote, to yours: those that you don't have yet, all or none of them.

    What you did stays; the journal is backed up first.
    """
    rows = _read(file)
    with call.study() as study:
        if not dry_run:
            call.must_save(study)
        fresh, other = study.journal.compare(rows)
        if other:
            raise click.ClickException(f"{file}: the event {other[0].id} is another one in your journal; nothing was imported")
        if fresh and not dry_run:
            if not study.journal.is_new():
                backups.make(study.journal.path, places().backups, study.now())
            fresh = study.take(rows)
        counted = Counter(row.roadmap for row in fresh)
        if call.json:
            numbers = {"added": len(fresh), "there_already": len(rows) - len(fresh), "unknown": sum(not row.known for row in fresh)}
            call.answer(dry_run=dry_run, **numbers, roadmaps=dict(counted))
            return
        _say(call.paper(), call, fresh, len(rows), dry_run=dry_run)


def _read(file: Path) -> list[Row]:
    try:
        return read_file(file)
    except NotProgress as fault:
        raise click.ClickException(f"{fault}; nothing was imported") from None


def _say(paper: Paper, call: Call, fresh: list[Row], total: int, *, dry_run: bool) -> None:
    would = "Would add" if dry_run else "Added"
    paper.say(f"{would} {plural(len(fresh), 'event')}; of the file's {total}, {total - len(fresh)} were there already.")
    for roadmap, number in sorted(Counter(row.roadmap for row in fresh).items()):
        paper.line(f"  {roadmap}: {plural(number, 'event')}")
    if unknown := sum(not row.known for row in fresh):
        paper.say(f"{plural(unknown, 'event')} of a kind that this version doesn't know: kept, without effect.")
    paper.line(f"See where you are: {call.command('status')}")
