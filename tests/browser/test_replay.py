"""In a real Chromium and against the real server: texts made to run in posts and groups, and garbage on the websocket.

Each payload stands in every text of a group, a place and its posts (tests/pages/replay/hard.py).
"""

from __future__ import annotations

import os
import urllib.request
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from db import open_store
from portal.store import Put
from tests import town
from tests.browser.conftest import running_portal
from tests.browser.payloads import PAYLOADS, RUN
from tests.browser.rest import at_rest
from tests.browser.signed_in import sign_in
from tests.pages.replay import hard
from tests.portal import people
from tests.portal.signing import kept_password

NEVER = "img[src='x'], img[src*='169.254'], iframe[srcdoc], math, [onload], [onerror], [onclick]"
RUNNING = [number for number, text in enumerate(PAYLOADS) if RUN in text]
GARBAGE = (
    b"",
    b"\x00" * 10,
    b"\xff" * 4096,
    os.urandom(65_536),
    b"\x0a\xff\xff\xff\xff\x0f",
    b"\x12\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
    "no protocol at all",
    '{"type": "rerun", "script": "__import__(\'os\').system(\'id\')"}',
    "\ud7ff" * 1000,
    "",
)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A folder with a town in which everything is called after a payload, and what it is called there."""
    home = tmp_path_factory.mktemp("replay")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    found = [hard.settle(store, number) for number in RUNNING]
    store.apply([Put(replace(people.ADMINISTRATOR.account, password=kept_password()))])
    store.close()
    return home, found


@pytest.fixture(scope="module")
def portal_server(known):
    """The portal of that town, as a real process."""
    with running_portal(known[0]) as url:
        yield url


def nothing_ran(page):
    """No script of a text ran, in the page or a frame of it, and none of its tags is in the page."""
    page.locator("h1").first.wait_for()
    assert page.evaluate("window.pwned") is None
    assert page.locator(NEVER).count() == 0
    assert page.locator("main a[href^='javascript' i], .ib a[href^='javascript' i], a[href^='//']").count() == 0


@pytest.mark.parametrize("name", ["find", "agenda", "districts"])
def test_lists_of_posts_stay_text(open_page, name):
    """A screen that lists the posts and groups of every payload shows them, and nothing runs in it or in its map."""
    page = open_page(f"/{'' if name == 'find' else name}?municipality={town.CODE}")
    nothing_ran(page)


def test_posts_and_groups_stay_text(open_page, known, watch, portal_server):
    """A payload's post and group open as pages of their own that say it, to the letter."""
    page = open_page(f"/about?municipality={town.CODE}")
    for one in known[1][::4]:
        for path in (f"/post?id={one.cancelled}", f"/group?id={one.group}"):
            page.goto(portal_server + path)
            at_rest(page)
            nothing_ran(page)
            assert " ".join(one.text[:40].split()) in " ".join(page.locator("h1").first.inner_text().split())
    # The photo is not there: only its text is looked at.
    watch.faults[:] = [fault for fault in watch.faults if "404" not in fault]


def test_plain_pages_stay_text(open_page, known, watch, portal_server):
    """The pages of a group and of the office, looked at by an administrator."""
    page = open_page("/sign-in")
    sign_in(page, "admin@example.jp")
    for one in known[1][::8]:
        for path in (*one.offices(), *one.pages()):
            page.goto(portal_server + path)
            assert urlsplit(page.url).path != "/sign-in"
            nothing_ran(page)
    watch.faults[:] = [fault for fault in watch.faults if "404" not in fault]


def test_garbage_on_the_websocket_harms_nobody(portal_server, open_page):
    """What is no message closes the socket or is passed over; the portal goes on for everybody else."""
    opened = 0
    address = portal_server.replace("http://", "ws://") + "/_stcore/stream"
    for garbage in GARBAGE:
        try:
            with connect(address, origin=portal_server, open_timeout=10, subprotocols=["streamlit"]) as socket:
                opened += 1
                socket.send(garbage)
                socket.send(garbage)
                socket.recv(timeout=1)
        except (WebSocketException, TimeoutError, OSError):
            continue
    assert opened == len(GARBAGE)
    with urllib.request.urlopen(f"{portal_server}/healthz", timeout=10) as answer:  # noqa: S310  # our own address
        assert answer.status == 200
    page = open_page(f"/about?municipality={town.CODE}")
    page.locator("h1").first.wait_for()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_another_sites_websocket_is_refused(portal_server, origin):
    """A page of another site opens no socket, whatever cookie the browser would send along."""
    address = portal_server.replace("http://", "ws://") + "/_stcore/stream"
    with pytest.raises((WebSocketException, OSError)), connect(address, origin=origin, open_timeout=10):
        pytest.fail("it was let in")


OUTSIDE = ("root:", "from __future__", "DUCK", "[server]", "import ")
"""What stands in files that nobody may read: users of the machine, code, the store, settings."""


@pytest.mark.parametrize(
    "folder", ["assets", "leaflet", "photos", "component/streamlit_folium.st_folium", "media", "static"]
)
@pytest.mark.parametrize(
    "climb",
    [
        "../" * 12 + "etc/passwd",
        "%2e%2e/" * 12 + "etc/passwd",
        "..%2f" * 12 + "etc%2fpasswd",
        "..%5c..%5c..%5cetc%5cpasswd",
        "../server/routes.py",
        "%2e%2e/server/routes.py",
        "../../app.py",
        "..%2f..%2fapp.py",
        "../assets2/x",
        "//etc/passwd",
        "%00/etc/passwd",
        "....//....//etc/passwd",
    ],
)
def test_no_address_climbs_out_of_its_folder(portal_server, folder, climb):
    """Neither the portal's files nor Streamlit's lead outside (Starlette CVE-2023-29159, Streamlit CVE-2022-35918)."""
    status, _, body = asked(portal_server, f"/{folder}/{climb}")
    assert status in {400, 403, 404, 422} or not any(sign.encode() in body for sign in OUTSIDE)


@pytest.mark.parametrize("number", RUNNING[:4])
@pytest.mark.parametrize(
    "before", ["/", "/component/", "/component/streamlit_folium.st_folium/", "/static/", "/photos/"]
)
def test_an_address_is_never_said_back_as_html(portal_server, before, number):
    """What stands in an address comes back escaped or not at all (Streamlit CVE-2023-27494)."""
    text = PAYLOADS[number]
    _, kind, body = asked(portal_server, before + quote(text) + "?x=" + quote(text))
    assert "html" not in kind or text.encode() not in body


def asked(portal_server, path):
    """Status, type and body of an address as it is, which no client tidied up before."""
    parts = urlsplit(portal_server)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("content-type", ""), answer.read()
    finally:
        connection.close()
