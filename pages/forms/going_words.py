"""What was done to a record, in words, and what would differ if an earlier version of it were kept again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pages.forms import telling
from portal.going_back import SAID
from portal.history import differences
from portal.model.group import Group
from portal.model.post import Post
from portal.words import phrases, say

if TYPE_CHECKING:
    from portal.history import Difference


def action(name: str, language: str) -> str:
    """The name of an action of the journal; a general word for what has none of its own."""
    key = f"history_page.did_{name.replace(':', '_').replace('.', '_')}"
    if key not in phrases(language):
        key = "history_page.did_import" if name.startswith("import:") else "history_page.did_change"
    return say(key, language)


def kept_back(now: object, then: object) -> list[Difference]:
    """What going back changes: of a post and a group only what they say, not how far they have come."""
    if isinstance(now, Post) and isinstance(then, Post):
        return differences(now, replace(now, facts=then.facts))
    if isinstance(now, Group) and isinstance(then, Group):
        return differences(now, replace(now, **{name: getattr(then, name) for name in SAID}))
    return telling.between(now, then)
