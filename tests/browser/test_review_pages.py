"""The pages of a review in a real browser: phone and desk, both languages, by keyboard, without scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from db import open_store
from geodata import areas
from portal import clock
from portal.assigning import memberships
from portal.model.district import AgeBand, Population
from portal.model.goal import Goal
from portal.model.standard import Ages, Standard, StandardRule
from portal.store import Put
from tests import town
from tests.browser.conftest import LOCALES, running_portal
from tests.browser.plain_faults import faults_of
from tests.browser.rest import at_rest
from tests.browser.signed_in import kept_of, pages_of
from tests.portal import people
from tests.portal.signing import kept_password

WEST = f"{town.CODE}-elementary-西小"
AGES = (AgeBand(0, 64, 300, 300), AgeBand(65, None, 150, 250))
COVERAGE = f"/review-coverage?municipality={town.CODE}"
PAGES = (
    COVERAGE,
    f"{COVERAGE}&layer=junior_high&upper=city",
    f"/review-sheet?municipality={town.CODE}&district={WEST}",
    f"/surveyed?municipality={town.CODE}&district={WEST}",
    f"/standards?municipality={town.CODE}",
    f"/standard?municipality={town.CODE}&key=near",
    f"/standards/file?municipality={town.CODE}",
    f"/review-reach?municipality={town.CODE}",
    f"/review-reach?municipality={town.CODE}&what=spot&lat=34.015&lon=135.015",
    f"/review-reach?municipality={town.CODE}&what=propose&count=2&among=grid&step=300",
    f"/review-use?municipality={town.CODE}",
    f"/outreach?municipality={town.CODE}&group=group-hidamari",
    f"/review-indicators?municipality={town.CODE}",
    f"/indicator?municipality={town.CODE}&key=ties",
    f"/indicators/file?municipality={town.CODE}",
    f"/review-needs?municipality={town.CODE}",
    f"/review-records?municipality={town.CODE}&table=standard_records",
    f"/review-records?municipality={town.CODE}&table=people_counted&ages=65-",
)
MAIN = tuple(path for path in PAGES if path.startswith("/review-"))
"""The pages on which one reads; those on which one writes are like all others with forms."""
SMALL = (
    "[...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select, main summary')]"
    ".filter(it => !it.closest('.box, li, dd, svg, p:not(.row):not(.send):not(.files), .leaflet-container')"
    " && it.checkVisibility() && it.getBoundingClientRect().height < 43.5)"
    ".map(it => it.outerHTML.slice(0, 80))"
)
BROKEN = "[...document.images].filter(it => it.complete && !it.naturalWidth).map(it => it.src)"


OPEN = "document.querySelectorAll('details, img').forEach(it => { it.open = true; it.loading = 'eager'; })"


def _salons(key, rule, at_least, layer="elementary", **values):
    return Standard(town.CODE, key, layer, rule, at_least, kind="elderly_salon", **values)


def _indicator(item):
    return replace(item, municipality=town.CODE, key="ties", goal="")


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal over the invented town with people, standards of each rule, salons, and an indicator."""
    home = tmp_path_factory.mktemp("review")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    places = [
        replace(town.place("p1", schedule=people.tuesdays()), verified_on=clock.today()),
        town.place("p2", "となりのサロン", 1.5),
    ]
    said = [
        Standard(town.CODE, "salon", "elementary", StandardRule.COUNT, 1.0, kind="elderly_salon", verified_days=365),
        Standard(
            town.CODE, "near", "elementary", StandardRule.WITHIN, 90.0, kind="elderly_salon", metres=500, ages=Ages(65)
        ),
        Standard(town.CODE, "often", "junior_high", StandardRule.SESSIONS, 4.0, kind="elderly_salon"),
    ]
    lives = [
        Population(town.CODE, "elementary", name, clock.today(), 1000, 450, 550, AGES)
        for name in ("西小", "東小", "北西小", "北東小")
    ]
    staff = replace(people.STAFF.account, password=kept_password())
    goal = Goal(town.CODE, "g1", "つながりをつくる", "Ties")
    store.apply(map(Put, (*places, *said, *lives, staff, goal, _indicator(areas.indicators("27107")[0]))))
    store.apply([*map(Put, memberships(store, places, clock.today()))])
    store.close()
    with running_portal(home) as url:
        yield url


@pytest.fixture(scope="module")
def kept(browser, portal):
    """What the browser of the staff keeps."""
    return {"staff": kept_of(browser, portal, "staff@example.jp")}


@pytest.fixture
def open_here(browser, portal, kept):
    """Open a page as staff, watched: ``open_here(COVERAGE, width=360, scripts=False)``."""
    with pages_of(browser, portal, kept, COVERAGE) as open_one:
        yield open_one


@pytest.mark.parametrize("language", LOCALES)
def test_the_reviews_pages_are_accessible_and_fit(open_here, portal, language):
    """Axe finds nothing, nothing is wider than the page, what is pressed is 44 points high, every chart is drawn."""
    page, faults = open_here(language=language), []
    for path in PAGES if language == "ja" else MAIN:
        answer = page.goto(portal + path)
        assert answer.ok, path
        page.evaluate(
            "document.querySelectorAll('details, img').forEach(it => { it.open = true; it.loading = 'eager'; })"
        )
        at_rest(page)
        faults += faults_of(page, SMALL, path)
        faults += [f"{path}: no picture at {address}" for address in page.evaluate(BROKEN)]
    assert faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_map_to_the_sheet_and_the_survey(open_here, scripts):
    """With the keyboard alone: a district of the map opens its sheet; what was looked at is no longer not surveyed."""
    page = open_here(scripts=scripts)
    page.locator("svg.area-map a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("小")
    page.go_back()
    cell = page.locator("table.matrix a", has_text="調査済みにする").first
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/surveyed?**")
    button = page.locator("main form button.main").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main > .note").first).to_be_visible()


def test_what_is_shown_is_what_the_files_hold(open_here, portal):
    """The figures of the table stand in the CSV that the page offers, row by row."""
    page = open_here()
    with page.expect_download() as waiting:
        page.locator(".files a", has_text="CSV").first.click()
    rows = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) > 4
    assert any("西小" in row for row in rows)
