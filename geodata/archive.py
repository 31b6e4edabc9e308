"""Zip archives, from which only the wanted members are ever unpacked, and only into memory."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Collection

SHAPE_SUFFIXES: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
WANTED: Final = (*SHAPE_SUFFIXES, ".geojson")
NESTED: Final = {".zip", ".7z", ".tar", ".gz", ".tgz", ".lzh", ".rar"}
UTF8_NAME: Final = 0x800  # APPNOTE.TXT 4.4.4, bit 11
ENCRYPTED: Final = 0x1
TAR_MAGIC: Final = (257, b"ustar")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may ask for."""

    members: int = 2_000
    total_bytes: int = 256 * 2**20
    ratio: int = 50
    ratio_from_bytes: int = 2**20
    """Below this a member may shrink as it likes: a table of blanks (.dbf) often does."""


@dataclass(frozen=True, slots=True)
class Member:
    """One unpacked file of an archive."""

    path: PurePosixPath
    data: bytes

    @property
    def suffix(self) -> str:
        """The ending in lower case, e.g. ``.shp``."""
        return self.path.suffix.lower()


def read_members(
    source: Path | bytes, *, wanted: Collection[str] = WANTED, limits: Limits | None = None
) -> tuple[Member, ...]:
    """The members of a zip archive whose ending is ``wanted``, in the archive's order.

    Raises UnreadableFileError for what is not a zip alone, is damaged, locked, leads out of its folder, holds
    links, or unpacks to more than ``limits``; and where nothing wanted is in it.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    limits = limits or Limits()
    _check_kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            chosen = _choose(archive.infolist(), wanted, limits)
            return tuple(Member(path, archive.read(info)) for path, info in chosen)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError):
        raise UnreadableFileError("polygons.archive_damaged") from None


def _check_kind(data: bytes) -> None:
    """Refuse what is a zip and something else at once."""
    offset, magic = TAR_MAGIC
    if not data.startswith(b"PK\x03\x04") or data[offset : offset + len(magic)] == magic:
        raise UnreadableFileError("polygons.archive_damaged")


def _choose(
    infos: list[zipfile.ZipInfo], wanted: Collection[str], limits: Limits
) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """The wanted members by name; every member is checked, wanted or not."""
    if len(infos) > limits.members:
        raise UnreadableFileError("polygons.archive_members", members=len(infos), limit=limits.members)
    named = [(_safe_path(info), info) for info in infos]
    if len({path for path, _ in named}) < len(named):
        raise UnreadableFileError("polygons.archive_damaged")
    chosen = [(path, info) for path, info in named if path.suffix.lower() in wanted and not _by_the_system(path)]
    if not chosen:
        nested = any(path.suffix.lower() in NESTED for path, _ in named)
        raise UnreadableFileError("polygons.archive_nested" if nested else "polygons.archive_empty")
    _check_sizes([info for _, info in chosen], limits)
    return chosen


def _by_the_system(path: PurePosixPath) -> bool:
    """Whether macOS put it there (``__MACOSX/._name.shp``)."""
    return "__MACOSX" in path.parts or path.name.startswith("._")


def _check_sizes(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse a bomb by the sizes it declares; zipfile never unpacks more than what is declared."""
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        raise UnreadableFileError("polygons.too_large", limit_mib=limits.total_bytes // 2**20)
    for info in infos:
        squeezed = info.file_size > limits.ratio * max(1, info.compress_size)
        if squeezed and info.file_size > limits.ratio_from_bytes:
            raise UnreadableFileError("polygons.archive_ratio", ratio=limits.ratio)
        if info.flag_bits & ENCRYPTED:
            raise UnreadableFileError("polygons.archive_locked")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableFileError("polygons.archive_damaged")


def _safe_path(info: zipfile.ZipInfo) -> PurePosixPath:
    """The member's path within the archive. Raises for one that leads elsewhere, and for a link."""
    name = _name(info).replace("\\", "/")
    path = PurePosixPath(name)
    elsewhere = path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name
    if elsewhere or stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableFileError("polygons.archive_escapes")
    return path


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; Windows in Japanese writes CP932 and older macOS UTF-8, neither sets the flag."""
    if info.flag_bits & UTF8_NAME:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename
