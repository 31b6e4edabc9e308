"""The editor of posts in a real browser: few inputs, nothing lost, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from db import open_store
from geodata import areas
from portal import clock
from portal.assigning import memberships
from portal.model.goal import Goal
from portal.store import Put
from tests import town
from tests.browser.conftest import LOCALES, running_portal
from tests.browser.plain_faults import faults_of
from tests.browser.signed_in import kept_of, pages_of
from tests.geodata.photo_files import small_jpeg
from tests.portal import people
from tests.portal.signing import kept_password

NEW = "/write?group=group-hidamari"
MOST_INPUTS = 12
DAY = (clock.today() + timedelta(days=20)).isoformat()
SMALL = (
    "[...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select, main summary')]"
    ".filter(it => !it.closest('.box, .kind, li, dd, p:not(.row):not(.send), .leaflet-container')"
    " && it.checkVisibility() && !it.classList.contains('only-read') && it.getBoundingClientRect().height < 43.5)"
    ".map(it => it.outerHTML.slice(0, 80))"
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal over the invented town, whose first group has a place, a contact and members with a password."""
    home = tmp_path_factory.mktemp("write")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    kinds = [Put(kind) for kind in areas.kinds() if kind.post or kind.key in {"event", "consultation"}]
    places = [
        town.place("p1", "ひだまり集会所", 0.5, address="みなも町西1-2-3"),
        town.place("p2", "みなも会館 <b>", 1.5, address="みなも町東4-5"),
    ]
    group = replace(store.group("group-hidamari"), places=("p1",), contacts=(people.phone(),))
    members = [Put(replace(who.account, password=kept_password())) for who in (people.MEMBER, people.OWNER)]
    goal = Goal(town.CODE, "g1", "つながりをつくる", "Ties")
    store.apply([*kinds, *map(Put, (*places, group, goal)), *members])
    store.apply([*map(Put, memberships(store, places, town.TODAY))])
    store.close()
    with running_portal(home) as url:
        yield url


@pytest.fixture(scope="module")
def kept(browser, portal):
    """What the browsers of a member and of an owner keep."""
    return {who: kept_of(browser, portal, f"{who}@example.jp") for who in ("member", "owner")}


@pytest.fixture
def open_here(browser, portal, kept):
    """Open a page of this portal, signed in and watched: ``open_here(NEW, width=360, scripts=False)``."""
    with pages_of(browser, portal, kept, NEW) as open_one:
        yield open_one


class Counted:
    """Somebody who fills in a page, counted: a key field filled, a choice made, a button pressed."""

    def __init__(self, page) -> None:
        """Nothing was done yet."""
        self.page, self.inputs = page, 0

    def press(self, locator):
        """Press or choose something."""
        self.inputs += 1
        locator.click()

    def fill(self, field, value):
        """Fill a field."""
        self.inputs += 1
        self.page.locator(f"#f-{field}").fill(value)


def kind(page, key):
    """The card of a kind."""
    return page.locator(f".kind:has([value={key}])")


def way(page, key):
    """The choice of how one says when."""
    return page.locator(f"label:has([name=way][value={key}])")


def where(page, key):
    """The choice of how one says where."""
    return page.locator(f"label:has([name=where][value={key}])")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_first_post_takes_at_most_twelve_inputs(open_here, width):
    """From My group to a submitted salon on every second and fourth Tuesday: not more than twelve."""
    page = open_here("/my?group=group-hidamari", width=width)
    somebody = Counted(page)
    somebody.press(page.locator("a[href*='/write?']").first)
    somebody.press(kind(page, "series"))
    somebody.fill("title", f"ふれあい喫茶 {width}")
    somebody.fill("text", "お茶を飲みながら話しませんか。")
    somebody.press(way(page, "monthly"))
    somebody.press(page.locator("#f-which label", has_text="第2"))
    somebody.press(page.locator("#f-which label", has_text="第4"))
    somebody.press(page.locator("#f-weekday label", has_text="火"))
    somebody.fill("starts", "10:00")
    somebody.fill("ends", "11:30")
    expect(page.locator("[data-told] .words")).to_contain_text("第2・4火曜 10:00–11:30")
    expect(page.locator("[data-told] li")).to_have_count(5)
    somebody.press(page.locator("button[value=submit]"))
    expect(page.locator(".state")).to_contain_text("承認待ち")
    expect(page.locator(".seen")).to_contain_text("ひだまり集会所")
    expect(page.locator(".seen")).to_contain_text("06-0000-0000")
    assert somebody.inputs <= MOST_INPUTS


def test_a_single_event_takes_six(open_here):
    """Kind, title, day, two times and one button, from the empty sheet."""
    page = open_here()
    somebody = Counted(page)
    somebody.press(kind(page, "event"))
    somebody.fill("title", "もちつき大会")
    somebody.fill("day", DAY)
    somebody.fill("starts", "10:00")
    somebody.fill("ends", "12:00")
    somebody.press(page.locator("button[value=submit]"))
    expect(page.locator(".state")).to_contain_text("承認待ち")
    assert somebody.inputs == 6


def test_a_kind_brings_its_usual_way(open_here):
    """A series is weekly and news have no date until somebody says otherwise; what was chosen by hand stays."""
    page = open_here()
    kind(page, "series").click()
    expect(page.locator("[name=way][value=weekly]")).to_be_checked()
    way(page, "dates").click()
    kind(page, "news").click()
    expect(page.locator("[name=way][value=dates]")).to_be_checked()


def test_what_is_wrong_is_told_while_one_edits(open_here):
    """An end before the beginning is said beside the fields, before anything is sent."""
    page = open_here()
    page.locator("#f-day").fill(DAY)
    page.locator("#f-starts").fill("10:00")
    page.locator("#f-ends").fill("09:00")
    expect(page.locator("[data-told] .problem")).to_contain_text("始まりより前")


def test_unsaved_text_survives_a_reload(open_here):
    """What was typed and chosen is there again, the pin and the chosen place too, and sent it is forgotten."""
    page = open_here()
    kind(page, "course").click()
    page.locator("#f-title").fill("書きかけ")
    way(page, "weekly").click()
    page.locator("#f-weekday label", has_text="木").click()
    where(page, "other").click()
    page.locator("#f-place_query").fill("会館")
    page.locator(".found-place").click()
    page.reload()
    expect(page.locator("#f-title")).to_have_value("書きかけ")
    expect(page.locator("[name=kind][value=course]")).to_be_checked()
    expect(page.locator(".chosen")).to_contain_text("みなも会館 <b>")
    expect(page.locator("[data-told] .words")).to_contain_text("毎週木曜")
    page.locator("button[value=save]").click()
    expect(page.locator("main > .note")).to_contain_text("下書きを保存しました")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('write-new'))") == []
    expect(page.locator(".chosen")).to_contain_text("みなも会館 <b>")


def test_a_slip_loses_nothing(open_here):
    """After a refused form the text is there, without a word that it was put back."""
    page = open_here()
    page.locator("#f-title").fill("種類を忘れた")
    page.locator("button[value=submit]").click()
    expect(page.locator("#faults")).to_be_focused()
    expect(page.locator("#f-title")).to_have_value("種類を忘れた")
    expect(page.locator("form > .note")).to_have_count(0)


def test_a_pin_is_set_by_press_and_moved_by_arrows(open_here):
    """The map writes the degrees, the arrow keys move the pin, and typed degrees move it, too."""
    page = open_here()
    where(page, "pin").click()
    page.locator(".pin-map").scroll_into_view_if_needed()  # it is drawn when it comes into sight
    page.locator(".pin-map .leaflet-control-zoom").wait_for()
    page.locator(".pin-map").click(position={"x": 200, "y": 150})
    before = [float(page.locator(f"#f-{name}").input_value()) for name in ("lat", "lon")]
    expect(page.locator(".pin-map .pin")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    after = [float(page.locator(f"#f-{name}").input_value()) for name in ("lat", "lon")]
    assert after[0] > before[0]
    assert after[1] > before[1]
    page.locator("#f-lat").fill("34.00800")
    expect(page.locator(".pin-map .pin")).to_have_attribute("aria-label", re.compile("34.00800"))
    expect(page.locator(".pin-map .name", has_text="西小").first).to_be_visible()


def test_two_people_at_once_see_both_texts(open_here):
    """The later one reads what differs in the browser, keeps their own text, and saves on top of it knowingly."""
    page = open_here()
    kind(page, "news").click()
    page.locator("#f-title").fill("二人で書く")
    where(page, "nowhere").click()
    page.locator("button[value=save]").click()
    expect(page.locator("main > .note")).to_contain_text("下書きを保存しました")
    path = urlsplit(page.url)._replace(scheme="", netloc="").geturl()
    other = open_here(path, who="owner")
    other.locator("#f-title").fill("二人で書く（直した）")
    other.locator("button[value=save]").click()
    expect(other.locator("main > .note")).to_contain_text("下書きを保存しました")
    page.locator("#f-text").fill("わたしの文")
    page.locator("button[value=save]").click()
    expect(page.locator("#faults")).to_contain_text("二人で書く（直した）")
    expect(page.locator("#faults")).to_contain_text("わたしの文")
    expect(page.locator("#f-text")).to_have_value("わたしの文")
    page.locator("button[value=save]").click()
    expect(page.locator("main > .note")).to_contain_text("下書きを保存しました")
    expect(page.locator("#f-title")).to_have_value("二人で書く（直した）")
    expect(page.locator("#f-text")).to_have_value("わたしの文")


def test_kept_text_does_not_overwrite_a_newer_version(open_here):
    """Text that stayed on a device while another saved leads to both texts, not to a silent overwriting."""
    page = open_here()
    kind(page, "news").click()
    page.locator("#f-title").fill("置いておく")
    where(page, "nowhere").click()
    page.locator("button[value=save]").click()
    expect(page.locator("main > .note")).to_contain_text("下書きを保存しました")
    path = urlsplit(page.url)._replace(scheme="", netloc="").geturl()
    page.locator("#f-text").fill("まだ送っていない")
    page.wait_for_timeout(500)
    other = open_here(path, who="owner")
    other.locator("#f-text").fill("先に保存した")
    other.locator("button[value=save]").click()
    expect(other.locator("main > .note")).to_contain_text("下書きを保存しました")
    page.reload()
    expect(page.locator("#f-text")).to_have_value("まだ送っていない")
    page.locator("button[value=save]").click()
    expect(page.locator("#faults")).to_contain_text("先に保存した")


def test_it_works_without_scripts(open_here):
    """Only the fields of what is chosen are in sight, buttons look up places and dates, photos travel, it is sent."""
    page = open_here(scripts=False)
    kind(page, "event").click()
    page.locator("#f-title").fill("スクリプトなし")
    expect(page.locator("#f-words")).to_be_hidden()
    page.locator("#f-day").fill(DAY)
    page.locator("button[value=check]").last.click()
    expect(page.locator("[data-told] li")).to_have_count(1)
    where(page, "other").click()
    page.locator("#f-place_query").fill("会館")
    page.locator("button[value=find_place]").click()
    page.locator("label:has([name=pick])").click()
    page.locator(".more > summary").click()
    page.locator("#f-photo_file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": small_jpeg()})
    page.locator("button[value=photos]").click()
    expect(page.locator(".chosen")).to_contain_text("みなも会館")
    if not page.locator(".photo input[type=text]").is_visible():
        page.locator(".more > summary").click()
    page.locator(".photo input[type=text]").fill("お茶")
    page.locator("button[value=submit]").click()
    expect(page.locator(".state")).to_contain_text("承認待ち")
    expect(page.locator(".seen img")).to_have_attribute("alt", "お茶")


def test_it_works_by_keyboard_alone(open_here):
    """Tab, arrows, space and typing fill the sheet in and send it; Enter in a line sends nothing."""
    page = open_here()
    page.locator("[name=kind]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("鍵盤だけで")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("投稿を書く")
    page.keyboard.press("Tab")
    page.keyboard.type("内容")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "way"
    page.keyboard.press("Tab")
    page.locator("button[value=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#faults")).to_be_focused()


@pytest.mark.parametrize("language", LOCALES)
def test_pages_are_accessible_and_fit(open_here, language):
    """With every part open axe finds nothing, nothing is wider than the page, and what is pressed is large enough."""
    page = open_here(language=language)
    found = []

    def look(name):
        found.extend(faults_of(page, SMALL, name))

    kind(page, "course").click()
    page.locator("#f-title").fill(f"講座 {language}")
    page.locator(".more > summary").click()
    for at, on in (("monthly", "pin"), ("words", "other"), ("dates", "district"), ("weekly", "online")):
        way(page, at).click()
        where(page, on).click()
        look(f"{at} {on}")
    page.locator("button[value=submit]").click()
    expect(page.locator("#faults")).to_be_focused()
    look("faults")
    way(page, "once").click()
    page.locator("#f-day").fill("2020-01-01")
    where(page, "nowhere").click()
    page.locator("button[value=preview]").click()
    page.locator(".seen").wait_for()
    look("preview")
    page.locator("button[value=submit]").click()
    page.locator("button[name=anyway]").wait_for()
    look("warned")
    page.locator("button[name=anyway]").click()
    page.locator(".state").wait_for()
    look("actions")
    assert found == []
