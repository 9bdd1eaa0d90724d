"""Sitting: a checkpoint, a practice or a review under way. Immutable: what was planned, and what was answered.

The seed decides which question is asked, with which numbers and its options in which order: a sitting that is resumed tomorrow
continues as it would have today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from dlroadmap.events import Answered, AnswerOverruled, Planned, QuestionRetired, SittingKind, SittingStarted
from dlroadmap.progress import LONGEST_THOUGHT, Progress, Sat, TopicProgress
from dlroadmap.roadmap import Idea, Topic, clean
from dlroadmap.schedule import SHOWN, Confidence
from dlroadmap.standing import of_question, of_topic, to_ask, where

if TYPE_CHECKING:
    from dlroadmap.question import Bank, Given, Question, Variant, Verdict

T = TypeVar("T")


class Turn(NamedTuple):
    """One question to ask: its idea, and whether it is the second try after a miss."""

    topic: str
    idea: str
    question: str
    retry: bool = False


class PutOff(NamedTuple):
    """A turn that was put off, and how many answers had been given by then."""

    answers: int
    turn: Turn


@dataclass(frozen=True)
class Sitting:
    """A sitting: what was planned, what was answered, what was put off until later."""

    started: SittingStarted
    answers: tuple[Answered, ...] = ()
    put_off: tuple[PutOff, ...] = ()

    @property
    def firsts(self) -> tuple[Turn, ...]:
        """Every idea's first question, in the planned order."""
        return tuple(Turn(p.topic, p.idea, p.question) for p in self.started.questions)

    @cached_property
    def queue(self) -> tuple[Turn, ...]:
        """The turns still to ask. Turns that were put off, and second tries of missed ideas, come at the end."""
        left = {(t.topic, t.question, t.retry): t for t in self.firsts}
        for n in range(len(self.answers) + 1):
            for late in (p.turn for p in self.put_off if p.answers == n):
                if left.pop((late.topic, late.question, late.retry), None):
                    left[late.topic, late.question, late.retry] = late
            for a in self.answers[n : n + 1]:
                left.pop((a.topic, a.question, a.retry), None)
                left |= {(t.topic, t.question, t.retry): t for t in self._second(a)}
        return tuple(left.values())

    @property
    def second_tries(self) -> tuple[Turn, ...]:
        """The second tries of the ideas missed so far, in the order of the misses."""
        return tuple(turn for a in self.answers for turn in self._second(a))

    def _second(self, a: Answered) -> list[Turn]:
        if a.retry or a.credit >= SHOWN or a.kind == "open":
            return []
        spare = self._spares.get((a.topic, a.idea, a.question))
        return [Turn(a.topic, a.idea, spare, retry=True)] if spare else []

    def comes_again(self, answer: Answered) -> bool:
        """Return whether the idea of a missed answer will be asked again in this sitting, by a fresh question."""
        return any(turn in self.queue for turn in self._second(answer))

    @cached_property
    def _spares(self) -> dict[tuple[str, str, str], str | None]:
        return {(p.topic, p.idea, p.question): p.spare for p in self.started.questions}

    @property
    def turn(self) -> Turn | None:
        """The question to ask now; None at the end."""
        return next(iter(self.queue), None)

    @property
    def finished(self) -> bool:
        """Whether every question was answered."""
        return not self.queue

    def answered(self, answer: Answered) -> Sitting:
        """Return the sitting after an answer."""
        return replace(self, answers=(*self.answers, answer))

    def later(self) -> Sitting:
        """Return the sitting with the current question put off to the end."""
        turn = self.turn
        return self if turn is None else replace(self, put_off=(*self.put_off, PutOff(len(self.answers), turn)))

    def without(self, gone: Iterable[Planned]) -> Sitting:
        """Return the sitting without planned questions that can't be asked any more."""
        gone = set(gone)
        kept = tuple(p for p in self.started.questions if p not in gone)
        return replace(self, started=self.started.model_copy(update={"questions": kept}))

    def variant(self, turn: Turn, question: Question) -> Variant:
        """Return the numbers with which a question is asked: different ones each time, until all were used."""
        variants = question.variants
        order = sorted(range(len(variants)), key=lambda n: draw(0, turn.topic, turn.question, "variant", str(n)))
        return variants[order[self._asked_before(turn) % len(variants)]]

    def _asked_before(self, turn: Turn) -> int:
        """Return how often a turn's question was asked before this turn."""
        for p in self.started.questions:
            if (p.topic, p.idea, p.question) == (turn.topic, turn.idea, turn.question):
                return p.asked + turn.retry
            if turn.retry and (p.topic, p.idea, p.spare) == (turn.topic, turn.idea, turn.question):
                return p.spare_asked
        return int(turn.retry)

    def things(self, turn: Turn, question: Question) -> tuple[str, ...]:
        """Return the parts of an answer as they are shown: shuffled, except the points of an open question's rubric."""
        return question.things if question.kind == "open" else self.shuffled(turn, question.things)

    def shuffled(self, turn: Turn, things: Sequence[T]) -> tuple[T, ...]:
        """Return options, steps or right sides in the order in which they are shown."""
        salt = "again" if turn.retry else "first"
        return tuple(
            thing
            for _, thing in sorted(
                ((draw(self.started.seed, turn.topic, turn.question, salt, str(n)), thing) for n, thing in enumerate(things)),
                key=lambda pair: pair[0],
            )
        )


def draw(seed: int, *salt: str) -> int:
    """Return a random-looking number that depends only on seed and salt, on every machine and version of Python."""
    return int.from_bytes(sha256("\0".join((str(seed), *salt)).encode()).digest()[:8])


def answer(
    sitting: Sitting, question: Question, given: Given, *, confidence: Confidence | None, seconds: float, hint: bool
) -> tuple[Answered, Verdict]:
    """Grade the answer to the current question (None: don't know); a hint halves the event's credit, not the verdict's.

    The event keeps the planned ids, so that a question that was renamed meanwhile leaves the queue, too. Raises ArithmeticFault if
    a typed number can't be read: then nothing is graded, ask again.
    """
    turn = sitting.turn
    if turn is None:
        raise ValueError("this sitting has no question left to answer")
    variant = sitting.variant(turn, question)
    given = clean(given) if isinstance(given, str) else given
    verdict = question.grade(variant, given)
    locked = Answered(
        sitting=sitting.started.sitting,
        topic=turn.topic,
        question=turn.question,
        idea=turn.idea,
        kind=question.kind,
        variant=variant,
        given=given,
        credit=verdict.credit / 2 if hint else verdict.credit,
        confidence=confidence if given is not None else None,
        seconds=min(max(0.0, seconds), LONGEST_THOUGHT),
        hint=hint,
        retry=turn.retry,
    )
    return locked, verdict


def fits(answer: Answered, question: Question) -> bool:
    """Return whether a recorded answer still fits its question: it has the same kind and variables."""
    return answer.kind == question.kind and all(answer.variant.keys() == one.keys() for one in question.variants[:1])


def verdict_of(answer: Answered, question: Question) -> Verdict:
    """Return how a recorded answer was judged, with the trap that it fell into; a grade that was overruled stays so."""
    from dlroadmap.arithmetic import ArithmeticFault  # noqa: PLC0415 questions are read late
    from dlroadmap.question import Verdict  # noqa: PLC0415 as above

    credit = min(1.0, answer.credit * (2 if answer.hint and answer.kind != "numeric" else 1))  # an overruled number is a slip
    try:
        graded = question.grade(answer.variant, answer.given) if fits(answer, question) else Verdict(0.0)
    except ArithmeticFault:  # the question's unit has changed since
        graded = Verdict(0.0)
    return graded if graded.credit >= credit else Verdict(credit)


Mark = Literal["right", "partly", "wrong"]


def marked(answer: Answered) -> Mark:
    """Return how an answer counts: right, partly (not all right, but it shows its idea) or wrong."""
    return "right" if answer.credit >= 1 else "partly" if answer.credit >= SHOWN else "wrong"


def judgement(answer: Answered, verdict: Verdict) -> tuple[Mark, str]:
    """Return how an answer was judged, as a mark and in words with a credit between 0 and 1; right with a hint is right."""
    if answer.given is None:
        return marked(answer), "Not known yet"
    hinted = ", with a hint" if answer.hint and verdict.credit else ""
    if answer.kind == "open":
        return marked(answer), f"{verdict.credit:.0%} of the points{hinted}"
    word = "Right" if verdict.right else "Partly right" if verdict.credit else "Not yet"
    counts = f": {answer.credit:.2g} of 1" if 0 < answer.credit < 1 else ""
    return "right" if verdict.right else marked(answer), word + counts + hinted


Overrule = Literal["right", "slip"]


def may_overrule(locked: Answered) -> Overrule | None:
    """Return how a learner may overrule a missed answer: a text was right after all, a number was a slip in a right method."""
    if locked.given is None or locked.credit >= SHOWN:
        return None
    if locked.kind == "text":
        return "right"
    return "slip" if locked.kind == "numeric" else None


def overruled(locked: Answered, entry: str, reason: Overrule) -> AnswerOverruled:
    """Return the event by which a learner overrules an answer: right counts half after a hint, a slip always counts half."""
    credit = 0.5 if reason == "slip" or locked.hint else 1.0
    return AnswerOverruled(
        answer=entry, topic=locked.topic, question=locked.question, idea=locked.idea, credit=credit, reason=reason
    )


def retire(question: Question, topic: Topic, progress: Progress) -> QuestionRetired | None:
    """Return the event by which a question of a topic is never asked again; None if it is retired already."""
    if of_question(question.id, question.aliases, of_topic(topic, progress)).retired:
        return None
    names = product((topic.id, *topic.aliases), (question.id, *question.aliases))
    asked = [(of, name) for of, name in names if of in progress.topics and name in progress.topics[of].questions]
    formerly = tuple(pair for pair in asked if pair != (topic.id, question.id))
    return QuestionRetired(topic=topic.id, question=question.id, formerly=formerly)


def by_freshness(questions: Iterable[Question], done: TopicProgress, seed: int) -> list[Question]:
    """Return the questions that aren't retired: unseen ones first, then those asked longest ago."""
    known = [(of_question(q.id, q.aliases, done), q) for q in questions]
    return [
        q
        for _, _, q in sorted(((p.entry, draw(seed, q.topic, q.id), q) for p, q in known if not p.retired), key=lambda row: row[:2])
    ]


def _unseen(question: Question, done: TopicProgress) -> bool:
    known = of_question(question.id, question.aliases, done)
    return not known.times and not known.retired


_EASE = ("choice", "multi", "match", "order", "text", "numeric", "open")


def _ease(question: Question, done: TopicProgress) -> tuple[bool, int, int]:
    """Return a sort key that puts first what is easy to get right: unseen questions, low levels, kinds without typing."""
    return not _unseen(question, done), question.level, _EASE.index(question.kind)


def plan_idea(topic: Topic, idea: Idea, bank: Bank, progress: Progress, seed: int) -> Planned | None:
    """Choose the question that asks an idea, and the fresh one for its second try; None if the idea has no question."""
    done = of_topic(topic, progress)
    questions = by_freshness(bank.of_idea(topic.id, idea.id), done, seed)
    return plan_question(questions[0], questions[1:], idea.id, done) if questions else None


def plan_question(question: Question, others: Sequence[Question], idea: str, done: TopicProgress) -> Planned:
    """Plan a question; the spare for a second try is the next of the others, or the same question with other numbers."""
    spare = others[0] if others else question if len(question.variants) > 1 else None
    return Planned(
        topic=question.topic,
        idea=idea,
        question=question.id,
        asked=_times(question, done),
        spare=spare.id if spare else None,
        spare_asked=_times(spare, done) if spare and spare is not question else 0,
    )


def in_its_place(planned: Planned, sat: Sat, idea: Idea, done: TopicProgress) -> Planned | None:
    """Return what a sitting asks instead of a planned question if that was retired: another of its idea, None if none is left.

    What was answered in the sitting stays. In a practice or placement nothing replaces it: the others may be planned already.
    """
    if not done.retired:
        return planned
    names = {name: every for every in idea.asked_by for name in every}
    own = [name for name in (planned.question, planned.spare) if name]
    more = idea.asked_by if planned.question in names and sat.started.kind not in ("practice", "placement") else ()
    others = [every[0] for every in more if not set(own) & set(every)]

    def left(name: str, *, retry: bool) -> bool:
        this, *formerly = names.get(name, (name,))
        answered = any((a.topic, a.question, a.retry) == (planned.topic, name, retry) for _, a in sat.answers)
        return answered or not of_question(this, formerly, done).retired

    def asked(name: str) -> int:
        this, *formerly = names.get(name, (name,))
        here = sum((a.topic, a.question) == (planned.topic, name) for _, a in sat.answers)
        return of_question(this, formerly, done).times - here

    question = next((name for name in (*own, *others) if left(name, retry=False)), None)
    if question is None:
        return None
    changes: dict[str, Any] = {} if question == planned.question else {"question": question, "asked": asked(question)}
    if planned.spare and (changes or not left(planned.spare, retry=True)):
        spare = next((name for name in (planned.spare, *others) if name != question and left(name, retry=True)), None)
        changes |= {"spare": spare, "spare_asked": asked(spare) if spare else 0}
    return planned.model_copy(update=changes)


def _times(question: Question, done: TopicProgress) -> int:
    return of_question(question.id, question.aliases, done).times


def ideas_asked(sitting: Sitting, bank: Bank) -> int:
    """Return how many ideas a checkpoint asks: an open question shows none."""
    questions = ((turn, bank.find(turn.topic, turn.question)) for turn in sitting.firsts)
    return len({turn.idea for turn, question in questions if question and question.kind != "open"})


def in_a_row(topics: Iterable[Topic], progress: Progress, now: datetime) -> list[Topic]:
    """Return those of a phase's topics whose checkpoints are taken in a row: those not yet passed, else all.

    What is skipped or has no questions is left out.
    """
    found = [(topic, where(topic, progress, now)) for topic in topics if topic.questions]
    asked = [(topic, here) for topic, here in found if here.standing != "skipped"]
    return [topic for topic, here in asked if not here.passed] or [topic for topic, _ in asked]


def checkpoint(topic: Topic, bank: Bank, progress: Progress, *, sitting: str, seed: int) -> SittingStarted | None:
    """Plan a checkpoint: one question for each idea of `to_ask`; None if the topic has no questions.

    If the topic has an open question that wasn't seen yet, it comes last; it is practice and doesn't count.
    """
    done = of_topic(topic, progress)
    planned = [p for idea in to_ask(topic, done) if (p := plan_idea(topic, idea, bank, progress, seed))]
    if not planned:
        return None
    opens = [q for q in bank.by_topic.get(topic.id, ()) if q.kind == "open" and _unseen(q, done)]
    planned += [plan_question(q, (), q.idea, done).model_copy(update={"spare": None}) for q in opens[:1]]
    return SittingStarted(sitting=sitting, kind="checkpoint", scope=(topic.id,), seed=seed, questions=tuple(planned))


def practice(
    topics: Sequence[Topic], bank: Bank, progress: Progress, *, sitting: str, seed: int, count: int, easy: bool = False
) -> SittingStarted | None:
    """Plan questions that don't count: fresh ones from all ideas of the topics; easy: the easiest first."""
    found: list[tuple[tuple[int, ...], Planned]] = []
    for topic in topics:
        done = of_topic(topic, progress)
        asked: Counter[str] = Counter()
        questions = by_freshness(bank.by_topic.get(topic.id, ()), done, seed)
        if easy:
            questions.sort(key=lambda q: _ease(q, done))
        for order, q in enumerate(questions):
            rank = _ease(q, done) if easy else (order,)
            tie = draw(seed, topic.id, q.id, "rank")
            found.append(((asked[q.idea], *rank, tie), Planned(topic=topic.id, idea=q.idea, question=q.id, asked=_times(q, done))))
            asked[q.idea] += 1
    planned = [p for _, p in sorted(found, key=lambda row: row[0])][:count]
    if not planned:
        return None
    scope = tuple(topic.id for topic in topics)
    return SittingStarted(sitting=sitting, kind="practice", scope=scope, seed=seed, questions=tuple(planned))


def goes_on(started: SittingStarted, kind: SittingKind, scope: Sequence[str]) -> bool:
    """Return whether a sitting that isn't over has this kind and scope; an exam's scope may leave out topics of its phase."""
    same = set(started.scope) <= set(scope) if kind == "exam" else started.scope == tuple(scope)
    return started.kind == kind and same


class Outcome(NamedTuple):
    """What a sitting's answers add up to: first and second tries, right and wrong ones by confidence, and the time in seconds."""

    firsts: tuple[Answered, ...]
    second_tries: tuple[Answered, ...]
    right: dict[Confidence, int]
    wrong: dict[Confidence, int]
    seconds: float

    @property
    def again(self) -> tuple[Answered, ...]:
        """The first tries to look at again: misses, and right guesses."""
        return tuple(a for a in self.firsts if a.credit < SHOWN or a.confidence == "guess")

    @property
    def missed(self) -> tuple[tuple[str, str], ...]:
        """The ideas missed at a first try, each once, by topic and id."""
        return tuple(dict.fromkeys((a.topic, a.idea) for a in self.firsts if a.credit < SHOWN))


def outcome(answers: Iterable[Answered]) -> Outcome:
    """Add up a sitting's answers; open questions don't count."""
    answers = tuple(answers)
    counted = [a for a in answers if a.kind != "open"]
    firsts = tuple(a for a in counted if not a.retry)
    right: Counter[Confidence] = Counter(a.confidence for a in counted if a.confidence and a.credit >= SHOWN)
    wrong: Counter[Confidence] = Counter(a.confidence for a in counted if a.confidence and a.credit < SHOWN)
    return Outcome(firsts, tuple(a for a in counted if a.retry), dict(right), dict(wrong), sum(a.seconds for a in answers))
