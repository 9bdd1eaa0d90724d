"""Progress files: what goes out comes back to the letter, and nothing else is taken for progress."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import MONDAY, SMALL, examples
from tests.histories import histories

from dlroadmap import events as e
from dlroadmap.events import Entry, entry_id
from dlroadmap.formats.located import NotARoadmap
from dlroadmap.formats.progress_file import MARK, NotProgress, read, to_json, to_toml
from dlroadmap.formats.roadmap_toml import build, parse
from dlroadmap.rows import LAST, LONGEST, READABLE, Row, checksum, row_of

Writer = Callable[[list[Row]], str]
writers = pytest.mark.parametrize("write", [to_json, to_toml])


def row(body: str = '{"topic":"t"}', kind: str = "TopicTicked", *, number: int = 1, at: str = "2026-03-02T09:00:00+00:00") -> Row:
    fields = (entry_id(number, "abcdef01"), "r", at, kind, body)
    return Row(*fields, checksum(*fields))


def named(content: str | bytes) -> str:
    with pytest.raises(NotProgress) as fault:
        read(content if isinstance(content, bytes) else content.encode(), "file")
    assert str(fault.value).startswith("file:")
    assert "\n" not in str(fault.value)
    assert "\x1b" not in str(fault.value)
    return str(fault.value)


# Out and back


@given(histories())
@settings(max_examples=examples(15))
def test_every_event_comes_back_to_the_letter_in_both_formats(entries: list[Entry]) -> None:
    rows = [row_of("r", entry) for entry in entries]
    assert read(to_json(rows).encode(), "file") == rows
    assert read(to_toml(rows).encode(), "file") == rows


bodies = [
    '{"topic":"t","mood":[1,null,{"a":1e16}]}',
    '{"topic": "spaced"}',
    '{"topic":"\\u00e4"}',
    '{"topic":"ä\\n[[event]]\\n\\u0000\\u202e"}',
    '{"n":100000000000000000000000000000}',
    '{"a":{"b":{"c":[[],{},[{}]]}}}',
    '{"a":"\\ud800"}',
    '{"a":1e999,"b":[Infinity,NaN]}',
    '{"a":' * 200 + "{}" + "}" * 200,
    '{"a":' + "[" * 900 + "]" * 900 + "}",
    f'{{"{"k" * 1500}":{"9" * 1500}}}',
    f'{{"a":[{",".join("1" * 240_000)}]}}',
    "\x01\x7f" * (LONGEST // 2),
    '{"a":"\x9b\u202e\u200b\ufeff\U000e0001 \u200c"}',
    "😀" * LONGEST,
    "n" * READABLE,  # as older versions wrote
    "{}",
    "[]",
    "no JSON at all",
    "",
]


@writers
@pytest.mark.parametrize("body", bodies, ids=range(len(bodies)))
def test_body_of_any_kind_comes_back(write: Writer, body: str) -> None:
    rows = [row(body, "FromTheFuture", number=n) for n in (1, 2)]
    assert read(write(rows).encode(), "file") == rows


@writers
def test_no_events_are_a_file_too(write: Writer) -> None:
    assert read(write([]).encode(), "file") == []


@writers
def test_byte_order_mark_and_line_ends_of_windows_are_accepted(write: Writer) -> None:
    rows = [row(number=n) for n in (1, 2)]
    assert read(b"\xef\xbb\xbf" + write(rows).replace("\n", "\r\n").encode(), "file") == rows


def test_event_without_a_sum_is_taken_as_it_is_and_json_may_be_laid_out_otherwise() -> None:
    document = json.loads(to_json([row()]))
    del document["event"][0]["sum"]
    assert read(json.dumps(document, indent=4).encode(), "file") == [row()]


def test_toml_is_made_to_be_read() -> None:
    assert to_toml([row()]).splitlines()[3:] == [
        "[[event]]",
        'id = "00000000000001-abcdef01"',
        'roadmap = "r"',
        'at = "2026-03-02T09:00:00+00:00"',
        'kind = "TopicTicked"',
        f'sum = "{row().sum}"',
        "[event.body]",
        'topic = "t"',
    ]


# What is refused, with line and cause


@writers
def test_half_a_file_is_refused_wherever_it_ends(write: Writer) -> None:
    text = write([row(number=n) for n in range(1, 4)])
    for size in range(0, len(text) - 2, 7):
        named(text[:size])


@writers
def test_changed_event_is_refused_with_its_line(write: Writer) -> None:
    text = write([row(number=1), row('{"topic":"second"}', number=2)]).replace("second", "zecond")
    line = int(named(text).split(":")[1])
    assert "sum` doesn't fit" in named(text)
    assert line == (3 if write is to_json else 13)


EVENT = f"{MARK} = 1\nevents = 1\n[[event]]\nid = 'x'\nroadmap = 'r'\nat = 'a'\nkind = 'K'\nbody = "


def table(**changes: object) -> str:
    fields = {"id": "00000000000001-abcdef01", "roadmap": "r", "at": "2026-03-02T09:00:00+00:00", "kind": "TopicTicked", "body": {}}
    return json.dumps({MARK: 1, "events": 1, "event": [{k: v for k, v in {**fields, **changes}.items() if v is not None}]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "file: the file is empty"),
        ("hello", "file: not a file that dlroadmap export wrote"),
        ('{"a": 1}', "file: not a file that dlroadmap export wrote"),
        (f'{{"{MARK}": 99}}', "file: format 99 is not one that this version reads (1); install a newer dlroadmap"),
        (f'{{"{MARK}": true}}', "file: format True is not one"),
        (f'{{"{MARK}": 1}}', "how many there are, is missing"),
        (f'{{"{MARK}": 1, "events": 2, "event": [{{}}]}}', "file: 1 of 2 events are in the file"),
        (f'{{"{MARK}": 1, "events": 1, "event": {{}}}}', "file: 0 of 1 events"),
        (f'{{"{MARK}": 1,\n "events": 1, }}', ":2: not JSON: "),
        (f'{{"{MARK}": 1,\n "eve', ":2: the file breaks off here: only a part of it has arrived"),
        (f'{{"{MARK}": 1,\n "events": 1', ":2: the file breaks off here: only a part of it has arrived"),
        (f'{{"{MARK}": 1, "{MARK}": 1}}', "a key stands twice"),
        (f'{{"{MARK}": 1, "events": NaN}}', "NaN is no number"),
        (f'{{"{MARK}": {"9" * 5000}}}', "not JSON that can be read: Exceeds the limit"),
        (f'{{"{MARK}": 1, "x": {"[" * 100_000}', "not JSON that can be read: maximum recursion"),
        (f'{{"{MARK}": 1, "x": [{"[]," * 2_000_001}', "lists and tables"),
        (f"{MARK} = 1\nevents = 1\n[[event]]\nx = = 1", ":4: not TOML"),
        (f"{MARK} = 1\nevents = 1\n[[event]]\n[other]", ":3: something stands here that is no event"),
        (f"{MARK} = 1\nevents = 1\n[[event]]\nx = {'[' * 40}", ":4: nested deeper"),
        (f"{MARK} = 1\nevents = 1\n<<<<<<< HEAD\n", ":3: not TOML: a merge conflict"),
        (f"{MARK} = 1\n{'#' * 70000}\n[[event]]", "no [[event]] within"),
        (f"{MARK} = 1\nevents = 1\n[[event]]\nid = '{'x' * 7 * READABLE}'", ":3: an event is too long"),
        (table(id=None), "an event has no `id`"),
        (table(id="1-a"), "an id that is none"),
        (table(id=f"{int(LAST) + 1}-abcdef01"), "an id that is none"),
        (table(id="../../etc/passwd"), "an id that is none"),
        (table(id=7), "that is no text"),
        (table(id="\x1b[31m\n"), "an id that is none"),
        (table(roadmap="../up"), "a roadmap or a kind that is no name"),
        (table(kind="os.system('x')"), "a roadmap or a kind that is no name"),
        (table(at="yesterday"), "a time `at` that is none: 'yesterday'"),
        (table(at="2026-03-02\ud80009:00:00+00:00"), "a time `at` that is none"),
        (table(at="2026-03-02\x1b09:00:00+00:00"), "a time `at` that is none"),
        (table(at="2026-03-02T09:00:00"), "without an offset"),
        (table(at="0001-01-01T00:00:00+14:00"), "of no calendar"),
        (table(at="9999-12-31T23:59:59-11:00"), "of no calendar"),
        (table(body="\x00"), "holds NUL"),
        (table(body="x" * (READABLE + 1)), "too long"),
        (table(body={"text": "\ud800"}), "half of a character"),
        (table(body="\udfff"), "half of a character"),
        (table(body={"hours": 0.5}).replace("0.5", "1e999"), "a body that JSON can't hold"),
        (
            f"{MARK} = 1\nevents = 1\n[[event]]\nid = 'x'\nroadmap = 'r'\nat = 'a'\nkind = 'K'\nbody = {{ x = inf }}",
            "JSON can't hold",
        ),
        (f"{EVENT}{{ x = 2026-01-01 }}", "a body that JSON can't hold"),
        (table(id="٠0000000000001-abcdef01"), "an id that is none"),
        (table(mood="good"), "an unknown key 'mood'"),
        (table(sum="0" * 16), "`sum` doesn't fit"),
    ],
    ids=lambda value: str(value)[:30].encode("ascii", "backslashreplace").decode(),
)
def test_what_is_no_progress_is_refused_with_line_and_cause(text: str, said: str) -> None:
    assert said in named(text)


def test_bytes_that_are_no_text_are_refused() -> None:
    assert named(b"a\n\xff\xfe") == "file:2: not UTF-8 text"
    named(to_json([row()]).encode("utf-16"))


@writers
def test_ids_count_on_from_the_last_that_a_clock_may_have(write: Writer) -> None:
    rows = [row(number=int(LAST) + n) for n in range(3)]
    assert read(write(rows).encode(), "file") == rows
    assert "an id that is none" in named(write(rows[:1] + rows[2:]))


def test_ids_that_are_spelled_otherwise_are_read_without_their_lines() -> None:
    rows = [row(number=n) for n in range(1, 4)]
    spelled = to_json(rows).replace('"0000', '"\\u0030000')
    assert read(spelled.encode(), "file") == rows
    assert named(spelled.replace("TopicTicked", "TopicTacked")).startswith("file:1: an event was changed")


def test_event_that_stands_twice_is_one_and_twice_otherwise_refused() -> None:
    assert read(to_json([row(), row()]).encode(), "file") == [row()]
    assert "stands twice, each time otherwise" in named(to_json([row(), row('{"topic":"u"}')]))


# Any damage


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change, drop, repeat and move pieces of a text."""
    for _ in range(chance.randrange(1, 4)):
        a, b = sorted(chance.choices(range(len(content) + 1), k=2))
        b = min(b, a + 200)
        noise = chance.choice(
            [b"[", b"{", b'"', b"'''", b"\n", b"=", b".", b"9" * 400, b"\x00", b"\xff", b"\\u", b"nan", b"[[phase]]\n", b"- 1"]
        )
        piece = content[a:b]
        content = chance.choice([content[:a] + content[b:], content[:a] + noise + content[b:], content[:b] + piece + content[b:]])
    return content


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(150))
def test_mutated_progress_is_read_whole_or_refused(chance: random.Random) -> None:
    rows = [row_of("r", Entry(entry_id(n, "abcdef01"), MONDAY, e.NoteWritten(topic="t", text=f"note {n}"))) for n in range(1, 6)]
    content = mutated(chance.choice([to_json, to_toml])(rows).encode(), chance)
    try:
        found = read(content, "file")
    except NotProgress as fault:
        assert "\n" not in str(fault)  # noqa: PT017 either is right
    else:
        named_now = {one.id: one for one in found}  # an id of its own, with its sum, is another event
        kept = [one for one in rows if re.search(f'sum"?(: ?| = )"{one.sum}"'.encode(), content)]  # without its sum it is computed
        assert all(named_now.get(one.id, one) == one for one in kept)


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(60))
def test_mutated_roadmap_is_read_or_its_faults_are_told(chance: random.Random) -> None:
    content = mutated((SMALL / "roadmap.toml").read_bytes(), chance)
    try:
        roadmap, _, faults = build(parse(content, "file"), {})
    except NotARoadmap as error:
        assert error.faults  # noqa: PT017 either is right
    else:
        assert roadmap or faults
        assert all(str(fault).startswith("file:") and "\n" not in str(fault) for fault in faults)
