"""The result of a sitting, and what the learner can do next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from dlroadmap.sitting import fits, verdict_of
from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets import question_card as card
from dlroadmap.tui.widgets.draft import Draft
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, plain
from dlroadmap.tui.widgets.result_card import result

if TYPE_CHECKING:
    from dlroadmap.result import Came
    from dlroadmap.study import Study


class Then(NamedTuple):
    """What the learner wants after a result: the Map (at a topic), what comes next, a topic's page, checkpoint or review."""

    what: str = "map"
    topic: str = ""


class ResultScreen(Screen[Then]):
    """A finished sitting: the verdict, how sure and how right, what to look at again, the gaps under it."""

    TITLE = "Result"
    DEFAULT_CSS = """
    ResultScreen {
        & #title { height: 1; padding: 0 1; background: $panel; }
        & #card { height: 1fr; border: round $frame; border-title-color: $foreground; padding-left: 1; }
        & #card:focus { border: round $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "row", "next checkpoint", id="result.row", tooltip="take the checkpoint of the phase's next topic"),
        Binding("enter", "look_again", "look again", id="result.look", tooltip="look at what was missed, with answers"),
        Binding(
            "l", "look_first", "look again", id="result.look-first", tooltip="look at what was missed before the next checkpoint"
        ),
        Binding("w", "dig", "what lies under", id="result.dig", tooltip="test the topic on which what you missed rests"),
        Binding("n", "next_topic", "next for me", id="result.next", tooltip="back to the map, on what comes next"),
        Binding("t", "topic", "topic", id="result.topic", tooltip="the topic's page"),
        Binding("y", "copy", "copy", id="result.copy", tooltip="copy the result"),
        Binding("down,j", "scroll_by(2)", "scroll", show=False, id="result.down"),
        Binding("up,k", "scroll_by(-2)", "scroll", show=False, id="result.up"),
        Binding("pagedown,J,space", "page(1)", "page down", show=False, id="result.pgdn", key_display="PgDn"),
        Binding("pageup,K", "page(-1)", "page up", show=False, id="result.pgup", key_display="PgUp"),
        Binding("g,home", "scroll_by(-9999)", "top", show=False, id="result.top"),
        Binding("G,end", "scroll_by(9999)", "end", show=False, id="result.end"),
        Binding("escape,q", "back", "back", id="result.back", key_display="Esc", tooltip="back to the map"),
        Binding("question_mark,f1", "app.help", "help", id="result.help", key_display="?"),
    ]

    def __init__(self, study: Study, came: Came, signs: Signs, *, then: str = "") -> None:
        """Show a sitting's result; then: the title of the topic whose checkpoint follows, "" for none."""
        super().__init__()
        self.study = study
        self.sitting = came.sitting
        self.signs = signs
        self.then = then
        self.came = came
        self.again = False

    def compose(self) -> ComposeResult:
        """Yield the head, the card, the keys."""
        yield Static("", id="title", markup=False)
        yield Pane(id="card")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the result once the size is known."""
        started = self.sitting.started
        names = [self.study.roadmap.topics[t].title for t in started.scope if t in self.study.roadmap.topics]
        about = "" if not names else f" · {names[0]}" if len(names) == 1 else f" · {len(names)} topics"
        self.query_one("#title", Static).update(Text(f" {card.NAMES[started.kind]}{about} · finished", "bold"))
        self.call_after_refresh(self._show_result)

    def _show_result(self) -> None:
        rows = result(self.came, self.study.roadmap, self.signs)
        if self.then:
            rows += [BLANK, Row(Text(f"Next checkpoint: {self.then}"), "Enter ", "      ", mark="strong")]
        self._show(rows, "Result")

    def _show(self, rows: list[Row], title: str) -> None:
        pane = self.query_one("#card", Pane)
        pane.border_title = Text(title)
        pane.show(rows)
        pane.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 Textual's signature
        """Offer the keys that do something here."""
        match action:
            case "row":
                return bool(self.then)
            case "look_again" | "look_first":  # in a row of checkpoints Enter continues
                return (action == "look_first") == bool(self.then) and not self.again and bool(self.came.done.again)
            case "dig":
                return bool(self.came.gaps)
            case "topic":
                return bool(self._topic())
            case _:
                return True

    def _topic(self) -> str:
        """Return the topic that the result is about: the sitting's only one, or that of the first miss."""
        if self.came.placed:
            return self.came.placed.start
        scope = self.sitting.started.scope
        again = self.came.done.again
        name = again[0].topic if again else scope[0] if len(scope) == 1 else ""
        return name if name in self.study.roadmap.topics else ""

    def action_row(self) -> None:
        """Take the next topic's checkpoint."""
        self.dismiss(Then("row"))

    def action_look_again(self) -> None:
        """Show what was missed, with the answers."""
        rows: list[Row] = []
        for missed in self.came.done.again:
            question = self.study.bank(missed.topic).find(missed.topic, missed.question)
            turn = next((t for t in self.sitting.firsts if (t.topic, t.question) == (missed.topic, missed.question)), None)
            topic = self.study.roadmap.topics[missed.topic]
            known = topic.find_idea(missed.idea)
            idea = known.text if known else ""
            if question and turn:
                draft = Draft.of(self.sitting, turn, question)
                if fits(missed, question):
                    draft = replace(draft, variant=missed.variant)
                    judged = card.judged(draft, missed, verdict_of(missed, question), idea, self.signs)
                else:
                    judged = [plain("This question was changed after you answered it.", "muted")]
                rows += [heading(topic.title), *card.asked(draft), *judged]
                rows += [BLANK, plain("─" * 30 if not self.signs.ascii else "-" * 30, "muted"), BLANK]
        self.again = True
        self._show(rows, "To look at again")

    def action_look_first(self) -> None:
        """Show what was missed before the next checkpoint."""
        self.action_look_again()

    def action_dig(self) -> None:
        """Take the checkpoint of the need under the misses, or review it if it was passed."""
        below = self.came.gaps[0]
        self.dismiss(Then("review" if below.passed else "checkpoint", below.need.id))

    def action_next_topic(self) -> None:
        """Return to the map, on what comes next."""
        self.dismiss(Then("next"))

    def action_topic(self) -> None:
        """Return to the map, on the topic's page."""
        self.dismiss(Then("topic", self._topic()))

    def action_back(self) -> None:
        """Return from the answers to the result, and from there to the Map."""
        if self.again:
            self.again = False
            self._show_result()
        else:
            self.dismiss(Then("map", self.came.placed.start if self.came.placed else ""))

    def action_copy(self) -> None:
        """Copy the card's text."""
        rows = self.query_one("#card", Pane).rows
        self.post_message(messages.CopyText("\n".join(row.first + row.text.plain for row in rows), "result"))

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#card", Pane).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Page through a long result."""
        pane = self.query_one("#card", Pane)
        pane.scroll_relative(y=pages * (pane.size.height - 2), animate=False)
