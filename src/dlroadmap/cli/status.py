"""status: how far one is, by phase of the active path."""

from __future__ import annotations

from typing import Any

import click

from dlroadmap.cli.advice import advise
from dlroadmap.cli.call import Call, options
from dlroadmap.cli.paper import Paper, cells, padded, plural
from dlroadmap.plan import Overview
from dlroadmap.standing import Counts
from dlroadmap.study import Study


@click.command()
@options
@click.pass_obj
def command(call: Call) -> None:
    """Show progress by phase of the active path.

    done includes mastered; skipped topics count among the topics, never as done.
    """
    with call.study() as study:
        answer_status(call, study)


def answer_status(call: Call, study: Study) -> None:
    """Print the status, as JSON or for people."""
    view = study.overview()
    if call.json:
        call.answer(**_document(study, view))
    else:
        paper = call.paper()
        _print(call, paper, study, view)
        advise(call, study, paper)


def _document(study: Study, view: Overview) -> dict[str, Any]:
    phases = []
    for phase in view.path.phase:
        found = view.of_phase(phase.topics)
        shares = {"passed": share(found.shown, found.ideas), "known": share(found.known, found.ideas)}
        phases.append({"id": phase.id, "title": phase.title, **_counts(found), **shares})
    read_only = {"read_only": study.journal.read_only} if study.journal.read_only else {}
    return {
        "roadmap": study.roadmap.id,
        "path": view.path.id,
        **_counts(view.all),
        "on_path": _counts(view.on_path),
        "review": study.outlook()._asdict(),
        "phases": phases,
        **read_only,
    }


def _counts(found: Counts) -> dict[str, int]:
    return {
        "topics": found.topics,
        "done": found.done,
        "mastered": found.mastered,
        "due": found.due,
        "skipped": found.skipped,
    }


def share(part: float, whole: float) -> float:
    """Return a share from 0 to 1 to four digits; 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0


def _print(call: Call, paper: Paper, study: Study, view: Overview) -> None:
    here = view.on_path
    paper.say(f"{study.roadmap.title} · path: {view.path.title} · {here.done} of {plural(here.counted, 'topic')} done")
    noted = {"mastered": here.mastered, "in progress": here.doing, "skipped": here.skipped}
    extra = [f"{number} {word}" for word, number in noted.items() if number]
    if extra:
        paper.say(", ".join(extra))
    if here.ideas:
        paper.say(f"Of {here.ideas} key ideas you passed {here.shown} and know {here.known:.1f} today.")
    if view.all.due:
        paper.say(f"{paper.sign('◄')} {plural(view.all.due, 'idea')} due: {study.outlook().words}: {call.command('review')}")
    paper.line()
    width = max(16, min(max(cells(phase.title) for phase in view.path.phase), paper.width - 46))
    for number, phase in enumerate(view.path.phase, 1):
        found = view.of_phase(phase.topics)
        title = phase.title if paper.plain else padded(phase.title, width)
        row = f"{number:>2} {title}  {paper.bar(share(found.done, found.counted))}  "
        row += f"{found.done:>2} of {found.counted:<{0 if paper.plain else 2}} done"
        row += f"  {paper.sign('◊')} {found.mastered}" if found.mastered else ""
        row += f"  {paper.sign('◄')} {found.due} due" if found.due else ""
        row += f"  - {found.skipped} skipped" if found.skipped else ""
        paper.row(row)
