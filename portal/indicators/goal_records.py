"""The places and posts that count for the goals of a plan, one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.errors import UnknownThingError
from portal.indicators.goal_counts import tied, tree
from portal.indicators.record_parts import named, record_table
from portal.model.place import Place
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.indicators.goal_counts import Tied
    from portal.model.report_table import Cell, ReportTable, Wanted
    from portal.store import Reader

COLUMNS: Final = ("goal", "what", "name", "day")


def goal_records_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every place and post tied to a goal, once each; narrowed by ``goal`` to that one and those under it.

    As many as :func:`portal.indicators.goal_counts.goal_counts` counts. Raises UnknownThingError for a goal that
    there is not.
    """
    nodes, language = tree(store.goals(wanted.municipality)), wanted.language
    names = {goal.key: named(goal.name, goal.name_en, language) for goal, _, _ in nodes}
    under = {goal.key: keys for goal, _, keys in nodes}
    key = wanted.params.get("goal", "")
    if key and key not in names:
        raise UnknownThingError("goal_records.no_such_goal")
    chosen = {one: name for one, name in names.items() if not key or one in under[key]}
    every = tied(store, wanted.municipality, wanted.today, samples=wanted.samples)
    found = [one for one in every if one.goals & chosen.keys()]
    narrowed = [say("goal_records.only_goal", language, goal=names[key])] if key else []
    made = record_table("goal_records", wanted, COLUMNS, [_row(one, chosen, language) for one in found], narrowed)
    return replace(made, things=tuple(one.thing.id for one in found))


def _row(one: Tied, chosen: Mapping[str, str], language: str) -> tuple[Cell, ...]:
    goals = say("goal_records.and", language).join(name for key, name in chosen.items() if key in one.goals)
    day = one.day.isoformat() if one.day else None
    if isinstance(one.thing, Place):
        facts = one.thing.facts
        return goals, say("goal_records.place", language), named(facts.name, facts.name_en, language), day
    return goals, say("goal_records.post", language), one.thing.facts.title, day
