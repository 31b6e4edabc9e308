"""The whole review of a municipality as one PDF (``/review-report``), from the same tables and charts as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from pages.forms import base
from pages.review import frame
from portal import review_tables
from portal.use.tables import STAFF_ONLY
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from pages.report.whole import Section
    from pages.review.frame import Asked
    from portal.permissions import Actor
    from portal.store import Reader

ORDER: Final = (
    "coverage_matrix",
    "gaps",
    "coverage",
    "roll_up",
    "coverage_change",
    "hours",
    "reach",
    "reach_by_district",
    "needs",
    "welfare_capacity",
    "use",
    "posts_by_month",
    "posts_by_kind",
    "posts_by_district",
    "evenness",
    "participation",
    "indicators",
    "goals",
)
"""The parts of the report: every table but those that depend on a choice, and those that name single groups."""
RECORDS: Final = frozenset(
    {
        "posts_counted",
        "decisions_counted",
        "looks_counted",
        "goal_records",
        "indicator_values",
        "standard_records",
        "sessions_counted",
        "welfare_sites",
        "needs_imported",
        "places_reached",
        "people_counted",
    }
)
"""The records behind the figures, one by one: for whoever asks how something is counted."""
LEFT_OUT: Final = STAFF_ONLY | RECORDS | {"siting", "what_if"}


async def page(request: Request) -> Response:
    """The report; it is made when it is asked for, in a thread, and takes some seconds."""
    found = await frame.asked(request)
    content: bytes = await base.act(_report, await base.actor(request), found)
    name = f"review-{found.town.code}-{found.wanted.today:%Y%m%d}.pdf"
    headers = {**base.NEVER_KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _report(store: Reader, actor: Actor, found: Asked) -> bytes:
    from pages.report.whole import report_pdf  # noqa: PLC0415  # the server need not wait for the library that prints

    language = found.wanted.language
    name = (found.town.name_en if language == "en" else "") or found.town.name
    title = say("review_file.report_title", language, name=name)
    return report_pdf(title, found.wanted.today, list(_sections(store, actor, found)), language)


def _sections(store: Reader, actor: Actor, found: Asked) -> Iterator[Section]:
    from pages.charts.pictures import svg  # noqa: PLC0415  # as above
    from pages.report.whole import Section  # noqa: PLC0415  # as above
    from pages.review.charts import chart  # noqa: PLC0415  # as above

    for name in ORDER:
        table = review_tables.make(store, actor, name, found.wanted)
        if table.rows:
            drawn = chart(store, found.wanted, table)
            yield Section(table.title, "", table, svg(drawn) if drawn else None)


ROUTES = (Route("/review-report", page),)
