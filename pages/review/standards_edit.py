"""One standard to add or to change (目安の登録・変更)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from pages.forms import base
from pages.review import frame, standards_reading
from pages.review.standards_reading import FIELD_OF, version
from portal import clock, permissions
from portal.coverage import editing
from portal.errors import ConflictError, InvalidRecordError, PortalError, StaleEditError, UnknownThingError
from portal.model.standard import DAYS_MAX, METRES_MAX, METRES_MIN, StandardRule
from portal.permissions import Action
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.model.standard import Standard
    from portal.permissions import Actor
    from portal.store import Reader, Store

Choices = list[tuple[str, str]]


async def page(request: Request) -> Response:
    """The form, empty without a ``key``; sent, the standard is kept, and the list says so."""
    found = await frame.asked(request)
    permissions.require(await base.actor(request), Action.STANDARD_EDIT, found.town.code)
    old: Standard | None = await base.act(_kept, found.town.code, request.query_params.get("key", ""))
    if request.method != "POST":
        return await _show(request, found, old, standards_reading.shown(old), version(old))
    sent = await base.form(request)
    typed, based_on = standards_reading.typed(sent), sent.text("based_on")
    new, faults = standards_reading.read(typed, found.town.code, old)
    if new and not faults:
        try:
            await base.act(_keep, await base.actor(request), new, old, based_on)
        except (InvalidRecordError, UnknownThingError, ConflictError) as error:
            faults = {FIELD_OF.get(error.key, ""): error}
    if faults:
        return await _show(request, found, old, typed, based_on, faults)
    return base.see_other(request, f"/standards?municipality={found.town.code}", "review_standards.said_kept")


async def _show(  # noqa: PLR0913, PLR0917  # the form as it was read or sent
    request: Request,
    found: frame.Asked,
    old: Standard | None,
    typed: Mapping[str, str],
    based_on: str,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    language = found.wanted.language
    things, layers = await base.act(_choices, found.town.code, language)
    return await frame.show(
        request,
        found,
        "review_standard.html",
        faults,
        old=old,
        typed=typed,
        based_on=based_on,
        stale=any(isinstance(error, StaleEditError) for error in faults.values()),
        things=things,
        layers=layers,
        rules=[(rule.value, say(f"review_standards.rule_{rule}", language)) for rule in StandardRule],
        limits={"least": METRES_MIN, "most": METRES_MAX, "days": DAYS_MAX},
    )


def _kept(store: Reader, code: str, key: str) -> Standard | None:
    if not key:
        return None
    found = next((one for one in store.standards(code) if one.key == key), None)
    if found is None:
        raise UnknownThingError("coverage.no_such_standard", key=key[:80])
    return found


def _keep(store: Store, actor: Actor, new: Standard, old: Standard | None, based_on: str) -> None:
    if version(old) != based_on:
        raise StaleEditError("review_standards.changed")
    if old is None:
        known = store.standards(new.municipality)
        key = editing.new_key([one.key for one in known], new.kind or new.goal, new.layer)
        new = replace(new, key=key, order=max([one.order for one in known], default=-1) + 1)
    editing.put(store, actor, new, old, clock.now())


def _choices(store: Reader, code: str, language: str) -> tuple[Choices, Choices]:
    """What may be counted, kinds first, and in which layer, each with its name."""
    english = language == "en"
    kinds = [(f"kind:{one.key}", one.en if english else one.ja) for one in store.kinds(code) if not one.post]
    goals = [
        (f"goal:{one.key}", say("review_standards.goal", language, name=one.name_en if english else one.name))
        for one in store.goals(code)
    ]
    layers = [(one.key, (one.name_en if english else "") or one.name) for one in store.layers(code)]
    choose = say("review_standards.choose", language)
    return [("", choose), *kinds, *goals], [("", choose), *layers]


ROUTES: Final = (Route("/standard", page, methods=("GET", "POST")),)
