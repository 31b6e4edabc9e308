"""Files that are heavy to read: written piece by piece, and weighed in a process of their own.

``python -m tests.bad_input.heavy FOLDER`` writes and brings in each of them, and prints its name, how it ended, the
seconds of the processor that it took and the most memory that the process had until then, in MiB.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from db import open_store
from pages import intake
from portal.errors import PortalError
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from tests import town
from tests.bad_input.archives import zipped

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER: Final = "名称,種別,住所,緯度,経度,説明\n".encode()
ROW: Final = "会館,公共施設,みなも町1,34.005,135.005,".encode()
MEBI: Final = bytes(range(97, 113)) * 2**16
POLYGON: Final = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"西小","名称":"会館",'
    '"種別":"公共施設"},"geometry":{"type":"Polygon","coordinates":[['
).encode()
END: Final = b"]]}}]}"


def _million_rows(file: IO[bytes]) -> None:
    file.write(HEADER)
    for _ in range(1000):
        file.write((ROW + b"\n") * 1000)


def _cell(file: IO[bytes], line_ends: bytes = b"") -> None:
    """One cell of 100 MB."""
    file.write(HEADER + ROW + b'"')
    for _ in range(96):
        file.write(MEBI + line_ends)
    file.write(b'"\n')


def _attribute(file: IO[bytes]) -> None:
    file.write('{"type":"Feature","geometry":null,"properties":{"名称":"'.encode())
    for _ in range(96):
        file.write(MEBI)
    file.write(b'"}}')


def _wide_rows(file: IO[bytes], cell: bytes) -> None:
    for _ in range(7):
        file.write(cell * (4_000_000 // len(cell)) + b"\n")


def _many_cells(file: IO[bytes]) -> None:
    file.write(("名称," + ",".join(f"c{at}" for at in range(990)) + "\n").encode())
    for _ in range(600):
        file.write((b"a," * 990 + b"a\n") * 100)


def _dense(file: IO[bytes]) -> None:
    file.write(POLYGON)
    for _ in range(100):
        file.write(b"[1,1]," * 150_000)
    file.write(b"[1,1]" + END)


def _scribble(file: IO[bytes]) -> None:
    """A million vertices, each side across all others."""
    chance = random.Random(1)  # noqa: S311  # a scribble, no secret
    positions = (f"[{135 + chance.random():.6f},{34 + chance.random():.6f}]" for _ in range(1_000_000))
    file.write(POLYGON + ",".join(positions).encode() + END)


def _mixed_line(file: IO[bytes]) -> None:
    """Words in UTF-8 all along one line of a file that is not UTF-8."""
    file.write(HEADER + ("会館施設,".encode() * 250_000) + b"\x82\xff\n")


def _bomb(file: IO[bytes]) -> None:
    file.write(zipped(*((f"{at}.geojson", bytes(15 << 20)) for at in range(17))))


HEAVY: Final[dict[str, tuple[str, str, Callable[[IO[bytes]], None], str]]] = {
    "a million rows": ("places", "p.csv", _million_rows, "tables.too_many_rows"),
    "a cell of 100 MB": ("places", "p.csv", _cell, "tables.line_too_long"),
    "a cell of 100 MB in lines": ("places", "p.csv", lambda file: _cell(file, b"\n"), "tables.cell_too_long"),
    "an attribute of 100 MB": ("places", "p.geojson", _attribute, "polygons.long_run"),
    "rows of commas": ("places", "p.csv", lambda file: _wide_rows(file, b","), "tables.too_many_columns"),
    "rows of letters": ("places", "p.csv", lambda file: _wide_rows(file, b"a,"), "tables.too_many_columns"),
    "60 million cells": ("places", "p.csv", _many_cells, "tables.too_many_cells"),
    "15 million positions": ("districts", "d.geojson", _dense, "polygons.too_many_values"),
    "a scribble for a district": ("districts", "d.geojson", _scribble, "polygons.tangled"),
    "a line in two encodings": ("places", "p.csv", _mixed_line, "tables.mixed_encoding"),
    "many small bombs": ("districts", "d.zip", _bomb, "polygons.archive_ratio"),
}
"""By name the import, the file, what writes it, and the phrase that it ends in."""


def _bring_in(kind: str, path: Path) -> str:
    """The phrase that the import ends in; empty where it is done."""
    store = town.settle(open_store("duckdb://"))
    request = intake.Request(ImportKind(kind), (path,), town.NOW, municipality=town.CODE, layer="elementary")
    try:
        plan = intake.plan(store, request)
        if plan.stopped:
            return plan.findings[-1].key
        carry_out(store, plan)
    except PortalError as error:
        return error.key
    finally:
        store.close()
    return ""


def _most_mib() -> int:
    """The most memory this program held so far: getrusage would count that of the process that started it, too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def main(folder: Path) -> None:
    """Weigh each of the files."""
    for name, (kind, file, write, _) in HEAVY.items():
        path = folder / file
        with path.open("wb") as stream:
            write(stream)
        began = time.process_time()
        ended = _bring_in(kind, path)
        seconds = time.process_time() - began
        sys.stdout.write(f"{name}\t{ended}\t{seconds:.1f}\t{_most_mib()}\n")
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
