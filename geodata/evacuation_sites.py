"""指定緊急避難場所一覧: where one flees to, in the layouts 推奨データセット and 自治体標準オープンデータセット."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geodata import place_cells
from geodata.decode import read_flag, read_int
from geodata.hazard_columns import HAZARD_ALIASES, hazards
from geodata.place_aliases import CONTACT_FIELDS, PLACE_ALIASES
from geodata.standard_lists import StandardList, collect
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.kind import EMERGENCY_SITE
from portal.model.place import PlaceFacts
from portal.model.shelter import ShelterFacts
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geodata.place_rows import Raw
    from portal.model.intake import PlaceIntake

FIELDS: Final = (
    "id name name_kana name_en address prefecture city town street building lat lon contact_person phone extension "
    "fax email form url verified_on"
)
ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: PLACE_ALIASES[name] for name in FIELDS.split()},
    "authority": ("市区町村コード", *PLACE_ALIASES["authority"]),
    "description": ("備考",),
    "capacity": ("想定収容人数", "収容人数"),
    "same_site": ("指定避難所との重複", "指定避難所との住所同一"),
    "neighbourhoods": ("対象となる町会・自治会", "対象となる町会自治会"),
    **HAZARD_ALIASES,
}
"""The remarks (備考) say such things as 「洪水時は2階以上」, so they stand where everybody reads them."""
SITES: Final = StandardList("evacuation-sites", ALIASES)
BETWEEN: Final = re.compile(r"[;；\n]")
SOURCE: Final = Source(name="指定緊急避難場所一覧")


def read(files: Sequence[Path], *, today: date) -> PlaceIntake:
    """The emergency evacuation sites of ``files``, each with the dangers that it is designated for.

    Raises UnreadableFileError for a list without columns on dangers (災害種別), and PersonDataError.
    """
    return collect(files, SITES, _facts, SOURCE, today)


def _facts(raw: Raw) -> PlaceFacts:
    if HAZARD_ALIASES.keys().isdisjoint(raw.labels):
        raise UnreadableFileError("tables.not_evacuation_sites", file=raw.notes.file)
    position, precision = place_cells.position(raw, None, "")
    return PlaceFacts(
        kind=EMERGENCY_SITE,
        name=raw.text("name"),
        name_kana=raw.text("name_kana"),
        name_en=raw.text("name_en"),
        description=raw.text("description"),
        address=place_cells.address(raw),
        position=position,
        precision=precision,
        contacts=place_cells.contacts(raw, CONTACT_FIELDS),
        shelter=_shelter(raw),
        extra=raw.extra,
    )


def _shelter(raw: Raw) -> ShelterFacts:
    found = hazards(raw.known)
    if not found:
        raw.notes.doubt("tables.no_hazard", name=raw.text("name"))
    neighbourhoods = (name.strip() for name in BETWEEN.split(raw.text("neighbourhoods")))
    return ShelterFacts(
        hazards=found,
        capacity=_capacity(raw),
        same_site=bool(read_flag(raw.text("same_site"))),
        neighbourhoods=tuple(filter(None, neighbourhoods)),
    )


def _capacity(raw: Raw) -> int | None:
    """想定収容人数; what is no number of people is refused, as a wrong one could send people to a full place."""
    try:
        return read_int(raw.text("capacity"))
    except ValueError as problem:
        raise InvalidRecordError("tables.bad_capacity", value=raw.text("capacity")[:80]) from problem
