"""status: the learner's progress by phase of the active path."""

from __future__ import annotations

from typing import Any

import click

from dlroadmap.cli.advice import advise
from dlroadmap.cli.call import Call, options
from dlroadmap.cli.paper import Paper
from dlroadmap.plan import Overview
from dlroadmap.standing import Counts
from dlroadmap.study import Study
from dlroadmap.wording import plural


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
    """Return a share from 0 to 1, rounded to four digits; 0 if whole is 0."""
    return round(part / whole, 4) if whole else 0.0


def _print(call: Call, paper: Paper, study: Study, view: Overview) -> None:
    here = view.on_path
    paper.say(f"{study.roadmap.title} · path: {view.path.title} · {here.done} of {plural(here.counted, 'topic')} done")
    noted = {"mastered": here.mastered, "in progress": here.doing, "skipped": here.skipped}
    extra = [f"{number} {word}" for word, number in noted.items() if number]
    if extra:
        paper.say(", ".join(extra))
    if here.ideas:
        paper.say(f"Of {plural(here.ideas, 'key idea')} you passed {here.shown} and know {here.known:.1f} today.")
    outlook = study.outlook(view)
    if outlook.due or outlook.asks:
        beyond = f" ({view.all.due - here.due} of them off this path)" if view.all.due > here.due else ""
        due = f"{plural(view.all.due, 'idea')} due{beyond}: " if outlook.due else ""
        how = f": {call.command('review')}" if outlook.asks or not outlook.back else ""
        paper.say(f"{paper.sign('◄')} {due}{outlook.words}{how}")
    paper.line()
    rows: list[tuple[str, float, str]] = []
    for phase in view.path.phase:
        found = view.of_phase(phase.topics)
        wide = 2 if paper.columns else 0
        behind = f"{found.done:>{wide}} of {found.counted:<{wide}} done"
        behind += f"  {paper.sign('◊')} {found.mastered}" + ("" if paper.columns else " mastered") if found.mastered else ""
        behind += f"  {paper.sign('◄')} {found.due} due" if found.due else ""
        behind += f"  - {found.skipped} skipped" if found.skipped else ""
        rows.append((phase.title, share(found.done, found.counted), behind))
    paper.shares(rows)
