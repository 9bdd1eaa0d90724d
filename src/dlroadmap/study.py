"""Study: one learner and one roadmap. It has the clock, the journal and the library; it records first and computes after."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dlroadmap import events as e
from dlroadmap.amendments import redoable, undoable
from dlroadmap.journal import SNAPSHOT_EVERY, UNDONE_AT_ONCE, Damaged, Journal, JournalFault
from dlroadmap.library import Library, Volume
from dlroadmap.opening import open_journal, rescued
from dlroadmap.places import Places, places
from dlroadmap.plan import Overview, overview
from dlroadmap.progress import Progress, Sat
from dlroadmap.review import (
    Outlook,
    Waiting,
    Wanted,
    exam,
    ideas_in,
    outlook,
    paused,
    remembered,
    review,
    still_asked,
    waiting,
)
from dlroadmap.roadmap import Roadmap, Topic
from dlroadmap.rows import Row
from dlroadmap.sitting import Sitting, Turn, checkpoint, goes_on, practice
from dlroadmap.standing import counting, of_idea, of_topic, recorded, under_present_names
from dlroadmap.wording import told

if TYPE_CHECKING:
    from dlroadmap.forecast import Forecast, Rhythm
    from dlroadmap.question import Bank
    from dlroadmap.result import Came
    from dlroadmap.stats import Stats
    from dlroadmap.sync import Synced

Clock = Callable[[], datetime]


def local_clock() -> datetime:
    """Return the time of the machine's clock, with its UTC offset."""
    return datetime.now().astimezone()


class Study:
    """One learner's work on one roadmap. Progress changes only after the journal has written the event to disk."""

    def __init__(self, volume: Volume, journal: Journal, clock: Clock = local_clock) -> None:
        self.volume = volume
        self.journal = journal
        self.now = clock
        self._seen = journal.data_version()  # before load, so that refresh sees everything written after this
        self._loaded = journal.load(volume.roadmap.id)
        self._since_snapshot = 0

    @classmethod
    def open(
        cls,
        wanted: str | None = None,
        *,
        same: bool = False,
        at: Places | None = None,
        clock: Clock = local_clock,
        rescue: bool = False,
    ) -> Study:
        """Open a roadmap (None: the bundled one) and its learner's progress.

        rescue: if the journal is damaged, show what can be read of it, and save nothing.
        Raises LibraryFault, NotARoadmap or JournalFault, each with a message for the learner; progress is then untouched.
        """
        here = at or places()
        volume = Library(here).open(wanted, same=same)
        try:
            return cls._on(volume, open_journal(here, clock()), clock)
        except Damaged as fault:
            if not rescue:
                raise
            return cls._on(volume, rescued(here, fault), clock)

    @classmethod
    def _on(cls, volume: Volume, journal: Journal, clock: Clock) -> Study:
        try:
            return cls(volume, journal, clock)
        except BaseException:
            journal.close()
            raise

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()

    @property
    def roadmap(self) -> Roadmap:
        """What there is to learn."""
        return self.volume.roadmap

    @property
    def progress(self) -> Progress:
        """What was done so far, as of the last record or refresh."""
        return self._loaded.progress

    def overview(self) -> Overview:
        """Return where everything stands now."""
        return overview(self.roadmap, self.progress, self.now())

    def record(self, event: e.Event) -> e.Entry:
        """Commit an event, then fold it and what other programs wrote. Raises JournalFault; then nothing has changed."""
        entry = self.journal.append(self.roadmap.id, recorded(event, self.roadmap, self.progress), self.now())
        self._catch_up()
        self._since_snapshot += 1
        if self._since_snapshot >= SNAPSHOT_EVERY:
            self._since_snapshot = 0
            with suppress(JournalFault):  # the event itself is safe; a snapshot is a cache
                self.journal.keep(self.roadmap.id, self._loaded)
        return entry

    def take(self, rows: Iterable[Row]) -> list[Row]:
        """Add the events from another machine or file that the journal lacks, all or none, and return them. Raises JournalFault."""
        taken = self.journal.take(rows)
        self._catch_up()
        return taken

    def sync(self, folder: Path) -> Synced:
        """Exchange events with the learner's other machines through a shared folder. Raises SyncFault or JournalFault."""
        from dlroadmap.sync import sync  # noqa: PLC0415 a start needs none of it

        done = sync(self.journal, folder)
        self._catch_up()
        return done

    def restore(self, rows: Iterable[Row]) -> tuple[int, int]:
        """Make exactly the events of a backup count; return how many were added and how many undone. Raises JournalFault."""
        came = self.journal.restore(rows, self.now())
        self._catch_up()
        return came

    def refresh(self) -> bool:
        """Fold what other programs wrote; return whether that changed anything."""
        version = self.journal.data_version()
        if version == self._seen:
            return False
        before = self._loaded.progress
        self._catch_up()
        self._seen = version
        return self._loaded.progress is not before

    def _catch_up(self) -> None:
        self._loaded = self.journal.catch_up(self.roadmap.id, self._loaded)

    def undo(self) -> e.Entry | None:
        """Undo this machine's newest entry that isn't undone, and return it; None if there is none.

        If a backup was restored by several events, because it has more entries than one event can hold, all are undone together.
        """
        first = entry = self._undoable()
        while entry:
            self.record(e.Undone(entry=entry.id))
            before, entry = entry, self._undoable() if isinstance(entry.event, e.Restored) else None
            entry = entry if entry and _are_one(entry, before) else None
        return first

    def _undoable(self) -> e.Entry | None:
        return undoable(self.journal.newest_first(self.roadmap.id), self.journal.machine)

    def redo(self) -> e.Entry | None:
        """Make the entry that was undone last count again, and return it; None if there is none."""
        first = entry = self._redoable()
        while entry:
            self.record(e.Redone(entry=entry.id))
            before, entry = entry, self._redoable() if isinstance(entry.event, e.Restored) else None
            entry = entry if entry and _are_one(before, entry) else None
        return first

    def _redoable(self) -> e.Entry | None:
        name = redoable(self.journal.newest_first(self.roadmap.id), self.journal.machine)
        return next((entry for entry in self.journal.newest_first(self.roadmap.id) if entry.id == name), None) if name else None

    def told(self, event: e.Event) -> str:
        """Describe an event in a few words."""
        return told(event, self.roadmap)

    # Questions and sittings

    def bank(self, topic: str) -> Bank:
        """Return the questions of the phase that a topic lies in. Raises NotARoadmap if their file was broken meanwhile."""
        return self.volume.bank(topic)

    def under_way(self, kind: e.SittingKind, scope: Sequence[str]) -> Sitting | None:
        """Return the newest unfinished sitting of this kind and scope with something left to ask; for reviews see `review`."""
        every = (self.resumed(sat) for sat in self.unfinished(kind, scope))
        return next((sitting for sitting in every if not sitting.finished), None)

    def unfinished(self, kind: e.SittingKind, scope: Sequence[str]) -> list[Sat]:
        """Return the sittings of this kind and scope that have an answer and aren't over, newest first."""
        every = (under_present_names(s, self.roadmap) for s in self.progress.sittings.values() if s.answers)
        found = [s for s in every if goes_on(s.started, kind, scope)]
        return sorted(found, key=lambda s: s.entry, reverse=True)

    def resumed(self, sat: Sat) -> Sitting:
        """Return a sitting from the journal, without what is gone from the roadmap or must not be asked any more."""
        sat = under_present_names(sat, self.roadmap)
        started = still_asked(sat, self.roadmap, self.progress, self.now())
        return self._without_gone(Sitting(started=started, answers=tuple(a for _, a in sat.answers)))

    def _without_gone(self, sitting: Sitting) -> Sitting:
        """Return a sitting without the questions and topics that are gone from the roadmap."""
        there = tuple(p for planned in sitting.started.questions if (p := self._still_there(planned)))
        answers = tuple(answer for answer in sitting.answers if answer.topic in self.roadmap.topics)
        return replace(sitting, started=sitting.started.model_copy(update={"questions": there}), answers=answers)

    def _still_there(self, planned: e.Planned) -> e.Planned | None:
        """Return a planned question if the roadmap still has it, else None; its spare is removed if that is gone."""
        if planned.topic not in self.roadmap.topics:
            return None
        bank = self.bank(planned.topic)
        if not bank.find(planned.topic, planned.question):
            return None
        spare = planned.spare if planned.spare and bank.find(planned.topic, planned.spare) else None
        return planned.model_copy(update={"spare": spare})

    def waiting(self, wanted: Wanted = Wanted()) -> list[Waiting]:  # noqa: B008 immutable
        """Return the ideas that are wanted for review, lowest recall first."""
        return waiting(self.roadmap, self.progress, self.now(), wanted)

    def remembered(self, turn: Turn) -> str:
        """Say when the idea of a turn was last right, and its predicted recall; "" if it was never asked."""
        topic = self.roadmap.topics[turn.topic]
        idea = topic.find_idea(turn.idea)
        return remembered(of_idea(idea, of_topic(topic, self.progress)), self.now()) if idea else ""

    def outlook(self, view: Overview | None = None) -> Outlook:
        """Return the outlook on today's review and the days after it; view: the overview, if the caller has it already."""
        return outlook(self.roadmap, self.progress, self.now(), (view or self.overview()).all.due)

    def rhythm(self, view: Overview | None = None) -> Rhythm:
        """Return how this week goes."""
        from dlroadmap.forecast import rhythm, worked  # noqa: PLC0415 only a few verbs need it

        view = view or self.overview()
        return rhythm(self.progress, worked(self.roadmap, self.progress, view.where), self.now())

    def forecast(self) -> Forecast:
        """Return when the active path will be done."""
        from dlroadmap.forecast import forecast  # noqa: PLC0415 as above

        return forecast(self.roadmap, self.progress, self.overview(), self.now())

    def stats(self) -> Stats:
        """Compute every statistic."""
        from dlroadmap.stats import stats  # noqa: PLC0415 as above

        return stats(self.roadmap, self.progress, self.overview(), self.now())

    def review(self, wanted: Wanted = Wanted(), minutes: int | None = None) -> Sitting | None:  # noqa: B008 immutable
        """Resume today's review of what is wanted, or begin one; None if nothing can be asked.

        Ideas that are due are limited to today's minutes; ideas wanted ahead of time are all asked. minutes: always begin a new
        review, as long as this. Unfinished reviews of another day, or of the same ideas, are given up; their answers stay.
        Raises JournalFault, NotARoadmap.
        """
        now, found = self.now(), self.waiting(wanted)
        if minutes is None:
            begun = map(self._without_gone, paused(self.roadmap, self.progress, now, wanted))
            if sitting := next((s for s in begun if not s.finished), None):
                return sitting
            count = None if wanted.ahead else outlook(self.roadmap, self.progress, now, len(found)).asks
        else:
            count = ideas_in(minutes, self.progress)
        started = review(found, self.bank, self.progress, sitting=_fresh(), seed=_seed(), count=count, wanted=wanted)
        if started is None:
            return None
        for name, sat in list(self.progress.sittings.items()):
            if sat.started.kind in ("review", "cram") and sat.at.date() != now.date():
                self.record(e.SittingAbandoned(sitting=name))
        return self._begin(started)

    def examined(self, topics: Iterable[Topic]) -> list[Topic]:
        """Return the topics of a phase that its exam asks: those with ideas that count, and not skipped."""
        every = ((topic, of_topic(topic, self.progress)) for topic in topics)
        return [topic for topic, done in every if counting(topic, done) and not done.is_skipped]

    def begin_exam(self, topics: list[Topic]) -> Sitting | None:
        """Start the exam of a phase's topics; None if they have no questions. Raises JournalFault, NotARoadmap."""
        return self._begin(exam(topics, self.bank, self.progress, sitting=_fresh(), seed=_seed()))

    def placement(self) -> Sitting | None:
        """Resume or begin the placement that finds a starting point on the active path; None if the path has no questions.

        Raises JournalFault, NotARoadmap.
        """
        from dlroadmap.welcome import placement  # noqa: PLC0415 only newcomers need it

        path, begun = self.overview().path, self.under_way("placement", ())
        if begun and {turn.topic for turn in begun.firsts} <= {*path.topics}:
            return begun
        return self._begin(placement(self.roadmap, path, self.bank, self.progress, sitting=_fresh(), seed=_seed()))

    def begin_checkpoint(self, topic: Topic) -> Sitting | None:
        """Start a checkpoint; None if the topic has no questions. Raises JournalFault, NotARoadmap."""
        started = checkpoint(topic, self.bank(topic.id), self.progress, sitting=_fresh(), seed=_seed())
        return self._begin(started)

    def begin_practice(self, topics: list[Topic], count: int, *, easy: bool = False) -> Sitting | None:
        """Start a practice, which doesn't count; None if the topics have no questions. Raises JournalFault, NotARoadmap."""
        from dlroadmap.question import Bank  # noqa: PLC0415 questions are read late

        every = Bank.model_construct(question=tuple(q for topic in topics for q in self.bank(topic.id).by_topic.get(topic.id, ())))
        started = practice(topics, every, self.progress, sitting=_fresh(), seed=_seed(), count=count, easy=easy)
        return self._begin(started)

    def _begin(self, started: e.SittingStarted | None) -> Sitting | None:
        """Record a sitting's start; what was left of others like it, or of exams of the same topics, is given up."""
        if started is None:
            return None
        for name, sat in list(self.progress.sittings.items()):
            other = under_present_names(sat, self.roadmap).started
            of_these = other.kind == started.kind == "exam" and not {*other.scope}.isdisjoint(started.scope)
            if of_these or goes_on(other, started.kind, started.scope):
                self.record(e.SittingAbandoned(sitting=name))
        self.record(started)
        return Sitting(started=started)

    def finish(self, sitting: Sitting) -> Came:
        """Record a sitting's end, and a placement's starting point; return the sitting's results. Raises JournalFault."""
        from dlroadmap.result import came_to  # noqa: PLC0415 only the end of a sitting needs it

        if sitting.started.sitting in self.progress.sittings:
            self.record(e.SittingFinished(sitting=sitting.started.sitting))
        came = came_to(self.roadmap, self.progress, self.now(), sitting)
        if came.placed:
            self.record(came.placed.event)
        return came

    def leave(self, sitting: Sitting, *, over: bool = False) -> bool:
        """Leave a sitting before its end; return whether it can be resumed. Raises JournalFault.

        It is given up if nothing was answered. over: give it up in any case, because nothing would resume it.
        """
        kept = bool(sitting.answers) and not over
        if not kept and sitting.started.sitting in self.progress.sittings:
            self.record(e.SittingAbandoned(sitting=sitting.started.sitting))
        return kept

    def report(self, answer: e.Answered) -> Path:
        """Add a wrong question, with its numbers and the answer, to the file reports.md; return the file. Raises OSError."""
        file = self.journal.path.with_name("reports.md")
        given = answer.given if isinstance(answer.given, str) else repr(answer.given)
        numbers = f" with {', '.join(f'{name} = {value}' for name, value in answer.variant.items())}" if answer.variant else ""
        with file.open("a", encoding="utf-8") as notes:
            notes.write(f"- {self.now():%Y-%m-%d %H:%M} {self.roadmap.id}: {answer.topic}/{answer.question}{numbers}; ")
            notes.write(f"answered {given}, credit {answer.credit:g}\n")
        return file

    # Places of the screen

    def place(self, name: str) -> str | None:
        """Return a place of the screen that was remembered, such as its cursor's."""
        return self.journal.place(self.roadmap.id, name)

    def keep_place(self, name: str, value: str) -> None:
        """Remember a place of the screen."""
        self.journal.keep_place(self.roadmap.id, name, value)


def _fresh() -> str:
    return os.urandom(6).hex()


def _seed() -> int:
    return int.from_bytes(os.urandom(6))


def _are_one(older: e.Entry, newer: e.Entry) -> bool:
    """Return whether two entries restored one backup together: the older one is full, the newer one has the rest."""
    if not (isinstance(older.event, e.Restored) and isinstance(newer.event, e.Restored)):
        return False
    return older.id < newer.id and older.at == newer.at and len(older.event.entries) == UNDONE_AT_ONCE
