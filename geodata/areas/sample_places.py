"""Sample content (見本): invented places that show what the portal can do, one file a municipality.

Each is marked as a sample by its origin and by its name, so that nobody takes it for a real place.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from geodata.areas.builtin import known
from geodata.areas.tables import toml
from portal.model.place import Access, Audience, Booking, Contact, ContactKind, Fee, Origin, Place, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.schedule import Rule, Schedule
from portal.model.shelter import Hazard, ShelterFacts
from portal.schedules.reading import read_schedule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DATASET: Final = "sample"
AS_WRITTEN: Final = ("kind", "name", "name_en")
AS_WRITTEN_IF_ANY: Final = (
    "description",
    "address",
    "audience_note",
    "access_note",
    "fee_note",
    "booking_note",
    "group",
)


def samples(code: str, today: date) -> list[Place]:
    """The sample places of a built-in municipality, as they stand on ``today``.

    Days are kept relative to today: when a place was last verified, and on which day an event is held.
    Raises UnknownThingError for a municipality that is not built in.
    """
    table = toml(f"samples/{known(code)}")
    return [_place(code, row | {"verified_by": table["verified_by"]}, today) for row in table["place"]]


def _place(code: str, row: Mapping[str, Any], today: date) -> Place:
    facts = _facts(row, today)
    verified = today - timedelta(days=row["ago"]) if "ago" in row else None
    return Place(
        id=f"{DATASET}-{code}-{row['id']}",
        municipality=code,
        source_facts=facts,
        facts=facts,
        origin=Origin(dataset=DATASET, record=f"{code}-{row['id']}"),
        verified_on=verified,
        verified_by=row["verified_by"] if verified else "",
    )


def _facts(row: Mapping[str, Any], today: date) -> PlaceFacts:
    texts = {name: row[name] for name in AS_WRITTEN} | {name: row.get(name, "") for name in AS_WRITTEN_IF_ANY}
    return PlaceFacts(
        **texts,
        position=Point(lon=row["lon"], lat=row["lat"]) if "lon" in row else None,
        precision=Precision(row.get("precision", "none")),
        audience=frozenset(map(Audience, row.get("audience", ()))),
        access=frozenset(map(Access, row.get("access", ()))),
        fee=Fee(row.get("fee", "unknown")),
        booking=Booking(row.get("booking", "unknown")),
        contacts=tuple(_contact(contact) for contact in row.get("contacts", ())),
        schedule=_schedule(row, today),
        schedule_note=row.get("when", ""),
        shelter=_shelter(row),
    )


def _contact(row: Mapping[str, Any]) -> Contact:
    return Contact(kind=ContactKind(row["kind"]), value=row["value"], public=row["public"], note=row.get("note", ""))


def _schedule(row: Mapping[str, Any], today: date) -> Schedule | None:
    """The repetition that ``when`` says in Japanese, or the one day that an event is held on."""
    if "when" in row:
        return read_schedule(row["when"], today).schedule
    if "in_days" not in row:
        return None
    start = datetime.combine(today + timedelta(days=row["in_days"]), row["starts"])
    return Schedule(rules=(Rule(start=start, minutes=row["minutes"]),))


def _shelter(row: Mapping[str, Any]) -> ShelterFacts | None:
    """What is known of a sample evacuation site; whether it is open is never said."""
    if "accepts" not in row and "hazards" not in row:
        return None
    return ShelterFacts(
        hazards=frozenset(map(Hazard, row.get("hazards", ()))),
        accepts=row.get("accepts", ""),
        capacity=row.get("capacity"),
    )
