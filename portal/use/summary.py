"""The portal's own use in a few figures (``manage.py review --json``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.model.indicator import Measure
from portal.use.counting import by_month, local
from portal.use.evenness import evenness
from portal.use.forecast import Forecast, forecast, so_far
from portal.use.group_standing import Groups, counted, standings
from portal.use.participation import Participation, participation
from portal.use.published import in_year, published, registered
from portal.use.targets import Target, target
from portal.use.years import first_day, fiscal_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from portal.store import Reader
    from portal.use.published import Published


@dataclass(frozen=True, slots=True)
class Use:
    """One municipality in the fiscal year of a day, up to and with that day."""

    year: int
    posts: int
    """That went live this fiscal year."""
    local: int
    """Those of them about an activity in the municipality."""
    target: Target | None
    forecast: Forecast
    groups: Groups
    top_ten_share: float | None
    gini: float | None
    participation: Participation
    samples: bool
    """Whether sample content is counted."""

    @property
    def silent(self) -> Mapping[int, int]:
        """Registered groups from which nothing came for 3, 6 and 12 months."""
        return self.groups.silent


def summary(store: Reader, municipality: str, today: date, *, samples: bool = False) -> Use:
    """The figures of the fiscal year of ``today``; of groups as they are registered now."""
    year = fiscal_year(today)
    items = published(store, municipality, today, samples=samples)
    this_year = in_year(items, year)
    groups = registered(store, municipality, samples=samples)
    wanted = target(store, municipality, Measure.POSTS, year)
    spread = evenness(groups, this_year)
    return Use(
        year=year,
        posts=len(this_year),
        local=len(local(store, this_year, municipality, today)),
        target=wanted,
        forecast=year_forecast(items, today, wanted),
        groups=counted(standings(groups, items), today),
        top_ten_share=spread.top_ten_share,
        gini=spread.gini,
        participation=participation(store, items, municipality, year, today),
        samples=samples,
    )


def year_forecast(items: Sequence[Published], today: date, wanted: Target | None) -> Forecast:
    """Where the fiscal year of ``today`` is likely to end; ``items`` are all posts, of earlier years, too.

    The year before lends its months only where posts had begun before it: a year that began in July is no full one.
    """
    year = fiscal_year(today)
    whole = bool(items) and items[0].day < first_day(year - 1)
    before = tuple(by_month(items, year - 1).values()) if whole else ()
    this = tuple(by_month(items, year).values())
    return forecast(so_far(this, today, before), wanted.figure if wanted else None)


def as_json(use: Use) -> dict[str, object]:
    """The figures as the machine-readable report has them."""
    return {
        "posts": use.posts,
        "target": use.target.figure if use.target else None,
        "groups": use.groups.registered,
        "top_ten_share": use.top_ten_share,
        "gini": use.gini,
        "silent": {str(months): count for months, count in use.silent.items()},
    }
