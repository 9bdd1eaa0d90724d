"""What widgets and screens say upward: requests, in the imperative. The App answers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from dlroadmap.events import Event
from dlroadmap.progress import Progress
from dlroadmap.review import Wanted


class Opening(Message):
    """A request for another screen: it is dropped where one has come up since it was made."""


@dataclass
class Record(Message):
    """Record an event, or what a rule makes of the progress by then (keys can be faster than their effects); say so in a toast."""

    event: Event | Callable[[Progress], Event | None]
    toast: str = ""


@dataclass
class Undo(Message):
    """Take the newest action back."""


@dataclass
class Redo(Message):
    """Let what was taken back count again."""


@dataclass
class OpenLink(Message):
    """Open an address in a browser."""

    url: str


@dataclass
class CopyText(Message):
    """Copy a text to the clipboard; what names it in the toast."""

    text: str
    what: str


@dataclass
class WriteNote(Opening):
    """Let the learner write a note on a topic."""

    topic: str


@dataclass
class ShowPlain(Opening):
    """Show text plain and unboxed, to be selected."""

    title: str
    text: str


@dataclass
class TakeCheckpoint(Opening):
    """Start a topic's checkpoint, or go on with the one under way."""

    topic: str


@dataclass
class TryMe(Opening):
    """Ask two easier questions on a topic, unscored."""

    topic: str


@dataclass
class TakeExam(Opening):
    """Start the exam of some topics of a phase, or go on with the one under way."""

    topics: tuple[str, ...]


@dataclass
class StartReview(Opening):
    """Start a review of what is wanted, in so many minutes where they are given, or go on with the one under way."""

    wanted: Wanted
    minutes: int | None = None


@dataclass
class ShowReview(Opening):
    """Show what is due."""


@dataclass
class ShowStats(Opening):
    """Show the statistics."""


@dataclass
class Export(Message):
    """Write a report."""


@dataclass
class GoTo(Opening):
    """Show a topic's page on the Map, with the cursor on one of its steps where one is named."""

    topic: str
    step: str = ""


@dataclass
class ChangeSetting(Message):
    """Give a setting of looks or devices another value, and keep it."""

    name: str
    value: str | bool


@dataclass
class OpenSettingsFile(Message):
    """Open config.toml in the learner's editor."""


@dataclass
class ShowAbout(Opening):
    """Show the roadmap's own page."""


@dataclass
class ChoosePath(Opening):
    """Show the paths to choose from."""


@dataclass
class FindStart(Opening):
    """Ask what finds a starting point on the active path, or go on with it."""


@dataclass
class MakePath(Opening):
    """Make a path of one's own, beginning with the topics of another."""

    path: str
