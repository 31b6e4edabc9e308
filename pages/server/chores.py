"""What the portal does by itself as time passes: publish what was set for later, send mail, keep what was counted."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from pages import built_in, wiring
from pages.forms import shelf
from pages.forms.going import public_base
from pages.outside import digests, following, mail
from portal import clock, enquiring, freshness, laying_out, posting, sessions
from portal.coverage import snapshots

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from portal.store import Store

SECOND: Final = 1.0
MINUTE: Final = 60.0
HOUR: Final = 3600.0
TURN_S: Final = 5.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to be done again and again."""

    name: str
    every_s: float
    work: Callable[[Store, datetime], object]


def _make_ready(store: Store, now: datetime) -> None:
    """A new or an older store gets the built-in things that it lacks."""
    built_in.init_store(store, wiring.settings(), now.date())


def _lay_out(store: Store, now: datetime) -> None:
    laying_out.keep_up(store, now.date())


def _send(store: Store, now: datetime) -> None:
    mail.deliver(store, wiring.settings(), now)


def _keep_counts(store: Store, _now: datetime) -> None:
    wiring.usage().flush(store)


def _ask_groups(store: Store, now: datetime) -> None:
    freshness.rounds(store, now, public_base(), wiring.settings().freshness_days)


def _keep_coverage(store: Store, now: datetime) -> None:
    """How every district stands, once a month, so that a year can be compared with the one before."""
    for municipality in store.municipalities():
        if snapshots.due(store, municipality.code, now.date()):
            snapshots.keep(store, None, municipality.code, now)


AT_START: Final = (Chore("make ready", 0, _make_ready), Chore("lay out", 6 * HOUR, _lay_out))
CHORES: Final = (
    Chore("publish", 10 * SECOND, posting.publish_due),
    Chore("send mail", 15 * SECOND, _send),
    Chore("tell residents", 15 * SECOND, digests.rounds),
    Chore("keep counts", MINUTE, _keep_counts),
    Chore("forget sign-ins", HOUR, sessions.forget),
    Chore("forget enquiries", HOUR, enquiring.forget),
    Chore("ask groups", 24 * HOUR, _ask_groups),
    Chore("follow feeds", MINUTE, following.rounds),
    Chore("clear the shelf", 5 * MINUTE, shelf.sweep),
    Chore("lay out", 6 * HOUR, _lay_out),
    Chore("keep coverage", 24 * HOUR, _keep_coverage),
)


def do_at_start() -> None:
    """Make the store ready before the first answer; one that cannot be used is told by ``/healthz``."""
    for chore in AT_START:
        _do(chore)


def do_at_end() -> None:
    """Keep what was counted since the last time."""
    _do(Chore("keep counts", 0, _keep_counts))


async def keep_doing(chores: Sequence[Chore] = CHORES) -> None:
    """Do each chore whenever its time has come, one after the other, until cancelled."""
    due = dict.fromkeys(range(len(chores)), 0.0)
    while True:
        for number, chore in enumerate(chores):
            if time.monotonic() >= due[number]:
                await run_in_threadpool(_do, chore)
                due[number] = time.monotonic() + chore.every_s
        await asyncio.sleep(TURN_S)


def _do(chore: Chore) -> None:
    """Do it; what goes wrong is noted, and does not keep the others from being done."""
    try:
        chore.work(wiring.store(), clock.now())
    except Exception:  # whatever it is, the other chores go on, and this one is tried again
        log.exception("chore %s failed", chore.name)
