"""The app when it is full: who is let in, and the plain page that everybody else gets at once."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.server import front
from pages.server.admission import Admission, _who
from pages.server.seats import PROMISED_S, REMEMBERED_S, Seats, allowance
from portal import disaster
from portal.errors import SettingError
from portal.model.post import PostState
from portal.settings import Settings
from portal.store import Put
from portal.words import say_error
from tests import town
from tests.pages.forms.conftest import BASE, Visitor, home, made, set_up, store, visit
from tests.portal import people
from tests.portal.people import NOW, STAFF

__all__ = ["home", "made", "set_up", "store", "visit"]

FULL = "ただいま利用する人が多く"


class Watch:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        """It begins somewhere."""
        self.now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def test_a_page_keeps_a_seat_until_its_websocket_comes():
    """Pages count while their websockets are on the way, but not for ever."""
    watch = Watch()
    seats = Seats(watch)
    assert [seats.promise("", 2) for _ in range(3)] == [True, True, False]
    assert seats.take("a", 2)
    assert not seats.promise("", 2)
    watch.now += PROMISED_S
    assert seats.promise("", 2)


def test_who_was_there_comes_back_within_a_minute():
    """Beyond the limit somebody known gets in, as far as the allowance goes; a stranger and a late one do not."""
    watch = Watch()
    seats = Seats(watch)
    assert all(seats.take(who, 2) for who in ("a", "b"))
    assert not seats.take("c", 2)
    assert seats.promise("a", 2)
    assert seats.take("a", 2)  # the old connection is dead, and nobody has noticed yet
    assert not seats.take("b", 2)
    seats.leave("a")
    seats.leave("b")
    assert seats.take("c", 2)
    assert seats.take("b", 2)
    seats.leave("b")
    seats.leave("a")
    assert seats.take("d", 2)
    watch.now += REMEMBERED_S
    assert not seats.take("b", 2)
    assert not seats.promise("b", 2)


def test_somebody_without_a_name_is_a_newcomer():
    """A browser that sends no cookie is never taken for one that was there."""
    seats = Seats()
    assert seats.take("", 1)
    assert not seats.take("", 1)
    seats.leave("")
    assert seats.take("", 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["take", "leave", "promise", "wait"]), st.sampled_from("abcdef")), max_size=60)
)
def test_never_more_than_the_limit_and_its_allowance(steps):
    """The open ones are counted right whatever happens, and never exceed the limit with its allowance."""
    watch, limit = Watch(), 3
    seats, there = Seats(watch), Counter()
    for step, who in steps:
        if step == "take" and seats.take(who, limit):
            there[who] += 1
        elif step == "leave" and there[who]:
            seats.leave(who)
            there[who] -= 1
        elif step == "promise":
            seats.promise(who, limit)
        elif step == "wait":
            watch.now += 30
        assert seats.taken == there.total() <= limit + allowance(limit)


def test_a_browser_is_known_although_its_cookie_changes():
    """Streamlit masks the same secret anew each time; what is no such cookie names nobody."""
    masked = {f"2|{mask.hex()}|{bytes(7 ^ mask[at % 4] for at in range(16)).hex()}|1" for mask in (b"abcd", b"wxyz")}
    names = {_who({"headers": [(b"cookie", f"a=b; _streamlit_xsrf={value}".encode())]}) for value in masked}
    assert len(masked) == 2
    assert len(names) == 1
    assert names.pop()
    for value in ("", "2|||", "2|zz|zz|1", "x", "2|61|6", "\xff", "2|61|62|1|2"):
        assert _who({"headers": [(b"cookie", f"_streamlit_xsrf={value}".encode("latin-1"))]}) == ""
    assert _who({"headers": []}) == ""


@pytest.fixture
def full(set_up):
    """A portal of one session, whose one seat a page was just given out for; browsers of it: ``full("en")``."""
    set_up(sessions=1)
    kept = Visitor()
    assert FULL not in kept.get("/about").text

    def another(language: str = "ja") -> Visitor:
        kept.browser.headers["accept-language"] = language
        return kept

    return another


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/", "ja/99901/"),
        ("/?municipality=99902", "ja/99902/"),
        ("/?lang=en", "en/99901/"),
        ("/place?id=salon", "ja/99901/place/salon/"),
        ("/place?municipality=99902&id=salon", "ja/99901/place/salon/"),
        ("/place", "ja/99901/"),
        ("/post?id=post-live", "ja/99901/post/post-live/"),
        ("/group?id=group-hidamari", "ja/99901/group/group-hidamari/"),
        ("/evacuation?kind=shelter", "ja/99901/evacuation/"),
        ("/districts?layer=elementary", "ja/99901/layer/elementary/"),
        ("/districts", "ja/99901/"),
        ("/agenda", "ja/99901/month/"),
        ("/about", "ja/about/"),
    ],
)
def test_a_newcomer_gets_the_page_that_fits(store, full, address, own):
    """It is the public page with a sentence at its top, a 503 that nobody keeps, and its links lead as they should."""
    store.apply([Put(town.place("salon"))])
    people.kept(store, PostState.LIVE, id="post-live", live_at=NOW)
    visitor = full()
    answer = visitor.get(address)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert answer.headers["cache-control"] == "no-store"
    base = urljoin(BASE + address, re.search(r'<base href="([^"]+)">', answer.text)[1])
    assert base == f"{BASE}/{own}"
    told = answer.text.index(FULL if own.startswith("ja") else "Many people are using")
    assert told < answer.text.index("<h1")
    assert visitor.get(f"/{own}").text[-400:] == answer.text[-400:]
    again = re.search(r'role="status">[^<]* <a href="([^"]+)"', answer.text)[1].replace("&amp;", "&")
    assert urljoin(base, again) == urljoin(BASE, address)
    skip = re.search(r'class="skip" href="([^"]+)"', answer.text)[1].replace("&amp;", "&")
    assert urljoin(base, skip) == urljoin(BASE, address) + "#main"


def test_a_month_is_the_month(full):
    """The calendar's address with a day is the page of that month."""
    at = NOW.date().isoformat()
    assert f'<base href="./ja/99901/month/{at[:7]}/">' in full().get(f"/agenda?at={at}").text


@pytest.mark.parametrize(("address", "status"), [("/place?id=none", 404), ("/post?id=post-withdrawn", 410)])
def test_what_there_is_not_is_said_all_the_same(store, full, address, status):
    """Full or not, a place that there is not is a 404, and a post that was taken back a 410."""
    people.kept(store, PostState.WITHDRAWN, id="post-withdrawn", facts=people.facts("しるしの会"), live_at=NOW)
    answer = full().get(address)
    assert answer.status_code == status
    assert "しるしの会" not in answer.text


def test_a_strange_address_harms_nothing(full):
    """Signs in the query stay text."""
    text = full().get('/?q="><script>top.pwned=1</script>&x=\'"><b>').text
    assert FULL in text
    assert "<script>top" not in text
    assert "<b>" not in text.split("<h1")[0].replace("<bdi>", "")


def test_everything_else_answers_as_ever(full):
    """Plain pages, files, map data and health are not what is full."""
    visitor = full()
    for path in (
        "/healthz",
        "/ja/99901/",
        "/sign-in",
        "/assets/plain.css",
        "/map/kinds?municipality=99901",
        "/robots.txt",
    ):
        assert visitor.get(path).status_code == 200, path


def test_zipped_and_without_a_body(full):
    """A browser that unzips gets it zipped; HEAD gets the same head."""
    visitor = full()
    answer = visitor.get("/", **{"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert FULL in answer.text
    assert len(gzip.compress(answer.content, 1)) < 12_000
    assert visitor.browser.head("/").status_code == 503


def test_without_a_limit_nothing_is_full(set_up):
    """0 counts nobody."""
    set_up(sessions=0)
    visitor = Visitor()
    assert {visitor.get("/").status_code for _ in range(5)} == {200}


def test_no_limit_is_below_zero():
    """A number that cannot be is refused by its name."""
    with pytest.raises(SettingError) as raised:
        Settings(sessions=-1)
    assert "sessions" in say_error(raised.value)


def test_in_a_disaster_the_front_page_needs_no_seat(store, full):
    """The way to the evacuation page is answered full or not; the usual front page is the evacuation page when full."""
    disaster.switch(store, STAFF, town.CODE, NOW, on=True)
    visitor = full()
    assert visitor.get("/").headers["location"] == "./ja/99901/evacuation/"
    answer = visitor.get(f"/?{front.USUAL}=1")
    assert answer.status_code == 503
    assert '<base href="./ja/99901/evacuation/">' in answer.text
    assert "災害対応中" in answer.text


def test_a_websocket_beyond_the_limit_never_reaches_the_app(set_up):
    """It is closed before it is accepted, and leaves no count behind; others of the app's are not counted."""
    set_up(sessions=1)
    reached, said = [], []

    async def app(scope, _receive, _send):
        reached.append(scope["path"])

    async def send(message):
        said.append(message)

    async def go():
        admission = Admission(app)
        assert admission.seats.take("somebody", 1)
        for path in ("/_stcore/stream", "/other"):
            await admission({"type": "websocket", "path": path, "headers": []}, None, send)
        assert admission.seats.taken == 1
        admission.seats.leave("somebody")
        await admission({"type": "websocket", "path": "/_stcore/stream", "headers": []}, None, send)
        assert admission.seats.taken == 0

    # A thread of its own: in this one a browser's loop may run already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(go())).result()
    assert said == [{"type": "websocket.close", "code": 1013, "reason": ""}]
    assert reached == ["/other", "/_stcore/stream"]
