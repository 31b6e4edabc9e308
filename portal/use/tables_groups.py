"""Tables of the groups: what each posts, how even that is, and whom to turn to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from portal import usage
from portal.model.report_table import Behind
from portal.model.usage import Use
from portal.use.behind import FIGURES, POSTS
from portal.use.calling import calls
from portal.use.columns import columns, percent, table
from portal.use.evenness import evenness
from portal.use.published import day_of, in_year, published, registered
from portal.use.reasons import Why
from portal.use.standing_choice import chosen
from portal.use.years import first_day, fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.report_table import Cell, ReportTable, Wanted
    from portal.store import Reader
    from portal.use.calling import Call, Followed
    from portal.use.published import Published
    from portal.use.reasons import Reason


def groups_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every registered group with its posts, its last post and how often its posts were looked at. For the office.

    Narrowed by ``standing``, see :func:`portal.use.standing_choice.chosen`; raises as it does.
    """
    items = published(store, wanted.municipality, wanted.today, samples=wanted.samples)
    year = fiscal_year(wanted.today)
    seen = _seen(store, items, wanted.today)
    found, rows = chosen(store, wanted, items), []
    for one in found:
        own = [item for item in items if item.post.group == one.group.id]
        uses = [sum(seen[item.post.id][use] for item in own) for use in (Use.VIEWED, Use.CALENDAR, Use.ASKED)]
        last = one.last.day.isoformat() if one.last else None
        since = day_of(one.group.decided_at or one.group.applied_at)
        rows.append(
            (one.group.name, since.isoformat() if since else None, len(in_year(own, year)), one.posts, last, *uses)
        )
    names = (
        "group",
        "since",
        "posts:posts",
        "posts_ever:posts",
        "last_post",
        "views:times",
        "calendar:times",
        "asked:times",
    )
    made = table("groups", wanted, columns(names, wanted.language), rows, year=year)
    if standing := wanted.params.get("standing"):
        made = replace(made, counted=f"{made.counted}\n{say(f'use_records.standing_{standing}', wanted.language)}")
    ids = tuple(one.group.id for one in found)
    return replace(made, things=ids, behind=POSTS, behind_rows=tuple(map(_posts_of, ids)))


def evenness_table(store: Reader, wanted: Wanted) -> ReportTable:
    """The Lorenz curve of this fiscal year: one row a point, from nothing to everything."""
    year = fiscal_year(wanted.today)
    items = in_year(published(store, wanted.municipality, wanted.today, samples=wanted.samples), year)
    found = evenness(registered(store, wanted.municipality, samples=wanted.samples), items)
    rows = [(n, percent(groups), percent(posts)) for n, (groups, posts) in enumerate(found.lorenz)]
    unknown = say("use.unknown", wanted.language)
    gini = unknown if found.gini is None else f"{found.gini:.2f}"
    top = unknown if found.top_ten_share is None else f"{percent(found.top_ten_share)}%"
    shape = columns(("least_groups:groups", "groups_share:percent", "posts_share:percent"), wanted.language)
    made = table("evenness", wanted, shape, rows, year=year, gini=gini, top=top)
    return replace(made, behind=FIGURES["gini"])


def calls_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Whom to turn to, in order, why, and what came of the last time. For the office."""
    found = calls(store, wanted.municipality, wanted.today, samples=wanted.samples)
    rows = [(n, *_call(call, wanted)) for n, call in enumerate(found, start=1)]
    names = ("rank", "group", "reason", "other_reasons", "last_post", "turned_to", "way", "came_of_it")
    made = table("calls", wanted, columns(names, wanted.language), rows)
    ids = tuple(call.standing.group.id for call in found)
    return replace(made, things=ids, behind_rows=tuple(map(_posts_of, ids)))


def _posts_of(group: str) -> Behind:
    return Behind("posts_counted", {"group": group})


def reason_said(reason: Reason, language: str) -> str:
    """A reason with its figures, as a sentence."""
    shown = {name: value.isoformat() if isinstance(value, date) else value for name, value in reason.values.items()}
    undated = "_undated" if reason.why is Why.NEVER_POSTED and not shown else ""
    return say(f"outreach.reason_{reason.why}{undated}", language, **shown)


def outcome_said(found: Followed, language: str) -> str:
    """What came of turning to a group, as a sentence."""
    if found.first is None:
        over = found.within[90] is False
        return say("outreach.came_nothing" if over else "outreach.came_nothing_yet", language)
    within = next((days for days, came in found.within.items() if came), 0)
    day = found.first.day.isoformat()
    return (
        say("outreach.came_later", language, day=day)
        if not within
        else say("outreach.came", language, day=day, days=within)
    )


def _call(call: Call, wanted: Wanted) -> tuple[Cell, ...]:
    first, *others = (reason_said(one, wanted.language) for one in call.reasons)
    last = call.standing.last
    told: tuple[Cell, ...] = (None, None, None)
    if call.last:
        done = call.last.outreach
        way = say(f"outreach.way_{done.way}", wanted.language)
        told = (str(day_of(done.at)), way, outcome_said(call.last, wanted.language))
    return (call.standing.group.name, first, " ".join(others), last.day.isoformat() if last else None, *told)


def _seen(store: Reader, items: Sequence[Published], today: date) -> dict[str, dict[Use, int]]:
    ids = [one.post.id for one in items]
    return usage.of(store, ids, first_day(fiscal_year(today)), today) if ids else {}
