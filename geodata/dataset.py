"""What a file that is published again and again is called, without the days in its name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

DAYS: Final = re.compile(
    r"(?:令和|平成|(?<![a-z])[rh])\.?(?:\d{1,2}|元)(?:年度?|[-_.])?(?:\d{1,2}(?:月|[-_.]))?(?:\d{1,2}日?)?(?:現在|版|時点)?"
    r"|(?<!\d)(?:19|20)\d{2}(?:年度?|[-_.])?(?:(?:0?[1-9]|1[0-2])(?:月|[-_.])?(?:[0-3]?\d日?)?)?(?:現在|版|時点)?(?!\d)",
    re.IGNORECASE,
)
COPIES: Final = re.compile(r"\s*(?:\(\d+\)|- ?コピー|copy)\s*$", re.IGNORECASE)
AROUND: Final = "_-. 　()"
LONGEST: Final = 80


def dataset_name(path: Path) -> str:
    """``salons_20260401.csv``, ``salons 令和8年4月.csv`` and ``salons (1).csv`` are all ``salons``."""
    stem = COPIES.sub("", unicodedata.normalize("NFKC", path.stem))
    plain = DAYS.sub("", stem).strip(AROUND)
    return (plain or stem.strip(AROUND) or "file")[:LONGEST].casefold()
