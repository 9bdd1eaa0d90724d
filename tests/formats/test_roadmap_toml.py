"""Roadmap files of anybody: read where they are sound, refused with file, line and cause, and always soon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.faults import Fault
from dlroadmap.formats.located import LARGEST, Located, NotARoadmap
from dlroadmap.formats.roadmap_toml import build, parse
from dlroadmap.roadmap import Roadmap


def refused(content: bytes | str) -> Located:
    """Return the fault for which a content is refused."""
    with pytest.raises(NotARoadmap) as error:
        parse(content if isinstance(content, bytes) else content.encode(), "their.toml")
    [fault] = error.value.faults
    assert fault.file == "their.toml"
    assert str(error.value) == f"{fault.spot}: {fault.fault.message}"
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 200
    return fault


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 0, "the file is empty"),
        (b" \n\t\n", 0, "the file is empty"),
        (b"\xef\xbb\xbf", 0, "the file is empty"),
        (b"a = 1\nb = '\xff'\n", 2, "not UTF-8"),
        ("a = 1\n".encode("utf-16"), 1, "not UTF-8"),
        ("a = 1\n".encode("utf-16-le"), 1, "not TOML"),
        (b"a = 1\nb = 'x\x00y'\n", 2, "not TOML"),
        (b"a = 1\n\x00\n", 2, "not TOML"),
        (b"a = 1\nb = '\x1b[31m'\n", 2, "not TOML"),
        (b"a = 1\rb = 2\n", 1, "not TOML"),
        (b"PK\x03\x04\x00", 1, "not TOML"),
        (b"# A roadmap\n\nSome text.\n", 3, "not TOML"),
        (b'{"format": 1}', 1, "not TOML"),
        (b"a = 1\nb = \n", 2, "not TOML"),
        (b"a = [1,\n2\n", 3, "not TOML"),
        (b'a = "x\nb = 2\n', 1, "not TOML"),
        (b'a = """x\nb = 2\n', 3, "not TOML"),
        (b"a = 1\n\n[[a]]\n", 3, "not TOML"),
        (b"a = 1\nb = 2\na = 3\n", 3, "stands twice"),
        (b"[a]\nx = 1\n[b]\n[a]\n", 4, "stands twice"),
        (b"a = { x = 1, x = 2 }\n", 1, "stands twice"),
        (b"a = 2026-02-30\n", 1, "not TOML"),
        (b'a = "\\ud800"\n', 1, "not TOML"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line(content: bytes, line: int, message: str) -> None:
    fault = refused(content)
    assert fault.line == line
    assert message in fault.fault.message


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("a = " + "[" * 20000 + "]" * 20000, 1, "nested deeper than 32 levels"),
        ("\na = " + "[\n" * 40 + "]" * 40, 34, "nested deeper than 32 levels"),
        ("a = " + "{x = " * 20000 + "1" + "}" * 20000, 1, "nested deeper than 32 levels"),
        ("\n\n" + ".".join("a" * 20000) + " = 1", 3, "nested deeper than 32 levels"),
        ("[" + ".".join("a" * 20000) + "]", 1, "nested deeper than 32 levels"),
        (".".join(['"a"'] * 20000) + " = 1", 1, "nested deeper than 32 levels"),
        (" . ".join(["a"] * 20000) + " = 1", 1, "nested deeper than 32 levels"),
        ("a = 1\nb = " + "9" * 5000, 2, "more than 1000 characters"),
        ("b = " + "9" * 5000 + ".5", 1, "more than 1000 characters"),
        ("b = 0x" + "f" * 5000, 1, "more than 1000 characters"),
        ("b = " + "1_" * 3000 + "1", 1, "more than 1000 characters"),
        ("a" * 5000 + " = 1", 1, "more than 1000 characters"),
        ("a" * 1_000_000, 1, "more than 1000 characters"),
        ("x" * (LARGEST + 1), 0, "at most 4 MiB"),
        ("a = '" + "\n" * 100_000, 0, "not TOML"),
        ('a = "' + "\\" * 1_000_000, 1, "not TOML: Unterminated string"),
        ('"' * 1_000_001, 1, "not TOML"),
        ("'" * 1_000_001, 1, "not TOML"),
        ("'''" + '"""' * 300_000, 1, "not TOML"),
        ('a = """\n' + '\\"""\n' * 50_000 + "x " * 100_000, 0, "not TOML: Unterminated string"),
        ("a = '''\n" + "''\n" * 100_000, 0, "not TOML"),
        ('a = "' + '\\"' * 1_000_000, 1, "not TOML: Unterminated string"),
        ("]" * 100_000, 1, "not TOML"),
        ("]" * 1_000_000, 1, "more than 200000 keys, values and marks"),
        ("a = 1\n" * 100_000, 50_001, "more than 200000 keys, values and marks"),
    ],
    ids=lambda value: str(value)[:20].encode("ascii", "backslashreplace").decode(),
)
def test_what_would_stall_or_overflow_the_parser_is_refused_at_once(content: str, line: int, message: str) -> None:
    fault = refused(content)
    assert message in fault.fault.message
    assert fault.line == line or not line


@pytest.mark.parametrize(
    "conflict",
    [
        '<<<<<<< HEAD\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> theirs\n',
        'title = "A"\n=======\ntitle = "B"\n>>>>>>> theirs\n',
        'title = "A"\n>>>>>>> theirs\n',
    ],
)
def test_merge_conflict_is_named(small_text: str, conflict: str) -> None:
    fault = refused(small_text.replace('title = "Vectors"\n', conflict))
    assert "a merge conflict is left in the file; resolve it" in fault.fault.message
    assert fault.line == small_text[: small_text.index('title = "Vectors"')].count("\n") + 1 + ("<<<" not in conflict)


def test_headline_drawn_with_equals_signs_is_no_merge_conflict() -> None:
    fault = refused('a = """\nTitle\n=======\n"""\nb = c\n')
    assert "merge" not in fault.fault.message
    assert fault.line == 5


def test_long_texts_are_read(small_text: str) -> None:
    long = "word " * 700_000
    file = parse(small_text.replace('"What one counts with."', f'"""{long}"""').encode(), "their.toml")
    assert file.document["phase"][0]["topic"][0]["summary"] == long


def read(text: str | bytes) -> Roadmap:
    content = text if isinstance(text, bytes) else text.encode()
    roadmap, _, faults = build(parse(content, "their.toml"), {})
    assert roadmap is not None, faults
    return roadmap


def test_byte_order_mark_and_windows_line_ends_are_accepted(small_text: str) -> None:
    plain = read(small_text)
    assert read(b"\xef\xbb\xbf" + small_text.encode()) == plain
    assert read(small_text.replace("\n", "\r\n")) == plain
    code = small_text.replace('ask = "How much is 2 + 2?"', 'ask = "How much?"\r\ncode = """\r\n2\r\n+ 2\r\n"""')
    _, bank, _ = build(parse(code.encode(), "their.toml"), {})
    assert bank.question[0].code == "2\n+ 2"


def test_lines_are_right_with_windows_line_ends_and_a_byte_order_mark(small_text: str) -> None:
    text = small_text.replace('needs = ["numbers"]', 'needs = ["nubmers"]')
    line = text.split("\n").index('needs = ["nubmers"]') + 1
    for content in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        [fault] = [row for row in build(parse(content, "their.toml"), {})[2] if not row.fault.warning]
        assert fault.line == line


@pytest.mark.parametrize(
    ("format_line", "message"),
    [
        ("", "no `format`; a roadmap of this version begins with `format = 1`"),
        ("format = 2", "format 2 is not one that this version reads (1); install a newer dlroadmap"),
        ('format = "1"', "format '1' is not one"),
        ("format = true", "format True is not one"),
        ("format = 1.0", "format 1.0 is not one"),
    ],
)
def test_other_formats_are_told_before_anything_else(small_text: str, format_line: str, message: str) -> None:
    text = small_text.replace("format = 1", format_line).replace('kind = "order"', 'kind = "new-kind"')
    roadmap, bank, faults = build(parse(text.encode(), "their.toml"), {})
    assert (roadmap, bank.question, len(faults)) == (None, (), 1)
    assert message in faults[0].fault.message


@pytest.mark.parametrize(
    ("phase", "message"),
    [
        ("", "is missing"),
        ("phase = []", "at least 1"),
        ("phase = 5", "[[phase]]"),
        ('phase = "x"', "[[phase]]"),
        ("[phase]\nid = 'a'", "[[phase]]"),
        ("phase = [1]", ""),
        ("[[phase]]\nid = 'a'\ntitle = 'A'\n[phase.topic]\nid = 'b'", "[[phase.topic]]"),
        ("[[phase]]\nid = 'a'\ntitle = 'A'\ntopic = 5", "[[phase.topic]]"),
        ("[[phase]]\nid = 'a'\ntitle = 'A'", "is missing"),
        ("[[phase]]\nid = 'a'\ntitle = 'A'\n[[phase.topic]]\nid = 'b'\ntitle = 'B'\nidea = 5", ""),
        ("[[phase]]\nid = 'a'\ntitle = 'A'\n[[phase.topic]]\nid = 'b'\ntitle = 'B'\nquestion = [5]", ""),
        ("[[phase]]\nid = 5\ntitle = 'A'\n[[phase.topic]]\nid = 'b'\ntitle = 'B'", ""),
        ("question = [[]]", "is missing"),
    ],
)
def test_tables_of_the_wrong_shape_are_faults_not_tracebacks(phase: str, message: str) -> None:
    text = f'format = 1\nid = "x"\ntitle = "X"\n{phase}\n'
    roadmap, _, faults = build(parse(text.encode(), "their.toml"), {})
    assert roadmap is None
    assert faults
    assert message in faults[0].fault.message
    assert faults[0].line <= text.count("\n")


def test_questions_are_counted_and_those_without_an_idea_are_ideas(small: Roadmap) -> None:
    assert [(i.id, i.questions) for i in small.topics["neurons"].idea] == [("weights", 2), ("bias", 1)]
    assert small.topics["neurons"].questions == 4
    assert [(i.id, i.text, i.questions) for i in small.topics["training"].idea] == [
        ("loop", "Put the loop in order.", 1),
        ("rate", "The loss jumps up and down. What helps?", 1),
    ]


def test_idea_made_for_a_question_reads_like_the_question(small_text: str) -> None:
    question = '[[question]]\ntopic = "attention"\nid = "q"\nkind = "text"\naccept = ["x"]\nwhy = "y"\n'
    numbers = f'{question}vars = {{ n = [3, 4] }}\nask = "What is {{n}} + {{= n}}?\\nTell."\n'
    assert read(f"{small_text}\n{numbers}").topics["attention"].idea[0].text == "What is 3 + 3?"
    long = f'{question}ask = "{"word " * 60}"\n'
    text = read(f"{small_text}\n{long}").topics["attention"].idea[0].text
    assert len(text) <= 100
    assert text.endswith("word…")


def test_hostile_text_is_cleaned_everywhere(small_text: str) -> None:
    text = small_text.replace('"', '"\\u001b[31m\\u202e\\u0007').replace('"\\u001b[31m\\u202e\\u0007,', '",')
    fields = [
        "What one counts with.",
        "adding puts numbers together",
        "A primer",
        "Count to ten.",
        "How much is 2 + 2?",
        "Use your fingers.",
    ]
    text = small_text
    for field in fields:
        assert field in text
        text = text.replace(field, f"\\u001b[31m\\u202e\\u0007[/b]{field}")
    roadmap, bank, _ = build(parse(text.encode(), "their.toml"), {})
    assert roadmap is not None
    numbers = roadmap.topics["numbers"]
    shown = [
        numbers.summary,
        numbers.idea[0].text,
        numbers.resource[0].title,
        numbers.practice[0].text,
        bank.question[0].ask,
        bank.question[0].hint,
    ]
    assert shown == [f"[31m[/b]{field}" for field in fields]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        _, _, faults = build(parse(content, "their.toml"), {})
    except NotARoadmap as error:
        faults = error.faults
    assert faults
    assert all(str(row).isprintable() for row in faults)


@given(st.data())
def test_small_roadmap_with_anything_changed_is_read_or_refused_with_printable_faults(small_text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(small_text)))
    end = data.draw(st.integers(start, min(len(small_text), start + 60)))
    junk = data.draw(st.text(st.sampled_from('[]{}=",.\n ax1\x1b\u202e\x00\\#'), max_size=6))
    changed = small_text[:start] + junk + small_text[end:]
    try:
        roadmap, _, faults = build(parse(changed.encode(), "their.toml"), {})
    except NotARoadmap as error:
        roadmap, faults = None, error.faults
    assert (roadmap is None) == any(not row.fault.warning for row in faults)
    for row in faults:
        assert str(row).isprintable()
        assert 1 <= row.line <= changed.count("\n") + 1


def test_first_fault_is_told_and_how_many_more() -> None:
    faults = [Located("a.toml", n, Fault(("x",), "wrong", warning=n == 3)) for n in (1, 2, 3, 4)]
    assert str(NotARoadmap(faults)) == "a.toml:1: x: wrong (and 2 more: dlroadmap validate a.toml)"
    assert str(NotARoadmap(faults[:1])) == "a.toml:1: x: wrong"
