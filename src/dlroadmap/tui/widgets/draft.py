"""An answer while it is being given: what each key does, by the kind of question. Immutable."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dlroadmap.arithmetic import ArithmeticFault, read_number
from dlroadmap.question import Choice, Given, Match, Multi, Numeric, Open, Order, Question, Text, Variant
from dlroadmap.sitting import Sitting, Turn


@dataclass(frozen=True)
class Draft:
    """The current question as it is shown, and what was chosen so far.

    shown: the author's words in the screen's order (options, steps, right sides, rubric points). picked: indices into shown: the
    choice, the chosen options, the steps in order, or for a match one for each left side (-1: none yet).
    """

    question: Question
    variant: Variant
    shown: tuple[str, ...]
    picked: tuple[int, ...] = ()
    typed: str = ""
    at: int = 0
    revealed: bool = False

    @classmethod
    def of(cls, sitting: Sitting, turn: Turn, question: Question) -> Draft:
        """Begin an answer to a turn's question."""
        shown = sitting.things(turn, question)
        picked = (-1,) * len(question.pairs) if isinstance(question, Match) else ()
        return cls(question, sitting.variant(turn, question), shown, picked)

    @property
    def types(self) -> bool:
        """Whether the answer is typed."""
        return isinstance(self.question, Numeric | Text)

    @property
    def places(self) -> int:
        """How many lines the cursor can stand on."""
        return len(self.question.pairs) if isinstance(self.question, Match) else len(self.shown)

    @property
    def hidden(self) -> bool:
        """Whether it has a model answer that wasn't shown yet."""
        return isinstance(self.question, Open) and not self.revealed

    def digit(self, number: int) -> Draft:
        """Return the draft after the key of a digit, 1 or more."""
        n = number - 1
        if not 0 <= n < len(self.shown) or self.hidden:
            return self
        match self.question:
            case Choice():
                return replace(self, picked=(n,), at=n)
            case Multi() | Open():
                toggled = tuple(p for p in self.picked if p != n) if n in self.picked else (*self.picked, n)
                return replace(self, picked=toggled, at=n)
            case Order():
                return self if n in self.picked else replace(self, picked=(*self.picked, n), at=n)
            case Match():
                picked = (*self.picked[: self.at], n, *self.picked[self.at + 1 :])
                return replace(self, picked=picked, at=min(self.at + 1, self.places - 1))
            case _:
                return self

    def pick(self) -> Draft:
        """Return the draft after Space on the line under the cursor; a step that has a place loses it."""
        if isinstance(self.question, Match):
            return self
        if isinstance(self.question, Order) and self.at in self.picked:
            return replace(self, picked=tuple(p for p in self.picked if p != self.at))
        return self.digit(self.at + 1)

    def click(self, key: str) -> Draft:
        """Return the draft after a click on a row, given by its key; the keys of a match's right sides begin with "r"."""
        n = int(key.removeprefix("r"))
        if isinstance(self.question, Match):
            return self.digit(n + 1) if key.startswith("r") else replace(self, at=n)
        return replace(self, at=n).pick()

    def move(self, step: int) -> Draft:
        """Return the draft with the cursor moved; in a choice the cursor chooses."""
        if not self.places or self.hidden:
            return self
        at = (self.at + step) % self.places
        if isinstance(self.question, Choice):
            at = at if self.picked else (0 if step > 0 else self.places - 1)
            return replace(self, at=at, picked=(at,))
        return replace(self, at=at)

    def back(self) -> Draft:
        """Return the draft without the last step, or without the pair under the cursor."""
        if isinstance(self.question, Order):
            return replace(self, picked=self.picked[:-1])
        if isinstance(self.question, Match):
            at = self.at if self.picked[self.at] >= 0 else max(0, self.at - 1)
            return replace(self, picked=(*self.picked[:at], -1, *self.picked[at + 1 :]), at=at)
        return self

    @property
    def missing(self) -> str:
        """What is missing before the answer can be given; "" if nothing is."""
        match self.question:
            case Choice() if not self.picked:
                return "choose an option first: press its digit"
            case Multi() if not self.picked:
                return "choose at least one: a digit toggles"
            case Order() if len(self.picked) < len(self.shown):
                return "put all of them in order first: press their digits"
            case Match() if -1 in self.picked:
                return "match every left side first: a digit picks its right side"
            case Numeric() | Text() if not self.typed.strip():
                return "type an answer first"
            case Numeric():
                return self._unreadable(self.question.show(self.question.unit, self.variant))
            case Open() if not self.revealed:
                return "look at the model answer first: Enter"
            case _:
                return ""

    def _unreadable(self, unit: str) -> str:
        try:
            read_number(self.typed, unit)
        except ArithmeticFault as fault:
            return f"that can't be read as a number ({fault}); try 0.25, 1e-3 or 3*(4-1)"
        return ""

    @property
    def given(self) -> Given:
        """The answer in the author's words."""
        match self.question:
            case Choice():
                return self.shown[self.picked[0]] if self.picked else None
            case Multi() | Open():
                return tuple(self.shown[n] for n in sorted(self.picked))
            case Order():
                return tuple(self.shown[n] for n in self.picked)
            case Match():
                lefts = (left for left, _ in self.question.pairs)
                return tuple((left, self.shown[n]) for left, n in zip(lefts, self.picked, strict=True) if n >= 0)
            case _:
                return self.typed.strip()
