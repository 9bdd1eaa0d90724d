"""Help: the keys of the screen at hand, made from its bindings, so that it cannot lie."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.key_bar import KeyBar, key_of
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, plain


class HelpScreen(ModalScreen[None]):
    """The keys that work on the screen below, and what the signs mean."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical {
        width: 90%; max-width: 84; height: 90%;
        border: round $frame; border-title-color: $foreground; background: $background; padding: 0 1;
    }
    HelpScreen Pane { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "close", id="help.close", key_display="Esc"),
        Binding("down,j", "scroll_by(1)", "scroll", show=False, id="help.down"),
        Binding("up,k", "scroll_by(-1)", "scroll", show=False, id="help.up"),
    ]

    def __init__(self, below: Screen[object], title: str, signs: Signs) -> None:
        super().__init__()
        self.frame_title = title
        self.rows = help_rows(below, signs)

    def compose(self) -> ComposeResult:
        """Yield the list of keys."""
        with Vertical() as frame:
            frame.border_title = f"Help · {self.frame_title}"
            yield Pane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the keys."""
        pane = self.query_one(Pane)
        self.call_after_refresh(pane.show, self.rows)
        pane.focus()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.query_one(Pane).scroll_relative(y=lines, animate=False)


def help_rows(below: Screen[object], signs: Signs) -> list[Row]:
    """List the bindings of a screen and its widgets, those of the whole program after them, then the signs."""
    tables: dict[bool, dict[str, tuple[list[str], str]]] = {True: {}, False: {}}
    for active in below.active_bindings.values():
        binding = active.binding
        if binding.id is not None and not binding.system:
            named, _ = tables[active.node is below.app].setdefault(binding.id, ([], binding.tooltip or binding.description))
            named += [key for key in [key_of(binding)] if key not in named]
    here, everywhere = ({" ".join(named): word for named, word in tables[app].values()} for app in (False, True))
    size = max((len(key) for key in (*here, *everywhere)), default=8) + 2
    rows = [heading("On this screen"), *(_key_row(key, word, size) for key, word in here.items()), BLANK]
    rows += [heading("Everywhere"), *(_key_row(key, word, size) for key, word in everywhere.items()), BLANK, heading("Signs")]
    meanings = (
        ("todo", "to do"),
        ("doing", "in progress"),
        ("done", "done"),
        ("mastered", "mastered"),
        ("due", "due for review"),
    )
    rows += [Row(Text(word), f"{getattr(signs, name)}  ", "   ", mark=name) for name, word in meanings]
    rows += [plain("skipped", first=f"{signs.skipped}  "), BLANK, heading("Terminal")]
    rows += [
        plain("Select text by dragging; hold Shift where the terminal is to select."),
        plain("Over ssh no browser opens: o shows the whole address and copies it."),
    ]
    return rows


def _key_row(key: str, word: str, size: int) -> Row:
    return Row(Text(word), f"{key:<{size}}", " " * size, mark="done")
