"""The program as click sees it: its verbs, and the options that stand before any of them."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click

from dlroadmap.cli.call import brief, options
from dlroadmap.cli.verbs import EPILOG, LIST, VERBS


class Verbs(click.Group):
    """The verbs; for an unknown one the error names the most similar one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that the first word names."""
        names, word = self.list_commands(ctx), args[0]
        if word in names or word.startswith("-"):
            return super().resolve_command(ctx, args)
        from dlroadmap.roadmap import like  # noqa: PLC0415 only an error needs it

        near = like(names, word)
        cure = f"; did you mean '{near}'?" if near else f": there are {', '.join(names)}" if len(names) < 9 else ""
        raise click.UsageError(f"no verb '{brief(word)}'{cure}", ctx)


class _Program(Verbs):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click's signature
        if cmd_name not in VERBS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = import_module(f"dlroadmap.cli.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101 each module of VERBS has one: tells the type checker
        return command

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
def program(context: click.Context, version: bool) -> int | None:  # noqa: ARG001 __main__ has answered --version; it is here for -h
    """Learn deep learning from your terminal.

    Without a verb: the map; without a terminal: how far you are.
    """
    if context.invoked_subcommand is None:
        from dlroadmap.cli.map import show_map  # noqa: PLC0415 a verb doesn't need it

        return show_map(context.obj)
    return None
