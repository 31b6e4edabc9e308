"""What keeps people out of a plain page, on a phone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE: Final = {"width": 360, "height": 800}
DESK: Final = {"width": 1280, "height": 800}
WIDE: Final = "document.documentElement.scrollWidth > innerWidth"


def faults_of(page: Page, small: str, name: str = "", *, english: bool = False) -> list[str]:
    """What axe finds at 360 px; at 360 and at 1280 px what is wider than the page or too small to press.

    ``small`` is a script that lists the latter. An English page has the same elements as its Japanese one, and other
    lengths: axe looks at it only with ``english``. The page is as wide as before when this returns.
    """
    before, found = page.viewport_size, []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found += [f"{size['width']} {name}: wider than the page"] * page.evaluate(WIDE)
        found += [f"{size['width']} {name}: {item}" for item in page.evaluate(small)]
    axe = english or page.evaluate("document.documentElement.lang") == "ja"
    for item in Axe().run(page).response["violations"] if axe else ():
        found.append(f"{name}: {item['id']} {[node['html'][:120] for node in item['nodes']]}")
    page.set_viewport_size(before)
    return found
