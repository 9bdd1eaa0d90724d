"""The program: its verbs, and the one place where what went wrong becomes one line on stderr and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword

import click

from dlroadmap.cli.call import Call, brief, options
from dlroadmap.cli.encoding import prepare_streams, put
from dlroadmap.cli.paper import one_line
from dlroadmap.cli.verbs import EPILOG, LIST, VERBS


class _Program(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click's signature
        if cmd_name not in VERBS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = import_module(f"dlroadmap.cli.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101 each module of VERBS has one: tells the type checker
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches  # noqa: PLC0415 a start shall not wait for it

        if args[0] not in VERBS and not args[0].startswith("-"):
            near = get_close_matches(args[0], VERBS, n=1)
            raise click.UsageError(f"no verb '{brief(args[0])}'" + (f"; did you mean '{near[0]}'?" if near else ""), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 click's signature
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[VERB] [ARGS]...",
    epilog=EPILOG,
)
@options
@click.option("--version", is_flag=True, help=LIST["--version"])
@click.pass_context
def program(context: click.Context, version: bool) -> int | None:  # noqa: ARG001 __main__ has answered it; -h tells of it
    """Learn deep learning from your terminal.

    Without a verb: the map; without a terminal: how far you are.
    """
    if context.invoked_subcommand is None:
        from dlroadmap.cli.map import show_map  # noqa: PLC0415 a verb doesn't need it

        return show_map(context.obj)
    return None


def run(words: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 failed, 2 wrong usage."""
    prepare_streams()
    try:
        code = _invoke(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        if sys.stdout.isatty():  # the shell's prompt shall stand on a line of its own
            put("")
        return 130
    except BrokenPipeError:
        _mute()
        return 141
    except Exception as error:  # noqa: BLE001 the last net: no traceback reaches the learner
        code = _explain(error)
    return code


def _invoke(words: Sequence[str]) -> int:
    try:
        with program.make_context("dlroadmap", list(words), obj=Call()) as context:
            return int(program.invoke(context) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code


def _explain(error: Exception) -> int:
    """Say on one line of stderr what went wrong, where, and what cures it; return the exit code."""
    from dlroadmap.formats.located import NotARoadmap  # noqa: PLC0415 only what went wrong pays for it
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
        import traceback  # noqa: PLC0415 only for those who ask

        traceback.print_exception(error)
    with suppress(OSError, ValueError):
        put(f"dlroadmap: {one_line(text)}", error=True)
    return code


def _mute() -> None:
    """Let Python's own flush at exit have somewhere to go once the reader of stdout is gone."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
