"""What a step on each part of the plan comes to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.events import Entry, PlanSet, entry_id
from dlroadmap.planning import DAYS, DEFAULTS, WEEKS, Part, stepped, toggled
from dlroadmap.progress import Progress, fold

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
PARTS = get_args(Part)


def planned(*events: PlanSet) -> Progress:
    return fold(Entry(entry_id(n, "m"), NOW, event) for n, event in enumerate(events))


@pytest.mark.parametrize(
    ("part", "before", "up", "down"),
    [
        ("level", PlanSet(), PlanSet(level="new"), PlanSet(level="trained")),
        ("level", PlanSet(level="trained"), PlanSet(level="new"), PlanSet(level="basics")),
        ("goal", PlanSet(goal="build"), PlanSet(goal="research"), PlanSet(goal="understand")),
        ("hours", PlanSet(), PlanSet(hours=5), PlanSet(hours=3)),
        ("hours", PlanSet(hours=0), PlanSet(hours=1), None),
        ("hours", PlanSet(hours=8.5), PlanSet(hours=10), PlanSet(hours=8)),
        ("hours", PlanSet(hours=40), None, PlanSet(hours=30)),
        ("days", PlanSet(), PlanSet(days=DAYS), PlanSet(days=WEEKS[-1])),
        ("days", PlanSet(days=DAYS), PlanSet(days=DAYS[:5]), PlanSet(days=WEEKS[-1])),
        ("target", PlanSet(), PlanSet(target=date(2026, 6, 1)), PlanSet(target=date(2026, 6, 1))),
        ("target", PlanSet(target=date(2026, 3, 9)), PlanSet(target=date(2026, 3, 16)), PlanSet(no_target=True)),
        ("target", PlanSet(target=date.max), PlanSet(target=date.max), PlanSet(target=date(9999, 12, 24))),
        ("retention", PlanSet(), PlanSet(retention=0.91), PlanSet(retention=0.89)),
        ("retention", PlanSet(retention=0.95), None, PlanSet(retention=0.94)),
        ("review_minutes", PlanSet(), PlanSet(review_minutes=15), PlanSet(review_minutes=5)),
        ("review_minutes", PlanSet(review_minutes=0), PlanSet(review_minutes=5), None),
    ],
)
def test_a_step_goes_to_the_next_value_and_ends_with_the_scale(
    part: Part, before: PlanSet, up: PlanSet | None, down: PlanSet | None
) -> None:
    assert stepped(part, 1, planned(before), TODAY) == up
    assert stepped(part, -1, planned(before), TODAY) == down


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from([1, -1])), max_size=60))
def test_any_steps_give_plans_that_change_what_they_are_on_alone(steps: list[tuple[Part, int]]) -> None:
    progress = planned()
    events: list[PlanSet] = []
    for part, step in steps:
        event = stepped(part, step, progress, TODAY)
        if event:
            events.append(event)
            after = planned(*events)
            assert {name for name in PARTS if getattr(after.plan, name) != getattr(progress.plan, name)} == {part}
            progress = after


def test_a_day_is_put_in_and_taken_out_in_the_weeks_order() -> None:
    progress = planned(toggled("wed", planned()), toggled("mon", planned(PlanSet(days=("wed",)))))
    assert progress.plan.days == ("mon", "wed")
    assert toggled("mon", progress) == PlanSet(days=("wed",))


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_a_default_of_its_own(part: Part) -> None:
    assert DEFAULTS[part].model_fields_set == {"no_target" if part == "target" else part}
