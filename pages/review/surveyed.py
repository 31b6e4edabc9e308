"""Districts that somebody of the office looked at (調査済み): marked, taken back, and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.routing import Route

from pages.forms import base, going
from pages.review import frame
from portal import clock
from portal.by_district import in_force
from portal.coverage import marking
from portal.coverage.naming import Names
from portal.coverage.surveyed import HOLDS_DAYS
from portal.errors import ConflictError, InvalidRecordError, PortalError, StaleEditError, UnknownThingError
from portal.model.survey import SURVEY_NOTE_MAX
from portal.records import digest, to_text
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.model.district import District
    from portal.model.municipality import Layer
    from portal.model.survey import Survey
    from portal.permissions import Actor
    from portal.store import Reader, Store

LISTED: Final = 200


class Line(NamedTuple):
    """One survey, in words."""

    survey: Survey
    district: str
    what: str
    version: str
    holds: bool


async def page(request: Request) -> Response:
    """Which districts there are, with ``district`` the form to mark one; below what was looked at when."""
    found = await frame.asked(request)
    if request.method != "POST":
        return await _show(request, found, dict(request.query_params))
    sent = await base.form(request)
    actor = await base.actor(request)
    try:
        said = await base.act(_do, actor, found.town.code, sent)
    except (InvalidRecordError, ConflictError) as error:
        where = "note" if error.key == "model.text_too_long" else ""
        typed = {name: sent.area(name) for name in ("district", "standard", "note")}
        return await _show(request, found, typed, {where: error})
    back = going.address(request, "/surveyed", municipality=found.town.code, district=sent.text("district"))
    return base.see_other(request, back, said)


async def _show(
    request: Request,
    found: frame.Asked,
    typed: Mapping[str, str],
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
) -> Response:
    values = await base.act(_values, found, typed)
    return await frame.show(request, found, "review_surveyed.html", faults, most=SURVEY_NOTE_MAX, **values)


def _values(store: Reader, found: frame.Asked, typed: Mapping[str, str]) -> dict[str, Any]:
    code, language, today = found.town.code, found.wanted.language, found.wanted.today
    district = _district(store, code, typed.get("district", ""))
    layers = store.layers(code)
    names = Names(store, code, language)
    lines = _lines(store, code, names, today)
    layer = district.layer if district else _layer(layers, typed.get("layer", ""))
    latest = {line.survey.district: line.survey.on for line in reversed(lines)}
    return {
        "district": district,
        "district_name": _name(district, language) if district else "",
        "standards": _standards(store, code, layer, names),
        "standard": typed.get("standard", ""),
        "note": typed.get("note", ""),
        "layers": [(one.key, names.layer(one), one.key == layer) for one in layers],
        "districts": [
            (one.id, _name(one, language), latest.get(one.id)) for one in in_force(store, code, layer, today)
        ],
        "lines": [line for line in lines if district is None or line.survey.district == district.id][:LISTED],
        "days": HOLDS_DAYS,
    }


def _layer(layers: list[Layer], asked: str) -> str:
    """The layer of the address, else the first below the whole town."""
    if asked in {one.key for one in layers}:
        return asked
    return next((one.key for one in layers if one.tier > 1), layers[0].key if layers else "")


def _standards(store: Reader, code: str, layer: str, names: Names) -> list[tuple[str, str]]:
    its = [one for one in store.standards(code) if one.layer == layer and not one.off]
    return [("", say("review_surveyed.all", names.language)), *((one.key, names.standard(one)) for one in its)]


def _district(store: Reader, code: str, district_id: str) -> District | None:
    if not district_id:
        return None
    found = store.district(district_id)
    if found is None or found.municipality != code:
        raise UnknownThingError("coverage.no_such_district")
    return found


def _name(district: District, language: str) -> str:
    return (district.name_en if language == "en" else "") or district.name


def _lines(store: Reader, code: str, names: Names, today: date) -> list[Line]:
    """What was looked at, the newest first."""
    called = {one.key: names.standard(one) for one in store.standards(code)}
    surveys = sorted(store.surveys(code), key=lambda one: (one.on, one.district, one.standard), reverse=True)
    return [_line(store, one, called, names.language, today) for one in surveys]


def _line(store: Reader, survey: Survey, called: Mapping[str, str], language: str, today: date) -> Line:
    district = store.district(survey.district)
    what = called.get(survey.standard, survey.standard) if survey.standard else say("review_surveyed.all", language)
    holds = 0 <= (today - survey.on).days <= HOLDS_DAYS
    return Line(survey, _name(district, language) if district else survey.district, what, version(survey), holds)


def version(survey: Survey) -> str:
    """What a button to take it back was shown for."""
    return digest(to_text(survey))


def _do(store: Store, actor: Actor, code: str, sent: Form) -> str:
    """The phrase of what was done."""
    district, standard = sent.text("district"), sent.text("standard")
    if sent.text("do") != "take_back":
        looked = marking.Looked(district, standard, sent.area("note"))
        marking.mark(store, actor, code, looked, clock.now())
        return "review_surveyed.said_marked"
    survey = next((one for one in store.surveys(code) if (one.district, one.standard) == (district, standard)), None)
    if survey is None:
        raise ConflictError("coverage.not_marked")
    if version(survey) != sent.text("based_on"):
        raise StaleEditError("review_surveyed.changed")
    marking.take_back(store, actor, survey, clock.now())
    return "review_surveyed.said_taken_back"


ROUTES: Final = (Route("/surveyed", page, methods=("GET", "POST")),)
