"""The rows of a sitting's result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text as Line

from dlroadmap.result import Came, TopicResult
from dlroadmap.roadmap import Roadmap
from dlroadmap.schedule import SHOWN, STATED
from dlroadmap.sitting import Outcome
from dlroadmap.standing import needed
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, markdown, plain
from dlroadmap.tui.widgets.question_card import mark
from dlroadmap.wording import SURE, plural

if TYPE_CHECKING:
    from dlroadmap.welcome import Placed


def result(came: Came, roadmap: Roadmap, signs: Signs) -> list[Row]:
    """Return the rows of a result: what was shown, how sure and how right, what to look at again, what to do about it."""
    if came.placed:
        return _placement(came.placed, roadmap, signs)
    done = came.done
    rows = [*_verdict(came, signs)]
    line = Line()
    for n, answer in enumerate((*done.firsts, *done.second_tries)):
        line.append("  " if n == len(done.firsts) else "")
        line.append(*mark(answer, signs))
    if done.firsts:
        right = sum(a.credit >= SHOWN for a in done.firsts)
        second = sum(a.credit >= SHOWN for a in done.second_tries)
        if came.sitting.started.kind != "exam":  # an exam has one try only, and its verdict says so
            rows.append(plain(f"{right} at the first try" + (f", {second} at the second" if second else "")))
        rows.append(Row(line))
    minutes, seconds = divmod(round(done.seconds), 60)
    rows.append(plain(f"{minutes} min {seconds} s" if minutes else f"{seconds} s", "muted"))
    rows += _by_topic(came.topics, signs)
    rows += _sureness(done)
    rows += _again(done, roadmap, signs)
    rows += _advice(came, signs)
    return rows


def _verdict(came: Came, signs: Signs) -> list[Row]:
    done, here, kind = came.done, came.here, came.sitting.started.kind
    right = sum(a.credit >= SHOWN for a in done.firsts)
    told = f"{right} of {len(done.firsts)} right"
    if kind in ("practice", "cram"):
        effect = "This was practice and doesn't count." if kind == "practice" else "A cram changes no due date."
        return [plain(f"{told}. {effect}", "done")]
    if kind == "review":
        return [plain(f"{told}.", "done"), plain(f"Reviews: {came.outlook.words}.", "muted")]
    if kind == "exam" or here is None:
        return [plain(f"{told}.", "done")]
    if not here.ideas:
        return [plain("No question of this topic is asked any more.", "muted")]
    if here.passed and done.firsts and not right:  # what was passed before isn't lost by a retake
        return [plain(f"{told} at a first try; the topic stays passed.", "doing")]
    if here.passed:
        mastered = "Mastered comes with right reviews on another day, a week or more from now."
        more = [] if here.standing == "mastered" else [plain(mastered, "muted")]
        return [plain(f"{signs.right} Passed: {here.shown} of {plural(here.ideas, 'idea')} shown", "mastered"), *more]
    if here.ideas == 1:
        missed = "The idea is shown, but not at a first try, which a pass takes. A retake asks it again."
        return [plain(missed if here.shown else "The idea isn't shown yet: a retake asks it again.", "doing")]
    again = f"A retake asks the {here.to_ask} that weren't right at a first try." if here.to_ask > 1 else "A retake asks the other."
    if here.shown < here.ideas:
        return [plain(f"{here.shown} of {here.ideas} ideas shown. {again}", "doing")]
    tries = f"{here.first_try} of them at a first try; {needed(here.ideas)} pass. {again}"
    return [plain(f"All {here.ideas} ideas shown, {tries}", "doing")]


def _placement(found: Placed, roadmap: Roadmap, signs: Signs) -> list[Row]:
    """Return the rows of a placement: where to start, and the answers that say so, in the path's order."""
    rows = [plain(found.words(roadmap), "done"), plain("It marks nothing as done; undo on the Map takes the start back.", "muted")]
    rows += [BLANK, heading(f"Along the path {found.path.title}")]
    for answer in found.answers:
        topic = roadmap.topics[answer.topic]
        idea = topic.find_idea(answer.idea)
        sign, style = mark(answer, signs)
        guess = "  a guess" if answer.confidence == "guess" and answer.credit >= SHOWN else ""
        rows.append(Row(Line(topic.title).append(guess, "muted"), f"{sign} ", "  ", mark=style))
        rows += markdown(idea.text, first="  ", rest="  ", style="muted") if idea else []
    return rows


def _by_topic(topics: Sequence[TopicResult], signs: Signs) -> list[Row]:
    if not topics:
        return []
    rows = [BLANK, heading("By topic")]
    for row in topics:
        sign, style = (signs.right, "mastered") if row.solid else (signs.due, "due")
        said = f"{row.word} · {row.right} of {row.asked} · known today {row.known:.1f} of {row.ideas}"
        rows += [Row(Line(row.topic.title), f"{sign} ", "  ", mark=style), plain(said, "muted", first="  ")]
    return rows


def _sureness(done: Outcome) -> list[Row]:
    if not (done.right or done.wrong):
        return []
    rows = [BLANK, heading("How sure against how right"), plain(f"{'':<18}right  wrong", "muted")]
    for name, chance in reversed(STATED.items()):
        table = Line(f"{SURE[name]} ({chance:.0%})".ljust(18) + f"{done.right.get(name, 0):>5}  {done.wrong.get(name, 0):>5}")
        if name == "certain" and done.wrong.get(name):
            table.append("   look here first", "due")
        rows.append(Row(table, wrap=False))
    return rows


def _again(done: Outcome, roadmap: Roadmap, signs: Signs) -> list[Row]:
    if not done.again:
        return []
    rows = [BLANK, heading(f"To look at again ({len(done.again)})")]
    for answer in done.again:
        topic = roadmap.topics.get(answer.topic)
        idea = topic.find_idea(answer.idea) if topic else None
        sign, style = mark(answer, signs)
        why = "a guess" if answer.confidence == "guess" and answer.credit >= SHOWN else ""
        why = "you were certain" if answer.confidence == "certain" else why
        row = markdown(idea.text if idea else answer.question)[0]
        row.text.append(f"  {why}" if why else "", "muted")
        rows.append(row._replace(first=f"{sign} ", rest="  ", mark=style))
    return rows


def _advice(came: Came, signs: Signs) -> list[Row]:
    rows: list[Row] = []
    for leech in came.leeches:
        rows.append(plain(f"Missed {leech.misses} times; the page of {leech.topic.title} helps more than another review:", "due"))
        rows += markdown(leech.idea.text, first="  ", style="muted")
    for n, gap in enumerate(came.gaps):
        key = "w " if n == 0 else "  "
        rows.append(Row(Line(gap.words, "doing"), key, "  ", mark="strong"))
        rows += markdown(gap.idea.text, first="  ", style="muted")
    if rows:
        rows = [BLANK, heading("What lies under it"), *rows]
    if came.sitting.started.kind == "exam" and came.done.missed:
        one = len(came.done.missed) == 1
        when = (
            f"come{'s' if one else ''} back after your break"
            if came.outlook.back
            else f"{'is' if one else 'are'} due for review tomorrow"
        )
        missed = f"The idea you missed {when}." if one else f"The ideas you missed {when}, those you were certain of first."
        rows += [BLANK, plain(f"{signs.due} {missed}", "due")]
    return rows
