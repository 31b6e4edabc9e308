"""Designated cities (政令指定都市): files name the city where the portal serves its wards."""

from __future__ import annotations

from typing import Final

DESIGNATED_CITIES: Final = (
    "01100",  # 札幌市
    "04100",  # 仙台市
    "11100",  # さいたま市
    "12100",  # 千葉市
    "14100",  # 横浜市
    "14130",  # 川崎市
    "14150",  # 相模原市
    "15100",  # 新潟市
    "22100",  # 静岡市
    "22130",  # 浜松市
    "23100",  # 名古屋市
    "26100",  # 京都市
    "27100",  # 大阪市
    "27140",  # 堺市
    "28100",  # 神戸市
    "33100",  # 岡山市
    "34100",  # 広島市
    "40100",  # 北九州市
    "40130",  # 福岡市
    "43100",  # 熊本市
)
"""Codes of 地方自治法第二百五十二条の十九第一項の指定都市の指定に関する政令, without check digits."""
FIRST_CITY_CODE: Final = 200
"""Codes from XX200 are cities; the designated cities and their wards lie between XX100 and XX199."""


def city_of_ward(code: str) -> str | None:
    """The designated city whose ward ``code`` is, None for other municipalities.

    Wards are numbered upward from their city's code to the next designated city of the prefecture.
    """
    if code in DESIGNATED_CITIES or int(code[2:]) >= FIRST_CITY_CODE:
        return None
    below = [city for city in DESIGNATED_CITIES if city[:2] == code[:2] and city < code]
    return max(below, default=None)
