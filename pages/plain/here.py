"""What a public page is made for: the store, the settings, the moment, and the portal's own address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages import wiring
from pages.forms.going import public_base
from portal import clock

if TYPE_CHECKING:
    from datetime import date, datetime

    from portal.settings import Settings
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Here:
    """One moment of the portal; the same page is made of the same moment, whoever asks."""

    store: Reader
    settings: Settings
    now: datetime
    base: str
    """The portal's own address without a slash at its end: what canonical addresses and feeds begin with."""

    @property
    def today(self) -> date:
        """The day in Japan."""
        return self.now.date()


def here() -> Here:
    """The portal as its public pages show it: as of the day, not of the minute.

    So the same day gives the same bytes, from the server and in the static twin, and a file holds until midnight.
    """
    morning = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return Here(wiring.store(), wiring.settings(), morning, public_base())
