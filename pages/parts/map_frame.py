"""The one folium map: the same script on every screen and every run, so that the browser can check it by its hash.

What differs (where to look, what to fetch) comes to its frame as data, in the alphabet of base64url: a text of
anybody's never stands in a script, and the frame needs neither ``unsafe-inline`` nor ``unsafe-eval``.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

import folium
import streamlit_folium
from branca.element import Element
from folium.elements import MacroElement
from jinja2 import Template
from streamlit.runtime import get_instance

from pages.server import assets

if TYPE_CHECKING:
    from collections.abc import Mapping

UP: Final = "../.."
"""From the frame's address up to the portal's: relative, so that a base path survives."""
SCRIPTS: Final = ("before.js", "signs.js", "places.js", "outlines.js", "controls.js", "viewport_layer.js")
JAPAN: Final = (36.0, 138.0)
START: Final = "window.map = map_div; window.initComponent(map_div, false);"
"""What streamlit-folium's own script puts after a map's."""


class PortalMap(folium.Map):
    """folium's map with Leaflet from this server, without jQuery, Bootstrap and the rest."""

    default_js: ClassVar = [
        ("before", UP + assets.address("map/before.js")),
        ("leaflet", UP + assets.leaflet_address("leaflet.js")),
        *((name, UP + assets.address(f"map/{name}")) for name in SCRIPTS[1:]),
    ]
    default_css: ClassVar = [
        ("leaflet", UP + assets.leaflet_address("leaflet.css")),
        ("ours", UP + assets.address("map/map.css")),
    ]


class ViewportLayer(MacroElement):
    """The portal's own layer: it fetches and draws what is in view (``pages/assets/map``)."""

    _template = Template("{% macro script(this, kwargs) %}ibasho.attach({{ this._parent.get_name() }});{% endmacro %}")


def build(wishes: Mapping[str, Any]) -> PortalMap:
    """The map, with ``wishes`` in its header, where its layer reads them anew on every run."""
    made = PortalMap(location=JAPAN, zoom_start=5, tiles=None, zoom_control=False)
    ViewportLayer().add_to(made)
    data = base64.urlsafe_b64encode(json.dumps(wishes, ensure_ascii=True).encode()).decode().rstrip("=")
    made.get_root().header.add_child(Element(f'<meta name="ibasho-map" content="{data}">'))
    return made


@cache
def script_hash() -> str:
    """The map's inline script as a source of a Content-Security-Policy."""
    # No public function gives the script as it stands in the frame; a test in a browser holds this to be it.
    script = streamlit_folium._get_map_string(build({})) + START  # noqa: SLF001  # as said above
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def register() -> None:
    """Make the frame's files known to the running server.

    Streamlit does so only when a screen is the first to import streamlit-folium.
    """
    get_instance().component_registry.register_component(streamlit_folium._component_func)  # noqa: SLF001  # its only handle
