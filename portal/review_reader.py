"""What may be asked of the store for a review: standards, surveys, people, needs, indicators, counts by district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from portal.model.indicator import Indicator
    from portal.model.need import NeedCount, NeedLook, NeedRelease
    from portal.model.outreach import Outreach
    from portal.model.people_point import PeoplePoint
    from portal.model.snapshot import CoverageSnapshot
    from portal.model.standard import Standard
    from portal.model.survey import Survey


@dataclass(frozen=True, slots=True)
class Tallied:
    """The records of one kind in one district."""

    district: str | None
    """Id of the district; None is outside."""
    kind: str
    records: int
    verified: int
    """Those of them that were verified within the days that were asked for; 0 where none were asked for."""


@dataclass(frozen=True, slots=True)
class Held:
    """The sessions of one kind in one district on some days."""

    district: str | None
    kind: str
    sessions: int


class ReviewReader(Protocol):
    """The part of :class:`portal.store.Reader` that a review asks."""

    def standards(self, municipality: str) -> list[Standard]:
        """The standards of a municipality, in order."""

    def surveys(self, municipality: str) -> list[Survey]:
        """What was looked at, by district."""

    def people_points(self, municipality: str) -> list[PeoplePoint]:
        """Where people live, by id; empty where nothing was imported."""

    def need_counts(self, municipality: str) -> list[NeedCount]:
        """The numbers of people in need as they are, the newest day first. For :mod:`portal.disclosure` alone."""

    def need_releases(self, municipality: str) -> list[NeedRelease]:
        """What was disclosed so far, in order."""

    def need_looks(self, municipality: str) -> list[NeedLook]:
        """Who looked at the numbers as they are, the newest first."""

    def indicators(self, municipality: str) -> list[Indicator]:
        """The indicators of a municipality's plan, in order."""

    def coverage_snapshots(self, municipality: str) -> list[CoverageSnapshot]:
        """Coverage as it was, the newest day first."""

    def outreaches(self, municipality: str) -> list[Outreach]:
        """When groups were turned to, the newest first."""

    def tally(
        self, municipality: str, layer: str, today: date, verified_days: int | None, *, samples: bool
    ) -> list[Tallied]:
        """How many records of each kind every district of a layer holds, and how many were verified in these days.

        Places that are not gone, and the regular activities (定例の活動) of groups, as the kind of place that they are
        an activity of, unless they are held at a place of that kind. Districts and kinds without any are left out.
        """

    def sessions_held(self, municipality: str, layer: str, first: date, last: date, *, samples: bool) -> list[Held]:
        """How many sessions of each kind are laid out from ``first`` to ``last`` in every district of a layer.

        Occurrences are laid out for :data:`portal.query.HORIZON_DAYS` days ahead; what is cancelled is not held.
        """
