"""Turning to one group (声かけ): the letter to print or to send, and the note that somebody did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from pages import wiring
from pages.forms import base, going
from pages.review import frame
from portal import clock
from portal.errors import ConflictError, InvalidRecordError, PortalError, UnknownThingError
from portal.model.outreach import Way
from portal.model.survey import SURVEY_NOTE_MAX
from portal.schedules.wording_times import long_date
from portal.use import calling, turning
from portal.use.published import published
from portal.use.reasons import Why
from portal.use.tables_groups import outcome_said, reason_said
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.model.group import Group
    from portal.model.outreach import Outreach
    from portal.permissions import Actor
    from portal.store import Reader, Store

BY_HAND: Final = (Way.TELEPHONE, Way.VISIT, Way.LETTER)


async def page(request: Request) -> Response:
    """The letter for ``group``; sent, it goes into the outbox, or is noted as a call, a visit or a paper letter."""
    found = await frame.asked(request)
    group: Group = await base.act(_group, found.town.code, request.query_params.get("group", ""))
    if request.method != "POST":
        return await _show(request, found, group, {"why": request.query_params.get("why", "")})
    sent = await base.form(request)
    mail = "" if sent.text("way") != Way.MAIL else going.mail_base(request)
    try:
        done = await base.act(_note, await base.actor(request), group.id, sent, mail)
    except (InvalidRecordError, ConflictError) as error:
        typed = {name: sent.area(name) for name in ("why", "note", "way")}
        return await _show(request, found, group, typed, {_field(error): error})
    said = "review_outreach.said_mailed" if done.way is Way.MAIL else "review_outreach.said_noted"
    return base.see_other(request, f"/outreach?municipality={found.town.code}&group={group.id}", said, name=group.name)


def _field(error: PortalError) -> str:
    return {"outreach.no_such_reason": "why", "model.text_too_long": "note", "review_outreach.no_way": "way"}.get(
        error.key, ""
    )


async def _show(
    request: Request,
    found: frame.Asked,
    group: Group,
    typed: Mapping[str, str],
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    values = await base.act(_values, found, group, typed.get("why", ""))
    values |= {"typed": typed, "sends": bool(wiring.settings().smtp_host), "most": SURVEY_NOTE_MAX}
    return await frame.show(request, found, "review_outreach.html", faults, group=group, **values)


def _values(store: Reader, found: frame.Asked, group: Group, asked: str) -> dict[str, Any]:
    code, language, today = found.town.code, found.wanted.language, found.wanted.today
    call = next(
        (one for one in calling.calls(store, code, today, samples=group.sample) if one.standing.group.id == group.id),
        None,
    )
    reasons = call.reasons if call else ()
    why = asked if asked in set(Why) else (reasons[0].why if reasons else Why.OTHER)
    return {
        "reasons": [reason_said(one, language) for one in reasons],
        "why": str(why),
        "whys": [(one.value, turning.why_said(one, language)) for one in Why],
        "by_hand": [(way.value, say(f"outreach.way_{way}", language)) for way in BY_HAND],
        "letter": turning.letter(store, group, str(why), language, going.public_base()),
        "addresses": [address for address, _ in turning.addresses(store, group)],
        "turned": _turned(store, found, group),
        "dated": long_date(today, language),
        "office": (found.town.name_en if language == "en" else "") or found.town.name,
    }


def _turned(store: Reader, found: frame.Asked, group: Group) -> list[tuple[Outreach, str, str, str, str]]:
    """Each time that the group was turned to: how, why, by whom, and what came of it; the newest first."""
    wanted = found.wanted
    items = published(store, found.town.code, wanted.today, samples=group.sample)
    own = [one for one in items if one.post.group == group.id]
    told = []
    for one in store.outreaches(found.town.code):
        if one.group == group.id:
            account = store.account(one.by)
            way = say(f"outreach.way_{one.way}", wanted.language)
            came = outcome_said(calling.followed(one, own, wanted.today), wanted.language)
            why = turning.why_said(Why(one.why), wanted.language)
            told.append((one, way, why, account.name if account else "", came))
    return told


def _group(store: Reader, code: str, group_id: str) -> Group:
    group = store.group(group_id) if group_id else None
    if group is None or group.municipality != code:
        raise UnknownThingError("posting.no_such_group")
    return group


def _note(store: Store, actor: Actor, group: str, sent: Form, base_address: str) -> Outreach:
    if sent.text("way") not in set(Way):
        raise InvalidRecordError("review_outreach.no_way")
    way, why, note = Way(sent.text("way")), sent.text("why"), sent.area("note")
    return turning.note_outreach(store, actor, group, way, why, note, clock.now(), base=base_address)


ROUTES: Final = (Route("/outreach", page, methods=("GET", "POST")),)
