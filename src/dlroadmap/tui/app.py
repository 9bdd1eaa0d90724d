"""The App: it owns the Study and is the only writer. Screens send it messages and are given the new state."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, runtime_checkable

from rich.color import ColorSystem
from textual import on
from textual.app import App, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender

from dlroadmap import browser, editor, events
from dlroadmap import settings as config
from dlroadmap.journal import JournalFault
from dlroadmap.places import places
from dlroadmap.plan import Overview, next_steps, path_body, paths, what_to_do
from dlroadmap.review import Wanted
from dlroadmap.roadmap import Path, clean, is_web_address
from dlroadmap.settings import Loaded, Settings, SettingsFault
from dlroadmap.standing import note, of_topic
from dlroadmap.study import Study
from dlroadmap.terminal import Depth, depth, takes_osc52
from dlroadmap.tui import messages, themes
from dlroadmap.tui.filters import Ascii, NoColour
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.scrollbar import DrawnScrollBar
from dlroadmap.tui.signs import signs
from dlroadmap.tui.sittings import Sittings
from dlroadmap.tui.themes import OURS, fitting, others
from dlroadmap.tui.widgets.key_bar import key_to
from dlroadmap.wording import short

if TYPE_CHECKING:
    from dlroadmap.search import Entry, Index
    from dlroadmap.tui.screens.welcome import Chosen

# Screens are imported when they are opened: the first frame needs the Map alone.

FAULTS = 4
"""How many faults of the settings a toast lists."""

Result = TypeVar("Result")


@runtime_checkable
class Following(Protocol):
    """A screen that shows the state and is updated when the state changes."""

    def follow(self, settings: Settings) -> None:
        """Show the state as it is now."""


@runtime_checkable
class Unsaved(Protocol):
    """A screen with content that is saved only when the learner leaves it."""

    def save(self) -> bool:
        """Save the content; return False if that fails, and then the program must not end before the learner knows."""


class RoadmapApp(App[str]):
    """dlroadmap's screens over one Study."""

    TITLE = "dlroadmap"
    ENABLE_COMMAND_PALETTE = False  # the Search screen is the palette too
    CSS = """
    .screen--selection { text-style: $cursor-style; }
    Toast { background: $panel; color: $foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", id="app.search", tooltip="search everything"),
        Binding(
            "colon,ctrl+p",
            "search('>')",
            "commands",
            show=False,
            id="app.commands",
            key_display=": Ctrl+P",
            tooltip="every action of this screen, with its key",
        ),
        Binding("comma", "settings", "settings", show=False, id="app.settings", tooltip="plan, look, quiz and review"),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, id="app.suspend", tooltip="to the shell; fg comes back"),
        Binding("ctrl+q", "leave", "quit", show=False, priority=True, id="app.quit", tooltip="quit from anywhere"),
        Binding("ctrl+c", "copy_or_hint", "copy", show=False, id="app.copy", tooltip="copy the selection; twice quits"),
    ]

    view: reactive[Overview | None] = reactive(None, init=False, always_update=True, repaint=False)

    def __init__(
        self,
        study: Study,
        *,
        quiz: Sequence[str] = (),
        exam: Sequence[str] = (),
        review: tuple[Wanted, int | None] | None = None,
        placement: bool = False,
        welcome: bool = False,
        loaded: Loaded = Loaded(Settings()),  # noqa: B008 immutable
    ) -> None:
        """Show a study; begin with checkpoints of some topics, an exam of some topics, a review, a placement, or the welcome."""
        self.settings = loaded.settings  # before Textual's __init__, which asks for the looks
        self.signs = signs(self.settings.symbols)
        super().__init__()
        self.study = study
        self._sittings = Sittings(self)
        self._complaints = loaded.faults
        self.quiz = tuple(quiz)
        self.exam = tuple(exam)
        self.review = review
        self.placement = placement
        self.newcomer = welcome
        self._day: date | None = None
        self._index: Index | None = None
        self._asked_to_quit = False
        self._opened = 0.0
        self._news, self._trouble = study.journal.news, ""
        for theme in OURS:
            self.register_theme(theme)
        self._has_others = False
        self._ascii, self._colourless = Ascii(), NoColour()
        self._dress()

    # Start and end

    def get_default_screen(self) -> MapScreen:
        """Return the Map, opened where the learner left off; it lies under all other screens."""
        self._day, view = self.study.now().date(), self.study.overview()
        self.set_reactive(RoadmapApp.view, view)
        place = (self.study.place("map") or "").split("\n")
        found = None if place[0] else next(next_steps(self.study.roadmap, self.study.progress, self.study.now()), None)
        self._map = MapScreen(self.study, self.signs, view, place[0] or (found.topic.id if found else ""), place[1:])
        return self._map

    def on_mount(self) -> None:
        """Begin to watch for changes by other programs, and for the terminal being closed."""
        self.screen_change_signal.subscribe(self, self._note_change, immediate=True)
        self.call_after_refresh(self._begin)
        self._take_keys()
        self.set_interval(1.0, self._look_around)
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            with suppress(NotImplementedError, AttributeError, ValueError, RuntimeError):  # none on Windows, in tests' threads
                loop.add_signal_handler(getattr(signal, name), self._hang_up)

    def _begin(self) -> None:
        """Continue after the first frame: look after the journal, and show what the program was started for."""
        self._look_after()
        gc.enable()  # __main__ turned it off: a start leaves little to collect, and searching takes time
        gc.freeze()
        if self.quiz:
            self._sittings.checkpoints(self.quiz)
        elif self.exam:
            self._sittings.exam(self.exam)
        elif self.review:
            self._sittings.review(*self.review)
        elif self.placement:
            self._sittings.placement()
        elif self.newcomer:
            from dlroadmap.tui.screens.welcome import WelcomeScreen  # noqa: PLC0415 see above

            self.push_screen(WelcomeScreen(self.study, self.signs), self._welcomed)

    def _look_after(self) -> None:
        """Check the journal's file in a thread, and make today's backup if there is none."""
        if self.study.journal.read_only:
            return
        here, now = places(), self.study.now()

        def check() -> None:
            from dlroadmap import backups  # noqa: PLC0415 the first frame needs none of it

            if wrong := backups.look_after(self.study.journal.path, here.backups, now):
                with suppress(RuntimeError):  # the program ended meanwhile
                    self.call_from_thread(self._tell_news, wrong)

        self.run_worker(check, thread=True, exit_on_error=False)

    def action_leave(self) -> None:
        """Quit, and save the place and what is being written; if that fails, quit only when asked a second time."""
        if self._save_all():
            self._end()

    def _hang_up(self) -> None:
        """Quit at once, even if something can't be saved."""
        self._save_all()
        self._end()

    def _save_all(self) -> bool:
        return all(screen.save() for screen in self.screen_stack if isinstance(screen, Unsaved))

    def _end(self) -> None:
        self._sittings.leave()
        with suppress(JournalFault):
            self._map.save_place()
        self.exit(parting(self.study))

    def action_copy_or_hint(self) -> None:
        """Copy the selection; without one say how to quit, and quit when asked a second time."""
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
            self.notify("copied", markup=False)
        elif self._asked_to_quit:
            self.action_leave()
        else:
            self._asked_to_quit = True
            self.set_timer(2, self._forget_quit)
            self.notify("q quits; Ctrl+C again quits too", markup=False)

    def _forget_quit(self) -> None:
        self._asked_to_quit = False

    # Looks

    @property
    def colours(self) -> Depth:
        """How many colours are used."""
        return depth(self.settings.colours)

    def _dress(self) -> None:
        """Apply the settings of looks: theme, signs, colours, motion."""
        if self.settings.theme not in ("auto", *(theme.name for theme in OURS)):
            self._add_themes()
        names = self.available_themes
        chosen = self.settings.theme if self.settings.theme in names else fitting(self.colours)
        systems = {"256": ColorSystem.EIGHT_BIT, "16": ColorSystem.STANDARD}
        self.console._color_system = systems.get(self.colours, ColorSystem.TRUECOLOR)  # noqa: SLF001 rich offers no other way to change it
        self.animation_level = "full" if self.settings.motion else "none"
        self.set_class(self.signs.ascii, "-ascii")
        self.theme = chosen
        ScrollBar.renderer = DrawnScrollBar if self.colours == "none" or self.current_theme.ansi else ScrollBarRender

    def _add_themes(self) -> None:
        """Register Textual's own themes."""
        if not self._has_others:
            self._has_others = True
            for theme in others():
                self.register_theme(theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that make output ASCII or colourless, as the terminal and the settings need it."""
        filters = [self._colourless] if self.colours == "none" else [*super().get_line_filters()]
        return [*filters, self._ascii] if self.signs.ascii else filters

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's variables; without colours the line under the cursor is shown reversed."""
        found = super().get_css_variables()
        bare = {"cursor-style": "reverse", "cursor-style-here": "reverse bold"} if self.colours == "none" else {}
        return {"cursor-style": "none", "cursor-style-here": "bold", **found, **bare}

    def _take_keys(self) -> None:
        """Apply the learner's keys; report those that can't be used, and what else is wrong with the settings."""
        faults: tuple[str, ...] = ()
        if self.settings.keys or self._keymap:  # earlier ones must go, too
            from dlroadmap.tui.keys import remapped  # noqa: PLC0415 it knows all screens

            keymap, faults = remapped(self.settings.keys, type(self))
            self.set_keymap(keymap)
        said = [fault.removeprefix(f"{places().settings}: ") for fault in self._complaints]
        wrong = [*said, *filter(None, [themes.fault(self.settings.theme)]), *faults]
        if len(wrong) > FAULTS:
            wrong[FAULTS:] = [f"and {len(wrong) - FAULTS} more: dlroadmap doctor names them"]
        if wrong:
            self.notify(clean("\n".join(wrong)), title="config.toml", severity="warning", timeout=12, markup=False)
        self._complaints = ()

    def action_settings(self) -> None:
        """Show the settings."""
        from dlroadmap.tui.screens.settings import SettingsScreen  # noqa: PLC0415 see above

        if any(isinstance(screen, SettingsScreen) for screen in self.screen_stack):
            return
        self._add_themes()
        self.push_screen(SettingsScreen(self.study, self.settings, sorted(self.available_themes), str(places().settings)))

    @on(messages.ChangeSetting)
    def _change_setting(self, message: messages.ChangeSetting) -> None:
        self._wear(self.settings.after(message.name, message.value))
        try:
            config.save(places().settings, message.name, message.value)
        except SettingsFault as fault:
            self.complain(fault)
        else:
            if message.name == "mouse":
                self.say("From the next start on.")

    def _wear(self, settings: Settings) -> None:
        """Apply new settings and draw everything again."""
        self.settings = settings
        self.signs = signs(settings.symbols)
        self._dress()
        for screen in self.screen_stack:
            for node in screen.walk_children(with_self=True):
                if hasattr(node, "signs"):
                    node.signs = self.signs
        self.refresh_css(animate=False)
        self.tell()
        self._show_settings()

    def _show_settings(self) -> None:
        if isinstance(self.screen, Following):
            self.screen.follow(self.settings)

    @on(messages.OpenSettingsFile)
    def _open_settings_file(self) -> None:
        file, words = places().settings, editor.command()
        if words is None:
            self.say(f"No editor is named in VISUAL or EDITOR. The file: {file}", seconds=10)
            return
        try:
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(config.NEW_FILE, encoding="utf-8")
            with self.suspend():
                editor.edit(file, words)
        except SuspendNotSupported:
            self.say(f"An editor can't be opened from here. The file: {file}", seconds=10)
            return
        except (OSError, editor.EditorFault) as fault:
            self.complain(fault)
            return
        settings, self._complaints = config.load(file)
        self._wear(settings)
        self._take_keys()

    # State goes down

    def tell(self) -> None:
        """Give every screen the new state; on a new day also make a backup."""
        today = self.study.now().date()
        if today != self._day:
            self._look_after()
        self._day = today
        self.view = self.study.overview()

    def watch_view(self, view: Overview | None) -> None:
        """Give the state to the Map."""
        for screen in self.screen_stack:
            if isinstance(screen, MapScreen):
                screen.view = view
            elif isinstance(screen, Following) and screen.is_mounted:
                screen.follow(self.settings)

    def _look_around(self) -> None:
        """Fold what other programs wrote, and notice a new day. A fault is reported once, until it changes."""
        trouble = ""
        try:
            if self.study.refresh() or self._day != self.study.now().date():
                self.tell()
        except JournalFault as fault:
            trouble = str(fault)
            if trouble != self._trouble:
                self.complain(fault)
        if trouble != self._trouble:
            self._trouble = trouble
            self._map.show_news(trouble or self._news)

    def _tell_news(self, text: str) -> None:
        """Show from now on, above everything, what is wrong with the journal's file."""
        self._news = text
        self._map.show_news(text)

    def say(self, text: str, *, seconds: float = 3) -> None:
        """Say something in a toast, which replaces the one before."""
        self.clear_notifications()
        self.notify(clean(text), markup=False, timeout=seconds)

    # Messages come up

    def _note_change(self, _: Screen[object]) -> None:
        """Remember when another screen appeared, by the clock of the messages."""
        self._opened = Message().time

    async def _on_message(self, message: Message) -> None:
        """Drop a request for a screen that is older than the present screen: keys can be faster than screens."""
        if not (isinstance(message, messages.Opening) and message.time < self._opened):
            await super()._on_message(message)

    def complain(self, fault: Exception) -> None:
        """Say what went wrong."""
        self.clear_notifications()
        self.notify(clean(str(fault)), severity="error", timeout=8, markup=False)

    def record(self, event: events.Event) -> events.Entry | None:
        """Record an event and give the new state to the screens; if that fails, say why and return None."""
        return self.written(lambda: self.study.record(event))

    def undo(self) -> events.Entry | None:
        """Take the newest action back and return it; None if there is none, or if that fails, which is said."""
        return self.written(self.study.undo)

    def written(self, write: Callable[[], Result | None]) -> Result | None:
        """Write to the journal, give the new state to the screens and return the result; if that fails, say why and return None."""
        try:
            came = write()
        except JournalFault as fault:
            self.complain(fault)
            return None
        self.tell()
        return came

    @on(messages.Record)
    def _record(self, message: messages.Record) -> None:
        event = message.event if isinstance(message.event, events.Event) else message.event(self.study.progress)
        if event:
            self._keep(event, message.toast)

    def _keep(self, event: events.Event, toast: str) -> bool:
        """Record an event and show a toast, if it isn't empty; return whether it was recorded."""
        if not self.record(event):
            return False
        if toast:
            told = self.study.told(event)
            self.say(f"{told[0].upper()}{told[1:]}: {toast}")
        return True

    @on(messages.Undo)
    def _undo(self) -> None:
        entry = self.undo()
        if entry:
            redo = key_to(self.screen, "redo")
            self.say(f"Taken back: {self.study.told(entry.event)}.{f' {redo} brings it back' if redo else ''}")
        elif not self.study.journal.read_only:
            self.say("Nothing to take back.")

    @on(messages.Redo)
    def _redo(self) -> None:
        entry = self.written(self.study.redo)
        if entry:
            self.say(f"Counts again: {self.study.told(entry.event)}")
        elif not self.study.journal.read_only:
            self.say("Nothing to bring back.")

    @on(messages.OpenLink)
    def _open_link(self, message: messages.OpenLink) -> None:
        url = message.url
        if not is_web_address(url):
            self.notify(f"Not a web address, not opened: {clean(url)}", severity="warning", markup=False)
        elif self.settings.links != "print" and (self.is_web or browser.open_address(url)):
            if self.is_web:
                self.open_url(url)  # in the learner's browser, not on the machine that serves
            self.say(f"Opened in your browser: {url}")
        else:
            why = "" if self.settings.links == "print" else f"{browser.why_not()}. "
            self.copy_to_clipboard(url)
            self.say(f"{why}Copied, and here it is: {url}", seconds=10)

    @on(messages.CopyText)
    def _copy(self, message: messages.CopyText) -> None:
        self._copied(message.text, message.what)

    def _copied(self, text: str, what: str) -> None:
        """Copy by OSC 52; if that may not work, show a long text so that it can be selected."""
        self.copy_to_clipboard(text)
        short_enough = len(text) <= 200
        if not short_enough and not takes_osc52():
            head = f"Copied the {what}, where the terminal lets programs copy; else select it here"
            self._show_plain(messages.ShowPlain(head, text))
        else:
            self.say(f"Copied the {what}: {text if short_enough else text[:199] + '…'}", seconds=6)

    @on(messages.ShowPlain)
    def _show_plain(self, message: messages.ShowPlain) -> None:
        from dlroadmap.tui.screens.plain import PlainScreen  # noqa: PLC0415 see above

        self.push_screen(PlainScreen(message.title, message.text))

    @on(messages.ShowAbout)
    def _show_about(self) -> None:
        from dlroadmap.tui.screens.about import AboutScreen  # noqa: PLC0415 see above

        self.push_screen(AboutScreen(self.study.roadmap, self.signs))

    @on(messages.WriteNote)
    def _write_note(self, message: messages.WriteNote) -> None:
        topic = self.study.roadmap.topics[message.topic]
        before, words = of_topic(topic, self.study.progress).note, editor.command()

        def keep(text: str) -> bool:
            event = note(topic, text, self.study.progress)
            undo = self.key_of("undo")
            return event is None or self._keep(event, f"{'' if text else 'deleted, '}{undo} takes it back")

        if words:
            with suppress(SuspendNotSupported):
                try:
                    with self.suspend():
                        text = editor.edited(before, words, name=topic.id)
                except editor.EditorFault as fault:
                    self.complain(fault)
                    return
                if text is None or keep(text):
                    return
                before = text  # it can't be saved now, so it stays on our own screen
        from dlroadmap.tui.screens.note import NoteScreen  # noqa: PLC0415 see above

        self.push_screen(NoteScreen(topic.title, before, keep))

    @on(messages.ChoosePath)
    def _choose_path(self) -> None:
        self._show_paths()

    def _show_paths(self, here: str = "") -> None:
        if self.view is None:
            return
        from dlroadmap.tui.screens.paths import PathScreen  # noqa: PLC0415 see above

        every = paths(self.study.roadmap, self.study.progress)
        self.push_screen(PathScreen(self.study.roadmap, every, self.view, self.signs, here), self._take_path)

    def _take_path(self, path: str | None) -> None:
        if path and self.view and path != self.view.path.id:
            self._record(messages.Record(events.PathChosen(path=path), f"progress is shared, {self.key_of('undo')} undoes"))

    @on(messages.MakePath)
    def _make_path(self, message: messages.MakePath) -> None:
        if self.view is None:
            return
        from dlroadmap.tui.screens.own_path import OwnPathScreen  # noqa: PLC0415 see above

        roadmap, every = self.study.roadmap, paths(self.study.roadmap, self.study.progress)
        own = {name: path for name, path in every.items() if name not in roadmap.paths}
        self.push_screen(OwnPathScreen(roadmap, every[message.path], own, self.view.where, self.signs), self._save_path)

    def _save_path(self, path: Path | None) -> None:
        """Save a path of the learner, and show the paths with it."""
        if path is None or not self.record(events.PathSaved(path=path.id, body=path_body(path))):
            return
        self.say(f"Saved the path {path.title}: Enter takes it, {self.key_of('undo')} on the Map takes it back")
        self.pop_screen()
        self._show_paths(path.id)

    # Sittings

    @on(messages.TakeCheckpoint)
    def _take_checkpoint(self, message: messages.TakeCheckpoint) -> None:
        self._sittings.checkpoints([message.topic])

    @on(messages.TakeExam)
    def _take_exam(self, message: messages.TakeExam) -> None:
        self._sittings.exam(message.topics)

    @on(messages.TryMe)
    def _try_me(self, message: messages.TryMe) -> None:
        self._sittings.tries(message.topic)

    @on(messages.StartReview)
    def _start_review(self, message: messages.StartReview) -> None:
        self._sittings.review(message.wanted, message.minutes)

    @on(messages.FindStart)
    def _find_start(self) -> None:
        self.to_map()
        self._sittings.placement()

    # Other screens

    @on(messages.ShowReview)
    def _show_review(self) -> None:
        from dlroadmap.tui.screens.review import ReviewScreen  # noqa: PLC0415 see above

        self.push_screen(ReviewScreen(self.study, self.signs))

    @on(messages.ShowStats)
    def _show_stats(self) -> None:
        from dlroadmap.tui.screens.stats import StatsScreen  # noqa: PLC0415 see above

        self.push_screen(StatsScreen(self.study, self.signs))

    @on(messages.Export)
    def _export(self) -> None:
        """Write the report as a web page, and say where it is."""
        from dlroadmap.files import write_whole  # noqa: PLC0415 no first frame needs it
        from dlroadmap.formats.page import page  # noqa: PLC0415 as above
        from dlroadmap.formats.report import report  # noqa: PLC0415 as above

        file = places().data / "dlroadmap-report.html"
        try:
            write_whole(file, page(report(self.study.roadmap, self.study.progress, self.study.now())).encode())
        except OSError as fault:
            self.complain(fault)
        else:
            self.say(f"Wrote the report: {file}", seconds=10)

    @on(messages.GoTo)
    def _go_to(self, message: messages.GoTo) -> None:
        self.to_map().show_topic(message.topic, message.step)

    # Welcome

    def _welcomed(self, chosen: Chosen | None) -> None:
        """Record what a newcomer chose, and show the Map or the placement."""
        if chosen is None:
            return
        for event in chosen.suggestion.events():
            self.record(event)
        self.call_after_refresh(self._map.open_at, chosen.suggestion.start.id, self._map.tree.folded)
        if chosen.placement:
            self._sittings.placement()

    def to_map(self) -> MapScreen:
        """Close all screens above the Map, each without a result, and return the Map."""
        while self.screen is not self._map:
            self.screen.dismiss(None)
        return self._map

    def key_of(self, action: str) -> str:
        """Return the Map's key for an action; "" if there is none."""
        return key_to(self._map, action)

    def show_above(self, screen: Screen[Result], then: Callable[[Result | None], None]) -> None:
        """Push a screen, after removing the toasts of the one before."""
        self.clear_notifications()
        self.push_screen(screen, then)

    # Search

    @property
    def closed_book(self) -> bool:
        """Whether nothing may be looked up, because of the present screen or one below it."""
        return any(getattr(screen, "CLOSED_BOOK", False) for screen in self.screen_stack)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no search while nothing may be looked up."""
        return not (action == "search" and not parameters and self.closed_book)

    def action_search(self, query: str = "") -> None:
        """Search everything or, with a query that begins with >, the actions of the present screen."""
        from dlroadmap.search import Index, notes  # noqa: PLC0415 see above
        from dlroadmap.search import index as indexed  # noqa: PLC0415 see above
        from dlroadmap.tui.screens.search import SearchScreen, commands  # noqa: PLC0415 see above

        below, closed = self.screen, self.closed_book
        known = commands(below)
        extra = [*notes(self.study.roadmap, self.study.progress)]

        def index() -> Index:
            if closed:
                return Index((), frozenset())
            if self._index is None:
                self._index = indexed(self.study.roadmap)
            return self._index.plus(extra) if extra else self._index

        def chosen(entry: Entry | None) -> None:
            if entry is None:
                return
            if entry.kind == "command":
                active = below.active_bindings.get(entry.key)
                if active and active.enabled:
                    self.call_later(self.run_action, active.binding.action, active.node)
                elif active:  # its key says why it does nothing here
                    self.call_later(self.simulate_key, entry.key)
            else:
                self._go_to(messages.GoTo(entry.topic, entry.key))

        self.push_screen(SearchScreen(self.study, index, known, self.signs, query), chosen)

    # Help

    def action_help(self) -> None:
        """Show the keys of the present screen."""
        from dlroadmap.tui.screens.help import HelpScreen  # noqa: PLC0415 see above

        screen: Screen[object] = self.screen
        self.push_screen(HelpScreen(screen, screen.TITLE or "this screen", self.signs, self._keymap))


def parting(study: Study) -> str:
    """Return the line that the shell shows after quitting: a next step of at most 20 minutes."""
    found = next(next_steps(study.roadmap, study.progress, study.now(), minutes=20), None)
    if found is None:
        return f"All of your path through {study.roadmap.title} is done."
    minutes = f" ({found.minutes} min)" if found.minutes else ""
    return f"Next time: {found.topic.title} · {short(what_to_do(found), 60)}{minutes}"


def run(
    study: Study,
    *,
    quiz: Sequence[str] = (),
    exam: Sequence[str] = (),
    review: tuple[Wanted, int | None] | None = None,
    placement: bool = False,
    welcome: bool = False,
    loaded: Loaded = Loaded(Settings()),  # noqa: B008 immutable
) -> int:
    """Show the screens until the learner quits, then print what comes next; return the exit status."""
    app = RoadmapApp(study, quiz=quiz, exam=exam, review=review, placement=placement, welcome=welcome, loaded=loaded)
    line = app.run(mouse=app.settings.mouse)
    if line:
        print(fill(line, max(20, get_terminal_size().columns)))  # noqa: T201 the shell's line after the screen is gone
    return app.return_code or 0
