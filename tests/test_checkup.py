"""What doctor finds in the journal; tests/cli/test_keeping.py has it say so."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from tests.conftest import MONDAY

from dlroadmap import checkup
from dlroadmap import events as e
from dlroadmap.journal import Journal
from dlroadmap.places import Places


@pytest.mark.parametrize(("hours", "verdicts"), [(25, ["note"]), (24, [])])
def test_event_more_than_a_day_ahead_of_the_clock_is_noted(here: Places, hours: int, verdicts: list[str]) -> None:
    with closing(Journal(here.journal)) as journal:
        journal.append("r", e.TopicTicked(topic="t"), MONDAY + timedelta(hours=hours))
    found = checkup.journal(here, MONDAY)
    assert [one.verdict for one in found if one.name == "clock"] == verdicts
