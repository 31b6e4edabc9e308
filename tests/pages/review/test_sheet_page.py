"""A district's one page for its discussion table."""

from __future__ import annotations

import pypdfium2
import pytest

from portal.model.kind import Kind, Shape
from portal.store import Put
from tests import town
from tests.portal.coverage import figures
from tests.portal.people import ELSEWHERE, MEMBER, STAFF

WEST = f"{town.CODE}-elementary-西小"
PATH = f"/review-sheet?municipality={town.CODE}&district={WEST}"
PDF = PATH.replace("/review-sheet?", "/review-sheet.pdf?")
LONG = "とても長い名前の、町のみんなが毎週集まって体操とお茶とおしゃべりをたのしむ会"


@pytest.fixture
def settled(store):
    """西小 has a salon and people, 東小 beside it has nothing."""
    store.apply([Put(figures.standard(name="サロン"))])
    figures.put_places(store, figures.verified(town.place("p1")))
    figures.put_people(store, 西小=400)
    return store


def test_the_sheet_says_what_there_is_and_what_the_neighbours_have(settled, visit):
    """State, figure, neighbours, people and places of the district stand on it."""
    page = visit(STAFF).get(PATH)
    assert page.status_code == 200
    for text in ("西小のいま", "● 充足", "？東小", "ひだまりサロン", "400", "話し合ったこと"):
        assert text in page.text


def test_what_is_missing_is_said_in_a_sentence(settled, visit):
    """東小 is told that nothing is registered and nobody has looked."""
    page = visit(STAFF).get(PATH.replace("西小", "東小"))
    assert "まだ調べていません" in page.text
    assert "この区域の人口は登録されていません" in page.text


def test_the_pdf_is_one_page_however_much_there_is(settled, visit):
    """Eight standards, many long names and gaps still make one sheet of A4."""
    more = [figures.standard(key=f"k{at}", name=LONG, at_least=99, kind="ibasho", order=at) for at in range(8)]
    kinds = [Kind(f"k{at}", f"種別{at}のとても長い名前", f"Kind {at}", "#444444", Shape.HOUSE, "種") for at in range(8)]
    settled.apply([Put(kind) for kind in kinds])
    places = [town.place(f"q{at}", f"{LONG}{at}", 0.3, 0.4, kind=kinds[at % 8].key) for at in range(40)]
    settled.apply([Put(one) for one in more])
    figures.put_places(settled, *places)
    for path in (PDF, f"{PDF}&lang=en", PDF.replace("西小", "東小")):
        answer = visit(STAFF).get(path)
        assert answer.headers["content-type"] == "application/pdf"
        assert len(pypdfium2.PdfDocument(answer.content)) == 1


@pytest.mark.parametrize("path", [PATH, PDF])
def test_a_district_of_elsewhere_is_not_shown(settled, visit, path):
    """An unknown district and one of another municipality are not found; a member may not look."""
    settled.apply([Put(figures.standard(key="other"))])
    far = town.district("遠小", town.square(9, 9))
    settled.apply([Put(type(far)(f"{ELSEWHERE}-1", ELSEWHERE, "elementary", "遠小", far.geometry, far.source))])
    for district in (f"{ELSEWHERE}-1", "nothing", "", "%00"):
        asked = path.partition("&district")[0] + f"&district={district}"
        assert visit(STAFF).get(asked).status_code == 404
    assert visit(MEMBER).get(path).status_code == 403
