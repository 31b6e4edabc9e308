"""What every page of a review begins with: whose review, what was chosen, and the way from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.forms import base, going, office
from portal import clock, permissions
from portal.model.report_table import Wanted
from portal.permissions import Action
from portal.query import MOST_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.errors import PortalError
    from portal.model.municipality import Municipality

PAGES: Final = ("coverage", "reach", "use", "indicators", "needs")
"""The pages in order: each at ``/review-<name>``, called by the phrase ``review_page.<name>``."""
CHOICE_MAX: Final = 2_000
"""Characters of one choice in an address."""
SAMPLES: Final = "samples"


class Step(NamedTuple):
    """A link to one of the pages."""

    name: str
    address: str
    here: bool


class Asked(NamedTuple):
    """A municipality's review, as the address asks for it."""

    town: Municipality
    wanted: Wanted


async def asked(request: Request) -> Asked:
    """Whose review, with the choices of the address; raises NotSignedInError, ForbiddenError, UnknownThingError."""
    town = await office.town(request)
    permissions.require(await base.signed_in(request), Action.REVIEW_SEE, town.code)
    params = {
        name: value[:CHOICE_MAX]
        for name, value in list(request.query_params.items())[:MOST_VALUES]
        if name not in (*going.CARRIED, SAMPLES)
    }
    samples = request.query_params.get(SAMPLES) == "1"
    return Asked(town, Wanted(town.code, clock.today(), base.tongue(request), params, samples))


async def show(
    request: Request,
    found: Asked,
    template: str,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
    **values: Any,  # noqa: ANN401  # whatever the template shows
) -> Response:
    """The page in its frame; with faults it is answered as a bad request."""
    steps = [
        Step(name, going.address(request, f"/review-{name}"), request.url.path == f"/review-{name}") for name in PAGES
    ]
    offices = await office.offices(request, found.town)
    return await base.render(
        request,
        template,
        400 if faults else 200,
        faults,
        steps=steps,
        offices=offices,
        code=found.town.code,
        wanted=found.wanted,
        **values,
    )
