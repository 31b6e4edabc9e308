"""A district on paper (A4, both sides): what is on when and where, a map, where to flee; as a page and as a PDF.

In the usual and in large type. Paper is what many residents read.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import segno

from pages.plain import district, frame, sheet_dates, sheet_fit, sheet_map, sheet_places, tags
from pages.plain.sort import Page, Sort
from portal.query import Query
from portal.schedules.wording_times import long_date, short_date
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.plain.district import Known
    from pages.plain.here import Here
    from pages.plain.sheet_dates import Dates
    from pages.plain.sheet_fit import Paper
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways

SHEET, LARGE, PDF, LARGE_PDF = "sheet", "sheet_large", "sheet_pdf", "sheet_large_pdf"
MEDIA: Final = "application/pdf"
SCALE: Final = 3
"""Pixels of a module of a QR code; the style sheet sets its size on paper."""
QUIET: Final = 4
"""Modules of white around it, as ISO/IEC 18004 asks for."""


class Code(NamedTuple):
    """A QR code with what it leads to."""

    title: str
    picture: str
    address: str


def make(name: str, here: Here, keys: Keys) -> Page:
    """The sheet as a page; raises UnknownThingError for a district that there is not, GoneError for a former one."""
    known = district.find(here, keys["code"], keys["id"])
    ways = frame.ways(here, name, keys)
    size = sheet_fit.LARGE if name in (LARGE, LARGE_PDF) else sheet_fit.USUAL
    query = Query(known.town.code, layer=known.district.layer, districts=(known.district.id,))
    dates = sheet_dates.dates(here, ways, known.town, _daily(query), size)
    back = sheet_places.back(here, ways, query, [*dates.regular, *dates.dated], size)
    shown = [spot.id for spot in (*back.spots, *(one for of in back.sites for one in of.spots))]
    depends = tags.things({*dates.ids, *shown})
    depends |= {tags.DAY, tags.inside(known.district.id), tags.frame(known.town.code)}
    template = "sheet_print.html" if name in (PDF, LARGE_PDF) else "sheet.html"
    values = _values(here, ways, known, dates, size)
    head = _head(ways, name, known, values["period"])
    drawn = sheet_map.drawn(here, known.district, back.drawn(), size, values["map_label"])
    numbers = {spot.id: spot.sign for spot in back.spots}
    columns = sheet_places.halves(back.spots, size)
    lists = {"dates": dates, "back": back, "map": drawn, "numbers": numbers, "columns": columns}
    return frame.page(here, template, head, depends, known.town, **values, **lists)


def make_pdf(name: str, here: Here, keys: Keys) -> Page:
    """The sheet as a PDF; further raises UnknownThingError where this machine cannot make any."""
    from pages.report.apart import pdf_apart  # noqa: PLC0415  # whoever prints nothing need not wait for it

    page = make(name, here, keys)
    return page._replace(content=pdf_apart(page.content.decode()), media=MEDIA)


def _daily(query: Query) -> Query:
    """Without evacuation sites, which have no dates."""
    return Query(query.municipality, layer=query.layer, districts=query.districts, evacuation=False)


def _head(ways: Ways, name: str, known: Known, period: str) -> frame.Head:
    its = _name(known.district, ways.keys["lang"])
    return frame.Head(
        name,
        ways.keys,
        say("plain_sheet.title", ways.keys["lang"], name=its),
        say("plain_sheet.description", ways.keys["lang"], name=its, period=period),
        app=ways.app("/districts", layer=known.district.layer, district=known.district.id),
        # The same in another size, and as a file: one of them is enough to be looked for.
        canonical="" if name == SHEET else ways.whole(SHEET, id=known.district.id),
    )


def _values(here: Here, ways: Ways, known: Known, dates: Dates, size: Paper) -> dict[str, Any]:
    tongue, its = ways.keys["lang"], known.district
    name = _name(its, tongue)
    return {
        "known": known,
        "size": size,
        "name": sheet_fit.cut(name, size.name),
        "layer_name": _name(known.layer, tongue),
        "months": _months(dates, tongue),
        "period": say(
            "plain_sheet.period", tongue, first=long_date(dates.first, tongue), last=short_date(dates.last, tongue)
        ),
        "as_of": long_date(here.today, tongue),
        "map_label": say("plain_sheet.map_label", tongue, name=name),
        "codes": _codes(ways, known),
        "site": here.base.partition("://")[2],
        "own_address": f"{here.base}/{ways.path}",
        "other": LARGE if not size.large else SHEET,
        "pdf": LARGE_PDF if size.large else PDF,
    }


def _months(dates: Dates, tongue: str) -> str:
    """「2026年11月・12月」: what one looks for on a sheet that is some weeks old."""
    first, last = dates.first, dates.last
    key = "plain_sheet.month" if first.month == last.month else "plain_sheet.months"
    return say(key, tongue, year=first.year, first=_month(first.month, tongue), last=_month(last.month, tongue))


def _month(number: int, tongue: str) -> str:
    return str(number) if tongue == "ja" else say(f"schedule.month_{number}", tongue)


def _codes(ways: Ways, known: Known) -> Sequence[Code]:
    """To what is on now, to a calendar that follows, and to where one flees."""
    tongue, its = ways.keys["lang"], known.district.id
    addresses = {
        "district": ways.whole("district", id=its),
        # Not every telephone opens webcal: from a code; this page has the button, the address and the file.
        "calendar": ways.whole_app("/calendar", layer=known.district.layer, district=its),
        "evacuation": ways.whole("evacuation"),
    }
    return [
        Code(
            say(f"plain_sheet.code_{key}", tongue),
            segno.make(address, error="m", micro=False).svg_data_uri(scale=SCALE, border=QUIET),
            address,
        )
        for key, address in addresses.items()
    ]


def _name(item: Any, tongue: str) -> str:  # noqa: ANN401  # a district or a layer
    named: str = (item.name_en if tongue == "en" else "") or item.name
    return named


SORTS: Final = (
    Sort(SHEET, district.every, partial(make, SHEET)),
    Sort(LARGE, district.every, partial(make, LARGE), listed=False),
    Sort(PDF, district.every, partial(make_pdf, PDF), listed=False, slow=True),
    Sort(LARGE_PDF, district.every, partial(make_pdf, LARGE_PDF), listed=False, slow=True),
)
