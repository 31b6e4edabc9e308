"""What groups, and staff for them, do with posts (投稿): the one door for screens, routes and commands."""

from __future__ import annotations

from portal.posts.copies import copy, next_term
from portal.posts.dates import cancel, cancel_dates, count_places, reinstate, withdraw
from portal.posts.keeping import content
from portal.posts.taking import take_rows
from portal.posts.writing import create, publish_due, save, see, submit, trusted

__all__ = [
    "cancel",
    "cancel_dates",
    "content",
    "copy",
    "count_places",
    "create",
    "next_term",
    "publish_due",
    "reinstate",
    "save",
    "see",
    "submit",
    "take_rows",
    "trusted",
    "withdraw",
]
