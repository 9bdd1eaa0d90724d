"""Search: everything that can be found, while the learner types, and every action with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from dlroadmap.search import TITLES, Entry, Hit, Index, Kind, grouped, search
from dlroadmap.standing import of_topic, step_done, toggle, toggle_step, where
from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.key_bar import KeyBar, key_of, key_to
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, plain

if TYPE_CHECKING:
    from dlroadmap.settings import Settings
    from dlroadmap.study import Study

MOST = 5
"""How many of each kind are shown."""
COMMANDS = ">"
"""A query that begins with this searches commands only."""


class SearchField(Input):
    """The field of a query; after ↓ was pressed, Space is a key until something is typed again."""

    BINDINGS: ClassVar[list[BindingType]] = [  # here, because a field already uses these keys
        Binding("down", "screen.move(1)", "move", id="search.down", key_display="↑ ↓", tooltip="through what was found"),
        Binding("up", "screen.move(-1)", "move", show=False, id="search.up", tooltip="to the one before"),
        Binding("pagedown", "screen.move(5)", "page down", show=False, id="search.pgdn"),
        Binding("pageup", "screen.move(-5)", "page up", show=False, id="search.pgup"),
        Binding("enter", "screen.go", "go", id="search.go", tooltip="go there, or do it"),
        Binding("ctrl+u", "screen.clear", "clear", show=False, id="search.clear", tooltip="clear the query"),
    ]
    walking = False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Pass Space to the screen while the cursor moves over the hits."""
        return not (self.walking and key == "space") and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        """Don't type Space while it is a key."""
        if self.walking and event.key == "space":
            event.prevent_default()
            event.stop()
            await self.run_action("screen.tick")


class SearchScreen(ModalScreen[Entry | None]):
    """A query and what it finds, grouped by kind; Enter goes there."""

    TITLE = "Search"
    DEFAULT_CSS = """
    SearchScreen { align: center top; }
    SearchScreen > Vertical {
        width: 92%; max-width: 104; height: 1fr; margin: 1 0 1 0;
        border: round $frame; border-title-color: $foreground; background: $background;
    }
    SearchScreen #ask { height: 1; padding: 0 1; }
    SearchScreen SearchField { border: none; height: 1; padding: 0 1; background: $background; }
    SearchScreen SearchField:focus { border: none; background: $background; }
    SearchScreen Pane { height: 1fr; padding-left: 1; border-top: solid $frame; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="search.tick", tooltip="tick or untick it; until ↓ was pressed Space is text"),
        Binding("f1", "app.help", "help", id="search.help", key_display="F1"),
        Binding("escape", "dismiss(None)", "close", id="search.close", key_display="Esc"),
    ]

    def __init__(self, study: Study, index: Callable[[], Index], commands: Sequence[Entry], signs: Signs, query: str = "") -> None:
        """Search a study; index returns what can be found, commands are the actions of the screen below."""
        super().__init__()
        self.study = study
        self.index = index
        self.commands = Index((), frozenset()).plus(commands)
        self.signs = signs
        self._begin = query
        self._hits: list[Hit] = []
        self._offered = (False, False)

    def compose(self) -> ComposeResult:
        """Yield the field, the hits, the keys."""
        with Vertical() as frame:
            frame.border_title = "Search everything"
            yield SearchField(self._begin, placeholder="words; > for commands only", select_on_focus=False)
            yield Pane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Put the focus on the field."""
        self.query_one(Pane).can_focus = False
        self.field.cursor_blink = False
        self.field.focus()
        self.call_after_refresh(self._find)

    @property
    def field(self) -> SearchField:
        """The field of the query."""
        return self.query_one(SearchField)

    # Finding

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.field.walking = False
        self._find()

    def _find(self) -> None:
        """Show the hits of the query, with the cursor on the first."""
        query = self.field.value
        if query.startswith(COMMANDS):
            wanted = query[len(COMMANDS) :].strip()
            found = search(self.commands, wanted) if wanted else [Hit(one.entry, 0, ()) for one in self.commands.entries]
        else:
            index = self.index()
            found = search(Index((*index.entries, *self.commands.entries), index.words), query, most=MOST)
        self._hits = [hit for _, hits in grouped(found) for hit in hits]
        pane = self.query_one(Pane)
        if self._hits:
            pane.set_reactive(Pane.cursor, "0")  # before the rows are shown, so that they are drawn once
        pane.show(self._rows())
        if self._offered != (state := (bool(self._hits), self.field.walking)):
            self._offered = state
            self.refresh_bindings()

    def _rows(self) -> list[Row]:
        if not self._hits:
            query = self.field.value.strip()
            said = f"Nothing matches “{query}”. Fewer or shorter words find more." if query else _HOW
            return [plain(said, "muted")]
        rows: list[Row] = []
        kind: Kind | None = None
        for number, hit in enumerate(self._hits):
            if hit.entry.kind != kind:
                kind = hit.entry.kind
                rows += [*([BLANK] if rows else []), heading(TITLES[kind])]
            rows += self._hit(number, hit)
        return [*rows, BLANK, plain(f"{len(self._hits)} shown. Something else? Ctrl+U clears, Esc closes.", "muted")]

    def _hit(self, number: int, hit: Hit) -> list[Row]:
        entry = hit.entry
        text = Text(entry.title)
        for start, end in hit.title:
            text.stylize("match", start, end)
        sign, style = self._sign(entry)
        width = self.query_one(Pane).room - 5
        aside = Text(entry.aside)
        aside.truncate(max(10, width // (3 if entry.kind == "topic" else 4)), overflow="ellipsis")
        room = width - aside.cell_len - len(sign)
        if hit.title and hit.title[0][1] > room:  # the match would be cut off, so the beginning is left out instead
            start = entry.title.rfind(" ", 0, max(1, hit.title[0][0] - room // 2)) + 1
            text = Text.assemble("…", text[start:])
        text.truncate(room, overflow="ellipsis")
        rows = [Row(text, f"{sign} ", "  ", aside.plain, key=str(number), wrap=False, mark=style)]
        if hit.excerpt:
            more = Text(hit.excerpt, "muted")
            for start, end in hit.spans:
                more.stylize("match", start, end)
            more.truncate(width - 4, overflow="ellipsis")
            rows.append(Row(more, "    ", "    ", key=str(number), wrap=False))
        return rows

    def _sign(self, entry: Entry) -> tuple[str, str]:
        """Return the sign of a hit, and its style: where a topic stands, whether a step is ticked."""
        topic = self.study.roadmap.topics.get(entry.topic)
        if topic and entry.kind == "topic":
            standing = where(topic, self.study.progress, self.study.now()).standing
            return self.signs.of(standing), standing
        if topic and entry.kind in ("practice", "project", "resource"):
            return ("[x]" if step_done(topic, entry.key, of_topic(topic, self.study.progress)) else "[ ]"), "muted"
        return " ", "muted"

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 Textual's signature
        """Offer the keys that do something here."""
        if not self.is_mounted:
            return True
        if action == "tick":
            return self.field.walking and self._tickable(self._at())
        return action not in ("move", "go") or bool(self._hits)

    def _at(self) -> Entry | None:
        cursor = self.query_one(Pane).cursor
        return self._hits[int(cursor)].entry if cursor and int(cursor) < len(self._hits) else None

    def _tickable(self, entry: Entry | None) -> bool:
        return entry is not None and entry.kind in ("topic", "practice", "project", "resource")

    def action_move(self, step: int) -> None:
        """Move over the hits; from now on Space ticks."""
        pane = self.query_one(Pane)
        if self._hits:
            self.field.walking = True
            at = min(max(0, int(pane.cursor or 0) + step), len(self._hits) - 1)
            pane.cursor = str(at)
            if not at:
                pane.scroll_home(animate=False)
            self.refresh_bindings()

    def action_clear(self) -> None:
        """Clear the query."""
        self.field.value = ""

    def action_tick(self) -> None:
        """Tick or untick what is under the cursor."""
        entry = self._at()
        topic = self.study.roadmap.topics.get(entry.topic) if entry else None
        if entry and topic and self._tickable(entry):
            rule = partial(toggle, topic) if entry.kind == "topic" else partial(toggle_step, topic, entry.key)
            self.post_message(messages.Record(rule, f"{key_to(self.app.screen_stack[0], 'undo')} on the Map undoes"))

    def on_resize(self) -> None:
        """Cut the hits to the new width."""
        self.call_after_refresh(self.refresh_hits)

    def follow(self, settings: Settings) -> None:  # noqa: ARG002 the same for every screen
        """Show the state as it is now."""
        self.refresh_hits()

    def refresh_hits(self) -> None:
        """Draw the hits again with their present signs."""
        pane = self.query_one(Pane)
        at = pane.cursor
        pane.show(self._rows(), keep_scroll=True)
        pane.cursor = at

    def action_go(self) -> None:
        """Go to what is under the cursor."""
        entry = self._at()
        if entry:
            self.dismiss(entry)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Move to a hit by click; a second click goes there."""
        event.stop()
        pane = self.query_one(Pane)
        if pane.cursor == event.key:
            self.action_go()
        pane.cursor = event.key


_HOW = "Topics, key ideas, practice, projects, resources, your notes and commands. Parts of words are enough: grad desc."


def commands(below: Screen[object]) -> list[Entry]:
    """List the actions of a screen and of the program, each with its keys; an entry's key is its index in the active bindings."""
    found: dict[str, Entry] = {}
    for key, active in below.active_bindings.items():
        binding = active.binding
        if binding.id is None or binding.system or binding.id.startswith("sitting.digit"):
            continue
        known = found.get(binding.id)
        if known is None:
            said = binding.tooltip or binding.description
            found[binding.id] = Entry("command", said, key=key, aside=key_of(binding), text=binding.description)
        elif not binding.key_display:
            found[binding.id] = known._replace(aside=f"{known.aside} {key_of(binding)}")
    return sorted(found.values(), key=lambda entry: entry.title == entry.text)  # actions without an explanation come last
