"""What the tables of people in need are counted from: welfare evacuation sites, and the tables that were taken in.

Of people there is nothing here. What is said of the tables of people in need follows from :func:`disclosed` alone and
from their sources, which stand under every table of them already: whatever the numbers are, it is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shapely import Point

from portal.coverage.origins import origins
from portal.disclosure.showing import disclosed
from portal.disclosure.sites import capacity_of, sites
from portal.errors import UnknownThingError
from portal.model.position import Precision
from portal.model.report_table import ReportColumn, ReportTable
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.district import District
    from portal.model.municipality import Layer
    from portal.model.place import Place
    from portal.model.report_table import Wanted
    from portal.model.source import Source
    from portal.store import Reader

    Sites = Sequence[tuple[District | None, Place]]

SITES: Final = ("district", "name", "capacity", "capacity_known")
IMPORTED: Final = ("layer", "day", "source", "licence", "credit", "districts")
UNITS: Final = {"capacity": "people", "districts": "districts"}
OUTSIDE: Final = "outside"
"""What the choice of a district calls what lies in none."""
DISTRICTS: Final = 2
"""The tier of school districts and branches of the council (第2層)."""


def welfare_sites_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Each welfare evacuation site with its capacity; choices: layer, in_district (a district's id or ``outside``).

    Raises UnknownThingError for a layer or district that the municipality does not have.
    """
    layer = layer_of(store, wanted)
    every = sites(store, wanted.municipality, layer.key, wanted.today, samples=wanted.samples)
    asked = wanted.params.get("in_district", "")
    if asked and asked not in {_key(it) for it, _ in every}:
        raise UnknownThingError("site_records.no_district")
    found = [
        (it, place)
        for it, places in every
        if asked in ("", _key(it))
        for place in sorted(places, key=lambda place: (place.facts.name, place.id))
    ]
    places = [place for _, place in found]
    return ReportTable(
        "welfare_sites",
        say("site_records.title_welfare_sites", wanted.language),
        wanted.municipality,
        wanted.today,
        _columns(wanted, SITES),
        tuple(_site(it, place, wanted) for it, place in found),
        _counted(layer, next((it for it, _ in every if asked == _key(it)), None), wanted),
        origins(store, places),
        tuple(_spot(place) for place in places),
        things=tuple(place.id for place in places),
    )


def _key(district: District | None) -> str:
    return district.id if district else OUTSIDE


def _site(district: District | None, place: Place, wanted: Wanted) -> tuple[str | int | None, ...]:
    capacity = capacity_of(place)
    known = "not_known" if capacity is None else "known"
    return (_called(district, wanted), place.facts.name, capacity, say(f"site_records.{known}", wanted.language))


def _called(district: District | None, wanted: Wanted) -> str:
    return district.name if district else say("disclosure.outside", wanted.language)


def _spot(place: Place) -> Point | None:
    """Where it is; what is known only by its district is nowhere in particular."""
    at = place.facts.position
    return Point(at.lon, at.lat) if at and place.facts.precision is not Precision.DISTRICT else None


def _counted(layer: Layer, district: District | None, wanted: Wanted) -> str:
    asked = wanted.params.get("in_district", "")
    where = _called(district, wanted) if asked else say("site_records.everywhere", wanted.language)
    values = {"layer": layer_name(layer, wanted), "district": where}
    samples = say("disclosure.with_samples" if wanted.samples else "site_records.no_samples", wanted.language)
    return f"{say('site_records.counted_sites', wanted.language, **values)} {samples}"


def needs_imported_table(store: Reader, wanted: Wanted) -> ReportTable:
    """The tables that the numbers of people in need are from: never a number of people; choice: layer.

    One row for each layer and day, not for each import: how many districts a second import of the same day brings
    would say how many of the numbers, hidden ones among them, it changed. Raises UnknownThingError for a layer that
    the municipality does not have.
    """
    shown = disclosed(store, wanted.municipality, wanted.today)
    asked = wanted.params.get("layer", "")
    layers = {it.key: layer_name(it, wanted) for it in store.layers(wanted.municipality)}
    if asked and asked not in {*layers, *dict(shown.days)}:
        raise UnknownThingError("disclosure.no_layer")
    from_where = _sources(store, wanted.municipality)
    rows = []
    for layer, day in shown.days:
        if asked in ("", layer):
            said = from_where.get((layer, day.isoformat()), ())
            districts = {cell.district for cell, _ in shown.cells if cell.layer == layer} - {""}
            rows.append((layers.get(layer, layer), day.isoformat(), *_told(said), len(districts)))
    narrowed = say("site_records.counted_layer", wanted.language, layer=layers.get(asked, asked)) if asked else ""
    return ReportTable(
        "needs_imported",
        say("site_records.title_needs_imported", wanted.language),
        wanted.municipality,
        wanted.today,
        _columns(wanted, IMPORTED),
        tuple(rows),
        f"{say('site_records.counted_needs', wanted.language)} {narrowed}".strip(),
        shown.sources,
    )


def _sources(store: Reader, municipality: str) -> dict[tuple[str, str], list[Source]]:
    """By layer and day the sources of a table, by name; nothing else is taken of the numbers."""
    found: dict[tuple[str, str], set[Source]] = {}
    for item in store.need_counts(municipality):
        if item.source:
            found.setdefault((item.layer, item.as_of.isoformat()), set()).add(item.source)
    return {key: sorted(its, key=lambda one: (one.name, one.licence, one.credit)) for key, its in found.items()}


def _told(its: Sequence[Source]) -> tuple[str | None, str | None, str | None]:
    """Names, licences and credits, each once; None where the file says nothing."""
    texts = ([getattr(one, part) for one in its] for part in ("name", "licence", "credit"))
    name, licence, credit = ("、".join(dict.fromkeys(filter(None, each))) or None for each in texts)
    return name, licence, credit


def layer_of(store: Reader, wanted: Wanted) -> Layer:
    """The layer that is asked for, else the one of the table, else the first of school districts."""
    layers = store.layers(wanted.municipality)
    asked = wanted.params.get("layer", "")
    fitting = [it for it in layers if it.key == asked] if asked else [it for it in layers if it.tier == DISTRICTS]
    if not fitting and (asked or not layers):
        raise UnknownThingError("disclosure.no_layer")
    return (fitting or layers)[0]


def layer_name(layer: Layer, wanted: Wanted) -> str:
    """A layer's name in the language that is wanted."""
    return layer.name if wanted.language == "ja" else layer.name_en


def _columns(wanted: Wanted, keys: Sequence[str]) -> tuple[ReportColumn, ...]:
    return tuple(
        ReportColumn(
            key,
            say(f"site_records.label_{key}", wanted.language),
            say(f"site_records.means_{key}", wanted.language),
            say(f"site_records.unit_{UNITS[key]}", wanted.language) if key in UNITS else "",
        )
        for key in keys
    )
