"""The group that a page of its members or of the office is about, by the address; a guessed id tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pages.forms import base
from portal.errors import ForbiddenError, UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Callable


async def seen(service: Callable[..., Any], *values: Any) -> Any:  # noqa: ANN401  # whatever the service takes and gives
    """What ``service(store, *values)`` shows of a group.

    Raises UnknownThingError where there is none and where it is not for this person's eyes, in the same words.
    """
    try:
        return await base.act(service, *values)
    except ForbiddenError as error:
        if error.key != "permissions.forbidden":
            raise
        raise UnknownThingError("grouping.no_such_group") from None
