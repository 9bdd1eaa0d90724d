"""The learner's editor, named by VISUAL or EDITOR."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dlroadmap.roadmap import clean


class EditorFault(Exception):  # noqa: N818 the learner's mistake, not the program's
    """The editor can't be used; the message says why."""


def command(environ: Mapping[str, str] = os.environ) -> list[str] | None:
    """Return the command of the learner's editor; None if none is named or it isn't installed."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environ.get(name, ""))
        except ValueError:  # a quotation mark that is never closed
            continue
        if words and shutil.which(words[0]):
            return words
    return None


def edit(file: Path, words: list[str]) -> None:
    """Run the editor on a file and wait until it ends. Raises EditorFault."""
    try:
        ended = subprocess.run([*words, str(file)], check=False)  # noqa: S603 the command is the learner's own
    except OSError as error:
        raise EditorFault(f"{words[0]}: {error.strerror or error}") from None
    if ended.returncode:
        raise EditorFault(f"{words[0]} ended with {ended.returncode}; nothing was changed")


def edited(text: str, words: list[str], *, name: str) -> str:
    """Let the learner edit a text; return the new one, cleaned like all text from files. Raises EditorFault."""
    with tempfile.TemporaryDirectory(prefix="dlroadmap-") as folder:
        file = Path(folder) / f"{name}.md"
        try:
            file.write_text(f"{text}\n" if text else "", encoding="utf-8")
            edit(file, words)
            return clean(file.read_text(encoding="utf-8")).strip()
        except (OSError, UnicodeDecodeError) as error:
            raise EditorFault(f"{file.name} can't be read: {error}") from None
