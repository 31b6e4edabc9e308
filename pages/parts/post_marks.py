"""What has to stand beside a post's title: 中止, 見本, 代行入力."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import plain_text
from portal.model.post import PostState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.visit import Visit
    from portal.model.post import Post


def title(post: Post) -> Markup:
    """The title; struck through where all of it is called off."""
    text = plain_text.text(post.facts.title)
    return Markup("<s>{}</s>").format(text) if post.state is PostState.CANCELLED else text


def marks(visit: Visit, post: Post) -> Markup:
    """All marks that apply, each a word in a box."""
    return Markup("").join(
        Markup(' <span class="mark {}" lang="{}">{}</span>').format(name, visit.language, word)
        for name, word in _words(visit, post)
    )


def _words(visit: Visit, post: Post) -> Iterator[tuple[str, str]]:
    if post.state is PostState.CANCELLED:
        yield "off", visit.say("card.cancelled")
    sample = visit.say("card.sample")
    # A title that says so already does not say it twice.
    if post.sample and sample.casefold() not in post.facts.title.casefold():
        yield "sample", sample
    if post.on_paper:
        yield "typed", visit.say("card.typed_in")
