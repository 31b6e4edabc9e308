"""Places and posts as they are all day long, each read once for its page and those of its dates, in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pages.plain import dates
from portal.clock import TOKYO
from portal.model.position import Precision
from portal.public import shown
from portal.schedules import one_day

if TYPE_CHECKING:
    from datetime import date

    from pages.plain.here import Here
    from portal.looking import PlaceView, PostView
    from portal.store import Reader

KEPT: Final = 16
"""So many are kept: the pages of one record are mostly made one after the other."""


def morning(day: date) -> datetime:
    """Midnight: what a page says of a day holds from then on until the next, so that its file need not be made anew."""
    return datetime.combine(day, time(), TOKYO)


def place(here: Here, place_id: str) -> PlaceView:
    """A place; raises what :func:`portal.public.shown.place` raises."""
    return _place(here.store, here.store.data_version(), place_id, here.today, here.settings.freshness_days)


def post(here: Here, post_id: str) -> PostView:
    """A post, with its coming dates; raises what :func:`portal.public.shown.post` raises.

    A place that its source no longer holds is left out of it.
    """
    return _post(here.store, here.store.data_version(), post_id, here.today)


@lru_cache(maxsize=KEPT)
def _place(store: Reader, version: str, place_id: str, today: date, freshness_days: int) -> PlaceView:  # noqa: ARG001  # it is kept by the version
    return shown.place(store, place_id, morning(today), freshness_days)


@lru_cache(maxsize=KEPT)
def _post(store: Reader, version: str, post_id: str, today: date) -> PostView:  # noqa: ARG001  # it is kept by the version
    view = shown.post(store, post_id, morning(today))
    if schedule := view.post.facts.schedule:
        coming = one_day.coming(schedule, today, dates.MOST)
        view = replace(view, coming=coming, over=view.over and not coming)
    if view.place and view.place.gone_on:
        view = replace(view, place=None, position=None, precision=Precision.NONE)
    return view
