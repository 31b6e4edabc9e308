"""The indicators as a file (指標の表): taken along as CSV, and a changed one taken over in two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from geodata import indicator_writing, indicators
from pages.forms import base
from pages.review import frame, standards_upload
from pages.review.indicator_edit_reading import DAY_FIELDS, LINES, YEAR_FIELDS, shown
from pages.review.indicators import named
from pages.review.standards_cells import SOURCE
from pages.review.standards_compared import Look, findings, looked
from pages.review.standards_file import CSV_TYPE
from pages.review.standards_upload import Sort
from portal import clock
from portal.indicators import editing
from portal.records import digest, to_text
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.requests import Request

    from geodata.indicators import PlanIntake
    from pages.review.standards_compared import Told
    from portal.model.indicator import Indicator
    from portal.permissions import Actor
    from portal.store import Reader, Store


async def page(request: Request) -> Response:
    """The two steps."""
    return await standards_upload.page(request, SORT)


async def csv(request: Request) -> Response:
    """``GET /indicators/csv``: the indicators as they are, the ones put aside too."""
    found = await frame.asked(request)
    text: str = await base.act(_written, found.town.code)
    name = f'attachment; filename="indicators-{found.town.code}.csv"'
    headers = base.NEVER_KEPT | {"Content-Disposition": name}
    return Response(text.encode("utf-8-sig"), media_type=CSV_TYPE, headers=headers)


def _written(store: Reader, code: str) -> str:
    return indicator_writing.csv_text(store.indicators(code))


def _read(_store: Store, code: str, path: Path) -> PlanIntake:
    return indicators.read(path, code)


def _look(store: Reader, code: str, intake: PlanIntake, language: str) -> Look:
    known = {one.key: one for one in store.indicators(code)}
    rows = {one.key: one for one in intake.indicators}
    return Look(
        intake.read, *findings(intake.findings, language), *looked(known, rows, lambda one: _told(one, language))
    )


def _told(one: Indicator, language: str) -> Told:
    """All that an indicator says, its name and figures first."""
    said = shown(one)
    fields = {
        "shown": named(one, language),
        "years": _lines(said, YEAR_FIELDS),
        "days": _lines(said, DAY_FIELDS),
        **{name: said[name] for name in LINES},
        "source": " / ".join(said[name] for name in SOURCE if said[name]),
        "order": str(one.order + 1),
        "use": say("review_standards.said_off" if one.off else "review_standards.said_on", language),
    }
    return [(say(f"review_indicators.field_{name}", language), text) for name, text in fields.items()]


def _lines(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    """``2022: 47.1 / 2026: → 55``: each year with its value and, after an arrow, its target."""
    rows = []
    for n in range(sum(key.startswith(f"{names[0]}-") for key in said)):
        when, value, *target = (said[f"{name}-{n}"] for name in names)
        rows.append(" ".join([f"{when}:", value, *(f"→ {figure}" for figure in target if figure)]).replace("  ", " "))
    return " / ".join(rows)


def _take(store: Store, actor: Actor, code: str, intake: PlanIntake) -> int:
    return editing.put_all(store, actor, code, intake.indicators, clock.now())


def _seen(store: Reader, code: str) -> str:
    return digest("".join(to_text(one) for one in store.indicators(code)))


SORT: Final = Sort("/indicators/file", "/review-indicators", "review_indicators_file.html", _read, _look, _take, _seen)
ROUTES: Final = (Route("/indicators/file", page, methods=("GET", "POST")), Route("/indicators/csv", csv))
