"""Text for every terminal: characters that the encoding or the console's font lacks are written with others."""

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
    """Prepare stdin, stdout and stderr so that no character ends the program, even if it can't be encoded or decoded."""
    codecs.register_error("dlroadmap", _replace)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # the program was started with this stream closed
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 open until the program ends
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if mode == "r" else "dlroadmap")


def put(text: str, end: str = "\n", *, error: bool = False) -> None:
    """Write text to stdout or stderr at once (click.echo would write UTF-8 even if the encoding is ASCII)."""
    stream = sys.stderr if error else sys.stdout
    try:
        stream.write(text + end)
        stream.flush()
    except OSError as fault:  # the message must not sound as if the journal couldn't be written
        fault.filename = f"the answer can't be written to {'stderr' if error else 'stdout'}"
        raise
