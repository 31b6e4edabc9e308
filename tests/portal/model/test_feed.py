"""Items of feeds are checked when they are made."""

from __future__ import annotations

import pytest

from portal.errors import InvalidRecordError
from portal.model.feed import FeedItem
from portal.words import LANGUAGES, say_error


@pytest.mark.parametrize(
    "values",
    [
        {"uid": ""},
        {"uid": " "},
        {"uid": "x" * 501},
        {"title": " "},
        {"title": "x" * 101},
        {"text": "x" * 5_001},
        {"place_text": "x" * 501},
        {"url": "javascript:alert(1)"},
        {"url": "//evil"},
        {"categories": ("x",) * 21},
        {"categories": ("x" * 51,)},
    ],
)
def test_an_item_that_could_not_become_a_post_is_refused(values):
    """Without a name or a title, too long, or with an address that runs something: no such item is made."""
    with pytest.raises(InvalidRecordError) as raised:
        FeedItem(**{"uid": "1", "title": "会", **values})
    assert all(say_error(raised.value, language) for language in LANGUAGES)


def test_the_largest_item_is_made():
    """What is just within the bounds is taken."""
    item = FeedItem("x" * 500, "x" * 100, "x" * 5_000, "https://example.jp/", "x" * 500, categories=("x" * 50,) * 20)
    assert item.schedule is None
