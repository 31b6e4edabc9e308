"""Tables of what is posted: by month, kind and district, and who takes part in courses."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from portal.model.indicator import Measure
from portal.model.report_table import Behind
from portal.use.behind import POSTS
from portal.use.columns import columns, percent, table
from portal.use.counting import by_district, by_kind, by_month, local
from portal.use.participation import participation
from portal.use.posts_counted import OUTSIDE
from portal.use.published import in_year, published
from portal.use.record_parts import layer_of, year_of
from portal.use.targets import target
from portal.use.years import first_day, fiscal_year, month_of, months_of
from portal.words import say

if TYPE_CHECKING:
    from portal.model.report_table import ReportTable, Wanted
    from portal.store import Reader
    from portal.use.published import Published


def by_month_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Posts of this fiscal year by month beside the year before and the plan's target; months to come are empty."""
    year = fiscal_year(wanted.today)
    items = _published(store, wanted)
    this, before = by_month(items, year), by_month(items, year - 1)
    begun = bool(items) and items[0].day < first_day(year)
    near = by_month(local(store, in_year(items, year), wanted.municipality, wanted.today), year)
    goal = target(store, wanted.municipality, Measure.POSTS, year)
    sums = list(accumulate(this.values()))
    rows = []
    for n, (month, earlier) in enumerate(zip(months_of(year), before.values(), strict=True)):
        over = month <= month_of(wanted.today)
        pace = round(goal.figure * (n + 1) / len(this), 1) if goal else None
        counts = (this[month], near[month], sums[n]) if over else (None, None, None)
        rows.append((str(month), *counts, pace, earlier if begun else None))
    names = ("month", "posts:posts", "local:posts", "sum:posts", "pace:posts", "year_before:posts")
    made = table("posts_by_month", wanted, columns(names, wanted.language), rows, year=year)
    its = (Behind(POSTS.table, {"month": str(row[0])}) if row[1] is not None else None for row in rows)
    return replace(made, behind=POSTS, behind_rows=tuple(its))


def by_kind_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Posts of this fiscal year by kind, with those of them about a local activity."""
    year = fiscal_year(wanted.today)
    items = in_year(_published(store, wanted), year)
    near = by_kind(local(store, items, wanted.municipality, wanted.today))
    rows = [
        (say(f"use.kind_{kind}", wanted.language), count, near[kind], percent(count / len(items) if items else None))
        for kind, count in by_kind(items).items()
    ]
    shape = columns(("kind", "posts:posts", "local:posts", "share:percent"), wanted.language)
    made = table("posts_by_kind", wanted, shape, rows, year=year)
    its = (Behind(POSTS.table, {"post_kind": kind.value}) for kind in by_kind(items))
    return replace(made, behind=POSTS, behind_rows=tuple(its))


def by_district_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Posts of this fiscal year by district of the layer in ``params``, else of the first layer below the whole.

    Raises UnknownThingError for a layer that there is not.
    """
    year = fiscal_year(wanted.today)
    items = in_year(_published(store, wanted), year)
    layer = layer_of(store, wanted)
    found = by_district(store, items, wanted.municipality, layer, wanted.today)
    english = wanted.language != "ja"
    rows = [((item.name_en or item.name) if english else item.name, count) for item, count in found.counts]
    rows.append((say("use.outside", wanted.language), found.outside))
    areas = [*(item.geometry for item, _ in found.counts), None]
    silent = len(found.silent)
    shape = columns(("district", "posts:posts"), wanted.language)
    made = table("posts_by_district", wanted, shape, rows, areas, year=year, silent=silent)
    ids = [*(item.id for item, _ in found.counts), OUTSIDE]
    its = (Behind(POSTS.table, {"layer": layer, "in_district": one}) for one in ids)
    return replace(made, behind=POSTS, behind_rows=tuple(its))


def participation_table(store: Reader, wanted: Wanted) -> ReportTable:
    """The sessions of this fiscal year, or of that in ``year``, whose people were counted.

    Raises InvalidRecordError for a year that cannot be.
    """
    year = year_of(wanted)
    found = participation(store, _published(store, wanted), wanted.municipality, year, wanted.today)
    names = {group.id: group.name for group in store.groups(wanted.municipality)}
    rows = [
        (
            one.day.isoformat(),
            one.post.facts.title,
            names.get(one.post.group, ""),
            say(f"use.kind_{one.post.facts.kind}", wanted.language),
            one.people,
        )
        for one in found.sessions
    ]
    goal = f"{found.target.figure:g}" if found.target else say("use.no_target", wanted.language)
    shape = columns(("day", "title", "group", "kind", "people:people"), wanted.language)
    made = table("participation", wanted, shape, rows, year=year, people=found.people, target=goal)
    return replace(made, things=tuple(one.post.id for one in found.sessions))


def _published(store: Reader, wanted: Wanted) -> list[Published]:
    return published(store, wanted.municipality, wanted.today, samples=wanted.samples)
