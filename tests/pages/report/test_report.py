"""The report on paper, read back with another program's eyes."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import ImageFile

from pages.charts import pictures
from pages.charts.matrix import matrix
from pages.report.printing import PACKAGES, pdf_of
from pages.report.shown import ROWS_MAX, UNKNOWN, cell_text, shown
from pages.report.whole import Section, report_html, report_pdf
from portal.errors import ConflictError
from portal.model.report_table import ReportColumn, ReportTable
from portal.model.source import Source
from portal.words import LANGUAGES, say, say_error
from tests import town
from tests.pages.charts import made_charts

SOURCE = Source("国勢調査", "CC BY 4.0", date(2020, 10, 1), "総務省統計局", "https://example.jp/census")
COLUMNS = (
    ReportColumn("district", "区域", "区域の名前です。"),
    ReportColumn("people", "高齢者数", "65歳以上の人の数です。", "人"),
)
NOT_FOUND_LIBRARY = """
import sys
sys.modules["weasyprint"] = None
from pages.report.printing import pdf_of
from portal.errors import ConflictError
from portal.words import say_error
try:
    pdf_of("<p>x</p>")
except ConflictError as error:
    print(say_error(error, "en"))
"""


def table(rows=(("北", 1234), ("南", None)), title="充足状況"):
    """A small table."""
    return ReportTable("coverage", title, town.CODE, town.TODAY, COLUMNS, tuple(rows), "見本は数えません。", (SOURCE,))


def pages(pdf):
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]


@pytest.fixture(scope="module")
def printed():
    """A report of a chart with its table, a long table, and a title that tries to be markup."""
    svg = pictures.svg(matrix(made_charts.standings(["北", "南"], ["食堂"]), "ja"))
    many = table([(f"第{at}区", at) for at in range(120)], "たくさんの区域")
    odd = table((), "<script>1</script>${2}\x00")
    sections = [
        Section(item.title, "はじめのことば", item, svg if item is not many else None) for item in (table(), many, odd)
    ]
    return report_pdf("みなも町 ふりかえり", town.TODAY, sections, "ja")


def test_the_cover_names_the_town_the_day_and_the_contents(printed):
    """The first page holds the title, the day, and each section with the page on which it begins."""
    cover, *rest = pages(printed)
    assert "みなも町 ふりかえり" in cover
    assert "2026年11月22日" in cover
    starts = [at for at, text in enumerate(rest, start=2) if "はじめのことば" in text]
    assert len(starts) == 3
    assert all(str(start) in cover for start in starts)
    assert "<script>1</script>${2}" in cover


def test_each_section_tells_its_rule_and_sources(printed):
    """Below the table stand how it is counted, each column's definition, and the source with credit and licence."""
    text = "".join(pages(printed)[1:]).replace("\r\n", "")
    for told in (
        "見本は数えません。",
        "65歳以上の人の数です。",
        "国勢調査",
        "総務省統計局",
        "CC BY 4.0",
        "1,234",
        UNKNOWN,
    ):
        assert told in text


def test_a_long_table_repeats_its_head_on_every_page(printed):
    """Each page of a long table begins with the columns' names and ends with its number; no row is lost."""
    found = pages(printed)
    long = [text for text in found if any(f"第{at}区" in text for at in range(120))]
    assert len(long) > 2
    assert all("高齢者数" in text for text in long)
    assert all(any(f"第{at}区" in text for text in long) for at in range(120))
    assert all(f"{at} / {len(found)}" in text for at, text in enumerate(found, start=1) if at > 1)


def test_the_pages_are_a4_with_their_fonts_in_them(printed):
    """Pages measure 210 by 297 mm, and the fonts travel with the file."""
    document = pypdfium2.PdfDocument(io.BytesIO(printed))
    assert all(
        sorted(round(side / 72 * 25.4) for side in document[at].get_size()) == [210, 297] for at in range(len(document))
    )
    letters = list(document[1].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]))
    assert letters
    assert all(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(letter)) for letter in letters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_is_escaped(language):
    """Titles, cells, labels and sources are text on the page, in every language."""
    bad = "<img src=x onerror=alert(1)>{{7*7}}"
    wrong = ReportTable(
        "x",
        bad,
        bad,
        town.TODAY,
        (ReportColumn("a", bad, bad, bad),),
        ((bad,),),
        bad,
        (Source(bad, bad, None, bad, bad),),
    )
    page = report_html(bad, town.TODAY, [Section(bad, bad, wrong)], language)
    assert "<img" not in page
    assert "49" not in page
    assert "{{7*7}}" in page


def test_a_page_fetches_nothing_from_outside(tmp_path):
    """Addresses of the net and files of the machine are left out; the page is made without them."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">SECRET</text></svg>', encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.1)
        outside = f"http://127.0.0.1:{door.getsockname()[1]}/a.png"
        names = (outside, secret.as_uri(), "asset:../../pyproject.toml", "asset:forms.js")
        page = "".join(f'<img src="{name}" alt="x"><link rel="stylesheet" href="{name}">' for name in names)
        text = "".join(pages(pdf_of(f"<html lang='en'><title>t</title>{page}<p>here</p>")))
        with pytest.raises(TimeoutError):
            door.accept()
    assert "here" in text
    assert "SECRET" not in text


def test_cut_off_photos_are_still_refused_afterwards():
    """Making a PDF changes nothing of how pictures are read in the same process."""
    pdf_of("<p>a</p>")
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_more_rows_than_paper_holds_are_said():
    """A table of many rows is cut, and how many rows are left out is told."""
    cut = table([(f"区{at}", at) for at in range(ROWS_MAX + 7)])
    assert shown(cut).left_out == 7
    assert say("report_pdf.left_out", "ja", count=7) in report_html("町", town.TODAY, [Section("表", "", cut)], "ja")


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, UNKNOWN), (float("nan"), UNKNOWN), (0, "0"), (1234, "1,234"), (47.1, "47.1"), (2.0, "2"), (-1.25, "-1.25")],
)
def test_numbers_are_written_as_people_read_them(cell, text):
    """Thousands are parted, decimals are two at most, and what is not known is no 0."""
    assert cell_text(cell) == text


def test_without_its_libraries_a_clear_sentence_is_said():
    """A machine that cannot load WeasyPrint says which packages are needed, and everything else goes on."""
    run = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", NOT_FOUND_LIBRARY],
        capture_output=True,
        text=True,
        check=True,
        cwd=town.__file__.rsplit("/", 2)[0],
    )
    assert PACKAGES[0] in run.stdout
    refused = ConflictError("report_pdf.no_library", packages=" ".join(PACKAGES))
    assert all(PACKAGES[-1] in say_error(refused, language) for language in LANGUAGES)
