"""Where a record is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """A published file or table: its name, its terms and the day it describes."""

    name: str
    """As its publisher calls it, e.g. 「国土数値情報（小学校区データ）」."""
    licence: str = ""
    """The terms, e.g. ``CC BY 4.0``."""
    as_of: date | None = None
    """The day that the data describes, where it is known."""
    credit: str = ""
    """The sentence that the terms ask to be shown wherever the data is."""
    url: str = ""
