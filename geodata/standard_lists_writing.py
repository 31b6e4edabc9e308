"""公共施設一覧, 指定緊急避難場所一覧 and 指定避難所 as CSV: the state's layouts, which this portal reads again.

After a layout's own columns stand those that it lacks and the portal knows, then what the source told beyond
(``extra``). UTF-8 with a byte order mark, by which Excel knows the encoding; every cell harmless in a spreadsheet.

What does not come back the same (``tests/geodata/test_standard_lists_writing.py`` goes through all fields):

- all layouts: a position beyond eight decimals (a millimetre); a position that is not exact counts as exact (位置の精度
  says it beside); goals of the plan; second and further telephone numbers (in 連絡先備考); 出典 and 見本 come back as
  further columns; a text that a spreadsheet could take for a formula bears an apostrophe; the day from which a
  repetition runs.
- 公共施設一覧: what was only ticked (対象, 料金, 申込) comes back with the words for it beside.
- 自治体標準: 地方公共団体名 and 所在地_全国地方公共団体コード come back as further columns.
- 指定緊急避難場所一覧: nothing but what the layout has: days, fee, booking, audience are no matter of it.
- 指定避難所 (国土地理院): contacts, English name and capacity; a row whose 共通ID is not known is refused by readers.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from geodata.cells.text import fold_header
from geodata.gsi_shelters import COMMON_ID
from geodata.hazard_columns import NAMES as HAZARDS
from geodata.report_files.cells import harmless
from geodata.standard_columns import ACCESS_HEADERS, COLUMNS, OWN_KIND, SAMPLE, prefecture
from portal.model.shelter import ShelterFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geodata.open_entry import Entry
    from geodata.standard_columns import Column
    from portal.model.shelter import Hazard

STANDARD: Final = "standard"
"""The layout 自治体標準オープンデータセット; any other word is 推奨データセット."""
COMMON: Final = (
    "全国地方公共団体コード,ID,{0}名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,"
    "所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度"
)
REACH: Final = "電話番号,内線番号,連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号"
_ACCESS: Final = ",".join(ACCESS_HEADERS.values())
_KNOWN: Final = f"{OWN_KIND},対象,料金,申込,日時,{_ACCESS},連絡先名称,FAX番号,連絡先_公開,最終確認日,位置の精度,出典"
_HAZARDS: Final = ",".join(f"災害種別_{names[0]}" for names in HAZARDS.values())
FACILITIES: Final = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_通称,POIコード,住所,方書,緯度,経度,"
    "電話番号,内線番号,法人番号,団体名,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,説明,バリアフリー情報,URL,備考,"
    f"名称_英字,連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,{_KNOWN}"
).split(",")
FACILITIES_STANDARD: Final = (
    f"{COMMON.format('地方公共団体名,')},高度の種別,高度の値,{REACH},法人番号,団体名,利用可能曜日,開始時間,終了時間,"
    f"利用可能日時特記事項,URL,画像,画像_ライセンス,備考,説明,バリアフリー情報,{_KNOWN}"
).split(",")
SITES: Final = (
    "NO,名称,名称_カナ,住所,方書,緯度,経度,標高,電話番号,内線番号,市区町村コード,都道府県名,市区町村名,"
    f"{_HAZARDS},指定避難所との重複,想定収容人数,対象となる町会・自治会,URL,備考,"
    "名称_英字,連絡先メールアドレス,連絡先名称,FAX番号,連絡先_公開,最終確認日,位置の精度,出典"
).split(",")
SITES_STANDARD: Final = (
    f"{COMMON.format('')},標高,{REACH},市区町村コード,地方公共団体名,{_HAZARDS},指定避難所との重複,想定収容人数,"
    "対象となる町会・自治会,URL,画像,画像_ライセンス,備考,連絡先名称,FAX番号,連絡先_公開,最終確認日,位置の精度,出典"
).split(",")
SHELTERS: Final = (
    "NO",
    "共通ID",
    "都道府県名及び市町村名",
    "施設・場所名",
    "住所",
    "指定緊急避難場所との住所同一",
    "その他市町村長が必要と認める事項",
    "受入対象者",
    "緯度",
    "経度",
    "備考",
    "種別",
    "出典",
)


def facilities(entries: Iterable[Entry], today: date, layout: str = "") -> bytes:
    """Places of daily life as 公共施設一覧; other kinds than 公共施設 stand in 種別.

    ``today`` decides which words for a schedule are sure to be read back.
    """
    return table(entries, FACILITIES_STANDARD if layout == STANDARD else FACILITIES, COLUMNS, today)


def evacuation_sites(entries: Iterable[Entry], today: date, layout: str = "") -> bytes:
    """Emergency evacuation sites (指定緊急避難場所) with the dangers that each is designated for."""
    return table(entries, SITES_STANDARD if layout == STANDARD else SITES, {**COLUMNS, **_SITE}, today)


def shelters(entries: Iterable[Entry], today: date) -> bytes:
    """Shelters where one stays (指定避難所), welfare ones (福祉避難所) among them, as 国土地理院 lists them.

    Whom a shelter accepts (受入対象者) is told verbatim. Its 共通ID is that of the source; none is made up.
    """
    return table(entries, SHELTERS, {**COLUMNS, **_SHELTER}, today)


def table(
    entries: Iterable[Entry],
    headers: Sequence[str],
    columns: Mapping[str, Column],
    today: date,
    dated: Iterable[tuple[Entry, Mapping[str, str]]] | None = None,
) -> bytes:
    """A CSV (RFC 4180): the layout's columns, then those that only sources know, in the order of their coming.

    ``dated`` are the rows, each with cells of its own by header of the layout; without it every entry is one row.
    """
    entries = list(entries)
    further = _further(entries, headers)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([harmless(header) for header in (*headers, *further)])
    shared: dict[str, dict[str, str]] = {}
    for entry, given in dated if dated is not None else ((entry, {}) for entry in entries):
        if entry.id not in shared:  # the rows of one event follow one another
            shared = {entry.id: {header: _cell(entry, header, columns, today) for header in (*headers, *further)}}
        writer.writerow([harmless(cell) for cell in {**shared[entry.id], **given}.values()])
    return file.getvalue().encode("utf-8-sig")


def _cell(entry: Entry, header: str, columns: Mapping[str, Column], today: date) -> str:
    """What the column makes of the entry, else what the source had under this header: no column is lost."""
    return columns[header](entry, today) if header in columns else entry.facts.extra.get(header, "")


def _further(entries: Iterable[Entry], headers: Sequence[str]) -> list[str]:
    taken = {fold_header(header) for header in headers}
    names = dict.fromkeys(name for entry in entries for name, text in entry.facts.extra.items() if text)
    return [name for name in names if fold_header(name) not in taken]


def _shelter(entry: Entry) -> ShelterFacts:
    return entry.facts.shelter or ShelterFacts()


def _hazard(hazard: Hazard) -> Column:
    return lambda entry, _: "1" if hazard in _shelter(entry).hazards else ""


def _described(entry: Entry, _: date) -> str:
    """備考: in these lists the description itself."""
    return "\n".join(filter(None, (SAMPLE if entry.sample else "", entry.facts.description)))


def _capacity(entry: Entry, _: date) -> str:
    capacity = _shelter(entry).capacity
    return "" if capacity is None else str(capacity)


def _town(entry: Entry, _: date) -> str:
    """Only where the address holds it: readers put it before one that does not, and so change the address."""
    name, bare = entry.town.name, entry.facts.address.replace(" ", "")
    return prefecture(entry) + name if not bare or name in bare else ""


_SITE: Final[Mapping[str, Column]] = {
    **{f"災害種別_{names[0]}": _hazard(hazard) for hazard, names in HAZARDS.items()},
    "指定避難所との重複": lambda entry, _: "1" if _shelter(entry).same_site else "",
    "想定収容人数": _capacity,
    "対象となる町会・自治会": lambda entry, _: ";".join(_shelter(entry).neighbourhoods),
    "備考": _described,
}
_SHELTER: Final[Mapping[str, Column]] = {
    "NO": lambda entry, _: entry.id,
    "共通ID": lambda entry, _: entry.record if COMMON_ID.fullmatch(entry.record) else "",
    "都道府県名及び市町村名": _town,
    "施設・場所名": lambda entry, _: entry.facts.name,
    "指定緊急避難場所との住所同一": lambda entry, _: "1" if _shelter(entry).same_site else "",
    "受入対象者": lambda entry, _: _shelter(entry).accepts,
    "備考": _described,
}
