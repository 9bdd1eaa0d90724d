"""The events: each is one thing the learner did, at one moment, in the past tense; written once, never changed.

An event about an idea or a question carries its topic, so that the fold of events needs no roadmap. The kind of an event is the
name of its class. Every later version reads what a released version has written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from dlroadmap.roadmap import clean
from dlroadmap.schedule import Confidence

SittingKind = Literal["checkpoint", "exam", "review", "practice", "cram", "placement"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _plain(text: str) -> str:
    return text if text.isprintable() else clean(text)


def _plain_table(table: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    def plain(value: JsonValue) -> JsonValue:
        match value:
            case str():
                return _plain(value)
            case dict():
                return {_plain(key): plain(inside) for key, inside in value.items()}
            case list():
                return [plain(inside) for inside in value]
            case _:
                return value

    return {_plain(key): plain(value) for key, value in table.items()}


Plain = Annotated[str, AfterValidator(_plain)]
"""Text without control characters: an event may come from a file that anybody wrote."""


class Event(BaseModel):
    """One thing the learner did."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class TopicTicked(Event):
    """The learner ticked a topic as done; if it was skipped, it no longer is."""

    topic: Plain


class TopicUnticked(Event):
    """The tick was removed."""

    topic: Plain


class TopicSkipped(Event):
    """The topic is left out of the counts."""

    topic: Plain


class TopicUnskipped(Event):
    """The topic counts again."""

    topic: Plain


class TopicKnown(Event):
    """The learner says that they knew the topic before; if it was skipped, it no longer is."""

    topic: Plain


class TopicUnknown(Event):
    """The learner no longer says that they knew the topic before."""

    topic: Plain


class StepTicked(Event):
    """A practice step, a project or a resource was done."""

    topic: Plain
    step: Plain


class StepUnticked(Event):
    """The step's tick was removed."""

    topic: Plain
    step: Plain


class Planned(BaseModel):
    """A question that a sitting will ask, and a spare one that is asked later if its idea is missed.

    asked and spare_asked: how often each was asked before; if a question has variables, that decides its numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: Plain
    idea: Plain
    question: Plain
    asked: int = 0
    spare: Plain | None = None
    spare_asked: int = 0


class SittingStarted(Event):
    """A sitting's questions were chosen; this event and the answers are all that a sitting consists of."""

    sitting: Plain
    kind: SittingKind
    scope: tuple[Plain, ...]
    seed: int
    questions: tuple[Planned, ...]

    @model_validator(mode="before")
    @classmethod
    def _placement(cls, told: Any) -> Any:
        """Read a placement as it was written at first: as a practice whose scope said so."""
        if isinstance(told, dict) and told.get("kind") == "practice" and [*told.get("scope", ())] == ["placement"]:
            asked = [p.get("topic") if isinstance(p, dict) else getattr(p, "topic", None) for p in told.get("questions", ())]
            return told if set(asked) <= {"placement"} else {**told, "kind": "placement", "scope": ()}
        return told


class Answered(Event):
    """An answer was given and graded; `given` holds the author's words, never positions on the screen."""

    sitting: Plain
    topic: Plain
    question: Plain
    idea: Plain
    kind: Plain
    variant: Mapping[Plain, int | float] = {}
    given: Plain | tuple[Plain, ...] | tuple[tuple[Plain, Plain], ...] | None
    credit: float = Field(ge=0, le=1)
    confidence: Confidence | None = None
    seconds: float = Field(0, ge=0)
    hint: bool = False
    retry: bool = False


class AnswerOverruled(Event):
    """The learner corrected the grade of the newest answer to a question: right after all, or a slip in a right method."""

    answer: Plain
    topic: Plain
    question: Plain
    idea: Plain
    credit: float = Field(ge=0, le=1)
    reason: Literal["right", "slip"]


class SittingFinished(Event):
    """Every question of a sitting was answered."""

    sitting: Plain


class SittingAbandoned(Event):
    """A sitting will not be resumed; its answers stay."""

    sitting: Plain


class IdeaBuried(Event):
    """The idea isn't asked before a day."""

    topic: Plain
    idea: Plain
    until: date


class IdeaSuspended(Event):
    """The idea isn't asked in reviews until it is resumed."""

    topic: Plain
    idea: Plain


class IdeaResumed(Event):
    """The idea is asked in reviews again."""

    topic: Plain
    idea: Plain


class IdeaReset(Event):
    """The idea's memory was reset."""

    topic: Plain
    idea: Plain


class QuestionRetired(Event):
    """A wrong question is never asked again, and misses on it no longer count.

    formerly: the other names under which it was asked, each as (topic id, question id).
    """

    topic: Plain
    question: Plain
    formerly: tuple[tuple[Plain, Plain], ...] = ()


class NoteWritten(Event):
    """The learner's whole note on a topic; empty if it was deleted."""

    topic: Plain
    text: Plain


class PathChosen(Event):
    """The learner chose a path, and perhaps a topic to start from."""

    path: Plain
    start: Plain | None = None


class PathSaved(Event):
    """The learner saved a path of their own: its TOML table as a value; an empty table deletes the path."""

    path: Plain
    body: Annotated[Mapping[str, JsonValue], AfterValidator(_plain_table)]


class PlanSet(Event):
    """The plan changed; a field that is None stays as it was."""

    level: Literal["new", "basics", "trained"] | None = None
    goal: Literal["understand", "build", "research", "job"] | None = None
    hours: float | None = Field(None, ge=0, le=168)
    days: tuple[Weekday, ...] | None = None
    review_minutes: int | None = Field(None, ge=0, le=600)
    retention: float | None = Field(None, ge=0.80, le=0.95)
    target: date | None = None
    no_target: bool = False


class Paused(Event):
    """The learner planned a break that ends on the morning of a day."""

    until: date


class Unpaused(Event):
    """The break ended early."""


class Undone(Event):
    """An earlier entry no longer counts."""

    entry: Plain


class Redone(Event):
    """An undone entry counts again."""

    entry: Plain


class Restored(Event):
    """A backup was restored: these entries, which the backup doesn't have, no longer count."""

    entries: tuple[Plain, ...]


class Unreadable(Event):
    """An event with a kind or field that this version doesn't know: it is kept but has no effect."""


KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__() if kind is not Unreadable}


class Entry(NamedTuple):
    """An event as the journal stores it.

    id orders the entries of all machines: a hybrid logical clock (Kulkarni et al. 2014) of milliseconds and the machine's tag. at
    is the learner's local time with its UTC offset; nothing is ordered by it.
    """

    id: str
    at: datetime
    event: Event

    @property
    def machine(self) -> str:
        """The tag of the machine that wrote it."""
        return self.id.partition("-")[2]


def entry_id(milliseconds: int, machine: str) -> str:
    """Return an entry's id; sorted as text, ids are in the order of time until the year 5138."""
    return f"{milliseconds:014d}-{machine}"


def milliseconds_of(entry: str) -> int:
    """Return the clock's part of an entry's id."""
    return int(entry.partition("-")[0])


def read_event(kind: str, body: Any) -> Event:
    """Return the event with this kind and body; Unreadable if this version doesn't know them."""
    try:
        return KINDS[kind].model_validate_json(body) if isinstance(body, (str, bytes)) else KINDS[kind].model_validate(body)
    except (KeyError, ValidationError):
        return Unreadable()
