"""Learn deep learning from the terminal: a roadmap, checkpoints that test understanding, and a memory of what fades.

Three ideas: a roadmap (what there is to learn), an event (one thing the learner did), progress (what the events add up to).
One rule: imports point down this list, and the core neither reads a clock nor touches a disk or a terminal.

The shells, which show and ask:
    cli             the verbs, in lines
    tui             the screens
Where everything meets:
    study           one learner and one roadmap: the clock, the journal, the library; records first and computes after
What touches the machine:
    journal         the events on disk, over store (the open file) and database (its layout); opening, backups, salvage, checkup
    sync            two machines and a shared folder
    library         which roadmaps there are, and their cache
    formats         TOML, exports, reports, calendars: text to values and back
    settings        config.toml; terminal, browser, editor: the learner's devices
    places, files   where files are, and how they are written whole
The core, pure:
    what comes next       plan, planning, forecast, stats, search, welcome
    what is asked         review, sitting, result
    what is known         standing, progress, amendments, schedule; wording: words for it
    what happened         events, rows
    what there is         roadmap, question, faults, guesser, arithmetic, spelling
"""

__version__ = "0.1.0"
