"""How many answers a second a server gives, and how long they take: measured from another process, and printed."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tests.bench import tables
from tests.bench.load import PATIENCE_S, Answers, Load

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).parents[2]
FULL: Final = 0.85
"""From this share of a core on, it was the asking that set the limit."""
CONNECTIONS: Final = 8
WHOLE: Final = 1000
"""From so many answers a second on they are printed without decimal places."""


@dataclass(slots=True)
class Way:
    """One server's way of giving the same thing, and what was measured of it."""

    name: str
    url: str
    paths: Sequence[str]
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """Of the requests that came at a given rate, in seconds."""
    faults: dict[str, int] = field(default_factory=dict)
    each: float = 0.0
    """Bytes of an answer with its headers, on the average."""
    limited: bool = False
    """Whether it answered as quickly as it was asked: it can more."""

    @property
    def rate(self) -> float:
        """Answers a second, the median of the runs."""
        return median(self.rates)

    def load(self, seconds: float) -> Load:
        """As many requests as there can be."""
        return Load(urlsplit(self.url).port or 80, tuple(self.paths), seconds, headers=self.headers)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often."""

    seconds: float
    rounds: int
    rate: float
    """Requests a second at which all ways are compared by their waits: one that all of them can stand."""


def ask(load: Load) -> Answers:
    """Ask from a process of its own."""
    run = subprocess.run(  # our own interpreter and module
        [sys.executable, "-m", "tests.bench.load"],
        cwd=ROOT,
        input=json.dumps(asdict(load)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=load.seconds + PATIENCE_S + 30,
    )
    return Answers(**json.loads(run.stdout))


def measure(ways: Sequence[Way], plan: Plan) -> None:
    """Each way once a round, as much as it can and then at the common rate; before many rounds, one warms them up."""
    for way in ways if plan.rounds > 1 else ():
        _noted(way, ask(way.load(min(1.0, plan.seconds))), counts=False)
    for number in range(plan.rounds):
        for way in ways:
            load = replace(way.load(plan.seconds), seed=number, connections=CONNECTIONS)
            _noted(way, ask(load), counts=True)
            answers = ask(replace(load, rate=plan.rate, seed=number + plan.rounds))
            way.waits += answers.waits
            _add(way.faults, answers.faults)


def show(title: str, ways: Sequence[Way], plan: Plan, notes: Sequence[str] = ()) -> None:
    """Print the table; the second column says how many times as many answers as the first way gives."""
    first = ways[0]
    head = ("way", "answers/s", f"times {first.name}", f"p50 at {plan.rate:g}/s", "p95", "kB each", "faults")
    rows = [
        (
            way.name,
            ("over " if way.limited else "") + (f"{way.rate:.3g}" if way.rate < WHOLE else f"{way.rate:.0f}"),
            tables.ratio(way.rate, first.rate),
            tables.duration(percentile(way.waits, 50)),
            tables.duration(percentile(way.waits, 95)),
            f"{way.each / 1000:.3g}",
            said(way.faults),
        )
        for way in ways
    ]
    grid(title, head, rows, (*notes, *_limits(ways)))


def grid(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """Print columns under a title, and sentences below them."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    print(f"\n{title}\n")
    for row in (head, ["-" * width for width in widths], *rows):
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for note in notes:
        print(f"  {note}")
    print(flush=True)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent do not pass; not a number where there is none."""
    if len(values) < 2:  # as quantiles needs
        return values[0] if values else float("nan")
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def said(faults: dict[str, int]) -> str:
    """What went wrong, how often."""
    return ", ".join(f"{count:,} × {name}" for name, count in sorted(faults.items())) or "none"


def _noted(way: Way, answers: Answers, *, counts: bool) -> None:
    _add(way.faults, answers.faults)
    if counts:
        way.rates.append(len(answers.waits) / answers.seconds)
        way.each = answers.bytes / max(1, len(answers.waits))
        way.limited |= answers.busy > FULL


def _add(all_of_them: dict[str, int], faults: dict[str, int]) -> None:
    for name, count in faults.items():
        all_of_them[name] = all_of_them.get(name, 0) + count


def _limits(ways: Sequence[Way]) -> tuple[str, ...]:
    names = ", ".join(way.name for way in ways if way.limited)
    return (f"{names}: more than that could not be asked for from one process.",) if names else ()
