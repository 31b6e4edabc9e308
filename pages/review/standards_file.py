"""The standards as a file (目安の表): taken along as CSV, and a changed one taken over in two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from geodata import standards as tables
from pages.forms import base
from pages.review import frame, standards_upload
from pages.review.standards_compared import Look, findings, looked
from pages.review.standards_upload import Sort
from portal import clock
from portal.coverage import editing
from portal.coverage.naming import Names
from portal.records import digest, to_text
from portal.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from geodata.standards import StandardIntake
    from pages.review.standards_compared import Told
    from portal.model.standard import Standard
    from portal.permissions import Actor
    from portal.store import Reader, Store

CSV_TYPE: Final = "text/csv; charset=utf-8"


async def page(request: Request) -> Response:
    """The two steps."""
    return await standards_upload.page(request, SORT)


async def csv(request: Request) -> Response:
    """``GET /standards/csv``: the standards as they are, the ones put aside too."""
    found = await frame.asked(request)
    data = await base.act(_written, found.town.code)
    name = f'attachment; filename="standards-{found.town.code}.csv"'
    return Response(data, media_type=CSV_TYPE, headers=base.NEVER_KEPT | {"Content-Disposition": name})


def _written(store: Reader, code: str) -> bytes:
    return tables.write(store.standards(code), store.kinds(code), store.layers(code), store.goals(code))


def _read(store: Store, code: str, path: Path) -> StandardIntake:
    return tables.read([path], code, store.kinds(code), store.layers(code), store.goals(code))


def _look(store: Reader, code: str, intake: StandardIntake, language: str) -> Look:
    known = {one.key: one for one in store.standards(code)}
    names = Names(store, code, language)
    rows = {one.key: one for one in intake.standards}
    return Look(
        intake.read, *findings(intake.findings, language), *looked(known, rows, lambda one: _told(one, names, language))
    )


def _told(one: Standard, names: Names, language: str) -> Told:
    """All that a standard says, its name and rule first."""
    source = one.source
    its = (source.name, source.licence, source.as_of, source.credit, source.url) if source else ()
    fields = {
        "name": names.standard(one),
        "rule": names.rule(one),
        "number": f"{one.at_least:.6f}".rstrip("0").rstrip("."),
        "ages": names.ages(one.ages),
        "name_ja": one.name,
        "name_en": one.name_en,
        "source": " / ".join(str(part) for part in its if part),
        "order": str(one.order + 1),
        "use": say("review_standards.said_off" if one.off else "review_standards.said_on", language),
    }
    return [(say(f"review_standards.field_{name}", language), text) for name, text in fields.items()]


def _take(store: Store, actor: Actor, code: str, intake: StandardIntake) -> int:
    return editing.put_all(store, actor, code, intake.standards, clock.now())


def _seen(store: Reader, code: str) -> str:
    return digest("".join(to_text(one) for one in store.standards(code)))


SORT: Final = Sort("/standards/file", "/standards", "review_standards_file.html", _read, _look, _take, _seen)
ROUTES: Final = (Route("/standards/file", page, methods=("GET", "POST")), Route("/standards/csv", csv))
