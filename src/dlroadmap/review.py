"""Review: which ideas are asked again, in what portion and order; the exam of a phase."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from dlroadmap.events import Planned, SittingKind, SittingStarted
from dlroadmap.progress import Day, IdeaProgress, Progress, Sat
from dlroadmap.roadmap import Idea, Roadmap, Topic
from dlroadmap.schedule import recall
from dlroadmap.sitting import Sitting, by_freshness, draw, goes_on, in_its_place, plan_idea, plan_question
from dlroadmap.standing import counting, due_on, is_due, of_idea, of_topic, under_present_names
from dlroadmap.wording import plural

if TYPE_CHECKING:
    from dlroadmap.question import Bank

REVIEW_MINUTES = 10
"""Minutes of review a day, unless the learner planned others."""
AWAY_DAYS = 10
"""After this many days without study the learner is greeted with a plan for coming back."""
LEECH = 6
"""From this many misses on an idea is a leech: another look at its page helps more than another review."""
AHEAD = 30
"""How many days ahead the next idea that falls due is looked for."""
EXAM = 20
"""How many questions an exam asks."""
NUMERIC_IN_TEN_MINUTES = 2
SECONDS = {"choice": 40.0, "text": 45.0, "order": 60.0, "match": 60.0, "multi": 60.0, "numeric": 120.0, "open": 180.0}
"""Seconds that a question of each kind takes, before the learner's own times are known."""
_PRIOR_WEIGHT = 8
"""How many answers of the learner the times above weigh as much as."""
_MIX = {"choice": 0.45, "multi": 0.12, "numeric": 0.2, "order": 0.08, "match": 0.1, "text": 0.05}
"""The likely shares of the kinds of questions in a review."""

BankOf = Callable[[str], "Bank"]
"""Returns the questions of the phase in which a topic lies."""


def seconds_for(kind: str, progress: Progress) -> float:
    """Predict the seconds that this learner takes for a question of a kind: the mean of their answers and of SECONDS, weighted."""
    tally, guess = progress.kinds.get(kind), SECONDS.get(kind, 60.0)
    if tally is None:
        return guess
    return (guess * _PRIOR_WEIGHT + tally.seconds) / (_PRIOR_WEIGHT + tally.answers)


def seconds_an_idea(progress: Progress) -> float:
    """Predict the seconds that a review of one idea takes, before its question is chosen."""
    return sum(share * seconds_for(kind, progress) for kind, share in _MIX.items())


class Waiting(NamedTuple):
    """An idea that may be asked: how it stands, and its predicted recall (0 where it was never asked)."""

    topic: Topic
    idea: Idea
    done: IdeaProgress
    recall: float

    @property
    def told(self) -> str:
        """Its name in a list before it is asked: what the learner can do with it, which doesn't give the answer away."""
        return self.idea.can or self.idea.text

    @property
    def leech(self) -> bool:
        """Whether it was missed so often that another review alone won't help."""
        return self.done.misses >= LEECH

    @property
    def notes(self) -> list[str]:
        """Remarks beside it in a list of ideas."""
        certain = ["you were certain, and wrong"] if self.done.sure_but_wrong else []
        return [*certain, *(["missed often"] if self.leech else [])]


def remembered(idea: IdeaProgress, now: datetime) -> str:
    """Say when an idea was last right, and its predicted recall; "" if it was never asked."""
    if idea.memory is None:
        return "its memory starts anew" if idea.comes_back else ""
    days = max(0, (now.date() - idea.right_last).days) if idea.right_last else 0  # the clock may have been set back
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    never = "right only by a guess or at a second try" if idea.shown else "not right yet"
    last = f"last right {ago}" if idea.right_last else never
    return f"{last} · predicted recall today {recall(idea.memory, now):.0%}"


class Wanted(NamedTuple):
    """Which ideas the learner wants to be asked: those due or, ahead of time, all of them (of some topics, or missed last time)."""

    topics: tuple[str, ...] = ()
    missed: bool = False
    every: bool = False
    cram: bool = False

    @property
    def ahead(self) -> bool:
        """Whether ideas are wanted that aren't due yet."""
        return bool(self.topics) or self.missed or self.every or self.cram

    @property
    def kind(self) -> SittingKind:
        """The kind of sitting that asks them."""
        return "cram" if self.cram else "review"

    @property
    def scope(self) -> tuple[str, ...]:
        """Identifies this kind of review in SittingStarted: topic ids, and "*missed" or "*all" (no topic id begins with *)."""
        return (*self.topics, *(mark for mark, on in (("*missed", self.missed), ("*all", self.every)) if on))


def waiting(roadmap: Roadmap, progress: Progress, now: datetime, wanted: Wanted = Wanted()) -> list[Waiting]:  # noqa: B008 immutable
    """Return the wanted ideas: first those that were wrong though certain, then those with the lowest recall.

    Ideas of skipped topics are left out unless their topic is named; ideas that were put off are left out unless they are wanted
    ahead of time.
    """
    found: list[Waiting] = []
    names: Collection[str] = wanted.topics or roadmap.topics
    for topic in (roadmap.topics[name] for name in names):
        done = of_topic(topic, progress)
        if not wanted.topics and (not done.ideas or done.is_skipped):
            continue
        for idea in counting(topic, done):
            mine = of_idea(idea, done)
            if _is_wanted(mine, progress, now, wanted):
                found.append(Waiting(topic, idea, mine, recall(mine.memory, now) if mine.memory else 0.0))
    return sorted(found, key=lambda w: (not w.done.sure_but_wrong, w.recall))


def _is_wanted(idea: IdeaProgress, progress: Progress, now: datetime, wanted: Wanted) -> bool:
    if not wanted.ahead:
        return is_due(idea, progress, now)
    if idea.rests or (wanted.missed and not idea.missed):
        return False
    return idea.comes_back or wanted.cram


def suspended(roadmap: Roadmap, progress: Progress) -> list[Waiting]:
    """Return the ideas that no review asks until they are resumed, in the roadmap's order."""
    found: list[Waiting] = []
    for topic in roadmap.topics.values():
        done = of_topic(topic, progress)
        every = ((idea, of_idea(idea, done)) for idea in counting(topic, done)) if done.ideas else ()
        found += [Waiting(topic, idea, mine, 0.0) for idea, mine in every if mine.suspended]
    return found


class Outlook(NamedTuple):
    """The review that lies ahead: today's portion, what is spread over the following days, and how long the learner was away.

    now: how many ideas a review would ask if it were started (or resumed) now, second tries not counted. later and days: how many
    ideas are left for how many following days; days is 0 if none is left, or if no minutes of review are planned. away: days since
    the last study. back: the ISO date of the end of a break that the learner is on; until then everything waits except a review
    that was begun. second_tries: how many a paused review has left, if it has nothing else left.
    """

    due: int
    now: int
    minutes: int
    later: int
    days: int
    away: int
    back: str | None = None
    second_tries: int = 0

    @property
    def asks(self) -> int:
        """How many questions a review would begin with now."""
        return self.now or self.second_tries

    @property
    def words(self) -> str:
        """Today's portion and the rest, in words: "8 now, about 6 min; 12 more over 4 days"."""
        if not self.due and not self.asks:
            return "nothing is due"
        wait = f"until {date.fromisoformat(self.back):%d %b}, the end of your break" if self.back else ""
        if wait and not self.asks:
            return f"{'it waits' if self.due == 1 else 'they wait'} {wait}"
        if not self.asks and not self.days:
            return "you planned no minutes of review"
        first = f"{self.now} now, about {self.minutes} min" if self.now else "today's minutes are used"
        if self.second_tries:
            tries = "1 second try of today's review is" if self.asks == 1 else f"{self.asks} second tries of today's review are"
            first = f"{tries} left, about {self.minutes} min"
        spread = f"wait{'s' if self.later == 1 else ''} {wait}" if wait else f"over {plural(self.days, 'day')}"
        return first + (f"; {self.later} more {spread}" if self.later else "")


def cap_minutes(progress: Progress) -> int:
    """Return the minutes of review a day that the learner planned."""
    return REVIEW_MINUTES if progress.plan.review_minutes is None else progress.plan.review_minutes


def left_today(progress: Progress, now: datetime) -> float:
    """Return the seconds of today's review that aren't used yet."""
    return max(0.0, 60 * cap_minutes(progress) - progress.days.get(now.date(), Day()).reviewing)


def ideas_in(minutes: float, progress: Progress) -> int:
    """Return how many ideas can be reviewed in some minutes; from one minute on at least one."""
    return max(int(60 * minutes / seconds_an_idea(progress)), int(minutes >= 1))


def outlook(roadmap: Roadmap, progress: Progress, now: datetime, due: int) -> Outlook:
    """Divide the ideas due into daily portions, by the learner's pace and planned minutes of review.

    A review that was paused today comes first, with all that it has left. In a break everything else waits.
    """
    each, left, cap = seconds_an_idea(progress), left_today(progress, now), cap_minutes(progress)
    whole_day = left >= 60 * cap
    back = progress.paused_until if progress.paused_until and progress.paused_until > now.date() else None
    first = 0 if back else min(due, ideas_in(cap, progress) if whole_day else int(left / each))
    begun = paused(roadmap, progress, now, Wanted())
    asked = begun[0].queue if begun else ()
    if asked:  # a paused review
        first = sum(not turn.retry for turn in asked)
    second_tries = 0 if first else len(asked)
    later, seconds = max(0, due - first), (len(asked) or first) * each
    days = math.ceil(later / ideas_in(cap, progress)) if later and cap else 0
    today = now.date()
    studied = max((day for day in progress.days if day <= today), default=today)
    away = (today - studied).days
    minutes = max(1, round(seconds / 60)) if first or asked else 0
    return Outlook(due, first, minutes, later, days, away, back.isoformat() if back else None, second_tries)


def coming(roadmap: Roadmap, progress: Progress, now: datetime, days: int) -> list[int]:
    """Count the ideas that fall due today (with all that is overdue) and on each of the next days."""
    counts = [0] * days
    for topic in roadmap.topics.values():
        done = of_topic(topic, progress)
        if done.is_skipped:
            continue
        for mine in (of_idea(idea, done) for idea in counting(topic, done)) if done.ideas else ():
            if mine.comes_back and not mine.rests:
                on = max(due_on(mine, progress, now), mine.buried or date.min, now.date())
                ahead = (on - now.date()).days
                if ahead < days:
                    counts[ahead] += 1
    return counts


class Nothing(NamedTuple):
    """Why no review begins, in a word and in a sentence."""

    why: Literal["missed", "asked", "break", "unplanned", "used", "later", "never"]
    words: str


def nothing_to_review(roadmap: Roadmap, progress: Progress, now: datetime, wanted: Wanted) -> Nothing:
    """Return why there is no review of what is wanted."""
    if wanted.missed:
        return Nothing("missed", "Nothing that you missed is left to ask.")
    if wanted.ahead:
        return Nothing("asked", "Nothing of that was asked yet: take a checkpoint first.")
    due, cap = len(waiting(roadmap, progress, now)), cap_minutes(progress)
    ideas = plural(due, "idea")
    if due and (found := outlook(roadmap, progress, now, due)).back:
        return Nothing("break", f"{ideas} due: {found.words}.")
    if due and not cap:
        return Nothing("unplanned", f"You planned no minutes of review; {ideas} {'is' if due == 1 else 'are'} due.")
    if due:
        used = f"Today's {plural(cap, 'minute')} of review {'is' if cap == 1 else 'are'} used"
        return Nothing("used", f"{used}; {ideas} can wait until tomorrow.")
    for days, count in enumerate(coming(roadmap, progress, now, AHEAD)):
        if count:
            return Nothing("later", f"Nothing is due today; {plural(count, 'idea')} in {plural(days, 'day')}.")
    return Nothing("never", "Nothing is due: what you are asked in checkpoints comes back here before it fades.")


# What is asked


def paused(roadmap: Roadmap, progress: Progress, now: datetime, wanted: Wanted) -> list[Sitting]:
    """Return today's unfinished reviews of what is wanted that have something left to ask, newest first.

    A review can be resumed only on the date in the learner's calendar when it began: on another day other ideas are at risk.
    """
    every = (under_present_names(s, roadmap) for s in progress.sittings.values() if s.answers)
    mine = [s for s in every if goes_on(s.started, wanted.kind, wanted.scope)]
    today = [s for s in mine if s.at.date() == now.date()]
    newest = sorted(today, key=lambda s: s.entry, reverse=True)
    found = (Sitting(still_asked(s, roadmap, progress, now), tuple(a for _, a in s.answers)) for s in newest)
    return [sitting for sitting in found if not sitting.finished]


def still_asked(sat: Sat, roadmap: Roadmap, progress: Progress, now: datetime) -> SittingStarted:
    """Return the questions of a paused sitting when it is resumed: those that were answered, and those that may still be asked.

    A retired question is replaced by another one of its idea.
    """
    said = {(a.topic, a.question) for _, a in sat.answers}

    def asked(planned: Planned) -> Planned | None:
        topic = roadmap.topics.get(planned.topic)
        idea = topic.find_idea(planned.idea) if topic else None
        if topic is None or idea is None:
            return planned if topic else None
        done = of_topic(topic, progress)
        found = in_its_place(planned, sat, idea, done)
        if found is None or (found.topic, found.question) in said:
            return found
        skipped = done.is_skipped and (sat.started.kind == "exam" or topic.id not in sat.started.scope)
        return None if skipped or _left_out(of_idea(idea, done), sat, now) else found

    return sat.started.model_copy(update={"questions": tuple(found for p in sat.started.questions if (found := asked(p)))})


def _left_out(idea: IdeaProgress, sat: Sat, now: datetime) -> bool:
    """Return whether a paused review leaves out an idea: one put off, asked elsewhere, or reset without a new answer since then."""
    if sat.started.kind not in ("review", "cram"):
        return False
    put_off = idea.buried is not None and idea.buried > now.date() and idea.told > sat.entry  # before, it was asked all the same
    if idea.rests or put_off:
        return True
    if idea.memory is None:
        return not idea.comes_back and sat.started.kind == "review"
    return idea.entry > sat.entry


def portion(found: Sequence[Waiting], bank_of: BankOf, progress: Progress, *, seed: int, count: int | None) -> tuple[Planned, ...]:
    """Choose a question for each of `count` ideas (None: for all), if possible without two neighbours of one topic.

    Ideas come later if their only question is the one asked last time, or if it is a numeric one beyond
    NUMERIC_IN_TEN_MINUTES. These limits give way where `count` can't be reached otherwise.
    """
    chosen: dict[int, Planned] = {}
    most = len(found) if count is None else count
    minutes = most * seconds_an_idea(progress) / 60
    numbers = math.inf if count is None else max(1, round(NUMERIC_IN_TEN_MINUTES * minutes / 10))
    for repeat, enough in ((False, True), (True, True), (True, False)):
        for n, one in enumerate(found):
            if n in chosen or len(chosen) == most:
                continue
            bank, done = bank_of(one.topic.id), of_topic(one.topic, progress)
            questions = by_freshness(bank.of_idea(one.topic.id, one.idea.id), done, seed)
            fresh = questions if repeat else questions[: max(1, len(questions) - 1)]
            first = next((q for q in fresh if q.kind != "numeric" or numbers > 0 or not enough), None)
            if first is None:
                continue
            numbers -= first.kind == "numeric"
            chosen[n] = plan_question(first, [q for q in questions if q is not first], one.idea.id, done)
    return interleaved(chosen[n] for n in sorted(chosen))


def interleaved(planned: Iterable[Planned]) -> tuple[Planned, ...]:
    """Reorder as little as necessary so that no two neighbours share a topic, if that is possible."""
    left, ordered = list(planned), list[Planned]()
    counts = Counter(p.topic for p in left)
    last = ""
    while left:
        at = next((n for n, p in enumerate(left) if p.topic != last and _leaves_room(counts, p.topic, len(left) - 1)), None)
        if at is None:  # some topic has more than half of what is left
            most = max(counts, key=lambda topic: (topic != last, counts[topic]) if counts[topic] else (False, 0))
            at = next((n for n, p in enumerate(left) if p.topic == most), 0)
        one = left.pop(at)
        counts[one.topic] -= 1
        last = one.topic
        ordered.append(one)
    return tuple(ordered)


def _leaves_room(counts: Counter[str], chosen: str, left: int) -> bool:
    """Return whether the rest, after one of this topic, can still be ordered so that no two neighbours share a topic."""
    return all(
        count - (topic == chosen) <= (left if topic == chosen else left + 1) // 2 for topic, count in counts.items() if count
    )


def review(
    found: Sequence[Waiting],
    bank_of: BankOf,
    progress: Progress,
    *,
    sitting: str,
    seed: int,
    count: int | None,
    wanted: Wanted = Wanted(),  # noqa: B008 immutable
) -> SittingStarted | None:
    """Plan a review, or a cram, which changes no memory; None if nothing can be asked."""
    planned = portion(found, bank_of, progress, seed=seed, count=count)
    if not planned:
        return None
    return SittingStarted(sitting=sitting, kind=wanted.kind, scope=wanted.scope, seed=seed, questions=planned)


def exam(
    topics: Sequence[Topic], bank_of: BankOf, progress: Progress, *, sitting: str, seed: int, count: int = EXAM
) -> SittingStarted | None:
    """Plan the exam of a phase: `count` ideas, shared among its topics by their hours, interleaved, without second tries."""
    offered: dict[str, list[Planned]] = {}
    for topic in topics:
        ideas = sorted(topic.asked, key=lambda idea: draw(seed, topic.id, idea.id, "exam"))
        found = (plan_idea(topic, idea, bank_of(topic.id), progress, seed) for idea in ideas)
        offered[topic.id] = [p.model_copy(update={"spare": None, "spare_asked": 0}) for p in found if p]
    hours = {topic.id: topic.hours for topic in topics}
    shares = _shared_out(count, hours, {name: len(offers) for name, offers in offered.items()})
    mixed = sorted((p for name, n in shares.items() for p in offered[name][:n]), key=lambda p: draw(seed, p.topic, p.idea, "mix"))
    if not mixed:
        return None
    scope = tuple(topic.id for topic in topics)
    return SittingStarted(sitting=sitting, kind="exam", scope=scope, seed=seed, questions=interleaved(mixed))


def exam_size(topics: Iterable[Topic], progress: Progress) -> int:
    """Return how many questions the exam of these topics asks."""
    return min(EXAM, sum(len(counting(topic, of_topic(topic, progress))) for topic in topics))


def _shared_out(count: int, weights: dict[str, float], most: dict[str, int]) -> dict[str, int]:
    """Divide a number by weights (D'Hondt): nobody gets more than their most, and everybody gets one before anybody gets two."""
    shares = dict.fromkeys(most, 0)
    for _ in range(min(count, sum(most.values()))):
        free = [name for name in shares if shares[name] < most[name]]
        wanting = [name for name in free if not shares[name]] or free
        shares[max(wanting, key=lambda name: weights[name] / (shares[name] + 1))] += 1
    return shares


def tomorrow(now: datetime) -> date:
    """Return the learner's next day."""
    return now.date() + timedelta(days=1)
