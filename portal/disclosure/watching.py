"""The auditor of one moment: whether what is shown narrows a hidden number down too far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # no types are published for it

from portal.disclosure.linear import solved
from portal.disclosure.rules import narrower
from portal.disclosure.system import build

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from portal.disclosure.linear import Solved
    from portal.disclosure.numbers import Numbers
    from portal.disclosure.rules import Cell, Figure, Interval, Rule

LEAST_SWEPT: Final = 4


class Watch:
    """What could be found out of one moment's numbers by whoever knows everything that is shown.

    It looks for possibilities that agree with all of it. Where two of them differ enough in a number, nobody can tell
    which it is; possibilities that were found stay ones when less is shown.
    """

    def __init__(self, numbers: Numbers, before: Mapping[Cell, Interval], rule: Rule) -> None:
        """``before``: what earlier releases say of these numbers."""
        self.numbers = numbers
        self.before = before
        self.rule = rule
        self._system = build(numbers, rule.needed)
        self._row = {cell: row for row, cell in enumerate(self._system.cells)}
        self._beyond_help: set[Cell] = set()
        self._forget()
        if before:
            self.trouble({})
            self._forget()
        self.told = frozenset(self._beyond_help)
        """What earlier releases give away by themselves, under another name or as a sum: hiding it hides nothing."""

    def _forget(self) -> None:
        self._low = np.full(len(self._row), np.inf)
        self._high = np.full(len(self._row), -np.inf)

    def knowledge(self, shown: Mapping[Cell, Figure]) -> dict[Cell, Interval]:
        """What earlier releases and this one say: of an earlier moment's number where it lies in what is shown now."""
        counts = self.numbers.counts
        now = {
            cell: figure.interval
            for cell, figure in shown.items()
            if cell in counts and figure.interval.low <= counts[cell] <= figure.interval.high
        }
        return narrower(self.before, now)

    def trouble(self, shown: Mapping[Cell, Figure]) -> list[Cell]:
        """The cells shown now that narrow a hidden one down too far; none where all is well.

        What follows from earlier releases alone cannot be helped by hiding more, and is passed over.
        """
        known = self.knowledge(shown)
        hidden = [cell for cell in self._system.cells if cell not in known and cell not in self._beyond_help]
        if not hidden:
            return []
        bounds, limits, bounding = self._bounds(known)
        self._sweep(hidden, bounds, limits)
        for cell in hidden:
            binding = self._narrowed(cell, bounds, limits)
            if binding is None:
                continue
            useful = {bounding[index] for index in binding if index < len(bounding)}
            useful = {it for it in useful if it in shown and self.before.get(it) != known[it]}
            if useful:
                return sorted(useful)
            self._beyond_help.add(cell)
        return []

    def _bounds(self, known: Mapping[Cell, Interval]) -> tuple[sparse.csr_array, NDArray[np.float64], Sequence[Cell]]:
        """Everything that is known as sums of unknowns that are at most a limit; first those of ``known``, twice."""
        system = self._system
        cells = sorted(known)
        rows = [self._row[cell] for cell in cells]
        sums = system.matrix[rows]
        high = np.array([known[cell].high for cell in cells], dtype=np.float64) - system.misfit[rows]
        low = np.array([known[cell].low for cell in cells], dtype=np.float64) - system.misfit[rows]
        bounds = sparse.vstack([sums, -sums, system.relations], format="csr")
        limits = np.concatenate([high, -low, np.zeros(system.relations.shape[0])])
        return bounds, limits, cells * 2

    def _sweep(self, hidden: Sequence[Cell], bounds: sparse.csr_array, limits: NDArray[np.float64]) -> None:
        """Possibilities with many or few people in all hidden cells at once, as long as that settles half of them."""
        rows = np.array([self._row[cell] for cell in hidden])
        while True:
            open_rows = rows[~(self._high[rows] - self._low[rows] >= self.rule.needed)]
            if len(open_rows) < LEAST_SWEPT:
                return
            together = np.sum(self._system.matrix[open_rows].toarray(), axis=0)
            for cost in (together, -together):
                self._look(cost, bounds, limits)
            left = np.count_nonzero(~(self._high[open_rows] - self._low[open_rows] >= self.rule.needed))
            if left > len(open_rows) / 2:
                return

    def _look(self, cost: NDArray[np.float64], bounds: sparse.csr_array, limits: NDArray[np.float64]) -> Solved | None:
        found = solved(cost, bounds, limits, most=self._system.most)
        if found is not None:
            numbers = self._system.matrix @ found.point
            self._low = np.minimum(self._low, numbers)
            self._high = np.maximum(self._high, numbers)
        return found

    def _narrowed(self, cell: Cell, bounds: sparse.csr_array, limits: NDArray[np.float64]) -> list[int] | None:
        """The bounds that keep a hidden number's interval too narrow; None where it is wide enough."""
        row = self._row[cell]
        pieces = self._system.matrix[[row]].toarray()[0]
        binding: set[int] = set()
        for cost in (-pieces, pieces):
            if self._high[row] - self._low[row] >= self.rule.needed:
                return None
            found = self._look(cost, bounds, limits)
            # What the solver cannot solve counts as not safe: all bounds may be the reason.
            binding |= set(np.flatnonzero(found.binding).tolist() if found else range(bounds.shape[0]))
        return None if self._high[row] - self._low[row] >= self.rule.needed else sorted(binding)
