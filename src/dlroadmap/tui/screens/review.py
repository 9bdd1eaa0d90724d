"""Review: the ideas that are due, today's portion of them, and the next days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from dlroadmap.review import AWAY_DAYS, Outlook, Waiting, Wanted, cap_minutes, coming, suspended, tomorrow
from dlroadmap.standing import bury, of_idea, of_topic, suspend
from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.key_bar import KeyBar, key_in, key_to
from dlroadmap.tui.widgets.pane import Pane, ReadingPane
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, keys, markdown, plain
from dlroadmap.tui.widgets.strip import Head
from dlroadmap.wording import plural

if TYPE_CHECKING:
    from dlroadmap.roadmap import Idea, Topic
    from dlroadmap.settings import Settings
    from dlroadmap.study import Study

DAYS = 14
"""For how many days the number of due ideas is shown."""


class ReviewScreen(Screen[None]):
    """What is due and how long it takes; Enter begins."""

    TITLE = "Review"
    DEFAULT_CSS = """
    ReviewScreen {
        & #list { height: 1fr; border: round $frame; border-title-color: $foreground; padding-left: 1; }
        & #list:focus { border: round $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,r", "begin", "review", id="review.begin", key_display="Enter", tooltip="today's portion of what is due"),
        Binding("a", "ahead", "all, ahead", id="review.ahead", tooltip="review everything that was ever asked, due or not"),
        Binding("x", "missed", "missed", id="review.missed", tooltip="ask what was missed when it was last asked"),
        Binding("m", "more", "10 min more", id="review.more", tooltip="ten minutes of what is due, whatever was done today"),
        Binding("b", "bury", "not today", id="review.bury", tooltip="put the idea under the cursor off until tomorrow"),
        Binding("B", "suspend", "suspend", id="review.suspend", tooltip="ask the idea under the cursor in no review, or again"),
        Binding("t", "topic", "topic", id="review.topic", tooltip="the topic's page of the idea under the cursor"),
        Binding("y", "copy", "copy", show=False, id="review.copy", tooltip="copy the idea under the cursor"),
        Binding("u", "undo", "undo", id="review.undo", tooltip="take the newest action back"),
        Binding("U", "redo", "redo", show=False, id="review.redo", tooltip="let what was taken back count again"),
        Binding("1,escape", "map", "map", id="review.map", key_display="1 Esc", tooltip="the Map"),
        Binding("3", "stats", "stats", key_display="3", id="review.stats", tooltip="Stats"),
        Binding("question_mark,f1", "app.help", "help", id="review.help", key_display="?"),
        Binding("q", "app.leave", "quit", id="review.quit"),
    ]

    def __init__(self, study: Study, signs: Signs) -> None:
        super().__init__()
        self.study = study
        self.signs = signs

    def compose(self) -> ComposeResult:
        """Yield the head, the list, the keys."""
        yield Head("Review")
        yield ReadingPane(id="list")
        yield KeyBar()

    def on_mount(self) -> None:
        """Put the focus on the list."""
        self.query_one("#list", Pane).focus()

    def on_resize(self) -> None:
        """Show what is due once the size is known."""
        self.call_after_refresh(self.show)

    def follow(self, settings: Settings) -> None:  # noqa: ARG002 the same for every screen
        """Show the state as it is now."""
        self.show()

    def show(self) -> None:
        """Show the state as it is now."""
        study, pane = self.study, self.query_one("#list", Pane)
        due, outlook = study.waiting(), study.outlook()
        self.query_one(Head).show(study.roadmap.title, f"{len(due)} due{', on a break' if outlook.back else ''}")
        rows = self._today(outlook)
        today = outlook.now
        rows += _listed(due[:today] or due, "Today" if today else "Due")
        rest = "After your break" if outlook.back else "Over the next days"
        rows += _counted(due[today:], f"{rest} ({outlook.later})") if today else []
        rows += _listed(suspended(study.roadmap, study.progress), "Suspended: asked in no review")
        rows += self._days()
        before, at = list(keys(pane.rows)), pane.cursor
        pane.border_title = "Review"
        pane.show(rows, keep_scroll=True)
        if not before:
            pane.move(1)
        elif at and not pane.cursor:  # it is gone from the list: move to the one after it
            n, left = before.index(at), set(keys(rows))
            pane.cursor = next((key for key in (*before[n:], *before[n::-1]) if key in left), "")
        self.refresh_bindings()

    def _today(self, outlook: Outlook) -> list[Row]:
        if not outlook.due and not outlook.asks:
            rows = [plain("Nothing is due. What you are asked in checkpoints comes back here before it fades.", "done")]
        else:
            ideas = f"{plural(outlook.due, 'idea')} {'are' if outlook.due > 1 else 'is'} due: "
            rows = [plain(f"{self.signs.due} {ideas if outlook.due else ''}{outlook.words}.", "due")]
            if outlook.back and not outlook.asks:
                rows.append(plain(f"{key_in(self, 'more')} reviews ten minutes all the same, {key_in(self, 'ahead')} everything."))
            if outlook.away >= AWAY_DAYS:
                cap = cap_minutes(self.study.progress)
                days = outlook.days + (outlook.asks > 0)
                back = f"{cap} min a day bring it back in {plural(days, 'day')}, what is most at risk first"
                rows.append(plain(f"You were away for {outlook.away} days, and some of it is fading: {back}."))
        return [*rows, BLANK]

    def _days(self) -> list[Row]:
        """Draw how many ideas fall due on each of the next days."""
        now = self.study.now()
        counts = coming(self.study.roadmap, self.study.progress, now, DAYS)
        most = max(counts)
        if not most:
            return []
        rows = [heading("The next two weeks")]
        for n, count in enumerate(counts):
            day = "today     " if not n else f"{now + timedelta(days=n):%a %d %b}"
            bar = self.signs.bar(count / most, min(30, most)) if count else ""
            rows.append(Row(Text(f"{bar} {count}" if count else "-", "due" if count else "muted"), f"{day:<11} ", mark="muted"))
        return rows

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 Textual's signature
        """Offer the keys that do something here."""
        if not self.is_mounted:
            return True
        match action:
            case "begin":
                return self.study.outlook().asks > 0
            case "more":
                outlook = self.study.outlook()
                return outlook.due > 0 and outlook.asks == 0
            case "ahead":
                return bool(self.study.waiting(Wanted(every=True)))
            case "missed":
                return bool(self.study.waiting(Wanted(missed=True)))
            case "bury":
                return self._at() is not None and not self._is_suspended()
            case "suspend" | "topic" | "copy":
                return self._at() is not None
            case _:
                return True

    def _at(self) -> tuple[Topic, Idea] | None:
        name, _, idea = self.query_one("#list", Pane).cursor.partition("/")
        topic = self.study.roadmap.topics.get(name)
        found = topic.find_idea(idea) if topic else None
        return (topic, found) if topic and found else None

    def _is_suspended(self) -> bool:
        at = self._at()
        return at is not None and of_idea(at[1], of_topic(at[0], self.study.progress)).suspended

    @on(Pane.Clicked)
    def _clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        self.query_one("#list", Pane).cursor = event.key

    def action_begin(self) -> None:
        """Review today's portion."""
        self.post_message(messages.StartReview(Wanted()))

    def action_more(self) -> None:
        """Review for ten more minutes."""
        self.post_message(messages.StartReview(Wanted(), 10))

    def action_ahead(self) -> None:
        """Review everything, ahead of time."""
        self.post_message(messages.StartReview(Wanted(every=True)))

    def action_missed(self) -> None:
        """Review what was missed."""
        self.post_message(messages.StartReview(Wanted(missed=True)))

    def action_bury(self) -> None:
        """Put the idea under the cursor off until tomorrow."""
        at, day = self._at(), tomorrow(self.study.now())
        if at:
            self.post_message(messages.Record(lambda progress: bury(*at, progress, day), f"{key_to(self, 'undo')} undoes"))

    def action_suspend(self) -> None:
        """Suspend the idea under the cursor, or resume it."""
        at = self._at()
        if at:
            self.post_message(
                messages.Record(
                    lambda progress: suspend(*at, progress) or suspend(*at, progress, on=False), f"{key_to(self, 'undo')} undoes"
                )
            )

    def action_topic(self) -> None:
        """Show the page of the idea's topic."""
        at = self._at()
        if at:
            self.post_message(messages.GoTo(at[0].id))

    def action_copy(self) -> None:
        """Copy the idea under the cursor."""
        at = self._at()
        if at:
            self.post_message(messages.CopyText(at[1].text, "idea"))

    def action_undo(self) -> None:
        """Take the newest action back."""
        self.post_message(messages.Undo())

    def action_redo(self) -> None:
        """Make the action that was taken back last count again."""
        self.post_message(messages.Redo())

    def action_stats(self) -> None:
        """Show the statistics."""
        self.dismiss()
        self.app.post_message(messages.ShowStats())

    def action_map(self) -> None:
        """Return to the Map."""
        self.dismiss()


def _counted(found: Sequence[Waiting], title: str) -> list[Row]:
    """Count ideas by topic, which is less discouraging than a long list."""
    counts = Counter(one.topic.title for one in found)
    if not counts:
        return []
    return [heading(title), plain(" · ".join(f"{name} {count}" for name, count in counts.most_common()), "muted"), BLANK]


def _listed(found: Sequence[Waiting], title: str) -> list[Row]:
    """List ideas with their predicted recall; leeches, and errors made with certainty, are marked."""
    if not found:
        return []
    rows = [heading(title)]
    for one in found:
        risk = f"{one.recall:>4.0%}  " if one.done.memory and not one.done.suspended else "      "
        row = markdown(one.told, first=risk, rest="      ", key=f"{one.topic.id}/{one.idea.id}")[0]._replace(mark="due")
        rows.append(row)
        rows.append(plain(" · ".join([one.topic.title, *one.notes]), "muted", first="      ", key=row.key))
    return [*rows, BLANK]
