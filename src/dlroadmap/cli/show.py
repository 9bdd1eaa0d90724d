"""show: a topic's page, a phase's topics, or the roadmap's own page."""

from __future__ import annotations

from typing import Any

import click

from dlroadmap.cli.call import Call, find_either, options
from dlroadmap.cli.page import print_phase, print_roadmap, print_topic
from dlroadmap.cli.status import share
from dlroadmap.roadmap import Idea, Phase, Roadmap, Step, Topic
from dlroadmap.schedule import recall
from dlroadmap.standing import of_idea, of_topic, step_done, where
from dlroadmap.study import Study


@click.command()
@options
@click.argument("name", metavar="[TOPIC|PHASE]", required=False)
@click.pass_obj
def command(call: Call, name: str | None) -> None:
    """Show the page of TOPIC: its ideas, what to do, where to read. Of PHASE, its topics.

    A phase is named by its id, its title, or its number in dlroadmap status. Without a name: what the roadmap leads to, advice
    for the way, and what it stands on.
    """
    with call.study() as study:
        if name is None:
            _show_roadmap(call, study.roadmap)
            return
        found = find_either(call, study, name)
        if isinstance(found, Topic):
            _show_topic(call, study, found)
        else:
            _show_phase(call, study, found)


def _show_roadmap(call: Call, roadmap: Roadmap) -> None:
    if not call.json:
        print_roadmap(call, roadmap)
        return
    phases = [{"id": p.id, "title": p.title, "topics": [t.id for t in p.topic]} for p in roadmap.phase]
    sources = [{"title": s.title, "url": s.url or None, "note": s.note} for s in roadmap.sources]
    about = {"outcomes": list(roadmap.outcomes), "tips": list(roadmap.tips), "sources": sources}
    call.answer(id=roadmap.id, title=roadmap.title, summary=roadmap.summary, **about, phases=phases)


def _show_phase(call: Call, study: Study, phase: Phase) -> None:
    if not call.json:
        print_phase(call, study, phase)
        return
    view = study.overview()
    topics = [{"id": t.id, "title": t.title, "standing": view.where[t.id].standing, "hours": t.hours} for t in phase.topic]
    call.answer(id=phase.id, title=phase.title, goal=phase.goal, topics=topics)


def _show_topic(call: Call, study: Study, topic: Topic) -> None:
    if not call.json:
        print_topic(call, study, topic)
        return
    here, done = where(topic, study.progress, study.now()), of_topic(topic, study.progress)
    call.answer(
        id=topic.id,
        title=topic.title,
        phase=study.roadmap.phase_of[topic.id].id,
        level=topic.level,
        hours=topic.hours,
        standing=here.standing,
        due=here.due,
        passed=share(here.shown, here.ideas),
        known=share(here.known, here.ideas),
        needs=list(topic.needs),
        helps=list(topic.helps),
        opens=list(study.roadmap.opens[topic.id]),
        **topic.model_dump(mode="json", include={"summary", "why", "analogy", "example", "figure", "pitfalls"}),
        ideas=[_idea(study, topic, idea) for idea in topic.idea],
        steps=[_step(step, done=step_done(topic, step.id, done)) for step in topic.steps],
        questions=topic.questions,
        note=done.note,
    )


def _step(step: Step, *, done: bool) -> dict[str, Any]:
    """Return a step for JSON; fields of only practices, projects or resources are in an object of that name."""
    whole = step.of.model_dump(mode="json", exclude={"aliases"})
    return {"id": step.id, "kind": step.kind, "text": step.text, "minutes": step.minutes, "done": done, step.kind: whole}


def _idea(study: Study, topic: Topic, idea: Idea) -> dict[str, Any]:
    found = of_idea(idea, of_topic(topic, study.progress))
    return {
        "id": idea.id,
        "text": idea.text,
        "can": idea.can,
        "shown": found.shown is not None,
        "shown_at": found.shown.isoformat() if found.shown else None,
        "recall": round(recall(found.memory, study.now()), 4) if found.memory else None,
        "questions": idea.questions,
    }
