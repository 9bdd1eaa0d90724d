"""Which roadmaps there are: the bundled one, those the learner added, and any file; their questions, and their cache."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dlroadmap import __version__
from dlroadmap.files import sweep, write_whole
from dlroadmap.formats.located import LARGEST, Located, NotARoadmap
from dlroadmap.places import Places, bundled
from dlroadmap.roadmap import Roadmap

if TYPE_CHECKING:
    from dlroadmap.formats.roadmap_toml import File
    from dlroadmap.question import Bank

# What reads TOML, questions and faults is imported where it is needed: a start with a valid cache needs none of it.


class LibraryFault(Exception):  # noqa: N818 the learner's mistake, not the program's
    """A roadmap is missing or can't be used; the message says what to do."""


class Volume:
    """A roadmap and its questions, which are read phase by phase when they are first needed."""

    def __init__(self, roadmap: Roadmap, file: Path, signature: str, *, is_bundled: bool) -> None:
        self.roadmap = roadmap
        self.file = file
        self.signature = signature
        self.is_bundled = is_bundled
        self._banks: dict[str, Bank] = {}

    def bank(self, topic: str) -> Bank:
        """Return the questions of the phase that a topic lies in. Raises NotARoadmap if their file was broken meanwhile."""
        from dlroadmap.formats.roadmap_toml import read_questions  # noqa: PLC0415 see above
        from dlroadmap.question import Bank  # noqa: PLC0415 see above

        phase = self.roadmap.phase_of[topic]
        if phase.id not in self._banks:
            main = None if self.is_bundled else _read(self.file)
            same = _signature(_content(self.file), self.file) == self.signature
            files = _checkpoints(self.file, [phase.id], known=same)
            questions, faults = read_questions(self.roadmap, main, files, checked=same)
            errors = [f for f in faults if not f.fault.warning]
            if errors:
                raise NotARoadmap(errors)
            topics = {t.id for t in phase.topic}
            mine = tuple(q for q in questions.question if q.topic in topics)
            self._banks[phase.id] = Bank.model_construct(question=mine)
        return self._banks[phase.id]


class Library:
    """The roadmaps that a learner can open."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def open(self, wanted: str | None = None, *, same: bool = False) -> Volume:
        """Open the bundled roadmap, one the learner added (by id), or a file.

        same: a file with the id of another roadmap is the same roadmap and shares its progress. Raises LibraryFault if there is no
        such roadmap or its id belongs to another, NotARoadmap if it can't be used.
        """
        ours = bundled() / "roadmap.toml"
        if wanted is None:
            return self._volume(ours, is_bundled=True)
        added, file = self._added_file(wanted), Path(wanted)
        if not _is_there(added):
            self._put_back()
        with suppress(RuntimeError):  # there is no home directory
            file = file.expanduser()
        there = os.path.exists(file)  # noqa: PTH110 Path.exists raises where a name is too long
        if _is_there(added) and not (file.suffix and there):
            return self._volume(added, is_bundled=False)
        if not file.suffix and not there:
            if wanted == _own_id(ours):
                return self._volume(ours, is_bundled=True)
            raise LibraryFault(f"{wanted}: no such roadmap; dlroadmap roadmap list shows those that there are")
        if there and file.resolve() == ours.resolve():
            return self._volume(ours, is_bundled=True)
        volume = self._volume(file, is_bundled=False)
        if not same:
            self._refuse_twin(volume)
        return volume

    def known(self) -> Iterator[tuple[Volume | None, Path, str]]:
        """Yield the bundled roadmap and the added ones: the volume (None if it can't be used), its file, and why not."""
        self._put_back()
        yield self.open(), bundled() / "roadmap.toml", ""
        for file in sorted(self.places.roadmaps.glob("[!.]*/roadmap.toml")):
            try:
                yield self._volume(file, is_bundled=False), file, ""
            except NotARoadmap as error:
                yield None, file, str(error)

    def add(self, wanted: Path, *, same: bool = False) -> Volume:
        """Copy a roadmap and its checkpoints into the learner's data folder. Raises LibraryFault or NotARoadmap."""
        volume = self.open(str(wanted), same=same)
        if volume.is_bundled:
            raise LibraryFault(f"{wanted} is the bundled roadmap; it is always there")
        home = self._added_file(volume.roadmap.id).parent
        try:
            self._copy(volume, home)
        except OSError as error:
            raise LibraryFault(f"{home}: {error.strerror or error}; nothing was added") from None
        return self._volume(home / "roadmap.toml", is_bundled=False)

    def _copy(self, volume: Volume, home: Path) -> None:
        """Copy a roadmap's files to its home, all of them or none."""
        import shutil  # noqa: PLC0415 see above
        import tempfile  # noqa: PLC0415 see above

        self.places.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.places.roadmaps.mkdir(exist_ok=True, mode=0o700)
        for left in self.places.roadmaps.glob(".adding-*"):  # left by a program that was killed
            if time.time() - left.stat().st_mtime > 3600:
                shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=self.places.roadmaps, prefix=".adding-") as scratch:
            fresh = Path(scratch) / "fresh"
            (fresh / "checkpoints").mkdir(parents=True)
            shutil.copyfile(volume.file, fresh / "roadmap.toml")
            for _, source in _checkpoint_files(volume.file, [phase.id for phase in volume.roadmap.phase]):
                shutil.copyfile(source, fresh / "checkpoints" / source.name)
            old = Path(scratch) / "old" / home.name
            old.parent.mkdir()
            try:
                if home.exists():
                    home.replace(old)
                fresh.replace(home)
            finally:
                self._put_back()  # if the second replace failed

    def _put_back(self) -> None:
        """Put back a roadmap that a program was replacing when it was killed."""
        with suppress(OSError):
            for old in self.places.roadmaps.glob(".adding-*/old/*"):
                home, was_to_come = self.places.roadmaps / old.name, old.parent.parent / "fresh"
                if was_to_come.exists() and not home.exists():
                    old.replace(home)

    def remove(self, name: str) -> None:
        """Remove an added roadmap; its progress stays in the journal. Raises LibraryFault if there is none."""
        import shutil  # noqa: PLC0415 see above

        home = self._added_file(name).parent
        if not home.is_dir():
            raise LibraryFault(f"{name}: no roadmap of that id was added; dlroadmap roadmap list shows them")
        shutil.rmtree(home)

    def _added_file(self, name: str) -> Path:
        """Return where an added roadmap with this id would lie; for an impossible id, a path that never exists."""
        safe = len(name) <= 64 and all(c.isascii() and (c.isalnum() or c in "-_.") for c in name) and not name.startswith(".")
        return self.places.roadmaps / (name if safe and name else "-") / "roadmap.toml"

    def _refuse_twin(self, volume: Volume) -> None:
        name = volume.roadmap.id
        cure = "give it another id, or say --same if it is the same roadmap and shall share its progress"
        if name == _own_id(bundled() / "roadmap.toml"):
            raise LibraryFault(f"{volume.file}: its id '{name}' is the bundled roadmap's; {cure}")
        twin = self._added_file(name)
        if _is_there(twin) and twin.resolve() != volume.file.resolve() and twin.read_bytes() != volume.file.read_bytes():
            raise LibraryFault(f"{volume.file}: its id '{name}' is that of a roadmap you added; {cure}")

    def _volume(self, file: Path, *, is_bundled: bool) -> Volume:
        content = _content(file)
        signature = _signature(content, file)
        cache = self.places.cache / f"roadmap-{signature}.json"
        roadmap = _cached(cache)
        if roadmap is None:
            roadmap, _, faults = examine(file, content)
            if roadmap is None:
                raise NotARoadmap([f for f in faults if not f.fault.warning])
            _keep(cache, roadmap)
        return Volume(roadmap, file, signature, is_bundled=is_bundled)


def _is_there(file: Path) -> bool:
    return os.path.isfile(file)  # noqa: PTH113 Path.is_file raises where a folder may not be entered


def _own_id(file: Path) -> str:
    """Return the id at the beginning of a roadmap's file, without parsing the rest."""
    import tomllib  # noqa: PLC0415 see above

    head = _content(file).decode("utf-8", "replace").partition("\n[")[0]
    return str(tomllib.loads(head).get("id", ""))


def examine(file: Path, content: bytes | None = None) -> tuple[Roadmap | None, Bank, list[Located]]:
    """Read a roadmap and all its questions without any cache; return it (None if it can't be used), its questions and faults."""
    from dlroadmap.formats.roadmap_toml import build, parse  # noqa: PLC0415 see above
    from dlroadmap.question import Bank  # noqa: PLC0415 see above

    try:
        main = parse(_content(file) if content is None else content, str(file))
        phases = main.document.get("phase")
        tables = [p for p in phases if isinstance(p, dict)] if isinstance(phases, list) else []
        return build(main, _checkpoints(file, [p["id"] for p in tables if isinstance(p.get("id"), str)]))
    except NotARoadmap as error:
        return None, Bank(), error.faults


def _read(file: Path, *, known: bool = False) -> File:
    from dlroadmap.formats.roadmap_toml import parse  # noqa: PLC0415 see above

    return parse(_content(file), str(file), known=known)


def _content(file: Path) -> bytes:
    """Return a file's bytes. Raises NotARoadmap if it is missing or can't be read."""

    def refuse(message: str) -> NotARoadmap:
        from dlroadmap.faults import Fault  # noqa: PLC0415 see above

        return NotARoadmap([Located(str(file), 0, Fault((), message))])

    try:
        if file.is_dir():
            raise refuse("is a folder; name the .toml file in it")
        if file.exists() and not file.is_file():
            raise refuse("is not a regular file")
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)  # one more than allowed, so that parse refuses it
    except FileNotFoundError:
        raise refuse("no such file") from None
    except OSError as error:
        raise refuse(f"can't be read: {error.strerror or error}") from None


def _checkpoint_files(file: Path, phases: list[str]) -> Iterator[tuple[str, Path]]:
    for phase in phases:
        if phase.replace("-", "").replace("_", "").replace(".", "").isalnum():
            beside = file.parent / "checkpoints" / f"{phase}.toml"
            if beside.is_file():
                yield phase, beside


def _checkpoints(file: Path, phases: list[str], *, known: bool = False) -> Mapping[str, File]:
    return {phase: _read(beside, known=known) for phase, beside in _checkpoint_files(file, phases)}


def _signature(content: bytes, file: Path) -> str:
    """Return a hash that names the cache of a roadmap: of the version, the file's content, and its checkpoints' sizes and times."""
    digest = sha256(f"{__version__}\0{file.absolute()}\0".encode() + content)
    with suppress(OSError):
        for entry in sorted(os.scandir(file.parent / "checkpoints"), key=lambda e: e.name):
            look = entry.stat()
            digest.update(f"{entry.name}\0{look.st_size}\0{look.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:32]


def _cached(cache: Path) -> Roadmap | None:
    """Return the roadmap from a cache file; None if there is none or it is damaged."""
    try:
        return Roadmap.model_validate_json(cache.read_bytes())
    except (OSError, ValidationError):
        return None


def _keep(cache: Path, roadmap: Roadmap) -> None:
    """Write a cache file, whole or not at all; if that fails, the next start is only slower."""
    with suppress(OSError):
        cache.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # with DLROADMAP_HOME the data folder
        cache.parent.mkdir(exist_ok=True, mode=0o700)
        sweep(cache.parent, ".roadmap-")
        write_whole(cache, roadmap.model_dump_json(exclude_defaults=True).encode())
        for old in sorted(cache.parent.glob("roadmap-*.json"), key=lambda p: p.stat().st_mtime)[:-8]:
            old.unlink(missing_ok=True)
