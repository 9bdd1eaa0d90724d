"""Roadmap: names that are found, text that is only text, addresses that may be opened."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dlroadmap.roadmap import Figure, Idea, Phase, Roadmap, Topic, clean, is_web_address, like, likely, named

STAYS = {"\n", "\t", "\u200c", "\u200d"}
"""Line ends, tabs, and the joiners of Persian and of emoji."""


def test_clean_removes_what_is_control_or_format_and_nothing_else() -> None:
    removed = {c for c in map(chr, range(sys.maxunicode + 1)) if clean(f"a{c}b") != f"a{c}b"} - {"\r"}
    unsafe = (
        {c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        - STAYS
        - {"\r"}
    )
    assert unsafe <= removed
    unassigned = {c for c in removed - unsafe if unicodedata.category(c) == "Cn"}  # newer Unicodes than this Python's have them
    assert removed == unsafe | unassigned
    assert len(unassigned) < 100


def test_clean_makes_every_line_end_a_newline_and_keeps_joiners() -> None:
    assert clean("a\r\nb\rc\n\td") == "a\nb\nc\n\td"
    assert clean("می\u200cخواهم 👩\u200d🔬") == "می\u200cخواهم 👩\u200d🔬"
    assert clean("a\x1b[31mb\x1b]0;t\x07c\u202edc") == "a[31mb]0;tcdc"


@given(st.text())
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def topic(**fields: Any) -> Topic:
    return Topic.model_validate({"id": "t", "title": "T", **fields})


def test_lines_are_one_line_prose_is_trimmed_and_blocks_keep_their_spaces() -> None:
    one = topic(title=" a\n b\tc\x1b[0m ", why="\n\n  text\r\n more  \n")
    assert one.title == "a b c[0m"
    assert one.why == "text\n more"
    assert Figure.model_validate({"text": "\n  x\n\ty\n", "alt": "a"}).text == "  x\n    y"


@pytest.mark.parametrize("name", ["a", "gradient-descent", "a.b_c-1", "9", "x" * 64])
def test_ids_that_are_taken(name: str) -> None:
    assert topic(id=name).id == name


@pytest.mark.parametrize("name", ["", "A", "a b", "-a", "a-", "a--b", "a/b", "..", "é", "a\n", "x" * 65, "a\x1b"])
def test_ids_that_are_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="an id is at most 64"):
        topic(id=name)


@pytest.mark.parametrize("name", ["con", "nul", "aux.toml", "prn", "com1", "lpt9.x"])
def test_roadmap_is_not_named_as_windows_names_its_devices(name: str, small: Roadmap) -> None:
    with pytest.raises(ValidationError, match="Windows reserves"):
        Roadmap.model_validate({**small.model_dump(), "id": name})


def test_empty_title_and_misspelt_key_are_refused() -> None:
    with pytest.raises(ValidationError, match="must not be empty"):
        topic(title=" \u202e ")
    with pytest.raises(ValidationError, match="Extra inputs"):
        topic(sumary="…")


def test_values_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        topic().title = "other"  # type: ignore[misc] # that it can't be set is what is shown


def test_copy_has_no_stale_cache() -> None:
    one = topic(idea=[{"id": "i", "text": "I", "asked_by": [["q"]]}])
    assert [i.id for i in one.asked] == ["i"]
    assert one.model_copy(update={"idea": ()}).asked == ()


def test_steps_are_practice_then_projects_then_resources(small: Roadmap) -> None:
    steps = small.topics["numbers"].steps
    assert [(s.kind, s.id, s.minutes) for s in steps] == [
        ("practice", "count", 30),
        ("practice", "add", 20),
        ("resource", "primer", 10),
    ]
    assert [(s.kind, s.text, s.minutes) for s in small.topics["vectors"].steps][1] == ("project", "A plotter", 90)


def test_step_is_found_by_its_id_or_a_former_one(small: Roadmap) -> None:
    numbers = small.topics["numbers"]
    assert numbers.step("tally") == numbers.step("count") == numbers.steps[0]
    assert numbers.step("nothing") is None


@pytest.mark.parametrize(("marked", "first"), [((), "a"), (("b",), "b"), (None, None)])
def test_a_topic_begins_with_the_resource_that_is_marked_or_with_the_first(
    marked: tuple[str, ...] | None, first: str | None
) -> None:
    told = {"kind": "docs", "title": "T", "url": "https://example.org"}
    every = [] if marked is None else [{**told, "id": name, "start": name in marked} for name in ("a", "b")]
    found = topic(resource=every).first_resource
    assert (found.id if found else None) == first


def test_idea_is_found_by_its_id_or_a_former_one(small: Roadmap) -> None:
    numbers = small.topics["numbers"]
    assert numbers.find_idea("summing") == numbers.find_idea("adding") == numbers.idea[0]
    assert numbers.find_idea("nothing") is None


def test_topics_phases_and_what_a_topic_opens(small: Roadmap) -> None:
    assert list(small.topics) == ["numbers", "vectors", "neurons", "training", "attention"]
    assert small.phase_of["training"].id == "nets"
    assert small.opens == {
        "numbers": ("vectors",),
        "vectors": ("neurons", "attention"),
        "neurons": ("training", "attention"),
        "training": (),
        "attention": (),
    }


def test_paths_begin_with_all_of_the_map(small: Roadmap) -> None:
    assert list(small.paths) == ["all", "short"]
    assert small.paths["all"].topics == tuple(small.topics)
    assert small.paths["short"].topics == ("numbers", "vectors", "neurons")
    assert small.paths["short"].added == {"vectors"}


@pytest.mark.parametrize("name", ["numbers", "figures", "Numbers", " NUMBERS ", "FIGURES"])
def test_topic_is_found_by_id_alias_and_title_in_any_case(small: Roadmap, name: str) -> None:
    assert small.topic(name) is small.topics["numbers"]


def test_phase_is_found_likewise(small: Roadmap) -> None:
    assert small.find_phase("NETS") is small.phase[1]
    assert small.find_phase("numbers") is None


def test_a_paths_stretches_go_before_the_maps_phases_and_have_numbers(small: Roadmap) -> None:
    every, short = small.paths["all"], small.paths["short"]
    assert small.find_phase("2", every) == small.phase[1]
    assert small.find_phase("2") is None
    stretch = small.find_phase("1", short)
    assert stretch is not None
    assert [topic.id for topic in stretch.topic] == ["numbers", "vectors", "neurons"]
    assert small.find_phase("all-of-it", short) == stretch
    assert small.find_phase("nets", short) is small.phase[1]
    assert small.find_phase("2", short) is None
    assert small.find_phase("0", every) is None


def test_a_title_is_found_by_its_words_too() -> None:
    things = [Phase.model_validate({"id": "a", "title": "Scaling & Efficiency: Größe", "topic": [topic()]})]
    assert named(things, "scaling-efficiency-größe") is things[0]
    assert named(things, "scaling") is None
    assert named(things, "&") is None


def test_id_goes_before_alias_and_alias_before_title() -> None:
    things = [
        Phase.model_validate({"id": "a", "title": "c", "topic": [topic()]}),
        Phase.model_validate({"id": "b", "title": "B", "aliases": ["c"], "topic": [topic()]}),
        Phase.model_validate({"id": "c", "title": "C", "topic": [topic()]}),
    ]
    assert named(things, "c") is things[2]
    assert named(things[:2], "c") is things[1]
    assert named(things[:1], "C") is things[0]


@pytest.mark.parametrize(
    ("typed", "found"), [("nubmers", "numbers"), ("neuron", "neurons"), ("Attn", "attention"), ("rain", "training")]
)
def test_nearest_topic_to_a_misspelt_name(small: Roadmap, typed: str, found: str) -> None:
    nearest = likely(small.topics.values(), typed)
    assert nearest is not None
    assert nearest.id == found


def test_nothing_is_near_to_nothing(small: Roadmap) -> None:
    assert likely(small.topics.values(), "") is None
    assert likely(small.topics.values(), "zzzzzzzz") is None
    assert likely([], "numbers") is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [("convolution", "convolutions-and-pooling"), ("llm-evaluaton", "llm-evaluation"), ("1", None), ("optimiser", None)],
)
def test_what_holds_a_name_is_nearer_than_what_looks_like_it_and_what_is_far_off_is_not_near(typed: str, found: str | None) -> None:
    assert like(["llm-evaluation", "convolutions-and-pooling", "l1-regularization", "capstone"], typed) == found


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "https://example.org/a?b=c&d=(e)#f",
        "HTTPS://Example.org:8080/",
        "https://en.wikipedia.org/wiki/Bayes'_theorem",
        "https://medium.com/@somebody/a-post",
        "http://[::1]/",
    ],
)
def test_web_addresses_may_be_opened(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,hi",
        "ftp://example.org",
        "smb://server/share",
        "ssh://-oProxyCommand=touch%20x",
        "--help",
        "-new-window",
        "%action",
        "",
        "example.org",
        "//example.org",
        "http:",
        "http://",
        "http:///path",
        "http://:80",
        "http://user@",
        "https://example.org@evil.org/",
        "http://example.org:port/",
        "http://[::1",
        "https://example.org/a b",
        'https://example.org/"x"',
        "https://example.org/`id`",
        "https://example.org/<script>",
        "https://example.org\\evil.org",
        "https://example.org/\n",
        " https://example.org",
        "https://example.org/\x1b[31m",
        "\x1bhttps://example.org/",
        "https://example.org/\x7f",
        "https://example.org/\u202egpj.exe",
    ],
)
def test_other_addresses_are_never_opened(url: str) -> None:
    assert not is_web_address(url)


def test_idea_that_no_question_shows_is_not_asked() -> None:
    ideas = [Idea(id="a", text="A"), Idea(id="b", text="B", asked_by=(("q",), ("r",)))]
    assert [i.id for i in topic(idea=ideas).asked] == ["b"]
