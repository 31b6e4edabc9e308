"""``/photos/<name>``: a photo of a post, for everybody who may see the post and for nobody else.

``?post=`` names the post; without it every post with that photo is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from pages import wiring
from pages.forms import base
from portal import looking
from portal.clock import now
from portal.errors import UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.store import Reader

MEDIA: Final = {"jpg": "image/jpeg", "webp": "image/webp", "png": "image/png"}
SHORT: Final = "public, max-age=0, s-maxage=5, must-revalidate"
"""A photo never changes, but it may be hidden: whoever keeps it asks whether it is still to be seen."""
NEVER_KEPT: Final = "private, no-store"
_known: dict[str, dict[str, tuple[str, ...]]] = {}
"""Ids of posts by the photo, for the store's present version alone."""


async def answer(request: Request) -> Response:
    """The photo; what is not there and what may not be seen are the same answer (UnknownThingError)."""
    name, post_id = request.path_params["name"], request.query_params.get("post", "")
    everybody, data = await base.act(_look, name, post_id, await base.actor(request))
    headers = {
        "Cache-Control": SHORT if everybody else NEVER_KEPT,
        "X-Content-Type-Options": "nosniff",
    }
    if everybody:
        headers["ETag"] = f'"{name}"'
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    return Response(data, media_type=MEDIA[name.rpartition(".")[2]], headers=headers)


def _look(store: Reader, name: str, post_id: str, actor: Actor) -> tuple[bool, bytes]:
    """Whether everybody may see the photo, and the photo."""
    ids = [post_id] if post_id else _posts_with(store, name)
    seen = [post for one in ids if (post := _seen(store, one, name, actor))]
    data = wiring.photos().read(name) if seen else None
    if data is None:
        raise UnknownThingError("post_screen.no_such_photo")
    return any(post.public and name in shown(post) for post in seen), data


def _seen(store: Reader, post_id: str, name: str, actor: Actor) -> Post | None:
    """The post, if it holds the photo where the actor sees it: what waits beside a post is not for everybody."""
    try:
        post = looking.post(store, post_id, now(), actor).post
    except UnknownThingError:
        return None
    if name in shown(post) or (name in waiting(post) and looking.may_see_all(store, post, actor)):
        return post
    return None


def shown(post: Post) -> set[str]:
    """Names of the photos of what the post says."""
    return {photo.name for photo in post.facts.photos}


def waiting(post: Post) -> set[str]:
    """Names of the photos of what waits beside it."""
    return {photo.name for photo in post.revision.facts.photos} if post.revision else set()


def _posts_with(store: Reader, name: str) -> tuple[str, ...]:
    version = store.data_version()
    if version not in _known:
        _known.clear()
        _known[version] = _index(store)
    return _known[version].get(name, ())


def _index(store: Reader) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for post in _all_posts(store):
        for name in shown(post) | waiting(post):
            found[name] = (*found.get(name, ()), post.id)
    return found


def _all_posts(store: Reader) -> Iterator[Post]:
    for municipality in store.municipalities():
        yield from store.posts_of(municipality.code)
