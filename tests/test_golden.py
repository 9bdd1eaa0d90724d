"""Every statistic of the golden learner, derived by hand: in Python, in `stats --json`, on the screen and in the reports."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from justhtml import JustHTML
from tests.conftest import Clock
from tests.golden_learner import LOCAL, NOW, learn, write_roadmap

from dlroadmap.cli.run import run
from dlroadmap.review import seconds_an_idea
from dlroadmap.stats import Stats
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.stats import StatsScreen


@pytest.fixture
def golden_file(tmp_path: Path) -> Path:
    return write_roadmap(tmp_path / "golden")


@pytest.fixture
def learner(home: Path, golden_file: Path) -> Iterator[Study]:
    clock = Clock()
    with_clock = Study.open(str(golden_file), clock=clock)
    learn(with_clock, clock)
    yield with_clock
    with_clock.close()


@pytest.fixture
def found(learner: Study) -> Stats:
    return learner.stats()


# Activity: entries by day. Weeks 1 to 4: 2, 4, 7; 9, 11, 14; 16, 18, 21; 25 March. Weeks 7 to 9: 13, 15; 22, 25; 27 April. Weeks 10
# to 12: 4, 9; 13, 16; 18, 20 May. 10 + 5 + 6 = 21 days. The tick of 29 April was taken back, and what was done on 11 May isn't
# study: no entry counts on these days.
ACTIVE_DAYS = 21

# Minutes: seconds of answers (at most 300 each) and the estimates of ticked steps.
MINUTES = {
    "2026-03-02": 30,  # step count
    "2026-03-04": 30,  # step primer
    "2026-03-07": 2,  # 40 + 60 + 20 s
    "2026-03-09": 1,  # 60 s
    "2026-03-11": 60,  # step sums
    "2026-03-14": 2,  # 4 · 30 s
    "2026-03-16": 1.5,  # 50 + 40 s
    "2026-03-18": 90,  # step draw
    "2026-03-21": 0,  # a topic's tick takes no time
    "2026-03-25": 130 / 60,  # 70 + 30 + 30 s
    "2026-04-13": 7,  # 900 s count as 300; + 30 + 45 + 45 s
    "2026-04-15": 120,  # step plotter
    "2026-04-22": 0,
    "2026-04-25": 2,  # 40 + 80 s
    "2026-04-27": 120,  # step sketch
    "2026-05-04": 10,  # 300 s, 1000 s count as 300
    "2026-05-09": 2,  # 60 + 60 s
    "2026-05-13": 1,  # 50 + 10 s
    "2026-05-16": 60.5,  # step chapter, 30 s of practice
    "2026-05-18": 6,  # 240 + 120 s
    "2026-05-20": 30,  # step stack
}

# Answers that count, by sitting, without the second tries (of s1 and s3) and the practice (s11):
# 2 + 1 + 3 + 2 + 3 + 4 + 2 + 2 + 2 + 2 + 0 + 2 = 25, and of these 1 + 1 + 2 + 1 + 2 + 3 + 2 + 2 + 1 + 1 + 0 + 1 = 17 are right:
# the 24 of the calibration with 5 + 11 + 1 right, and Neurons y, missed without a confidence.
ANSWERS, RIGHT = 25, 17

# Hours by week, from Monday:
WEEKS = {
    "2026-03-02": 1.0,  # count ½, primer ½; Counting isn't passed yet: 1 of 2 ideas at a first try
    "2026-03-09": 4.0,  # the retake passes Counting on the 9th: its other hour; sums 1, Adding passed on the 14th (2 of 3): other 2
    "2026-03-16": 4.0,  # draw 1½, the tick of Slopes: other 2½
    "2026-03-23": 0.0,
    "2026-03-30": 0.0,
    "2026-04-06": 0.0,
    "2026-04-13": 2.0,  # plotter
    "2026-04-20": 3.0,  # the tick of Curves: 5 − 2; Slopes' checkpoint comes after its tick: nothing new
    "2026-04-27": 2.0,  # sketch
    "2026-05-04": 0.0,
    "2026-05-11": 1.0,  # chapter; Layers, known by word, is no work
    "2026-05-18": 0.5,  # stack, though Layers is known by word
}

# Phases: topics (History is skipped), done, mastered (see test_mastered), ideas, passed, hours.
# Counting 2 + Adding 3 = 5 h; Slopes 4 + Curves 5 = 9 h; Neurons' steps 2 + 1, Layers' step ½ = 3.5 h.
PHASES = [("numbers", 2, 2, 1, 5, 5, 5.0), ("lines", 2, 2, 0, 2, 2, 9.0), ("nets", 3, 1, 0, 4, 1, 3.5)]
SKIPPED = (0, 0, 1)  # History


# Memories: FSRS-6 by its published formulas and default parameters.

W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
AGAIN, GOOD, EASY = 1, 3, 4
Memory = tuple[float, float, datetime]


def retrievability(days: float, stability: float) -> float:
    """R(t, S) = (1 + factor · t / S) ^ −w20, where factor makes R(S, S) = 0.9."""
    return float((1 + (0.9 ** (-1 / W[20]) - 1) * days / stability) ** -W[20])


def difficulty_first(rating: int) -> float:
    return W[4] - math.exp(W[5] * (rating - 1)) + 1


def reviewed(memory: Memory | None, rating: int, at: datetime) -> Memory:
    """S and D after a review a day or more after the one before; days are the calendar's."""
    if memory is None:
        return W[rating - 1], min(10, max(1, difficulty_first(rating))), at
    s, d, before = memory
    r = retrievability((at.date() - before.date()).days, s)
    if rating == AGAIN:
        forgotten = W[11] * d ** -W[12] * ((s + 1) ** W[13] - 1) * math.exp(W[14] * (1 - r))
        new = min(forgotten, s / math.exp(W[17] * W[18]))
    else:
        gain = math.exp(W[8]) * (11 - d) * s ** -W[9] * (math.exp(W[10] * (1 - r)) - 1)
        new = s * (1 + gain * (W[16] if rating == EASY else 1))
    damped = d + -W[6] * (rating - 3) * (10 - d) / 9
    return new, min(10, max(1, W[7] * difficulty_first(EASY) + (1 - W[7]) * damped)), at


# The ratings: wrong or a right guess among options: Again; certain and right again on a later day: Easy; right otherwise: Good.
# Second tries and practice rate nothing.
RATINGS = {
    "counting.x": [("03-07 18:01", GOOD), ("03-25 18:01", EASY), ("05-18 18:01", GOOD)],
    "counting.y": [
        ("03-07 18:02", AGAIN),
        ("03-09 18:01", GOOD),
        ("03-16 18:01", GOOD),
        ("04-13 18:01", AGAIN),
        ("05-04 18:02", GOOD),
    ],
    "adding.x": [("03-14 18:01", GOOD), ("03-25 18:02", GOOD), ("04-13 18:02", GOOD)],
    "adding.y": [("03-14 18:02", AGAIN), ("04-13 18:03", GOOD), ("05-04 18:01", GOOD)],
    "adding.z": [
        ("03-14 18:03", AGAIN),
        ("03-16 18:02", AGAIN),
        ("03-25 18:03", AGAIN),
        ("04-13 18:04", GOOD),
        ("05-18 18:02", AGAIN),
    ],
    "slopes.x": [("04-25 18:01", GOOD), ("05-09 18:01", AGAIN)],
    "slopes.y": [("04-25 18:02", GOOD), ("05-09 18:02", GOOD)],
    "neurons.x": [("05-13 18:01", GOOD)],
    "neurons.y": [("05-13 18:02", AGAIN)],
}
SHOWN = [name for name in RATINGS if name != "neurons.y"]
"""neurons.y was right in practice only, which shows nothing."""


def memory(idea: str, until: datetime = NOW) -> Memory:
    """The memory after the ratings up to a moment."""
    found: Memory | None = None
    for when, rating in RATINGS[idea]:
        at = datetime.strptime(f"2026-{when}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)
        if at <= until:
            found = reviewed(found, rating, at)
    assert found is not None
    return found


def recalled(idea: str, now: datetime = NOW) -> float:
    stability, _, at = memory(idea, now)
    return retrievability((now - at).total_seconds() / 86400, stability)


KNOWN = {
    "numbers": sum(recalled(idea) for idea in SHOWN if idea.startswith(("counting", "adding"))),
    "lines": recalled("slopes.x") + recalled("slopes.y"),
    "nets": recalled("neurons.x"),
}
LATER = NOW + timedelta(days=30)
TODAY = sum(recalled(idea) for idea in SHOWN)
WITHOUT = sum(retrievability((LATER - memory(idea)[2]).total_seconds() / 86400, memory(idea)[0]) for idea in SHOWN)

# Due, at 90% recall, after round(S) days, at least one; days from today, 21 May:
# counting.x 18 May + 208, adding.x 13 April + 84: beyond four weeks. counting.y 4 May + 8, slopes.x 9 + 1, neurons.x 13 + 2 and
# neurons.y 13 + 1: overdue, today. adding.z 18 + 1, put off until the 25th: in 4 days. adding.y 4 + 26 = the 30th: in 9.
# slopes.y: suspended.
DUE = {0: 4, 4: 1, 9: 1}
INTERVALS = {
    "counting.x": 208,
    "counting.y": 8,
    "adding.x": 84,
    "adding.y": 26,
    "adding.z": 1,
    "slopes.x": 1,
    "neurons.x": 2,
    "neurons.y": 1,
}

# Seconds for an idea: each kind's first guess for 8 answers, and the learner's own (no second tries, no practice, at most 300 s):
# choice (40·8 + 1440) / (8 + 17), numeric (120·8 + 255) / (8 + 4), text (45·8 + 455) / (8 + 4); multi, order, match 60: not asked.
# 0.45 · 70.4 + 0.2 · 101.25 + 0.05 · 67.9167 + (0.12 + 0.08 + 0.1) · 60 = 73.3258
AN_IDEA = 73.3258
# All wait until the break ends. The cap of 4 min holds int(240 / 73.33) = 3: two days. The last entry was made yesterday.
REVIEW = {"due": 4, "now": 0, "minutes": 0, "later": 4, "days": 2, "away": 1, "back": "2026-05-28", "second_tries": 0}

# Confidence (first tries that count): certain: Counting x +, y −, y +, x +, Slopes x +, Adding y +, Slopes x −: 5 of 7.
# fairly: Counting y +, Adding x +, z −, x +, z −, Counting y −, Adding x +, y +, z +, Slopes y +, Counting y +, Slopes y +,
# Neurons x +, Counting x +, Adding z −: 11 of 15. guess: Adding y +, z −: 1 of 2.
CALIBRATION = {"certain": (7, 5), "fairly": (15, 11), "guess": (2, 1)}
# (5 · 0.05² + 2 · 0.95² + 11 · 0.3² + 4 · 0.7² + 0.6² + 0.4²) / 24 = 5.2875 / 24
BRIER = 0.2203

# Misses of answers, second tries among the answers, and a right guess no miss.
HARD_TOPICS = [("adding", 4, 12), ("counting", 2, 9), ("neurons", 1, 2), ("slopes", 1, 4)]
HARD_IDEAS = [("adding", "z", 4, 6), ("counting", "y", 2, 6), ("neurons", "y", 1, 1), ("slopes", "x", 1, 2)]

# This week: 18 and 20 May, of mon, wed, sat; stack ½ h and 360 s of reviews, of 4 h.
WEEK = {"active": 2, "planned": 3, "hours": 0.5 + 360 / 3600, "planned_hours": 4.0}

# Left: Neurons 6 − 3, Depth 10; Layers is known by word, History skipped.
LEFT = 13
# The last six active weeks that are over: 4, 4, 2, 3, 2, 1.
PACE = 16 / 6
# All weeks since the sixth from the end, idle ones among them: from 9 March to 11 May.
WINDOW = (4, 4, 0, 0, 0, 2, 3, 2, 0, 1)
# Reviews of the last 28 days, from 24 April: 600 s on 4 May, 360 s on 18 May; 960 s / 4 weeks.
REVIEW_HOURS = 960 / 4 / 3600
# The break goes on until 28 May: 64 days to the target, 31 July.
BEGIN = date(2026, 5, 28)
NEEDED = LEFT / (64 / 7) + REVIEW_HOURS


def finishing() -> dict[Fraction, Fraction]:
    """How likely it is that the hours left are done after so many weeks, where each is one of the window, drawn independently."""
    states: dict[int, Fraction] = {0: Fraction(1)}
    times: dict[Fraction, Fraction] = {}
    for week in range(200):
        following: dict[int, Fraction] = {}
        for done, chance in states.items():
            for hours, count in Counter(WINDOW).items():
                likely = chance * Fraction(count, len(WINDOW))
                if done + hours >= LEFT:
                    end = week + Fraction(LEFT - done, hours)
                    times[end] = times.get(end, Fraction(0)) + likely
                else:
                    following[done + hours] = following.get(done + hours, Fraction(0)) + likely
        states = following
    return times


def quantile(times: dict[Fraction, Fraction], share: float) -> date:
    total = Fraction(0)
    for end in sorted(times):
        total += times[end]
        if total >= share:
            return BEGIN + timedelta(days=math.floor(7 * end))
    raise AssertionError


def test_activity(found: Stats) -> None:
    assert (found.since, found.today, found.active_days) == (date(2026, 3, 2), date(2026, 5, 21), ACTIVE_DAYS)
    assert (found.answers, found.right) == (ANSWERS, RIGHT)
    assert {day.isoformat(): minutes for day, minutes in found.minutes.items()} == pytest.approx(MINUTES)


def test_phases(found: Stats) -> None:
    rows = [(p.id, p.counted, p.done, p.mastered, p.ideas, p.passed, p.hours) for p in found.phases]
    assert rows == PHASES
    assert {p.id: p.known for p in found.phases} == pytest.approx(KNOWN)


def test_mastered() -> None:
    """Counting alone: both ideas right seven days or more apart, once without options: x on 7 and 25 March, y on 9 and 16 March.

    Adding: y alone (13 April, 4 May); x had options each time, z was right once in a sitting. Slopes: y alone.
    """
    gained = datetime(2026, 3, 25, 18, 1, tzinfo=LOCAL)
    assert recalled("counting.x", gained) + recalled("counting.y", gained) >= 0.85 * 2
    for before in (datetime(2026, 4, 13, 18, tzinfo=LOCAL), datetime(2026, 5, 4, 18, tzinfo=LOCAL), NOW):
        assert recalled("counting.x", before) + recalled("counting.y", before) >= 0.7 * 2


def test_hours_by_week(found: Stats) -> None:
    assert {week.isoformat(): hours for week, hours in found.weeks} == pytest.approx(WEEKS)
    assert sum(p.hours for p in found.phases) == sum(WEEKS.values()) == 17.5


def test_recall_today_and_in_thirty_days(found: Stats) -> None:
    assert found.recall.passed == len(SHOWN) == 8
    assert found.recall.today == pytest.approx(TODAY)
    assert found.recall.without == pytest.approx(WITHOUT)


def test_recall_with_reviews(found: Stats) -> None:
    """Three a day, the weakest first, all right, each when it is due; none in the break until the 28th, Slopes y never."""
    memories = {idea: memory(idea) for idea in SHOWN}
    begins = {"slopes.y": date.max, "adding.z": date(2026, 5, 25)}
    for n in range((date(2026, 5, 28) - NOW.date()).days, 30):
        then = NOW + timedelta(days=n)

        def fades(idea: str, then: datetime = then) -> float:
            stability, _, at = memories[idea]
            return retrievability((then - at).total_seconds() / 86400, stability)

        due = {
            idea: max(at.date() + timedelta(days=max(1, round(s))), begins.get(idea, date.min))
            for idea, (s, _, at) in memories.items()
        }
        for idea in sorted((i for i in due if due[i] <= then.date()), key=fades)[:3]:
            memories[idea] = reviewed(memories[idea], GOOD, then)
    assert found.recall.reviewed == pytest.approx(
        sum(retrievability((LATER - at).total_seconds() / 86400, s) for s, _, at in memories.values())
    )


def test_due(found: Stats) -> None:
    assert {idea: max(1, round(memory(idea)[0])) for idea in INTERVALS} == INTERVALS
    assert {day: count for day, count in enumerate(found.due) if count} == DUE
    assert len(found.due) == 28
    assert found.review._asdict() == REVIEW


def test_seconds_an_idea(learner: Study) -> None:
    assert seconds_an_idea(learner.progress) == pytest.approx(AN_IDEA, abs=5e-5)


def test_calibration(found: Stats) -> None:
    assert {row.confidence: (row.answers, row.right) for row in found.calibration.rows} == CALIBRATION
    assert found.calibration.brier == pytest.approx(BRIER, abs=5e-5)


def test_hardest(found: Stats) -> None:
    assert [(h.topic, h.misses, h.answers) for h in found.hard_topics] == HARD_TOPICS
    assert [(h.topic, h.idea, h.misses, h.answers) for h in found.hard_ideas] == HARD_IDEAS


def test_rhythm(found: Stats) -> None:
    assert found.rhythm._asdict() == WEEK


def test_forecast(found: Stats) -> None:
    made = found.forecast
    assert (made.left, made.measured, made.weeks) == (LEFT, True, 6)
    assert made.pace == pytest.approx(PACE)
    assert made.reviews == pytest.approx(REVIEW_HOURS)
    assert made.needed == pytest.approx(NEEDED)
    assert (made.target, made.paused_until, made.possible) == (date(2026, 7, 31), BEGIN, True)


def test_forecasts_range_lies_where_the_exact_distribution_has_it(found: Stats) -> None:
    """400 draws: their 10th percentile lies between the 5th and the 15th of the exact distribution (3.3 standard errors)."""
    times = finishing()
    assert float(sum(times.values())) == pytest.approx(1)
    assert found.forecast.soonest is not None
    assert found.forecast.latest is not None
    assert quantile(times, 0.05) <= found.forecast.soonest <= quantile(times, 0.15)
    assert quantile(times, 0.85) <= found.forecast.latest <= quantile(times, 0.95)


# The same on paper and on screen

SENTENCES = (
    "21 active days since 02 Mar 2026, 68% of 25 answers right. 2 of 3 planned days, 0.6 of 4 h this week.",  # 17 / 25
    f"Of 8 ideas that you passed you know {TODAY:.0f} today; in 30 days it would be {WITHOUT:.0f} without review and 7 with it.",
    "They wait until 28 May, the end of your break. 2 more fall due in the next 4 weeks.",
    "You are right 71% of the time when certain, 73% of the time when fairly sure and 50% of the time when guessing.",
    "Brier score 0.220: 0 is best, 0.25 is a coin.",
    "Most missed: Adding, 4 of 12 answers; the hardest idea, 4 times: Adding z",
    "About 13 h are left; at your own pace of 2.7 h in an active week, idle weeks counted, they are done between",
    "31 Jul 2026 takes 1.5 h a week, reviews included.",  # 1.49
)


@pytest.fixture
def told(learner: Study, golden_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a verb at the learner's moment, and return what it printed."""
    monkeypatch.setattr(Study, "open", staticmethod(partial(Study.open, clock=Clock(NOW))))
    monkeypatch.setenv("COLUMNS", "100")

    def ran(*words: str) -> str:
        capsys.readouterr()
        code = run(("--roadmap", str(golden_file), *words))
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        return out

    return ran


def test_stats_as_json(told: Any) -> None:
    document = json.loads(told("stats", "--json"))
    assert (document["schema"], document["roadmap"], document["path"]) == (1, "golden", "all")
    assert (document["since"], document["today"], document["active_days"]) == ("2026-03-02", "2026-05-21", ACTIVE_DAYS)
    assert (document["answers"], document["right"]) == (ANSWERS, RIGHT)
    assert document["minutes_by_day"] == {day: round(minutes, 1) for day, minutes in MINUTES.items()}
    assert document["phases"] == [
        {
            "id": name,
            "title": name.title(),
            "topics": topics + skipped,
            "skipped": skipped,
            "done": done,
            "mastered": mastered,
            "ideas": ideas,
            "passed": passed / ideas,
            "known": round(KNOWN[name] / ideas, 4),
            "hours": hours,
        }
        for (name, topics, done, mastered, ideas, passed, hours), skipped in zip(PHASES, SKIPPED, strict=True)
    ]
    recall = document["recall"]
    assert (recall["passed"], recall["today"], recall["without"]) == (8, round(TODAY, 2), round(WITHOUT, 2))
    assert WITHOUT < recall["reviewed"] < 8
    assert document["due_by_day"] == [DUE.get(day, 0) for day in range(28)]
    assert document["review"] == REVIEW
    assert {row["confidence"]: (row["answers"], row["right"]) for row in document["calibration"]} == CALIBRATION
    assert [row["share"] for row in document["calibration"]] == [0.7143, 0.7333, 0.5]
    assert document["brier"] == BRIER
    assert document["hours_by_week"] == WEEKS
    assert [tuple(row.values()) for row in document["hardest_topics"]] == HARD_TOPICS
    assert [tuple(row.values()) for row in document["hardest_ideas"]] == HARD_IDEAS
    assert document["week"] == WEEK
    forecast = document["forecast"]
    assert date.fromisoformat(forecast.pop("soonest")) < date.fromisoformat(forecast.pop("latest"))
    assert forecast == {
        "hours_left": 13.0,
        "pace": 2.67,
        "pace_is": "measured",
        "active_weeks": 6,
        "review_hours": 0.07,
        "target": "2026-07-31",
        "hours_needed": 1.5,
        "possible": True,
    }


def in_one(text: str) -> str:
    """A text without its line ends and runs of spaces."""
    return " ".join(text.split())


def test_stats_in_words(told: Any) -> None:
    printed = in_one(told("stats"))
    for sentence in SENTENCES:
        assert sentence in printed
    for number, (name, _, _, _, ideas, passed, hours) in enumerate(PHASES, 1):
        assert f"{number} {name.title()} " in printed
        assert f"passed {passed} of {ideas} known {KNOWN[name]:.1f} {hours:.1f} h" in printed


async def test_stats_on_screen(learner: Study) -> None:
    app = RoadmapApp(learner)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("3")
        for _ in range(3):
            await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StatsScreen)
        left, right = (screen.query_one(f"#{side}").text for side in ("left", "right"))  # type: ignore[attr-defined]  # Pane's
    shown = in_one(left) + "\n" + in_one(right)
    for sentence in SENTENCES:
        assert sentence in shown
    for name, _, _, mastered, ideas, passed, hours in PHASES:
        assert f"{passed}/{ideas} known {KNOWN[name]:.0f}" + (f" ◊{mastered}" if mastered else "") in shown
        assert f"{hours:.1f} h" in shown
    for week, hours in WEEKS.items():
        assert f"{date.fromisoformat(week):%d %b}" in shown
        assert f" {hours:.1f} h" in shown
    counts = dict(re.findall(r"^(today|Mon|Fri|week \d) +(?:█+ )?(\d+|-)$", right, re.MULTILINE))
    assert counts == {"today": "4", "Fri": "-", "Mon": "1", "week 2": "1", "week 3": "-", "week 4": "-"}
    for said in ("71% of 7", "73% of 15", "50% of 2", f"{TODAY:.0f} of 8", f"{WITHOUT:.0f} of 8", "7 of 8"):
        assert said in shown
    for topic, misses, answers in HARD_TOPICS:
        assert f"{topic.title()}: {misses} of {answers} missed" in shown


def test_plan_as_markdown(told: Any) -> None:
    written = told("export", "--format", "markdown")
    for sentence in SENTENCES:
        assert sentence in written
    assert "· 5 of 7 topics done, 1 mastered, passed 8 of 11 ideas, known today 6.8 · 21 May 2026" in written
    for number, (name, topics, done, mastered, ideas, passed, hours) in enumerate(PHASES, 1):
        assert f"## {number} {name.title()}: {done} of {topics} done" in written
        row = f"| {name.title()} | {done} of {topics} | {mastered} | {passed} of {ideas} | {KNOWN[name]:.1f} | {hours:.1f} |"
        assert row in written
    for week, hours in WEEKS.items():
        assert f"| {date.fromisoformat(week):%d %b %Y} | {hours:.1f} |" in written
    for row in ("| certain | 95% | 71% | 7 |", "| fairly sure | 70% | 73% | 15 |", "| guessing | 40% | 50% | 2 |"):
        assert row in written
    for topic, idea, misses, answers in HARD_IDEAS:
        assert f"| {topic.title()} {idea} | {misses} | {answers} |" in written


def test_report_as_a_page(told: Any) -> None:
    parsed = JustHTML(told("export", "--format", "html"), sanitize=False, strict=True)
    shown = in_one(parsed.query("main")[0].to_text())
    for sentence in SENTENCES:
        assert sentence in shown
    for name, _, _, _, ideas, passed, hours in PHASES:
        assert f"{passed} of {ideas}, known {KNOWN[name]:.1f}" in shown
        assert f"{name.title()} {hours:.1f} h" in shown
    hovering = {title.to_text() for title in parsed.query("svg title")}
    for day, minutes in MINUTES.items():
        assert f"{date.fromisoformat(day):%a %d %b %Y}: {minutes:.0f} min" in hovering
    assert "Wed 29 Apr 2026: nothing" in hovering
    for week, hours in WEEKS.items():
        assert (f"Week from {date.fromisoformat(week):%d %b %Y}: {hours:.1f} h" in hovering) == bool(hours)
    for ahead, count in DUE.items():
        assert f"{NOW.date() + timedelta(days=ahead):%a %d %b}: {count}" in hovering
    for figure in (f"{TODAY:.1f} of 8", f"{WITHOUT:.1f} of 8", "71% of 7", "73% of 15", "50% of 2"):
        assert figure in shown
    for topic, misses, answers in HARD_TOPICS:
        assert f"{topic.title()}: {misses} of {answers} missed" in shown
    assert "Ask **why** the bias is there & <b>what</b> it moves." in shown
