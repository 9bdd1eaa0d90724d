"""Help: the keys of the present screen, made from its bindings, so that they are always right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from dlroadmap.terminal import advice
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.answer_field import AnswerField
from dlroadmap.tui.widgets.frame import Frame
from dlroadmap.tui.widgets.key_bar import KeyBar, key_of
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, plain
from dlroadmap.wording import STANDINGS

WIDE = 100
"""From this many columns on the screen's keys and the rest are shown side by side."""


class FindField(AnswerField):
    """The field for a key or a word to find."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "keep these", id="help.found", tooltip="go back to the list, with what was found alone"),
        Binding("escape", "leave", "show all", id="help.leave", tooltip="leave the field and show all keys again"),
    ]


class HelpScreen(ModalScreen[None]):
    """The keys that work on the screen below, those of the whole program, the signs, and advice for the terminal."""

    TITLE = "Help"
    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Frame { width: 94%; max-width: 130; height: 92%; }
    HelpScreen Pane { width: 1fr; height: 1fr; }
    HelpScreen #rest { display: none; margin-left: 2; }
    HelpScreen.-wide #rest { display: block; }
    HelpScreen #find { display: none; border: none; height: 1; padding: 0; background: $background; }
    HelpScreen #find.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "find a key", id="help.find", tooltip="show only what has these words or this key"),
        Binding("L", "links", "link list", id="help.links", tooltip="all links of the topic, plain, unboxed"),
        Binding("escape,q,question_mark,f1", "close", "close", id="help.close", key_display="Esc"),
        Binding("down,j", "scroll_by(1)", "scroll", show=False, id="help.down"),
        Binding("up,k", "scroll_by(-1)", "scroll", show=False, id="help.up"),
        Binding("pagedown,J,space", "scroll_by(10)", "page down", show=False, id="help.pgdn", key_display="PgDn"),
        Binding("pageup,K", "scroll_by(-10)", "page up", show=False, id="help.pgup", key_display="PgUp"),
        Binding("g,home", "scroll_by(-9999)", "top", show=False, id="help.top"),
        Binding("G,end", "scroll_by(9999)", "end", show=False, id="help.end"),
    ]

    def __init__(self, below: Screen[object], title: str, signs: Signs, keymap: Mapping[str, str] | None = None) -> None:
        """Explain the screen below; keymap: the learner's own keys."""
        super().__init__()
        self.below = below
        self.frame_title = title
        self.here = _keys_here(below, keymap or {})
        self.everywhere = _keys_everywhere(below)
        self.rest = [*_signs(signs), BLANK, heading("Terminal"), *(plain(text) for text in advice())]

    @property
    def rows(self) -> list[Row]:
        """All rows, in one column."""
        return [*self.here, BLANK, *self.everywhere, *self.rest]

    def compose(self) -> ComposeResult:
        """Yield the field to find a key, and the lists."""
        with Frame() as frame:
            frame.border_title = f"Help · {self.frame_title}"
            yield FindField(id="find", placeholder="a key or a word; Esc shows all")
            with Horizontal():
                yield Pane(id="here")
                yield Pane(id="rest")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one("#find", Input).cursor_blink = False
        self.query_one("#here", Pane).focus()

    def on_resize(self) -> None:
        """Choose one column or two."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        words = self.query_one("#find", Input).value.casefold().split()
        if words:
            rows = [row for row in self.rows if row.first and all(w in f"{row.first} {row.text.plain}".casefold() for w in words)]
            self.query_one("#here", Pane).show(rows or [plain("No key has that.", "muted")])
            self.query_one("#rest", Pane).show([])
        elif self.has_class("-wide"):
            self.query_one("#here", Pane).show(self.here)
            self.query_one("#rest", Pane).show([*self.everywhere, *self.rest])
        else:
            self.query_one("#here", Pane).show(self.rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 Textual's signature
        """Offer the links if the screen below has some."""
        return action != "links" or hasattr(self.below, "action_list_links")

    def action_find(self) -> None:
        """Show the field to find a key."""
        field = self.query_one("#find", Input)
        field.add_class("-shown")
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only rows with these words."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go back to the list, which stays filtered."""
        event.stop()
        self.query_one("#here", Pane).focus()

    def on_answer_field_left(self) -> None:
        """Show everything again."""
        field = self.query_one("#find", Input)
        field.value = ""
        field.remove_class("-shown")
        self.query_one("#here", Pane).focus()

    def action_close(self) -> None:
        """Show everything again if the list is filtered, else close."""
        if self.query_one("#find", Input).has_class("-shown"):
            self.on_answer_field_left()
        else:
            self.dismiss()

    def action_links(self) -> None:
        """Show the links of the screen below."""
        self.dismiss()
        self.app.call_later(self.app.run_action, "screen.list_links")

    def action_scroll_by(self, lines: int) -> None:
        """Scroll both lists."""
        for pane in self.query(Pane):
            pane.scroll_relative(y=lines, animate=False)


def _table(bindings: Iterable[Binding]) -> list[Row]:
    """Return bindings as rows; the keys of one id share a row."""
    tables: dict[str, tuple[list[str], str]] = {}
    for binding in bindings:
        if binding.id is None or binding.system:
            continue
        named, _ = tables.setdefault(binding.id, ([], binding.tooltip or binding.description))
        named += [key for key in [key_of(binding)] if key not in named]
    digits = [name for name in tables if name.rstrip("123456789") != name]
    if len(digits) > 1:  # 1 to 9 do the same thing
        first, last = tables[digits[0]][0][0], tables[digits[-1]][0][0]
        tables[digits[0]] = ([f"{first}-{last}"], tables[digits[0]][1])
        for name in digits[1:]:
            del tables[name]
    size = max((len(" ".join(named)) for named, _ in tables.values()), default=8) + 2
    return [Row(Text(word), f"{' '.join(named):<{size}}", " " * size, mark="done") for named, word in tables.values()]


def _keys_here(below: Screen[object], keymap: Mapping[str, str]) -> list[Row]:
    """List the keys of a screen and its focused widget: those that do something now or say why they don't, then the others."""
    active = [a.binding for a in below.active_bindings.values() if a.node is not below.app]
    now = {binding.id for binding in active}
    nodes = [type(node) for node in (below.focused.ancestors_with_self if below.focused else [below]) if node is not below.app]
    declared = [b for node in nodes for b in vars(node).get("BINDINGS", ()) if isinstance(b, Binding) and b.id not in now]
    others = [b.with_key(keymap[b.id], key_display=None) if b.id in keymap else b for b in declared if b.id]
    rows = [heading("On this screen"), *_table(active)]
    if others:
        rows += [BLANK, heading("Here at other moments"), *_table(others)]
    return rows


def _keys_everywhere(below: Screen[object]) -> list[Row]:
    everywhere = [a.binding for a in below.active_bindings.values() if a.node is below.app]
    table = _table(everywhere)
    return [heading("Everywhere"), *table, BLANK] if table else []


def _signs(signs: Signs) -> list[Row]:
    meanings = {name: word for name, word in STANDINGS.items() if name != "skipped"} | {"due": "due for review"}
    rows = [Row(Text(word), f"{getattr(signs, name)}  ", "   ", mark=name) for name, word in meanings.items()]
    return [heading("Signs"), *rows, plain(STANDINGS["skipped"], first=f"{signs.skipped}  ")]
