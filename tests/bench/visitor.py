"""One visitor of *Find*, as a browser is one for the server: its cookie, its websocket, and what it fetches beside."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import cycle
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from yarl import URL

from tests.bench.made_places import TOWN, WARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.proto.WidgetStates_pb2 import WidgetState

COOKIE: Final = "_streamlit_xsrf"
QUERY: Final = f"municipality={TOWN}&lang=ja"
VIEW: Final = f"bbox={WARD.west},{WARD.south},{WARD.east},{WARD.north}&zoom=14"
SMALL: Final = 1_000
"""Bytes of a message that says how the run goes; what is drawn comes in longer ones, and is not looked into."""
DEFLATE: Final = 15
WORDS: Final = 100
FREE, BOOKING, TEXT = "find_free", "find_no_booking", "find_q"
WELL: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class FullError(Exception):
    """The server lets nobody in: the plain page came instead, or the websocket was refused."""


class RunError(Exception):
    """A run of the screen's script did not end well, or the connection was lost."""


class Visitor:
    """Opens the screen, and changes a filter at each click."""

    def __init__(self, url: str, number: int) -> None:
        """Somebody who has not come yet; the number says which words are looked for."""
        self._url = url
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self._query = QUERY
        self._ids: dict[str, str] = {}
        self._part = ""
        """The fragment that the filters are in: it alone is drawn anew."""
        self._ended: asyncio.Queue[int] = asyncio.Queue()
        self._changes = _changes(number)

    async def come(self) -> None:
        """Open the page and its websocket, and see the screen once; raises FullError, RunError."""
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        async with self._http.get(f"{self._url}/?{QUERY}") as page:
            await page.read()
            if page.status != 200:  # the screen's own page
                raise FullError(page.status)
        async with self._http.get(f"{self._url}/_stcore/health"):
            cookie = self._http.cookie_jar.filter_cookies(URL(self._url))[COOKIE].value
        try:
            self._socket = await self._http.ws_connect(
                f"{self._url.replace('http', 'ws', 1)}/_stcore/stream",
                protocols=("streamlit", cookie),
                origin=self._url,
                compress=DEFLATE,
                max_msg_size=0,
            )
        except aiohttp.WSServerHandshakeError as refused:
            raise FullError(refused.status) from refused
        self._reading = asyncio.create_task(self._read())
        await self._run(BackMsg())

    async def click(self) -> None:
        """Change one filter, and wait until the screen is drawn anew; raises RunError."""
        name, value = next(self._changes)
        said = BackMsg()
        said.rerun_script.fragment_id = self._part
        state: WidgetState = said.rerun_script.widget_states.widgets.add()
        state.id = self._ids[name]
        if isinstance(value, bool):
            state.bool_value = value
        else:
            state.string_value = value
        await self._run(said)

    async def fetch(self, path: str = "") -> None:
        """Fetch a page, or what the map fetches after a filter has changed; raises RunError for a bad answer."""
        if self._http is None:
            raise RunError
        address = f"{self._url}{path}" if path else f"{self._url}/map/places?{self._query}&{VIEW}"
        async with self._http.get(URL(address, encoded=True)) as answer:
            await answer.read()
            if answer.status != 200:  # no other is expected
                raise RunError(answer.status)

    async def go(self) -> None:
        """Close the browser."""
        if self._reading:
            self._reading.cancel()
            with suppress(asyncio.CancelledError):
                await self._reading
        if self._socket:
            await self._socket.close()
        if self._http:
            await self._http.close()

    async def _run(self, said: BackMsg) -> None:
        if self._socket is None or self._socket.closed:
            raise RunError
        said.rerun_script.query_string = self._query
        await self._socket.send_bytes(said.SerializeToString())
        if await self._ended.get() not in WELL:
            raise RunError

    async def _read(self) -> None:
        """Take all messages; of the long ones only what the first run needs."""
        if self._socket is None:
            raise RunError
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.BINARY and (len(message.data) < SMALL or len(self._ids) < len(WANTED)):
                self._take(ForwardMsg.FromString(message.data))
        self._ended.put_nowait(-1)

    def _take(self, message: ForwardMsg) -> None:
        sort = message.WhichOneof("type")
        if sort == "script_finished":
            self._ended.put_nowait(message.script_finished)
        elif sort == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif sort == "delta":
            element = message.delta.new_element
            widget = getattr(element, element.WhichOneof("type") or "empty")
            key = getattr(widget, "id", "")
            for name in WANTED:
                if key.endswith(f"-{name}"):
                    self._ids[name], self._part = key, message.delta.fragment_id


WANTED: Final = (FREE, BOOKING, TEXT)


def _changes(number: int) -> Iterator[tuple[str, bool | str]]:
    """What is clicked, for ever: boxes set and taken off, and words that most others do not look for just then."""
    word = f"第{number % WORDS}"
    return cycle([(FREE, True), (TEXT, word), (FREE, False), (BOOKING, True), (TEXT, ""), (BOOKING, False)])


def pages(places: int) -> list[str]:
    """What somebody reads who is not let in: plain pages of the town."""
    town = f"/ja/{TOWN}/"
    return [town, f"{town}evacuation/", *(quote(f"{town}place/p{number}/") for number in range(places))]
