"""Feeds over the invented town and its people (tests/pages/plain/conftest.py)."""

from __future__ import annotations

import pytest

from portal.clock import today
from portal.listing import follow_place
from portal.model.place import Contact, ContactKind
from portal.store import Put
from tests import town
from tests.pages.feeds.showing import WEEKLY, inside
from tests.pages.plain.conftest import here, home, made, page, set_up, store, visit

__all__ = ["here", "home", "made", "page", "set_up", "store", "visit"]


@pytest.fixture
def salon(store):
    """A salon with dates, in a district, with a contact that is for staff alone."""
    staff_only = Contact(ContactKind.PHONE, "06-9999-9999", public=False)
    about = {"description": "お茶を飲みます。", "address": "みなも町1-1", "contacts": (staff_only,)}
    place = town.place("p1", "ひだまりサロン", schedule=WEEKLY, **about)
    store.apply([Put(place), *follow_place(store, place, today()), *inside(place.id, "西小")])
    return place
