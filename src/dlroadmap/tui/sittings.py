"""The App's part in every sitting: beginning it, showing it and its result, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.screen import Screen

from dlroadmap import events
from dlroadmap.formats.located import NotARoadmap
from dlroadmap.journal import JournalFault
from dlroadmap.review import Wanted, nothing_to_review
from dlroadmap.settings import Settings
from dlroadmap.sitting import Sitting
from dlroadmap.study import Study
from dlroadmap.tui.signs import Signs

if TYPE_CHECKING:
    from dlroadmap.tui.screens.map import MapScreen
    from dlroadmap.tui.screens.result import Then
    from dlroadmap.tui.screens.sitting import SittingScreen

# Screens are imported when they are opened: the first frame needs the Map alone.

TRIES = 2
"""How many questions the key `t` asks."""
Result = TypeVar("Result")


class Stage(Protocol):
    """What a sitting needs of the App."""

    study: Study
    settings: Settings
    signs: Signs

    def record(self, event: events.Event) -> events.Entry | None:
        """Record an event; None if that fails, which is said."""

    def written(self, write: Callable[[], Result | None]) -> Result | None:
        """Write to the journal and return the result; None if that fails, which is said."""

    def undo(self) -> events.Entry | None:
        """Take the newest action back; None if that fails, which is said."""

    def tell(self) -> None:
        """Give every screen the new state."""

    def say(self, text: str, *, seconds: float = 3) -> None:
        """Say something in a toast."""

    def complain(self, fault: Exception) -> None:
        """Say what went wrong."""

    def show_above(self, screen: Screen[Result], then: Callable[[Result | None], None]) -> None:
        """Push a screen, without old toasts over it."""

    def to_map(self) -> MapScreen:
        """Close what lies above the Map."""

    def key_of(self, action: str) -> str:
        """Return the Map's key for an action; "" if there is none."""

    def call_after_refresh(self, callback: Callable[[], None]) -> object:
        """Call a function after the screen was drawn."""


class Sittings:
    """Checkpoints, exams, reviews, tries and the placement: at most one is on the screen."""

    def __init__(self, stage: Stage) -> None:
        """Show sittings with the help of the App (the stage)."""
        self._stage = stage
        self._study = stage.study
        self._row: list[str] = []
        self._screen: SittingScreen | None = None

    def checkpoints(self, topics: Sequence[str]) -> None:
        """Take the checkpoints of these topics one after another; begin or resume each."""
        self._row = list(topics)
        self._next_in_row()

    def exam(self, topics: Sequence[str]) -> None:
        """Begin or resume the exam of a phase's topics, as far as they can be asked."""
        asked = self._study.examined(self._study.roadmap.topics[name] for name in topics)
        self._sit(lambda: self._study.under_way("exam", topics) or self._study.begin_exam(asked))

    def review(self, wanted: Wanted, minutes: int | None = None) -> None:
        """Begin or resume a review of what is wanted; minutes: always begin a new one of this length."""
        study = self._study

        def nothing() -> str:
            return nothing_to_review(study.roadmap, study.progress, study.now(), wanted).words

        self._sit(lambda: study.review(wanted, minutes), otherwise=nothing)

    def tries(self, topic: str) -> None:
        """Ask two easier questions on a topic, unscored."""
        self._sit(lambda: self._study.begin_practice([self._study.roadmap.topics[topic]], TRIES, easy=True))

    def placement(self) -> None:
        """Begin or resume the placement that finds a starting point."""
        self._sit(self._study.placement)

    def _next_in_row(self) -> None:
        if self._row:
            topic = self._study.roadmap.topics[self._row.pop(0)]
            self._sit(lambda: self._study.under_way("checkpoint", [topic.id]) or self._study.begin_checkpoint(topic))

    def _sit(
        self,
        begin: Callable[[], Sitting | None],
        *,
        otherwise: Callable[[], str] = lambda: "No question of this can be asked yet.",
    ) -> None:
        """Begin a sitting and show it, then its result; if there is no sitting, say why."""
        try:
            sitting = begin()
        except (JournalFault, NotARoadmap) as fault:
            self._stage.complain(fault)
            return
        if sitting is None:
            self._stage.say(otherwise())
            return
        from dlroadmap.tui.screens.sitting import SittingScreen  # noqa: PLC0415 see above

        self._stage.tell()
        screen = self._screen = SittingScreen(
            self._study,
            sitting,
            self._stage.signs,
            record=self._stage.record,
            undo=self._stage.undo,
            confidence=self._stage.settings.confidence,
        )

        def sat(finished: Sitting | None) -> None:
            self._stage.tell()
            if finished:
                self._screen = None
                self._finish(finished)
            else:
                self.leave()

        self._stage.show_above(screen, sat)

    def leave(self) -> None:
        """Leave the sitting on the screen, and the checkpoints that were to follow; a practice is over, no key resumes it."""
        screen, self._screen, self._row = self._screen, None, []
        if screen is None:
            return
        sitting, kind = screen.sitting, screen.sitting.started.kind
        kept = self._stage.written(lambda: self._study.leave(sitting, over=kind == "practice"))
        if kept:
            key = self._stage.key_of("paths" if kind == "placement" else kind)
            again = " and “find my start” go on" if kind == "placement" else " goes on"
            self._stage.say(f"Paused: every answer is kept{f'; {key}{again}' if key else ''}.")
        elif kept is not None and sitting.answers:
            self._stage.say("Left: practice doesn't count.")

    def _finish(self, sitting: Sitting) -> None:
        """Record a sitting's end and show its result, but not that of a placement that couldn't be recorded."""
        from dlroadmap.result import came_to  # noqa: PLC0415 see above
        from dlroadmap.tui.screens.result import ResultScreen  # noqa: PLC0415 see above

        study = self._study
        came = self._stage.written(lambda: study.finish(sitting))
        if came is None and sitting.started.kind != "placement":
            came = came_to(study.roadmap, study.progress, study.now(), sitting)
        if came:
            after = study.roadmap.topics[self._row[0]].title if self._row else ""
            self._stage.show_above(ResultScreen(study, came, self._stage.signs, then=after), self.go_on)

    def go_on(self, then: Then | None) -> None:
        """Do what the learner wants after a result."""
        if then is None or then.what != "row":
            self._row = []
        match then:
            case ("row", _):
                self._next_in_row()
            case ("checkpoint", topic):
                self.checkpoints([topic])
            case ("review", topic):
                self.review(Wanted(topics=(topic,)))
            case ("next", _):
                self._stage.call_after_refresh(self._stage.to_map().action_next)
            case ("topic", topic):
                self._stage.to_map().show_topic(topic)
            case ("map", topic) if topic:
                there = self._stage.to_map()
                self._stage.call_after_refresh(lambda: there.open_at(topic, there.tree.folded))
