"""How many posts a fiscal year is likely to end with, and whether its target is within reach.

The months so far are taken as a Poisson count of the part of the year that has passed, with a gamma posterior of the
rate (prior of Jeffreys, shape 1/2); what is still to come is then negative binomial (A. Gelman et al., Bayesian Data
Analysis, 3rd ed., 2.6). Months that differ by more than chance widen it: the variance is multiplied by the Pearson
statistic of the whole months over its degrees of freedom (P. McCullagh and J. Nelder, Generalized Linear Models, 4.5),
and, as that is known from a few months only, the band is as much wider as Student's t is than the normal distribution.

In simulated years of 60 posts or more it holds 75 to 92 of 100 ends, in August. What it cannot know is
a season: without a whole earlier year a busy autumn is not foreseen in August.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scipy.special import betainc, ndtri, stdtrit  # type: ignore[import-untyped]  # no types are published for it

from portal.use.years import first_day, fiscal_year, months_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

BAND: Final = (0.1, 0.9)
"""Quantiles between which four of five years end."""
LIKELY, UNLIKELY = 0.5, 0.1
MONTHS_FOR_SPREAD: Final = 3
"""So many whole months have to be over before anything is said of how they differ."""
POSTS_FOR_SHARES: Final = 60
"""A year with fewer posts says little about which months are busy."""


class Outlook(StrEnum):
    """Whether a target is within reach."""

    ON_COURSE = "on_course"  # more likely reached than not, or reached already
    AT_RISK = "at_risk"
    OUT_OF_REACH = "out_of_reach"  # reached in fewer than one of ten such years


@dataclass(frozen=True, slots=True)
class SoFar:
    """What is known of a year that is not over."""

    reached: int
    elapsed: float
    """Share of the year's posts that usually has come by now: 0 at its beginning, 1 at its end."""
    months: tuple[tuple[int, float], ...] = ()
    """For each whole month its posts and its usual share of the year."""
    shares_from: int = 0
    """How many posts the usual shares are taken from; 0 where they are of the days alone."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the year is likely to end, never below what is reached."""

    reached: int
    expected: float
    low: int
    high: int
    """Four of five such years end from ``low`` to ``high``."""
    target: float | None = None
    chance: float | None = None
    """That the target is reached, 0 to 1."""
    outlook: Outlook | None = None


def so_far(by_month: Sequence[int], today: date, last_year: Sequence[int] = ()) -> SoFar:
    """The year of ``today`` from its posts by month, from April, up to and with ``today``.

    ``last_year`` are the twelve months of the year before, where all of it is known: with 60 posts or more its
    months' shares are used, one post added to each, so that no month is taken for impossible; else days count alike.
    """
    months = months_of(fiscal_year(today))
    days = [month.days for month in months]
    seen = sum(last_year) if len(last_year) == len(months) and sum(last_year) >= POSTS_FOR_SHARES else 0
    weights = [count + 1.0 for count in last_year] if seen else [float(day) for day in days]
    shares = [weight / sum(weights) for weight in weights]
    over = next(n for n, month in enumerate(months) if month == (today.year, today.month))
    this = today.day / days[over]
    whole = over + (this >= 1)
    counts = tuple(zip(by_month[:whole], shares[:whole], strict=True))
    return SoFar(sum(by_month[: over + 1]), sum(shares[:over]) + shares[over] * this, counts, seen)


def so_far_on(reached: int, day: date) -> SoFar:
    """The year of ``day`` where only a total up to and with that day is known; days count alike."""
    year = fiscal_year(day)
    whole = 366 if isleap(year + 1) else 365
    return SoFar(reached, ((day - first_day(year)).days + 1) / whole)


def forecast(known: SoFar, target: float | None = None) -> Forecast:
    """Where the year is likely to end. With nothing of the year behind, or all of it, there is nothing to foresee.

    With s of the year behind and N reached, the rest has mean m = (N + 1/2) (1 - s) / s and variance f m / s, f at
    least 1; where the months' shares come from n posts, f m² / (s (1 - s) n) more, for s itself is not certain.
    """
    s = min(known.elapsed, 1.0)
    if s <= 0 or s >= 1 - 1e-9:
        chance = None if target is None else float(known.reached >= target)
        return _told(known.reached, float(known.reached), (0, 0), target, chance)
    spread = dispersion(known.months)
    mean = (known.reached + 0.5) * (1 - s) / s
    variance = spread * mean / s
    if known.shares_from:
        variance += spread * mean**2 / (s * (1 - s) * known.shares_from)
    rest = (mean**2 / (variance - mean), mean / variance)
    low, high = (_quantile(q, *rest) for q in BAND)
    chance = None if target is None else _at_least(_missing(target, known.reached), *rest)
    return _told(known.reached, known.reached + mean, (low, high), target, chance)


def _at_least(count: int, shape: float, part: float) -> float:
    """The chance of ``count`` or more by the negative binomial distribution of this shape and success probability.

    The sum of its tail is an incomplete beta function (Abramowitz and Stegun, 26.5.26).
    """
    return 1.0 if count <= 0 else float(betainc(count, shape, 1 - part))


def _quantile(q: float, shape: float, part: float) -> int:
    """The smallest count that is not exceeded with chance ``q``."""
    low, high = -1, 1
    while _at_least(high + 1, shape, part) > 1 - q:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _at_least(middle + 1, shape, part) > 1 - q else (low, middle)
    return high


def dispersion(months: Sequence[tuple[int, float]]) -> float:
    """By how much whole months differ more than chance lets them; 1 where they do not, or are fewer than three."""
    total, share = sum(count for count, _ in months), sum(part for _, part in months)
    if len(months) < MONTHS_FOR_SPREAD or not total:
        return 1.0
    expected = [total * part / share for _, part in months]
    found = sum((count - mean) ** 2 / mean for (count, _), mean in zip(months, expected, strict=True))
    freedom = len(months) - 1
    if found <= freedom:
        return 1.0
    return float(found / freedom * (stdtrit(freedom, BAND[1]) / ndtri(BAND[1])) ** 2)


def _missing(target: float, reached: int) -> int:
    """Posts still to come for the target; none of a post counts."""
    return max(0, -int(-target // 1) - reached)


def _told(reached: int, expected: float, rest: tuple[int, int], target: float | None, chance: float | None) -> Forecast:
    low, high = (reached + more for more in rest)
    return Forecast(reached, expected, low, high, target, chance, None if chance is None else _outlook(chance))


def _outlook(chance: float) -> Outlook:
    if chance >= LIKELY:
        return Outlook.ON_COURSE
    return Outlook.OUT_OF_REACH if chance < UNLIKELY else Outlook.AT_RISK
