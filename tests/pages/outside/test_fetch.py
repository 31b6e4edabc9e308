"""Feeds are fetched from the open internet only, only so much, only so long; real servers, good and bad."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
import zlib

import pytest

from pages.outside.fetch import fetch
from pages.outside.limits import Limits
from portal.errors import UnreadableFileError
from portal.words import LANGUAGES, say_error
from tests.pages.outside.conftest import CERTIFIED, allowing, answer

MEBI = 2**20


def refusal(url: str, limits: Limits | None = None) -> str:
    """The phrase with which a fetch ends."""
    with pytest.raises(UnreadableFileError) as raised:
        fetch(url, limits)
    assert all(say_error(raised.value, language) for language in LANGUAGES)
    return raised.value.key


def test_a_feed_is_fetched(serve):
    """A calendar comes back whole, with its type and its address."""
    site = serve(answer(b"BEGIN:VCALENDAR\r\n", "Text/Calendar; charset=utf-8"))
    found = fetch(site.url("/a b.ics".replace(" ", "%20")), allowing(site))
    assert (found.body, found.content_type) == (b"BEGIN:VCALENDAR\r\n", "text/calendar")
    assert found.final_url == site.url("/a%20b.ics")
    assert site.asked[0][0] == "GET /a%20b.ics HTTP/1.1"
    assert f"Host: 127.0.0.1:{site.port}" in site.asked[0]


def test_this_machine_is_not_asked_unless_a_test_allows_it(serve):
    """Without the allowance of a test, no server on this machine is asked, under none of its names."""
    site = serve(answer())
    hosts = ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]")  # noqa: S104  # addresses to refuse
    for host in hosts:
        assert refusal(f"http://{host}/") in {"fetching.not_public", "fetching.unknown_host"}
        assert refusal(site.url(host=host)) == "fetching.bad_port"
    assert site.asked == []


def test_one_bad_address_among_good_ones_is_refused():
    """A name that leads outside and inside at once is not asked at all."""
    limits = Limits(resolve=lambda _host, _port: ["1.1.1.1", "169.254.169.254"])
    assert refusal("http://example.jp/", limits) == "fetching.not_public"


def test_a_redirect_is_followed(serve):
    """A redirect to another path and to another server is followed, with a Host of its own."""
    there = serve(answer(b"there"))
    here = serve(
        lambda path, write: write(
            answer(b"", status="302 Found", Location="next" if path == "/a" else there.url("/c?d=1"))
        )
    )
    found = fetch(here.url("/a"), allowing(here, there))
    assert (found.body, found.final_url) == (b"there", there.url("/c?d=1"))
    assert [lines[0].split()[1] for lines in here.asked] == ["/a", "/next"]
    assert f"Host: 127.0.0.1:{there.port}" in there.asked[0]


def test_a_redirect_to_a_private_address_is_refused(serve):
    """A public page that leads to the machine's own network is not followed there."""
    hidden = serve(answer(b"secret"))
    for target in (
        hidden.url(),
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
        "file:///etc/hostname",
        "//192.168.0.1/",
        "http://user@127.0.0.1/",
        "http://[",
    ):
        site = serve(answer(b"", status="301 Moved", Location=target))
        assert refusal(site.url(), allowing(site)) in {
            "fetching.not_public",
            "fetching.bad_port",
            "fetching.bad_scheme",
            "fetching.bad_address",
        }
    assert hidden.asked == []


def test_redirects_end_after_three(serve):
    """A circle of redirects is left after the third; three in a row are fine."""
    site = serve(
        lambda path, write: write(
            answer() if path == "/3" else answer(b"", status="307 T", Location=f"/{int(path[1:] or 0) + 1}")
        )
    )
    assert fetch(site.url("/0"), allowing(site)).final_url == site.url("/3")
    circle = serve(answer(b"", status="308 P", Location="/again"))
    assert refusal(circle.url(), allowing(circle)) == "fetching.too_many_redirects"
    assert len(circle.asked) == 4


def test_a_name_is_looked_up_once_for_each_connection(serve):
    """DNS rebinding: the address that was checked is the one that is asked, whatever a second look-up would say."""
    site, hidden = serve(answer(b"good")), serve(answer(b"secret"))
    looked_up: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["127.0.0.2"]

    found = fetch(site.url(host="rebind.example"), allowing(site, resolve=rebinding))
    assert found.body == b"good"
    assert looked_up == ["rebind.example"]
    assert f"Host: rebind.example:{site.port}" in site.asked[0]
    assert hidden.asked == []


def test_a_name_that_turns_private_between_redirects_is_refused(serve):
    """A name that was sound at first is checked anew at each redirect."""
    site = serve(answer(b"", status="302 Found", Location="/again"))
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    limits = allowing(site, resolve=lambda _host, _port: next(answers))
    assert refusal(site.url(host="rebind.example"), limits) == "fetching.not_public"
    assert len(site.asked) == 1


def test_https_checks_the_certificate_against_the_name(serve, certificate):
    """The pinned address is asked for the right name (SNI, Host); another name or an unknown signer is refused."""
    named: list[str | None] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    server.sni_callback = lambda _socket, name, _context: named.append(name)
    site = serve(answer(b"secured"), server)
    trusting = allowing(
        site, resolve=lambda _host, _port: ["127.0.0.1"], tls=ssl.create_default_context(cafile=str(certificate))
    )
    assert fetch(site.url(host=CERTIFIED, scheme="https"), trusting).body == b"secured"
    assert named == [CERTIFIED]
    assert refusal(site.url(host="other.example", scheme="https"), trusting) == "fetching.bad_certificate"
    unknown = allowing(site, resolve=lambda _host, _port: ["127.0.0.1"])
    assert refusal(site.url(host=CERTIFIED, scheme="https"), unknown) == "fetching.bad_certificate"


@pytest.mark.parametrize(
    "kind", ["text/html", "application/json", "text/plain", "image/svg+xml", "nonsense", "application/octet-stream"]
)
def test_another_type_is_refused(serve, kind):
    """Only calendars and news feeds are taken; a page of a router is none."""
    site = serve(answer(b"<html>", kind))
    assert refusal(site.url(), allowing(site)) == "fetching.bad_type"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Error", "204 No Content", "304 Not Modified", "206 Partial"])
def test_another_status_is_refused(serve, status):
    """An answer that is no success ends in a sentence with its number."""
    site = serve(answer(b"", status=status))
    assert refusal(site.url(), allowing(site)) == "fetching.bad_status"


def test_too_much_is_let_go(serve):
    """More than 2 MiB are not read to the end, with a length, without one, and in pieces."""
    piece = b"x" * MEBI
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n"

    def endless(_path, write):
        write(head + b"\r\n")
        for _ in range(64):
            write(piece)

    def pieces(_path, write):
        write(head + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(64):
            write(b"%x\r\n" % len(piece) + piece + b"\r\n")

    for site in (serve(answer(piece * 3)), serve(endless), serve(pieces)):
        assert refusal(site.url(), allowing(site)) == "fetching.too_large"
    whole = serve(answer(piece * 2))
    assert len(fetch(whole.url(), allowing(whole)).body) == 2 * MEBI


def test_a_packed_answer_is_unpacked_up_to_the_limit(serve):
    """What gzip packed is unpacked; a bomb of a gigabyte is cut at 2 MiB, and rubbish or other packings are refused."""
    site = serve(answer(gzip.compress(b"BEGIN:VCALENDAR" * 100), Content_Encoding="gzip"))
    assert fetch(site.url(), allowing(site)).body == b"BEGIN:VCALENDAR" * 100
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(MEBI)) for _ in range(256)) + packer.flush()
    expected = {
        answer(bomb, Content_Encoding="gzip"): "fetching.too_large",
        answer(b"rubbish", Content_Encoding="gzip"): "fetching.bad_packing",
        answer(bomb[:100], Content_Encoding="gzip"): "fetching.cut_off",
        answer(bomb, Content_Encoding="br"): "fetching.bad_packing",
        answer(bomb, Content_Encoding="gzip, gzip"): "fetching.bad_packing",
    }
    for reply, key in expected.items():
        bad = serve(reply)
        assert refusal(bad.url(), allowing(bad)) == key


def test_an_answer_that_drips_ends_in_time(serve):
    """One byte every twentieth of a second, in the headers or in the body, does not hold the portal up."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n"

    def drip(first: bytes, drops: bytes):
        def reply(_path, write):
            write(first)
            for _ in range(200):
                write(drops)
                time.sleep(0.05)

        return reply

    for reply in (drip(head + b"\r\n", b"x"), drip(head, b"A"), drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")):
        site, begun = serve(reply), time.monotonic()
        assert refusal(site.url(), allowing(site, seconds=0.4)) == "fetching.too_slow"
        assert time.monotonic() - begun < 1.5


def test_a_machine_that_says_nothing_is_left_in_time(silent):
    """A connection on which nothing comes, plain or at the greeting of TLS, is left."""
    limits = Limits(seconds=0.3, loopback_ports=frozenset({silent}))
    assert refusal(f"http://127.0.0.1:{silent}/", limits) == "fetching.too_slow"
    assert refusal(f"https://127.0.0.1:{silent}/", limits) == "fetching.too_slow"


def test_a_resolver_that_does_not_answer_is_left_in_time():
    """A name server that keeps silent costs no more than the time that is allowed."""

    def asleep(_host: str, _port: int) -> list[str]:
        time.sleep(1.5)
        return []

    begun = time.monotonic()
    assert refusal("http://example.jp/", Limits(seconds=0.2, resolve=asleep)) == "fetching.too_slow"
    assert time.monotonic() - begun < 1


def test_an_unknown_name_and_a_closed_door_are_told():
    """A name that nobody knows, and a port where nobody listens, end in a sentence."""

    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    assert refusal("http://nowhere.invalid/", Limits(resolve=unknown)) == "fetching.unknown_host"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/", Limits(loopback_ports=frozenset({port}))) == "fetching.no_answer"


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\0\1\2",
        b"HTTP/1.1 200 OK\r\n",
        b"220 mail.example ESMTP\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: 100\r\n\r\nabc",
    ],
)
def test_an_answer_that_is_none_is_told(serve, reply):
    """Rubbish, another protocol, endless headers and answers that break off end in a sentence."""
    site = serve(reply)
    assert refusal(site.url(), allowing(site)) in {"fetching.no_answer", "fetching.cut_off", "fetching.bad_type"}
