"""Plain text without borders, from the first column on, so that it can be selected with the terminal's own means."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import Row


class PlainScreen(Screen[None]):
    """Shows lines without borders, indents or a scrollbar; long lines continue at the first column."""

    TITLE = "Link list"
    DEFAULT_CSS = """
    PlainScreen {
        & #title { height: 1; padding: 0 1; background: $panel; }
        & Pane { height: 1fr; padding: 0; scrollbar-size-vertical: 0; scrollbar-gutter: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_by(1)", "scroll", show=False, id="plain.down"),
        Binding("up,k", "scroll_by(-1)", "scroll", show=False, id="plain.up"),
        Binding("pagedown,J,space", "scroll_by(10)", "page down", id="plain.pgdn", key_display="PgDn"),
        Binding("pageup,K", "scroll_by(-10)", "page up", show=False, id="plain.pgup", key_display="PgUp"),
        Binding("g,home", "scroll_by(-9999)", "top", show=False, id="plain.top"),
        Binding("G,end", "scroll_by(9999)", "end", show=False, id="plain.end"),
        Binding("question_mark,f1", "app.help", "help", id="plain.help", key_display="?"),
        Binding("escape,q,enter", "dismiss", "back", id="plain.back", key_display="Esc"),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.head = title
        self.text = text

    def compose(self) -> ComposeResult:
        """Yield the head, the text, the keys."""
        yield Static(Text(f" {self.head}", "bold", no_wrap=True, overflow="ellipsis"), id="title", markup=False)
        yield Pane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the text once the size is known."""
        pane = self.query_one(Pane)
        pane.focus()
        self.call_after_refresh(pane.show, [Row(Text(line), wrap=False) for line in self.text.split("\n")])

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.query_one(Pane).scroll_relative(y=lines, animate=False)
