"""News that goes out says the same to our own reader and to feedparser, whatever letters it holds."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import rss
from geodata.news_feed import NEVER, NewsAbout, NewsEntry, write_atom, write_rss
from portal.clock import TOKYO
from portal.errors import InvalidRecordError, UnreadableFileError

GOLDEN = Path(__file__).parent / "golden" / "news"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=TOKYO)
ABOUT = NewsAbout(
    "みなも町の新着", "新しい順に100件までです。", "https://a.example/ja/", "https://a.example/feed", "ja", "いばしょ"
)
BOTH = pytest.mark.parametrize("write", [write_rss, write_atom])


def entry(**values):
    """An entry of the invented town."""
    known = {
        "url": "https://a.example/ja/99901/post/p1/",
        "link": "https://a.example/ja/99901/post/p1/",
        "title": "もちつき大会",
        "published": AT,
        "updated": AT + timedelta(days=1),
        "text": "どなたでもどうぞ。\n\nA & B <script>alert(1)</script>",
        "author": "ひだまりの会",
        "category": ("event", "行事・催し"),
        **values,
    }
    return NewsEntry(**known)


def golden_entries():
    """Entries as they stand in the golden files: one of a group, one that names nobody."""
    second = {"url": "https://a.example/ja/99901/post/p2/", "link": "https://a.example/ja/99901/post/p2/"}
    return [
        entry(),
        entry(**second, title="【中止】買い物の手伝い", author="", category=("help_wanted", "手助けのお願い")),
    ]


@BOTH
def test_feedparser_reads_all_of_it(write):
    """A well-known reader finds no fault, and every field where it belongs."""
    found = feedparser.parse(write(golden_entries(), ABOUT))
    assert not found.bozo
    assert (found.feed.title, found.feed.link, found.feed.language) == (ABOUT.name, ABOUT.page, "ja")
    assert any(link.rel == "self" and link.href == ABOUT.source for link in found.feed.links)
    first, second = found.entries
    assert (first.id, first.link, first.title) == (entry().url, entry().link, "もちつき大会")
    assert (first.author, second.get("author", "いばしょ")) == ("ひだまりの会", "いばしょ")
    assert [tag.get("label") or tag.term for tag in first.tags] == ["行事・催し"]
    assert datetime.fromtimestamp(calendar.timegm(first.published_parsed), UTC) == AT
    assert "<script>" not in first.get("summary", "") + str(first.get("content", ""))
    assert second.title.startswith("【中止】")


@BOTH
def test_our_own_reader_takes_it_back(write):
    """Title, text, address, category and moment come back as they were, signs of markup as the signs that they are."""
    first, _ = rss.read(write(golden_entries(), ABOUT)).items
    assert (first.uid, first.url, first.title) == (entry().url, entry().link, "もちつき大会")
    assert first.text == entry().text
    assert first.changed_at == AT
    assert "行事・催し" in first.categories


@BOTH
@settings(max_examples=40, deadline=None)
@given(title=st.text(max_size=60), text=st.text(max_size=200), author=st.text(max_size=30))
def test_no_letter_breaks_a_feed(write, title, text, author):
    """Whatever is written, the feed is one of one entry, and no markup of it is markup of the feed."""
    data = write([entry(title=f"題{title}", text=text, author=author)], ABOUT)
    assert not feedparser.parse(data).bozo
    assert len(rss.read(data).items) == 1


@BOTH
def test_an_empty_feed_says_the_same_each_time(write):
    """A feed of nothing is a feed; nothing of the moment of writing is in it."""
    assert write([], ABOUT) == write([], ABOUT)
    assert rss.read(write([], ABOUT)).items == ()
    assert str(NEVER.year) in write([], ABOUT).decode()


@pytest.mark.parametrize(("write", "name"), [(write_rss, "written.rss"), (write_atom, "written.atom")])
def test_what_is_written_is_the_golden_file(write, name):
    """The file is, byte by byte, the one that was looked through by hand."""
    assert write(golden_entries(), ABOUT) == (GOLDEN / "valid" / name).read_bytes()


@pytest.mark.parametrize("path", sorted((GOLDEN / "invalid").iterdir()), ids=lambda path: path.name)
def test_a_broken_feed_is_refused(path):
    """What is cut off, is no feed, or brings a document type of its own is not read."""
    with pytest.raises(UnreadableFileError):
        rss.read(path.read_bytes())


@pytest.mark.parametrize(
    "values", [{"title": " "}, {"published": datetime(2026, 1, 1)}, {"updated": datetime(2026, 1, 1)}]
)
def test_an_entry_that_no_feed_could_hold_is_refused(values):
    """An entry without a title, or with a time of no zone, is not made."""
    with pytest.raises(InvalidRecordError):
        entry(**values)
