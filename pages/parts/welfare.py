"""A welfare evacuation site (福祉避難所): whom it accepts, that it may be closed, whether it is open now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import days, plain_text
from portal.model.kind import EVACUATION_KINDS, WELFARE_SHELTER
from portal.model.shelter import ShelterFacts

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.looking import PlaceView
    from portal.model.place import Place


def accepts(visit: Visit, place: Place) -> Markup:
    """Whom it accepts: verbatim, or that its source does not say."""
    said = place.facts.shelter.accepts if place.facts.shelter else ""
    told = Markup('<span lang="ja">{}</span>').format(plain_text.lines(said)) if said.strip() else ""
    return Markup("<strong>{}</strong> {}").format(
        visit.say("evacuation.accepts"), told or visit.say("evacuation.accepts_unsaid")
    )


def opening(visit: Visit, place: Place) -> str:
    """Whether it is open now, and since when."""
    facts = place.facts.shelter or ShelterFacts()
    if facts.opened_since:
        since = days.moment(facts.opened_since, visit.language)
        return visit.say("evacuation.opening_since", state=visit.say(f"opening.{facts.opening}"), since=since)
    return visit.say(f"opening.{facts.opening}")


def show(visit: Visit, view: PlaceView) -> None:
    """The block at the top of the place's screen, for shelters and sites; the welfare ones say more."""
    if view.kind.key not in EVACUATION_KINDS:
        return
    place = view.place
    pieces = [Markup("<p>{}</p>").format(visit.say(f"evacuation.meaning_{view.kind.key}"))]
    if view.kind.key == WELFARE_SHELTER:
        direct = "direct" if view.municipality.direct_welfare else "not_direct"
        pieces += [
            Markup("<p>{}</p>").format(accepts(visit, place)),
            Markup("<p>{} {}</p>").format(visit.say("evacuation.may_be_closed"), visit.say(f"evacuation.{direct}")),
        ]
    now = Markup("<p><strong>{}</strong> {}</p>").format(visit.say("evacuation.now"), opening(visit, place))
    plain_text.draw(Markup('<div class="block">{}</div>').format(Markup("").join([*pieces, now])))
