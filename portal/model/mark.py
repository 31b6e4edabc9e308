"""By whom and why something was changed: what the journal notes beside every change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import datetime

CONSOLE: Final = "console"
"""Who, for what is done with ``manage.py``."""
READER: Final = "reader"
"""Who, for a resident, who has no account."""
PORTAL: Final = "portal"
"""Who, for what the portal does by itself (set-up, publishing at the time that was set)."""
REASON_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did what, when and why."""

    at: datetime
    """Aware, Asia/Tokyo."""
    who: str = PORTAL
    """Id of an account, or ``console``, ``reader``, ``portal``."""
    action: str = ""
    """Name of the action, ``post:submit``; those of :mod:`portal.permissions` and of the commands."""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse an over-long reason."""
        if len(self.reason) > REASON_MAX:
            raise InvalidRecordError("model.text_too_long", most=REASON_MAX)
