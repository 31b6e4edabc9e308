"""What asks in the benchmarks counts every wait, reads every sort of answer, and reports every fault."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.bench import rates
from tests.bench.load import Asking, Load

ANSWERS = {
    "/length": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfive!",
    "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n0\r\n\r\n4\r\nfour\r\n0\r\n\r\n",
    "/same": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    "/last": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
    "/wrong": b"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno",
}
STALL_S = 0.3


class Server:
    """Answers by path, byte by byte where it is told to; stands still once, at its first ``/stall``."""

    def __init__(self) -> None:
        """Nobody has asked."""
        self.port, self.connections, self.stalled = 0, 0, False

    async def serve(self, ready, done) -> None:
        """Answer until ``done``."""
        async with await asyncio.start_server(self._talk, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await asyncio.to_thread(done.wait)

    async def _talk(self, reader, writer) -> None:
        self.connections += 1
        while request := await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            path = request.split()[1].decode()
            if path == "/stall" and not self.stalled:
                self.stalled = True
                time.sleep(STALL_S)  # noqa: ASYNC251  # nobody is answered meanwhile
            if path == "/hang-up":
                break
            for byte in ANSWERS.get(path, ANSWERS["/length"]):
                writer.write(bytes([byte]))
                await writer.drain()
        writer.close()


@contextmanager
def running():
    """A server in a thread of its own."""
    server, ready, done = Server(), threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(ready, done)))
    thread.start()
    try:
        assert ready.wait(10)
        yield server
    finally:
        done.set()
        thread.join()


def asked(server, *paths, **values):
    """What came back."""
    load = Load(server.port, paths, **{"seconds": 0.2, "connections": 2, **values})
    with ThreadPoolExecutor(1) as pool:  # a test with a browser may have left its loop in this thread
        return pool.submit(lambda: asyncio.run(Asking(load).run())).result()


@pytest.mark.parametrize("path", ["/length", "/chunks", "/same"])
def test_every_sort_of_answer_is_read_to_its_end(path):
    """With a length, in chunks, or without a body: all bytes are counted, and the connection is used again."""
    with running() as server:
        answers = asked(server, path)
    assert answers.faults == {}
    assert len(answers.waits) > 10
    assert answers.bytes == len(ANSWERS[path]) * len(answers.waits)
    assert server.connections == 2


def test_a_connection_that_the_server_ends_is_not_used_again():
    """After ``Connection: close`` the next request has a connection of its own."""
    with running() as server:
        answers = asked(server, "/last")
    assert answers.faults == {}
    assert server.connections == len(answers.waits) > 2


def test_faults_are_reported_by_their_sort():
    """A status that is none of the good ones and a lost connection are faults, and their waits are not counted."""
    with running() as server:
        wrong, lost = asked(server, "/wrong"), asked(server, "/hang-up")
    assert set(wrong.faults) == {"500"}
    assert set(lost.faults) == {"ConnectionResetError"}
    assert wrong.waits == lost.waits == []


def test_whoever_is_due_while_the_server_stands_still_has_waited():
    """Requests come at their rate through a standstill, and each of them counts from when it was due."""
    with running() as server:
        answers = asked(server, "/stall", rate=300, seconds=0.5)
    late = [wait for wait in answers.waits if wait > STALL_S / 3]
    assert answers.faults == {}
    assert len(late) > 300 * STALL_S / 3
    assert rates.percentile(answers.waits, 95) > STALL_S / 2


def test_the_first_paths_are_asked_for_more_often():
    """With Zipf's weights the first of ten paths comes about a third of the time, evenly a tenth; always the same."""
    paths = tuple(f"/{number}" for number in range(10))
    shares = {}
    for zipf in (0.0, 1.0):
        for seed in (1, 1, 2):
            choices = Load(1, paths, 1, zipf=zipf, seed=seed).choices()
            shares.setdefault(zipf, []).append(sum(next(choices).startswith(b"GET /0 ") for _ in range(3_000)) / 3_000)
    assert shares[0.0][0] == pytest.approx(0.1, abs=0.03)
    assert shares[1.0][0] == pytest.approx(0.34, abs=0.05)
    assert shares[1.0][0] == shares[1.0][1] != shares[1.0][2]
