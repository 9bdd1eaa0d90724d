"""The program: `dlroadmap`, or `python -m dlroadmap`."""

from __future__ import annotations

import gc
import os
import sys

from dlroadmap import __version__

FULL_WIDTH = 80
"""The fewest columns for the help at its full width; below, click writes a narrower one."""


def _columns() -> int:
    wanted = os.environ.get("COLUMNS", "")
    try:
        return int(wanted) if wanted.isdecimal() else os.get_terminal_size().columns
    except OSError:  # a pipe
        return FULL_WIDTH


def _say(text: str) -> int:
    """Print an answer without loading what verbs need; return the exit code."""
    try:
        if sys.stdout is not None:  # None if it was closed
            sys.stdout.write(text)
            sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 as in cli.run, which is imported only now
        from dlroadmap.cli.run import failed  # noqa: PLC0415 as above

        return failed(error)
    return 0


def main() -> int:
    """Run the program on the command line's words and return its exit code."""
    words = sys.argv[1:]
    before = words[: words.index("--version")] if "--version" in words else words
    if before != words and not {"--", "note"} & {*before}:  # a note may contain such a word
        return _say(f"dlroadmap {__version__}\n")
    if words[:1] == ["__complete"]:
        from dlroadmap.cli.complete import answer  # noqa: PLC0415 the shell is waiting, so nothing else is loaded

        return answer(words[1:])
    if words in (["-h"], ["--help"]) and _columns() >= FULL_WIDTH:
        from dlroadmap.cli.verbs import usage  # noqa: PLC0415 --version doesn't need it

        return _say(usage())
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to find them it would read a file of every installed package
    gc.disable()  # a verb ends before there is much to collect; the App turns it on again after its first frame
    from dlroadmap.cli.run import run  # noqa: PLC0415 --version doesn't need what the verbs need

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
