"""Choosing a path through the map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from dlroadmap.plan import Overview
from dlroadmap.roadmap import Path, Roadmap
from dlroadmap.standing import counts
from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.frame import Frame
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane, ReadingPane
from dlroadmap.tui.widgets.prose import BLANK, Row, markdown, plain


class PathScreen(ModalScreen[str | None]):
    """The paths, each with its contents and the learner's progress on it, which all paths share."""

    TITLE = "Paths"
    DEFAULT_CSS = """
    PathScreen { align: center middle; }
    PathScreen Pane { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take this path", id="paths.take"),
        Binding(
            "space,s,J,K", "make", "make your own of it", id="paths.make", key_display="s", tooltip="mark, move, save under a name"
        ),
        Binding("f", "find", "find my start", id="paths.find", tooltip="a placement on your path: it marks nothing as done"),
        Binding("escape,q,p", "dismiss(None)", "back", id="paths.back", key_display="Esc"),
        Binding("question_mark,f1", "app.help", "help", id="paths.help", key_display="?"),
    ]

    def __init__(self, roadmap: Roadmap, every: Mapping[str, Path], view: Overview, signs: Signs, here: str = "") -> None:
        """Begin with the cursor on the path `here`, else on the active one."""
        super().__init__()
        self.begin = here or view.path.id
        self.rows = path_rows(roadmap, every, view, signs)

    def compose(self) -> ComposeResult:
        """Yield the list."""
        with Frame() as frame:
            frame.border_title = "Paths · one map, progress shared"
            yield ReadingPane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the paths, the active one under the cursor."""
        pane = self.query_one(Pane)
        pane.focus()

        def show() -> None:
            pane.show(self.rows)
            pane.cursor = self.begin

        self.call_after_refresh(show)

    def action_take(self) -> None:
        """Take the path under the cursor."""
        self.dismiss(self.query_one(Pane).cursor or None)

    def action_find(self) -> None:
        """Start the placement, which finds a starting point on the active path."""
        self.post_message(messages.FindStart())

    def action_make(self) -> None:
        """Make an own path, beginning with the topics of the one under the cursor."""
        if name := self.query_one(Pane).cursor:
            self.post_message(messages.MakePath(name))

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Move to a path by click; a second click takes it."""
        pane = self.query_one(Pane)
        if pane.cursor == event.key:
            self.action_take()
        pane.cursor = event.key


def path_rows(roadmap: Roadmap, every: Mapping[str, Path], view: Overview, signs: Signs) -> list[Row]:
    """Return the rows of the list of paths."""
    rows: list[Row] = []
    for name, path in every.items():
        total = counts(view.where[t] for t in path.topics)
        hours = sum(roadmap.topics[t].hours for t in path.topics)
        active = f"{signs.cursor} " if name == view.path.id else "  "
        figure = f"{total.done}/{total.counted} · {hours:g} h"
        rows.append(Row(Text(path.title, "strong"), active, "  ", figure, name, mark="doing"))
        if path.summary:
            rows += markdown(path.summary, style="muted", first="    ", key=name)
        spans = [f"{p.title}{f' ({p.duration})' if p.duration else ''}" for p in path.phase]
        rows += [plain(" · ".join(spans), first="    ", key=name), BLANK]
    return rows
