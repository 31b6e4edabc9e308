"""The portal's own addresses, which come before Streamlit's."""

from __future__ import annotations

from typing import Final

from starlette.routing import Mount, Route

from pages.feeds import hsds, oembed
from pages.plain import answering
from pages.server import (
    addresses,
    assets,
    health,
    index_page,
    map_districts,
    map_kinds,
    map_places,
    photos,
    post_calendar,
)
from pages.server.plain_routes import PLAIN

ROUTES: Final = (
    Route("/healthz", health.answer),
    Route("/map/places", map_places.answer),
    Route("/map/districts", map_districts.answer),
    Route("/map/kinds", map_kinds.answer),
    Route(post_calendar.ADDRESS, post_calendar.answer),
    Route("/photos/{name}", photos.answer),
    *PLAIN,
    *answering.ROUTES,
    *oembed.ROUTES,
    *hsds.ROUTES,
    Mount("/assets", assets.CachedFiles(directory=assets.OURS)),
    Mount("/leaflet", assets.CachedFiles(directory=assets.LEAFLET)),
    Route("/", index_page.answer),
    Route(f"/{addresses.SCREENS[0]}", index_page.to_front),
    *(Route(f"/{screen}", index_page.answer) for screen in addresses.SCREENS[1:]),
)
