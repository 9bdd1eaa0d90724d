"""Messages from widgets and screens to the App: requests, in the imperative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from dlroadmap.events import Event
from dlroadmap.progress import Progress
from dlroadmap.review import Wanted


class Opening(Message):
    """A request for another screen; it is dropped if another screen has appeared since."""


@dataclass
class Record(Message):
    """Record an event, or the event that a rule returns when the message arrives (keys can be faster), and show a toast."""

    event: Event | Callable[[Progress], Event | None]
    toast: str = ""


@dataclass
class Undo(Message):
    """Take the newest action back."""


@dataclass
class Redo(Message):
    """Make the action that was taken back last count again."""


@dataclass
class OpenLink(Message):
    """Open an address in a browser."""

    url: str


@dataclass
class CopyText(Message):
    """Copy a text to the clipboard; `what` is its name in the toast."""

    text: str
    what: str


@dataclass
class WriteNote(Opening):
    """Let the learner write a note on a topic."""

    topic: str


@dataclass
class ShowPlain(Opening):
    """Show text without borders, so that it can be selected."""

    title: str
    text: str


@dataclass
class TakeCheckpoint(Opening):
    """Start a topic's checkpoint, or resume the one that was paused."""

    topic: str


@dataclass
class TryMe(Opening):
    """Ask two easier questions on a topic, unscored."""

    topic: str


@dataclass
class TakeExam(Opening):
    """Start the exam of some topics of a phase, or resume the one that was paused."""

    topics: tuple[str, ...]


@dataclass
class StartReview(Opening):
    """Start a review of what is wanted, or resume the one that was paused; minutes: always start a new one of this length."""

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
    """Show a topic's page on the Map, with the cursor on one of its steps if one is given."""

    topic: str
    step: str = ""


@dataclass
class ChangeSetting(Message):
    """Change a setting of looks or devices, and save it."""

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
    """Start the placement that finds a starting point on the active path, or resume it."""


@dataclass
class MakePath(Opening):
    """Let the learner make a path, beginning with the topics of another one."""

    path: str
