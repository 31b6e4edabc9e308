"""Every screen in a real Chromium, on a phone and on a desk, in both languages."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest

from tests.browser.rest import at_rest
from tests.browser.seeding import HARD

SCREENS = {
    "find": "/?municipality=27108",
    "near": "/?municipality=27108&near=34.6505,135.4727&day=week",
    "districts": "/districts?municipality=28210",
    "evacuation": "/evacuation?municipality=27108&kind=welfare_shelter",
    "about": "/about?municipality=27108",
    "place": "/place?municipality=27108&id=sample-27108-13",
    "wanted": "/?municipality=27108&show=wanted",
    "agenda": "/agenda?municipality=27108",
    "week": "/agenda?municipality=27108&view=week",
    "post": "/post?municipality=27108&id=post-sample-27108-01",
    "course": "/post?municipality=27108&id=post-sample-27108-11",
    "cancelled": "/post?municipality=27108&id=post-sample-27108-05",
    "help": "/post?municipality=27108&id=post-sample-27108-07",
    "group": "/group?municipality=27108&id=group-sample-27108-b",
}
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
"""axe-core, as the package carries it."""
SMALL = """all => all.filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
    .map(one => one.outerHTML)"""
PRESSED = ".card h3 a, .languages a, .who a, .act a, [class*=st-key-nav] a, .stButton button, .districts th a"
FONT = "parseFloat(getComputedStyle(document.querySelector('.stApp p')).fontSize)"
DESK = {"width": 1280, "height": 900}


IN_ENGLISH = ("find", "districts", "evacuation", "about", "place", "agenda", "post", "group")
"""One of each screen; the others are the same screen with other choices."""


@pytest.mark.parametrize(
    ("name", "language"), [*((name, "ja") for name in SCREENS), *((name, "en") for name in IN_ENGLISH)]
)
def test_screen_is_in_order(open_page, name, language):
    """Headings without a gap, the right language, nothing too wide or too small, and axe-core finds no violation.

    On a phone, and then on a desk, where axe-core looks once more at the Japanese ones.
    """
    page = open_page(SCREENS[name], width=360, language=language)
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate("document.documentElement.lang") == language
    fits(page)
    assert violations(page) == []
    page.set_viewport_size(DESK)
    at_rest(page)
    fits(page)
    if language == "ja":
        assert violations(page) == []


def fits(page):
    """Nothing is wider than the page, and neither what is pressed nor what is read is too small."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.eval_on_selector_all(PRESSED, SMALL) == []
    assert page.evaluate(FONT) >= 18


def violations(page):
    """What axe-core finds in the page and in its frames, which it asks from the page that holds them."""
    for frame in page.frames:
        frame.evaluate(AXE)
    answer = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(one["id"], [(node["target"], node["html"]) for node in one["nodes"]]) for one in answer["violations"]]


@pytest.mark.parametrize(
    "path", [f"/?municipality={HARD}", f"/districts?municipality={HARD}", f"/about?municipality={HARD}"]
)
def test_payloads_stay_text(open_page, path):
    """Texts made to run are shown as they are, in lists, tables and credits: none runs, none asks anything outside."""
    page = open_page(path)
    assert page.evaluate("window.pwned") is None
    assert page.locator(".ib img:not(.sign), .ib svg, .ib script, .ib math, .ib style").count() == 0
    assert page.locator("[href^='javascript'], [href^='JaVa']").count() == 0


@pytest.mark.parametrize("number", range(0, 29, 4))
def test_payload_place_stays_text(open_page, number):
    """The screen of a place whose every text is made to run shows those texts."""
    page = open_page(f"/place?municipality={HARD}&id={HARD}-{number}")
    assert page.evaluate("window.pwned") is None
    assert page.locator(".ib img:not(.sign), .ib svg, .ib script, .ib math, .ib style").count() == 0
