"""Which records stand behind each of the main figures of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.model.indicator import Measure
from portal.model.report_note import PLACE, POST
from portal.model.report_table import Behind
from portal.model.usage import Use
from portal.use.targets import planned
from portal.use.years import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.model.report_table import Wanted
    from portal.store import Reader

POSTS: Final = Behind("posts_counted")
DECISIONS: Final = Behind("decisions_counted")
FIGURES: Final[Mapping[str, Behind]] = {
    "posts": POSTS,
    "local": Behind("posts_counted", {"local": "yes"}),
    "expected": POSTS,
    "low": POSTS,
    "high": POSTS,
    "outlook": POSTS,
    "registered": Behind("groups"),
    **{name: Behind("groups", {"standing": name}) for name in ("active", "silent_3", "silent_6", "silent_12", "never")},
    "top_ten_share": Behind("groups", {"standing": "top_ten"}),
    "gini": Behind("groups", {"standing": "counted"}),
    "participants": Behind("participation"),
    "decisions": DECISIONS,
    "wait_median": DECISIONS,
    "wait_most": DECISIONS,
    "views": Behind("looks_counted", {"what": POST, "used": Use.VIEWED.value}),
    "place_views": Behind("looks_counted", {"what": PLACE, "used": Use.VIEWED.value}),
    "calendar": Behind("looks_counted", {"used": Use.CALENDAR.value}),
    "asked": Behind("looks_counted", {"used": Use.ASKED.value}),
    "reports": Behind("looks_counted", {"used": "reported"}),
}
"""By the end of a figure's phrase."""
TARGETS: Final = {"target": Measure.POSTS, "participants_target": Measure.PARTICIPANTS}


def behind(store: Reader, wanted: Wanted, figure: str) -> Behind | None:
    """The records behind a figure; of a target the indicator that says it, None where no plan says any."""
    if figure not in TARGETS:
        return FIGURES[figure]
    item = planned(store, wanted.municipality, TARGETS[figure], fiscal_year(wanted.today))
    return Behind("indicator_values", {"indicator": item.key, "counted_by": "plan"}) if item else None
