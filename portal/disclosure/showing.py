"""The one function that decides what everybody is shown of the numbers of people in need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.disclosure.inhabitants import inhabitants
from portal.disclosure.numbers import moments, numbers
from portal.disclosure.rules import Cell, read_figure, rule_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from portal.disclosure.rules import Figure, Rule
    from portal.model.need import NeedCount, NeedRelease
    from portal.model.source import Source
    from portal.store import Reader

UNKNOWN_INHABITANTS: Final = "unknown_inhabitants"
TOO_SMALL: Final = "too_small"
NOT_RELEASED: Final = "not_released"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What is shown; screens, colours, tooltips and files get this and nothing else."""

    municipality: str
    rule: Rule | None
    reason: str = ""
    """Why nothing at all is shown: ``unknown_inhabitants``, ``too_small``, ``not_released``; else empty."""
    release: NeedRelease | None = None
    days: tuple[tuple[str, date], ...] = ()
    """Each layer with the day of its table."""
    cells: tuple[tuple[Cell, Figure | None], ...] = ()
    """Every number of the tables and its totals, by layer, district and category; None is hidden, and why is the same
    for all: small itself, or needed to protect a small one."""
    sources: tuple[Source, ...] = ()

    def figure(self, layer: str, district: str, category: str = "") -> Figure | None:
        """One figure; without a district the layer's total. None where it is hidden or not known."""
        return dict(self.cells).get(Cell(layer, district, category))


def disclosed(store: Reader, municipality: str, today: date) -> Disclosed:
    """What everybody may see of a municipality's numbers, staff too unless they ask for them as they are.

    It is the last release that fits the numbers: one that was taken back with its import does not.
    """
    living = inhabitants(store, municipality, today)
    rule = rule_for(living)
    newest = next(iter(moments(store.need_counts(municipality))), [])
    if rule is None:
        return _nothing(municipality, newest, UNKNOWN_INHABITANTS if living is None else TOO_SMALL)
    counts = numbers(newest, ()).counts
    releases = store.need_releases(municipality)
    release = next((item for item in reversed(releases) if _fits(item.shown, counts, rule)), None)
    if release is None:
        return _nothing(municipality, newest, NOT_RELEASED)
    cells = tuple((cell, read_figure(release.shown.get(cell.key, ""))) for cell in sorted(counts))
    return Disclosed(municipality, rule, "", release, _days(newest), cells, _sources(newest))


def _nothing(municipality: str, newest: Sequence[NeedCount], reason: str) -> Disclosed:
    cells = tuple((cell, None) for cell in sorted(numbers(newest, ()).counts))
    return Disclosed(municipality, None, reason, None, _days(newest), cells, _sources(newest))


def _fits(shown: Mapping[str, str], counts: Mapping[Cell, int], rule: Rule) -> bool:
    """Whether each figure is of a number that is there, lies within it and is not too small by today's rule."""
    by_key = {cell.key: count for cell, count in counts.items()}
    for key, text in shown.items():
        figure = read_figure(text)
        low, high = figure.interval if figure else (1, 0)
        if not (key in by_key and low <= by_key[key] <= high and low >= rule.threshold):
            return False
    return True


def _days(counts: Iterable[NeedCount]) -> tuple[tuple[str, date], ...]:
    return tuple(sorted({(item.layer, item.as_of) for item in counts}))


def _sources(counts: Iterable[NeedCount]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(item.source for item in counts if item.source))
