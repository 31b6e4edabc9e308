"""Charts drawn as SVG and PNG: whole, in the reader's language, and without a request."""

from __future__ import annotations

import io
import json
import re
import select
import socket
from xml.etree import ElementTree as ET

import altair as alt
import pytest
from PIL import Image

from pages.charts import labels, pictures, theme, years
from pages.charts.hatching import Cell, drawn
from pages.charts.matrix import matrix
from portal.model.standard import CoverageState
from portal.words import LANGUAGES
from tests.pages.charts import made_charts

PHONE = 360
BAD = (
    "<script>alert(1)</script>",
    "${7*7} `\\`",
    "</svg><image href='http://127.0.0.1/x'/>",
    "a\x00b\ud800\u2028c",
    "datum.x === '\"] + 1",
    "{{7*7}}",
    "葛\U000e0100𠮷" + "\u0301" * 2000,
)


def texts(svg):
    """All text that stands on a picture, with the blanks as they are."""
    return ["".join(item.itertext()) for item in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314  # our own picture


def width(svg):
    """Pixels across."""
    return float(ET.fromstring(svg).get("width"))  # noqa: S314  # our own picture


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_fits_a_phone(language):
    """Each chart is at most 360 pixels wide, has a description, and no text under 10 pixels."""
    for name, chart in made_charts.all_of(["とても長い名前の区域とその目安" * 4], language).items():
        svg = pictures.svg(chart)
        assert width(svg) <= PHONE, name
        assert chart.to_dict()["description"], name
        assert min(map(float, re.findall(rb'font-size="([\d.]+)px"', svg))) >= 10, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_of_nothing_is_still_a_picture(language):
    """Where there is nothing to draw, a chart is an empty picture and no error."""
    assert all(ET.fromstring(pictures.svg(chart)).tag for chart in made_charts.empty(language).values())  # noqa: S314  # our own picture


def test_twenty_eight_districts_and_six_standards_fit():
    """Every district's name and every standard's stands on the matrix, and every cell has its symbol and letter."""
    districts, standards = [f"第{at}小学校区" for at in range(28)], [f"目安{at}" for at in range(6)]
    svg = pictures.svg(matrix(made_charts.standings(districts, standards), "ja"))
    found = texts(svg)
    assert set(districts) | set(standards) <= set(found)
    assert sum(text in {"● 充", "▲ 不", "× 無", "△ 確", "？ 未"} for text in found) >= 2 * 28 * 6
    assert width(svg) <= PHONE


def test_the_same_standard_twice_is_one_column():
    """Districts and standards keep the order in which they come, each once."""
    chart = matrix(made_charts.standings(["北", "南", "北"], ["食堂", "食堂"]), "ja").to_dict()
    assert chart["vconcat"][1]["width"] * 2 == chart["vconcat"][1]["height"] * 44 / 28


def test_hatching_is_drawn_within_its_cell():
    """The lines of a cell that nobody looked at stay in the cell, and a plain cell has none."""
    plain, ruled = Cell(0, 0, CoverageState.COVERED), Cell(1, 2, CoverageState.NOT_SURVEYED)
    lines = rows_of(drawn([plain, ruled], "ja", 2, 3)[1].to_dict())
    assert len(lines) == 10
    assert all(1 <= line[x] <= 2 and 2 <= line[y] <= 3 for line in lines for x, y in (("x", "y"), ("x2", "y2")))


def test_what_people_wrote_is_text_and_nothing_else():
    """Markup, templates, expressions and broken Unicode end as text on every chart; no element comes of them."""
    for name, chart in made_charts.all_of(BAD, "ja").items():
        svg = pictures.svg(chart)
        tags = {item.tag.rpartition("}")[2] for item in ET.fromstring(svg).iter()}  # noqa: S314  # our own picture
        assert not tags & {"script", "image", "a", "foreignObject"}, name
        assert not any("49" in text for text in texts(svg)), name


def test_what_people_wrote_stands_in_no_expression():
    """In the specification a person's words are values of the data alone: no title, field or condition holds them."""
    marker = "よそでは使わない語"
    for name, chart in made_charts.all_of([marker], "ja").items():
        outside = json.dumps(without_data(chart.to_dict()), ensure_ascii=False)
        assert marker not in outside, name


def rows_of(spec, *layer):
    """The data of a chart, or of one of its layers."""
    name = (spec["layer"][layer[0]] if layer else spec)["data"]["name"]
    return spec["datasets"][name]


def without_data(spec):
    """The specification without the values of its data."""
    if isinstance(spec, dict):
        return {key: without_data(value) for key, value in spec.items() if key not in {"data", "datasets"}}
    return [without_data(item) for item in spec] if isinstance(spec, list) else spec


def test_a_picture_has_japanese_type_and_two_pixels_for_one():
    """The PNG is twice the chart's size and the characters on it differ: no boxes stand for missing glyphs."""
    one, other = (pictures.png(matrix(made_charts.standings([name], ["食堂"]), "ja")) for name in ("平岡", "尾上"))
    picture = Image.open(io.BytesIO(one))
    assert picture.width > 2 * 200
    assert one != other


@pytest.mark.parametrize("draw", [pictures.svg, pictures.png])
def test_no_request_leaves_the_machine(draw):
    """A chart that names an address for its data or for a picture is refused, and nobody knocks at the address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        data = alt.layer(alt.Chart(alt.UrlData(f"{address}/data.json")).mark_point())
        image = alt.layer(theme.layer([{"u": f"{address}/a.png"}]).mark_image(width=9, height=9).encode(url="u:N"))
        for chart in (data, image):
            with pytest.raises(ValueError, match=r"image mark|not allowed"):
                draw(chart)
        assert select.select([door], [], [], 0) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "width", "lines", "wanted"),
    [
        ("平岡", 8, 2, "平岡"),
        ("平岡小学校区", 8, 2, "平岡小学\n校区"),
        ("両荘みらい学園の校区", 8, 2, "両荘みら\nい学園…"),
        ("Salon for old people", 10, 3, "Salon for\nold people"),
        ("Salon for old people", 10, 1, "Salon fo…"),
        ("a\nb\tc", 8, 2, "a b c"),
        ("", 8, 2, ""),
        ("あ", 1, 1, "あ"),
    ],
)
def test_long_names_are_wrapped_and_cut(text, width, lines, wanted):
    """A name takes at most the lines and the width it is given; what is cut ends with an ellipsis."""
    assert labels.fitted(text, width, lines) == wanted


@pytest.mark.parametrize(
    ("year", "ja", "en"),
    [
        ("2022", "令和4年度", "2022/23"),
        ("2019", "令和元年度", "2019/20"),
        ("2016", "平成28年度", "2016/17"),
        ("1989", "平成元年度", "1989/90"),
        ("1980", "1980年度", "1980/81"),
    ],
)
def test_fiscal_years_are_said_as_people_say_them(year, ja, en):
    """A fiscal year is named by its era in Japanese and by both its years in English."""
    assert (years.fiscal_year(year, "ja"), years.fiscal_year(year, "en")) == (ja, en)


def test_the_forecast_begins_where_the_posts_end():
    """The band opens from the sum of what has come, and its words tell its last month."""
    chart = made_charts.all_of(["x"], "ja")["months"]
    band = rows_of(chart.to_dict(), 0)
    assert (band[0]["low"], band[0]["high"]) == (116, 116)
    assert (band[-1]["low"], band[-1]["high"]) == (158, 200)
    assert "158〜200件" in chart.to_dict()["description"]


def test_the_target_is_within_sight():
    """The scale of a month's chart and of an indicator reaches beyond the target, however far it is."""
    svg = pictures.svg(made_charts.months(made_charts.year((1,)), [], 9_000, "ja"))
    assert "目標 9,000件" in texts(svg)
