"""Where a topic stands at a moment, counts over several topics, and the event that records each action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, TypeVar

from dlroadmap import events as e
from dlroadmap.progress import FADING_UNDER, IdeaProgress, Mark, Progress, QuestionProgress, Sat, TopicProgress
from dlroadmap.roadmap import Idea, Roadmap, Topic
from dlroadmap.schedule import RETENTION, due, recall

Standing = Literal["todo", "doing", "done", "mastered", "skipped"]


class Where(NamedTuple):
    """Where a topic stands: its standing, and the figures behind it.

    ideas, shown (ever), first_try and due (for review today) count ideas; known is the sum of today's recall of the ideas shown, so
    known ≤ shown ≤ ideas.
    """

    standing: Standing
    ticked: bool
    known_by_word: bool
    passed: bool
    ideas: int
    shown: int
    first_try: int
    known: float
    due: int

    @property
    def to_ask(self) -> int:
        """How many ideas a checkpoint would ask now; see the function `to_ask`."""
        return self.ideas - self.first_try or self.ideas

    @property
    def done(self) -> bool:
        """Whether it is done; mastered topics are done too."""
        return self.standing in ("done", "mastered")


def needed(ideas: int) -> int:
    """Return how many of a topic's ideas must be right at a first try for its checkpoint to be passed: two thirds, rounded up."""
    return -(-2 * ideas // 3)


def of_topic(topic: Topic, progress: Progress) -> TopicProgress:
    """Return a topic's progress, including what was recorded under its former ids."""
    found = [progress.topics[name] for name in (topic.id, *topic.aliases) if name in progress.topics]
    return _merged_topics(found) if len(found) > 1 else found[0] if found else TopicProgress()


def of_idea(idea: Idea, done: TopicProgress) -> IdeaProgress:
    """Return an idea's progress, including what was recorded under its former ids, with `unasked` set."""
    found = [done.ideas[name] for name in (idea.id, *idea.aliases) if name in done.ideas]
    mine = _merged_ideas(found) if len(found) > 1 else found[0] if found else IdeaProgress()
    return mine if _left(idea, done) else mine.model_copy(update={"unasked": True})


def counting(topic: Topic, done: TopicProgress) -> list[Idea]:
    """Return the ideas that count: those with a question that the learner didn't retire."""
    return [idea for idea in topic.asked if _left(idea, done)] if done.retired else list(topic.asked)


def to_ask(topic: Topic, done: TopicProgress) -> list[Idea]:
    """Return the ideas that a checkpoint asks: those that weren't shown at a first try yet; if all were, all that count."""
    every = counting(topic, done)
    return [idea for idea in every if not of_idea(idea, done).first_try] or every


def _left(idea: Idea, done: TopicProgress) -> bool:
    """Return whether an idea has a question that isn't retired, or never had a question."""
    if not done.retired or not idea.asked_by:
        return True
    return not all(of_question(name, formerly, done).retired for name, *formerly in idea.asked_by)


def of_question(name: str, aliases: Iterable[str], done: TopicProgress) -> QuestionProgress:
    """Return a question's progress, including what was recorded under its former ids."""
    found = [done.questions[n] for n in (name, *aliases) if n in done.questions]
    return _merged_questions(found) if len(found) > 1 else found[0] if found else QuestionProgress()


def step_done(topic: Topic, name: str, done: TopicProgress) -> bool:
    """Return whether a step is ticked, under its id or a former one."""
    return ticked_at(topic, name, done) is not None


def ticked_at(topic: Topic, name: str, done: TopicProgress) -> datetime | None:
    """Return when a step was ticked, under its id or a former one; None if it isn't."""
    if not done.steps:  # true of nearly all topics, and this is called for every step after every tick
        return None
    step = topic.step(name)
    names = (step.id, *step.of.aliases) if step else (name,)
    mark = _newest(done.steps[n] for n in names if n in done.steps)
    return mark.at if mark and mark.on else None


def where(topic: Topic, progress: Progress, now: datetime) -> Where:
    """Return where a topic stands at a moment."""
    done = of_topic(topic, progress)
    ideas = [of_idea(idea, done) for idea in counting(topic, done)]
    shown = sum(1 for i in ideas if i.shown)
    first_try = sum(1 for i in ideas if i.first_try)
    known = sum(recall(i.memory, now) for i in ideas if i.shown and i.memory)
    passed = bool(ideas) and shown == len(ideas) and first_try >= needed(len(ideas))
    ticked, by_word, skipped = _on(done.ticked), _on(done.known), done.is_skipped
    standing: Standing = "todo"
    if skipped:
        standing = "skipped"
    elif ticked or by_word or passed:
        seasoned = sum(i.seasoned for i in ideas) >= needed(len(ideas))  # the span may include ideas that no longer count
        mastered = bool(ideas) and seasoned and done.span >= len(ideas) and known >= FADING_UNDER * len(ideas)
        standing = "mastered" if mastered else "done"
    elif any(q.times > q.placed for q in done.questions.values()) or any(step_done(topic, name, done) for name in done.steps):
        standing = "doing"
    waiting = 0 if skipped else sum(is_due(i, progress, now) for i in ideas)
    return Where(standing, ticked, by_word, passed, len(ideas), shown, first_try, known, waiting)


def is_due(idea: IdeaProgress, progress: Progress, now: datetime) -> bool:
    """Return whether an idea is due for review today, in the calendar of now's time zone."""
    today = now.date()
    if not idea.comes_back or idea.rests or (idea.buried and idea.buried > today):
        return False
    return due_on(idea, progress, now) <= today


def due_on(idea: IdeaProgress, progress: Progress, now: datetime) -> date:
    """Return the day on which an idea is due: today if its memory was reset. Raises ValueError if it never comes back."""
    if not idea.comes_back:
        raise ValueError("an idea that was never asked is never due")
    return due(idea.memory, now, progress.plan.retention or RETENTION) if idea.memory else now.date()


class Counts(NamedTuple):
    """Sums over some topics' standings: done includes mastered; skipped topics are counted in topics, not in done."""

    topics: int
    done: int
    mastered: int
    skipped: int
    doing: int
    due: int
    ideas: int
    shown: int
    known: float

    @property
    def counted(self) -> int:
        """The number of topics that aren't skipped, of which some are done."""
        return self.topics - self.skipped


def counts(standings: Iterable[Where]) -> Counts:
    """Add up standings; the ideas of skipped topics are left out."""
    every = list(standings)
    open_ones = [w for w in every if w.standing != "skipped"]
    return Counts(
        topics=len(every),
        done=sum(w.done for w in every),
        mastered=sum(w.standing == "mastered" for w in every),
        skipped=len(every) - len(open_ones),
        doing=sum(w.standing == "doing" for w in every),
        due=sum(w.due for w in open_ones),
        ideas=sum(w.ideas for w in open_ones),
        shown=sum(w.shown for w in open_ones),
        known=sum(w.known for w in open_ones),
    )


# The event that records an action; None if it would change nothing.


def tick(topic: Topic, progress: Progress, *, on: bool = True) -> e.Event | None:
    """Return the event that ticks or unticks a topic."""
    done = of_topic(topic, progress)
    if on:
        return None if _on(done.ticked) and not done.is_skipped else e.TopicTicked(topic=topic.id)
    return e.TopicUnticked(topic=topic.id) if _on(done.ticked) else None


def toggle(topic: Topic, progress: Progress) -> e.Event:
    """Return the event that ticks a topic if it isn't ticked (or is skipped), and unticks it if it is."""
    return tick(topic, progress) or e.TopicUnticked(topic=topic.id)


def skip(topic: Topic, progress: Progress, *, on: bool = True) -> e.Event | None:
    """Return the event that skips or unskips a topic."""
    if on == of_topic(topic, progress).is_skipped:
        return None
    return e.TopicSkipped(topic=topic.id) if on else e.TopicUnskipped(topic=topic.id)


def know(topic: Topic, progress: Progress, *, on: bool = True) -> e.Event | None:
    """Return the event by which the learner says that they knew a topic before, or takes that back."""
    done = of_topic(topic, progress)
    if on:
        return None if _on(done.known) and not done.is_skipped else e.TopicKnown(topic=topic.id)
    return e.TopicUnknown(topic=topic.id) if _on(done.known) else None


def tick_step(topic: Topic, step: str, progress: Progress, *, on: bool = True) -> e.Event | None:
    """Return the event that ticks or unticks a step of a topic."""
    if step_done(topic, step, of_topic(topic, progress)) == on:
        return None
    name = _step_id(topic, step)
    return e.StepTicked(topic=topic.id, step=name) if on else e.StepUnticked(topic=topic.id, step=name)


def toggle_step(topic: Topic, step: str, progress: Progress) -> e.Event:
    """Return the event that ticks a step if it isn't ticked, and unticks it if it is."""
    return tick_step(topic, step, progress) or e.StepUnticked(topic=topic.id, step=_step_id(topic, step))


def note(topic: Topic, text: str, progress: Progress) -> e.Event | None:
    """Return the event that writes, changes or (with an empty text) deletes the note on a topic."""
    return None if of_topic(topic, progress).note == text else e.NoteWritten(topic=topic.id, text=text)


def bury(topic: Topic, idea: Idea, progress: Progress, until: date) -> e.Event | None:
    """Return the event that puts an idea's reviews off until a day."""
    if of_idea(idea, of_topic(topic, progress)).buried == until:
        return None
    return e.IdeaBuried(topic=topic.id, idea=idea.id, until=until)


def suspend(topic: Topic, idea: Idea, progress: Progress, *, on: bool = True) -> e.Event | None:
    """Return the event that suspends an idea's reviews, or resumes them; resumed reviews aren't put off either."""
    mine = of_idea(idea, of_topic(topic, progress))
    if on:
        return None if mine.suspended else e.IdeaSuspended(topic=topic.id, idea=idea.id)
    return e.IdeaResumed(topic=topic.id, idea=idea.id) if mine.suspended or mine.buried else None


def reset(topic: Topic, idea: Idea, progress: Progress) -> e.Event | None:
    """Return the event that resets an idea's memory."""
    mine = of_idea(idea, of_topic(topic, progress))
    return e.IdeaReset(topic=topic.id, idea=idea.id) if mine.memory or mine.misses else None


# Former ids

P = TypeVar("P", e.Planned, e.Answered)


def recorded(event: e.Event, roadmap: Roadmap, progress: Progress) -> e.Event:
    """Rewrite an event to use the topic's and idea's former ids if their progress is stored under those.

    The fold doesn't know the roadmap, so it can't resolve aliases.
    """
    if not isinstance(event, e.Answered | e.IdeaBuried | e.IdeaSuspended | e.IdeaResumed | e.IdeaReset):
        return event
    topic = roadmap.topics.get(event.topic)
    idea = topic.find_idea(event.idea) if topic else None
    if topic is None or idea is None or not (topic.aliases or idea.aliases):
        return event
    there = [(name, progress.topics[name].ideas) for name in (topic.id, *topic.aliases) if name in progress.topics]
    asked = [(ideas[old].entry, name, old) for name, ideas in there for old in (idea.id, *idea.aliases) if old in ideas]
    beside = [(max(i.entry for i in ideas.values()), name, idea.id) for name, ideas in there if ideas]
    _, name, old = max(asked or beside, default=("", topic.id, idea.id))  # beside: a topic's ideas are stored together
    return event.model_copy(update={"topic": name, "idea": old})


def under_present_names(sat: Sat, roadmap: Roadmap) -> Sat:
    """Return a sitting with the present ids of its topics and ideas; questions can be found by their former ids."""

    def present(one: P) -> P:
        topic = roadmap.formerly(one.topic)
        idea = topic.find_idea(one.idea) if topic else None
        names = {"topic": topic.id if topic else one.topic, "idea": idea.id if idea else one.idea}
        return one if names == {"topic": one.topic, "idea": one.idea} else one.model_copy(update=names)

    scope = tuple(topic.id if (topic := roadmap.formerly(name)) else name for name in sat.started.scope)
    started = sat.started.model_copy(update={"scope": scope, "questions": tuple(map(present, sat.started.questions))})
    return sat.model_copy(update={"started": started, "answers": tuple((entry, present(a)) for entry, a in sat.answers)})


def _step_id(topic: Topic, name: str) -> str:
    found = topic.step(name)
    return found.id if found else name


def _on(mark: Mark | None) -> bool:
    return mark is not None and mark.on


def _newest(marks: Iterable[Mark | None]) -> Mark | None:
    return max((m for m in marks if m is not None), key=lambda m: m.entry, default=None)


K = TypeVar("K")
V = TypeVar("V")


def _union(tables: Iterable[Mapping[K, V]], merge: Callable[[list[V]], V]) -> dict[K, V]:
    gathered: dict[K, list[V]] = {}
    for table in tables:
        for key, value in table.items():
            gathered.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else merge(values) for key, values in gathered.items()}


def _first(values: Iterable[Any]) -> Any:
    return min((v for v in values if v is not None), default=None)


def _last(values: Iterable[Any]) -> Any:
    return max((v for v in values if v is not None), default=None)


def _merged_ideas(found: list[IdeaProgress]) -> IdeaProgress:
    reset = max(i.reset for i in found)
    since = [i for i in found if i.entry > reset]  # what was known before is forgotten, under whatever id
    newest = max(since, key=lambda i: i.entry, default=IdeaProgress())
    told = max(found, key=lambda i: i.told)
    return newest.model_copy(
        update={
            "suspended": told.suspended,
            "buried": told.buried,
            "reset": reset,
            "told": told.told,
            "shown": _first(i.shown for i in found),
            "first_try": any(i.first_try for i in found),
            "tried": _first(i.tried for i in found),
            "answers": sum(i.answers for i in found),
            "misses": sum(i.misses for i in since),
            "certain_on": _first(i.certain_on for i in since),
            "right_first": _first(i.right_first for i in found),
            "right_last": _last(i.right_last for i in found),
            "unaided_first": _first(i.unaided_first for i in found),
            "unaided_last": _last(i.unaided_last for i in found),
        }
    )


def _merged_questions(found: list[QuestionProgress]) -> QuestionProgress:
    newest = max(found, key=lambda q: q.entry)
    times, placed = sum(q.times for q in found), sum(q.placed for q in found)
    return newest.model_copy(update={"times": times, "placed": placed, "retired": any(q.retired for q in found)})


def _merged_topics(found: list[TopicProgress]) -> TopicProgress:
    newest_note = max(found, key=lambda t: t.note_entry)
    return TopicProgress(
        ticked=_newest(t.ticked for t in found),
        skipped=_newest(t.skipped for t in found),
        known=_newest(t.known for t in found),
        steps=_union((t.steps for t in found), lambda marks: max(marks, key=lambda m: m.entry)),
        ideas=_union((t.ideas for t in found), _merged_ideas),
        questions=_union((t.questions for t in found), _merged_questions),
        retired=any(t.retired for t in found),
        note=newest_note.note,
        note_entry=newest_note.note_entry,
        touched=_last(t.touched for t in found),
        span=max(t.span for t in found),
    )
