"""The strip on top of the Map: what to do now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.widget import Widget
from textual.widgets import Static

from dlroadmap.forecast import Rhythm
from dlroadmap.plan import Next, what_to_do
from dlroadmap.review import AWAY_DAYS, Outlook
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.key_bar import key_in
from dlroadmap.wording import bare

WIDE = 90
"""From this many columns on the minutes of a review are shown, too."""
ROOMY = 70
"""From this many columns on the greeting after a long absence says what to do."""
LEAST_STEP = 10
"""The fewest cells in which the next step is readable."""
LEAST_PART = 10
"""The fewest cells in which a shortened part of the title line is readable."""
BAR = 9
"""Columns of the week's bar."""
ACTION = "action"
PEERS = ("Map", "Review", "Stats")
"""The screens that 1, 2 and 3 show."""


class Head(Static):
    """The title line of the three main screens (peers): the program, the peers, and at the right what the screen is about."""

    DEFAULT_CSS = """
    Head {
        height: 1;
        padding: 0 1;
        background: $panel;
    }
    """

    def __init__(self, here: str) -> None:
        super().__init__("", id="title", markup=False)
        self.here = here

    def show(self, *about: str) -> None:
        """Show what the screen is about, the most important part last: if there is little room, the first part goes first."""
        self.update(head(self.here, about, self.app.size.width), layout=False)

    async def on_click(self, event: events.Click) -> None:
        """Show the peer that was clicked."""
        await _act(self, event)


def head(here: str, about: Sequence[str], width: int) -> Text:
    """Write the title line; a click on another peer's name shows it."""
    line = Text(" dlroadmap", "bold", no_wrap=True, overflow="ellipsis")
    for n, name in enumerate(PEERS, 1):
        if name == here:
            line.append(f"   {n} ", "not bold").append(name, "bold underline")
        else:
            line.append("   ").append(f"{n} {name}", Style(bold=False) + _click(name.lower()))
    room = width - line.cell_len - 4
    tail = Text(about[-1], "not bold", no_wrap=True)
    for part in reversed(about[:-1]):
        left = room - tail.cell_len - 3
        if left < min(LEAST_PART, len(part)):
            break
        before = Text(part, "not bold")
        before.truncate(left, overflow="ellipsis")
        tail = before.append(" · ").append_text(tail)
    line.append(" " * (room - tail.cell_len + 2))
    return line.append_text(tail)


def _click(action: str) -> Style:
    """Return a style whose text does an action of the screen when clicked; Textual's `@click` would change its colours."""
    return Style.from_meta({ACTION: action})


async def _act(widget: Widget, event: events.Click) -> None:
    if action := event.style.meta.get(ACTION):
        await widget.run_action(f"screen.{action}")


class NowStrip(Widget):
    """The next step, what is due, and this week."""

    DEFAULT_CSS = """
    NowStrip {
        height: 3;
        border: round $frame;
        border-title-color: $foreground;
        padding: 0 1;
        & .strip--key { color: $primary; text-style: bold; }
        & .strip--doing { color: $warning; }
        & .strip--due { color: $accent; }
        & .strip--muted { color: $muted; }
    }
    """
    COMPONENT_CLASSES = {"strip--key", "strip--doing", "strip--due", "strip--muted"}  # noqa: RUF012 Textual's own declaration

    def __init__(self, signs: Signs, *, id: str | None = None) -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id)
        self.signs = signs
        self.border_title = "Now"
        self._found: Next | None = None
        self._outlook: Outlook | None = None
        self._hours = 0.0
        self._planned: float | None = None

    def show(self, found: Next | None, outlook: Outlook, rhythm: Rhythm) -> None:
        """Show the next step, what is due and how long it takes, and this week against what was planned."""
        self._found, self._outlook, self._hours, self._planned = found, outlook, rhythm.hours, rhythm.planned_hours
        self.refresh()
        self.on_resize()

    def on_resize(self) -> None:
        """Greet a learner who was away, in as many words as there is room for."""
        away = self._outlook.away if self._outlook else 0
        advice = ": carry on, or review a little" if self.size.width >= ROOMY else ""
        self.border_title = f"Welcome back, {away} days later{advice}" if away >= AWAY_DAYS else "Now"

    def _named(self, name: str) -> Style:
        return self.get_component_rich_style(f"strip--{name}", partial=True)

    async def on_click(self, event: events.Click) -> None:
        """Go to the step, or to Review."""
        await _act(self, event)

    def render(self) -> RenderResult:
        """Draw the line; if there is little room, the step is shortened first, then the week's bar left out."""
        if self._outlook is None:
            return Text("")
        right = self._right(self._outlook, bar=True)
        key = f"{key_in(self.screen, 'next')} "
        if self._found and self.size.width - right.cell_len - len(self._minutes) - len(key) - 2 < LEAST_STEP:
            right = self._right(self._outlook, bar=False)
        left = self._left(key, self.size.width - right.cell_len)
        gap = max(0, self.size.width - left.cell_len - right.cell_len)
        return Text.assemble(left, " " * gap, right, no_wrap=True, overflow="crop")

    @property
    def _minutes(self) -> str:
        return f", {self._found.minutes} min" if self._found and self._found.minutes else ""

    def _left(self, key: str, room: int) -> Text:
        """Return the next step: its key, its topic, what to do if there is room to read it, and its minutes."""
        if self._found is None:
            return Text("All of this path is done.")
        click = _click("next")
        left = Text()
        left.append(key, click + self._named("key"))
        left.append(f"{self.signs.doing} ", click + self._named("doing"))
        room = max(LEAST_STEP, room - len(self._minutes) - left.cell_len)
        step = Text(self._found.topic.title, click)
        if room - step.cell_len - 3 >= LEAST_STEP:
            step.append(f" · {bare(what_to_do(self._found))}")
        step.truncate(room, overflow="ellipsis")
        return left.append_text(step).append(self._minutes, click + self._named("muted"))

    def _right(self, outlook: Outlook, *, bar: bool) -> Text:
        """Return what is due and how this week goes."""
        right = Text()
        if outlook.back:
            right.append(f"   break until {date.fromisoformat(outlook.back):%d %b}", self._named("due"))
        elif count := outlook.asks or outlook.due:
            click = _click("review")
            right.append("   ")
            right.append(f"{key_in(self.screen, 'review')} ", click + self._named("key"))
            right.append(f"{self.signs.due} ", click + self._named("due"))
            one, more = ("second try", "second tries") if outlook.second_tries else ("idea", "ideas")
            right.append(f"{count} {more if count > 1 else one}", click)
            if outlook.asks and self.size.width >= WIDE:
                right.append(f", about {outlook.minutes} min", click + self._named("muted"))
        if self._planned or self._hours:
            planned = self._planned or 0
            right.append("   week ", self._named("muted"))
            if planned and bar:
                right.append(self.signs.bar(min(1, self._hours / planned), BAR, second=1) + " ", self._named("key"))
            right.append(f"{self._hours:.1f}" + (f"/{planned:g} h" if planned else " h"), self._named("muted"))
        return right
