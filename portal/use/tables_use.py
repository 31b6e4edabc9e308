"""The table of the main figures of the portal's use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.model.usage import Use
from portal.use.approval import time_to_decision
from portal.use.behind import behind
from portal.use.columns import columns, percent, table
from portal.use.counting import looked_at
from portal.use.summary import summary
from portal.use.years import fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from portal.model.report_table import Cell, ReportTable, Wanted
    from portal.store import Reader

Figure = tuple[str, "Cell", str]
"""End of its phrase, the figure, its unit."""


def use_table(store: Reader, wanted: Wanted) -> ReportTable:
    """The main figures of this fiscal year, one a row, each with how it is counted."""
    language = wanted.language
    figures = [*_posts(store, wanted), *_waiting(store, wanted), *_looks(store, wanted)]
    rows = [
        (
            say(f"use.figure_{name}", language),
            value,
            say(f"use.unit_{unit}", language) if unit else "",
            say(f"use.how_{name}", language),
        )
        for name, value, unit in figures
    ]
    shape = columns(("figure", "value", "unit", "how"), language)
    made = table("use", wanted, shape, rows, year=fiscal_year(wanted.today))
    return replace(made, behind_rows=tuple(behind(store, wanted, name) for name, _, _ in figures))


def _posts(store: Reader, wanted: Wanted) -> Iterator[Figure]:
    use = summary(store, wanted.municipality, wanted.today, samples=wanted.samples)
    ahead, groups = use.forecast, use.groups
    yield "posts", use.posts, "posts"
    yield "local", use.local, "posts"
    yield "target", use.target.figure if use.target else None, "posts"
    yield "expected", round(ahead.expected), "posts"
    yield "low", ahead.low, "posts"
    yield "high", ahead.high, "posts"
    outlook = say(f"use.outlook_{ahead.outlook}", wanted.language) if ahead.outlook else None
    yield "outlook", outlook, ""
    yield "registered", groups.registered, "groups"
    yield "active", groups.active, "groups"
    for months, count in groups.silent.items():
        yield f"silent_{months}", count, "groups"
    yield "never", groups.never, "groups"
    yield "top_ten_share", percent(use.top_ten_share), "percent"
    yield "gini", None if use.gini is None else round(use.gini, 3), ""
    yield "participants", use.participation.people, "people"
    yield "participants_target", use.participation.target.figure if use.participation.target else None, "people"


def _waiting(store: Reader, wanted: Wanted) -> Iterator[Figure]:
    year = fiscal_year(wanted.today)
    found = time_to_decision(store, wanted.municipality, year, wanted.today, samples=wanted.samples)
    yield "decisions", found.decisions, "times"
    yield "wait_median", _hours(found.median), "hours"
    yield "wait_most", _hours(found.most), "hours"


def _looks(store: Reader, wanted: Wanted) -> Iterator[Figure]:
    year = fiscal_year(wanted.today)
    found = looked_at(store, wanted.municipality, year, wanted.today, samples=wanted.samples)
    yield "views", found.posts[Use.VIEWED], "times"
    yield "place_views", found.places[Use.VIEWED], "times"
    yield "calendar", found.posts[Use.CALENDAR] + found.places[Use.CALENDAR], "times"
    yield "asked", found.posts[Use.ASKED] + found.places[Use.ASKED], "times"
    yield "reports", found.reports, "times"


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 3600, 1)
