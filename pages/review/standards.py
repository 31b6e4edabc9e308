"""What the office expects of each district (整備の目安): the list, its order, and what is put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.routing import Route

from pages.forms import base
from pages.review import frame
from pages.review.standards_reading import version
from portal import clock
from portal.coverage import editing
from portal.coverage.naming import Names
from portal.errors import InvalidRecordError, PortalError, StaleEditError, UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.model.standard import Standard
    from portal.permissions import Actor
    from portal.store import Reader, Store

STEPS: Final = {"up": -1, "down": 1}
ACTS: Final[Mapping[str, Callable[..., Standard]]] = {"aside": editing.remove, "back": editing.take_up}


class Line(NamedTuple):
    """One standard of the list."""

    standard: Standard
    name: str
    rule: str
    version: str


async def page(request: Request) -> Response:
    """The list; a button puts one aside, takes it back or moves it."""
    found = await frame.asked(request)
    if request.method != "POST":
        return await _show(request, found)
    sent = await base.form(request)
    try:
        said, name = await base.act(_do, await base.actor(request), found.town.code, sent)
    except StaleEditError as error:
        return await _show(request, found, {"": error})
    return base.see_other(request, f"/standards?municipality={found.town.code}", said, name=name)


async def _show(request: Request, found: frame.Asked, faults: Mapping[str, PortalError] = base.NO_FAULTS) -> Response:
    lines: list[Line] = await base.act(lines_of, found.town.code, found.wanted.language)
    return await frame.show(
        request,
        found,
        "review_standards.html",
        faults,
        lines=[line for line in lines if not line.standard.off],
        aside=[line for line in lines if line.standard.off],
    )


def lines_of(store: Reader, code: str, language: str) -> list[Line]:
    """Every standard of a municipality in its order, in words."""
    names = Names(store, code, language)
    return [Line(one, names.standard(one), names.rule(one), version(one)) for one in store.standards(code)]


def _do(store: Store, actor: Actor, code: str, sent: Form) -> tuple[str, str]:
    """The phrase of what was done, and to which standard."""
    standards, act = store.standards(code), sent.text("do")
    read = next((one for one in standards if one.key == sent.text("key")), None)
    if read is None:
        raise UnknownThingError("coverage.no_such_standard", key=sent.text("key")[:80])
    if version(read) != sent.text("based_on"):
        raise StaleEditError("review_standards.changed")
    if act in STEPS:
        editing.reorder(store, actor, standards, moved(standards, read, STEPS[act]), clock.now())
    elif act in ACTS:
        ACTS[act](store, actor, read, clock.now())
    else:
        raise InvalidRecordError("forms.unreadable")
    return f"review_standards.said_{act}", Names(store, code, "ja").standard(read)


def moved(standards: Sequence[Standard], which: Standard, by: int) -> list[str]:
    """The keys in a new order: one steps past its neighbour of those that are, or are not, put aside as it is."""
    keys = [one.key for one in standards]
    alike = [one.key for one in standards if one.off == which.off]
    to = alike.index(which.key) + by
    if 0 <= to < len(alike):
        here, there = keys.index(which.key), keys.index(alike[to])
        keys[here], keys[there] = keys[there], keys[here]
    return keys


ROUTES: Final = (Route("/standards", page, methods=("GET", "POST")),)
