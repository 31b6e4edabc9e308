"""What a table's columns are made of: their types, and values as they stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

TEXT, NUMBER, LONG, YES_NO, DEGREES = pa.string(), pa.int32(), pa.int64(), pa.bool_(), pa.float64()
DAY: Final = pa.date32()


@dataclass(frozen=True, slots=True)
class Table:
    """One type's table: its name, its columns in order with their types, and the row of a record."""

    name: str
    columns: dict[str, pa.DataType]
    row: Callable[[Any], tuple[object, ...]]


def bars(values: Iterable[str]) -> str:
    """Values between bars, ``|flood|tsunami|``, so that one of them is found by its text; empty for none."""
    return "".join(f"|{value}" for value in sorted(values)) + "|" if values else ""


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 in UTC."""
    return round(moment.timestamp() * 1_000_000)
