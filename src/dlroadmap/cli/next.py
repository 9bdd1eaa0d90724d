"""next: one topic and its next step, why, how long it takes, where to begin; the reviews that are due."""

from __future__ import annotations

from typing import Any

import click

from dlroadmap.cli.advice import command_for
from dlroadmap.cli.call import Call, options
from dlroadmap.cli.paper import Paper
from dlroadmap.cli.values import Whole
from dlroadmap.plan import Next, Overview, next_steps, what_to_do
from dlroadmap.study import Study
from dlroadmap.wording import plural


@click.command()
@options
@click.option("--minutes", type=Whole(1, 6000), help="Prefer what fits into this time.")
@click.pass_obj
def command(call: Call, minutes: int | None) -> None:
    """Say what to do now: one topic and its next step, why it, and where to begin."""
    with call.study() as study:
        found = next(next_steps(study.roadmap, study.progress, study.now(), minutes), None)
        view = study.overview()
        if call.json:
            call.answer(
                roadmap=study.roadmap.id, path=view.path.id, **_document(found), due=view.all.due, review=study.outlook()._asdict()
            )
        elif found:
            _print(call, study, view, found, minutes)
        else:
            here, paper = view.on_path, call.paper()
            paper.say(f"Nothing is left to begin on the path {view.path.title}: {here.done} of {here.counted} topics are done.")
            _print_due(call, study, view, paper)
            paper.line(call.command("path"))


def _document(found: Next | None) -> dict[str, Any]:
    if found is None:
        return {"topic": None, "title": None, "action": None, "step": None, "minutes": 0, "reasons": [], "resource": None}
    step, resource = found.step, found.topic.first_resource
    return {
        "topic": found.topic.id,
        "title": found.topic.title,
        "action": found.action,
        "step": {"id": step.id, "kind": step.kind, "text": step.text, "minutes": step.minutes} if step else None,
        "minutes": found.minutes,
        "reasons": list(found.reasons),
        "resource": resource.model_dump(include={"id", "kind", "title", "by", "url", "part", "minutes"}) if resource else None,
    }


def _print(call: Call, study: Study, view: Overview, found: Next, minutes: int | None) -> None:
    paper, resource = call.paper(), found.topic.first_resource
    if minutes is not None and found.minutes > minutes:
        paper.say(f"Nothing fits into {minutes} min; the shortest takes {found.minutes} min.")
        paper.line()
    takes = f"   {found.minutes} min" if found.minutes else ""
    standing = view.where[found.topic.id].standing
    paper.row(f"{paper.of(standing)} {found.topic.title}{takes}")
    paper.prose(what_to_do(found))
    paper.line()
    paper.say(found.reason, "why    ")
    if resource:
        about = " · ".join(x for x in (resource.title, resource.by, f"{resource.minutes} min" if resource.minutes else "") if x)
        paper.say(f"{resource.kind}: {about}", "begin  ")
        paper.line(resource.url if paper.plain else f"       {resource.url}")
    _print_due(call, study, view, paper)
    paper.line()
    paper.line(f"Read it: {call.command('show', found.topic.id)}")
    paper.line(f"{'Take it:' if found.action == 'checkpoint' else 'Done?'} {command_for(call, found)}")


def _print_due(call: Call, study: Study, view: Overview, paper: Paper) -> None:
    outlook = study.outlook(view)
    if outlook.due or outlook.asks:
        due = f"{plural(outlook.due, 'idea')} for review: " if outlook.due else ""
        how = f": {call.command('review')}" if outlook.asks or not outlook.back else ""
        paper.say(f"{due}{outlook.words}{how}", f"due {paper.sign('◄')}  ")
