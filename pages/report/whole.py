"""The report of a whole review: cover and contents, then each section with chart, table, rule and sources."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pages.forms import text
from pages.report.printing import pdf_of
from pages.report.shown import shown
from portal.schedules.wording_times import long_date
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.report_table import ReportTable

TEMPLATES: Final = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report, with a heading of its table's title."""

    title: str
    lead: str
    """What it tells, in a sentence or two; may be empty."""
    table: ReportTable
    chart_svg: bytes | None = None
    """Of :func:`pages.charts.pictures.svg`; the table says the same."""


def report_pdf(title: str, day: date, sections: Sequence[Section], language: str) -> bytes:
    """The report as a PDF (A4). ``title`` names the municipality; ``day`` is the day on which it was counted.

    Raises ConflictError where WeasyPrint's libraries are not on this machine.
    """
    return pdf_of(report_html(title, day, sections, language))


def report_html(title: str, day: date, sections: Sequence[Section], language: str) -> str:
    """The same as HTML for paper; every value is escaped."""
    return (
        _environment()
        .get_template("report.html")
        .render(
            say=partial(_say, language),
            lang=language,
            title=title,
            day=long_date(day, language),
            iso_day=day.isoformat(),
            parts=[_part(at, section) for at, section in enumerate(sections, start=1)],
            date_of=partial(_date_of, language),
        )
    )


def _part(number: int, section: Section) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "number": number,
        "section": section,
        "table": shown(section.table),
        "chart": _data_address(section.chart_svg) if section.chart_svg else "",
    }


def _data_address(svg: bytes) -> str:
    """The picture as an address within the page: an SVG that is an image runs and fetches nothing."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _say(language: str, key: str, /, **values: object) -> str:
    return say(key, language, **values)


def _date_of(language: str, day: date) -> str:
    return long_date(day, language)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": text.plain, "lines": text.lines}
    return environment
