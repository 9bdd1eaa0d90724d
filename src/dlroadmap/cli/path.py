"""path: the paths through the map: taking one, and making, sharing and deleting own paths."""

from __future__ import annotations

from pathlib import Path as File

import click

from dlroadmap.cli.advice import advise
from dlroadmap.cli.call import Call, brief, find_topic, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.paper import padded
from dlroadmap.cli.values import FilePath
from dlroadmap.events import PathSaved
from dlroadmap.files import read_up_to, write_whole
from dlroadmap.plan import active_path, begun_at, own_path, path_body, paths, starting_point
from dlroadmap.roadmap import Path, likely, named
from dlroadmap.standing import Counts, counts
from dlroadmap.study import Study
from dlroadmap.wording import plural


@click.command()
@options
@click.argument("words", nargs=-1, metavar="[NAME]")
@click.option(
    "--from", "start", metavar="TOPIC", help="With NAME: where you start; what lies before it stays open, and comes last."
)
@click.option("--save", metavar="NAME", help="Make a path of your own of TOPICs in their order.")
@click.option("--add", type=FilePath(), metavar="FILE", help="Take paths in from a TOML file.")
@click.option("--export", type=FilePath(), metavar="FILE", help="Write your path, or the one called NAME, as TOML; - is stdout.")
@click.option("--delete", metavar="NAME", help="Forget a path of your own.")
@click.pass_obj
def command(
    call: Call,
    words: tuple[str, ...],
    *,
    start: str | None,
    save: str | None,
    add: File | None,
    export: File | None,
    delete: str | None,
) -> None:
    """List the paths, or take the one called NAME. Progress is shared by all paths."""
    _usage(words, start=start, save=save, others=[add, export, delete])
    with call.study() as study:
        if save is not None:
            _save(call, study, [_made(call, study, save, words)])
        elif add is not None:
            _save(call, study, _read(study, add))
        elif export is not None:
            _export(call, study, _find(call, study, words[0]) if words else active_path(study.roadmap, study.progress), export)
        elif delete is not None:
            _delete(call, study, delete)
        elif words:
            _take(call, study, words[0], start)
        elif call.json:
            active = active_path(study.roadmap, study.progress)
            point = starting_point(study.roadmap, study.progress, active)
            rows = [_document(study, path, found, active.id) for path, found in _listed(study)]
            call.answer(path=active.id, start=point.id if point else None, paths=rows)
        else:
            _print(call, study)


def _usage(words: tuple[str, ...], *, start: str | None, save: str | None, others: list[object]) -> None:
    context = click.get_current_context()
    add, export, delete = others
    if str(export) == "-" and context.obj.json:
        raise click.UsageError("--json and --export - are two formats for one stdout", context)
    if start is not None and (not words or any(option is not None for option in (save, *others))):
        raise click.UsageError("--from goes with the NAME of a path to take", context)
    if sum(option is not None for option in (save, add, export, delete)) > 1:
        raise click.UsageError("one of --save, --add, --export and --delete at a time", context)
    if save is not None and not words:
        raise click.UsageError("the topics of the path, in their order, after --save NAME", context)
    if save is None and len(words) > (0 if add is not None or delete is not None else 1):
        raise click.UsageError(f"too much: '{brief(words[-1])}'; a name with spaces stands in quotes", context)


def _find(call: Call, study: Study, name: str) -> Path:
    every = paths(study.roadmap, study.progress)
    found = named(every.values(), name)
    if found is None:
        near = likely(every.values(), name)
        cure = f"did you mean '{near.id}'?" if near else f"{call.command('path')} lists them"
        raise click.ClickException(f"no path '{brief(name)}'; {cure}")
    return found


def _take(call: Call, study: Study, name: str, start: str | None) -> None:
    found = _find(call, study, name)
    begin = find_topic(call, study, start).id if start is not None else found.topics[0]
    if begin not in found.topics:
        raise click.ClickException(f"the path {found.title} has no topic '{begin}'")
    chosen = begun_at(found, begin)
    changed = study.progress.path != found.id or (start is not None and study.progress.start != chosen.start)
    if changed:
        study.record(chosen)
    if call.json:
        call.answer(path=found.id, changed=changed)
        return
    paper = call.paper()
    view = study.overview().on_path
    done = f"{view.done} of {plural(view.counted, 'topic')} done"
    point = starting_point(study.roadmap, study.progress, found)
    there = f" from {point.title} on" if point else ""
    paper.say(f"On the path {found.title}{there}: {done}." if changed else f"{found.title} is your path already{there}: {done}.")
    if point and not changed:
        paper.line(_from_its_beginning(call, found))
    advise(call, study, paper)


# Own paths


def _made(call: Call, study: Study, name: str, words: tuple[str, ...]) -> Path:
    topics = [find_topic(call, study, word).id for word in words]
    try:
        return own_path(study.roadmap, name, topics, {path.id: path for path in _own(study)})
    except ValueError as fault:
        raise click.ClickException(str(fault)) from None


def _read(study: Study, file: File) -> list[Path]:
    from dlroadmap.formats.located import LARGEST, NotARoadmap  # noqa: PLC0415 only sharing paths needs it
    from dlroadmap.formats.path_toml import read  # noqa: PLC0415 as above

    try:
        return read(read_up_to(file, LARGEST), str(file), study.roadmap)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from None
    except NotARoadmap as fault:
        first, *more = fault.faults
        rest = f" (and {plural(len(more), 'fault')} more)" if more else ""
        raise click.ClickException(f"{first}{rest}") from None


def _save(call: Call, study: Study, made: list[Path]) -> None:
    changed, before = False, study.progress.paths
    for path in made:
        if study.progress.paths.get(path.id) != path_body(path):
            study.record(PathSaved(path=path.id, body=path_body(path)))
            changed = True
    if call.json:
        rows = [{"path": p.id, "title": p.title, "topics": list(p.topics), "added": sorted(p.added)} for p in made]
        call.answer(saved=rows, changed=changed)
        return
    paper = call.paper()
    for path in made:
        titles = [study.roadmap.topics[topic].title for topic in path.topics if topic in path.added]
        put_in = f", {len(titles)} of them added because others need them: {', '.join(titles)}" if titles else ""
        back = f"; {call.command('undo')} brings the one before back" if changed and before.get(path.id) else ""
        paper.say(f"Saved the path {path.title}: {plural(len(path.topics), 'topic')}{put_in}{back}.")
    paper.line(call.command("path", made[0].id))


def _export(call: Call, study: Study, path: Path, file: File) -> None:
    from dlroadmap.formats.path_toml import MARK, to_toml  # noqa: PLC0415 only sharing paths needs it

    if path.id in study.roadmap.paths:
        path = path.model_copy(update={"id": f"{path.id}-copy"[:64], "title": f"{path.title} (copy)"})
    if str(file) == "-":
        put(to_toml(path), end="")
        return
    try:
        if file.exists() and MARK.encode() not in read_up_to(file, 1000):
            raise click.ClickException(f"{file} is there already and is no path; choose another name, or remove it")
        write_whole(file, to_toml(path).encode())
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}; nothing was written") from None
    if call.json:
        call.answer(path=path.id, file=str(file))
        return
    paper = call.paper()
    paper.say(f"Wrote the path {path.title} to {file}")
    paper.line(f"Take it in on another machine: {call.command('path', '--add', file.name)}")


def _delete(call: Call, study: Study, name: str) -> None:
    found = named(_own(study), name)
    if found is None and name not in study.progress.paths:
        if named(study.roadmap.paths.values(), name):
            raise click.ClickException(f"'{brief(name)}' is a path of the roadmap; only your own can be deleted")
        raise click.ClickException(f"no path '{brief(name)}' of your own; {call.command('path')} lists them")
    gone = found.id if found else name
    study.record(PathSaved(path=gone, body={}))
    if call.json:
        call.answer(path=gone, changed=True)
        return
    paper = call.paper()
    paper.say(f"Deleted the path {found.title if found else name}; {call.command('undo')} brings it back.")
    paper.line(call.command("path"))


def _own(study: Study) -> list[Path]:
    return [path for path in paths(study.roadmap, study.progress).values() if path.id not in study.roadmap.paths]


def _listed(study: Study) -> list[tuple[Path, Counts]]:
    view = study.overview()
    every = paths(study.roadmap, study.progress).values()
    return [(path, counts(view.where[topic] for topic in path.topics)) for path in every]


def _document(study: Study, path: Path, found: Counts, active: str) -> dict[str, object]:
    done = {"topics": found.topics, "done": found.done, "skipped": found.skipped}
    return {"id": path.id, "title": path.title, **done, "active": path.id == active, "own": path.id not in study.roadmap.paths}


def _print(call: Call, study: Study) -> None:
    paper, listed, active = call.paper(), _listed(study), active_path(study.roadmap, study.progress)
    width, you = max(len(path.id) for path, _ in listed), "   (your path)"
    rooms = {path.id: paper.width - width - 22 - (len(you) if path.id == active.id else 0) for path, _ in listed}
    columns = paper.columns and all(rooms[path.id] >= min(len(path.title), 12) for path, _ in listed)
    for path, found in listed:
        yours = path.id == active.id
        mark = paper.sign("►") if yours else " "
        if columns:
            done = f"{found.done:>3} of {found.counted:>3} done"
            title = padded(path.title, rooms[path.id]).rstrip()
            paper.row(f"{mark} {padded(path.id, width)}  {done}  {title}{you if yours else ''}")
        else:
            done = f"{found.done} of {found.counted} done"
            paper.sentence(f"{mark} {path.id}  {path.title}  {done}{'  your path' if yours else ''}")
    paper.line()
    if start := starting_point(study.roadmap, study.progress, active):
        paper.say(f"You take {active.title} from {start.title} on; what lies before it comes last.")
        paper.line(_from_its_beginning(call, active))
    paper.line(f"Take one: {call.command('path', 'NAME')}")


def _from_its_beginning(call: Call, path: Path) -> str:
    return f"From its beginning: {call.command('path', path.id, '--from', path.topics[0])}"
