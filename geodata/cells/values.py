"""Flags and whole numbers as tables write them."""

from __future__ import annotations

import re
from typing import Final

from geodata.cells.text import narrow

AFTER: Final = r"(?:[\s(,:;、。・].*)?"
"""A remark may follow: 有（1階）."""
YES: Final = re.compile(
    rf"(?:[○〇◯●◎✓✔☑レoy1]|有り?|可能?|あり|yes|true|はい|対応(?:可能?|済み?)?|設置(?:済み?)?|該当|要){AFTER}",
    re.DOTALL,
)
NO: Final = re.compile(
    rf"(?:[×✕✖✗xn0☓]|無し?|不可能?|なし|no|false|いいえ|(?:非|未|不)対応|未設置|非該当|不要|対応(?:不可|なし)){AFTER}",
    re.DOTALL,
)
USUAL: Final = {"": None, "1": True, "0": False, "○": True, "×": False, "有": True, "無": False}
"""Told at once, as there are millions of them in a file of the whole country."""
WHOLE: Final = re.compile(r"([+-]?\d{1,12})(?:\.0*)?\s*(?:人|名|台|世帯|件|席)?")
EMPTY: Final = frozenset({"", "-", "―", "—", "ー", "－"})


def read_flag(text: str) -> bool | None:
    """Whether a cell says yes (○ 1 有 可 あり ✓) or no (× 0 無 不可 なし); None where it says neither.

    有（1階） is a yes; 有料 and a lone dash are neither.
    """
    if text in USUAL:
        return USUAL[text]
    flag = narrow(text).casefold()
    if YES.fullmatch(flag):
        return True
    return False if NO.fullmatch(flag) else None


def read_int(text: str) -> int | None:
    """The whole number that a cell names (1,234, １２３, 120人, 50.0); None where it is empty or a dash.

    Raises ValueError for anything else.
    """
    number = narrow(text).replace(",", "")
    if number in EMPTY:
        return None
    found = WHOLE.fullmatch(number)
    if found is None:
        raise ValueError(text)
    return int(found[1])
