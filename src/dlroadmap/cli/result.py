"""The result of a sitting as text: counts of ideas, never only a percentage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dlroadmap.cli.call import Call
from dlroadmap.cli.paper import Paper
from dlroadmap.events import Answered
from dlroadmap.review import Wanted, nothing_to_review
from dlroadmap.roadmap import Roadmap
from dlroadmap.schedule import SHOWN
from dlroadmap.sitting import Outcome
from dlroadmap.standing import Where
from dlroadmap.study import Study
from dlroadmap.wording import SURE, plural

if TYPE_CHECKING:
    from dlroadmap.result import Came, TopicResult
    from dlroadmap.welcome import Placed

_ALL_THE_SAME = {
    "break": "--minutes 10 reviews ten minutes all the same, --all everything.",
    "unplanned": "--minutes 10 takes ten.",
    "used": "--minutes 10 goes on all the same.",
    "later": "--all reviews ahead of time.",
}


def print_result(call: Call, paper: Paper, roadmap: Roadmap, came: Came) -> None:
    """Print the result of a finished sitting."""
    paper.heading("Result")
    if came.placed:
        _print_placement(paper, roadmap, came.placed)
        return
    started, done = came.sitting.started, came.done
    right = sum(a.credit >= SHOWN for a in done.firsts)
    told = f"{right} of {plural(len(done.firsts), 'question')} right"
    if started.kind == "checkpoint" and came.here:
        _print_standing(paper, roadmap.topics[started.scope[0]].title, came.here)
    elif started.kind == "review":
        paper.say(f"{told} at the first try; {came.outlook.words}.")
    else:
        paper.say(f"{told}." if came.counts else f"{told}; a {started.kind} doesn't count.")
    _print_topics(paper, came.topics)
    for missed in done.again:
        _print_missed(paper, roadmap, missed)
    _print_sureness(paper, done)
    if came.counts:
        _print_advice(call, paper, came)
    else:
        _print_pages(call, paper, done)
    minutes, seconds = divmod(round(done.seconds), 60)
    paper.say(f"Time: {f'{minutes} min ' if minutes else ''}{seconds} s")


def _print_placement(paper: Paper, roadmap: Roadmap, found: Placed) -> None:
    """Print a placement's starting point, and the answers that led to it, in the path's order."""
    paper.say(found.words(roadmap))
    for answer in found.answers:
        topic = roadmap.topics[answer.topic]
        idea = topic.find_idea(answer.idea)
        guess = " (a guess)" if answer.confidence == "guess" and answer.credit >= SHOWN else ""
        sign = paper.sign("✓" if answer.credit >= SHOWN else "x")
        paper.say(f"{topic.title}{guess}: {idea.text if idea else answer.question}", f"  {sign} ", "    ")


def print_nothing(paper: Paper, study: Study, wanted: Wanted) -> None:
    """Print why no review begins, and which option begins one anyway."""
    found = nothing_to_review(study.roadmap, study.progress, study.now(), wanted)
    paper.say(found.words)
    if found.why in _ALL_THE_SAME:
        paper.say(_ALL_THE_SAME[found.why])


def _print_topics(paper: Paper, rows: Sequence[TopicResult]) -> None:
    for row in rows:
        sign = paper.sign("✓" if row.solid else "◄")
        known = f"known today {row.known:.1f} of {row.ideas}"
        paper.line(f"  {sign} {row.right} of {row.asked}  {row.topic.title}: {row.word}, {known}")


def _print_advice(call: Call, paper: Paper, came: Came) -> None:
    """Print what helps after misses: a topic's page for a leech, a need's checkpoint or review for a gap, a review."""
    for leech in came.leeches:
        paper.say(f"Missed {leech.misses} times: {leech.idea.text}")
        paper.line(f"  read it again: {call.command('show', leech.topic.id)}")
    for below in came.gaps:
        paper.say(below.words)
        words = ("review", "--topic", below.need.id) if below.passed else ("quiz", below.need.id)
        paper.line(f"  {call.command(*words)}")
    if came.done.missed:
        paper.line(f"What was missed: {call.command('review', '--missed')}")


def _print_pages(call: Call, paper: Paper, done: Outcome) -> None:
    """Print where to read about the misses of a sitting that doesn't count, because no review will ask them."""
    for topic in dict.fromkeys(topic for topic, _ in done.missed):
        paper.line(f"Read it again: {call.command('show', topic)}")


def _print_standing(paper: Paper, title: str, here: Where) -> None:
    told = f"{here.shown} of {plural(here.ideas, 'idea')} shown, {here.first_try} at a first try"
    if here.passed:
        paper.say(f"Passed: {told}. {title} is {here.standing}.", f"{paper.sign('✓')} ")
        if here.standing != "mastered":
            paper.say("Mastered comes with right reviews on another day, a week or more from now.", "  ")
    else:
        paper.say(f"{told}. A pass takes every idea shown, and two thirds of them at a first try.", f"{paper.of(here.standing)} ")


def _print_missed(paper: Paper, roadmap: Roadmap, missed: Answered) -> None:
    topic = roadmap.topics[missed.topic]
    idea = topic.find_idea(missed.idea)
    sure = f" (you were {SURE[missed.confidence]})" if missed.confidence == "certain" else ""
    guess = " (right, by a guess)" if missed.credit >= SHOWN else ""
    paper.say(f"{idea.text if idea else missed.question}{sure}{guess}", f"  {paper.sign('~' if guess else 'x')} look again: ")


def _print_sureness(paper: Paper, done: Outcome) -> None:
    for sure, words in SURE.items():
        right, wrong = done.right.get(sure, 0), done.wrong.get(sure, 0)
        if right or wrong:
            paper.row(f"  {words:<11}  {right:>2} right  {wrong:>2} wrong")
