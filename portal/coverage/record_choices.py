"""Which records are asked for: the choices of the tables that list what figures are counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from portal.coverage.listed import Where
from portal.coverage.records import OUTSIDE
from portal.errors import UnknownThingError
from portal.model.report_table import Behind
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.coverage.ground import Ground
    from portal.coverage.naming import Names
    from portal.model.district import District
    from portal.model.report_table import Wanted
    from portal.model.standard import Standard
    from portal.store import Reader

STANDARDS: Final = ("layer", "standard")
SHOWN_MAX: Final = 80
"""Characters of a choice that a sentence repeats."""


class Chosen(NamedTuple):
    """What is asked for, read from an address."""

    standards: list[Standard]
    where: Where


def behind(standard: Standard, district: District | None) -> Behind:
    """The records of one standard in one district; None is outside."""
    where = district.id if district else OUTSIDE
    choices = {"layer": standard.layer, "standard": standard.key, "in_district": where}
    return Behind("standard_records", choices)


def behind_all(wanted: Wanted, **choices: str) -> Behind:
    """The records of all standards that a table is narrowed to, and by ``choices``."""
    given = {name: wanted.params[name] for name in STANDARDS if wanted.params.get(name)}
    return Behind("standard_records", {**given, **choices})


def chosen(ground: Ground, wanted: Wanted) -> Chosen:
    """The standards of ``layer`` or with the key ``standard``, and ``in_district``: a district's id or ``outside``.

    Where neither layer nor standard is given, a district asks for the standards of its layer. Raises
    UnknownThingError for what there is not, with the sentence that says so.
    """
    where = _where(ground, wanted.params.get("in_district", ""))
    layer, key = (wanted.params.get(name, "") for name in STANDARDS)
    every = [item for item in ground.store.standards(ground.municipality) if not item.off]
    known = {item.key for item in ground.store.layers(ground.municipality)} | {item.layer for item in every}
    if layer and layer not in known:
        raise UnknownThingError("coverage.no_such_layer", layer=layer[:SHOWN_MAX])
    if where.district and not (layer or key):
        layer = where.district.layer
    its = [item for item in every if layer in ("", item.layer) and key in ("", item.key)]
    if key and not its:
        raise UnknownThingError("coverage.no_such_standard", key=key[:SHOWN_MAX])
    return Chosen(its, where)


def _where(ground: Ground, text: str) -> Where:
    if text in ("", OUTSIDE):
        return Where(None, outside=bool(text))
    found = ground.store.district(text)
    if found is None or found.municipality != ground.municipality or not found.exists_on(ground.today):
        raise UnknownThingError("coverage.no_such_district")
    return Where(found)


def where_called(where: Where, its: Names) -> str:
    """The district that is asked for; nothing where all are."""
    if where.district:
        return where.district.name
    return its.outside if where.outside else ""


def narrowed(wanted: Wanted, choices: Iterable[tuple[str, str]]) -> str:
    """To what a table is narrowed, as pairs of a choice and its value; empty values narrow nothing."""
    pairs = [f"{name}{say('coverage_records.colon', wanted.language)}{value}" for name, value in choices if value]
    if not pairs:
        return say("coverage_records.not_narrowed", wanted.language)
    joined = say("coverage_records.comma", wanted.language).join(pairs)
    return say("coverage_records.narrowed", wanted.language, choices=joined)


def known_layer(store: Reader, municipality: str, key: str, its: Names) -> str:
    """A layer's name; raises UnknownThingError where there is no such layer."""
    found = next((item for item in store.layers(municipality) if item.key == key), None)
    if found is None:
        raise UnknownThingError("coverage.no_such_layer", layer=key[:SHOWN_MAX])
    return its.layer(found)
