"""What everybody knows of how the numbers hang together, as linear equations.

The unknowns are the people of each category in each piece of land, none of them negative. A district's number is the
sum over its pieces, a layer's total the sum over all of its pieces. Where the categories make up all together, within a
twentieth, that is known, too; where people are counted in several categories, that none is larger than all together.
Tables of different days or a wrong outline leave numbers that do not fit each other: then each is off by what it takes
to make them fit, and that is taken to be known, so that the true numbers always are one of the possibilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # no types are published for it

from portal.disclosure.linear import solved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from portal.disclosure.numbers import Atom, Numbers
    from portal.disclosure.rules import Cell

ALL: Final = ""
"""The category of all together."""
TOLERANCE: Final = 0.05
Entry = tuple[int, int, float]
"""Row, column and factor."""


@dataclass(frozen=True, slots=True)
class System:
    """The equations of one moment."""

    cells: tuple[Cell, ...]
    matrix: sparse.csr_array
    """(cells, unknowns): which unknowns make up a cell's number."""
    relations: sparse.csr_array
    """(relations, unknowns): each of these sums is at most 0."""
    misfit: NDArray[np.float64]
    """(cells,): by how many a number is larger than its pieces; 0 where all numbers fit each other."""
    most: float
    """A number that no unknown reaches."""


def build(numbers: Numbers, room: int) -> System:
    """The equations of the numbers; unknowns may be larger than all numbers by ``room``."""
    cells = tuple(sorted(numbers.counts))
    categories = sorted({cell.category for cell in cells})
    parts = [category for category in categories if category != ALL]
    made_up = ALL in categories and bool(parts) and _makes_up(numbers.counts, parts)
    columns = _columns(len(numbers.atoms), parts if made_up else categories)
    names = {category: (tuple(parts) if made_up and category == ALL else (category,)) for category in categories}
    inside = _inside(numbers.atoms)
    entries = [
        (row, columns[atom, name], 1.0)
        for row, cell in enumerate(cells)
        for atom in inside.get((cell.layer, cell.district), ())
        for name in names[cell.category]
    ]
    matrix = _matrix(entries, len(cells), len(columns))
    bounded = ALL in categories and not made_up
    relations = _matrix(*_relations(numbers, parts, columns), len(columns)) if bounded else _matrix([], 0, len(columns))
    truth = np.array([numbers.counts[cell] for cell in cells], dtype=np.float64)
    misfit = _misfit(matrix, relations, truth)
    return System(cells, matrix, relations, misfit, 2 * float(truth.max(initial=0)) + 10 * room)


def _columns(atoms: int, categories: Sequence[str]) -> dict[tuple[int, str], int]:
    pairs = ((atom, category) for atom in range(atoms) for category in categories)
    return {pair: number for number, pair in enumerate(pairs)}


def _inside(atoms: Sequence[Atom]) -> dict[tuple[str, str], list[int]]:
    """The pieces of every district, and of every layer as a whole."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, atom in enumerate(atoms):
        for layer, district in atom:
            found.setdefault((layer, district), []).append(number)
            found.setdefault((layer, ""), []).append(number)
    return found


def _matrix(entries: Sequence[Entry], rows: int, columns: int) -> sparse.csr_array:
    where = ([row for row, _, _ in entries], [column for _, column, _ in entries])
    return sparse.csr_array(([factor for _, _, factor in entries], where), shape=(rows, columns))


def _together(counts: Mapping[Cell, int], parts: Sequence[str]) -> list[tuple[int, list[int]]]:
    """All together and the categories, of every district that has them all."""
    found = []
    for cell, count in counts.items():
        if cell.category == ALL:
            several = [counts.get(cell._replace(category=category)) for category in parts]
            found.append((count, [number for number in several if number is not None]))
    return [(count, several) for count, several in found if len(several) == len(parts)]


def _makes_up(counts: Mapping[Cell, int], parts: Sequence[str]) -> bool:
    both = _together(counts, parts)
    return sum(abs(count - sum(several)) for count, several in both) <= TOLERANCE * sum(count for count, _ in both)


def _relations(
    numbers: Numbers, parts: Sequence[str], columns: Mapping[tuple[int, str], int]
) -> tuple[list[Entry], int]:
    """What holds in every district, taken to hold in every piece: a category ≤ all ≤ or ≥ the sum of categories."""
    both = _together(numbers.counts, parts)
    entries: list[Entry] = []
    row = 0
    for atom in range(len(numbers.atoms)):
        every = columns[atom, ALL]
        for number, category in enumerate(parts):
            if all(several[number] <= count for count, several in both):
                entries += [(row, columns[atom, category], 1.0), (row, every, -1.0)]
                row += 1
        for sign, holds in _signs():
            if both and all(holds(sum(several), count) for count, several in both):
                entries += [(row, columns[atom, category], sign) for category in parts]
                entries.append((row, every, -sign))
                row += 1
    return entries, row


def _signs() -> tuple[tuple[float, Callable[[int, int], bool]], ...]:
    return (1.0, lambda parts, whole: parts <= whole), (-1.0, lambda parts, whole: parts >= whole)


def _misfit(matrix: sparse.csr_array, relations: sparse.csr_array, truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """By how many each number must be off so that all fit each other: as few people as possible in all."""
    rows, columns = matrix.shape
    one = sparse.eye_array(rows, format="csr")
    equal = sparse.hstack([matrix, one, -one], format="csr")
    bound = sparse.hstack([relations, sparse.csr_array((relations.shape[0], 2 * rows))], format="csr")
    cost = np.concatenate([np.zeros(columns), np.ones(2 * rows)])
    found = solved(cost, bound, np.zeros(relations.shape[0]), equal=(equal, truth))
    if found is None:
        return truth
    return np.round(found.point[columns : columns + rows] - found.point[columns + rows :], 6)
