"""The office's pages in a real browser: the queue by keyboard, a place without scripts, both widths and languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from db import open_store
from portal import clock, editing
from portal.store import Put
from tests import town
from tests.browser.conftest import LOCALES, running_portal
from tests.browser.plain_faults import faults_of
from tests.browser.signed_in import kept_of, pages_of
from tests.pages.forms import staffing
from tests.portal import people
from tests.portal.signing import kept_password

SMALL = (
    "[...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select, main summary')]"
    ".filter(it => !it.closest('.box, li, dd, p:not(.row):not(.send):not(.acts), .leaflet-container')"
    " && it.checkVisibility() && !it.classList.contains('only-read') && it.getBoundingClientRect().height < 43.5)"
    ".map(it => it.outerHTML.slice(0, 80))"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A folder with a portal in which one thing of each kind waits, and what waits."""
    home = tmp_path_factory.mktemp("staff")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    waiting = staffing.fill(store)
    shelter = town.place("s1", "みなも小学校", 0.2, kind="welfare_shelter")
    salon = town.place("p9", "ふれあいサロン", 1.2, schedule=people.tuesdays(), contacts=(people.phone(),))
    store.apply([Put(shelter), Put(salon), Put(replace(people.STAFF.account, password=kept_password()))])
    editing.edit_as(store, people.COLLEAGUE, "p9", {"address": "みなも町東9-9"}, clock.now())
    store.close()
    return home, waiting


@pytest.fixture(scope="module")
def portal(filled):
    """The address of that portal, running for real."""
    with running_portal(filled[0]) as url:
        yield url


@pytest.fixture(scope="module")
def kept(browser, portal):
    """What a browser keeps of staff who signed in."""
    return {"staff": kept_of(browser, portal, "staff@example.jp")}


@pytest.fixture
def open_here(browser, portal, kept):
    """Open a page as staff, watched: ``open_here("/queue", width=360, scripts=False)``."""
    with pages_of(browser, portal, kept, "/queue") as open_one:
        yield open_one


@pytest.mark.parametrize("language", LOCALES)
def test_the_offices_pages_are_accessible_and_fit(open_here, portal, filled, language):
    """Axe finds nothing, nothing is wider than the page, and whatever is pressed is 44 points high."""
    page, waiting, faults = open_here(language=language), filled[1], []
    things = (waiting.revised, waiting.application, waiting.note, waiting.correction, waiting.place)
    paths = [
        "/queue",
        *(f"/review?id={thing.id}" for thing in things),
        "/groups",
        "/groups?id=group-hidamari",
        "/place-edit?id=p9",
        "/place-edit?id=s1",
        "/history?of=place&id=p9",
        "/municipality-settings",
    ]
    for path in paths:
        page.goto(portal + path)
        faults += faults_of(page, SMALL, path)
    page.goto(f"{portal}/history?of=place&id=p9")
    page.locator("ol a.button").first.click()
    page.locator("#f-reason").wait_for()
    faults += faults_of(page, SMALL, "an earlier version")
    assert faults == []


def test_the_queue_is_worked_through_with_the_keyboard_alone(open_here):
    """From the list to the thing, its reason and its button; the sentence that follows is said, the next is open."""
    page = open_here("/queue?kind=correction")
    page.get_by_role("link", name="ひだまり集会所").focus()
    page.keyboard.press("Enter")
    page.locator("#f-reason").focus()
    page.keyboard.type("電話で確かめました")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="提案のとおりに直す")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main > .note").first).to_have_text("「ひだまり集会所」を提案のとおりに直しました。")


def test_words_typed_for_a_decision_survive_a_reload(open_here, filled):
    """Until the decision is made; then they are gone from the device."""
    page = open_here(f"/review?id={filled[1].post.id}")
    page.locator("#f-reason").fill("写真を足してください")
    page.reload()
    expect(page.locator("#f-reason")).to_have_value("写真を足してください")
    page.get_by_role("button", name="差し戻す").click()
    expect(page.locator("main > .note").first).to_contain_text("差し戻しました")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('review-'))") == []


def test_a_place_is_edited_without_scripts(open_here):
    """Dates are looked at, an address is saved, and the source's is taken again."""
    page = open_here("/place-edit?id=p9", scripts=False)
    page.locator("#f-words").fill("毎週金曜 9:00〜11:00")
    page.get_by_role("button", name="日程を確かめる").last.click()
    expect(page.locator("main")).to_contain_text("（金）9:00–11:00")
    page.locator("#f-address").fill("みなも町東8-8")
    page.get_by_role("button", name="保存する").click()
    expect(page.locator("main > .note").first).to_have_text("保存しました。")
    page.locator("input[name=take]").last.check()
    page.get_by_role("button", name="印を付けた項目を戻す").click()
    expect(page.locator("main > .note").first).to_have_text("元の資料の内容に戻しました。")


def test_the_pin_on_the_map_and_the_degrees_are_one(open_here):
    """The map shows the pin where the fields say; pressed elsewhere, the fields follow."""
    page = open_here("/place-edit?id=p9")
    pin_map = page.locator("[data-pin-map]")
    pin_map.scroll_into_view_if_needed()
    pin_map.locator(".pin").wait_for()
    before = page.locator("#f-lat").input_value()
    pin_map.click(position={"x": 60, "y": 60})
    expect(page.locator("#f-lat")).not_to_have_value(before)
