"""Text of places is text: no part lets it become a tag, a link, a picture or a script."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.parts import contact_links, plain_text, sign
from portal.model.kind import Kind, Shape
from portal.model.place import Contact, ContactKind
from tests.browser.payloads import PAYLOADS

TAGS = re.compile(r"</?([a-z0-9]+)")


@given(st.one_of(st.sampled_from(PAYLOADS), st.text(st.characters(), max_size=80)))
@settings(max_examples=200, deadline=None)
def test_text_makes_no_tag(value):
    """Whatever the text, the only tags are our own, and it can be sent to the browser."""
    drawn = plain_text.lines(value)
    assert set(TAGS.findall(drawn)) <= {"bdi", "br"}
    assert str(drawn).encode("utf-8").decode("utf-8") == drawn
    assert "\x00" not in drawn


@given(
    st.sampled_from([ContactKind.URL, ContactKind.FORM, ContactKind.PHONE, ContactKind.EMAIL]),
    st.sampled_from(PAYLOADS),
)
@settings(max_examples=100, deadline=None)
def test_payload_is_no_link(kind, value):
    """A contact that is no address stays text."""
    assert "<a" not in contact_links.link(Contact(kind, value, public=True))


@pytest.mark.parametrize(
    ("kind", "value", "address"),
    [
        (ContactKind.PHONE, "06(1234)5678", "tel:06-1234-5678"),
        (ContactKind.PHONE, "０６－１２３４－５６７８", "tel:06-1234-5678"),
        (ContactKind.EMAIL, "salon@example.jp", "mailto:salon%40example.jp"),
        (ContactKind.URL, "https://example.jp/?a=1&b=2", "https://example.jp/?a=1&amp;b=2"),
        (ContactKind.PHONE, "担当 山田まで", ""),
        (ContactKind.URL, "https://user@example.jp/", ""),
        (ContactKind.URL, "data:text/html,x", ""),
        (ContactKind.FAX, "06-1234-5678", ""),
    ],
)
def test_what_is_a_link(kind, value, address):
    """Numbers, mail and web addresses become links, whatever their width; nothing else does."""
    drawn = contact_links.link(Contact(kind, value, public=True))
    assert (f'href="{address}"' in drawn) if address else ("<a" not in drawn)


@pytest.mark.parametrize("letter", ["<", "&", '"', "居", "\u202e"])
def test_a_letter_breaks_no_sign(letter):
    """A municipality's own letter cannot leave the picture."""
    kind = Kind("own", "独自", "Own", "#ffffff", Shape.HEXAGON, letter)
    assert re.fullmatch(r'<img class="sign" alt="" width="36" height="36" src="[^"<> ]+">', sign.picture(kind))


@pytest.mark.parametrize(("colour", "ink"), [("#000000", "#ffffff"), ("#ffffff", "#1a1a1a"), ("#f0a500", "#1a1a1a")])
def test_ink_stands_out(colour, ink):
    """A letter is dark on light and light on dark."""
    assert sign.ink(colour) == ink
