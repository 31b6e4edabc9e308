"""One district: who lives there, which districts of other layers it lies across, where its outline is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import choices, days, place_districts, place_facts, plain_text, record_marks
from portal import by_district, clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.parts.visit import Visit
    from portal.model.district import District, Population

OLD: int = 65
"""高齢者: the age from which official figures count older people."""


def show(visit: Visit, district: District) -> None:
    """Draw what is known of it."""
    mark = place_districts.approximate(visit) if district.approximate else ""
    plain_text.draw(Markup("<h2>{}{}</h2>").format(plain_text.text(visit.name(district)), mark))
    plain_text.draw(
        place_facts.rows(
            visit,
            *_across(visit, district),
            (visit.say("districts.population"), _people(visit, district)),
            (visit.say("districts.days"), _days(visit, district)),
            (visit.say("districts.outline"), record_marks.source(visit, district.source)),
            (visit.say("districts.note"), plain_text.lines(district.note)),
        )
    )


def _across(visit: Visit, district: District) -> Iterable[tuple[str, Markup]]:
    """「平岡中 54 %、平岡南中 46 %」 for each other layer that has districts here; all lie in the whole city."""
    others = {key: layer for key, layer in choices.layers(visit).items() if layer.tier > 1 and key != district.layer}
    for key, layer in others.items():
        pairs = by_district.across(visit.store, district, key, clock.today())
        shares = (
            Markup("<li>{} <b>{}</b></li>").format(place_districts.named(visit, other), f"{share:.0%}")
            for other, share in pairs
        )
        if pairs:
            label = visit.say("districts.across", layer=plain_text.shown(visit.name(layer)))
            yield label, Markup("<ul>{}</ul>").format(Markup("").join(shares))


def _people(visit: Visit, district: District) -> Markup:
    known = visit.store.populations(district.municipality, district.layer)
    found = next((item for item in known if item.district == district.name), None)
    if found is None:
        return Markup('<span class="quiet">{}</span>').format(visit.say("districts.population_unknown"))
    told = [visit.say("districts.people", total=f"{found.total:,}", day=days.day(found.as_of, visit.language))]
    if found.bands:
        told.append(visit.say("districts.older", count=f"{_older(found):,}"))
    if found.households is not None:
        told.append(visit.say("districts.households", count=f"{found.households:,}"))
    return Markup("<br>").join(plain_text.text(item) for item in told)


def _older(people: Population) -> int:
    return sum(band.men + band.women for band in people.bands if band.low >= OLD)


def _days(visit: Visit, district: District) -> Markup:
    """From when until when the district exists, as far as a file says so."""
    told = []
    if district.first_day:
        told.append(visit.say("districts.from", day=days.day(district.first_day, visit.language)))
    if district.last_day:
        told.append(visit.say("districts.until", day=days.day(district.last_day, visit.language)))
    return plain_text.text(" ".join(told)) if told else Markup("")
