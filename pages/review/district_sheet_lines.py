"""What stands on a district's one page, as lines that fit on it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.charts import states
from pages.charts.labels import fitted
from pages.review.coverage_choices import name_of
from portal.coverage import gaps
from portal.coverage.naming import Names
from portal.model.standard import EVERYBODY, Ages, CoverageState
from portal.parts_of_day import MINUTES
from portal.reach.people import knows, people_of
from portal.reach.tables import ages_name
from portal.schedules.wording_times import long_date, short_date
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.coverage.hours import Hours
    from portal.coverage.sheet import Against, Sheet
    from portal.model.district import Population
    from portal.model.kind import Kind
    from portal.query import Found, TimeOfDay
    from portal.store import Reader

AGES: Final = (EVERYBODY, Ages(0, 14), Ages(15, 64), Ages(65), Ages(75))
MOST_STANDARDS: Final = 5
ASKED_UP_TO: Final = 3
"""Standards up to which each one's rule has room."""
MOST_NEIGHBOURS: Final = 6
MOST_GAPS: Final = 3
MOST_KINDS: Final = 5
FEW_KINDS: Final = 3
MOST_NAMES: Final = 5
LEAST_NAMES: Final = 2
"""Of one kind, where there are few kinds and where there are many; how many there are in all is said."""
ROOMY: Final = 14
"""Lines about the district up to which there is more room to write on."""
SENTENCE_WIDTH: Final = 180
NAME_WIDTH: Final = 40
"""Half-width characters of one name."""


class Expected(NamedTuple):
    """One standard."""

    name: str
    sign: str
    figure: str
    asked: str
    neighbours: Sequence[str]


class Kept(NamedTuple):
    """What there is of one kind."""

    name: str
    count: int
    names: str


def values(store: Reader, page: Sheet, language: str) -> dict[str, Any]:
    """What the sheet's templates show."""
    names = Names(store, page.district.municipality, language)
    kinds = {item.key: item for item in store.kinds(page.district.municipality)}
    layer = next((item for item in store.layers(page.district.municipality) if item.key == page.district.layer), None)
    there = _there(page, kinds, language)
    lines = 3 * len(page.standards) + len(page.gaps) + 2 * len(there)
    return {
        "name": name_of(page.district, language),
        "layer_name": names.layer(layer) if layer else "",
        "approximate": page.district.approximate,
        "counted_on": long_date(page.day, language),
        "expected": [_expected(item, names) for item in page.standards[:MOST_STANDARDS]],
        "asked": len(page.standards) <= ASKED_UP_TO,
        "more_expected": max(0, len(page.standards) - MOST_STANDARDS),
        "people": list(_people(page.population, language)),
        "people_on": long_date(page.population.as_of, language) if page.population else "",
        "there": there[:MOST_KINDS],
        "more_there": sum(item.count for item in there[MOST_KINDS:]),
        "there_in_all": page.there_in_all,
        "gaps": [fitted(gaps.sentence(item, names), SENTENCE_WIDTH) for item in page.gaps[:MOST_GAPS]],
        "more_gaps": max(0, len(page.gaps) - MOST_GAPS),
        "parts_of_day": list(MINUTES),
        "weeks": _weeks(page.hours, language),
        "hours_unknown": sum(page.hours.unknown),
        "complete": page.hours.complete,
        "neighbours": [name_of(item, language) for item in page.neighbours],
        "roomy": lines <= ROOMY,
        "sources": [page.district.source.name],
        "signs": [states.sign(state, language) for state in CoverageState],
    }


def _expected(item: Against, names: Names) -> Expected:
    standard = item.assessed.standard
    beside = [
        f"{states.LOOKS[one.state].symbol}{name_of(one.district, names.language)}"
        for one in item.neighbours[:MOST_NEIGHBOURS]
    ]
    return Expected(
        fitted(names.standard(standard), NAME_WIDTH),
        states.sign(item.standing.state, names.language),
        names.figure(standard, item.standing.figure),
        names.rule(standard),
        beside,
    )


def _people(known: Population | None, language: str) -> Iterator[tuple[str, str]]:
    """Spans of ages and how many people are of them, as far as the figures tell."""
    if known:
        told = (ages for ages in AGES if knows(known, ages))
        yield from ((ages_name(ages, language), f"{round(people_of(known, ages)):,}") for ages in told)


def _there(page: Sheet, kinds: dict[str, Kind], language: str) -> list[Kept]:
    """By kind, in the kinds' order, what takes place next before the rest."""
    order = {key: at for at, key in enumerate(kinds)}
    found = sorted(page.there, key=lambda item: order.get(item.kind, len(order)))
    by_kind = [(key, list(items)) for key, items in groupby(found, key=lambda item: item.kind)]
    most = MOST_NAMES if len(by_kind) <= FEW_KINDS else LEAST_NAMES
    return [_kept(kinds.get(key), items, most, language) for key, items in by_kind]


def _kept(kind: Kind | None, items: Sequence[Found], most: int, language: str) -> Kept:
    name = (kind.en if language == "en" else kind.ja) if kind else items[0].kind
    told = [_told(item, language) for item in items[:most]]
    more = len(items) - len(told)
    rest = [say("review_sheet.more", language, count=more)] if more else []
    return Kept(name, len(items), say("review_sheet.comma", language).join((*told, *rest)))


def _told(item: Found, language: str) -> str:
    name = fitted(item.name, NAME_WIDTH)
    if item.next_day is None:
        return name
    return say("review_sheet.next", language, name=name, day=short_date(item.next_day, language))


def _weeks(hours: Hours, language: str) -> list[tuple[str, list[int]]]:
    """For each weekday how many sessions begin in each part of the day, and last those of an unknown hour."""
    return [
        (
            say(f"coverage_table.weekday_{day}", language),
            [*(_begun(hours.counts[day], part) for part in MINUTES), hours.unknown[day]],
        )
        for day in range(len(hours.counts))
    ]


def _begun(by_hour: Sequence[int], part: TimeOfDay) -> int:
    first, last = MINUTES[part]
    return sum(by_hour[first // 60 : last // 60 + 1])
