"""From paper, a workbook or a calendar's file to drafts in a real browser: on a phone, by keyboard, without scripts."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from db import open_store
from geodata import areas
from portal.assigning import memberships
from portal.store import Put
from tests import town
from tests.browser.conftest import LOCALES, running_portal
from tests.browser.plain_faults import faults_of
from tests.browser.rest import at_rest
from tests.browser.signed_in import kept_of, pages_of
from tests.geodata.flyers.made_flyers import FLYERS
from tests.portal import people
from tests.portal.signing import kept_password

FLYER = "/flyer?group=group-hidamari"
WORKBOOK = "/workbook?group=group-hidamari"
FEED = "/feed-file?group=group-hidamari"
READ_MS = 60_000
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:one@example.jp
SUMMARY:クリスマス会
DTSTART;TZID=Asia/Tokyo:20991224T100000
END:VEVENT
BEGIN:VEVENT
UID:two@example.jp
SUMMARY:外国の時刻の会
DTSTART;TZID=Nowhere/Land:20991224T100000
END:VEVENT
END:VCALENDAR
"""
SMALL = (
    "[...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main summary')]"
    ".filter(it => !it.closest('.box, li, p:not(.row):not(.send)')"
    " && it.checkVisibility() && it.getBoundingClientRect().height < 43.5)"
    ".map(it => it.outerHTML.slice(0, 80))"
)


def workbook(series="R8"):
    """A workbook of two events and a line that is refused; another series has other posts."""
    book = Workbook()
    for row in (
        ("NO", "イベント名", "開始日", "開始時間", "終了時間", "場所名称"),
        (f"{series}-001", "もちつき大会", "2099-12-06", "10:00", "12:00", "東図書館"),
        (f"{series}-002", "書き初め", "2099-12-08", "13:00", "15:00", "集会所"),
        (f"{series}-003", "まちがい", "2099-02-30", "", "", ""),
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal over the invented town, whose first group has an owner with a password."""
    home = tmp_path_factory.mktemp("flyer")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    kinds = [Put(kind) for kind in areas.kinds() if kind.post]
    places = [town.place("p1", "東図書館", 1.5, address="みなも町東町 1-5-8")]
    store.apply([*kinds, *map(Put, places), Put(replace(people.OWNER.account, password=kept_password()))])
    store.apply([*map(Put, memberships(store, places, town.TODAY))])
    store.close()
    with running_portal(home) as url:
        yield url


@pytest.fixture(scope="module")
def kept(browser, portal):
    """What the owner's browser keeps."""
    return {"owner": kept_of(browser, portal, "owner@example.jp")}


@pytest.fixture
def open_here(browser, portal, kept):
    """Open a page of this portal, signed in and watched: ``open_here(FLYER, width=360, scripts=False)``."""
    with pages_of(browser, portal, kept, FLYER) as open_one:
        yield open_one


def send(page, field, name, data, kind="image/png"):
    """Choose a file and send it."""
    page.locator(f"#f-{field}").set_input_files({"name": name, "mimeType": kind, "buffer": data})
    page.locator("main button.main").click()


def read(page, number=0):
    """Send one of the made flyers and wait until it is read."""
    send(page, "flyer", "チラシ.png", FLYERS[number].data())
    page.locator("fieldset.asked").first.wait_for(timeout=READ_MS)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_flyer_becomes_a_draft(open_here, scripts):
    """A file, a look at what was read beside its pieces, one title mended: the editor opens; also without scripts."""
    page = open_here(scripts=scripts)
    read(page, 5)
    title = page.locator("#f-title")
    expect(title.locator(".pieces img").first).to_be_visible()
    if scripts:
        at_rest(page)
        assert page.evaluate("[...document.querySelectorAll('.pieces img')].every(it => it.naturalWidth > 20)")
    expect(page.locator("#f-place")).to_contain_text("地図のこの場所とします: 東図書館")
    title.locator("input[value=own]").check()
    page.locator("#f-title_own").fill("スマートフォンの相談会")
    page.get_by_role("button", name="下書きを作る").click()
    expect(page.locator("h1")).to_have_text("投稿を直す")
    expect(page.locator("main > .note")).to_contain_text("チラシから下書きを作りました")
    expect(page.locator("#f-title")).to_have_value("スマートフォンの相談会")
    expect(page.locator("#f-seats")).to_have_value("12")


def test_a_flyer_is_taken_over_with_the_keyboard_alone(open_here):
    """Tab, arrows, space and Enter reach every choice; what was mended survives a reload."""
    page = open_here()
    read(page)
    page.locator("#f-title input[value='0']").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#f-title input[value='1']")).to_be_checked()
    page.locator("#f-title input[value=own]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("#f-title_own")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("鍵盤で書いた題名")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator("#f-title_own")).to_have_value("鍵盤で書いた題名")
    page.locator("#f-title_own").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#f-title")).to_have_value("鍵盤で書いた題名")


def test_a_workbook_is_looked_at_and_taken(open_here):
    """What it would bring, what is refused and why; with the tick the rest is taken."""
    page = open_here(WORKBOOK)
    send(page, "workbook", "行事.xlsx", workbook(), "application/octet-stream")
    expect(page.locator("h1")).to_have_text("取り込む前の確認")
    expect(page.locator(".lines")).to_contain_text("4行目")
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.locator("#faults")).to_be_focused()
    page.locator("#f-skip").check()
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.locator("main > .note")).to_contain_text("新しい下書き2件")


@pytest.mark.parametrize("language", LOCALES)
def test_these_pages_are_accessible_and_fit(open_here, language):
    """Axe finds nothing, nothing is wider than the page, and whatever is pressed is 44 points high."""
    page = open_here(language=language)
    base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    faults = {"flyer": faults_of(page, SMALL)}
    read(page)
    page.locator("details > summary").click()
    faults["review"] = faults_of(page, SMALL)
    page.locator("#f-title input[value=own]").check()
    page.locator("#f-title_own").fill("")
    page.locator("main button.main").click()
    faults["review with a fault"] = faults_of(page, SMALL)
    for path, field, data in (
        (WORKBOOK, "workbook", workbook("R9")),
        (FEED, "feed", CALENDAR.encode()),
    ):
        page.goto(base + path)
        faults[path] = faults_of(page, SMALL)
        page.locator("main button.main").click()
        faults[f"{path} with a fault"] = faults_of(page, SMALL)
        send(page, field, "a.bin", data, "application/octet-stream")
        page.locator(".cards").wait_for()
        faults[f"{path} looked at"] = faults_of(page, SMALL)
    assert {name: found for name, found in faults.items() if found} == {}
