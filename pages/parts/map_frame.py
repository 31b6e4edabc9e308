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
from folium.elements import MacroElement
from jinja2 import Template

from pages.server import assets

if TYPE_CHECKING:
    from collections.abc import Mapping

UP: Final = "../.."
"""From the frame's address up to the portal's: relative, so that a base path survives."""
SCRIPTS: Final = ("before.js", "signs.js", "places.js", "outlines.js", "controls.js", "viewport_layer.js")
JAPAN: Final = (36.0, 138.0)
COMPONENT: Final = streamlit_folium._component_func  # noqa: SLF001  # its only handle
HOLE: Final = "0wishes0"
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


class Wishes(MacroElement):
    """The place of the wishes in the frame's header, where the portal's layer reads them anew on every run."""

    _template = Template(f'{{% macro header(this, kwargs) %}}<meta name="ibasho-map" content="{HOLE}">{{% endmacro %}}')


def draw(wishes: Mapping[str, Any], key: str, height: int) -> Any:  # noqa: ANN401  # whatever the browser sends
    """Draw the map with ``wishes``, ``height`` screen points high; what the frame told of, as ``st_folium`` gives it.

    That would render the same map on each run, for which folium compiles ten templates: here it is rendered once.
    """
    data = base64.urlsafe_b64encode(json.dumps(wishes, ensure_ascii=True).encode()).decode().rstrip("=")
    parts = rendered()
    header = parts["header"].replace(HOLE, data)
    told = streamlit_folium.generate_js_hash(parts["script"], key)
    return COMPONENT(**parts | {"header": header}, key=told, height=height)


def build() -> PortalMap:
    """The map, with the place of the wishes in its header."""
    made = PortalMap(location=JAPAN, zoom_start=5, tiles=None, zoom_control=False)
    ViewportLayer().add_to(made)
    Wishes().add_to(made)
    return made


@cache
def rendered() -> dict[str, Any]:
    """What ``st_folium`` would send to its frame, but for key and height; ``HOLE`` stands for the wishes."""
    made = build()
    made.get_root().render()
    # No public function gives these as they are sent; a test holds them to be what st_folium sends, another in a
    # browser that the script is what runs there.
    html, header = streamlit_folium._get_html(made), streamlit_folium._get_header(made)  # noqa: SLF001  # as said above
    return {
        "script": streamlit_folium._get_map_string(made),  # noqa: SLF001  # as said above
        "header": header,
        "html": html,
        "id": streamlit_folium.get_full_id(made),
        "width": None,
        "returned_objects": [],
        "default": {},
        "zoom": None,
        "center": None,
        "feature_group": None,
        "return_on_hover": False,
        "layer_control": None,
        "pixelated": False,
        "css_links": [address for _, address in PortalMap.default_css],
        "js_links": [address for _, address in PortalMap.default_js],
        "wrap_longitude": False,
    }


@cache
def script_hash() -> str:
    """The map's inline script as a source of a Content-Security-Policy."""
    script = rendered()["script"] + START
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
