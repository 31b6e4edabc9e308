"""Now, in Japan: the one place that asks the machine for the time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

TOKYO: Final = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """The present moment, aware, in Asia/Tokyo, to the second."""
    return datetime.now(TOKYO).replace(microsecond=0)


def today() -> date:
    """The present day in Japan."""
    return now().date()
