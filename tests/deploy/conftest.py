"""A portal behind a real nginx, and the same files behind one whose portal is stopped."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.deploy.portal_process import filled_home, free_port, running_portal, wait_for_twin
from tests.deploy.web_server import Ports, client, filled, running_nginx, without_tls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx


@dataclass(frozen=True, slots=True)
class Served:
    """One nginx, and what is behind it."""

    web: httpx.Client
    """Through nginx."""
    app: httpx.Client
    """Straight to the portal."""
    site: Path
    folder: Path
    """What nginx writes."""
    home: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    """A portal for one visitor at a time, behind nginx, with its twin made."""
    folder = tmp_path_factory.mktemp("served")
    home, ports = filled_home(folder / "home"), _ports()
    own = f"http://localhost:{ports.http}"
    with (
        ExitStack() as open_until,
        running_portal(home, ports.portal, public_url=own, trusted_proxy="on", sessions="1"),
    ):
        yield _behind(open_until, folder, wait_for_twin(home), ports)


@pytest.fixture(scope="module")
def stopped(served, tmp_path_factory) -> Iterator[Served]:
    """The same files, and nobody where the portal should be."""
    with ExitStack() as open_until:
        yield _behind(open_until, tmp_path_factory.mktemp("stopped"), served.site, _ports())


def _ports() -> Ports:
    return Ports(free_port(), free_port(), free_port())


def _behind(open_until: ExitStack, folder: Path, site: Path, ports: Ports) -> Served:
    written = folder / "nginx"
    written.mkdir()
    open_until.enter_context(running_nginx(written, without_tls(filled(written, site, ports), ports)))
    web, app = client(f"http://localhost:{ports.http}"), client(f"http://localhost:{ports.portal}")
    return Served(open_until.enter_context(web), open_until.enter_context(app), site, written, site.parent)
