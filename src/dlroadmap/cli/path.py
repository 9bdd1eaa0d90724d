"""path: the ways through the map, and taking one."""

from __future__ import annotations

import click

from dlroadmap.cli.advice import advise
from dlroadmap.cli.call import Call, brief, options
from dlroadmap.cli.paper import padded, plural
from dlroadmap.events import PathChosen
from dlroadmap.plan import active_path, paths
from dlroadmap.roadmap import likely, named
from dlroadmap.standing import counts
from dlroadmap.study import Study


@click.command()
@options
@click.argument("name", required=False)
@click.pass_obj
def command(call: Call, name: str | None) -> None:
    """List the paths, or take the one called NAME. Progress is shared by all paths."""
    with call.study() as study:
        if name is not None:
            _take(call, study, name)
        elif call.json:
            call.answer(path=active_path(study.roadmap, study.progress).id, paths=_listed(study))
        else:
            _print(call, study)


def _take(call: Call, study: Study, name: str) -> None:
    every = paths(study.roadmap, study.progress)
    found = named(every.values(), name)
    if found is None:
        near = likely(every.values(), name)
        cure = f"did you mean '{near.id}'?" if near else "dlroadmap path lists them"
        raise click.ClickException(f"no path '{brief(name)}'; {cure}")
    changed = study.progress.path != found.id
    if changed:
        study.record(PathChosen(path=found.id))
    if call.json:
        call.answer(path=found.id, changed=changed)
        return
    paper = call.paper()
    view = study.overview().on_path
    done = f"{view.done} of {plural(view.topics, 'topic')} done"
    paper.say(f"On the path {found.title}: {done}." if changed else f"{found.title} is your path already: {done}.")
    advise(call, study, paper)


def _listed(study: Study) -> list[dict[str, object]]:
    view = study.overview()
    listed = []
    for path in paths(study.roadmap, study.progress).values():
        found = counts(view.where[topic] for topic in path.topics)
        row = {"id": path.id, "title": path.title, "topics": found.topics, "done": found.done}
        listed.append({**row, "active": path.id == view.path.id, "own": path.id not in study.roadmap.paths})
    return listed


def _print(call: Call, study: Study) -> None:
    paper, listed = call.paper(), _listed(study)
    width = max(len(str(row["id"])) for row in listed)
    for row in listed:
        mark = paper.sign("►") if row["active"] else " "
        done = f"{row['done']:>3} of {row['topics']:>3} done"
        you = "   (your path)" if row["active"] else ""
        paper.line(f"{mark} {padded(str(row['id']), width)}  {done}  {row['title']}{you}")
    paper.line()
    paper.line(f"Take one: {call.command('path', 'NAME')}")
