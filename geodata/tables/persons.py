"""Columns about persons, which the portal never takes in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geodata.cells.text import fold_header
from portal.errors import PersonDataError

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFICERS: Final = (
    "代表|代表者|管理者|責任者|担当|担当者|連絡先|主催者|講師|開設者|設置者|事業者|施設長|所長|園長|校長|館長|会長|理事長|"
    "委員長|理事|役員|職員|法人代表者|届出者|申請者|営業者|防火管理者|受付|問い?合わ?せ先"
)
"""Whose names a published list of places may hold: they stand for the place, not for themselves."""
SUBJECT: Final = (
    r"(?:本人|対象者|利用者|要配慮者|要支援者|避難行動要支援者|児童|保護者|患者|会員|参加者|世帯主|被保険者)の?"
)
GRADE: Final = r"(?:番号|等級|の?有無|の?種類|の?程度|級|区分|名|交付日|\(.*\))*"
NAME: Final = re.compile(
    rf"(?:{SUBJECT})?(?:氏名|姓名|本名)(?:カナ|かな|フリガナ|ふりがな|漢字|\(.*\))*"
    rf"|(?!.*(?:{OFFICERS})(?:の|・)?氏名)[^()]*氏名(?:カナ|かな|フリガナ|ふりがな|漢字|\(.*\))*"
    rf"|{SUBJECT}(?:名|名前|お名前)|お名前|世帯主名?|(?:フリガナ|ふりがな)\(氏名\)"
)
BIRTH: Final = re.compile(r".*(?:生年月日|誕生日).*|生年|生まれた年月日?|(?:dateofbirth|birthdate|birthday|dob)")
CARE: Final = re.compile(
    rf"(?:{SUBJECT}|現在の?)?要(?:介護|支援)(?:状態)?(?:認定)?(?:度|区分|状態区分|認定|者番号|認定日|認定区分|認定結果)+"
)
DISABILITY: Final = re.compile(
    rf"(?:{SUBJECT})?(?:障害|(?:身体|知的|精神)?障害(?:者|児)?(?:手帳|支援区分|程度区分|等級|名|部位|の有無|の程度|の種類)"
    rf"|(?:精神障害者)?保健福祉手帳|療育手帳|愛の手帳){GRADE}"
)
NUMBER: Final = re.compile(
    r"(?:個人番号|マイナンバー)(?:\(.*\))?|mynumber|.*被保険者(?:証)?(?:の?記号)?・?番号.*|(?:健康|介護)?保険証(?:の?記号)?・?番号"
    r"|受給者(?:証)?番号|基礎年金番号|住民票コード|宛名番号|世帯番号|免許証番号|(?:旅券|パスポート)番号|在留カード番号"
)
STATE: Final = re.compile(
    r"続柄|世帯主との続柄|本籍地?|病名|傷病名|疾患名?|既往歴|病歴|服薬(?:状況)?|かかりつけ医|障害者?手帳.*級"
)
ABOUT_PERSONS: Final = (NAME, BIRTH, CARE, DISABILITY, NUMBER, STATE)


def refuse_person_columns(columns: Iterable[str]) -> None:
    """Refuse a table that has columns about persons, such as 氏名, 生年月日, 要介護度, 障害等級.

    What a list of places may hold is let through: 連絡先名称, 団体名, 代表者氏名, バリアフリー情報,
    障害者用トイレ. Raises PersonDataError with the columns.
    """
    found = [column for column in columns if _about_a_person(fold_header(column))]
    if found:
        raise PersonDataError("tables.person_columns", columns="、".join(found[:10]))


def _about_a_person(folded: str) -> bool:
    plain = folded.replace("障がい", "障害").replace("障碍", "障害")
    return any(pattern.fullmatch(plain) for pattern in ABOUT_PERSONS)
