"""Where the records of a table are from: the files that they were imported with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.model.place import Place
    from portal.model.source import Source
    from portal.store import Reader


def origins(store: Reader, places: Iterable[Place]) -> tuple[Source, ...]:
    """The sources of places, each once, the newest import first; none of what was typed in or is a sample."""
    batches = {place.origin.batch for place in places} - {""}
    found = (item.source for item in store.batches() if item.id in batches) if batches else ()
    return tuple(dict.fromkeys(found))
