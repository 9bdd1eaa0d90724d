"""Review: what is due comes back in portions, at risk first, mixed over topics; exams share a phase."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.histories import BEGAN, MACHINES, REVIEWING

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, Planned, entry_id
from dlroadmap.progress import IdeaProgress, Progress, fold
from dlroadmap.question import Bank
from dlroadmap.review import (
    LEECH,
    SECONDS,
    Outlook,
    Wanted,
    cap_minutes,
    coming,
    exam,
    exam_size,
    ideas_in,
    interleaved,
    left_today,
    nothing_to_review,
    outlook,
    paused,
    portion,
    remembered,
    review,
    seconds_an_idea,
    seconds_for,
    suspended,
    tomorrow,
    waiting,
)
from dlroadmap.roadmap import Roadmap
from dlroadmap.standing import due_on, is_due, of_idea, of_topic

TOPICS = ("ta", "tb", "tc", "td")
IDEAS = ("ia", "ib", "ic")


def made(**hours: float) -> Roadmap:
    """Return a phase of four topics with three ideas each; tb needs ta and td."""
    topics = [
        {
            "id": t,
            "title": t.upper(),
            "hours": hours.get(t, 2),
            "needs": ["ta", "td"] if t == "tb" else [],
            "questions": 6,
            "idea": [{"id": i, "text": f"{t} {i}", "asked_by": [[f"{i}-one"], [f"{i}-two"]]} for i in IDEAS],
        }
        for t in ("ta", "td", "tb", "tc")
    ]
    return Roadmap.model_validate(
        {"format": 1, "id": "made", "title": "Made", "phase": [{"id": "p", "title": "P", "topic": topics}]}
    )


def questions(kind: str = "numeric") -> Bank:
    """Return two questions of each idea: a choice, and one of another kind."""
    rows: list[dict[str, Any]] = []
    options = [{"text": "yes", "right": True}, {"text": "no"}]
    for t in TOPICS:
        for i in IDEAS:
            told = {"topic": t, "idea": i, "level": 1, "ask": f"{t} {i}?"}
            rows.append({**told, "id": f"{i}-one", "kind": "choice", "options": options})
            other = {"answer": 3, "tolerance": 0} if kind == "numeric" else {"accept": ["yes"]}
            rows.append({**told, "id": f"{i}-two", "kind": kind, **other})
    return Bank.model_validate({"question": rows})


ROADMAP, BANK = made(), questions()


def bank_of(_topic: str) -> Bank:
    return BANK


def answer(topic: str, idea: str, credit: float = 1, **fields: Any) -> e.Answered:
    told = {"question": f"{idea}-one", "kind": "choice", "confidence": "fairly", **fields}
    return e.Answered(sitting="s", topic=topic, idea=idea, given="yes", credit=credit, **told)


def after(*events: Event | tuple[float, Event]) -> Progress:
    """Fold events, a minute apart, or at so many days after the beginning."""
    entries = []
    for n, told in enumerate(events):
        days, event = told if isinstance(told, tuple) else (n / 1440, told)
        entries.append(Entry(entry_id(n, MACHINES[0]), BEGAN + timedelta(days=days), event))
    return fold(entries, REVIEWING)


def started(kind: Any = "review") -> e.SittingStarted:
    return e.SittingStarted(sitting="s", kind=kind, scope=(), seed=1, questions=())


def at(days: float) -> datetime:
    return BEGAN + timedelta(days=days)


ALL_ASKED = [answer(t, i) for t in TOPICS for i in IDEAS]


# What waits


def test_nothing_waits_before_anything_was_asked() -> None:
    assert waiting(ROADMAP, Progress(), BEGAN) == []
    assert waiting(ROADMAP, Progress(), BEGAN, Wanted(every=True)) == []


def test_confident_errors_come_before_all_then_what_is_most_at_risk() -> None:
    progress = after(
        answer("ta", "ia"),
        answer("tb", "ib", 0),
        answer("tc", "ic", 0, confidence="certain"),
        (0.5, answer("td", "ia", 0)),
    )
    found = waiting(ROADMAP, progress, at(30))
    assert [w.topic.id for w in found] == ["tc", "tb", "td", "ta"]
    assert [w.recall for w in found[1:]] == sorted(w.recall for w in found[1:])


def test_missed_in_the_evening_is_due_the_next_morning_and_not_before() -> None:
    evening = BEGAN.replace(hour=20)
    progress = fold([Entry(entry_id(1, MACHINES[0]), evening, answer("ta", "ia", 0))], REVIEWING)
    assert waiting(ROADMAP, progress, evening + timedelta(hours=3)) == []
    assert len(waiting(ROADMAP, progress, evening.replace(hour=7) + timedelta(days=1))) == 1


def test_what_was_put_off_suspended_skipped_or_reset_before_it_was_ever_right_does_not_wait() -> None:
    now = at(30)
    base = [answer("ta", "ia"), answer("tb", "ib"), answer("tc", "ic", 0), answer("td", "ia")]
    acts: list[Event] = [
        e.IdeaBuried(topic="ta", idea="ia", until=tomorrow(now)),
        e.IdeaSuspended(topic="tb", idea="ib"),
        e.IdeaReset(topic="tc", idea="ic"),
        e.TopicSkipped(topic="td"),
    ]
    assert waiting(ROADMAP, after(*base, *acts), now) == []
    assert [w.topic.id for w in waiting(ROADMAP, after(*base, *acts), now + timedelta(days=1))] == ["ta"]
    assert len(waiting(ROADMAP, after(*base, *acts, e.IdeaResumed(topic="tb", idea="ib")), now)) == 1


def test_the_suspended_are_listed_until_they_are_resumed() -> None:
    both = [e.IdeaSuspended(topic=t, idea="ib") for t in ("tc", "ta")]
    assert [(one.topic.id, one.idea.id) for one in suspended(ROADMAP, after(*both))] == [("ta", "ib"), ("tc", "ib")]
    assert [one.topic.id for one in suspended(ROADMAP, after(*both, e.IdeaResumed(topic="ta", idea="ib")))] == ["tc"]
    assert suspended(ROADMAP, after(*ALL_ASKED)) == []


@pytest.mark.parametrize(
    ("told", "days", "wanted", "why", "words"),
    [
        ([], 0, Wanted(missed=True), "missed", "Nothing that you missed is left to ask."),
        ([], 0, Wanted(every=True), "asked", "Nothing of that was asked yet: take a checkpoint first."),
        ([], 0, Wanted(), "never", "Nothing is due: what you are asked in checkpoints comes back here before it fades."),
        ([answer("ta", "ia")], 0.1, Wanted(), "later", "Nothing is due today; 1 idea in 2 days."),
        ([answer("ta", "ia")], 9, Wanted(), "used", "Today's 10 minutes of review are used; 1 idea can wait until tomorrow."),
        (
            [answer("ta", "ia"), e.PlanSet(review_minutes=0)],
            9,
            Wanted(),
            "unplanned",
            "You planned no minutes of review; 1 idea is due.",
        ),
        (
            [answer("ta", "ia"), e.Paused(until=at(20).date())],
            9,
            Wanted(),
            "break",
            f"1 idea due: it waits until {at(20):%d %b}, the end of your break.",
        ),
    ],
)
def test_why_no_review_begins_is_said(told: list[Event], days: float, wanted: Wanted, why: str, words: str) -> None:
    assert nothing_to_review(ROADMAP, after(*told), at(days), wanted) == (why, words)


def test_what_was_right_and_reset_comes_back_at_once_and_until_it_is_asked() -> None:
    base = (answer("ta", "ia"), answer("ta", "ib"), e.IdeaReset(topic="ta", idea="ia"))
    for wanted in (Wanted(), Wanted(topics=("ta",)), Wanted(every=True)):
        assert waiting(ROADMAP, after(*base), at(0.1), wanted)[0][1:2] == (ROADMAP.topics["ta"].idea[0],)
        assert waiting(ROADMAP, after(*base), at(0.1), wanted)[0].recall == 0
    assert waiting(ROADMAP, after(*base), at(0.1), Wanted(missed=True)) == []
    assert coming(ROADMAP, after(*base), at(0.1), 2)[0] == 1
    assert remembered(after(*base).topics["ta"].ideas["ia"], BEGAN) == "its memory starts anew"
    assert waiting(ROADMAP, after(*base, answer("ta", "ia")), at(0.1)) == []


def test_ahead_of_time_all_of_a_topic_what_was_missed_and_everything() -> None:
    progress = after(answer("ta", "ia"), answer("ta", "ib", 0), answer("tb", "ib"))
    found = {
        name: {(w.topic.id, w.idea.id) for w in waiting(ROADMAP, progress, at(0.2), wanted)}
        for name, wanted in {
            "due": Wanted(),
            "ta": Wanted(topics=("ta",)),
            "missed": Wanted(missed=True),
            "all": Wanted(every=True),
            "cram": Wanted(topics=("ta",), cram=True),
        }.items()
    }
    assert found == {
        "due": set(),
        "ta": {("ta", "ia"), ("ta", "ib")},
        "missed": {("ta", "ib")},
        "all": {("ta", "ia"), ("ta", "ib"), ("tb", "ib")},
        "cram": {("ta", "ia"), ("ta", "ib"), ("ta", "ic")},
    }


def test_a_right_answer_is_missed_no_more() -> None:
    progress = after(answer("ta", "ia", 0), (2, answer("ta", "ia")))
    assert waiting(ROADMAP, progress, at(2.1), Wanted(missed=True)) == []


def test_six_misses_make_a_leech() -> None:
    progress = after(*[(n * 2.0, answer("ta", "ia", 0)) for n in range(LEECH)])
    (one,) = waiting(ROADMAP, progress, at(40))
    assert one.leech
    (fewer,) = waiting(ROADMAP, after(*[(n * 2.0, answer("ta", "ia", 0)) for n in range(LEECH - 1)]), at(40))
    assert not fewer.leech


# Portions


def test_times_start_from_a_guess_and_become_the_learners_own() -> None:
    assert seconds_for("choice", Progress()) == SECONDS["choice"]
    slow = after(*[answer("ta", "ia", seconds=200) for _ in range(80)])
    assert seconds_for("choice", slow) == pytest.approx((8 * 40 + 80 * 200) / 88)
    assert seconds_for("numeric", slow) == SECONDS["numeric"]
    assert seconds_an_idea(slow) > seconds_an_idea(Progress())


def test_idle_time_counts_no_more_than_five_minutes() -> None:
    left = after(started(), answer("ta", "ia", seconds=9000))
    assert left.days[BEGAN.date()].reviewing == 300
    assert seconds_for("choice", left) == (8 * 40 + 300) / 9


def test_a_days_reviews_use_up_its_minutes_and_checkpoints_and_crams_do_not() -> None:
    assert left_today(after(started(), answer("ta", "ia", seconds=100)), BEGAN) == 500
    for kind in ("checkpoint", "cram"):
        assert left_today(after(started(kind), answer("ta", "ia", seconds=100)), BEGAN) == 600
    assert left_today(after(started(), answer("ta", "ia", seconds=100)), at(1)) == 600
    assert cap_minutes(after(e.PlanSet(review_minutes=25))) == 25
    assert left_today(after(e.PlanSet(review_minutes=0)), BEGAN) == 0


@given(st.integers(0, 500), st.integers(0, 60))
def test_the_outlook_leaves_nothing_out_and_never_makes_a_wall(due: int, minutes: int) -> None:
    progress = after(e.PlanSet(review_minutes=minutes))
    found = outlook(ROADMAP, progress, BEGAN, due)
    assert found.now + found.later == due
    assert found.now * seconds_an_idea(progress) <= 60 * minutes or found.now <= 1
    assert (found.days > 0) == (found.later > 0 and minutes > 0)


def test_the_outlook_in_words() -> None:
    assert outlook(ROADMAP, Progress(), BEGAN, 0).words == "nothing is due"
    assert outlook(ROADMAP, Progress(), BEGAN, 3).words == "3 now, about 3 min"
    assert outlook(ROADMAP, Progress(), BEGAN, 40).words == "9 now, about 9 min; 31 more over 4 days"
    used = after(started(), *[answer("ta", "ia", seconds=300) for _ in range(2)])
    assert outlook(ROADMAP, used, BEGAN, 5).words == "today's minutes are used; 5 more over 1 day"
    assert outlook(ROADMAP, after(e.PlanSet(review_minutes=0)), BEGAN, 5).words == "you planned no minutes of review"
    assert outlook(ROADMAP, after(answer("ta", "ia")), at(12), 1).away == 12
    assert outlook(ROADMAP, after(answer("ta", "ia"), (12.0, e.PlanSet(hours=3))), at(12), 1).away == 12  # planning is no return
    assert outlook(ROADMAP, after((3.0, answer("ta", "ia"))), at(1), 1).away == 0  # the clock was set back
    ahead = after((9999.0, answer("ta", "ia")), (1.0, answer("ta", "ia")))  # it was years ahead before
    assert outlook(ROADMAP, ahead, at(21), 1).away == 20
    tries = Outlook(due=0, now=0, minutes=3, later=0, days=0, away=0, second_tries=5)
    assert tries.words == "5 second tries of today's review are left, about 3 min"
    one = tries._replace(due=6, later=6, days=1, second_tries=1, minutes=1)
    assert one.words == "1 second try of today's review is left, about 1 min; 6 more over 1 day"
    rest = outlook(ROADMAP, after(e.Paused(until=(BEGAN + timedelta(days=3)).date())), BEGAN, 5)
    assert rest.words == f"they wait until {BEGAN + timedelta(days=3):%d %b}, the end of your break"
    assert (rest.now, rest.later, rest.days, rest.minutes) == (0, 5, 1, 0)
    begun = rest._replace(now=2, minutes=2, later=3)
    assert begun.words == f"2 now, about 2 min; 3 more wait until {BEGAN + timedelta(days=3):%d %b}, the end of your break"
    assert not outlook(ROADMAP, after(e.Paused(until=BEGAN.date())), BEGAN, 5).back


def test_what_a_paused_review_has_left_is_no_second_try_though_nothing_is_due_any_more() -> None:
    asked = after(*ALL_ASKED)
    begun = review(waiting(ROADMAP, asked, at(30)), bank_of, asked, sitting="s", seed=1, count=3)
    assert begun
    first = begun.questions[0]
    said = answer(first.topic, first.idea, question=first.question)
    found = outlook(ROADMAP, after(*ALL_ASKED, (30, begun), (30.001, said)), at(30.01), 0)
    assert (found.now, found.second_tries) == (2, 0)
    assert found.words.startswith("2 now, about ")


@pytest.mark.parametrize(("before", "left"), [(True, 2), (False, 1)])
def test_a_review_of_everything_asks_what_was_put_off_before_it_began(before: bool, left: int) -> None:
    asked = after(*ALL_ASKED[:3])
    wanted = Wanted(every=True)
    begun = review(waiting(ROADMAP, asked, at(1), wanted), bank_of, asked, sitting="s", seed=1, count=None, wanted=wanted)
    assert begun
    first, second, _ = begun.questions
    bury = e.IdeaBuried(topic=second.topic, idea=second.idea, until=at(9).date())
    said = answer(first.topic, first.idea, question=first.question)
    began = [(1, bury), (1.1, begun), (1.2, said)] if before else [(1, begun), (1.1, said), (1.2, bury)]
    (paused_one,) = paused(ROADMAP, after(*ALL_ASKED[:3], *began), at(1.3), wanted)
    assert len(paused_one.queue) == left


def test_a_portion_of_ten_minutes_asks_two_numbers() -> None:
    progress = after(*ALL_ASKED)  # every choice was seen: the fresh questions are numbers
    count = ideas_in(10, progress)
    chosen = portion(waiting(ROADMAP, progress, at(30)), bank_of, progress, seed=1, count=count)
    kinds = Counter(q.kind for p in chosen if (q := BANK.find(p.topic, p.question)))
    assert kinds == {"numeric": 2, "choice": count - 2}
    assert sum(n * seconds_for(kind, progress) for kind, n in kinds.items()) <= 600
    everything = portion(waiting(ROADMAP, progress, at(30)), bank_of, progress, seed=1, count=None)
    assert len(everything) == 12
    assert portion(waiting(ROADMAP, progress, at(30)), bank_of, progress, seed=1, count=0) == ()


asked_before = st.tuples(st.sampled_from(TOPICS), st.sampled_from(IDEAS), st.sampled_from([0, 1]), st.sampled_from(["one", "two"]))


@given(st.lists(st.tuples(asked_before, st.integers(0, 20), st.floats(1, 400), st.booleans()), max_size=20), st.integers(0, 20))
def test_as_many_are_asked_as_the_outlook_says(rows: list[tuple[tuple[str, str, int, str], int, float, bool]], cap: int) -> None:
    events: list[Event | tuple[float, Event]] = [e.PlanSet(review_minutes=cap)]
    for (topic, idea, credit, which), day, seconds, retired in rows:
        kind = "choice" if which == "one" else "numeric"
        told = {"question": f"{idea}-{which}", "kind": kind, "seconds": seconds}
        events.append((float(day), answer(topic, idea, credit, **told)))
        if retired:
            events.append((float(day), e.QuestionRetired(topic=topic, question=f"{idea}-{which}")))
    progress = after(*events)
    found = waiting(ROADMAP, progress, at(25))
    told_of = outlook(ROADMAP, progress, at(25), len(found))
    plan = review(found, bank_of, progress, sitting="s", seed=1, count=told_of.now)
    assert len(plan.questions if plan else ()) == told_of.now
    assert told_of.now >= (1 if found and cap else 0)


def test_where_there_are_numbers_alone_they_are_asked() -> None:
    progress = after(*ALL_ASKED)
    numbers = Bank(question=tuple(q for q in BANK.question if q.kind == "numeric"))
    chosen = portion(waiting(ROADMAP, progress, at(30)), lambda _: numbers, progress, seed=1, count=9)
    assert len(chosen) == 9


def test_another_question_is_asked_each_time() -> None:
    progress = after(*ALL_ASKED)
    (again,) = portion(waiting(ROADMAP, progress, at(30))[:1], bank_of, progress, seed=1, count=None)
    assert again.question.endswith("two")
    assert again.spare
    assert again.spare.endswith("one")


def test_an_idea_with_another_question_left_goes_before_those_with_the_one_asked_last_alone() -> None:
    """One number is enough for three ideas; of eleven a choice was asked last, of the idea least at risk a number."""
    progress = after(*ALL_ASKED, answer("tc", "ic", question="ic-two", kind="numeric"))
    found = waiting(ROADMAP, progress, at(30))
    assert (found[-1].topic.id, found[-1].idea.id) == ("tc", "ic")
    chosen = portion(found, bank_of, progress, seed=1, count=3)
    assert ("tc", "ic-one") in {(p.topic, p.question) for p in chosen}


names = st.lists(st.sampled_from("abcd"), max_size=14)


@given(names)
def test_no_two_neighbours_share_a_topic_where_that_can_be_had(topics: list[str]) -> None:
    planned = [Planned(topic=t, idea=str(n), question="q") for n, t in enumerate(topics)]
    mixed = interleaved(planned)
    assert sorted(mixed, key=lambda p: int(p.idea)) == planned
    most = max(Counter(topics).values(), default=0)
    doubled = sum(one.topic == other.topic for one, other in pairwise(mixed))
    assert doubled == max(0, most - (len(topics) - most) - 1)


def test_interleaving_changes_no_order_that_is_good_already() -> None:
    planned = [Planned(topic=t, idea=str(n), question="q") for n, t in enumerate("abcabc")]
    assert list(interleaved(planned)) == planned


def test_a_review_has_second_tries_and_a_cram_is_called_one() -> None:
    progress = after(*ALL_ASKED)
    found = waiting(ROADMAP, progress, at(30))
    plan = review(found, bank_of, progress, sitting="s", seed=1, count=9)
    assert plan is not None
    assert plan.kind == "review"
    assert all(p.spare for p in plan.questions)
    cram = review(found, bank_of, progress, sitting="s", seed=1, count=None, wanted=Wanted(cram=True))
    assert cram is not None
    assert cram.kind == "cram"
    assert review([], bank_of, progress, sitting="s", seed=1, count=9) is None


def test_a_cram_leaves_memories_alone_and_a_review_ahead_of_time_does_not() -> None:
    before = after(answer("ta", "ia"))
    crammed = after(answer("ta", "ia"), (1, started("cram")), (1, answer("ta", "ia", 0)))
    ahead = after(answer("ta", "ia"), (1, started()), (1, answer("ta", "ia")))
    idea = {name: progress.topics["ta"].ideas["ia"] for name, progress in {"b": before, "c": crammed, "a": ahead}.items()}
    assert idea["c"] == idea["b"]
    assert idea["a"].memory != idea["b"].memory


# The days ahead


def test_what_is_coming_falls_on_the_days_on_which_it_is_due() -> None:
    progress = after(*ALL_ASKED, e.IdeaSuspended(topic="ta", idea="ia"))
    days = [due_on(of_idea(i, of_topic(t, progress)), progress, BEGAN) for t in ROADMAP.topics.values() for i in t.asked]
    counts = coming(ROADMAP, progress, BEGAN, 30)
    expected = Counter((day - BEGAN.date()).days for day in days)
    expected[(days[0] - BEGAN.date()).days] -= 1
    assert counts == [expected[n] for n in range(30)]
    assert coming(ROADMAP, progress, at(300), 3) == [11, 0, 0]


@given(st.integers(-14, 14), st.integers(0, 23))
def test_no_idea_is_due_twice_a_day_wherever_the_clock_is(offset: int, hour: int) -> None:
    from datetime import timezone  # noqa: PLC0415 beside its only use

    zone = timezone(timedelta(hours=offset))
    asked = BEGAN.replace(hour=hour)
    moved = asked.astimezone(zone)
    progress = fold(
        [
            Entry(entry_id(1, MACHINES[0]), asked, answer("ta", "ia")),
            Entry(entry_id(2, MACHINES[0]), moved - timedelta(hours=5), answer("ta", "ia")),  # the clock was set back
        ],
        REVIEWING,
    )
    mine = progress.topics["ta"].ideas["ia"]
    assert mine.memory is not None
    assert mine.memory.stability > 0
    assert mine.memory.at == moved - timedelta(hours=5)
    assert not is_due(mine, progress, moved)
    assert due_on(mine, progress, moved) > moved.date()


# Exams


def test_an_exam_shares_its_questions_out_by_hours_and_mixes_them() -> None:
    roadmap = made(ta=8, tb=4, tc=2, td=2)
    plan = exam(roadmap.phase[0].topic, bank_of, Progress(), sitting="s", seed=3, count=8)
    assert plan is not None
    assert plan.kind == "exam"
    assert plan.scope == ("ta", "td", "tb", "tc")
    assert Counter(p.topic for p in plan.questions) == {"ta": 3, "tb": 3, "tc": 1, "td": 1}
    assert all(p.spare is None for p in plan.questions)
    assert all(one.topic != other.topic for one, other in pairwise(plan.questions))


@given(st.integers(1, 30), st.lists(st.floats(0.5, 40), min_size=4, max_size=4), st.integers(0, 99))
def test_an_exam_is_as_long_as_it_can_be_and_asks_no_idea_twice(count: int, hours: list[float], seed: int) -> None:
    roadmap = made(**dict(zip(TOPICS, hours, strict=True)))
    plan = exam(roadmap.phase[0].topic, bank_of, Progress(), sitting="s", seed=seed, count=count)
    assert plan is not None
    assert len(plan.questions) == min(count, 12)
    assert len({(p.topic, p.idea) for p in plan.questions}) == len(plan.questions)
    if count >= 4:
        assert {p.topic for p in plan.questions} == set(TOPICS)


@pytest.mark.parametrize("roadmap", [ROADMAP, made(ta=9)])
@pytest.mark.parametrize("retired", [(), ("ia-one",), ("ia-one", "ia-two")])
def test_an_exam_asks_as_many_questions_as_are_announced(roadmap: Roadmap, retired: tuple[str, ...]) -> None:
    progress = after(*(e.QuestionRetired(topic="ta", question=name) for name in retired))
    for count in range(1, 5):
        topics = roadmap.phase[0].topic[:count]
        plan = exam(topics, bank_of, progress, sitting="s", seed=1)
        assert plan is not None
        assert exam_size(topics, progress) == len(plan.questions)


def test_no_exam_without_questions() -> None:
    assert exam(ROADMAP.phase[0].topic, lambda _: Bank(question=()), Progress(), sitting="s", seed=1) is None


def test_an_exam_feeds_memories_and_shows_ideas_but_is_no_first_try() -> None:
    progress = after(started("exam"), answer("ta", "ia"))
    idea = progress.topics["ta"].ideas["ia"]
    assert idea.memory is not None
    assert idea.shown
    assert not idea.first_try


# What one reads beside an idea


def test_how_an_idea_is_remembered_in_words() -> None:
    progress = after(answer("ta", "ia"), answer("ta", "ib", 0), answer("ta", "ic", 0, confidence="certain"))
    ideas = progress.topics["ta"].ideas
    assert remembered(IdeaProgress(), BEGAN) == ""
    assert remembered(ideas["ia"], BEGAN) == "last right today · predicted recall today 100%"
    assert remembered(ideas["ia"], at(1)).startswith("last right yesterday · predicted recall today 9")
    assert remembered(ideas["ia"], at(9)).startswith("last right 9 days ago · ")
    assert remembered(ideas["ia"], at(-9)).startswith("last right today · ")  # the clock was set back
    assert remembered(ideas["ib"], at(1)).startswith("not right yet · ")
    guessed = after(answer("ta", "ia", confidence="guess")).topics["ta"].ideas["ia"]
    retried = after(answer("ta", "ia", 0), answer("ta", "ia", retry=True)).topics["ta"].ideas["ia"]
    for shown in (guessed, retried):
        assert remembered(shown, BEGAN).startswith("right only by a guess or at a second try · ")
    notes = {w.idea.id: w.notes for w in waiting(ROADMAP, progress, at(30))}
    assert notes == {"ia": [], "ib": [], "ic": ["you were certain, and wrong"]}
