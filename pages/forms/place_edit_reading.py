"""The fields of the form for a place and what they say, both ways; only what somebody typed anew is an edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pages.forms import write_contacts
from pages.forms.reading import Form
from pages.forms.write_faults import at
from portal import clock
from portal.errors import InvalidRecordError
from portal.model.kind import KEY
from portal.model.place import NAME_MAX, TEXT_MAX, Access, Audience, Booking, Fee, Place, PlaceFacts
from portal.model.position import Point
from portal.records import digest, from_text, to_text
from portal.schedules.asking import Asked, Kept, Way, schedule_of
from portal.schedules.wording import describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.errors import PortalError
    from portal.model.schedule import Schedule
    from portal.store import Reader

LINES: Final = ("name", "name_kana", "name_en", "address", "group")
AREAS: Final = ("description", "schedule_note", "audience_note", "access_note", "fee_note", "booking_note")
FIELDS: Final = (
    *LINES,
    *AREAS,
    "kind",
    "audience",
    "access",
    "fee",
    "booking",
    "contacts",
    "schedule",
    "position",
    "goals",
)
"""The fields of a place's facts that the form has."""
FORM_NAMES: Final[Mapping[str, tuple[str, ...]]] = {"position": ("lat", "lon"), "schedule": ("words",)}
"""The names of a field in the form, where they are not its own."""
FIELD_OF: Final = {
    "model.no_name": "name",
    "model.name_too_long": "name",
    "model.text_too_long": "description",
    "place_edit.no_such_kind": "kind",
}
"""Which field a sentence of the record belongs to."""
READ_IN: Final = "ja"
"""Days and hours are read in Japanese."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed anew, by field."""

    values: Mapping[str, Any]
    began: PlaceFacts
    """What the form showed when it was opened."""
    faults: dict[str, PortalError]


def shown(facts: PlaceFacts) -> Form:
    """The fields that show a place."""
    spot = facts.position
    return Form(
        {
            **{name: (getattr(facts, name),) for name in (*LINES, *AREAS, "kind")},
            "fee": (facts.fee,),
            "booking": (facts.booking,),
            "audience": tuple(sorted(facts.audience)),
            "access": tuple(sorted(facts.access)),
            "goals": tuple(sorted(facts.goals)),
            "lat": (f"{spot.lat:.6f}" if spot else "",),
            "lon": (f"{spot.lon:.6f}" if spot else "",),
            "words": (words(facts.schedule),),
            **write_contacts.shown(facts.contacts),
        }
    )


def words(schedule: Schedule | None) -> str:
    """When, as the form shows it."""
    return describe(schedule, READ_IN, clock.today()) if schedule else ""


def version(facts: PlaceFacts) -> str:
    """What tells what a form was based on."""
    return digest(to_text(facts))


def read(store: Reader, sent: Form, place: Place) -> Read:
    """What the form says other than it said when it was opened."""
    began = began_with(store, sent.text("based_on"), place)
    faults: dict[str, PortalError] = {}
    typed = _values(sent, began, faults)
    unsaid: dict[str, PortalError] = {}
    as_shown = _values(shown(began), began, unsaid)
    anew = {name: value for name, value in typed.items() if value != as_shown.get(name)}
    return Read(anew, began, faults)


def began_with(store: Reader, based_on: str, place: Place) -> PlaceFacts:
    """The facts that a form showed: as they are now, or as they were in the version that it names."""
    if based_on == version(place.facts):
        return place.facts
    versions = (from_text(Place, one.data).facts for one in store.history(Place, (place.id,)) if one.data)
    return next((facts for facts in versions if version(facts) == based_on), place.facts)


def laid_over(facts: PlaceFacts, sent: Form, names: Mapping[str, Any]) -> Form:
    """The fields that show ``facts``, with those of ``names`` as they were typed."""
    texts = dict(shown(facts).texts)
    for name in names:
        wanted = FORM_NAMES.get(name, (name,))
        if name == "contacts":
            texts = {key: value for key, value in texts.items() if not key.startswith("contact_")}
            wanted = tuple(key for key in sent.texts if key.startswith("contact_"))
        texts |= {key: sent.all(key) for key in wanted}
    return Form(texts)


def schedule(sent: Form, facts: PlaceFacts) -> Schedule | None:
    """The schedule that the words say; the words that were shown mean what was there."""
    kept = Kept(facts.schedule, words(facts.schedule))
    return schedule_of(Asked(Way.WORDS, words=sent.area("words")), clock.today(), kept)


def _values(sent: Form, began: PlaceFacts, faults: dict[str, PortalError]) -> dict[str, Any]:
    """Every field as the form says it; what is wrong goes into ``faults`` by field and is left out."""
    values: dict[str, Any] = {
        **{name: sent.text(name) for name in LINES},
        **{name: sent.area(name) for name in AREAS},
        "kind": sent.text("kind"),
        "audience": frozenset(one for one in Audience if one in sent.all("audience")),
        "access": frozenset(one for one in Access if one in sent.all("access")),
        "goals": frozenset(filter(KEY.fullmatch, sent.all("goals"))),
        "fee": next((one for one in Fee if one == sent.text("fee")), Fee.UNKNOWN),
        "booking": next((one for one in Booking if one == sent.text("booking")), Booking.UNKNOWN),
        "contacts": write_contacts.read(sent),
    }
    with at("words", faults):
        values["schedule"] = _schedule(sent, began)
    with at("lat", faults):
        values["position"] = _position(sent.text("lat"), sent.text("lon"))
    if not values["name"]:
        faults["name"] = InvalidRecordError("model.no_name")
    for name in (*LINES, *AREAS):
        most = NAME_MAX if name in LINES else TEXT_MAX
        if len(values[name]) > most:
            faults[name] = InvalidRecordError("model.text_too_long", most=most)
    return values


def _schedule(sent: Form, began: PlaceFacts) -> Schedule | None:
    found = schedule(sent, began)
    if found is None and sent.area("words").strip():
        raise InvalidRecordError("place_edit.words_unread")
    return found


def _position(lat: str, lon: str) -> Point | None:
    if not lat and not lon:
        return None
    try:
        return Point(float(lon), float(lat))  # Python reads full-width digits, too
    except ValueError:
        raise InvalidRecordError("place_edit.bad_degrees") from None
