"""The indicators of a plan as the office writes them: put, given a value or a target, put aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Final

from portal import permissions
from portal.errors import InvalidRecordError, StaleEditError, UnknownThingError
from portal.locate import municipality
from portal.model.indicator import Indicator
from portal.model.mark import Mark
from portal.permissions import Action
from portal.posts.opening import retried
from portal.records import digest, to_text
from portal.store import Put, expected, unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from portal.model.goal import Goal
    from portal.permissions import Actor
    from portal.store import Reader, Store

FIRST_YEAR, LAST_YEAR = 1950, 2150
AMOUNT_MAX: Final = 1e12
INDICATORS_MAX: Final = 500
NAME_MAX: Final = 200
NOTE_MAX: Final = 2_000
YEARS_MAX: Final = 100


def version(indicator: Indicator | None) -> str:
    """A short text that differs after every change: what a form was based on. Empty for an indicator not there yet."""
    return digest(to_text(indicator)) if indicator else ""


def one(store: Reader, code: str, key: str) -> Indicator | None:
    """An indicator by its key, also one that is put aside."""
    return next((item for item in store.indicators(code) if item.key == key), None)


def put(store: Store, actor: Actor, indicator: Indicator, based_on: str, now: datetime) -> Indicator:
    """Keep an indicator as it was written; ``based_on`` is :func:`version` of what the form showed.

    Raises NotSignedInError, ForbiddenError, UnknownThingError for a municipality or a goal that is none,
    InvalidRecordError for what cannot be, StaleEditError where somebody else changed it in the meantime.
    """
    permissions.require(actor, Action.INDICATOR_EDIT, indicator.municipality)
    municipality(store, indicator.municipality)
    check(indicator, store.goals(indicator.municipality))
    old = one(store, indicator.municipality, indicator.key)
    if version(old) != based_on:
        raise StaleEditError("indicators.changed", name=old.name if old else indicator.name)
    if old is None and len(store.indicators(indicator.municipality)) >= INDICATORS_MAX:
        raise InvalidRecordError("indicators.too_many", most=INDICATORS_MAX)
    return _keep(store, actor, old, indicator, now)


def put_all(store: Store, actor: Actor, code: str, indicators: Sequence[Indicator], now: datetime) -> int:
    """Keep the indicators of a plan that came as a file, all of them or none; how many are new or changed.

    Those that the file does not name stay. Raises as :func:`put` does, and ForbiddenError for one of another town.
    """
    permissions.require(actor, Action.INDICATOR_EDIT, code)
    municipality(store, code)
    goals, known = store.goals(code), {item.key: item for item in store.indicators(code)}
    if any(item.municipality != code for item in indicators):
        raise InvalidRecordError("indicators.other_municipality")
    for item in indicators:
        check(item, goals)
    if len(known.keys() | {item.key for item in indicators}) > INDICATORS_MAX:
        raise InvalidRecordError("indicators.too_many", most=INDICATORS_MAX)
    new = [item for item in indicators if known.get(item.key) != item]
    before = [expected(known[item.key]) if item.key in known else unused(Indicator, code, item.key) for item in new]
    if new:
        store.apply(map(Put, new), Mark(now, actor.id, Action.INDICATOR_EDIT), before)
    return len(new)


@retried
def set_value(  # noqa: PLR0913, PLR0917  # which figure of which indicator, by whom and when
    store: Store, actor: Actor, code: str, key: str, year: str, value: float | None, now: datetime
) -> Indicator:
    """Set the value of one fiscal year; None says that the plan has none. What others set meanwhile stays.

    Raises as :func:`put` does, and UnknownThingError for an indicator that is none.
    """
    old = _known(store, actor, code, key)
    new = replace(old, values={**old.values, year: value})
    check(new, store.goals(code))
    return _keep(store, actor, old, new, now)


@retried
def set_target(  # noqa: PLR0913, PLR0917  # as above
    store: Store, actor: Actor, code: str, key: str, year: str, figure: float | None, now: datetime
) -> Indicator:
    """Set the target of one fiscal year, or take it out with None. Raises as :func:`set_value` does."""
    old = _known(store, actor, code, key)
    others = {its: kept for its, kept in old.targets.items() if its != year}
    new = replace(old, targets=others if figure is None else {**others, year: figure})
    check(new, store.goals(code))
    return _keep(store, actor, old, new, now)


def remove(store: Store, actor: Actor, code: str, key: str, now: datetime) -> Indicator:
    """Put an indicator aside: it is shown and counted nowhere, and kept so that a built-in one does not come back.

    Raises as :func:`set_value` does, and StaleEditError where somebody else changes it this moment.
    """
    old = _known(store, actor, code, key)
    return _keep(store, actor, old, replace(old, off=True), now)


def check(indicator: Indicator, goals: Iterable[Goal]) -> None:
    """Refuse what the record itself lets pass: years far off, days that are none, figures beyond all bounds.

    Raises InvalidRecordError, and UnknownThingError for a goal that the plan has not.
    """
    if max(len(indicator.name), len(indicator.name_en), len(indicator.unit), len(indicator.unit_en)) > NAME_MAX:
        raise InvalidRecordError("model.name_too_long", most=NAME_MAX)
    if max(len(indicator.note), len(indicator.note_en)) > NOTE_MAX:
        raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)
    years = {*indicator.values, *indicator.targets}
    if not all(FIRST_YEAR <= int(year) <= LAST_YEAR for year in years) or len(years) > YEARS_MAX:
        raise InvalidRecordError("indicator.bad_year")
    figures = [*indicator.values.values(), *indicator.targets.values(), *indicator.progress.values()]
    if not all(figure is None or (isfinite(figure) and abs(figure) <= AMOUNT_MAX) for figure in figures):
        raise InvalidRecordError("indicator.bad_figure")
    if len(indicator.progress) > YEARS_MAX or not all(map(_is_day, indicator.progress)):
        raise InvalidRecordError("indicator.bad_day")
    if indicator.goal and indicator.goal not in {goal.key for goal in goals}:
        raise UnknownThingError("indicators.no_such_goal", goal=indicator.goal)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _known(store: Reader, actor: Actor, code: str, key: str) -> Indicator:
    permissions.require(actor, Action.INDICATOR_EDIT, code)
    found = one(store, code, key)
    if found is None:
        raise UnknownThingError("indicators.no_such_indicator", key=key)
    return found


def _keep(store: Store, actor: Actor, old: Indicator | None, new: Indicator, now: datetime) -> Indicator:
    if new != old:
        as_read = expected(old) if old else unused(Indicator, new.municipality, new.key)
        store.apply([Put(new)], Mark(now, actor.id, Action.INDICATOR_EDIT), [as_read])
    return new
