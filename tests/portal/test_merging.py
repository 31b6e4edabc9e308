"""Two people who wrote at once: what differs, who changed it, and taking the other's over."""

from __future__ import annotations

import pytest

from portal import posting
from portal.posts.merging import clashes, taken_over
from tests.portal import people


@pytest.fixture
def both(store):
    """A post that another saved since I opened it: the store, the post as it is now, and the version I began with."""
    people.settle(store)
    first = people.kept(store)
    newer = people.facts("かき氷大会", text=first.facts.text)
    return store, posting.save(store, people.OWNER, first.id, first.number, newer, people.NOW), first.number


def test_a_field_that_i_left_alone_is_told_from_one_that_i_changed(both):
    """What the other changed and I did not is marked, so that theirs is proposed."""
    store, post, began = both
    mine = people.facts(text="わたしの文")
    found = {one.field: one for one in clashes(store, post, began, mine)}
    assert set(found) == {"title", "text"}
    assert (found["title"].theirs, found["title"].mine, found["title"].untouched) == (
        "かき氷大会",
        "もちつき大会",
        True,
    )
    assert (found["text"].mine, found["text"].untouched) == ("わたしの文", False)


def test_a_version_that_is_not_known_proposes_nothing(both):
    """Without the version that I began with, nobody is said to have left a field alone."""
    store, post, _ = both
    assert not any(one.untouched for one in clashes(store, post, 0, people.facts(text="わたしの文")))


def test_the_others_fields_are_taken_over_by_name(both):
    """Chosen fields come from the post as it is now, mine stay; names that are no field are passed over."""
    _, post, _ = both
    merged = taken_over(people.facts(text="わたしの文"), post, ["title", "__class__", "state"])
    assert (merged.title, merged.text) == ("かき氷大会", "わたしの文")
