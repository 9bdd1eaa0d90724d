"""Making an own path: mark topics, order them, give it a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dlroadmap.plan import own_path
from dlroadmap.roadmap import Path, Roadmap
from dlroadmap.standing import Where
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.answer_field import AnswerField
from dlroadmap.tui.widgets.frame import Frame
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane, ReadingPane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading


class NameField(AnswerField):
    """The field for a path's name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "save under this name", id="own.take")]


class OwnPathScreen(ModalScreen[Path | None]):
    """All topics: first those of the path in its order, then the others; needs of marked topics are added automatically."""

    TITLE = "A path of your own"
    DEFAULT_CSS = """
    OwnPathScreen { align: center middle; }
    OwnPathScreen Pane { height: 1fr; }
    OwnPathScreen #told { height: 1; color: $muted; }
    OwnPathScreen NameField { display: none; }
    OwnPathScreen NameField, OwnPathScreen NameField:focus { height: 1; border: none; padding: 0; background: $panel; }
    OwnPathScreen.-naming NameField { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark, unmark", id="own.mark", tooltip="put the topic on the path, or take it off"),
        Binding("s", "name", "save", id="own.save", tooltip="save the path under a name"),
        Binding("J", "shift(1)", "later", id="own.later", tooltip="move the topic one place down"),
        Binding("K", "shift(-1)", "earlier", id="own.earlier", tooltip="move the topic one place up"),
        Binding("escape,q", "dismiss(None)", "back", id="own.back", key_display="Esc"),
        Binding("question_mark,f1", "help", "help", id="own.help", key_display="?"),
        Binding("f1", "help('typing')", "help", id="own.typing.help", tooltip="help while a question mark is text"),
    ]

    def __init__(self, roadmap: Roadmap, begin: Path, own: Mapping[str, Path], where: Mapping[str, Where], signs: Signs) -> None:
        """Begin with a path's topics; own: the learner's own paths, which may be overwritten."""
        super().__init__()
        self.roadmap = roadmap
        self.where = where
        self.signs = signs
        self.own = own
        self.marked = [topic for topic in begin.topics if topic not in begin.added]
        self._left: dict[str, int] = {}
        """The former positions of topics that were unmarked."""
        self.title_before = begin.title if begin.id in own else ""

    def compose(self) -> ComposeResult:
        """Yield the topics, a line of totals, the field for the name."""
        with Frame() as frame:
            frame.border_title = "A path of your own"
            yield ReadingPane()
            yield Static("", id="told", markup=False)
            yield NameField(self.title_before, placeholder="its name; Enter saves, Esc leaves", max_length=80)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the topics once the size is known."""
        self.pane.focus()
        self.call_after_refresh(self._show)

    @property
    def pane(self) -> Pane:
        """The list of topics."""
        return self.query_one(Pane)

    def _made(self, title: str = "?") -> Path | None:
        return own_path(self.roadmap, title, self.marked, self.own) if self.marked else None

    def _show(self) -> None:
        made = self._made()
        self.pane.show(topic_rows(self.roadmap, made, self.marked, self.where, self.signs), keep_scroll=True)
        if not self.pane.cursor:
            self.pane.move(1)
        hours = sum(self.roadmap.topics[topic].hours for topic in made.topics) if made else 0
        count = len(made.topics) if made else 0
        self.query_one("#told", Static).update(f"{count} topics, about {hours:.0f} h")

    def action_mark(self) -> None:
        """Mark or unmark the topic under the cursor."""
        here = self.pane.cursor
        if here in self.marked:
            self._left[here] = self.marked.index(here)
            self.marked.remove(here)
        elif here:
            self.marked.insert(self._place_of(here), here)
        self._show()
        self.pane.cursor = here

    def _place_of(self, topic: str) -> int:
        """Return a topic's position on the path: its former one, else after the last topic that precedes it in the roadmap."""
        if topic in self._left:
            return self._left.pop(topic)
        order = list(self.roadmap.topics)
        return max((n for n, other in enumerate(self.marked, 1) if order.index(other) < order.index(topic)), default=0)

    def action_shift(self, step: int) -> None:
        """Move a marked topic past its neighbour, if its needs allow that."""
        here = self.pane.cursor
        if here in self.marked:
            at = self.marked.index(here)
            self.marked.insert(max(0, at + step), self.marked.pop(at))
            self._show()
            self.pane.cursor = here

    def action_name(self) -> None:
        """Ask for the name."""
        if self.marked:
            self.add_class("-naming")
            self.query_one(NameField).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the key of help that isn't text in the field."""
        return action != "help" or bool(parameters) == isinstance(self.focused, NameField)

    def action_help(self, _moment: str = "") -> None:
        """Show the keys of this screen."""
        self.app.call_later(self.app.run_action, "help")

    @on(AnswerField.Left)
    def _leave_the_name(self) -> None:
        self.remove_class("-naming")
        self.pane.focus()
        self._show()

    @on(Input.Submitted)
    def _save(self, event: Input.Submitted) -> None:
        event.input.focus()
        try:
            made = self._made(event.value)
        except ValueError as fault:
            told = str(fault)
            self.query_one("#told", Static).update(f"{told[0].upper()}{told[1:]}.")
            return
        if made:
            self.dismiss(made)


def topic_rows(roadmap: Roadmap, made: Path | None, marked: list[str], where: Mapping[str, Where], signs: Signs) -> list[Row]:
    """Return the rows: the path's topics by its phases, then all others by the roadmap's phases."""
    rows: list[Row] = []

    def row(name: str, box: str, note: str = "") -> Row:
        topic = roadmap.topics[name]
        text = Text.assemble(topic.title, (f"  {note}" if note else "", "muted"))
        return Row(text, f"{box} {signs.of(where[name].standing)} ", "      ", f"{topic.hours:g} h", name)

    for phase in made.phase if made else ():
        rows.append(heading(phase.title))
        rows += [row(name, "[x]") if name in marked else row(name, "[+]", "added: a later topic needs it") for name in phase.topics]
        rows.append(BLANK)
    taken = set(made.topics) if made else set[str]()
    for other in roadmap.phase:
        left = [topic.id for topic in other.topic if topic.id not in taken]
        if left:
            rows += [Row(Text(f"Not on it: {other.title}", "muted")), *(row(name, "[ ]") for name in left), BLANK]
    return rows
