"""Places and activities as HSDS 3.0 (Open Referral, Human Services Data Specification) says them.

A place of daily life is a service at a location; an activity that a group posts is a service of that group, at the
place that it names. Fields as in openreferral/specification, ``schema/*.json`` (3.0); identifiers are UUIDs made of
the portal's own ids, so they last. What is not known is left out; ``postal_code``, which the schema of addresses
requires, is empty where no source tells it.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from geodata import hsds_terms, written_facts
from geodata.hsds_parts import accessibility, addresses, contacts, identifier, known, phones, public
from geodata.hsds_schedule import schedules
from geodata.report_files.cells import plain
from geodata.standard_columns import ACCESS_HEADERS, SAMPLE
from portal.clock import TOKYO
from portal.model.place import ContactKind, Fee
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geodata.open_entry import Entry
    from portal.model.group import Group

VERSION: Final = "3.0"
DECIMALS: Final = 6


def service_id(entry: Entry) -> str:
    """Of the service that a record is."""
    return identifier("service", entry.id)


def service(entry: Entry) -> dict[str, Any]:
    """A service with its fields of one value alone, its organisation among them (as lists of services have it)."""
    facts = entry.facts
    description = "\n".join(filter(None, (SAMPLE if entry.sample else "", facts.description)))
    url = next((one.value for one in public(facts.contacts, ContactKind.URL)), "")
    return known(
        {
            "id": service_id(entry),
            "name": facts.name,
            "alternate_name": facts.name_en,
            "description": description,
            "url": url or entry.page,
            "email": written_facts.contact(facts, ContactKind.EMAIL)[0],
            "status": status(entry),
            "application_process": written_facts.booking(facts),
            "fees_description": written_facts.fee(facts),
            "eligibility_description": written_facts.audience(facts),
            "assured_date": entry.verified_on.isoformat() if entry.verified_on else "",
            "alert": say("open_data.cancelled", reason=entry.reason).strip() if entry.cancelled else "",
            "last_modified": last_modified(entry),
            "organization": organization(entry.group) if entry.group else named_organization(entry),
        }
    )


def status(entry: Entry) -> str:
    """A code of the schema: what is called off is no active service."""
    return "inactive" if entry.cancelled else "active"


def last_modified(entry: Entry) -> str:
    """When it was last changed (ISO 8601); the beginning of the day where the hour is not kept."""
    day = datetime.combine(entry.changed_on, time(), TOKYO) if entry.changed_on else None
    latest = max((moment for moment in (entry.modified, day) if moment), default=None)
    return latest.isoformat() if latest else ""


def nested_service(entry: Entry, today: date) -> dict[str, Any]:
    """The whole service with all that belongs to it."""
    own = service_id(entry)
    at = service_at_location(entry)
    return known(
        {
            **service(entry),
            "phones": phones(entry.facts.contacts, "service", own),
            "contacts": contacts(entry.facts.contacts, "service", own),
            "schedules": _schedules(entry, own, today),
            "service_areas": _areas(entry, own),
            "service_at_locations": [{**at, "location": location(entry)}] if at else [],
            "languages": [_language(code, own) for code in sorted(entry.languages)],
            "cost_options": _costs(entry, own),
            "attributes": [attribute(entry)],
        }
    )


def service_at_location(entry: Entry) -> dict[str, Any] | None:
    """The link between a service and where it is; None for a service that is nowhere."""
    if location_id(entry) is None:
        return None
    told = [entry.venue]
    if entry.place:
        told += [*(ACCESS_HEADERS[access] for access in sorted(entry.facts.access)), entry.facts.access_note]
    description = "、".join(filter(None, told))
    return known({"id": sal_id(entry), "description": description})


def sal_id(entry: Entry) -> str:
    """Of the link between a record's service and its one location."""
    return identifier("service_at_location", entry.id)


def location_id(entry: Entry) -> str | None:
    """Of the place, of the pin or of the web page where it is."""
    if entry.online:
        return identifier("location", entry.id, "online")
    if entry.post and entry.place is None:
        return identifier("location", entry.id) if entry.facts.position else None
    return identifier("location", entry.place.id if entry.place else entry.id)


def location(entry: Entry) -> dict[str, Any]:
    """Where a service is, with its address and what makes it usable."""
    own = location_id(entry)
    if entry.online:
        return known({"id": own, "location_type": "virtual", "url": entry.online_url})
    its = entry.place.facts if entry.place else entry.facts
    at = its.position
    return known(
        {
            "id": own,
            "location_type": "physical",
            "name": its.name if entry.place or not entry.post else entry.venue,
            "alternate_name": its.name_en if entry.place or not entry.post else "",
            "latitude": round(at.lat, DECIMALS) if at else None,
            "longitude": round(at.lon, DECIMALS) if at else None,
            "addresses": addresses(entry.town, its.address, its.extra, str(own)),
            "accessibility": accessibility(its, str(own)),
        }
    )


def organization(of: Group) -> dict[str, Any]:
    """A registered group by what everybody may know of it: its public contacts, never who applied for it."""
    website = next((one.value for one in public(of.contacts, ContactKind.URL)), "")
    email = next((one.value for one in public(of.contacts, ContactKind.EMAIL)), "")
    return known({"id": identifier("organization", of.id), "name": of.name, "email": email, "website": website}) | {
        "description": plain("\n".join(filter(None, (SAMPLE if of.sample else "", of.about))))
    }


def nested_organization(of: Group, entries: Iterable[Entry]) -> dict[str, Any]:
    """The group with its ways to get in touch and the locations of its services."""
    own = identifier("organization", of.id)
    entries = list(entries)
    where = {location_id(one): location(one) for one in entries if location_id(one)}
    return organization(of) | known(
        {
            "phones": phones(of.contacts, "organization", own),
            "contacts": contacts(of.contacts, "organization", own),
            "locations": list(where.values()),
        }
    )


def named_organization(entry: Entry) -> dict[str, Any] | None:
    """Who runs a place, where its source names somebody; known by name alone."""
    name = entry.facts.group
    if not name or entry.post:
        return None
    return {"id": named_id(entry), "name": plain(name), "description": plain(name)}


def named_id(entry: Entry) -> str:
    """Of whoever a source names: one a municipality and name."""
    return identifier("organization", entry.town.code, entry.facts.group)


def attribute(entry: Entry) -> dict[str, Any]:
    """That a service is of its kind."""
    own = service_id(entry)
    return {
        "id": identifier("attribute", own, entry.kind.key),
        "link_id": own,
        "taxonomy_term_id": hsds_terms.term_id(entry.kind),
        "link_type": "service_type",
        "link_entity": "service",
        "taxonomy_term": hsds_terms.term(entry.kind, entry.town),
    }


def _schedules(entry: Entry, own: str, today: date) -> list[dict[str, Any]]:
    if entry.cancelled or entry.facts.schedule is None:
        return []
    rows = enumerate(schedules(entry.facts.schedule, today))
    return [known({"id": identifier("schedule", own, at), "service_id": own, **row}) for at, row in rows]


def _areas(entry: Entry, own: str) -> list[dict[str, Any]]:
    if not entry.area:
        return []
    return [{"id": identifier("service_area", own), "service_id": own, "name": plain(entry.area)}]


def _language(code: str, own: str) -> dict[str, Any]:
    return {"id": identifier("language", own, code), "service_id": own, "name": code, "code": code}


def _costs(entry: Entry, own: str) -> list[dict[str, Any]]:
    """Only what is known for sure: that it costs nothing."""
    if entry.facts.fee is not Fee.FREE:
        return []
    return [{"id": identifier("cost_option", own), "service_id": own, "currency": "jpy", "amount": 0}]
