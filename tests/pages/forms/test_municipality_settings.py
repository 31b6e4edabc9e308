"""What a municipality decides for itself, kept by its own office."""

from __future__ import annotations

from tests.portal.people import ADMINISTRATOR, STAFF
from tests.town import CODE

PATH = f"/municipality-settings?municipality={CODE}"


def town(store):
    """The municipality as it is kept."""
    return next(item for item in store.municipalities() if item.code == CODE)


def test_staff_say_when_a_group_is_trusted(store, visit):
    """A number in full-width digits is one, too; the box is for welfare sites."""
    visitor = visit(STAFF)
    assert 'value="3"' in visitor.get(PATH).text
    answer = visitor.send(PATH, trust_after="５", direct_welfare="1")
    assert "設定を保存しました" in visitor.follow(answer).text
    assert (town(store).trust_after, town(store).direct_welfare) == (5, True)
    visitor.send(PATH, trust_after="0")
    assert (town(store).trust_after, town(store).direct_welfare) == (0, False)


def test_what_is_no_number_is_said(store, visit):
    """The sentence stands at the field, what was typed is still there, nothing is kept."""
    visitor = visit(ADMINISTRATOR)
    for typed in ("", "-1", "1001", "many", "1" * 4000):
        answer = visitor.send(PATH, trust_after=typed, direct_welfare="1")
        assert answer.status_code == 400
        assert 'href="#f-trust_after"' in answer.text
        assert f'value="{typed}"' in answer.text
        assert (town(store).trust_after, town(store).direct_welfare) == (3, False)


def test_an_unknown_municipality_is_said(store, visit):
    """An administrator who asks for one that is not served gets a sentence."""
    assert visit(ADMINISTRATOR).get("/municipality-settings?municipality=00000").status_code == 404
