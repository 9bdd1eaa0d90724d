"""Stats: the learner's progress in plots and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets import plots
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane, ReadingPane
from dlroadmap.tui.widgets.strip import Head

if TYPE_CHECKING:
    from dlroadmap.settings import Settings
    from dlroadmap.study import Study

Period = Literal["week", "month", "all"]
WIDE = 110
"""From this many columns on the plots are shown in two columns."""


class StatsScreen(Screen[None]):
    """Activity, ideas passed and known, recall, what is due, calibration, hours, what is hardest."""

    TITLE = "Stats"
    DEFAULT_CSS = """
    StatsScreen {
        & Horizontal { height: 1fr; }
        & Pane { width: 1fr; border: round $frame; border-title-color: $foreground; padding-left: 1; }
        & Pane:focus { border: round $primary; }
        & #right { display: none; }
        &.-wide #right { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "period('week')", "week", id="stats.week", tooltip="the activity of the last seven days"),
        Binding("m", "period('month')", "month", id="stats.month", tooltip="the activity of the last thirty days"),
        Binding("a", "period('all')", "year", id="stats.all", tooltip="the activity of a year"),
        Binding("x", "export", "export", id="stats.export", tooltip="write a report with these plots as a web page"),
        Binding("enter", "phase", "phase", id="stats.phase", tooltip="the phase under the cursor: its page on the Map"),
        Binding("J,space", "page(1)", "page down", show=False, id="stats.pgdn"),
        Binding("K", "page(-1)", "page up", show=False, id="stats.pgup"),
        Binding("tab", "other_pane", "other side", show=False, id="stats.pane"),
        Binding("1,escape", "map", "map", id="stats.map", key_display="1 Esc", tooltip="the Map"),
        Binding("2,r", "review", "review", id="stats.review", key_display="2", tooltip="Review"),
        Binding("question_mark,f1", "app.help", "help", id="stats.help", key_display="?"),
        Binding("q", "app.leave", "quit", id="stats.quit"),
    ]

    def __init__(self, study: Study, signs: Signs) -> None:
        super().__init__()
        self.study = study
        self.signs = signs
        self.period: Period = "all"

    def compose(self) -> ComposeResult:
        """Yield the head, both columns, the keys."""
        yield Head("Stats")
        with Horizontal():
            yield ReadingPane(id="left")
            yield ReadingPane(id="right")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw once the size is known."""
        self.query_one("#left", Pane).focus()

    def on_resize(self) -> None:
        """Choose one column or two."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        self.call_after_refresh(self.show)

    def follow(self, settings: Settings) -> None:  # noqa: ARG002 the same for every screen
        """Show the state as it is now."""
        self.show()

    def show(self) -> None:
        """Compute and draw everything as it is now."""
        found = self.study.stats()
        left, right = self.query_one("#left", Pane), self.query_one("#right", Pane)
        wide, width = self.has_class("-wide"), left.room - 2
        since = f"since {found.since:%d %b %Y}" if found.since else "nothing done yet"
        self.query_one(Head).show(self.study.roadmap.title, since)
        left.border_title, right.border_title = "Activity and hours" if wide else "Stats", "Knowledge"
        first = plots.activity(found, self.period, width, self.signs)
        hours = plots.hours_rows(found, width, self.signs)
        known = plots.progress_rows(found, width, self.signs) + plots.memory_rows(found, width, self.signs)
        left.show([*first, *hours] if wide else [*first, *known, *hours], keep_scroll=True)
        right.show(known if wide else [], keep_scroll=True)

    def _pane(self) -> ReadingPane:
        return self.query_one("#right" if self.query_one("#right", Pane).has_focus else "#left", ReadingPane)

    def action_period(self, period: Period) -> None:
        """Show another period."""
        self.period = period
        self.show()

    def action_phase(self) -> None:
        """Go to the phase under the cursor; without a cursor put it on the first phase."""
        pane = self.query_one("#right" if self.has_class("-wide") else "#left", Pane)
        if pane.cursor:
            self.post_message(messages.GoTo(f"/{pane.cursor}"))  # as the tree names phases
        else:
            pane.focus()
            pane.move(1)

    @on(Pane.Clicked)
    def _clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        event.pane.cursor = event.key

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self._pane().action_page(pages)

    def action_other_pane(self) -> None:
        """Move to the other column."""
        if self.has_class("-wide"):
            (self.query_one("#left", Pane) if self.query_one("#right", Pane).has_focus else self.query_one("#right", Pane)).focus()

    def action_export(self) -> None:
        """Write the report."""
        self.post_message(messages.Export())

    def action_review(self) -> None:
        """Show what is due."""
        self.dismiss()
        self.app.post_message(messages.ShowReview())

    def action_map(self) -> None:
        """Return to the Map."""
        self.dismiss()
