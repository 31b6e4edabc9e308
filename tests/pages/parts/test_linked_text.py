"""Text of groups: web addresses become links, nothing else becomes anything."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.parts import linked_text
from tests.browser.payloads import PAYLOADS

HREF = re.compile(r'href="([^"]*)"')
SAID = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("くわしくは https://example.jp/a?b=1&c=2 へ。", ["https://example.jp/a?b=1&amp;c=2"]),
        ("（http://example.jp/）をご覧ください", ["http://example.jp/"]),
        ("https://example.jp/。次の文", ["https://example.jp/"]),
        ("See https://example.jp/x.", ["https://example.jp/x"]),
        ("(https://example.jp/a_(b))", ["https://example.jp/a_(b)"]),
        ("HTTPS://EXAMPLE.JP/A と http://b.example", ["HTTPS://EXAMPLE.JP/A", "http://b.example"]),
        ("//evil.example/a /\\evil javascript:alert(1) data:text/html,x", []),
        (" JaVa\tscript:alert(1) ftp://example.jp https:// https://user:pw@example.jp/", []),
        ("![x](http://169.254.169.254/)", ["http://169.254.169.254/"]),
    ],
)
def test_addresses_of_the_web_become_links(text, addresses):
    """An address of http or https is a link to exactly itself; what only looks like one stays text."""
    assert HREF.findall(linked_text.lines(text)) == addresses


def test_links_leave_nothing_behind():
    """A link of a group's tells the other site nothing and lends it no standing."""
    assert 'rel="noopener nofollow ugc"' in linked_text.lines("https://example.jp/")


def test_line_breaks_stay():
    """Each line is its own."""
    assert linked_text.lines("一\n\n二").count("<br>") == 2


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_text(payload):
    """Nothing of a payload becomes an element but links to the web."""
    drawn = linked_text.lines(payload)
    assert set(re.findall(r"<(/?\w+)", drawn)) <= {"bdi", "/bdi", "br", "a", "/a"}
    assert all(address.lower().startswith(("http://", "https://")) for address in HREF.findall(drawn))


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("https://.()<>\"'&"), max_size=80))
def test_the_text_itself_is_never_changed(text):
    """Without its tags, what is drawn says what was written."""
    shown = SAID.sub("", linked_text.lines(text))
    unescaped = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
    assert unescaped.replace("&amp;", "&") == "".join(text.splitlines())
