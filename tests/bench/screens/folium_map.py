"""The same filter and map by folium and streamlit-folium as their guides show it; it is run by ``streamlit run``.

Its arguments are the way, the places' file, and where the map opens. It does no more than it must, in its favour:
a name to hover over and to press on as the portal's signs have, but no tiles, no pictures of kinds, no answers from
the map, and only those of folium's scripts that are needed, from this machine.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import folium
import pandas as pd
import streamlit as st
from folium.plugins import FastMarkerCluster, MarkerCluster
from streamlit_folium import st_folium

if TYPE_CHECKING:
    from folium.map import Layer

WAY, FILE, LAT, LON, ZOOM = sys.argv[1:]
STATIC = "/app/static"
TITLED = "function (row) { return L.marker([row[0], row[1]], {title: row[2]}).bindPopup(row[2]); }"

folium.Map.default_js = [("leaflet", f"{STATIC}/leaflet.js"), ("before", f"{STATIC}/before.js")]
folium.Map.default_css = [("leaflet", f"{STATIC}/leaflet.css")]
MarkerCluster.default_js = [("cluster", f"{STATIC}/leaflet.markercluster.js")]
MarkerCluster.default_css = [
    ("cluster", f"{STATIC}/MarkerCluster.css"),
    ("cluster_default", f"{STATIC}/MarkerCluster.Default.css"),
]


@st.cache_data
def read() -> pd.DataFrame:
    """The places: lat, lon, name, free."""
    return pd.read_csv(FILE)


def layer(places: pd.DataFrame) -> Layer:
    """The places on the map, in one of the three ways."""
    rows = places[["lat", "lon", "name"]].to_numpy().tolist()
    if WAY == "FastMarkerCluster":
        return FastMarkerCluster(rows, callback=TITLED)
    group = MarkerCluster() if WAY == "MarkerCluster" else folium.FeatureGroup()
    for lat, lon, name in rows:
        folium.Marker([lat, lon], tooltip=name, popup=name).add_to(group)
    return group


st.set_page_config(layout="wide")
places = read()
if st.checkbox("無料"):
    places = places[places["free"]]
made = folium.Map([float(LAT), float(LON)], zoom_start=int(ZOOM), tiles=None)
made.options["max_zoom"] = 18  # without tiles there is none, and clusters need one
layer(places).add_to(made)
st_folium(made, key="map", height=620, use_container_width=True, returned_objects=[])
