"""``/map/places``."""

from __future__ import annotations

import pytest

from pages.server import params
from portal.viewport import MOST_SPOTS
from tests.pages.server.conftest import TOWN, put_place

ALL = f"/map/places?bbox=134.9,33.9,135.2,34.2&zoom=14&municipality={TOWN}"


def test_gives_the_places_in_view(client):
    """The answer is GeoJSON: each place in the rectangle with what the map needs, and how many there are."""
    answer = client.get(f"/map/places?bbox=135.0,34.0,135.01,34.01&zoom=14&municipality={TOWN}")
    assert answer.headers["content-type"] == "application/geo+json"
    found = answer.json()
    assert (found["type"], found["total"], found["clustered"]) == ("FeatureCollection", 3, False)
    assert found["features"][0] == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [135.002, 34.005]},
        "properties": {"id": "p0", "name": "サロン0", "kind": "elderly_salon", "sample": False, "precision": "exact"},
    }


def test_gathers_what_is_too_much(client, store):
    """Above the most that is drawn one by one, clusters come instead, and their counts add up to the total."""
    store.apply([change for number in range(100, 101 + MOST_SPOTS) for change in put_place(number, number % 50 / 25)])
    found = client.get(ALL).json()
    assert found["clustered"] is True
    assert sum(item["properties"]["count"] for item in found["features"]) == found["total"] == MOST_SPOTS + 6
    assert all(item["properties"]["cluster"] is True for item in found["features"])


def test_takes_the_parameters_of_find(client):
    """The same words that filter the list filter the map."""
    assert client.get(f"{ALL}&q=サロン3").json()["total"] == 1
    assert client.get(f"{ALL}&layer=elementary&district=d0").json()["total"] == 3
    assert client.get(f"{ALL}&kind=facility").json()["total"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "bbox=1,2,3&zoom=1",
        "bbox=a,b,c,d&zoom=1",
        "bbox=nan,0,1,1&zoom=1",
        "bbox=0,0,1e999,1&zoom=1",
        "bbox=1,1,0,0&zoom=1",
        "bbox=0,0,1,1&zoom=25",
        "bbox=0,0,1,1&zoom=x",
        "bbox=0,0,1,1&zoom=1&day=2月30日",
        "bbox=0,0,1,1&zoom=1&near=east",
        "bbox=0,0,1,1&zoom=1&q=" + "+".join("abcdefghi"),
        "bbox=0,0,1,1&zoom=1&q=" + "x" * params.MOST_CHARACTERS,
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_says_what_it_cannot_read(client, query, language):
    """A parameter that cannot be read is a 400 with one sentence in the reader's language."""
    answer = client.get(f"/map/places?municipality={TOWN}&{query}", headers={"accept-language": language})
    assert answer.status_code == 400
    assert answer.json()["error"].isascii() is (language == "en") or "“" in answer.json()["error"]


def test_knows_its_municipalities(client):
    """A municipality that the portal does not serve is a 404, a missing one a 400."""
    assert client.get("/map/places?bbox=0,0,1,1&zoom=1&municipality=00000").status_code == 404
    assert client.get("/map/places?bbox=0,0,1,1&zoom=1").status_code == 400


def test_hands_names_on_to_the_letter(client, store):
    """A name that would run as a script elsewhere comes as it is, as JSON, and is not to be taken for a page."""
    name = "</script><img src=x onerror=alert(1)>${1}`\u2028"
    store.apply(put_place(50, 0.5, name))
    answer = client.get(ALL)
    assert name in [item["properties"]["name"] for item in answer.json()["features"]]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_is_not_sent_twice(client, store):
    """What a browser already has is not sent again, until something changed."""
    first = client.get(ALL)
    tag = {"if-none-match": first.headers["etag"]}
    assert client.get(ALL, headers=tag).status_code == 304
    store.apply(put_place(60, 0.5))
    assert client.get(ALL, headers=tag).json()["total"] == 6
