"""Real servers on this machine that answer as they are told, well-behaved and not."""

from __future__ import annotations

import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pages.outside.limits import Limits

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from pathlib import Path

CERTIFIED = "calendar.example"


class Site(ThreadingTCPServer):
    """A server whose answer to every request is made by ``answer(path, write)``; it remembers what it was asked."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answer: Callable, tls: ssl.SSLContext | None = None) -> None:
        """Listen on a free port of this machine."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.asked = answer, []
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server_address[1]

    def url(self, path: str = "/feed.ics", host: str = "127.0.0.1", scheme: str = "http") -> str:
        """The address of a path on it."""
        return f"{scheme}://{host}:{self.port}{path}"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up early is what these tests are about."""


class _Handler(StreamRequestHandler):
    def handle(self) -> None:
        lines = []
        while line := self.rfile.readline().strip():
            lines.append(line.decode("latin-1"))
        if lines:
            self.server.asked.append(lines)
            with suppress(OSError):
                self.server.answer(lines[0].split()[1], self._write)

    def _write(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()


def answer(body: bytes = b"BEGIN:VCALENDAR", kind: str = "text/calendar", status: str = "200 OK", **headers: str):
    """The bytes of an answer; further headers with _ for -."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.fixture
def serve():
    """Start a server on this machine; ``serve(bytes)`` or ``serve(function of path and write)``."""
    sites: list[Site] = []

    def start(reply: bytes | Callable, tls: ssl.SSLContext | None = None) -> Site:
        said = reply if callable(reply) else (lambda _path, write: write(reply))
        site = Site(said, tls)
        sites.append(site)
        Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return site

    yield start
    for site in sites:
        site.shutdown()
        site.server_close()


def allowing(*sites: Site, **limits: object) -> Limits:
    """Limits under which these servers, and nothing else of this machine, may be asked."""
    return Limits(loopback_ports=frozenset(site.port for site in sites), **limits)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """A certificate for ``calendar.example`` that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, CERTIFIED)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(CERTIFIED)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def silent():
    """The port of a machine that accepts a connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
