"""Everything public as HSDS lists it: services, organisations and kinds of all municipalities, made once a change.

Services are places of daily life and activities with dates (催し, 定例の活動, 講座, 相談会) that *Find* finds.
Shelters are none: they are no service before they are opened, and their own lists and GeoJSON have them. Help between
residents, news and reports are none, either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata import hsds, hsds_terms
from geodata.hsds_parts import identifier
from pages.feeds import entries
from portal.clock import TOKYO
from portal.model.position import distance_m
from portal.model.post import DATED
from portal.normalise import fold
from portal.public import shown
from portal.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from geodata.open_entry import Entry
    from pages.feeds.hsds_asked import Asked
    from pages.plain.here import Here
    from portal.model.group import Group
    from portal.model.kind import Kind
    from portal.model.municipality import Municipality

ALL = 2**31


@dataclass(frozen=True, slots=True)
class Service:
    """One service with what it is found by."""

    id: str
    entry: Entry
    organization: str
    """Its organisation's UUID; empty where nobody is named."""
    folded: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A registered group, or whoever the source of a place names."""

    id: str
    municipality: str
    folded: str
    group: Group | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """All of it; each mapping by UUID, in an order that lasts."""

    services: Mapping[str, Service]
    links: Mapping[str, Service]
    """Of each service at a location."""
    organizations: Mapping[str, Organization]
    terms: Mapping[str, tuple[Kind, Municipality]]


def directory(here: Here) -> Directory:
    """Everything that is public now."""
    services: dict[str, Service] = {}
    organizations: dict[str, Organization] = {}
    terms: dict[str, tuple[Kind, Municipality]] = {}
    for town in here.store.municipalities():
        its = [_service(entry) for entry in _entries(here, town.code)]
        services |= {one.id: one for one in its}
        organizations |= {one.id: one for one in _organizations(shown.groups(here.store, town.code), its, town.code)}
        for kind in here.store.kinds(town.code):
            if not kind.evacuation and (not kind.post or kind.key in DATED):
                terms.setdefault(hsds_terms.term_id(kind), (kind, town))
    links = {hsds.sal_id(one.entry): one for one in services.values() if hsds.location_id(one.entry)}
    return Directory(services, links, organizations, terms)


def _entries(here: Here, code: str) -> list[Entry]:
    known = entries.of_town(here, code)
    found = sorted(item.place for item in here.store.find(Query(code), here.now, ALL))
    return [known[record] for record in found if record in known and _is_service(known[record])]


def _is_service(entry: Entry) -> bool:
    return entry.kind.key in DATED if entry.post else not entry.kind.evacuation


def _service(entry: Entry) -> Service:
    facts = entry.facts
    texts = (facts.name, facts.name_kana, facts.name_en, facts.description, facts.address, facts.group, entry.kind.ja)
    found = identifier("organization", entry.group.id) if entry.group else ""
    if not found and hsds.named_organization(entry):
        found = hsds.named_id(entry)
    return Service(hsds.service_id(entry), entry, found, "\n".join(map(fold, (*texts, entry.kind.en, entry.venue))))


def _organizations(groups: Iterable[Group], services: Iterable[Service], code: str) -> list[Organization]:
    by_id: dict[str, list[Entry]] = {}
    for one in services:
        if one.organization:
            by_id.setdefault(one.organization, []).append(one.entry)
    found = []
    for group in groups:
        own = identifier("organization", group.id)
        folded = fold(f"{group.name}\n{group.name_kana}\n{group.about}")
        found.append(Organization(own, code, folded, group, tuple(by_id.pop(own, ()))))
    named = [Organization(own, code, fold(its[0].facts.group), None, tuple(its)) for own, its in by_id.items()]
    return found + named


def services(of: Directory, asked: Asked, *, links: bool = False) -> list[tuple[str, Service]]:
    """The services, or those at a location, that are asked for; the nearest first where a distance is asked."""
    found = [(key, one) for key, one in (of.links if links else of.services).items() if _matches(one, asked)]
    if asked.near is None or asked.metres is None:
        return found
    near = [(_distance(one, asked), key, one) for key, one in found]
    within = sorted(item[:2] for item in near if item[0] <= asked.metres)
    by_key = dict(found)
    return [(key, by_key[key]) for _, key in within]


def organizations(of: Directory, asked: Asked) -> list[Organization]:
    """The organisations that are asked for."""
    return [
        one
        for one in of.organizations.values()
        if asked.municipality in ("", one.municipality)
        and all(word in one.folded for word in asked.words)
        and (not asked.term or any(_has_term(entry, asked.term) for entry in one.entries))
        and (not asked.taxonomy or (asked.taxonomy == hsds_terms.taxonomy_id() and one.entries))
    ]


def _matches(one: Service, asked: Asked) -> bool:
    entry = one.entry
    return (
        asked.municipality in ("", entry.town.code)
        and asked.organization in ("", one.organization)
        and asked.taxonomy in ("", hsds_terms.taxonomy_id())
        and (not asked.term or _has_term(entry, asked.term))
        and all(word in one.folded for word in asked.words)
        and (asked.modified_after is None or changed_since(entry, asked.modified_after))
    )


def _has_term(entry: Entry, term: str) -> bool:
    return term in (hsds_terms.term_id(entry.kind), entry.kind.key)


def changed_since(entry: Entry, moment: datetime) -> bool:
    """Whether a record was changed at ``moment`` or after it; of an edit only the day is kept, and its day counts.

    So a record may be told twice, and none is missed.
    """
    day = moment.astimezone(TOKYO).date()
    return bool(
        (entry.modified and entry.modified >= moment)
        or (entry.changed_on and entry.changed_on >= day)
        or (entry.modified is None and entry.changed_on is None)
    )


def _distance(one: Service, asked: Asked) -> float:
    at = one.entry.facts.position
    return distance_m(at, asked.near) if at and asked.near else float("inf")
