"""What goes into the map's frame, and what may come back."""

from __future__ import annotations

import base64
import json
import re

import pytest
import streamlit_folium

from pages.parts import map_frame
from pages.parts.map import MapClick, read
from portal.model.position import Point

HARM = "${alert(1)}`</script>{{7*7}}{% endmacro %}\u2028\\"


def test_the_script_is_the_same_whatever_is_wished():
    """What is searched for never stands in the script: it is one script for all, which its hash allows."""
    scripts = {streamlit_folium._get_map_string(map_frame.build({"params": {"q": text}})) for text in ("", HARM)}  # noqa: SLF001  # what the frame runs
    assert len(scripts) == 1
    assert "alert" not in scripts.pop()


def test_wishes_travel_as_data():
    """The wishes come out of the header as they went in, in an alphabet that no template and no page reads."""
    wishes = {"params": {"q": HARM}, "centre": [34.6, 135.4], "layer": "小学校区"}
    header = map_frame.build(wishes).get_root().header.render()
    found = re.search(r'<meta name="ibasho-map" content="([A-Za-z0-9_-]+)">', header)[1]
    assert json.loads(base64.urlsafe_b64decode(found + "=" * (-len(found) % 4))) == wishes


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
