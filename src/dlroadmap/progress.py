"""Progress: what the events add up to. A pure fold by the ids in the events; it needs neither the roadmap nor a clock."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from dlroadmap import events as e
from dlroadmap.amendments import AMENDING, Amendments, amendments
from dlroadmap.schedule import SHOWN, Confidence, Memory, Rating, rate, recall, remember

RULES = 8
"""The version of the fold's rules; a snapshot made by another version is not used."""

MASTERED_FROM = 0.85
"""The least share known today with which a topic becomes mastered."""
FADING_UNDER = 0.70
"""The share known today below which it is no longer mastered."""
LONGEST_THOUGHT = 300.0
"""The most seconds that count for one answer: after that the learner is probably away."""
DAYS_APART = 7
"""How far apart, in days, two right answers must lie to count for mastery."""


class State(BaseModel):
    """A part of progress: immutable."""

    model_config = ConfigDict(frozen=True)


class Mark(State):
    """Whether something is on, since when, and by which entry."""

    on: bool
    at: datetime
    entry: str


class IdeaProgress(State):
    """What is known of one key idea."""

    shown: datetime | None = None
    first_try: bool = False
    tried: datetime | None = None
    """When it was first shown at a first try of a checkpoint."""
    memory: Memory | None = None
    entry: str = ""
    """The answer that made its memory."""
    answers: int = 0
    misses: int = 0
    missed: bool = False
    """Whether the newest answer that counts was a miss."""
    sure_but_wrong: bool = False
    certain_on: date | None = None
    right_first: date | None = None
    right_last: date | None = None
    unaided_first: date | None = None
    unaided_last: date | None = None
    suspended: bool = False
    buried: date | None = None
    reset: str = ""
    """The entry that last reset its memory."""
    told: str = ""
    """The last entry that buried, suspended, resumed or reset it."""
    unasked: bool = False
    """Whether all its questions are retired: never stored, but derived from the roadmap by `standing.of_idea`."""

    @property
    def rests(self) -> bool:
        """Whether no review asks it: it is suspended, or has no question left."""
        return self.suspended or self.unasked

    @property
    def comes_back(self) -> bool:
        """Whether reviews ask it unless it rests: it has a memory, or it was shown and its memory was reset."""
        return self.memory is not None or self.shown is not None

    @property
    def seasoned(self) -> bool:
        """Whether it was right on two days at least DAYS_APART apart, on one of them in a question without options."""
        first, last, unaided_first, unaided_last = self.right_first, self.right_last, self.unaided_first, self.unaided_last
        if not (first and last and unaided_first and unaided_last):
            return False
        return max((unaided_last - first).days, (last - unaided_first).days) >= DAYS_APART


class QuestionProgress(State):
    """When and in which entry a question was last asked, how often in all, and how often in placements (which begin no topic)."""

    asked: datetime | None = None
    entry: str = ""
    times: int = 0
    placed: int = 0
    retired: bool = False


class TopicProgress(State):
    """What was done on one topic."""

    ticked: Mark | None = None
    skipped: Mark | None = None
    known: Mark | None = None
    steps: Mapping[str, Mark] = {}
    ideas: Mapping[str, IdeaProgress] = {}
    questions: Mapping[str, QuestionProgress] = {}
    retired: bool = False
    """Whether any of its questions is retired. This saves time: few topics have one, and every idea is checked for it."""
    note: str = ""
    note_entry: str = ""
    touched: datetime | None = None
    span: int = 0
    """The largest number of ideas that the topic could have and still be mastered (0: not mastered).

    The fold doesn't know the roadmap, so it doesn't know how many ideas the topic has. Known today is a sum over ideas divided by
    their number n, so each condition for mastery holds up to some n. Nor does it know which ideas count today: `standing.where`
    checks that those were right on two days."""

    @property
    def is_skipped(self) -> bool:
        """Whether the learner left it out."""
        return self.skipped is not None and self.skipped.on


class Sat(State):
    """A sitting that isn't over: how it started, and its answers with the ids of their entries."""

    started: e.SittingStarted
    at: datetime
    entry: str
    answers: tuple[tuple[str, e.Answered], ...] = ()


class Plan(State):
    """What the learner planned."""

    level: str | None = None
    goal: str | None = None
    hours: float | None = None
    days: tuple[e.Weekday, ...] | None = None
    review_minutes: int | None = None
    retention: float | None = None
    target: date | None = None


class Tally(State):
    """Answers that count, of one confidence or one kind of question: how many, how many right, the sums of credit and seconds."""

    answers: int = 0
    right: int = 0
    credit: float = 0
    seconds: float = 0


STUDYING = (e.Answered, e.TopicTicked, e.StepTicked, e.NoteWritten)
"""The events that make a day active; planning, choosing a path or taking a break don't."""


class Day(State):
    """What was done on one day of the learner's calendar.

    entries counts events of STUDYING; answers and right count first tries; seconds is time in all sittings, reviewing in reviews.
    """

    entries: int = 0
    answers: int = 0
    right: int = 0
    seconds: float = 0
    reviewing: float = 0


class Progress(State):
    """All that the events of one roadmap add up to."""

    topics: Mapping[str, TopicProgress] = {}
    sittings: Mapping[str, Sat] = {}
    closed: Mapping[str, e.SittingKind] = {}
    """The kinds of the sittings that are over: another window may still answer in one."""
    path: str = "all"
    start: str | None = None
    paths: Mapping[str, Mapping[str, Any]] = {}
    plan: Plan = Plan()
    paused_until: date | None = None
    confidence: Mapping[Confidence, Tally] = {}
    kinds: Mapping[str, Tally] = {}
    days: Mapping[date, Day] = {}
    entries: int = 0

    def after(self, entry: e.Entry) -> Progress:
        """Return the progress after one more entry, which must not change the effect of earlier ones."""
        return fold([entry], self)


def fold(entries: Iterable[e.Entry], start: Progress | None = None) -> Progress:
    """Fold entries, in the order of their ids, onto a progress that contains none of them."""
    draft = _Draft(start or Progress())
    listed = sorted(entries)
    amended = amendments(listed) if any(isinstance(x.event, AMENDING) for x in listed) else None
    for entry in listed:
        if amended is None or entry.id not in amended.undone:
            draft.apply(entry, amended)
    return draft.progress()


class _Draft:
    """A progress while it is being folded: the same fields, in dicts that can be changed."""

    def __init__(self, start: Progress) -> None:
        self.topics = dict(start.topics)
        self.sittings = dict(start.sittings)
        self.closed = dict(start.closed)
        self.paths = dict(start.paths)
        self.confidence = dict(start.confidence)
        self.kinds = dict(start.kinds)
        self.days = dict(start.days)
        self.rest: dict[str, Any] = {
            "path": start.path,
            "start": start.start,
            "plan": start.plan,
            "paused_until": start.paused_until,
            "entries": start.entries,
        }

    def progress(self) -> Progress:
        return Progress.model_construct(
            topics=self.topics,
            sittings=self.sittings,
            closed=self.closed,
            paths=self.paths,
            confidence=self.confidence,
            kinds=self.kinds,
            days=self.days,
            **self.rest,
        )

    def topic(self, name: str, **changes: Any) -> None:
        self.topics[name] = self.topics.get(name, TopicProgress()).model_copy(update=changes)

    def idea(self, topic: str, name: str, **changes: Any) -> None:
        ideas = self.topics.get(topic, TopicProgress()).ideas
        self.topic(topic, ideas={**ideas, name: ideas.get(name, IdeaProgress()).model_copy(update=changes)})

    def question(self, topic: str, name: str, **changes: Any) -> None:
        questions = self.topics.get(topic, TopicProgress()).questions
        self.topic(topic, questions={**questions, name: questions.get(name, QuestionProgress()).model_copy(update=changes)})

    def apply(self, entry: e.Entry, amended: Amendments | None) -> None:  # noqa: C901, PLR0912, PLR0915 one case for each kind of event
        event = entry.event
        at = entry.at
        on, off = Mark(on=True, at=entry.at, entry=entry.id), Mark(on=False, at=entry.at, entry=entry.id)
        match event:
            case e.TopicTicked(topic=topic):
                self.topic(topic, ticked=on, skipped=off, touched=at)
            case e.TopicUnticked(topic=topic):
                self.topic(topic, ticked=off, touched=at)
            case e.TopicSkipped(topic=topic):
                self.topic(topic, skipped=on)
            case e.TopicUnskipped(topic=topic):
                self.topic(topic, skipped=off)
            case e.TopicKnown(topic=topic):
                self.topic(topic, known=on, skipped=off)
            case e.TopicUnknown(topic=topic):
                self.topic(topic, known=off)
            case e.StepTicked(topic=topic, step=step) | e.StepUnticked(topic=topic, step=step):
                mark = on if isinstance(event, e.StepTicked) else off
                self.topic(topic, steps={**self.topics.get(topic, TopicProgress()).steps, step: mark}, touched=at)
            case e.SittingStarted():
                self.sittings[event.sitting] = Sat(started=event, at=entry.at, entry=entry.id)
            case e.Answered():
                self.answered(entry, event, at, amended)
            case e.SittingFinished(sitting=sitting) | e.SittingAbandoned(sitting=sitting):
                if sat := self.sittings.pop(sitting, None):
                    self.closed[sitting] = sat.started.kind
            case e.IdeaBuried():
                self.idea(event.topic, event.idea, buried=event.until, told=entry.id)
            case e.IdeaSuspended():
                self.idea(event.topic, event.idea, suspended=True, told=entry.id)
            case e.IdeaResumed():
                self.idea(event.topic, event.idea, suspended=False, buried=None, told=entry.id)
            case e.IdeaReset():
                forgotten = {"memory": None, "misses": 0, "missed": False, "sure_but_wrong": False, "certain_on": None}
                self.idea(event.topic, event.idea, **forgotten, reset=entry.id, told=entry.id)
            case e.QuestionRetired():
                for topic, question in ((event.topic, event.question), *event.formerly):
                    self.question(topic, question, retired=True)
                    self.topic(topic, retired=True)
            case e.NoteWritten(topic=topic):
                self.topic(topic, note=event.text, note_entry=entry.id)
            case e.PathChosen():
                self.rest.update(path=event.path, start=event.start)
            case e.PathSaved(path=path):
                self.paths[path] = event.body
                if not event.body:
                    del self.paths[path]
            case e.PlanSet():
                changes = event.model_dump(exclude_none=True, exclude={"no_target"})
                if event.no_target:
                    changes["target"] = None
                self.rest["plan"] = self.rest["plan"].model_copy(update=changes)
            case e.Paused():
                self.rest["paused_until"] = event.until
            case e.Unpaused():
                self.rest["paused_until"] = None
            case _:
                return
        self.rest["entries"] += 1
        if isinstance(event, STUDYING):
            today = self.days.get(at.date(), Day())
            self.days[at.date()] = today.model_copy(update={"entries": today.entries + 1})

    def answered(self, entry: e.Entry, event: e.Answered, at: datetime, amended: Amendments | None) -> None:
        """Add an answer to its question and its sitting and, if it counts, to its idea."""
        overruled = amended.overruled.get(entry.id) if amended else None
        if overruled:
            event = event.model_copy(update={"credit": overruled.credit})
        topic = self.topics.get(event.topic, TopicProgress())
        question = topic.questions.get(event.question, QuestionProgress())
        retired = question.retired or bool(amended and (event.topic, event.question) in amended.retired)
        sat = self.sittings.get(event.sitting)
        kind = sat.started.kind if sat else self.closed.get(event.sitting)
        counted = {"times": question.times + 1, "placed": question.placed + (kind == "placement")}
        self.question(event.topic, event.question, asked=at, entry=entry.id, retired=retired, **counted)
        self.topic(event.topic, touched=at)
        if sat:
            self.sittings[event.sitting] = sat.model_copy(update={"answers": (*sat.answers, (entry.id, event))})
        self.spent(event, kind, at.date())
        if kind not in ("checkpoint", "exam", "review") or event.kind == "open" or (retired and event.credit < SHOWN):
            return
        self.count(entry.id, event, kind, at, slip=bool(overruled and overruled.reason == "slip"))

    def spent(self, event: e.Answered, kind: e.SittingKind | None, today: date) -> None:
        """Add an answer's time to its day."""
        day, seconds = self.days.get(today, Day()), min(event.seconds, LONGEST_THOUGHT)
        self.days[today] = day.model_copy(
            update={
                "seconds": day.seconds + seconds,
                "reviewing": day.reviewing + (seconds if kind == "review" else 0),
            }
        )

    def count(self, entry: str, event: e.Answered, kind: e.SittingKind, at: datetime, *, slip: bool) -> None:
        """Update an idea, its memory and its topic's mastery after an answer that counts."""
        idea = self.topics[event.topic].ideas.get(event.idea, IdeaProgress())
        changes: dict[str, Any] = {"answers": idea.answers + 1}
        if event.credit >= SHOWN:
            changes["shown"] = idea.shown or at
            if kind == "checkpoint" and not event.retry:
                changes |= {"first_try": True, "tried": idea.tried or at}
        if event.retry:
            self.idea(event.topic, event.idea, **changes)
            return
        today = at.date()
        certain_before = idea.certain_on is not None and idea.certain_on < today
        rating = rate(
            credit=event.credit,
            kind=event.kind,
            confidence=event.confidence,
            helped=event.hint or slip,
            certain_before=certain_before,
        )
        changes |= {"memory": remember(idea.memory, rating, at), "entry": entry}
        changes["misses"] = idea.misses + (event.credit < SHOWN)
        changes["missed"] = event.credit < SHOWN
        changes["sure_but_wrong"] = event.credit < SHOWN and event.confidence == "certain"
        changes["buried"] = None
        if rating is not Rating.AGAIN:
            changes |= _right_on(idea, today, unaided=event.kind not in ("choice", "multi"))
            if event.confidence == "certain" and event.credit >= 1:
                changes["certain_on"] = min(today, idea.certain_on or today)
        before = known_sum(self.topics[event.topic], at)
        self.idea(event.topic, event.idea, **changes)
        self.master(event.topic, before, at)
        self.tally(event, today)

    def master(self, name: str, before: float, at: datetime) -> None:
        """Update the topic's span after an answer; see TopicProgress.span."""
        topic = self.topics[name]
        kept = min(topic.span, math.floor(before / FADING_UNDER + 1e-9))
        seasoned = sum(idea.seasoned for idea in topic.ideas.values())
        gained = min(math.floor(known_sum(topic, at) / MASTERED_FROM + 1e-9), 3 * seasoned // 2)
        if max(kept, gained) != topic.span:
            self.topic(name, span=max(kept, gained))

    def tally(self, event: e.Answered, today: date) -> None:
        """Add an answer to the tallies by day, by confidence and by kind."""
        day = self.days.get(today, Day())
        counts = {"answers": day.answers + 1, "right": day.right + (event.credit >= SHOWN)}
        self.days[today] = day.model_copy(update=counts)
        tables: list[tuple[dict[Any, Tally], str | None]] = [(self.confidence, event.confidence), (self.kinds, event.kind)]
        for table, key in tables:
            if key is not None:
                old = table.get(key, Tally())
                table[key] = Tally(
                    answers=old.answers + 1,
                    right=old.right + (event.credit >= SHOWN),
                    credit=old.credit + event.credit,
                    seconds=old.seconds + min(event.seconds, LONGEST_THOUGHT),
                )


def _right_on(idea: IdeaProgress, today: date, *, unaided: bool) -> dict[str, date]:
    changes = {"right_first": min(today, idea.right_first or today), "right_last": today}  # the clock may have been ahead before
    if unaided:
        changes |= {"unaided_first": min(today, idea.unaided_first or today), "unaided_last": today}
    return changes


def known_sum(topic: TopicProgress, now: datetime) -> float:
    """Return the sum of today's recall of a topic's ideas that were ever shown."""
    return sum(recall(idea.memory, now) for idea in topic.ideas.values() if idea.shown and idea.memory)
