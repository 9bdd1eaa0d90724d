"""Welcome: one screen, three questions with a default in each; Enter three times or Esc ends on the Map."""

from __future__ import annotations

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
OPTIONS: tuple[tuple[str, ...], ...] = (tuple(LEVELS.values()), tuple(GOALS.values()), tuple(f"{h} h" for h in HOURS))


class Chosen(NamedTuple):
    """What a newcomer chose, and whether eight questions shall find the starting point."""

    suggestion: Suggestion
    placement: bool = False


class WelcomeScreen(Screen[Chosen]):
    """Asks a newcomer three things; everything can be changed later, and nothing is lost by skipping it."""

    DEFAULT_CSS = """
    WelcomeScreen {
        & #title { height: 1; padding: 0 1; background: $panel; }
        & #questions { height: 1fr; border: round $frame; border-title-color: $foreground; padding-left: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "on", "next / start", id="welcome.on", tooltip="the next question; at the last one: start"),
        Binding("p", "place", "find my start", id="welcome.place", tooltip="a placement: it marks nothing as done"),
        Binding("down,j", "move(1)", "question", show=False, id="welcome.down"),
        Binding("up,k", "move(-1)", "question", show=False, id="welcome.up"),
        Binding("right,l,space", "turn(1)", "change", show=False, id="welcome.right"),
        Binding("left,h", "turn(-1)", "change", show=False, id="welcome.left"),
        Binding("escape,q", "skip", "skip (use defaults)", id="welcome.skip", key_display="Esc", tooltip="start with the defaults"),
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
        """What the answers give."""
        level, goal = list(LEVELS)[self.picked[0]], list(GOALS)[self.picked[1]]
        return suggestion(self.study.roadmap, level, goal, HOURS[self.picked[2]])

    def _show(self) -> None:
        rows: list[Row] = []
        for n, question in enumerate(QUESTIONS):
            here = self.signs.cursor if n == self.at else " "
            rows.append(Row(Text(f"{n + 1}/3  {question}", "heading" if n == self.at else "strong"), f"{here} ", mark="doing"))
            if n == len(QUESTIONS) - 1:
                line = Text()
                for m, option in enumerate(OPTIONS[n]):
                    line.append(f"{m + 1}  {option}{' ' + self.signs.done if m == self.picked[n] else ''}", self._style(n, m))
                    line.append("     ")
                rows.append(Row(line, "      ", wrap=False, key=f"{n}"))
            else:
                rows += [self._option(n, m, option) for m, option in enumerate(OPTIONS[n])]
            rows.append(BLANK)
        words = self.suggestion.words(self.study.roadmap, self.study.now().date())
        self.query_one("#questions", Pane).show([*rows, heading("Plan so far"), plain(words)], keep_scroll=True)

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
        if option:
            self.picked[self.at] = int(option)
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
        """Go on; after the last question start."""
        if self.at < len(QUESTIONS) - 1:
            self.action_move(1)
        else:
            self.dismiss(Chosen(self.suggestion))

    def action_place(self) -> None:
        """Let eight questions find the starting point."""
        self.dismiss(Chosen(self.suggestion, placement=True))

    def action_skip(self) -> None:
        """Start with the defaults."""
        self.picked = list(DEFAULTS)
        self.dismiss(Chosen(self.suggestion))


DEFAULTS = (list(LEVELS).index(DEFAULT_LEVEL), list(GOALS).index(DEFAULT_GOAL), HOURS.index(DEFAULT_HOURS))
