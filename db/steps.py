"""The statements that changes come to, and every change as text for the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import TABLES, drop_rows, put_rows
from portal.model.place import Place
from portal.records import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from db.running import Step
    from db.settling import Settled
    from portal.store import Record

    Said = tuple[type[Record], tuple[str, ...], str]
    """Type, key and text of a record; an empty text where it is removed."""


def steps_of(settled: Settled) -> tuple[list[Step], list[Said]]:
    """The statements, drops first, each with its rows; and every change, in the same order.

    Raises InvalidRecordError for text that is no Unicode text (a lone surrogate).
    """
    steps: list[Step] = []
    said: list[Said] = []
    if settled.dropped_places:
        gone = drop_rows([(place,) for place in settled.dropped_places], Place)
        steps += [("drop_membership_of_place", gone), ("drop_occurrence_of_place", gone)]
    for wanted, table in TABLES.items():
        if keys := settled.drops.get(wanted):
            steps.append((f"drop_{table.name}", drop_rows(keys, wanted)))
            said += [(wanted, key, "") for key in keys]
    for wanted, table in TABLES.items():
        if records := settled.puts.get(wanted):
            rows = put_rows(records.values(), table)
            steps.append((f"put_{table.name}", rows))
            said += zip([wanted] * len(records), records, _texts(rows, records.values()), strict=True)
    return steps, said


def _texts(rows: pa.Table, records: Iterable[Record]) -> list[str]:
    """Each record as text; most tables hold it already."""
    if "data" in rows.column_names:
        return list(rows.column("data").to_pylist())
    return [to_text(record) for record in records]
