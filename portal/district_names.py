"""District names as they are compared: 「加古川市立平岡小学校」, 「平岡小学校区」 and 「平岡」 are one district."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from portal.normalise import fold

OWNER: Final = re.compile(r"^(?:.{1,10}?[市区町村])?立")
ENDING: Final = re.compile(
    r"(?:(?:小中一貫|小・中|小中|小|中|義務教育)学?校|(?<=.)[小中])?(?:通学)?(?:校?区|地域|地区)?$"
)


def short_name(name: str) -> str:
    """A district's name without its owner and the words for school and district."""
    bare = OWNER.sub("", fold(name).replace(" ", ""))
    return ENDING.sub("", bare) or bare


def district_id(municipality: str, layer: str, name: str) -> str:
    """The lasting id of a district: it stays when an official outline replaces the approximate one."""
    mark = hashlib.blake2b(short_name(name).encode(), digest_size=4).hexdigest()
    return f"{municipality}-{layer}-{mark}"
