"""How far an indicator has come: its latest value, its trend, and what it would take to reach the target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from portal.model.indicator import Better
from portal.use.forecast import so_far_on
from portal.use.years import fiscal_year, last_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.model.indicator import Indicator

VALUES_FOR_FIT: Final = 3
"""So many years have to be known for a line to be fitted; of two the difference is taken."""


class State(StrEnum):
    """How an indicator stands."""

    REACHED = "reached"
    ON_COURSE = "on_course"  # the trend, or the pace within the year, leads to the target
    BEHIND = "behind"  # it does not, or nothing is known that leads there
    NO_VALUE = "no_value"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Reached:
    """The latest that is known of an indicator."""

    year: int
    value: float
    day: date | None = None
    """Where the year was not over: the day up to which it was counted."""
    measured: bool = False
    """Whether the portal counted it itself."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator as it stands on a day."""

    indicator: Indicator
    state: State
    latest: Reached | None
    target: tuple[int, float] | None
    """Year and figure: the next target that is not over, else the last."""
    gap: float | None
    """How much is missing, in the indicator's unit; 0 where it is reached."""
    trend: float | None
    """Change a year over the years known: least squares of three and more, the difference of two; None of fewer."""
    needed: float | None
    """Change a year from the latest value on that would reach the target; None where it is reached or its year over."""
    measured: Mapping[int, int]
    """What the portal counted itself, by fiscal year, beside the plan's own figures."""


def progress(indicator: Indicator, today: date, measured: Mapping[int, int] | None = None) -> Progress:
    """How an indicator stands on ``today``; ``measured`` are the portal's own counts by fiscal year, if it counts.

    What was reached within the target's year (途中経過) is compared with the share of the year that had passed. For an
    indicator that the portal measures its own count takes that part, where the plan says nothing of that year.
    """
    measured = measured or {}
    goal = target_of(indicator, today)
    latest = _latest(indicator, goal, measured, today)
    trend = slope(known_values(indicator))
    gap = None if latest is None or goal is None else max(0.0, _missing(indicator, latest.value, goal[1]))
    needed = _needed(latest, goal, today) if gap else None
    return Progress(indicator, _state(indicator, latest, goal, trend), latest, goal, gap, trend, needed, measured)


def target_of(indicator: Indicator, today: date) -> tuple[int, float] | None:
    """The target that counts now: of this fiscal year or the next one with a target, else the last that there was."""
    years = sorted((int(year), figure) for year, figure in indicator.targets.items())
    coming = [one for one in years if one[0] >= fiscal_year(today)]
    return coming[0] if coming else years[-1] if years else None


def known_values(indicator: Indicator) -> list[tuple[int, float]]:
    """Year and value where the plan has one, the earliest first; a year for which it says "none" is left out."""
    return sorted((int(year), value) for year, value in indicator.values.items() if value is not None)


def slope(values: Sequence[tuple[int, float]]) -> float | None:
    """The change a year: of the least-squares line through three or more years, of two the difference; else None."""
    if len(values) < VALUES_FOR_FIT - 1:
        return None
    years, figures = (np.array(side, dtype=float) for side in zip(*values, strict=True))
    centred = years - years.mean()
    return float((centred * (figures - figures.mean())).sum() / (centred**2).sum())


def satisfies(indicator: Indicator, value: float, figure: float) -> bool:
    """Whether a value reaches the figure, by which way is better."""
    return _missing(indicator, value, figure) <= 0


def _missing(indicator: Indicator, value: float, figure: float) -> float:
    return figure - value if indicator.better is Better.MORE else value - figure


def _latest(
    indicator: Indicator, goal: tuple[int, float] | None, measured: Mapping[int, int], today: date
) -> Reached | None:
    """The value of the latest year, or what was reached within a later one."""
    found = [Reached(year, value) for year, value in known_values(indicator)]
    for text, value in indicator.progress.items():
        day = date.fromisoformat(text)
        found.append(Reached(fiscal_year(day), value, day))
    year = goal[0] if goal else fiscal_year(today)
    if year in measured and year not in {one.year for one in found}:
        counted_to = today if fiscal_year(today) == year else None
        found.append(Reached(year, measured[year], counted_to, measured=True))
    return max(found, key=_when, default=None)


def _when(one: Reached) -> tuple[int, date]:
    return one.year, one.day or last_day(one.year)


def _state(indicator: Indicator, latest: Reached | None, goal: tuple[int, float] | None, trend: float | None) -> State:
    if latest is None:
        return State.NO_VALUE
    if goal is None:
        return State.NO_TARGET
    year, figure = goal
    counted_up = latest.day is not None and latest.year == year
    if satisfies(indicator, latest.value, figure) and (not counted_up or indicator.better is Better.MORE):
        return State.REACHED
    if counted_up and latest.day is not None:
        pace = latest.value / so_far_on(0, latest.day).elapsed
        return State.ON_COURSE if satisfies(indicator, pace, figure) else State.BEHIND
    if trend is not None and year > latest.year:
        there = latest.value + trend * (year - latest.year)
        return State.ON_COURSE if satisfies(indicator, there, figure) else State.BEHIND
    return State.BEHIND


def _needed(latest: Reached | None, goal: tuple[int, float] | None, today: date) -> float | None:
    """Change a year; within the target's own year all that is missing. None where that year is over."""
    if latest is None or goal is None or goal[0] < fiscal_year(today):
        return None
    change = goal[1] - latest.value
    return change / max(1, goal[0] - latest.year)
