"""The columns of the state's lists (推奨データセット, 自治体標準オープンデータセット), each with what stands in it.

Headers as the lists of デジタル庁 write them. A column that the portal knows nothing for stays there, empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata import written_facts
from geodata.cells.codes import check_digit
from geodata.place_aliases import ACCESS_FIELDS, PLACE_ALIASES
from portal.model.place import Access, ContactKind
from portal.model.position import Precision
from portal.prefectures import PREFECTURES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from geodata.open_entry import Entry

    Column = Callable[[Entry, date], str]

SAMPLE: Final = "見本（実在しません）"
OWN_KIND: Final = "種別"
ACCESS_HEADERS: Final = {Access(name): PLACE_ALIASES[name][0] for name in ACCESS_FIELDS}
PRECISIONS: Final = {
    Precision.BLOCK: "街区",
    Precision.TOWN: "町丁目",
    Precision.DISTRICT: "区域",
}


def code(of: str) -> str:
    """The six digits of a municipality's code, with the check digit."""
    return f"{of}{check_digit(of)}"


def prefecture(entry: Entry) -> str:
    """都道府県名."""
    return entry.town.prefecture or PREFECTURES.get(entry.town.code[:2], "")


def _prefecture(entry: Entry, _: date) -> str:
    """Only where the address begins with it: readers put it before one that does not, and so change the address."""
    name = prefecture(entry)
    return name if not entry.facts.address or entry.facts.address.startswith(name) else ""


def _city(entry: Entry, _: date) -> str:
    """As :func:`_prefecture`."""
    name = entry.town.name
    return name if not entry.facts.address or name in entry.facts.address else ""


def _degrees(value: float | None) -> str:
    """To a millimetre; the zeros at the end say nothing."""
    return "" if value is None else f"{value:.8f}".rstrip("0").rstrip(".")


def _contact(kind: ContactKind) -> Column:
    return lambda entry, _: written_facts.contact(entry.facts, kind)[0]


def _links(kind: ContactKind) -> Column:
    return lambda entry, _: written_facts.links(entry.facts, kind)


def _flag(access: Access) -> Column:
    return lambda entry, _: "有" if access in entry.facts.access else ""


def remark(entry: Entry, _: date) -> str:
    """備考: the source's own, after the word that it is sample content."""
    return "\n".join(filter(None, (SAMPLE if entry.sample else "", entry.facts.extra.get("備考", ""))))


def credit(entry: Entry, _: date) -> str:
    """出典: what its terms ask to be shown wherever the record is."""
    if entry.source is None:
        return ""
    return "／".join(filter(None, (entry.source.credit or entry.source.name, entry.source.licence)))


COLUMNS: Final[Mapping[str, Column]] = {
    "都道府県コード又は市区町村コード": lambda entry, _: code(entry.town.code),
    "全国地方公共団体コード": lambda entry, _: code(entry.town.code),
    "市区町村コード": lambda entry, _: code(entry.town.code),
    "NO": lambda entry, _: entry.id,
    "ID": lambda entry, _: entry.id,
    "都道府県名": _prefecture,
    "所在地_都道府県": _prefecture,
    "市区町村名": _city,
    "所在地_市区町村": _city,
    "所在地_全国地方公共団体コード": lambda entry, _: code(entry.town.code),
    "地方公共団体名": lambda entry, _: entry.town.name,
    "名称": lambda entry, _: entry.facts.name,
    "イベント名": lambda entry, _: entry.facts.name,
    "名称_カナ": lambda entry, _: entry.facts.name_kana,
    "イベント名_カナ": lambda entry, _: entry.facts.name_kana,
    "名称_英字": lambda entry, _: entry.facts.name_en,
    "イベント名_英語": lambda entry, _: entry.facts.name_en,
    "住所": lambda entry, _: entry.facts.address,
    "所在地_連結表記": lambda entry, _: entry.facts.address,
    "緯度": lambda entry, _: _degrees(entry.facts.position.lat if entry.facts.position else None),
    "経度": lambda entry, _: _degrees(entry.facts.position.lon if entry.facts.position else None),
    "電話番号": _contact(ContactKind.PHONE),
    "連絡先電話番号": _contact(ContactKind.PHONE),
    "内線番号": lambda entry, _: written_facts.contact(entry.facts, ContactKind.PHONE)[1],
    "連絡先内線番号": lambda entry, _: written_facts.contact(entry.facts, ContactKind.PHONE)[1],
    "FAX番号": _contact(ContactKind.FAX),
    "連絡先名称": _contact(ContactKind.PERSON),
    "連絡先メールアドレス": _contact(ContactKind.EMAIL),
    "連絡先FormURL": _links(ContactKind.FORM),
    "連絡先備考（その他、SNSなど）": lambda entry, _: written_facts.further_contacts(entry.facts),
    "連絡先_公開": lambda entry, _: "公開" if any(one.public for one in entry.facts.contacts) else "",
    "URL": _links(ContactKind.URL),
    "団体名": lambda entry, _: entry.facts.group,
    "主催者": lambda entry, _: entry.facts.group,
    "日時": lambda entry, today: written_facts.schedule(entry.facts, today).text,
    "利用可能曜日": lambda entry, today: written_facts.schedule(entry.facts, today).days,
    "開始時間": lambda entry, today: written_facts.schedule(entry.facts, today).starts,
    "終了時間": lambda entry, today: written_facts.schedule(entry.facts, today).ends,
    "利用可能日時特記事項": lambda entry, today: written_facts.schedule(entry.facts, today).remark,
    "説明": lambda entry, _: entry.facts.description,
    "バリアフリー情報": lambda entry, _: entry.facts.access_note,
    **{header: _flag(access) for access, header in ACCESS_HEADERS.items()},
    OWN_KIND: lambda entry, _: entry.kind.ja,
    "対象": lambda entry, _: written_facts.audience(entry.facts),
    "料金": lambda entry, _: written_facts.fee(entry.facts),
    "料金(基本)": lambda entry, _: written_facts.fee(entry.facts),
    "申込": lambda entry, _: written_facts.booking(entry.facts),
    "最終確認日": lambda entry, _: entry.verified_on.isoformat() if entry.verified_on else "",
    "位置の精度": lambda entry, _: PRECISIONS.get(entry.facts.precision, ""),
    "備考": remark,
    "出典": credit,
}
"""By header. 位置の精度 is empty for a point that is exact."""
