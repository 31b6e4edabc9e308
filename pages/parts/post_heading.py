"""The top of a post's screen: what it is, whose it is, and whether it takes place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import address_bar, days, header, linked_text, plain_text, post_marks, sign
from portal.model.post import PostState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.visit import Visit
    from portal.looking import PostView


def show(visit: Visit, view: PostView) -> None:
    """Sign, title, marks, kind, group, warnings and the text."""
    post = view.post
    kinds = [visit.kind(view.kind), *([visit.kind(view.activity)] if view.activity else [])]
    plain_text.draw(
        Markup('<div class="place-head">{}<div><h1 id="{}" tabindex="-1" lang="ja">{}{}</h1>').format(
            sign.picture(view.kind), header.MAIN, post_marks.title(post), post_marks.marks(visit, post)
        ),
        Markup('<p class="kind">{}</p><p class="by">{}</p></div></div>').format(
            plain_text.text(" ・ ".join([*kinds, visit.name(view.municipality)])), by(visit, view)
        ),
    )
    for sentence in _warnings(visit, view):
        plain_text.paragraph(sentence, "warn")
    if post.facts.text.strip():
        plain_text.draw(Markup('<p class="large said" lang="ja">{}</p>').format(linked_text.lines(post.facts.text)))


def by(visit: Visit, view: PostView) -> Markup:
    """The group as a link to its page; between residents nobody is named."""
    if view.group is None:
        return plain_text.text(visit.say("card.through_council"))
    address = address_bar.href("group", municipality=view.municipality.code, id=view.group.id)
    return Markup('<a href="{}" lang="ja">{}</a>').format(address, plain_text.text(view.group.name))


def _warnings(visit: Visit, view: PostView) -> Iterator[str]:
    """What a reader has to know before all else."""
    post = view.post
    if not post.public:
        yield visit.say("post_screen.not_public")
    if post.sample:
        yield visit.say("post_screen.is_sample")
    if post.state is PostState.CANCELLED:
        yield visit.say("post_screen.cancelled")
        if post.reason.strip():
            yield visit.say("post_screen.reason", reason=plain_text.shown(post.reason))
    elif view.over:
        yield visit.say("post_screen.over")


def changed(visit: Visit, view: PostView) -> str:
    """The day of the last change, and when it first went live."""
    post = view.post
    moment = post.changed_at or post.live_at or post.made_at
    return days.day(moment.date(), visit.language) if moment else ""
