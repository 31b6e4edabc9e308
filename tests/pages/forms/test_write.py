"""The editor of posts: few inputs, nothing lost, nothing overwritten, slips said and not forbidden."""

from __future__ import annotations

import html
import re

from portal.model.post import PostKind, PostState, WhereKind
from tests.portal import people

NEW = "/write?group=group-hidamari"
LEAST = {"kind": "event", "title": "もちつき大会", "way": "once", "day": "2099-12-06", "where": "nowhere"}


def only(store):
    """The one post of the group."""
    (post,) = store.posts_of_group("group-hidamari")
    return post


def test_a_new_post_is_sent(visit, store):
    """Kind, title, day and one button: the post waits for the office."""
    visitor = visit(people.MEMBER)
    answer = visitor.send(NEW, **LEAST, do="submit")
    page = visitor.follow(answer)
    assert page.status_code == 200, page.text
    post = only(store)
    assert post.state is PostState.WAITING
    assert post.facts.kind is PostKind.EVENT
    assert post.facts.where.kind is WhereKind.NOWHERE
    assert post.facts.schedule.rules[0].start.isoformat() == "2099-12-06T00:00:00"
    assert "承認待ち" in page.text
