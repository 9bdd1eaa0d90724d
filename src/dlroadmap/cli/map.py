"""Without a verb: the Map; if no screen can be opened, the learner's status and how to continue."""

from __future__ import annotations

from dlroadmap.cli.call import Call
from dlroadmap.places import places
from dlroadmap.terminal import why_no_screen


def show_map(call: Call) -> int:
    """Open the Map, or print the status if no screen can be opened; return the exit code."""
    with call.study(rescue=call.has_screen) as study:
        if call.has_screen:
            from dlroadmap.tui.app import run  # noqa: PLC0415 only a screen needs textual

            newcomer = study.journal.is_new() and not study.journal.read_only and not places().settings.exists()
            return run(study, welcome=newcomer, loaded=call.loaded)
        from dlroadmap.cli.status import answer_status  # noqa: PLC0415 a screen needs none of it

        answer_status(call, study)
    if not call.json:
        why = why_no_screen()
        lines = "The map is a screen, and lines are wanted"
        because = lines if call.in_lines or not why else f"The map needs a terminal ({why})"
        call.paper().say(f"{because}; verbs work without one: dlroadmap -h lists them.")
    return 0
