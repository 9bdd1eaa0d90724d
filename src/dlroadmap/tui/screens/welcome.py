"""Welcome: one screen with three questions, each with a default; three times Enter, or Esc, leads to the Map."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, plain
from dlroadmap.welcome import DEFAULT_GOAL, DEFAULT_HOURS, DEFAULT_LEVEL, GOALS, HOURS, LEVELS, Suggestion, suggestion

if TYPE_CHECKING:
    from dlroadmap.study import Study

QUESTIONS = ("Where are you now?", "What for?", "Hours a week?")
INDENT = " " * 6
OPTIONS: tuple[tuple[str, ...], ...] = (tuple(LEVELS.values()), tuple(GOALS.values()), tuple(f"{h} h" for h in HOURS))


class Chosen(NamedTuple):
    """What a newcomer chose, and whether a placement should find the starting point."""

    suggestion: Suggestion
    placement: bool = False


class WelcomeScreen(Screen[Chosen]):
    """Asks a newcomer three things; everything can be changed later, and nothing is lost by skipping it."""

    TITLE = "Welcome"
    DEFAULT_CSS = """
    WelcomeScreen {
        & #title { height: 1; padding: 0 1; background: $panel; }
        & #questions { height: 1fr; border: round $frame; border-title-color: $foreground; padding-left: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "on", "next / start", id="welcome.on", tooltip="the next question; at the last one: start"),
        Binding("p", "place", "find my start", id="welcome.place", tooltip="a placement: it marks nothing as done"),
        Binding("down,j", "move(1)", "question", show=False, id="welcome.down", tooltip="the next question"),
        Binding("up,k", "move(-1)", "question", show=False, id="welcome.up", tooltip="the question before"),
        Binding("right,l,space", "turn(1)", "change", show=False, id="welcome.right", tooltip="the next answer"),
        Binding("left,h", "turn(-1)", "change", show=False, id="welcome.left", tooltip="the answer before"),
        Binding("pagedown,J", "scroll_by(10)", "page down", show=False, id="welcome.pgdn", key_display="PgDn"),
        Binding("pageup,K", "scroll_by(-10)", "page up", show=False, id="welcome.pgup", key_display="PgUp"),
        Binding(
            "escape,q", "start", "start (as marked)", id="welcome.skip", key_display="Esc", tooltip="start with what is marked"
        ),
        Binding("question_mark,f1", "app.help", "help", id="welcome.help", key_display="?"),
        *[Binding(str(n), f"pick({n})", "pick", show=False, id=f"welcome.pick{n}") for n in range(1, 5)],
    ]

    def __init__(self, study: Study, signs: Signs) -> None:
        super().__init__()
        self.study = study
        self.signs = signs
        self.at = 0
        self.picked = list(DEFAULTS)

    def compose(self) -> ComposeResult:
        """Yield the head, the questions, the keys."""
        yield Static(Text(" Welcome to dlroadmap · one screen, about 20 seconds", "bold"), id="title", markup=False)
        yield Pane(id="questions")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the questions once the size is known."""
        self.query_one("#questions", Pane).focus()
        self.call_after_refresh(self._show)

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion for the answers."""
        level, goal = list(LEVELS)[self.picked[0]], list(GOALS)[self.picked[1]]
        return suggestion(self.study.roadmap, level, goal, HOURS[self.picked[2]])

    def _show(self) -> None:
        rows: list[Row] = []
        for n, question in enumerate(QUESTIONS):
            here = self.signs.cursor if n == self.at else " "
            rows.append(Row(Text(f"{n + 1}/3  {question}", "heading" if n == self.at else "strong"), f"{here} ", mark="doing"))
            if n == len(QUESTIONS) - 1:
                line = Text.assemble(*((word, self._style(n, m)) for m, word in enumerate(self._hours())))
                rows.append(Row(line, INDENT, wrap=False, key=f"{n}"))
            else:
                rows += [self._option(n, m, option) for m, option in enumerate(OPTIONS[n])]
            rows.append(BLANK)
        words = self.suggestion.words(self.study.roadmap, self.study.now().date())
        pane = self.query_one("#questions", Pane)
        pane.show([*rows, heading("Plan so far"), plain(words)], keep_scroll=True)
        if self.at in (0, len(QUESTIONS) - 1):  # on a small screen the plan comes into sight with the last question
            pane.scroll_to(y=pane.max_scroll_y if self.at else 0, animate=False, immediate=True)

    def _hours(self) -> list[str]:
        """Return the last question's options, which share one line."""
        last = len(QUESTIONS) - 1
        marks = (f" {self.signs.done}" if m == self.picked[last] else "" for m in range(len(OPTIONS[last])))
        return [f"{m}  {option}{mark}     " for m, (option, mark) in enumerate(zip(OPTIONS[last], marks, strict=True), 1)]

    def _style(self, question: int, option: int) -> str:
        return "done" if option == self.picked[question] else "muted"

    def _option(self, question: int, option: int, text: str) -> Row:
        sign = self.signs.done if option == self.picked[question] else " "
        row = Row(Text(text, self._style(question, option)), f"    {sign} {option + 1}  ", "         ", key=f"{question} {option}")
        return row._replace(mark=self._style(question, option))

    @on(Pane.Clicked)
    def _clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        question, _, option = event.key.partition(" ")
        self.at = int(question)
        ends = accumulate(map(len, self._hours()), initial=len(INDENT))
        at = int(option) if option else sum(end <= event.column for end in ends) - 1
        if 0 <= at < len(OPTIONS[self.at]):
            self.picked[self.at] = at
        self._show()

    def action_pick(self, number: int) -> None:
        """Answer by digit, and go on to the next question."""
        if number <= len(OPTIONS[self.at]):
            self.picked[self.at] = number - 1
            self.at = min(self.at + 1, len(QUESTIONS) - 1)
            self._show()

    def action_move(self, step: int) -> None:
        """Move between the questions."""
        self.at = min(max(0, self.at + step), len(QUESTIONS) - 1)
        self._show()

    def action_turn(self, step: int) -> None:
        """Change the answer."""
        self.picked[self.at] = (self.picked[self.at] + step) % len(OPTIONS[self.at])
        self._show()

    def action_on(self) -> None:
        """Go to the next question; after the last one start."""
        if self.at < len(QUESTIONS) - 1:
            self.action_move(1)
        else:
            self.action_start()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#questions", Pane).scroll_relative(y=lines, animate=False)

    def action_place(self) -> None:
        """Start with a placement, which finds the starting point."""
        self.dismiss(Chosen(self.suggestion, placement=True))

    def action_start(self) -> None:
        """Start with the marked options: the answers so far, and the defaults of the rest."""
        self.dismiss(Chosen(self.suggestion))


DEFAULTS = (list(LEVELS).index(DEFAULT_LEVEL), list(GOALS).index(DEFAULT_GOAL), HOURS.index(DEFAULT_HOURS))
