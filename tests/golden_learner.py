"""The golden learner: twelve weeks on a roadmap of three phases, by a script and a clock, that tests derive every figure of.

Local time is two hours ahead of UTC. The answers are given as events, as a sitting records them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

from tests.conftest import Clock

from dlroadmap import events as e
from dlroadmap.schedule import Confidence
from dlroadmap.study import Study

LOCAL = timezone(timedelta(hours=2))
NOW = datetime(2026, 5, 21, 20, tzinfo=LOCAL)
"""A Thursday, in the twelfth week."""

TOPICS: tuple[tuple[str, str, str, float, str, str, str], ...] = (
    # phase, topic, title, hours, needs, steps (id:minutes, the project's in hours), ideas
    ("numbers", "counting", "Counting", 2, "", "count:30 primer:30", "x y"),
    ("numbers", "adding", "Adding", 3, "counting", "sums:60", "x y z"),
    ("lines", "slopes", "Slopes", 4, "adding", "draw:90", "x y"),
    ("lines", "curves", "Curves", 5, "slopes", "plotter:120", ""),
    ("nets", "neurons", "Neurons", 6, "slopes", "sketch:120 chapter:60", "x y"),
    ("nets", "layers", "Layers", 8, "neurons", "stack:30", "x"),
    ("nets", "depth", "Depth", 10, "layers", "", "x"),
    ("nets", "history", "History", 3, "", "", "x"),
)


def write_roadmap(folder: Path) -> Path:
    """Write the roadmap and its questions, two for each idea, and return its file."""
    parts = ['format = 1\nid = "golden"\ntitle = "Golden"\n']
    checkpoints = folder / "checkpoints"
    checkpoints.mkdir(parents=True)
    begun: list[str] = []
    for phase, topic, title, hours, needs, steps, ideas in TOPICS:
        if phase not in begun:
            begun.append(phase)
            parts.append(f'[[phase]]\nid = "{phase}"\ntitle = "{phase.title()}"\n')
        parts.append(f'[[phase.topic]]\nid = "{topic}"\ntitle = "{title}"\nhours = {hours}\nneeds = {needs.split()}\n')
        parts += [f'[[phase.topic.idea]]\nid = "{idea}"\ntext = "{title} {idea}"\n' for idea in ideas.split()]
        for name, minutes in (step.split(":") for step in steps.split()):
            parts.append(
                f'[[phase.topic.practice]]\nid = "{name}"\ntext = "{title} {name}."\ncheck = "It is right."\nminutes = {minutes}\n'
            )
    for phase in begun:
        asked = [
            f'[[question]]\ntopic = "{topic}"\nid = "{idea}{n}"\nidea = "{idea}"\nkind = "text"\nask = "{title} {idea} {n}?"\n'
            f'why = "So."\naccept = ["yes"]\n'
            for its, topic, title, _, _, _, ideas in TOPICS
            if its == phase
            for idea in ideas.split()
            for n in (1, 2)
        ]
        (checkpoints / f"{phase}.toml").write_text("\n".join(asked), encoding="utf-8")
    file = folder / "roadmap.toml"
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


Kind = Literal["checkpoint", "exam", "review", "practice", "cram"]
Answer = tuple[str, str, str, bool, Confidence | None, float, bool]


def right(idea: str, kind: str, sure: Confidence | None, seconds: float, *, retry: bool = False) -> Answer:
    """A right answer; idea is topic.idea."""
    topic, _, name = idea.partition(".")
    return topic, name, kind, True, sure, seconds, retry


def wrong(idea: str, kind: str, sure: Confidence | None, seconds: float) -> Answer:
    """A wrong answer."""
    topic, _, name = idea.partition(".")
    return topic, name, kind, False, sure, seconds, False


def sitting(name: str, kind: Kind, *answers: Answer) -> Iterator[e.Event]:
    """The events of a whole sitting."""
    yield e.SittingStarted(sitting=name, kind=kind, scope=(), seed=1, questions=())
    for topic, idea, of, is_right, sure, seconds, retry in answers:
        yield e.Answered(
            sitting=name,
            topic=topic,
            question=f"{idea}2" if retry else f"{idea}1",
            idea=idea,
            kind=of,
            given="",
            credit=float(is_right),
            confidence=sure,
            seconds=seconds,
            retry=retry,
        )
    yield e.SittingFinished(sitting=name)


def step(topic: str, name: str) -> e.Event:
    return e.StepTicked(topic=topic, step=name)


def history() -> Iterator[tuple[datetime, e.Event]]:
    """Every event of the twelve weeks with its moment; a day's events come a minute apart, from six in the evening."""
    days: list[tuple[str, list[e.Event]]] = [
        # week 1, from Monday, 2 March
        (
            "03-02",
            [
                e.PlanSet(hours=4, days=("mon", "wed", "sat"), review_minutes=4, target=date(2026, 7, 31)),
                step("counting", "count"),
            ],
        ),
        ("03-04", [step("counting", "primer")]),
        (
            "03-07",
            [
                *sitting(
                    "s1",
                    "checkpoint",
                    right("counting.x", "choice", "certain", 40),
                    wrong("counting.y", "choice", "certain", 60),
                    right("counting.y", "choice", "fairly", 20, retry=True),
                )
            ],
        ),
        # week 2, from 9 March: the retake passes Counting, the checkpoint Adding
        ("03-09", [*sitting("s2", "checkpoint", right("counting.y", "numeric", "fairly", 60))]),
        ("03-11", [step("adding", "sums")]),
        (
            "03-14",
            [
                *sitting(
                    "s3",
                    "checkpoint",
                    right("adding.x", "choice", "fairly", 30),
                    right("adding.y", "choice", "guess", 30),
                    wrong("adding.z", "choice", "fairly", 30),
                    right("adding.z", "choice", "fairly", 30, retry=True),
                )
            ],
        ),
        # week 3, from 16 March
        (
            "03-16",
            [*sitting("s4", "review", right("counting.y", "text", "certain", 50), wrong("adding.z", "choice", "guess", 40))],
        ),
        ("03-18", [step("slopes", "draw")]),
        ("03-21", [e.TopicTicked(topic="slopes")]),
        # week 4, from 23 March: a review, then nothing for nineteen days
        (
            "03-25",
            [
                *sitting(
                    "s5",
                    "review",
                    right("counting.x", "numeric", "certain", 70),
                    right("adding.x", "choice", "fairly", 30),
                    wrong("adding.z", "choice", "fairly", 30),
                )
            ],
        ),
        # week 7, from 13 April; somebody goes for tea over the first question
        (
            "04-13",
            [
                *sitting(
                    "s6",
                    "review",
                    wrong("counting.y", "choice", "fairly", 900),
                    right("adding.x", "choice", "fairly", 30),
                    right("adding.y", "numeric", "fairly", 45),
                    right("adding.z", "text", "fairly", 45),
                )
            ],
        ),
        ("04-15", [step("curves", "plotter")]),
        # week 8, from 20 April; the checkpoint of a topic that was ticked a month ago
        ("04-22", [e.TopicTicked(topic="curves")]),
        (
            "04-25",
            [*sitting("s7", "checkpoint", right("slopes.x", "choice", "certain", 40), right("slopes.y", "numeric", "fairly", 80))],
        ),
        # week 9, from 27 April
        ("04-27", [step("neurons", "sketch")]),
        # week 10, from 4 May
        (
            "05-04",
            [*sitting("s8", "review", right("adding.y", "choice", "certain", 300), right("counting.y", "text", "fairly", 1000))],
        ),
        (
            "05-09",
            [*sitting("s9", "exam", wrong("slopes.x", "choice", "certain", 60), right("slopes.y", "text", "fairly", 60))],
        ),
        # week 11, from 11 May
        ("05-11", [e.TopicKnown(topic="layers"), e.TopicSkipped(topic="history")]),
        (
            "05-13",
            [*sitting("s10", "checkpoint", right("neurons.x", "choice", "fairly", 50), wrong("neurons.y", "choice", None, 10))],
        ),
        (
            "05-16",
            [step("neurons", "chapter"), *sitting("s11", "practice", right("neurons.y", "choice", "certain", 30))],
        ),
        # week 12, from 18 May
        (
            "05-18",
            [
                *sitting(
                    "s12",
                    "review",
                    right("counting.x", "choice", "fairly", 240),
                    wrong("adding.z", "choice", "fairly", 120),
                ),
                e.IdeaBuried(topic="adding", idea="z", until=date(2026, 5, 25)),
                e.IdeaSuspended(topic="slopes", idea="y"),
            ],
        ),
        (
            "05-20",
            [
                step("layers", "stack"),
                e.NoteWritten(topic="neurons", text="Ask **why** the bias is there & <b>what</b> it moves."),
                e.Paused(until=date(2026, 5, 28)),
            ],
        ),
    ]
    for day, events in days:
        month, number = map(int, day.split("-"))
        for n, event in enumerate(events):
            yield datetime(2026, month, number, 18, n, tzinfo=LOCAL), event


def learn(study: Study, clock: Clock) -> None:
    """Live through the twelve weeks; one tick on 29 April was a slip of the finger and is taken back."""
    for at, event in history():
        if at.date() > date(2026, 4, 27) and clock.now.date() <= date(2026, 4, 27):
            clock.now = datetime(2026, 4, 29, 18, tzinfo=LOCAL)
            study.record(e.TopicTicked(topic="depth"))
            study.undo()
        clock.now = at
        study.record(event)
    clock.now = NOW
