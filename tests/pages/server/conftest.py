"""The portal's own routes over a real store, without the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shapely import box
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from pages import wiring
from pages.server.errors import HANDLERS
from pages.server.middleware import MIDDLEWARE
from pages.server.routes import ROUTES
from portal.model.district import District
from portal.model.kind import Kind, Shape
from portal.model.membership import Membership
from portal.model.municipality import Layer, Municipality
from portal.model.place import Origin, Place, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.source import Source
from portal.store import Drop, Put
from tests import clients

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from portal.store import Store

TOWN = "99999"
LAYER = "elementary"
WEST, SOUTH, SIDE = 135.0, 34.0, 0.01
EAST = (0.2, 0.4, 0.6, 1.5, 2.5)
"""How many sides east of the corner each place lies."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[Path]:
    """The folder of a portal with one town: three places in its first district, one in its second, one outside."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_HOME", str(folder))
        forget()
        wiring.store().apply(
            [
                Put(Municipality(TOWN, "試験市", "Test", "試験県", Point(WEST, SOUTH))),
                Put(Layer(TOWN, LAYER, "小学校区", "School districts", 2)),
                Put(Kind("elderly_salon", "高齢者サロン", "Salon", "#7a3e9d", Shape.CIRCLE, "高")),
                *(Put(district(number)) for number in (0, 1)),
                *(change for number, east in enumerate(EAST) for change in put_place(number, east)),
            ]
        )
        yield folder
        forget()


def forget() -> None:
    """Have settings and store read anew by whoever asks next."""
    wiring.close()
    wiring.settings.cache_clear()


@pytest.fixture
def store(home) -> Iterator[Store]:  # it says where the store is
    """The portal's store; what a test adds to or changes in it is put back."""
    opened = wiring.store()
    yield opened
    added = [place.id for place in opened.places_of(TOWN) if int(place.id[1:]) >= len(EAST)]
    opened.apply([*(Drop(Place, (place,)) for place in added), *(Put(district(number)) for number in (0, 1))])


@pytest.fixture
def client(home) -> clients.TestClient:  # it says where the store is
    """A browser of no language, before routes, middleware and error answers as the server has them."""
    elsewhere = Mount("/", PlainTextResponse("streamlit"))
    app = Starlette(routes=[*ROUTES, elsewhere], middleware=MIDDLEWARE, exception_handlers=HANDLERS)
    return clients.client(app)


def district(number: int) -> District:
    """A square; the second one is approximate."""
    west = WEST + number * SIDE
    return District(
        f"d{number}",
        TOWN,
        LAYER,
        f"第{number}小",
        box(west, SOUTH, west + SIDE, SOUTH + SIDE),
        Source("試験", credit="試験の図"),
        approximate=number == 1,
        name_en=f"School {number}",
    )


def put_place(number: int, east: float, name: str = "") -> list[Put]:
    """A salon ``east`` sides east of the corner, with its membership."""
    facts = PlaceFacts(
        "elderly_salon",
        name or f"サロン{number}",
        position=Point(WEST + east * SIDE, SOUTH + SIDE / 2),
        precision=Precision.EXACT,
    )
    place = Place(f"p{number}", TOWN, facts, facts, Origin("hand", str(number)))
    return [Put(place), Put(Membership(place.id, LAYER, f"d{int(east)}" if east < 2 else None))]
