"""Kills builds of some dozens of files at random moments, and counts what they left. `python tests/bench/killed.py [KILLS] [SEED]`.

The suite does the same with fewer kills: see tests/killing.py for what must hold after each. Ends with an error when it does not.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import killing


def main(count: int = 200, seed: int = 7) -> None:
    """Prints what the kills left; every row but the first is of no importance except that it must not be zero."""
    with tempfile.TemporaryDirectory() as scratch:
        for what, number in killing.run(Path(scratch), count, seed, timeout=60 + 20 * count).items():
            print(f"{what:24} {number}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
