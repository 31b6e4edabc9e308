"""What a benchmark prints: one line a way, with the median, its runs, and how many times the base it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_RUNS_SHOWN: Final = 9
FIRM: Final = 10
"""From this ratio on it is printed without decimal places."""


@dataclass(slots=True)
class Line:
    """One way of doing the thing, with the seconds that each of its runs took."""

    way: str
    runs: list[float] = field(default_factory=list)
    over: float | None = None
    """The limit in seconds that it did not stay within; then there are no runs."""
    note: str = ""

    @property
    def seconds(self) -> float:
        """The median, or the limit that was passed."""
        return self.over if self.over is not None else median(self.runs)


def interleaved(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Line]:
    """Each way once a round, so that what else the machine does falls on all of them alike."""
    lines = {way: Line(way) for way in ways}
    for _ in range(rounds):
        for way, do in ways.items():
            started = time.perf_counter()
            do()
            lines[way].runs.append(time.perf_counter() - started)
    return lines


def duration(seconds: float) -> str:
    """Seconds with a unit, three digits of them."""
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"
    return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:.0f} s"


def ratio(seconds: float, base: float) -> str:
    """How many times the base: ``×12``, ``×1.4``, ``×0.31``."""
    times = seconds / base
    return f"×{times:.0f}" if times >= FIRM else f"×{times:.2g}"


def show(title: str, lines: list[Line], base: Line, notes: tuple[str, ...] = ()) -> None:
    """Print the table; the last column says how many times as long as ``base`` a way takes."""
    head = ("way", "median", f"as many times {base.way}", "runs")
    rows = [_cells(line, base) for line in lines]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    print(f"\n{title}\n")
    for row in (head, tuple("-" * width for width in widths), *rows):
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for note in notes:
        print(f"  {note}")
    print(flush=True)


def _cells(line: Line, base: Line) -> tuple[str, str, str, str]:
    sign = "over " if line.over is not None else ""
    runs = " ".join(f"{run:.3g}" for run in line.runs[:MOST_RUNS_SHOWN])
    more = " …" if len(line.runs) > MOST_RUNS_SHOWN else ""
    said = "; ".join(filter(None, (f"{runs}{more} s" if line.runs else "", line.note)))
    return line.way, sign + duration(line.seconds), sign + ratio(line.seconds, base.seconds), said
