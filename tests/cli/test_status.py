from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dlroadmap.events import PathChosen
from dlroadmap.plan import Overview
from dlroadmap.sitting import answer
from dlroadmap.study import Study, local_clock

Program = Callable[..., CompletedProcess[str]]


def test_json_of_a_beginner(small_program: Program) -> None:
    status = json.loads(small_program("status", "--json").stdout)
    counts = {"topics": 5, "done": 0, "mastered": 0, "due": 0, "skipped": 0}
    assert status == {
        "schema": 1,
        "roadmap": "small",
        "path": "all",
        **counts,
        "on_path": counts,
        "review": {"due": 0, "now": 0, "minutes": 0, "later": 0, "days": 0, "away": 0, "back": None, "second_tries": 0},
        "phases": [
            {"id": "basics", "title": "Basics", **counts, "topics": 2, "passed": 0.0, "known": 0.0},
            {"id": "nets", "title": "Nets", **counts, "topics": 3, "passed": 0.0, "known": 0.0},
        ],
    }


def test_counts_of_the_whole_and_of_the_path(small_program: Program) -> None:
    small_program("tick", "numbers")
    small_program("skip", "attention")
    small_program("path", "short")
    status = json.loads(small_program("status", "--json").stdout)
    assert (status["path"], status["topics"], status["done"], status["skipped"]) == ("short", 5, 1, 1)
    assert status["on_path"] == {"topics": 3, "done": 1, "mastered": 0, "due": 0, "skipped": 0}
    assert [phase["id"] for phase in status["phases"]] == ["all-of-it"]


def test_answers_show_in_the_shares_and_become_due(small_program: Program, small_file: Path, home: Path) -> None:
    long_ago = local_clock() - timedelta(days=30)
    study = Study.open(str(small_file), clock=lambda: long_ago)
    topic = study.roadmap.topics["numbers"]
    sitting = study.begin_checkpoint(topic)
    while sitting and (turn := sitting.turn):
        question = study.bank(turn.topic).find(turn.topic, turn.question)
        assert question
        given = question.solution(sitting.variant(turn, question))
        event, _ = answer(sitting, question, given, confidence="certain", seconds=3, hint=False)
        study.record(event)
        sitting = sitting.answered(event)
    study.close()
    status = json.loads(small_program("status", "--json").stdout)
    assert (status["done"], status["due"], status["on_path"]["due"]) == (1, 2, 2)
    assert status["phases"][0]["passed"] == 0.5
    assert 0 < status["phases"][0]["known"] < 0.5
    shown = small_program("status").stdout
    assert "2 ideas due: 2 now, about 2 min: " in shown
    assert "you passed 2 and know 1.3 today" in shown
    assert "◄ 2 due" in shown
    assert "2 ideas for review: 2 now, about 2 min: dlroadmap --roadmap" in small_program("next").stdout


def test_what_is_due_off_the_path_is_told_of(small_program: Program, small_file: Path, home: Path) -> None:
    long_ago = local_clock() - timedelta(days=30)
    study = Study.open(str(small_file), clock=lambda: long_ago)
    sitting = study.begin_checkpoint(study.roadmap.topics["vectors"])
    assert sitting is not None
    assert sitting.turn is not None
    question = study.bank("vectors").find("vectors", sitting.turn.question)
    assert question is not None
    study.record(answer(sitting, question, None, confidence=None, seconds=3, hint=False)[0])
    study.close()
    assert "off this path" not in small_program("status").stdout
    small_program("path", "--save", "Mine", "numbers")
    small_program("path", "mine")
    assert "1 idea due (1 of them off this path): 1 now" in small_program("status").stdout


def test_people_read_phases_with_bars_words_and_the_next_command(small_program: Program) -> None:
    small_program("tick", "numbers")
    small_program("skip", "vectors")
    ran = small_program("status")
    assert ran.stdout.startswith("A small roadmap · path: All · 1 of 4 topics done\n1 skipped\n")
    assert " 1 Basics  ████████████   1 of 1  done  - 1 skipped" in ran.stdout
    assert ran.stdout.splitlines()[-1].endswith("show neurons")
    assert "\x1b" not in ran.stdout


def test_learner_whose_path_is_gone_is_on_all_of_the_map(small_program: Program, small_file: Path, home: Path) -> None:
    study = Study.open(str(small_file))
    study.record(PathChosen(path="vanished"))
    study.close()
    assert json.loads(small_program("status", "--json").stdout)["path"] == "all"


@pytest.mark.parametrize("columns", ["20", "40", "60", "80", "300"])
def test_any_width_will_do(small_program: Program, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert small_program("status").returncode == 0
    assert small_program("show", "numbers").returncode == 0


@pytest.mark.parametrize("verb", ["status", "stats"])
@pytest.mark.parametrize("columns", [24, 40, 60, 80])
def test_no_row_is_wider_than_the_terminal(
    small_program: Program, small_file: Path, monkeypatch: pytest.MonkeyPatch, verb: str, columns: int
) -> None:
    text = small_file.read_text(encoding="utf-8")
    small_file.write_text(
        text.replace('title = "Basics"', 'title = "The basics of everything else, and some more"'), encoding="utf-8"
    )
    small_program("skip", "vectors")
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = [line for line in small_program(verb).stdout.splitlines() if "--roadmap" not in line]  # a command isn't cut
    assert max(map(len, rows)) <= columns
    assert any("█" in row or "░" in row for row in rows) == (columns == 80)


def test_mastered_is_a_word_in_lines(small_program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    view = Study.overview

    def mastered(study: Study) -> Overview:
        found = view(study)
        return found._replace(where={name: here._replace(standing="mastered") for name, here in found.where.items()})

    monkeypatch.setattr(Study, "overview", mastered)
    assert "2 Nets, 3 of 3 done, 3 mastered" in small_program("status", "--plain").stdout
