"""The screens with one filter, each as a server of its own over the same invented places."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xstatic.pkg import leaflet, leaflet_markercluster

from portal.words import say
from tests.bench import made_places, servers
from tests.bench.made_places import WARD

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

ALONE, FIND = "the portal's map", "the portal's Find, with its list"
MARKER, CLUSTER, FAST = "Marker", "MarkerCluster", "FastMarkerCluster"
SCREENS: Final = Path(__file__).parent / "screens"
LABEL: Final = "無料"
BEFORE: Final = """
L.Icon.Default.imagePath = "/app/static/images/";
window.$ = (text) => {
  const template = document.createElement("template");
  template.innerHTML = text;
  return [template.content.firstElementChild];
};
"""
"""Leaflet finds its pictures by its style sheet, which comes after the scripts; of jQuery, folium needs this much."""


def label(way: str) -> str:
    """What stands beside the filter's box."""
    return say("filters.free", "ja") if way == FIND else LABEL


def expected(size: int, *, filtered: bool) -> int:
    """How many places the map shows, with the filter set or not."""
    return sum(made_places.free(number) for number in range(size)) if filtered else size


def address(way: str) -> str:
    """The screen's address on its server."""
    return f"/?municipality={made_places.TOWN}&lang=ja" if way == FIND else "/"


def server(way: str, folder: Path, size: int) -> AbstractContextManager[str]:
    """The screen's server, with its files in a new folder of its own."""
    own = folder / f"{way}-{size}"
    own.mkdir(parents=True)
    if way in (ALONE, FIND):
        made_places.settle(own, WARD, size)
        return servers.portal(own, servers.PORTAL if way == FIND else "tests.bench.screens.filtered_map_app:app")
    script = shutil.copy(SCREENS / "folium_map.py", own)
    _static(own / "static")
    _table(own / "places.csv", size)
    where = [str(WARD.centre.lat), str(WARD.centre.lon), str(WARD.zoom)]
    return servers.streamlit(Path(script), [way, str(own / "places.csv"), *where])


def _static(folder: Path) -> None:
    """Leaflet and its clusters beside the script, so that nothing comes from elsewhere."""
    for package in (leaflet, leaflet_markercluster):
        shutil.copytree(package.BASE_DIR, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*-src*", "*.map"))
    (folder / "before.js").write_text(BEFORE, encoding="utf-8")


def _table(file: Path, size: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["lat", "lon", "name", "free"])
        for number, (lon, lat) in enumerate(WARD.positions(size).tolist()):
            writer.writerow([lat, lon, made_places.name(number), made_places.free(number)])
