"""What may be shown of a number of people: nothing that is small, and the rest rounded.

A number under 10 is never shown, in a municipality of fewer than 25,000 inhabitants none under 20, and under 2,000
inhabitants none at all; zero is a small number like any other. What is shown is rounded to the same 10 or 20, so that
it never says more than what is hidden leaves open, and half is rounded up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.model.need import NeedCount

TOO_FEW_INHABITANTS: Final = 2_000
FEW_INHABITANTS: Final = 25_000
LEAST_FACILITIES: Final = 3
WHOLE_NUMBERS: Final = 2
"""People are whole: an interval of the linear programs may lose up to one at each end."""
TEXT: Final = re.compile(r"(\d{1,9}) \((\d{1,9})-(\d{1,9})\)")


class Cell(NamedTuple):
    """One number of a table; without a district it is the total of the layer, without a category all together."""

    layer: str
    district: str
    category: str

    @property
    def key(self) -> str:
        """``layer/district/category``, as :class:`portal.model.need.NeedRelease` has it."""
        return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in self)

    @classmethod
    def of(cls, count: NeedCount) -> Cell:
        """The cell of a count."""
        return cls(count.layer, count.district, count.category)


class Interval(NamedTuple):
    """Between which numbers, both included, a number is known to lie."""

    low: int
    high: int


class Figure(NamedTuple):
    """A number as it is shown: rounded, with the numbers that are rounded to it."""

    rounded: int
    interval: Interval

    def __str__(self) -> str:
        """``20 (15-24)``."""
        return f"{self.rounded} ({self.interval.low}-{self.interval.high})"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is too small to be shown, and to how many the rest is rounded."""

    threshold: int

    def figure(self, count: int) -> Figure:
        """The rounded number; what is known to be no smaller than the threshold is known so to everybody."""
        half = self.threshold // 2
        rounded = (count + half) // self.threshold * self.threshold
        return Figure(rounded, Interval(max(rounded - half, self.threshold), rounded + half - 1))

    @property
    def needed(self) -> int:
        """How wide the interval of a hidden number stays at least: more than ± half of the threshold."""
        return self.threshold + WHOLE_NUMBERS


def rule_for(inhabitants: int | None) -> Rule | None:
    """The rule of a municipality; None where nothing may be shown, also where its inhabitants are not known."""
    if inhabitants is None or inhabitants < TOO_FEW_INHABITANTS:
        return None
    return Rule(20 if inhabitants < FEW_INHABITANTS else 10)


def read_figure(text: str) -> Figure | None:
    """The figure that was written so; None for what is none."""
    found = TEXT.fullmatch(text)
    if not found:
        return None
    rounded, low, high = (int(part) for part in found.groups())
    return Figure(rounded, Interval(low, high))


def known_from(shown: Mapping[str, str], counts: Mapping[Cell, int]) -> dict[Cell, Interval]:
    """What figures that were shown once say of ``counts``: those between whose ends the number still lies."""
    figures = {cell: read_figure(shown.get(cell.key, "")) for cell in counts}
    return {
        cell: figure.interval
        for cell, figure in figures.items()
        if figure and figure.interval.low <= counts[cell] <= figure.interval.high
    }


def narrower(one: Mapping[Cell, Interval], other: Mapping[Cell, Interval]) -> dict[Cell, Interval]:
    """What both say together."""
    both = dict(one)
    for cell, interval in other.items():
        there = both.get(cell, interval)
        both[cell] = Interval(max(there.low, interval.low), min(there.high, interval.high))
    return both
