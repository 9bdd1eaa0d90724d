"""backup, restore, export, import, sync and doctor as a learner types them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dlroadmap import backups
from dlroadmap.cli.export import FORMATS
from dlroadmap.formats.progress_file import read

Program = Callable[..., CompletedProcess[str]]
Recorded = Callable[[], list[str]]


def done(small_program: Program) -> int:
    return int(json.loads(small_program("status", "--json").stdout)["done"])


def spoil(home: Path) -> bytes:
    """Put zeros into the journal's second page, and return what it is then."""
    path = home / "progress.sqlite3"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(4096) + content[8192:])
    return path.read_bytes()


# Backup and restore


def test_first_verb_of_the_day_makes_a_backup_after_its_output(small_program: Program, home: Path) -> None:
    small_program("tick", "numbers")
    assert len(backups.listed(home / "backups")) == 1
    small_program("tick", "vectors")
    assert len(backups.listed(home / "backups")) == 1


def test_looking_before_anything_was_done_makes_none(small_program: Program, home: Path) -> None:
    assert small_program("status").stderr == ""
    assert not (home / "backups").exists()


def test_backup_and_the_list_of_them(small_program: Program) -> None:
    assert "There is no backup yet" in small_program("restore").stdout
    small_program("tick", "numbers")
    made = json.loads(small_program("backup", "--json").stdout)
    assert (made["events"], Path(made["file"]).is_file()) == (1, True)
    small_program("tick", "vectors")
    shown = small_program("restore").stdout
    assert "     1 event     1 topic done  " in shown
    assert "Go back to one: dlroadmap --roadmap " in shown
    rows = json.loads(small_program("restore", "--json").stdout)["backups"]
    assert [(row["events"], row["done"], row["fault"]) for row in rows] == [(1, 1, None)] * 2


def test_restore_goes_back_and_undo_takes_that_back(small_program: Program, recorded: Recorded) -> None:
    small_program("tick", "numbers")
    small_program("backup")
    small_program("tick", "vectors")
    small_program("know", "neurons")
    said = small_program("restore", "1").stdout
    assert "0 events added, 2 undone; topics done: 3 before, 1 now" in " ".join(said.split())
    assert "undo takes it back" in said
    assert done(small_program) == 1
    assert recorded()[-1] == "Restored"
    assert "Undone: restored a backup" in small_program("undo").stdout
    assert done(small_program) == 3


def test_restoring_what_is_there_changes_nothing(small_program: Program, recorded: Recorded) -> None:
    small_program("tick", "numbers")
    small_program("backup")
    assert "You are there already" in small_program("restore", "1").stdout
    assert recorded() == ["TopicTicked"]


def test_restore_makes_a_verified_backup_first(small_program: Program, home: Path) -> None:
    small_program("tick", "numbers")
    small_program("tick", "vectors")
    oldest = backups.listed(home / "backups")[-1].name
    small_program("restore", oldest)
    newest = backups.listed(home / "backups")[0]
    assert len(backups.read(newest.path)) == 2


@pytest.mark.parametrize("name", ["", "0", "7", "nothing", "../../etc", "x" * 5000])
def test_backup_that_isnt_there(small_program: Program, name: str) -> None:
    ran = small_program("restore", name)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "; there is none yet" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_restore_takes_the_beginning_of_a_name_only_where_it_says_which(small_program: Program, recorded: Recorded) -> None:
    small_program("tick", "numbers")
    small_program("tick", "vectors")
    small_program("backup")
    newest, oldest = (line.split()[-1] for line in small_program("restore").stdout.splitlines()[:2])
    before = recorded()
    for name in ("", newest[:6]):
        ran = small_program("restore", name)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
        assert recorded() == before
    assert "is the beginning of 2 backups" in ran.stderr
    assert small_program("restore", oldest[:-1]).stdout.startswith(f"Restored progress-{oldest}.sqlite3: ")


def test_backup_that_is_no_backup(small_program: Program, tmp_path: Path) -> None:
    file = tmp_path / "fake"
    file.write_bytes(b"garbage" * 100)
    ran = small_program("restore", str(file))
    assert ran.returncode == 1
    assert f"{file} is damaged" in ran.stderr


def test_damaged_backup_is_listed_as_such_and_not_used(small_program: Program, home: Path) -> None:
    small_program("tick", "numbers")
    [backup] = backups.listed(home / "backups")
    backup.path.write_bytes(backup.path.read_bytes()[:5000])
    assert "can't be used: " in small_program("restore").stdout
    assert small_program("restore", "1").returncode == 1


# Damage


def test_damage_is_one_line_with_the_cure_and_the_file_stays(small_program: Program, home: Path) -> None:
    small_program("tick", "numbers")
    damaged = spoil(home)
    for words in (("status",), ("status", "--json"), ("tick", "vectors"), ("undo",), ("restore", "1"), ("export",), ("backup",)):
        ran = small_program(*words)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.startswith(f"dlroadmap: {home / 'progress.sqlite3'} is damaged (")
        assert "dlroadmap restore --salvage sets it aside unchanged" in ran.stderr
        assert ran.stderr.count("\n") == 1
    assert (home / "progress.sqlite3").read_bytes() == damaged


def test_salvage_brings_back_what_was_read_or_backed_up(small_program: Program, home: Path) -> None:
    for topic in ("numbers", "vectors", "neurons"):
        small_program("tick", topic)
    small_program("backup")
    damaged = spoil(home)
    came = json.loads(small_program("restore", "--salvage", "--json").stdout)
    assert came["read"] + came["backed_up"] == 3
    assert (Path(came["set_aside"]) / "progress.sqlite3").read_bytes() == damaged
    assert done(small_program) == 3
    ran = small_program("restore", "--salvage")
    assert (ran.returncode, ran.stderr) == (
        1,
        f"dlroadmap: {home / 'progress.sqlite3'} is sound; there is nothing to salvage, and nothing was changed\n",
    )
    assert small_program("restore", "1", "--salvage").returncode == 2


def test_one_damaged_event_is_told_after_the_answer_and_by_doctor(small_program: Program, home: Path) -> None:
    small_program("tick", "numbers")
    small_program("tick", "vectors")
    with closing(sqlite3.connect(home / "progress.sqlite3")) as db, db:
        trigger = db.execute("SELECT sql FROM sqlite_master WHERE name = 'event_is_never_changed'").fetchone()[0]
        db.execute("DROP TRIGGER event_is_never_changed")
        db.execute("UPDATE event SET body = replace(body, 'vectors', 'victors')")
        db.execute(trigger)
    ran = small_program("status", "--json")
    assert json.loads(ran.stdout)["done"] == 1
    assert "1 event is damaged and left out; dlroadmap doctor tells more" in ran.stderr
    examined = small_program("doctor")
    assert examined.returncode == 1
    assert "is damaged and has no effect" in " ".join(examined.stdout.split())
    assert json.loads(small_program("restore", "--salvage", "--json").stdout)["read"] == 1


def test_missing_journal_with_backups_is_told(small_program: Program, home: Path) -> None:
    small_program("tick", "numbers")
    (home / "progress.sqlite3").unlink()
    assert "was gone, so a new one begins; dlroadmap restore lists what you have" in small_program("status").stderr
    told = " ".join(small_program("doctor").stdout.split())
    assert "backup: 1 event of 2" in told
    assert "can't be found in the journal; dlroadmap restore 2" in told
    assert "1 event added" in small_program("restore", "1").stdout
    assert done(small_program) == 1
    assert "can't be found" not in small_program("doctor").stdout


def test_missing_journal_is_told_though_nobody_reads_the_answer(
    small_program: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_program("tick", "numbers")
    (home / "progress.sqlite3").unlink()

    def gone(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("dlroadmap.cli.paper.Paper.line", gone)
    monkeypatch.setattr("dlroadmap.cli.run._mute", lambda: None)
    ran = small_program("status")
    assert ran.returncode == 141
    assert ran.stderr.count("was gone, so a new one begins; dlroadmap restore lists what you have") == 1


# Export and import


@pytest.mark.parametrize("form", ["toml", "json"])
def test_export_reads_back_to_the_same_progress(
    small_program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    small_program("tick", "numbers")
    small_program("tick", "vectors", "draw")
    small_program("quiz", "numbers", stdin=".\n.\n.\n")
    small_program("undo")
    before = small_program("status", "--json").stdout
    file = tmp_path / f"progress.{form}"
    assert f"to {file}" in " ".join(small_program("export", str(file)).stdout.split())
    assert small_program("export", "--format", form).stdout == file.read_text(encoding="utf-8")
    monkeypatch.setenv("DLROADMAP_HOME", str(tmp_path / "elsewhere"))
    events = len(read(file.read_bytes(), ""))
    dry = json.loads(small_program("import", str(file), "--dry-run", "--json").stdout)
    assert (dry["added"], dry["there_already"], dry["roadmaps"]) == (events, 0, {"small": events})
    assert done(small_program) == 0
    assert f"Added {events} events" in small_program("import", str(file)).stdout
    assert small_program("status", "--json").stdout == before
    assert "Added 0 events" in small_program("import", str(file)).stdout


def test_every_format_is_offered(small_program: Program) -> None:
    small_program("plan", "--hours", "5", "--days", "mon")
    for form in FORMATS:
        assert small_program("export", "--format", form).returncode == 0
    assert small_program("export", "--format", "docx").returncode == 2


def test_export_never_writes_over_what_is_no_export(small_program: Program, tmp_path: Path) -> None:
    file = tmp_path / "thesis.toml"
    file.write_text("years of work", encoding="utf-8")
    ran = small_program("export", str(file))
    assert (ran.returncode, file.read_text(encoding="utf-8")) == (1, "years of work")
    assert "is there already" in ran.stderr
    own = tmp_path / "progress.toml"
    assert [small_program("export", str(own)).returncode for _ in range(2)] == [0, 0]
    assert small_program("export", str(tmp_path / "no" / "folder.toml")).returncode == 1


def test_import_backs_up_first_and_is_all_or_nothing(
    small_program: Program, home: Path, tmp_path: Path, recorded: Recorded
) -> None:
    small_program("tick", "numbers")
    file = tmp_path / "progress.json"
    small_program("export", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    event = {key: value for key, value in document["event"][0].items() if key != "sum"}
    more = [{**event, "id": "00000000000007-abcdef01"}, {**event, "body": {"topic": "vectors"}}]
    file.write_text(json.dumps({**document, "events": 2, "event": more}), encoding="utf-8")
    ran = small_program("import", str(file))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "is another one in your journal; nothing was imported" in ran.stderr
    assert recorded() == ["TopicTicked"]
    file.write_text(json.dumps({**document, "events": 1, "event": more[:1]}), encoding="utf-8")
    small_program("import", str(file))
    assert recorded() == ["TopicTicked"] * 2
    assert len(backups.listed(home / "backups")) == 2


def test_import_of_what_is_no_export_is_one_line(small_program: Program, small_file: Path, tmp_path: Path) -> None:
    for file in (small_file, tmp_path / "gone.json", tmp_path):
        ran = small_program("import", str(file))
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.startswith(f"dlroadmap: {file}: ")
        assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("body", [{"topic": "\u001b[31m\u202e"}, {"topic": "../../up"}, {"topic": "x" * 5000}, {"topic": None}])
def test_nothing_that_is_imported_reaches_the_terminal_or_another_folder(
    small_program: Program, home: Path, tmp_path: Path, body: dict[str, object]
) -> None:
    kinds = ("TopicTicked", "PathChosen", "NoteWritten", "FromTheFuture")
    event = {"roadmap": "small", "at": "2026-03-02T09:00:00+00:00", "body": {**body, "path": "\u001b[2J"}}
    events = [{"id": f"{n:014d}-abcdef01", "kind": kind, **event} for n, kind in enumerate(kinds)]
    file = tmp_path / "nasty.json"
    file.write_text(json.dumps({"dlroadmap_progress": 1, "events": len(events), "event": events}), encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if home not in path.parents}
    for words in (("import", str(file)), ("status",), ("next",), ("path",), ("doctor",), ("undo",), ("restore",)):
        ran = small_program(*words)
        assert "Traceback" not in ran.stderr
        assert "fault of the program" not in ran.stderr
        assert "\x1b" not in ran.stdout + ran.stderr
        assert "\u202e" not in ran.stdout + ran.stderr
    assert {path for path in tmp_path.rglob("*") if home not in path.parents} - {home} == before - {home}


# Sync and doctor


def test_sync_says_what_came_and_names_what_it_skipped(
    small_program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared").mkdir()
    small_program("tick", "numbers")
    assert "no other machine yet" in small_program("sync", str(tmp_path / "shared")).stdout
    monkeypatch.setenv("DLROADMAP_HOME", str(tmp_path / "elsewhere"))
    (tmp_path / "shared" / "dlroadmap-half.json").write_text("{", encoding="utf-8")
    ran = small_program("sync", str(tmp_path / "shared"), "--json")
    came = json.loads(ran.stdout)
    assert (came["taken"], came["machines"], came["wrote"], len(came["skipped"])) == (1, 1, True, 1)
    assert ran.stderr.startswith("dlroadmap: skipped ")
    assert done(small_program) == 1
    gone = small_program("sync", str(tmp_path / "gone"))
    assert (gone.returncode, gone.stdout) == (1, "")
    assert "no such folder" in gone.stderr


def test_doctor_of_a_healthy_home(small_program: Program) -> None:
    small_program("tick", "numbers")
    ran = small_program("doctor")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("All is well.\n")
    examined = json.loads(small_program("doctor", "--json").stdout)
    assert (examined["healthy"], examined["faults"]) == (True, 0)
    assert list(examined["sections"])[:5] == ["program", "places", "journal", "backups", "roadmaps"]
    assert {"verdict": "ok", "name": "events", "text": "1 of small"} in examined["sections"]["journal"]


def test_doctor_looks_at_the_folder_that_one_would_be_made_in(
    small_program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    monkeypatch.setenv("DLROADMAP_HOME", str(file / "a" / "b"))
    ran = small_program("doctor")
    assert ran.returncode == 1
    assert f"{file} is not a folder" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("content", [b"", b"x", b"garbage" * 1000, bytes(9000)])
def test_doctor_of_a_damaged_home_names_it_and_changes_nothing(small_program: Program, home: Path, content: bytes) -> None:
    small_program("tick", "numbers")
    (home / "progress.sqlite3").write_bytes(content)
    ran = small_program("doctor")
    assert (ran.returncode == 1) == bool(content)
    assert (home / "progress.sqlite3").read_bytes() == content or not content


def test_doctor_names_unknown_events_conflict_copies_and_synced_folders(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_file: Path
) -> None:
    home = tmp_path / "Dropbox" / "dlroadmap"
    monkeypatch.setenv("DLROADMAP_HOME", str(home))
    file = tmp_path / "future.json"
    event = {"id": "00000000000001-ab", "roadmap": "small", "at": "2026-03-02T09:00:00+00:00", "kind": "TopicDreamt", "body": {}}
    file.write_text(json.dumps({"dlroadmap_progress": 1, "events": 1, "event": [event]}), encoding="utf-8")
    assert "of a kind that this version doesn't know: kept" in program("import", str(file)).stdout
    (home / "progress (conflicted copy).sqlite3").write_bytes(b"")
    told = " ".join(program("doctor").stdout.split())
    assert "this version doesn't know TopicDreamt: kept, without effect" in told
    assert "is a conflict copy and isn't read" in told
    assert "lies in a folder that a service copies (Dropbox)" in told
