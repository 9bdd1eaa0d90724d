"""Sitting: what is asked, in which order and in which numbers; put off, missed, resumed; and what it came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.histories import BEGAN, MACHINES

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, Planned, SittingStarted, entry_id
from dlroadmap.progress import Progress, fold
from dlroadmap.question import Bank
from dlroadmap.roadmap import Roadmap, Topic
from dlroadmap.schedule import Rating, remember
from dlroadmap.sitting import (
    Sitting,
    Turn,
    answer,
    checkpoint,
    goes_on,
    in_a_row,
    may_overrule,
    outcome,
    overruled,
    plan_idea,
    practice,
    retire,
    verdict_of,
)
from dlroadmap.standing import where


def begun(*ideas: str, kind: Any = "checkpoint", seed: int = 7, spares: bool = True) -> Sitting:
    """Return a sitting over ideas a, b, c …: each asked by question qa and then, where it is missed, by sa."""
    planned = tuple(Planned(topic="t", idea=i, question=f"q{i}", spare=f"s{i}" if spares else None) for i in ideas)
    return Sitting(started=SittingStarted(sitting="s", kind=kind, scope=("t",), seed=seed, questions=planned))


def planned(*questions: Planned) -> Sitting:
    """Return a sitting over these questions."""
    return Sitting(started=SittingStarted(sitting="s", kind="checkpoint", scope=("t",), seed=7, questions=questions))


def answered(sitting: Sitting, credit: float, **fields: Any) -> Sitting:
    """Return the sitting after the question at hand was answered with this credit."""
    turn = sitting.turn
    assert turn is not None
    told = {"topic": turn.topic, "question": turn.question, "idea": turn.idea, "kind": "text", "retry": turn.retry, **fields}
    return sitting.answered(e.Answered(sitting="s", given="x", credit=credit, **told))


def asked(sitting: Sitting) -> list[str]:
    return [turn.question for turn in sitting.queue]


# The queue


def test_first_questions_then_second_tries_in_the_order_of_the_misses() -> None:
    sitting = begun("a", "b", "c")
    assert asked(sitting) == ["qa", "qb", "qc"]
    sitting = answered(sitting, 0)
    assert asked(sitting) == ["qb", "qc", "sa"]
    sitting = answered(answered(sitting, 1), 0.3)
    assert sitting.queue == (Turn("t", "a", "sa", retry=True), Turn("t", "c", "sc", retry=True))
    sitting = answered(answered(sitting, 0), 1)
    assert sitting.finished
    assert sitting.turn is None


def test_an_idea_comes_again_until_its_fresh_question_was_asked_and_none_of_another_topic_with_it() -> None:
    sitting = planned(*(Planned(topic=topic, idea="same", question="q", spare="s") for topic in ("t", "u")))
    sitting = answered(answered(sitting, 0), 1)
    missed, right = sitting.answers
    assert sitting.comes_again(missed)
    assert not sitting.comes_again(right)
    again = answered(sitting, 0)
    assert not again.comes_again(missed)
    assert not again.comes_again(again.answers[-1])


def test_half_the_credit_needs_no_second_try() -> None:
    assert asked(answered(begun("a", "b"), 0.5)) == ["qb"]


def test_missed_idea_without_a_fresh_question_and_open_question_come_once() -> None:
    assert asked(answered(begun("a", "b", spares=False), 0)) == ["qb"]
    assert asked(answered(begun("a", "b"), 0, kind="open")) == ["qb"]


def test_later_goes_to_the_end() -> None:
    sitting = begun("a", "b", "c").later()
    assert asked(sitting) == ["qb", "qc", "qa"]
    assert asked(sitting.later()) == ["qc", "qa", "qb"]
    assert asked(sitting.later().later()) == ["qa", "qb", "qc"]


def test_later_with_one_left_changes_nothing() -> None:
    assert asked(begun("a").later().later()) == ["qa"]
    finished = answered(begun("a"), 1)
    assert finished.later() == finished


def test_second_try_can_be_put_off_too() -> None:
    sitting = answered(answered(begun("a", "b"), 0), 0)
    assert asked(sitting) == ["sa", "sb"]
    assert asked(sitting.later()) == ["sb", "sa"]
    assert asked(sitting.later().later()) == ["sa", "sb"]


def test_what_was_put_off_waits_for_second_tries_that_stood_before_it() -> None:
    sitting = answered(begun("a", "b", "c"), 0)
    assert asked(sitting.later().later()) == ["sa", "qb", "qc"]
    put_off_first = answered(begun("a", "b", "c").later(), 0)
    assert asked(put_off_first) == ["qc", "qa", "sb"]
    assert asked(put_off_first.later().later()) == ["sb", "qc", "qa"]


def test_second_try_of_what_was_put_off_comes_last() -> None:
    sitting = answered(answered(begun("a", "b", "c").later().later(), 1), 0)
    assert asked(sitting) == ["qb", "sa"]


def test_queue_is_worked_out_once_and_anew_after_each_step() -> None:
    sitting = begun("a", "b", "c")
    assert sitting.queue is sitting.queue
    further = answered(sitting.later(), 1).later()
    assert asked(further) == ["qa", "qc"]
    taken_back = replace(further, answers=()).later()
    assert asked(taken_back) == ["qc", "qa", "qb"]


@given(st.integers(1, 5), st.lists(st.sampled_from(["right", "wrong", "later"]), max_size=40))
def test_every_sitting_ends_and_asks_every_idea_once_and_every_missed_one_again(ideas: int, acts: list[str]) -> None:
    sitting, first_missed, retries = begun(*"abcde"[:ideas]), set[str](), set[str]()
    for act in [*acts, *["right"] * 10]:
        turn, before = sitting.turn, sitting.queue
        if turn is None:
            break
        if act == "later":
            sitting = sitting.later()
            assert sitting.queue == (*before[1:], turn)
            continue
        sitting = answered(sitting, float(act == "right"))
        (retries if turn.retry else first_missed).update({turn.idea} if act == "wrong" or turn.retry else ())
        assert sitting.queue[: len(before) - 1] == before[1:]
    assert sitting.finished
    assert retries == first_missed
    assert len(sitting.answers) == ideas + len(retries)
    assert Sitting(started=sitting.started, answers=sitting.answers).finished


def test_sitting_that_is_resumed_goes_on() -> None:
    sitting = answered(answered(begun("a", "b", "c"), 0), 1)
    assert Sitting(started=sitting.started, answers=sitting.answers).queue == sitting.queue


def test_without_what_is_gone() -> None:
    sitting = begun("a", "b")
    assert asked(sitting.without(sitting.started.questions[:1])) == ["qb"]
    assert sitting.without([]) == sitting


# Variants and shuffles


def test_second_try_of_the_same_question_has_other_numbers(bank: Bank) -> None:
    one = bank.find("vectors", "length-of")
    assert one is not None
    first, again = Turn("vectors", "length", "length-of"), Turn("vectors", "length", "length-of", retry=True)
    for before in range(5):
        sitting = planned(Planned(topic="vectors", idea="length", question="length-of", asked=before, spare="length-of"))
        assert sitting.variant(first, one) != sitting.variant(again, one)


def test_all_variants_are_drawn_and_one_alone_is_always_the_same(bank: Bank) -> None:
    many, single = bank.find("numbers", "sum-of-two"), bank.find("numbers", "two-and-two")
    assert many is not None
    assert single is not None
    turn = Turn("numbers", "adding", "sum-of-two")
    times = range(len(many.variants))
    drawn = [planned(Planned(topic="numbers", idea="adding", question="sum-of-two", asked=n)).variant(turn, many) for n in times]
    assert all(variant in drawn for variant in many.variants)
    assert begun("a").variant(turn._replace(retry=True), single) == {}


def test_a_fresh_question_has_the_numbers_that_its_own_count_gives(bank: Bank) -> None:
    many = bank.find("numbers", "sum-of-two")
    assert many is not None
    spare = Planned(topic="numbers", idea="adding", question="other", asked=4, spare="sum-of-two", spare_asked=1)
    own = Planned(topic="numbers", idea="adding", question="sum-of-two", asked=1)
    again, first = Turn("numbers", "adding", "sum-of-two", retry=True), Turn("numbers", "adding", "sum-of-two")
    assert planned(spare).variant(again, many) == planned(own).variant(first, many)


@given(st.integers(0, 2**48), st.lists(st.text(max_size=3), max_size=9), st.booleans())
def test_shuffle_keeps_all_and_follows_from_the_seed(seed: int, things: list[str], retry: bool) -> None:
    turn = Turn("t", "a", "qa", retry)
    shown = begun("a", seed=seed).shuffled(turn, things)
    assert sorted(shown) == sorted(things)
    assert shown == begun("a", seed=seed).shuffled(turn, things)


def test_draws_are_the_same_on_every_machine_and_version() -> None:
    assert begun("a", seed=1).shuffled(Turn("t", "a", "qa"), "abcdef") == tuple("beadfc")
    firsts = {begun("a", seed=seed).shuffled(Turn("t", "a", "qa"), "abcd")[0] for seed in range(60)}
    assert firsts == set("abcd")


# Planning


def after(*events: Event) -> Progress:
    return fold(Entry(entry_id(n, MACHINES[0]), BEGAN + timedelta(minutes=n), event) for n, event in enumerate(events))


def take(topic: Topic, bank: Bank, *events: Event, seed: int = 3) -> SittingStarted:
    started = checkpoint(topic, bank, after(*events), sitting="s", seed=seed)
    assert started is not None
    return started


def said(topic: str, question: str, idea: str, credit: float = 1, **fields: Any) -> e.Answered:
    told = {"kind": "choice", "given": "x", **fields}
    return e.Answered(sitting="s", topic=topic, question=question, idea=idea, credit=credit, **told)


START = SittingStarted(sitting="s", kind="checkpoint", scope=("numbers",), seed=1, questions=())


def test_in_a_row_are_asked_the_topics_that_are_not_passed_or_all_and_none_that_is_skipped(small: Roadmap) -> None:
    def asked(*events: Event) -> list[str]:
        return [topic.id for topic in in_a_row(small.topics.values(), after(*events), BEGAN)]

    every = [topic.id for topic in small.topics.values() if topic.questions]
    assert "attention" not in every
    assert asked() == every
    ideas = {topic.id: [said(topic.id, "q", idea.id) for idea in topic.asked] for topic in small.topics.values()}
    assert asked(START, *ideas["numbers"]) == every[1:]
    assert asked(START, *(one for name in every for one in ideas[name])) == every
    assert asked(e.TopicSkipped(topic="vectors")) == [name for name in every if name != "vectors"]
    assert asked(*(e.TopicSkipped(topic=name) for name in every)) == []


def test_checkpoint_asks_each_idea_once_with_a_fresh_question_in_reserve(small: Roadmap, bank: Bank) -> None:
    started = take(small.topics["numbers"], bank)
    assert [p.idea for p in started.questions] == ["adding", "doubling"]
    adding, doubling = started.questions
    assert {adding.question, adding.spare} == {"two-and-two", "sum-of-two"}
    assert (doubling.question, doubling.spare) == ("double-of-three", None)
    assert (started.kind, started.scope, started.sitting) == ("checkpoint", ("numbers",), "s")


def test_question_with_other_numbers_is_its_own_reserve(small: Roadmap, bank: Bank) -> None:
    only = Bank(question=tuple(q for q in bank.question if q.id in ("length-of", "tip-to-tail")))
    length, adding = take(small.topics["vectors"], only).questions
    assert (length.question, length.spare) == ("length-of", "length-of")
    assert adding.spare is None


def test_unseen_questions_come_first_then_those_asked_longest_ago(small: Roadmap, bank: Bank) -> None:
    numbers = small.topics["numbers"]
    seen = said("numbers", "two-and-two", "adding", 0)
    for seed in range(20):
        assert take(numbers, bank, START, seen, seed=seed).questions[0].question == "sum-of-two"
        both = (START, seen, said("numbers", "sum-of-two", "adding", 0))
        assert take(numbers, bank, *both, seed=seed).questions[0].question == "two-and-two"
    unseen = {take(numbers, bank, seed=seed).questions[0].question for seed in range(40)}
    assert unseen == {"two-and-two", "sum-of-two"}


def test_question_seen_under_a_former_name_is_not_fresh(small: Roadmap, bank: Bank) -> None:
    seen = said("figures", "four", "summing", 0)
    assert take(small.topics["numbers"], bank, START, seen).questions[0].question == "sum-of-two"


def test_retired_question_is_asked_no_more(small: Roadmap, bank: Bank) -> None:
    retired = e.QuestionRetired(topic="numbers", question="two-and-two")
    adding = take(small.topics["numbers"], bank, retired).questions[0]
    assert (adding.question, adding.spare) == ("sum-of-two", "sum-of-two")
    both = (retired, e.QuestionRetired(topic="numbers", question="sum-of-two"))
    assert [p.idea for p in take(small.topics["numbers"], bank, *both).questions] == ["doubling"]


def test_retake_asks_all_again_but_what_was_retired(small: Roadmap, bank: Bank) -> None:
    numbers = small.topics["numbers"]
    retired = [e.QuestionRetired(topic="numbers", question=name) for name in ("two-and-two", "sum-of-two")]
    again = take(numbers, bank, START, said("numbers", "double-of-three", "doubling"), *retired)
    assert [p.idea for p in again.questions] == ["doubling"]


def test_question_is_retired_once_under_all_the_ids_that_it_was_asked_by(small: Roadmap, bank: Bank) -> None:
    numbers, question = small.topics["numbers"], bank.find("numbers", "two-and-two")
    assert question is not None
    assert retire(question, numbers, Progress()) == e.QuestionRetired(topic="numbers", question="two-and-two")
    asked = after(START, said("figures", "four", "summing", 0), said("numbers", "two-and-two", "adding", 0))
    event = retire(question, numbers, asked)
    assert event is not None
    assert event == e.QuestionRetired(topic="numbers", question="two-and-two", formerly=(("figures", "four"),))
    assert retire(question, numbers, after(START, said("figures", "four", "summing", 0), event)) is None


def test_retake_asks_what_was_not_shown_at_a_first_try_and_all_where_all_was(small: Roadmap, bank: Bank) -> None:
    numbers = small.topics["numbers"]
    first = (START, said("numbers", "two-and-two", "adding"), said("numbers", "double-of-three", "doubling", 0))
    assert [p.idea for p in take(numbers, bank, *first).questions] == ["doubling"]
    second_try = said("numbers", "double-of-three", "doubling", retry=True)
    assert [p.idea for p in take(numbers, bank, *first, second_try).questions] == ["doubling"]
    done = (*first, said("numbers", "double-of-three", "doubling"))
    assert where(numbers, after(*done), BEGAN).passed
    assert [p.idea for p in take(numbers, bank, *done).questions] == ["adding", "doubling"]


def test_former_names_of_ideas_are_not_asked_again(small: Roadmap, bank: Bank) -> None:
    shown = said("figures", "four", "summing")
    assert [p.idea for p in take(small.topics["numbers"], bank, START, shown).questions] == ["doubling"]


def test_one_unseen_open_question_ends_a_checkpoint(small: Roadmap, bank: Bank) -> None:
    neurons = small.topics["neurons"]
    assert take(neurons, bank).questions[-1] == Planned(topic="neurons", idea="bias", question="explain")
    seen = said("neurons", "explain", "bias", kind="open")
    assert "explain" not in [p.question for p in take(neurons, bank, START, seen).questions]
    retired = e.QuestionRetired(topic="neurons", question="explain")
    assert "explain" not in [p.question for p in take(neurons, bank, retired).questions]
    renamed = Bank(
        question=tuple(
            q.model_copy(update={"id": "tell", "aliases": ("explain",)}) if q.kind == "open" else q for q in bank.question
        )
    )
    assert "tell" not in [p.question for p in take(neurons, renamed, START, seen).questions]
    assert "tell" in [p.question for p in take(neurons, renamed).questions]
    both = take(neurons, Bank(question=(*bank.question, *(q for q in renamed.question if q.kind == "open"))))
    assert len({"explain", "tell"} & {p.question for p in both.questions}) == 1


def test_topic_without_questions_has_no_checkpoint(small: Roadmap, bank: Bank) -> None:
    assert checkpoint(small.topics["attention"], bank, Progress(), sitting="s", seed=1) is None
    assert plan_idea(small.topics["numbers"], small.topics["numbers"].idea[0], Bank(), Progress(), 1) is None


def test_practice_goes_round_the_ideas_and_is_as_long_as_was_asked(small: Roadmap, bank: Bank) -> None:
    numbers, vectors = small.topics["numbers"], small.topics["vectors"]
    started = practice([numbers, vectors], bank, Progress(), sitting="s", seed=5, count=4)
    assert started is not None
    assert (started.kind, started.scope) == ("practice", ("numbers", "vectors"))
    assert len({(p.topic, p.idea) for p in started.questions}) == 4
    assert all(p.spare is None for p in started.questions)
    everything = practice([numbers, vectors], bank, Progress(), sitting="s", seed=5, count=99)
    assert everything is not None
    assert len(everything.questions) == 7
    assert practice([small.topics["attention"]], bank, Progress(), sitting="s", seed=5, count=2) is None


def test_easy_practice_begins_with_the_easiest(small: Roadmap, bank: Bank) -> None:
    for seed in range(10):
        started = practice([small.topics["numbers"]], bank, Progress(), sitting="s", seed=seed, count=1, easy=True)
        assert started is not None
        assert started.questions[0].question == "two-and-two"


def test_practice_never_asks_the_retired(small: Roadmap, bank: Bank) -> None:
    retired = after(e.QuestionRetired(topic="numbers", question="two-and-two"))
    started = practice([small.topics["numbers"]], bank, retired, sitting="s", seed=5, count=9)
    assert started is not None
    assert sorted(p.question for p in started.questions) == ["double-of-three", "sum-of-two"]


def test_sitting_that_somebody_asks_for_is_the_one_of_that_kind_and_scope() -> None:
    assert goes_on(START, "checkpoint", ["numbers"])
    assert not goes_on(START, "practice", ["numbers"])
    assert not goes_on(START, "checkpoint", ["numbers", "vectors"])


# A whole checkpoint, and its result


def complete(topic: Topic, bank: Bank, progress: Progress, right: Any) -> tuple[Sitting, Progress]:
    """Take a topic's checkpoint to its end; right tells of each turn whether it is answered right."""
    started = checkpoint(topic, bank, progress, sitting="s", seed=9)
    assert started is not None
    n = progress.entries
    progress = progress.after(Entry(entry_id(n, "m"), BEGAN + timedelta(minutes=n), started))
    sitting = Sitting(started=started)
    while (turn := sitting.turn) is not None:
        question = bank.find(turn.topic, turn.question)
        assert question is not None
        solution = question.solution(sitting.variant(turn, question))
        event, _ = answer(sitting, question, solution if right(turn) else None, confidence="fairly", seconds=2, hint=False)
        n += 1
        progress = progress.after(Entry(entry_id(n, "m"), BEGAN + timedelta(minutes=n), event))
        sitting = sitting.answered(event)
    return sitting, progress


@pytest.mark.parametrize("name", ["numbers", "vectors", "neurons", "training"])
def test_checkpoint_answered_right_passes_its_topic(small: Roadmap, bank: Bank, name: str) -> None:
    topic = small.topics[name]
    sitting, progress = complete(topic, bank, Progress(), lambda _: True)
    here = where(topic, progress, BEGAN + timedelta(hours=1))
    assert (here.standing, here.shown, here.first_try) == ("done", len(topic.asked), len(topic.asked))
    assert not outcome(sitting.answers).again


@pytest.mark.parametrize("name", ["numbers", "vectors", "neurons", "training"])
def test_checkpoint_missed_and_taken_again_passes_its_topic(small: Roadmap, bank: Bank, name: str) -> None:
    topic = small.topics[name]
    sitting, progress = complete(topic, bank, Progress(), lambda _: False)
    assert not where(topic, progress, BEGAN + timedelta(hours=1)).passed
    assert len(outcome(sitting.answers).again) == len(topic.asked)
    _, progress = complete(topic, bank, progress, lambda turn: turn.retry)
    _, progress = complete(topic, bank, progress, lambda _: True)
    assert where(topic, progress, BEGAN + timedelta(hours=1)).passed


def test_outcome_adds_up_what_counts() -> None:
    answers = [
        said("t", "qa", "a", confidence="certain", seconds=10),
        said("t", "qb", "b", 0, confidence="certain", seconds=5),
        said("t", "qc", "c", 0.5, confidence="guess", seconds=5),
        said("t", "qd", "d", 0, confidence=None),
        said("t", "qe", "e", kind="open", confidence="fairly", seconds=60),
        said("t", "sb", "b", confidence="fairly", retry=True, seconds=1),
    ]
    came = outcome(answers)
    assert [a.question for a in came.firsts] == ["qa", "qb", "qc", "qd"]
    assert [a.question for a in came.second_tries] == ["sb"]
    assert (came.right, came.wrong) == ({"certain": 1, "guess": 1, "fairly": 1}, {"certain": 1})
    assert [a.question for a in came.again] == ["qb", "qc", "qd"]
    assert came.seconds == 81


@pytest.mark.parametrize(
    ("kind", "given", "credit", "may"),
    [
        ("text", "x", 0, "right"),
        ("numeric", "3", 0, "slip"),
        ("choice", "x", 0, None),
        ("text", None, 0, None),
        ("numeric", "3", 1, None),
        ("text", "x", 0.5, None),
    ],
)
def test_missed_texts_and_numbers_may_be_overruled(kind: str, given: str | None, credit: float, may: str | None) -> None:
    assert may_overrule(said("t", "q", "a", credit, kind=kind, given=given)) == may


@pytest.mark.parametrize(
    ("reason", "hint", "credit"), [("right", False, 1), ("right", True, 0.5), ("slip", False, 0.5), ("slip", True, 0.5)]
)
def test_overruled_answer_has_what_is_due_to_it(reason: Any, hint: bool, credit: float) -> None:
    event = overruled(said("t", "q", "a", 0, kind="text", hint=hint), "entry", reason)
    assert event == e.AnswerOverruled(answer="entry", topic="t", question="q", idea="a", credit=credit, reason=reason)


@pytest.mark.parametrize("hint", [False, True])
def test_slip_is_no_miss_and_is_not_offered_twice(hint: bool, bank: Bank) -> None:
    missed = said("numbers", "sum-of-two", "adding", 0, kind="numeric", given="8", hint=hint, variant={"a": 2, "b": 5})
    slip = overruled(missed, entry_id(1, MACHINES[0]), "slip")
    progress = after(START, missed, slip)
    idea = progress.topics["numbers"].ideas["adding"]
    assert (idea.misses, idea.shown is not None) == (0, True)
    assert idea.memory is not None
    assert idea.memory.stability == remember(None, Rating.HARD, BEGAN).stability
    [(_, better)] = progress.sittings["s"].answers
    assert may_overrule(better) is None
    question = bank.find("numbers", "sum-of-two")
    assert question is not None
    assert verdict_of(better, question).credit == 0.5


def test_overruled_answer_leaves_no_second_try(small: Roadmap, bank: Bank) -> None:
    """The sitting is read anew from progress, where the answer has its new credit."""
    started = begun("a", "b")
    missed = answered(started, 0)
    entries = [START.model_copy(update={"sitting": "s"}), missed.answers[0]]
    wrong = after(*entries).sittings["s"]
    entries_and_word = [*entries, overruled(missed.answers[0], wrong.answers[0][0], "right")]
    right = after(*entries_and_word).sittings["s"]
    again = Sitting(started=started.started, answers=tuple(a for _, a in right.answers))
    assert asked(missed) == ["qb", "sa"]
    assert asked(again) == ["qb"]


def test_typed_text_is_recorded_without_control_characters(bank: Bank) -> None:
    question = bank.find("numbers", "double-of-three")
    assert question is not None
    sitting = begun("a")
    event, verdict = answer(sitting, question, "si\x1b[Ax\udcff\u202e", confidence=None, seconds=1, hint=False)
    assert event.given == "si[Ax"
    assert not verdict.right
