"""Forms that anybody can send, without riddles to solve: a field that only robots fill in, and a least time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pages.forms import csrf, signing
from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from pages.forms.reading import Form

TRAP: Final = "second_subject"
"""Out of sight, out of the order of the keys, and named so that no browser fills it in by itself."""
BEGUN: Final = "_begun"
PURPOSE: Final = "begun"
LEAST_S: Final = 3
"""Nobody fills in even two fields faster."""


def begun(sent: Form | None = None) -> str:
    """When the form was opened, signed; what was sent keeps its time."""
    known = sent.secret(BEGUN) if sent else ""
    return known if _moment(known) is not None else signing.sign(PURPOSE, int(time.time()))


def check(sent: Form) -> None:
    """Raise InvalidRecordError for a form that no person can have filled in; a person sends it once more."""
    if sent.secret(TRAP):
        raise InvalidRecordError("trap.trapped")
    opened = _moment(sent.secret(BEGUN))
    if opened is None or time.time() - opened < LEAST_S:
        raise InvalidRecordError("trap.too_quick")


def _moment(text: str) -> int | None:
    value = signing.read(PURPOSE, text, csrf.GOOD_FOR_S)
    return value if isinstance(value, int) else None
