"""One of each chart, with text of people in all of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from pages.charts.bullet import Bullet, bullets
from pages.charts.gaps_bars import Gap, gaps_bars
from pages.charts.heat import heat
from pages.charts.lorenz import lorenz
from pages.charts.matrix import Standing, matrix
from pages.charts.months import Expected, Month, months
from pages.charts.reach_bars import Reached, reach_bars
from portal.model.standard import CoverageState

FISCAL_YEAR: Final = tuple(date(2026 + (4 + at) // 13, (3 + at) % 12 + 1, 1) for at in range(12))
COUNTS: Final = (20, 25, 22, 27, 22)


def year(counts=COUNTS):
    """A fiscal year whose first months have been."""
    return [Month(day, counts[at] if at < len(counts) else None) for at, day in enumerate(FISCAL_YEAR)]


def forecast():
    """What is expected of the months after August."""
    return [Expected(day, 116 + 9 * at, 116 + 6 * at, 116 + 12 * at) for at, day in enumerate(FISCAL_YEAR[5:], start=1)]


def standings(districts, standards):
    """Each district against each standard, the states in turn."""
    states = list(CoverageState)
    return [
        Standing(district, standard, states[(row + 2 * column) % len(states)])
        for row, district in enumerate(districts)
        for column, standard in enumerate(standards)
    ]


def all_of(texts, language):
    """Every chart by name, ``texts`` wherever a person's words may stand."""
    states = list(CoverageState)
    indicators = [Bullet(text, text, {"2022": 47.1, "2016": None}, ("2026", 55), (text, 3)) for text in texts]
    gaps = [Gap(text, text, states[at % len(states)], at * 100 or None) for at, text in enumerate(texts)]
    return {
        "matrix": matrix(standings([*texts, "南"], [*texts[:5], "食堂"]), language),
        "heat": heat({(0, 9): 3, (6, 18): 40, (2, None): 1}, language),
        "months": months(year(), forecast(), 150, language),
        "lorenz": lorenz([(0, 0), (0.5, 0.1), (1, 1)], 0.4, language),
        "bullets": bullets(indicators, language),
        "reach": reach_bars([Reached(text, {300: 12.5, 500: None, 1000: 80}) for text in texts], language),
        "gaps": gaps_bars(gaps, language),
    }


def empty(language):
    """Every chart of nothing."""
    return {
        "matrix": matrix([], language),
        "heat": heat({}, language),
        "months": months([], [], None, language),
        "lorenz": lorenz([], None, language),
        "bullets": bullets([], language),
        "reach": reach_bars([], language),
        "gaps": gaps_bars([], language),
    }
