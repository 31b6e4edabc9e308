"""From a click on a filter to the repainted map, in a real Chromium, beside folium's three ways on the same data."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import TimeoutError as TooLongError
from xstatic.pkg import leaflet_markercluster

from portal.words import say
from tests.bench import chromium, filter_screens, tables
from tests.bench.filter_screens import ALONE, CLUSTER, FAST, FIND, MARKER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CLICK: Final = (Path(__file__).parent / "click.js").read_text(encoding="utf-8")
DONE: Final = "html[data-bench-ms]"
SIZES: Final = (1_000, 10_000, 50_000)
QUICK_SIZES: Final = (200,)
WAYS: Final = (ALONE, FIND, FAST, CLUSTER, MARKER)
ROUNDS, QUICK_ROUNDS = 5, 2
LIMIT_S: Final = 180
SLOW: Final = {(CLUSTER, 10_000): 2}
"""What takes most of a minute each time is clicked only in every so many rounds, from the first to the last."""
SHORT: Final = {(CLUSTER, 50_000): 60}
"""Limits in seconds, for the first showing, of what would take many minutes."""
HANGS: Final = {(MARKER, 10_000), (MARKER, 50_000)}
"""One Marker a row hangs the page from 10,000 places on: not tried."""


@dataclass(slots=True)
class Screen:
    """One way at one size: its page, and what was measured on it."""

    way: str
    size: int
    line: tables.Line
    page: Page | None = None
    filtered: bool = False


def run(folder: Path, *, quick: bool) -> None:
    """Open every screen, click on each in turn, print a table for each size and one for the portal's map alone."""
    sizes, rounds = (QUICK_SIZES, QUICK_ROUNDS) if quick else (SIZES, ROUNDS)
    screens = [
        Screen(way, size, tables.Line(f"folium.{way}" if way == MARKER else way))
        for size in sizes
        for way in WAYS
        if (way, size) not in HANGS
    ]
    with ExitStack() as stack:
        browser = stack.enter_context(chromium.opened())
        for screen in screens:
            if (screen.way, screen.size) not in SHORT:
                _open(browser, stack, screen, folder)
        for number in range(rounds):
            for screen in screens:
                if screen.page and number % SLOW.get((screen.way, screen.size), 1) == 0:
                    _click(screen)
    for screen in screens:
        if not screen.line.runs:
            _try(screen, folder)
    _show(screens, sizes)


def _open(browser: Browser, stack: ExitStack, screen: Screen, folder: Path) -> None:
    """Start the screen's server and open it; it stands ready with all its places on the map."""
    url = stack.enter_context(filter_screens.server(screen.way, folder, screen.size))
    limit_s = SHORT.get((screen.way, screen.size), LIMIT_S)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    context.set_default_timeout(limit_s * 1000)
    screen.page = context.new_page()
    screen.page.goto(url + filter_screens.address(screen.way), wait_until="commit")
    screen.page.locator("body").wait_for(state="attached")  # a page that has only just begun has nothing to watch
    _watch(screen, load=True)
    _wait(screen, limit_s)
    if screen.way == FIND:
        screen.page.get_by_text(say("filters.more", "ja")).click()


def _try(screen: Screen, folder: Path) -> None:
    """Only see whether it is shown within its limit, in a browser of its own, which then may be stuck."""
    with ExitStack() as stack:
        browser = stack.enter_context(chromium.opened())
        try:
            _open(browser, stack, screen, folder)
            _click(screen)
        except TooLongError:
            screen.line.over = SHORT[screen.way, screen.size]
            screen.line.note = "given up; the first showing of the map, no click"


def _click(screen: Screen) -> None:
    """Click on the filter and note how long the map took to follow."""
    if screen.page is None:
        raise RuntimeError(screen.way)
    screen.filtered = not screen.filtered
    _watch(screen, load=False)
    screen.page.locator("label").filter(has_text=filter_screens.label(screen.way)).click()
    screen.line.runs.append(_wait(screen, LIMIT_S))


def _watch(screen: Screen, *, load: bool) -> None:
    expected = filter_screens.expected(screen.size, filtered=screen.filtered)
    if screen.page:
        screen.page.evaluate(CLICK, {"expected": expected, "load": load})


def _wait(screen: Screen, limit_s: float) -> float:
    """Seconds from the click to the painted map; raises TooLongError after ``limit_s``."""
    if screen.page is None:
        raise RuntimeError(screen.way)
    done = screen.page.locator(DONE)
    done.wait_for(state="attached", timeout=limit_s * 1000)
    return float(done.get_attribute("data-bench-ms") or "nan") / 1000


def _show(screens: list[Screen], sizes: tuple[int, ...]) -> None:
    for size in sizes:
        here = {screen.way: screen.line for screen in screens if screen.size == size}
        notes = [f"folium.Marker, one a row, hangs the page at {size:,}: not tried."] if MARKER not in here else []
        title = f"From a click on a filter to the repainted map, {size:,} places of which nine tenths stay"
        tables.show(title, list(here.values()), here[ALONE], tuple(notes))
    for way in (ALONE, FIND, FAST):
        lines = [tables.Line(f"at {screen.size:,}", screen.line.runs) for screen in screens if screen.way == way]
        tables.show(f"The same by the number of places: {way}", lines, lines[0])
    print(f"  Leaflet.markercluster {leaflet_markercluster.VERSION}, no tiles on any map, all from this machine.\n")
