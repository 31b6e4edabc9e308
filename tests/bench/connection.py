"""A connection over which one request after the other is sent (HTTP/1.1), with as little work as can be."""

from __future__ import annotations

import asyncio
import re
from typing import Final

END: Final = b"\r\n\r\n"
LINE: Final = b"\r\n"
LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
CLOSING: Final = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
BODILESS: Final = frozenset({204, 304})


class Connection(asyncio.Protocol):
    """Counts what it receives, and keeps nothing of it."""

    def __init__(self) -> None:
        """Not connected yet."""
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, int]] | None = None
        self._reset()

    @classmethod
    async def to(cls, port: int) -> Connection:
        """A new one to a server of this machine; raises OSError."""
        _, connection = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return connection

    async def ask(self, request: bytes) -> tuple[int, int]:
        """The answer's status and its size in bytes with its headers; raises OSError where none comes."""
        if self._transport is None:
            raise ConnectionResetError
        self._reset()
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    @property
    def open(self) -> bool:
        """Whether more can be asked."""
        return self._transport is not None and not self._transport.is_closing()

    def close(self) -> None:
        """Ask no more."""
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is connected."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """The server has closed it."""
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc if isinstance(exc, OSError) else ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        """Take what has come, as far as it goes."""
        self._size += len(data)
        self._kept += data
        if self._status or self._headed():
            while self._left is None and self._chunk():
                pass
            self._body()

    def _reset(self) -> None:
        self._kept = bytearray()
        self._status, self._size = 0, 0
        self._left: int | None = 0
        """Bytes of the body, or of a chunk, that are still to come; None where a chunk's length is."""
        self._chunked = self._closing = self._last = False

    def _headed(self) -> bool:
        """Whether all headers are there; they are read and taken off."""
        head, end, rest = bytes(self._kept).partition(END)
        if not end:
            return False
        self._status = int(head[9:12])
        self._closing = bool(CLOSING.search(head))
        self._chunked = bool(CHUNKED.search(head))
        length = LENGTH.search(head)
        self._left = None if self._chunked else int(length[1]) if length and self._status not in BODILESS else 0
        self._kept = bytearray(rest)
        return True

    def _chunk(self) -> bool:
        """Whether the length of a chunk was there; the last has none, and a line for its end."""
        line, end, rest = bytes(self._kept).partition(LINE)
        if not end:
            return False
        size = int(line.partition(b";")[0], 16)
        self._last, self._left = size == 0, size + len(LINE)
        self._kept = bytearray(rest)
        return True

    def _body(self) -> None:
        """Let go of what belongs to the body; the answer is whole with its last byte."""
        while self._left is not None:
            taken = min(self._left, len(self._kept))
            del self._kept[:taken]
            self._left -= taken
            if self._left:
                return
            if not self._chunked or self._last:
                self._done()
                return
            self._left = None
            self._chunk()

    def _done(self) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result((self._status, self._size))
        if self._closing:
            self.close()
