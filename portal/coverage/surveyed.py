"""Which survey holds for a district: somebody looked, and not too long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from portal.model.standard import Standard
    from portal.model.survey import Survey

HOLDS_DAYS: Final = 366
"""So long a survey says something: a year, a leap year too."""


def holding(surveys: Iterable[Survey], standard: Standard, today: date) -> dict[str, Survey]:
    """By district id the latest survey for a standard, or for all of its layer, that holds today.

    Those of the last :data:`HOLDS_DAYS` days; one of a day to come holds from that day on.
    """
    asked = (one for one in surveys if one.layer == standard.layer and one.standard in {"", standard.key})
    current = [one for one in asked if 0 <= (today - one.on).days <= HOLDS_DAYS]
    return {one.district: one for one in sorted(current, key=lambda one: (one.on, one.standard))}
