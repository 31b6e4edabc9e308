"""A district on paper: what stands on it, what does not, and that it fits."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pypdfium2
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from pages.plain import sheet, sheet_dates, sheet_fit, tags
from portal.assigning import memberships
from portal.errors import UnknownThingError
from portal.laying_out import lay_out_all
from portal.model.place import Booking, Contact, ContactKind, Fee, Origin
from portal.model.post import Outside, PostKind, PostState, Where, WhereKind
from portal.model.shelter import Hazard, ShelterFacts
from portal.store import Put
from tests import town
from tests.pages.forms.conftest import BASE
from tests.portal import people

WEST = f"{town.CODE}-elementary-西小"
SAMPLE = Outside("sample")
A4 = (595, 842)


def keys(lang: str = "ja", district: str = WEST) -> dict[str, str]:
    """What stands in the sheet's address."""
    return {"lang": lang, "code": town.CODE, "id": district}


def settle(store, *places) -> None:
    """Put places into the town, and lay out when everything is on."""
    store.apply([*map(Put, places), *map(Put, memberships(store, places, town.TODAY))])
    lay_out_all(store, town.TODAY)


def live(store, title: str, state: PostState = PostState.LIVE, **values) -> str:
    """A post of the first group in the western district; gives its id."""
    more = {name: values.pop(name) for name in ("outside",) if name in values}
    its = people.facts(title, **{"where": people.pin(), **values})
    return people.kept(store, state, facts=its, live_at=people.NOW, **more).id


@pytest.fixture
def text(here):
    """The sheet's HTML without the marks of direction around names: ``text("en", name="sheet_large")``."""

    def made(lang: str = "ja", name: str = "sheet", district: str = WEST) -> str:
        html = sheet.make(name, here, keys(lang, district)).content.decode()
        return re.sub("</?bdi>", "", html)

    return made


def rows(html: str, sort: str = "dates") -> list[str]:
    """The rows of the table of this sort."""
    found = re.search(rf'<table class="{sort}">.*?</table>', html, re.DOTALL)
    return re.findall(r"<tr[ >].*?</tr>", found[0], re.DOTALL)[1:] if found else []


def full(store) -> None:
    """More than fits on any paper, with long names."""
    kinds = ("ibasho", "elderly_salon", "facility", "shelter", "emergency_site", "welfare_shelter")
    places = [
        town.place(
            f"p{number}",
            f"{number}番 " + "ながいなまえの集会所と、ふれあい「喫茶」" * (1 + number % 4),
            0.1 + 0.8 * (number % 7) / 7,
            0.1 + 0.8 * (number % 11) / 11,
            kind=kinds[number % 6],
            name_en="A long English name of a community meeting place " * (number % 3),
            address="みなも町西1丁目2番地3号みなも町営住宅集会室" * (1 + number % 2),
            schedule=people.tuesdays() if number % 2 else None,
            shelter=ShelterFacts(frozenset(Hazard)) if number % 6 == 4 else None,
        )
        for number in range(60)
    ]
    settle(store, *places)
    for number in range(30):
        at = people.on(1 + number % 17, 9 + number % 8)
        live(store, "WMWM会議とおしゃべりの会（どなたでも）" * 3, schedule=at, fee=Fee.PAID, booking=Booking.NEEDED)
    lay_out_all(store, town.TODAY)


class TestFront:
    """What is on."""

    def test_tells_when_what_where_and_the_cost(self, store, text):
        """A row tells date, weekday, hours, name, place, fee and booking."""
        live(store, "もちつき大会", fee=Fee.FREE, booking=Booking.NEEDED)
        settle(store)
        (row,) = rows(text())
        for said in ("12月6日（日）", "10:00–11:30", "もちつき大会", "第一公園", "無料・要予約"):
            assert said in row

    def test_english_is_in_english(self, store, text):
        """The English sheet says date and cost in English, and marks what is Japanese."""
        live(store, "もちつき大会", fee=Fee.FREE, booking=Booking.NEEDED)
        settle(store)
        (row,) = rows(text("en"))
        assert "Sun 6 Dec" in row
        assert "Free, book first" in row
        assert 'lang="ja">もちつき大会' in row

    def test_what_is_called_off_is_struck(self, store, text):
        """A cancelled event stays on the paper, struck through, with the word."""
        live(store, "もちつき大会", PostState.CANCELLED)
        settle(store)
        (row,) = rows(text())
        assert "<s>もちつき大会</s>" in row
        assert "中止" in row

    def test_sample_is_marked_once(self, store, text):
        """Sample content bears 見本, and a name that says so itself bears no mark beside it."""
        live(store, "もちつき大会", outside=SAMPLE)
        live(store, "夏まつり（見本）", outside=SAMPLE)
        settle(store)
        assert sorted(row.count("見本") for row in rows(text())) == [1, 1]

    def test_what_is_often_on_is_told_once(self, store, text):
        """What is on nearly every day stands once, with its rule."""
        schedule = replace(people.tuesdays(), rules=(replace(people.tuesdays().rules[0], rrule="FREQ=DAILY"),))
        settle(store, town.place("p1", schedule=schedule))
        assert "毎日 10:00–12:00" in rows(text(), "rules")[0]
        assert rows(text()) == []

    def test_says_how_many_more(self, store, text):
        """What has no room is counted, the soonest of the dates are told."""
        full(store)
        html = text()
        days = [int(day) for day in re.findall(r'<td class="date[^"]*">12月(\d+)日', html)]
        assert days == sorted(days)
        told = len(rows(html)) + len(rows(html, "rules"))
        more = int(re.search(r"ほかに(\d+)件あります", html)[1])
        assert told >= 5
        assert more >= 10

    def test_nothing_is_said_to_be_nothing(self, text):
        """A district with nothing says so, on both sides, and leaves room to write."""
        html = text()
        assert "この期間に登録されている予定はありません" in html
        assert "この区域に登録されている場所はありません" in html
        assert "書きこみ欄" in html

    @pytest.mark.parametrize("month", range(1, 13))
    def test_goes_to_the_end_of_the_month(self, month):
        """The sheet covers the rest of the month, and at least four weeks."""
        for day in (1, 15, 28):
            first, last = sheet_dates.span(town.TODAY.replace(month=month, day=day))
            assert last - first >= timedelta(days=27)
            assert last.month != month or (last + timedelta(days=1)).month != month


class TestBack:
    """What is where."""

    def test_number_of_a_row_is_the_one_on_the_map_and_in_the_list(self, store, text):
        """An event at a place bears the number that the place has on the map and in the list."""
        settle(store, town.place("p1", "あさひ会館", kind="facility"), town.place("p2", "ゆうひ会館", kind="facility"))
        live(store, "もちつき大会", where=Where(WhereKind.PLACE, place="p2"))
        settle(store)
        html = text()
        assert '<span class="number">1</span> <span>ゆうひ会館' in rows(html)[0]
        assert re.search(r'<span class="number ">1</span> <div><a[^>]*>ゆうひ会館', html)
        assert re.findall(r"<text[^>]*>(\d+)</text>", html) == ["1", "2"]

    def test_evacuation_sites_stand_apart(self, store, text):
        """The three kinds have a list and a sign each, with hazards and whom they accept."""
        settle(
            store,
            town.place("e", "広場", kind="emergency_site", shelter=ShelterFacts(frozenset({Hazard.FLOOD}))),
            town.place("s", "小学校", kind="shelter", shelter=ShelterFacts()),
            town.place("w", "センター", kind="welfare_shelter", shelter=ShelterFacts(accepts="要配慮者")),
        )
        html = text()
        for said in ("緊1</span>", "避1</span>", "福1</span>", "対応する災害：洪水", "受入対象：要配慮者"):
            assert said in html
        assert "まず指定避難所などに避難し" in html

    def test_public_telephone_alone(self, store, text):
        """A public number is on the paper, one for staff is not."""
        contacts = (
            Contact(ContactKind.PHONE, "06-1111-1111", public=False),
            Contact(ContactKind.PHONE, "06-2222-2222", public=True),
        )
        settle(store, town.place("p1", contacts=contacts))
        assert "電話 06-2222-2222" in text()
        assert "06-1111-1111" not in text()

    def test_codes_lead_to_district_calendar_and_evacuation(self, text):
        """The QR codes hold the addresses that they are for."""
        html = text()
        for address in addresses("ja"):
            picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=3, border=4)
            assert f'src="{picture.replace("&", "&amp;").replace(chr(39), "&#39;")}"' in html


def addresses(lang: str) -> set[str]:
    """What the sheet's codes lead to: the district, its calendar, and where to go in an evacuation."""
    return {
        f"{BASE}/{lang}/{town.CODE}/district/{WEST}/",
        f"{BASE}/calendar?lang={lang}&municipality={town.CODE}&layer=elementary&district={quote(WEST)}",
        f"{BASE}/{lang}/{town.CODE}/evacuation/",
    }


def read_codes(document: pypdfium2.PdfDocument) -> set[str]:
    """What a telephone reads from the paper, held so that it sees 150 points an inch."""
    seen = (page.render(scale=150 / 72, grayscale=True).to_numpy().squeeze() for page in document)
    return {code.text for one in seen for code in zxingcpp.read_barcodes(one)}


class TestPublic:
    """Public ⊆ approved."""

    @pytest.mark.parametrize("state", sorted(set(PostState) - {PostState.LIVE, PostState.CANCELLED}))
    def test_what_is_not_public_is_not_on_it(self, store, text, state):
        """A draft, waiting, returned, hidden or withdrawn post is nowhere."""
        key = live(
            store, "ひみつの会", state, where=Where(WhereKind.PIN, position=town.spot(0.5, 0.5), name="ひみつの庭")
        )
        settle(store)
        for html in (text(), text("en", "sheet_large")):
            assert "ひみつ" not in html
            assert key not in html

    def test_help_between_residents_tells_neither_group_nor_spot(self, store, text):
        """A post of help has no group, no name of a spot and no point on the map."""
        where = Where(WhereKind.PIN, position=town.spot(0.5, 0.5), name="山田さんの家", address="西1-2-3")
        live(store, "庭の草むしり", kind=PostKind.HELP_WANTED, where=where)
        settle(store)
        html = text()
        for hidden in ("山田", "西1-2-3", "ひだまりの会"):
            assert hidden not in html
        assert not re.search(r"<text[^>]*>1</text>", html)

    def test_gone_place_is_not_on_it(self, store, text):
        """A place that its source no longer holds is gone from the paper, also as where something is on."""
        settle(store, replace(town.place("p1", "きえた会館", schedule=people.tuesdays()), gone_on=town.TODAY))
        live(store, "もちつき大会", where=Where(WhereKind.PLACE, place="p1"))
        settle(store)
        assert "きえた会館" not in text()

    def test_names_what_it_depends_on(self, store, here):
        """The tags hold each record shown, the district, the day and the frame."""
        settle(store, town.place("p1", schedule=people.tuesdays()))
        key = live(store, "もちつき大会")
        settle(store)
        its = sheet.make("sheet", here, keys()).tags
        wanted = {tags.thing("p1"), tags.thing(key), tags.inside(WEST), tags.DAY, tags.frame(town.CODE)}
        assert wanted <= its

    def test_foreign_district_is_none(self, here):
        """Under another municipality's code there is no such sheet."""
        with pytest.raises(UnknownThingError):
            sheet.make("sheet", here, keys() | {"code": people.ELSEWHERE})


class TestPdf:
    """The PDF of a district with more than fits."""

    @pytest.fixture
    def pdf(self, store, here):
        """A PDF: ``pdf("sheet_pdf", "ja")``."""
        settle(store, replace(town.place("sample"), origin=Origin("sample", "s")))
        full(store)

        def made(name: str, lang: str) -> pypdfium2.PdfDocument:
            page = sheet.make_pdf(name, here, keys(lang))
            assert page.media == "application/pdf"
            return pypdfium2.PdfDocument(page.content)

        return made

    @pytest.mark.parametrize(("name", "lang", "pages"), [("sheet_pdf", "ja", 2), ("sheet_large_pdf", "en", 4)])
    def test_fits_with_its_fonts(self, pdf, name, lang, pages):
        """It has two pages of A4, four in large type, is tagged, named, in its language, with its fonts in it."""
        document = pdf(name, lang)
        assert [tuple(map(round, page.get_size())) for page in document] == [A4] * pages
        assert document.is_tagged()
        assert "西小" in document.get_metadata_value("Title")
        assert _language(document) == lang
        fonts = [font for page in document for font in _fonts(page)]
        assert fonts
        assert all(raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)
        said = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
        for word in ("12月", "予約", "ひなん先") if lang == "ja" else ("Dec", "book first", "Where to evacuate"):
            assert word in said
        assert read_codes(document) == addresses(lang)


def _language(document: pypdfium2.PdfDocument) -> str:
    length = raw.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = (ctypes.c_ushort * length)()
    raw.FPDFCatalog_GetLanguage(document, buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _fonts(page: pypdfium2.PdfPage) -> list:
    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
    return [raw.FPDFTextObj_GetFont(item) for item in texts]


@given(st.text(max_size=80), st.floats(4, 30), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_cut_text_has_room(text, width, most):
    """Whatever was written, what is left of it has no more lines than asked for."""
    assert sheet_fit.lines(sheet_fit.cut(text, width, most), width) <= most
