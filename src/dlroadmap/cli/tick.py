"""tick: marks a topic or one of its steps as done, or takes that back."""

from __future__ import annotations

from functools import partial

import click

from dlroadmap.cli.acting import act, settle
from dlroadmap.cli.call import Call, brief, find_topic, options
from dlroadmap.roadmap import Step, Topic, like
from dlroadmap.standing import of_topic, step_done, tick, tick_step


@click.command()
@options
@click.argument("topic")
@click.argument("step", required=False)
@click.option("--undo", is_flag=True, help="Untick.")
@click.pass_obj
def command(call: Call, topic: str, step: str | None, undo: bool) -> None:
    """Tick TOPIC, or its STEP: a practice step, a project or a resource, by its id.

    Ticking a topic never ticks its steps, nor the reverse. Ticking a skipped topic unskips it.
    """
    if step is None:
        act(call, topic, partial(tick, on=not undo), "isn't ticked" if undo else "is ticked already")
    else:
        _tick_step(call, topic, step, on=not undo)


def _tick_step(call: Call, topic: str, name: str, *, on: bool) -> None:
    with call.study() as study:
        found = find_topic(call, study, topic)
        step = _find_step(call, found, name)
        event = tick_step(found, step.id, study.progress, on=on)
        if event:
            study.record(event)
            done = of_topic(found, study.progress)
            left = sum(not step_done(found, s.id, done) for s in found.steps if s.kind == step.kind)
            what = {"practice": "practice steps", "project": "projects", "resource": "resources"}[step.kind]
            text = f"{study.told(event)}; {left or 'none'} of its {what} left"
        else:
            text = f"“{step.text}” {'is ticked already' if on else 'is not ticked'}; nothing changed."
        settle(call, study, found, text, changed=event is not None, step=step.id)


def _find_step(call: Call, topic: Topic, name: str) -> Step:
    step = topic.step(name) or topic.step(name.casefold().strip())
    if step is None:
        near = like([s.id for s in topic.steps], name)
        cure = f"did you mean '{near}'?" if near else f"{call.command('show', topic.id)} lists its steps"
        raise click.ClickException(f"{topic.id} has no step '{brief(name)}'; {cure}")
    return step
