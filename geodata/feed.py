"""What calendars and news feeds have in common: how much is read, and text brought to what an item may hold."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from portal.clock import TOKYO
from portal.errors import UnreadableFileError
from portal.model.feed import CATEGORIES_MAX, CATEGORY_MAX, UID_MAX
from portal.model.post import WEB_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable

BYTES_MAX: Final = 2 * 2**20
ITEMS_MAX: Final = 1_000
MEBI: Final = 2**20
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WIDE_GAP: Final = re.compile(r"\n{3,}")


def check_size(data: bytes) -> None:
    """Raise UnreadableFileError for a feed of nothing, or of more than 2 MiB."""
    if not data.strip():
        raise UnreadableFileError("feeds.empty")
    if len(data) > BYTES_MAX:
        raise UnreadableFileError("feeds.too_large", most=BYTES_MAX // MEBI)


def lines_of(text: str, most: int) -> str:
    """Text without control signs and halves of signs, its lines broken by LF; cut with … where it is too long."""
    text = _UNSEEN.sub("", _BREAK.sub("\n", text))
    text = _WIDE_GAP.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def one_line(text: str, most: int) -> str:
    """Text in one line, cut with … where it is too long."""
    text = " ".join(lines_of(text, len(text) + 1).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def uid_of(text: str, *instead: str) -> str:
    """The item's own identifier; where there is none, or a boundless one, a name made of what it says."""
    text = one_line(text, len(text) + 1)
    if text and len(text) <= UID_MAX:
        return text
    made = hashlib.sha256("\n".join((text, *instead)).encode()).hexdigest()
    return f"made-{made[:32]}"


def web_address(text: str) -> str:
    """The text where it is an http or https address, else nothing."""
    text = text.strip()
    return text if WEB_ADDRESS.fullmatch(text) else ""


def categories(texts: Iterable[str]) -> tuple[str, ...]:
    """Each category once, as many as an item holds."""
    cut = (one_line(text, CATEGORY_MAX) for text in texts)
    return tuple(dict.fromkeys(text for text in cut if text))[:CATEGORIES_MAX]


def in_tokyo(moment: datetime) -> datetime | None:
    """A moment in Tokyo's time, to the second; one without a zone is UTC. None at the edge of the calendar."""
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(TOKYO).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None
