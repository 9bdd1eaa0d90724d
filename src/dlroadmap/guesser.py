"""The guesser, who knows nothing and picks options by their form alone: with good questions it is no better than chance."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from dlroadmap.question import Choice, Option, Question

ENOUGH = 20
"""The fewest single choices from which the figures mean something."""
ABOVE_CHANCE = 0.10
LONGEST_ABOVE_CHANCE = 0.08
_FOLDS = 5
_ABSOLUTE = re.compile(r"\b(always|never|all|none|only|every|any|must|cannot|impossible|no)\b", re.IGNORECASE)
_HEDGED = re.compile(r"\b(can|may|often|usually|typically|tends?|sometimes|more|less|most|generally)\b", re.IGNORECASE)
_JOINED = re.compile(r"[,;:(]")
_WORD = re.compile(r"[a-z0-9]{3,}")


class Guesses(NamedTuple):
    """The shares of single choices that are right by chance, by the longest option, and by a guesser who knows the author."""

    questions: int
    chance: float
    longest: float
    guesser: float

    @property
    def warnings(self) -> list[str]:
        """What gives answers away, as sentences."""
        if self.questions < ENOUGH:
            return []
        found: list[str] = []
        if self.longest > self.chance + LONGEST_ABOVE_CHANCE:
            found.append(
                f"the longest option is right {self.longest:.0%} of the time, chance is {self.chance:.0%}; even the lengths out"
            )
        if self.guesser > self.chance + ABOVE_CHANCE:
            found.append(
                f"somebody who picks by form alone gets {self.guesser:.0%} of the single choices, chance is {self.chance:.0%}; "
                "give right and wrong options one length, tone and detail"
            )
        return found


def guesses(questions: Sequence[Question]) -> Guesses:
    """Let the guesser answer: naive Bayes over five features of form, each question guessed after learning from the others."""
    choices = [q for q in questions if isinstance(q, Choice)]
    if not choices:
        return Guesses(0, 0.0, 0.0, 0.0)
    chance = sum(1 / len(q.options) for q in choices) / len(choices)
    longest = sum(max(q.options, key=lambda o: len(o.text)).right for q in choices) / len(choices)
    right = sum(_guessed(choices, fold) for fold in range(_FOLDS))
    return Guesses(len(choices), chance, longest, right / len(choices))


def _guessed(choices: Sequence[Choice], fold: int) -> float:
    """Return the expected number of right guesses in one fold, after learning from the others."""
    seen: dict[bool, Counter[tuple[int, object]]] = {True: Counter(), False: Counter()}
    total: Counter[bool] = Counter()
    for n, question in enumerate(choices):
        if n % _FOLDS != fold:
            for option in question.options:
                total[option.right] += 1
                seen[option.right].update(enumerate(_form(question, option)))

    def score(question: Choice, option: Option) -> float:
        odds = 0.0
        for feature in enumerate(_form(question, option)):
            odds += math.log((seen[True][feature] + 1) / (total[True] + 3)) - math.log(
                (seen[False][feature] + 1) / (total[False] + 3)
            )
        return odds

    right = 0.0
    for question in choices[fold::_FOLDS]:
        scores = [score(question, option) for option in question.options]
        tied = [option for option, s in zip(question.options, scores, strict=True) if s > max(scores) - 1e-9]
        right += sum(option.right for option in tied) / len(tied)
    return right


def _form(question: Choice, option: Option) -> tuple[object, ...]:
    """Return an option's form: its length, absolute words, cautious words, words of the question, several statements joined."""
    text, lengths = option.text, sorted(len(o.text) for o in question.options)
    longest = len(text) == lengths[-1] > 1.1 * lengths[-2]
    shortest = len(text) == lengths[0] < lengths[1] / 1.1
    asked = set(_WORD.findall(question.ask.casefold()))
    shared = [len(asked & set(_WORD.findall(o.text.casefold()))) for o in question.options]
    echo = len(asked & set(_WORD.findall(text.casefold()))) == max(shared) > min(shared)
    length = "longest" if longest else "shortest" if shortest else ""
    return length, bool(_ABSOLUTE.search(text)), bool(_HEDGED.search(text)), echo, bool(_JOINED.search(text))
