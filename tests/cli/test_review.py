"""review and idea: what is due comes back; what is put off, suspended or retired doesn't."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dlroadmap import events as e
from dlroadmap.cli.call import Call
from dlroadmap.review import LEECH, Wanted
from dlroadmap.sitting import answer
from dlroadmap.study import Study, local_clock

Program = Callable[..., CompletedProcess[str]]
Recorded = Callable[[], list[str]]


@pytest.fixture
def asked(small_file: Path, home: Path) -> None:
    """Let the checkpoint of numbers have been taken a month ago: its first question missed and certain, the others right."""
    long_ago = local_clock() - timedelta(days=30)
    study = Study.open(str(small_file), clock=lambda: long_ago)
    sitting = study.begin_checkpoint(study.roadmap.topics["numbers"])
    while sitting and (turn := sitting.turn):
        question = study.bank(turn.topic).find(turn.topic, turn.question)
        assert question
        given = question.solution(sitting.variant(turn, question)) if sitting.answers else None
        event, _ = answer(sitting, question, given, confidence="certain", seconds=3, hint=False)
        study.record(event if given else event.model_copy(update={"given": "no", "confidence": "certain"}))
        sitting = sitting.answered(event)
    study.close()


def test_nothing_was_ever_asked(small_program: Program, recorded: Recorded) -> None:
    assert "Nothing is due: what you are asked in checkpoints comes back here" in small_program("review").stdout
    assert "Nothing of that was asked yet" in small_program("review", "--all").stdout
    assert "Nothing that you missed" in small_program("review", "--missed").stdout
    assert recorded() == []


def test_the_list_tells_what_would_be_asked_and_asks_nothing(small_program: Program, asked: None, recorded: Recorded) -> None:
    before = recorded()
    ran = small_program("review", "--list")
    assert ran.stdout.startswith("2 ideas due: 2 now, about 2 min\n")
    assert "(you were certain, and wrong)" in ran.stdout.splitlines()[1]
    told = json.loads(small_program("review", "--json").stdout)
    assert (told["due"], told["now"], told["minutes"], told["later"]) == (2, 2, 2, 0)
    assert told["coming"][0] == 2
    assert [one["certain_but_wrong"] for one in told["ideas"]] == [True, False]
    assert recorded() == before


def test_in_a_break_nothing_is_asked_unless_it_is_wanted_all_the_same(
    small_program: Program, asked: None, recorded: Recorded
) -> None:
    small_program("pause", "2w")
    before = recorded()
    ran = small_program("review", stdin=".\n" * 9)
    assert ran.stdout.startswith("2 ideas due: they wait until ")
    assert "--minutes 10 reviews ten minutes all the same, --all everything." in ran.stdout
    assert small_program("review", "--list").stdout.rstrip().endswith("review --minutes 10")
    assert recorded() == before
    for verb in ("next", "status"):
        assert "the end of your break\n" in small_program(verb).stdout
    assert small_program("review", "--minutes", "10", stdin=".\n").stdout.startswith("Review · 2 ideas\n")
    again = small_program("review", stdin=".\n" * 9).stdout  # what was begun goes on
    assert "Resumed: 1 answered before, " in again


def test_a_review_asks_what_is_due_and_then_nothing_is(small_program: Program, asked: None, recorded: Recorded) -> None:
    ran = small_program("review", stdin=".\n" * 9)
    assert ran.stdout.startswith("Review · 2 ideas · 2 now, about 2 min\n")
    assert "Numbers · " in ran.stdout
    assert "predicted recall today" in ran.stdout
    assert "0 of 2 questions right at the first try; nothing is due." in ran.stdout
    assert recorded()[-1] == "SittingFinished"
    assert "Nothing is due today; 2 ideas in 1 day." in small_program("review").stdout
    assert "Review · 2 ideas" in small_program("review", "--missed", stdin="").stdout


def test_a_paused_review_goes_on_today(small_program: Program, asked: None) -> None:
    ran = small_program("review", stdin=".\n")
    assert "Paused; every answer that was given is kept." in ran.stdout
    assert ran.stdout.rstrip().endswith("review")
    assert "Resumed: 1 answered before" in small_program("review", stdin="").stdout


def test_second_tries_that_are_left_are_told_wherever_what_is_due_is(small_program: Program, asked: None) -> None:
    small_program("review", stdin=".\n" * 2)
    told = "1 second try of today's review is left, about 1 min"
    for words in (("status",), ("next",), ("review", "--list")):
        said = " ".join(small_program(*words).stdout.split())
        assert told in said, words
        assert "0 ideas" not in said, words


def test_a_review_under_way_is_gone_on_with_by_its_own_kind_alone(small_program: Program, asked: None) -> None:
    small_program("review", "--all", stdin=".\n")
    everything, due = small_program("review", "--all", stdin=""), small_program("review", stdin="")
    assert "Resumed: 1 answered before" in everything.stdout
    assert "Review · 1 idea · 1 now" in due.stdout
    assert "Resumed" not in due.stdout
    assert "Resumed" not in small_program("review", "--missed", stdin="").stdout
    assert "Resumed" not in small_program("review", "--all", "--minutes", "5", stdin="").stdout


def test_who_planned_no_minutes_has_used_none(small_program: Program, asked: None) -> None:
    small_program("plan", "--minutes", "0")
    assert "2 ideas due: you planned no minutes of review" in small_program("review", "--list").stdout
    told = small_program("review").stdout
    assert "You planned no minutes of review; 2 ideas are due." in told
    assert "used" not in told
    assert json.loads(small_program("review", "--json").stdout)["days"] == 0
    assert "Review · 2 ideas" in small_program("review", "--minutes", "10", stdin="").stdout


def test_a_minute_a_day_asks_what_it_announces(small_program: Program, asked: None) -> None:
    small_program("plan", "--minutes", "1")
    ran = small_program("review", stdin=".\n" * 9)
    assert "Review · 1 idea · 1 now, about 1 min; 1 more over 1 day" in ran.stdout


def test_a_cram_changes_no_due_date(small_program: Program, asked: None) -> None:
    before = json.loads(small_program("review", "--json").stdout)["ideas"]
    ran = small_program("review", "--cram", "--topic", "numbers", stdin=".\n" * 9)
    assert "Cram, which changes no due date · 2 ideas" in ran.stdout
    assert "a cram doesn't count" in ran.stdout
    after = json.loads(small_program("review", "--json").stdout)["ideas"]
    assert [one["idea"] for one in after] == [one["idea"] for one in before]


def test_an_exam_names_the_topic_and_tells_no_recall(small_program: Program, asked: None) -> None:
    ran = small_program("quiz", "basics", "--exam", stdin=".\n" * 9)
    assert "\nNumbers\n" in ran.stdout
    assert "recall" not in ran.stdout


@pytest.mark.parametrize(
    ("credit", "said", "command"),
    [(0, "never tested: test that?", "quiz numbers"), (1, "of 2: review that?", "review --topic numbers")],
)
def test_a_result_names_what_was_missed_too_often_and_what_lies_under_it(
    small_program: Program, small_file: Path, credit: float, said: str, command: str
) -> None:
    study = Study.open(str(small_file), clock=lambda: local_clock() - timedelta(days=60))
    study.record(e.SittingStarted(sitting="s", kind="checkpoint", scope=(), seed=1, questions=()))
    told = {"sitting": "s", "question": "q", "kind": "choice", "given": "x"}
    for topic, idea, its in [("numbers", "adding", credit), ("numbers", "doubling", credit), *[("vectors", "length", 0)] * LEECH]:
        study.record(e.Answered.model_validate({**told, "topic": topic, "idea": idea, "credit": its}))
    study.close()
    lines = small_program("quiz", "vectors", stdin=".\n" * 9).stdout.splitlines()
    (often,) = [n for n, line in enumerate(lines) if re.fullmatch(r"Missed \d times: a vector has a length", line)]
    assert lines[often + 1].endswith(" show vectors")
    (under,) = [n for n, line in enumerate(lines) if "Vectors rests on Numbers" in line]
    assert lines[under].startswith("You missed this ")
    assert lines[under].endswith(said)
    assert lines[under + 1].endswith(f" {command}")
    assert lines[under + 2].endswith(" review --missed")


def test_ahead_by_phase_and_unknown_names(small_program: Program, asked: None) -> None:
    assert len(json.loads(small_program("review", "--phase", "basics", "--json").stdout)["ideas"]) == 2
    assert len(json.loads(small_program("review", "--topic", "vectors", "--json").stdout)["ideas"]) == 0
    for words in (["--topic", "nowhere"], ["--phase", "nowhere"]):
        ran = small_program("review", *words)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.startswith(f"dlroadmap: no {words[0][2:]} 'nowhere'")


def test_on_a_terminal_a_review_opens_on_a_screen(small_program: Program, asked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def run(_study: Study, *, review: object, **_: object) -> int:
        opened.append(review)
        return 0

    monkeypatch.setattr("dlroadmap.tui.app.run", run)
    monkeypatch.setattr(Call, "has_screen", True)
    assert small_program("review", "--minutes", "5", "--missed").returncode == 0
    assert opened == [(Wanted(missed=True), 5)]


# idea


def first(small_program: Program) -> str:
    ideas = json.loads(small_program("idea", "numbers", "--json").stdout)["ideas"]
    return str(ideas[0]["id"])


@pytest.mark.parametrize("action", ["--bury", "--suspend"])
def test_an_idea_put_off_is_due_no_more(small_program: Program, asked: None, action: str) -> None:
    name = first(small_program)
    told = json.loads(small_program("idea", "numbers", name, action, "--json").stdout)
    assert told["changed"]
    assert len(json.loads(small_program("review", "--json").stdout)["ideas"]) == 1
    assert "due today" not in small_program("idea", "numbers", name).stdout
    small_program("idea", "numbers", name, "--resume")
    assert len(json.loads(small_program("review", "--json").stdout)["ideas"]) == 2
    again = small_program("idea", "numbers", name, "--resume")
    assert "It is so already; nothing changed." in again.stdout


def test_an_idea_that_was_reset_is_due_at_once(small_program: Program, asked: None) -> None:
    assert "its memory starts anew · due today" in small_program("idea", "numbers", first(small_program), "--reset").stdout
    assert small_program("review", "--list").stdout.startswith("2 ideas due: 2 now")


def test_an_idea_that_was_missed_and_reset_waits_for_its_checkpoint(small_program: Program) -> None:
    small_program("quiz", "vectors", stdin=".\n" * 9)
    name = json.loads(small_program("review", "--list", "--json", "--all").stdout)["ideas"][0]["idea"]
    assert "its memory starts anew when its checkpoint asks it" in small_program("idea", "vectors", name, "--reset").stdout


def test_what_is_known_of_an_idea(small_program: Program, asked: None) -> None:
    shown = small_program("idea", "numbers").stdout
    assert "predicted recall today" in shown
    assert "due today" in shown
    assert "missed 1 time" in shown
    assert "never asked" in small_program("idea", "vectors").stdout


def test_a_retired_question_is_asked_no_more_and_its_lapse_is_taken_back(
    small_program: Program, asked: None, small_file: Path
) -> None:
    missed = next(i for i in json.loads(small_program("idea", "numbers", "--json").stdout)["ideas"] if i["misses"])
    study = Study.open(str(small_file))
    questions = study.bank("numbers").of_idea("numbers", missed["id"])
    seen = [q.id for q in questions if study.progress.topics["numbers"].questions.get(q.id)]
    study.close()
    for name in seen:
        assert json.loads(small_program("idea", "numbers", "--retire", name, "--json").stdout)["changed"]
        assert "nothing changed" in small_program("idea", "numbers", "--retire", name).stdout
    after = next(i for i in json.loads(small_program("idea", "numbers", "--json").stdout)["ideas"] if i["id"] == missed["id"])
    assert after["misses"] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["numbers", "nowhere"],
            1,
            "dlroadmap: numbers has no idea 'nowhere'; dlroadmap --roadmap {file} idea numbers lists its ideas",
        ),
        (["numbers", "--bury"], 2, "dlroadmap: --bury needs an idea; dlroadmap idea -h tells how"),
        (["numbers", "x", "--bury", "--reset"], 2, "dlroadmap: one action at a time; dlroadmap idea -h tells how"),
        (["numbers", "--retire", "nowhere"], 1, "dlroadmap: numbers has no question 'nowhere'"),
    ],
)
def test_ideas_that_cannot_be(small_program: Program, small_file: Path, words: list[str], code: int, said: str) -> None:
    ran = small_program("idea", *words)
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, "", said.format(file=small_file) + "\n")


def test_an_idea_is_named_by_its_number_on_the_page_too_and_the_nearest_is_named(small_program: Program) -> None:
    assert json.loads(small_program("idea", "numbers", "2", "--json").stdout)["id"] == "doubling"
    assert "2 doubling" in small_program("idea", "numbers").stdout.splitlines()
    for typed, near in (("dubling", "doubling"), ("doubl", "doubling"), ("Adding", "adding")):
        assert small_program("idea", "numbers", typed).stderr.endswith(f"; did you mean '{near}'?\n")
    assert "lists its ideas" in small_program("idea", "numbers", "3").stderr
