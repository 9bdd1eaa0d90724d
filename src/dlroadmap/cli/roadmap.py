"""roadmap: listing roadmaps, adding one from a file, and removing it again."""

from __future__ import annotations

from pathlib import Path

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.program import Verbs
from dlroadmap.cli.values import FilePath
from dlroadmap.library import Library, Volume
from dlroadmap.places import places
from dlroadmap.wording import plural


@click.group(cls=Verbs, invoke_without_command=True)
@options
@click.pass_context
def command(context: click.Context) -> None:
    """List, add and remove roadmaps. Each has progress of its own, kept under its id."""
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command("list")
@options
@click.pass_obj
def show(call: Call) -> None:
    """List the bundled roadmap and those you added."""
    known = list(Library(places()).known())
    if call.json:
        call.answer(roadmaps=[_row(volume, file, fault) for volume, file, fault in known])
        return
    paper = call.paper()
    width = max(len(volume.roadmap.id if volume else file.parent.name) for volume, file, _ in known) if paper.columns else 0
    for volume, file, fault in known:
        name = f"{volume.roadmap.id if volume else file.parent.name:<{width}}"
        if volume:
            size = plural(len(volume.roadmap.topics), "topic")
            paper.row(f"{name}  {volume.roadmap.title}: {size}{' (bundled)' if volume.is_bundled else ''}")
        else:
            paper.say(f"can't be used: {fault}", f"{name}  " if paper.columns else f"{name}, ")
    paper.line()
    paper.line("Open one: dlroadmap --roadmap ID")


def _row(volume: Volume | None, file: Path, fault: str) -> dict[str, object]:
    if volume is None:
        return {"id": file.parent.name, "title": None, "topics": None, "file": str(file), "bundled": False, "fault": fault}
    size = len(volume.roadmap.topics)
    row = {"id": volume.roadmap.id, "title": volume.roadmap.title, "topics": size, "file": str(file)}
    return {**row, "bundled": volume.is_bundled, "fault": None}


@command.command()
@options
@click.argument("file", type=FilePath())
@click.pass_obj
def add(call: Call, file: Path) -> None:
    """Copy a roadmap FILE, and the checkpoints beside it, to your data folder.

    A file with the id of a roadmap that you have is refused, unless --same says that it is that roadmap.
    """
    volume = Library(places()).add(file, same=call.same)
    name, size = volume.roadmap.id, len(volume.roadmap.topics)
    if call.json:
        call.answer(added=name, topics=size, file=str(volume.file))
        return
    paper = call.paper()
    paper.say(f"Added {volume.roadmap.title}: {plural(size, 'topic')}, kept in {volume.file.parent}")
    paper.line(f"Open it: dlroadmap --roadmap {name}")


@command.command()
@options
@click.argument("name", metavar="ID")
@click.pass_obj
def remove(call: Call, name: str) -> None:
    """Remove a roadmap that you added. Its progress stays, and is there again when you add it again."""
    Library(places()).remove(name)
    if call.json:
        call.answer(removed=name)
    else:
        paper = call.paper()
        paper.say(f"Removed {name}; its progress stays in your journal.")
        paper.line("dlroadmap roadmap list shows those that are left")
