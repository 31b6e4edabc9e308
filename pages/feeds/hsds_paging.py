"""Pages of a list as HSDS 3.0 wants them (``schema/openapi.json``, components, Page), or all of it line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pages.feeds.hsds_asked import PER_PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages.feeds.hsds_asked import Asked


class Lines(NamedTuple):
    """All objects, one a line (ndjson)."""

    items: list[Any]


def listed(asked: Asked, found: Sequence[Any], make: Callable[[Any], Any], *, every: bool = False) -> Any:  # noqa: ANN401  # JSON
    """One page with its head; with ``every`` and no length asked for, all on one page."""
    if asked.lines:
        return Lines([make(one) for one in found])
    length = asked.per_page or (max(len(found), 1) if every else PER_PAGE)
    pages = max(1, -(-len(found) // length))
    contents = [make(one) for one in found[(asked.page - 1) * length : asked.page * length]]
    return {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": contents,
    }
