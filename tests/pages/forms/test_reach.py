"""Every plain page, asked by everybody: who gets it, who is led to the sign-in, who is told that there is nothing.

The pages are those of ``pages/server/plain_routes.py``: one without a row in ``tests/pages/replay/rows.py`` fails.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import NamedTuple

import pytest

from pages import wiring
from pages.forms import csrf
from pages.server.plain_routes import PLAIN
from tests import town
from tests.pages.forms.conftest import STATE, Visitor, forget
from tests.pages.replay import world as replay
from tests.pages.replay.rows import DONE, NO_SIGN_IN, ROWS
from tests.portal import people

METHODS = ("PUT", "DELETE", "PATCH")
ADDRESSES = [
    pytest.param(route.path, row, id=f"{route.path}{row.query}") for route in PLAIN for row in ROWS.get(route.path, ())
]
TAKING = [
    param
    for param in ADDRESSES
    for route in PLAIN
    if route.path == param.values[0] and "POST" in route.methods and param.values[1].status in DONE
]


SLOW = {"/workbook/template", "/review-report"}
"""Pages that make a large file of whatever is asked for."""
STRANGE = (
    "?id=%00&t=%00",
    "?id=../../etc/passwd&lang=xx",
    "?id=" + "x" * 2000 + "&t=" + "a" * 5000,
    "?id='%20OR%201=1--&group=%5d%5b",
    "?id=%ed%a0%80&group=%ed%a0%80",
    "?group=%F0%9F%91%AA&post=%E2%80%AE&place=%27&entry=1e99&before=-1&of=post&at=page.%C2%B2",
    "?municipality=99901&municipality=99902&id[]=1&kind=%00&q=%00&state=%ff",
)


class Home(NamedTuple):
    """A portal and one browser for each role."""

    world: replay.World
    visitors: dict[str, Visitor]
    tokens: dict[str, str]
    """What each one's forms hold."""
    stranger: str
    """What those of somebody else hold."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A portal over a town in which everything is there once."""
    forget()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (STATE | {"PORTAL_HOME": str(tmp_path_factory.mktemp("reach"))}).items():
            patch.setenv(name, value)
        store = people.settle(town.settle(wiring.store()))
        world = replay.settle(store)
        with ExitStack() as open_browsers:
            visitors = {role: _visitor(store, who, open_browsers) for role, who in replay.ROLES.items()}
            tokens = {role: visitor.hidden("/sign-in") for role, visitor in visitors.items()}
            yield Home(world, visitors, tokens, Visitor().hidden("/sign-in"))
    forget()


def _visitor(store, who, open_browsers):
    """A browser that is kept open, which is quicker than opening it for every page."""
    visitor = Visitor()
    open_browsers.enter_context(visitor.browser)
    if who:
        visitor.plant(replay.signed_in(store, who))
    return visitor


def attacks(home, role):
    """Tokens and headers of forms that were not sent from a page of ours to this visitor."""
    own = home.tokens[role]
    yield from (("", {}), (home.stranger, {}), (own, {"origin": "https://evil.example"}))
    if role == "owner":
        yield from ((own[:-3] + "abc", {}), (own, {"origin": "null"}), (own, {"sec-fetch-site": "cross-site"}))


def test_every_page_has_a_row():
    """Whoever adds a page says who may open it."""
    assert {route.path for route in PLAIN} <= ROWS.keys()


@pytest.mark.parametrize(("path", "row"), ADDRESSES)
def test_who_gets_the_page(home, path, row):
    """Each role gets the page, the way to the sign-in, or the one answer for what is not theirs or not there."""
    address = home.world.fill(path + row.query)
    got = {role: visitor.get(address) for role, visitor in home.visitors.items()}
    assert {role: answer.status_code for role, answer in got.items()} == {role: row.of(role) for role in got}
    for role in NO_SIGN_IN - row.sees:
        assert re.match(r"/sign-in\?(?:municipality=\d+&)?next=", got[role].headers["location"])


@pytest.mark.parametrize(("path", "row"), TAKING)
def test_nothing_is_done_without_the_pages_own_form(home, path, row):
    """No role does anything by a form without token, with another visitor's, with nonsense, or from another site."""
    address = home.world.fill(path + row.query)
    before = replay.traces(wiring.store(), home.world)
    for role, visitor in home.visitors.items():
        for token, headers in attacks(home, role):
            answer = visitor.browser.post(address, data={csrf.FIELD: token} if token else {}, headers=headers)
            refused = {401 if role in NO_SIGN_IN else 403, row.of(role)} - DONE
            shown = set() if row.takes else {row.of(role)}
            assert answer.status_code in refused | {403} | shown, (role, token, headers, answer.status_code)
    assert replay.traces(wiring.store(), home.world) == before


@pytest.mark.parametrize("path", sorted({route.path for route in PLAIN}))
def test_no_other_method_does_anything(home, path):
    """A page is looked at or sent a form, nothing else."""
    for method in METHODS:
        assert {visitor.browser.request(method, path).status_code for visitor in home.visitors.values()} == {405}


@pytest.mark.parametrize("path", sorted({route.path for route in PLAIN} - SLOW))
def test_strange_addresses_are_never_a_fault(home, path):
    """Whatever stands in an address, the answer is a page, a sentence, or the sign-in; never a 500."""
    for query in STRANGE:
        for role in ("anonymous", "member", "administrator"):
            assert home.visitors[role].get(path + query).status_code < 500, (query, role)
