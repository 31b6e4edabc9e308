"""The forecast of a year: what is certain about it, and how often its band holds in simulated years."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.use.forecast import Outlook, dispersion, forecast, so_far, so_far_on
from portal.use.years import months_of

AUGUST = date(2026, 8, 31)
DAYS = np.array([month.days for month in months_of(2026)]) / 365


def held(year, last_year, day=AUGUST):
    """Whether a whole year ends within the band that its months up to August gave."""
    seen = [int(count) if n < 5 else 0 for n, count in enumerate(year)]
    found = forecast(so_far(seen, day, [int(count) for count in last_year]))
    return found.low <= year.sum() <= found.high


def test_116_posts_by_august_are_on_course_for_150():
    """住之江区's portal: 116 of 150 by the end of August, with 153 of 365 days behind."""
    found = forecast(so_far_on(116, date(2025, 8, 31)), 150)
    assert found.outlook is Outlook.ON_COURSE
    assert found.expected == pytest.approx(116 + 116.5 * 212 / 153)
    assert 116 < found.low < found.expected < found.high


def test_the_outlooks_are_told_apart():
    """By the end of September half the year is behind: 60 of 150 is at risk or worse, 20 out of reach."""
    by_september = date(2025, 9, 30)
    assert forecast(so_far_on(73, by_september), 150).outlook is Outlook.AT_RISK
    assert forecast(so_far_on(20, by_september), 150).outlook is Outlook.OUT_OF_REACH
    assert forecast(so_far_on(150, by_september), 150).chance == 1
    assert forecast(so_far_on(20, by_september)).outlook is None


def test_a_year_that_is_over_is_what_it_was():
    """On 31 March nothing is foreseen any more: the target was reached, or it was not."""
    found = forecast(so_far([10] * 12, date(2027, 3, 31)), 121)
    assert (found.low, found.expected, found.high, found.outlook) == (120, 120, 120, Outlook.OUT_OF_REACH)


@given(st.lists(st.integers(0, 200), min_size=12, max_size=12), st.dates(date(2026, 4, 1), date(2027, 3, 31)))
@settings(max_examples=40)
def test_it_is_never_below_what_is_reached(counts, day):
    """Whatever the months were, the band is in order and begins at what is there or above."""
    for before in ((), tuple(reversed(counts))):
        known = so_far(counts, day, before)
        found = forecast(known, 150)
        assert 0 <= known.reached <= found.low <= found.high
        assert found.reached <= found.expected
        assert 0 <= found.chance <= 1


@pytest.mark.parametrize(("spread", "least"), [(0, 0.78), (2, 0.72)], ids=["by chance", "months that differ"])
def test_the_band_holds_in_four_of_five_simulated_years(spread, least):
    """Of 250 years of about 150 posts, as regular as chance or three times as scattered, about 80 % end in it."""
    chance = np.random.default_rng(20261122)
    mean = 150 * DAYS
    years = [chance.poisson(mean * (chance.gamma(mean / spread, spread / mean) if spread else 1)) for _ in range(250)]
    share = np.mean([held(year, ()) for year in years])
    assert least <= share <= 0.93


def test_last_years_months_foresee_a_busy_autumn():
    """Where most is posted in autumn the band holds with a whole earlier year, and misses without one."""
    chance = np.random.default_rng(20261122)
    season = DAYS * [0.5, 0.7, 1, 1.2, 0.4, 1, 1.6, 1.8, 1.2, 0.6, 0.8, 1.2]
    years = chance.poisson(300 * season / season.sum(), (200, 12))
    pairs = list(zip(years[:100], years[100:], strict=True))
    assert np.mean([held(year, before) for before, year in pairs]) >= 0.78
    assert np.mean([held(year, ()) for _, year in pairs]) < 0.6


def test_few_posts_last_year_say_nothing_of_seasons():
    """A year before with fewer than 60 posts, or a part of a year, is left aside."""
    few = so_far([10] * 5 + [0] * 7, AUGUST, [0] * 11 + [59])
    assert few == so_far([10] * 5 + [0] * 7, AUGUST)
    assert so_far([10] * 5 + [0] * 7, AUGUST, [5] * 12).shares_from == 60


def test_even_months_do_not_widen_the_band():
    """Months alike have no dispersion; one month with everything has much."""
    shares = [1 / 12] * 4
    assert dispersion(list(zip([9, 10, 11, 10], shares, strict=True))) == 1
    assert dispersion(list(zip([0, 0, 0, 40], shares, strict=True))) > 20
