"""The whole table of keys, walked: each key on each screen does what it is for, and nothing else is opened, recorded or copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.conftest import Clock
from tests.tui.test_review import take
from textual.app import App
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen

from dlroadmap import browser
from dlroadmap.events import Answered, Planned, SittingStarted
from dlroadmap.places import guide
from dlroadmap.sitting import Sitting
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.keys import SCREENS, bindings
from dlroadmap.tui.screens.result import ResultScreen
from dlroadmap.tui.screens.sitting import SittingScreen

Press = str | tuple[str, ...]
"""A key that must do something, or several of which only the last must; what stands before it prepares."""


CLOSES = {
    "help.close",
    "links.back",
    "paths.back",
    "plain.back",
    "result.back",
    "result.topic",
    "result.next",
    "review.map",
    "review.topic",
    "search.close",
    "settings.back",
    "sitting.quit",
    "stats.map",
}
MEANT: dict[str, tuple[str, ...]] = {
    "app.commands": ("shows Search",),
    "app.search": ("shows Search",),
    "app.settings": ("shows Settings",),
    "help.links": ("shows Plain",),
    "links.pick": ("closes, copies, says Copied", "closes, says Opened"),
    "map.checkpoint": ("shows Sitting, records SittingStarted",),
    "map.copy-link": ("shows Link",),
    "map.exam": ("shows Sitting, records SittingStarted",),
    "map.links": ("shows Plain",),
    "map.note": ("shows Note",),
    "map.open-link": ("shows Link",),
    "map.paths": ("shows Path",),
    "map.redo": ("records Redone, says Counts",),
    "map.review": ("shows Review",),
    "map.skip": ("records TopicSkipped, says Skipped", "records TopicUnskipped, says No"),
    "map.stats": ("shows Stats",),
    "map.tick": ("records TopicTicked, says Ticked",),
    "map.try": ("shows Sitting, records SittingStarted",),
    "map.undo": ("records Undone, says Taken",),
    "note.keep": ("closes", "closes, records NoteWritten, says Wrote"),
    "paths.take": ("closes, records PathChosen, says Took",),
    "result.copy": ("copies, says Copied", "shows Plain, copies"),
    "review.ahead": ("shows Sitting, records SittingStarted",),
    "review.begin": ("shows Sitting, records SittingStarted",),
    "review.bury": ("records IdeaBuried, says Put",),
    "review.copy": ("copies, says Copied",),
    "review.missed": ("shows Sitting, records SittingStarted",),
    "review.redo": ("records Redone, says Counts",),
    "review.stats": ("shows Stats",),
    "review.suspend": ("records IdeaSuspended, says Suspended", "records IdeaResumed, says Resumed"),
    "review.undo": ("records Undone, says Taken",),
    "search.go": ("closes", "shows Search"),
    "search.tick": ("records TopicTicked, says Ticked",),
    "settings.before": ("records PlanSet",),
    "settings.day2": ("records PlanSet",),
    "settings.day7": ("records PlanSet",),
    "settings.file": ("says No",),
    "settings.next": ("records PlanSet",),
    "settings.path": ("records PathChosen, says Took",),
    "settings.reset": ("records PlanSet",),
    "settings.undo": ("records Undone, says Taken",),
    "sitting.bury": ("records IdeaBuried",),
    "sitting.certain": ("records Answered",),
    "sitting.copy": ("copies, says Copied",),
    "sitting.dont-know": ("records Answered",),
    "sitting.fairly": ("records Answered",),
    "sitting.guess": ("records Answered",),
    "sitting.lock": ("records Answered",),
    "sitting.pause": ("closes", "closes, records SittingAbandoned"),
    "sitting.report": ("", "records QuestionRetired"),
    "sitting.suspend": ("records IdeaSuspended",),
    "sitting.topic": ("closes", "closes, records SittingAbandoned"),
    "sitting.undo": ("records Undone",),
    "stats.export": ("says Wrote",),
    "stats.review": ("shows Review",),
}
"""What keys do beyond the picture, by what they are bound to: the screen that is shown then, what is recorded, copied, said."""


def meant(name: str) -> tuple[str, ...]:
    """Return what the key of this id may do beyond the picture."""
    usual = {"help": "shows Help", "quit": "quits"}.get(name.rpartition(".")[2], "")
    return MEANT.get(name) or ("closes" if name in CLOSES else usual,)


class Before(NamedTuple):
    """What there was before a key, of what only some keys change."""

    screens: list[Screen[Any]]
    entries: int
    clipboard: str

    @classmethod
    def of(cls, app: App[str], study: Study) -> Before:
        return cls([*app.screen_stack], study.progress.entries, app.clipboard)

    def effect(self, app: App[str], study: Study) -> str:
        """Say what was done since, a toast by its first word: those that begin small tell a reason."""
        if app._exit:
            return "quits"
        done, stack = [], app.screen_stack
        if len(stack) < len(self.screens):
            done.append("closes")
        elif stack != self.screens:
            done.append(f"shows {type(stack[-1]).__name__.removesuffix('Screen')}")
        if study.progress.entries != self.entries:
            done.append(f"records {type(next(iter(study.journal.newest_first(study.roadmap.id))).event).__name__}")
        if app.clipboard != self.clipboard:
            done.append("copies")
        words = [notification.message.split()[0] for notification in app._notifications][-1:]
        return ", ".join([*done, *(f"says {word}" for word in words if word[0].isupper())])


def look(app: App[str], study: Study) -> tuple[object, ...]:
    """Return all that a key may change: what is drawn, which screens are open, what was recorded, copied or said."""
    drawn = tuple((s.text, s.style) for line in app.screen._compositor.render_strips() for s in line)
    said = tuple(n.message for n in app._notifications)
    return (drawn, tuple(app.screen_stack), app.focused, study.progress.entries, app.clipboard, said, app._exit)


async def settled(pilot: Pilot[str]) -> None:
    await pilot.pause()


async def walk(study: Study, presses: Sequence[Press], *, begin: Sequence[str] = (), size: tuple[int, int] = (100, 26)) -> None:
    """Press keys one after another and fail on the first that does nothing."""
    app = RoadmapApp(study)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in begin:
            await pilot.press(key)
            await settled(pilot)
        await pressed(app, pilot, study, presses)


async def pressed(app: RoadmapApp, pilot: Pilot[str], study: Study, presses: Sequence[Press]) -> None:
    """Press keys one after another and fail on the first that does nothing, or what it isn't for."""
    for press in presses:
        *before, key = (press,) if isinstance(press, str) else press
        for one in before:
            await pilot.press(one)
            await settled(pilot)
        if app._notifications:
            app.clear_notifications()
            await settled(pilot)
        seen, then, active = look(app, study), Before.of(app, study), app.screen.active_bindings.get(key)
        await pilot.press(key)
        await settled(pilot)
        assert look(app, study) != seen, f"{key} is dead on {type(app.screen).__name__} after {before}"
        if active and active.binding.id:
            assert then.effect(app, study) in meant(active.binding.id), f"{key}, {active.binding.id} after {before}"


@pytest.fixture
def learner(study: Study, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Somebody with passed checkpoints, missed ideas, and reviews that are due."""
    monkeypatch.setattr(browser, "open_address", lambda _url: True)
    take(study, study.begin_checkpoint(study.roadmap.topics["numbers"]))
    take(study, study.begin_checkpoint(study.roadmap.topics["vectors"]), right=False)
    clock.move(days=30)
    return study


async def test_map_moves_folds_and_scrolls(learner: Study) -> None:
    keys = ["j", "k", "down", "up", "G", "g", "end", "home", "h", "l", "left", "right", "pagedown", "pageup"]
    page: list[Press] = [("down", "J"), "K", "tab", "down", "up", "j", "k", "G", "g", "escape"]
    await walk(learner, [*keys, *page], begin=["g"], size=(100, 20))


async def test_map_does_what_its_keys_say(learner: Study) -> None:
    acts = ["space", "u", "U", "minus", "minus", "n", "n", "f", "f", "f", "ctrl+c"]
    opens: list[Press] = ["escape", "right", "1", *[k for key in ("o", "y", "L", "e", "p") for k in (key, "escape")]]
    goes = [k for key in ("2", "r", "3", "slash", "colon", "ctrl+p", "comma", "question_mark", "f1") for k in (key, "escape")]
    await walk(
        learner,
        [*acts, ("g", "down", "enter"), *opens, *goes, "c", "escape", "t", "escape", "C", "escape"],
        begin=["g", "down"],
    )


async def test_map_links_open_and_copy_by_letter(learner: Study) -> None:
    await walk(
        learner, [("o", "a"), ("y", "a"), ("y", "1"), ("y", "j"), "k", "enter", ("y", "down"), "up", "q"], begin=["g", "down"]
    )


async def test_review(learner: Study) -> None:
    put_off: list[Press] = ["down", "up", "j", "k", "y", "b", "u", "U", "u", "B", "B", ("u", "u")]
    opens: list[Press] = ["question_mark", "escape", "slash", "escape", "t", ("2", "3"), ("escape", "2"), "1", ("2", "escape")]
    await walk(learner, [*put_off, *opens], begin=["2"])


@pytest.mark.parametrize("key", ["enter", "r", "a", "x", "q"])
async def test_review_begins_and_quits(learner: Study, key: str) -> None:
    await walk(learner, [key], begin=["2"])


async def test_stats(learner: Study) -> None:
    keys: list[Press] = [
        "w",
        "m",
        "a",
        "j",
        ("j", "k"),
        "pagedown",
        "pageup",
        "x",
        "question_mark",
        "escape",
        "comma",
        "escape",
        "slash",
        "escape",
    ]
    await walk(learner, [*keys, "2", ("escape", "3"), "1", ("3", "escape")], begin=["3"], size=(80, 20))


async def test_settings(learner: Study) -> None:
    moves = ["down", "up", "j", "k", "G", "g", "end", "home", "pagedown", "pageup", "J", "K"]
    keys: list[Press] = ["right", "left", "l", "h", "space", "r", "u", "e", ("right", "p"), "question_mark", "escape"]
    await walk(learner, [*moves, *keys, ("down", "down", "down", "2"), "7", "escape"], begin=["comma"])


async def test_search(learner: Study) -> None:
    await walk(
        learner,
        [
            "n",
            ("u", "m", "b", "e", "r"),
            "down",
            ("up", "space"),
            "down",
            "up",
            "pagedown",
            "pageup",
            "ctrl+u",
            ("n", "f1"),
            "escape",
            "enter",
        ],
        begin=["slash"],
    )
    await walk(learner, ["s", "enter"], begin=["colon"])


async def test_paths_help_links_and_notes(learner: Study) -> None:
    await walk(learner, ["down", "up", "j", "k", "escape", ("p", "q"), ("p", "p"), ("p", "down", "enter")], begin=["p"])
    help_keys: list[Press] = ["pagedown", "pageup", "down", "up", "j", "k", "slash", "x", "escape", "L", ("escape", "f1")]
    await walk(learner, [*help_keys, "question_mark", ("question_mark", "q")], begin=["question_mark"], size=(100, 20))
    await walk(learner, ["escape", ("L", "q"), ("L", "question_mark")], begin=["g", "L"], size=(60, 20))
    await walk(learner, ["x", "slash", "f1", "escape", "escape"], begin=["g", "down", "e"])


async def _ask(app: RoadmapApp, pilot: Pilot[str], study: Study, kind: str) -> None:
    """Ask a question of a kind, with a hint where one has it, and another one behind it."""
    every = [q for topic in study.roadmap.topics for q in study.bank(topic).by_topic.get(topic, ()) if q.idea]
    mine = min((q for q in every if q.kind == kind), key=lambda q: not q.hint)
    asked = (mine, next(q for q in every if q.kind == "choice" and q is not mine))
    planned = tuple(Planned(topic=q.topic, idea=q.idea or q.id, question=q.id) for q in asked)
    study.record(SittingStarted(sitting="before", kind="checkpoint", scope=(), seed=1, questions=planned))
    for one in planned:  # a review asks what has been asked before
        told = {"topic": one.topic, "idea": one.idea, "question": one.question, "kind": kind}
        study.record(Answered(sitting="before", given="", credit=1, confidence="certain", **told))
    started = SittingStarted(sitting="walk", kind="review", scope=(), seed=1, questions=planned)
    study.record(started)
    screen = SittingScreen(study, Sitting(started=started), app.signs, record=app.record, undo=app.undo)
    app.push_screen(screen)
    await settled(pilot)
    screen.card.focus()
    await settled(pilot)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("choice", ["1", "2", "j", "k", "down", "up", "s", "y", "question_mark", "escape", "comma", "escape", "colon", "escape"]),
        (
            "choice",
            [("1", "g"), "u", ("1", "c"), "u", ("1", "enter"), "exclamation_mark", "exclamation_mark", "u", "u", "d", "enter"],
        ),
        ("choice", ["b", "u", "B", "u", "escape"]),
        ("choice", ["t"]),
        ("choice", ["q"]),
        ("multi", ["1", "2", "1", "down", "up", "space"]),
        ("order", ["1", "2", "backspace", "down", "space"]),
        ("match", ["1", "2", "backspace", "down", "up"]),
        ("numeric", ["tab", "9", "escape", "s"]),
        ("text", [("tab", "z"), ("enter", "enter"), "o", "enter"]),
        ("open", ["enter", "1", "enter"]),
    ],
)
async def test_sitting(study: Study, kind: str, keys: list[Press]) -> None:
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 26)) as pilot:
        await settled(pilot)
        await _ask(app, pilot, study, kind)
        await pressed(app, pilot, study, keys)


async def test_a_hint_is_priced_then_shown(study: Study) -> None:
    kind = next(q.kind for topic in study.roadmap.topics for q in study.bank(topic).by_topic.get(topic, ()) if q.hint and q.idea)
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 26)) as pilot:
        await settled(pilot)
        await _ask(app, pilot, study, kind)
        await pressed(app, pilot, study, ["H", "H"])


@pytest.mark.parametrize("key", ["enter", "n", "t", "escape", "q", "y", "question_mark"])
async def test_result(study: Study, key: str) -> None:
    sitting = study.begin_checkpoint(study.roadmap.topics["numbers"])
    assert sitting
    take(study, sitting, right=False)
    done = study.progress
    assert done
    app = RoadmapApp(study)
    async with app.run_test(size=(100, 26)) as pilot:
        await settled(pilot)
        finished = sitting
        for entry in reversed(list(study.journal.newest_first(study.roadmap.id))):
            if type(entry.event).__name__ == "Answered":
                finished = finished.answered(entry.event)  # type: ignore[arg-type] # as its name says
        app.push_screen(ResultScreen(study, study.finish(finished), app.signs), app._sittings.go_on)
        await settled(pilot)
        await pressed(app, pilot, study, [key])


def test_every_binding_has_an_id_a_description_and_one_meaning() -> None:
    seen: dict[str, str] = {}
    nodes: list[type[DOMNode]] = [RoadmapApp, *(node for nodes in SCREENS.values() for node in nodes)]
    for node in nodes:
        for binding in bindings(node):
            assert binding.id, binding
            assert binding.description, binding
            action = binding.action.removesuffix("('topic')")  # the same with another word in the footer
            assert seen.setdefault(binding.id, action) == action


def test_the_guides_page_of_keys_is_made_from_the_bindings() -> None:
    folder = guide()
    assert folder is not None
    made: dict[str, object] = {"__name__": "keys", "__file__": str(folder / "keys.py")}
    source = (folder / "keys.py").read_text(encoding="utf-8")
    exec(compile(source, "keys.py", "exec"), made)  # noqa: S102 our own script
    page = made["page"]
    assert callable(page)
    assert Path(folder / "keys.md").read_text(encoding="utf-8") == page(), "run python docs/keys.py"
