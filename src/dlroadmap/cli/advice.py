"""Advice: the last lines of an answer, with what to do next and the command for it."""

from __future__ import annotations

from dlroadmap.cli.call import Call
from dlroadmap.cli.paper import Paper
from dlroadmap.plan import Next, next_steps, what_to_do
from dlroadmap.study import Study
from dlroadmap.wording import short


def advise(call: Call, study: Study, paper: Paper) -> None:
    """Print what comes next on the active path, and the command for it."""
    found = next(next_steps(study.roadmap, study.progress, study.now()), None)
    paper.line()
    if found is None:
        paper.say(f"Nothing is left to begin on this path: {call.command('path')} lists the others")
        return
    paper.say(f"Next: {said(found)}", rest="  ")
    paper.line(f"  {call.command('show', found.topic.id)}")


def said(found: Next) -> str:
    """Say a recommendation on one line: the topic, what to do on it, how long that takes."""
    what = short(what_to_do(found), 90)
    return f"{found.topic.title} · {what}" + (f", {found.minutes} min" if found.minutes else "")


def command_for(call: Call, found: Next) -> str:
    """Return the command by which a recommendation is done or ticked."""
    if found.action == "step" and found.step:
        return call.command("tick", found.topic.id, found.step.id)
    return call.command("quiz" if found.action == "checkpoint" else "tick", found.topic.id)
