"""Addresses as they are compared: 「大正区三軒家西一丁目20番26号」 is ``三軒家西1-20-26``."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from portal.normalise import HYPHENS

KANJI_DIGITS: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
KANJI_NUMBER: Final = re.compile(r"([一二三四五六七八九十]{1,3})(?=丁目|番|号|条)")
HYPHEN: Final = re.compile("[" + re.escape(unicodedata.normalize("NFKC", HYPHENS) + HYPHENS) + r"\-](?=\d)")
STEP: Final = re.compile(r"(?<=\d)(?:丁目|番地の|番地|番|号|の(?=\d))")
PREFECTURE: Final = re.compile(r"^(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)")


def normalise(address: str, municipality: str = "") -> str:
    """The address from its town on, its numbers joined by ``-``, without blanks.

    ``municipality`` is the name that addresses begin with (「大阪市大正区」); what stands before it goes, and so does
    the ward's part of it alone.
    """
    text = "".join(unicodedata.normalize("NFKC", address).split())
    text = KANJI_NUMBER.sub(lambda found: str(_number(found.group(1))), text)
    text = HYPHEN.sub("-", text)
    text = STEP.sub("-", text)
    text = re.sub(r"-+", "-", text).strip("-")
    return _without_municipality(text, municipality)


def _without_municipality(text: str, municipality: str) -> str:
    name = PREFECTURE.sub("", municipality)
    ward = name.partition("市")[2] if name.endswith("区") else ""
    for known in filter(None, (municipality, name, ward)):
        before, found, after = text.partition(known)
        if found and after and len(before) <= len("神奈川県相模原市"):
            return after
    return PREFECTURE.sub("", text)


def prefixes(normalised: str) -> list[str]:
    """The address and what is left when its last numbers go, the longest first: 町1-20-26, 町1-20, 町1, 町."""
    found = re.match(r"(\D*)(.*)", normalised)
    town, numbers = found.groups() if found else (normalised, "")
    digits = re.match(r"[\d-]*", numbers)
    parts = [part for part in (digits.group() if digits else "").split("-") if part]
    return [town + "-".join(parts[:count]) for count in range(len(parts), 0, -1)] + ([town] if town else [])


def _number(kanji: str) -> int:
    """一 to 九十九 as a number."""
    tens, ten, ones = kanji.partition("十")
    if not ten:
        return int("".join(str(KANJI_DIGITS[sign]) for sign in kanji))
    return (KANJI_DIGITS[tens] if tens else 1) * 10 + (KANJI_DIGITS[ones] if ones else 0)
