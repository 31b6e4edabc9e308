"""What is missing where, those first whose lack touches most people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.coverage.standing import affected, people_unknown
from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.coverage.naming import Names
    from portal.coverage.standing import Assessed, Standing

MISSING: Final = frozenset(CoverageState) - {CoverageState.COVERED}


@dataclass(frozen=True, slots=True)
class Gap:
    """One district that a standard is not met in, or of which nobody knows whether it is."""

    assessed: Assessed
    standing: Standing
    affected: int | None
    """People who do without; None where nobody knows how many live there."""

    @property
    def reason(self) -> str:
        """The state, or ``people_unknown`` where that is why nothing can be said."""
        unknown = people_unknown(self.assessed.standard, self.standing) and self.standing.records
        return "people_unknown" if unknown else self.standing.state.value


def gaps(assessed: Iterable[Assessed]) -> list[Gap]:
    """Every gap: most people affected first, unknown numbers last, then by district and standard."""
    found = [
        Gap(item, standing, affected(item.standard, standing))
        for item in assessed
        for standing in item.standings
        if standing.state in MISSING
    ]
    return sorted(found, key=_order)


def _order(gap: Gap) -> tuple[bool, int, str, int, str]:
    standard = gap.assessed.standard
    return gap.affected is None, -(gap.affected or 0), gap.standing.district.name, standard.order, standard.key


def sentence(gap: Gap, names: Names) -> str:
    """What is missing, in one sentence."""
    standard, standing = gap.assessed.standard, gap.standing
    values = {
        "thing": names.standard(standard),
        "figure": names.figure(standard, standing.figure),
        "wanted": names.figure(standard, standard.at_least),
        "records": standing.records,
        "verified": standing.verified,
        "days": standard.verified_days,
        "day": standing.survey.on.isoformat() if standing.survey else "",
    }
    return say(f"coverage.missing_{gap.reason}", names.language, **values)
