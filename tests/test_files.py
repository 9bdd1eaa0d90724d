"""Files: whole or as they were before, and read by nobody who couldn't."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlroadmap.files import write_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@pytest.fixture(params=[0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_new_file_is_readable_as_the_umask_says_and_an_old_one_as_before(tmp_path: Path, umask: int) -> None:
    file = tmp_path / "file"
    write_whole(file, b"one")
    assert mode(file) == 0o666 & ~umask
    for wanted in (0o600, 0o640, 0o664):
        file.chmod(wanted)
        write_whole(file, b"two")
        assert (mode(file), file.read_bytes()) == (wanted, b"two")


@posix
def test_link_is_replaced_by_a_file_that_takes_nothing_from_where_it_leads(tmp_path: Path, umask: int) -> None:
    (tmp_path / "precious").write_bytes(b"years of work")
    (tmp_path / "precious").chmod(0o666)
    (tmp_path / "link").symlink_to("precious")
    write_whole(tmp_path / "link", b"one")
    assert (mode(tmp_path / "link"), (tmp_path / "link").is_symlink()) == (0o666 & ~umask, False)
    assert (tmp_path / "precious").read_bytes() == b"years of work"


def test_what_cant_be_written_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    write_whole(tmp_path / "file", b"one")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "file", b"two")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"one"]


def test_what_a_killed_program_left_an_hour_ago_goes(tmp_path: Path) -> None:
    for name in (".file-old", ".file-new", ".other-old"):
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (0, 0) if name.endswith("old") else None)
    write_whole(tmp_path / "file", b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".file-new", ".other-old", "file"]
