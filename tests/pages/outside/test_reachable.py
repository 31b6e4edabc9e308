"""Which addresses may be asked, and which web addresses are taken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.outside.reachable import is_reachable
from pages.outside.web_address import parse_address
from portal.errors import UnreadableFileError
from portal.words import LANGUAGES, say_error

OPEN = ["1.1.1.1", "160.16.0.1", "223.255.255.254", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
CLOSED = [
    "127.0.0.1",
    "127.255.0.1",
    "0.0.0.0",  # noqa: S104  # an address to refuse
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::101:101",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:101:101::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
    "1.1.1.1.1",
]


@pytest.mark.parametrize("address", OPEN)
def test_what_everybody_can_reach_may_be_asked(address):
    """An address of the open internet is reachable, also within an IPv6 one."""
    assert is_reachable(address)


@pytest.mark.parametrize("address", CLOSED)
def test_what_only_insiders_can_reach_is_refused(address):
    """Private, local, reserved, metadata and wrapped addresses are refused, and what is no address."""
    assert not is_reachable(address)


@pytest.mark.parametrize(
    ("typed", "host", "port", "target"),
    [
        ("https://example.jp/cal.ics", "example.jp", 443, "/cal.ics"),
        ("  HTTP://Example.JP  ", "example.jp", 80, "/"),
        ("webcal://example.jp/a?b=c#d", "example.jp", 443, "/a?b=c"),
        ("https://example.jp:443/催し.ics", "example.jp", 443, "/%E5%82%AC%E3%81%97.ics"),
        ("https://日本語.jp/a%20b", "xn--wgv71a119e.jp", 443, "/a%20b"),
        ("https://example.jp/?next=webcal://other", "example.jp", 443, "/?next=webcal://other"),
    ],
)
def test_an_address_is_taken_apart(typed, host, port, target):
    """What people paste is understood: capitals, blanks around it, Japanese names and paths, webcal."""
    address = parse_address(typed)
    assert (address.host, address.port, address.target) == (host, port, target)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.jp/cal.ics",
        "//evil",
        "/\\evil",
        "file:///etc/hostname",
        "ftp://example.jp/",
        "gopher://example.jp/",
        "javascript:alert(1)",
        " JaVa\tscript:alert(1)",
        "data:text/calendar,BEGIN",
        "https://user:secret@example.jp/",
        "https://@example.jp/",
        "https://example.jp:22/",
        "https://example.jp:80/",
        "http://example.jp:8080/",
        "http://example.jp:port/",
        "http://example.jp\\@127.0.0.1/",
        "http://exa mple.jp/",
        "http://example.jp/\r\nHost: evil",
        "http://example.jp/\0",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http:///etc/hostname",
        "http://",
        "http://example.jp/\ud800",
        "http://" + "a" * 64 + ".jp/",
        "https://example.jp/" + "a" * 3000,
    ],
)
def test_what_is_no_web_address_is_refused(typed):
    """Other schemes, passwords, ports and signs that are read in two ways end in a sentence."""
    with pytest.raises(UnreadableFileError) as raised:
        parse_address(typed)
    assert all(say_error(raised.value, language) for language in LANGUAGES)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60).map(lambda text: f"http://{text}") | st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    """Whatever is typed ends in an address of plain ASCII or in a sentence."""
    try:
        address = parse_address(text)
    except UnreadableFileError as error:
        shown = say_error(error)
    else:
        shown = address.shown
        assert shown.isascii()
        assert shown.split() == [shown]
    assert shown
