"""Everything that can go wrong, as one family.

Each error names a phrase of ``portal/words`` and the values that stand in it, so that the door
(a screen, a route, a command) can say it in the reader's language.
"""

from __future__ import annotations


class PortalError(Exception):
    """The base of the family; ``key`` is a phrase key, ``values`` fill its gaps."""

    def __init__(self, key: str, /, **values: object) -> None:
        """Keep the phrase key and its values."""
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        """The key and its values, for logs; people read the phrase."""
        shown = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key} ({shown})" if shown else self.key


class InvalidRecordError(PortalError):
    """Raised when a record is made from values that cannot be true (a latitude of 95, no name)."""


class UnreadableFileError(PortalError):
    """Raised when a file as a whole cannot be taken in (no header, wrong encoding, a trap archive)."""


class PersonDataError(UnreadableFileError):
    """Raised when a table holds columns about persons, which the portal never takes in."""


class UnknownThingError(PortalError):
    """Raised when a municipality, layer, district, kind, place or batch asked for does not exist."""


class GoneError(PortalError):
    """Raised when something that everybody could see is there no longer: taken back, hidden, gone from its source."""


class ConflictError(PortalError):
    """Raised when something cannot be done in the present state (undoing what was changed since)."""


class StaleEditError(ConflictError):
    """Raised when something was changed by somebody else since it was opened to be edited: nothing is overwritten."""


class NotSignedInError(PortalError):
    """Raised when something needs a sign-in and there is none, or it has ended."""


class ForbiddenError(PortalError):
    """Raised when an account may not do what it asks for."""


class TooManyTriesError(PortalError):
    """Raised when something was tried too often in a short time."""


class OutsideError(PortalError):
    """Raised when another server did not answer as it should (a calendar to follow, the mail server)."""


class StoreBusyError(PortalError):
    """Raised when another process holds the store's file."""


class StoreDamagedError(PortalError):
    """Raised when the store's file cannot be opened or is from a newer version of the portal."""


class SettingError(PortalError):
    """Raised when ``portal.toml`` or a ``PORTAL_*`` variable holds what cannot be used."""
