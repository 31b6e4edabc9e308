"""A real server of two sessions, real websockets: the third newcomer is answered at once, who was there comes back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pages import wiring
from tests.pages.forms.conftest import made
from tests.pages.server.test_admission import FULL
from tests.town import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

__all__ = ["made"]

ROOT = Path(__file__).parents[3]
START_S = 60


class Browser:
    """One browser: its cookies, and the websocket of a screen."""

    def __init__(self, url: str) -> None:
        """A fresh one at the portal's address."""
        self.url = url
        self.http = httpx.Client(base_url=url, headers={"accept": "text/html"})

    def open(self) -> ClientConnection:
        """Fetch the cookie and open the websocket, as Streamlit's page does; raises InvalidStatus when refused."""
        self.http.get("/_stcore/health")
        cookie = self.http.cookies["_streamlit_xsrf"]
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        return connect(
            address,
            origin=self.url,
            subprotocols=["streamlit", cookie],
            additional_headers={"Cookie": f"_streamlit_xsrf={cookie}"},
            compression=None,
        )

    def visit(self) -> ClientConnection:
        """Open the front page and then its websocket."""
        assert self.http.get("/").status_code == 200
        return self.open()


@pytest.fixture
def portal(tmp_path, made) -> Iterator[str]:
    """The address of a server with room for two."""
    for name in (wiring.FILE, wiring.JOURNAL):
        (tmp_path / name).write_bytes((made / name).read_bytes())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    settings = {"HOME": str(tmp_path), "SESSIONS": "2", "SAMPLE": "off", "SITE": "off", "MUNICIPALITY": CODE}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    command = [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(port)]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
            command,
            cwd=ROOT,
            env=environment | {f"PORTAL_{name}": value for name, value in settings.items()},
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(START_S * 10):
        assert server.poll() is None, "the server ended"
        try:
            if httpx.get(f"{url}/healthz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


def settled(browser: Browser) -> int:
    """The status of the front page once the server has noticed that a websocket ended."""
    for _ in range(50):
        if (status := browser.http.get("/about").status_code) == 200:
            return status
        time.sleep(0.1)
    return status


def test_two_are_let_in_and_the_third_reads(portal):
    """The third gets the plain page at once and no websocket; who was there comes back; who leaves makes room."""
    one, two, three = (Browser(portal) for _ in range(3))
    with ExitStack() as stack:
        first = stack.enter_context(ExitStack())
        first.enter_context(one.visit())
        second = stack.enter_context(ExitStack())
        second.enter_context(two.visit())
        began = time.monotonic()
        answer = three.http.get("/")
        assert time.monotonic() - began < 5
        assert answer.status_code == 503
        assert FULL in answer.text
        with pytest.raises(InvalidStatus), three.open():
            pytest.fail("it was let in")
        assert two.http.get("/agenda").status_code == 200  # who is there may look further
        again = stack.enter_context(one.open())  # the phone changed its network: the old connection is not closed
        assert again.subprotocol == "streamlit"
        first.close()
        second.close()
        assert settled(three) == 200
        stack.enter_context(three.open())
        assert Browser(portal).http.get("/about").status_code == 503
        back = stack.enter_context(two.open())  # within a minute, although another took the seat
        assert back.subprotocol == "streamlit"
    assert httpx.get(f"{portal}/healthz").status_code == 200
