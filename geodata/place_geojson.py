"""Places as GeoJSON (RFC 7946): one feature a record, longitude first, six decimals (about a decimetre).

The members ``licence``, ``credit`` and ``sources`` beside the features are foreign members (RFC 7946, 6.1). Names of
properties are those that this portal's reader of places knows, so that a file is taken in again; the codes behind the
words (``audience_codes`` …), ``page``, ``districts`` and the like come back as further columns.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geodata import written_facts
from geodata.report_files.cells import plain
from portal.model.place import ContactKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from geodata.open_entry import Entry
    from portal.model.place import PlaceFacts
    from portal.model.position import Point
    from portal.model.shelter import ShelterFacts
    from portal.model.source import Source

DECIMALS = 6


def write(
    entries: Iterable[Entry], today: date, about: Mapping[str, str], districts: Mapping[str, Mapping[str, str]]
) -> bytes:
    """The collection in UTF-8. Positions are JGD2011, which is WGS 84 to within centimetres.

    ``about`` are members of the collection in words (title, licence, credit); ``districts`` tell by record and layer
    the name of the district that it lies in. A record without a position has the geometry null (RFC 7946, 3.2).
    """
    entries = list(entries)
    whole = {
        "type": "FeatureCollection",
        **about,
        "sources": [_source(one) for one in sources(entries)],
        "features": [_feature(one, today, districts.get(one.id, {})) for one in entries],
    }
    return json.dumps(_clean(whole), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def sources(entries: Iterable[Entry]) -> list[Source]:
    """The sources of the records, each once, in the order of the records."""
    return list(dict.fromkeys(one.source for one in entries if one.source))


def _source(of: Source) -> dict[str, str]:
    told = {"name": of.name, "licence": of.licence, "credit": of.credit, "url": of.url}
    return {**told, "as_of": of.as_of.isoformat() if of.as_of else ""}


def _feature(entry: Entry, today: date, districts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": _geometry(entry.facts.position),
        "properties": _known({"id": entry.id, **dict(_properties(entry, today)), "districts": dict(districts)}),
    }


def _geometry(at: Point | None) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": [round(at.lon, DECIMALS), round(at.lat, DECIMALS)]} if at else None


def _properties(entry: Entry, today: date) -> Iterator[tuple[str, Any]]:
    facts, kind = entry.facts, entry.kind
    when = written_facts.schedule(facts, today)
    yield from {
        "record": "post" if entry.post else "place",
        "kind": kind.key,
        "kind_ja": kind.ja,
        "kind_en": kind.en,
        "name": facts.name,
        "name_kana": facts.name_kana,
        "name_en": facts.name_en,
        "description": facts.description,
        "address": facts.address,
        "municipality_code": entry.town.code,
        "precision": facts.precision.value if facts.position else "",
        "group": facts.group,
        "schedule": when.text,
        "schedule_note": when.remark,
        "audience": written_facts.audience(facts),
        "audience_codes": sorted(facts.audience),
        "fee": written_facts.fee(facts),
        "fee_code": facts.fee.value,
        "booking": written_facts.booking(facts),
        "booking_code": facts.booking.value,
        "accessibility": facts.access_note,
        "access_codes": sorted(facts.access),
        **{access.value: 1 for access in sorted(facts.access)},
        "goals": sorted(facts.goals),
    }.items()
    yield from _contacts(facts)
    yield from _marks(entry)
    yield from _shelter(facts.shelter)
    yield "extra", dict(facts.extra)


def _contacts(facts: PlaceFacts) -> Iterator[tuple[str, Any]]:
    names = {
        "contact": ContactKind.PERSON,
        "phone": ContactKind.PHONE,
        "fax": ContactKind.FAX,
        "email": ContactKind.EMAIL,
    }
    for name, kind in names.items():
        yield name, written_facts.contact(facts, kind)[0]
    yield "form", written_facts.links(facts, ContactKind.FORM)
    yield "url", written_facts.links(facts, ContactKind.URL)
    yield "further_contacts", written_facts.further_contacts(facts)
    yield "contacts_public", 1 if any(one.public for one in facts.contacts) else ""


def _marks(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Whether it is sample content or called off, who made sure of it when, and where it is from."""
    source = entry.source
    yield "page", entry.page
    yield "verified_on", entry.verified_on.isoformat() if entry.verified_on else ""
    yield "sample", entry.sample
    yield "cancelled", entry.cancelled
    yield "cancelled_because", entry.reason
    yield "credit", (source.credit or source.name) if source else ""
    yield "licence", source.licence if source else ""


def _shelter(of: ShelterFacts | None) -> Iterator[tuple[str, Any]]:
    """What is known of it as a shelter; whom it accepts is verbatim."""
    if of is None:
        return
    yield "hazards", sorted(of.hazards)
    yield "accepts", of.accepts
    yield "capacity", of.capacity
    yield "opening", of.opening.value
    yield "opened_since", of.opened_since.isoformat() if of.opened_since else ""
    yield "same_site", of.same_site
    yield "neighbourhoods", list(of.neighbourhoods)


def _known(of: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known and what is not so; numbers stay, 0 too."""
    return {name: value for name, value in of.items() if value not in ("", None, [], {}) and value is not False}


def _clean(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    """Without signs that no file can hold."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(name): _clean(item) for name, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def used(entries: Sequence[Entry]) -> tuple[str, str]:
    """The licences and the credits of the records' sources, each once, as one text each."""
    found = sources(entries)
    licences = dict.fromkeys(one.licence for one in found if one.licence)
    credits_ = dict.fromkeys(one.credit or one.name for one in found)
    return "／".join(licences), "／".join(credits_)
