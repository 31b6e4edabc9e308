"""The places and districts of the coverage benchmark in PostgreSQL: asked by a spatial join, and by membership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import shapely

from tests.bench import postgis
from tests.bench.cover_made import KINDS, LAYER, member_ids, place_ids

if TYPE_CHECKING:
    import psycopg

    from tests.bench.cover_made import Made

DEGREES: Final = 6668
"""JGD2011."""
TABLES: Final = """
    CREATE TABLE district (id text PRIMARY KEY, area geometry(Geometry, 6668) NOT NULL);
    CREATE TABLE place (
        id text PRIMARY KEY, kind text NOT NULL, verified boolean NOT NULL,
        lon double precision NOT NULL, lat double precision NOT NULL
    );
    CREATE TABLE membership (place text, layer text, district text, PRIMARY KEY (place, layer));
"""
ORDER: Final = """
    ALTER TABLE place ADD COLUMN at geometry(Point, 6668);
    UPDATE place SET at = ST_SetSRID(ST_MakePoint(lon, lat), 6668);
    CREATE INDEX district_area ON district USING gist (area);
    CREATE INDEX place_at ON place USING gist (at);
    CLUSTER place USING place_at;
"""
JOIN: Final = """
    SELECT d.id, p.kind, count(*), count(*) FILTER (WHERE p.verified)
    FROM place AS p INNER JOIN district AS d ON ST_Intersects(d.area, p.at)
    GROUP BY d.id, p.kind
"""
MEMBERSHIP: Final = """
    SELECT m.district, p.kind, count(*), count(*) FILTER (WHERE p.verified)
    FROM place AS p INNER JOIN membership AS m ON m.place = p.id AND m.layer = 'elementary'
    GROUP BY m.district, p.kind
"""


def fill(connection: psycopg.Connection, made: Made) -> None:
    """All three tables, indexed and analyzed; the places lie by their index."""
    connection.execute(TABLES)
    count = len(made.positions)
    lon, lat = made.positions.T.tolist()
    places = {
        "id": place_ids(count),
        "kind": [KINDS[number] for number in made.kinds.tolist()],
        "verified": made.verified,
        "lon": lon,
        "lat": lat,
    }
    areas = shapely.to_wkb(shapely.set_srid(made.areas, DEGREES), hex=True, include_srid=True)
    postgis.copy(connection, "district", pa.table({"id": made.ids, "area": areas}))
    postgis.copy(connection, "place", pa.table(places))
    members = {"place": place_ids(count), "layer": [LAYER] * count, "district": member_ids(made)}
    postgis.copy(connection, "membership", pa.table(members))
    connection.execute(ORDER)
    for table in ("district", "place", "membership"):
        postgis.analyze(connection, table)


def ask(connection: psycopg.Connection, question: str) -> list[tuple[str | None, str, int, int]]:
    """District, kind, places and those verified in time."""
    return connection.execute(question).fetchall()
