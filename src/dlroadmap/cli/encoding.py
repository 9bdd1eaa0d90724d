"""Text for every terminal: what an encoding or a console's font lacks is written with what it has."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path

from dlroadmap.spelling import spellings


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(spellings(error.object, error.start, error.end)), error.end


def prepare_streams() -> None:
    """Let no character end the program: neither one that stdout can't encode, nor one on stdin that isn't text."""
    codecs.register_error("dlroadmap", _replace)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # started with the stream closed
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 open until the program ends
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if mode == "r" else "dlroadmap")


def put(text: str, end: str = "\n", *, error: bool = False) -> None:
    """Write text to stdout or stderr at once (click.echo would write UTF-8 where the encoding is ASCII)."""
    stream = sys.stderr if error else sys.stdout
    try:
        stream.write(text + end)
        stream.flush()
    except OSError as fault:  # whoever reads of it shall not think of the journal
        fault.filename = f"the answer can't be written to {'stderr' if error else 'stdout'}"
        raise
