"""The editor's fields and what a post says, both ways; what is wrong is gathered field by field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from pages.forms import write_contacts, write_photos, write_schedule, write_where
from pages.forms.reading import Form
from pages.forms.write_faults import at
from portal import clock
from portal.errors import InvalidRecordError
from portal.model.place import Access, Audience, Booking, Fee
from portal.model.post import HELP, NOTE_MAX, POST_TEXT_MAX, PostFacts, PostKind
from portal.posts.writing import PUBLISH_WITHIN
from portal.schedules.asking import read_day, read_time

if TYPE_CHECKING:
    from pages.forms.write_desk import Desk
    from portal.errors import PortalError
    from portal.permissions import Actor

NOTES: Final = ("audience_note", "fee_note", "booking_note", "access_note")
LISTS: Final = ("audience", "access", "goals", "languages")
FIELD_OF: Final = {
    "post.no_title": "title",
    "post.title_too_long": "title",
    "model.text_too_long": "text",
    "post.too_many_photos": "photo_file",
    "post.too_many_goals": "goals",
    "post.bad_seats": "seats",
    "post.bad_language": "languages",
    "post.help_is_relayed": "contacts",
    "post.bad_url": "contacts",
    "group.too_many": "contacts",
    "posting.no_such_place": "where",
    "posting.no_such_district": "district",
    "posting.no_such_activity": "activity",
    "posting.no_such_goal": "goals",
    "posting.bad_publish_at": "publish_day",
}
"""Which field a sentence of the records and services belongs to."""
MORNING: Final = time(9)
"""A post whose hour of publishing is not said appears in the morning."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed in; without facts where something is wrong."""

    facts: PostFacts | None
    publish_at: datetime | None
    faults: dict[str, PortalError]


def shown(desk: Desk, actor: Actor) -> Form:
    """The fields of a post as it is kept, or of a new one: at the group's place, with the group's contacts."""
    facts, post = desk.facts, desk.post
    at = post.publish_at.astimezone(clock.TOKYO) if post and post.publish_at else None
    texts = {
        **write_schedule.shown(desk.kept, clock.today()),
        **write_where.shown(desk, facts.where if facts else write_where.first(desk)),
        **write_contacts.shown(facts.contacts if facts else desk.group.contacts),
        **write_photos.shown(facts.photos if facts else (), actor.id),
        "publish_day": (at.date().isoformat() if at else "",),
        "publish_time": (at.strftime("%H:%M") if at else "",),
        "based_on": (str(post.number if post else 0),),
    }
    if facts is None:
        return Form(texts | {"way": ("once",), "languages": ("ja",)} | ({} if desk.places else {"where": ("",)}))
    return Form(texts | _plain(facts))


def _plain(facts: PostFacts) -> dict[str, tuple[str, ...]]:
    named = {item.name: getattr(facts, item.name) for item in fields(facts)}
    plain = {name: (value,) for name, value in named.items() if isinstance(value, str)}
    lists = {name: tuple(sorted(named[name])) for name in LISTS}
    return {
        **plain,
        **lists,
        "booking_until": (facts.booking_until.isoformat() if facts.booking_until else "",),
        "relayed": ("1",) if facts.relayed else (),
        "seats": (str(facts.seats) if facts.seats else "",),
    }


def read(sent: Form, desk: Desk, actor: Actor) -> Read:
    """What the fields say."""
    faults: dict[str, PortalError] = {}
    kind = next((one for one in PostKind if one == sent.text("kind")), None)
    if kind is None:
        faults["kind"] = InvalidRecordError("write.no_kind")
    if not sent.text("title"):
        faults["title"] = InvalidRecordError("post.no_title")
    values = _values(sent, desk, actor, faults)
    publish_at = _publish_at(sent, faults)
    if faults or kind is None:
        return Read(None, publish_at, _in_order(faults))
    try:
        contacts = () if kind in HELP else write_contacts.read(sent)
        return Read(PostFacts(kind, sent.text("title"), contacts=contacts, **values), publish_at, faults)
    except InvalidRecordError as error:
        return Read(None, publish_at, {field_of(error): error})


def field_of(error: PortalError) -> str:
    """The field that an error is about; empty for the whole."""
    return str(error.values.get("field", "")) or FIELD_OF.get(error.key, "")


def _values(sent: Form, desk: Desk, actor: Actor, faults: dict[str, PortalError]) -> dict[str, Any]:
    today = clock.today()
    text = sent.area("text")
    if len(text) > POST_TEXT_MAX:
        faults["text"] = InvalidRecordError("model.text_too_long", most=POST_TEXT_MAX)
    for name in NOTES:
        if len(sent.area(name)) > NOTE_MAX:
            faults[name] = InvalidRecordError("model.text_too_long", most=NOTE_MAX)
    schedule = write_schedule.read(sent, today, desk.kept, faults)
    schedule_text = write_schedule.text(sent, desk.kept)
    if len(schedule_text) > NOTE_MAX:
        faults["words"] = InvalidRecordError("model.text_too_long", most=NOTE_MAX)
    until = None
    with at("booking_until", faults):
        until = read_day(sent.text("booking_until"), today)
    return {
        "text": text,
        "activity": sent.text("activity"),
        "schedule": schedule,
        "schedule_text": schedule_text,
        "where": write_where.read(sent, faults),
        "audience": frozenset(one for one in Audience if one in sent.all("audience")),
        "access": frozenset(one for one in Access if one in sent.all("access")),
        "fee": next((one for one in Fee if one == sent.text("fee")), Fee.UNKNOWN),
        "booking": next((one for one in Booking if one == sent.text("booking")), Booking.UNKNOWN),
        "booking_until": until,
        "relayed": sent.ticked("relayed"),
        "photos": write_photos.read(sent, actor.id, faults),
        "goals": frozenset(filter(None, sent.all("goals"))),
        "languages": frozenset(filter(None, sent.all("languages"))),
        "seats": _seats(sent.text("seats"), faults),
        **{name: sent.area(name) for name in NOTES},
    }


def _seats(text: str, faults: dict[str, PortalError]) -> int | None:
    try:
        return int(text) if text else None  # Python reads full-width digits, too
    except ValueError:
        faults["seats"] = InvalidRecordError("write.bad_number")
        return None


def _publish_at(sent: Form, faults: dict[str, PortalError]) -> datetime | None:
    day = at_time = None
    with at("publish_day", faults):
        day = read_day(sent.text("publish_day"), clock.today())
    with at("publish_time", faults):
        at_time = read_time(sent.text("publish_time"))
    if day is None:
        return None
    found = datetime.combine(day, at_time or MORNING, clock.TOKYO)
    if found > clock.now() + PUBLISH_WITHIN:  # said before the post is made, not after
        faults["publish_day"] = InvalidRecordError("posting.bad_publish_at", days=PUBLISH_WITHIN.days)
    return found


ORDER: Final = ("kind", "title", "text")


def _in_order(faults: dict[str, PortalError]) -> dict[str, PortalError]:
    """As the fields stand on the page."""
    first = {name: faults[name] for name in ORDER if name in faults}
    return first | faults
