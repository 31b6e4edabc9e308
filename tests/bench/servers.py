"""Servers as real processes: started, waited for, and gone at the end however it came."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import URLError

from tests.deploy import web_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[2]
START_S: Final = 120
STOP_S: Final = 10
PORTAL: Final = "app:app"
PORT: Final = "{port}"
"""Stands in a command for the port that the server is to listen on."""


def many_files() -> None:
    """Let this process, and those that it starts from now on, hold as many connections as the machine allows it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def portal(home: Path, app: str = PORTAL, **settings: str) -> Iterator[str]:
    """The address of a portal over the store in ``home``; it keeps no static twin beside."""
    command = [sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--log-level", "warning", "--port", PORT]
    given = {"HOME": str(home), "SITE": "off"} | {name.upper(): value for name, value in settings.items()}
    with _process(command, {f"PORTAL_{name}": value for name, value in given.items()}, home, "/healthz") as url:
        yield url


@contextmanager
def streamlit(script: Path, arguments: list[str]) -> Iterator[str]:
    """The address of a Streamlit script beside the files that it serves, with the portal's settings of Streamlit."""
    options = ["--server.enableStaticServing=true", "--server.maxMessageSize=1000", "--server.address=127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options, "--server.port", PORT, "--", *arguments]
    with _process(command, {}, script.parent, "/_stcore/health") as url:
        yield url


@contextmanager
def datasette(file: Path, rows: int) -> Iterator[str]:
    """The address of a datasette over a file of SQLite that nobody changes, which gives up to ``rows`` at once."""
    settings = {"max_returned_rows": rows, "suggest_facets": "off", "sql_time_limit_ms": 30_000}
    options = [option for name, value in settings.items() for option in ("--setting", name, str(value))]
    serve = ["-m", "datasette", "serve", "--immutable", str(file), "--host", "127.0.0.1", *options, "--port", PORT]
    with _process([sys.executable, *serve], {}, file.parent, "/-/versions.json") as url:
        yield url


@contextmanager
def gunicorn(python: Path, app: str, variables: Mapping[str, str], folder: Path) -> Iterator[str]:
    """The address of a WSGI app in an environment of its own, with a process of four threads for each core."""
    workers = ["--workers", str(len(os.sched_getaffinity(0))), "--worker-class", "gthread", "--threads", "4"]
    command = [str(python), "-m", "gunicorn", app, *workers, "--log-level", "warning", "--bind", f"127.0.0.1:{PORT}"]
    with _process(command, variables, folder, "/") as url:
        yield url


@contextmanager
def nginx(folder: Path, site: Path) -> Iterator[str]:
    """The address of the plain files in ``site``, served with ``deploy/nginx.conf``, and nobody behind it."""
    folder.mkdir()
    ports = web_server.Ports(_free_port(), _free_port(), _free_port())
    text = web_server.without_tls(web_server.filled(folder, site, ports), ports)
    with web_server.running_nginx(folder, text, workers=len(os.sched_getaffinity(0))):
        yield f"http://127.0.0.1:{ports.http}"


@contextmanager
def _process(command: list[str], variables: Mapping[str, str], folder: Path, health: str) -> Iterator[str]:
    port = _free_port()
    log = folder / f"server-{port}.log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "STREAMLIT_"))}
    with log.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
            [item.replace(PORT, str(port)) for item in command],
            cwd=ROOT,
            env={**kept, **variables},
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
