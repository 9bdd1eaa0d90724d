"""Damage a journal in every way, and look whether it is named each time and what is left can be salvaged.

python -m benchmarks.damage --flips 1000
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from tests.damaging import cuts, flipped, judge, whole, zeroed


def main() -> None:
    """Damage, judge and count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dlroadmap-damage-") as name:
        folder = Path(name)
        sound = whole(folder / "sound")
        print(f"a journal of {len(sound.rows)} events, {len(sound.content)} bytes")
        kinds = {
            "cuts at every 512th byte": cuts(sound.content),
            "pages zeroed, and all": zeroed(sound.content),
            f"bits flipped (seed {asked.seed})": flipped(sound.content, asked.flips, asked.seed),
        }
        for kind, damages in kinds.items():
            came = Counter[str]()
            for what, content in damages:
                try:
                    said = judge(content, sound, folder / "damaged")
                except Exception as error:
                    error.add_note(what)
                    raise
                came["everything there" if said == "whole" else "refused by name" if said.startswith("refused") else "named"] += 1
            print(f"{sum(came.values()):>5} {kind}: {', '.join(f'{number} {word}' for word, number in sorted(came.items()))}")


if __name__ == "__main__":
    main()
