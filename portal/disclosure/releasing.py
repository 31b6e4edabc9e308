"""Making a release (公表): what is shown of a municipality's numbers from now on, which no later release undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.disclosure.atoms import atoms
from portal.disclosure.choosing import choose
from portal.disclosure.inhabitants import inhabitants
from portal.disclosure.numbers import moments, numbers
from portal.disclosure.rules import rule_for
from portal.model.need import NeedRelease
from portal.store import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from portal.disclosure.numbers import Numbers
    from portal.model.district import District
    from portal.model.need import NeedCount
    from portal.store import Reader


def kept(store: Reader, municipality: str) -> dict[tuple[str, ...], NeedCount]:
    """The numbers as they are, by their key: to be compared with those of a table that is imported."""
    return {key_of(item): item for item in store.need_counts(municipality)}


def release(store: Reader, municipality: str, coming: Sequence[NeedCount], now: datetime) -> NeedRelease | None:
    """The release that goes with ``coming`` numbers; None where the last one says the same of the same day."""
    everything = kept(store, municipality) | {key_of(item): item for item in coming}
    if not everything:
        return None
    releases = store.need_releases(municipality)
    found = [_numbers(store, municipality, moment) for moment in moments(everything.values())]
    rule = rule_for(inhabitants(store, municipality, now.date()))
    chosen = choose(found, [item.shown for item in releases], rule)
    shown = {cell.key: str(figure) for cell, figure in chosen.items()}
    as_of = max(item.as_of for item in everything.values())
    if releases and (releases[-1].shown, releases[-1].as_of) == (shown, as_of):
        return None
    number = max((item.number for item in releases), default=0) + 1
    return NeedRelease(municipality, number, now, as_of, shown)


def _numbers(store: Reader, municipality: str, counts: Sequence[NeedCount]) -> Numbers:
    layers: Mapping[str, set[str]] = {item.layer: set() for item in counts}
    for item in counts:
        layers[item.layer].add(item.district)
    day = max(item.as_of for item in counts)
    land = {
        layer: _outlines([it for it in store.districts(municipality, layer) if it.exists_on(day)], names)
        for layer, names in sorted(layers.items())
    }
    return numbers(counts, atoms(land))


def _outlines(districts: Sequence[District], names: set[str]) -> list[District]:
    """The districts of that day; those whose names have a number first, so that two of a name are one."""
    first = {item.name: item for item in sorted(districts, key=lambda it: (it.name not in names, it.name, it.id))}
    return list(first.values())
