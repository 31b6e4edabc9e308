"""A municipality's standards written as a table that reads back to the same."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from geodata.standard_cells import COLUMNS, HARMFUL, RULES
from portal.model.standard import EVERYBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portal.model.goal import Goal
    from portal.model.kind import Kind
    from portal.model.municipality import Layer
    from portal.model.standard import Standard


def write(
    standards: Iterable[Standard], kinds: Sequence[Kind], layers: Sequence[Layer], goals: Sequence[Goal] = ()
) -> bytes:
    """The standards in their order as CSV (UTF-8 with a byte order mark, as spreadsheets expect it).

    What two kinds, layers or goals are called alike is written by its key. A cell that a spreadsheet would take for a
    formula begins with an apostrophe.
    """
    names = {
        "kind": _single({one.key: one.ja for one in kinds}),
        "layer": _single({one.key: one.name for one in layers}),
        "goal": _single({one.key: one.name for one in goals}),
    }
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow([called[0] for called in COLUMNS.values()])
    for one in sorted(standards, key=lambda item: (item.order, item.key)):
        cells = _cells(one, names)
        table.writerow([harmless(cells.get(column, "")) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith((*HARMFUL, "'")) else text


def _single(names: Mapping[str, str]) -> dict[str, str]:
    """The name of each key, or the key itself where others are called so too."""
    every = list(names.values())
    return {key: name if every.count(name) == 1 else key for key, name in names.items()}


def _cells(one: Standard, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    source = one.source
    return {
        "key": one.key,
        "kind": names["kind"].get(one.kind, one.kind),
        "goal": names["goal"].get(one.goal, one.goal),
        "layer": names["layer"].get(one.layer, one.layer),
        "rule": RULES[one.rule][0],
        "at_least": f"{one.at_least:.6f}".rstrip("0").rstrip("."),
        "metres": "" if one.metres is None else str(one.metres),
        "ages": "" if one.ages == EVERYBODY else str(one.ages),
        "verified_days": "" if one.verified_days is None else str(one.verified_days),
        "name": one.name,
        "name_en": one.name_en,
        "off": "1" if one.off else "",
    } | (
        {
            "source": source.name,
            "licence": source.licence,
            "as_of": source.as_of.isoformat() if source.as_of else "",
            "credit": source.credit,
            "url": source.url,
        }
        if source
        else {}
    )
