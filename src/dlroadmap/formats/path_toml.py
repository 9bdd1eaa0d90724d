"""Paths as files: written as TOML to share, and read again; anybody may have written the text."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from dlroadmap.faults import Fault, path_faults
from dlroadmap.formats.located import Located, NotARoadmap
from dlroadmap.formats.roadmap_toml import File, explained, parse
from dlroadmap.plan import arranged, path_body
from dlroadmap.roadmap import Path, Roadmap

MARK = "[[path]]"


def to_toml(path: Path) -> str:
    """Write a path as a TOML table, for --add or for a roadmap's file."""
    import tomli_w  # noqa: PLC0415 only writing needs it

    return "# dlroadmap path --add takes this file in\n\n" + tomli_w.dumps({"path": [{"id": path.id, **path_body(path)}]})


def read(content: bytes, name: str, roadmap: Roadmap) -> list[Path]:
    """Read paths through a roadmap, and put each topic after its needs. Raises NotARoadmap with every fault."""
    file = parse(content, name)
    found: list[Path] = []
    faults = list(_faults(file, roadmap, found))
    if faults:
        raise NotARoadmap([Located(name, located.line, located.fault) for located in file.locate(faults)])
    return [arranged(roadmap, path) for path in found]


def _faults(file: File, roadmap: Roadmap, found: list[Path]) -> Iterator[Fault]:
    tables = file.document.get("path")
    if not isinstance(tables, list) or not tables:
        yield Fault((), f"no path; such a file has {MARK} with an id, a title and [[path.phase]]")
        return
    for n, table in enumerate(tables):
        try:
            path = Path.model_validate(table)
        except ValidationError as error:
            yield from (fault._replace(place=("path", n, *fault.place)) for fault in explained(error))
            continue
        if path.id in roadmap.paths:
            yield Fault(("path", n, "id"), f"the roadmap has a path '{path.id}' of its own; give this one another id")
        elif path.id in {other.id for other in found}:
            yield Fault(("path", n, "id"), f"the id '{path.id}' stands here twice; choose another")
        elif not path.topics:
            yield Fault(("path", n), "has no topic")
        yield from (fault for fault in path_faults(roadmap, path, ("path", n)) if "' needs '" not in fault.message)
        found.append(path)
