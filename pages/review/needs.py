"""People who need help in an evacuation (避難行動要支援者), as numbers that may be shown, and the sites for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from pages import wiring
from pages.forms import base
from pages.review import charted, frame
from pages.review.shown import shown
from portal import clock, permissions, review_tables
from portal.disclosure.looking import raw
from portal.errors import InvalidRecordError
from portal.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.errors import PortalError
    from portal.model.need import NeedCount
    from portal.permissions import Actor
    from portal.store import Reader

TABLES: Final = ("needs", "welfare_capacity")
ROWS_MAX: Final = 1_000
LOOKS_MAX: Final = 100
WHY_MAX: Final = 500


class RawLine(NamedTuple):
    """One number as it is."""

    as_of: date
    layer: str
    district: str
    category: str
    count: int
    facilities: int | None


class LookLine(NamedTuple):
    """That somebody looked."""

    at: datetime
    name: str
    why: str


async def page(request: Request) -> Response:
    """What may be shown; sent with a reason, this once the numbers as they are, after the look was written down."""
    found = await frame.asked(request)
    if request.method != "POST":
        return await _show(request, found)
    why = (await base.form(request)).area("why").strip()
    try:
        counts: list[NeedCount] = await base.act(raw, await base.actor(request), found.town.code, why, clock.now())
    except InvalidRecordError as error:
        return await _show(request, found, why=why, faults={"why": error})
    return await _show(request, found, counts)


async def _show(
    request: Request,
    found: frame.Asked,
    counts: Sequence[NeedCount] | None = None,
    why: str = "",
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    actor = await base.actor(request)
    values = await run_in_threadpool(_values, wiring.store(), request, found, actor)
    raw_lines = None if counts is None else await base.act(_raw, found, counts)
    more = max(0, len(counts or ()) - ROWS_MAX)
    values |= {"raw": raw_lines, "more": more, "why": why, "most": WHY_MAX}
    return await frame.show(request, found, "review_needs.html", faults, **values)


def _values(store: Reader, request: Request, found: frame.Asked, actor: Actor) -> dict[str, Any]:
    code, wanted = found.town.code, found.wanted
    tables = [review_tables.make(store, actor, name, wanted) for name in TABLES]
    looks = store.need_looks(code)
    names = {one.account: account.name for one in looks if (account := store.account(one.account))}
    return {
        "tables": [shown(request, wanted, table, charted.told(table, wanted.language)) for table in tables],
        "looks": [LookLine(one.at, names.get(one.account, ""), one.why) for one in looks[:LOOKS_MAX]],
        "more_looks": max(0, len(looks) - LOOKS_MAX),
        "may_look": permissions.may(Action.NEEDS_SEE, permissions.role_of(actor, code)),
    }


def _raw(store: Reader, found: frame.Asked, counts: Sequence[NeedCount]) -> list[RawLine]:
    english = found.wanted.language == "en"
    layers = {one.key: (one.name_en if english else "") or one.name for one in store.layers(found.town.code)}
    return [
        RawLine(one.as_of, layers.get(one.layer, one.layer), one.district, one.category, one.count, one.facilities)
        for one in counts[:ROWS_MAX]
    ]


ROUTES: Final = (Route("/review-needs", page, methods=("GET", "POST")),)
