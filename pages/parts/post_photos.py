"""The photos of a post, each with what is to be seen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import plain_text

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.looking import PostView
    from portal.model.post import Photo


def show(visit: Visit, view: PostView) -> None:
    """Draw them, if there are any; they are fetched as the reader comes to them."""
    photos = view.post.facts.photos
    if not photos:
        return
    plain_text.heading(visit.say("post_screen.photos"))
    items = Markup("").join(Markup("<li>{}</li>").format(_picture(view, photo)) for photo in photos)
    plain_text.draw(Markup('<ul class="photos">{}</ul>').format(items))


def _picture(view: PostView, photo: Photo) -> Markup:
    return Markup('<img class="photo" src="{}" alt="{}" width="{}" height="{}" loading="lazy" lang="ja">').format(
        address(view.post.id, photo), plain_text.attribute(photo.alt), photo.width, photo.height
    )


def address(post_id: str, photo: Photo) -> str:
    """Where the photo is: named by its content, asked for as one of this post."""
    return f"./photos/{photo.name}?post={post_id}"
