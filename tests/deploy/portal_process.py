"""The portal as its unit starts it: ``manage.py serve`` behind a web server, with a small town in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from db import open_store
from tests import town
from tests.pages.plain import minamo
from tests.portal import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[2]
START_S: Final = 60.0
TWIN_S: Final = 60.0


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def filled_home(home: Path) -> Path:
    """A portal's folder with the invented town, its people, posts and evacuation sites."""
    home.mkdir(exist_ok=True)
    store = open_store(f"duckdb://{home / 'portal.duckdb'}")
    minamo.fill(people.settle(town.settle(store)))
    store.close()
    return home


@contextmanager
def running_portal(home: Path, port: int, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """A portal over ``home`` as a process of its own, until it answers; ended in order unless the test ended it."""
    log = home.parent / "portal.log"
    command = [sys.executable, "manage.py", "serve"]
    with (
        log.open("w") as written,
        subprocess.Popen(  # noqa: S603  # our own arguments
            command, cwd=ROOT, env=_environment(home, port, settings), stdout=written, stderr=subprocess.STDOUT
        ) as portal,
    ):
        try:
            _wait(portal, port, log)
            yield portal
        finally:
            stop(portal)


def stop(portal: subprocess.Popen[bytes]) -> None:
    """End it in order."""
    portal.terminate()
    portal.wait(timeout=60)


def wait_for_twin(home: Path) -> Path:
    """The folder of the twin once all pages are in it: the slow files, of which one is there, are made after them."""
    site, ends = home / "site", time.monotonic() + TWIN_S
    while not (list(site.glob("sitemap-*.xml")) or list(site.glob("ja/*/district/*/*.pdf"))):
        assert time.monotonic() < ends, "the twin was not made"
        time.sleep(0.1)
    return site


def _environment(home: Path, port: int, settings: Mapping[str, str]) -> dict[str, str]:
    own = {"HOME": str(home), "PORT": str(port), "SAMPLE": "off"}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return inherited | {f"PORTAL_{name.upper()}": value for name, value in (own | settings).items()}


def _wait(portal: subprocess.Popen[bytes], port: int, log: Path) -> None:
    ends = time.monotonic() + START_S
    while time.monotonic() < ends:
        assert portal.poll() is None, log.read_text()
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
