"""The people of a span of ages, from bands that may not begin and end where the span does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.standard import EVERYBODY, Ages

if TYPE_CHECKING:
    from portal.model.district import AgeBand, Population
    from portal.model.people_point import PeoplePoint

LAST_YEAR: Final = 99
"""Where a band "and over" is taken to end when it has to be cut."""


WRITTEN: Final = re.compile(r"(\d{1,3})-(\d{0,3})", re.ASCII)


def read_ages(text: str) -> Ages:
    """The span that ``str(ages)`` writes: ``65-``, ``0-14``. Raises InvalidRecordError for anything else."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise InvalidRecordError("standard.bad_ages")
    return Ages(int(found[1]), int(found[2]) if found[2] else None)


def people_of(record: Population | PeoplePoint, ages: Ages) -> float:
    """How many of its people are of ``ages``.

    Everybody is the total. A band that the span cuts counts by the share of its years that lie in the span, as if
    every year had as many people; "85 and over" is cut as 85 to 99. What the source suppressed is not in it.
    Zero where no band tells of these ages: ask :func:`knows` first, since not known is not nobody.
    """
    if ages == EVERYBODY:
        return float(record.total)
    return sum((band.men + band.women) * _share(band, ages) for band in record.bands)


def knows(record: Population | PeoplePoint, ages: Ages) -> bool:
    """Whether the record tells of every age of the span: everybody's total, or bands without a gap."""
    if ages == EVERYBODY:
        return True
    following = ages.low
    for band in sorted(record.bands, key=lambda one: one.low):
        if band.low <= following <= _last(band):
            following = _last(band) + 1
    return following > min(LAST_YEAR if ages.high is None else ages.high, LAST_YEAR)


def _last(band: AgeBand) -> int:
    return band.high if band.high is not None else max(LAST_YEAR, band.low)


def _share(band: AgeBand, ages: Ages) -> float:
    """The share of a band's years that lie in the span."""
    if band.low >= ages.low and ages.high is None:
        return 1.0
    last = _last(band)
    end = last if ages.high is None else min(last, ages.high)
    years = end - max(band.low, ages.low) + 1
    return max(years, 0) / (last - band.low + 1)
