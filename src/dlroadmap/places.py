"""Where files are: the only reader of DLROADMAP_HOME and platformdirs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

NOWHERE = Path(os.devnull).absolute() / "no-home"
"""A path that can't exist, used for all files if there is no home directory."""


class Places(NamedTuple):
    """Where a learner's files lie."""

    data: Path
    config: Path
    cache: Path

    @property
    def journal(self) -> Path:
        """The SQLite file of events."""
        return self.data / "progress.sqlite3"

    @property
    def backups(self) -> Path:
        """The folder of the journal's backups."""
        return self.data / "backups"

    @property
    def set_aside(self) -> Path:
        """The folder of damaged journals that were replaced."""
        return self.data / "set-aside"

    @property
    def roadmaps(self) -> Path:
        """The folder of the roadmaps that the learner added."""
        return self.data / "roadmaps"

    @property
    def settings(self) -> Path:
        """The file of looks and devices."""
        return self.config / "config.toml"


def places() -> Places:
    """Return where files lie: all under DLROADMAP_HOME if that is set, else in the system's usual folders."""
    home = os.environ.get("DLROADMAP_HOME")
    if home:
        try:
            folder = Path(home).expanduser().absolute()
        except RuntimeError:  # there is no home directory
            folder = NOWHERE
        return Places(folder, folder, folder / "cache")
    from platformdirs import PlatformDirs  # noqa: PLC0415 DLROADMAP_HOME needs none of it

    found = PlatformDirs("dlroadmap", appauthor=False)
    usual = Places(Path(found.user_data_path), Path(found.user_config_path), Path(found.user_cache_path))
    return usual if all(folder.is_absolute() for folder in usual) else Places(NOWHERE, NOWHERE, NOWHERE)


def bundled() -> Path:
    """Return the folder of the bundled roadmap: inside the package in a wheel, beside pyproject.toml in a source tree.

    Raises FileNotFoundError if the installation is broken.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "data", package.parent.parent / "data"):
        if (folder / "roadmap.toml").is_file():
            return folder
    raise FileNotFoundError(f"the bundled roadmap is missing from {package}; install dlroadmap again")


def guide() -> Path | None:
    """Return the folder of the guide's pages: inside the package in a wheel, docs/ in a source tree; None if it is missing."""
    package = Path(__file__).resolve().parent
    return next((f for f in (package / "guide", package.parent.parent / "docs") if (f / "getting-started.md").is_file()), None)
