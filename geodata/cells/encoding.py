"""The encodings that Japanese tables come in, told apart by their bytes alone.

A town's files are UTF-8 (with or without a byte order mark), CP932 as Excel writes it, sometimes
UTF-16, EUC-JP or ISO-2022-JP. A file that is in two encodings at once is refused: a guess would
turn names into others.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from portal.errors import UnreadableFileError

CHUNK: Final = 1 << 20
SAMPLE_CHARACTERS: Final = 20_000
MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ISO_2022_ESCAPE: Final = re.compile(rb"\x1b(\$[@B(]|\([JI])")
UTF8_RUN: Final = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3,}")
"""Three kana or kanji in a row as UTF-8 writes them (U+3000 to U+9FFF)."""
TELLTALE: Final = re.compile(r"[ぁ-んァ-ヶー　-】市区町村県名所番号日年月施設]")
"""Signs that are common in any municipal table; a wrong reading hits them by chance only."""
LEGACY: Final = ("cp932", "euc_jp", "euc_jis_2004")
LEAST_TELLTALE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the encoding it was in (a Python codec name)."""

    text: str
    encoding: str


def decode_bytes(data: bytes) -> Decoded:
    """The text of a file, whichever of the usual encodings it is in; without a byte order mark.

    Raises UnreadableFileError with the position (bytes, from 0) and the line (from 1) that no
    encoding explains.
    """
    encoding = encoding_of(data)
    if encoding == "iso2022_jp_2004":
        return Decoded(_read_iso_2022(data), encoding)
    return Decoded(data.decode(encoding), encoding)


def encoding_of(data: bytes) -> str:
    """The Python codec that reads the whole of ``data``; raises as :func:`decode_bytes` does."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _whole(data, codec)
    if ISO_2022_ESCAPE.search(data) and data.isascii():
        return _iso_2022(data)
    stop = _first_unreadable(data, "utf-8")
    if stop is None:
        return "utf-8"
    reading = [codec for codec in LEGACY if _first_unreadable(data, codec) is None]
    mixed = _utf8_line(data)
    if mixed is not None or not reading:
        raise _unreadable(data, max(mixed or 0, stop))
    return _likelier(data, reading)


def _whole(data: bytes, codec: str) -> str:
    stop = _first_unreadable(data, codec)
    if stop is not None:
        raise _unreadable(data, stop)
    return codec


def _iso_2022(data: bytes) -> str:
    """Whichever of the two ISO-2022-JP codecs reads it; the second knows ①㈱, which mail programs add."""
    if _first_unreadable(data, "iso2022_jp_ext") is None:
        return "iso2022_jp_ext"
    try:
        _read_iso_2022(data)
    except UnicodeDecodeError as problem:
        raise _unreadable(data, problem.start) from problem
    return "iso2022_jp_2004"


def _read_iso_2022(data: bytes) -> str:
    """ISO-2022-JP with row 13 (①㈱), read as JIS X 0213, whose first plane holds the same signs."""
    return re.sub(rb"\x1b\$[@B]", b"\x1b$(Q", data).decode("iso2022_jp_2004")


def _first_unreadable(data: bytes, codec: str) -> int | None:
    """The first byte that ``codec`` cannot read, else None; a mebibyte at a time, so that memory stays small."""
    decoder = codecs.getincrementaldecoder(codec)()
    view = memoryview(data)
    for start in range(0, len(data) or 1, CHUNK):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(bytes(view[start : start + CHUNK]), final=start + CHUNK >= len(data))
        except UnicodeDecodeError as problem:
            return max(0, start - pending + problem.start)
    return None


def _utf8_line(data: bytes) -> int | None:
    """Where UTF-8 stands in a line that is wholly UTF-8, within a file that as a whole is not."""
    checked = 0
    for run in UTF8_RUN.finditer(data):
        if run.start() < checked:  # a line is read once, however long it is and whatever stands in it
            continue
        first = data.rfind(b"\n", 0, run.start()) + 1
        last = data.find(b"\n", run.end())
        checked = last if last >= 0 else len(data)
        if _first_unreadable(data[first:checked], "utf-8") is None:
            return run.start()
    return None


def _likelier(data: bytes, reading: list[str]) -> str:
    """Of CP932 and EUC-JP the one whose text looks like a table; in doubt CP932, which is the usual one.

    EUC-JP read as CP932 is half-width kana; the other way round it is rare kanji.
    """
    shares = {codec: _telltale_share(data, codec) for codec in reading}
    other = next((codec for codec in reading if codec != "cp932"), "cp932")
    if "cp932" not in shares:
        return other
    return other if shares[other] > max(shares["cp932"], LEAST_TELLTALE) else "cp932"


def _telltale_share(data: bytes, codec: str) -> float:
    sample = data[: SAMPLE_CHARACTERS * 2].decode(codec, errors="ignore")
    foreign = sum(not sign.isascii() for sign in sample)
    return len(TELLTALE.findall(sample)) / foreign if foreign else 0.0


def _unreadable(data: bytes, position: int) -> UnreadableFileError:
    line = 1 + max(data.count(b"\n", 0, position), data.count(b"\r", 0, position))
    return UnreadableFileError("tables.mixed_encoding", position=position, line=line)
