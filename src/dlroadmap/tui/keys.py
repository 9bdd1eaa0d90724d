"""The keys of all screens in one place: those that can be remapped, collisions after remapping, and the list for docs/keys.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import REPLACED_KEYS, Keys, _character_to_key, key_to_character

from dlroadmap.tui.screens.about import AboutScreen
from dlroadmap.tui.screens.help import FindField, HelpScreen
from dlroadmap.tui.screens.links import LinkScreen
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.note import NoteArea, NoteScreen
from dlroadmap.tui.screens.own_path import NameField, OwnPathScreen
from dlroadmap.tui.screens.paths import PathScreen
from dlroadmap.tui.screens.plain import PlainScreen
from dlroadmap.tui.screens.result import ResultScreen
from dlroadmap.tui.screens.review import ReviewScreen
from dlroadmap.tui.screens.search import SearchField, SearchScreen
from dlroadmap.tui.screens.settings import SettingsScreen
from dlroadmap.tui.screens.sitting import SittingScreen
from dlroadmap.tui.screens.stats import StatsScreen
from dlroadmap.tui.screens.welcome import WelcomeScreen
from dlroadmap.tui.widgets.answer_field import AnswerField
from dlroadmap.tui.widgets.key_bar import key_name
from dlroadmap.tui.widgets.pane import ReadingPane
from dlroadmap.tui.widgets.phase_tree import PhaseTree

Nodes = tuple[type[DOMNode], ...]

SCREENS: Mapping[str, Nodes] = {
    str(screen.TITLE): (screen, *widgets)
    for screen, *widgets in (
        (MapScreen, PhaseTree, ReadingPane),
        (ReviewScreen, ReadingPane),
        (StatsScreen,),
        (SittingScreen, AnswerField),
        (ResultScreen,),
        (PathScreen, ReadingPane),
        (OwnPathScreen, ReadingPane, NameField),
        (SettingsScreen,),
        (SearchScreen, SearchField),
        (AboutScreen, ReadingPane),
        (LinkScreen,),
        (PlainScreen,),
        (NoteScreen, NoteArea),
        (HelpScreen, FindField),
        (WelcomeScreen,),
    )
}
"""Each screen with the widgets whose keys work on it."""
MODIFIERS = {"ctrl", "alt", "shift", "super", "hyper", "meta"}
NAMED = {*REPLACED_KEYS, *(key.value for key in Keys if key.value.isalnum())}
"""Names of keys that aren't single characters, and of characters whose names aren't Unicode's."""


def bindings(node: type[DOMNode]) -> Iterator[Binding]:
    """Yield the bindings that a class declares itself."""
    for binding in vars(node).get("BINDINGS", ()):
        if isinstance(binding, Binding):
            yield binding


def normal(keys: str) -> tuple[str, ...]:
    """Return a list of keys as Textual names them: `?` is question_mark, `Ctrl+P` is ctrl+p."""
    found = (key.strip() for key in keys.split(","))
    return tuple(_character_to_key(key) if len(key) == 1 else key.lower() for key in found)


def is_key(name: str) -> bool:
    """Return whether a key has this name in Textual."""
    *modifiers, last = name.split("+")
    character = key_to_character(last)
    return {*modifiers} <= MODIFIERS and (last in NAMED or (character is not None and _character_to_key(character) == last))


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean '{near[0]}'?" if near else ""


class Remapped(NamedTuple):
    """A keymap that can be applied, and a line for each refused key."""

    keymap: dict[str, str]
    faults: tuple[str, ...]


def remapped(wanted: Mapping[str, str], app: type[App[str]]) -> Remapped:
    """Check the learner's keys; refused are unknown ids, unknown keys, and keys that do something else on the same screen."""
    groups = [_every(nodes, app) for nodes in SCREENS.values()]
    known = {name: binding for group in groups for name, binding in group.items()}
    faults: list[str] = []
    granted: dict[str, str] = {}
    for name, keys in wanted.items():
        strange = [key for key in normal(keys) if not is_key(key)]
        if name not in known:
            faults.append(f"[keys] {name}: nothing has this id; {_meant(name, known) or 'docs/keys.md lists them'}")
        elif strange:
            faults.append(f"[keys] {name}: '{strange[0]}' is no key; {_meant(strange[0], NAMED) or 'left as it was'}")
        else:
            granted[name] = ",".join(normal(keys))
    while refused := _first_refused(granted, groups):  # what is refused keeps its old key, with which others may collide
        name, key, other = refused
        del granted[name]
        faults.append(f"[keys] {name}: {key_name(key)} is already {other.id} ({other.description}); left as it was")
    return Remapped({**_siblings(granted), **granted}, tuple(faults))


def _first_refused(granted: Mapping[str, str], groups: Iterable[Mapping[str, Binding]]) -> tuple[str, str, Binding] | None:
    """Return the first id that can't have its key, the key, and the binding that has it."""
    return next(
        (
            (name, key, other)
            for name, keys in granted.items()
            for group in groups
            if name in group
            for key, other in _collisions(name, keys, group, granted)
        ),
        None,
    )


def _every(nodes: Nodes, app: type[App[str]]) -> dict[str, Binding]:
    return {b.id: b for node in (*nodes, app) for b in bindings(node) if b.id}


def _collisions(name: str, keys: str, group: Mapping[str, Binding], keymap: Mapping[str, str]) -> Iterator[tuple[str, Binding]]:
    """Yield each key that also belongs to another binding, unless the two shared a key before remapping."""
    before = set(normal(group[name].key))
    for other, binding in group.items():
        if other == name or before & set(normal(binding.key)):
            continue
        theirs = normal(keymap.get(other, binding.key))
        yield from ((key, binding) for key in normal(keys) if key in theirs)


def _siblings(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of bindings that share a key with a remapped one: Textual would remove that key from all of them."""
    kept: dict[str, str] = {}
    for node in _nodes():
        every = [b for b in bindings(node) if b.id]
        gone = {key for b in every if b.id in keymap for key in normal(b.key)}
        kept |= {str(b.id): ",".join(normal(b.key)) for b in every if b.id not in keymap and gone & set(normal(b.key))}
    return kept


def _nodes() -> Iterable[type[DOMNode]]:
    return dict.fromkeys(node for nodes in SCREENS.values() for node in nodes)
