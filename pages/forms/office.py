"""Which municipality's office somebody works in: the one of the address, else the portal's, else their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pages import wiring
from pages.forms import base, going, layout
from portal import locate, permissions
from portal.errors import ForbiddenError
from portal.permissions import Action

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.model.municipality import Municipality
    from portal.permissions import Actor
    from portal.store import Reader


class Office(NamedTuple):
    """A municipality whose queue one may see, by name, with the present page there."""

    name: str
    address: str
    here: bool


async def town(request: Request) -> Municipality:
    """The municipality that the page is about; raises NotSignedInError, ForbiddenError, UnknownThingError."""
    actor = await base.signed_in(request)
    found: Municipality = await base.act(_town, actor, request.query_params.get("municipality", ""))
    return found


async def to_own(request: Request, found: Municipality) -> Response | None:
    """The way to the same page of one's own municipality, where the address leaves open which it is."""
    shown = await base.act(lambda _: layout.municipality(request))
    if shown and shown.code == found.code:
        return None
    return base.see_other(request, f"{request.url.path}?municipality={found.code}")


async def offices(request: Request, found: Municipality) -> list[Office]:
    """Every municipality in whose office one works; a choice only where there are several."""
    actor, tongue = await base.signed_in(request), base.tongue(request)
    served = await base.act(_served, actor)
    return [
        Office(
            (item.name_en if tongue == "en" else "") or item.name,
            going.address(request, f"{request.url.path}?municipality={item.code}"),
            item.code == found.code,
        )
        for item in served
    ]


def _town(store: Reader, actor: Actor, asked: str) -> Municipality:
    if asked:
        permissions.require(actor, Action.QUEUE_SEE, asked)
        return locate.municipality(store, asked)
    served = _served(store, actor)
    if not served:
        raise ForbiddenError("permissions.forbidden")
    usual = wiring.settings().municipality
    return next((item for item in served if item.code == usual), served[0])


def _served(store: Reader, actor: Actor) -> list[Municipality]:
    return [item for item in store.municipalities() if works_in(actor, item.code)]


def works_in(actor: Actor, code: str) -> bool:
    """Whether somebody may see what waits in a municipality."""
    return permissions.may(Action.QUEUE_SEE, permissions.role_of(actor, code))
