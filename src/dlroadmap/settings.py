"""The learner's settings of looks and devices: config.toml, read and written. Whatever affects progress is in events, not here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from dlroadmap.files import write_whole

if TYPE_CHECKING:
    import tomlkit

LARGEST = 1_000_000
"""The largest settings file that is read, in bytes: real ones are a hundred times smaller."""
MOST = 20
"""How many faults of a file are listed."""


class SettingsFault(Exception):  # noqa: N818 the learner's mistake, not the program's
    """The settings can't be written; the message says why."""


@dataclass(frozen=True)
class Settings:
    """How the program looks and behaves on this machine."""

    theme: str = "auto"
    symbols: str = "auto"
    colours: str = "auto"
    mouse: bool = True
    motion: bool = False
    plain: bool = False
    confidence: bool = True
    links: str = "auto"
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Keys by the id of their action, such as "map.tick": "x,space"."""

    def after(self, name: str, value: str | bool) -> Settings:
        """Return the settings with one of them changed."""
        change: dict[str, Any] = {name: value}
        return replace(self, **change)


class Kind(NamedTuple):
    """Where a setting stands in the file, and its allowed values; if none are listed, any word."""

    table: str
    key: str
    values: tuple[str | bool, ...] = ()


KINDS: Mapping[str, Kind] = {
    "theme": Kind("look", "theme"),
    "symbols": Kind("look", "symbols", ("auto", "unicode", "ascii")),
    "colours": Kind("look", "colours", ("auto", "24bit", "256", "16", "none")),
    "mouse": Kind("look", "mouse", (True, False)),
    "motion": Kind("look", "motion", (False, True)),
    "plain": Kind("look", "plain", (False, True)),
    "confidence": Kind("quiz", "confidence", (True, False)),
    "links": Kind("quiz", "links", ("auto", "print")),
}


class Loaded(NamedTuple):
    """The settings, and what is wrong with their file: one line each, with the file's name and line."""

    settings: Settings
    faults: tuple[str, ...] = ()


def load(file: Path) -> Loaded:
    """Read the settings; what can't be read is reported and gets its default."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST)
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        return Loaded(Settings(), (f"{file}: {error.strerror or error}; the defaults are used",))
    import tomllib  # noqa: PLC0415 most learners have no such file

    try:
        text = content.decode("utf-8-sig")
        document = tomllib.loads(text)
    except (ValueError, RecursionError):  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        return Loaded(Settings(), (f"{file}: {_what_is_wrong(content)}; the defaults are used",))
    return _read(file, text, document)


def _what_is_wrong(content: bytes) -> str:
    """Say where and why a text isn't TOML."""
    from dlroadmap.formats.located import NotARoadmap  # noqa: PLC0415 only a fault needs it
    from dlroadmap.formats.roadmap_toml import parse  # noqa: PLC0415 as above

    try:
        parse(content, "")
    except NotARoadmap as error:
        found = error.faults[0]
        return f"line {found.line}: {found.fault.message}" if found.line else found.fault.message
    return "not TOML that can be read"


def _read(file: Path, text: str, document: Mapping[str, Any]) -> Loaded:
    found: dict[str, Any] = {}
    wrong: list[tuple[tuple[str, ...], str]] = []

    def complain(place: tuple[str, ...], said: str) -> None:
        wrong.append((place, said))

    for name, kind in KINDS.items():
        table = document.get(kind.table, {})
        if not isinstance(table, dict):
            complain((kind.table,), f"must be a table: [{kind.table}]")
        elif kind.key in table:
            value = table[kind.key]
            if not _fits(kind, value):
                said = f"must be {_listed(kind)}; {_shown(getattr(Settings(), name))} is used"
                complain((kind.table, kind.key), said)
            else:
                found[name] = value
    keys = document.get("keys", {})
    if isinstance(keys, dict):
        found["keys"] = MappingProxyType(dict(_keys(keys, (), complain)))
    else:
        complain(("keys",), "must be a table: [keys]")
    wrong += _unknown(document)
    return Loaded(replace(Settings(), **found), tuple(_told(file, text, wrong)) if wrong else ())


def _unknown(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each unknown table and key, with the name that was probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 a start without a settings file must not wait for it

    def meant(name: str, known: Iterable[str]) -> str:
        near = get_close_matches(name, known, n=1)
        return f"is not known; did you mean '{near[0]}'?" if near else "is not known; it has no effect"

    tables: dict[str, list[str]] = {"keys": []}
    for kind in KINDS.values():
        tables.setdefault(kind.table, []).append(kind.key)
    for name, table in document.items():
        home = next((kind.table for kind in KINDS.values() if kind.key == name), "")
        if name not in tables:
            yield (name,), f"belongs in the table [{home}]" if home else meant(name, tables)
        elif name != "keys" and isinstance(table, dict):
            yield from (((name, key), meant(key, tables[name])) for key in table if key not in tables[name])


def _told(file: Path, text: str, wrong: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    """Yield the first MOST faults, each with its line."""
    from dlroadmap.formats.positions import line_of, positions  # noqa: PLC0415 only a fault needs it

    lines, every = positions(text), list(dict.fromkeys(wrong))
    for place, said in every[:MOST]:
        yield f"{file}: line {line_of(place, lines)}: {'.'.join(place)} {said}"
    if len(every) > MOST:
        yield f"{file}: and {len(every) - MOST} more"


def _fits(kind: Kind, value: object) -> bool:
    if not kind.values:
        return isinstance(value, str)
    return any(value == known and type(value) is type(known) for known in kind.values)


def _listed(kind: Kind) -> str:
    return " or ".join(_shown(value) for value in kind.values) or "a text"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


_SIGNS = {",": "comma", " ": "space"}
"""Keys that are hard to see in a list, and their names."""


def _keys(table: Mapping[str, Any], above: tuple[str, ...], complain: Any) -> Iterator[tuple[str, str]]:
    """Yield each binding's keys; `map.tick = "x"` without quotation marks around the name is a table within a table."""
    for name, value in table.items():
        place = (*above, name)
        if isinstance(value, dict):
            yield from _keys(value, place, complain)
        elif isinstance(value, str) and value:
            yield ".".join(place), _SIGNS.get(value, value)
        elif isinstance(value, list) and value and all(isinstance(key, str) and key for key in value):
            yield ".".join(place), ",".join(str(_SIGNS.get(key, key)) for key in value)
        else:
            complain(("keys", *place), 'must be a key or several, such as "x" or ["x", "space"]')


def save(file: Path, name: str, value: str | bool) -> None:
    """Write one setting, keeping the file's comments and what this version doesn't know; a default value is removed from the file.

    Raises SettingsFault if the file is broken (then it stays as it is) or can't be written.
    """
    import tomlkit  # noqa: PLC0415 it takes 30 ms, and only a change needs it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 as above

    kind = KINDS[name]
    target = file.resolve()  # a symlink stays a symlink
    try:
        text = target.read_text(encoding="utf-8-sig") if target.exists() else ""
        document = tomlkit.parse(text)
        _put(document, kind, value, default=value == getattr(Settings(), name))
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, tomlkit.dumps(document).encode())
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise SettingsFault(f"{file} can't be read ({error}), so it was left alone: this holds until you quit") from None
    except OSError as error:
        raise SettingsFault(f"{file}: {error.strerror or error}; this holds until you quit") from None


def _put(document: tomlkit.TOMLDocument, kind: Kind, value: str | bool, *, default: bool) -> None:
    import tomlkit  # noqa: PLC0415 the caller has imported it

    table = document.get(kind.table)
    if default:
        if isinstance(table, Mapping) and kind.key in table:
            del document[kind.table][kind.key]
        return
    if not isinstance(table, Mapping):
        document[kind.table] = tomlkit.table()
    document[kind.table][kind.key] = value


NEW_FILE = """\
# Settings of dlroadmap. Everything is optional; the Settings screen (,) writes here too and keeps your comments.
# docs/keys.md lists what keys can be changed.

[look]

[quiz]

[keys]
# "map.tick" = "x,space"
"""
"""The content of a new settings file, for learners who open it before any setting was changed."""

assert set(KINDS) | {"keys"} == {f.name for f in fields(Settings)}  # noqa: S101 a setting without a place would never be read
