"""The benchmarks of the review still run, and all their ways give the same answers: quick ones, PostgreSQL too."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import psycopg
import pytest

from tests.bench import postgis, reach_city

ROOT = Path(__file__).parents[2]
WAYS = (
    "portal.reach.within",
    "scipy cKDTree",
    "geopandas sjoin_nearest",
    "PostGIS EXISTS ST_DWithin",
    "portal.reach.siting.propose",
    "numpy, every gain at every step",
    "store.tally",
    "portal.coverage.assess",
    "geopandas sjoin, groupby",
    "PostGIS ST_Intersects, GROUP BY",
    "PostgreSQL membership, GROUP BY",
)


def test_quick_benchmarks_of_the_review_agree():
    """A quick run ends well, which it does only where all ways agree, and prints a time and a ratio for each."""
    command = [sys.executable, "-m", "tests.bench", "--quick", "site", "reach", "cover"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)  # noqa: S603  # our own command
    assert run.returncode == 0, run.stderr
    for way in WAYS:
        assert re.search(rf"{re.escape(way)} +[\d.]+ m?s +×[\d.]+ ", run.stdout), run.stdout
    assert re.search(r"PostgreSQL \d+\.\d+, PostGIS \d", run.stdout)
    assert re.search(r"no choice reaches more than [\d.]+%: a gap of [\d.]+% at most", run.stdout)


def test_the_server_is_gone_afterwards():
    """What the benchmark started neither answers nor lies on the disk when it is done."""
    with postgis.connected() as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone()
        assert connection.execute("SELECT ST_Distance(ST_Point(0, 3), ST_Point(4, 0))").fetchone() == (5.0,)
        assert connection.info.host == "127.0.0.1"
        where = {"host": connection.info.host, "port": connection.info.port}
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(user=postgis.ROLE, password="guessed", dbname="postgres", **where)  # noqa: S106  # no password
    assert not Path(folder).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(user=postgis.ROLE, dbname="postgres", connect_timeout=5, **where)


def test_the_city_is_clustered_and_always_the_same():
    """The invented city is the same at each call, and a tenth of its squares holds two fifths of its people."""
    first, second = (reach_city.city().positions(20_000) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    squares, *_ = np.histogram2d(*first.T, bins=30)
    fullest = np.sort(squares, axis=None)[-90:]
    assert fullest.sum() > 0.4 * len(first)
