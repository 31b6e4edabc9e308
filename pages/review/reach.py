"""Reach (到達圏): who has something within a walk, who has not, and what one more place would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base, office, pin_map
from pages.review import charted, frame, reach_map
from pages.review.reach_choices import choices
from pages.review.reach_told import picks, proposed
from pages.review.shown import pictures_of, shown
from pages.review.siting import PROPOSE, SPOT, outcome, told_in, tried
from portal import review_tables
from portal.reach.reaching import METRES
from portal.reach.siting import MOST_PICKS
from portal.reach.tables import ages_name
from portal.reach.within import WALK
from portal.words import say

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pages.review.frame import Asked
    from pages.review.reach_choices import Choices
    from pages.review.siting import Tried
    from portal.errors import PortalError
    from portal.permissions import Actor
    from portal.reach.placing import Placed
    from portal.store import Reader

CHOSEN: Final = ("kind", "ages", "metres", "weekday", "layer", "step_free")
TABLES: Final = ("reach", "reach_by_district")


async def page(request: Request) -> Response:
    """The review of reach; nothing is written by it."""
    found = await frame.asked(request)
    if elsewhere := await office.to_own(request, found.town):
        return elsewhere
    values, faults = await base.act(_values, request, await base.actor(request), found)
    return await frame.show(request, found, "review_reach.html", faults, **values)


def _values(
    store: Reader, request: Request, actor: Actor, asked: Asked
) -> tuple[dict[str, Any], dict[str, PortalError]]:
    offered = choices(store, request, asked.wanted)
    wanted, language = offered.wanted, offered.wanted.language
    made = {name: review_tables.make(store, actor, name, wanted) for name in TABLES}
    asks = tried(request, offered)
    found, faults = outcome(store, offered, asks)
    values = {
        "offered": offered,
        "chosen": {name: wanted.params.get(name, "") for name in CHOSEN},
        "tables": {name: shown(request, wanted, made[name], charted.told(made[name], language)) for name in TABLES},
        "factor": WALK,
        "all_metres": METRES,
        "walk": offered.walk,
        "ages": ages_name(offered.span, language),
        "how": found.people.how,
        "people_on": found.people.as_of,
        "spots": len(found.existing),
        "picture": reach_map.svg(found, offered.walk, _title(offered, found), language),
        "map_files": pictures_of(request, told_in(wanted, asks, found)["what_if"], "what_if"),
        "pin": pin_map.values(store, asked.town, language),
        **_tried(offered, asks, found, faults),
    }
    if values["done"]:
        values["tables"] |= {
            name: shown(request, tells, review_tables.make(store, actor, name, tells))
            for name, tells in told_in(wanted, asks, found).items()
        }
    return values, faults


def _title(offered: Choices, found: Placed) -> str:
    language = offered.wanted.language
    told = {"metres": offered.walk, "ages": ages_name(offered.span, language), "added": len(found.added)}
    return say("review_reach.map_added" if len(found.added) else "review_reach.map_of", language, **told)


def _tried(offered: Choices, asks: Tried, found: Placed, faults: dict[str, PortalError]) -> dict[str, Any]:
    """What was tried, and what came of it."""
    way = asks.fields["what"]
    done = way in (SPOT, PROPOSE) and not faults and found.people.how != "none"
    return {
        "typed": asks.fields,
        "sites": asks.sites,
        "most": MOST_PICKS,
        "done": done,
        "picks": picks(found, offered.wanted.language) if done else [],
        "proposed": proposed(found, offered) if done and found.proposal else [],
    }


ROUTES = (Route("/review-reach", page),)
