"""What a resident does on the screens, with a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import TimeoutError, expect  # noqa: A004  # Playwright's own name

from tests.browser.rest import at_rest

HERE = {"geolocation": {"latitude": 34.6505, "longitude": 135.4727}, "permissions": ["geolocation"]}
FIND = "/?municipality=27108"


def choose(page, label, option):
    """Choose from a list as a reader does."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(4):  # a list that is open while the screen is drawn anew closes; a reader presses again
        at_rest(page)
        page.get_by_role("combobox", name=label, exact=True).click()
        try:
            wanted.click(timeout=5_000)
        except TimeoutError:
            continue
        return
    pytest.fail(f"{label}: {option}")


def test_filters_are_in_the_address_and_survive_a_reload(open_page):
    """What is chosen goes into the address; opened anew, it shows the same list."""
    page = open_page(FIND)
    page.locator(".cards").wait_for()
    choose(page, "種別", "居場所")
    expect(page).to_have_url(re.compile("kind=ibasho"))
    page.keyboard.press("Escape")
    at_rest(page)
    page.get_by_text("ほかの条件でしぼる").click()
    choose(page, "日にち", "今日から7日間")
    expect(page).to_have_url(re.compile("day=week"))
    at_rest(page)
    page.get_by_text("無料のものだけ").click()
    expect(page).to_have_url(re.compile("free=1"))
    expect(page.get_by_text("2件を指定中")).to_be_visible()
    at_rest(page)
    told, cards = page.locator(".counts").inner_text(), page.locator(".card h3").all_inner_texts()
    page.reload()
    page.locator(".counts").wait_for()
    expect(page.locator(".counts")).to_have_text(re.compile(re.escape(told.split("件", maxsplit=1)[0])))
    assert page.locator(".card h3").all_inner_texts() == cards
    expect(page.get_by_text("2件を指定中")).to_be_visible()


def test_near_me_by_the_browser(open_page):
    """The button asks the browser; the nearest come first, with minutes and the rule of the minutes."""
    page = open_page(FIND, **HERE)
    page.locator(".cards").wait_for()
    page.get_by_text("近い順に見る（").click()
    page.frame_locator("iframe[title='現在地から近い順に見る']").get_by_role("button").click()
    expect(page).to_have_url(re.compile("near=34.6505"))
    expect(page.locator(".card .far").first).to_have_text(re.compile("徒歩"))
    expect(page.get_by_text("直線距離の1.3倍")).to_be_visible()
    metres = [_metres(text) for text in page.locator(".card .far").all_inner_texts()]
    assert metres == sorted(metres)
    page.get_by_text("近い順をやめる").click()
    expect(page.locator(".card .far")).to_have_count(0)


def _metres(text):
    number, unit = re.search(r"([0-9.]+)(km|m)", text).groups()
    return float(number) * (1000 if unit == "km" else 1)


def test_a_refused_position_is_said(open_page):
    """When the browser may not tell, the button says what else can be done."""
    page = open_page(FIND)
    page.locator(".cards").wait_for()
    page.get_by_text("近い順に見る（").click()
    frame = page.frame_locator("iframe[title='現在地から近い順に見る']")
    frame.get_by_role("button").click()
    expect(frame.get_by_role("status")).to_have_text(re.compile("住所を入れるか"))


def test_near_me_by_the_map(open_page, map_of):
    """A press on the map measures from there."""
    page = open_page(FIND)
    map_of(page)
    page.locator("iframe[src*=streamlit_folium]").click(position={"x": 60, "y": 300})
    expect(page).to_have_url(re.compile(r"near=34\.\d+"))
    expect(page.locator(".card .far").first).to_be_visible()


def test_map_and_list_are_tabs_on_a_phone(open_page):
    """On a phone one of map and list is in sight, and the choice turns them."""
    page = open_page(FIND, width=360)
    map_pane, list_pane = page.locator(".st-key-pane_map"), page.locator(".st-key-pane_list")
    expect(map_pane).to_be_visible()
    expect(list_pane).to_be_hidden()
    page.get_by_role("radio", name="一覧").click()
    expect(list_pane).to_be_visible()
    expect(map_pane).to_be_hidden()


def test_map_and_list_are_beside_each_other_on_a_desk(open_page):
    """On a desk both are in sight, and there is nothing to turn."""
    page = open_page(FIND)
    page.locator(".cards").wait_for()
    left, right = page.locator(".st-key-pane_map").bounding_box(), page.locator(".st-key-pane_list").bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    expect(page.get_by_role("radio", name="一覧")).to_be_hidden()


def test_card_leads_to_the_place_and_back(open_page):
    """A card opens the place; the browser's way back finds the same search."""
    page = open_page(f"{FIND}&kind=community_cafe")
    name = page.locator(".card h3 a").first.inner_text()
    page.locator(".card h3 a").first.click()
    expect(page.locator("h1")).to_contain_text(name)
    page.go_back()
    expect(page.locator(".card")).to_have_count(1)


def test_language_keeps_the_search(open_page):
    """The other language is a link that keeps every filter, and the page's language follows."""
    page = open_page(f"{FIND}&kind=ibasho&day=week")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_contain_text("Find places")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile("kind=ibasho.*day=week.*lang=en"))


def test_the_headers_links_keep_what_was_filtered_since(open_page):
    """A filter has the screen alone drawn anew; the other language and the sign-in come back to it all the same."""
    page = open_page(FIND)
    page.locator(".counts").wait_for()
    box = page.get_by_role("textbox", name=re.compile("ことば"))
    box.fill("サロン")
    box.press("Enter")
    expect(page).to_have_url(re.compile("q=%E3%82%B5"))
    english = page.get_by_role("link", name="English")
    english.dispatch_event("pointerdown")
    expect(english).to_have_attribute("href", re.compile("q=%E3%82%B5.*lang=en"))
    page.get_by_role("link", name="ログイン").click()
    expect(page).to_have_url(re.compile(r"/sign-in\?.*next=%2F%3F.*q%3D%25E3%2582%25B5"))


def test_screens_are_reached_by_links(open_page):
    """Each screen is one link away, keeps the municipality, and says where one is."""
    page = open_page("/?municipality=28210")
    for name in ("カレンダー", "区域", "ひなん", "このポータルについて", "さがす"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("[aria-current=page]")).to_have_count(1)  # the last screen's is gone
        expect(page.locator("[aria-current=page]")).to_have_text(name)
        expect(page).to_have_url(re.compile("municipality=28210"))
        expect(page).to_have_title(re.compile(f"^{name}"))


def test_district_opens_from_table_and_map(open_page, map_of):
    """A district opens by its link in the table and by a press on the map."""
    page = open_page("/districts?municipality=27108")
    page.get_by_role("link", name="鶴町", exact=True).click()
    expect(page.get_by_role("heading", name="鶴町", level=2)).to_be_visible()
    map_of(page)
    page.locator("iframe[src*=streamlit_folium]").click(position={"x": 330, "y": 300})
    expect(page).not_to_have_url(re.compile("elementary-10"))
    expect(page).to_have_url(re.compile("district="))


@pytest.mark.parametrize("width", [360, 1280])
def test_skip_link_is_first_and_works(open_page, width):
    """The first stop of the Tab key leads to the screen's heading."""
    page = open_page(FIND, width=width)
    page.locator(".cards").wait_for(state="attached")
    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("h1#main")).to_be_focused()
    expect(page.locator(".counts")).to_be_visible()


def test_error_report_is_kept(open_page):
    """A reader's report is taken with thanks."""
    page = open_page("/place?municipality=27108&id=sample-27108-16")
    page.get_by_text("まちがいを知らせる").click()
    page.get_by_role("button", name="知らせる", exact=True).click()
    expect(page.get_by_text("受けつけました")).to_be_visible()


def test_an_address_is_measured_from_or_is_not_found(open_page):
    """An address that is nowhere is said, and one that is known has the nearest come first."""
    page = open_page(FIND)
    page.locator(".counts").wait_for()
    page.get_by_text("近い順に見る（").click()
    field = page.get_by_role("textbox", name=re.compile("住所"))
    field.fill("どこにもない町9-9-9")
    field.press("Enter")
    expect(page.get_by_text("「どこにもない町9-9-9」の場所がわかりませんでした")).to_be_visible()
    field.fill("三軒家東1丁目")
    page.get_by_role("button", name="住所から見る").click()
    expect(page).to_have_url(re.compile("near=34"))
    expect(page.locator(".card .far").first).to_have_text(re.compile("徒歩"))
    expect(page.get_by_text("の場所がわかりませんでした")).to_have_count(0)


def test_place_brings_its_municipality(open_page):
    """A place's address without its municipality leads to the screen of that municipality all the same."""
    page = open_page("/place?id=sample-27108-16")
    expect(page).to_have_url(re.compile("municipality=27108"))
    expect(page.get_by_role("combobox", name="市区町村")).to_have_value("大阪市大正区")
