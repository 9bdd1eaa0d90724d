"""One run of the program; here every error becomes one line on stderr and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from dlroadmap.cli.call import Call
from dlroadmap.cli.encoding import prepare_streams, put
from dlroadmap.cli.paper import one_line


def run(words: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 failed, 2 wrong usage."""
    prepare_streams()
    try:
        code = _invoke(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        if sys.stdout.isatty():  # the shell's prompt should be on its own line
            put("")
        return 130
    except Exception as error:  # noqa: BLE001 the last net: no traceback reaches the learner
        return failed(error)
    return code


def failed(error: Exception) -> int:
    """Say on one line of stderr what ended the program, unless stdout's reader is gone; return the exit code."""
    if isinstance(error, BrokenPipeError):
        _mute()
        return 141
    return _explain(error)


def _invoke(words: Sequence[str]) -> int:
    if not words:
        from dlroadmap.cli.map import show_map  # noqa: PLC0415 the Map doesn't wait for click

        return show_map(Call())
    import click  # noqa: PLC0415 as above

    from dlroadmap.cli.program import program  # noqa: PLC0415 as above
    from dlroadmap.cli.verbs import VERBS  # noqa: PLC0415 as above

    try:
        with program.make_context("dlroadmap", list(words), obj=Call()) as context:
            return int(program.invoke(context) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        verb = next((word for word in words if word in VERBS), None)
        if error.ctx is None and verb:  # click's parser doesn't say in which verb
            error.ctx = click.Context(program, info_name=f"dlroadmap {verb}")
        raise


def _explain(error: Exception) -> int:
    """Say on one line of stderr what went wrong, where, and how to fix it; return the exit code."""
    import click  # noqa: PLC0415 only an error needs it

    from dlroadmap.formats.located import NotARoadmap  # noqa: PLC0415 as above
    from dlroadmap.journal import JournalFault  # noqa: PLC0415 as above
    from dlroadmap.library import LibraryFault  # noqa: PLC0415 as above

    code = 1
    match error:
        case click.UsageError():
            where = error.ctx.command_path if error.ctx else "dlroadmap"
            said = error.format_message().rstrip(".")
            text, code = f"{said}{'' if said.endswith('?') else ';'} {where} -h tells how", error.exit_code
        case click.ClickException():
            text, code = error.format_message(), error.exit_code
        case LibraryFault() | NotARoadmap() | JournalFault():
            text = str(error)
        case OSError():
            text = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
        case _:
            text = f"a fault of the program: {type(error).__name__}: {error}; DLROADMAP_DEBUG=1 shows where: please report it"
    if os.environ.get("DLROADMAP_DEBUG") == "1":
        import traceback  # noqa: PLC0415 only if the traceback is asked for

        traceback.print_exception(error)
    with suppress(OSError, ValueError):
        put(f"dlroadmap: {one_line(text)}", error=True)
    return code


def _mute() -> None:
    """Send stdout to the null device after its reader is gone, so that Python's flush at exit doesn't fail."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
