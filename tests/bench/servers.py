"""Servers as real processes: started, waited for, and gone at the end however it came."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import URLError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
START_S: Final = 120
STOP_S: Final = 10
PORTAL: Final = "app:app"


@contextmanager
def portal(home: Path, app: str = PORTAL) -> Iterator[str]:
    """The address of a portal over the store in ``home``."""
    command = ["-m", "uvicorn", app, "--host", "127.0.0.1", "--log-level", "warning", "--port"]
    with _process(command, {"PORTAL_HOME": str(home)}, home, "/healthz") as url:
        yield url


@contextmanager
def streamlit(script: Path, arguments: list[str]) -> Iterator[str]:
    """The address of a Streamlit script beside the files that it serves, with the portal's settings of Streamlit."""
    options = ["--server.enableStaticServing=true", "--server.maxMessageSize=1000", "--server.address=127.0.0.1"]
    command = ["-m", "streamlit", "run", str(script), *options, "--server.port"]
    with _process(command, {}, script.parent, "/_stcore/health", ["--", *arguments]) as url:
        yield url


@contextmanager
def _process(
    command: list[str], variables: dict[str, str], folder: Path, health: str, after: list[str] | None = None
) -> Iterator[str]:
    port = _free_port()
    log = folder / f"server-{port}.log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "STREAMLIT_"))}
    with log.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
            [sys.executable, *command, str(port), *(after or [])],
            cwd=ROOT,
            env=kept | variables,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}{health}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; a server that is busy drawing a map does not listen."""
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  # our own address
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-4000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
