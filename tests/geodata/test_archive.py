"""Archives give up only what is wanted, and a trap is refused before it is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.archive import Limits, read_members
from portal.errors import UnreadableFileError
from portal.words import say_error
from tests.geodata.polygon_files import zipped


def refusal(data: bytes, **options: object) -> str:
    """The phrase with which an archive is refused."""
    with pytest.raises(UnreadableFileError) as raised:
        read_members(data, **options)
    assert say_error(raised.value)
    return raised.value.key


def link(name: str) -> bytes:
    """An archive with a symbolic link to a file of the system."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")
    return buffer.getvalue()


def as_windows_writes(name: str, data: bytes) -> bytes:
    """A one-member archive whose name is CP932 without the UTF-8 flag, as Windows in Japanese makes it."""
    raw, crc = name.encode("cp932"), zlib.crc32(data)
    sizes = struct.pack("<III", crc, len(data), len(data))
    local = b"PK\x03\x04" + struct.pack("<5H", 20, 0, 0, 0, 0x21) + sizes + struct.pack("<HH", len(raw), 0) + raw + data
    entry = b"PK\x01\x02" + struct.pack("<6H", 20, 20, 0, 0, 0, 0x21) + sizes
    entry += struct.pack("<5HII", len(raw), 0, 0, 0, 0, 0, 0) + raw
    end = b"PK\x05\x06" + struct.pack("<4HIIH", 0, 0, 1, 1, len(entry), len(local), 0)
    return local + entry + end


def test_only_what_is_wanted_is_unpacked():
    """Of an archive with all sorts of files, the parts of shapefiles and GeoJSON come out, whatever the case."""
    data = zipped(
        {"a/A27.SHP": b"1", "a/A27.dbf": b"2", "a/KS-META.xml": b"3", "x.geojson": b"4", "__MACOSX/a/._A27.shp": b"5"}
    )
    assert [(member.path.name, member.suffix, member.data) for member in read_members(data)] == [
        ("A27.SHP", ".shp", b"1"),
        ("A27.dbf", ".dbf", b"2"),
        ("x.geojson", ".geojson", b"4"),
    ]


@pytest.mark.parametrize("name", ["小学校区.shp", "表示\\能登ソ.shp", "区域/①㈱髙.shp"])
def test_japanese_names_are_read(name):
    """Names in CP932 without a flag are told, those whose second byte is a backslash too; so are flagged ones."""
    wanted = name.replace("\\", "/")
    assert [str(member.path) for member in read_members(as_windows_writes(name, b"x"))] == [wanted]
    assert [str(member.path) for member in read_members(zipped({wanted: b"x"}))] == [wanted]


@pytest.mark.parametrize("name", ["../x.shp", "a/../../x.shp", "/etc/x.shp", "C:\\x.shp", "..\\x.shp", "a.exe:x.shp"])
def test_a_name_that_leads_elsewhere_is_refused(name):
    """No member may name a place outside its folder, in either spelling of paths."""
    assert refusal(zipped({"ok.shp": b"1", name: b"2"})) == "polygons.archive_escapes"


def test_links_are_refused():
    """A symbolic link is refused, whatever it is called."""
    assert refusal(link("x.shp")) == "polygons.archive_escapes"


def test_a_bomb_is_refused_by_what_it_declares():
    """Sixty-four million blanks in a few kilobytes are not unpacked."""
    assert refusal(zipped({"x.shp": b" " * 2**26})) == "polygons.archive_ratio"


def test_a_bomb_that_lies_about_its_size_is_refused():
    """A member that declares a thousandth of its size is damaged, and no more than declared is unpacked."""
    data = bytearray(zipped({"x.shp": b" " * 2**24}))
    start = data.rindex(b"PK\x01\x02") + 24
    data[start : start + 4] = struct.pack("<I", 2**10)
    assert refusal(bytes(data)) == "polygons.archive_damaged"


def test_a_table_of_blanks_is_no_bomb():
    """A .dbf of a few hundred kilobytes, nearly all padding, is read."""
    (member,) = read_members(zipped({"x.dbf": b" " * 500_000}))
    assert len(member.data) == 500_000


def test_sizes_are_added_up():
    """Many members that are each small enough are refused together."""
    data = zipped({f"{number}.shp": bytes(range(256)) * 10 for number in range(20)})
    assert refusal(data, limits=Limits(total_bytes=50_000)) == "polygons.too_large"


def test_too_many_members_are_refused():
    """An archive of thousands of empty files is refused by their number."""
    data = zipped({f"{number}.txt": b"" for number in range(2_001)})
    assert refusal(data) == "polygons.archive_members"


def test_an_archive_in_an_archive_is_not_opened():
    """As in 42.zip: the inner archives are left alone, and the sentence says to unpack first."""
    inner = zipped({"x.shp": b"1"})
    assert refusal(zipped({"1.zip": inner, "2.zip": inner})) == "polygons.archive_nested"


def test_an_archive_without_anything_wanted_is_refused():
    """An archive of texts, and one of nothing, are refused."""
    assert refusal(zipped({"readme.txt": b"1"})) == "polygons.archive_empty"
    assert refusal(zipped({})) == "polygons.archive_damaged"


def test_two_members_of_one_name_are_refused():
    """Readers differ on which one of two counts, so neither does."""
    data = zipped({"x.shp": b"1", "y.shp": b"2"}).replace(b"y.shp", b"x.shp")
    assert refusal(data) == "polygons.archive_damaged"


def test_what_is_a_zip_and_something_else_is_refused():
    """A tar with a zip at its end, and anything before a zip, are refused."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("x.shp"))
    data = zipped({"x.shp": b"1"})
    assert refusal(buffer.getvalue() + data) == "polygons.archive_damaged"
    assert refusal(b"GIF89a" + data) == "polygons.archive_damaged"


def test_locked_and_rare_packings_are_refused():
    """A password is asked to be removed; LZMA and bzip2, whose memory cannot be bounded, are not unpacked."""
    data = bytearray(zipped({"x.shp": b"1"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "polygons.archive_locked"
    assert refusal(zipped({"x.shp": b"1"}, method=zipfile.ZIP_LZMA)) == "polygons.archive_damaged"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_archive_ends_in_members_or_one_sentence(data):
    """Whatever bytes of an archive are changed or cut off, only the portal's own error is raised."""
    raw = bytearray(zipped({"a.shp": b"abc" * 50, "b.dbf": b"xyz"}))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=6)):
        raw[place] = data.draw(st.integers(0, 255))
    try:
        members = read_members(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    except UnreadableFileError as error:
        assert error.key.startswith("polygons.")  # noqa: PT017  # most are refused, some changes do no harm
    else:
        assert {member.suffix for member in members} <= {".shp", ".dbf", ".shx", ".prj", ".cpg", ".geojson"}
