"""The columns of a table of where people live: which tells the total, and which the people of which ages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geodata.decode import read_int
from geodata.population import DASHES, SUPPRESSED
from portal.model.district import AgeBand
from portal.model.standard import OLDEST

if TYPE_CHECKING:
    from collections.abc import Mapping

TOTAL: Final = re.compile(r"(?:総?人口|人口総数|人口\(総数\)|総数)(総数|計)?")
AGES: Final = re.compile(r"(?:(\d{1,3})[-~](\d{1,3})歳|(\d{1,3})歳以上)の?(?:人口)?(?:\(?(総数|計|男性?|女性?)\)?)?")
SEXES: Final = ("男", "女")
BOTH: Final = ""

Span = tuple[int, int | None]
"""Ages, both included; None is "and over"."""


@dataclass(frozen=True, slots=True)
class PeopleColumns:
    """Names of columns."""

    total: str = ""
    """Empty where the table has none."""
    ages: Mapping[Span, Mapping[str, str]] = field(default_factory=dict)
    """By span of ages and by ``男``, ``女`` and, for both together, the empty text."""


def people_columns(labels: Mapping[str, str]) -> PeopleColumns:
    """The columns whose labels (by column) tell of people; of several for the same the first.

    Spans that end before they begin are passed over.
    """
    total = ""
    ages: dict[Span, dict[str, str]] = {}
    for column, label in labels.items():
        plain = "".join(unicodedata.normalize("NFKC", label).translate(DASHES).split())
        if TOTAL.fullmatch(plain):
            total = total or column
        elif found := AGES.fullmatch(plain):
            low, high, over, sex = found.groups()
            span = (int(over), None) if over else (int(low), int(high))
            if span[0] > (OLDEST if span[1] is None else min(span[1], OLDEST)):
                continue
            key = sex[0] if sex and sex[0] in SEXES else BOTH
            ages.setdefault(span, {}).setdefault(key, column)
    return PeopleColumns(total, ages)


def people_in(text: str) -> int | None:
    """The number in a cell; None where it is empty or suppressed. Raises ValueError for what is no number of people."""
    if not text or SUPPRESSED.fullmatch(text):
        return None
    number = read_int(text)
    if number is not None and number < 0:
        raise ValueError(text)
    return number


def bands_of(cells: Mapping[str, str], columns: PeopleColumns) -> tuple[AgeBand, ...]:
    """The people of a row by bands that do not overlap, by age; the narrowest are taken.

    "65 and over" and "75 and over" give 65 to 74 and 75 and over. What is suppressed is left out. Raises ValueError
    for cells that are no numbers, and where there are more people of 75 and over than of 65 and over.
    """
    apart = all(sex in by_sex for by_sex in columns.ages.values() for sex in SEXES)
    known = {span: people for span, by_sex in columns.ages.items() if (people := _people(cells, by_sex, apart=apart))}
    over = {low: people for (low, high), people in known.items() if high is None}
    closed = [AgeBand(low, high, *people) for (low, high), people in known.items() if high is not None]
    bands: list[AgeBand] = []
    for band in sorted([*closed, *_between(over)], key=lambda band: (_last(band) - band.low, band.low)):
        if not any(band.low <= _last(other) and other.low <= _last(band) for other in bands):
            bands.append(band)
    return tuple(sorted(bands, key=lambda band: band.low))


def _people(cells: Mapping[str, str], by_sex: Mapping[str, str], *, apart: bool) -> tuple[int, int] | None:
    """Men and women; where the table does not tell them ``apart``, all as the second. None where it is suppressed."""
    if apart:
        men, women = (people_in(cells.get(by_sex[sex], "")) for sex in SEXES)
        return None if men is None or women is None else (men, women)
    names = [by_sex[BOTH]] if BOTH in by_sex else [by_sex[sex] for sex in SEXES if sex in by_sex]
    numbers = [people_in(cells.get(name, "")) for name in names]
    told = [number for number in numbers if number is not None]
    return (0, sum(told)) if len(told) == (1 if BOTH in by_sex else len(SEXES)) else None


def _between(over: Mapping[int, tuple[int, int]]) -> list[AgeBand]:
    """Bands between the beginnings of spans that are all "and over", and the last of them."""
    bands: list[AgeBand] = []
    following: tuple[int, tuple[int, int]] | None = None
    for low, (men, women) in sorted(over.items(), reverse=True):
        if following is None:
            bands.append(AgeBand(low, None, men, women))
        else:
            older_men, older_women = following[1]
            if older_men > men or older_women > women:
                raise ValueError(low)
            bands.append(AgeBand(low, following[0] - 1, men - older_men, women - older_women))
        following = low, (men, women)
    return bands


def _last(band: AgeBand) -> int:
    return OLDEST if band.high is None else band.high
