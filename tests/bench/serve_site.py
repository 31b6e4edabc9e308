"""Public pages and the map's answers: by nginx from the static twin, by the portal itself, and by the peers.

Then the rush: the app is stopped, and the twin alone is asked as often as a national site of river levels was in a
typhoon, 430 times a second, for a minute.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from pages.plain import paths
from tests.bench import open_town, peers, rates, servers, tables
from tests.bench.load import Load
from tests.bench.made_places import SEED, TOWN, WARD
from tests.bench.open_town import Size
from tests.bench.rates import Plan, Way

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIZE, QUICK_SIZE = Size(2_000, 300), Size(12, 2, 1)
PAGES, MAP = Plan(10, 3, 40), Plan(10, 3, 20)
QUICK: Final = Plan(0.2, 1, 50)
VIEWS: Final = 200
VIEW_SIDE: Final = 0.3
"""How much of the ward's width and height a view of the map shows."""
RUSH: Final = 430
RUSH_S, QUICK_RUSH_S = 60.0, 1.0
LIMIT_S: Final = 0.2
ZIPF: Final = 1.0
LOOKS: Final = ("assets/plain.css", "assets/icon.svg")
"""Fetched with pages by whoever has not seen one before; they stand behind the front pages."""


@dataclass(frozen=True, slots=True)
class Town:
    """The same content by everybody."""

    size: Size
    site: Path
    peers: peers.Peers
    files: str
    """The address of nginx before the twin."""


def run(folder: Path, *, quick: bool, seconds: float | None = None) -> None:
    """Make the town and its twin, measure all ways, stop the app and all others, and let the rush come."""
    size = QUICK_SIZE if quick else SIZE
    home = folder / "home"
    servers.many_files()
    open_town.settle(home, size)
    _make_twin(home)
    with servers.nginx(folder / "nginx", home / "site") as files:
        with ExitStack() as stack:
            others = stack.enter_context(peers.started(folder, size, quick=quick))
            app = stack.enter_context(servers.portal(home))
            town = Town(size, home / "site", others, files)
            _pages(town, app, QUICK if quick else PAGES)
            _views(town, app, QUICK if quick else MAP)
        _rush(files, home / "site", seconds or (QUICK_RUSH_S if quick else RUSH_S))


def _make_twin(home: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    command = [sys.executable, "-m", "tests.bench.twin_files"]
    subprocess.run(command, cwd=servers.ROOT, env=kept | {"PORTAL_HOME": str(home)}, check=True)  # noqa: S603  # our own


def _pages(town: Town, app: str, plan: Plan) -> None:
    """One place after the other, as a page."""
    ids = [f"p{number}" for number in range(town.size.places)]
    own = ["/" + paths.path("place", lang="ja", code=TOWN, id=key) for key in ids]
    ways = [
        Way("twin, nginx", town.files, own),
        Way("the app", app, own),
        Way("datasette, row page", town.peers.datasette, [f"/town/place/{key}" for key in ids]),
    ]
    if umap := town.peers.umap:
        ways.append(Way("uMap, map page", umap.url, [umap.page]))
    rates.measure(ways, plan)
    notes = ("uMap has no page for a place: it sends a page of scripts, which then fetch all of the map's places.",)
    rates.show(f"The page of one of {town.size.places:,} places", ways, plan, notes if umap else ())


def _views(town: Town, app: str, plan: Plan) -> None:
    """One rectangle of the map after the other; none is asked for twice within a round of so many."""
    sides = list(_rectangles())
    own = [f"/map/places?municipality={TOWN}&zoom=15&bbox={','.join(f'{side:.6f}' for side in view)}" for view in sides]
    rows = [
        f"/town/place.json?_shape=array&_size=max&_col=id&_col=name&_col=kind&_col=lon&_col=lat"
        f"&lon__gte={west:.6f}&lon__lte={east:.6f}&lat__gte={south:.6f}&lat__lte={north:.6f}"
        for west, south, east, north in sides
    ]
    ways = [Way("/map/places", app, own), Way("datasette, JSON of rows", town.peers.datasette, rows)]
    rates.measure(ways, plan)
    rates.show(f"The places in view, of {town.size.places:,}: one view shows a tenth of them", ways, plan)
    whole = "/" + paths.path("geojson", code=TOWN)
    ways = [
        Way("places.geojson, nginx", town.files, [whole]),
        Way("places.geojson, the app", app, [whole]),
        Way("datasette, JSON of rows", town.peers.datasette, ["/town/place.json?_shape=array&_size=max"]),
    ]
    if umap := town.peers.umap:
        ways.append(Way("uMap, data layer", umap.url, [umap.layer]))
    rates.measure(ways, plan)
    rates.show(f"All {town.size.places:,} places at once", ways, plan, peers.notes(town.peers))


def _rectangles() -> list[tuple[float, float, float, float]]:
    chance = random.Random(SEED)  # noqa: S311  # the same each time, nothing secret
    width, height = (WARD.east - WARD.west) * VIEW_SIDE, (WARD.north - WARD.south) * VIEW_SIDE
    corners = [
        (chance.uniform(WARD.west, WARD.east - width), chance.uniform(WARD.south, WARD.north - height))
        for _ in range(VIEWS)
    ]
    return [(west, south, west + width, south + height) for west, south in corners]


def _rush(files: str, site: Path, seconds: float) -> None:
    """Whoever comes asks for a page, the first ones rather than the last; nobody waits until others are answered."""
    asked = _by_rank(site)
    answers = rates.ask(Load(urlsplit(files).port or 80, asked, seconds, rate=RUSH, zipf=ZIPF))
    p95 = rates.percentile(answers.waits, 95)
    row = (
        f"{len(answers.waits) / answers.seconds:.1f}",
        *(tables.duration(rates.percentile(answers.waits, percent)) for percent in (50, 95, 99)),
        tables.duration(max(answers.waits, default=float("nan"))),
        f"{answers.bytes / 1000 / max(1, len(answers.waits)):.3g}",
        rates.said(answers.faults),
    )
    kept = p95 < LIMIT_S and not answers.faults
    rates.grid(
        f"The twin alone, the app stopped: {RUSH} requests a second for {seconds:g} s, {len(asked):,} pages (Zipf)",
        ("answers/s", "p50", "p95", "p99", "longest", "kB each", "faults"),
        [row],
        (f"It is to hold that with p95 under {tables.duration(LIMIT_S)} and no fault: {'yes' if kept else 'NO'}.",),
    )


def _by_rank(site: Path) -> tuple[str, ...]:
    """Every page of the twin, those at the top before the others, which come in an order by chance."""
    found = [file.relative_to(site).as_posix() for file in sorted(site.rglob(paths.INDEX))]
    pages = [quote("/" + path.removesuffix(paths.INDEX)) for path in found if "/" in path]
    random.Random(SEED).shuffle(pages)  # noqa: S311  # the same each time, nothing secret
    pages.sort(key=_depth)
    first: Sequence[str] = [page for page in pages if _depth(page) == 0]
    return (*first, *(f"/{look}" for look in LOOKS), *pages[len(first) :])


def _depth(page: str) -> int:
    """0 for the portal's and a town's front page and what stands directly under it, 1 for all others."""
    return int(page.strip("/").count("/") > 2)  # lang/code/evacuation
