"""What stands on the form for a place: choices, what the source says, what the words of the schedule mean."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from pages.forms import ins_del, pin_map, place_edit_reading, telling, write_contacts, write_telling
from pages.forms.place_edit_reading import FIELDS
from portal import clock, freshness, locate
from portal.errors import InvalidRecordError
from portal.fresh.due import due_of, who_runs
from portal.model.kind import EVACUATION_KINDS
from portal.model.place import Access, Audience, Booking, ContactKind, Fee
from portal.model.shelter import Opening
from portal.schedules.occurrences import next_occurrences
from portal.schedules.wording import describe_occurrence
from portal.words import say, say_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.forms.reading import Form
    from pages.forms.telling import Changed
    from pages.forms.write_telling import Teller
    from portal.model.place import Place, PlaceFacts
    from portal.store import Store

COMING: Final = 5


def values(store: Store, place: Place, sent: Form, clashes: Sequence[str], language: str) -> dict[str, Any]:
    """Everything that the template needs; ``clashes`` are fields that somebody else changed meanwhile."""
    by = write_telling.teller(store, place.municipality, language)
    facts = place.facts
    runs = who_runs(store.groups(place.municipality)).get(place.id)
    asked = freshness.is_asked(place)
    return {
        "v": sent,
        "place": place,
        "code": place.municipality,
        "based_on": place_edit_reading.version(facts),
        "edited": _edited(by, place),
        "clashes": [_clash(by, name, facts, sent) for name in clashes],
        "told": _told(sent, facts, language),
        "contacts": write_contacts.rows(sent),
        "pin": pin_map.values(store, locate.municipality(store, place.municipality), language),
        "opening": _opening(place, language),
        "asked": asked,
        "group": runs,
        "ask_email": due_of(store, place, runs).email if asked else "",
        **_choices(store, place, by),
    }


def _choices(store: Store, place: Place, by: Teller) -> dict[str, Any]:
    language = by.language
    kinds = [kind for kind in store.kinds(place.municipality) if not kind.post]
    return {
        "kinds": [(kind.key, kind.en if language == "en" else kind.ja) for kind in kinds],
        "audiences": [(one.value, say(f"audience.{one}", language)) for one in Audience],
        "accesses": [(one.value, say(f"access.{one}", language)) for one in Access],
        "fees": [(one.value, say(f"place_edit.fee_{one}", language)) for one in Fee],
        "bookings": [(one.value, say(f"place_edit.booking_{one}", language)) for one in Booking],
        "all_goals": [(key, by.goal(key)) for key in by.goals],
        "contact_kinds": [(one.value, say(f"contact.{one}", language)) for one in ContactKind],
    }


def _edited(by: Teller, place: Place) -> dict[str, tuple[str, str]]:
    """By field that was set by hand: its name and what the source says."""
    shown = (*FIELDS, "shelter")
    names = [name for name in shown if name in place.edited_fields]
    return {
        name: (telling.label(name, by.language), telling.value(by, name, getattr(place.source_facts, name)))
        for name in names
    }


def _clash(by: Teller, name: str, facts: PlaceFacts, sent: Form) -> Changed:
    """What stands there now beside what was typed."""
    now = telling.value(by, name, getattr(facts, name))
    typed = "\n".join(
        text for key in place_edit_reading.FORM_NAMES.get(name, (name,)) for text in sent.all(key) if text
    )
    if name == "contacts":
        typed = telling.value(by, name, write_contacts.read(sent))
    elif name in {"audience", "access"}:
        typed = by.listed(name, frozenset(sent.all(name)))
    elif name == "goals":
        typed = telling.value(by, name, frozenset(filter(None, sent.all(name))))
    elif name in {"fee", "booking"}:
        typed = say(f"place_edit.{name}_{sent.text(name)}", by.language)
    elif name == "kind":
        typed = by.kind(sent.text("kind"))
    return telling.Changed(telling.label(name, by.language), *ins_del.marked(now, typed), alike=False)


def _told(sent: Form, facts: PlaceFacts, language: str) -> dict[str, Any]:
    """What the words of the schedule mean: the coming dates, or that they cannot be read."""
    try:
        schedule = place_edit_reading.schedule(sent, facts)
    except InvalidRecordError as error:
        return {"dates": [], "problem": say_error(error, language), "rest": ""}
    if schedule is None:
        unread = bool(sent.area("words").strip())
        return {"dates": [], "problem": say("place_edit.words_unread", language) if unread else "", "rest": ""}
    midnight = datetime.combine(clock.today(), time(), clock.TOKYO)
    found = next_occurrences(schedule, midnight - timedelta(minutes=1), COMING)
    return {
        "dates": [describe_occurrence(one, language, long=True) for one in found],
        "problem": "" if found else say("place_edit.no_coming", language),
        "rest": schedule.note,
    }


def _opening(place: Place, language: str) -> dict[str, Any] | None:
    """Whether a shelter is open, with the choices; None for what is none."""
    if place.facts.kind not in EVACUATION_KINDS:
        return None
    facts = place.facts.shelter
    return {
        "now": facts.opening.value if facts else Opening.UNKNOWN.value,
        "since": facts.opened_since if facts else None,
        "choices": [(one.value, say(f"opening.{one}", language)) for one in Opening],
    }
