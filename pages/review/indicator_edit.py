"""One indicator of the plan to add or to change (指標の登録・変更), and to put aside."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages.forms import base
from pages.forms.reading import Limits
from pages.review import frame, indicator_edit_reading
from pages.review.indicator_edit_reading import FIELD_OF
from portal import clock, permissions
from portal.errors import ConflictError, InvalidRecordError, PortalError, StaleEditError, UnknownThingError
from portal.indicators import editing
from portal.model.indicator import Better, Measure
from portal.permissions import Action
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.model.indicator import Indicator
    from portal.store import Reader

LIMITS: Final = Limits(fields=1_000)
PAGE: Final = "/review-indicators"


async def page(request: Request) -> Response:
    """The form, empty without a ``key``; sent, the indicator is kept, put aside or taken up again."""
    found = await frame.asked(request)
    actor, code = await base.actor(request), found.town.code
    permissions.require(actor, Action.INDICATOR_EDIT, code)
    old: Indicator | None = await base.act(_known, code, request.query_params.get("key", ""))
    if request.method != "POST":
        return await _show(request, found, old, indicator_edit_reading.shown(old), editing.version(old))
    sent = await base.form(request, LIMITS)
    typed, based_on = indicator_edit_reading.typed(sent), sent.text("based_on")
    new, faults = _new(sent, typed, code, old)
    if new and not faults:
        try:
            await base.act(editing.put, actor, new, based_on, clock.now())
        except (InvalidRecordError, UnknownThingError, ConflictError) as error:
            faults = {FIELD_OF.get(error.key, ""): error}
    if faults:
        return await _show(request, found, old, typed, based_on, faults)
    return base.see_other(request, f"{PAGE}?municipality={code}", "review_indicators.said_kept")


def _new(
    sent: Form, typed: Mapping[str, str], code: str, old: Indicator | None
) -> tuple[Indicator | None, dict[str, PortalError]]:
    """What is to be kept; a button to put aside keeps all else as it was."""
    if old and sent.text("do") in {"aside", "back"}:
        return replace(old, off=sent.text("do") == "aside"), {}
    return indicator_edit_reading.read(typed, code, f"i_{secrets.token_hex(8)}", old)


async def _show(  # noqa: PLR0913, PLR0917  # the form as it was read or sent
    request: Request,
    found: frame.Asked,
    old: Indicator | None,
    typed: Mapping[str, str],
    based_on: str,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    return await frame.show(
        request,
        found,
        "review_indicator.html",
        faults,
        old=old,
        typed=typed,
        based_on=based_on,
        stale=any(isinstance(error, StaleEditError) for error in faults.values()),
        rows=indicator_edit_reading.rows(typed),
        **await base.act(_choices, found.town.code, found.wanted.language),
    )


def _known(store: Reader, code: str, key: str) -> Indicator | None:
    if not key:
        return None
    found = editing.one(store, code, key)
    if found is None:
        raise UnknownThingError("indicators.no_such_indicator", key=key[:80])
    return found


def _choices(store: Reader, code: str, language: str) -> dict[str, Any]:
    nothing = ("", say("review_indicators.nothing", language))
    goals = [(one.key, one.name_en if language == "en" else one.name) for one in store.goals(code)]
    return {
        "betters": [(one.value, say(f"review_indicators.better_{one}", language)) for one in Better],
        "measures": [nothing, *((one.value, say(f"review_indicators.measure_{one}", language)) for one in Measure)],
        "goals": [nothing, *goals],
    }


ROUTES: Final = (Route("/indicator", page, methods=("GET", "POST")),)
