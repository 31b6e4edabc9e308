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
from portal import clock, passwords
from portal.importing.plan import carry_out
from portal.model.account import Account, GroupMember
from portal.model.batch import ImportKind
from portal.model.post import Outside, Post, PostFacts, PostKind, PostState
from portal.model.standard import Standard, StandardRule
from portal.schedules.reading import read_schedule
from portal.settings import Settings
from portal.store import Put
from tests.browser.conftest import CHROMIUM, FLAGS, LOCALES, running_portal
from tests.browser.rest import at_rest
from tests.browser.signed_in import sign_in
from tests.portal.signing import PASSWORD
from tests.real_data import REAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from portal.store import Store

PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures"
SIZES: Final = {1280: 1000, 360: 740}
SCREENS: Final = {
    "find": "/?municipality=27108",
    "near": "/?municipality=27108&near=34.6505,135.4727&day=week",
    "place": "/place?municipality=27108&id=sample-27108-16",
    "districts": "/districts?municipality=28210&layer=elementary&kind=shelter",
    "evacuation": "/evacuation?municipality=13103&kind=welfare_shelter",
    "about": "/about?municipality=28210",
    "agenda": "/agenda?municipality=27108",
    "post": "/post?municipality=27108&id=post-sample-27108-01",
}
TOWN: Final = "27108"
GROUP: Final = "group-sample-27108-a"
WAITING: Final = "post-sample-27108-waiting"
PUBLIC: Final = {
    "plain_town": "/{lang}/27108/",
    "plain_month": "/{lang}/27108/month/",
    "plain_post": "/{lang}/27108/post/post-sample-27108-01/",
}
"""Public pages, which run without scripts."""
PLAIN: Final = {
    "member@example.jp": {"my": f"/my?group={GROUP}", "write": f"/write?group={GROUP}"},
    "staff@example.jp": {
        "queue": f"/queue?municipality={TOWN}",
        "review": f"/review?municipality={TOWN}&id={WAITING}",
        "review_coverage": "/review-coverage?municipality=28210&layer=elementary&standard=shelters",
        "review_use": f"/review-use?municipality={TOWN}&samples=1",
        "review_indicators": "/review-indicators?municipality=27107",
    },
}
"""Pages of people who are signed in, by who they are."""
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
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    init_store(store, Settings(home=home), clock.today())
    for kind, pattern in FILES:
        found = tuple(sorted(REAL.glob(pattern)))
        if found:
            carry_out(store, intake.plan(store, intake.Request(kind=kind, files=found, at=clock.now())))
    _people(store)
    store.close()


def _people(store: Store) -> None:
    """Somebody of a sample group and somebody of the office, and a post that waits between them."""
    known = passwords.hashed(PASSWORD)
    member = Account("account-sample-member", "member@example.jp", "見本 花子", known)
    towns = frozenset(town.code for town in store.municipalities())
    staff = Account("account-sample-staff", "staff@example.jp", "見本 太郎", known, staff_of=towns)
    said = PostFacts(
        PostKind.SERIES,
        "折り紙の会（見本）",
        "季節の飾りを折ります。道具はこちらで用意します。",
        schedule=read_schedule("第1・3木曜 13:30〜15:00、祝日は休み", clock.today()).schedule,
    )
    now = clock.now()
    post = Post(
        WAITING,
        TOWN,
        GROUP,
        said,
        PostState.WAITING,
        made_at=now,
        made_by=member.id,
        changed_by=member.id,
        submitted_at=now,
        outside=Outside("sample"),
    )
    two = Standard("28210", "shelters", "elementary", StandardRule.COUNT, 2.0, kind="shelter", order=-1)
    store.apply(
        [Put(two), Put(member), Put(staff), Put(GroupMember(GROUP, member.id, owner=True, since=now)), Put(post)]
    )


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
                at_rest(page)
                page.wait_for_timeout(1_500)  # the map fades its signs in
                page.screenshot(path=file)
                taken.append(file)
                page.close()
            context.close()
            taken += _take_plain(browser, address, folder, (language, width, height))
            taken += _take_public(browser, address, folder, (language, width, height))
    return taken


def _take_public(browser: Browser, address: str, folder: Path, way: tuple[str, int, int]) -> list[Path]:
    """The same of public pages, with scripts switched off."""
    language, width, height = way
    taken = []
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    page = context.new_page()
    for name, path in PUBLIC.items():
        page.goto(address + path.format(lang=language))
        taken.append(folder / f"{name}-{width}-{language}.png")
        page.screenshot(path=taken[-1])
    context.close()
    return taken


def _take_plain(browser: Browser, address: str, folder: Path, way: tuple[str, int, int]) -> list[Path]:
    """The same of the pages of people who are signed in."""
    language, width, height = way
    taken = []
    for email, pages in PLAIN.items():
        context = browser.new_context(viewport={"width": width, "height": height}, locale=LOCALES[language])
        page = context.new_page()
        page.goto(f"{address}/sign-in?next=/account")
        sign_in(page, email)
        page.goto(f"{address}/account")
        for name, path in pages.items():
            page.goto(address + path)
            at_rest(page)
            taken.append(folder / f"{name}-{width}-{language}.png")
            page.screenshot(path=taken[-1])
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
