"""The server's life: it makes a new store ready, lays occurrences out as days pass, and closes the store."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool

from pages import built_in, wiring
from pages.parts import map_frame
from portal.clock import today
from portal.errors import PortalError
from portal.laying_out import keep_up

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOOK_AGAIN_S: Final = 6 * 60 * 60
TURN_S: Final = 0.0005
"""With this, 200 visits at once were answered within 0.3 s instead of 100."""
log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:  # noqa: ANN401  # st.App names no type of its own
    """Lay occurrences out before the first answer, keep them laid out, and close the store at the end."""
    map_frame.register()
    await run_in_threadpool(_make_ready)
    _share_the_processor()
    task = asyncio.create_task(_as_days_pass())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await run_in_threadpool(wiring.close)
        gc.unfreeze()  # else DuckDB takes what was frozen for leaked and says so at length


async def _as_days_pass() -> None:
    while True:
        await asyncio.sleep(LOOK_AGAIN_S)
        await run_in_threadpool(_make_ready)


def _share_the_processor() -> None:
    """Many visits run at once in threads: short turns keep the quick ones quick.

    What was loaded until now stays, and need not be looked through for garbage again and again.
    """
    sys.setswitchinterval(TURN_S)
    gc.collect()
    gc.freeze()


def _make_ready() -> None:
    """A store that cannot be used does not keep the server from starting: ``/healthz`` says so."""
    try:
        store = wiring.store()
        if not store.municipalities():
            built_in.init_store(store, wiring.settings(), today())
        keep_up(store, today())
    except PortalError:
        log.exception("the store could not be made ready")
