"""The feeds of a page, for its head: programs find them there by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.plain import paths
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final = (
    ("calendar", "text/calendar", "feeds_public.calendar_name"),
    ("rss", "application/rss+xml", "feeds_public.rss_name"),
    ("atom", "application/atom+xml", "feeds_public.atom_name"),
)


def of_town(code: str, name: str, tongue: str) -> list[tuple[str, str, str]]:
    """Calendar, RSS and Atom of a municipality: media type, title and path, as :class:`pages.plain.frame.Head` has."""
    return _of("", {"code": code}, name, tongue)


def of_district(code: str, district: str, name: str, tongue: str) -> list[tuple[str, str, str]]:
    """The same of a district, by its id."""
    return _of("_district", {"code": code, "id": district}, name, tongue)


def of_group(code: str, group: str, name: str, tongue: str) -> list[tuple[str, str, str]]:
    """The same of a group, by its id."""
    return _of("_group", {"code": code, "id": group}, name, tongue)


def _of(ending: str, keys: Mapping[str, str], name: str, tongue: str) -> list[tuple[str, str, str]]:
    return [(media, say(key, tongue, name=name), paths.path(kind + ending, **keys)) for kind, media, key in KINDS]
