"""Tables of the decisions, and of what was looked at, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.clock import TOKYO
from portal.model.post import Post
from portal.model.usage import Use
from portal.use.approval import decisions
from portal.use.looks import PLACE, POST, looks
from portal.use.record_parts import choice, record_table
from portal.use.years import fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.report_table import ReportTable, Wanted
    from portal.store import Reader
    from portal.use.columns import Row
    from portal.use.looks import Look

REPORTED: Final = "reported"
WAYS: Final = (*Use, REPORTED)
"""Ways to be used, as the choice ``used`` names them."""


def decisions_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every wait of a post that ended this fiscal year by approval or return, the first first."""
    year = fiscal_year(wanted.today)
    found = decisions(store, wanted.municipality, year, wanted.today, samples=wanted.samples)
    rows = (
        (
            (
                one.post.facts.title,
                _moment(one.handed_in),
                _moment(one.decided),
                round(one.waited.total_seconds() / 3600, 1),
                say("use_records.approved" if one.approved else "use_records.returned", wanted.language),
            ),
            one.post.id,
        )
        for one in found
    )
    return record_table("decisions_counted", wanted, year, rows)


def looks_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every post and place that was used this fiscal year; narrowed by ``what``, ``post`` or ``place``, and ``used``.

    Raises InvalidRecordError for choices that there are not.
    """
    year = fiscal_year(wanted.today)
    found = looks(store, wanted.municipality, year, wanted.today, samples=wanted.samples)
    narrowed = []
    if what := choice(wanted, "what", (POST, PLACE)):
        found = [one for one in found if one.what == what]
        narrowed.append(say(f"use_records.only_{what}", wanted.language))
    if used := choice(wanted, "used", WAYS):
        found = [one for one in found if _times(one, used)]
        narrowed.append(say(f"use_records.only_{used}", wanted.language))
    return record_table("looks_counted", wanted, year, ((_look(one, wanted), one.thing.id) for one in found), narrowed)


def _look(look: Look, wanted: Wanted) -> Row:
    what = say(f"use_records.what_{look.what}", wanted.language)
    return (what, _name(look, wanted.language), *(_times(look, used) for used in WAYS))


def _times(look: Look, used: str) -> int:
    return look.reports if used == REPORTED else look.uses[Use(used)]


def _name(look: Look, language: str) -> str:
    if isinstance(look.thing, Post):
        return look.thing.facts.title
    facts = look.thing.facts
    return facts.name if language == "ja" else facts.name_en or facts.name


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(TOKYO):%Y-%m-%d %H:%M}"
