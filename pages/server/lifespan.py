"""The server's life: what is done before the first answer, meanwhile, and after the last."""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from streamlit.runtime import get_instance

from pages import wiring
from pages.parts import map_frame, near_me
from pages.server import chores
from pages.twin.life import Life

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TURN_S: Final = 0.0005
"""With this, 200 visits at once were answered within 0.3 s instead of 100."""


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:  # noqa: ANN401  # st.App names no type of its own
    """Make the store ready before the first answer, do what is due as time passes, and close the store at the end."""
    for component in (map_frame.COMPONENT, near_me.locator()):
        # Streamlit does so only when a screen is the first to name it.
        get_instance().component_registry.register_component(component)
    await run_in_threadpool(chores.do_at_start)
    _share_the_processor()
    twin = Life()
    task, kept = asyncio.create_task(chores.keep_doing()), asyncio.create_task(twin.keep())
    try:
        yield
    finally:
        twin.stop()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await kept
        await run_in_threadpool(chores.do_at_end)
        await run_in_threadpool(twin.end)
        await run_in_threadpool(wiring.close)
        gc.unfreeze()  # else DuckDB takes what was frozen for leaked and says so at length


def _share_the_processor() -> None:
    """Many visits run at once in threads: short turns keep the quick ones quick.

    What was loaded until now stays, and need not be looked through for garbage again and again.
    """
    sys.setswitchinterval(TURN_S)
    gc.collect()
    gc.freeze()
