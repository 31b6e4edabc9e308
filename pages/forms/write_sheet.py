"""What stands on the editor's page: the choices of its fields, and what is said above them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pages.forms import (
    pin_map,
    write_contacts,
    write_photos,
    write_preview,
    write_schedule,
    write_telling,
    write_where,
)
from portal import clock
from portal.model.place import Access, Audience, Booking, ContactKind, Fee
from portal.model.post import HELP, PostKind
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from pages.forms.write_telling import Teller
    from portal.permissions import Actor
    from portal.post_warnings import Warned
    from portal.posts.merging import Clash
    from portal.store import Store


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who writes what in which language."""

    actor: Actor
    desk: Desk
    language: str


@dataclass(frozen=True, slots=True)
class ShownClash:
    """One field that two people have differently, in words."""

    field: str
    label: str
    theirs: str
    mine: str
    untouched: bool


def values(store: Store, sheet: Sheet, sent: Form, more: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the template needs; ``more`` is what this request has to say: warnings, a clash, a preview."""
    desk, language = sheet.desk, sheet.language
    teller = write_telling.teller(store, desk.town.code, language)
    facts = more.get("preview")
    return {
        "v": sent,
        "desk": desk,
        "kinds": [(kind.value, teller.kind(kind), say(f"write.kind_{kind}", language)) for kind in PostKind],
        "help_kinds": " ".join(sorted(HELP)),
        "when": write_schedule.choices(sent, language),
        "told": write_schedule.summary(sent, clock.now(), desk.kept, language),
        "places": write_where.choices(store, desk, sent, language),
        "pin": pin_map.values(store, desk.town, language),
        "photos": write_photos.sheets(sent, sheet.actor.id),
        "contacts": write_contacts.rows(sent),
        "preview": write_preview.preview(store, sheet.actor, desk, facts, language) if facts else None,
        "warned": warnings(more.get("warned", ()), language),
        "warned_draft": warnings(more.get("warned_draft", ()), language),
        "clashes": _clashes(teller, more.get("clashes", ())),
        **_choices(store, desk, teller),
    }


def _choices(store: Store, desk: Desk, teller: Teller) -> dict[str, Any]:
    language = teller.language
    activities = [kind for kind in store.kinds(desk.town.code) if not (kind.post or kind.evacuation)]
    return {
        "audiences": [(one.value, say(f"audience.{one}", language)) for one in Audience],
        "accesses": [(one.value, say(f"access.{one}", language)) for one in Access],
        "fees": [(one.value, say(f"write.fee_{one}", language)) for one in Fee],
        "bookings": [(one.value, say(f"write.booking_{one}", language)) for one in Booking],
        "contact_kinds": [(one.value, say(f"contact.{one}", language)) for one in ContactKind],
        "activities": [("", say("write.no_activity", language))]
        + [(kind.key, teller.kind(kind.key)) for kind in activities],
        "all_goals": [(key, teller.goal(key)) for key in teller.goals],
        "spoken": [(tag, say(f"write.language_{tag}", language)) for tag in write_telling.LANGUAGES],
    }


def warnings(warned: Iterable[Warned], language: str) -> list[tuple[str, tuple[str, ...]]]:
    """What may be a slip: each a sentence, and the posts that it is about."""
    return [(say(one.key, language, **one.values), one.ids) for one in warned]


def _clashes(teller: Teller, found: Iterable[Clash]) -> list[ShownClash]:
    return [
        ShownClash(
            one.field,
            say(f"write.field_{one.field}", teller.language),
            teller.field(one.field, one.theirs),
            teller.field(one.field, one.mine),
            one.untouched,
        )
        for one in found
    ]
