"""Text as it is compared: width, case and kana folded."""

from __future__ import annotations

import unicodedata
from typing import Final

HYPHENS: Final = "－ー−‐‑‒–—―ｰ"  # looks alike, is typed alike in addresses
KATAKANA_FIRST, KATAKANA_LAST = ord("ァ"), ord("ヶ")
KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(KATAKANA_FIRST, KATAKANA_LAST + 1)}


def fold(text: str) -> str:
    """NFKC, case folded, katakana as hiragana, white space as single blanks.

    ``ｶﾌｪ``, ``カフェ`` and ``かふぇ`` become the same; a query and a stored text are folded alike.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(KATAKANA_TO_HIRAGANA)
    return " ".join(folded.split())


def words(text: str) -> list[str]:
    """The words of a query, folded, each once, in their order."""
    return list(dict.fromkeys(fold(text).split()))
