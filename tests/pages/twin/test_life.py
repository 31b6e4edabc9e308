"""The twin beside a running server, and the command that makes it afresh."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager

import pytest
import typer
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages import wiring
from pages.console.publishing import publish
from pages.twin import life
from portal import moderation, posting
from portal.errors import ConflictError
from portal.model.municipality import Municipality
from portal.model.position import Point
from portal.store import Put
from tests import town
from tests.pages.twin.conftest import forget
from tests.portal import people

SOON_S = 10.0
"""What is promised."""


@pytest.fixture
def small(home):
    """A portal with a municipality that has two places and no districts, so that no slow file is made."""
    store = wiring.store()
    store.apply([Put(Municipality(town.CODE, "みなも町", "Minamo", "", Point(135, 34)))])
    people.settle(store)
    store.apply([*map(Put, town.KINDS), Put(town.place("p1")), Put(town.place("p2", "川べりの家"))])
    wiring.close()
    return home


@asynccontextmanager
async def lifespan(_app):
    """The server's life as far as the twin goes (pages/server/lifespan.py)."""
    twin = life.Life()
    task = asyncio.create_task(twin.keep())
    yield
    twin.stop()
    await task
    twin.end()
    wiring.close()


def within(seconds: float, done) -> float:
    """Wait until something is so; gives how long it took."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def test_an_approval_is_in_the_files_within_ten_seconds_and_hiding_takes_it_out(small):
    """While the server runs, its lists show what was approved, and no longer what was hidden."""
    listed = small / "site/map-data/99901/places.json"

    def names() -> list[str]:
        return [one["properties"]["name"] for one in json.loads(listed.read_bytes())["features"]]

    with TestClient(Starlette(lifespan=lifespan)):
        within(3 * SOON_S, listed.exists)
        store = wiring.store()
        said = people.facts("もちつき", where=people.pin())
        post = posting.create(store, people.OWNER, "group-hidamari", said, people.NOW)
        post = posting.submit(store, people.OWNER, post.id, people.NOW)
        post = moderation.approve(store, people.STAFF, post.id, post.number, "", people.NOW)
        within(SOON_S, lambda: "もちつき" in names())
        moderation.hide(store, people.STAFF, post.id, post.number, "理由", people.NOW)
        within(SOON_S, lambda: "もちつき" not in names())
    assert (small / "site-manifest.json.gz").exists()


def test_without_the_setting_there_is_no_twin(small):
    """``site = off`` writes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_SITE", "off")
        forget()
        with TestClient(Starlette(lifespan=lifespan)):
            time.sleep(1)
    assert not (small / "site").exists()


def test_the_command_makes_the_twin_afresh(small, capsys):
    """Files, megabytes and seconds are told; a second time gives the same tree and leaves nothing beside it."""
    outcomes = []
    for _ in range(2):
        try:
            publish(None)
        except typer.Exit:
            pytest.fail(capsys.readouterr().out)
        site = life.site()
        outcomes.append({file.relative_to(site): file.read_bytes() for file in site.rglob("*") if file.is_file()})
    assert outcomes[0] == outcomes[1]
    assert "MB" in capsys.readouterr().out
    assert not [item.name for item in small.iterdir() if ".new" in item.name or ".old" in item.name]


def test_the_command_leaves_a_folder_of_others_alone(small, tmp_path):
    """A folder that holds something else is refused before anything is made."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ConflictError):
        publish(mine)
    assert [item.name for item in mine.iterdir()] == ["thesis.txt"]
