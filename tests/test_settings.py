from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from dlroadmap.settings import KINDS, Settings, SettingsFault, load, save

MINE = """\
# my settings
mystery = 1  # of a later version

[look]
theme = "nord"   # calm
future = { a = 1 }

[keys]
"map.tick" = "x,space"
tree.first = ["g", "ctrl+home"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


def _written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_everything_has_its_default(file: Path) -> None:
    assert load(file) == (Settings(), ())


def test_what_stands_in_the_file_is_read_keys_with_and_without_quotes(file: Path) -> None:
    settings = load(_written(file, MINE)).settings
    assert settings.theme == "nord"
    assert dict(settings.keys) == {"map.tick": "x,space", "tree.first": "g,ctrl+home"}


def test_every_setting_is_kept_and_read_again(file: Path) -> None:
    for name, kind in KINDS.items():
        value = kind.values[-1] if kind.values else "dl-light"
        save(file, name, value)
        assert getattr(load(file).settings, name) == value


def test_comments_and_unknown_keys_stay_when_a_setting_changes(file: Path) -> None:
    save(_written(file, MINE), "theme", "dl-light")
    save(file, "confidence", False)
    text = file.read_text(encoding="utf-8")
    for kept in (
        "# my settings",
        "mystery = 1  # of a later version",
        "future = { a = 1 }",
        'theme = "dl-light"   # calm',
        "x,space",
    ):
        assert kept in text
    assert load(file).settings.after("keys", "") == Settings(theme="dl-light", confidence=False).after("keys", "")


def test_a_default_is_taken_out_again(file: Path) -> None:
    save(_written(file, MINE), "theme", "auto")
    assert "theme" not in file.read_text(encoding="utf-8")
    assert "future" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[look]\ntheme = \n", "line 2: not TOML: Invalid value"),
        ("[look]\n\nmouse = 3\n", "line 3: look.mouse must be true or false"),
        ("[look]\nmouse = 1\n", "line 2: look.mouse must be true or false"),
        ('[look]\nsymbols = "runes"\n', 'line 2: look.symbols must be "auto" or "unicode" or "ascii"; "auto" is used'),
        ("look = 3\n", "line 1: look must be a table"),
        ("[keys]\nmap.tick = 4\n", "line 2: keys.map.tick must be a key"),
        ('[look]\ncolors = "256"\n', "line 2: look.colors is not known; did you mean 'colours'?"),
        ("[quiz]\nmystery = 1\n", "line 2: quiz.mystery is not known; it has no effect"),
        ("[lok]\nmouse = false\n", "line 1: lok is not known; did you mean 'look'?"),
        ("x = 1\n", "line 1: x is not known; it has no effect"),
        ('theme = "nord"\n', "line 1: theme belongs in the table [look]"),
        ('[keys]\n"map.tick" = ""\n', "line 2: keys.map.tick must be a key"),
        ("\x00", "line 1"),
        ("[look]\nmouse = true\nmouse = false\n", "line 3: not TOML: a key or table stands twice; keep one of them"),
        ("a = " + "[" * 3000, ""),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_default_used(file: Path, text: str, said: str) -> None:
    settings, faults = load(_written(file, text))
    assert settings == Settings()
    assert len(faults) == 1
    assert str(file) in faults[0]
    assert said in faults[0]


def test_of_many_faults_the_first_are_named_and_the_others_counted(file: Path) -> None:
    faults = load(_written(file, "".join(f"x{n} = 1\n" for n in range(5000)))).faults
    assert len(faults) == 21
    assert faults[-1] == f"{file}: and 4980 more"


def test_a_comma_and_a_space_are_keys_too(file: Path) -> None:
    settings, faults = load(_written(file, '[keys]\n"map.tick" = ","\n"map.next" = ["x", " "]\n'))
    assert not faults
    assert dict(settings.keys) == {"map.tick": "comma", "map.next": "x,space"}


def test_bytes_that_are_no_text_are_told(file: Path) -> None:
    _written(file, "").write_bytes(b"a = 1\n\xff\xfe\x00")
    assert "line 2: not UTF-8 text; save it as UTF-8; the defaults are used" in load(file).faults[0]


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    assert "the defaults are used" in load(file).faults[0]


def test_a_broken_file_is_never_written_over(file: Path) -> None:
    _written(file, "[look\n")
    with pytest.raises(SettingsFault, match="left alone"):
        save(file, "theme", "dl-light")
    assert file.read_text(encoding="utf-8") == "[look\n"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cant_be_written_is_told(file: Path) -> None:
    _written(file, "").parent.chmod(0o500)
    with pytest.raises(SettingsFault, match="Permission denied"):
        save(file, "theme", "dl-light")


@pytest.mark.skipif(sys.platform == "win32", reason="links are rare there")
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n", encoding="utf-8")
    file.parent.mkdir()
    file.symlink_to(real)
    save(file, "mouse", False)
    assert file.is_symlink()
    assert "# mine" in real.read_text(encoding="utf-8")
    assert not load(file).settings.mouse
