"""Wording: words that several shells use, and how a long text becomes one short line."""

from __future__ import annotations

from collections.abc import Mapping

from dlroadmap import events as e
from dlroadmap.roadmap import Roadmap
from dlroadmap.schedule import Confidence
from dlroadmap.standing import Standing

STANDINGS: Mapping[Standing, str] = {
    "todo": "to do",
    "doing": "in progress",
    "done": "done",
    "mastered": "mastered",
    "skipped": "skipped",
}
SURE: Mapping[Confidence, str] = {"certain": "certain", "fairly": "fairly sure", "guess": "a guess"}
"""How sure the learner was of one answer."""
WHEN_SURE: Mapping[Confidence, str] = {**SURE, "guess": "guessing"}
"""The same for several answers: "right 40% of the time when guessing"."""

_EVENTS: Mapping[type[e.Event], str] = {
    e.TopicTicked: "ticked {topic}",
    e.TopicUnticked: "unticked {topic}",
    e.TopicSkipped: "skipped {topic}",
    e.TopicUnskipped: "no longer skipped: {topic}",
    e.TopicKnown: "known before: {topic}",
    e.TopicUnknown: "no longer known before: {topic}",
    e.StepTicked: "ticked “{step}” of {topic}",
    e.StepUnticked: "unticked “{step}” of {topic}",
    e.SittingStarted: "started a {kind}",
    e.SittingFinished: "finished a sitting",
    e.SittingAbandoned: "gave a sitting up",
    e.Answered: "answered a question of {topic}",
    e.AnswerOverruled: "overruled an answer of {topic}",
    e.IdeaBuried: "put an idea of {topic} off",
    e.IdeaSuspended: "suspended an idea of {topic}",
    e.IdeaResumed: "resumed an idea of {topic}",
    e.IdeaReset: "reset an idea of {topic}",
    e.QuestionRetired: "retired a question of {topic}",
    e.NoteWritten: "wrote a note on {topic}",
    e.PathChosen: "took the path {path}",
    e.PathSaved: "saved the path {path}",
    e.PlanSet: "changed the plan",
    e.Paused: "planned a break",
    e.Unpaused: "ended the break",
    e.Restored: "restored a backup",
}


def told(event: e.Event, roadmap: Roadmap) -> str:
    """Describe an event in a few words, with the titles of its topic, step and path."""
    words = {key: str(value) for key, value in event}
    topic = roadmap.topic(words.get("topic", ""))
    if topic:
        step = topic.step(words.get("step", ""))
        words |= {"topic": topic.title, "step": short(step.text) if step else words.get("step", "")}
    if isinstance(event, e.PathSaved):
        if not event.body:
            return f"deleted the path {event.path}"
        words["path"] = str(event.body.get("title", event.path))
    path = roadmap.paths.get(words.get("path", ""))
    if path:
        words["path"] = path.title
    return _EVENTS.get(type(event), "did something that a newer version knows").format_map(words)


def plural(number: int, thing: str) -> str:
    """Return a number with its noun: 1 idea, 2 ideas."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def bare(text: str) -> str:
    """Return a text on one line and without code marks."""
    return " ".join(text.replace("`", "").split())


def short(text: str, length: int = 40) -> str:
    """Return a text on one line, without code marks, cut between two words to at most `length` characters."""
    text = bare(text)
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0].rstrip() or text[: length - 1]) + "…"
