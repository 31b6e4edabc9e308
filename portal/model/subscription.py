"""What a resident asked to be told (お知らせの登録): a choice, and the mail address or browser that it goes to.

Nothing else is kept: no name, not what was opened. It names a person, so it stands neither in the journal nor in a
backup, and is deleted when they ask for it.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from portal.clock import TOKYO
from portal.errors import InvalidRecordError
from portal.model.account import read_email
from portal.model.municipality import CODE

VALUES_MAX: Final = 60
"""Districts or kinds of one choice, as many as a question of *Find* takes."""
ENDPOINT: Final = re.compile(r"https://[^\s\"'<>\\\x00-\x20\x7f-\uffff]{4,1500}")
POINT_BYTES, SECRET_BYTES = 65, 16
"""Of a browser's keys (RFC 8291): an uncompressed point of P-256, and a shared secret."""
CONFIRM_WITHIN: Final = timedelta(hours=48)
TOGETHER: Final = timedelta(hours=1)
"""What is told at once is gathered for so long after the last message."""
MONDAY_AT: Final = time(7)
SETTLED: Final = timedelta(minutes=1)
"""A change bears the moment at which it was begun; after so long it is certainly kept, and none is passed over."""


class Pace(StrEnum):
    """How often there may be a message."""

    WEEKLY = "weekly"  # 毎週月曜日
    AT_ONCE = "at_once"  # すぐに(1時間に1通まで)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to be told of."""

    municipality: str
    layer: str = ""
    """Of the districts; empty where the whole municipality is wanted."""
    districts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Keys of kinds; empty for all."""
    pace: Pace = Pace.WEEKLY
    language: str = "ja"

    def __post_init__(self) -> None:
        """Refuse a municipality that is no code, districts of no layer, and too many of anything."""
        if not CODE.fullmatch(self.municipality):
            raise InvalidRecordError("model.municipality_code", code=self.municipality)
        if bool(self.layer) != bool(self.districts):
            raise InvalidRecordError("subscribe.bad_choice")
        if max(len(self.districts), len(self.kinds)) > VALUES_MAX:
            raise InvalidRecordError("subscribe.too_many_values", most=VALUES_MAX)


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser is reached (Web Push), as it said itself."""

    endpoint: str
    """Address at the browser's push service; who knows it can send there, so it is told to nobody."""
    p256dh: str
    auth: str

    def __post_init__(self) -> None:
        """Refuse an address that is not HTTPS, and keys that nothing can be encrypted for."""
        if not ENDPOINT.fullmatch(self.endpoint):
            raise InvalidRecordError("subscribe.bad_browser")
        point, secret = _bytes(self.p256dh), _bytes(self.auth)
        if len(point) != POINT_BYTES or point[0] != 4 or len(secret) != SECRET_BYTES:  # noqa: PLR2004  # SEC 1: uncompressed
            raise InvalidRecordError("subscribe.bad_browser")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A choice with where it goes: a mail address or a browser, never both."""

    id: str
    choice: Choice
    since: datetime
    """When it was asked for; once it is confirmed, when that was. Aware."""
    email: str = ""
    browser: Browser | None = None
    token: str = ""
    """SHA-256 in hex of the 256-bit token in the link that confirms; empty before it is mailed and once it worked."""
    confirmed: bool = False
    told_at: datetime | None = None
    """The moment of the last message: it told everything up to then."""

    def __post_init__(self) -> None:
        """Refuse one that goes nowhere, or to two."""
        if bool(self.email) == bool(self.browser) or (self.email and read_email(self.email) != self.email):
            raise InvalidRecordError("account.bad_email")

    @property
    def due_at(self) -> datetime:
        """When there is something to do: mail the link, forget what was never confirmed, look for what is new."""
        if not self.confirmed:
            return self.since + CONFIRM_WITHIN if self.token else self.since
        if self.choice.pace is Pace.WEEKLY:
            return next_monday(self.told_at or self.since) + SETTLED
        return self.told_at + TOGETHER if self.told_at else self.since

    @property
    def knows_until(self) -> datetime:
        """Up to when everything was told, or was there to be seen before."""
        return self.told_at or self.since


def next_monday(moment: datetime) -> datetime:
    """The first Monday morning in Japan after a moment."""
    local = moment.astimezone(TOKYO)
    monday = local.date() - timedelta(days=local.weekday())
    this = datetime.combine(monday, MONDAY_AT, TOKYO)
    return this if this > local else this + timedelta(days=7)


def _bytes(text: str) -> bytes:
    """Base64url with or without its end; nothing for what is none."""
    try:
        return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)) if len(text) <= 200 else b""  # noqa: PLR2004  # more than any key has
    except ValueError:
        return b""
