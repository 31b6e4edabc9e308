"""uMap over the same places: a map of one data layer, PostgreSQL with PostGIS behind it, gunicorn before it."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench import made_places, postgis, servers
from tests.bench.made_places import WARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOME: Final = servers.ROOT / ".venv" / "umap"
WANTED: Final = Path(__file__).with_name("umap.txt")
MADE: Final = HOME / "made"
SETTINGS: Final = "from umap.settings.base import *\nDEBUG = False\nALLOWED_HOSTS = ['127.0.0.1']\n"
MAP: Final = """
import sys, uuid
from pathlib import Path
from django.contrib.gis.geos import Point
from django.core.files.base import ContentFile
from umap.models import DataLayer, Licence, Map, TileLayer

Licence.objects.get_or_create(name="CC BY 4.0")
TileLayer.objects.create(name="none", url_template="http://127.0.0.1/{z}/{x}/{y}.png", attribution="none")
town = Map.objects.create(name="town", slug="town", center=Point(LON, LAT), zoom=ZOOM, share_status=Map.PUBLIC)
layer = DataLayer(uuid=uuid.uuid4(), map=town, name="places", settings={"name": "places", "displayOnLoad": True})
layer.geojson.save("places.geojson", ContentFile(Path("places.geojson").read_bytes()), save=False)
layer.save()
print("made", town.pk, layer.pk)
"""
INSTALL_S, MAKE_S = 600, 120


@dataclass(frozen=True, slots=True)
class Umap:
    """Where it is, and what is asked of it."""

    url: str
    page: str
    layer: str
    """All places as GeoJSON."""
    version: str


def installed(*, quick: bool) -> bool:
    """Whether it is to be run; it is installed first, which is said where it fails. It is never quick."""
    if quick:
        return False
    if not MADE.exists():
        pip = [HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--requirement", WANTED]
        try:
            for command in ([sys.executable, "-m", "venv", HOME], pip):
                subprocess.run(command, check=True, timeout=INSTALL_S)  # noqa: S603  # our own arguments
        except (subprocess.SubprocessError, OSError) as error:
            print(f"uMap is left out: {error}")
            return False
        MADE.touch()
    return True


@contextmanager
def started(folder: Path, places: int) -> Iterator[Umap]:
    """The map as uMap's own visitors find it; its files and its database are gone at the end."""
    folder.mkdir()
    (folder / "settings.py").write_text(SETTINGS, encoding="utf-8")
    (folder / "places.geojson").write_text(json.dumps(_collection(places), ensure_ascii=False), encoding="utf-8")
    with postgis.connected() as connection:
        known = connection.info
        database = f"postgis://{known.user}:{known.password}@{known.host}:{known.port}/{known.dbname}"
        variables = {
            "PATH": os.defpath,
            "HOME": str(folder),
            "DATABASE_URL": database,
            "SECRET_KEY": secrets.token_hex(),
            "UMAP_SETTINGS": str(folder / "settings.py"),
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "uploads"),
        }
        for command in (("collectstatic", "--no-input"), ("migrate", "--no-input")):
            _umap(folder, variables, *command)
        code = MAP.replace("LON", str(WARD.centre.lon)).replace("LAT", str(WARD.centre.lat))
        said = _umap(folder, variables, "shell", "-c", code.replace("ZOOM", str(WARD.zoom)))
        found = re.search(r"made (\d+) (\S+)", said)
        if not found:
            raise RuntimeError(said)
        page, layer = f"/en/map/town_{found[1]}", f"/en/datalayer/{found[1]}/{found[2]}/"
        with servers.gunicorn(HOME / "bin" / "python", "umap.wsgi", variables, folder) as url:
            yield Umap(url, page, layer, _version())


def _umap(folder: Path, variables: Mapping[str, str], *command: str) -> str:
    """One of uMap's commands, what it says."""
    done = subprocess.run(  # noqa: S603  # our own arguments
        [HOME / "bin" / "umap", *command],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        timeout=MAKE_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    return done.stdout


def _version() -> str:
    found = re.search(r"^umap-project==(\S+)", WANTED.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def _collection(count: int) -> dict[str, object]:
    """The places as a GeoJSON FeatureCollection."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.facts.position.lon, place.facts.position.lat]},
            "properties": {"name": place.facts.name, "kind": place.facts.kind, "address": place.facts.address},
        }
        for place in made_places.places(WARD, count)
        if place.facts.position
    ]
    return {"type": "FeatureCollection", "features": features}
