"""How the portal is used (ポータルの利用): posts against the target, groups, evenness, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from pages import wiring
from pages.forms import base, going
from pages.review import charted, frame
from pages.review.shown import shown
from portal import review_tables
from portal.use import calling
from portal.use.summary import summary
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.review.shown import Shown
    from portal.permissions import Actor
    from portal.store import Reader
    from portal.use.summary import Use

TABLES: Final = (
    "posts_by_month",
    "use",
    "groups",
    "evenness",
    "posts_by_kind",
    "posts_by_district",
    "participation",
)
"""The tables in the order in which they stand, after the list of whom to call."""
NAMED: Final = 30
"""So many districts are named in a sentence; the table has them all."""


async def page(request: Request) -> Response:
    """Everything of one municipality's use in this fiscal year."""
    found = await frame.asked(request)
    actor = await base.actor(request)
    values = await run_in_threadpool(_values, wiring.store(), request, found, actor)
    return await frame.show(request, found, "review_use.html", **values)


def _values(store: Reader, request: Request, found: frame.Asked, actor: Actor) -> dict[str, Any]:
    code, wanted = found.town.code, found.wanted
    english = wanted.language == "en"
    groups = [call.standing.group.id for call in calling.calls(store, code, wanted.today, samples=wanted.samples)]
    layers = store.layers(code)
    usual = next((one.key for one in layers if one.tier > 1), "")
    tables = [_shown(store, request, found, actor, name) for name in TABLES]
    year = summary(store, code, wanted.today, samples=wanted.samples)
    return {
        "told": [*told(year, wanted.language), *_silent(tables, wanted.language)],
        "calls": _shown(store, request, found, actor, "calls", _to_outreach(request, code, groups)),
        "tables": tables,
        "layers": [(one.key, (one.name_en if english else "") or one.name) for one in layers],
        "layer": wanted.params.get("layer") or usual,
    }


def _shown(  # noqa: PLR0913, PLR0917  # one table for one reader
    store: Reader,
    request: Request,
    found: frame.Asked,
    actor: Actor,
    name: str,
    link: Callable[[int, str], str] | None = None,
) -> Shown:
    table = review_tables.make(store, actor, name, found.wanted)
    return shown(request, found.wanted, table, charted.told(table, found.wanted.language), link)


def _to_outreach(request: Request, code: str, groups: list[str]) -> Callable[[int, str], str]:
    """The way from a row of the list to the letter for its group."""

    def link(row: int, key: str) -> str:
        if key != "group":
            return ""
        return going.address(request, "/outreach", municipality=code, group=groups[row])

    return link


def told(use: Use, language: str) -> list[str]:
    """The main figures in a few sentences: where the year is heading, who posts, and how even that is."""
    return [_posts(use, language), _groups(use, language), *_evenness(use, language), *_people(use, language)]


def _silent(tables: list[Shown], language: str) -> list[str]:
    """From which districts nothing came, as the table by district has them; its last row is what is outside."""
    districts = next(one.table.rows[:-1] for one in tables if one.table.name == "posts_by_district")
    names = [str(name) for name, posts in districts if not posts]
    if not names:
        return []
    joint = say("review_use.and", language)
    return [say("review_use.silent", language, count=len(names), names=joint.join(names[:NAMED]))]


def _posts(use: Use, language: str) -> str:
    ahead = use.forecast
    figures = {
        "year": use.year,
        "posts": f"{use.posts:,}",
        "expected": f"{round(ahead.expected):,}",
        "low": f"{ahead.low:,}",
        "high": f"{ahead.high:,}",
    }
    if use.target is None or ahead.outlook is None or ahead.chance is None:
        return say("review_use.posts", language, **figures)
    goal = {"target": f"{use.target.figure:,g}", "chance": f"{ahead.chance:.0%}"}
    outlook = say(f"use.outlook_{ahead.outlook}", language)
    return say("review_use.posts_of_target", language, **figures, **goal, outlook=outlook)


def _groups(use: Use, language: str) -> str:
    groups = use.groups
    silent = {f"silent_{months}": count for months, count in groups.silent.items()}
    return say(
        "review_use.groups", language, registered=groups.registered, active=groups.active, never=groups.never, **silent
    )


def _evenness(use: Use, language: str) -> list[str]:
    if use.top_ten_share is None or use.gini is None:
        return []
    return [say("review_use.evenness", language, share=f"{use.top_ten_share:.0%}", gini=f"{use.gini:.2f}")]


def _people(use: Use, language: str) -> list[str]:
    its = use.participation
    if its.target is None:
        return []
    return [say("review_use.people", language, people=f"{its.people:,}", target=f"{its.target.figure:,g}")]


ROUTES: Final = (Route("/review-use", page),)
