"""quiz, line by line: it asks on stdout, reads stdin, and records like the screen."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import Mock

import pytest

from dlroadmap.cli.answering import Asked, Ended, Unclear, ask, read
from dlroadmap.cli.call import Call
from dlroadmap.events import Answered, SittingStarted
from dlroadmap.journal import Journal
from dlroadmap.question import Open
from dlroadmap.study import Study

Program = Callable[..., CompletedProcess[str]]
Recorded = Callable[[], list[str]]

HEAD = 'format = 1\nid = "small"\ntitle = "Kinds"\n[[phase]]\nid = "p"\ntitle = "P"\n'
TOPIC = '[[phase.topic]]\nid = "{kind}"\ntitle = "On {kind}"\nidea = [{{ id = "i", text = "the idea of {kind}", can = "do it" }}]\n'
ASK = (
    '[[question]]\ntopic = "{kind}"\nid = "q"\nidea = "i"\nkind = "{kind}"\n'
    'ask = "Ask {kind}?"\nwhy = "Because."\nhint = "Think."\n'
)
OPTIONS = """options = [
  {{ text = "{one}", right = true, why = "as {one} is" }}, {{ text = "{two}"{also}, why = "as {two} is" }},
  {{ text = "wrong one", why = "a slip" }}, {{ text = "wrong two", why = "another slip" }},
]
"""
KINDS = {
    "choice": OPTIONS.format(one="right one", two="near miss", also=""),
    "multi": OPTIONS.format(one="right one", two="right two", also=", right = true"),
    "numeric": 'vars = {{ a = [2] }}\nanswer = "a * 2"\ntolerance = 0\nunit = "m"\n'
    'traps = [{{ value = "a + 3", why = "That adds to {{a}}." }}]\n'.format(),
    "text": 'accept = ["gradient descent", "descent"]\n',
    "order": 'steps = ["wake", "eat", "sleep"]\n',
    "match": 'pairs = [["cat", "purrs"], ["dog", "barks"]]\nextra = ["sings"]\n',
    "open": 'model = "A model answer."\nrubric = ["point one", "point two"]\n',
}


@pytest.fixture
def kinds(program: Program, tmp_path: Path, same_seed: None) -> Program:
    """Run the program on a roadmap with one topic for each kind, each with one question."""
    file = tmp_path / "kinds.toml"
    topics = "".join(TOPIC.format(kind=kind) for kind in KINDS)
    questions = "".join(ASK.format(kind=kind) + rest for kind, rest in KINDS.items())
    file.write_text(HEAD + topics + questions, encoding="utf-8")

    def ran(*words: str, stdin: str = "") -> CompletedProcess[str]:
        return program("--roadmap", str(file), *words, stdin=stdin)

    return ran


@pytest.fixture
def answers(home: Path) -> Callable[[], list[Answered]]:
    """Return the answers in the journal, the oldest first."""

    def found() -> list[Answered]:
        journal = Journal(home / "progress.sqlite3")
        entries = [entry.event for entry in journal.newest_first("small")]
        journal.close()
        return [event for event in reversed(entries) if isinstance(event, Answered)]

    return found


def numbers(kinds: Program, kind: str, *texts: str) -> str:
    """Return the numbers under which texts are shown: with the same seed a sitting shuffles as the one before."""
    shown = kinds("quiz", kind).stdout
    found = [re.search(rf"^   (\d)  {re.escape(text)}$", shown, re.MULTILINE) for text in texts]
    return " ".join(match[1] for match in found if match)


Answers = Callable[[], list[Answered]]


def test_choice_by_its_number_with_each_options_why(kinds: Program, answers: Answers) -> None:
    ran = kinds("quiz", "choice", stdin=numbers(kinds, "choice", "right one") + "\nc\n")
    assert ran.returncode == 0
    assert [(a.given, a.credit, a.confidence, a.hint) for a in answers()] == [("right one", 1, "certain", False)]
    assert "✓ Right\n" in ran.stdout
    assert "right one (right, your answer)\n      as right one is" in ran.stdout
    assert "another slip" in ran.stdout
    assert "Because.\n\nKey idea: the idea of choice" in ran.stdout
    assert "✓ Passed: 1 of 1 idea shown, 1 at a first try. On choice is done." in ran.stdout
    assert "certain       1 right   0 wrong" in ran.stdout


def test_wrong_choice_says_so_and_is_to_be_looked_at_again(kinds: Program, answers: Answers) -> None:
    ran = kinds("quiz", "choice", stdin=numbers(kinds, "choice", "near miss") + "\nc\n")
    assert answers()[0].credit == 0
    assert "x Not yet\n" in ran.stdout
    assert re.search(r" x \d  near miss \(your answer\)\n      as near miss is", ran.stdout)
    assert "0 of 1 idea shown, 0 at a first try. A pass takes every idea shown" in ran.stdout
    assert "x look again: the idea of choice (you were certain)" in ran.stdout


def test_multi_by_numbers_apart_or_together_with_partial_credit(kinds: Program, answers: Answers) -> None:
    both = numbers(kinds, "multi", "right one", "right two")
    assert "✓ Right" in kinds("quiz", "multi", stdin=both.replace(" ", "") + "\n\n").stdout
    one = numbers(kinds, "multi", "right two")
    assert "~ Partly right: 0.5 of 1" in kinds("quiz", "multi", stdin=one + "\ng\n").stdout
    assert [(a.credit, a.confidence) for a in answers()] == [(1, "fairly"), (0.5, "guess")]


def test_number_is_typed_with_or_without_its_unit_and_a_trap_is_told(kinds: Program, answers: Answers) -> None:
    ran = kinds("quiz", "numeric", stdin="four\n5 m\n\n")
    assert "(type a number in m, exactly)" in ran.stdout
    assert "; type one such as 0.25, 1e-3 or 3/4." in ran.stdout
    assert "The answer is 4 m.\nThat adds to 2.\n" in ran.stdout
    assert [(a.given, a.credit, dict(a.variant)) for a in answers()] == [("5 m", 0, {"a": 2})]


def test_word_is_typed_as_one_likes(kinds: Program, answers: Answers) -> None:
    assert "The answer: gradient descent" in kinds("quiz", "text", stdin="Gradient-Descent\n\n").stdout
    assert [(a.given, a.credit) for a in answers()] == [("Gradient-Descent", 1)]


def test_order_by_all_numbers(kinds: Program, answers: Answers) -> None:
    right = numbers(kinds, "order", "wake", "eat", "sleep")
    ran = kinds("quiz", "order", stdin=f"1 2\n{right}\n\n")
    assert "all numbers from 1 to 3, please, each once." in ran.stdout
    wrong = right.split()[::-1]
    again = kinds("quiz", "order", stdin=" ".join(wrong) + "\n\n")
    assert "The right order:\n   1  wake\n   2  eat\n   3  sleep" in again.stdout
    assert [a.given for a in answers()] == [("wake", "eat", "sleep"), ("sleep", "eat", "wake")]


def test_match_by_a_number_for_each_left_side(kinds: Program, answers: Answers) -> None:
    right = numbers(kinds, "match", "purrs", "barks")
    sings = numbers(kinds, "match", "sings")
    ran = kinds("quiz", "match", stdin=f"{sings}\n{right.split()[0]} {sings}\n\n")
    assert "   - cat\n   - dog\n" in ran.stdout
    assert "2 numbers, please: one for each left side, from the top." in ran.stdout
    assert "   - dog: barks" in ran.stdout
    assert [(a.given, a.credit) for a in answers()] == [((("cat", "purrs"), ("dog", "sings")), 0.5)]


def test_open_shows_a_model_then_takes_points_and_asks_no_confidence(kinds: Program, answers: Answers) -> None:
    ran = kinds("quiz", "open", "--count", "1", stdin="\n2\n")
    assert "Practice · On open · 1 question; nothing here counts" in ran.stdout
    assert "A model answer:\n  A model answer." in ran.stdout
    assert "   1  point one\n   2  point two" in ran.stdout
    assert "How sure?" not in ran.stdout
    assert "~ 50% of the points" in ran.stdout
    assert [(a.given, a.credit, a.confidence) for a in answers()] == [(("point two",), 0.5, None)]


def test_open_question_that_isnt_known_is_answered_by_its_model(kinds: Program, answers: Answers) -> None:
    ran = kinds("quiz", "open", stdin=".\n")
    assert "A model answer:\n  A model answer.\nIts points:\n   1  point one\n   2  point two\n" in ran.stdout
    assert [(a.given, a.credit) for a in answers()] == [(None, 0)]


def test_open_question_alone_is_practice_and_enter_means_no_point(kinds: Program, answers: Answers) -> None:
    assert "Practice · On open" in kinds("quiz", "open", stdin="my words\n7\n\n").stdout
    assert [(a.given, a.credit) for a in answers()] == [((), 0)]


def test_hint_halves_the_credit(kinds: Program, answers: Answers) -> None:
    ran = kinds("quiz", "text", stdin="?\ndescent\n\n")
    assert "? a hint, for half the credit" in ran.stdout
    assert "Hint, for half the credit: Think." in ran.stdout
    assert "✓ Right: 0.5 of 1, with a hint" in ran.stdout
    assert [(a.credit, a.hint) for a in answers()] == [(0.5, True)]


def test_dot_is_dont_know_without_a_confidence(kinds: Program, answers: Answers) -> None:
    assert "x Not known yet" in kinds("quiz", "text", stdin=".\n").stdout
    assert [(a.given, a.credit, a.confidence) for a in answers()] == [(None, 0, None)]


def test_empty_line_asks_again(kinds: Program) -> None:
    assert kinds("quiz", "text", stdin="\n\n").stdout.count("Ask text?") == 3


def test_unclear_confidence_is_asked_again(kinds: Program, answers: Answers) -> None:
    assert "Enter, g or c, please." in kinds("quiz", "text", stdin="descent\nmaybe\nG\n").stdout
    assert answers()[0].confidence == "guess"


@pytest.mark.parametrize("typed", ["0", "5", "1 2", "one", "-", "²", "99999999999999999999", "\x1b[31m1", ""])
def test_what_is_no_option_is_asked_again(kinds: Program, recorded: Recorded, typed: str) -> None:
    ran = kinds("quiz", "choice", stdin=typed + "\n")
    assert ran.returncode == 0
    assert "\x1b" not in ran.stdout
    assert "Answered" not in recorded()


@pytest.mark.parametrize("stdin", ["", "six\n", "?\n"])
def test_end_of_input_before_an_answer_gives_the_sitting_up(kinds: Program, recorded: Recorded, stdin: str) -> None:
    ran = kinds("quiz", "text", stdin=stdin)
    assert (ran.returncode, ran.stderr) == (0, "")
    said, command = ran.stdout.splitlines()[-2:]
    assert said == "Left before the first answer; nothing is kept."
    assert command.startswith("Begin again with: ")
    assert command.endswith("quiz text")
    assert recorded() == ["SittingStarted", "SittingAbandoned"]


def test_missed_idea_comes_back_and_a_paused_sitting_goes_on(small_program: Program, recorded: Recorded) -> None:
    ran = small_program("quiz", "numbers", stdin=".\n.\n")
    assert "This idea comes back later in this sitting." in ran.stdout
    assert "Question 3 of 3 · a fresh question on an idea you missed" in ran.stdout
    said, command = ran.stdout.splitlines()[-2:]
    assert said == "Paused; every answer that was given is kept."
    assert command.startswith("Go on with: ")
    assert command.endswith("quiz numbers")
    assert recorded() == ["SittingStarted", "Answered", "Answered"]
    resumed = small_program("quiz", "numbers", stdin=".\n")
    assert "Resumed: 2 answered before, 1 to go." in resumed.stdout
    assert "0 of 2 ideas shown" in resumed.stdout
    assert recorded() == ["SittingStarted", "Answered", "Answered", "Answered", "SittingFinished"]


def test_only_a_missed_idea_is_said_to_come_back(program: Program, tmp_path: Path, same_seed: None) -> None:
    file = tmp_path / "again.toml"
    texts = [ASK.format(kind="text").replace('"q"', f'"{name}"') + KINDS["text"] for name in ("one", "two")]
    explain = ASK.format(kind="text").replace('"q"', '"three"').replace('kind = "text"', 'kind = "open"') + KINDS["open"]
    file.write_text(HEAD + TOPIC.format(kind="text") + "".join(texts) + explain, encoding="utf-8")
    told = program("quiz", "text", "--roadmap", str(file), stdin=".\nmy words\n1 2\n.\n").stdout
    parts = re.split(r"^Question \d of \d", told, flags=re.MULTILINE)
    assert ["This idea comes back later in this sitting." in part for part in parts] == [False, True, False, False]


def test_an_open_question_alone_makes_no_idea_of_a_checkpoint(kinds: Program, program: Program, tmp_path: Path) -> None:
    file = tmp_path / "explain.toml"
    ideas = TOPIC.format(kind="text").replace("idea = [", 'idea = [{ id = "j", text = "another", can = "explain" }, ')
    explain = ASK.format(kind="text").replace('"q"', '"e"').replace('"i"', '"j"').replace('kind = "text"', 'kind = "open"')
    file.write_text(HEAD + ideas + ASK.format(kind="text") + KINDS["text"] + explain + KINDS["open"], encoding="utf-8")
    told = program("quiz", "text", "--roadmap", str(file), stdin="descent\n\n").stdout
    assert told.startswith("Checkpoint · On text · 1 idea\n")
    assert "Question 2 of 2" in told
    assert "Checkpoint · On text · 1 idea\nResumed: 1 answered" in program("quiz", "text", "--roadmap", str(file)).stdout


def test_answer_is_recorded_before_its_feedback(kinds: Program, recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dlroadmap.cli.lines.print_feedback", killed)
    assert kinds("quiz", "text", stdin="descent\n\n").returncode == 130
    assert recorded() == ["SittingStarted", "Answered"]


def test_a_question_that_was_missed_is_named_for_whoever_finds_it_wrong(kinds: Program) -> None:
    missed, right = kinds("quiz", "text", stdin=".\n"), kinds("quiz", "text", stdin="descent\n\n")
    found = re.search(r"If the question is wrong, never ask it again: dlroadmap (.*)\n", missed.stdout)
    assert found
    assert kinds(*found[1].split()[2:]).returncode == 0
    assert "never ask it again" not in right.stdout


def test_ctrl_c_at_a_prompt_pauses_as_the_inputs_end_does(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Mock(isatty=lambda: True, readline=Mock(side_effect=KeyboardInterrupt))
    monkeypatch.setattr(sys, "stdin", terminal)
    with pytest.raises(Ended):
        ask("> ")


def test_phase_asks_its_topics_in_a_row_and_leaves_out_what_is_passed(kinds: Program, recorded: Recorded) -> None:
    kinds("quiz", "text", stdin="descent\n\n")
    kinds("skip", "multi")
    ran = kinds("quiz", "p", stdin=".\n" * 4)
    asked = [line for line in ran.stdout.splitlines() if line.startswith("Checkpoint · ")]
    assert asked == [f"Checkpoint · On {kind} · 1 idea" for kind in ("choice", "numeric", "order", "match")]
    assert recorded().count("SittingFinished") == 5


def test_fewer_questions_than_the_checkpoint_are_practice(small_program: Program, home: Path) -> None:
    ran = small_program("quiz", "numbers", "--count", "1", stdin=".\n")
    assert "Practice · Numbers · 1 question; nothing here counts" in ran.stdout
    assert "0 of 1 question right; a practice doesn't count." in ran.stdout
    assert "Read it again: " in ran.stdout
    assert "--missed" not in ran.stdout  # that would be empty
    page = json.loads(small_program("show", "numbers", "--json").stdout)
    assert (page["standing"], page["passed"]) == ("doing", 0)
    assert "Checkpoint · Numbers" in small_program("quiz", "numbers", "--count", "2").stdout


def test_more_questions_than_the_checkpoint_are_practice_with_as_many_as_there_are(small_program: Program) -> None:
    ran = small_program("quiz", "numbers", "--count", "20", stdin=".\n")
    assert "Practice · Numbers · 3 questions; nothing here counts" in ran.stdout
    assert "Resumed: 1 answered before, 2 to go." in small_program("quiz", "numbers", "--count", "20").stdout


def test_an_exams_number_of_questions_is_its_own(small_program: Program, recorded: Recorded) -> None:
    ran = small_program("quiz", "basics", "--exam", "--count", "1")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--exam or --count" in ran.stderr
    assert recorded() == []


def test_paused_practice_goes_on(small_program: Program, recorded: Recorded) -> None:
    small_program("quiz", "neurons", "--count", "2", stdin=".\n")
    ran = small_program("quiz", "neurons", "--count", "2", stdin=".\n")
    assert "Resumed: 1 answered before, 1 to go." in ran.stdout
    assert recorded() == ["SittingStarted", "Answered", "Answered", "SittingFinished"]


def test_practice_of_another_length_begins_anew(small_program: Program) -> None:
    small_program("quiz", "neurons", "--count", "2", stdin=".\n")
    ran = small_program("quiz", "neurons", "--count", "1", stdin=".\n")
    assert "Practice · Neurons · 1 question; nothing here counts" in ran.stdout
    assert "Question 1 of 1\n" in ran.stdout
    assert "Resumed" not in ran.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("neuron", "dlroadmap: no topic or phase 'neuron'; did you mean 'neurons'?\n"),
        ("basics 1", "dlroadmap: no topic or phase 'basics 1'; did you mean 'basics'?\n"),
    ],
)
def test_unknown_name(small_program: Program, recorded: Recorded, name: str, said: str) -> None:
    ran = small_program("quiz", name)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", said)
    assert recorded() == []


def test_topic_or_phase_without_questions(small_program: Program, program: Program, tmp_path: Path) -> None:
    ran = small_program("quiz", "attention")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "attention has no questions yet; dlroadmap --roadmap" in ran.stderr
    file = tmp_path / "bare.toml"
    file.write_text(HEAD + TOPIC.format(kind="bare"), encoding="utf-8")
    assert "no topic of p has questions yet" in program("quiz", "p", "--roadmap", str(file)).stderr


def test_with_a_terminal_the_sitting_opens_on_a_screen(
    small_program: Program, monkeypatch: pytest.MonkeyPatch, recorded: Recorded
) -> None:
    opened: list[tuple[str, ...]] = []

    def screen(study: Study, *, quiz: Sequence[str] = (), exam: Sequence[str] = (), **_: object) -> int:
        opened.append((*quiz, "|", *exam))
        return 0

    monkeypatch.setattr("dlroadmap.tui.app.run", screen)
    monkeypatch.setattr(Call, "has_screen", True)
    assert small_program("quiz", "numbers").returncode == 0
    assert small_program("quiz", "basics").returncode == 0
    assert small_program("quiz", "basics", "--exam").returncode == 0
    assert opened == [("numbers", "|"), ("numbers", "vectors", "|"), ("|", "numbers", "vectors")]


def test_exam_asks_over_the_phase_and_tells_by_topic(small_program: Program, recorded: Recorded) -> None:
    ran = small_program("quiz", "basics", "--exam", stdin=".\n" * 20)
    assert re.match(r"Phase exam · Basics · \d questions, one try each\n", ran.stdout)
    assert "look again" in ran.stdout
    assert "Vectors: look again, known today" in ran.stdout
    assert "What was missed: " in ran.stdout
    assert recorded()[-1] == "SittingFinished"
    status = json.loads(small_program("status", "--json").stdout)
    assert status["phases"][0]["passed"] == 0


def test_exam_goes_on_where_it_was_paused(small_program: Program) -> None:
    ran = small_program("quiz", "basics", "--exam", stdin=".\n")
    assert "quiz basics --exam" in ran.stdout
    assert "Resumed: 1 answered before" in small_program("quiz", "basics", "--exam").stdout


def test_exam_of_what_is_no_phase(small_program: Program) -> None:
    ran = small_program("quiz", "basic", "--exam")
    assert (ran.returncode, ran.stderr) == (1, "dlroadmap: no phase 'basic'; did you mean 'basics'?\n")


def test_prompt_and_answer_share_a_line_where_somebody_types(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = io.StringIO(" my\x1b answer \n")
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    assert ask("> ") == "my answer"
    assert capsys.readouterr().out == "> "
    with pytest.raises(Ended):
        ask("> ")


@pytest.mark.parametrize(
    ("most", "typed", "given"),
    [(9, "12", ("1", "2")), (10, "12", None), (12, "12", ("12",)), (12, "1 2", ("1", "2")), (12, "121", None)],
)
def test_a_row_of_digits_is_one_number_where_there_are_numbers_of_two(most: int, typed: str, given: tuple[str, ...] | None) -> None:
    things = tuple(str(n) for n in range(1, most + 1))
    question = Open(topic="t", id="q", idea="i", kind="open", ask="Which?", model="All.", rubric=("a", "b"))
    asked = Asked(question, {}, things)
    if given is None:
        with pytest.raises(Unclear, match=f"numbers from 1 to {most}, please"):
            read(asked, typed)
    else:
        assert read(asked, typed) == given


def test_sitting_that_cant_be_saved_is_not_begun(kinds: Program, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Journal, "_open", _read_only(Journal._open))
    ran = kinds("quiz", "text", stdin="descent\n\n")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "dlroadmap: nothing is saved: read-only\n"


def _read_only(opened: Callable[[Journal], None]) -> Callable[[Journal], None]:
    def opening(journal: Journal) -> None:
        opened(journal)
        journal.read_only = "nothing is saved: read-only"

    return opening


def test_answers_hold_the_authors_words_and_the_plan_is_the_screens(small_program: Program, home: Path, answers: Answers) -> None:
    small_program("quiz", "neurons", stdin="1\n\n" * 2)
    journal = Journal(home / "progress.sqlite3")
    started = [x.event for x in journal.newest_first("small") if isinstance(x.event, SittingStarted)]
    journal.close()
    assert (started[0].kind, started[0].scope) == ("checkpoint", ("neurons",))
    weighed = [a for a in answers() if a.question == "weigh"]
    assert all(a.given in {"{= 4 * w}", "{= 4 + w}", "4"} for a in weighed)


def test_placement_is_paused_goes_on_and_starts_the_path(small_program: Program) -> None:
    paused = small_program("quiz", "--placement", stdin=".\n").stdout
    assert "Placement · " in paused
    assert paused.endswith("quiz --placement\n")
    done = small_program("quiz", "--placement", stdin=".\n" * 8).stdout
    assert "Resumed: 1 answered before" in done
    assert " known: start with “Numbers”." in done
    assert "  x Numbers: " in done
    assert "Resumed" not in small_program("quiz", "--placement", stdin="").stdout


@pytest.mark.parametrize("words", [("numbers",), ("--exam",), ("--count", "3")])
def test_placement_is_of_the_whole_path(small_program: Program, words: tuple[str, ...]) -> None:
    ran = small_program("quiz", "--placement", *words)
    assert ran.returncode == 2
    assert "--placement is of your whole path" in ran.stderr


def test_quiz_needs_a_name_or_a_placement(small_program: Program) -> None:
    ran = small_program("quiz")
    assert ran.returncode == 2
    assert "Missing argument 'TOPIC|PHASE'" in ran.stderr
