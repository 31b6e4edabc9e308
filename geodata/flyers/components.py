"""Signs as connected spots of ink, found row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spots:
    """Connected spots: arrays of one length, pixels; ``right`` and ``bottom`` are the first ones outside."""

    left: Numbers
    top: Numbers
    right: Numbers
    bottom: Numbers
    area: Numbers

    @property
    def width(self) -> Numbers:
        """Their widths."""
        return self.right - self.left

    @property
    def height(self) -> Numbers:
        """Their heights."""
        return self.bottom - self.top

    def only(self, which: NDArray[np.bool_] | Numbers) -> Spots:
        """Those that are picked."""
        return Spots(self.left[which], self.top[which], self.right[which], self.bottom[which], self.area[which])


def spots(ink: NDArray[np.bool_]) -> Spots:
    """The spots of a mask (height, width) that touch each other, corners included."""
    padded = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = ink
    steps = np.diff(padded, axis=1)
    row, begin = np.nonzero(steps == 1)
    end = np.nonzero(steps == -1)[1]
    group = _joined(row, begin, end)
    _, group = np.unique(group, return_inverse=True)
    count = int(group.max()) + 1 if group.size else 0
    left, top = np.full(count, ink.shape[1]), np.full(count, ink.shape[0])
    right, bottom, area = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.minimum.at(left, group, begin)
    np.minimum.at(top, group, row)
    np.maximum.at(right, group, end)
    np.maximum.at(bottom, group, row + 1)
    np.add.at(area, group, end - begin)
    return Spots(left, top, right, bottom, area)


def _joined(row: Numbers, begin: Numbers, end: Numbers) -> Numbers:
    """For each run of ink the least run that it hangs together with."""
    width = int(end.max(initial=0)) + 2
    starts, ends = (row + 1) * width + begin, (row + 1) * width + end
    # A run touches those of the row before whose end reaches it and that begin before its end.
    first = np.searchsorted(ends, starts - width, side="left")
    last = np.searchsorted(starts, ends - width, side="right")
    counts = np.maximum(last - first, 0)
    below = np.repeat(np.arange(row.size), counts)
    offsets = np.arange(below.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return connected(row.size, below, np.repeat(first, counts) + offsets)


def connected(count: int, one: Numbers, other: Numbers) -> Numbers:
    """For each of ``count`` things the least one that it is joined with, over any number of pairs."""
    group = np.arange(count)
    while True:
        least = np.minimum(group[one], group[other])
        before = group.copy()
        np.minimum.at(group, group[one], least)
        np.minimum.at(group, group[other], least)
        group = group[group]
        if np.array_equal(before, group):
            return group
