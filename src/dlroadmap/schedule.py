"""What is remembered: one memory for each key idea, and its predicted recall.

This is FSRS-6 with its published default parameters and without fuzz. The fsrs library computes the memories from whole days of
the learner's calendar: an evening and the next morning are a day apart. Ratings are derived from the answer, never asked for.
https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from fsrs import Scheduler

RETENTION = 0.90
"""The predicted recall at which an idea is due, unless the learner chose another from 0.80 to 0.95."""
DECAY = 0.1542
"""FSRS-6's published last parameter: recall falls as a power of time. A test compares it with the library's."""
SHOWN = 0.5
"""The least credit of an answer that shows that its idea is known."""
LONGEST = 36500
"""The longest interval, in days."""

_DAY_0 = datetime(2000, 1, 1, tzinfo=UTC)
"""The library is given days counted from this one, never the clock's time."""

Confidence = Literal["guess", "fairly", "certain"]
STATED: dict[Confidence, float] = {"guess": 0.4, "fairly": 0.7, "certain": 0.95}
"""The probability of being right that each confidence states, as the screens show it."""


class Rating(IntEnum):
    """FSRS's four ratings."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Memory(BaseModel):
    """What is known of one idea's memory: stability in days, difficulty from 1 to 10, and when it was last asked.

    at is the moment in UTC, on the date that it had in the learner's time zone: days are counted from that date.
    """

    model_config = ConfigDict(frozen=True)

    stability: float
    difficulty: float
    at: datetime
    on: date


def rate(*, credit: float, kind: str, confidence: Confidence | None, helped: bool = False, certain_before: bool = False) -> Rating:
    """Derive the rating of an answer.

    credit runs from 0 to 1; helped: a hint was used or a slip was overruled; certain_before: the idea was answered right
    and with certainty on an earlier day.
    """
    if credit < SHOWN or (confidence == "guess" and kind in {"choice", "multi"}):
        return Rating.AGAIN
    if credit < 1 or helped or confidence == "guess":
        return Rating.HARD
    return Rating.EASY if confidence == "certain" and certain_before else Rating.GOOD


def remember(memory: Memory | None, rating: Rating, at: datetime) -> Memory:
    """Return the memory after an answer; at has the learner's UTC offset. If the clock was set back, no time has passed."""
    from fsrs import Card, State  # noqa: PLC0415 only a fold with answers needs the library
    from fsrs import Rating as Given  # noqa: PLC0415 as above

    today = at.date()
    if memory is None:
        card = Card(card_id=0, due=_DAY_0)
        days = 0
    else:
        days = min(max(0, (today - memory.on).days), LONGEST)
        card = Card(
            card_id=0,
            state=State.Review,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=_DAY_0,
            last_review=_DAY_0,
        )
    card, _ = _scheduler().review_card(card, Given(int(rating)), _DAY_0 + timedelta(days=days))
    assert card.stability is not None  # noqa: S101 review_card has just set both: tells the type checker
    assert card.difficulty is not None  # noqa: S101 as above
    return Memory(stability=card.stability, difficulty=card.difficulty, at=at.astimezone(UTC), on=today)


def recall(memory: Memory, now: datetime) -> float:
    """Predict the probability, from 0 to 1, that the idea is recalled at an instant (FSRS-6's forgetting curve)."""
    decay, factor = _curve()
    days = max(0.0, (now - memory.at).total_seconds() / 86400)
    return float((1 + factor * days / memory.stability) ** decay)


def interval(memory: Memory, retention: float = RETENTION) -> int:
    """Return the whole days, at least one, until recall falls to the wanted retention."""
    decay, factor = _curve()
    days = memory.stability / factor * (float(retention ** (1 / decay)) - 1)
    return min(max(round(days), 1), LONGEST)


def due(memory: Memory, now: datetime, retention: float = RETENTION) -> date:
    """Return the day on which an idea is due: today if it was asked while the clock was more than a day ahead."""
    if memory.at - now > timedelta(days=1):
        return now.date()
    return memory.on + timedelta(days=interval(memory, retention))


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler  # noqa: PLC0415 only a fold with answers needs the library

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=LONGEST)


@cache
def _curve() -> tuple[float, float]:
    """Return decay and factor of R(t, S) = (1 + factor · t / S) ^ decay, with R(S, S) = 0.9."""
    return -DECAY, 0.9 ** (-1 / DECAY) - 1
