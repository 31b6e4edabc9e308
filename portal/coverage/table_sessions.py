"""Sessions one by one, as a table: what the figures by weekday and hour are counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from portal.coverage import record_choices as choices
from portal.coverage import table_parts as parts
from portal.coverage.hours import DAY_HOURS, WEEK_DAYS, held, hour_of, last_day
from portal.coverage.origins import origins
from portal.coverage.records import OUTSIDE
from portal.coverage.table_records import own_columns
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.report_table import ReportTable
from portal.query import from_params
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.coverage.naming import Names
    from portal.model.report_table import Cell, Wanted
    from portal.query import Query
    from portal.store import Happening, Reader

NARROWED: Final = ("kind", "layer", "district")
UNKNOWN_HOUR: Final = "unknown"
WEEKDAYS: Final = {str(day): day for day in range(WEEK_DAYS)}
HOURS: Final[dict[str, int | None]] = {str(hour): hour for hour in range(DAY_HOURS)} | {UNKNOWN_HOUR: None}


class _When(NamedTuple):
    """A weekday and an hour as they are asked for; empty is any."""

    weekday: str
    hour: str

    def holds(self, one: Happening) -> bool:
        """Whether a session is among what is asked for."""
        on = not self.weekday or one.day.weekday() == WEEKDAYS[self.weekday]
        return on and (not self.hour or hour_of(one) == HOURS[self.hour])


def asked_of(wanted: Wanted) -> Query:
    """The sessions of ``kind``, ``layer`` and ``district``, as addresses of *Find* have them.

    Raises InvalidRecordError for what cannot be read.
    """
    params = {name: wanted.params.get(name, "") for name in NARROWED}
    return from_params({**params, "municipality": wanted.municipality, "evacuation": "0"})


def sessions_counted(store: Reader, wanted: Wanted) -> ReportTable:
    """The sessions of the table ``hours``, by day and hour; narrowed as it is, and by ``weekday`` and ``hour``.

    ``weekday`` is 0 to 6 from Monday on, ``hour`` 0 to 23 or ``unknown``. Raises InvalidRecordError and
    UnknownThingError for choices that there are not.
    """
    query, its, when = asked_of(wanted), parts.names(store, wanted), _when(wanted)
    places = _narrowing(store, wanted, query, its)
    every = held(store, query, wanted.today, samples=wanted.samples)
    rows = [one for one in every if when.holds(one)]
    return ReportTable(
        name="sessions_counted",
        title=say("coverage_records.title_sessions_counted", wanted.language),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=(
            *own_columns(wanted.language, "day"),
            *parts.columns(wanted.language, "weekday"),
            *own_columns(wanted.language, "time", "what", "name"),
        ),
        rows=tuple(_row(one, its) for one in rows),
        counted=_counted(store, wanted, choices.narrowed(wanted, [*places, *_times(when, wanted)])),
        sources=origins(store, store.places(sorted({one.id for one in rows}))),
        things=tuple(one.id for one in rows),
    )


def _when(wanted: Wanted) -> _When:
    when = _When(wanted.params.get("weekday", ""), wanted.params.get("hour", ""))
    if (when.weekday and when.weekday not in WEEKDAYS) or (when.hour and when.hour not in HOURS):
        raise InvalidRecordError("coverage_records.no_such_time")
    return when


def _narrowing(store: Reader, wanted: Wanted, query: Query, its: Names) -> list[tuple[str, str]]:
    """Each choice with its value by name; every one of them must be known."""
    kinds = {item.key for item in store.kinds(wanted.municipality)}
    for kind in query.kinds:
        if kind not in kinds:
            raise UnknownThingError("coverage.no_such_kind", kind=kind[: choices.SHOWN_MAX])
    layer = choices.known_layer(store, wanted.municipality, query.layer, its) if query.layer else ""
    districts = [_district(store, wanted, item, its) for item in query.districts]
    comma = say("coverage_records.comma", wanted.language)
    return [
        (say("coverage_records.what", wanted.language), comma.join(its.kind(kind) for kind in query.kinds)),
        (say("coverage_table.layer", wanted.language), layer),
        (say("coverage_table.district", wanted.language), comma.join(districts)),
    ]


def _district(store: Reader, wanted: Wanted, text: str, its: Names) -> str:
    if text == OUTSIDE:
        return its.outside
    found = store.district(text)
    if found is None or found.municipality != wanted.municipality:
        raise UnknownThingError("coverage.no_such_district")
    return found.name


def _times(when: _When, wanted: Wanted) -> Iterator[tuple[str, str]]:
    language = wanted.language
    if when.weekday:
        yield say("coverage_table.weekday", language), say(f"coverage_table.weekday_{when.weekday}", language)
    if when.hour == UNKNOWN_HOUR:
        yield say("coverage_records.time", language), say("coverage_table.hour_unknown", language)
    elif when.hour:
        yield say("coverage_records.time", language), say("coverage_table.hour", language, hour=when.hour)


def _row(one: Happening, its: Names) -> tuple[Cell, ...]:
    at = None if one.starts_minute is None else f"{hour_of(one):02d}:{one.starts_minute % 60:02d}"
    weekday = say(f"coverage_table.weekday_{one.day.weekday()}", its.language)
    return (one.day.isoformat(), weekday, at, its.kind(one.kind), one.name)


def _counted(store: Reader, wanted: Wanted, narrowed: str) -> str:
    first, last = wanted.today, last_day(wanted.today)
    sentences = [
        narrowed,
        say("coverage_records.sessions_counted", wanted.language, first=first.isoformat(), last=last.isoformat()),
        parts.samples_said(wanted),
    ]
    until = store.occurrences_until()
    if until is None or until < last:
        sentences.append(parts.said(wanted, "not_laid_out"))
    return "\n".join(sentences)
