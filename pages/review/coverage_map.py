"""Coverage as a page shows it: a matrix whose cells lead to what counts, and a map of one standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pages.forms import going
from pages.review import area_map
from pages.review.area_map import Area
from pages.review.coverage_choices import name_of
from pages.review.shown import behind_address
from portal.coverage.record_choices import behind
from portal.coverage.standing import people_unknown
from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup
    from starlette.requests import Request

    from portal.coverage.naming import Names
    from portal.coverage.standing import Assessed, Standing
    from portal.model.report_table import Wanted
    from portal.model.standard import Standard

NOTHING_KNOWN = frozenset({CoverageState.NONE, CoverageState.NOT_SURVEYED})


class Square(NamedTuple):
    """One district against one standard."""

    state: str
    word: str
    figure: str
    found: str
    """Address of the records that count, in *Find* where it can be narrowed to them; empty where there are none."""
    survey: str
    """Address of the page on which one says that somebody looked; empty where there is something."""
    why: str
    """Said beside it where the state alone would mislead."""


class Line(NamedTuple):
    """One district."""

    name: str
    sheet: str
    """Address of its sheet."""
    squares: Sequence[Square]


class Head(NamedTuple):
    """One standard."""

    name: str
    rule: str
    outside: int
    """Records that count and lie in no district."""


class Matrix(NamedTuple):
    """Districts by the standards of their layer."""

    heads: Sequence[Head]
    lines: Sequence[Line]


class Pages(NamedTuple):
    """By whom and in which words a page is read."""

    request: Request
    wanted: Wanted
    names: Names


def matrix(pages: Pages, found: Sequence[Assessed]) -> Matrix:
    """The standards of one layer; the same states as the table ``coverage_matrix``."""
    heads = [Head(pages.names.standard(one.standard), pages.names.rule(one.standard), one.outside) for one in found]
    districts = found[0].standings if found else ()
    lines = [
        Line(
            name_of(item.district, pages.wanted.language),
            sheet_address(pages, item.district.id),
            [_square(pages, one.standard, one.standings[at]) for one in found],
        )
        for at, item in enumerate(districts)
    ]
    return Matrix(heads, lines)


def amounts(found: Sequence[Assessed]) -> Mapping[str, int]:
    """How many squares of the matrix have each state, by its key."""
    every = [one.state for item in found for one in item.standings]
    return {state.value: every.count(state) for state in CoverageState}


def drawn(pages: Pages, one: Assessed) -> Markup:
    """The map of one standard; each district leads to its sheet."""
    areas = _areas(pages, one)
    return area_map.svg(areas, title(pages.names, one, pages.wanted), pages.wanted.language)


def alone(names: Names, one: Assessed, wanted: Wanted) -> str:
    """The same as a picture of its own (SVG); ``one`` has districts."""
    areas = [
        Area(name_of(item.district, wanted.language), item.district.geometry, item.state, names.state(item.state))
        for item in one.standings
    ]
    return area_map.alone(areas, title(names, one, wanted), wanted.language)


def title(names: Names, one: Assessed, wanted: Wanted) -> str:
    """What the map shows, and of which day."""
    return say("review_coverage.map_of", wanted.language, standard=names.standard(one.standard), day=wanted.today)


def _areas(pages: Pages, one: Assessed) -> list[Area]:
    names, language = pages.names, pages.wanted.language
    return [
        Area(
            name_of(item.district, language),
            item.district.geometry,
            item.state,
            f"{names.state(item.state)} {names.figure(one.standard, item.figure)}",
            sheet_address(pages, item.district.id),
        )
        for item in one.standings
    ]


def sheet_address(pages: Pages, district: str) -> str:
    """Where a district's sheet is."""
    samples = "1" if pages.wanted.samples else ""
    return going.address(
        pages.request, "/review-sheet", municipality=pages.wanted.municipality, district=district, samples=samples
    )


def _square(pages: Pages, standard: Standard, standing: Standing) -> Square:
    names, code = pages.names, pages.wanted.municipality
    unknown = people_unknown(standard, standing) and standing.records > 0
    marking = {"municipality": code, "district": standing.district.id, "standard": standard.key}
    return Square(
        standing.state.value,
        names.state(standing.state),
        names.figure(standard, standing.figure),
        _counting(pages, standard, standing) if standing.records else "",
        going.address(pages.request, "/surveyed", **marking) if standing.state in NOTHING_KNOWN else "",
        say("review_coverage.people_unknown", names.language, count=standing.records) if unknown else "",
    )


def _counting(pages: Pages, standard: Standard, standing: Standing) -> str:
    """Where the records that count are: *Find* cannot be narrowed to a goal, so that they have a list of their own."""
    if standard.goal and not standard.kind:
        return behind_address(pages.request, pages.wanted, behind(standard, standing.district))
    where = {"layer": standard.layer, "district": standing.district.id}
    return going.address(pages.request, "/", municipality=pages.wanted.municipality, kind=standard.kind, **where)
