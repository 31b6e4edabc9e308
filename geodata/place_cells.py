"""Cells of a row as what the portal knows of a place: where, how to get in touch, for whom, at what cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import shapely

from geodata import place_words
from geodata.crs import in_japan, point_to_jgd2011, to_jgd2011
from geodata.decode import read_code, read_date, read_flag, read_position
from geodata.place_aliases import ACCESS_FIELDS, PUBLIC
from geodata.place_rows import RefusedRowError
from portal.errors import UnreadableFileError
from portal.model.place import Access, Audience, Contact, ContactKind
from portal.model.position import Point, Precision

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import pyproj
    from shapely.geometry.base import BaseGeometry

    from geodata.place_rows import Raw

TOKYO_DATUM: Final = "EPSG:4301"
"""日本測地系 in degrees, about 450 m off from what is used now."""
MISSING: Final = "tables.position_missing"
ADDRESS: Final = re.compile(r"https?://[^\s　<>「」\"'\\]+", re.ASCII)
EMAIL: Final = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
PHONE: Final = re.compile(r"[\d０-９]")
LONGEST_ADDRESS: Final = 2000
NOTHING: Final = frozenset({"", "-", "－", "ー", "―", "なし", "無し", "無", "×"})


def position(raw: Raw, crs: pyproj.CRS | None, datum: str) -> tuple[Point | None, Precision]:
    """Where a row says that its place is, in JGD2011; a polygon's place is a point within it, good to its block.

    ``crs`` is that of the coordinates where they are not degrees (x east, y north); ``datum`` "tokyo" shifts degrees.
    """
    system = crs or (TOKYO_DATUM if datum == "tokyo" else raw.crs)
    if raw.geometry is not None and not raw.geometry.is_empty:
        return _of_shape(raw, raw.geometry, system)
    point = _projected(raw, crs) if crs is not None and crs.is_projected else _degrees(raw, datum)
    return (point, Precision.EXACT) if point else (None, Precision.NONE)


def _of_shape(raw: Raw, given: BaseGeometry, system: pyproj.CRS | str | None) -> tuple[Point | None, Precision]:
    try:
        shape = to_jgd2011(given, system or "CRS84")
    except UnreadableFileError as error:
        raise RefusedRowError(error.key, **error.values) from None
    if not in_japan(shape):
        raw.notes.doubt("tables.position_outside_japan")
        return None, Precision.NONE
    if isinstance(shape, shapely.Point):
        return Point(shape.x, shape.y), Precision.EXACT
    within = shape.representative_point()
    raw.notes.doubt("intake.position_from_shape", name=raw.text("name"))
    return Point(within.x, within.y), Precision.BLOCK


def _projected(raw: Raw, crs: pyproj.CRS) -> Point | None:
    try:
        x, y = float(raw.text("lon").replace(",", "")), float(raw.text("lat").replace(",", ""))
        return point_to_jgd2011(x, y, crs)
    except ValueError:
        raw.notes.doubt("tables.position_unreadable")
    except UnreadableFileError as error:
        raise RefusedRowError(error.key, **error.values) from None
    return None


def _degrees(raw: Raw, datum: str) -> Point | None:
    found = read_position(raw.text("lat"), raw.text("lon"))
    for key in found.notes:
        if key != MISSING or not raw.text("address"):  # an address is looked up later
            raw.notes.doubt(key)
    if found.point and datum == "tokyo":
        return point_to_jgd2011(found.point.lon, found.point.lat, TOKYO_DATUM)
    return found.point


def address(raw: Raw) -> str:
    """住所 with the municipality before it where it has none, and the building (方書) after it."""
    pieces = [raw.text("town"), raw.text("street")]
    written = raw.text("address") or "".join(pieces)
    city = raw.text("city")
    if written and city and city not in written:
        written = city + written
    prefecture = raw.text("prefecture")
    if written and prefecture and city and not written.startswith(prefecture):
        written = prefecture + written
    building = raw.text("building")
    return " ".join(filter(None, (written, building if building not in written else "")))


def authority(raw: Raw) -> str:
    """The five-digit code of the row; empty, and said, where it is none."""
    try:
        code = read_code(raw.text("authority"), raw.text("prefecture"))
    except ValueError:
        raw.notes.doubt("intake.bad_code", code=raw.text("authority"))
        return ""
    return "" if code.endswith("000") else code


def verified_on(raw: Raw, today: date) -> date | None:
    """最終確認日; a day to come is a slip and does not count."""
    text = raw.text("verified_on")
    try:
        day = read_date(text)
    except ValueError:
        day = None
        raw.notes.doubt("intake.bad_verified_day", day=text)
    if day and day > today:
        raw.notes.doubt("intake.verified_later", day=text)
        return None
    return day


def contacts(raw: Raw, public: Collection[str]) -> tuple[Contact, ...]:
    """How to get in touch. A web address is public; anything else only by ``public`` or a column that says so."""
    found = [
        *_plain(raw, "contact_person", ContactKind.PERSON, public),
        *_plain(raw, "phone", ContactKind.PHONE, public, note=raw.text("extension")),
        *_plain(raw, "fax", ContactKind.FAX, public),
        *_email(raw, public),
        *_web(raw, "form", ContactKind.FORM, public),
        *_web(raw, "url", ContactKind.URL, public),
    ]
    return tuple(dict.fromkeys(found))


def _shown(raw: Raw, name: str, public: Collection[str]) -> bool:
    """Whether a contact may be shown; what the row says goes before what holds for the file."""
    for column in (f"{name}{PUBLIC}", "contacts_public"):
        text = raw.text(column)
        said = True if text in {"公開", "公開可"} else False if text in {"非公開", "公開不可"} else read_flag(text)
        if said is not None:
            return said
        if text:
            raw.notes.doubt("intake.bad_publicity", value=text)
            return False
    return name in public


def _plain(raw: Raw, name: str, kind: ContactKind, public: Collection[str], note: str = "") -> list[Contact]:
    text = raw.text(name)
    if text in NOTHING:
        return []
    if kind is not ContactKind.PERSON and not PHONE.search(text):
        raw.notes.doubt("intake.bad_number", value=text, column=raw.labels.get(name, name))
        kind = ContactKind.OTHER
    return [Contact(kind, text, _shown(raw, name, public), note)]


def _email(raw: Raw, public: Collection[str]) -> list[Contact]:
    text = raw.text("email")
    if text in NOTHING:
        return []
    if not EMAIL.fullmatch(text.replace("＠", "@")):
        raw.notes.doubt("intake.bad_email", value=text)
        return [Contact(ContactKind.OTHER, text, _shown(raw, "email", public))]
    return [Contact(ContactKind.EMAIL, text.replace("＠", "@"), _shown(raw, "email", public))]


def _web(raw: Raw, name: str, kind: ContactKind, public: Collection[str]) -> list[Contact]:
    """Addresses that begin with http or https; anything else is kept as text, never as a link."""
    text = raw.text(name)
    if text in NOTHING:
        return []
    found = [link[0] for link in ADDRESS.finditer(text) if len(link[0]) <= LONGEST_ADDRESS]
    if not found:
        raw.notes.doubt("intake.bad_link", value=text)
        return [Contact(ContactKind.OTHER, text[:LONGEST_ADDRESS], _shown(raw, name, public))]
    shown = _shown(raw, name, {"url", *public})  # a page is public by itself, a form is not
    note = ADDRESS.sub("", text).strip()
    return [Contact(kind, link, shown, note) for link in dict.fromkeys(found)]


def access(raw: Raw) -> frozenset[Access]:
    """What there is, by the columns for each thing and by the list in バリアフリー情報."""
    flags = {Access(name) for name in ACCESS_FIELDS if read_flag(raw.text(name))}
    return place_words.accesses(raw.text("access")) | flags


def access_note(raw: Raw) -> str:
    """バリアフリー情報 verbatim, and what a column says beyond yes: 「授乳室: 有（1階）」."""
    remarks = [f"{raw.labels.get(name, name)}: {raw.text(name)}" for name in ACCESS_FIELDS if _remark(raw.text(name))]
    return "\n".join(filter(None, (raw.text("access"), *remarks)))


def _remark(text: str) -> bool:
    """Whether a flag's cell holds more than a flag."""
    longest_flag = 4
    return len(text) > longest_flag or (text not in NOTHING and read_flag(text) is None)


def audience(raw: Raw) -> tuple[frozenset[Audience], str]:
    """For whom, and the words of the file; from the description only where it says 「対象：」."""
    said = "" if raw.text("audience") in NOTHING else raw.text("audience")
    found = place_words.audiences(said)
    told = place_words.target(raw.text("name")) or place_words.target(raw.text("description"))
    if not found and told:
        return place_words.audiences(told), "\n".join(filter(None, (said, told)))
    return found, said


def costs(raw: Raw) -> Mapping[str, Any]:
    """The fee and whether to book, with the words of the file, as fields of PlaceFacts."""
    fees = [text for name in ("fee", "fee_note") if (text := raw.text(name)) and text != "-"]
    asked = raw.text("booking")
    return {
        "fee": place_words.fee("\n".join(fees)),
        "fee_note": "\n".join(dict.fromkeys(fees)),
        "booking": place_words.booking(asked),
        "booking_note": "" if asked == "-" else asked,
    }
