"""The library: which roadmaps there are, whose id is whose, and their questions, read when they are first wanted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dlroadmap.formats.located import LARGEST, NotARoadmap
from dlroadmap.library import Library, LibraryFault, examine
from dlroadmap.places import Places

OURS = """
format = 1
id = "ours"
title = "Ours"
[[phase]]
id = "only"
title = "Only"
[[phase.topic]]
id = "alone"
title = "Alone"
[[question]]
topic = "alone"
id = "q"
kind = "text"
ask = "?"
accept = ["x"]
"""


@pytest.fixture
def library(here: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Library:
    """A library whose bundled roadmap is a tiny one of the test's own."""
    folder = tmp_path / "bundled"
    (folder / "checkpoints").mkdir(parents=True)
    text, _, question = OURS.partition("[[question]]")
    (folder / "roadmap.toml").write_text(text.strip() + "\n", encoding="utf-8")
    (folder / "checkpoints" / "only.toml").write_text("[[question]]" + question, encoding="utf-8")
    monkeypatch.setattr("dlroadmap.library.bundled", lambda: folder)
    return Library(here)


# Opening


def test_bundled_roadmap_is_opened_by_nothing_by_its_id_and_by_its_file(library: Library, tmp_path: Path) -> None:
    for wanted in (None, "ours", str(tmp_path / "bundled" / "roadmap.toml")):
        volume = library.open(wanted)
        assert (volume.roadmap.id, volume.is_bundled) == ("ours", True)
        assert len(volume.bank("alone").question) == 1


def test_file_is_opened_with_its_checkpoints(library: Library, small_file: Path) -> None:
    volume = library.open(str(small_file))
    assert (volume.roadmap.id, volume.is_bundled, volume.file) == ("small", False, small_file)
    assert volume.roadmap.topics["neurons"].questions == 4


def test_missing_roadmaps_are_told(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryFault, match="gone: no such roadmap; dlroadmap roadmap list"):
        library.open("gone")
    with pytest.raises(NotARoadmap, match=r"gone\.toml: no such file"):
        library.open(str(tmp_path / "gone.toml"))
    with pytest.raises(NotARoadmap, match=r"is a folder; name the \.toml file in it"):
        library.open(str(tmp_path))


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 5000 + ".toml", "~nobody-here/x.toml", "", "..", "\u202e"])
def test_names_that_no_file_can_have_are_told_too(library: Library, name: str) -> None:
    with pytest.raises((LibraryFault, NotARoadmap)):
        library.open(name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_pipes_devices_and_endless_files_are_refused_at_once(library: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(NotARoadmap, match="is not a regular file"):
        library.open(str(tmp_path / "pipe.toml"))
    (tmp_path / "link.toml").symlink_to("/dev/zero")
    with pytest.raises(NotARoadmap, match="is not a regular file"):
        library.open(str(tmp_path / "link.toml"))
    with (tmp_path / "huge.toml").open("wb") as file:
        file.truncate(LARGEST * 1000)
    with pytest.raises(NotARoadmap, match="too large"):
        library.open(str(tmp_path / "huge.toml"))


def test_damaged_checkpoint_is_told_by_its_own_name(library: Library, small_file: Path) -> None:
    nets = small_file.parent / "checkpoints" / "nets.toml"
    nets.write_text(nets.read_text(encoding="utf-8") + "\nx = [\n", encoding="utf-8")
    with pytest.raises(NotARoadmap, match=r"nets\.toml:\d+: not TOML"):
        library.open(str(small_file))


def test_checkpoint_of_an_unsafe_phase_is_never_read(small_file: Path, small_text: str) -> None:
    (small_file.parent / "secret.toml").write_text("not TOML", encoding="utf-8")
    _, _, faults = examine(small_file, small_text.replace('id = "nets"', 'id = "../secret"').encode())
    assert [row.file for row in faults] == [str(small_file)]


# Whose id


def test_file_with_the_bundled_roadmaps_id_is_refused_unless_it_is_the_same(library: Library, small_file: Path) -> None:
    small_file.write_text(small_file.read_text(encoding="utf-8").replace('id = "small"', 'id = "ours"'), encoding="utf-8")
    with pytest.raises(LibraryFault, match="'ours' is the bundled roadmap's; give it another id, or say --same"):
        library.open(str(small_file))
    assert library.open(str(small_file), same=True).roadmap.title == "A small roadmap"


def test_file_with_an_added_roadmaps_id_is_refused_once_they_differ(library: Library, small_file: Path) -> None:
    library.add(small_file)
    assert library.open(str(small_file)).file == small_file
    small_file.write_text(small_file.read_text(encoding="utf-8").replace("A small", "Another"), encoding="utf-8")
    with pytest.raises(LibraryFault, match="that of a roadmap you added; give it another id, or say --same"):
        library.open(str(small_file))
    with pytest.raises(LibraryFault, match="--same"):
        library.add(small_file)
    assert library.add(small_file, same=True).roadmap.title == "Another roadmap"


# Adding


def test_added_roadmap_is_a_copy_that_is_opened_by_its_id(library: Library, small_file: Path, here: Places) -> None:
    library.add(small_file)
    shutil.rmtree(small_file.parent)
    volume = library.open("small")
    assert volume.file == here.roadmaps / "small" / "roadmap.toml"
    assert len(volume.bank("neurons").by_topic["neurons"]) == 4
    assert [(v.roadmap.id, why) for v, _, why in library.known() if v] == [("ours", ""), ("small", "")]
    assert [p.name for p in here.roadmaps.iterdir()] == ["small"]


def test_id_with_a_dot_is_an_id_too(library: Library, small_file: Path) -> None:
    small_file.write_text(small_file.read_text(encoding="utf-8").replace('id = "small"', 'id = "small.v2"'), encoding="utf-8")
    library.add(small_file)
    assert library.open("small.v2").roadmap.id == "small.v2"
    library.remove("small.v2")
    with pytest.raises((LibraryFault, NotARoadmap)):
        library.open("small.v2")


def test_file_here_goes_before_an_added_roadmap_of_that_name(
    library: Library, small_file: Path, monkeypatch: pytest.MonkeyPatch, small_text: str
) -> None:
    small_file.write_text(small_text.replace('id = "small"', 'id = "small.toml"'), encoding="utf-8")
    library.add(small_file)
    monkeypatch.chdir(small_file.parent)
    Path("small.toml").write_text(small_text.replace("A small", "Another"), encoding="utf-8")
    assert library.open("small.toml").roadmap.title == "Another roadmap"


def test_bundled_roadmap_needs_no_adding(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryFault, match="always there"):
        library.add(tmp_path / "bundled" / "roadmap.toml")


KILLED = """
import os, sys
from pathlib import Path
from dlroadmap.library import Library
from dlroadmap.places import places
replace = Path.replace
def second(path, target):
    if path.name == "fresh":
        os._exit(9)
    return replace(path, target)
Path.replace = second
Library(places()).add(Path(sys.argv[1]), same=True)
"""


def test_roadmap_that_was_being_replaced_when_the_program_was_killed_is_put_back(
    library: Library, small_file: Path, here: Places
) -> None:
    library.add(small_file)
    before = (here.roadmaps / "small" / "roadmap.toml").read_bytes()
    small_file.write_bytes(before + b"\n# changed\n")
    assert subprocess.run([sys.executable, "-c", KILLED, str(small_file)], check=False).returncode == 9
    assert not (here.roadmaps / "small").exists()
    assert library.open("small").file.read_bytes() == before
    [left] = here.roadmaps.glob(".adding-*")
    os.utime(left, (0, 0))
    library.add(small_file, same=True)
    assert [path.name for path in here.roadmaps.iterdir()] == ["small"]


def test_removed_roadmap_never_comes_back_from_what_a_killed_program_left(library: Library, small_file: Path, here: Places) -> None:
    library.add(small_file)
    shutil.copytree(here.roadmaps / "small", here.roadmaps / ".adding-x" / "old" / "small")  # killed when the new one was in place
    library.remove("small")
    assert [volume.roadmap.id for volume, _, _ in library.known() if volume] == [library.open().roadmap.id]


def test_roadmap_that_cant_be_replaced_stays(
    library: Library, small_file: Path, here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(small_file)
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if path.name == "fresh":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(LibraryFault, match="nothing was added"):
        library.add(small_file)
    assert [path.name for path in here.roadmaps.iterdir()] == ["small"]


def test_faulty_roadmap_is_not_added(library: Library, small_file: Path, here: Places) -> None:
    small_file.write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(NotARoadmap):
        library.add(small_file)
    assert not here.roadmaps.exists()


def test_added_roadmap_that_broke_is_listed_with_its_reason(library: Library, small_file: Path, here: Places) -> None:
    library.add(small_file)
    (here.roadmaps / "small" / "roadmap.toml").write_text("x", encoding="utf-8")
    (here.roadmaps / ".adding-x").mkdir()
    (here.roadmaps / ".adding-x" / "roadmap.toml").write_text("x", encoding="utf-8")
    [_, (volume, file, why)] = library.known()
    assert (volume, file.parent.name) == (None, "small")
    assert "not TOML" in why


def test_place_that_cant_be_written_is_told(library: Library, small_file: Path, here: Places) -> None:
    here.data.mkdir(parents=True)
    here.roadmaps.write_text("in the way", encoding="utf-8")
    with pytest.raises(LibraryFault, match="roadmaps"):
        library.add(small_file)


@pytest.mark.parametrize("name", ["", ".", "..", "../home", "a/b", "gone", "small/../small", "\x00", "é"])
def test_removing_what_was_not_added_removes_nothing(library: Library, small_file: Path, here: Places, name: str) -> None:
    library.add(small_file)
    with pytest.raises(LibraryFault, match="no roadmap of that id was added"):
        library.remove(name)
    assert (here.roadmaps / "small" / "roadmap.toml").is_file()


# Questions


def test_questions_are_those_of_the_topics_phase(library: Library, small_file: Path) -> None:
    volume = library.open(str(small_file))
    assert set(volume.bank("numbers").by_topic) == {"numbers", "vectors"}
    assert set(volume.bank("attention").by_topic) == {"neurons", "training"}
    assert volume.bank("numbers") is volume.bank("vectors")


def test_every_question_that_was_counted_is_found(library: Library, small_file: Path) -> None:
    roadmap, whole, _ = examine(small_file)
    volume = library.open(str(small_file))
    assert roadmap == volume.roadmap
    for topic in volume.roadmap.topics.values():
        mine = volume.bank(topic.id).by_topic.get(topic.id, ())
        assert len(mine) == topic.questions
        assert mine == whole.by_topic.get(topic.id, ())
        for idea in topic.idea:
            assert len(volume.bank(topic.id).of_idea(topic.id, idea.id)) == idea.questions


def test_checkpoints_of_other_phases_are_not_read(library: Library, small_file: Path) -> None:
    volume = library.open(str(small_file))
    (small_file.parent / "checkpoints" / "nets.toml").write_text("broken", encoding="utf-8")
    assert volume.bank("numbers").question
    with pytest.raises(NotARoadmap, match="nets"):
        volume.bank("neurons")


def test_questions_that_were_broken_meanwhile_are_told_not_asked(library: Library, small_file: Path) -> None:
    volume = library.open(str(small_file))
    nets = small_file.parent / "checkpoints" / "nets.toml"
    nets.write_text(nets.read_text(encoding="utf-8").replace("right = true", "right = false"), encoding="utf-8")
    with pytest.raises(NotARoadmap, match="0 right options"):
        volume.bank("neurons")


# The cache


def cached(here: Places) -> list[Path]:
    return sorted(here.cache.glob("roadmap-*.json"))


def test_roadmap_from_the_cache_is_the_same(library: Library, small_file: Path, here: Places) -> None:
    first = library.open(str(small_file)).roadmap
    [kept] = cached(here)
    stamp = kept.stat().st_mtime_ns
    assert library.open(str(small_file)).roadmap == first
    assert kept.stat().st_mtime_ns == stamp


@pytest.mark.parametrize("edited", ["roadmap.toml", "checkpoints/nets.toml"])
def test_edited_files_are_read_anew_though_they_are_as_long_as_before(library: Library, small_file: Path, edited: str) -> None:
    before = library.open(str(small_file)).roadmap
    file = small_file.parent / edited
    content, written = file.read_bytes(), file.stat().st_mtime_ns
    file.write_bytes(content.rpartition(b"[[question]]")[0].ljust(len(content), b"\n"))
    os.utime(file, ns=(written, written + 10**9))
    after = library.open(str(small_file)).roadmap
    assert sum(t.questions for t in after.topics.values()) == sum(t.questions for t in before.topics.values()) - 1


@pytest.mark.parametrize("damage", [b"", b"{", b"{}", b"\xff\x00", b'{"format":1}', b"[]"])
def test_damaged_cache_is_passed_over(library: Library, small_file: Path, here: Places, damage: bytes) -> None:
    library.open(str(small_file))
    [kept] = cached(here)
    kept.write_bytes(damage)
    assert library.open(str(small_file)).roadmap.id == "small"
    assert cached(here)[0].read_bytes() != damage


def test_cache_that_cant_be_written_costs_time_alone(library: Library, small_file: Path, here: Places) -> None:
    here.data.mkdir(parents=True)
    here.cache.write_text("in the way", encoding="utf-8")
    assert library.open(str(small_file)).roadmap.id == "small"


def test_cache_on_a_full_disk_leaves_nothing_behind(
    library: Library, small_file: Path, here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    library.open(str(small_file))
    assert [*here.cache.iterdir()] == []


def test_cache_keeps_a_few(library: Library, small_file: Path, here: Places) -> None:
    text = small_file.read_text(encoding="utf-8")
    for n in range(12):
        small_file.write_text(f"{text}# {n}\n", encoding="utf-8")
        library.open(str(small_file))
    assert len(cached(here)) == 8
    assert [p.name for p in here.cache.iterdir() if not p.name.startswith("roadmap-")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_data_folder_is_for_the_learner_alone_whatever_makes_it(here: Places, tmp_path: Path) -> None:
    Library(here).open()
    assert here.data.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(here.data)
    file = tmp_path / "ours.toml"
    file.write_text(OURS, encoding="utf-8")
    Library(here._replace(cache=tmp_path / "cache")).add(file)
    assert here.data.stat().st_mode & 0o777 == 0o700
