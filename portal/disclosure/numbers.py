"""The numbers of one moment, with their totals and the pieces of land that tie the layers together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.disclosure.rules import LEAST_FACILITIES, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from portal.model.need import NeedCount

Atom = tuple[tuple[str, str], ...]
"""A piece of land by the districts that it lies in: at most one (layer, district) of every layer."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that could be shown of one moment."""

    counts: Mapping[Cell, int]
    """The districts' numbers and, without a district, the totals of their layers."""
    few: frozenset[Cell]
    """Those that come from fewer than three facilities."""
    atoms: tuple[Atom, ...]


def numbers(counts: Iterable[NeedCount], atoms: tuple[Atom, ...]) -> Numbers:
    """The counts with the total of every layer and category.

    A total is of the districts that have a number in the table; where one has none in a category, there is no total.
    A district that no piece of land is known of is one by itself.
    """
    single = {Cell.of(item): item for item in counts}
    lines: dict[tuple[str, str], list[NeedCount]] = defaultdict(list)
    districts: dict[str, set[str]] = defaultdict(set)
    for cell, item in single.items():
        lines[cell.layer, cell.category].append(item)
        districts[cell.layer].add(cell.district)
    whole = {line: items for line, items in lines.items() if len(items) == len(districts[line[0]])}
    known = {cell: item.count for cell, item in single.items()}
    known |= {Cell(layer, "", category): sum(it.count for it in items) for (layer, category), items in whole.items()}
    few = {cell for cell, item in single.items() if _few([item])}
    few |= {Cell(layer, "", category) for (layer, category), items in whole.items() if _few(items)}
    land = {pair for atom in atoms for pair in atom}
    alone = sorted({(cell.layer, cell.district) for cell in single} - land)
    return Numbers(known, frozenset(few), (*atoms, *((pair,) for pair in alone)))


def _few(items: Iterable[NeedCount]) -> bool:
    """Whether people of fewer than three facilities are counted; False where they were not counted by facility."""
    facilities = [item.facilities for item in items if item.facilities is not None]
    return bool(facilities) and sum(facilities) < LEAST_FACILITIES


def moments(counts: Iterable[NeedCount]) -> list[list[NeedCount]]:
    """The counts as they were known together on the days of the tables, the newest first.

    A table holds until a newer one of its layer; a moment that is part of a later one is left out.
    """
    tables: dict[tuple[str, date], list[NeedCount]] = defaultdict(list)
    for item in counts:
        tables[item.layer, item.as_of].append(item)
    found: list[set[tuple[str, date]]] = []
    for day in sorted({day for _, day in tables}, reverse=True):
        newest: dict[str, date] = {}
        for layer, counted in tables:
            if counted <= day:
                newest[layer] = max(newest.get(layer, counted), counted)
        moment = set(newest.items())
        if not any(moment <= later for later in found):
            found.append(moment)
    return [[item for key in sorted(moment) for item in tables[key]] for moment in found]
