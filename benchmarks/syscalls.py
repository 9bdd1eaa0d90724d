"""Let each system call that writes fail in turn, or kill the program in it, and look whether anything acknowledged is gone.

    python -m benchmarks.syscalls

Needs strace. A child ticks ten topics, writes a long note and makes a backup; for each n its n-th call is killed or fails.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from tests.injecting import once

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename")
INJECTIONS = ("signal=SIGKILL", "error=EIO", "error=ENOSPC")


def main() -> None:
    """Inject, check and count."""
    for injection in INJECTIONS:
        for call in CALLS:
            came, number = Counter[str](), 0
            while number == 0 or came["injected"] == number:
                number += 1
                with tempfile.TemporaryDirectory(prefix="dlroadmap-syscalls-") as folder:
                    came.update(once(Path(folder), call, injection, number))
            told = ", ".join(f"{count} {word}" for word, count in sorted(came.items()))
            print(f"{call:<10} {injection:<15} {told}", flush=True)


if __name__ == "__main__":
    main()
