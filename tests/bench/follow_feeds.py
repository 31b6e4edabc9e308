"""Feeds of a town with ten thousand events: by the portal, by nginx from the twin's file, and by the peers.

A feed is made anew once a minute or when something changed, and is kept in between; what that takes is said, too.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import httpx

from pages.plain import paths
from tests.bench import open_town, peers, rates, servers, tables
from tests.bench.made_places import TOWN
from tests.bench.open_town import Size
from tests.bench.rates import Plan, Way

if TYPE_CHECKING:
    from pathlib import Path

SIZE, QUICK_SIZE = Size(10_000, 10_000), Size(12, 40, 1)
PLAN: Final = Plan(10, 3, 2)
QUICK: Final = Plan(0.2, 1, 50)
NEWS: Final = 100
"""So many entries are in a feed of news."""
WAIT_S: Final = 300
FEEDS: Final = {
    "calendar.ics": ("calendar", "/town/event.json?_shape=array&_size=max"),
    "news.rss": ("rss", f"/town/event.json?_shape=array&_size={NEWS}&_sort_desc=posted"),
    "places.geojson": ("geojson", "/town/place.json?_shape=array&_size=max"),
}
"""Each with the name of its path, and datasette's nearest equivalent: the same records as JSON."""


def run(folder: Path, *, quick: bool, seconds: float | None = None) -> None:
    """Make the town, start everybody, and print a table for each feed; ``seconds`` is how long each way is asked."""
    size, plan = (QUICK_SIZE, QUICK) if quick else (SIZE, PLAN)
    plan = Plan(seconds or plan.seconds, plan.rounds, plan.rate)
    home, site = folder / "home", folder / "site"
    servers.many_files()
    open_town.settle(home, size)
    with ExitStack() as stack:
        others = stack.enter_context(peers.started(folder, size, quick=quick))
        app = stack.enter_context(servers.portal(home))
        made = {name: _made(app, site, paths.path(path, code=TOWN)) for name, (path, _) in FEEDS.items()}
        files = stack.enter_context(servers.nginx(folder / "nginx", site))
        for name, (path, rows) in FEEDS.items():
            took, etag = made[name]
            feed = "/" + paths.path(path, code=TOWN)
            ways = [
                Way(f"{name}, the app", app, [feed]),
                Way("the same, not changed since", app, [feed], {"If-None-Match": etag}),
                Way(f"{name}, nginx", files, [feed]),
                Way("datasette, JSON of rows", others.datasette, [rows]),
            ]
            if others.umap and path == "geojson":
                ways.append(Way("uMap, data layer", others.umap.url, [others.umap.layer]))
            rates.measure(ways, plan)
            title = f"{name} of {size.places:,} places and {size.events:,} events"
            rates.show(title, ways, plan, (f"Made anew in {tables.duration(took)}.", *peers.notes(others)))


def _made(app: str, site: Path, feed: str) -> tuple[float, str]:
    """How long the first answer took, in seconds, and its entity tag; the answer becomes the twin's file."""
    with httpx.Client(base_url=app, trust_env=False, timeout=WAIT_S) as client:
        client.get("/healthz")
        began = time.perf_counter()
        answer = client.get(f"/{feed}")
        took = time.perf_counter() - began
    answer.raise_for_status()
    file = site / feed
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(answer.content)
    return took, answer.headers["etag"]
