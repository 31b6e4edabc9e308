"""The page for frames on other sites, who may frame what, and oEmbed."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from pages.plain import paths, sorts
from pages.server import headers
from portal import disaster
from portal.clock import today
from portal.model.post import PostKind, PostState
from portal.model.schedule import Rule, Schedule
from portal.store import Put
from tests import town
from tests.pages.forms.conftest import BASE
from tests.portal import people
from tests.portal.people import NOW, STAFF

DISTRICT = f"{town.CODE}-elementary-aa3e4c9e"
EMBED = f"/ja/{town.CODE}/embed/"
PRIVATE = tuple(state for state in PostState if state not in {PostState.LIVE, PostState.CANCELLED})


@pytest.fixture
def soon():
    """A date in two days."""
    return Schedule((Rule(datetime.combine(today() + timedelta(days=2), time(10)), 90),))


@pytest.fixture
def district(store):
    """The address of a frame for a district with an id that an address can bear."""
    known = replace(next(item for item in town.districts() if item.name == "西小"), id=DISTRICT)
    store.apply([Put(known)])
    return f"/ja/{town.CODE}/district/{DISTRICT}/embed/"


def test_the_week_stands_in_it(store, visit, soon):
    """What is on leads to its page in a window of its own; there is no head, no foot and no script of the portal."""
    post = people.kept(store, PostState.LIVE, facts=people.facts("金曜の集い", schedule=soon), live_at=NOW)
    text = visit().get(EMBED).text
    day = (today() + timedelta(days=2)).isoformat()
    assert f'<a href="../post/{post.id}/{day}/" target="_blank" rel="noopener">' in text
    assert "金曜の集い" in text
    assert not re.search(r"<(?:header|footer|nav|script|form)\b", text)
    assert all('target="_blank" rel="noopener"' in link for link in re.findall(r"<a [^>]*>", text))
    assert 'name="robots" content="noindex"' in text
    assert f'rel="canonical" href="{BASE}/ja/{town.CODE}/"' in text
    assert len(text.encode()) < 30_000


@pytest.mark.parametrize("state", PostState)
def test_only_what_is_public_stands_in_it(store, visit, soon, district, state):
    """A post that not everybody sees is in no frame and no oEmbed answer; one that is called off is struck through."""
    post = people.kept(store, state, facts=people.facts("しるしの会", schedule=soon), live_at=NOW)
    shown = [visit().get(path).text for path in (EMBED, district)]
    assert ("しるしの会" in shown[0]) is (state not in PRIVATE)
    assert ("<s>" in shown[0]) is (state is PostState.CANCELLED)
    assert "しるしの会" not in shown[1]
    answer = oembed(visit, f"/ja/{town.CODE}/post/{post.id}/")
    assert answer.status_code == (404 if state in PRIVATE else 200)
    assert ("しるしの会" in answer.text) is (state not in PRIVATE)


def test_help_between_residents_names_nobody(store, visit, soon):
    """Of help that is wanted neither the group nor the spot is told to other sites."""
    spot = replace(people.pin(), name="ひみつの場所")
    facts = people.facts("庭の手入れ", kind=PostKind.HELP_WANTED, where=spot, schedule=soon)
    post = people.kept(store, PostState.LIVE, facts=facts, live_at=NOW)
    for text in (visit().get(EMBED).text, oembed(visit, f"/ja/{town.CODE}/post/{post.id}/").text):
        assert "ひみつの場所" not in text
        assert "ひだまりの会" not in text


def test_frames_for_other_sites_and_no_others(store, visit, district):
    """Exactly these addresses may be framed anywhere, and only where there is a page."""
    for path in (EMBED, f"/en/{town.CODE}/embed/", district):
        answer = visit().get(path)
        assert answer.status_code == 200
        assert "x-frame-options" not in answer.headers
        assert answer.headers["content-security-policy"].endswith("frame-ancestors *")
    etag = visit().get(EMBED).headers["etag"]
    assert "x-frame-options" not in visit().get(EMBED, **{"if-none-match": etag}).headers
    for path in (f"/ja/{town.CODE}/", f"/ja/{town.CODE}/embed", "/ja/00000/embed/", "/sign-in", "/queue", "/ja/"):
        answer = visit().get(path)
        assert answer.headers["x-frame-options"] == "DENY", path
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_two_sorts_may_be_framed():
    """No sort of page becomes one that other sites frame without this test knowing."""
    example = {"lang": "ja", "code": "99901", "id": "x", "layer": "elementary", "kind": "salon", "hazard": "flood"}
    example |= {"day": "2026-12-08", "month": "2026-12", "zoom": "12", "photo": f"{'a' * 64}.jpg"}
    found = {name for name in sorts.SORTS if headers.framed("/" + paths.path(name, **example))}
    assert found == {"embed", "embed_district"}


def test_the_snippet_is_what_shows_it(visit):
    """The town's page offers an element without a script, with the whole address of the page for frames."""
    text = visit().get(f"/ja/{town.CODE}/").text
    snippet = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)[1])
    assert snippet.startswith(f'<iframe src="{BASE}{EMBED}" title="')
    assert "script" not in snippet


def test_a_name_cannot_leave_the_snippet(store, visit):
    """Whatever a municipality is called, the snippet stays one element, and so does oEmbed's."""
    bad = '町"><script>top.pwned=1</script>'
    store.apply([Put(replace(town.municipality(), name=bad))])
    snippet = html.unescape(
        re.search(r"<textarea[^>]*>(.*?)</textarea>", visit().get(f"/ja/{town.CODE}/").text, re.DOTALL)[1]
    )
    for code in (snippet, oembed(visit, f"/ja/{town.CODE}/").json()["html"]):
        assert len(re.findall("<[^>]*>", code)) == 2
        assert "<script" not in code


def test_in_a_disaster_it_says_so(store, visit, soon):
    """The frame then holds the line with the way to the sites, and no cards of daily life."""
    people.kept(store, PostState.LIVE, facts=people.facts("金曜の集い", schedule=soon), live_at=NOW)
    disaster.switch(store, STAFF, town.CODE, NOW, on=True)
    text = visit().get(EMBED).text
    assert "災害対応中" in text
    assert '<a href="../evacuation/" target="_blank"' in text
    assert "金曜の集い" not in text


def oembed(visit, path, **params):
    """What another site is told that asks for the page at ``path``."""
    address = path if "://" in path else BASE + path
    more = "".join(f"&{name}={value}" for name, value in params.items())
    return visit().get(f"/oembed?url={quote(address, safe='')}{more}", accept="application/json")


def test_a_town_is_shown_in_a_frame(visit, district):
    """Municipalities, districts and their frames are rich, no larger than there is room; any site may ask."""
    for path in (f"/ja/{town.CODE}/", EMBED, district, district.removesuffix("embed/")):
        answer = oembed(visit, path, maxwidth=320, maxheight=200)
        told = answer.json()
        assert (told["type"], told["version"], told["width"], told["height"]) == ("rich", "1.0", 320, 200)
        assert f'<iframe src="{BASE}{path.removesuffix("embed/")}embed/"' in told["html"]
        assert answer.headers["access-control-allow-origin"] == "*"
    assert oembed(visit, EMBED).json()["width"] == 600


def test_any_other_page_is_a_link(store, visit):
    """A place is told by its title alone, in both formats alike."""
    store.apply([Put(town.place("salon", "ひだまり<サロン>&"))])
    told = oembed(visit, f"/ja/{town.CODE}/place/salon/").json()
    assert (told["type"], told["title"]) == ("link", "ひだまり<サロン>&")
    assert "html" not in told
    answer = oembed(visit, f"/ja/{town.CODE}/place/salon/", format="xml")
    assert answer.headers["content-type"].startswith("text/xml")
    assert {item.tag: item.text for item in ET.fromstring(answer.content)}["title"] == "ひだまり<サロン>&"  # noqa: S314  # our own


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("", 400),
        ("x" * 3000, 400),
        ("https://evil.example/ja/99901/", 404),
        (f"{BASE}.evil.example/ja/99901/", 404),
        ("https://user@ibasho.example/ja/99901/", 404),
        ("javascript:alert(1)", 404),
        ("https://[x/ja/", 404),
        (f"{BASE}/queue?municipality=99901", 404),
        (f"{BASE}/ja/00000/", 404),
        (f"{BASE}/ja/99901/place/none/", 404),
        (f"{BASE}/feeds/99901/calendar.ics", 404),
        (f"{BASE}/ja/99901/../../queue", 404),
        (f"{BASE}/robots.txt", 404),
    ],
)
def test_what_is_no_public_page_is_not_told_of(visit, address, status):
    """Other sites, pages of the office, files and what there is not: one answer, that there is nothing."""
    answer = oembed(visit, address) if "://" in address else visit().get(f"/oembed?url={address}", accept="*/*")
    assert answer.status_code == status
    assert set(json.loads(answer.text)) == {"error"}


def test_what_cannot_be_asked_for(visit):
    """Another format is a 501 as oEmbed wants it, a size that is none a 400."""
    path = f"/ja/{town.CODE}/"
    assert oembed(visit, path, format="yaml").status_code == 501
    for size in ("-1", "0", "many", "1e9", "9999999"):
        assert oembed(visit, path, maxwidth=size).status_code == 400


def test_pages_tell_where_to_ask(store, visit):
    """Each page for people names its oEmbed address in its head, which answers; pages for machines do not."""
    store.apply([Put(town.place("salon"))])
    for path in (f"/ja/{town.CODE}/", f"/ja/{town.CODE}/place/salon/"):
        found = re.search(r'type="application/json\+oembed" title="[^"]*" href="([^"]*)"', visit().get(path).text)
        answer = visit().get(html.unescape(found[1]).removeprefix(BASE), accept="application/json")
        assert answer.json()["version"] == "1.0"
    assert "oembed" not in visit().get(EMBED).text


def test_it_is_not_sent_twice(visit):
    """Who has the answer already hears that nothing changed."""
    path = f"/ja/{town.CODE}/"
    etag = oembed(visit, path).headers["etag"]
    assert visit().get(f"/oembed?url={quote(BASE + path, safe='')}", **{"if-none-match": etag}).status_code == 304
