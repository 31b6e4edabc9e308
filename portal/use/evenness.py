"""How evenly the posts are spread over the groups: the share of the top ten, the Gini coefficient, the Lorenz curve."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.group import Group
    from portal.use.published import Published

TOP: Final = 10


@dataclass(frozen=True, slots=True)
class Evenness:
    """How even it is; figures are None where there is no post or no group."""

    counts: tuple[int, ...]
    """Posts of each group, the fewest first; a group without any is a 0."""
    top_ten_share: float | None
    gini: float | None
    lorenz: tuple[tuple[float, float], ...]
    """Share of the groups, share of the posts: from (0, 0) to (1, 1)."""


def evenness(groups: Sequence[Group], items: Sequence[Published]) -> Evenness:
    """How evenly ``items`` come from the registered groups.

    Every registered group counts, also with nothing; one that has closed or was suspended since counts where
    something of it is among ``items``, so that the shares are of all posts.
    """
    found = Counter({group.id: 0 for group in groups})
    found.update(one.post.group for one in items)
    counts = tuple(sorted(found.values()))
    return Evenness(counts, top_share(counts), gini(counts), lorenz(counts))


def top_share(counts: Sequence[int], top: int = TOP) -> float | None:
    """The share of all posts that the ``top`` groups with the most have, 0 to 1; None where there are no posts."""
    total = sum(counts)
    return sum(sorted(counts)[-top:]) / total if total else None


def gini(counts: Sequence[int]) -> float | None:
    """The Gini coefficient: 0 where all have the same, (n - 1) / n where one of n has all; None without posts.

    G = sum((2i - n - 1) x_i) / (n sum(x)), x sorted from the least, i from 1: half the relative mean difference
    (C. Gini, 1912; in this form C. Damgaard and J. Weiner, Ecology 81, 2000, p. 1140). It is twice the area between
    the Lorenz curve and the diagonal.
    """
    total, n = sum(counts), len(counts)
    if not total:
        return None
    return sum((2 * i - n - 1) * x for i, x in enumerate(sorted(counts), start=1)) / (n * total)


def lorenz(counts: Sequence[int]) -> tuple[tuple[float, float], ...]:
    """The Lorenz curve (M. O. Lorenz, 1905): which share of the posts the least active share of the groups has.

    n + 1 points from (0, 0) to (1, 1); none where there are no posts.
    """
    total, n = sum(counts), len(counts)
    if not total:
        return ()
    sums = accumulate(sorted(counts), initial=0)
    return tuple((i / n, reached / total) for i, reached in enumerate(sums))
