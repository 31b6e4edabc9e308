"""The cards of a list; here that of a place: sign, name, next date, distance, district, how sure the record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import address_bar, coming_dates, days, plain_text, post_card, sign, welfare
from portal.find import PostCard
from portal.model.kind import WELFARE_SHELTER
from portal.model.position import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pages.parts.visit import Visit
    from portal.find import Card
    from portal.model.place import Place


def show_all(visit: Visit, cards: Sequence[Card | PostCard]) -> None:
    """One numbered list in the order of the answer; drawn as a single element."""
    if cards:
        plain_text.draw(listed(visit, cards))


def listed(visit: Visit, cards: Sequence[Card | PostCard]) -> Markup:
    """The list, which is empty for no cards."""
    items = Markup("").join(Markup("<li>{}</li>").format(_either(visit, item)) for item in cards)
    return Markup('<ol class="cards">{}</ol>').format(items) if cards else Markup("")


def _either(visit: Visit, found: Card | PostCard) -> Markup:
    return post_card.card(visit, found) if isinstance(found, PostCard) else card(visit, found)


def card(visit: Visit, found: Card) -> Markup:
    """The card of a place."""
    place = found.place
    told = Markup("").join(Markup('<p class="{}">{}</p>').format(name, text) for name, text in _lines(visit, found))
    return Markup('<article class="card">{}<div><h3><a href="{}">{}</a>{}</h3>{}</div></article>').format(
        sign.picture(found.kind), link(place), names(visit, place), sample_mark(visit, place), told
    )


def link(place: Place) -> str:
    """The address of the place's own screen."""
    return address_bar.href("place", municipality=place.municipality, id=place.id)


def names(visit: Visit, place: Place) -> Markup:
    """The name; in English the Japanese one goes with it, for that is what stands at the door."""
    facts = place.facts
    if visit.language == "en" and facts.name_en:
        return Markup('{} <span class="also" lang="ja">{}</span>').format(
            plain_text.text(facts.name_en), plain_text.text(facts.name)
        )
    return Markup('<span lang="ja">{}</span>').format(plain_text.text(facts.name))


def sample_mark(visit: Visit, place: Place) -> Markup:
    """見本, for a place that does not exist, unless its shown name says so already."""
    mark, facts = visit.say("card.sample"), place.facts
    name = facts.name_en if visit.language == "en" and facts.name_en else facts.name
    if not place.sample or mark.casefold() in name.casefold():
        return Markup("")
    return Markup(' <span class="mark">{}</span>').format(mark)


def _lines(visit: Visit, found: Card) -> Iterable[tuple[str, Markup | str]]:
    yield "kind", plain_text.text(visit.kind(found.kind))
    yield from coming_dates.lines(visit, found.next, found.off)
    yield from post_card.far(visit, found)
    if found.kind.key == WELFARE_SHELTER:
        yield "accepts", welfare.accepts(visit, found.place)
        yield "when", welfare.opening(visit, found.place)
    yield "quiet", Markup(" ・ ").join(_marks(visit, found))


def _marks(visit: Visit, found: Card) -> Iterable[Markup]:
    """District, how well the position is known where it is not the building's, and the verified day."""
    if found.district:
        key = "card.district_approximate" if found.district.approximate else "card.district"
        yield plain_text.text(visit.say(key, name=plain_text.shown(visit.name(found.district))))
    if found.place.facts.precision is not Precision.EXACT:
        yield plain_text.text(visit.say(f"card.precision_{found.place.facts.precision}"))
    yield plain_text.text(verified(visit, found.place))


def verified(visit: Visit, place: Place) -> str:
    """The day that somebody made sure of it, or that nobody has."""
    if place.verified_on is None:
        return visit.say("card.not_verified")
    return visit.say("card.verified", day=days.day(place.verified_on, visit.language))
