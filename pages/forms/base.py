"""What every plain page is made with: who asks, the page as HTML, the form that was sent, and where to go next.

A page is ``async def page(request) -> Response``. It reads with :func:`form`, acts through :func:`act` (services block,
so they run in a thread), answers a success with :func:`see_other` and anything else with :func:`render`. Errors of the
family may fly: ``pages/server/errors.py`` shows them as a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from pages import wiring
from pages.forms import cookies, csrf, flash, going, layout, reading
from pages.server import language
from portal import clock, identity
from portal.errors import NotSignedInError
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.errors import PortalError
    from portal.permissions import Actor

NEVER_KEPT: Final = {"Cache-Control": "no-store"}
"""Plain pages show what only their reader may see."""
NO_FAULTS: Final[Mapping[str, PortalError]] = {}
LIMITS: Final = reading.Limits()


async def act(service: Callable[..., Any], *values: Any) -> Any:  # noqa: ANN401  # whatever the service takes and gives
    """What ``service(store, *values)`` gives, run in a thread: stores and hashes block."""
    return await run_in_threadpool(lambda: service(wiring.store(), *values))


async def actor(request: Request) -> Actor:
    """Who sends the request, looked up once for it; ANYBODY for somebody who is not signed in."""
    if not hasattr(request.state, "actor"):
        request.state.actor = await act(identity.actor, cookies.read(request, cookies.SESSION), clock.now())
    found: Actor = request.state.actor
    return found


async def signed_in(request: Request) -> Actor:
    """Who sends the request; raises NotSignedInError, which leads to the sign-in and back, for nobody."""
    found = await actor(request)
    if found.account is None:
        raise NotSignedInError("forms.sign_in_first")
    return found


def tongue(request: Request) -> str:
    """The language of the page: the address's, else the one chosen last on a plain page, else the browser's."""
    asked = request.query_params.get("lang") or cookies.read(request, cookies.LANGUAGE)
    return language.choose(asked, request.headers.get("accept-language"))


async def form(request: Request, limits: reading.Limits = LIMITS) -> reading.Form:
    """The form that was sent, from a page of ours and within its limits.

    Raises ForbiddenError for another site's or an outdated form, InvalidRecordError for one that is too large.
    """
    sent = await reading.read(request, limits)
    csrf.check(request, sent.secret(csrf.FIELD))
    return sent


async def render(
    request: Request,
    template: str,
    status: int = 200,
    faults: Mapping[str, PortalError] = NO_FAULTS,
    **values: Any,  # noqa: ANN401  # whatever the template shows
) -> Response:
    """The page of ``pages/templates/<template>`` with ``values``.

    ``faults`` says what is wrong by field name (an empty name: with the whole); they stand in a summary at the top
    that leads to the fields, and at the fields.
    """
    known = await actor(request)
    said = flash.take(request)
    shown = await run_in_threadpool(
        layout.page, request, template, layout.Shown(tongue(request), known, said, faults), values
    )
    response = HTMLResponse(shown, status, headers=NEVER_KEPT)
    csrf.remember(request, response)
    flash.over(request, response)
    if request.query_params.get("lang") in LANGUAGES:
        cookies.write(request, response, cookies.LANGUAGE, tongue(request), cookies.YEAR_S)
    return response


def see_other(request: Request, path: str, said: str = "", clear: str = "", **values: object) -> Response:
    """Lead on to another page of ours after something worked, with a sentence to be said there.

    ``said`` is a phrase key, ``values`` fill it; ``clear`` names the kept form (``data-keep``) that is done with,
    ``*`` all of them.
    """
    response = RedirectResponse(going.address(request, going.own_path(path)), 303, headers=NEVER_KEPT)
    if said or clear:
        flash.say(request, response, flash.Said(said, {name: str(value) for name, value in values.items()}, clear))
    return response
