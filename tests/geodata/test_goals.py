"""The goals of the built-in plans: as many as the plans have, in both languages."""

from __future__ import annotations

import pytest

from geodata.areas import goals
from portal.errors import UnknownThingError

HOW_MANY = {"13103": 12, "27107": 5, "27108": 3, "27125": 3, "28210": 3}

each_plan = pytest.mark.parametrize(("code", "count"), HOW_MANY.items())


@each_plan
def test_the_goals_of_a_plan_are_complete(code, count):
    """Each plan has its number of goals, in the order of the plan, each with its own key and name."""
    found = goals(code)
    assert [goal.order for goal in found] == list(range(count))
    assert len({goal.key for goal in found}) == len({goal.name for goal in found}) == count
    assert {goal.municipality for goal in found} == {code}


@each_plan
def test_english_names_are_english(code, count):
    """The English name of a goal holds no Japanese sign, and no two are alike."""
    names = [goal.name_en for goal in goals(code)]
    assert all(name.isascii() for name in names)
    assert len(set(names)) == count


def test_minato_has_three_policies_of_three_goals():
    """東京都港区 has three policies, each followed by its three goals; no other plan has goals under goals."""
    found = goals("13103")
    policies = [goal.key for goal in found if not goal.parent]
    assert [goal.parent for goal in found] == [parent for policy in policies for parent in ("", policy, policy, policy)]
    assert len(policies) == 3
    assert not any(goal.parent for code in HOW_MANY if code != "13103" for goal in goals(code))


def test_a_programme_that_is_not_known_is_not_made_up():
    """Of 大正区's four programmes the second is not known, and stands nowhere."""
    assert [goal.key for goal in goals("27108")] == ["programme_1", "programme_3", "programme_4"]


def test_no_goals_elsewhere():
    """A municipality that is not built in has no goals, and asking for them says so."""
    with pytest.raises(UnknownThingError):
        goals("27100")
