"""The public side in a real Chromium, from plain files under a sub-path: without scripts, on a phone, for everybody."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from pages.plain import paths, sorts
from pages.plain.here import here
from tests.browser.conftest import Watch
from tests.browser.plain_faults import DESK, PHONE, WIDE, faults_of
from tests.pages.plain import world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

PAGES = sorted(name for name in sorts.SORTS if paths.PATHS[name].endswith("/"))
"""Every sort of page; the others are files for machines."""
BEST = {"place": "p-salon", "district": "99901-elementary-0", "layer": "elementary"}
"""Where there are many, one with much on it."""
DRAWN = "[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0) && document.styleSheets.length > 0"
SMALL = """[...document.querySelectorAll('main a, main button, main summary, header a, footer a')].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width && box.height < 24 && getComputedStyle(node).display !== 'inline';
}).map((node) => node.outerHTML.slice(0, 120))"""
"""WCAG 2.2, 2.5.8: 24 px, but for links within a line of text."""


class Quiet(SimpleHTTPRequestHandler):
    """A file server as anybody has one."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[tuple[str, dict[str, str]]]:
    """Where the files lie, below a sub-path, and a page of each sort in Japanese; the portal is closed by then."""
    folder = tmp_path_factory.mktemp("www")
    with world.portal(tmp_path_factory.mktemp("home")):
        world.written(folder / "deep" / "portal")
        chosen = {name: _one(name) for name in PAGES}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/deep/portal/", chosen
    server.shutdown()
    server.server_close()


def _one(name: str) -> str:
    """The path of one page of a sort."""
    every = [dict(keys) for keys in sorts.SORTS[name].every(here()) if keys.get("lang") == "ja"]
    best = [keys for keys in every if BEST.get(name.removesuffix("_day")) in (keys.get("id"), keys.get("layer"))]
    return paths.path(name, **(best or every)[0])


@pytest.fixture
def opened(browser: Browser, served) -> Iterator[Callable[..., Page]]:
    """Open a watched page of the files: ``opened("ja/", scripts=False)``."""
    watch, contexts = Watch(urlsplit(served[0]).netloc), []

    def one(path: str, *, scripts: bool = True) -> Page:
        context = browser.new_context(viewport=PHONE, java_script_enabled=scripts, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(served[0] + path)
        return page

    yield one
    for context in contexts:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)


def test_each_sort_of_page_is_looked_at():
    """What is opened here is every sort of page there is."""
    assert {"front", "municipality", "place", "post", "post_day", "month", "embed", "sheet"} <= set(PAGES)
    assert len(PAGES) >= 20


@pytest.fixture(scope="module")
def bare(browser: Browser, served) -> Iterator[Page]:
    """A watched page of a browser that runs no scripts."""
    watch = Watch(urlsplit(served[0]).netloc)
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        watch.over(page)
        yield page
    assert not watch.faults, "\n".join(watch.faults)


@pytest.mark.parametrize("tongue", ["ja", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_it_is_all_there(bare, served, name, tongue):
    """Scripts switched off: heading, looks and text stand there, and nothing is wider than a phone or a desk."""
    bare.goto(served[0] + served[1][name].replace("ja/", f"{tongue}/", 1))
    assert bare.locator("h1").is_visible()
    assert bare.evaluate(DRAWN)
    assert bare.locator("noscript").count() == 0
    assert len(bare.locator("body").inner_text()) > 20
    for size in (DESK, PHONE):
        bare.set_viewport_size(size)
        assert not bare.evaluate(WIDE), size


@pytest.mark.parametrize("name", PAGES)
def test_it_keeps_nobody_out(opened, served, name):
    """Axe finds nothing on one page of each sort, and what is pressed is large enough."""
    assert faults_of(opened(served[1][name]), SMALL, name) == []


def test_the_door_keeps_nobody_out(opened):
    """The page at the root, in both languages at once."""
    assert faults_of(opened(""), SMALL) == []


def test_a_visit_by_links_alone(opened):
    """Without scripts one comes from the root to what is on in a district, into the other language and back up."""
    page = opened("", scripts=False)
    for name in ("日本語", "みなも町", "西小"):
        page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("link", name="ひだまりサロン").first.click()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Sunny salon"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Minamo").first.click()
    page.wait_for_url("**/deep/portal/en/99901/**")
