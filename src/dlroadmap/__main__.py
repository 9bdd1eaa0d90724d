"""The program: `dlroadmap`, or `python -m dlroadmap`."""

from __future__ import annotations

import gc
import os
import sys

from dlroadmap import __version__

FULL_WIDTH = 80
"""From this many columns on the help has its full width; click writes a narrower one."""


def _columns() -> int:
    wanted = os.environ.get("COLUMNS", "")
    try:
        return int(wanted) if wanted.isdecimal() else os.get_terminal_size().columns
    except OSError:  # a pipe
        return FULL_WIDTH


def _say(text: str) -> int:
    """Write an answer that needs nothing of what verbs need, and return the exit code."""
    try:
        if sys.stdout is not None:  # it was closed
            sys.stdout.write(text)
            sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 the net of the verbs, which only a failure pays for
        from dlroadmap.cli.run import failed  # noqa: PLC0415 as above

        return failed(error)
    return 0


def main() -> int:
    """Run the program on the command line's words and return its exit code."""
    words = sys.argv[1:]
    before = words[: words.index("--version")] if "--version" in words else words
    if before != words and not {"--", "note"} & {*before}:  # a note may speak of it
        return _say(f"dlroadmap {__version__}\n")
    if words[:1] == ["__complete"]:
        from dlroadmap.cli.complete import answer  # noqa: PLC0415 a shell waits: nothing else is loaded

        return answer(words[1:])
    if words in (["-h"], ["--help"]) and _columns() >= FULL_WIDTH:
        from dlroadmap.cli.verbs import usage  # noqa: PLC0415 --version is answered without

        return _say(usage())
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it looks for them in a file of every package installed
    gc.disable()  # a verb ends before there is much to collect; the App switches it on again after its first frame
    from dlroadmap.cli.run import run  # noqa: PLC0415 --version is answered without what the verbs need

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
