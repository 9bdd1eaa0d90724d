"""Call: one run of the program, with the options that may stand before or after any verb."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from dlroadmap.cli.encoding import put
from dlroadmap.cli.paper import Paper, one_line
from dlroadmap.cli.verbs import LIST
from dlroadmap.terminal import why_no_screen

if TYPE_CHECKING:
    import click

    from dlroadmap.roadmap import Phase, Topic
    from dlroadmap.settings import Loaded
    from dlroadmap.study import Study

SCHEMA = 1
"""The version in every JSON answer; it grows when a key changes its meaning or is removed."""


@dataclass(frozen=True)
class Call:
    """The options that every verb knows."""

    json: bool = False
    plain: bool = False
    no_color: bool = False
    roadmap: str | None = None
    same: bool = False

    @contextmanager
    def study(self, *, rescue: bool = False) -> Iterator[Study]:
        """Open the learner's study; if nothing can be saved, say so after the answer.

        rescue: if the journal is damaged, show what can be read of it.
        """
        from dlroadmap.study import Study  # noqa: PLC0415 -h and usage errors need none of it

        with closing(Study.open(self.roadmap, same=self.same, rescue=rescue)) as study:
            try:
                yield study
            except BaseException:  # also if the reader of stdout is gone: what is said only once must not get lost
                if study.journal.notice:
                    put(f"dlroadmap: {one_line(study.journal.notice)}", error=True)
                raise
            if study.journal.news and not (self.json and study.journal.read_only):
                put(f"dlroadmap: {one_line(study.journal.news)}", error=True)
            for fault in self.loaded.faults:
                put(f"dlroadmap: {one_line(fault)}", error=True)
            if not study.journal.read_only:
                look_after(study.now())

    def must_save(self, study: Study) -> None:
        """End with the reason if nothing can be saved."""
        import click  # noqa: PLC0415 the Map doesn't wait for it

        if study.journal.read_only:
            raise click.ClickException(study.journal.read_only)

    @cached_property
    def loaded(self) -> Loaded:
        """The learner's settings, overridden by --no-color, and what is wrong with their file."""
        from dlroadmap.places import places  # noqa: PLC0415 -h and usage errors need none of it
        from dlroadmap.settings import load  # noqa: PLC0415 as above

        loaded = load(places().settings)
        return loaded._replace(settings=replace(loaded.settings, colours="none")) if self.no_color else loaded

    @property
    def in_lines(self) -> bool:
        """Whether plain lines are wanted, by option or setting: no screen, no signs, no bars."""
        return self.plain or self.loaded.settings.plain

    def paper(self) -> Paper:
        """Return the Paper on which answers for people are printed."""
        settings = self.loaded.settings
        return Paper(colour=settings.colours != "none", symbols=settings.symbols, plain=self.in_lines)

    def answer(self, **document: Any) -> None:
        """Print a JSON answer."""
        import json  # noqa: PLC0415 other answers don't need it

        utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        put(json.dumps({"schema": SCHEMA, **document}, ensure_ascii=not utf8, indent=2))

    @property
    def again(self) -> list[str]:
        """The options that choose the same roadmap in another command."""
        return ["--roadmap", self.roadmap, *(["--same"] if self.same else [])] if self.roadmap else []

    def command(self, *words: str) -> str:
        """Return a command for the same roadmap, quoted for a shell."""
        import shlex  # noqa: PLC0415 -h doesn't need it

        return one_line(shlex.join(["dlroadmap", *self.again, *words]))

    @property
    def has_screen(self) -> bool:
        """Whether a full screen can be opened: a terminal on both ends, and nobody asked for lines."""
        return not (why_no_screen() or self.in_lines or self.json)


F = TypeVar("F", bound=Callable[..., Any])


def _noted(context: click.Context, option: click.Parameter, value: object) -> None:
    """Store an option in the context's Call; if it isn't given after the verb, the one before the verb stays."""
    if value == "":
        import click  # noqa: PLC0415 the Map doesn't wait for it

        raise click.BadParameter("it is empty")
    if value and option.name:
        context.obj = replace(context.obj, **{option.name: value})


def options(function: F) -> F:
    """Add the options that may stand before or after the verb."""
    import click  # noqa: PLC0415 the Map doesn't wait for it

    for name, said in reversed([*LIST.items()][:-2]):
        option, _, metavar = name.partition(" ")
        kind: dict[str, Any] = {"metavar": metavar} if metavar else {"is_flag": True}
        function = click.option(option, expose_value=False, callback=_noted, help=said, **kind)(function)
    return function


def look_after(now: datetime) -> None:
    """Make the day's backup of the journal if it is due, and say what is wrong with the file, if anything."""
    from dlroadmap import backups  # noqa: PLC0415 -h and usage errors need none of it
    from dlroadmap.places import places  # noqa: PLC0415 as above

    here = places()
    if wrong := backups.look_after(here.journal, here.backups, now):
        put(f"dlroadmap: {one_line(wrong)}", error=True)


def find_topic(call: Call, study: Study, name: str) -> Topic:
    """Return the topic with this name; if there is none, end with the most similar one's name."""
    return study.roadmap.topic(name) or _missing(call, "topic", name, study.roadmap.topics.values())


def find_phase(call: Call, study: Study, name: str) -> Phase:
    """Return the phase with this name or number on the active path; if there is none, end with the most similar one's name."""
    return _phase(study, name) or _missing(call, "phase", name, study.roadmap.phase)


def find_either(call: Call, study: Study, name: str) -> Topic | Phase:
    """Return the topic, or else the phase, with this name; if there is none, end with the most similar one's name."""
    roadmap = study.roadmap
    near: list[Topic | Phase] = [*roadmap.topics.values(), *roadmap.phase]
    return roadmap.topic(name) or _phase(study, name) or _missing(call, "topic or phase", name, near)


def _phase(study: Study, name: str) -> Phase | None:
    return study.roadmap.find_phase(name, study.overview().path)


def _missing(call: Call, what: str, name: str, near: Iterable[Topic | Phase]) -> NoReturn:
    import click  # noqa: PLC0415 the Map doesn't wait for it

    from dlroadmap.roadmap import likely  # noqa: PLC0415 -h and usage errors need none of it

    found = likely(near, name)
    cure = f"did you mean '{found.id}'?" if found else f"{call.command('status')} lists the phases"
    if what == "topic" and not found:
        cure += f", and {call.command('show', 'PHASE')} their topics"
    raise click.ClickException(f"no {what} '{brief(name)}'; {cure}")


def brief(typed: str) -> str:
    """Return what the learner typed, cleaned and shortened for a message."""
    return typed if len(typed) <= 60 else typed[:59] + "…"
