"""What doctor finds in the settings: all that their file, the themes and the keys have against them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Program = Callable[..., CompletedProcess[str]]

WRONG = """\
colours = "256"
[look]
theme = "nrod"
mose = true
[keys]
"map.tock" = "x"
"map.tick" = "n"
"map.filter" = "foo"
"""


def found(ran: CompletedProcess[str]) -> list[tuple[str, str]]:
    every = json.loads(ran.stdout)["sections"]["terminal"]
    return [(one["verdict"], one["text"]) for one in every if one["name"] == "settings"]


def test_it_names_every_fault_of_the_settings_and_then_isnt_well(small_program: Program, home: Path) -> None:
    home.mkdir(exist_ok=True)
    file = home / "config.toml"
    file.write_text(WRONG, encoding="utf-8")
    ran = small_program("doctor", "--json")
    assert ran.returncode == 1
    assert found(ran) == [
        ("fault", f"{file}: line 1: colours belongs in the table [look]"),
        ("fault", f"{file}: line 4: look.mose is not known; did you mean 'mouse'?"),
        ("fault", "[look] theme: there is no theme 'nrod'; did you mean 'nord'?"),
        ("fault", "[keys] map.tock: nothing has this id; did you mean 'map.tick'?"),
        ("fault", "[keys] map.filter: 'foo' is no key; left as it was"),
        ("fault", "[keys] map.tick: n is already map.next (next); left as it was"),
    ]


def test_settings_that_can_be_used_are_well(small_program: Program, home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text('[look]\ntheme = "nord"\n[keys]\n"map.tick" = "x"\n', encoding="utf-8")
    ran = small_program("doctor", "--json")
    assert ran.returncode == 0
    assert found(ran) == [("ok", str(home / "config.toml"))]
