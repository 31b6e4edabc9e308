"""The portal's map under one filter, with nothing else on the screen."""

from __future__ import annotations

import streamlit as st

from pages.parts import map as area_map
from portal.query import Query, to_params
from tests.bench.made_places import TOWN, WARD

st.set_page_config(layout="wide")
query = Query(TOWN, free=st.checkbox("無料"))
area_map.show(
    "map",
    centre=WARD.centre,
    zoom=WARD.zoom,
    params=to_params(query),
    layer="elementary",
    language="ja",
    height=620,
)
