"""The usual names of columns in files of places and of events, by field; the more usual one first.

From the 推奨データセット, the 自治体標準オープンデータセット, マップナビおおさか and what towns write themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTACT_FIELDS: Final = ("contact_person", "phone", "fax", "email", "form", "url")
ACCESS_FIELDS: Final = (
    "step_free",
    "toilet",
    "ostomate",
    "parking",
    "nursing",
    "wifi",
    "lift",
    "braille",
    "sign",
    "hearing_loop",
)
PUBLIC: Final = "_public"
"""What a field is called that says whether a contact may be shown: ``phone_public``."""

_PLACES: Final = {
    "id": "ID|id|NO|No.|№|番号|整理番号|管理番号|施設ID|施設No.|識別子",
    "name": (
        "名称|施設名|施設名称|団体名称|場所名称|名前|サロン名|活動名|活動名称|事業名|拠点名|居場所名|会場名|title|name"
    ),
    "name_kana": "名称_カナ|カナ|名称カナ|フリガナ|ふりがな|施設名かな|施設名カナ|よみ|name_kana",
    "name_en": "名称_英字|名称_英語|英語名|英語表記|英字名|name_en",
    "kind": "種別|種類|カテゴリ|カテゴリー|分類|施設種別|活動種別|区分|ジャンル|kind|category|type",
    "description": "説明|内容|活動内容|概要|詳細|詳細情報|紹介|事業内容|description",
    "address": "所在地_連結表記|住所|所在地|会場住所|活動場所住所|address",
    "prefecture": "都道府県名|所在地_都道府県|都道府県",
    "city": "市区町村名|所在地_市区町村|地方公共団体名|市区町村|市町村名",
    "town": "所在地_町字|町字|町名",
    "street": "所在地_番地以下|番地以下|番地",
    "building": "方書|建物名等(方書)|建物名|方書(ビル名等)",
    "lat": "緯度|lat|latitude|Y|Y座標|北緯",
    "lon": "経度|lon|lng|long|longitude|X|X座標|東経",
    "audience": "対象|対象者|参加対象|対象年齢|利用対象|利用できる人|audience",
    "access": "バリアフリー情報|バリアフリー|設備|バリアフリー設備|accessibility",
    "step_free": "車椅子可|車いす可|車椅子対応|車いす対応|段差なし|スロープ|step_free",
    "toilet": "バリアフリートイレ|多目的トイレ|多機能トイレ|車椅子対応トイレ|だれでもトイレ|toilet",
    "ostomate": "オストメイト対応トイレ|オストメイト|ostomate",
    "parking": "優先駐車場|障害者用駐車場|身障者用駐車場|車椅子使用者用駐車場|parking",
    "nursing": "授乳室|授乳コーナー|nursing",
    "wifi": "フリーWi-Fi|無料Wi-Fi|Wi-Fi|公衆無線LAN|wifi",
    "lift": "エレベーター|エレベータ|EV|lift|elevator",
    "braille": "点字|点字対応|点字案内|braille",
    "sign": "手話|手話対応|sign",
    "hearing_loop": "磁気ループ|ヒアリングループ|補聴援助|hearing_loop",
    "fee": "料金|参加費|費用|利用料|利用料金|料金(基本)|会費|入場料|受講料|fee",
    "fee_note": "料金(詳細)|料金詳細|料金備考|fee_note",
    "booking": "申込|申込み|申し込み|予約|参加申込|参加申込方法|申込方法|申込の要否|予約の要否|booking",
    "contact_person": "連絡先名称|連絡先|問い合わせ先|問合せ先|問合先|お問い合わせ先|お問い合わせ|contact",
    "phone": "電話番号|電話|TEL|連絡先電話番号|phone",
    "extension": "内線番号|連絡先内線番号|内線",
    "fax": "FAX番号|FAX|ファックス|ファクス|fax",
    "email": "メール|メールアドレス|連絡先メールアドレス|Eメール|E-mail|email|mail",
    "form": "連絡先FormURL|申込フォーム|問合せフォーム|フォームURL|form",
    "url": "URL|ホームページ|HP|ウェブサイト|Webサイト|サイト|リンク|url|website",
    "group": "団体名|主催|団体|主催者|主催団体|運営団体|運営主体|実施主体|実施団体|法人の名称|group|organizer",
    "schedule": "日時|開催日時|活動日|開催日|活動日時|実施日|実施日時|曜日・時間|日程|定例日|schedule",
    "weekdays": "利用可能曜日|曜日|開催曜日|活動曜日|weekdays",
    "starts": "開始時間|開始時刻|開館時刻|starts|opens_at",
    "ends": "終了時間|終了時刻|閉館時刻|ends|closes_at",
    "schedule_note": (
        "利用可能日時特記事項|利用可能時間特記事項|開催日時特記事項|開始日時特記事項|開館時間|活動時間|"
        "開催時間|時間|schedule_note"
    ),
    "authority": ("全国地方公共団体コード|都道府県コード又は市区町村コード|市区町村コード|行政区域コード|団体コード"),
    "verified_on": "最終確認日|確認日|情報確認日|verified_on",
    "contacts_public": "連絡先_公開|連絡先公開|公開可否|連絡先の公開|contacts_public",
}
_EVENTS: Final = {
    "name": "イベント名|イベント名称|行事名|催し名|タイトル|名称|施設名|title|name",
    "name_kana": (
        "イベント名_カナ|イベント名カナ|名称_カナ|カナ|名称カナ|フリガナ|ふりがな|施設名かな|施設名カナ|よみ|name_kana"
    ),
    "name_en": "イベント名_英語|イベント名_英字|名称_英字|名称_英語|英語名|英語表記|英字名|name_en",
    "schedule": "開催日時|日時|schedule",
    "venue": "場所名称|会場|会場名|開催場所|場所|会場名称|venue",
    "start_day": "開始日|開催日|開催開始日|開催日(開始)|日付|start_date",
    "end_day": "終了日|開催終了日|開催日(終了)|end_date",
    "capacity": "定員|募集人数|capacity",
    "booking_until": "参加申込終了日|申込締切|申込締切日|申込期限",
    "booking_until_time": "参加申込終了時間|申込締切時刻",
    "booking_period": "申込期間|参加申込期間|募集期間",
}


def _split(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(text.split("|")) for field, text in names.items()}


PLACE_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    **_split(_PLACES),
    **{f"{name}{PUBLIC}": (f"{name}{PUBLIC}",) for name in CONTACT_FIELDS},
}
EVENT_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {**PLACE_ALIASES, **_split(_EVENTS)}
