"""What a request asks of the HSDS API, read from its parameters; what cannot be read is never passed over.

Parameters as openreferral/specification, ``schema/openapi.json`` (3.0) names them: ``search page per_page format
minimal full full_service modified_after taxonomy_term_id taxonomy_id organization_id postcode proximity``. There the
proximity is metres from the middle of a postcode. Postcodes are not known here, so the middle is ``near=lat,lon``;
``proximity=lat,lon,metres`` says both. ``municipality`` (five digits) is the portal's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from portal.clock import TOKYO
from portal.errors import InvalidRecordError
from portal.model.position import Point
from portal.normalise import words
from portal.query import MOST_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

PER_PAGE: Final = 50
PER_PAGE_MAX: Final = 500
PAGE_MAX: Final = 1_000_000
METRES_MAX: Final = 200_000
YES: Final = {"": False, "false": False, "0": False, "true": True, "1": True}
FORMATS: Final = ("json", "ndjson")
SHOWN: Final = 60
"""Characters of a value that an error repeats."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the API."""

    municipality: str = ""
    words: tuple[str, ...] = ()
    """Folded; all of them must occur."""
    term: str = ""
    """UUID of a kind, or its key."""
    taxonomy: str = ""
    organization: str = ""
    modified_after: datetime | None = None
    near: Point | None = None
    metres: float | None = None
    page: int = 1
    per_page: int | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    lines: bool = False
    """ndjson: all of it, one object a line."""


def read(params: Mapping[str, str]) -> Asked:
    """The question that the parameters are; raises InvalidRecordError for one that cannot be read."""
    if params.get("postcode"):
        raise InvalidRecordError("open_data.no_postcode")
    near, metres = _nearness(params)
    return Asked(
        municipality=params.get("municipality", ""),
        words=_words(params.get("search", "")),
        term=params.get("taxonomy_term_id", ""),
        taxonomy=params.get("taxonomy_id", ""),
        organization=params.get("organization_id", ""),
        modified_after=_moment(params.get("modified_after", "")),
        near=near,
        metres=metres,
        page=_whole(params, "page", PAGE_MAX) or 1,
        per_page=_whole(params, "per_page", PER_PAGE_MAX),
        minimal=_yes(params, "minimal"),
        full=_yes(params, "full"),
        full_service=_yes(params, "full_service"),
        lines=_format(params.get("format", "json")) == "ndjson",
    )


def _words(text: str) -> tuple[str, ...]:
    found = tuple(words(text))
    if len(found) > MOST_WORDS:
        raise InvalidRecordError("query.too_many_words", most=MOST_WORDS)
    return found


def _whole(params: Mapping[str, str], name: str, most: int) -> int | None:
    text = params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):  # noqa: PLR2004  # digits
        raise InvalidRecordError("open_data.bad_number", name=name, value=text[:SHOWN], least=1, most=most)
    return int(text)


def _yes(params: Mapping[str, str], name: str) -> bool:
    text = params.get(name, "")
    if text.casefold() not in YES:
        raise InvalidRecordError("open_data.bad_yes", name=name, value=text[:SHOWN])
    return YES[text.casefold()]


def _format(text: str) -> str:
    if text not in FORMATS:
        raise InvalidRecordError("open_data.bad_format", value=text[:SHOWN])
    return text


def _moment(text: str) -> datetime | None:
    """A datetime of ISO 8601; one without a zone is of Japan, and a plus that an address made a blank is one again."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text.strip())
    except ValueError:
        raise InvalidRecordError("open_data.bad_moment", value=text[:SHOWN]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)


def _nearness(params: Mapping[str, str]) -> tuple[Point | None, float | None]:
    """Where, and within how many metres; neither where nothing is asked."""
    text, near = params.get("proximity", ""), params.get("near", "")
    if not text and not near:
        return None, None
    pieces = f"{near},{text}".strip(",").split(",")
    try:
        lat, lon, metres = (float(piece) for piece in pieces)
        at = Point(lon, lat)
    except (ValueError, InvalidRecordError):
        raise InvalidRecordError("open_data.bad_proximity", value=f"{text} {near}".strip()[:SHOWN]) from None
    if not 0 < metres <= METRES_MAX:
        raise InvalidRecordError("open_data.bad_proximity", value=text[:SHOWN])
    return at, metres
