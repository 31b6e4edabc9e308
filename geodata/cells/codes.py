"""Codes of municipalities (全国地方公共団体コード) as tables write them: 5 or 6 digits, with zeros lost."""

from __future__ import annotations

import re
from typing import Final

from geodata.cells.text import narrow

PREFECTURE_NAMES: Final = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
    "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)
PREFECTURES: Final = tuple(PREFECTURE_NAMES.split())
"""In the order of their codes, 01 to 47 (JIS X 0401)."""
PLAIN: Final = re.compile(r"(?:0[1-9]|[1-3]\d|4[0-7])(?:000|[1-7]\d\d|8\d\d)")
"""Prefecture, then 000 (itself), 1xx a designated city, 2xx a city, 3xx to 7xx a town or village, 8xx a union."""
WEIGHTS: Final = (6, 5, 4, 3, 2)
MODULUS: Final = 11
FULL_LENGTH: Final = 6
PREFECTURE_LENGTH: Final = 2
DIGITS: Final = re.compile(r"(\d{1,6})(?:\.0+)?")


def check_digit(code: str) -> int:
    """The sixth digit for a five-digit code (総務省「都道府県コード及び市区町村コード」の検査数字)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, code, strict=True))
    return (MODULUS - total % MODULUS) % 10


def read_code(text: str, prefecture: str = "") -> str:
    """The five-digit code that a cell names; empty for an empty cell.

    271004 loses its check digit, 9201 and 92011 get back the zero that a spreadsheet took. Where five
    digits can be read both ways (12106 is 千葉市美浜区, and 岩見沢市 012106 without its zero),
    ``prefecture`` (都道府県名) decides, else the plain reading. Raises ValueError for anything else.
    """
    found = narrow(text)
    if not found:
        return ""
    digits = DIGITS.fullmatch(found)
    if digits is None:
        raise ValueError(text)
    readings = _readings(digits[1])
    named = [code for code in readings if _in_prefecture(code, prefecture)]
    if not readings:
        raise ValueError(text)
    return (named or readings)[0]


def _readings(digits: str) -> list[str]:
    """The codes that the digits may stand for, the likeliest first."""
    plain = [digits.zfill(5)] if PREFECTURE_LENGTH < len(digits) < FULL_LENGTH else []
    if len(digits) <= PREFECTURE_LENGTH:
        plain.append(f"{int(digits):02d}000")
    checked = digits.zfill(FULL_LENGTH)
    if len(digits) >= FULL_LENGTH - 1 and check_digit(checked[:5]) == int(checked[5]):
        plain.append(checked[:5])
    return [code for code in plain if PLAIN.fullmatch(code)]


def _in_prefecture(code: str, prefecture: str) -> bool:
    return prefecture in PREFECTURES and code.startswith(f"{PREFECTURES.index(prefecture) + 1:02d}")
