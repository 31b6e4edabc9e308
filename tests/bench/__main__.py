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
    follow_feeds,
    import_shelters,
    machine,
    reach_people,
    rush_screens,
    serve_site,
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
    "twin": serve_site.run,
    "feeds": follow_feeds.run,
    "rush": rush_screens.run,
}
"""By name, the short ones first. Each takes a folder for its files and whether to be quick."""
LASTING: Final = ("twin", "feeds", "rush")
"""Those that last as many seconds as is said: how long the rush is, each way is asked, the crowd clicks."""


def main() -> None:
    """Run what the command line asks for; each benchmark's files and processes are gone when it ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(BENCHMARKS)}; else all")
    parser.add_argument("--quick", action="store_true", help="small sizes: to see that it runs, not how fast")
    parser.add_argument("--seconds", type=float, help=f"how long the measured part of {', '.join(LASTING)} lasts")
    asked = parser.parse_args()
    if unknown := set(asked.names) - BENCHMARKS.keys():
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    print(machine.describe())
    print("Medians of interleaved runs. ×N: as many times as long as the first line." + (" Quick." * asked.quick))
    started = time.perf_counter()
    for name, run in BENCHMARKS.items():
        if name in asked.names or not asked.names:
            with tempfile.TemporaryDirectory(prefix="ibasho-bench-", ignore_cleanup_errors=True) as folder:
                lasting = {"seconds": asked.seconds} if name in LASTING else {}
                run(Path(folder), quick=asked.quick, **lasting)
    print(f"In all {time.perf_counter() - started:.0f} s.")


if __name__ == "__main__":
    main()
