"""Visitors of the plain pages, over a real store with the invented town and its people.

``visit()`` gives somebody with a browser, ``visit(people.OWNER)`` somebody who is signed in. ``visitor.get(path)``
looks at a page, ``visitor.send(path, field=…)`` fills its form in and sends it, with what the page hid in it.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from db import open_store
from pages import wiring
from pages.forms import cookies, csrf, signing
from pages.server.errors import HANDLERS
from pages.server.middleware import MIDDLEWARE
from pages.server.routes import ROUTES
from portal import clock, sessions
from portal.store import Put
from tests import clients, town
from tests.portal import people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from httpx import Response

    from portal.permissions import Actor
    from portal.store import Store

BASE = "https://ibasho.example"
HIDDEN = re.compile(rf'name="{csrf.FIELD}" value="([^"]+)"')
STATE = {"PORTAL_PUBLIC_URL": BASE, "PORTAL_SAMPLE": "off", "PORTAL_MUNICIPALITY": town.CODE}


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A folder with the invented town and its people, to be copied: making one takes five times as long."""
    home = tmp_path_factory.mktemp("made")
    store = open_store(f"duckdb://{home / wiring.FILE}", home / wiring.JOURNAL)
    people.settle(town.settle(store))
    store.close()
    return home


@pytest.fixture
def set_up(tmp_path, made) -> Iterator[Callable[..., Store]]:
    """Start a portal with these settings over the invented town: ``set_up(smtp_host="…")`` gives its store."""
    forget()
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:

        def start(**settings: str) -> Store:
            wiring.settings.cache_clear()
            given = STATE | {f"PORTAL_{name.upper()}": str(value) for name, value in settings.items()}
            for name, value in (given | {"PORTAL_HOME": str(tmp_path)}).items():
                patch.setenv(name, value)
            return wiring.store()

        start()
        yield start
    forget()


@pytest.fixture
def store(set_up) -> Store:
    """The portal's store: the invented town with its people (tests/portal/people.py)."""
    return wiring.store()


@pytest.fixture
def home(store, tmp_path) -> Path:
    """The portal's folder."""
    return tmp_path


def forget() -> None:
    """Have settings, store and signing key read anew by whoever asks next."""
    wiring.close()
    wiring.settings.cache_clear()
    signing._key.cache_clear()  # noqa: SLF001  # the key belongs to the folder that is gone


class Visitor:
    """Somebody with a browser, on our own pages."""

    def __init__(self, base: str = BASE, language: str = "ja") -> None:
        """A fresh browser, which asks for pages in ``language``."""
        app = Starlette(routes=list(ROUTES), middleware=MIDDLEWARE, exception_handlers=HANDLERS)
        headers = {"accept": "text/html", "accept-language": language, "user-agent": "Mozilla/5.0"}
        self.browser = clients.client(app, base_url=base, headers=headers, follow_redirects=False)

    def sign_in(self, who: Actor) -> Visitor:
        """Come back with a sign-in that began just now."""
        assert who.account
        token, session = sessions.begin(who.account, clock.now())
        wiring.store().apply([Put(session)])
        self.plant(token)
        return self

    def plant(self, token: str) -> None:
        """Have the browser send this text as its sign-in."""
        self.browser.cookies.set(cookies.SESSION, token, self.browser.base_url.host, "/")

    def get(self, path: str, **headers: str) -> Response:
        """Look at a page."""
        return self.browser.get(path, headers=headers)

    def hidden(self, path: str) -> str:
        """What the page's forms hold to be ours."""
        page = self.get(path)
        found = HIDDEN.search(page.text)
        assert found, f"{page.status_code}: no form at {path}"
        return found[1]

    def send(self, path: str, to: str = "", files: object = None, **fields: object) -> Response:
        """Fill in the form at ``path`` and send it, ``to`` another address if need be."""
        return self.browser.post(to or path, data={csrf.FIELD: self.hidden(path), **fields}, files=files)

    def follow(self, response: Response) -> Response:
        """Go where an answer leads."""
        assert response.status_code == 303, response.text
        return self.get(response.headers["location"])


@pytest.fixture
def visit(store) -> Callable[..., Visitor]:
    """Open a browser, signed in or not: ``visit(people.OWNER, language="en")``."""

    def open_one(who: Actor | None = None, **options: str) -> Visitor:
        visitor = Visitor(**options)
        return visitor.sign_in(who) if who else visitor

    return open_one
