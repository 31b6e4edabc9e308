"""What readers report about posts, and the corrections that they suggest for places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal import notes
from portal.errors import InvalidRecordError, PortalError, UnknownThingError
from portal.model.place import Fee
from portal.model.post import PostState
from portal.model.report_note import PLACE, POST, ErrorNote
from portal.store import Put
from portal.words import LANGUAGES, say_error
from tests import town
from tests.portal import people
from tests.town import NOW


@pytest.fixture
def peopled(store):
    """The town with its people and one salon."""
    people.settle(store)
    store.apply([Put(town.place("salon", address="みなも1-1", fee=Fee.PAID))])
    return store


def test_a_post_that_everybody_sees_can_be_reported(peopled):
    """A reader says that a post is unsuitable; it is kept for staff as being about a post."""
    post = people.kept(peopled, PostState.LIVE)
    note = notes.report_post(peopled, post.id, "unsuitable", " 宣伝です ", NOW)
    assert peopled.error_notes(post.id) == [note]
    assert (note.about, note.text) == (POST, "宣伝です")
    with pytest.raises(InvalidRecordError):
        notes.report_post(peopled, post.id, "moved", "", NOW)
    with pytest.raises(InvalidRecordError):
        notes.report_post(peopled, post.id, "other", " ", NOW)


@pytest.mark.parametrize("state", [state for state in PostState if state not in (PostState.LIVE, PostState.CANCELLED)])
def test_a_hidden_post_is_answered_like_none(peopled, state):
    """Reporting tells nobody whether a post that is not shown exists."""
    post = people.kept(peopled, state)
    for post_id in (post.id, "post-0000000000000000"):
        with pytest.raises(UnknownThingError) as error:
            notes.report_post(peopled, post_id, "wrong", "", NOW)
        assert (error.value.key, error.value.values) == ("notes.no_such_post", {})


def test_a_correction_is_suggested_for_one_field(peopled):
    """What a field should say is kept beside the place, which stays as it is."""
    note = notes.suggest(peopled, "salon", "address", " みなも2-2 ", NOW)
    assert (note.about, note.what, note.field, note.suggested) == (PLACE, "wrong", "address", "みなも2-2")
    assert peopled.place("salon").facts.address == "みなも1-1"
    assert notes.suggest(peopled, "salon", "position", '{"lon": 135.01, "lat": 34.01}', NOW).field == "position"


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        ("address", "みなも1-1", "notes.says_so_already"),
        ("name", " ", "model.no_name"),
        ("name", "あ" * 301, "model.name_too_long"),
        ("description", "あ" * 2_001, "model.text_too_long"),
        ("fee", "tuesday", "editing.unreadable"),
        ("position", '{"lon": 34.0, "lat": 135.0}', "model.position_off_globe"),
        ("position", '{"lon": NaN, "lat": 34.0}', "model.position_off_globe"),
        ("position", "[" * 50_000, "model.text_too_long"),
        ("position", "[" * 1_900, "editing.unreadable"),
        ("position", "7", "editing.unreadable"),
        ("extra", "{}", "editing.no_such_field"),
        ("shelter", "{}", "editing.no_such_field"),
        ("<script>", "x", "editing.no_such_field"),
    ],
)
def test_what_the_place_could_not_be_is_not_suggested(peopled, field, text, key):
    """A value that is no value of its field, or says nothing new, ends in a sentence and is not kept."""
    with pytest.raises(PortalError) as error:
        notes.suggest(peopled, "salon", field, text, NOW)
    assert error.value.key == key
    assert all(say_error(error.value, language) for language in LANGUAGES)
    assert peopled.error_notes() == []


def test_closed_reports_leave_room_for_new_ones(peopled):
    """Only reports that wait count towards the limit."""
    waiting = [ErrorNote(f"n{n}", "salon", "wrong", "", NOW) for n in range(notes.MOST_PER_PLACE)]
    peopled.apply(map(Put, waiting))
    with pytest.raises(InvalidRecordError):
        notes.report_error(peopled, "salon", "closed", "", NOW)
    peopled.apply([Put(replace(waiting[0], closed_at=NOW))])
    assert notes.report_error(peopled, "salon", "closed", "", NOW).what == "closed"
