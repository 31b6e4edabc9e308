"""Fiscal years (年度) and the months in them: from April to March, named by the year in which they begin."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final, NamedTuple

APRIL: Final = 4
MONTHS: Final = 12


class Month(NamedTuple):
    """A month of a calendar year."""

    year: int
    month: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.month)[1]

    def __str__(self) -> str:
        """As ISO 8601 writes it, ``2026-04``."""
        return f"{self.year:04}-{self.month:02}"


def fiscal_year(day: date) -> int:
    """The fiscal year of a day: 31 March 2026 is of 2025."""
    return day.year if day.month >= APRIL else day.year - 1


def first_day(year: int) -> date:
    """1 April of a fiscal year."""
    return date(year, APRIL, 1)


def last_day(year: int) -> date:
    """31 March, on which a fiscal year ends."""
    return date(year + 1, APRIL - 1, 31)


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def months_of(year: int) -> tuple[Month, ...]:
    """The twelve months of a fiscal year, from April."""
    return tuple(Month(year + (APRIL - 1 + n) // MONTHS, (APRIL - 1 + n) % MONTHS + 1) for n in range(MONTHS))


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or that month's last day: 31 May less three is 28 February."""
    whole = day.year * MONTHS + day.month - 1 - months
    month = Month(whole // MONTHS, whole % MONTHS + 1)
    return date(month.year, month.month, min(day.day, month.days))
