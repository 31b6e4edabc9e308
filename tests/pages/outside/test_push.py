"""Push messages against a real push service on this machine: what it can check, and what it cannot read."""

from __future__ import annotations

import base64
import json
import ssl
import stat
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from pages.outside import push
from pages.outside.limits import Limits
from portal.errors import InvalidRecordError, OutsideError
from portal.model.subscription import Browser
from portal.settings import Settings
from tests.pages.outside.conftest import CERTIFIED

TITLE, LINK = "【新着】もちつき大会(催し)", "https://ibasho.example/ja/99901/post/post-1/"


def plain(data: bytes) -> str:
    """Base64url without its end, as browsers write it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    """The bytes of such a text."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Reader:
    """A browser with its own keys: it alone reads what is sent to it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"0123456789abcdef"

    def at(self, endpoint: str) -> Browser:
        """What it says of itself when it asks to be told."""
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return Browser(endpoint, plain(point), plain(self.secret))

    def read(self, body: bytes) -> dict:
        """The message."""
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"))


class Service(ThreadingHTTPServer):
    """A push service: it checks who sends (RFC 8292) and keeps what it was given; it answers as it is told."""

    daemon_threads = True

    def __init__(self, certificate, status: int = 201) -> None:
        """Listen on a free port of this machine, with TLS."""
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.status, self.taken, self.claims = status, [], []
        self.limits = Limits(
            seconds=5,
            loopback_ports=frozenset({self.server_address[1]}),
            resolve=lambda _host, _port: ["127.0.0.1"],
            tls=ssl.create_default_context(cafile=certificate),
        )

    @property
    def endpoint(self) -> str:
        """Where a browser of this service is told."""
        return f"https://{CERTIFIED}:{self.server_address[1]}/v1/abc?d=%20e"

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are said by the client's own error."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:  # the name that the server calls
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.server.claims.append(checked(self.headers["Authorization"]))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


def checked(authorization: str) -> dict:
    """The claims of a VAPID header whose signature fits the key in it; raises where it does not."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.split("=", 1) for part in rest.split(","))
    signed, _, signature = parts["t"].rpartition(".")
    numbers = unpacked(signature)
    der = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(parts["k"]))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(unpacked(signed.split(".")[0]))["alg"] == "ES256"
    return json.loads(unpacked(signed.split(".")[1])) | {"k": parts["k"]}


@pytest.fixture
def service(certificate):
    """Start a push service: ``service(410)`` answers with that status."""
    started = []

    def start(status: int = 201) -> Service:
        made = Service(certificate, status)
        started.append(made)
        Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return made

    yield start
    for one in started:
        one.shutdown()
        one.server_close()


@pytest.fixture
def settings(tmp_path):
    """A portal that may send push messages."""
    return Settings(home=tmp_path, push=True, public_url="https://ibasho.example")


def test_a_message_is_read_by_its_browser_alone(service, settings):
    """It arrives encrypted, signed for this service by the portal's key, kept for a day; no word of it in the clear."""
    here, reader = service(), Reader()
    assert push.sender(settings, here.limits)(reader.at(here.endpoint), TITLE, LINK)
    [(path, headers, body)] = here.taken
    assert path == "/v1/abc?d=%20e"
    assert reader.read(body) == {"title": TITLE, "link": LINK}
    assert (headers["Content-Encoding"], headers["TTL"]) == ("aes128gcm", "86400")
    assert b"ibasho" not in body
    [claims] = here.claims
    assert claims["aud"] == here.endpoint.partition("/v1")[0]
    assert claims["sub"] == "https://ibasho.example"
    assert claims["k"] == push.public_key(settings)
    assert 0 < claims["exp"] - time.time() <= 24 * 3600
    with pytest.raises(Exception, match=r".*"):
        Reader().read(body)


def test_the_key_is_made_once_and_kept_secret(settings):
    """The same after a new start, readable by the portal's user alone; the sender's address stands in the signature."""
    key = push.public_key(settings)
    push._key.cache_clear()  # noqa: SLF001  # as a new process begins
    assert push.public_key(settings) == key
    file = settings.home / push.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in settings.home.iterdir()] == [push.FILE]
    assert len(unpacked(key)) == 65


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_said(service, settings, status):
    """The service knows it no more: it is not to be tried again."""
    here = service(status)
    assert push.sender(settings, here.limits)(Reader().at(here.endpoint), TITLE, LINK) is False


@pytest.mark.parametrize("status", [302, 400, 403, 413, 429, 500, 503])
def test_what_a_service_refuses_is_tried_later(service, settings, status):
    """No redirect is followed, and no browser is taken for gone."""
    here = service(status)
    with pytest.raises(OutsideError, match=r"subscribe\.push_failed"):
        push.sender(settings, here.limits)(Reader().at(here.endpoint), TITLE, LINK)
    assert len(here.taken) == 1


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"])  # noqa: S104  # not listened on
def test_no_machine_inside_is_asked(service, settings, inside):
    """A name that leads inside is not connected to, whatever it answers (SSRF)."""
    here = service()
    limits = Limits(seconds=5, resolve=lambda _host, _port: [inside], tls=here.limits.tls)
    with pytest.raises(OutsideError):
        push.sender(settings, limits)(Reader().at(f"https://{CERTIFIED}/x"), TITLE, LINK)
    assert here.taken == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/",
        "https://2130706433/",
        "https://user:pass@push.example/x",
        "https://push.example:8443/x",
    ],
)
def test_an_endpoint_inside_is_refused_when_it_is_asked_for(settings, endpoint):
    """A number, a port or a name with a password is none of a push service; nothing is sent there either."""
    browser = Reader().at(endpoint)
    if "2130706433" not in endpoint:
        with pytest.raises(InvalidRecordError, match=r"subscribe\.bad_browser"):
            push.check(browser)
    with pytest.raises(OutsideError):
        push.sender(settings, Limits(seconds=2))(browser, TITLE, LINK)


def test_a_service_that_nobody_vouches_for_gets_nothing(service, settings):
    """Its certificate must be good."""
    here = service()
    limits = Limits(seconds=5, loopback_ports=here.limits.loopback_ports, resolve=here.limits.resolve)
    with pytest.raises(OutsideError):
        push.sender(settings, limits)(Reader().at(here.endpoint), TITLE, LINK)
    assert here.taken == []


def test_off_means_that_nothing_leaves(tmp_path):
    """Without the setting there is nothing to send with, and no key is made."""
    assert push.sender(Settings(home=tmp_path)) is None
    assert list(tmp_path.iterdir()) == []


def test_a_long_title_fits(service, settings):
    """Every push service takes what comes of it: under 4096 bytes."""
    here, reader = service(), Reader()
    push.sender(settings, here.limits)(reader.at(here.endpoint), "あ" * 5000, LINK)
    [(_, _, body)] = here.taken
    assert len(body) < 4096
    assert reader.read(body)["title"] == "あ" * push.TITLE_MAX
