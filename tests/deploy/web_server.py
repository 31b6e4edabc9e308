"""A real nginx with ``deploy/nginx.conf``, on a port of this machine; what it writes is in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY: Final = Path(__file__).parents[2] / "deploy"
NGINX: Final = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
START_S: Final = 10.0
FRAME: Final = """\
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 2048; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/ibasho.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where nginx listens, and where it looks for the portal."""

    http: int
    https: int
    portal: int


def filled(folder: Path, site: Path, ports: Ports) -> str:
    """``deploy/nginx.conf`` with everything replaced that its head names; each of it has to stand there."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("/var/lib/ibasho/site", str(site)),
        ("127.0.0.1:8501", f"127.0.0.1:{ports.portal}"),
        ("/etc/letsencrypt/live/portal.example.jp", str(folder)),
        ("/var/log/nginx", str(folder)),
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{ports.http};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{ports.https} ssl http2;"),
        ("https://portal.example.jp$request_uri", f"https://portal.example.jp:{ports.https}$request_uri"),
        ("portal.example.jp", "localhost"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text


def without_tls(text: str, ports: Ports) -> str:
    """The same on the port for http alone: what TLS costs is not what is measured."""
    start, _, rest = text.partition("server {\n    listen 127.0.0.1:")
    _, _, rest = rest.partition("\nserver {\n")
    rest = re.sub(r"    ssl_\w+ .*\n", "", rest)
    return f"{start}server {{\n{rest}".replace(f":{ports.https} ssl http2;", f":{ports.http};")


@contextmanager
def running_nginx(folder: Path, text: str, *, workers: int = 1) -> Iterator[None]:
    """A nginx of this configuration, as whoever runs the tests; its logs stay in ``folder``."""
    assert NGINX, "nginx is needed: apt-get install nginx"
    (folder / "ibasho.conf").write_text(text, encoding="utf-8")
    # Who is root would give its workers to somebody who cannot read the folders of tests.
    frame = FRAME.format(user="user root;" if os.geteuid() == 0 else "", folder=folder, workers=workers)
    (folder / "nginx.conf").write_text(frame, encoding="utf-8")
    command = [NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command) as server:  # noqa: S603  # our own arguments
        try:
            _wait(folder / "nginx.pid", server, folder / "error.log")
            yield
        finally:
            server.terminate()
            server.wait(timeout=10)


def _wait(pid: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until its ports are open: it writes its number then."""
    ends = time.monotonic() + START_S
    while not (pid.exists() and pid.read_text().strip()):
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.02)


def client(url: str, **options: object) -> httpx.Client:
    """A browser of sorts, that follows nothing and keeps to this machine."""
    return httpx.Client(base_url=url, trust_env=False, timeout=30, **options)  # type: ignore[arg-type]  # as httpx has them
