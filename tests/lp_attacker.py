"""Somebody who wants to know the hidden numbers: ``python -m tests.lp_attacker 10000`` lets them try so many tables.

The attacker sees what is published and nothing else: the rounded figures of every version, which districts lie in
which, that people are not negative, how numbers are rounded, and which are too small to be shown. They are even told
which figures of another version still fit. For every hidden number they ask a linear program for the least and the most
that it can be. They share no line with the auditor that they try.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from portal.disclosure.choosing import choose
from portal.disclosure.numbers import Numbers
from portal.disclosure.rules import Cell, Figure, Rule
from tests.lp_world import World, rows_of, world

WITHIN = 5


Shown = tuple[dict[Cell, int], dict[Cell, int]]
"""Of one version the true numbers and the figures."""
Choosing = Callable[[Sequence[Numbers], Sequence[Mapping[str, str]], Rule], dict[Cell, Figure]]


@dataclass
class Tally:
    """What came out."""

    tables: int = 0
    numbers: int = 0
    shown: int = 0
    large: int = 0
    """District numbers that are not under the threshold."""
    large_shown: int = 0
    hidden: int = 0
    narrowed: int = 0
    """Hidden numbers narrowed to within ±5 by what is published."""
    known_before: int = 0
    """Those that the figures of earlier versions give away by themselves to somebody who is told which still fit."""
    elsewhere: int = 0
    """Hidden numbers whose figure of another version still holds: told there, not found out."""
    narrowest: float = float("inf")
    seconds_choosing: float = 0.0


def published(made: World, how: Choosing = choose) -> list[Shown]:
    """Of every version the true numbers and the rounded figures that are shown, as the portal chooses them."""
    rule = Rule(made.threshold)
    moments: list[Numbers] = []
    releases: list[dict[str, str]] = []
    out = []
    for people, counted in made.versions:
        rows = rows_of(made, counted)
        truth = {cell: int((row * people).sum()) for cell, row in rows.items()}
        land = tuple(tuple(pair for pair in atom if pair[0] in dict(counted)) for atom in made.atoms)
        few = frozenset(cell for cell, row in rows.items() if (row * made.facilities).sum() < 3)
        moments.insert(0, Numbers(truth, few, tuple(dict.fromkeys(land))))
        shown = how(moments, releases, rule)
        releases.append({cell.key: str(figure) for cell, figure in shown.items()})
        out.append((truth, {cell: figure.rounded for cell, figure in shown.items()}))
    return out


def attack(made: World, out: Sequence[Shown], tally: Tally) -> None:
    """Try every hidden number of every version: with its own figures, then with those of all that still fit."""
    for version, (truth, own) in enumerate(out):
        rows = rows_of(made, made.versions[version][1])
        _count(tally, truth, own, made.threshold)
        alone, everything = (_ends(truth, of, made.threshold) for of in (out[version : version + 1], out))
        earlier = _ends(truth, out[:version], made.threshold)
        hidden = [cell for cell in truth if cell not in own]
        tally.hidden += len(hidden)
        tally.elsewhere += sum(cell in everything for cell in hidden)
        tally.narrowed += len(_narrow(made, rows, alone, hidden, tally))
        hidden = [cell for cell in hidden if cell not in everything]
        for cell in _narrow(made, rows, everything, hidden, tally):
            before = bool(_narrow(made, rows, earlier, [cell], None))
            tally.known_before += before
            tally.narrowed += not before


def _ends(truth: Mapping[Cell, int], out: Sequence[Shown], base: int) -> dict[Cell, tuple[float, float]]:
    """Between which numbers each figure says that its number lies, of figures between whose numbers it does."""
    ends: dict[Cell, tuple[float, float]] = {}
    for _, shown in out:
        for cell, figure in shown.items():
            low, high = max(base, figure - base / 2), figure + base / 2 - 1
            if cell in truth and low <= truth[cell] <= high:
                ends[cell] = (low, high)
    return ends


def _count(tally: Tally, truth: Mapping[Cell, int], own: Mapping[Cell, int], base: int) -> None:
    districts = [cell for cell in truth if cell.district]
    tally.numbers += len(districts)
    tally.shown += sum(cell in own for cell in districts)
    tally.large += sum(truth[cell] >= base for cell in districts)
    tally.large_shown += sum(cell in own for cell in districts if truth[cell] >= base)


def _overlaps(made: World) -> csr_array:
    """That no category is larger than all together, and all no more than the categories' sum: sums of at most 0.

    Only for a world whose categories overlap.
    """
    count = len(made.categories)
    smaller = np.hstack([-np.ones((count - 1, 1)), np.eye(count - 1)])
    bound = np.vstack([smaller, [1.0, *([-1.0] * (count - 1))]])
    return csr_array(np.kron(np.eye(len(made.atoms)), bound))


def _narrow(
    made: World,
    rows: Mapping[Cell, np.ndarray],
    ends: Mapping[Cell, tuple[float, float]],
    hidden: Sequence[Cell],
    tally: Tally | None,
) -> list[Cell]:
    """The hidden numbers of which the least and the most that they can be lie within ±5."""
    if not hidden:
        return []
    wanted = np.array([rows[cell].ravel() for cell in hidden], dtype=float)
    known = [LinearConstraint(_overlaps(made), -np.inf, 0.0)] if made.overlapping else []
    if ends:
        told = csr_array(np.array([rows[cell].ravel() for cell in ends], dtype=float))
        known.append(LinearConstraint(told, *np.array(list(ends.values())).T))
    least, most = np.full(len(hidden), np.inf), np.full(len(hidden), -np.inf)
    found: list[Cell] = []
    # All of them at once first: whoever is already known to be anything is not asked for.
    for number, wish in [(None, wanted.sum(axis=0)), *enumerate(wanted)]:
        for sign in (-1.0, 1.0):
            if number is not None and _width(least[number], most[number]) > 2 * WITHIN:
                break
            answer = milp(sign * wish, constraints=known, bounds=Bounds(0, 10_000))
            if answer.status != 0:
                raise ArithmeticError(answer.message)
            here = wanted @ answer.x
            least, most = np.minimum(least, here), np.maximum(most, here)
    for number, cell in enumerate(hidden):
        width = _width(least[number], most[number])
        if tally:
            tally.narrowest = min(tally.narrowest, width)
        if width <= 2 * WITHIN:
            found.append(cell)
    return found


def _width(least: float, most: float) -> float:
    """From the least to the most, each rounded towards the other, since people are whole."""
    if least > most:
        return -1.0
    return float(np.floor(most + 1e-6) - np.ceil(least - 1e-6))


def run(tables: int, seed: int = 4, most_districts: int = 30, *, how: Choosing = choose, tell: bool = False) -> Tally:
    """Attack so many random tables; ``how`` it is chosen what is shown."""
    tally = Tally()
    for number in range(tables):
        made = world(random.Random(f"{seed}-{number}"), most_districts)  # noqa: S311  # tables, no secrets
        began = time.process_time()
        out = published(made, how)
        tally.seconds_choosing += time.process_time() - began
        attack(made, out, tally)
        tally.tables += 1
        if tell and tally.tables % 100 == 0:
            sys.stdout.write(f"{tally}\n")
            sys.stdout.flush()
    return tally


if __name__ == "__main__":
    sys.stdout.write(f"{run(int(sys.argv[1]), *(int(text) for text in sys.argv[2:3]), tell=True)}\n")
