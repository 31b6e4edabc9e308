"""The text of a cell, without what nobody can see and with its signs in one form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_MARKS: Final = 30
"""Combining marks after one sign: the bound of the Stream-Safe Text Format (UAX #15, 13)."""
LAST_MARK: Final = 0x1FFFF
"""No script beyond the second plane combines."""


def _marks() -> str:
    """Every combining sign, as the inside of a pattern's brackets."""
    return "".join(re.escape(chr(code)) for code in range(0x300, LAST_MARK + 1) if unicodedata.combining(chr(code)))


UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control signs but for tab and line ends
    "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero-width, bidi overrides
    "\ud800-\udfff]",  # lone surrogates
)
LINE_ENDS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
BLANKS: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
JOINERS_AT_ENDS: Final = re.compile("^[\\s\u200c\u200d]+|[\\s\u200c\u200d]+$")
TOO_MANY_MARKS: Final = re.compile(f"([{_marks()}]{{{MOST_MARKS}}})[{_marks()}]+")
BRACKETS: Final = str.maketrans("[{〔【〈《「『]}〕】〉》」』", "((((((((" + "))))))))")
HEADER_LONGEST: Final = 200
LONGEST: Final = 131_072
"""Characters of a cell, or of an attribute of a feature: as many as the csv module takes."""
NOT_IN_HEADERS: Final = re.compile(r"[\s_*※‐-―]+")


def clean(text: str) -> str:
    """``text`` in NFC, trimmed, without control signs, bidi overrides, zero-width blanks and lone surrogates.

    A no-break or ideographic space becomes a blank, every line end a line feed. Joiners inside an emoji,
    variation selectors (葛󠄀) and signs outside the BMP (𠮷) stay.
    """
    if text.isprintable() and (text.isascii() or len(text) <= MOST_MARKS):  # most cells: nothing to take out
        return unicodedata.normalize("NFC", text).strip()
    seen = LINE_ENDS.sub("\n", UNSEEN.sub("", text))
    bounded = TOO_MANY_MARKS.sub(r"\1", BLANKS.sub(" ", seen))
    return JOINERS_AT_ENDS.sub("", unicodedata.normalize("NFC", bounded))


def fold_header(text: str) -> str:
    """A column's name as it is compared: NFKC, lower case, one kind of bracket, no blank, ``_`` or ``*``.

    ``料金（基本）`` and ``料金(基本)`` become the same, so do ``名称_カナ``, ``名称＿カナ`` and ``名称 ｶﾅ``.
    """
    head = text[:HEADER_LONGEST]  # cells of data are compared with header names, too, and may be very long
    return NOT_IN_HEADERS.sub("", unicodedata.normalize("NFKC", clean(head)).casefold()).translate(BRACKETS)


def narrow(text: str) -> str:
    """A value that is not prose (a number, a date, a code): cleaned, NFKC, trimmed."""
    found = clean(text)
    return found if found.isascii() else unicodedata.normalize("NFKC", found).strip()
