from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess

from dlroadmap.events import NoteWritten, QuestionRetired
from dlroadmap.study import Study

Program = Callable[..., CompletedProcess[str]]


def test_json_of_a_topic(small_program: Program) -> None:
    small_program("tick", "numbers", "count")
    page = json.loads(small_program("show", "numbers", "--json").stdout)
    assert list(page)[:3] == ["schema", "id", "title"]
    assert (page["standing"], page["due"], page["passed"], page["known"], page["questions"]) == ("doing", 0, 0, 0, 3)
    assert (page["needs"], page["helps"], page["level"], page["hours"], page["phase"]) == ([], [], "beginner", 1, "basics")
    assert [(s["id"], s["kind"], s["done"]) for s in page["steps"]] == [
        ("count", "practice", True),
        ("add", "practice", False),
        ("primer", "resource", False),
    ]
    assert page["steps"][0]["minutes"] == 30
    assert page["ideas"][0] == {
        "id": "adding",
        "text": "adding puts numbers together",
        "can": "add two numbers",
        "shown": False,
        "shown_at": None,
        "recall": None,
        "questions": 2,
    }


def test_json_of_a_topic_has_all_that_its_page_has(small_program: Program, small_file: Path) -> None:
    small_program("note", "numbers", "my", "note")
    page = json.loads(small_program("show", "numbers", "--json").stdout)
    study = Study.open(str(small_file))
    topic = study.roadmap.topics["numbers"]
    study.close()
    assert (page["summary"], page["why"], page["pitfalls"]) == (topic.summary, topic.why, list(topic.pitfalls))
    assert (page["analogy"], page["example"], page["note"]) == (topic.analogy, topic.example, "my note")
    assert "vectors" in page["opens"]
    practice, _, resource = page["steps"]
    assert practice["practice"]["check"] == topic.practice[0].check
    assert resource["resource"]["url"] == topic.resource[0].url
    assert {"by", "part", "start", "paid"} < set(resource["resource"])


def test_json_of_ideas_that_were_shown(small_program: Program, same_seed: None) -> None:
    small_program("quiz", "numbers", stdin=".\n" * 2 + "4\n\n" * 2)
    small_program("quiz", "training", stdin=".\n.\n")
    page = json.loads(small_program("show", "numbers", "--json").stdout)
    assert page["standing"] == "doing"
    assert "  ∙ adding puts numbers together (missed)\n" in small_program("show", "numbers").stdout
    ideas = json.loads(small_program("show", "training", "--json").stdout)["ideas"]
    assert [i["shown"] for i in ideas] == [False, False]
    small_program("quiz", "neurons", stdin="bias\n\n1\n\nbias\n\n")
    shown = [i for i in json.loads(small_program("show", "neurons", "--json").stdout)["ideas"] if i["shown"]]
    assert shown
    assert all(0 < i["recall"] <= 1 for i in shown)
    assert all(datetime.fromisoformat(i["shown_at"]).tzinfo for i in shown)


def test_page_has_every_part(small_program: Program, small_file: Path, home: Path) -> None:
    small_program("tick", "numbers")
    study = Study.open(str(small_file))
    study.record(NoteWritten(topic="vectors", text="mind the *tip*"))
    study.close()
    page = small_program("show", "vectors").stdout
    for part in (
        "∙ to do · beginner · 2 h · passed 0 of 2 ideas, known today 0.0 · Basics",
        "needs: Numbers (done)",
        "opens: Neurons (to do), Attention (to do)",
        "  ∙ a vector has a length",
        "  [ ] draw, 60 min\n      Draw an arrow.\n      check: It has a tip.",
        "  [ ] plotter: A plotter, 1.5 h\n      Plot arrows.\n      done when: An arrow is on the screen.",
        "Your note\n  mind the tip",
    ):
        assert part in page
    assert page.splitlines()[-1].endswith("quiz vectors")


def test_page_of_what_is_ticked(small_program: Program) -> None:
    small_program("tick", "numbers", "primer")
    page = small_program("show", "numbers").stdout
    assert "  [x] primer: book: A primer, 10 min (begin here)\n      https://example.org/primer" in page
    assert "  [ ] count, 30 min" in page
    assert "You know it when you can add two numbers" in page


def test_phase_lists_its_topics(small_program: Program) -> None:
    small_program("tick", "numbers")
    listed = small_program("show", "basics")
    assert "Count, and point." in listed.stdout
    assert "✓ numbers  Numbers · done · 1 h" in listed.stdout
    found = json.loads(small_program("show", "Basics", "--json").stdout)
    assert (found["schema"], found["id"], found["title"]) == (1, "basics", "Basics")
    assert found["topics"][0] == {"id": "numbers", "title": "Numbers", "standing": "done", "hours": 1}


def test_without_a_name_it_is_the_roadmaps_own_page(small_program: Program, small_file: Path) -> None:
    text = small_file.read_text(encoding="utf-8")
    small_file.write_text(
        text.replace("sources = [", 'outcomes = ["Count anything there is."]\ntips = ["Count twice."]\nsources = [', 1),
        encoding="utf-8",
    )
    shown = small_program("show")
    assert (shown.returncode, shown.stderr) == (0, "")
    for said in (
        "  - Count anything there is.",
        "  - Count twice.",
        "      all of it",
        "      https://example.org",
    ):
        assert said in shown.stdout.splitlines()
    about = json.loads(small_program("show", "--json").stdout)
    assert (about["id"], about["outcomes"], about["tips"]) == ("small", ["Count anything there is."], ["Count twice."])
    assert about["sources"] == [{"title": "Nobody", "url": "https://example.org", "note": "all of it"}]
    assert [phase["id"] for phase in about["phases"]][:1] == ["basics"]


def test_no_checkpoint_is_named_where_all_questions_are_retired(small_program: Program, small_file: Path, home: Path) -> None:
    assert "Checkpoint: " in small_program("show", "numbers").stdout
    study = Study.open(str(small_file))
    for question in study.bank("numbers").by_topic["numbers"]:
        study.record(QuestionRetired(topic="numbers", question=question.id))
    study.close()
    shown = small_program("show", "numbers").stdout
    assert "Checkpoint: " not in shown
    assert "Done? " in shown
