"""``/map/districts`` and ``/map/kinds``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.store import Put
from tests.pages.server.conftest import TOWN, district, put_place

ASKED = f"/map/districts?municipality={TOWN}&layer=elementary"


def test_gives_outlines_with_their_numbers(client):
    """Each district comes with its names, whether it is approximate, its number of places and its class."""
    found = client.get(f"{ASKED}&zoom=14").json()
    first, second = (item["properties"] for item in found["features"])
    assert first | {"at": None} == {
        "id": "d0",
        "name": "第0小",
        "name_en": "School 0",
        "approximate": False,
        "at": None,
        "count": 3,
        "share": 0.6,
        "level": 2,
    }
    assert (second["approximate"], second["count"], second["level"]) == (True, 1, 1)
    assert (found["total"], found["outside"], found["classes"]) == (5, 1, [[1, 1], [3, 3]])
    assert found["credits"] == ["試験の図"]


def test_counts_what_the_query_finds(client):
    """The parameters of Find narrow the numbers, not the outlines."""
    found = client.get(f"{ASKED}&q=サロン3").json()
    assert [item["properties"]["count"] for item in found["features"]] == [0, 1]


def test_neighbours_share_their_border(client):
    """Every corner on the common border stands in both outlines, at every zoom step."""
    for zoom in (6, 10, 14, 18):
        rings = [
            {tuple(corner) for corner in item["geometry"]["coordinates"][0][0]}
            for item in client.get(f"{ASKED}&zoom={zoom}").json()["features"]
        ]
        assert len(rings[0] & rings[1]) >= 2


def test_leaves_out_districts_of_other_days(client, store):
    """A district that is no more is not drawn."""
    store.apply([Put(replace(district(1), last_day=date(2020, 3, 31)))])
    assert [item["id"] for item in _properties(client)] == ["d0"]


def test_is_named_by_its_content(client, store):
    """The answer is zipped, comes once, and gets another name when its content changes."""
    first = client.get(ASKED, headers={"accept-encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    again = client.get(ASKED, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    store.apply(put_place(70, 0.5))
    assert client.get(ASKED).headers["etag"] != first.headers["etag"]


def test_knows_its_layers(client):
    """An unknown layer or municipality is a 404 and says so; an unreadable zoom step is a 400."""
    for asked, status in (
        (f"municipality={TOWN}&layer=nowhere", 404),
        ("municipality=00000&layer=elementary", 404),
        (f"municipality={TOWN}&layer=elementary&zoom=near", 400),
    ):
        answer = client.get(f"/map/districts?{asked}")
        assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_gives_the_signs_of_kinds(client):
    """A kind's sign and names come by its key, and the words of the map in the language asked for."""
    found = client.get(f"/map/kinds?municipality={TOWN}&lang=en").json()
    assert found["kinds"]["elderly_salon"] == {
        "ja": "高齢者サロン",
        "en": "Salon",
        "colour": "#7a3e9d",
        "shape": "circle",
        "letter": "高",
        "evacuation": False,
    }
    assert found["words"]["close"] == "Close"


def _properties(client):
    return [item["properties"] for item in client.get(ASKED).json()["features"]]
