"""Places: flat under DLROADMAP_HOME, the system's own elsewhere; the bundled roadmap wherever it was installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from dlroadmap import places as module
from dlroadmap.places import bundled, places


def test_all_lies_flat_under_the_home_that_is_set(home: Path) -> None:
    here = places()
    assert (here.data, here.config, here.cache) == (home, home, home / "cache")
    assert here.journal == home / "progress.sqlite3"
    assert (here.backups, here.roadmaps, here.settings) == (home / "backups", home / "roadmaps", home / "config.toml")
    assert not home.exists()


def test_home_may_be_relative_or_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DLROADMAP_HOME", "here")
    assert places().data == tmp_path / "here"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("DLROADMAP_HOME", "~/there")
    assert places().data == tmp_path / "there"


@pytest.mark.parametrize("unset", [None, ""])
def test_without_it_the_systems_places_are_taken(monkeypatch: pytest.MonkeyPatch, unset: str | None) -> None:
    if unset is None:
        monkeypatch.delenv("DLROADMAP_HOME", raising=False)
    else:
        monkeypatch.setenv("DLROADMAP_HOME", unset)
    expected = PlatformDirs("dlroadmap", appauthor=False)
    here = places()
    assert (here.data, here.config, here.cache) == (
        Path(expected.user_data_path),
        Path(expected.user_config_path),
        Path(expected.user_cache_path),
    )


def test_bundled_roadmap_is_there() -> None:
    assert (bundled() / "roadmap.toml").is_file()


def test_bundled_roadmap_lies_in_the_package_or_beside_the_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "src" / "dlroadmap"
    package.mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(package / "places.py"))
    with pytest.raises(FileNotFoundError, match="install dlroadmap again"):
        bundled()
    for folder in (tmp_path / "data", package / "data"):  # what lies in the package goes first
        folder.mkdir()
        (folder / "roadmap.toml").touch()
        assert bundled() == folder
