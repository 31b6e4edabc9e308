"""A file's way in: which reader takes it, and which plan is made of what it read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata import (
    evacuation_sites,
    events,
    facilities,
    gazetteer,
    gsi_shelters,
    mapping,
    n03,
    needs,
    people_points,
    places,
    population,
    school_districts,
)
from geodata.geojson import LARGEST_BYTES
from portal.errors import UnreadableFileError
from portal.importing.districts import plan_outlines
from portal.importing.gazetteer import plan_gazetteer
from portal.importing.places import plan_places
from portal.importing.plan import Order, Plan
from portal.importing.population import plan_population
from portal.model.batch import ImportKind
from portal.model.outline import Outline, OutlineIntake
from portal.model.source import Source
from portal.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from portal.model.intake import PlaceIntake
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks to be imported, with all options of the command."""

    kind: ImportKind
    files: tuple[Path, ...]
    at: datetime
    municipality: str = ""
    layer: str = ""
    name_field: str | None = None
    crs: str | None = None
    datum: str = ""
    place_kind: str = ""
    mapping: Path | None = None
    first_day: date | None = None
    source: Source | None = None
    skip_refused: bool = False


def plan(store: Reader, request: Request) -> Plan:
    """Read the files and work out what importing them would change; nothing is written.

    Raises UnreadableFileError for a file that cannot be taken in, UnknownThingError for options that name nothing.
    """
    for file in request.files:
        _check_file(file)
    order = _order(request)
    if request.kind in (ImportKind.BOUNDARY, ImportKind.DISTRICTS):
        return plan_outlines(store, _outlines(request), order, request.first_day)
    if request.kind is ImportKind.POPULATION:
        return plan_population(store, population.read(request.files), order)
    if request.kind is ImportKind.PEOPLE:
        from portal.importing.people_points import plan_people  # noqa: PLC0415  # as below

        return plan_people(store, people_points.read(request.files), order)
    if request.kind is ImportKind.NEEDS:
        # It solves linear programs: other imports need neither wait nor make room for the library that does.
        from portal.importing.needs import plan_needs  # noqa: PLC0415  # as the comment above says

        return plan_needs(store, needs.read(request.files), order)
    if request.kind is ImportKind.GAZETTEER:
        return plan_gazetteer(store, gazetteer.read(request.files, today=request.at.date()), order)
    return plan_places(store, _places(store, request), order)


def _check_file(file: Path) -> None:
    """Refuse what is no file, is larger than any reader takes, or has a name that is no text (CP932 on Linux)."""
    shown = str(file).encode(errors="replace").decode()
    try:
        if not file.is_file():
            raise UnreadableFileError("console.no_such_file", file=shown)
        if file.stat().st_size > LARGEST_BYTES:
            raise UnreadableFileError("polygons.too_large", limit_mib=LARGEST_BYTES // 2**20)
        file.name.encode()
    except OSError:  # a name that is too long is none, either
        raise UnreadableFileError("console.no_such_file", file=shown) from None
    except UnicodeEncodeError:
        raise UnreadableFileError("console.file_name", file=shown) from None


def _order(request: Request) -> Order:
    return Order(
        kind=request.kind,
        files=tuple(file.name for file in request.files),
        sha256=tuple(_sha256(file) for file in request.files),
        at=request.at,
        municipality=request.municipality,
        layer=request.layer,
        source=request.source,
        skip_refused=request.skip_refused,
    )


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        raise UnreadableFileError("console.cannot_read", file=str(file)) from None


def _outlines(request: Request) -> OutlineIntake:
    if request.kind is ImportKind.BOUNDARY:
        read = n03.read_boundaries(request.files, crs=request.crs)
    else:
        read = school_districts.read_districts(request.files, name_field=request.name_field, crs=request.crs)
    outlines = tuple(Outline(item.name, item.geometry, item.code, item.line) for item in read.items)
    source = read.source or Source(read.source_name)
    return OutlineIntake(outlines, read.findings, len(read.items), source, getattr(read, "layer", ""))


def _places(store: Reader, request: Request) -> PlaceIntake:
    today = request.at.date()
    files: Sequence[Path] = request.files
    if request.kind is ImportKind.SHELTERS:
        return gsi_shelters.read(files, today=today)
    if request.kind is ImportKind.FACILITIES:
        return facilities.read(files, today=today, kind=request.place_kind or "facility")
    if request.kind is ImportKind.EVACUATION_SITES:
        return evacuation_sites.read(files, today=today)
    if request.kind is ImportKind.EVENTS:
        return events.read(files, today=today)
    names = {
        fold(name): kind.key for kind in store.kinds(request.municipality) for name in (kind.ja, kind.en, kind.key)
    }
    options = places.PlaceOptions(
        today=today,
        kind=request.place_kind,
        kind_names=names,
        mapping=mapping.read(request.mapping) if request.mapping else mapping.ColumnMapping(),
        crs=request.crs or "",
        datum=request.datum,
    )
    return places.read(files, options)
