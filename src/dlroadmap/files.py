"""Files: read up to a size, written whole or not at all."""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path


def read_up_to(path: Path, largest: int) -> bytes:
    """Return a regular file's bytes, at most `largest` + 1. Raises OSError, also for folders, pipes and devices."""
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder", str(path))
    if path.exists() and not path.is_file():  # a pipe would block for ever, a device never end
        raise OSError(22, "is not a regular file", str(path))
    with path.open("rb") as file:
        return file.read(largest + 1)


def followed(path: Path) -> Path:
    """Resolve a symlink, so that its target is replaced and files that belong beside it (-wal, -shm) are found."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114 Path.is_symlink raises behind closed folders


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it. Raises OSError; then the old file is unchanged.

    An existing file keeps its permissions, a new one gets those of the umask. A symlink is replaced, not followed: in a folder
    that others can write to it might lead anywhere.
    """
    prefix = f".{path.name}-"
    sweep(path.parent, prefix)
    scratch = path.with_name(f"{prefix}{os.urandom(6).hex()}")
    try:
        with scratch.open("xb") as file:
            with suppress(OSError):
                before = path.lstat().st_mode
                if stat.S_ISREG(before):
                    scratch.chmod(stat.S_IMODE(before))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def sweep(folder: Path, prefix: str) -> None:
    """Remove files with this prefix that a killed program left behind, if they are older than an hour."""
    for path in folder.iterdir():
        if path.name.startswith(prefix):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > 3600:
                    path.unlink()
