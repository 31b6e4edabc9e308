"""Many visits of the interactive screen at once: from a click to the screen that is drawn anew, and who is not let in.

The visitors speak Streamlit's own language over real websockets, and fetch the map's places after each click; what a
browser takes to draw is not in it. Up to the setting ``sessions`` they are let in; without it, all of them are.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from tests.bench import open_town, rates, servers, tables
from tests.bench.crowd import PATIENCE_S, Rush, Seen
from tests.bench.open_town import Size

if TYPE_CHECKING:
    from pathlib import Path

SIZE, QUICK_SIZE = Size(2_000, 500), Size(12, 8, 1)
SECONDS, QUICK_SECONDS = 60.0, 5.0
BETWEEN, QUICK_BETWEEN = 5.0, 0.5
LIMIT_S: Final = 1.0
NONE: Final = "–"
HEAD: Final = ("visitors", "sessions", "let in", "first p95", "click p50", "p95", "longest", "clicks/s", "never made")
BESIDE: Final = ("map p95", "turned away p95", "reads p95", "faults")


@dataclass(frozen=True, slots=True)
class Trial:
    """So many visitors come, and so many are let in; 0 lets all in."""

    visitors: int
    sessions: int


TRIALS: Final = (Trial(200, 200), Trial(300, 200), Trial(500, 200), Trial(300, 0), Trial(500, 0))
QUICK_TRIALS: Final = (Trial(6, 3),)


def run(folder: Path, *, quick: bool, seconds: float | None = None) -> None:
    """Try each crowd on a server of its own over the same town, and print a line for each."""
    lasting = seconds or (QUICK_SECONDS if quick else SECONDS)
    size, between = (QUICK_SIZE, QUICK_BETWEEN) if quick else (SIZE, BETWEEN)
    servers.many_files()
    open_town.settle(folder / "town", size)
    seen = {}
    for trial in QUICK_TRIALS if quick else TRIALS:
        home = shutil.copytree(folder / "town", folder / f"{trial.visitors}-{trial.sessions}")
        with servers.portal(home, sessions=str(trial.sessions)) as url:
            seen[trial] = _rush(Rush(url, trial.visitors, size.places, lasting, between))
    _show(seen, size, lasting, between)


def _rush(rush: Rush) -> Seen:
    """What the visitors saw, from a process of their own."""
    done = subprocess.run(  # our own interpreter and module
        [sys.executable, "-m", "tests.bench.crowd"],
        cwd=servers.ROOT,
        input=json.dumps(asdict(rush)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=rush.coming + rush.seconds + 2 * PATIENCE_S,
    )
    return Seen(**json.loads(done.stdout))


def _show(seen: dict[Trial, Seen], size: Size, lasting: float, between: float) -> None:
    first, its = next(iter(seen.items()))
    held = rates.percentile(its.clicks, 95) < LIMIT_S and not its.faults and its.inside == first.visitors
    busiest = max(one.busy for one in seen.values())
    notes = (
        f"{first.visitors} at once are to wait less than {tables.duration(LIMIT_S)} (p95): {'yes' if held else 'NO'}.",
        "First: from the page's address to the screen. A click counts from when it was due, however late it is sent,",
        "until the script has run to its end; one that was due and never made waited at least until the end.",
        f"Map: the places that are fetched after it. Who is turned away reads a plain page every {between:g} s.",
        f"The visitors took up to {busiest:.0%} of a core.",
    )
    title = (
        f"Find with {size.places:,} places and {size.events:,} events: {between:g} s between clicks, for {lasting:g} s"
    )
    rates.grid(title, (*HEAD, *BESIDE), [_row(trial, one, lasting) for trial, one in seen.items()], notes)


def _row(trial: Trial, seen: Seen, lasting: float) -> tuple[str, ...]:
    return (
        str(trial.visitors),
        str(trial.sessions or "no limit"),
        str(seen.inside),
        _p(seen.first, 95),
        _p(seen.clicks, 50),
        _p(seen.clicks, 95),
        tables.duration(max(seen.clicks)) if seen.clicks else NONE,
        f"{(len(seen.clicks) - seen.never) / lasting:.1f}",
        str(seen.never),
        _p(seen.maps, 95),
        _p(seen.turned_away, 95),
        _p(seen.reads, 95),
        rates.said(seen.faults),
    )


def _p(values: list[float], percent: int) -> str:
    return tables.duration(rates.percentile(values, percent)) if values else NONE
