"""Two texts side by side: what is marked in them is what differs, and nothing of them ever runs."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.forms.ins_del import marked

TAGS = re.compile(r"</?(?:bdi|del|ins|br)>")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=60)


def words(html):
    """The text without the marks."""
    plain = TAGS.sub("", str(html).replace("<br>", "\n"))
    for sign, escaped in (("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"), ("&", "&amp;")):
        plain = plain.replace(escaped, sign)
    return plain


def test_only_what_changed_is_marked():
    """A new hour is marked as such, the day before it is not; what was taken out stands in the old text."""
    before, after = marked("第2火曜 10:00 集会所", "第2火曜 13:00 集会所で")
    assert "<del><bdi>10</bdi></del>" in before
    assert "<ins><bdi>13</bdi></ins>" in after
    assert "<ins><bdi>で</bdi></ins>" in after
    assert "第2火曜" in before
    assert "<del>" not in after
    assert "<ins>" not in before


def test_one_sign_that_stayed_between_two_changes_is_no_island():
    """A changed phrase is marked as one, and not cut at each kana that both happen to have."""
    before, after = marked("山の家", "川の町")
    assert before == "<del><bdi>山の家</bdi></del>"
    assert after == "<ins><bdi>川の町</bdi></ins>"


def test_nothing_becomes_something():
    """A field that was empty has no mark in the old text and one in the new."""
    assert marked("", "無料") == ("", "<ins><bdi>無料</bdi></ins>")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u202etxt", "${7*7}", "</del>"]
)
def test_text_of_people_is_escaped(text):
    """Whatever was typed is text in both columns."""
    for html in marked(f"a{text}", f"b{text}"):
        assert "<script" not in html
        assert "<img" not in html
        assert words(html)[1:] == text


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT)
def test_no_word_is_lost(before, after):
    """Without the marks, the columns say what the texts say."""
    old, new = marked(before, after)
    assert words(old) == before
    assert words(new) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("あア" * 2500, "アあ" * 2400 + "ん"),
        ("。" * 5000, "。" * 4999 + "\n"),
        ("か" + "\u3099" * 5000, "か" + "\u3099" * 4999),
        ("いろはにほへと。" * 600, "いろはにほへど。" * 600),
    ],
)
def test_long_texts_are_compared_in_time(before, after):
    """The longest text that a post may have is compared in well under the ten seconds of any bad input."""
    begun = time.monotonic()
    old, new = marked(before, after)
    assert time.monotonic() - begun < 10
    assert words(old) == before
    assert words(new) == after
