"""``python -m tests.bench [--quick] [assign journal … map]``: all, or those that are named."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.bench import (
    ask_places,
    assign_points,
    click_map,
    cover_districts,
    import_shelters,
    machine,
    reach_people,
    site_spots,
    write_journal,
)

BENCHMARKS: Final = {
    "assign": assign_points.run,
    "journal": write_journal.run,
    "site": site_spots.run,
    "reach": reach_people.run,
    "cover": cover_districts.run,
    "import": import_shelters.run,
    "places": ask_places.run,
    "map": click_map.run,
}
"""By name, the short ones first. Each takes a folder for its files and whether to be quick."""


def main() -> None:
    """Run what the command line asks for; each benchmark's files and processes are gone when it ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(BENCHMARKS)}; else all")
    parser.add_argument("--quick", action="store_true", help="small sizes: to see that it runs, not how fast")
    asked = parser.parse_args()
    if unknown := set(asked.names) - BENCHMARKS.keys():
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    print(machine.describe())
    print("Medians of interleaved runs. ×N: as many times as long as the first line." + (" Quick." * asked.quick))
    started = time.perf_counter()
    for name, run in BENCHMARKS.items():
        if name in asked.names or not asked.names:
            with tempfile.TemporaryDirectory(prefix="ibasho-bench-", ignore_cleanup_errors=True) as folder:
                run(Path(folder), quick=asked.quick)
    print(f"In all {time.perf_counter() - started:.0f} s.")


if __name__ == "__main__":
    main()
