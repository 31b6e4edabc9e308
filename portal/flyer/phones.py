"""Telephone numbers (電話) and fax numbers, told apart and checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from portal.flyer.candidates import made
from portal.flyer.mending import KANJI_DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.flyer.candidates import Candidate
    from portal.flyer.sections import Part, Section

_DASH: Final = r"\s?[-‐−–—―ー~)(|丨]\s?"
_NUMBER: Final = re.compile(rf"(?<![\d-])\(?(0\d{{1,4}}){_DASH}(\d{{1,4}}){_DASH}(\d{{3,4}})(?![\d-])")
_SOLID: Final = re.compile(r"(?<![\d-])(0\d{9,10})(?![\d-])")
_SIGN: Final = r"[〇一二三四五六七八九ニOo○]"
_KANJI: Final = re.compile(rf"{_SIGN}{{2,5}}(?:\s?[-‐−–—―|丨]{{1,2}}\s?{_SIGN}{{1,4}}){{2}}(?!\S?{_SIGN})")
_FIGURES: Final = {**KANJI_DIGITS, "ニ": "2", "O": "0", "o": "0", "○": "0"}
_FAX: Final = re.compile(r"(?i:fax)|ファック?ス|F\s?A\s?X|^F$")
_PHONE: Final = re.compile(r"電話|(?i:tel)|☎|携帯|ダイヤル")
LANDLINE: Final = 10
MOBILE: Final = 11
_MOBILE_STARTS: Final = ("050", "060", "070", "080", "090", "0800")


def numbers(found: Sequence[Section], parts: Sequence[Part]) -> tuple[list[Candidate[str]], list[Candidate[str]]]:
    """Telephone and fax numbers, written 0790-01-2345, best first."""
    fields = {id(part.line): one.field for one in found if one.field in ("phone", "fax") for part in one.parts}
    phones: list[Candidate[str]] = []
    faxes: list[Candidate[str]] = []
    for part in parts:
        for number, before in _numbers(part.text):
            labelled = fields.get(id(part.line), "")
            fax = bool(_FAX.search(before)) if _FAX.search(before) or _PHONE.search(before) else labelled == "fax"
            candidates = faxes if fax else phones
            if number not in [one.value for one in candidates]:
                candidates.append(made(number, [part]))
    return phones, faxes


def _numbers(text: str) -> list[tuple[str, str]]:
    """Each number with what stands between it and the number before."""
    text = _KANJI.sub(_in_figures, text)
    reached, read = 0, []
    for one in sorted([*_NUMBER.finditer(text), *_SOLID.finditer(text)], key=lambda match: match.start()):
        written = "-".join(one.groups())
        if valid(written):
            read.append((written, text[reached : one.start()]))
            reached = one.end()
    return read


def _in_figures(found: re.Match[str]) -> str:
    figures = "".join(_FIGURES.get(sign, "-") for sign in found[0])
    return re.sub("-+", "-", figures)


def valid(number: str) -> bool:
    """Whether a number can be dialled: 0 and 10 figures, or 11 for mobile telephones and the like.

    総務省, 電気通信番号計画 (2019): geographic numbers have ten figures, the area code two to five.
    """
    figures = number.replace("-", "")
    if not figures.startswith("0") or figures.startswith("00"):
        return False
    groups = number.split("-")
    if groups[0] in _MOBILE_STARTS or (len(groups) == 1 and len(figures) == MOBILE):
        return figures.startswith(_MOBILE_STARTS) and len(figures) == MOBILE
    if len(groups) > 1 and not (len(groups[0] + groups[1]) == 6 and len(groups[2]) == 4):  # noqa: PLR2004  # 6 + 4
        return figures.startswith(("0120", "0570")) and len(figures) == LANDLINE
    return len(figures) == LANDLINE
