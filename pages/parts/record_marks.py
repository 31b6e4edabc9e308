"""How sure a record is and where it is from: verified (which is not edited), stale, gone, source and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import contact_links, days, place_facts, plain_text
from pages.wiring import settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pages.parts.visit import Visit
    from portal.looking import PlaceView
    from portal.model.source import Source


def warnings(visit: Visit, view: PlaceView) -> None:
    """What a reader has to know before all else: a sample, gone from its source, not made sure of for long."""
    told = []
    if view.place.sample:
        told.append(visit.say("place.is_sample"))
    if view.place.gone_on:
        told.append(visit.say("place.gone", day=days.day(view.place.gone_on, visit.language)))
    if view.stale:
        told.append(visit.say("place.stale", days=settings().freshness_days))
    for sentence in told:
        plain_text.paragraph(sentence, "warn")


def further(visit: Visit, view: PlaceView) -> None:
    """The columns of its source that the portal has no field for, under a heading; nothing where there are none."""
    if view.place.facts.extra:
        plain_text.heading(visit.say("place.extra"))
        plain_text.draw(place_facts.further(visit, view))


def show(visit: Visit, view: PlaceView) -> None:
    """The whole of it, at the end of the place's screen."""
    place = view.place
    verified = visit.say("card.not_verified")
    if place.verified_on:
        by = visit.say("place.verified_by", by=plain_text.shown(place.verified_by)) if place.verified_by else ""
        verified = days.day(place.verified_on, visit.language) + by
    edited = _day(visit, place.edited_on)
    plain_text.draw(
        place_facts.rows(
            visit,
            (visit.say("place.verified"), plain_text.text(verified)),
            (visit.say("place.edited"), edited),
            (visit.say("place.source"), source(visit, view.source) if view.source else _typed_in(visit, view)),
        )
    )


def source(visit: Visit, of: Source) -> Markup:
    """Name, terms, credit and day of a source, each on its line."""
    return Markup("<br>").join(_source_lines(visit, of))


def _source_lines(visit: Visit, of: Source) -> Iterable[Markup]:
    address = contact_links.web(of.url)
    name = plain_text.text(of.name)
    yield Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, name) if address else name
    terms = plain_text.shown(of.licence) if of.licence else visit.say("place.licence_unsaid")
    yield plain_text.text(visit.say("place.licence", licence=terms))
    if of.as_of:
        yield plain_text.text(visit.say("place.as_of", day=days.day(of.as_of, visit.language)))
    if of.credit:
        yield plain_text.lines(of.credit)


def _typed_in(visit: Visit, view: PlaceView) -> Markup:
    return plain_text.text(visit.say("place.source_sample" if view.place.sample else "place.source_hand"))


def _day(visit: Visit, day: date | None) -> Markup:
    return plain_text.text(days.day(day, visit.language)) if day else Markup("")
