"""Answering line by line: turning what the learner typed into an answer in the author's words."""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

from dlroadmap.arithmetic import ArithmeticFault
from dlroadmap.cli.encoding import put
from dlroadmap.question import Choice, Given, Match, Multi, Numeric, Open, Order, Question, Text, Variant
from dlroadmap.roadmap import clean
from dlroadmap.schedule import STATED, Confidence
from dlroadmap.sitting import Sitting, Turn


class Unclear(Exception):  # noqa: N818 what was typed isn't an answer; the message says what would be
    """A line that can't be an answer to the question."""


class Ended(Exception):  # noqa: N818 the end of the input or Ctrl+C, which pause
    """There is nothing more to read, or the learner wants to stop."""


class Asked(NamedTuple):
    """A question as it is asked; things: what its numbers 1, 2, … stand for, in the author's words."""

    question: Question
    variant: Variant
    things: tuple[str, ...]

    @classmethod
    def of(cls, sitting: Sitting, turn: Turn, question: Question) -> Asked:
        """Return a question as a sitting asks it."""
        return cls(question, sitting.variant(turn, question), sitting.things(turn, question))

    def show(self, text: str) -> str:
        """Return one of the question's texts with its numbers filled in."""
        return self.question.show(text, self.variant)


def ask(prompt: str) -> str:
    """Print a prompt and return the line that is typed. Raises Ended at the end of the input and at Ctrl+C."""
    put(prompt, end="" if sys.stdin.isatty() else "\n")
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    if not line:
        raise Ended
    return clean(line).strip()


def read(asked: Asked, typed: str) -> Given:
    """Return a typed line as an answer. Raises Unclear if it can't be one."""
    match asked.question:
        case Text():
            return typed
        case Numeric() as question:
            try:
                question.grade(asked.variant, typed)
            except ArithmeticFault as fault:
                raise Unclear(f"{fault}; type one such as 0.25, 1e-3 or 3/4") from None
            return typed
        case question:
            return _picked(question, asked.things, _numbers(typed, len(asked.things)))


def _picked(question: Choice | Multi | Order | Match | Open, things: tuple[str, ...], chosen: list[int]) -> Given:
    """Return the answer for the chosen numbers. Raises Unclear if they are too many or too few."""
    match question:
        case Choice() if len(chosen) > 1:
            raise Unclear("one number, please")
        case Choice():
            return things[chosen[0] - 1]
        case Order() if sorted(chosen) != list(range(1, len(things) + 1)):
            raise Unclear(f"all numbers from 1 to {len(things)}, please, each once")
        case Order():
            return tuple(things[n - 1] for n in chosen)
        case Match() if len(chosen) != len(question.pairs):
            raise Unclear(f"{len(question.pairs)} numbers, please: one for each left side, from the top")
        case Match():
            return tuple((left, things[n - 1]) for (left, _), n in zip(question.pairs, chosen, strict=True))
        case Multi() | Open():
            return tuple(things[n - 1] for n in sorted(set(chosen)))


def _numbers(typed: str, most: int) -> list[int]:
    """Return the numbers in a line, from 1 to most: separated or, if most has one digit, as a row of digits."""
    parts = re.findall(r"\d+", typed, re.ASCII) if re.fullmatch(r"[0-9 ,;>-]+", typed) else []
    if len(parts) == 1 and most <= 9:
        parts = list(parts[0])
    chosen = [int(part[:4]) for part in parts]
    if not chosen or not all(1 <= n <= most for n in chosen):
        raise Unclear(f"numbers from 1 to {most}, please")
    return chosen


def ask_confidence() -> Confidence:
    """Ask how sure an answer is. Raises Ended."""
    words: dict[str, Confidence] = {
        "": "fairly",
        "g": "guess",
        "c": "certain",
        "f": "fairly",
        "guess": "guess",
        "certain": "certain",
    }
    odds = {key: round(100 * value) for key, value in STATED.items()}
    while True:
        typed = ask(f"How sure? Enter fairly ({odds['fairly']}%), g guess ({odds['guess']}%), c certain ({odds['certain']}%): ")
        if typed.casefold() in words:
            return words[typed.casefold()]
        put("Enter, g or c, please.")
