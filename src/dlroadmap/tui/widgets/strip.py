"""The strip on top of the Map: what to do now."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual.app import RenderResult
from textual.widget import Widget

from dlroadmap.forecast import Rhythm
from dlroadmap.plan import Next, what_to_do
from dlroadmap.review import AWAY_DAYS, Outlook
from dlroadmap.tui.signs import Signs

WIDE = 90
"""From this many columns on the minutes of a review are named too."""
PEERS = ("Map", "Review", "Stats")
"""The screens that 1, 2 and 3 show."""


def head(here: str, right: str, width: int) -> Text:
    """Write the title line of a peer screen: the program, the three peers, and at the right end what it is about."""
    line = Text(" dlroadmap", "bold", no_wrap=True, overflow="ellipsis")
    for n, name in enumerate(PEERS, 1):
        line.append(f"   {n} ", "not bold")
        line.append(name, "bold underline" if name == here else "not bold")
    room = width - line.cell_len - 5
    if room >= 12:
        tail = Text(right, "not bold", no_wrap=True)
        tail.truncate(room, overflow="ellipsis")
        line.append(" " * (room - tail.cell_len + 3))
        line.append_text(tail)
    return line


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
        away = outlook.away if outlook.away >= AWAY_DAYS else 0
        self.border_title = f"Welcome back, {away} days later: carry on, or review a little" if away else "Now"
        self.refresh()

    def _named(self, name: str) -> Style:
        return self.get_component_rich_style(f"strip--{name}", partial=True)

    def render(self) -> RenderResult:
        """Draw the line: the step is shortened before anything else."""
        right = Text()
        outlook = self._outlook
        if outlook and outlook.due:
            right.append("   2 ", self._named("key"))
            right.append(f"{self.signs.due} ", self._named("due"))
            count = outlook.now or outlook.due
            right.append(f"{count} idea{'s' if count > 1 else ''}")
            if outlook.now and self.size.width >= WIDE:
                right.append(f", about {outlook.minutes} min", self._named("muted"))
        if self._planned or self._hours:
            planned = self._planned or 0
            right.append("   week ", self._named("muted"))
            if planned:
                right.append(self.signs.bar(min(1, self._hours / planned), 9, second=1), self._named("key"))
            right.append(f" {self._hours:.1f}" + (f"/{planned:g} h" if planned else " h"), self._named("muted"))
        left = Text()
        if outlook is None:
            return Text("")
        if self._found is None:
            left.append("All of this path is done.")
        else:
            left.append("n ", self._named("key"))
            left.append(f"{self.signs.doing} ", self._named("doing"))
            minutes = f", {self._found.minutes} min" if self._found.minutes else ""
            room = self.size.width - right.cell_len - len(minutes) - 4
            step = Text(f"{self._found.topic.title} · {' '.join(what_to_do(self._found).replace('`', '').split())}")
            step.truncate(max(10, room), overflow="ellipsis")
            left.append_text(step)
            left.append(minutes, self._named("muted"))
        gap = max(0, self.size.width - left.cell_len - right.cell_len)
        return Text.assemble(left, " " * gap, right, no_wrap=True, overflow="crop")
