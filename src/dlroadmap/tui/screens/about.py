"""About the roadmap: what the learner can do at its end, advice for the way, and its sources."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from dlroadmap.roadmap import Roadmap
from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.frame import Frame
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import READ_ON, Pane, ReadingPane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, markdown


class AboutPage(ReadingPane):
    """Shows the roadmap's own page."""

    BINDINGS: ClassVar[list[BindingType]] = [READ_ON]


class AboutScreen(ModalScreen[None]):
    """The roadmap's own page; a source with an address can be opened."""

    TITLE = "About"
    DEFAULT_CSS = """
    AboutScreen { align: center middle; }
    AboutScreen Pane { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o", "open", "open the source", id="about.open"),
        Binding("question_mark,f1", "app.help", "help", id="about.help", key_display="?"),
        Binding("escape,q,i", "dismiss(None)", "back", id="about.back", key_display="Esc"),
    ]

    def __init__(self, roadmap: Roadmap, signs: Signs) -> None:
        super().__init__()
        self.roadmap = roadmap
        self.rows = about_rows(roadmap, signs)

    def compose(self) -> ComposeResult:
        """Yield the page."""
        with Frame() as frame:
            frame.border_title = Text(f"About · {self.roadmap.title}")
            yield AboutPage()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the page once the size is known."""
        pane = self.query_one(Pane)
        pane.focus()
        self.call_after_refresh(pane.show, self.rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 Textual's signature
        """Offer `open` only for a source with an address."""
        return action != "open" or not self.is_mounted or bool(self.query_one(Pane).cursor)

    def action_open(self) -> None:
        """Open the source under the cursor."""
        self._open(self.query_one(Pane).cursor)

    def _open(self, name: str) -> None:
        if found := next((source for source in self.roadmap.sources if source.id == name), None):
            self.post_message(messages.OpenLink(found.url))

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Open a source after a second click."""
        pane = self.query_one(Pane)
        if pane.cursor == event.key:
            self._open(event.key)
        pane.cursor = event.key


def about_rows(roadmap: Roadmap, signs: Signs) -> list[Row]:
    """Return the rows of the roadmap's page."""
    rows = markdown(roadmap.summary) if roadmap.summary else []
    for title, texts in (("What you can do at the end", roadmap.outcomes), ("Advice for the way", roadmap.tips)):
        if texts:
            rows += [BLANK, heading(title)]
        for text in texts:
            rows += markdown(text, first=f"{signs.bullet} ", rest="  ")
    if roadmap.sources:
        rows += [BLANK, heading("What it stands on")]
    for source in roadmap.sources:
        key = source.id if source.url else ""
        rows.append(Row(Text(source.title, "link" if source.url else "strong"), f"{signs.bullet} ", "  ", key=key))
        if source.note:
            rows += markdown(source.note, first="  ", style="muted", key=key)
        if source.url:
            rows.append(Row(Text(source.url, "muted"), "  ", "  ", key=key, wrap=False))
    return rows
