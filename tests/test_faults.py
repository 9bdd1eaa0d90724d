"""Faults: each is found once, with its line, its path and its cure; a sound roadmap has none."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import pytest
from tests.conftest import SMALL

from dlroadmap.faults import MOST_WORK, Fault, did_you_mean, path_faults, standards, work
from dlroadmap.formats.located import Located
from dlroadmap.formats.roadmap_toml import build, parse
from dlroadmap.library import examine
from dlroadmap.places import bundled
from dlroadmap.roadmap import Path, Roadmap

NETS = (SMALL / "checkpoints" / "nets.toml").read_text(encoding="utf-8")


def faults(text: str, nets: str = NETS) -> list[Located]:
    main = parse(text.encode(), "roadmap.toml")
    return [row for row in build(main, {"nets": parse(nets.encode(), "nets.toml")})[2] if not row.fault.warning]


def warnings(text: str) -> list[Located]:
    return [row for row in build(parse(text.encode(), "roadmap.toml"), {})[2] if row.fault.warning]


def test_small_roadmap_has_no_fault() -> None:
    roadmap, bank, found = examine(SMALL / "roadmap.toml")
    assert roadmap is not None
    assert len(bank.question) == 13
    assert [row for row in found if not row.fault.warning] == []


class Edit(NamedTuple):
    """An edit of the small roadmap, and the one fault that it makes: its path, a part of its message, the text on its line."""

    old: str
    new: str
    path: str
    message: str
    at: str = ""


MODEL = [
    Edit('title = "Numbers"\n', "", "phase[0].topic[0].title", "is missing", "[[phase.topic]]"),
    Edit('text = "adding puts numbers together"\n', "", "phase[0].topic[0].idea[0].text", "is missing", "[[phase.topic.idea]]"),
    Edit('kind = "book"', 'kind = "scroll"', "phase[0].topic[0].resource[0].kind", "'scroll'"),
    Edit('level = "beginner"\nhours = 1', 'level = "easy"\nhours = 1', "phase[0].topic[0].level", "'beginner', 'intermediate'"),
    Edit("hours = 2\n", "hours = 0\n", "phase[0].topic[1].hours", "greater than 0, not 0"),
    Edit("hours = 2\n", 'hours = "two"\n', "phase[0].topic[1].hours", "valid number"),
    Edit("hours = 2\n", "hours = inf\n", "phase[0].topic[1].hours", "finite number"),
    Edit("minutes = 60 }", "minutes = 0.5 }", "phase[0].topic[1].practice[0].minutes", "integer"),
    Edit('id = "vectors"\n', 'id = "Vectors"\n', "phase[0].topic[1].id", "lower-case letters"),
    Edit('id = "vectors"\n', 'id = ""\n', "phase[0].topic[1].id", "lower-case letters"),
    Edit('id = "length"\n', "id = 3\n", "phase[0].topic[1].idea[0].id", "valid string"),
    Edit('title = "Vectors"\n', 'title = "  "\n', "phase[0].topic[1].title", "must not be empty"),
    Edit('title = "Vectors"\n', "title = 2026-11-01\n", "phase[0].topic[1].title", "valid string"),
    Edit('needs = ["numbers"]', 'needs = "numbers"', "phase[0].topic[1].needs", "must be an array [ … ]"),
    Edit('goal = "Count, and point."', 'gaol = "Count."', "phase[0].gaol", "unknown key; did you mean 'goal'?"),
    Edit('goal = "Count, and point."', 'zzz = "Count."', "phase[0].zzz", "unknown key; take it out"),
    Edit('"A small roadmap"\n', '"A small roadmap"\ncolour = 3\n', "colour", "unknown key", "colour = 3"),
    Edit('id = "small"', 'id = "con"', "id", "Windows reserves"),
    Edit("hours = 2\n", "hours = 2\nquestions = 5\n", "phase[0].topic[1].questions", "counted, not told", "questions = 5"),
    Edit('id = "length"\n', 'id = "length"\nasked_by = []\n', "phase[0].topic[1].idea[0].asked_by", "take it out", "asked_by = []"),
]
REFERENCES = [
    Edit('needs = ["numbers"]', 'needs = ["numbres"]', "phase[0].topic[1].needs[0]", "no topic 'numbres'; did you mean 'numbers'?"),
    Edit('helps = ["numbers"]', 'helps = ["numbres"]', "phase[1].topic[0].helps[0]", "no topic 'numbres'; did you mean 'numbers'?"),
    Edit('needs = ["neurons"]', 'needs = ["neurons", "zzz"]', "phase[1].topic[1].needs[1]", "no topic 'zzz'"),
    Edit('needs = ["neurons"]', 'needs = ["neurons", "training"]', "phase[1].topic[1].needs[1]", "names the topic itself"),
    Edit('needs = ["neurons"]', 'needs = ["neurons", "neurons"]', "phase[1].topic[1].needs[1]", "'neurons' stands here twice"),
    Edit('id = "nets"', 'id = "basics"', "phase[1]", "the id 'basics' of this phase is taken by phase[0]", "[[phase]]|2"),
    Edit('aliases = ["figures"]', 'aliases = ["vectors"]', "phase[0].topic[1]", "taken by phase[0].topic[0]", "[[phase.topic]]|2"),
    Edit('aliases = ["summing"]', 'aliases = ["doubling"]', "phase[0].topic[0].idea[1]", "this idea", "[[phase.topic.idea]]|2"),
    Edit('id = "add", text', 'id = "tally", text', "phase[0].topic[0].practice[1]", "this step"),
    Edit('id = "primer"', 'id = "count"', "phase[0].topic[0].resource[0]", "this step", "[[phase.topic.resource]]"),
    Edit('id = "plotter"', 'id = "draw"', "phase[0].topic[1].project[0]", "this step", "[[phase.topic.project]]"),
]
PATHS = [
    Edit('topics = ["numbers",', 'topics = ["numbres", "numbers",', "path[0].phase[0].topics[0]", "did you mean 'numbers'?"),
    Edit('topics = ["numbers",', 'topics = ["numbers", "numbers",', "path[0].phase[0].topics[1]", "stands in this path twice"),
    Edit('["numbers", "vectors", "neurons"]', '["numbers", "neurons", "vectors"]', "path[0].phase[0].topics[1]", "move it before"),
    Edit('topics = ["numbers", ', "topics = [", "path[0].phase[0].topics[0]", "which this path leaves out; add it before"),
    Edit('added = ["vectors"]', 'added = ["training"]', "path[0].phase[0].added[0]", "isn't among the topics"),
    Edit(
        'added = ["vectors"]\n',
        'added = ["vectors"]\n[[path]]\nid = "short"\ntitle = "Twice"\n[[path.phase]]\nid = "a"\ntitle = "A"\n',
        "path[1]",
        "taken by path[0]",
        "[[path]]|2",
    ),
    Edit(
        'added = ["vectors"]\n',
        'added = ["vectors"]\n[[path.phase]]\nid = "all-of-it"\ntitle = "Twice"\n',
        "path[0].phase[1]",
        "this phase of the path is taken",
        "[[path.phase]]|2",
    ),
    Edit(
        'added = ["vectors"]\n',
        'added = ["vectors"]\n[[path]]\nid = "none"\ntitle = "N"\n',
        "path[1].phase",
        "missing",
        "[[path]]|2",
    ),
]
QUESTIONS = [
    Edit('topic = "numbers"\nid = "two', 'topic = "numbres"\nid = "two', "question[0].topic", "no topic 'numbres'; did you mean"),
    Edit('topic = "numbers"\nid = "two', 'id = "two', "question[0].topic", "is missing; name its topic", "[[question]]"),
    Edit('idea = "doubling"', 'idea = "doublign"', "question[2].idea", "no idea 'doublign'; did you mean 'doubling'?"),
    Edit(
        'id = "sum-of-two"',
        'id = "two-and-two"',
        "question[1].id",
        "taken by another question of 'numbers'",
        'id = "two-and-two"|2',
    ),
    Edit('"four"]\nidea = "adding"', '"summing"]', "question[0]", "'summing' is the name of an idea of 'numbers'", "[[question]]"),
    Edit('id = "sum-of-two"', 'id = "four"', "question[1].id", "taken by another question of 'numbers'"),
    Edit('kind = "order"', 'kind = "odrer"', "question[5]", "unknown kind; a question is one of choice, multi", "[[question]]|6"),
    Edit('kind = "order"\n', "", "question[5]", "no `kind`; a question is one of choice, multi", "[[question]]|6"),
    Edit('ask = "How much is 2 + 2?"\n', "", "question[0].ask", "is missing", "[[question]]"),
    Edit("level = 1\n", "level = 4\n", "question[0].level", "1, 2 or 3, not 4"),
    Edit('text = "four", right = true', "right = true", "question[0].options[0].text", "is missing"),
    Edit('text = "four", right = true', 'text = "four", rihgt = true', "question[0].options[0].rihgt", "did you mean 'right'?"),
    Edit(
        'text = "four", right = true',
        'text = "four"',
        "question[0].options",
        "0 right options; a choice has exactly one",
        "options = [",
    ),
    Edit('text = "five", why', 'text = "five", right = true, why', "question[0].options", "2 right options", "options = ["),
    Edit('text = "five", why', 'text = "four", why', "question[0].options", "two options are the same: 'four'", "options = ["),
    Edit("vars = { a = [2, 3, 10], b", 'vars = { a = ["x"], b', "question[1].vars.a[0]", "must be a number"),
    Edit("vars = { a = [2, 3, 10], b", "vars = { a = [], b", "question[1].require", "leaves no variant", "require"),
    Edit('require = "a != 3 or b != 7"', 'require = "a > 99"', "question[1].require", "leaves no variant"),
    Edit('require = "a != 3 or b != 7"', 'require = "c > 1"', "question[1].require", "can't be evaluated: 'c' is not a name"),
    Edit('answer = "a + b"', 'answer = "a + c"', "question[1]", "can't be evaluated with a = 2, b = 5: 'c'", "[[question]]|2"),
    Edit('answer = "a + b"', 'answer = "9**9**9"', "question[1]", "the power is too large", "[[question]]|2"),
    Edit(
        'answer = "a + b"',
        'answer = "a * b"',
        "question[1].traps[0]",
        "this trap is the right answer with a = 2, b = 5",
        "traps = ",
    ),
    Edit("{= a + b}; half", "{= a.b}; half", "question[1]", "can't be evaluated", "[[question]]|2"),
    Edit(":.1f}.", ":99999f}.", "question[1]", "not a number format", "[[question]]|2"),
    Edit("tolerance = 0\n", "", "question[1]", "wants either tolerance", "[[question]]|2"),
    Edit(
        'traps = [{ value = "a * b", why = "That is {a} · {b}." }]',
        'traps = [{ value = "a", why = "x" }, { value = "a", why = "y" }]',
        "question[1].traps",
        "two traps are the same with a = 2, b = 5: '2'",
    ),
    Edit('accept = ["six", "half a dozen"]', 'accept = ["-", "_"]', "question[2].accept", "no right answer that can be typed"),
    Edit('accept = ["six", "half a dozen"]', "accept = []", "question[2].accept", "too few entries; at least 1"),
    Edit(
        "cases = [{ x = 3, y = 4 }, { x = 6, y = 8 }]",
        "cases = [{ x = 3, y = 4 }, { x = 6 }]",
        "question[4]",
        "every case",
        "[[question]]|5",
    ),
    Edit(
        'steps = ["draw u", "start v at the tip of u", "draw v", "join the ends"]\nalso = [["start v at the tip of u", "draw u", ',
        'steps = ["draw v", "start v at the tip of u", "draw v", "join the ends"]\nalso = [["start v at the tip of u", "draw v", ',
        "question[5].steps",
        "two steps are the same: 'draw v'",
    ),
    Edit(
        'also = [["start v at the tip of u", "draw u", "draw v", "join the ends"]]',
        'also = [["draw u", "draw v"]]',
        "question[5].also[0]",
        "the same steps",
    ),
    Edit('["(1, 0) + (1, 0)", "(2, 0)"]', '["(1, 0) + (0, 1)", "(2, 0)"]', "question[6].pairs", "two left sides are the same"),
    Edit('["(1, 0) + (1, 0)", "(2, 0)"]', '["(1, 0) + (1, 0)"]', "question[6].pairs[1][1]", "missing"),
]


def line_of(text: str, at: str) -> int:
    """Return the line on which a text stands, for the n-th time where it ends in |n."""
    what, _, nth = at.partition("|")
    rows = [n for n, row in enumerate(text.split("\n"), 1) if what in row]
    return rows[int(nth or 1) - 1]


@pytest.mark.parametrize("edit", [*MODEL, *REFERENCES, *PATHS, *QUESTIONS], ids=lambda e: f"{e.path}-{e.message[:30]}")
def test_fault_is_found_once_with_line_path_and_cure(small_text: str, edit: Edit) -> None:
    assert small_text.count(edit.old) == 1
    text = small_text.replace(edit.old, edit.new)
    [row] = faults(text)
    assert row.fault.path == edit.path
    assert edit.message in row.fault.message
    assert row.line == line_of(text, edit.at or edit.new.split("\n")[0])
    assert str(row) == f"roadmap.toml:{row.line}: {edit.path}: {row.fault.message}"


CHECKPOINT = [
    Edit('{ text = "4", why = "That', '{ text = "6", why = "That', "question[0].options", "with w = 2: '6'", "options = ["),
    Edit(
        '{ text = "4", why = "That', '{ text = "{= 4 * w }", why = "That', "question[0].options", "with w = 2: '8'", "options = ["
    ),
    Edit(
        'topic = "neurons"\nid = "weigh"\nidea = "weights"',
        'topic = "numbers"\nid = "weigh"',
        "question[0].topic",
        "'numbers' lies in phase 'basics'; move the question to checkpoints/basics.toml",
    ),
    Edit('rubric = ["it weighs"', 'rubric = ["it decides"', "question[3].rubric", "two points are the same: 'it decides'"),
    Edit('idea = "bias"\nkind = "text"', 'idea = "bais"\nkind = "text"', "question[2].idea", "did you mean 'bias'?"),
    Edit(
        '[[question]]\ntopic = "training"\nid = "rate"', "[training]\nx = 1", "training", "it has [[question]] alone", "[training]"
    ),
    Edit("vars = { w = [2, 3] }", "vars = { w = [2, 3] }\n[[other]]\nx = 1", "other", "it has [[question]] alone", "[[other]]"),
]


@pytest.mark.parametrize("edit", CHECKPOINT, ids=lambda e: f"{e.path}-{e.message[:30]}")
def test_fault_of_a_checkpoint_is_found_in_its_file(small_text: str, edit: Edit) -> None:
    assert NETS.count(edit.old) == 1
    nets = NETS.replace(edit.old, edit.new)
    found = [row for row in faults(small_text, nets) if row.fault.path == edit.path]
    assert [(row.file, row.line) for row in found] == [("nets.toml", line_of(nets, edit.at or edit.new.split("\n")[0]))]
    assert edit.message in found[0].fault.message


def test_checkpoint_of_another_format_or_with_a_single_question_is_not_passed_over(small_text: str) -> None:
    [row] = faults(small_text, "format = 2\n" + NETS)
    assert (row.file, row.line) == ("nets.toml", 1)
    assert "format 2" in row.fault.message
    for wrong in ('[question]\ntopic = "neurons"\n', "question = 3\n"):
        [row] = faults(small_text, wrong)
        assert (row.file, row.line, row.fault.path) == ("nets.toml", 1, "question")
        assert "[[question]]" in row.fault.message
    [row] = faults(small_text.partition("[[question]]")[0] + '[question]\ntopic = "numbers"\n')
    assert (row.file, row.fault.path) == ("roadmap.toml", "question")
    assert "[[question]]" in row.fault.message


def test_questions_may_stand_in_their_topic(small_text: str) -> None:
    inside = """
[[phase.topic.question]]
id = "inside"
kind = "text"
ask = "Where?"
accept = ["here"]
why = "It stands there."
"""
    text = small_text.replace("[[path]]", inside + "[[path]]", 1)
    roadmap, bank, found = build(parse(text.encode(), "roadmap.toml"), {})
    assert [row for row in found if not row.fault.warning] == []
    assert roadmap is not None
    assert bank.find("attention", "inside") is not None
    assert [(idea.id, idea.text, idea.questions) for idea in roadmap.topics["attention"].idea] == [("inside", "Where?", 1)]
    wrong = text.replace('kind = "text"\nask = "Where?"', 'kind = "txt"\nask = "Where?"')
    [row] = faults(wrong)
    assert (row.fault.path, row.line) == ("phase[1].topic[2].question[0]", line_of(wrong, "[[phase.topic.question]]"))


# Several faults


def test_all_faults_are_found_at_once(small_text: str) -> None:
    text = small_text
    for edit in [*REFERENCES[:4], PATHS[4], QUESTIONS[0], QUESTIONS[2], QUESTIONS[13]]:
        text = text.replace(edit.old, edit.new)
    assert len(faults(text)) >= 7
    assert len({(row.line, row.fault.path, row.fault.message) for row in faults(text)}) == len(faults(text))


def test_variants_that_would_take_for_ever_are_not_tried(small_text: str) -> None:
    expression = "{= " + "+".join(["(a*b-c)/(a+1)"] * 30) + " }"
    ten = list(range(1, 11))
    texts = f'ask = "{" ".join([expression] * 16)}"\naccept = ["a"]\nwhy = "w"\nvars = {{ a = {ten}, b = {ten}, c = {ten} }}\n'
    heavy = f'[[question]]\ntopic = "vectors"\nid = "heavy"\nkind = "text"\n{texts}'
    two = f"{small_text}\n{heavy}\n{heavy.replace('heavy', 'other')}"
    assert faults(two) == []
    few = [row.fault.path for row in warnings(two) if "only 12 of its variants were tried" in row.fault.message]
    assert few == ["question[7]", "question[8]"]
    [none] = faults(f'{two}require = "a > 99"')
    assert "leaves no variant" in none.fault.message
    many = [heavy.replace("heavy", f"heavy{n}") for n in range(100)]
    *_, last = faults("\n".join([small_text, *many]))
    assert not last.fault.warning
    assert "more variants than can be tried in a moment; give its variables fewer values" in last.fault.message


def test_bundled_roadmap_takes_a_small_part_of_what_may_be_tried() -> None:
    _, bank, _ = examine(bundled() / "roadmap.toml")
    assert sum(map(work, bank.question)) < MOST_WORK / 4


def test_name_is_compared_with_the_first_few_hundred_alone() -> None:
    names = map("topic-{}".format, itertools.count(1))
    assert did_you_mean(names, "topik-250") == "; did you mean 'topic-250'?"
    assert next(names) == "topic-301"


def test_cycle_is_told_as_it_runs(small_text: str) -> None:
    text = small_text.partition("[[path]]")[0].replace('aliases = ["figures"]', 'needs = ["neurons"]')
    [row] = [row for row in faults(text, "format = 1") if "cycle" in row.fault.message]
    way = row.fault.message.removeprefix("a cycle: ").partition(";")[0].split(" needs ")
    assert way[0] == way[-1]
    assert set(way) == {"numbers", "vectors", "neurons"}
    order = ["numbers", "neurons", "vectors"]
    assert all(order[(order.index(a) + 1) % 3] == b for a, b in itertools.pairwise(way))
    assert row.fault.path.endswith(".needs")


def test_every_cycle_is_told(small_text: str) -> None:
    text = small_text.partition("[[path]]")[0].replace('aliases = ["figures"]', 'needs = ["attention", "vectors"]')
    found = [row.fault.message for row in faults(text, "format = 1") if "cycle" in row.fault.message]
    assert len(found) == len(set(found)) >= 2


def test_multi_without_a_right_option(small_text: str) -> None:
    text = small_text.replace('"(3, 4)", right = true', '"(3, 4)"').replace('"(5, 0)", right = true', '"(5, 0)"')
    [row] = faults(text)
    assert (row.fault.path, row.fault.message) == ("question[3].options", "no right option; mark at least one with `right = true`")


def test_steps_and_sides_that_are_the_same_once_filled(small_text: str) -> None:
    filled = small_text.replace('steps = ["draw u", "start', 'vars = { n = [3] }\nsteps = ["{n}", "3", "start').replace(
        "also = [[", "#also = [["
    )
    [row] = faults(filled)
    assert (row.fault.path, row.fault.message) == ("question[5].steps", "two steps are the same with n = 3: '3'")
    sides = small_text.replace('pairs = [["(1, 0) + (0, 1)", "(1, 1)"]', 'vars = { n = [2] }\npairs = [["a", "({n}, 0)"]')
    [row] = faults(sides)
    assert (row.fault.path, row.fault.message) == ("question[6].pairs", "two right sides are the same with n = 2: '(2, 0)'")


def test_own_path_is_checked_alike(small: Roadmap) -> None:
    body = {"id": "mine", "title": "Mine", "phase": [{"id": "a", "title": "A", "topics": ["vectors"]}]}
    [fault] = path_faults(small, Path.model_validate(body))
    assert fault == Fault(("phase", 0, "topics", 0), "'vectors' needs 'numbers', which this path leaves out; add it before")


# Warnings


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ('"https://example.org/primer"', '"javascript:alert(1)"', "phase[0].topic[0].resource[0].url", "never opened"),
        ('why = "Two and two more."\n', "", "question[0].why", "no explanation"),
        ('{ text = "five", why = "One finger too many." }', '{ text = "five" }', "question[0].options[1]", "no why"),
        ('{ text = "four", right', '{ text = "four apples, neither more nor less", right', "question[0].options[0].text", "length"),
    ],
)
def test_warnings_leave_the_roadmap_usable(small_text: str, old: str, new: str, path: str, message: str) -> None:
    assert small_text.count(old) == 1
    before = {str(row.fault.message) for row in warnings(small_text)}
    found = [row for row in warnings(small_text.replace(old, new)) if row.fault.message not in before]
    assert [row.fault.path for row in found] == [path]
    assert message in found[0].fault.message
    assert build(parse(small_text.replace(old, new).encode(), "r"), {})[0] is not None


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        ({"resource": [{"id": "r", "kind": "book", "title": "R", "url": "https://x.org"}]}, "resource", "0 resources have `start"),
        (
            {"practice": [{"id": "p", "text": "P", "check": "c", "minutes": 600}]},
            "hours",
            "1 hour, but its steps and resources take 10",
        ),
        ({"example": "a\n" * 13}, "example", "more than 12 lines"),
        ({"example": f"```\n{'x' * 70}\n```"}, "example", "a line of 70 columns"),
        (
            {"practice": [{"id": "p", "text": "P", "check": "c", "minutes": 60, "starter": "y" * 80}]},
            "practice[0].starter",
            "80 columns",
        ),
        ({"figure": {"text": "x" * 61, "alt": "a"}}, "figure.text", "larger than 60×16"),
        ({"figure": {"text": "x\n" * 17, "alt": "a"}}, "figure.text", "larger than 60×16"),
    ],
)
def test_page_that_falls_short_is_warned_of(fields: dict[str, Any], path: str, message: str) -> None:
    topic = {"id": "t", "title": "T", **fields}
    document = {"format": 1, "id": "r", "title": "R", "phase": [{"id": "p", "title": "P", "topic": [topic]}]}
    [fault] = standards(Roadmap.model_validate(document))
    assert (fault.path, fault.warning) == (f"phase[0].topic[0].{path}", True)
    assert message in fault.message


def test_empty_figure_and_example_are_no_fault() -> None:
    topic = {"id": "t", "title": "T", "figure": {"text": "", "alt": "a"}, "example": ""}
    document = {"format": 1, "id": "r", "title": "R", "phase": [{"id": "p", "title": "P", "topic": [topic]}]}
    assert list(standards(Roadmap.model_validate(document))) == []


def test_idea_with_one_question_is_warned_of_but_not_a_question_without_an_idea() -> None:
    short = [row.fault.message for row in examine(SMALL / "roadmap.toml")[2] if "at least two" in row.fault.message]
    assert [message.split("'")[1] for message in short] == ["doubling", "bias"]


# What faults quote never reaches the terminal as more than text


@pytest.mark.parametrize(
    "edit",
    [
        ("hours = 2\n", '"\\u001b[31m\\u202e" = 2\n'),
        ("hours = 2\n", 'hours = "\\u001b[31m\\u202e"\n'),
        ('needs = ["numbers"]', 'needs = ["\\u001b[31m"]'),
        ('kind = "order"', 'kind = "\\u001b[31m"'),
        ('idea = "doubling"', 'idea = "\\u001b[31m"'),
        ('answer = "a + b"', 'answer = "a + c # \\u001b[31m\\u202e"'),
        ("vars = { a = [2", 'vars = { "\\u001b[31m" = [2'),
        ("format = 1\n", 'format = "\\u001b[31m"\n'),
    ],
)
def test_escapes_in_keys_and_values_are_told_harmlessly(small_text: str, edit: tuple[str, str]) -> None:
    found = faults(small_text.replace(*edit))
    assert found
    for row in found:
        assert str(row).isprintable()
        assert row.fault.path.isprintable()
        assert row.fault.message.isprintable()
