from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from dlroadmap import browser, events
from dlroadmap.question import Bank
from dlroadmap.settings import Loaded, Settings
from dlroadmap.sitting import answer
from dlroadmap.standing import step_done, where
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.help import HelpScreen
from dlroadmap.tui.screens.links import LinkScreen
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.widgets.key_bar import KeyBar
from dlroadmap.tui.widgets.pane import Pane


@asynccontextmanager
async def opened(study: Study, size: tuple[int, int] = (120, 36)) -> AsyncIterator[tuple[Pilot[str], MapScreen]]:
    app = RoadmapApp(study)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        screen = app.screen_stack[0]
        assert isinstance(screen, MapScreen)
        yield pilot, screen


def kinds(study: Study) -> list[str]:
    return [type(entry.event).__name__ for entry in study.journal.newest_first(study.roadmap.id)][::-1]


def said(app: RoadmapApp) -> str:
    return [n.message for n in app._notifications][-1]


def standing(screen: MapScreen, topic: str) -> str:
    assert screen.view is not None
    return screen.view.where[topic].standing


async def test_it_opens_on_the_first_topic_with_its_page(study: Study) -> None:
    async with opened(study) as (_, screen):
        assert screen.tree.here == "numbers"
        assert "Everything below is counted." in screen.page.text


async def test_a_phase_page_tells_the_hours_left_as_the_forecast_does(study: Study) -> None:
    study.record(events.StepTicked(topic="numbers", step="count"))
    study.record(events.TopicSkipped(topic="vectors"))
    async with opened(study) as (pilot, screen):
        await pilot.press("g")
        assert "less than 1 h left" in screen.page.text
        study.record(events.TopicTicked(topic="numbers"))
        assert isinstance(pilot.app, RoadmapApp)
        pilot.app.tell()
        await pilot.pause()
        assert "all done" in screen.page.text


async def test_space_ticks_a_topic_and_ticks_it_off_again(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("space")
        assert standing(screen, "numbers") == "done"
        await pilot.press("space")
        assert standing(screen, "numbers") == "todo"
    assert kinds(study) == ["TopicTicked", "TopicUnticked"]


async def test_undo_and_redo_from_the_map(study: Study) -> None:
    async with opened(study) as (pilot, _):
        await pilot.press("space", "u")
        assert where(study.roadmap.topics["numbers"], study.progress, study.now()).standing == "todo"
        await pilot.press("U")
        assert where(study.roadmap.topics["numbers"], study.progress, study.now()).standing == "done"
        await pilot.press("u", "u")
    assert kinds(study) == ["TopicTicked", "Undone", "Redone", "Undone"]


async def test_a_line_of_the_page_is_ticked_where_the_cursor_is(study: Study) -> None:
    topic = study.roadmap.topics["numbers"]
    async with opened(study) as (pilot, screen):
        await pilot.press("tab", "down", "down", "space")
        assert screen.page.cursor == "add"
        assert step_done(topic, "add", study.progress.topics["numbers"])
        await pilot.press("escape", "space")
        assert kinds(study) == ["StepTicked", "TopicTicked"]


async def test_on_the_page_enter_is_offered_for_a_link_alone(study: Study, addresses: list[str]) -> None:
    async with opened(study, (80, 24)) as (pilot, screen):
        bar = screen.query_one(KeyBar)
        assert "Enter open" in str(bar.render())
        await pilot.press("enter")
        assert str(bar.render()).startswith("PgDn read on  Space tick topic  n next")
        await pilot.press("G")
        assert screen.page.cursor == "primer"
        assert "Enter open" in str(bar.render())
        await pilot.press("up", "enter")
        await pilot.pause()
        assert screen.page.cursor == "add"
        assert "Enter open" not in str(bar.render())
        await pilot.press("down", "enter")
        await pilot.pause()
    assert addresses == ["https://example.org/primer"]
    assert kinds(study) == []


@pytest.fixture
def long(study: Study, small_file: Path) -> Iterator[Study]:
    """A study whose first topic has a page much longer than a screen; a step of it is done."""
    text = small_file.read_text(encoding="utf-8")
    why = "\\n\\n".join(f"Reason {n}." for n in range(40))
    small_file.write_text(text.replace("Everything below is counted.", why, 1), encoding="utf-8")
    opened = Study.open(str(small_file), clock=study.now)
    opened.record(events.StepTicked(topic="numbers", step="count"))
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 20)])
async def test_n_goes_down_to_the_step_also_where_the_tree_hides_the_page(long: Study, size: tuple[int, int]) -> None:
    async with opened(long, size) as (pilot, screen):
        for _ in range(2):  # the second time the page was in sight before
            await pilot.press("n", "enter")
            await pilot.pause()
            assert screen.page.cursor == "primer"
            assert screen.page._sees_cursor(screen.page.scrollable_content_region.height)
            await pilot.press("g", "escape", "up")
        screen.show_topic("numbers", "primer")  # as the search does
        await pilot.pause()
        assert screen.page.cursor == "primer"
        assert screen.page._sees_cursor(screen.page.scrollable_content_region.height)


async def test_reading_on_puts_the_cursor_on_a_line_in_sight_and_space_says_when_it_ticks_the_topic(long: Study) -> None:
    async with opened(long, (60, 20)) as (pilot, screen):
        bar, page = screen.query_one(KeyBar), screen.page
        await pilot.press("enter")
        cursors = []
        for key in (*["pagedown"] * 12, *["K"] * 9, *["J"] * 9, *["pageup"] * 12):
            await pilot.press(key)
            in_sight = page._seen(1)
            assert page.cursor in (in_sight or [""]), key
            assert ("Space tick topic" in str(bar.render())) == (not in_sight), key
            cursors.append(page.cursor)
        assert {"", "count"} <= {*cursors}
        await pilot.press("space")
    assert kinds(long) == ["StepTicked", "TopicTicked"]


async def test_minus_skips_and_takes_in_again(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("minus")
        assert standing(screen, "numbers") == "skipped"
        await pilot.press("minus")
        assert standing(screen, "numbers") == "todo"


@pytest.mark.parametrize(
    ("key", "why"), [("c", "C takes it"), ("t", "choose a topic"), ("minus", "choose a topic"), ("o", "topic")]
)
async def test_a_topics_key_on_a_phase_says_why_it_does_nothing(study: Study, key: str, why: str) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("up")
        assert screen.topic is None
        assert " checkpoint" not in str(screen.query_one(KeyBar).render())
        await pilot.press(key)
        assert [why in n.message for n in pilot.app._notifications] == [True]
        assert pilot.app.screen is screen
    assert kinds(study) == []


async def test_no_checkpoint_is_offered_where_all_questions_are_retired(study: Study) -> None:
    for question in study.bank("numbers").by_topic["numbers"]:
        study.record(events.QuestionRetired(topic="numbers", question=question.id))
    async with opened(study) as (pilot, screen):
        assert screen.tree.here == "numbers"
        assert " checkpoint" not in str(screen.query_one(KeyBar).render())
        await pilot.press("c")
        assert said(pilot.app) == "No question of this topic is asked any more."  # type: ignore[arg-type] # it is the App
        assert pilot.app.screen is screen


async def test_n_goes_to_what_comes_next_and_on_to_the_next_best(study: Study) -> None:
    for event in (events.TopicTicked(topic="numbers"), events.TopicTicked(topic="vectors")):
        study.record(event)
    study.record(events.StepTicked(topic="neurons", step="sketch"))
    async with opened(study) as (pilot, screen):
        await pilot.press("g")
        gone = []
        for _ in range(4):
            await pilot.press("n")
            gone.append(screen.tree.here)
        assert gone == ["neurons", "training", "attention", "neurons"]
        await pilot.press("n", "n")
        assert screen.page.cursor == "read"


async def test_f_filters_and_keeps_a_way_back(study: Study) -> None:
    study.record(events.TopicTicked(topic="numbers"))
    async with opened(study) as (pilot, screen):
        await pilot.press("f")
        assert str(screen.tree.filter) == "to do"
        assert not screen.tree.go_to("numbers")
        await pilot.press("f", "f")
        assert str(screen.tree.filter) == "all"
        assert screen.tree.go_to("numbers")


async def test_folds_and_vim_keys(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("g")
        assert screen.tree.here == "/basics"
        await pilot.press("h")
        assert "/basics" in screen.tree.folded
        await pilot.press("j")
        assert screen.tree.here == "/nets"
        await pilot.press("k", "l")
        assert "/basics" not in screen.tree.folded
        await pilot.press("G")
        assert screen.tree.here == "attention"
        await pilot.press("h")
        assert screen.tree.here == "/nets"


async def test_it_reopens_where_it_was_left_folds_included(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("g", "h", "G", "k")
        here = screen.tree.here
        await pilot.press("q")
    async with opened(study) as (_, screen):
        assert screen.tree.here == here
        assert screen.tree.folded == {"/basics"}


async def test_another_programs_tick_is_shown_within_two_seconds(study: Study, small_file: Path) -> None:
    async with opened(study) as (pilot, screen):
        other = Study.open(str(small_file), clock=study.now)
        other.record(events.TopicTicked(topic="vectors"))
        other.close()
        await pilot.pause(1.3)
        assert standing(screen, "vectors") == "done"


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def note(url: str) -> bool:
        asked.append(url)
        return True

    monkeypatch.setattr(browser, "open_address", note)
    return asked


async def test_o_and_a_letter_open_a_link(study: Study, addresses: list[str]) -> None:
    async with opened(study) as (pilot, _):
        await pilot.press("o")
        assert isinstance(pilot.app.screen, LinkScreen)
        await pilot.press("a")
        await pilot.pause()
    assert addresses == ["https://example.org/primer"]


async def test_y_and_a_letter_copy_a_link(study: Study) -> None:
    async with opened(study) as (pilot, _):
        await pilot.press("y", "a")
        await pilot.pause()
        assert pilot.app.clipboard == "https://example.org/primer"


async def test_help_lists_the_keys_of_the_map_and_closes(study: Study) -> None:
    async with opened(study) as (pilot, _):
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        text = "\n".join(row.first + row.text.plain for row in pilot.app.screen.rows)
        for key in ("Space", "n", "c", "u", "f", "-", "o", "q"):
            assert any(line.startswith(f"{key} ") for line in text.splitlines()), key
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, MapScreen)


async def test_p_takes_a_path(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("p")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert screen.view is not None
        assert screen.view.path.id == "short"
    assert kinds(study) == ["PathChosen"]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_enter_opens_the_page_and_esc_returns_at_every_size(study: Study, size: tuple[int, int]) -> None:
    async with opened(study, size) as (pilot, screen):
        await pilot.press("enter")
        await pilot.pause()
        assert screen.page.has_focus
        assert screen.page.region.width > 40
        await pilot.press("escape")
        await pilot.pause()
        assert screen.tree.has_focus
        assert screen.tree.region.width > 40


async def test_too_small_a_terminal_is_told_so(study: Study) -> None:
    async with opened(study, (50, 15)) as (_, screen):
        assert screen.has_class("-small")


async def test_a_failed_write_is_told_and_changes_nothing(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(study) as (pilot, screen):
        study.journal.read_only = "nothing is saved: the folder can't be written"
        await pilot.press("space")
        assert standing(screen, "numbers") == "todo"
        assert any("nothing is saved" in n.message for n in pilot.app._notifications)
        study.journal.read_only = ""


def under_the_cursor(screen: MapScreen) -> tuple[str, str]:
    """Return the topic under the tree's cursor, and the title of the page."""
    topic = screen.topic
    return (topic.title if topic else ""), str(screen.page.border_title or "")


async def test_a_tick_under_a_filter_shows_the_page_of_what_space_ticks_next(study: Study) -> None:
    async with opened(study, (110, 24)) as (pilot, screen):
        await pilot.press("f", "space")
        assert under_the_cursor(screen) == ("Vectors", "Vectors")
        assert "vector has a length" in screen.page.text
        await pilot.press("space")
        await pilot.pause()
    assert [e.event.topic for e in study.journal.newest_first("small") if isinstance(e.event, events.TopicTicked)] == [
        "vectors",
        "numbers",
    ]


async def test_a_filter_gives_the_cursor_back_what_it_took_it_off(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("G")
        assert screen.tree.here == "attention"
        await pilot.press("f", "f")
        assert screen.tree.here == ""
        assert screen.page.text == "No topic is due; f shows the others."
        await pilot.press("f")
        assert under_the_cursor(screen) == ("Attention", "Attention")


async def test_a_cursor_that_was_moved_under_a_filter_stays(study: Study) -> None:
    study.record(events.TopicTicked(topic="vectors"))
    async with opened(study) as (pilot, screen):
        screen.tree.go_to("vectors")
        await pilot.press("f", "G", "f", "f")
        assert screen.tree.here == "attention"
        screen.tree.go_to("vectors")
        await pilot.press("f", "f", "f")
        assert screen.tree.here == "vectors"


async def test_first_and_last_are_in_sight(study: Study) -> None:
    async with opened(study, (100, 20)) as (pilot, screen):
        screen.tree.styles.height = 5
        for key in ("G", "g", "end", "home"):
            await pilot.press(key)
            await pilot.pause()
            top = screen.tree.scroll_offset.y
            assert top <= screen.tree.cursor_line < top + screen.tree.scrollable_content_region.height, key


async def test_space_ticks_the_topic_while_the_tree_has_the_focus(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("enter", "j", "shift+tab", "space")
        assert screen.tree.has_focus
    assert kinds(study) == ["TopicTicked"]


async def test_resizing_keeps_the_place_on_a_page(study: Study) -> None:
    async with opened(study, (120, 20)) as (pilot, screen):
        await pilot.press("enter", "G")
        assert screen.page.cursor == "primer"
        for size in ((90, 20), (60, 20), (80, 24), (120, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            assert screen.page.cursor == "primer"
            assert screen.page._sees_cursor(screen.page.scrollable_content_region.height), size


async def test_the_frame_says_which_question_a_paused_checkpoint_or_exam_goes_on_with(study: Study) -> None:
    numbers = study.roadmap.topics["numbers"]
    async with opened(study) as (pilot, screen):
        assert screen.page.border_subtitle == "c checkpoint: 2 ideas"
        for sitting in (study.begin_checkpoint(numbers), study.begin_exam(study.examined(study.roadmap.phase[0].topic))):
            assert sitting
            for turn in sitting.firsts[:2]:
                question = study.bank("numbers").find(turn.topic, turn.question)
                assert question
                missed, _ = answer(sitting, question, None, confidence=None, seconds=1, hint=False)
                study.record(missed)
                sitting = sitting.answered(missed)  # noqa: PLW2901 the sitting goes on
        assert isinstance(pilot.app, RoadmapApp)
        pilot.app.tell()
        assert screen.page.border_subtitle == "c goes on: 2 of 3 answered"
        await pilot.press("g")
        assert screen.page.border_subtitle == "C goes on: 2 of 4 answered"


async def test_the_first_frame_waits_for_no_questions_of_a_paused_checkpoint(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = study.begin_checkpoint(study.roadmap.topics["numbers"])
    assert sitting
    assert sitting.turn
    question = study.bank("numbers").find(sitting.turn.topic, sitting.turn.question)
    assert question
    study.record(answer(sitting, question, None, confidence=None, seconds=1, hint=False)[0])
    read: list[str] = []
    drawn: list[int] = []
    bank, begin = study.bank, RoadmapApp._begin

    def reading(topic: str) -> Bank:
        read.append(topic)
        return bank(topic)

    def begun(app: RoadmapApp) -> None:
        drawn.append(len(read))
        begin(app)

    monkeypatch.setattr(study, "bank", reading)
    monkeypatch.setattr(RoadmapApp, "_begin", begun)
    async with opened(study) as (_, screen):
        assert drawn == [0]
        assert screen.page.border_subtitle == "c goes on: 1 of 3 answered"


def edit(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("broken", [False, True])
async def test_the_frame_offers_to_go_on_only_where_a_question_is_left(study: Study, small_file: Path, broken: bool) -> None:
    adding, doubling = (
        events.Planned(topic="numbers", idea=i, question=q) for i, q in (("adding", "two-and-two"), ("doubling", "double-of-three"))
    )
    sat = {"sitting": "s", "topic": "numbers", "idea": adding.idea, "question": adding.question}
    plan = (adding, doubling)
    study.record(events.SittingStarted(sitting="s", kind="checkpoint", scope=("numbers",), seed=1, questions=plan))
    study.record(events.Answered.model_validate({**sat, "kind": "choice", "given": "four", "credit": 1}))
    async with opened(study) as (_, screen):
        assert screen.page.border_subtitle == "c goes on: 1 of 2 answered"
    edit(small_file, 'id = "double-of-three"', 'id = "double-of-four"')
    edited = Study.open(str(small_file), clock=study.now)
    if broken:
        edit(small_file, "[[question]]", "[[question")
    async with opened(edited) as (_, screen):
        assert screen.page.border_subtitle == "c checkpoint: 1 idea"
    edited.close()


async def test_an_exam_names_as_many_questions_as_it_asks(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("g")
        assert screen.page.border_subtitle == "C exam: 4 questions over the phase"
        exam = study.begin_exam(study.examined(study.roadmap.phase[0].topic))
        assert exam
        assert len(exam.firsts) == 4


@pytest.fixture
def wordy(study: Study, small_file: Path) -> Iterator[Study]:
    """A study whose first topic's summary and first phase's goal are longer than a line."""
    text = small_file.read_text(encoding="utf-8")
    long = "What one counts with, if one wants to count more things than one has fingers and toes, and write it down."
    text = text.replace("What one counts with.", long).replace("Count, and point.", f"{long} {long}")
    small_file.write_text(text, encoding="utf-8")
    opened = Study.open(str(small_file), clock=study.now)
    yield opened
    opened.close()


async def test_what_doesnt_fit_the_two_lines_under_the_tree_ends_in_an_ellipsis(wordy: Study) -> None:
    async with opened(wordy, (60, 20)) as (pilot, screen):
        brief = screen.query_one("#brief", Static)

        def said() -> list[str]:
            return [brief.render_line(n).text.strip("│ ") for n in (0, 1)]

        assert said() == ["∙ to do · beginner · 1 h", "What one counts with, if one wants to count more things…"]
        await pilot.press("g")
        await pilot.pause()
        assert said()[0] == "What one counts with, if one wants to count more things"
        assert said()[1].endswith("…")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert said()[0].endswith("than one has fingers")
        await pilot.press("f", "f")
        await pilot.pause()
        assert said()[0] == "No topic is due; f shows the others."


@pytest.fixture
def many(study: Study, small_file: Path) -> Iterator[Study]:
    """A study whose first topic has 31 resources."""
    text = small_file.read_text(encoding="utf-8")
    more = "".join(
        f'[[phase.topic.resource]]\nid = "no-{n}"\nkind = "book"\ntitle = "Book {n}"\nurl = "https://example.org/{n}"\n\n'
        for n in range(1, 31)
    )
    begin = text.index('[[phase.topic]]\nid = "vectors"')
    small_file.write_text(text[:begin] + more + text[begin:], encoding="utf-8")
    opened = Study.open(str(small_file), clock=study.now)
    yield opened
    opened.close()


async def test_resources_beyond_the_letters_are_shown_ticked_and_opened(many: Study, addresses: list[str]) -> None:
    async with opened(many, (120, 60)) as (pilot, screen):
        assert "z [ ] Book 22" in screen.page.text
        assert "  [ ] Book 30" in screen.page.text
        await pilot.press("tab", "G", "space")
        assert "[x] Book 30" in screen.page.text
        await pilot.press("o", "up", *["down"] * 30, "enter")
        await pilot.pause()
    assert addresses == ["https://example.org/30"]


async def test_the_list_of_links_has_the_height_that_there_is(many: Study) -> None:
    async with opened(many, (120, 60)) as (pilot, _):
        await pilot.press("o")
        await pilot.pause()
        pane = pilot.app.screen.query_one(Pane)
        assert pane.region.height > 30
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pane.region.bottom < 24
        assert pane.region.height > 10


async def test_a_fold_is_kept_while_a_filter_hides_its_phase(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        await pilot.press("G", "h", "h")
        folded = {*screen.tree.folded}
        assert folded
        await pilot.press("f", "f")
        assert not screen.tree.root.children
        assert screen.tree.folded == folded
        await pilot.press("f")
        assert screen.tree.folded == folded
        assert not next(node for node in screen.tree.root.children if node.data in folded).is_expanded


KEYS = {
    "map.filter": "z",
    "map.checkpoint": "v",
    "map.exam": "X",
    "map.undo": "n",
    "map.next": "u",
    "map.redo": "R",
    "map.paths": "P",
}


async def test_frames_and_toasts_name_the_keys_that_the_learner_has(study: Study) -> None:
    app = RoadmapApp(study, loaded=Loaded(Settings(keys=KEYS)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, MapScreen)
        assert str(screen.tree.border_subtitle) == "z filter: all"
        assert str(screen.page.border_subtitle).startswith("v checkpoint")
        await pilot.press("space")
        await pilot.pause()
        assert said(app) == "Ticked Numbers: n undoes, v takes its checkpoint"
        await pilot.press("n")
        await pilot.pause()
        assert said(app) == "Taken back: ticked Numbers. R brings it back"
        await pilot.press("g")
        await pilot.pause()
        assert str(screen.page.border_subtitle).startswith("X exam")
        await pilot.press("v")
        await pilot.pause()
        assert said(app) == "A phase has an exam: X takes it, v a topic's checkpoint."
        await pilot.press("z", "z")
        await pilot.pause()
        assert screen.page.text == "No topic is due; z shows the others."


async def test_review_takes_back_and_brings_back_too(study: Study) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("space", "2")
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert said(app) == "Taken back: ticked Numbers. U brings it back"
        await pilot.press("U")
        await pilot.pause()
        assert said(app) == "Counts again: ticked Numbers"
