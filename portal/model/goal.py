"""A goal of a municipality's welfare plan, which places and posts are tied to."""

from __future__ import annotations

from dataclasses import dataclass

from portal.errors import InvalidRecordError
from portal.model.kind import KEY


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; a policy with goals of its own is their parent."""

    municipality: str
    key: str
    name: str
    name_en: str
    parent: str = ""
    order: int = 0

    def __post_init__(self) -> None:
        """Refuse a key that could not stand in an address, and a missing name."""
        if not KEY.fullmatch(self.key):
            raise InvalidRecordError("model.kind_key", key=self.key)
        if not self.name.strip() or not self.name_en.strip():
            raise InvalidRecordError("model.no_name")
