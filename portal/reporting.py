"""The portal in figures: what each municipality has, by kind and by district (``manage.py report --json``)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from portal.by_district import in_force
from portal.duplicates import likely
from portal.model.kind import SHELTER, WELFARE_SHELTER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.membership import Membership
    from portal.model.municipality import Layer, Municipality
    from portal.model.place import Place
    from portal.store import Reader


def report(store: Reader, today: date) -> dict[str, Any]:
    """Figures of every municipality, as JSON would have them.

    Sample content is no figure of the municipality and is counted apart, under ``samples``; what is gone from its
    source is not counted. ``shelter`` counts every 指定避難所, the welfare ones too; ``welfare_shelter`` those alone.
    """
    return {"municipalities": {item.code: _municipality(store, item, today) for item in store.municipalities()}}


def _municipality(store: Reader, of: Municipality, today: date) -> dict[str, Any]:
    places = [place for place in store.places_of(of.code) if place.gone_on is None]
    real = [place for place in places if not place.sample]
    inside = store.memberships_of(of.code)
    return {
        "name": of.name,
        "places": _by_kind(store, of.code, real),
        "samples": _by_kind(store, of.code, [place for place in places if place.sample]),
        "layers": {layer.key: _layer(store, layer, real, inside, today) for layer in store.layers(of.code)},
        "duplicates": len(likely(real)),
        "sources": _sources(store, of.code),
    }


def _by_kind(store: Reader, code: str, places: Sequence[Place]) -> dict[str, int]:
    found = Counter(place.facts.kind for place in places)
    found[SHELTER] += found[WELFARE_SHELTER]
    return {kind.key: found[kind.key] for kind in store.kinds(code) if not kind.post}


def _layer(
    store: Reader, layer: Layer, places: Sequence[Place], inside: Sequence[Membership], today: date
) -> dict[str, Any]:
    districts = in_force(store, layer.municipality, layer.key, today)
    names = {item.id: item.name for item in districts}
    ids = {place.id for place in places}
    found = Counter(names.get(item.district or "") for item in inside if item.layer == layer.key and item.place in ids)
    return {
        "name": layer.name,
        "tier": layer.tier,
        "districts": len(districts),
        "official": bool(districts) and not any(item.approximate for item in districts),
        "outside": len(places) - sum(found[name] for name in names.values()),
        "by_district": {item.name: found[item.name] for item in districts},
    }


def _sources(store: Reader, code: str) -> list[dict[str, str | None]]:
    """What the municipality's records and districts are from, each once, the newest import first."""
    imported = [item.source for item in store.batches() if code in item.municipalities and item.undone_at is None]
    drawn = [item.source for layer in store.layers(code) for item in store.districts(code, layer.key)]
    return [
        {"name": item.name, "licence": item.licence, "as_of": item.as_of.isoformat() if item.as_of else None}
        for item in dict.fromkeys([*imported, *drawn])
    ]
