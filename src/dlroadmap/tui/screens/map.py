"""The Map: the phases as a tree, the page of the topic or phase under the cursor, and a strip that says what to do now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static, Tree

from dlroadmap import standing
from dlroadmap.formats.located import NotARoadmap
from dlroadmap.plan import Next, Overview, next_steps
from dlroadmap.review import exam_size
from dlroadmap.roadmap import Idea, PathPhase, Resource, Topic, clean
from dlroadmap.terminal import SMALLEST
from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.key_bar import KeyBar, key_in
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.phase_tree import FILTERS, PhaseTree
from dlroadmap.tui.widgets.prose import plain
from dlroadmap.tui.widgets.strip import Head, NowStrip
from dlroadmap.tui.widgets.topic_page import TopicPage, links, phase_rows, topic_rows
from dlroadmap.wording import STANDINGS, plural

if TYPE_CHECKING:
    from dlroadmap.events import SittingKind
    from dlroadmap.study import Study

NARROW = 100
"""With fewer columns than this there is room for one pane only."""


class MapScreen(Screen[None]):
    """The main screen; it opens on the topic where the learner left off."""

    TITLE = "Map"
    DEFAULT_CSS = """
    MapScreen {
        & #banner { height: auto; padding: 0 1; color: $error; display: none; }
        & #banner.-shown { display: block; }
        & #panes { height: 1fr; }
        & PhaseTree { width: 50; border: round $frame; border-title-color: $foreground; border-subtitle-color: $muted; }
        & TopicPage { width: 1fr; border: round $frame; border-title-color: $foreground; border-subtitle-color: $muted; }
        & PhaseTree:focus, & TopicPage:focus { border: round $primary; }
        & #brief { height: 4; border: round $frame; padding: 0 1; display: none; border-title-color: $foreground; }
        & #small { display: none; }
        &.-narrow PhaseTree { width: 1fr; }
        &.-narrow TopicPage { display: none; }
        &.-narrow #brief { display: block; }
        &.-narrow.-page { & PhaseTree, & #brief { display: none; } & TopicPage { display: block; } }
        &.-small { & #title, & #panes, & NowStrip, & #brief, & KeyBar { display: none; } & #small { display: block; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="map.tick", tooltip="tick or untick the topic or the line under the cursor"),
        Binding("space", "tick('topic')", "tick topic", id="map.tick"),
        Binding("enter", "open", "open", id="map.open", tooltip="open the topic's page, there a link; fold or unfold a phase"),
        Binding("n", "next", "next", id="map.next", tooltip="go to what comes next; again: the next best"),
        Binding("c", "checkpoint", "checkpoint", id="map.checkpoint", tooltip="take the topic's checkpoint, or go on with it"),
        Binding("C", "exam", "phase exam", show=False, id="map.exam", tooltip="up to 20 questions over the phase at hand"),
        Binding(
            "2,r",
            "review",
            "review",
            id="map.review",
            key_display="2",
            tooltip="what is fading, today's portion (also r)",
        ),
        Binding("3", "stats", "stats", show=False, id="map.stats", tooltip="how it goes: plots and figures"),
        Binding("t", "try_me", "try me", id="map.try", tooltip="two easier questions, unscored"),
        Binding("u", "undo", "undo", id="map.undo", tooltip="take the newest action back, any number of times"),
        Binding("o", "links('open')", "links", id="map.open-link", tooltip="o and a letter: open a link"),
        Binding("f", "filter", "filter", id="map.filter", tooltip="show all topics, those to do, those with something due"),
        Binding("minus", "skip", "skip", id="map.skip", tooltip="skip the topic, or take it in again"),
        Binding("p", "paths", "paths", id="map.paths", tooltip="choose a path"),
        Binding(
            "y",
            "links('copy')",
            "copy",
            show=False,
            id="map.copy-link",
            tooltip="y and a letter: copy a link; y and a digit: an idea",
        ),
        Binding("L", "list_links", "link list", show=False, id="map.links", tooltip="all links, plain, unboxed"),
        Binding("i", "about", "about", show=False, id="map.about", tooltip="what the roadmap leads to, advice, what it stands on"),
        Binding("e", "note", "note", show=False, id="map.note", tooltip="my note on the topic"),
        Binding("U", "redo", "redo", show=False, id="map.redo", tooltip="let what was taken back count again"),
        Binding("tab", "other_pane", "other pane", show=False, id="map.pane"),
        Binding("J", "scroll_page(3)", "scroll the page", show=False, id="map.page-down", tooltip="scroll the topic's page down"),
        Binding("K", "scroll_page(-3)", "scroll the page", show=False, id="map.page-up", tooltip="scroll the topic's page up"),
        Binding("escape,1", "back", "back", id="map.back", key_display="Esc", tooltip="from the page back to the tree"),
        Binding("question_mark,f1", "app.help", "help", id="map.help", key_display="?"),
        Binding("q,ctrl+q", "app.leave", "quit", id="map.quit", key_display="q"),
    ]

    view: reactive[Overview | None] = reactive(None, init=False, always_update=True, repaint=False)
    """Where everything stands; the App sets it."""

    def __init__(self, study: Study, signs: Signs, view: Overview, at: str = "", folded: Iterable[str] = ()) -> None:
        """Show where everything stands, with the cursor on a topic or phase and these phases folded."""
        super().__init__()
        self.set_reactive(MapScreen.view, view)
        self._at, self._folded = at, set(folded)
        self.study = study
        self.signs = signs
        self._suggested: str | None = None
        self._saved = ""
        self._page_of = ""
        self._stale = False
        self._was_drawn = False

    def compose(self) -> ComposeResult:
        """Yield the title, the strip, the two panes and the footer."""
        yield Head("Map")
        yield Static("", id="banner", markup=False)
        yield NowStrip(self.signs)
        with Horizontal(id="panes"):
            yield PhaseTree(self.signs)
            yield TopicPage()
        yield Static("", id="brief", markup=False)
        yield Static(
            "The terminal is smaller than 60×20: enlarge it, or use dlroadmap --plain with a verb.", id="small", markup=False
        )
        yield KeyBar()

    def on_mount(self) -> None:
        """Open where the learner left off."""
        self.show_news(self.study.journal.news)
        self.set_interval(1.0, self.save_place)
        if self.view:
            self.tree.show(self.study.roadmap, self.view)
            self.open_at(self._at, self._folded)
        self._show(self.view)
        self.tree.focus()
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        self._was_drawn = True
        if not self.page.border_subtitle:  # there may be a paused sitting to offer
            self._show_page(keep_scroll=True)

    def show_news(self, text: str) -> None:
        """Show above everything what is wrong with the journal; "" shows nothing."""
        banner = self.query_one("#banner", Static)
        banner.update(clean(text))
        banner.set_class(bool(text), "-shown")

    def open_at(self, name: str | None, folded: set[str]) -> None:
        """Go to a topic or phase, with these phases folded."""
        self.tree.fold(folded)
        if not (name and self.tree.go_to(name)):
            self.tree.cursor_line = 0

    def show_topic(self, name: str, step: str = "") -> None:
        """Go to a topic, even if it isn't on the path, with its page open and the cursor on a step of it."""
        tree = self.tree
        if not tree.go_to(name):
            tree.filter = "all"
            tree.guest = name
            tree.rebuild(name)
            tree.go_to(name)
        self._show_page()
        self.add_class("-page")
        self.page.focus()
        topic = self.topic
        if step and topic and topic.step(step):
            self.call_after_refresh(setattr, self.page, "cursor", step)

    @property
    def tree(self) -> PhaseTree:  # type: ignore[override] # a screen's own `tree` is a debugging aid of Textual's
        """The tree of phases."""
        return self.query_one(PhaseTree)

    @property
    def page(self) -> TopicPage:
        """The page."""
        return self.query_one(TopicPage)

    @property
    def topic(self) -> Topic | None:
        """The topic under the cursor."""
        return self.study.roadmap.topics.get(self.tree.here)

    @property
    def _link(self) -> Resource | None:
        """The resource under the page's cursor."""
        step = self.topic.step(self.page.cursor) if self.topic and self.page.cursor else None
        return step.of if step and isinstance(step.of, Resource) else None

    # State comes down

    def watch_view(self, view: Overview | None) -> None:
        """Show the new state everywhere, or later if another screen is on top."""
        self._stale = not (self.is_mounted and self.is_active)
        if not self._stale:
            self._show(view)

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was on top."""
        if self._stale:
            self._stale = False
            self._show(self.view)

    def _show(self, view: Overview | None) -> None:
        if view is None:
            return
        self._suggested = None
        self.tree.show(self.study.roadmap, view)
        self._show_head(view)
        found = next(next_steps(self.study.roadmap, self.study.progress, self.study.now(), view=view), None)
        self.query_one(NowStrip).show(found, self.study.outlook(view), self.study.rhythm(view))
        self._show_page(keep_scroll=True)

    def _show_head(self, view: Overview) -> None:
        done = f"{view.on_path.done} of {view.on_path.counted}"
        self.query_one(Head).show(self.study.roadmap.title, f"path: {view.path.title}", done)

    def _show_page(self, *, keep_scroll: bool = False) -> None:
        view, page, topic = self.view, self.page, self.topic
        if view is None:
            return
        filters = key_in(self, "filter")
        _entitle(self.tree, "Phases", f"{filters} filter: {self.tree.filter}")
        if self._page_of != self.tree.here:
            self._page_of, page.cursor, keep_scroll = self.tree.here, "", False
            self.refresh_bindings()
        if topic:
            rows = topic_rows(self.study.roadmap, topic, self.study.progress, view, self.signs, self.study.now())
            asked = view.where[topic.id].to_ask
            fresh = f"checkpoint: {plural(asked, 'idea')}" if asked else ""
            _entitle(page, topic.title, self._offer("checkpoint", [topic.id], fresh))
        elif not self.tree.root.children:
            rows = [plain(f"No topic is {self.tree.filter}; {filters} shows the others.")]
            _entitle(page, "", "")
        else:
            phase = next((p for p in view.path.phase if p.id == self.tree.phase_here()), view.path.phase[0])
            rows = phase_rows(self.study.roadmap, phase, self.study.progress, view, self.signs)
            _entitle(page, phase.title, self._exam_offer(phase))
        page.show(rows, keep_scroll=keep_scroll)
        if self.has_class("-narrow"):
            self._show_brief(view, topic)

    def _offer(self, kind: SittingKind, scope: Sequence[str], fresh: str) -> str:
        """Say what the key of a kind of sitting does now: begin one (`fresh` says what), or resume a paused one."""
        key = key_in(self, kind)
        if not self._was_drawn and self.study.unfinished(kind, scope):
            return ""  # questions are read only after the first frame
        try:
            left = self.study.under_way(kind, scope)
        except NotARoadmap:  # the key says what is wrong with it
            left = None
        if left is None:
            return f"{key} {fresh}" if fresh else ""
        return f"{key} goes on: {len(left.answers)} of {len(left.firsts) + len(left.second_tries)} answered"

    def _exam_offer(self, phase: PathPhase) -> str:
        asked = self.study.examined(self.study.roadmap.topics[name] for name in phase.topics)
        count = exam_size(asked, self.study.progress)
        fresh = f"exam: {plural(count, 'question')} over the phase" if count else ""
        return self._offer("exam", phase.topics, fresh)

    def _show_brief(self, view: Overview, topic: Topic | None) -> None:
        """Say in two lines, for a narrow screen, what the page under the tree is about."""
        brief, lines = self.query_one("#brief", Static), [Text(), Text()]
        brief.border_title = self.page.border_title
        if topic:
            here = view.where[topic.id]
            known = f" · passed {here.shown} of {here.ideas}, known today {here.known:.1f}" if here.shown else ""
            sign = f"{self.signs.of(here.standing)} {STANDINGS[here.standing]}"
            lines = [Text(f"{sign} · {topic.level} · {topic.hours:g} h{known}"), Text(" ".join(topic.summary.split()))]
        elif phase := next((p for p in view.path.phase if p.id == self.tree.phase_here()), None):
            words = Text(" ".join(phase.goal.split()))
            first = words.wrap(self.app.console, self._brief_width)[0]
            lines = [first, words[len(first) :]]
        else:
            lines[0] = self.page.rows[0].text.copy()
        for line in lines:
            line.truncate(self._brief_width, overflow="ellipsis")
        brief.update(Text("\n").join(lines))

    @property
    def _brief_width(self) -> int:
        return self.app.size.width - 4

    # What happens on the screen

    def on_resize(self) -> None:
        """Choose one pane or two, or ask for more room."""
        size = self.app.size
        self.set_class(size.width < SMALLEST[0] or size.height < SMALLEST[1], "-small")
        if self.has_class("-narrow") != (size.width < NARROW):
            self.set_class(size.width < NARROW, "-narrow")
            self.call_after_refresh(self._show_page, keep_scroll=True)
        if self.view:
            self._show_head(self.view)
            if size.width < NARROW:
                self._show_brief(self.view, self.topic)
        if size.width >= NARROW:
            self.remove_class("-page")
        elif self.page.has_focus:
            self.add_class("-page")

    @on(Tree.NodeHighlighted)
    def _moved(self, event: Tree.NodeHighlighted[str]) -> None:
        event.stop()
        if self.tree.here != self._page_of:
            self._show_page()

    @on(Tree.NodeSelected)
    def _selected(self, event: Tree.NodeSelected[str]) -> None:
        event.stop()
        self.action_open()

    @on(Pane.Clicked)
    def _clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        self.page.cursor = event.key
        if event.column < 6:
            self.action_tick()

    def save_place(self) -> None:
        """Remember where the cursor stands and what is folded, if that has changed."""
        place = "\n".join([self.tree.here, *sorted(self.tree.folded)])
        if place != self._saved and self.tree.here:
            self._saved = place
            self.study.keep_place("map", place)

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide keys that do nothing here; a topic's keys stay on a phase, and say why they do nothing when pressed."""
        if not self.is_mounted:
            return True
        if action == "tick":
            lines = not self.page.has_focus or bool(self.page.cursor)
            return not lines and self.topic is not None if parameters else lines
        if action == "back":
            return self.page.has_focus
        if action == "open" and self.page.has_focus:
            return self._link is not None
        return None if self._idle(action) else True

    def _idle(self, action: str) -> str:
        """Say why an action does nothing here; "" if it does something."""
        topic = self.topic
        if action not in ("checkpoint", "try_me", "skip", "links", "note"):
            return ""
        if topic is None:
            return "First choose a topic."
        if action == "links":
            return "" if topic.resource else "This topic names no links."
        if action in ("skip", "note"):
            return ""
        if not topic.questions:
            return "There are no questions on this topic."
        retired = action == "checkpoint" and self.view and not self.view.where[topic.id].ideas
        return "No question of this topic is asked any more." if retired else ""

    def on_key(self, event: events.Key) -> None:
        """Say why a key does nothing."""
        active = self.active_bindings.get(event.key)
        action = active.binding.action.partition("(")[0] if active and not active.enabled else ""
        if action == "checkpoint" and self.topic is None:
            self._say(f"A phase has an exam: {key_in(self, 'exam')} takes it, {key_in(self, action)} a topic's checkpoint.")
        elif why := self._idle(action):
            self._say(why)

    def action_tick(self, _what: str = "") -> None:
        """Tick or untick the line or the topic under the cursor; on a phase fold or unfold it."""
        topic = self.topic
        if topic is None:
            node = self.tree.cursor_node
            if node:
                node.toggle()
            return
        if self.page.cursor and self.page.has_focus:
            rule = partial(standing.toggle_step, topic, self.page.cursor)
            self.post_message(messages.Record(rule, f"{key_in(self, 'undo')} undoes"))
            return
        more = f", {key_in(self, 'checkpoint')} takes its checkpoint" if topic.questions else ""
        self.post_message(messages.Record(partial(standing.toggle, topic), f"{key_in(self, 'undo')} undoes{more}"))

    def action_skip(self) -> None:
        """Skip the topic, or stop skipping it."""
        topic = self.topic
        if topic:
            self.post_message(
                messages.Record(
                    lambda progress: standing.skip(topic, progress) or standing.skip(topic, progress, on=False),
                    f"{key_in(self, 'undo')} undoes",
                )
            )

    def action_open(self) -> None:
        """Open the page, or the link under its cursor, or fold a phase."""
        if self.page.has_focus:
            if self._link:
                self.post_message(messages.OpenLink(self._link.url))
        elif self.topic:
            self.add_class("-page")
            self.page.focus()
        elif self.tree.cursor_node:
            self.tree.cursor_node.toggle()

    def action_back(self) -> None:
        """Return from the page to the tree."""
        self.remove_class("-page")
        self.page.cursor = ""
        self.tree.focus()

    def action_other_pane(self) -> None:
        """Move between tree and page."""
        if self.page.has_focus:
            self.action_back()
        else:
            self.add_class("-page")
            self.page.focus()

    def action_next(self) -> None:
        """Go to what comes next, on its step; when pressed again, to the next best."""
        found = list(next_steps(self.study.roadmap, self.study.progress, self.study.now()))
        if not found:
            self._say(f"All of this path is done. {key_in(self, 'paths')} chooses another.")
            return
        names = [f.topic.id for f in found]
        again = self._suggested in names and self.tree.here == self._suggested
        chosen = found[(names.index(cast("str", self._suggested)) + 1) % len(found)] if again else found[0]
        self._suggested = chosen.topic.id
        self._go_to(chosen)

    def _go_to(self, found: Next) -> None:
        if not self.tree.go_to(found.topic.id):
            self.tree.filter = "all"
            self.tree.rebuild(found.topic.id)
            self.tree.go_to(found.topic.id)
        self._show_page()
        if found.step:
            self.page.cursor = found.step.id
        self._say(found.reason)

    def _say(self, text: str) -> None:
        self.app.clear_notifications()
        self.notify(text, markup=False, timeout=4)

    def action_filter(self) -> None:
        """Show the next filter's topics: all, those to do, those with something due."""
        tree = self.tree
        tree.take_filter(FILTERS[(FILTERS.index(tree.filter) + 1) % len(FILTERS)])
        self.app.clear_notifications()
        self._show_page()

    def action_checkpoint(self) -> None:
        """Take the topic's checkpoint."""
        if self.topic:
            self.post_message(messages.TakeCheckpoint(self.topic.id))

    def action_exam(self) -> None:
        """Take the exam of the phase under the cursor."""
        phase = next((p for p in self.view.path.phase if p.id == self.tree.phase_here()), None) if self.view else None
        if phase:
            self.post_message(messages.TakeExam(phase.topics))

    def action_stats(self) -> None:
        """Show the statistics."""
        self.post_message(messages.ShowStats())

    def action_review(self) -> None:
        """Show what is due."""
        self.post_message(messages.ShowReview())

    def action_try_me(self) -> None:
        """Try two easier questions."""
        if self.topic:
            self.post_message(messages.TryMe(self.topic.id))

    def action_undo(self) -> None:
        """Take the newest action back."""
        self.post_message(messages.Undo())

    def action_redo(self) -> None:
        """Make the action that was taken back last count again."""
        self.post_message(messages.Redo())

    def action_paths(self) -> None:
        """Choose a path."""
        self.post_message(messages.ChoosePath())

    def action_scroll_page(self, lines: int) -> None:
        """Scroll the page, whichever pane has the focus."""
        self.page.read_on(lines)

    def action_links(self, what: str) -> None:
        """Open or copy a link by its letter; copy a key idea by its digit."""
        if self.topic is None or not (self.topic.resource or self.topic.idea):
            return

        def picked(item: Resource | Idea | None) -> None:
            if isinstance(item, Idea):
                self.post_message(messages.CopyText(item.text, "idea"))
            elif item:
                self.post_message(messages.OpenLink(item.url) if what == "open" else messages.CopyText(item.url, "address"))

        ideas = {str(n): idea for n, idea in enumerate(self.topic.idea[:9], 1)} if what == "copy" else {}
        title = f"{'Open a link' if what == 'open' else 'Copy a link or a key idea'} · {self.topic.title}"
        from dlroadmap.tui.screens.links import LinkScreen  # noqa: PLC0415 the first frame needs the Map alone

        self.app.push_screen(LinkScreen(links(self.topic), ideas, title=title), picked)

    def action_list_links(self) -> None:
        """Show the links of the topic, or of all topics of the phase, as text that can be selected."""
        phase = next((p for p in self.view.path.phase if p.id == self.tree.phase_here()), None) if self.view else None
        topics = [self.topic] if self.topic else [self.study.roadmap.topics[name] for name in phase.topics] if phase else []
        title = topics[0].title if len(topics) == 1 else phase.title if phase else ""
        text = "\n\n".join("\n".join(f"{r.title}\n{r.url}" for r in topic.resource) for topic in topics if topic.resource)
        self.post_message(messages.ShowPlain(f"Links · {title}", text or "There are no links here."))

    def action_about(self) -> None:
        """Show the roadmap's own page."""
        self.post_message(messages.ShowAbout())

    def action_note(self) -> None:
        """Write a note on the topic."""
        if self.topic:
            self.post_message(messages.WriteNote(self.topic.id))


def _entitle(pane: Widget, title: str, subtitle: str) -> None:
    """Set a pane's titles if they have changed: Textual draws the whole pane again for each."""
    if pane.border_title != title:
        pane.border_title = Text(title)
    if pane.border_subtitle != subtitle:
        pane.border_subtitle = Text(subtitle)
