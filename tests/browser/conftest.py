"""The real server and a real Chromium, for every test that looks at a page.

``open_page(path, width=…, language=…)`` gives a page that is watched: a request to anywhere but the portal, an
error in the console or one that nobody caught fails the test that caused it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from db import open_store
from portal.settings import Settings
from tests.browser import seeding
from tests.browser.rest import at_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import (
        Browser,
        ConsoleMessage,
        Dialog,
        Error,
        FrameLocator,
        Page,
        Request,
        WebSocket,
    )

ROOT: Final = Path(__file__).parents[2]
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
START_S: Final = 60
WAIT_MS: Final = 20_000
LOCALES: Final = {"ja": "ja-JP", "en": "en-GB"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Watch:
    """What a page did that it should not have."""

    origin: str
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Note every fault of ``page`` from now on."""
        for event, look in self._looks():
            page.on(event, look)

    def leave(self, page: Page) -> None:
        """Look away from ``page``."""
        for event, look in self._looks():
            page.remove_listener(event, look)

    def _looks(self) -> tuple[tuple[str, Callable[..., None]], ...]:
        return (
            ("request", self._asked),
            ("websocket", self._asked),
            ("pageerror", self._uncaught),
            ("dialog", self._dialog),
            ("console", self._console),
        )

    def _asked(self, asked: Request | WebSocket) -> None:
        if urlsplit(asked.url).scheme not in ("data", "blob", "about") and urlsplit(asked.url).netloc != self.origin:
            self.faults.append(f"request to elsewhere: {asked.url}")

    def _uncaught(self, error: Error) -> None:
        self.faults.append(f"uncaught: {error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")


@pytest.fixture(scope="session")
def portal_server(tmp_path_factory) -> Iterator[str]:
    """The address of a portal that runs for real, with built-in areas, samples and the towns of ``seeding``."""
    home = tmp_path_factory.mktemp("portal")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}")
    seeding.fill(store, Settings(home=home))
    store.close()
    with running_portal(home) as url:
        yield url


@contextmanager
def running_portal(home: Path, *, site: bool = False) -> Iterator[str]:
    """A portal as a real process over the store in ``home``; its address. With ``site`` it keeps its static twin."""
    port = _free_port()
    log = (home / "server.log").open("w")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    server = subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
        [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(port)],
        cwd=ROOT,
        env=environment | {"PORTAL_HOME": str(home), "PORTAL_SITE": "on" if site else "off"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server, home / "server.log")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    assert CHROMIUM, "Chromium is needed: apt-get install chromium"
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def watch(portal_server) -> Watch:
    """What the test's pages did that they should not have; a test that provokes a fault takes it out again."""
    return Watch(urlsplit(portal_server).netloc)


@dataclass
class KeptPages:
    """Pages that are used again by language: one in which the portal ran before takes half the time to draw it."""

    browser: Browser
    idle: dict[str, list[Page]] = field(default_factory=dict)

    def new(self, language: str, **options: object) -> Page:
        """A page of its own."""
        context = self.browser.new_context(locale=LOCALES[language], **options)
        context.set_default_timeout(WAIT_MS)
        return context.new_page()

    def take(self, language: str) -> Page:
        """A page that nobody uses and that knows nothing of who did."""
        idle = self.idle.setdefault(language, [])
        return idle.pop() if idle else self.new(language)

    def give_back(self, language: str, page: Page, portal: str) -> None:
        """Forget what the page's visitor left: the page itself, storage and cookies.

        It goes to an address of the same ``portal``: elsewhere Chromium would begin another process.
        """
        page.goto(f"{portal}/healthz")
        page.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
        page.context.clear_cookies()
        self.idle[language].append(page)


@pytest.fixture(scope="session")
def kept_pages(browser) -> KeptPages:
    """The pages that tests take one after the other."""
    return KeptPages(browser)


@pytest.fixture
def open_page(kept_pages, portal_server, watch) -> Iterator[Callable[..., Page]]:
    """Open watched pages: ``open_page(path, width=1280, language="ja", **context_options)``."""
    taken: list[tuple[str, Page]] = []
    own: list[Page] = []

    def open_one(path: str = "/", *, width: int = 1280, language: str = "ja", **options) -> Page:
        if options:
            page = kept_pages.new(language, **options)
            own.append(page)
        else:
            page = kept_pages.take(language)
            taken.append((language, page))
        page.set_viewport_size({"width": width, "height": 900})
        watch.over(page)
        page.goto(portal_server + path)
        at_rest(page)  # what is pressed while a screen is still drawn may be moved away below the finger
        return page

    yield open_one
    for language, page in taken:
        watch.leave(page)
        kept_pages.give_back(language, page, portal_server)
    for page in own:
        page.context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def map_of() -> Callable[[Page], FrameLocator]:
    """The frame of a page's map, once it is painted for the first time."""

    def painted(page: Page) -> FrameLocator:
        frame = page.frame_locator("iframe[src*=streamlit_folium]")
        frame.locator("[data-ibasho-painted]").wait_for(timeout=WAIT_MS)
        return frame

    return painted


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_S * 10):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:  # noqa: S310  # our own address
                if answer.status == 200:
                    return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()}")
