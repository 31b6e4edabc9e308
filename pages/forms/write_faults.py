"""What is wrong with a form, gathered field by field, so that all of it is said at once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.errors import PortalError


@contextmanager
def at(field: str, faults: dict[str, PortalError]) -> Iterator[None]:
    """Note at a field what is wrong with it, and go on."""
    try:
        yield
    except InvalidRecordError as error:
        faults[field] = error
