from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from tests.conftest import Clock
from textual.pilot import Pilot
from textual.widgets import Static

from dlroadmap import events as e
from dlroadmap.question import Choice, Match, Multi, Numeric, Open, Order, Question, Text
from dlroadmap.review import Wanted
from dlroadmap.settings import Loaded, Settings
from dlroadmap.sitting import Sitting, checkpoint
from dlroadmap.standing import where
from dlroadmap.study import Study
from dlroadmap.tui import messages
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.help import HelpScreen
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.result import ResultScreen
from dlroadmap.tui.screens.sitting import SittingScreen
from dlroadmap.tui.signs import UNICODE
from dlroadmap.tui.widgets import question_card as card
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane


@asynccontextmanager
async def sat(study: Study, topic: str, size: tuple[int, int] = (100, 30)) -> AsyncIterator[tuple[Pilot[str], SittingScreen]]:
    app = RoadmapApp(study, quiz=[topic])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, SittingScreen)
        yield pilot, app.screen


def result_text(pilot: Pilot[str]) -> str:
    screen = pilot.app.screen
    assert isinstance(screen, ResultScreen)
    return screen.query_one("#card", Pane).text


def said(screen: SittingScreen) -> str:
    return str(screen.query_one("#say", Static).render())


def answers(study: Study) -> list[e.Answered]:
    entries = list(study.journal.newest_first(study.roadmap.id))[::-1]
    return [entry.event for entry in entries if isinstance(entry.event, e.Answered)]


def ask_first(study: Study, monkeypatch: pytest.MonkeyPatch, topic: str, wanted: Callable[[Question], bool]) -> None:
    """Let the checkpoint of a topic begin with a question of a kind: by the seed that does so."""
    bank = study.bank(topic)
    for seed in range(500):
        started = checkpoint(study.roadmap.topics[topic], bank, study.progress, sitting="s", seed=seed)
        assert started is not None
        question = bank.find(topic, started.questions[0].question)
        if question and wanted(question):
            monkeypatch.setattr("dlroadmap.study._seed", lambda found=seed: found)
            return
    raise AssertionError("no seed asks such a question first")


def come_to(screen: SittingScreen, kind: str) -> None:
    """Answer nothing until a question of a kind is at hand."""
    while screen.draft and screen.draft.question.kind != kind:
        screen.action_dont_know()
        screen.action_go_on()


async def give(pilot: Pilot[str], screen: SittingScreen, *, right: bool = True, lock: str = "enter") -> None:
    """Answer the question at hand by its keys."""
    draft = screen.draft
    assert draft is not None
    question = draft.question
    solution = question.solution(draft.variant)
    match question:
        case Choice():
            wanted = [n for n, text in enumerate(draft.shown, 1) if (text == solution) is right]
            await pilot.press(str(wanted[0]))
        case Multi():
            wanted = [n for n, text in enumerate(draft.shown, 1) if (text in (solution or ())) is right]
            await pilot.press(*map(str, wanted))
        case Order():
            order = [draft.shown.index(str(step)) + 1 for step in (solution or ())]
            await pilot.press(*map(str, order if right else order[::-1]))
        case Match():
            rights = [draft.shown.index(r) + 1 for _, r in question.pairs]
            await pilot.press(*map(str, rights if right else rights[::-1]))
        case Numeric() | Text():
            await pilot.press(*(str(solution) if right else "777"), "enter")
        case Open():
            await pilot.press("enter", *map(str, range(1, len(question.rubric) + 1)))
            lock = "enter"
    await pilot.press(lock)
    await pilot.pause()


@pytest.mark.parametrize("topic", ["numbers", "vectors", "neurons"])
async def test_a_checkpoint_of_right_answers_is_passed(study: Study, topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlroadmap.tui.screens.sitting.monotonic", count(step=7).__next__)
    async with sat(study, topic) as (pilot, screen):
        while pilot.app.screen is screen:
            await give(pilot, screen)
            assert "Right" in screen.card.text or "points" in screen.card.text
            await pilot.press("enter")
            await pilot.pause()
        assert "Passed" in result_text(pilot)
    assert where(study.roadmap.topics[topic], study.progress, study.now()).passed
    assert all((a.credit, a.seconds) == (1, 7) for a in answers(study))  # each from its own question on
    assert not study.progress.sittings


async def test_every_kind_can_be_answered_wrong_and_is_explained(study: Study) -> None:
    for topic in ("numbers", "vectors", "neurons"):
        async with sat(study, topic) as (pilot, screen):
            while pilot.app.screen is screen:
                await give(pilot, screen, right=False, lock="c")
                await pilot.press("enter")
                await pilot.pause()
            assert "retake" in result_text(pilot)
            assert "look here first" in result_text(pilot)
    kinds = {a.kind for a in answers(study)}
    assert kinds >= {"choice", "multi", "numeric", "text", "order", "match"}
    assert any(a.retry for a in answers(study))


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("vars = { w = [2, 3] }", "vars = { w = [2, 3], n = [4, 5] }", "This question was changed after you answered it."),
        (
            'kind = "choice"\nvars',
            'kind = "order"\nsteps = ["a", "b", "c"]\nvars',
            "This question was changed after you answered it.",
        ),
        ("vars = { w = [2, 3] }", "vars = { w = [6, 7] }", "2 · 4 = 8."),
    ],
)
async def test_a_question_that_was_edited_since_its_answer_can_be_looked_at_again(
    study: Study, small_file: Path, was: str, now: str, shown: str
) -> None:
    planned = (e.Planned(topic="neurons", idea="weights", question="weigh"),)
    started = e.SittingStarted(sitting="s", kind="checkpoint", scope=("neurons",), seed=1, questions=planned)
    missed = e.Answered(
        sitting="s", topic="neurons", idea="weights", question="weigh", kind="choice", variant={"w": 2}, given="4", credit=0
    )
    file = small_file.parent / "checkpoints" / "nets.toml"
    text = file.read_text(encoding="utf-8")
    if "order" in now:
        text = text[: text.index("options")] + text[text.index("]\n\n[[question]]\n", text.index("options")) + 2 :]
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    edited = Study.open(str(small_file), clock=study.now)
    app = RoadmapApp(edited)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(ResultScreen(edited, edited.finish(Sitting(started, (missed,))), app.signs))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert shown in result_text(pilot)
    edited.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_an_idea_missed_again_and_again_is_told_in_whole_lines(study: Study, size: tuple[int, int]) -> None:
    started = e.SittingStarted(sitting="s", kind="checkpoint", scope=("numbers",), seed=1, questions=())
    missed = e.Answered(sitting="s", topic="numbers", idea="adding", question="two-and-two", kind="choice", given="five", credit=0)
    study.record(started)
    for _ in range(6):
        study.record(missed)
    app = RoadmapApp(study)
    async with app.run_test(size=size) as pilot:
        app.push_screen(ResultScreen(study, study.finish(Sitting(started, (missed,))), app.signs))
        await pilot.pause()
        told = result_text(pilot).partition("What lies under it\n")[2].split("\n")
        assert " ".join(told[:-1]) == "Missed 6 times; the page of Numbers helps more than another review:"
        assert told[-1] == "  adding puts numbers together"


async def test_an_answer_is_recorded_before_its_feedback(study: Study) -> None:
    async with sat(study, "numbers") as (pilot, screen):
        await give(pilot, screen, right=False, lock="g")
        assert screen.moment == "feedback"
        assert [a.confidence for a in answers(study)] == ["guess"]


async def test_esc_pauses_and_c_goes_on(study: Study) -> None:
    async with sat(study, "numbers") as (pilot, screen):
        await give(pilot, screen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)
        assert "goes on: 1 of" in str(pilot.app.screen.page.border_subtitle)
        await pilot.press("c")
        await pilot.pause()
        again = pilot.app.screen
        assert isinstance(again, SittingScreen)
        assert len(again.sitting.answers) == 1
        assert again.sitting.started == screen.sitting.started


async def test_a_sitting_without_an_answer_is_given_up(study: Study) -> None:
    async with sat(study, "numbers") as (pilot, screen):
        if screen.typed.has_focus:
            await pilot.press("escape")
        await pilot.press("escape")
        await pilot.pause()
    assert not study.progress.sittings


async def test_u_takes_the_answer_back_as_if_it_had_never_been(study: Study) -> None:
    async with sat(study, "numbers") as (pilot, screen):
        before = study.progress
        await give(pilot, screen)
        await pilot.press("u")
        await pilot.pause()
        assert screen.moment == "asking"
        assert not screen.sitting.answers
        assert study.progress == before


async def test_later_asks_another_and_dont_know_is_recorded_as_that(study: Study) -> None:
    async with sat(study, "neurons") as (pilot, screen):
        first = screen.sitting.turn
        if screen.typed.has_focus:
            await pilot.press("escape")
        await pilot.press("s")
        await pilot.pause()
        assert screen.sitting.turn != first
        if screen.typed.has_focus:
            await pilot.press("escape")
        await pilot.press("d")
        await pilot.pause()
        assert screen.moment == "feedback"
        assert answers(study)[-1].given is None
        assert answers(study)[-1].confidence is None


async def test_a_hint_is_priced_before_it_is_shown_and_halves_the_credit(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "numbers", lambda q: bool(q.hint))
    async with sat(study, "numbers") as (pilot, screen):
        if screen.typed.has_focus:
            await pilot.press("escape")
        await pilot.press("H")
        assert "Hint" not in screen.card.text
        await pilot.press("H")
        assert "Hint" in screen.card.text
        await give(pilot, screen)
        assert answers(study)[-1].credit == 0.5


async def test_the_price_of_a_hint_names_the_key_that_the_learner_has(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "numbers", lambda q: bool(q.hint))
    app = RoadmapApp(study, quiz=["numbers"], loaded=Loaded(Settings(keys={"sitting.hint": "h"})))
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(3):
            await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        screen.card.focus()
        await pilot.press("h")
        await pilot.pause()
        assert said(screen) == "A hint halves the credit of this answer: h again shows it"


async def test_the_price_of_a_hint_is_said_for_each_question(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "numbers", lambda q: bool(q.hint))
    async with sat(study, "numbers") as (pilot, screen):
        screen.action_hint()
        screen.action_later()
        while not (screen.draft and screen.draft.question.hint):
            screen.action_later()
        screen.action_hint()
        await pilot.pause()
        assert "Hint" not in screen.card.text
        screen.action_hint()
        await pilot.pause()
        assert "Hint" in screen.card.text


async def test_there_is_help_while_one_types(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "vectors", lambda q: q.kind == "numeric")
    async with sat(study, "vectors", (60, 20)) as (pilot, screen):
        bar = screen.query_one(KeyBar)
        assert screen.typed.has_focus
        assert str(bar.render()) == "Enter take this answer  F1 help  Esc leave the field  "
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("f1", "7", "escape")
        await pilot.pause()
        assert screen.typed.value == "7"
        assert "? help" in str(bar.render())


async def test_the_marks_name_the_question_that_is_told_and_set_second_tries_apart(study: Study) -> None:
    async with sat(study, "numbers") as (pilot, screen):
        head = screen.query_one("#title", Static)
        assert "question 1 of 2   ►∙" in head.render_line(0).text
        await give(pilot, screen, right=False)
        assert "question 1 of 3   x∙  ∙" in head.render_line(0).text
        await pilot.press("enter")
        await pilot.pause()
        assert "question 2 of 3   x►  ∙" in head.render_line(0).text
        while pilot.app.screen is screen:
            screen.action_dont_know()
            screen.action_go_on()
            await pilot.pause()
        await pilot.pause()
        assert "xx  x" in result_text(pilot).split("\n")


async def test_the_ends_of_a_question_and_of_a_result_are_one_key_away(study: Study) -> None:
    async with sat(study, "neurons", (60, 9)) as (pilot, screen):
        screen.action_dont_know()
        await pilot.pause()
        for key, at in (("end", screen.card.max_scroll_y), ("home", 0)):
            await pilot.press(key)
            assert screen.card.scroll_offset.y == at
        screen.action_go_on()
        while pilot.app.screen is screen:
            screen.action_dont_know()
            screen.action_go_on()
            await pilot.pause()
        await pilot.pause()
        pane = pilot.app.screen.query_one("#card", Pane)
        assert pane.max_scroll_y > 0
        for key, at in (("G", pane.max_scroll_y), ("g", 0), ("end", pane.max_scroll_y), ("home", 0)):
            await pilot.press(key)
            assert pane.scroll_offset.y == at


@pytest.mark.parametrize("back", ["tab", "click"])
async def test_what_stands_in_the_field_is_what_is_locked(study: Study, monkeypatch: pytest.MonkeyPatch, back: str) -> None:
    ask_first(study, monkeypatch, "vectors", lambda q: q.kind == "numeric")
    async with sat(study, "vectors") as (pilot, screen):
        await pilot.press("4", "2")
        if back == "tab":
            await pilot.press("enter", "tab", "5", "5", "escape")
            assert "55: how sure?" in str(screen.query_one("#say", Static).render())
        else:
            await pilot.click("#card")
        await pilot.press("c")
        await pilot.pause()
        assert [a.given for a in answers(study)] == ["55" if back == "tab" else "42"]


@pytest.mark.parametrize("answered", [True, False])
async def test_t_pauses_and_shows_the_topic_that_was_asked_about(study: Study, answered: bool) -> None:
    app = RoadmapApp(study, exam=["vectors", "numbers"])
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(3):
            await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        assert screen.draft is not None
        while screen.draft.question.topic != "vectors":  # the Map's cursor is on the other one
            screen.action_later()
        if answered:
            screen.action_dont_know()
        await pilot.pause()
        screen.card.focus()
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, MapScreen)
        assert app.screen.tree.here == "vectors"
        assert "Vectors" in str(app.screen.page.border_title)
        assert app.screen.page.has_focus
    assert bool(study.progress.sittings) == answered


async def test_the_setting_of_confidence_reaches_a_sitting_under_way(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "neurons", lambda q: q.kind == "choice")
    async with sat(study, "neurons") as (pilot, screen):
        await pilot.press("comma")
        await pilot.pause()
        pilot.app.screen.post_message(messages.ChangeSetting("confidence", False))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("1", "enter")
        await pilot.pause()
        assert screen.moment == "feedback"
        assert [a.confidence for a in answers(study)] == [None]


async def test_after_a_resize_the_head_still_counts_the_questions(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(card.NAMES, "checkpoint", "A checkpoint with a name that fills most of a narrow screen")
    async with sat(study, "numbers", (120, 30)) as (pilot, screen):
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "question 1 of" in screen.query_one("#title", Static).render_line(0).text


async def test_a_long_question_and_a_model_answer_begin_at_their_beginning(study: Study) -> None:
    async with sat(study, "neurons", (40, 10)) as (pilot, screen):
        come_to(screen, "choice")
        await pilot.pause()
        assert screen.card.max_scroll_y > 0
        assert screen.card.scroll_offset.y == 0
        await pilot.press("space")  # what is chosen is seen
        assert screen.card.scroll_offset.y > 0
        come_to(screen, "open")
        screen.action_reveal()
        await pilot.pause()
        assert screen.card.max_scroll_y > 0
        assert screen.card.scroll_offset.y == 0
        assert "A model answer" in screen.card.text.split("\n")


async def test_a_number_that_cant_be_read_is_told_before_how_sure_one_is_is_asked(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_first(study, monkeypatch, "vectors", lambda q: q.kind == "numeric")
    async with sat(study, "vectors") as (pilot, screen):
        await pilot.press(*"3/", "enter")
        assert screen.typed.has_focus
        assert "can't be read as a number" in said(screen)
        await pilot.press("escape")
        assert "can't be read as a number" in said(screen)
        assert "how sure" not in said(screen)
        await pilot.press("g")
        await pilot.pause()
        assert screen.moment == "asking"
        assert screen.typed.has_focus
        assert not answers(study)
        await pilot.press(*"3/4", "enter")
        assert "3/4: how sure?" in said(screen)


async def test_after_an_overruling_is_taken_back_its_feedback_is_as_before(study: Study) -> None:
    async with sat(study, "neurons") as (pilot, screen):
        come_to(screen, "text")
        await give(pilot, screen, right=False, lock="g")
        first, credit = screen.said, screen.sitting.answers[-1].credit
        before = screen.card.text
        await pilot.press("o")
        assert screen.card.text != before
        await pilot.press("u")
        await pilot.pause()
        assert (screen.moment, screen.said, screen.card.text) == ("feedback", first, before)
        assert screen.sitting.answers[-1].credit == credit
        assert "Taken back: overruled an answer" in said(screen)
        await pilot.press("u")  # and then the answer itself
        await pilot.pause()
        assert screen.moment == "asking"
        assert [a.given for a in screen.sitting.answers if a.kind == "text"] == []


async def test_retired_question_is_not_asked_with_other_numbers_either(study: Study) -> None:
    study.record(e.QuestionRetired(topic="numbers", question="two-and-two"))  # now the idea has one question, with variables
    async with sat(study, "numbers") as (pilot, screen):
        while screen.draft and screen.draft.question.id != "sum-of-two":
            await pilot.press("escape", "d", "enter")
        await pilot.press("escape", "d")
        assert any(turn.retry and turn.question == "sum-of-two" for turn in screen.sitting.queue)
        await pilot.press("!", "!")
        await pilot.pause()
        assert screen.moment == "feedback"
        assert not any(turn.question == "sum-of-two" for turn in screen.sitting.queue)
        await pilot.press("u")
        assert any(turn.retry and turn.question == "sum-of-two" for turn in screen.sitting.queue)


async def test_after_a_retirement_is_taken_back_the_feedback_stays(study: Study) -> None:
    async with sat(study, "numbers") as (pilot, screen):
        if screen.typed.has_focus:
            await pilot.press("escape")
        await pilot.press("d")
        before = screen.card.text
        await pilot.press("!", "!", "u")
        await pilot.pause()
        assert (screen.moment, screen.card.text) == ("feedback", before)
        assert "Taken back: retired a question" in said(screen)
        assert not study.progress.topics["numbers"].questions[screen.sitting.answers[-1].question].retired


async def test_what_is_put_off_stays_put_off_when_something_else_is_taken_back(study: Study) -> None:
    async with sat(study, "neurons") as (pilot, screen):
        come_to(screen, "text")
        await give(pilot, screen, right=False, lock="g")
        await pilot.press("o", "enter")
        await pilot.pause()
        screen.action_later()
        turn = screen.sitting.turn
        screen.action_take_back()
        await pilot.pause()
        assert screen.sitting.turn == turn


async def test_the_last_question_cant_be_put_off(study: Study) -> None:
    async with sat(study, "neurons") as (pilot, screen):
        screen.card.focus()
        assert screen.check_action("later", ())
        screen.sitting = screen.sitting.without(screen.sitting.started.questions[1:])
        assert not screen.check_action("later", ())
        await pilot.press("s")
        assert len(screen.sitting.put_off) == 0


async def test_an_idea_that_is_put_off_is_told_without_a_toast_over_the_field(study: Study, clock: Clock) -> None:
    async with sat(study, "vectors") as (pilot, screen):
        while pilot.app.screen is screen:
            screen.action_dont_know()
            screen.action_go_on()
            await pilot.pause()
    clock.move(days=2)
    app = RoadmapApp(study, review=(Wanted(), 30))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            await pilot.pause()
        sitting = app.screen
        assert isinstance(sitting, SittingScreen)
        while len(sitting.sitting.queue) > 1:
            if sitting.typed.has_focus:
                await pilot.press("escape")
            count = len(sitting.sitting.queue)
            await pilot.press("b")
            await pilot.pause()
            assert len(sitting.sitting.queue) == count - 1
            assert not app._notifications
            how = "Esc, then u takes it back" if sitting.typed.has_focus else "u takes it back"
            assert said(sitting) == f"It comes back tomorrow; {how}"


def unmounted(study: Study, sitting: Sitting) -> SittingScreen:
    return SittingScreen(study, sitting, UNICODE, record=study.record, undo=study.undo)


@pytest.mark.parametrize(
    ("kind", "offered"),
    [("review", True), ("cram", True), ("checkpoint", False), ("exam", False), ("practice", False), ("placement", False)],
)
def test_an_idea_can_be_put_off_or_suspended_in_what_reviews_it_alone(study: Study, kind: e.SittingKind, offered: bool) -> None:
    screen = unmounted(study, Sitting(e.SittingStarted(sitting="s", kind=kind, scope=(), seed=1, questions=())))
    assert [screen.check_action(action, ()) for action in ("bury", "suspend")] == [offered, offered]


async def test_a_click_on_a_right_side_pairs_it(study: Study) -> None:
    async with sat(study, "vectors", (100, 40)) as (pilot, screen):
        come_to(screen, "match")
        await pilot.pause()
        line = next(n for n, text in enumerate(screen.card.text.split("\n")) if text.strip().startswith("2 "))
        await pilot.click("#card", offset=(6, line + 1 - screen.card.scroll_offset.y))
        await pilot.pause()
        assert screen.draft is not None
        assert (screen.draft.picked[0], screen.draft.at) == (1, 1)


async def test_a_try_that_is_left_is_over_and_nothing_is_said_to_be_paused(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        await give(pilot, screen)
        await pilot.press("escape")
        await pilot.pause()
        assert [n.message for n in app._notifications] == ["Left: practice doesn't count."]
    assert not study.progress.sittings


async def test_quitting_gives_up_a_sitting_without_an_answer_and_keeps_one_with(study: Study) -> None:
    for answered in (False, True):
        async with sat(study, "numbers") as (pilot, screen):
            if answered:
                await give(pilot, screen)
            await pilot.press("ctrl+q")
            await pilot.pause()
        assert bool(study.progress.sittings) == answered


async def test_t_on_the_map_tries_two_and_counts_nothing(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        assert screen.sitting.started.kind == "practice"
        for _ in range(2):
            await give(pilot, screen)
            await pilot.press("enter")
            await pilot.pause()
        assert "practice" in result_text(pilot)
    here = where(study.roadmap.topics["numbers"], study.progress, study.now())
    assert here.shown == 0
    assert here.standing == "doing"


async def test_markup_and_escapes_in_a_roadmap_are_shown_to_the_letter(home: Path, tmp_path: Path) -> None:
    evil = "[/b] [@click=app.quit]x[/] [link=file:///etc/passwd]y[/] \\u001b[31mred \\u202eevil"
    text = f"""format = 1
id = "hostile"
title = "{evil}"
[[phase]]
id = "p"
title = "{evil}"
[[phase.topic]]
id = "t"
title = "{evil}"
why = "{evil}"
[[phase.topic.idea]]
id = "i"
text = "{evil}"
[[phase.topic.resource]]
id = "r"
kind = "docs"
title = "{evil}"
url = "javascript:alert(1)"
[[phase.topic.question]]
id = "q"
idea = "i"
kind = "choice"
ask = "{evil}"
why = "{evil}"
options = [{{ text = "{evil}", right = true, why = "{evil}" }}, {{ text = "no {evil}", why = "{evil}" }}]
"""
    file = tmp_path / "hostile.toml"
    file.write_text(text, encoding="utf-8")
    study = Study.open(str(file))
    async with sat(study, "t") as (pilot, screen):
        assert "[/b] [@click=app.quit]x[/] [link=file:///etc/passwd]y[/] [31mred evil" in screen.card.text
        await give(pilot, screen)
        assert "[/b]" in screen.card.text
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MapScreen)
        everything = pilot.app.screen.page.text
        assert "\x1b" not in everything
        assert "\u202e" not in everything
        await pilot.press("o", "a")
        await pilot.pause()
        assert any("not opened" in n.message for n in pilot.app._notifications)
    study.close()


async def test_what_is_said_names_the_keys_that_the_learner_has(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_first(study, monkeypatch, "vectors", lambda q: q.kind == "numeric")
    keys = {"sitting.guess": "z", "sitting.dont-know": "x", "sitting.pause": "P", "sitting.quit": "Q", "field.take": "f8,enter"}
    app = RoadmapApp(study, quiz=["vectors"], loaded=Loaded(Settings(keys=keys)))
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(3):
            await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SittingScreen)
        assert screen.typed.placeholder == "your answer, then F8; Esc, then x: don't know"
        await pilot.press("escape")
        await pilot.pause()
        assert said(screen).startswith("Tab goes back to the field; x don't know, ")
        assert said(screen).endswith("P pauses")
        await pilot.press("tab", "5", "enter")
        await pilot.pause()
        assert said(screen) == "5: how sure? Enter fairly, z a guess, c certain; Tab goes back to the field"
