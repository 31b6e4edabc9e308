"""The people and places of the reach benchmark in PostGIS, and its two fastest questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
from psycopg import sql

from tests.bench import postgis

if TYPE_CHECKING:
    import psycopg
    from numpy.typing import NDArray

TABLE: Final = """
    CREATE TABLE {table} (id integer PRIMARY KEY, x double precision, y double precision);
"""
ORDER: Final = """
    ALTER TABLE {table} ADD COLUMN at geometry(Point, 6674);
    UPDATE {table} SET at = ST_SetSRID(ST_MakePoint(x, y), 6674);
    CREATE INDEX {order} ON {table} USING gist (at);
    CLUSTER {table} USING {order};
"""
EXISTS: Final = "SELECT p.id FROM person AS p WHERE EXISTS (SELECT FROM place AS s WHERE ST_DWithin(s.at, p.at, %s))"
UNION: Final = """
    SELECT DISTINCT p.id
    FROM (SELECT ST_Subdivide(ST_Union(ST_Buffer(s.at, %s, 16)), 64) AS area FROM place AS s OFFSET 0) AS z
    INNER JOIN person AS p ON ST_Intersects(z.area, p.at)
"""
"""The nearest place by ``<->`` in a lateral join took ten times as long as the first of these."""
COUNT: Final = "SELECT count(*) FROM ({question}) AS found"


def fill(connection: psycopg.Connection, people_m: NDArray[np.float64], places_m: NDArray[np.float64]) -> None:
    """Tables ``person`` and ``place`` of positions of shape (n, 2), EPSG:6674, indexed and lying by that index."""
    for table, positions in (("person", people_m), ("place", places_m)):
        names = {"table": sql.Identifier(table), "order": sql.Identifier(f"{table}_order")}
        connection.execute(sql.SQL(TABLE).format(**names))
        x, y = np.ascontiguousarray(positions.T)
        postgis.copy(connection, table, pa.table({"id": np.arange(len(x)), "x": x, "y": y}))
        connection.execute(sql.SQL(ORDER).format(**names))
        postgis.analyze(connection, table)


def count(connection: psycopg.Connection, question: str, metres: float) -> int:
    """How many people it finds: the answer alone, so that no million rows travel."""
    (found,) = connection.execute(COUNT.format(question=question), (metres,)).fetchone()
    return found


def which(connection: psycopg.Connection, question: str, metres: float) -> list[int]:
    """Their numbers, in no order."""
    return [number for (number,) in connection.execute(question, (metres,))]
