"""Questions: seven kinds, variants of a question with variables, and grade(question, variant, given) -> Verdict.

A question is data that an author wrote. `given` is what a learner answered, in the author's words and never as positions, so
that neither shuffling nor editing can change what an old answer meant.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from dlroadmap.arithmetic import LARGEST, ArithmeticFault, Number, evaluate, read_number
from dlroadmap.roadmap import Block, Frozen, FullLine, FullProse, Id, Line, MaybeId, Prose

Kind = Literal["choice", "multi", "numeric", "text", "order", "match", "open"]
Variant = Mapping[str, Number]
"""The numbers that a question's variables take in one asking."""
Expression = Annotated[str, Field(coerce_numbers_to_str=True), WithJsonSchema({"type": ["string", "number"]})]
"""A number, or an expression over the variables."""
Given = str | tuple[str, ...] | tuple[tuple[str, str], ...] | None
"""An answer in the author's words: an option, several, what was typed, steps in order, pairs, rubric points; None: don't know."""

MOST_VARIANTS = 1000
"""A question with more variants is refused."""


class Option(Frozen):
    """One of the answers to choose from."""

    text: FullLine
    right: bool = False
    why: Prose = ""


class Trap(Frozen):
    """A wrong number that a named mistake leads to."""

    value: Expression
    why: FullProse


class Verdict(NamedTuple):
    """How an answer was graded: credit from 0 to 1, and the explanation of the trap if it fell into one."""

    credit: float
    trap: str = ""

    @property
    def right(self) -> bool:
        """Whether all of it was right."""
        return self.credit >= 1


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST:
        raise ValueError("must be a number, of at most 2^256")
    return value


Value = Annotated[Number, BeforeValidator(_number)]
"""One of the numbers that a variable takes."""


class _Asked(Frozen):
    """What all kinds of questions have in common."""

    topic: MaybeId = ""
    id: Id
    aliases: tuple[Id, ...] = ()
    idea: MaybeId = ""
    level: Literal[1, 2, 3] = 2
    ask: FullProse
    code: Block | None = None
    language: Line = "python"
    hint: Prose = ""
    why: Prose = ""
    vars: dict[str, tuple[Value, ...]] = Field(default_factory=dict)
    cases: tuple[dict[str, Value], ...] = ()
    require: str = ""

    @model_validator(mode="after")
    def _variables(self) -> Self:
        names = set(self.vars) | {name for case in self.cases for name in case}
        if self.vars and self.cases:
            raise ValueError("has vars and cases; keep one of them")
        if wrong := sorted(n for n in names if not re.fullmatch(r"[a-zA-Z_]\w*", n) or n == "pi"):
            raise ValueError(f"'{wrong[0]}' can't name a variable; use letters, digits and _")
        if any(set(case) != names for case in self.cases):
            raise ValueError(f"every case must give all of {sorted(names)}")
        if math.prod(len(values) for values in self.vars.values()) > MOST_VARIANTS or len(self.cases) > MOST_VARIANTS:
            raise ValueError(f"has more than {MOST_VARIANTS} variants")
        return self

    @property
    def key(self) -> tuple[str, str]:
        """Its topic and id."""
        return self.topic, self.id

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Every set of numbers that its variables may take; one empty set where it has none. Raises ArithmeticFault."""
        if self.cases:
            every: Iterator[Variant] = iter(self.cases)
        else:
            every = (dict(zip(self.vars, values, strict=True)) for values in itertools.product(*self.vars.values()))
        return tuple(v for v in every if not self.require or evaluate(self.require, v))

    def few_variants(self, most: int) -> tuple[Variant, ...]:
        """Return at most `most` variants, spread evenly from the first to the last. Raises ArithmeticFault."""
        every = self.variants
        return every if len(every) <= most else tuple(every[n * (len(every) - 1) // (most - 1)] for n in range(most))

    @property
    def things(self) -> tuple[str, ...]:
        """The parts that an answer is made of, in the author's words and order; empty if the answer is typed."""
        return ()

    def show(self, text: str, variant: Variant) -> str:
        """Return one of its texts with the variables replaced."""
        return fill(text, variant)


class Choice(_Asked):
    """One of several options is right."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=9)

    @property
    def things(self) -> tuple[str, ...]:
        """The options."""
        return tuple(o.text for o in self.options)

    def grade(self, variant: Variant, given: Given) -> Verdict:  # noqa: ARG002 the kinds share one signature
        """Return credit 1 for the right option, else 0."""
        return Verdict(float(any(o.right and o.text == given for o in self.options)))

    def solution(self, variant: Variant) -> Given:  # noqa: ARG002 as above
        """Return the right answer."""
        return next(o.text for o in self.options if o.right)


class Multi(_Asked):
    """Any number of options are right."""

    kind: Literal["multi"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=9)

    @property
    def things(self) -> tuple[str, ...]:
        """The options."""
        return tuple(o.text for o in self.options)

    def grade(self, variant: Variant, given: Given) -> Verdict:  # noqa: ARG002 the kinds share one signature
        """Return the credit: right options chosen minus wrong ones chosen, at least 0, divided by all right options."""
        right = {o.text for o in self.options if o.right}
        chosen = set(given or ())
        return Verdict(max(0, len(chosen & right) - len(chosen - right)) / len(right))

    def solution(self, variant: Variant) -> Given:  # noqa: ARG002 as above
        """Return the right answer."""
        return tuple(o.text for o in self.options if o.right)


class Numeric(_Asked):
    """A number is typed."""

    kind: Literal["numeric"]
    answer: Expression
    tolerance: float | None = Field(None, ge=0, le=1)
    margin: float | None = Field(None, ge=0)
    unit: Line = ""
    traps: tuple[Trap, ...] = ()

    @model_validator(mode="after")
    def _one_tolerance(self) -> Self:
        if (self.tolerance is None) == (self.margin is None):
            raise ValueError("wants either tolerance (relative; 0 for whole numbers) or margin (absolute)")
        return self

    def value(self, variant: Variant) -> Number:
        """Return the right number. Raises ArithmeticFault."""
        return evaluate(self.answer, variant)

    def near(self, number: Number, value: Number) -> bool:
        """Return whether a number is within the tolerance of a value; rounding errors of floats are always allowed."""
        allowed = self.margin if self.margin is not None else abs(value) * (self.tolerance or 0)
        return abs(number - value) <= allowed + 1e-9 * min(max(1e-3, abs(value)), 1e6)

    def grade(self, variant: Variant, given: Given) -> Verdict:
        """Return credit 1 within the tolerance, else 0 and the trap with this number, if any. Raises ArithmeticFault."""
        if given is None:
            return Verdict(0)
        number = read_number(str(given), self.show(self.unit, variant))
        if self.near(number, self.value(variant)):
            return Verdict(1)
        for trap in self.traps:
            if self.near(number, evaluate(trap.value, variant)):
                return Verdict(0, self.show(trap.why, variant))
        return Verdict(0)

    def solution(self, variant: Variant) -> Given:
        """Return the right answer with as many digits as the tolerance needs. Raises ArithmeticFault."""
        value = self.value(variant)
        short = number_text(value)
        return short if self.near(float(short), value) else repr(value)


class Text(_Asked):
    """A word or two are typed."""

    kind: Literal["text"]
    accept: tuple[FullLine, ...] = Field(min_length=1)
    exact: bool = False

    def grade(self, variant: Variant, given: Given) -> Verdict:
        """Return credit 1 for an accepted answer, else 0; case, spaces and hyphens matter only if the question is exact."""
        if given is None:
            return Verdict(0)
        said = loosely(str(given), exact=self.exact)
        return Verdict(float(bool(said) and any(loosely(self.show(a, variant), exact=self.exact) == said for a in self.accept)))

    def solution(self, variant: Variant) -> Given:
        """Return the right answer: the first that can be typed."""
        texts = [self.show(a, variant) for a in self.accept]
        return next((t for t in texts if loosely(t, exact=self.exact)), texts[0])


class Order(_Asked):
    """Steps are put in order."""

    kind: Literal["order"]
    steps: tuple[FullLine, ...] = Field(min_length=3, max_length=9)
    also: tuple[tuple[FullLine, ...], ...] = ()

    @property
    def things(self) -> tuple[str, ...]:
        """The steps."""
        return self.steps

    def grade(self, variant: Variant, given: Given) -> Verdict:  # noqa: ARG002 the kinds share one signature
        """Return the share of neighbouring pairs that are right, compared with the accepted order that fits best."""
        said = set(itertools.pairwise(dict.fromkeys((given or ())[: len(self.steps)])))
        orders = (self.steps, *self.also)
        return Verdict(max(len(said & set(itertools.pairwise(o))) for o in orders) / (len(self.steps) - 1))

    def solution(self, variant: Variant) -> Given:  # noqa: ARG002 as above
        """Return the right answer."""
        return self.steps


class Match(_Asked):
    """Left sides are matched with right sides."""

    kind: Literal["match"]
    pairs: tuple[tuple[FullLine, FullLine], ...] = Field(min_length=2, max_length=9)
    extra: tuple[FullLine, ...] = ()

    @cached_property
    def rights(self) -> tuple[str, ...]:
        """Every right side once, those without a partner last."""
        return tuple(dict.fromkeys([right for _, right in self.pairs] + list(self.extra)))

    @property
    def things(self) -> tuple[str, ...]:
        """The right sides."""
        return self.rights

    def grade(self, variant: Variant, given: Given) -> Verdict:  # noqa: ARG002 the kinds share one signature
        """Return the share of pairs that are right; if a left side was matched twice, its last pair counts."""
        said = {pair[0]: pair for pair in given or ()}
        return Verdict(len(set(said.values()) & set(self.pairs)) / len(self.pairs))

    def solution(self, variant: Variant) -> Given:  # noqa: ARG002 as above
        """Return the right answer."""
        return self.pairs


class Open(_Asked):
    """Answered in the learner's own words, then compared with a model answer and ticked point by point; for practice only."""

    kind: Literal["open"]
    model: FullProse
    rubric: tuple[FullLine, ...] = Field(min_length=1, max_length=9)

    @property
    def things(self) -> tuple[str, ...]:
        """The rubric's points."""
        return self.rubric

    def grade(self, variant: Variant, given: Given) -> Verdict:  # noqa: ARG002 the kinds share one signature
        """Return the share of the rubric's points."""
        return Verdict(len(set(given or ()) & set(self.rubric)) / len(self.rubric))

    def solution(self, variant: Variant) -> Given:  # noqa: ARG002 as above
        """Return the right answer."""
        return self.rubric


Question = Annotated[Choice | Multi | Numeric | Text | Order | Match | Open, Field(discriminator="kind")]


class Bank(Frozen):
    """The questions of some topics."""

    question: tuple[Question, ...] = ()

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions of each topic, by its id."""
        found: dict[str, list[Question]] = {}
        for question in self.question:
            found.setdefault(question.topic, []).append(question)
        return {topic: tuple(questions) for topic, questions in found.items()}

    def find(self, topic: str, name: str) -> Question | None:
        """Return a topic's question by its id or alias."""
        mine = self.by_topic.get(topic, ())
        return next((q for q in mine if q.id == name), None) or next((q for q in mine if name in q.aliases), None)

    def of_idea(self, topic: str, idea: str) -> tuple[Question, ...]:
        """Return the questions that count for an idea; open ones are for practice only."""
        return tuple(q for q in self.by_topic.get(topic, ()) if q.idea == idea and q.kind != "open")


def fill(text: str, variant: Variant) -> str:
    """Replace `{name}` and `{= expression :format}` by a variant's numbers, and `{{` and `}}` by braces.

    Without variables the text stays as it is. Raises ArithmeticFault.
    """
    if not variant:
        return text

    def replaced(found: re.Match[str]) -> str:
        whole, expression, name = found[0], found["expression"], found["name"]
        if whole in ("{{", "}}"):
            return whole[0]
        if expression is not None:
            body, _, form = expression.rpartition(" :") if " :" in expression else (expression, "", "")
            return _formatted(evaluate(body, variant), form.strip())
        return number_text(variant[name]) if name in variant else whole

    return re.sub(r"\{\{|\}\}|\{=(?P<expression>[^{}]*)\}|\{(?P<name>\w+)\}", replaced, text)


def number_text(number: Number) -> str:
    """Write a number: whole ones in full, others (and those beyond 10^15 that aren't exact) to six significant digits."""
    whole = isinstance(number, int) or (number.is_integer() and abs(number) < 1e15)
    return str(int(number)) if whole else f"{number:.6g}"


def _formatted(number: Number, form: str) -> str:
    if not form:
        return number_text(number)
    if not re.fullmatch(r"[+ ]?[,_]?(\.\d{1,2})?[defgEG%]?", form):
        raise ArithmeticFault(f"'{form}' is not a number format such as .2f")
    try:
        text = format(number, form)
    except ValueError as error:
        raise ArithmeticFault(str(error)) from None
    return text if re.search(r"[1-9]", text) else text.removeprefix("-")  # -0.001 is 0.00


def loosely(text: str, *, exact: bool) -> str:
    """Return the part of a typed answer that matters: everything if exact, else all but case, spaces and hyphens."""
    text = unicodedata.normalize("NFKC", text).strip()
    return text if exact else re.sub(r"[\s\-‐–_.]+", "", text.casefold())
