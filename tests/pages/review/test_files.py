"""The tables of a review as files: each format, its charts, the report, and who may have them."""

from __future__ import annotations

import csv
import io
import json

import pypdfium2
import pytest
from openpyxl import load_workbook

from geodata.areas import goals, indicators
from pages.review import charted, charts, report_file
from portal import clock
from portal.model.district import AgeBand, Population
from portal.model.standard import Standard, StandardRule
from portal.review_tables import TABLES
from portal.store import Drop, Put
from tests import town
from tests.portal import people

AREAS = ("coverage", "coverage_matrix", "gaps", "roll_up", "posts_by_district")


@pytest.fixture
def filled(store):
    """The town with a standard, people, a salon, a post and indicators."""
    names, bands = ("西小", "東小", "北西小", "北東小"), (AgeBand(65, None, 90, 110),)
    store.apply(
        [
            Put(Standard(town.CODE, "salon", "elementary", StandardRule.COUNT, 1.0, kind="elderly_salon")),
            *(Put(Population(town.CODE, "elementary", name, clock.today(), 900, 400, 500, bands)) for name in names),
            Put(town.place("p1", "=1+1 サロン")),
        ]
    )
    return store


def asked(name, kind):
    """The address of a table."""
    return f"/review-file?municipality={town.CODE}&table={name}&format={kind}"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_file(filled, visit, name):
    """Each table comes as CSV with its labels first, and as a workbook with a sheet of definitions."""
    visitor = visit(people.STAFF)
    answer = visitor.get(asked(name, "csv"))
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert f'filename="{name.replace("_", "_")}-{town.CODE}-' in answer.headers["content-disposition"]
    book = load_workbook(io.BytesIO(visitor.get(asked(name, "workbook")).content))
    assert len(book.sheetnames) == 2
    assert [cell.value for cell in book.worksheets[0][1]] == rows[0]


@pytest.mark.parametrize("name", AREAS)
def test_what_lies_somewhere_comes_with_its_area(filled, visit, name):
    """Tables by district are GeoJSON, too, a feature a row; a table that lies nowhere says so."""
    visitor = visit(people.STAFF)
    found = json.loads(visitor.get(asked(name, "geojson")).content)
    assert found["type"] == "FeatureCollection"
    assert found["features"]
    assert visitor.get(asked(name, "geoparquet")).content.startswith(b"PAR1")
    assert visitor.get(asked("use", "geojson")).status_code == 409


def test_charts_are_pictures(filled, visit):
    """A table with a chart comes as SVG and PNG that run nothing; one without says so."""
    visitor = visit(people.STAFF)
    answer = visitor.get(asked("coverage_matrix", "svg"))
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "西小" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert visitor.get(asked("coverage_matrix", "png")).content.startswith(b"\x89PNG")
    assert visitor.get(asked("use", "svg")).status_code == 404
    assert visitor.get(asked("reach", "feather")).status_code == 404
    assert visitor.get(asked("no_such_table", "csv")).status_code == 404


def test_the_map_is_a_picture(filled, visit):
    """The map of a standard comes by itself, with names, states and a legend, and no link; as PNG, too."""
    visitor = visit(people.STAFF)
    drawn = visitor.get(asked("coverage", "svg") + "&standard=salon").text
    assert drawn.startswith("<svg xmlns=")
    assert "<a " not in drawn
    assert "西小" in drawn
    assert "未調査" in drawn
    assert visitor.get(asked("coverage", "png")).content.startswith(b"\x89PNG")
    filled.apply([Drop(Standard, (town.CODE, "salon"))])
    assert visitor.get(asked("coverage", "svg")).status_code == 404


def test_the_map_of_reach_is_a_picture(filled, visit):
    """Who is reached comes as a picture of its own, with the added spots; without people there is none."""
    visitor = visit(people.STAFF)
    path = asked("what_if", "svg") + "&layer=elementary&metres=500&spots=34.015,135.015"
    drawn = visitor.get(path).text
    assert drawn.startswith("<svg xmlns=")
    assert "場所を1か所ふやすと" in drawn
    assert drawn.count(">1</text>") >= 1
    assert visitor.get(path.replace("svg", "png")).content.startswith(b"\x89PNG")
    for name in ("西小", "東小", "北西小", "北東小"):
        filled.apply([Drop(Population, (town.CODE, "elementary", name))])
    assert visitor.get(path).status_code == 404


def test_charts_and_their_list_are_the_same():
    """What pages say has a chart has one, of a table that there is."""
    assert set(charts.CHARTS) == charted.CHARTED
    assert set(TABLES) >= charted.CHARTED


@pytest.mark.parametrize("name", sorted(charted.CHARTED))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_chart_is_drawn(filled, visit, name, language):
    """Each chart is drawn of the town's own tables, in both languages, samples or not."""
    here = f"{town.CODE}"
    filled.apply([*(Put(one) for one in goals("27107")), *(Put(one) for one in indicators("27107"))])
    code = "27107" if name == "indicators" else here
    if code == "27107":
        filled.apply([Put(town.municipality("27107", "大阪市港区"))])
    visitor = visit(people.ADMINISTRATOR)
    address = f"/review-file?municipality={code}&table={name}&format=svg&lang={language}"
    answer = visitor.get(address)
    nothing = name == "evenness"  # nobody has posted anything
    assert answer.status_code == (404 if nothing else 200), answer.text[:300]
    assert nothing or answer.text.startswith("<svg")


def test_the_report_holds_every_part(filled, visit):
    """The PDF names the town and its districts; a table is either in it or left out on purpose."""
    assert set(report_file.ORDER) | report_file.LEFT_OUT == set(TABLES)
    answer = visit(people.STAFF).get(f"/review-report?municipality={town.CODE}")
    assert answer.headers["content-type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "みなも町" in text
    assert "西小" in text


@pytest.mark.parametrize("path", [asked("coverage", "csv"), f"/review-report?municipality={town.CODE}"])
def test_only_the_office_has_them(filled, visit, path):
    """Who is not signed in is led to the sign-in; a group, and staff of another town, may not."""
    assert visit().get(path).status_code == 303
    assert visit(people.OWNER).get(path).status_code == 403
    assert visit(people.VISITOR_STAFF).get(path).status_code == 403
