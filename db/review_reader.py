"""Reading what a review needs."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from db.columns import microseconds
from db.decoding import Decoder
from portal.clock import TOKYO
from portal.model.indicator import Indicator
from portal.model.need import NeedCount, NeedLook, NeedRelease
from portal.model.outreach import Outreach
from portal.model.people_point import PeoplePoint
from portal.model.snapshot import CoverageSnapshot
from portal.model.standard import Standard
from portal.model.survey import Survey
from portal.review_reader import Held, Tallied

if TYPE_CHECKING:
    from datetime import date


class ReviewReader(Decoder):
    """The part of :class:`portal.store.Reader` about reviews."""

    def standards(self, municipality: str) -> list[Standard]:
        """The standards of a municipality, in order."""
        return self._decoded(Standard, "standards", municipality)

    def surveys(self, municipality: str) -> list[Survey]:
        """What was looked at, by district."""
        return self._decoded(Survey, "surveys", municipality)

    def people_points(self, municipality: str) -> list[PeoplePoint]:
        """Where people live, by id; empty where nothing was imported."""
        return self._decoded(PeoplePoint, "people_points", municipality)

    def need_counts(self, municipality: str) -> list[NeedCount]:
        """The numbers of people in need as they are, the newest day first."""
        return self._decoded(NeedCount, "need_counts", municipality)

    def need_releases(self, municipality: str) -> list[NeedRelease]:
        """What was disclosed so far, in order."""
        return self._decoded(NeedRelease, "need_releases", municipality)

    def need_looks(self, municipality: str) -> list[NeedLook]:
        """Who looked at the numbers as they are, the newest first."""
        return self._decoded(NeedLook, "need_looks", municipality)

    def indicators(self, municipality: str) -> list[Indicator]:
        """The indicators of a municipality's plan, in order."""
        return self._decoded(Indicator, "indicators", municipality)

    def coverage_snapshots(self, municipality: str) -> list[CoverageSnapshot]:
        """Coverage as it was, the newest day first."""
        return self._decoded(CoverageSnapshot, "coverage_snapshots", municipality)

    def outreaches(self, municipality: str) -> list[Outreach]:
        """When groups were turned to, the newest first."""
        return self._decoded(Outreach, "outreaches", municipality)

    def tally(
        self, municipality: str, layer: str, today: date, verified_days: int | None, *, samples: bool
    ) -> list[Tallied]:
        """How many records of each kind every district of a layer holds, by district and kind; see Reader."""
        since = today - timedelta(days=verified_days) if verified_days is not None else None
        moment = microseconds(datetime.combine(since, time(), TOKYO)) if since else None
        rows = self._engine.rows("tally", [municipality, layer, since, samples, today, moment])
        return [Tallied(*row) for row in rows]

    def sessions_held(self, municipality: str, layer: str, first: date, last: date, *, samples: bool) -> list[Held]:
        """How many sessions of each kind are laid out on these days in every district of a layer; see Reader."""
        return [Held(*row) for row in self._engine.rows("sessions_held", [municipality, layer, first, last, samples])]
