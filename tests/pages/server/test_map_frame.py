"""What goes into the map's frame, and what may come back."""

from __future__ import annotations

import base64
import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import map_frame
from pages.parts.map import MapClick, read
from portal.model.position import Point

HARM = "${alert(1)}`</script>{{7*7}}{% endmacro %}\u2028\\"


def both():
    """A script that draws the map twice: as the portal does, and as streamlit-folium does by itself."""
    from streamlit_folium import st_folium  # noqa: PLC0415  # a script of its own

    from pages.parts import map_frame  # noqa: PLC0415  # a script of its own

    map_frame.draw({"params": {"q": "${alert(1)}`</script>{{7*7}}{% endmacro %}\u2028\\"}}, "ours", 400)
    st_folium(map_frame.build(), key="theirs", height=400, returned_objects=[], use_container_width=True)


@pytest.fixture(scope="module")
def sent():
    """What the frame is sent by the portal, and what it would be sent by streamlit-folium."""
    screen = AppTest.from_function(both).run()
    assert not screen.exception
    return [json.loads(item.proto.json_args) for item in screen.get("component_instance")]


def test_it_is_what_streamlit_folium_sends(sent):
    """Rendered once and sent often: nothing differs from st_folium's own but the wishes and the key."""
    ours, theirs = sent
    header = re.sub(r'(?<=name="ibasho-map" content=")[^"]*', map_frame.HOLE, ours["header"])
    assert {**ours, "header": header, "key": ""} == {**theirs, "key": ""}


def test_wishes_travel_as_data(sent):
    """The wishes come out of the header as they went in, in an alphabet that no template and no page reads."""
    found = re.search(r'<meta name="ibasho-map" content="([A-Za-z0-9_-]+)">', sent[0]["header"])[1]
    assert json.loads(base64.urlsafe_b64decode(found + "=" * (-len(found) % 4))) == {"params": {"q": HARM}}
    assert "alert" not in sent[0]["script"]


def test_the_frame_loads_from_the_portal_alone():
    """Every script and style of the map has a relative address of the portal's own folders."""
    links = [*map_frame.PortalMap.default_js, *map_frame.PortalMap.default_css]
    assert all(re.match(r"\.\./\.\./(assets/map|leaflet)/[a-z_.]+\?v=", address) for _, address in links)


@pytest.mark.parametrize(
    ("sent", "click"),
    [
        ({"place": "p1"}, MapClick(place="p1")),
        ({"place": "p1", "details": True}, MapClick(place="p1", details=True)),
        ({"district": "d1", "point": [135.4, 34.6]}, MapClick(district="d1", point=Point(135.4, 34.6))),
        ({"point": [135.4, 34.6]}, MapClick(point=Point(135.4, 34.6))),
        ({"point": [1000, 34.6]}, None),
        ({"point": [float("nan"), 34.6]}, None),
        ({"point": [1, 2, 3]}, None),
        ({"point": "ab"}, None),
        ({"place": 7}, None),
        ({"place": "x" * 10_000}, None),
    ],
)
def test_reads_what_a_browser_sends(sent, click):
    """A press is read as a place, a district or a point; whatever else is sent is nothing."""
    assert read(sent) == click
