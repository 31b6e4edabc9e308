"""What the portal writes to people, and what residents ask through it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ENQUIRY_MAX: Final = 2_000
REPLY_TO_MAX: Final = 200
HEADER: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
"""Name of a header beside the usual ones."""


class Delivery(StrEnum):
    """What became of a message."""

    WAITING = "waiting"  # to be sent
    KEPT = "kept"  # no mail server is set: staff hand it over
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Message:
    """A mail in the outbox (送信箱)."""

    id: str
    to: str
    subject: str
    body: str
    made_at: datetime
    municipality: str = ""
    """Whose staff may see it; empty for administrators only."""
    group: str = ""
    about: str = ""
    """Id of the post, place or group that it is about."""
    state: Delivery = Delivery.WAITING
    tries: int = 0
    sent_at: datetime | None = None
    problem: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers by name, such as ``List-Unsubscribe``."""

    def __post_init__(self) -> None:
        """Refuse line breaks where another header could begin."""
        values = "".join((self.to, self.subject, *self.headers.values()))
        if any(sign in values for sign in "\r\n\0") or not all(map(HEADER.fullmatch, self.headers)):
            raise InvalidRecordError("message.line_break")


class EnquiryState(StrEnum):
    """How far a resident's question has come."""

    WAITING = "waiting"  # help between residents: the council passes it on
    PASSED_ON = "passed_on"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What a resident asks about a post. It names a person, so it never stands in the journal and is deleted."""

    id: str
    post: str
    group: str
    municipality: str
    name: str
    reply_to: str
    """A telephone number or a mail address."""
    text: str
    made_at: datetime
    state: EnquiryState = EnquiryState.WAITING

    def __post_init__(self) -> None:
        """Refuse an empty or over-long question and one that cannot be answered."""
        if not self.text.strip() or not self.reply_to.strip() or not self.name.strip():
            raise InvalidRecordError("enquiry.incomplete")
        if len(self.text) > ENQUIRY_MAX or max(len(self.reply_to), len(self.name)) > REPLY_TO_MAX:
            raise InvalidRecordError("model.text_too_long", most=ENQUIRY_MAX)
