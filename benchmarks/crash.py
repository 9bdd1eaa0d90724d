"""Kill a learner's machine at random moments, and look whether anything that was acknowledged is gone.

    python -m benchmarks.crash --kills 500

Of ten kills nine fall into ticking, answering, undoing, noting, backing up, restoring and syncing, the tenth into a migration.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests.crashing import Machine, kill_migration, kill_once


def main() -> None:
    """Kill, check and count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().getrandbits(30)
    chance, began = random.Random(seed), time.monotonic()  # noqa: S311 no secret
    actions = migrated = migrations = 0
    with tempfile.TemporaryDirectory(prefix="dlroadmap-crash-") as folder:
        machine = Machine.new(Path(folder) / "machine")
        for number in range(1, asked.kills + 1):
            if number % 10 == 0:
                migrations += 1
                migrated += kill_migration(Path(folder) / f"migration-{number}", chance)
            else:
                actions += kill_once(machine, chance)
            if number % 50 == 0:
                print(f"{number:>5} kills  {actions} actions acknowledged", flush=True)
        events = len(machine.acknowledged)
    took = time.monotonic() - began
    print(f"{asked.kills} kills (seed {seed}) in {took:.0f} s: {actions} actions acknowledged, {events} events there")
    print(f"{migrations} of the kills fell into a migration, {migrated} of them after its end; nothing acknowledged was lost")


if __name__ == "__main__":
    main()
