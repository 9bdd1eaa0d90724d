"""What a sitting came to, as text: counts of ideas, never a percentage alone."""

from __future__ import annotations

from dlroadmap.cli.paper import Paper, plural
from dlroadmap.events import Answered
from dlroadmap.roadmap import Topic
from dlroadmap.schedule import Confidence
from dlroadmap.sitting import Outcome, Sitting, outcome
from dlroadmap.standing import where
from dlroadmap.study import Study

_SURE: dict[Confidence, str] = {"certain": "certain", "fairly": "fairly sure", "guess": "a guess"}


def print_result(paper: Paper, study: Study, sitting: Sitting) -> None:
    """Print what a finished sitting came to."""
    came = outcome(sitting.answers)
    paper.heading("Result")
    if sitting.started.kind == "checkpoint":
        for name in sitting.started.scope:
            _print_standing(paper, study, study.roadmap.topics[name])
    else:
        right = sum(came.right.values()) if came.right else sum(a.credit >= 0.5 for a in came.firsts)
        paper.say(f"{right} of {plural(len(came.firsts), 'question')} right; practice doesn't count.")
    for missed in came.again:
        _print_missed(paper, study, missed)
    _print_sureness(paper, came)
    minutes, seconds = divmod(round(came.time), 60)
    paper.say(f"Time: {f'{minutes} min ' if minutes else ''}{seconds} s")


def _print_standing(paper: Paper, study: Study, topic: Topic) -> None:
    here = where(topic, study.progress, study.now())
    told = f"{here.shown} of {plural(here.ideas, 'idea')} shown, {here.first_try} at a first try"
    if here.passed:
        paper.say(f"Passed: {told}. {topic.title} is {here.standing}.", f"{paper.sign('✓')} ")
        if here.standing != "mastered":
            paper.say("Mastered comes with right reviews on another day, a week or more from now.", "  ")
    else:
        paper.say(f"{told}. A pass takes every idea shown, and two thirds of them at a first try.", f"{paper.of(here.standing)} ")


def _print_missed(paper: Paper, study: Study, missed: Answered) -> None:
    topic = study.roadmap.topics[missed.topic]
    idea = next((i for i in topic.idea if missed.idea == i.id or missed.idea in i.aliases), None)
    sure = f" (you were {_SURE[missed.confidence]})" if missed.confidence == "certain" else ""
    guess = " (right, by a guess)" if missed.credit >= 0.5 else ""
    paper.say(f"{idea.text if idea else missed.question}{sure}{guess}", f"  {paper.sign('~' if guess else 'x')} look again: ")


def _print_sureness(paper: Paper, came: Outcome) -> None:
    for sure, words in _SURE.items():
        right, wrong = came.right.get(sure, 0), came.wrong.get(sure, 0)
        if right or wrong:
            paper.line(f"  {words:<11}  {right:>2} right  {wrong:>2} wrong")
