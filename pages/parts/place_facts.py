"""What is known of a place, as one list of terms and what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import contact_links, plain_text
from portal.model.place import Booking, Fee
from portal.model.position import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.parts.visit import Visit
    from portal.looking import PlaceView
    from portal.model.goal import Goal
    from portal.model.shelter import ShelterFacts

Row = tuple[str, Markup]


def rows(visit: Visit, *pairs: Row) -> Markup:
    """A ``dl`` of the pairs of which something is known."""
    told = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term, value) for term, value in pairs if value
    )
    return Markup('<dl class="facts">{}</dl>').format(told) if told else Markup("<p>{}</p>").format(_unsaid(visit))


def where(visit: Visit, view: PlaceView) -> Markup:
    """Address and how well the position is known."""
    facts = view.place.facts
    exact = facts.precision is Precision.EXACT
    precision = Markup("") if exact else plain_text.text(visit.say(f"card.precision_{facts.precision}"))
    return rows(visit, (visit.say("place.address"), _text(facts.address)), (visit.say("place.position"), precision))


def taking_part(visit: Visit, view: PlaceView) -> Markup:
    """For whom, what it costs, whether one has to book, what makes it usable.

    What is not known says so in daily life; a shelter's file is not asked for a fee.
    """
    facts, daily = view.place.facts, not view.kind.evacuation
    fee = [] if facts.fee is Fee.UNKNOWN else [visit.say(f"fee.{facts.fee}")]
    booking = [] if facts.booking is Booking.UNKNOWN else [visit.say(f"booking.{facts.booking}")]
    audience = [visit.say(f"audience.{item}") for item in sorted(facts.audience)]
    access = [visit.say(f"access.{item}") for item in sorted(facts.access)]
    return rows(
        visit,
        (visit.say("place.audience"), _said(visit, audience, facts.audience_note, unsaid=daily)),
        (visit.say("place.fee"), _said(visit, fee, facts.fee_note, unsaid=daily)),
        (visit.say("place.booking"), _said(visit, booking, facts.booking_note, unsaid=daily)),
        (visit.say("place.access"), _said(visit, access, facts.access_note)),
    )


def in_touch(visit: Visit, view: PlaceView) -> Markup:
    """Who runs it, its public contacts, and what of the plan it serves."""
    contacts = (
        (
            visit.say(f"contact.{item.kind}"),
            contact_links.link(item) + (Markup(" ") + plain_text.text(item.note) if item.note else Markup("")),
        )
        for item in view.contacts
    )
    return rows(
        visit,
        (visit.say("place.group"), _text(view.place.facts.group)),
        *contacts,
        (visit.say("post_screen.goals"), goals(visit, view.goals)),
    )


def goals(visit: Visit, of: Iterable[Goal]) -> Markup:
    """Goals of the municipality's plan, one a line."""
    return Markup("<br>").join(plain_text.text(goal.name_en if visit.language == "en" else goal.name) for goal in of)


def shelter(visit: Visit, facts: ShelterFacts) -> Markup:
    """Hazards, capacity and the neighbourhoods that are to come here."""
    hazards = _said(visit, [visit.say(f"hazard.{item}") for item in sorted(facts.hazards)], "", unsaid=False)
    capacity = "" if facts.capacity is None else visit.say("place.people", count=facts.capacity)
    same = visit.say("place.same_site_yes") if facts.same_site else ""
    return rows(
        visit,
        (visit.say("place.hazards"), hazards),
        (visit.say("place.capacity"), _text(capacity)),
        (visit.say("place.same_site"), _text(same)),
        (visit.say("place.neighbourhoods"), _text("、".join(facts.neighbourhoods))),
    )


def further(visit: Visit, view: PlaceView) -> Markup:
    """The columns of the source that the portal has no field for, as they stand there."""
    return rows(visit, *((plain_text.text(name), _text(value)) for name, value in view.place.facts.extra.items()))


def _text(value: str) -> Markup:
    return plain_text.lines(value) if value.strip() else Markup("")


def _said(visit: Visit, chosen: Iterable[str], note: str, *, unsaid: bool = True) -> Markup:
    """The choices in words and the note; that nothing is said is said."""
    parts = [plain_text.text(item) for item in chosen] + ([_text(note)] if note.strip() else [])
    return Markup("<br>").join(parts) if parts or not unsaid else _unsaid(visit)


def _unsaid(visit: Visit) -> Markup:
    return Markup('<span class="quiet">{}</span>').format(visit.say("place.unsaid"))
