"""Attributes of features as JSON may hold them, made fit to be columns: names, nested values, how many and how long."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.cells.text import HEADER_LONGEST, LONGEST, clean
from geodata.tables.header import MOST_COLUMNS, once
from portal.errors import InvalidRecordError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Mapping


def attributes(raw: object) -> dict[str, object]:
    """The attributes of a feature by readable names; what stands nested in one is its JSON text.

    Names that differ only in signs that nobody sees are told apart by a number, as columns are. Raises
    UnreadableFileError for more attributes than a table may have columns.
    """
    if not isinstance(raw, dict):
        return {}
    check_count(len(raw))
    found: dict[str, object] = {}
    for name, value in raw.items():
        found[once(_readable(name[:HEADER_LONGEST]), found)] = _flat(value)
    return found


def check_count(count: int) -> None:
    """Refuse more attributes than a table may have columns."""
    if count > MOST_COLUMNS:
        raise UnreadableFileError("tables.too_many_columns", count=count, most=MOST_COLUMNS)


def check_texts(properties: Mapping[str, object]) -> None:
    """Refuse attributes that are longer than a cell may be. Raises InvalidRecordError with the first one's name."""
    for name, value in properties.items():
        if isinstance(value, str) and len(value) > LONGEST:
            raise InvalidRecordError("polygons.long_text", name=name, limit=LONGEST)


@lru_cache(maxsize=2 * MOST_COLUMNS)
def _readable(name: str) -> str:
    return clean(name)


def _flat(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
