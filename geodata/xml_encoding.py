"""XML in one of the encodings of Japan as UTF-8, which is all that expat reads of them.

Old blogs still write Shift_JIS and EUC-JP; without this their feeds could not be read.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from portal.errors import UnreadableFileError

CODECS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "utf-16": "utf-16",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
}
_DECLARED: Final = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def utf8_xml(data: bytes) -> bytes:
    """The document in UTF-8 without its XML declaration, line numbers kept; signs that XML forbids are dropped.

    Raises UnreadableFileError for an encoding that is not known, or is not the one that is declared.
    """
    try:
        text = data.decode(_codec(data))
    except (UnicodeDecodeError, KeyError):
        raise UnreadableFileError("feeds.bad_encoding") from None
    declaration = _DECLARATION.match(text)
    if declaration:
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    return _FORBIDDEN.sub("", text.lstrip("\ufeff")).encode()


def _codec(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.match(data)
    return CODECS[declared[1].decode().lower()] if declared else "utf-8"
