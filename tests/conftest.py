"""What tests share: the small roadmap, a home of one's own, a clock that tests move, and a study of all three."""

from __future__ import annotations

import os

os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")  # whatever runs the tests
os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when textual is imported: pilots are three times as fast

import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dlroadmap.library import examine
from dlroadmap.places import Places, places
from dlroadmap.question import Bank
from dlroadmap.roadmap import Roadmap
from dlroadmap.study import Study

# A commit passes always or never: the same examples each time. What they miss is searched for with HYPOTHESIS_PROFILE=deep.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", settings.get_profile("same"), derandomize=False, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "same")


def examples(count: int) -> int:
    """Return how many examples a test takes that takes so many of its own: deeper by as much as the profile is."""
    return max(1, count * settings().max_examples // 100)


for name in ("NO_COLOR", "COLORFGBG", "DLROADMAP_SIGNS", "VISUAL", "EDITOR", "TMUX", "SSH_TTY", "SSH_CONNECTION"):
    os.environ.pop(name, None)

SMALL = Path(__file__).parent / "small"
"""The folder of the small roadmap: two phases, five topics, every kind of question."""
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Run twice as many workers as xdist would: a pilot waits half its time."""
    return 2 * (yield)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        """Move the clock, backwards too, and return the new moment."""
        self.now += timedelta(days=days, hours=hours, minutes=minutes)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, where DLROADMAP_HOME points."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DLROADMAP_HOME", str(folder))
    return folder


@pytest.fixture
def here(home: Path) -> Places:
    """The places under `home`."""
    return places()


@pytest.fixture(scope="session")
def small_text() -> str:
    """The TOML text of the small roadmap."""
    return (SMALL / "roadmap.toml").read_text(encoding="utf-8")


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """A copy of the small roadmap and its checkpoints that a test may edit."""
    folder = tmp_path / "small"
    shutil.copytree(SMALL, folder)
    return folder / "roadmap.toml"


@pytest.fixture(scope="session")
def _examined() -> tuple[Roadmap, Bank]:
    roadmap, bank, faults = examine(SMALL / "roadmap.toml")
    assert roadmap is not None, faults
    return roadmap, bank


@pytest.fixture(scope="session")
def small(_examined: tuple[Roadmap, Bank]) -> Roadmap:
    """The small roadmap, its questions counted."""
    return _examined[0]


@pytest.fixture(scope="session")
def bank(_examined: tuple[Roadmap, Bank]) -> Bank:
    """All questions of the small roadmap."""
    return _examined[1]


@pytest.fixture
def study(home: Path, small_file: Path, clock: Clock) -> Iterator[Study]:
    """A study of the small roadmap under `home`, at `clock`'s moment."""
    opened = Study.open(str(small_file), clock=clock)
    yield opened
    opened.close()
