"""What a resident does with posts and the calendar, with a real Chromium: by mouse, by keyboard, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.rest import at_rest
from tests.browser.test_screens_use import FIND, choose

AGENDA = "/agenda?municipality=27108"
POST = "/post?municipality=27108&id=post-sample-27108-01"


def test_the_switch_narrows_list_and_map(open_page, map_of):
    """What is chosen first goes into the address, and list and map hold that alone."""
    page = open_page(FIND)
    page.locator(".cards").wait_for()
    at_rest(page)
    page.get_by_role("radio", name="募集・手助け").click()
    expect(page).to_have_url(re.compile("show=wanted"))
    expect(page.locator(".counts")).to_contain_text("3件")
    expect(page.locator(".card.post")).to_have_count(3)
    frame = map_of(page)
    expect(frame.locator(".ibasho-sign")).to_have_count(1)


def test_a_post_opens_from_its_card_and_leads_to_its_group(open_page):
    """From the card to the post, from there to its group, from there to the place: each is a link."""
    page = open_page(f"{FIND}&show=dates")
    page.get_by_role("link", name="だれでも夕ごはん会（見本）").click()
    expect(page.locator("h1")).to_contain_text("だれでも夕ごはん会")
    expect(page).to_have_title(re.compile("^だれでも夕ごはん会（見本）"))
    page.locator(".place-head .by a").click()
    expect(page.locator("h1")).to_contain_text("さんかく屋根の会")
    page.get_by_role("link", name="みんなの居場所 さんかく屋根（見本）").click()
    expect(page.get_by_role("heading", name="ここで行われること・お知らせ")).to_be_visible()
    expect(page.locator(".card.post").first).to_be_visible()


def test_the_map_leads_to_a_post_by_keyboard(open_page, map_of):
    """A sign of a post that has the focus opens with Enter, and its button leads to the post's screen."""
    page = open_page(f"{FIND}&kind=volunteers")
    frame = map_of(page)
    sign = frame.locator(".ibasho-sign")
    expect(sign).to_have_count(1)
    sign.focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_role("button", name="くわしく見る")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/post\?.*id=post-sample-27108-06"))


def test_what_is_at_one_spot_stands_side_by_side(open_page, map_of):
    """A place and the posts about it have the same position, and none hides another."""
    page = open_page("/place?municipality=27108&id=sample-27108-11")
    frame = map_of(page)
    expect(frame.locator(".ibasho-sign").first).to_be_visible()
    boxes = [sign.bounding_box() for sign in frame.locator(".ibasho-sign").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    assert len(middles) >= 3
    apart = [
        max(abs(one[0] - other[0]), abs(one[1] - other[1])) for at, one in enumerate(middles) for other in middles[:at]
    ]
    assert min(apart) >= 30


def test_the_calendar_is_a_grid_on_a_desk_and_a_list_on_a_phone(open_page):
    """The same cells stand in seven columns where there is room, and below each other where there is not."""
    wide = open_page(f"{AGENDA}&view=week")
    wide.locator(".agenda td").first.wait_for()
    tops = wide.eval_on_selector_all(".agenda td", "all => all.map(one => one.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    narrow = open_page(f"{AGENDA}&view=week", width=360)
    narrow.locator(".agenda td.today").wait_for()
    days = narrow.locator(".agenda td:visible")
    tops = [box.bounding_box()["y"] for box in days.all()]
    assert tops == sorted(set(tops))
    expect(days.first.locator(".long")).to_be_visible()
    expect(days.first.locator(".short")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_calendar_by_keyboard(open_page, width):
    """Its pages turn with Enter alone, the address goes along, and a reload shows the same."""
    page = open_page(AGENDA, width=width)
    page.locator("table.agenda").wait_for()
    at_rest(page)
    first = page.locator("h2").first.inner_text()
    page.get_by_role("button", name="次の月").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"at=\d{4}-\d{2}-01"))
    expect(page.locator("h2").first).not_to_have_text(first)
    turned = page.locator("h2").first.inner_text()
    page.reload()
    expect(page.locator("h2").first).to_have_text(turned)
    entry = page.locator(".agenda td:not(.other) li a").first
    entry.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(post|place)\?"))


def test_the_calendar_filters_by_kind(open_page):
    """A kind that is chosen is in the address, and only its entries are left."""
    page = open_page(AGENDA)
    page.locator("table.agenda").wait_for()
    choose(page, "種別", "居場所")
    expect(page).to_have_url(re.compile("kind=ibasho"))
    at_rest(page)
    signs = page.locator("table.agenda .dot")
    expect(signs.first).to_be_visible()
    labels = signs.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert set(labels) == {"居場所"}


def test_a_cancelled_date_says_so(open_page):
    """A date that is called off is struck through, with the word, on the post's screen and in the calendar."""
    page = open_page(POST)
    expect(page.locator(".coming s")).to_contain_text("中止")
    off = page.locator(".coming s").inner_text()
    year, month = re.match(r"(\d+)年(\d+)月", off).groups()
    page.goto(page.url.split("/post")[0] + f"{AGENDA}&at={year}-{int(month):02d}-01&kind=series")
    expect(page.locator(".agenda s").first).to_contain_text("いきいきサロン")
    expect(page.locator(".agenda b.off").first).to_have_text("中止")


def test_between_residents_there_is_one_way(open_page):
    """A wish for help names nobody; its button leads to the council's form."""
    page = open_page("/post?municipality=27108&id=post-sample-27108-07")
    expect(page.get_by_role("link", name="連絡する・問い合わせる")).to_have_attribute(
        "href", re.compile(r"^\./ask\?.*post=post-sample-27108-07")
    )
    assert page.locator("a[href^='tel:'], a[href^='mailto:']").count() == 0
    assert page.locator("iframe[src*=streamlit_folium]").count() == 0


def test_signing_in_comes_back_here(open_page):
    """The way to the sign-in carries the address of the screen, so that one comes back to it."""
    page = open_page(POST)
    page.locator(".place-head").wait_for()
    page.get_by_role("link", name="ログイン").click()
    expect(page).to_have_url(re.compile(r"/sign-in\?.*next=%2Fpost%3F.*post-sample-27108-01"))
    expect(page.locator("h1")).to_be_visible()


def test_a_correction_is_kept(open_page):
    """A reader says what one field should say, and is thanked; what it says already is said."""
    page = open_page("/place?municipality=27108&id=sample-27108-13")
    page.get_by_text("正しい内容を提案する").click()
    choose(page, "どの項目ですか", "運営")
    page.get_by_role("textbox", name=re.compile("正しい内容")).fill("新しい会")
    page.get_by_role("button", name="提案する", exact=True).click()
    expect(page.get_by_text("受けつけました")).to_be_visible()


def test_the_coming_week_of_a_district(open_page):
    """A district's screen ends with its coming seven days, and a link at the top leads there."""
    page = open_page("/districts?municipality=27108")
    page.get_by_role("link", name="三軒家東", exact=True).click()
    expect(page.get_by_role("heading", name="ここのこれからの7日間")).to_be_visible()
    page.get_by_role("link", name="これからの7日間の予定へ").click()
    expect(page.get_by_role("heading", name="ここのこれからの7日間")).to_be_in_viewport()
