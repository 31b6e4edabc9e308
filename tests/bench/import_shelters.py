"""The import of a file as large as the nationwide list of evacuation sites, beside tools that take the same file."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import duckdb
import geopandas
import pandas as pd

from db import open_store
from pages import intake
from pages.built_in import built_in
from portal import clock
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.setting_up import set_up, standard_layers
from portal.store import Put
from tests.bench import shelter_file, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS, ROUNDS, SAMPLE_ROWS = 115_000, 2, 3_000
FEW: Final = 5
MINUTE_S: Final = 60
QUICK: Final = (600, 1, 100)
"""Rows, rounds and sample rows of a quick run."""
NAME: Final = "mergeFromCity_2.csv"


@dataclass(frozen=True, slots=True)
class Work:
    """Where a file is, what is in it, and a folder for what is made of it."""

    folder: Path
    file: Path
    made: shelter_file.Country

    def afresh(self) -> Path:
        """An empty folder."""
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        return out


def run(folder: Path, *, quick: bool) -> None:
    """Measure the portal with few and with all municipalities, then the others, and print."""
    rows, rounds, sample = QUICK if quick else (ROWS, ROUNDS, SAMPLE_ROWS)
    few, all_of_them = FEW, min(shelter_file.IN_JAPAN, rows // 10)
    nationwide = _work(folder / "all", all_of_them, rows)
    ways = {
        f"the portal, {all_of_them:,} municipalities": partial(_portal, nationwide),
        f"the portal, {few} municipalities": partial(_portal, _work(folder / "few", few, rows)),
        "pandas.read_csv + geopandas to_file GPKG": partial(_geopackage, nationwide),
        "duckdb executemany, row by row *": partial(_row_by_row, nationwide, sample),
    }
    lines = _measure(ways, rounds)
    lines[-1].runs = [seconds * rows / sample for seconds in lines[-1].runs]
    slowest = max(lines[0].seconds, lines[1].seconds)
    tables.show(
        f"Import of {rows:,} evacuation sites ({nationwide.file.stat().st_size / 1e6:.1f} MB, 国土地理院's columns)",
        lines,
        lines[0],
        (
            f"It is to take less than a minute on two cores: {'yes' if slowest < MINUTE_S else 'NO'}, {slowest:.0f} s.",
            "The portal checks each row, assigns it to its districts, looks for duplicates and keeps what takes the",
            "import back; the others only keep the rows as they are.",
            f"* {sample:,} rows were inserted; the figure is that, times {rows / sample:.0f}.",
        ),
    )


def _work(folder: Path, municipalities: int, rows: int) -> Work:
    folder.mkdir()
    made = shelter_file.country(municipalities, rows)
    shelter_file.write(folder / NAME, made)
    return Work(folder, folder / NAME, made)


def _measure(ways: dict[str, Callable[[], float]], rounds: int) -> list[tables.Line]:
    """Interleaved; each way says itself how long the part that counts took."""
    lines = {way: tables.Line(way) for way in ways}
    for _ in range(rounds):
        for way, do in ways.items():
            lines[way].runs.append(do())
    return list(lines.values())


def _portal(work: Work) -> float:
    """From the file to a store on disk that holds every row."""
    store = open_store(f"duckdb://{work.afresh() / 'portal.duckdb'}")
    try:
        set_up(store, built_in(clock.today()), clock.today(), sample=False)
        towns = work.made.municipalities
        records = [item for town in towns for item in (*standard_layers(town.code), *shelter_file.districts(town))]
        store.apply([*map(Put, towns), *map(Put, records)])
        started = time.perf_counter()
        plan = intake.plan(store, intake.Request(ImportKind.SHELTERS, (work.file,), clock.now()))
        carry_out(store, plan)
        took = time.perf_counter() - started
        if plan.tally.new != work.made.rows:
            raise RuntimeError(plan.tally)
    finally:
        store.close()
    return took


def _geopackage(work: Work) -> float:
    out = work.afresh()
    started = time.perf_counter()
    table = pd.read_csv(work.file, encoding="utf-8-sig", dtype=str)
    lon, lat = (pd.to_numeric(table[name], errors="coerce") for name in ("経度", "緯度"))
    sites = geopandas.GeoDataFrame(table, geometry=geopandas.points_from_xy(lon, lat), crs="EPSG:6668")
    sites.to_file(out / "sites.gpkg", driver="GPKG")
    return time.perf_counter() - started


def _row_by_row(work: Work, rows: int) -> float:
    """The first ``rows`` rows by one ``executemany`` in one transaction, as drivers are usually used."""
    table = pd.read_csv(work.file, encoding="utf-8-sig", dtype=str, nrows=rows).fillna("")
    with duckdb.connect(str(work.afresh() / "sites.duckdb")) as connection:
        columns = ", ".join(f'"{name}" VARCHAR' for name in shelter_file.COLUMNS)
        connection.execute(f"CREATE TABLE site ({columns}, PRIMARY KEY (共通ID))")
        marks = ", ".join("?" * len(shelter_file.COLUMNS))
        started = time.perf_counter()
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO site VALUES ({marks})", table.to_numpy().tolist())  # noqa: S608  # question marks
        connection.execute("COMMIT")
        return time.perf_counter() - started
