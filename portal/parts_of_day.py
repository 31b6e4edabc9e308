"""Which hours a part of the day is: the same for the filters of *Find* and for the calendar."""

from __future__ import annotations

from typing import Final

from portal.query import TimeOfDay

MINUTES: Final = {
    TimeOfDay.MORNING: (0, 12 * 60 - 1),
    TimeOfDay.AFTERNOON: (12 * 60, 17 * 60 - 1),
    TimeOfDay.EVENING: (17 * 60, 48 * 60),
}
"""First and last minute from midnight that an activity of each part of the day begins at."""
