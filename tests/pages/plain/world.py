"""A portal with something of every sort in it, as of the real day, and its public side as a folder of plain files."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image

from pages import wiring
from pages.plain import sorts
from pages.twin.keeping import Keeper
from pages.twin.writing import Folder
from portal import clock
from portal.laying_out import lay_out_all
from portal.model.post import Photo, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.store import Put
from tests import town
from tests.browser.payloads import PAYLOADS
from tests.pages.forms.conftest import BASE, forget
from tests.pages.plain import minamo
from tests.portal import people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from portal.store import Store

QUICK: Final = {name: sort for name, sort in sorts.SORTS.items() if not sort.slow or name == "sitemap_town"}
"""All sorts but the PDFs, of which each takes a second."""
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@contextmanager
def portal(home: Path, **settings: str) -> Iterator[Store]:
    """The process's own portal in ``home``, with everything in it, until the end of the block."""
    with pytest.MonkeyPatch.context() as patch:
        given = {"HOME": str(home), "PUBLIC_URL": BASE, "SAMPLE": "off", "MUNICIPALITY": town.CODE, **settings}
        for name, value in given.items():
            patch.setenv(f"PORTAL_{name.upper()}", value)
        forget()
        fill(wiring.store())
        yield wiring.store()
        forget()


def fill(store: Store) -> None:
    """The town of :mod:`tests.pages.plain.minamo`, and a post of each kind of date, place and text."""
    minamo.fill(people.settle(town.settle(store)))
    store.apply([Put(replace(town.municipality(people.ELSEWHERE, "となり町"), name_en="Next town"))])
    hall = Where(WhereKind.PLACE, place="p-salon", name="2階会議室")
    _live(store, "体操の会", schedule=weekly(), where=hall, contacts=(people.phone(),), photos=(photo(),))
    _live(
        store, "オンライン茶話会", schedule=soon(3), where=Where(WhereKind.ONLINE, url="https://meet.example/a?b=1&c=2")
    )
    _live(
        store, "子ども食堂", schedule=soon(5), where=people.pin(1.5, 0.5), text="カレー & サラダ <無料>\n\n持ち物なし"
    )
    _live(store, "手伝いを募集", kind=PostKind.HELP_WANTED, schedule=None, where=people.pin(), relayed=True)
    store.apply([Put(people.group("texts", name=PAYLOADS[0], about="\n".join(PAYLOADS)[:900]))])
    _hostile(store)
    lay_out_all(store, clock.today())


def _hostile(store: Store) -> None:
    """Texts that would be a script, or break a page, wherever a text stands; a few of them with dates."""
    for at, text in enumerate(PAYLOADS):
        short, dated = text[:60], at % 10 == 0
        values = {"description": text, "address": short, "schedule": people.tuesdays() if dated else None}
        minamo.put(store, town.place(f"p-{at}", short, 0.3 + 0.05 * at, 1.5, **values))
        kind = PostKind.EVENT if dated else PostKind.NEWS
        group = ("group-tonari", "group-texts")[at % 2]  # a group's page lists thirty posts, the site map all
        said = {"kind": kind, "schedule": soon(8) if dated else None, "where": people.pin(1.5, 1.5), "text": text}
        _live(store, short, group=group, **said)


def soon(days: int) -> Schedule:
    """One date, in so many days."""
    return Schedule((Rule(datetime.combine(clock.today() + timedelta(days), time(10)), 90),))


def weekly() -> Schedule:
    """Every week from last week on, called off once, moved once."""
    first = datetime.combine(clock.today() - timedelta(6), time(14))
    off, from_, to = (first + timedelta(days) for days in (14, 21, 22))
    rule = Rule(first, 60, f"FREQ=WEEKLY;BYDAY={DAYS[first.weekday()]}")
    return Schedule((rule,), cancelled=frozenset({off.date()}), moved=((from_.date(), to),))


def photo() -> Photo:
    """A small picture among the portal's photos."""
    drawn = BytesIO()
    Image.new("RGB", (320, 240), "#7a1f5c").save(drawn, "JPEG")
    return Photo(wiring.photos().keep(drawn.getvalue(), "jpg"), "いすに座って体操をする人たち", 320, 240)


def written(folder: Path, only: frozenset[str] = frozenset(QUICK)) -> Path:
    """The public side of the process's portal as plain files in ``folder``."""
    Keeper(Folder(folder), of={name: sort for name, sort in QUICK.items() if name in only}).once()
    return folder


def _live(store: Store, title: str, group: str = "group-hidamari", **values: object) -> None:
    people.kept(store, PostState.LIVE, group=group, facts=people.facts(title, **values), live_at=clock.now())
