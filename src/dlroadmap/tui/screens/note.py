"""A note on a topic, written inside the program if the learner has named no editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static, TextArea

from dlroadmap.roadmap import clean
from dlroadmap.tui.widgets.key_bar import KeyBar, key_in


class NoteArea(TextArea):
    """The text of a note."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "screen.keep",
            "keep and close",
            id="note.keep",
            tooltip="keep the note and go back; the Map's undo takes it back",
        ),
        Binding("f1", "app.help", "help", id="note.help", key_display="F1"),
    ]

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Take a slash as text, too: Textual doesn't treat its name as a character."""
        return key == "slash" or super().check_consume_key(key, character)


class NoteScreen(Screen[None]):
    """One note; Esc saves it without asking, because u on the Map takes a change back."""

    TITLE = "Note"
    DEFAULT_CSS = """
    NoteScreen {
        & #title { height: 1; padding: 0 1; background: $panel; }
        & NoteArea {
            height: 1fr; border: round $frame; background: $background; padding: 0 1;
            scrollbar-size-vertical: 1;
            & .text-area--cursor-line { background: $background; }
            & .text-area--cursor { background: $foreground; color: $background; text-style: reverse; }
            & .text-area--selection { background: $cursor-back; }
        }
        & NoteArea:focus { border: round $primary; }
    }
    """

    def __init__(self, title: str, text: str, save: Callable[[str], bool]) -> None:
        """Begin with a text; save is the App's, and returns whether the text was saved."""
        super().__init__()
        self._save = save
        self.head = title
        self.begun = text
        self._warned = False

    def compose(self) -> ComposeResult:
        """Yield the head, the text, the keys."""
        yield Static(id="title", markup=False)
        yield NoteArea(self.begun, soft_wrap=True, highlight_cursor_line=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        area = self.query_one(NoteArea)
        area.cursor_blink = False
        area.focus()
        area.move_cursor(area.document.end)

    def on_resize(self) -> None:
        """Write the head for the new width; the topic's title is shortened rather than what Esc does."""
        key = key_in(self.query_one(NoteArea), "screen.keep")
        discard = key_in(self.app, "leave")
        how = f"   not kept: {key} tries again, {discard} discards it" if self._warned else f"   Markdown; {key} keeps it"
        head = Text(f" My note · {self.head}", "bold", no_wrap=True)
        head.truncate(self.app.size.width - len(how) - 2, overflow="ellipsis")
        self.query_one("#title", Static).update(head.append(how))

    def save(self) -> bool:
        """Save the note because the program ends; return False if that fails for the first time."""
        warned = self._warned
        return self._kept() or warned

    def action_keep(self) -> None:
        """Save the note and go back; if that fails, stay."""
        if self._kept():
            self.dismiss()

    def _kept(self) -> bool:
        kept = self._save(clean(self.query_one(NoteArea).text).strip())
        self._warned = not kept
        self.on_resize()
        return kept
