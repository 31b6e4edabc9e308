"""Cells of the forms of a review: numbers, days and sources as people type them, with what is wrong by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from geodata.decode import read_date, read_int
from geodata.indicator_columns import read_number
from portal.errors import InvalidRecordError, PortalError
from portal.model.post import WEB_ADDRESS
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

T = TypeVar("T")
SOURCE: Final = ("source", "licence", "as_of", "credit", "url")
"""The fields of a source, as both forms have them."""
SHOWN: Final = 80
TEXT_MAX: Final = 300
"""Characters of one text of a source."""


class Cells:
    """The texts of a form, read one by one."""

    def __init__(self, said: Mapping[str, str]) -> None:
        """Begin with nothing wrong."""
        self.said = said
        self.faults: dict[str, PortalError] = {}

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """What a field says; None where it cannot be read, and then the reason is in ``faults``."""
        try:
            return reader(self.said.get(name, ""))
        except InvalidRecordError as error:
            self.faults[name] = error
            return None

    def source(self) -> Source | None:
        """The source that the fields of :data:`SOURCE` name; None where they name none."""
        texts = {name: self.read(name, short) or "" for name in SOURCE}
        as_of, url = self.read("as_of", day), self.read("url", web) or ""
        return Source(texts["source"], texts["licence"], as_of, texts["credit"], url) if texts["source"] else None


def source_shown(source: Source | None) -> dict[str, str]:
    """The fields of a source."""
    if source is None:
        return dict.fromkeys(SOURCE, "")
    as_of = source.as_of.isoformat() if source.as_of else ""
    return dict(zip(SOURCE, (source.name, source.licence, as_of, source.credit, source.url), strict=True))


def whole(text: str) -> int | None:
    """A whole number, in digits of any width; None for an empty field. Raises InvalidRecordError."""
    try:
        return read_int(text)
    except ValueError:
        raise InvalidRecordError("review_standards.bad_number", text=text[:SHOWN]) from None


def number(text: str) -> float | None:
    """The same with decimals."""
    return read_number(text)


def day(text: str) -> date | None:
    """A day; None for an empty field. Raises InvalidRecordError."""
    try:
        return read_date(text)
    except ValueError:
        raise InvalidRecordError("review_standards.bad_day", text=text[:SHOWN]) from None


def web(text: str) -> str:
    """An address of the web or nothing; raises InvalidRecordError for any other (``javascript:`` …)."""
    if text and not WEB_ADDRESS.fullmatch(text):
        raise InvalidRecordError("review_standards.bad_url")
    return text


def short(text: str) -> str:
    """A text that is not over-long. Raises InvalidRecordError."""
    if len(text) > TEXT_MAX:
        raise InvalidRecordError("model.text_too_long", most=TEXT_MAX)
    return text
