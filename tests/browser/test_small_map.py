"""The static twin in a real Chromium: from a plain file server, under a sub-path, with the portal stopped."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from db import open_store
from pages.plain import sorts
from pages.plain.here import Here
from pages.twin.keeping import Keeper
from pages.twin.writing import Folder
from portal.importing.places import plan_places
from portal.importing.plan import carry_out
from portal.settings import Settings
from tests import town
from tests.browser.conftest import Watch
from tests.browser.plain_faults import faults_of
from tests.browser.rest import at_rest
from tests.pages.twin.conftest import BASE, MIDNIGHT, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

SORTS = ("front", "municipality", "district", "layer", "place", "map_outlines", "map_district", "map_town")
SMALL = """[...document.querySelectorAll('.small-map button, .small-map .leaflet-bar a, .small-map .sign')].filter(
  (node) => node.getBoundingClientRect().height < 44).map((node) => node.outerHTML.slice(0, 120))"""
TOWN = "ja/99901/"
WAIT_MS = 10_000


class Quiet(SimpleHTTPRequestHandler):
    """A file server as anybody has one."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Where a folder is served whose sub-folder ``portal`` is a twin; the store it was made of is closed."""
    folder = tmp_path_factory.mktemp("www")
    store = settle(open_store("duckdb://"))
    rows = [town.row(number, f"サロン{number}", 0.2 + 0.3 * number, 0.5) for number in range(6)]
    carry_out(store, plan_places(store, town.intake(*rows), town.order()))
    here = Here(store, Settings(), MIDNIGHT, BASE)
    Keeper(Folder(folder / "portal"), lambda: here, {name: sorts.SORTS[name] for name in SORTS}).once()
    store.close()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/portal/"
    server.shutdown()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a watched page of the twin: ``opened(path, scripts=False)``."""
    watch = Watch(urlsplit(address).netloc)
    contexts = []

    def one(path: str, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, java_script_enabled=scripts, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(address + path)
        return page

    yield one
    for context in contexts:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)


def test_without_scripts_every_way_is_a_link(opened):
    """From the root to a municipality and a place by links alone; no button stands there that does nothing."""
    page = opened("", scripts=False)
    page.get_by_role("link", name="日本語").click()
    page.goto(page.url + "99901/")
    assert page.locator(".small-map button").count() == 0
    page.get_by_role("link", name="西小").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("西小")


def test_the_map_is_fetched_when_it_is_asked_for(opened):
    """Before the press no byte of it is asked for; then outlines and signs stand there, from this server alone."""
    asked = []
    page = opened(TOWN)
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.reload()
    at_rest(page)
    assert not [path for path in asked if "leaflet" in path or "map-data" in path]
    page.get_by_role("button", name="地図を表示").click()
    expect(page.locator(".small-map .sign")).to_have_count(6, timeout=WAIT_MS)
    expect(page.locator(".small-map path[tabindex]")).to_have_count(2)
    assert "/portal/leaflet/leaflet.js" in asked
    assert faults_of(page, SMALL) == []


def test_signs_and_areas_are_opened_by_the_keyboard(opened):
    """Enter on a sign or an area tells its name as a link that leads to its page."""
    page = opened(TOWN)
    page.get_by_role("button", name="地図を表示").press("Enter")
    area = page.locator(".small-map path[tabindex]").first
    area.wait_for(state="attached", timeout=WAIT_MS)
    area.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a.leaflet-popup-close-button")).to_have_attribute("aria-label", "閉じる")
    page.keyboard.press("Escape")
    sign = page.locator(".small-map .sign").first
    assert "サロン" in sign.get_attribute("aria-label")
    sign.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup .told a")
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.wait_for_url("**/portal/ja/99901/place/**")


def test_a_map_that_cannot_be_fetched_says_so(browser, address):
    """The lists are pointed to, and the button can be pressed again."""
    page = browser.new_context().new_page()
    page.route("**/map-data/**", lambda route: route.abort())
    page.goto(address + TOWN)
    button = page.get_by_role("button", name="地図を表示")
    button.click()
    expect(page.get_by_text("地図を読み込めませんでした")).to_be_visible(timeout=WAIT_MS)
    expect(button).to_be_enabled()
    page.unroute("**/map-data/**")
    button.click()
    expect(page.locator(".small-map .sign")).to_have_count(6, timeout=WAIT_MS)
    page.context.close()
