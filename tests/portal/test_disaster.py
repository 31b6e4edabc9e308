"""The disaster switch: a municipality's pages into their form for a disaster, and back."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from portal import disaster, municipal_settings
from portal.errors import ForbiddenError, NotSignedInError, UnknownThingError
from portal.locate import municipality
from portal.model.municipality import Municipality
from portal.permissions import ANYBODY
from portal.records import from_text, to_text
from tests import town
from tests.portal import people
from tests.portal.people import NOW, STAFF

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def settled(store):
    """The invented town with its people."""
    return people.settle(store)


def since(store):
    """Since when the town is in disaster response."""
    return municipality(store, town.CODE).disaster_since


def test_staff_switch_on_and_off(settled):
    """Its staff turn it on with the moment, and off again; who did it last and when is known."""
    assert disaster.last(settled, town.CODE) is None
    disaster.switch(settled, STAFF, town.CODE, NOW, on=True)
    assert since(settled) == NOW
    assert disaster.last(settled, town.CODE) == (True, NOW, STAFF.id)
    disaster.switch(settled, people.ADMINISTRATOR, town.CODE, LATER, on=False)
    assert since(settled) is None
    assert disaster.last(settled, town.CODE) == (False, LATER, people.ADMINISTRATOR.id)


def test_the_first_moment_stands(settled):
    """Whoever switches to what it is already changes nothing and is told of no fault."""
    disaster.switch(settled, STAFF, town.CODE, NOW, on=True)
    before = settled.data_version()
    disaster.switch(settled, people.ADMINISTRATOR, town.CODE, LATER, on=True)
    assert (since(settled), settled.data_version()) == (NOW, before)
    assert len(settled.history(Municipality, (town.CODE,))) == 2


def test_two_at_once_are_one(settled):
    """Of many who press the button at the same time one moment is kept, and nobody fails."""
    faults = []

    def press(minutes):
        try:
            disaster.switch(settled, STAFF, town.CODE, NOW + timedelta(minutes=minutes), on=True)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test tells
            faults.append(error)

    threads = [threading.Thread(target=press, args=(at,)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    done = [item for item in settled.history(Municipality, (town.CODE,)) if item.action == "disaster:switch"]
    assert len(done) == 1
    assert done[0].at == since(settled)


def test_other_settings_leave_it(settled):
    """Changing something else of the municipality neither ends it nor counts as a switch."""
    disaster.switch(settled, STAFF, town.CODE, NOW, on=True)
    municipal_settings.edit(settled, STAFF, town.CODE, 7, direct_welfare=True, now=LATER)
    assert since(settled) == NOW
    assert disaster.last(settled, town.CODE) == (True, NOW, STAFF.id)


@pytest.mark.parametrize(
    ("actor", "error"),
    [(ANYBODY, NotSignedInError), (people.OWNER, ForbiddenError), (people.VISITOR_STAFF, ForbiddenError)],
)
def test_nobody_else_may(settled, actor, error):
    """Neither residents nor groups nor other offices can switch it."""
    with pytest.raises(error):
        disaster.switch(settled, actor, town.CODE, NOW, on=True)
    assert since(settled) is None


def test_a_municipality_that_there_is_not(settled):
    """An administrator who names none that is served is told so."""
    with pytest.raises(UnknownThingError):
        disaster.switch(settled, people.ADMINISTRATOR, "00000", NOW, on=True)


def test_the_moment_is_kept(settled):
    """The record with its moment is read back as it was written, and one in daily life is written as before."""
    daily = municipality(settled, town.CODE)
    assert "disaster" not in to_text(daily)
    disaster.switch(settled, STAFF, town.CODE, NOW, on=True)
    kept = municipality(settled, town.CODE)
    assert from_text(Municipality, to_text(kept)) == kept
