"""What holds for every answer: headers, Host, Origin, languages, addresses, health, errors."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from starlette.websockets import WebSocketDisconnect

from pages import wiring
from pages.parts import base_map, map_frame
from pages.server import addresses, assets, index_page
from portal.settings import BASEMAPS
from tests.pages.server.conftest import TOWN, forget

EVERYTHING = [
    "/",
    "/healthz",
    f"/map/kinds?municipality={TOWN}",
    "/map/places",
    "/nowhere",
    "/leaflet/leaflet.js",
    "/component/streamlit_folium.st_folium/index.html",
    "/static/js/x.js",
]


@pytest.mark.parametrize("address", EVERYTHING)
def test_bears_the_security_headers(client, address):
    """Every answer, an error too, says what may run, be framed and be sniffed."""
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/]{43}='", policy["script-src"])
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["frame-ancestors"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert "geolocation=(self)" in headers["permissions-policy"]
    assert headers["referrer-policy"]


def test_the_map_frame_has_the_hash_of_its_own_script(client):
    """The frame of the map may run one inline script, which is not the pages'."""
    policies = [client.get(address).headers["content-security-policy"] for address in (EVERYTHING[0], EVERYTHING[6])]
    assert index_page.script_hash() in policies[0]
    assert map_frame.script_hash() in policies[1]
    assert policies[0] != policies[1]


def test_only_a_base_map_opens_the_policy():
    """Only with a base map is there an origin outside, that of 国土地理院."""
    assert {name: base_map.origin(name) for name in BASEMAPS} == {"none": ""} | dict.fromkeys(
        ("pale", "std", "blank"), "https://cyberjapandata.gsi.go.jp"
    )
    assert base_map.tiles("none") is None
    assert base_map.tiles("pale")["url"].startswith(base_map.origin("pale") + "/xyz/pale/")


@pytest.mark.parametrize("host", ["", "a b", "evil.example/x", "x@y", "a:b", "a" * 300, "[::1", "x:123456"])
def test_refuses_a_strange_host(client, host):
    """A Host that is no name and port is a 400."""
    assert client.get("/healthz", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["ibasho.example", "127.0.0.1:8501", "[::1]:8501", "localhost"])
def test_takes_a_sound_host(client, host):
    """Names, addresses and ports are sound."""
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_refuses_other_sites(client):
    """A page of another site can neither open the websocket nor post."""
    foreign = {"origin": "https://evil.example"}
    assert client.post("/_stcore/upload_file/x", headers=foreign).status_code == 403
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers=foreign):
        pytest.fail("it was let in")
    assert client.get("/healthz", headers=foreign).status_code == 200


@pytest.mark.parametrize(
    ("address", "accept", "language"),
    [
        ("/", "", "ja"),
        ("/", "en-GB,en;q=0.9,ja;q=0.1", "en"),
        ("/", "fr,de", "ja"),
        ("/?lang=en", "ja", "en"),
        ("/?lang=xx", "en", "en"),
    ],
)
def test_speaks_the_readers_language(client, address, accept, language):
    """The page's ``lang`` is the language asked for, else the browser's, else Japanese."""
    text = client.get(address, headers={"accept-language": accept}).text
    assert f'<html lang="{language}">' in text
    assert ("built_in_words.js" in text) is (language == "ja")


def test_follows_the_operators_language(client, monkeypatch):
    """A browser that wants neither language gets the one of the setting."""
    monkeypatch.setenv("PORTAL_LANGUAGE", "en")
    forget()
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "fr"}).text
    assert '<html lang="ja">' in client.get("/", headers={"accept-language": "fr,ja;q=0.2"}).text
    monkeypatch.undo()
    forget()


def test_the_page_is_the_portals(client):
    """Title, description and words for no script are the portal's; nothing of Streamlit's own is offered."""
    text = client.get("/").text
    assert "<title>いばしょ</title>" in text
    assert '<meta name="description" content="いばしょ: ' in text
    assert "JavaScript を有効に" in text
    assert "_stcore/agent" not in text
    assert "<title>Streamlit" not in text
    inline = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = ["sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    assert hashes == [index_page.script_hash()]


@pytest.mark.parametrize("address", ["/nowhere", "/find/more", "/map", "/map/else", "/wiring", "/static", "/.env"])
def test_what_is_not_there_is_a_404(client, address):
    """An address that does not exist is a page that says so and leads back."""
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert '<html lang="en">' in answer.text
    assert 'href="/?lang=en"' in answer.text


def test_every_screen_has_an_address(client):
    """Each screen of the frame answers at its name, the first at the front."""
    assert {"find", "place", "districts", "evacuation"} <= set(addresses.SCREENS)
    for screen in addresses.SCREENS:
        assert client.get(f"/{screen}?municipality={TOWN}").status_code == 200


def test_files_are_kept_by_browsers(client):
    """A file whose address names its version is kept for good, any other is asked for again."""
    for address in (assets.address("map/map.css"), assets.leaflet_address("leaflet.js")):
        assert "immutable" in client.get(address).headers["cache-control"]
        assert client.get(address.split("?")[0]).headers["cache-control"] == "no-cache"


def test_says_that_it_is_well(client, store):
    """Health is a 200 with the version of the data."""
    assert client.get("/healthz").json() == {"ok": True, "version": store.data_version()}


def test_says_that_it_is_not_well(client, tmp_path, monkeypatch):
    """A store that cannot be opened is a 503 in general words, for health and for the map."""
    (tmp_path / wiring.FILE).write_bytes(b"no database" * 1000)
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))
    forget()
    for address in ("/healthz", f"/map/kinds?municipality={TOWN}"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "duckdb" not in answer.text.lower()
        assert str(tmp_path) not in answer.text
    monkeypatch.undo()
    forget()
