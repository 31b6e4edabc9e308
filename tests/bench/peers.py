"""The portal's peers over the same places and events: datasette, and uMap where it can be installed."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from tests.bench import open_town, servers, umap_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.open_town import Size
    from tests.bench.umap_server import Umap

LEAST: Final = 1_000
"""Rows that datasette gives at once by default."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Where they are."""

    datasette: str
    umap: Umap | None


@contextmanager
def started(folder: Path, size: Size, *, quick: bool) -> Iterator[Peers]:
    """Both with the same content, as processes of their own; uMap only where nobody is in a hurry."""
    file = open_town.table(folder / "town.db", size)
    with ExitStack() as stack:
        datasette = stack.enter_context(servers.datasette(file, max(size.places, size.events, LEAST)))
        umap = None
        if umap_server.installed(quick=quick):
            umap = stack.enter_context(umap_server.started(folder / "umap", size.places))
        yield Peers(datasette, umap)


def notes(peers: Peers) -> tuple[str, ...]:
    """What they are."""
    said = (
        f"datasette {version('datasette')}: immutable file, indexes, no suggested facets, one process, nothing zipped.",
    )
    if not peers.umap:
        return said
    return (
        *said,
        f"uMap {peers.umap.version}: gunicorn, a process for each core, PostGIS, no X-Accel-Redirect, nothing zipped.",
    )
