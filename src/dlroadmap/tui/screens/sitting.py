"""A sitting: one question after another, each with its feedback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from dlroadmap.events import Answered, Entry, Event
from dlroadmap.question import Given, Verdict
from dlroadmap.review import seconds_for, tomorrow
from dlroadmap.roadmap import Idea, Topic, clean
from dlroadmap.schedule import Confidence
from dlroadmap.sitting import Overrule, Sitting, answer, may_overrule, overruled, retire, verdict_of
from dlroadmap.standing import bury, suspend
from dlroadmap.tui import messages
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets import question_card as card
from dlroadmap.tui.widgets.answer_field import AnswerField
from dlroadmap.tui.widgets.draft import Draft
from dlroadmap.tui.widgets.key_bar import KeyBar, key_in, key_to
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.prose import Row, plain

if TYPE_CHECKING:
    from dlroadmap.progress import Sat
    from dlroadmap.settings import Settings
    from dlroadmap.study import Study

Moment = Literal["asking", "feedback"]
LEAST_NAME = 28
"""The fewest cells that a sitting's name keeps in the head."""


class SittingScreen(Screen[Sitting | None]):
    """Asks the questions of a sitting; every answer is recorded before its feedback is shown."""

    TITLE = "Questions"
    DEFAULT_CSS = """
    SittingScreen {
        & #title { height: 1; padding: 0 1; background: $panel; }
        & #card { height: 1fr; border: round $frame; border-title-color: $foreground; padding-left: 1; }
        & #card:focus { border: round $primary; }
        & #typed { display: none; height: 3; border: round $frame; background: $background; padding: 0 1; }
        & #typed:focus { border: round $primary; }
        & #typed.-shown { display: block; }
        & #say { height: auto; min-height: 1; max-height: 2; padding: 0 2; color: $warning; }
    }
    """
    CLOSED_BOOK: ClassVar[bool] = True
    """Nothing may be looked up here: only actions can be searched."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "reveal", "model answer", id="sitting.reveal", tooltip="show the model answer of an open question"),
        Binding("enter", "lock('fairly')", "fairly sure (70%)", id="sitting.fairly", tooltip="lock the answer, fairly sure (70%)"),
        Binding("enter", "lock_in", "lock", id="sitting.lock", tooltip="lock the answer"),
        Binding("enter", "go_on", "next question", id="sitting.next", tooltip="go on"),
        Binding("g", "lock('guess')", "guess (40%)", id="sitting.guess", tooltip="lock the answer, a guess (40%)"),
        Binding("c", "lock('certain')", "certain (95%)", id="sitting.certain", tooltip="lock the answer, certain (95%)"),
        Binding("d", "dont_know", "don't know", id="sitting.dont-know", tooltip="don't know: an honest answer, see the solution"),
        Binding("s", "later", "later", id="sitting.later", tooltip="put this question off to the end"),
        Binding("H", "hint", "hint", id="sitting.hint", tooltip="show the hint; a right answer then counts half"),
        Binding("o", "overrule('right')", "I was right", id="sitting.right", tooltip="my answer means the same: count it"),
        Binding("o", "overrule('slip')", "a slip", id="sitting.slip", tooltip="the method was right, a slip: count half"),
        Binding("u", "take_back", "take back", id="sitting.undo", tooltip="take the answer back, as if it had never been"),
        Binding("b", "bury", "not today", id="sitting.bury", tooltip="don't ask this idea before tomorrow"),
        Binding("B", "suspend", "suspend", show=False, id="sitting.suspend", tooltip="ask this idea in no review any more"),
        Binding("t", "notes", "topic", id="sitting.topic", tooltip="pause, and show the topic's page"),
        Binding("y", "copy", "copy", show=False, id="sitting.copy", tooltip="copy the question or the result"),
        Binding(
            "exclamation_mark",
            "report",
            "wrong question",
            show=False,
            id="sitting.report",
            tooltip="note a wrong question in a file; twice: never ask it again",
        ),
        Binding("down,j", "move(1)", "down", show=False, id="sitting.down"),
        Binding("up,k", "move(-1)", "up", show=False, id="sitting.up"),
        Binding("space", "pick", "choose", show=False, id="sitting.pick", tooltip="choose the line under the cursor"),
        Binding("backspace", "back", "take one back", show=False, id="sitting.back", tooltip="take back the last step or pair"),
        Binding("pagedown,J", "page(1)", "page down", show=False, id="sitting.pgdn"),
        Binding("pageup,K", "page(-1)", "page up", show=False, id="sitting.pgup"),
        Binding("home", "scroll_by(-9999)", "top", show=False, id="sitting.top"),
        Binding("end", "scroll_by(9999)", "end", show=False, id="sitting.end"),
        Binding("escape", "pause", "pause", id="sitting.pause", tooltip="pause; every answer is kept"),
        Binding("q", "pause", "pause", show=False, id="sitting.quit"),
        Binding("question_mark,f1", "help", "help", id="sitting.help", key_display="?"),
        Binding("f1", "help('typing')", "help", id="sitting.typing.help", tooltip="help while a question mark is text"),
        *[Binding(str(n), f"digit({n})", "choose", show=False, id=f"sitting.digit{n}") for n in range(1, 10)],
    ]

    def __init__(
        self,
        study: Study,
        sitting: Sitting,
        signs: Signs,
        *,
        record: Callable[[Event], Entry | None],
        undo: Callable[[], Entry | None],
        confidence: bool = True,
    ) -> None:
        """Show a sitting; record and undo are the App's, which alone writes; if that fails, it says why and they return None.

        confidence: each answer is given with how sure the learner is; else with Enter alone.
        """
        super().__init__()
        self.record = record
        self.undo = undo
        self.confidence = confidence
        self.study = study
        self.sitting = sitting
        self.signs = signs
        self.moment: Moment = "asking"
        self.draft: Draft | None = None
        self.hint = ""
        self.said: tuple[Answered, Verdict, str] | None = None
        self._reported = self._hint_priced = False
        self.acts: list[str] = []
        """The ids of the entries recorded here, which the key `u` takes back one by one."""
        self._since = 0.0

    def compose(self) -> ComposeResult:
        """Yield the head, the card, the field for typed answers, a line for what is missing, the keys."""
        yield Static("", id="title", markup=False)
        yield Pane(id="card")
        yield AnswerField(id="typed")
        yield Static("", id="say", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask the first question once the size is known."""
        self.typed.cursor_blink = False
        self.call_after_refresh(self._ask)

    def on_resize(self) -> None:
        """Fit the head into the new width."""
        if self.draft:
            self.call_after_refresh(self._show_head)

    def follow(self, settings: Settings) -> None:
        """Ask for the confidence or not, as the settings want it now."""
        self.confidence = settings.confidence
        self.refresh_bindings()

    @property
    def card(self) -> Pane:
        """The pane of the question."""
        return self.query_one("#card", Pane)

    @property
    def typed(self) -> Input:
        """The field of a typed answer."""
        return self.query_one("#typed", Input)

    # Asking

    def _ask(self) -> None:
        """Ask the current question; if none is left, finish."""
        turn = self.sitting.turn
        if turn is None:
            self._finish()
            return
        question = self.study.bank(turn.topic).find(turn.topic, turn.question)
        if question is None:  # removed from the roadmap while the program was running
            gone = [p for p in self.sitting.started.questions if turn.question in (p.question, p.spare)]
            self.sitting = self.sitting.without(gone)
            self._ask()
            return
        self.moment, self.hint, self.said = "asking", "", None
        self._reported = self._hint_priced = False
        self.draft = Draft.of(self.sitting, turn, question)
        self._since = monotonic()
        self.typed.value = ""
        take, leave, no = key_in(self.typed, "submit"), key_in(self.typed, "leave"), key_in(self, "dont_know")
        self.typed.placeholder = f"your answer, then {take}; {leave}, then {no}: don't know"
        self.typed.set_class(self.draft.types, "-shown")
        self._show_question(keep_scroll=False)
        (self.typed if self.draft.types else self.card).focus()

    def _show_question(self, *, keep_scroll: bool = True) -> None:
        if self.draft:
            turn = self.sitting.turn
            title = self.study.roadmap.topics[self.draft.question.topic].title
            second = "  · a second question on what was missed" if turn and turn.retry else ""
            rows = card.asking(self.draft, self.hint, self.signs)
            if turn and self.sitting.started.kind == "review" and not turn.retry:
                rows.insert(0, plain(self.study.remembered(turn), "muted"))
            self._show(rows, f"{title}{second}", keep_scroll=keep_scroll)

    def _show(self, rows: list[Row], title: str, *, keep_scroll: bool = False) -> None:
        self.card.border_title = Text(title)
        self.card.show(rows, keep_scroll=keep_scroll)
        if self.draft and self.moment == "asking" and self.draft.places:
            self.card.set_reactive(Pane.cursor, "")
            self.card.cursor = str(self.draft.at)  # this scrolls it into sight, even if it hasn't changed
            if not keep_scroll:  # a long question is shown from its beginning, even if its options aren't in sight
                self.card.scroll_to(0, 0, animate=False, force=True, immediate=True)
        self._show_head()
        self.query_one("#say", Static).update("")
        self.refresh_bindings()

    def _show_head(self) -> None:
        every = (*self.sitting.firsts, *self.sitting.second_tries)
        at = min(len(every), len(self.sitting.answers) + (self.moment == "asking"))
        marks = card.marks(self.sitting, self.signs, asking=self.moment == "asking").plain
        left = self._minutes_left() if self.sitting.started.kind in ("review", "exam", "cram") else ""
        names = [self.study.roadmap.topics[t].title for t in self.sitting.started.scope if t in self.study.roadmap.topics]
        about = "" if not names else f" · {names[0]}" if len(names) == 1 else f" · {len(names)} topics"
        head = Text(f" {card.NAMES[self.sitting.started.kind]}{about}", "bold")
        details = (f"{left}   {marks}" if len(every) <= 30 else left, left, "")
        tails = [f"   question {at} of {len(every)}{detail}" for detail in details]
        room = self.size.width - 3
        tail = next((tail for tail in tails if min(head.cell_len, LEAST_NAME) + len(tail) <= room), tails[-1])
        head.truncate(max(LEAST_NAME, room - len(tail)), overflow="ellipsis")
        head.append(tail, "not bold")
        self.query_one("#title", Static).update(head)

    def _minutes_left(self) -> str:
        """Say roughly how long the rest takes."""
        questions = [self.study.bank(t.topic).find(t.topic, t.question) for t in self.sitting.queue]
        left = sum(seconds_for(q.kind, self.study.progress) for q in questions if q)
        return f" · about {max(1, round(left / 60))} min left" if questions else ""

    def _say(self, text: str) -> None:
        self.query_one("#say", Static).update(clean(text))

    # Answering

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys that do something at this moment."""
        asking, draft = self.moment == "asking", self.draft
        typing = asking and self.is_mounted and self.focused is self.typed
        hidden = bool(draft and draft.hidden)
        match action:
            case "reveal":
                return asking and hidden
            case "lock_in":
                return asking and not hidden and not typing and not self._wants_confidence
            case "lock":
                return asking and not hidden and not typing and self._wants_confidence
            case "digit" | "pick" | "move" | "back":
                return (asking and not typing) or (action == "move" and not asking)
            case "dont_know":
                return asking and not typing
            case "later":
                return asking and not typing and len(self.sitting.queue) > 1
            case "help":
                return typing == bool(parameters)
            case "pause":
                return not typing
            case "hint":
                return asking and not typing and bool(draft and draft.question.hint and not self.hint)
            case "go_on":
                return self.moment == "feedback"
            case "take_back":
                return bool(self.acts) and not typing
            case "overrule":
                return self._may_overrule() == parameters[0]
            case "report":
                return self.moment == "feedback"
            case "bury" | "suspend":
                return asking and not typing and self.sitting.started.kind in ("review", "cram")
            case _:
                return True

    @property
    def _wants_confidence(self) -> bool:
        """Whether the current answer is given with a confidence; not for open questions, whose points are only counted."""
        return self.confidence and not (self.draft and self.draft.question.kind == "open")

    def _may_overrule(self) -> Overrule | None:
        return may_overrule(self.said[0]) if self.moment == "feedback" and self.said else None

    def _change(self, draft: Draft) -> None:
        self.draft = draft
        self._show_question()

    def action_digit(self, number: int) -> None:
        """Choose by digit."""
        if self.draft:
            self._change(self.draft.digit(number))

    def action_pick(self) -> None:
        """Choose the line under the cursor."""
        if self.draft:
            self._change(self.draft.pick())

    def action_move(self, step: int) -> None:
        """Move the cursor, or scroll if there is nothing to choose."""
        if self.moment == "asking" and self.draft and self.draft.places and not self.draft.hidden:
            self._change(self.draft.move(step))
        else:
            self.card.scroll_relative(y=2 * step, animate=False)

    def action_back(self) -> None:
        """Take back the last step or pair."""
        if self.draft:
            self._change(self.draft.back())

    def action_page(self, pages: int) -> None:
        """Page through a long question."""
        self.card.scroll_relative(y=pages * (self.card.size.height - 2), animate=False)

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.card.scroll_relative(y=lines, animate=False)

    @on(Pane.Clicked)
    def _clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        if self.moment == "asking" and self.draft:
            self._change(self.draft.click(event.key))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        """Leave the field with an answer in it, which one more key gives with a confidence."""
        event.stop()
        if self.moment == "asking" and (missing := self._missing()):
            self._say(missing)
            self.typed.focus()
        elif self.moment == "asking" and not self.confidence:
            self.action_lock_in()
        else:
            self._left()

    @on(AnswerField.Left)
    def _left(self) -> None:
        if self.moment == "asking":
            self.card.focus()
            self.refresh_bindings()
            typed, missing = self.typed.value.strip(), self._missing()
            sure = self._offers(("lock('fairly')", "fairly"), ("lock('guess')", "a guess"), ("lock('certain')", "certain"))
            told = f"{typed}: how sure? {sure}; " if self.confidence and not missing else ""
            told = f"{missing}; " if typed and missing else told
            others = self._offers(("dont_know", "don't know"), ("later", "later"), ("pause", "pauses"))
            self._say(f"{told}Tab goes back to the field" + ("" if told else f"; {others}"))

    def _offers(self, *actions: tuple[str, str]) -> str:
        """Name the keys of these actions, each with a word; actions that do nothing now are left out."""
        return ", ".join(f"{key} {word}" for action, word in actions if (key := key_to(self, action)))

    def _missing(self) -> str:
        """Copy the field's text into the draft, and return what is missing before the answer can be given."""
        if self.draft is None:
            return ""
        self.draft = replace(self.draft, typed=self.typed.value)
        return self.draft.missing

    def action_reveal(self) -> None:
        """Show the model answer of an open question, from its beginning."""
        if self.draft:
            self.draft = replace(self.draft, revealed=True)
            self._show_question(keep_scroll=False)

    def action_hint(self) -> None:
        """Show the hint: the first press tells its price, the second shows it."""
        if self.draft and self.draft.question.hint:
            if not self._hint_priced:
                self._say(f"A hint halves the credit of this answer: {key_to(self, 'hint')} again shows it")
                self._hint_priced = True
                return
            self.hint = self.draft.question.hint
            self._hint_priced = False
            self._show_question()

    def action_lock_in(self) -> None:
        """Give the answer without a confidence."""
        self.action_lock(None)

    def action_lock(self, confidence: Confidence | None) -> None:
        """Give the answer with a confidence."""
        if missing := self._missing():
            self._say(missing)
            if self.typed.value.strip():
                self.typed.focus()
        elif self.draft:
            self._lock(self.draft.given, confidence)

    def action_dont_know(self) -> None:
        """Answer "don't know"."""
        self._lock(None, None)

    def action_later(self) -> None:
        """Put the question off to the end."""
        self.sitting = self.sitting.later()
        self._ask()

    def action_bury(self) -> None:
        """Put the current idea off until tomorrow."""
        day = tomorrow(self.study.now())
        self._put_off("It comes back tomorrow", lambda topic, idea: bury(topic, idea, self.study.progress, day))

    def action_suspend(self) -> None:
        """Suspend the current idea: no review asks it any more."""
        self._put_off(
            "Suspended: no review asks it; B on the Review screen resumes it",
            lambda topic, idea: suspend(topic, idea, self.study.progress),
        )

    def _put_off(self, said: str, rule: Callable[[Topic, Idea], Event | None]) -> None:
        """Record that the current idea is put off or suspended, and continue without it."""
        turn = self.sitting.turn
        topic = self.study.roadmap.topics[turn.topic] if turn else None
        idea = topic.find_idea(turn.idea) if turn and topic else None
        if turn is None or topic is None or idea is None:
            return
        event = rule(topic, idea)
        entry = self.record(event) if event else None
        if entry:
            self.acts.append(entry.id)
            undo = key_to(self, "take_back")
            self.sitting = self.sitting.without(p for p in self.sitting.started.questions if (p.topic, p.idea) == turn[:2])
            self._ask()
            if self.sitting.turn:
                first = f"{key_in(self.typed, 'leave')}, then " if self.typed.has_focus else ""
                self._say(f"{said}; {first}{undo} takes it back")
            else:
                below = "" if self.sitting.answers else key_to(self.app.screen, "undo")  # a result doesn't have this key
                self.app.notify(f"{said}; {below} takes it back" if below else said, markup=False)

    def _lock(self, given: Given, confidence: Confidence | None) -> None:
        """Grade and record an answer, then show the feedback."""
        assert self.draft is not None  # noqa: S101 only a question that is asked can be locked
        seconds = monotonic() - self._since
        locked, verdict = answer(
            self.sitting, self.draft.question, given, confidence=confidence, seconds=round(seconds, 1), hint=bool(self.hint)
        )
        entry = self.record(locked)
        if entry:
            self.sitting = self.sitting.answered(locked)
            self.said = (locked, verdict, entry.id)
            self.acts.append(entry.id)
            self._show_feedback()

    # Feedback

    def _show_feedback(self) -> None:
        assert self.draft is not None and self.said is not None  # noqa: S101, PT018 an answer was just locked
        locked, verdict, _ = self.said
        self.moment = "feedback"
        self.typed.remove_class("-shown")
        topic = self.study.roadmap.topics[locked.topic]
        known = topic.find_idea(locked.idea)
        idea = known.text if known else ""
        rows = card.feedback(self.draft, locked, verdict, idea, self.signs, comes_again=self.sitting.comes_again(locked))
        self.card.cursor = ""
        self._show(rows, topic.title)
        self.card.focus()

    def action_go_on(self) -> None:
        """Ask the next question."""
        self._ask()

    def action_take_back(self) -> None:
        """Take back what was done last in this sitting: an answer, an overruled grade, or an idea put off."""
        entry = self.undo()
        if entry is None:
            return
        self.acts = [act for act in self.acts if act != entry.id]
        sat = self._as_recorded()
        newest = sat.answers[-1][0] if sat and sat.answers else ""
        if self.moment == "feedback" and self.draft and self.said and self.said[2] == newest:
            locked = self.sitting.answers[-1]
            self.said = (locked, verdict_of(locked, self.draft.question), newest)
            self._show_feedback()
        else:
            self._ask()
        self._say(f"Taken back: {self.study.told(entry.event)}, as if it had never been")

    def _as_recorded(self) -> Sat | None:
        """Resume the sitting from the journal and return it; None if another window has ended it."""
        sat = self.study.progress.sittings.get(self.sitting.started.sitting)
        if sat:
            self.sitting = replace(self.study.resumed(sat), put_off=self.sitting.put_off)
        return sat

    def action_overrule(self, reason: Overrule) -> None:
        """Overrule the grade of the answer, and record that."""
        if self.said is None or self.draft is None:
            return
        locked, _, entry = self.said
        event = overruled(locked, entry, reason)
        judged = self.record(event)
        if not judged:
            return
        self.acts.append(judged.id)
        better = locked.model_copy(update={"credit": event.credit})
        self.sitting = replace(self.sitting, answers=(*self.sitting.answers[:-1], better))
        self.said = (better, verdict_of(better, self.draft.question), entry)
        self._show_feedback()
        self._say("Counted as right, on your word" if reason == "right" else "Counted half: the method was right")

    def action_report(self) -> None:
        """Write a wrong question to a file; when pressed again, never ask it again."""
        if self.said is None:
            return
        locked = self.said[0]
        if not self._reported:
            try:
                file = self.study.report(locked)
            except OSError as error:
                self._say(f"{error.filename}: {error.strerror}; {key_to(self, 'report')} again retires the question all the same")
            else:
                self._say(f"Noted in {file}; {key_to(self, 'report')} again: never ask me this question")
            self._reported = True
            return
        event = retire(self.draft.question, self.study.roadmap.topics[locked.topic], self.study.progress) if self.draft else None
        entry = self.record(event) if event else None
        if entry:
            self.acts.append(entry.id)
            self._as_recorded()
            self._show_feedback()
            undo = key_to(self, "take_back")
            self._say(f"Retired: it is asked no more, and a miss on it is forgotten; {undo} takes that back")

    # The end

    def _finish(self) -> None:
        """Return the sitting to the App, which shows its result; None if nothing was answered."""
        self.dismiss(self.sitting if self.sitting.answers else None)

    def action_notes(self) -> None:
        """Pause, and show the page of the question's topic."""
        self.action_pause()
        if self.draft:
            self.app.post_message(messages.GoTo(self.draft.question.topic))

    def action_help(self, _moment: str = "") -> None:
        """Show the keys of this screen."""
        self.app.call_later(self.app.run_action, "help")

    def action_copy(self) -> None:
        """Copy the card's text."""
        text = "\n".join(row.first + row.text.plain for row in self.card.rows)
        self.post_message(messages.CopyText(text, "card"))

    def action_pause(self) -> None:
        """Return to the screen below; the App says what becomes of the answers."""
        self.dismiss(None)
