"""What tick, skip, know, undo and redo share: record what changes something, say what changed, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from dlroadmap.cli.advice import advise
from dlroadmap.cli.call import Call, find_topic
from dlroadmap.events import Event
from dlroadmap.progress import Progress
from dlroadmap.roadmap import Topic
from dlroadmap.standing import Where, where
from dlroadmap.study import Study
from dlroadmap.wording import STANDINGS


def act(call: Call, name: str, rule: Callable[[Topic, Progress], Event | None], already: str) -> None:
    """Record the event that a rule returns for a topic; already: what to say if the rule returns None."""
    with call.study() as study:
        topic = find_topic(call, study, name)
        before = where(topic, study.progress, study.now())
        event = rule(topic, study.progress)
        if event is None:
            settle(call, study, topic, f"{topic.title} {already}; nothing changed.", changed=False)
            return
        study.record(event)
        after = where(topic, study.progress, study.now())
        settle(call, study, topic, f"{study.told(event)} · {_change(before, after)}", changed=True)


def settle(call: Call, study: Study, topic: Topic, text: str, *, changed: bool, **more: Any) -> None:
    """Print the result of an action, and what comes next."""
    here = where(topic, study.progress, study.now())
    if call.json:
        call.answer(topic=topic.id, standing=here.standing, changed=changed, **more)
        return
    paper = call.paper()
    paper.say(text, f"{paper.of(here.standing)} ")
    advise(call, study, paper)


def reverse(call: Call, verb: Literal["undo", "redo"]) -> None:
    """Undo or redo, and say what was done."""
    rule, key, done, back = {
        "undo": (Study.undo, "undone", "Undone", f"{call.command('redo')} brings it back"),
        "redo": (Study.redo, "redone", "Done again", f"{call.command('undo')} takes it back"),
    }[verb]
    with call.study() as study:
        call.must_save(study)
        entry = rule(study)
        said = study.told(entry.event) if entry else None
        if call.json:
            call.answer(**{key: said})
            return
        paper = call.paper()
        if said:
            paper.say(f"{done}: {said}")
            paper.line(back)
        else:
            paper.say(f"There is nothing to {verb}. {call.command('next')} says what to do now")


def _change(before: Where, after: Where) -> str:
    if before.standing == after.standing:
        return f"still {STANDINGS[after.standing]}{_because(after)}"
    return f"was {STANDINGS[before.standing]}, is {STANDINGS[after.standing]} now{_because(after)}"


def _because(here: Where) -> str:
    """Say why a topic is done if it isn't ticked."""
    if not here.done or here.ticked:
        return ""
    return " (its checkpoint is passed)" if here.passed else " (you knew it before)"
