"""Checkup: everything that progress depends on, checked one by one, for `dlroadmap doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from dlroadmap import __version__, backups, browser, database, editor, settings, terminal
from dlroadmap.database import JournalFault
from dlroadmap.journal import Damaged, Journal
from dlroadmap.library import Library
from dlroadmap.places import NOWHERE, Places
from dlroadmap.settings import Settings
from dlroadmap.wording import plural

Verdict = Literal["ok", "note", "fault"]

_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "9p",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.davfs",
    "davfs",
    "ncpfs",
    "glusterfs",
}
_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "pcloud",
    "mega",
)
_CONFLICT = ("conflict", "conflicted")


class Finding(NamedTuple):
    """One thing that was checked."""

    verdict: Verdict
    name: str
    text: str


def program() -> Iterator[Finding]:
    """Report the versions of what is running."""
    yield Finding("ok", "dlroadmap", f"{__version__}, journal format {database.FORMAT}")
    yield Finding("ok", "Python", f"{platform.python_version()}, {sys.executable}")
    yield Finding("ok", "SQLite", sqlite3.sqlite_version)
    yield Finding("ok", "system", platform.platform())


GLYPHS = "∙►✓◊◄▸▾█▒░╭─│"
"""The signs that the screens draw: each must take one cell."""


def screen(here: Places, faults: Callable[[Settings], Iterable[str]]) -> Iterator[Finding]:
    """Check the terminal (its size, colours, signs and their widths), the browser, the editor, and the settings' file.

    faults returns what the screens can't use in the settings.
    """
    size = shutil.get_terminal_size()
    small = size.columns < terminal.SMALLEST[0] or size.lines < terminal.SMALLEST[1]
    need = f"; the screens need {terminal.SMALLEST[0]}x{terminal.SMALLEST[1]}" if small else ""
    yield Finding("note" if small else "ok", "size", f"{size.columns}x{size.lines}{need}")
    why = terminal.why_no_screen()
    yield Finding("ok", "screens", f"none here ({why}): verbs answer in lines" if why else "yes")
    loaded = settings.load(here.settings)
    ground = "light" if terminal.has_light_ground() else "dark"
    named = f"TERM={os.environ.get('TERM', '')} COLORTERM={os.environ.get('COLORTERM', '')}"
    yield Finding("ok", "colours", f"{terminal.depth(loaded.settings.colours)} on a {ground} ground; {named}")
    yield Finding("ok", "signs", "ASCII" if terminal.needs_ascii(loaded.settings.symbols) else "Unicode")
    measured = terminal.widths(GLYPHS)
    wide = "".join(glyph for glyph, cells in (measured or {}).items() if cells != 1)
    if wide:
        yield Finding("note", "widths", f"{wide} take more than a cell here: set symbols to ascii in the Settings (,)")
    else:
        yield Finding("ok", "widths", "each sign takes one cell" if measured else "not measured: nothing answers here")
    words = browser.command()
    yield Finding("ok", "browser", " ".join(words) if words else f"{browser.why_not()}: addresses are shown and copied")
    copies = "arrive" if terminal.takes_osc52() else "may not arrive: longer ones are shown too"
    yield Finding("ok", "copies", f"by OSC 52, which {copies}")
    yield Finding("ok", "editor", " ".join(editor.command() or ["none named in VISUAL or EDITOR: notes are written inside"]))
    wrong = [*loaded.faults, *faults(loaded.settings)]
    for fault in wrong:
        yield Finding("fault", "settings", fault)
    if not wrong:
        yield Finding("ok", "settings", f"{here.settings}" if here.settings.exists() else "all at their defaults")


def where(here: Places) -> Iterator[Finding]:
    """Check the folders of files."""
    home = os.environ.get("DLROADMAP_HOME")
    yield Finding("ok", "DLROADMAP_HOME", home or "not set: files lie where the system keeps such")
    if here.data == NOWHERE:
        yield Finding("fault", "data", "no home folder is known; set DLROADMAP_HOME to a folder that you can write")
        return
    for name, folder in (("data", here.data), ("config", here.config), ("cache", here.cache)):
        yield _folder(name, folder)
    if here.data.is_symlink():
        yield Finding("ok", "data", f"is a link to {here.data.resolve()}")
    if kind := _file_system(here.data):
        text = f"lies on a network file system ({kind}), whose locks can't be relied upon; keep it on a disk and use dlroadmap sync"
        yield Finding("note", "data", text)
    if name := _service(here.data):
        text = f"lies in a folder that a service copies ({name}), which can damage it; keep it elsewhere and use dlroadmap sync"
        yield Finding("note", "data", text)
    yield from _strays(here)


def _folder(name: str, folder: Path) -> Finding:
    """Check a folder, or if it doesn't exist yet, the one in which it would be made."""
    there = folder
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    if not there.is_dir():
        return Finding("fault", name, f"{there} is not a folder; move it away, or set DLROADMAP_HOME")
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding(
            "fault", name, f"{there} can't be written: nothing is saved; set DLROADMAP_HOME to a folder that you can write"
        )
    return Finding("ok", name, str(folder) if there == folder else f"{folder} (not there yet)")


def _strays(here: Places) -> Iterator[Finding]:
    """Find copies of the journal that a sync service or a person left beside it; they are never read."""
    with suppress(OSError):
        for path in sorted(here.data.iterdir()):
            name = path.name.lower()
            if name.startswith("progress") and any(word in name for word in _CONFLICT):
                yield Finding(
                    "note", "stray", f"{path} is a conflict copy and isn't read; dlroadmap import reads exports, not databases"
                )


def _file_system(folder: Path) -> str:
    """Return the kind of network file system of a folder, if the system tells it; "" for a disk."""
    best, kind = 0, ""
    target = str(folder.resolve())
    with suppress(OSError), Path("/proc/self/mounts").open(encoding="utf-8", errors="replace") as mounts:
        for line in mounts:
            _, point, found, *_ = line.split(" ")
            point = point.replace("\\040", " ")
            if (target == point or target.startswith(point.rstrip("/") + "/")) and len(point) >= best:
                best, kind = len(point), found
    return kind if kind in _NETWORK else "a share" if target.startswith("\\\\") else ""


def _service(folder: Path) -> str:
    """Return the part of a path that belongs to a sync service such as Dropbox; "" if there is none."""
    for part in folder.resolve().parts:
        if any(part.lower().startswith(name) for name in _SYNCED):
            return part
    return ""


def journal(here: Places, now: datetime) -> Iterator[Finding]:
    """Check the journal: the whole file and every event."""
    if not os.path.lexists(here.journal):
        yield Finding("ok", "file", f"{here.journal} (not there yet)")
        return
    try:
        with closing(Journal(here.journal)) as opened:
            if opened.read_only:
                yield Finding("fault", "file", opened.read_only)
            if not os.path.isfile(here.journal):  # noqa: PTH113 Path.is_file raises where a folder may not be entered
                return
            health = opened.examine()
            size = sum(p.stat().st_size for s in ("", "-wal") if (p := Path(f"{here.journal}{s}")).exists())
            yield Finding("ok", "file", f"{here.journal}, {size / 1024:.0f} KiB, machine {opened.machine}")
            named = ", ".join(opened.roadmaps())
            yield Finding("ok", "events", f"{health.events}{f' of {named}' if named else ''}")
            for fault in health.faults:
                yield Finding("fault", "file", f"{fault}; {_cure()}")
            for name in health.damaged[:20]:
                yield Finding("fault", "event", f"{name} is damaged and has no effect; {_cure()}")
            if health.unknown:
                text = f"this version doesn't know {', '.join(health.unknown)}: kept, without effect; a newer version reads them"
                yield Finding("note", "events", text)
            if health.sound:
                yield Finding("ok", "integrity", "the whole file and the sum of every event are right")
            newest = max((row.id[:14] for row in opened.rows()), default="0")
            if int(newest) > now.timestamp() * 1000 + 86_400_000:
                yield Finding("note", "clock", "the newest event is more than a day ahead of this machine's clock")
    except Damaged as fault:
        yield Finding("fault", "file", str(fault))
    except JournalFault as fault:
        yield Finding("fault", "file", str(fault))


def _cure() -> str:
    return "dlroadmap restore --salvage keeps what can be read"


def copies(here: Places, now: datetime) -> Iterator[Finding]:
    """Check every backup completely, and report what was set aside."""
    listed = backups.listed(here.backups)
    if not listed:
        yield Finding("ok", "backups", f"{here.backups} (none yet)")
    good = 0
    here_too = _recorded(here)
    missing: list[tuple[int, str]] = []
    for backup in listed:
        try:
            found = {row.id for row in backups.read(backup.path)}
            good += 1
            missing.append((0 if here_too is None else len(found - here_too), backup.name))
        except JournalFault as fault:
            yield Finding("note", "backup", f"{str(fault).partition('; ')[0]}; it won't be used")
    if missing and (most := max(missing))[0]:
        many, name = most
        events = f"{plural(many, 'event')} of {name}"
        yield Finding("note", "backup", f"{events} can't be found in the journal; dlroadmap restore {name} goes back to them")
    if listed:
        size = sum(backup.path.stat().st_size for backup in listed) / 1048576
        newest = f"{listed[0].at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        verdict: Verdict = "ok" if good else "fault"
        yield Finding(
            verdict, "backups", f"{good} of {len(listed)} verified, the newest of {newest}, {size:.1f} MiB in {here.backups}"
        )
    if here.set_aside.is_dir():
        yield Finding("ok", "set aside", f"{here.set_aside} keeps what salvage replaced; remove it when you miss nothing")


def _recorded(here: Places) -> set[str] | None:
    """Return the ids of the journal's events; None if it can't be read."""
    if not os.path.isfile(here.journal):  # noqa: PTH113 as above
        return set()
    with suppress(JournalFault), closing(Journal(here.journal)) as opened:
        return {row.id for row in opened.rows()}
    return None


def roadmaps(here: Places) -> Iterator[Finding]:
    """Check the bundled roadmap and the added ones."""
    for volume, file, fault in Library(here).known():
        if volume:
            yield Finding("ok", volume.roadmap.id, f"{len(volume.roadmap.topics)} topics, {file}")
        else:
            yield Finding("fault", file.parent.name, fault)
