"""The pictures of the README, made of today's screens: ``make screenshots``.

A portal is started over a fresh store with the built-in areas and samples and, where the published files stand beside
the project, with the real districts and shelters of the five municipalities.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from db import open_store
from pages import intake
from pages.built_in import init_store
from portal import clock
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.settings import Settings
from tests.browser.conftest import CHROMIUM, FLAGS, LOCALES, running_portal
from tests.real_data import REAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures"
SIZES: Final = {1280: 1000, 360: 740}
SCREENS: Final = {
    "find": "/?municipality=27108",
    "near": "/?municipality=27108&near=34.6505,135.4727&day=week",
    "place": "/place?municipality=27108&id=sample-27108-16",
    "districts": "/districts?municipality=28210&layer=elementary&kind=shelter",
    "evacuation": "/evacuation?municipality=13103&kind=welfare_shelter",
    "about": "/about?municipality=28210",
}
FILES: Final = (
    (ImportKind.BOUNDARY, "boundaries/*.geojson"),
    (ImportKind.DISTRICTS, "districts/A27-21_28210.geojson"),
    (ImportKind.DISTRICTS, "districts/A32-21_28210.geojson"),
    (ImportKind.DISTRICTS, "districts/A27-21_13103.geojson"),
    (ImportKind.DISTRICTS, "districts/A32-21_13103.geojson"),
    (ImportKind.SHELTERS, "shelters/*.csv"),
)


def fill(home: Path) -> None:
    """Set up a store in ``home`` and import the published files that are there."""
    store = open_store(f"duckdb://{home / 'portal.duckdb'}")
    init_store(store, Settings(home=home), clock.today())
    for kind, pattern in FILES:
        found = tuple(sorted(REAL.glob(pattern)))
        if found:
            carry_out(store, intake.plan(store, intake.Request(kind=kind, files=found, at=clock.now())))
    store.close()


def take(browser: Browser, address: str, folder: Path) -> list[Path]:
    """One picture of each screen, size and language; says which files were written."""
    taken = []
    for language, locale in LOCALES.items():
        for width, height in SIZES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
            for name, path in SCREENS.items():
                file = folder / f"{name}-{width}-{language}.png"
                page = context.new_page()
                page.goto(address + path)
                page.locator("h1").wait_for()
                page.wait_for_load_state("networkidle")
                page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
                page.wait_for_timeout(1_500)  # the map fades its signs in
                page.screenshot(path=file)
                taken.append(file)
                page.close()
            context.close()
    return taken


def main(folder: Path = PICTURES) -> None:
    """Make all pictures anew."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        fill(Path(home))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        with running_portal(Path(home)) as address:
            taken = take(browser, address, folder)
        browser.close()
    print(f"{len(taken)} pictures in {folder}")  # noqa: T201  # the command's only output


if __name__ == "__main__":
    main()
