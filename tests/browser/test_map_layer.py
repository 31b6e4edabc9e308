"""The map in a real Chromium: signs, clusters, outlines, keyboard, and texts that would do harm."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.payloads import PAYLOADS
from tests.browser.seeding import HARD, MANY, MANY_PLACES

BOX = "[data-ibasho-painted]"
TAISHO = "/?municipality=27108"


def painted(frame, more_than=0):
    """The number of the last painting, once it is higher than ``more_than``."""
    for _ in range(200):
        number = int(frame.locator(BOX).get_attribute("data-ibasho-painted"))
        if number > more_than:
            return number
        time.sleep(0.05)
    pytest.fail("the map was not painted again")


def figure(frame, name):
    """What the map says of itself."""
    return frame.locator(BOX).get_attribute(f"data-ibasho-{name}")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_shows_signs_and_outlines(open_page, map_of, width, language):
    """The map shows the signs of places and the outlines of districts and names itself in the reader's language."""
    page = open_page(f"{TAISHO}&lang={language}", width=width, language=language)
    frame = map_of(page)
    expect(frame.locator(BOX)).to_have_attribute("data-ibasho-districts", "10")
    expect(frame.locator(".ibasho-sign")).to_have_count(int(figure(frame, "total")))
    expect(frame.locator("html")).to_have_attribute("lang", language)
    title = {"ja": "活動と場所の地図", "en": "Map of activities and places"}[language]
    expect(page.locator("iframe[src*=streamlit_folium]")).to_have_attribute("title", title)
    expect(frame.get_by_text({"ja": "おおよその区域", "en": "Approximate area"}[language]).last).to_be_visible()


def test_gathers_many_places(open_page, map_of):
    """More places than can be drawn are gathered, none is lost, and a press on a cluster comes nearer."""
    frame = map_of(open_page(f"/?municipality={MANY}"))
    assert figure(frame, "clustered") == "true"
    counts = frame.locator(".ibasho-count").all_text_contents()
    assert sum(int(count.replace(",", "")) for count in counts) == int(figure(frame, "total")) <= MANY_PLACES
    before = painted(frame)
    frame.locator(".ibasho-cluster").first.focus()
    frame.locator(".ibasho-cluster").first.press("Enter")
    painted(frame, before)
    assert int(figure(frame, "total")) < MANY_PLACES


def test_signs_are_reached_and_opened_by_keyboard(open_page, map_of):
    """A sign is a button with the place's name; Enter and Space open it, and closing gives the focus back."""
    frame = map_of(open_page(TAISHO))
    sign = frame.locator(".ibasho-sign[role=button][tabindex='0']").first
    assert "見本" in sign.get_attribute("aria-label")
    for key in ("Enter", " "):
        sign.focus()
        sign.press(key)
        expect(frame.locator(".ibasho-popup button").first).to_be_focused()
        frame.locator(".ibasho-close").click()
        expect(frame.locator(".ibasho-popup")).to_have_count(0)
        expect(sign).to_be_focused()


def test_a_filter_changes_the_signs_and_not_the_view(open_page, map_of):
    """A filter draws other signs in the same frame, at the zoom that the reader chose."""
    page = open_page(TAISHO)
    frame = map_of(page)
    expect(frame.locator(BOX)).to_have_attribute("data-ibasho-districts", "10")
    before = painted(frame)
    frame.locator(".leaflet-control-zoom-in").click()
    before = painted(frame, before)
    all_signs = int(figure(frame, "total"))
    frame.locator(BOX).evaluate("box => { box.dataset.same = 'yes' }")
    zoom = frame.locator("svg .leaflet-interactive").first.get_attribute("d")
    page.get_by_role("textbox", name=re.compile("ことば|言葉|キーワード")).first.fill("話し合い")
    page.keyboard.press("Enter")
    painted(frame, before)
    assert 0 < int(figure(frame, "total")) < all_signs
    assert frame.locator(BOX).get_attribute("data-same") == "yes"
    assert frame.locator("svg .leaflet-interactive").first.get_attribute("d") == zoom


def test_payloads_neither_run_nor_break_the_map(open_page, map_of):
    """Names of places and districts that hold scripts and breaks are shown to the letter, and nothing runs."""
    page = open_page(f"/?municipality={HARD}")
    frame = map_of(page)
    expect(frame.locator(".ibasho-sign")).to_have_count(len(PAYLOADS))
    expect(frame.locator(BOX)).to_have_attribute("data-ibasho-districts", str(len(PAYLOADS)))
    labels = [node.get_attribute("aria-label") for node in frame.locator(".ibasho-sign").all()]
    assert all(any(label.startswith(payload) for label in labels) for payload in PAYLOADS)
    shown = frame.locator(".ibasho-sign").evaluate_all(
        """signs => signs.map((sign) => {
            sign.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            return [...document.querySelectorAll(".ibasho-popup strong")].at(-1).textContent;
        })"""
    )
    expect(frame.locator(".ibasho-popup")).to_have_count(1)
    assert set(shown) == set(PAYLOADS)
    assert page.evaluate("window.pwned") is None


def test_an_inline_script_does_not_run_in_the_frame(open_page, map_of, watch):
    """Even a script that got into the map's frame is refused by its policy."""
    page = open_page(TAISHO)
    box = map_of(page).locator(BOX)
    refused = box.evaluate(
        """box => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (event) => {
                done(event.effectiveDirective);
            });
            const script = document.createElement("script");
            script.textContent = "top.pwned = 1";
            document.body.append(script);
            setTimeout(() => done("it ran"), 2000);
        })"""
    )
    assert refused.startswith("script-src")
    assert page.evaluate("window.pwned") is None
    assert [fault for fault in watch.faults if "Content Security Policy" in fault] == watch.faults != []
    watch.faults.clear()


def test_moves_less_for_whoever_asks_for_it(open_page, map_of):
    """With reduced motion asked for, the map jumps and does not glide."""
    frame = map_of(open_page(TAISHO, reduced_motion="reduce"))
    assert frame.locator(".leaflet-zoom-anim").count() == 0


def test_knows_its_server_from_every_screen(open_page, map_of):
    """A screen with an address of its own finds the server at once, without an error in the console."""
    frame = map_of(open_page("/districts?municipality=27108&lang=en", language="en"))
    paths = frame.locator("path[role=button]")
    expect(paths).to_have_count(10)
    assert all("Approximate area" in path.get_attribute("aria-label") for path in paths.all())
