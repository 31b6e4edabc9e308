"""Lists of facilities: 公共施設一覧, 子育て施設一覧, 介護サービス事業所一覧 and what is alike.

Layouts: 推奨データセット, 自治体標準オープンデータセット, 厚生労働省 介護サービス情報公表 (``jigyosho_NNN.csv``) and
大阪市 マップナビおおさか (X is the longitude, Y the latitude). All are published, so their contacts are public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata import place_cells, place_times
from geodata.dataset import dataset_name
from geodata.place_aliases import CONTACT_FIELDS, PLACE_ALIASES
from geodata.standard_lists import StandardList, collect
from portal.model.kind import FACILITY
from portal.model.place import PlaceFacts
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geodata.place_rows import Raw
    from portal.model.intake import PlaceIntake

OWN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("介護サービス事業所名称", "事業所名", "事業所名称"),
    "name_kana": ("介護サービス事業所名称_カナ", "事業所名カナ", "事業所名_カナ"),
    "authority": ("都道府県コード又は市町村コード",),
    "schedule_note": ("利用可能曜日特記事項",),
}
"""Names that only lists of facilities use, before the usual ones."""
SERVICE: Final[Mapping[str, tuple[str, ...]]] = {
    "office": ("事業所番号",),
    "service": ("実施サービス", "サービスの種類"),
}
ELSEWHERE: Final = frozenset({"kind", "audience"})
"""種別 and 分類 are the list's own words, and 受入年齢 and the like are kept as they stand."""
ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: (*OWN_NAMES.get(name, ()), *names) for name, names in PLACE_ALIASES.items() if name not in ELSEWHERE},
    **SERVICE,
}
FACILITIES: Final = StandardList("facilities", ALIASES, (("office", "service"), ("id",)))
"""An office (事業所) with several services is several rows under one number."""


def read(files: Sequence[Path], *, today: date, kind: str = FACILITY) -> PlaceIntake:
    """The facilities of ``files`` as places of ``kind``; what no field takes is kept in ``extra``.

    ``today`` gives dates without a year theirs. Raises UnreadableFileError and PersonDataError.
    """
    source = Source(name="、".join(dict.fromkeys(dataset_name(path) for path in files)))
    return collect(files, FACILITIES, lambda raw: _facts(raw, kind, today), source, today)


def _facts(raw: Raw, kind: str, today: date) -> PlaceFacts:
    position, precision = place_cells.position(raw, None, "")
    schedule, said = place_times.schedule(raw, today)
    return PlaceFacts(
        kind=kind,
        name=raw.text("name"),
        name_kana=raw.text("name_kana"),
        name_en=raw.text("name_en"),
        description=raw.text("description"),
        address=place_cells.address(raw),
        position=position,
        precision=precision,
        access=place_cells.access(raw),
        access_note=place_cells.access_note(raw),
        contacts=place_cells.contacts(raw, CONTACT_FIELDS),
        group=raw.text("group"),
        schedule=schedule,
        schedule_note=said or raw.text("schedule_note"),
        extra=_extra(raw),
        **place_cells.costs(raw),
    )


def _extra(raw: Raw) -> dict[str, str]:
    """Columns without a field, and the service of an office, by their own names."""
    services = {raw.labels[name]: raw.text(name) for name in SERVICE if raw.text(name)}
    return services | dict(raw.extra)
