"""One linear program, solved by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]  # no types are published for it

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse  # type: ignore[import-untyped]  # the same


BINDING: Final = 1e-9
"""The least change of the sum, for each unit of a limit, that is no rounding of the solver."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A possibility at which a sum is smallest."""

    point: NDArray[np.float64]
    """(unknowns,)."""
    binding: NDArray[np.bool_]
    """(bounds,): which of them keep the sum from being smaller."""


def solved(
    cost: NDArray[np.float64],
    bounds: sparse.csr_array,
    limits: NDArray[np.float64],
    *,
    most: float | None = None,
    equal: tuple[sparse.csr_array, NDArray[np.float64]] | None = None,
) -> Solved | None:
    """The unknowns from 0 to ``most`` at which ``cost`` · unknowns is smallest, where ``bounds`` · unknowns ≤ limits.

    None where the solver finds none.
    """
    found = linprog(
        cost,
        A_ub=bounds if bounds.shape[0] else None,
        b_ub=limits if bounds.shape[0] else None,
        A_eq=equal[0] if equal else None,
        b_eq=equal[1] if equal else None,
        bounds=(0, most),
        method="highs",
    )
    if found.status != 0:
        return None
    marginals = cast("NDArray[np.float64]", found.ineqlin.marginals)
    return Solved(np.asarray(found.x), np.abs(marginals) > BINDING)
