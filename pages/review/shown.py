"""A table of a review as a page shows it: cells in words, states by sign, links to what counts, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from geodata.report_files import offered
from pages.forms import going
from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from portal.model.report_table import Behind, Cell, ReportTable, Wanted

ROWS_MAX: Final = 500
PICTURES: Final = ("svg", "png")
NAMES: Final = frozenset({"title", "name", "group"})
"""The columns in which a record is called by its name; else it is the first."""
UNKNOWN: Final = "–"
COUNTED: Final = frozenset({"records", "total", "spots"})
"""The columns whose number is that of the records; else it is the first number."""
RANK: Final = "rank"
YEAR: Final = "year"
"""The key of a column of years ends so."""


class Shown(NamedTuple):
    """What the macro ``report`` of ``review_parts.html`` draws."""

    table: ReportTable
    rows: Sequence[Sequence[ShownCell]]
    numbers: Sequence[bool]
    """Whether a column holds numbers."""
    more: int
    """Rows that are left to the files."""
    chart: str
    """Address of its picture; empty where it has none."""
    alt: str
    files: Sequence[File]
    records: str = ""
    """Address of the records that it is counted from; empty where its rows are records."""


class ShownCell(NamedTuple):
    """One cell."""

    text: str
    mark: str = ""
    """A state's key, where it says one."""
    address: str = ""
    """Where what counts is listed."""


class File(NamedTuple):
    """One way to take the table along."""

    label: str
    address: str


def shown(
    request: Request, wanted: Wanted, table: ReportTable, chart: str = "", link: Callable[[int, str], str] | None = None
) -> Shown:
    """The table for its page; ``chart`` says in words what its picture shows, and is empty where it has none."""
    states = {say(f"coverage.state_{state}", wanted.language): state.value for state in CoverageState}
    keys = [column.key for column in table.columns]
    rows = [
        [
            ShownCell(
                text(cell, key),
                states.get(cell, "") if isinstance(cell, str) else "",
                (link(number, key) if link else "") or _address(request, wanted, table, number, at),
            )
            for at, (key, cell) in enumerate(zip(keys, row, strict=True))
        ]
        for number, row in enumerate(table.rows[:ROWS_MAX])
    ]
    numbers = [any(isinstance(row[at], int | float) for row in table.rows) for at in range(len(keys))]
    more = max(0, len(table.rows) - ROWS_MAX)
    files = _files(request, wanted, table, pictures=bool(chart))
    picture = address_of(request, wanted, table.name, "svg") if chart else ""
    records = behind_address(request, wanted, table.behind) if table.behind else ""
    return Shown(table, rows, numbers, more, picture, chart, files, records)


def _address(request: Request, wanted: Wanted, table: ReportTable, row: int, column: int) -> str:
    """Where a cell leads by itself: the first number to the records behind it, a record's name to its own page."""
    cells = table.rows[row]
    keys = [column.key for column in table.columns]
    figures = [at for at, cell in enumerate(cells) if _counts(cell, keys[at])]
    figures.sort(key=lambda at: keys[at] not in COUNTED)
    words = [at for at, cell in enumerate(cells) if at and isinstance(cell, str) and cell]
    figure = next(iter(figures or words), 0)
    behind = table.behind_rows[row] if table.behind_rows else None
    if behind and column == figure and cells[figure] != 0:
        return behind_address(request, wanted, behind)
    name = next((at for at, its in enumerate(table.columns) if its.key in NAMES), 0)
    if table.things and table.things[row] and column == name:
        return thing_address(request, table.things[row])
    return ""


def _counts(cell: Cell, key: str) -> bool:
    """Whether a cell is a figure: a rank and a year count nothing."""
    return isinstance(cell, int | float) and key != RANK and not key.endswith(YEAR)


def thing_address(request: Request, thing: str) -> str:
    """The page of a place, post or group."""
    kind = next((begun for begun in ("post", "group") if thing.startswith(f"{begun}-")), "place")
    return going.address(request, f"/{kind}", id=thing)


def behind_address(request: Request, wanted: Wanted, behind: Behind) -> str:
    """Where the records behind a figure are listed."""
    samples = {"samples": "1"} if wanted.samples else {}
    fixed = {"municipality": wanted.municipality, "lang": wanted.language, "table": behind.table}
    return going.address(request, "/review-records", **(dict(behind.choices) | samples | fixed))


def text(cell: Cell, key: str = "") -> str:
    """A cell in words: numbers with separators and at most one decimal, years plain, what is not known as a dash."""
    if cell is None:
        return UNKNOWN
    if isinstance(cell, int) and key.endswith(YEAR):
        return str(cell)
    if isinstance(cell, float):
        return f"{cell:,.1f}".removesuffix(".0")
    return f"{cell:,}" if isinstance(cell, int) else cell


def _files(request: Request, wanted: Wanted, table: ReportTable, *, pictures: bool) -> list[File]:
    kinds = [*offered(table), *(PICTURES if pictures else ())]
    return [
        File(say(f"review_page.file_{kind}", wanted.language), address_of(request, wanted, table.name, kind))
        for kind in kinds
    ]


def pictures_of(request: Request, wanted: Wanted, name: str) -> list[File]:
    """A map as pictures to take along: that of the table of this name."""
    return [
        File(say(f"review_page.file_{kind}", wanted.language), address_of(request, wanted, name, kind))
        for kind in PICTURES
    ]


def address_of(request: Request, wanted: Wanted, name: str, kind: str) -> str:
    """Where the table of this name, with the choices of ``wanted``, is had as a file."""
    choices = {name: value for name, value in wanted.params.items() if name not in ("table", "format")}
    samples = {"samples": "1"} if wanted.samples else {}
    fixed = {"municipality": wanted.municipality, "lang": wanted.language, "table": name, "format": kind}
    return going.address(request, "/review-file", **(choices | samples | fixed))
