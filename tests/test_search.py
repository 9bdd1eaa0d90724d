from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.events import NoteWritten
from dlroadmap.roadmap import Roadmap
from dlroadmap.search import Entry, Hit, Index, fold, grouped, index, notes, one_slip, search
from dlroadmap.study import Study

EMPTY = Index((), frozenset())
TITLES = ["Backpropagation", "Gradient Descent & SGD", "Long Short-Term Memory", "Policy Gradients", "Évaluation à la carte"]


@pytest.fixture
def some() -> Index:
    entries = [Entry("topic", title, title[:4].lower(), text="each pass flows backward through the layers") for title in TITLES]
    words = frozenset(word for title in TITLES for word in fold(title).split() if len(word) > 2)
    return Index(EMPTY.plus(entries).entries, words)


def titles(hits: list[Hit]) -> list[str]:
    return [hit.entry.title for hit in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("backpropagation", "Backpropagation"),
        ("grad", "Gradient Descent & SGD"),
        ("grad pol", "Policy Gradients"),
        ("gradeint", "Gradient Descent & SGD"),
        ("bakcprop", "Backpropagation"),
        ("lstm", "Long Short-Term Memory"),
        ("evaluation", "Évaluation à la carte"),
        ("A LA CARTE", "Évaluation à la carte"),
        ("ropagat", "Backpropagation"),
    ],
)
def test_what_one_means_comes_first(some: Index, query: str, first: str) -> None:
    assert titles(search(some, query))[0] == first


@pytest.mark.parametrize(("query", "first"), [("mu", "Multiplication"), ("gan", "A first GAN")])
def test_a_whole_word_goes_before_a_beginning_unless_it_may_be_a_variable(query: str, first: str) -> None:
    names = ("The mean mu", "Multiplication", "Gangs of neurons", "A first GAN")
    assert titles(search(EMPTY.plus(Entry("topic", name) for name in names), query))[0] == first


def test_every_word_must_match(some: Index) -> None:
    assert search(some, "gradient memory") == []
    assert search(some, "zebra") == []
    assert search(some, "  ") == []


def test_a_title_goes_before_a_text_and_the_text_is_shown_around_the_match(some: Index) -> None:
    hits = search(some, "back")
    assert titles(hits)[0] == "Backpropagation"
    assert hits[0].title == ((0, 4),)
    assert hits[1].excerpt[slice(*hits[1].spans[0])] == "back"


def test_letters_in_order_are_marked_one_by_one(some: Index) -> None:
    (hit,) = search(some, "lstm")
    assert "".join(hit.entry.title[slice(*span)] for span in hit.title) == "LSTM"


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_query_on_any_title_is_answered_with_spans_inside_it(query: str, title: str) -> None:
    for hit in search(EMPTY.plus([Entry("topic", title, text=title)]), query):
        assert all(0 <= a < b <= len(title) for a, b in hit.title)
        assert all(0 <= a < b <= len(hit.excerpt) for a, b in hit.spans)


@given(st.text(max_size=60))
def test_folding_keeps_each_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text("abcde", min_size=2, max_size=8), st.integers(0, 7), st.sampled_from("abcde"))
def test_a_slip_is_a_letter_more_less_another_or_two_changed_over(word: str, at: int, letter: str) -> None:
    at %= len(word)
    others = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
    others.append(word[:at] + word[at : at + 2][::-1] + word[at + 2 :])
    assert all(other == word or one_slip(word, other) for other in others)


def test_the_whole_roadmap_is_found(small: Roadmap) -> None:
    found = index(small)
    kinds = {one.entry.kind for one in found.entries}
    assert {"topic", "idea", "practice", "resource"} <= kinds
    for topic in small.topics.values():
        assert search(found, topic.title)[0].entry.topic == topic.id


def test_notes_are_found_by_their_words(study: Study) -> None:
    study.record(NoteWritten(topic="numbers", text="Zeno\nnever overtook the tortoise"))
    (hit,) = search(index(study.roadmap).plus(notes(study.roadmap, study.progress)), "tortoise")
    assert (hit.entry.kind, hit.entry.topic, hit.entry.title) == ("note", "numbers", "Zeno")


def test_a_note_is_found_on_its_topic_when_that_was_renamed(study: Study) -> None:
    """Numbers was called figures: the newest note counts, by whatever name, as on the topic's page."""
    study.record(NoteWritten(topic="figures", text="the tortoise"))
    assert [(one.topic, one.title) for one in notes(study.roadmap, study.progress)] == [("numbers", "the tortoise")]
    study.record(NoteWritten(topic="numbers", text="the hare"))
    study.record(NoteWritten(topic="figures", text="Achilles"))
    assert [(one.topic, one.title) for one in notes(study.roadmap, study.progress)] == [("numbers", "Achilles")]


def test_groups_stand_in_the_order_of_their_best_hit(small: Roadmap) -> None:
    hits = search(index(small), "numbers", most=2)
    order = [kind for kind, _ in grouped(hits)]
    assert order == list(dict.fromkeys(hit.entry.kind for hit in hits))
    assert all(len(group) <= 2 for _, group in grouped(hits))
