"""Pages of people who are signed in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.browser.conftest import LOCALES, Watch
from tests.portal.signing import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, Page, StorageState


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill the form in that ``page`` shows, send it, and wait until the page that comes next is there, scripts too."""
    page.locator("#f-email").fill(email)
    page.locator("#f-password").fill(password)
    page.locator("main button.main").click()
    page.wait_for_url(lambda url: urlsplit(url).path != "/sign-in")


def kept_of(browser: Browser, portal: str, email: str) -> StorageState:
    """What a browser keeps of somebody who signed in at ``portal``."""
    with browser.new_context(locale=LOCALES["ja"]) as context:
        page = context.new_page()
        page.goto(f"{portal}/sign-in?next=/account")
        sign_in(page, email)
        return context.storage_state()


@contextmanager
def pages_of(
    browser: Browser, portal: str, kept: Mapping[str, StorageState], first: str
) -> Iterator[Callable[..., Page]]:
    """Open watched pages: ``open_one(path, width=360, language="en", scripts=False, who="owner")``.

    ``kept`` has by name what :func:`kept_of` gave, the usual person first; ``first`` is the address when
    none is named. A request to elsewhere or an error in the console fails the test at its end.
    """
    contexts, watch = [], Watch(urlsplit(portal).netloc)
    usual = next(iter(kept))

    def open_one(path=first, *, width=1280, language="ja", scripts=True, who=usual):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale=LOCALES[language],
            java_script_enabled=scripts,
            storage_state=kept[who],
        )
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(portal + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    # Chromium writes every answer of 400 and above to the console; some pages here are meant to give one.
    assert [fault for fault in watch.faults if "the server responded with a status" not in fault] == []
