"""The oracle under faults of the machine: what was acknowledged is there, or the damage is named; never less in silence."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from tests.conftest import MONDAY
from tests.crashing import BEGAN, SMALL, Machine, kill_migration, kill_once
from tests.damaging import Whole, cuts, flipped, judge, whole, zeroed
from tests.injecting import once

from dlroadmap import events as e
from dlroadmap.journal import Journal, JournalFault
from dlroadmap.places import Places, bundled

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals, limits or modes")
ROOT = Path(__file__).parent.parent


@pytest.fixture
def chance() -> random.Random:
    """The same draws each time, as the profiles of conftest have it; others, by a seed that is shown, where one searches deep."""
    seed = 1 if settings().derandomize else random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 pytest shows it with a failure
    return random.Random(seed)


# Killed


@posix
def test_killed_at_random_moments_nothing_that_was_acknowledged_is_lost(tmp_path: Path, chance: random.Random) -> None:
    """`python -m benchmarks.crash --kills 500` does it at length."""
    machine = Machine.new(tmp_path / "machine")
    for _ in range(6):
        kill_once(machine, chance)
    assert machine.acknowledged


@posix
def test_killed_while_migrating(tmp_path: Path, chance: random.Random) -> None:
    for number in range(2):
        kill_migration(tmp_path / str(number), chance, events=60)


@pytest.mark.parametrize("injection", ["signal=SIGKILL", "error=EIO", "error=ENOSPC"])
def test_call_that_is_killed_or_fails(tmp_path: Path, chance: random.Random, injection: str) -> None:
    """`python -m benchmarks.syscalls` does it to each call."""
    if not traced():
        pytest.skip("strace is missing or may not trace")
    once(tmp_path, "pwrite64", injection, chance.randrange(1, 160))


def traced() -> bool:
    strace = shutil.which("strace")
    return (
        strace is not None and subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
    )


# Damaged


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return whole(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize("kind", ["cut", "zeroed", "flipped"])
def test_damaged_journal_is_whole_or_named_and_salvaged(sound: Whole, tmp_path: Path, chance: random.Random, kind: str) -> None:
    """`python -m benchmarks.damage` does all of it: each cut, each page, a thousand bits."""
    content = sound.content
    damages = {"cut": cuts(content), "zeroed": zeroed(content), "flipped": flipped(content, 12, chance.randrange(10**6))}
    for what, damaged in chance.sample(list(damages[kind]), 12):
        said = judge(damaged, sound, tmp_path / "damaged")
        assert kind != "cut" or said != "whole", what


def test_undamaged_journal_is_whole(sound: Whole, tmp_path: Path) -> None:
    assert judge(sound.content, sound, tmp_path / "same") == "whole"


# Two processes, one of them stopped and continued

ALTERNATE = """
    import sys
    from datetime import datetime, UTC
    from pathlib import Path
    from dlroadmap import events as e
    from dlroadmap.journal import Journal
    journal, topic, count = Journal(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
    for n in range(count):
        event = e.TopicUnticked(topic=topic) if n % 2 else e.TopicTicked(topic=topic)
        journal.append("r", event, datetime.now(UTC))
    journal.close()
"""


def started(code: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, words)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@posix
def test_two_processes_one_of_them_stopped_and_continued_lose_nothing(here: Places, chance: random.Random) -> None:
    count = 300
    both = [started(ALTERNATE, here.journal, topic, count) for topic in ("x", "y")]
    while both[0].poll() is None:
        both[0].send_signal(signal.SIGSTOP)
        time.sleep(chance.random() * 0.1)
        both[0].send_signal(signal.SIGCONT)
        time.sleep(chance.random() * 0.1)
    for process in both:
        process.communicate()
        assert process.returncode == 0
    with closing(Journal(here.journal)) as journal:
        rows = journal.rows()
        assert len(rows) == 2 * count
        for topic in ("x", "y"):
            kinds = [row.kind for row in rows if f'"{topic}"' in row.body]
            assert kinds == ["TopicTicked", "TopicUnticked"] * (count // 2)


# A full disk

LIMITED = """
    import resource, signal, sys
    from datetime import datetime, UTC
    from pathlib import Path
    from dlroadmap import events as e
    from dlroadmap.journal import Journal, JournalFault
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    journal = Journal(Path(sys.argv[1]))
    def note(text):
        journal.append("r", e.NoteWritten(topic="t", text=text), datetime.now(UTC))
    note("before")
    size = Path(f"{sys.argv[1]}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10_000, resource.RLIM_INFINITY))
    try:
        note("x" * 100_000)
    except JournalFault as fault:
        print(fault)
    print(*[row.kind for row in journal.rows()])
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    note("after")
    print(len(journal.rows()), journal.examine().sound)
    journal.close()
"""


@posix
def test_file_that_may_not_grow_in_the_middle_of_an_action(here: Places) -> None:
    out, _ = started(LIMITED, here.journal).communicate()
    fault, kinds, after = out.splitlines()
    assert fault.startswith(f"{here.journal}: ")
    assert "disk" in fault
    assert "nothing that was saved is lost" in fault
    assert (kinds, after) == ("NoteWritten", "2 True")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk in memory, where one may."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting is not permitted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def filled_up(disk: Path) -> Path:
    """Fill a disk to its last byte, and return the file that does."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return ballast


def note_on(journal: Journal, entries: list[e.Entry]) -> None:
    """Write long notes, as many as there is room for."""
    for n in range(1000):
        entries.append(journal.append("r", e.NoteWritten(topic="t", text="x" * 3000), MONDAY + timedelta(minutes=n)))  # noqa: PERF401 one fails


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("mount") is None, reason="mounts a tmpfs")
def test_full_disk_names_the_cause_and_works_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "512k") as disk, closing(Journal(disk / "progress.sqlite3")) as journal:
        entries = [journal.append("r", e.TopicTicked(topic=f"t{n}"), MONDAY) for n in range(3)]
        ballast = filled_up(disk)
        with pytest.raises(JournalFault) as fault:
            note_on(journal, entries)
        assert "the disk is full; make room and try again, nothing that was saved is lost" in str(fault.value)
        assert [row.id for row in journal.rows()] == [entry.id for entry in entries]
        with closing(Journal(disk / "progress.sqlite3")) as second:
            assert len(second.rows()) == len(entries)
        ballast.unlink()
        entries.append(journal.append("r", e.TopicTicked(topic="more"), MONDAY))
        assert len(journal.rows()) == len(entries)
        assert journal.examine().sound


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("mount") is None, reason="mounts a tmpfs")
def test_start_on_a_full_disk_shows_what_there_is(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "512k") as disk:
        path = disk / "progress.sqlite3"
        with closing(Journal(path)) as journal:
            journal.append("r", e.TopicTicked(topic="t"), MONDAY)
        filled_up(disk)
        with closing(Journal(path)) as journal:
            assert set(journal.load("r").progress.topics) == {"t"}
            with pytest.raises(JournalFault, match="make room"):
                journal.append("r", e.TopicTicked(topic="u"), MONDAY)


# Without rights

AS_NOBODY = """
    import contextlib, io, os, sys
    from dlroadmap.cli.run import run
    words = sys.argv[1:]
    given = {name: os.environ.pop(f"GIVEN_{name}", None) for name in ("DLROADMAP_HOME", "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    import platformdirs
    with contextlib.redirect_stdout(io.StringIO()):
        run(words)  # once with every right: what is imported late can't be read by nobody
    os.environ.update({name: value for name, value in given.items() if value is not None})
    for name, value in given.items():
        if value is None:
            os.environ.pop(name, None)
    os.setgid(65534)
    os.setuid(65534)
    sys.exit(run(words))
"""


@pytest.fixture
def as_nobody(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program as somebody who may write nowhere but where everybody may."""
    if sys.platform == "win32" or os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    files = [str(SMALL), str(bundled() / "roadmap.toml")]
    look = f"import os; os.setgid(65534); os.setuid(65534); [open(file).close() for file in {files!r}]"
    if subprocess.run([sys.executable, "-c", look], cwd="/", capture_output=True, check=False).returncode:
        pytest.skip("nobody may not enter the folder that these tests are in, nor read its roadmaps")

    def ran(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        given = {f"GIVEN_{name}": value for name, value in environ.items()}
        env = {**os.environ, "DLROADMAP_HOME": str(tmp_path / "warm"), **given}
        command = [sys.executable, "-c", textwrap.dedent(AS_NOBODY), "--roadmap", str(SMALL), *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False, cwd="/")

    return ran


@pytest.mark.parametrize(
    ("environ", "where"),
    [
        ({"DLROADMAP_HOME": "/root/nothing/there"}, "/root/nothing/there/progress.sqlite3: Permission denied"),
        ({"DLROADMAP_HOME": "/proc/dlroadmap"}, "/proc/dlroadmap/progress.sqlite3: "),
        ({"DLROADMAP_HOME": "/dev/null/x"}, "/dev/null/x/progress.sqlite3: Not a directory"),
        ({"HOME": "/nonexistent"}, "/nonexistent/.local/share/dlroadmap/progress.sqlite3: "),
        ({"DLROADMAP_HOME": "~nobody-at-all/x"}, "no-home/progress.sqlite3: "),
    ],
)
def test_without_a_place_to_write_it_shows_and_says_why_it_cant_save(
    as_nobody: Callable[..., subprocess.CompletedProcess[str]], environ: dict[str, str], where: str
) -> None:
    shown = as_nobody("status", **environ)
    assert shown.returncode == 0, shown
    assert "0 of 5 topics done" in shown.stdout
    assert shown.stderr.startswith("dlroadmap: nothing is saved: ")
    assert where in shown.stderr
    assert "set DLROADMAP_HOME to a folder that you can write" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_ticking_without_a_place_to_write_says_why_it_cant(as_nobody: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    ticked = as_nobody("tick", "numbers", DLROADMAP_HOME="/proc/dlroadmap")
    assert (ticked.returncode, ticked.stdout) == (1, "")
    assert ticked.stderr.startswith("dlroadmap: nothing is saved: /proc/dlroadmap/progress.sqlite3: ")


# Every released format


@pytest.mark.parametrize("name", sorted(p.name for p in (Path(__file__).parent / "golden").glob("*.sqlite3")))
def test_journal_that_a_released_version_wrote_is_read_as_it_was(here: Places, name: str) -> None:
    golden = Path(__file__).parent / "golden" / name
    here.data.mkdir(parents=True)
    shutil.copyfile(golden, here.journal)
    told = golden.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    with closing(Journal(here.journal)) as journal:
        assert not journal.news
        assert [f"{row.id} {row.roadmap} {row.at} {row.kind} {row.body} {row.sum}" for row in journal.rows()] == told
        assert journal.examine().sound
        assert not journal.examine().unknown
        progress = journal.load("small").progress
        assert progress.topics["numbers"].ticked is not None
        assert journal.append("small", e.TopicTicked(topic="numbers"), BEGAN).id > told[-1][:14]
