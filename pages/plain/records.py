"""Places and posts by name alone, for lists that are long: each leads to its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pages.plain import cards
from portal.model.post import PostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pages.plain.here import Here
    from pages.plain.ways import Ways
    from portal.model.kind import Kind
    from portal.model.place import Place
    from portal.model.post import Post


class Named(NamedTuple):
    """One record."""

    name: str
    japanese: bool
    """Whether the name is Japanese on a page in another language."""
    address: str
    sample: bool
    off: bool = False


def named(here: Here, ways: Ways, ids: Sequence[str]) -> list[Named]:
    """The records of these ids in their order; one that nobody may see is left out."""
    known = by_id(here, ways, ids)
    return [known[key] for key in ids if key in known]


def by_id(here: Here, ways: Ways, ids: Sequence[str]) -> dict[str, Named]:
    """The records of these ids that everybody may see."""
    of_places = {item.id: place(ways, item) for item in here.store.places(ids) if item.gone_on is None}
    of_posts = {item.id: _post(ways, item) for item in here.store.posts(ids) if item.public}
    return of_places | of_posts


def place(ways: Ways, item: Place) -> Named:
    """A place by its name in the page's language, where it has one."""
    name = cards.named(item, ways.keys["lang"])
    japanese = ways.keys["lang"] != "ja" and name == item.facts.name
    return Named(name, japanese, ways.to("place", id=item.id), item.sample)


def _post(ways: Ways, item: Post) -> Named:
    address, off = ways.to("post", id=item.id), item.state is PostState.CANCELLED
    return Named(item.facts.title, ways.keys["lang"] != "ja", address, item.sample, off)


def in_order(kinds: Mapping[str, Kind], keys: Iterable[str]) -> list[str]:
    """Keys of kinds as the portal lists them; one that it does not know comes last."""
    last = len(kinds) + 1
    order = {key: at for at, key in enumerate(kinds)}
    return sorted(keys, key=lambda key: (order.get(key, last), key))
