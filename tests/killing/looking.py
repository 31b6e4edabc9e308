"""What a store that was left by a kill holds: everything that the writers write, and whether it fits together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.clock import today
from portal.links import id_of
from portal.model.listing import Show
from portal.model.post import PostState
from portal.query import Query
from tests import town

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.photo_folder import PhotoFolder
    from portal.model.post import Post
    from portal.store import Reader
    from tests.killing.sent import Key

INVITED = "invited-"
"""How the addresses of those begin who are invited."""
LINK = re.compile(r"/invitation\?t=([\w-]+)")
MESSAGES_MAX = 1_000_000
WHOLE = "whole"


def found(store: Reader, photos: PhotoFolder, sign_ins: Iterable[str]) -> dict[Key, str]:
    """Every aspect that is written, as it is kept; ``sign_ins`` are the tokens that were handed out."""
    values: dict[Key, str] = {}
    for post in store.posts_of(town.CODE):
        values |= _of_post(post, photos)
    values |= {("about", group.name): group.about for group in store.groups(town.CODE)}
    values |= {("name", account.id): account.name for account in store.accounts()}
    values |= {("question", item.reply_to): item.text for item in store.enquiries(town.CODE)}
    values |= {("sign-in", token): WHOLE for token in sign_ins if store.session(id_of(token))}
    return values | _invitations(store)


def _of_post(post: Post, photos: PhotoFolder) -> dict[Key, str]:
    """A photo that is named but cannot be read is none."""
    title = post.facts.title
    seen = [photo.alt for photo in post.facts.photos if photos.read(photo.name)]
    pictures = {("photo", title): ", ".join(seen)} if post.facts.photos else {}
    return {("text", title): post.facts.text, ("state", title): str(post.state), **pictures}


def _invitations(store: Reader) -> dict[Key, str]:
    """The mail and its link are one change: neither is there without the other."""
    values: dict[Key, str] = {}
    for message in store.messages(limit=MESSAGES_MAX):
        if message.to.startswith(INVITED):
            link = LINK.search(message.body)
            there = store.link(id_of(link[1])) if link else None
            values["invitation", message.to] = WHOLE if there and there.email == message.to else "without its link"
    return values


def halves(store: Reader) -> list[str]:
    """What belongs together and does not fit: a post shown and not found, an approval that was not counted."""
    posts = store.posts_of(town.CODE)
    live = sum(post.state is PostState.LIVE for post in posts)
    listed = store.count(Query(town.CODE, show=Show.DATES), today())
    wrong = [] if live == listed else [f"{live} posts are shown, {listed} are found"]
    for group in store.groups(town.CODE):
        approved = sum(post.group == group.id and post.live_at is not None for post in posts)
        if approved != group.approved_posts:
            wrong.append(f"{group.id} counts {group.approved_posts} approvals of {approved}")
    twice = len(posts) - len({post.facts.title for post in posts})
    return [*wrong, f"{twice} posts are there twice"] if twice else wrong
