"""The events: each is one thing the learner did, at one moment, in the past tense; written once, never changed.

An event about an idea or a question carries its topic, so that the fold of events needs no roadmap. The kind of an event is the
name of its class. What a released version has written every later version reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError

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
"""Text that the terminal takes for nothing but text: an event may come from a file of anybody's."""


class Event(BaseModel):
    """One thing the learner did."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class TopicTicked(Event):
    """Done, by the learner's tick; a skipped topic is skipped no more."""

    topic: Plain


class TopicUnticked(Event):
    """The tick was taken away."""

    topic: Plain


class TopicSkipped(Event):
    """Left out of the counts."""

    topic: Plain


class TopicUnskipped(Event):
    """Counted again."""

    topic: Plain


class TopicKnown(Event):
    """Known before, by the learner's word; a skipped topic is skipped no more."""

    topic: Plain


class TopicUnknown(Event):
    """The word was taken back."""

    topic: Plain


class StepTicked(Event):
    """A practice step, a project or a resource was done."""

    topic: Plain
    step: Plain


class StepUnticked(Event):
    """The step's tick was taken away."""

    topic: Plain
    step: Plain


class Planned(BaseModel):
    """A question that a sitting is to ask, and the fresh one that follows where its idea is missed.

    asked and spare_asked are how often each was asked before: where a question has variables its numbers follow from that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: Plain
    idea: Plain
    question: Plain
    asked: int = 0
    spare: Plain | None = None
    spare_asked: int = 0


class SittingStarted(Event):
    """Questions were chosen; with the answers, this is all that a sitting is."""

    sitting: Plain
    kind: SittingKind
    scope: tuple[Plain, ...]
    seed: int
    questions: tuple[Planned, ...]


class Answered(Event):
    """An answer was locked; `given` holds the author's words, never shown positions."""

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
    """The learner judged the newest answer to a question otherwise: right after all, or a slip in a right method."""

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
    """Not to be asked before a day."""

    topic: Plain
    idea: Plain
    until: date


class IdeaSuspended(Event):
    """Not to be asked in reviews until it is resumed."""

    topic: Plain
    idea: Plain


class IdeaResumed(Event):
    """To be asked in reviews again."""

    topic: Plain
    idea: Plain


class IdeaReset(Event):
    """Its memory starts anew."""

    topic: Plain
    idea: Plain


class QuestionRetired(Event):
    """A wrong question is asked no more, and its lapses are taken back.

    formerly: the other ids under which it was asked, each of its topic and of itself.
    """

    topic: Plain
    question: Plain
    formerly: tuple[tuple[Plain, Plain], ...] = ()


class NoteWritten(Event):
    """The learner's note on a topic, whole; empty where it was deleted."""

    topic: Plain
    text: Plain


class PathChosen(Event):
    """A path was taken, from a starting topic where one was given."""

    path: Plain
    start: Plain | None = None


class PathSaved(Event):
    """A path of the learner's own: its TOML table as a value; an empty one deletes it."""

    path: Plain
    body: Annotated[Mapping[str, JsonValue], AfterValidator(_plain_table)]


class PlanSet(Event):
    """The plan changed; what is None stays as it was."""

    level: Literal["new", "basics", "trained"] | None = None
    goal: Literal["understand", "build", "research", "job"] | None = None
    hours: float | None = Field(None, ge=0, le=168)
    days: tuple[Weekday, ...] | None = None
    review_minutes: int | None = Field(None, ge=0, le=600)
    retention: float | None = Field(None, ge=0.80, le=0.95)
    target: date | None = None
    no_target: bool = False


class Paused(Event):
    """A planned break, up to and without a day."""

    until: date


class Unpaused(Event):
    """The break ended early."""


class Undone(Event):
    """An earlier entry counts as if it had never been."""

    entry: Plain


class Redone(Event):
    """An undone entry counts again."""

    entry: Plain


class Restored(Event):
    """A backup was restored: these entries, which it doesn't have, count as if they had never been."""

    entries: tuple[Plain, ...]


class Unreadable(Event):
    """An event of a kind or with a field that this version doesn't know: kept, without effect."""


KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__() if kind is not Unreadable}


class Entry(NamedTuple):
    """An event as the journal has it.

    id orders all entries of all machines: a hybrid logical clock (Kulkarni et al. 2014), milliseconds and the machine's tag. at is
    when it was by the learner's clock and offset: data, never an order.
    """

    id: str
    at: datetime
    event: Event

    @property
    def machine(self) -> str:
        """The tag of the machine that wrote it."""
        return self.id.partition("-")[2]


def entry_id(milliseconds: int, machine: str) -> str:
    """Write an entry's id so that text order is time order until the year 5138."""
    return f"{milliseconds:014d}-{machine}"


def milliseconds_of(entry: str) -> int:
    """Return the clock's part of an entry's id."""
    return int(entry.partition("-")[0])


def read_event(kind: str, body: Any) -> Event:
    """Return the event that a journal's kind and body say, Unreadable where this version doesn't know them."""
    try:
        return KINDS[kind].model_validate_json(body) if isinstance(body, (str, bytes)) else KINDS[kind].model_validate(body)
    except (KeyError, ValidationError):
        return Unreadable()
