"""Settings: plan, look, quiz and review. Every row is changed in place and saved at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from dlroadmap.planning import DAYS, DEFAULTS, Part, stepped, toggled
from dlroadmap.review import cap_minutes
from dlroadmap.schedule import RETENTION
from dlroadmap.settings import KINDS, Settings
from dlroadmap.terminal import depth, needs_ascii
from dlroadmap.tui import messages
from dlroadmap.tui.widgets.key_bar import KeyBar, key_to
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading
from dlroadmap.welcome import Suggestion, fitting

if TYPE_CHECKING:
    from dlroadmap.study import Study

LEVELS = {"new": "new to ML", "basics": "know the basics", "trained": "have trained nets"}
GOALS = {"understand": "understand", "build": "build", "research": "research", "job": "job"}
GROUPS: dict[str, tuple[str, ...]] = {
    "Plan": ("level", "goal", "hours", "days", "target"),
    "Look": ("theme", "symbols", "colours", "mouse", "motion", "plain"),
    "Quiz and review": ("confidence", "retention", "review_minutes", "links"),
}
NAMES = {
    "level": "Level",
    "goal": "Goal",
    "hours": "Hours a week",
    "days": "Plan days",
    "target": "Target date",
    "theme": "Theme",
    "symbols": "Symbols",
    "colours": "Colours",
    "mouse": "Mouse",
    "motion": "Motion",
    "plain": "Opens",
    "confidence": "Confidence",
    "retention": "Retention",
    "review_minutes": "Review cap",
    "links": "Links",
}
ROWS = [name for names in GROUPS.values() for name in names]
WORDS: dict[str, dict[str | bool, str]] = {
    "mouse": {True: "on", False: "off: the terminal selects text"},
    "motion": {False: "off", True: "on"},
    "plain": {False: "screens", True: "lines only, as --plain"},
    "confidence": {True: "ask", False: "don't ask"},
    "links": {"auto": "auto", "print": "print only"},
    "colours": {"24bit": "24 bit"},
}


class SettingsScreen(Screen[None]):
    """The settings, one row each; ← and → change the one under the cursor."""

    TITLE = "Settings"
    DEFAULT_CSS = """
    SettingsScreen {
        & #title { height: 1; padding: 0 1; background: $panel; }
        & #rows { height: 1fr; border: round $frame; border-subtitle-color: $muted; padding-left: 1; }
        & #rows:focus { border: round $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "down", show=False, id="settings.down"),
        Binding("up,k", "move(-1)", "up", show=False, id="settings.up"),
        Binding("pagedown,J", "move(5)", "page down", show=False, id="settings.pgdn", key_display="PgDn"),
        Binding("pageup,K", "move(-5)", "page up", show=False, id="settings.pgup", key_display="PgUp"),
        Binding("g,home", "first", "first", show=False, id="settings.first"),
        Binding("G,end", "last", "last", show=False, id="settings.last"),
        Binding("right,l,space,enter", "change(1)", "change", id="settings.next", key_display="← →", tooltip="the next value"),
        Binding("left,h", "change(-1)", "change", show=False, id="settings.before", tooltip="the value before"),
        Binding("r", "reset", "reset this", id="settings.reset", tooltip="back to the default of this row"),
        Binding("p", "take_path", "take the path", id="settings.path", tooltip="take the path that fits your level and goal"),
        Binding("e", "open_file", "open file", id="settings.file", tooltip="open config.toml in your editor"),
        Binding("u", "undo", "undo", id="settings.undo", tooltip="take back a change of the plan or of the review"),
        Binding("escape,q", "dismiss", "back", id="settings.back", key_display="Esc"),
        Binding("question_mark,f1", "app.help", "help", id="settings.help", key_display="?"),
        *[Binding(str(n), f"day({n})", "toggle a day", show=False, id=f"settings.day{n}") for n in range(1, 8)],
    ]

    def __init__(self, study: Study, settings: Settings, themes: Sequence[str], file: str) -> None:
        """Show the settings; themes: those to choose from; file: where settings are saved."""
        super().__init__()
        self.study = study
        self.settings = settings
        self.themes = ("auto", *themes)
        self.file = file

    def compose(self) -> ComposeResult:
        """Yield the head, the rows, the keys."""
        yield Static(Text(" Settings   saved as you change", "bold"), id="title", markup=False)
        yield Pane(id="rows")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the rows, the first under the cursor."""
        self.query_one(Pane).focus()
        self.follow(self.settings)
        self._go_to(ROWS[0])

    def follow(self, settings: Settings) -> None:
        """Show the state as it is now."""
        self.settings = settings
        rows: list[Row] = []
        for title, names in GROUPS.items():
            rows += [heading(title), *(self._row(name) for name in names), BLANK]
        self.query_one(Pane).show(rows[:-1], keep_scroll=True)
        self.refresh_bindings()

    # Rows

    def _row(self, name: str) -> Row:
        text = Text()
        choices = self._choices(name) if name in KINDS else []
        if name in KINDS and name != "theme":
            for n, (value, word) in enumerate(choices):
                here = value == getattr(self.settings, name)
                text.append("   " if n else "")
                text.append(f"‹{word}›" if here else f" {word} ", "strong" if here else "muted")
        else:
            text.append(f"‹{self._said(name)}›", "strong")
            text.append(f"   {self._note(name)}", "muted")
        return Row(text, f"{NAMES[name]:<15}", " " * 15, key=name)

    def _choices(self, name: str) -> list[tuple[str | bool, str]]:
        if name == "theme":
            return [(theme, theme) for theme in self.themes]
        words = dict(WORDS.get(name, {}))
        if name in ("symbols", "colours"):
            found = ("ascii" if needs_ascii() else "unicode") if name == "symbols" else depth().replace("24bit", "24 bit")
            words["auto"] = f"auto ({found})"
        return [(value, words.get(value, str(value))) for value in KINDS[name].values]

    def _said(self, name: str) -> str:
        plan = self.study.progress.plan
        match name:
            case "theme":
                shown = f" ({self.app.theme})" if self.settings.theme != self.app.theme else ""
                return self.settings.theme + shown
            case "level" | "goal":
                return (LEVELS | GOALS).get(getattr(plan, name) or "", "not told yet")
            case "hours":
                return f"{plan.hours:g}" if plan.hours is not None else "not planned yet"
            case "days":
                return " ".join(day.capitalize() for day in plan.days) if plan.days else "any"
            case "target":
                return plan.target.strftime("%a %d %b %Y") if plan.target else "none"
            case "retention":
                return f"{plan.retention or RETENTION:.0%}"
            case _:
                return f"{cap_minutes(self.study.progress)} min a day"

    def _note(self, name: str) -> str:
        fits = self._fits if name == "goal" else None
        if fits:
            return f"fits: {fits.path.title} from {fits.start.title} on; {key_to(self, 'take_path')} takes it"
        notes = {
            "theme": "seen while you move through them",
            "days": "1 to 7 toggle Monday to Sunday",
            "target": "← and → by a week",
            "retention": "80 to 95: more reviews, less forgetting",
        }
        return notes.get(name, "")

    @property
    def _fits(self) -> Suggestion | None:
        """The path that fits level and goal; None if the learner follows it already."""
        return fitting(self.study.roadmap, self.study.progress)

    def _tell_about(self) -> None:
        """Say where the setting under the cursor is saved."""
        name = self.query_one(Pane).cursor
        kept = f"{self.file}" if name in KINDS else f"the journal: {key_to(self, 'undo')} takes it back"
        self.query_one(Pane).border_subtitle = Text(f"kept in {kept}")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 Textual's signature
        """Offer the digits and the path only where they do something."""
        if action == "take_path":
            return self._fits is not None
        return action != "day" or (self.is_mounted and self.query_one(Pane).cursor == "days")

    def _go_to(self, name: str) -> None:
        self.query_one(Pane).cursor = name
        self._tell_about()
        self.refresh_bindings()

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows, at most to the end."""
        at = ROWS.index(self.query_one(Pane).cursor) + rows
        self._go_to(ROWS[min(max(at, 0), len(ROWS) - 1)])

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._go_to(ROWS[0])

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self._go_to(ROWS[-1])

    def action_change(self, step: int) -> None:
        """Take the next value, or the one before."""
        name = self.query_one(Pane).cursor
        if name in KINDS:
            values = [value for value, _ in self._choices(name)]
            now = getattr(self.settings, name)
            at = values.index(now) if now in values else 0
            self.post_message(messages.ChangeSetting(name, values[(at + step) % len(values)]))
        else:
            self.post_message(messages.Record(partial(stepped, cast("Part", name), step, today=self.study.now().date())))

    def action_day(self, number: int) -> None:
        """Add a day of the week to the plan, or remove it."""
        self.post_message(messages.Record(partial(toggled, DAYS[number - 1])))

    def action_reset(self) -> None:
        """Set the setting under the cursor to its default."""
        name = self.query_one(Pane).cursor
        if name in KINDS:
            self.post_message(messages.ChangeSetting(name, getattr(Settings(), name)))
        else:
            self.post_message(messages.Record(DEFAULTS[cast("Part", name)]))

    def action_take_path(self) -> None:
        """Choose the path that fits, with its starting point."""
        if self._fits:
            self.post_message(messages.Record(self._fits.events()[1], f"{key_to(self, 'undo')} undoes"))

    def action_open_file(self) -> None:
        """Open the file in the learner's editor."""
        self.post_message(messages.OpenSettingsFile())

    def action_undo(self) -> None:
        """Take the newest action back."""
        self.post_message(messages.Undo())

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Move to a row by click; a second click changes it."""
        event.stop()
        if self.query_one(Pane).cursor == event.key:
            self.action_change(1)
        else:
            self._go_to(event.key)
