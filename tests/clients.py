"""Clients of the portal's routes that share one event loop: a loop for every request takes longer than the request."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal
    from starlette.applications import Starlette


@cache
def _loop() -> BlockingPortal:
    """The loop of this process, in a thread of its own until the end."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(start_blocking_portal())


def client(app: Starlette, **options) -> TestClient:
    """A client that is answered as by a server: a fault is a 500 and no exception."""
    made = TestClient(app, raise_server_exceptions=False, **options)
    made.portal = _loop()
    return made
