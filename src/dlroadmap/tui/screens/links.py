"""Choosing a link by its letter, to open or copy it, or a key idea by its digit, to copy it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from dlroadmap.roadmap import Idea, Resource, is_web_address
from dlroadmap.tui.widgets.frame import Frame
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import Row, markdown


class LinkScreen(ModalScreen[Resource | Idea | None]):
    """The links of a topic with their whole addresses, and perhaps its key ideas; a letter or digit chooses one."""

    TITLE = "Links"
    DEFAULT_CSS = """
    LinkScreen { align: center middle; }
    LinkScreen > Frame { width: 90%; max-width: 100; height: auto; max-height: 80%; }
    LinkScreen Pane { height: auto; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "back", id="links.back", key_display="Esc"),
        Binding("down,j", "move(1)", "down", show=False, id="links.down"),
        Binding("up,k", "move(-1)", "up", show=False, id="links.up"),
        Binding("enter", "pick", "choose", id="links.pick"),
    ]

    def __init__(self, resources: Sequence[tuple[str, Resource]], ideas: Mapping[str, Idea] | None = None, *, title: str) -> None:
        """Offer resources, each with its letter ("" for none), and ideas by their digits."""
        super().__init__()
        self.resources = resources
        self.ideas = ideas or {}
        self.frame_title = title

    def compose(self) -> ComposeResult:
        """Yield the list."""
        with Frame() as frame:
            frame.border_title = Text(self.frame_title)
            yield Pane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the links, the first under the cursor."""
        rows: list[Row] = []
        for letter, resource in self.resources:
            rows.append(Row(Text(resource.title, "strong"), f"{letter:<3}", "   ", resource.kind, resource.id, mark="done"))
            odd = "" if is_web_address(resource.url) else "  not a web address: shown only"
            rows.append(Row(Text(resource.url + odd, "muted"), "   ", "   ", key=resource.id, wrap=False))
        for digit, idea in self.ideas.items():
            rows += markdown(idea.text, first=f"{digit}  ", rest="   ", key=f"/{idea.id}")
        pane = self.query_one(Pane)
        pane.show(rows)
        pane.move(1)
        pane.focus()

    def on_resize(self) -> None:
        """Take as much height as is needed and available."""
        pane = self.query_one(Pane)
        count = len(pane.rows)
        pane.styles.height = min(2 * count, max(4, self.app.size.height - 8)) if count > 8 else count + 1

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.query_one(Pane).move(step)

    def action_pick(self) -> None:
        """Choose the link under the cursor."""
        self._dismiss(self.query_one(Pane).cursor)

    def _dismiss(self, key: str) -> None:
        ids: dict[str, Resource | Idea] = {resource.id: resource for _, resource in self.resources}
        self.dismiss((ids | {f"/{idea.id}": idea for idea in self.ideas.values()}).get(key))

    def on_key(self, event: events.Key) -> None:
        """Choose by letter or digit."""
        items: dict[str | None, Resource | Idea] = {letter: resource for letter, resource in self.resources if letter}
        if chosen := (items | dict(self.ideas)).get(event.character):
            event.stop()
            event.prevent_default()
            self.dismiss(chosen)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Choose by click."""
        self._dismiss(event.key)
