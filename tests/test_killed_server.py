"""The real server that is killed loses no change that it answered for; and who watches it would see it if it did."""

from __future__ import annotations

import pytest

from tests.killing.run import Killing
from tests.killing.sent import Sent

KILLS = 3
NAME = ("name", "account-clerk")


def test_the_killed_server_keeps_what_it_acknowledged(tmp_path):
    """After each SIGKILL the server opens again and holds every acknowledged change whole, and so does its journal."""
    figures = Killing(tmp_path, seed=KILLS, rebuild_every=KILLS).run(KILLS)
    assert (figures.kills, len(figures.starts_s), figures.rebuilt) == (KILLS, KILLS, 1)
    assert figures.sent.acknowledged.total() > KILLS
    assert (figures.sent.lost, figures.sent.torn, figures.halves, figures.faults) == ([], [], [], [])


@pytest.fixture
def renamed():
    """An account that was renamed from 一 to 二, as was acknowledged, and is being renamed to 三."""
    sent = Sent()
    sent.start({NAME: "一"})
    for name in ("二", "三"):
        sent.begin({NAME: name})
        if name == "二":
            sent.acknowledge("account renamed", {NAME: name})
    return sent


@pytest.mark.parametrize(("kept", "through"), [("二", 0), ("三", 1)])
def test_a_change_under_way_may_be_kept_or_not(renamed, kept, through):
    """Of the change that a kill cut off all or nothing is kept, and both are well."""
    renamed.compare({NAME: kept}, "kill 1")
    assert (renamed.lost, renamed.torn) == ([], [])
    assert (renamed.went_through, renamed.cut_off) == (through, 1 - through)
    assert renamed.kept(*NAME) == kept


@pytest.mark.parametrize("found", [{}, {NAME: "四"}])
def test_what_is_gone_or_was_never_sent_is_noticed(renamed, found):
    """A record that is missing is lost, and one that nobody sent so is torn."""
    renamed.compare(found, "kill 1")
    assert (len(renamed.lost), len(renamed.torn)) == ((1, 0) if not found else (0, 1))


def test_a_change_that_fell_back_is_lost(renamed):
    """What was acknowledged is not what was there before it."""
    renamed.acknowledge("account renamed", {NAME: "三"})
    renamed.compare({NAME: "二"}, "kill 1")
    assert len(renamed.lost) == 1


def test_what_was_refused_is_never_there(renamed):
    """A change that the server refused and that is kept all the same is noticed."""
    renamed.refuse("account renamed", {NAME: "三"}, 409)
    renamed.compare({NAME: "三"}, "kill 1")
    assert len(renamed.lost + renamed.torn) == 1
