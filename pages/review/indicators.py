"""The plan's indicators (計画の指標): how each stands, what it would take, and what is tied to the plan's goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from pages import wiring
from pages.forms import base
from pages.review import charted, frame
from pages.review.shown import shown
from portal import review_tables
from portal.indicators.reading import read
from portal.indicators.tables import takes_said
from portal.words import say

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from portal.indicators.progress import Progress
    from portal.model.indicator import Indicator
    from portal.permissions import Actor
    from portal.store import Reader

TABLES: Final = ("indicators", "goals")


class Line(NamedTuple):
    """One indicator in a sentence."""

    key: str
    name: str
    state: str
    takes: str


async def page(request: Request) -> Response:
    """Every indicator with its chart and table, and the goals."""
    found = await frame.asked(request)
    values = await run_in_threadpool(_values, wiring.store(), request, found, await base.actor(request))
    return await frame.show(request, found, "review_indicators.html", **values)


def _values(store: Reader, request: Request, found: frame.Asked, actor: Actor) -> dict[str, Any]:
    code, wanted = found.town.code, found.wanted
    tables = [review_tables.make(store, actor, name, wanted) for name in TABLES]
    progress = read(store, code, wanted.today, samples=wanted.samples)
    return {
        "lines": [_line(one, wanted.language) for one in progress],
        "aside": [(one.key, named(one, wanted.language)) for one in store.indicators(code) if one.off],
        "tables": [shown(request, wanted, table, charted.told(table, wanted.language)) for table in tables],
    }


def _line(one: Progress, language: str) -> Line:
    state = say(f"indicators.state_{one.state}", language)
    return Line(one.indicator.key, named(one.indicator, language), state, takes_said(one, language))


def named(indicator: Indicator, language: str) -> str:
    """An indicator's name in a language."""
    return (indicator.name_en if language == "en" else "") or indicator.name


ROUTES: Final = (Route("/review-indicators", page),)
