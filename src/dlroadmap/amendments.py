"""Amendments: how later entries change the effect of earlier ones, by undoing, redoing, restoring, overruling and retiring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dlroadmap import events as e


class Amendments(NamedTuple):
    """How later entries change the effect of earlier ones: undone entries, overruled answers, retired questions."""

    undone: frozenset[str]
    overruled: Mapping[str, e.AnswerOverruled]
    retired: frozenset[tuple[str, str]]


def counted(newest_first: Iterable[e.Entry]) -> Iterator[tuple[e.Entry, bool]]:
    """Yield each entry and whether it counts.

    The latest Undone, Redone or Restored about an entry decides; those that were themselves undone are ignored.
    """
    counts: dict[str, bool] = {}
    for entry in newest_first:
        if not counts.get(entry.id, True):
            yield entry, False
            continue
        match entry.event:
            case e.Undone(entry=other):
                counts.setdefault(other, False)
            case e.Redone(entry=other):
                counts.setdefault(other, True)
            case e.Restored(entries=others):
                for other in others:
                    counts.setdefault(other, False)
            case _:
                pass
        yield entry, True


def amendments(entries: Iterable[e.Entry]) -> Amendments:
    """Collect how some entries change the effect of earlier ones."""
    undone: set[str] = set()
    overruled: dict[str, e.AnswerOverruled] = {}
    retired: set[tuple[str, str]] = set()
    for entry, counts in counted(sorted(entries, reverse=True)):
        match entry.event:
            case _ if not counts:
                undone.add(entry.id)
            case e.AnswerOverruled() as event:
                overruled.setdefault(event.answer, event)
            case e.QuestionRetired() as event:
                retired.update(((event.topic, event.question), *event.formerly))
            case _:
                pass
    return Amendments(frozenset(undone), overruled, frozenset(retired))


AMENDING = (e.Undone, e.Redone, e.Restored, e.AnswerOverruled, e.QuestionRetired)
"""Events that change the effect of earlier entries: the fold can't just continue, it starts again from before `reach`."""


def amended_by(event: e.Event) -> frozenset[str]:
    """Return the entries that an event undoes or redoes."""
    match event:
        case e.Undone(entry=other) | e.Redone(entry=other):
            return frozenset([other])
        case e.Restored(entries=others):
            return frozenset(others)
        case _:
            return frozenset()


def reach(event: e.Event) -> str | None:
    """Return the earliest entry whose effect this event changes, "" for the very first, None where it changes none.

    Undoing or redoing an amending event changes as much as that event did: call this for that event too.
    """
    match event:
        case e.Undone(entry=other) | e.Redone(entry=other) | e.AnswerOverruled(answer=other):
            return other
        case e.Restored(entries=others):
            return min(others, default=None)
        case e.QuestionRetired():
            return ""
        case _:
            return None


BOOKKEEPING = (e.SittingStarted, e.SittingFinished, e.SittingAbandoned)
"""What the program writes around the learner's answers: nobody sees it, so undo and redo pass over it."""


def undoable(newest_first: Iterable[e.Entry], machine: str) -> e.Entry | None:
    """Return the newest thing that the learner did on a machine and that isn't undone; undoing itself is passed over."""
    passed = (e.Undone, e.Redone, e.Unreadable, *BOOKKEEPING)
    for entry, counts in counted(newest_first):
        if counts and entry.machine == machine and not isinstance(entry.event, passed):
            return entry
    return None


def redoable(newest_first: Iterable[e.Entry], machine: str) -> str | None:
    """Return the id of the entry that was undone last on a machine; None if something else was done there since."""
    redone: set[str] = set()
    for entry in newest_first:
        match entry.event:
            case _ if entry.machine != machine or isinstance(entry.event, BOOKKEEPING):
                pass
            case e.Redone(entry=other):
                redone.add(other)
            case e.Undone(entry=other) if other in redone:  # it counts again already, however often it was undone
                pass
            case e.Undone(entry=other):
                return other
            case _:
                return None
    return None
