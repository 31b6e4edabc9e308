"""News feeds become plain text items, and no feed makes the portal read a file or work for ever."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.html_text import HTML_MAX, html_to_text, readable
from geodata.rss import read
from portal.clock import TOKYO
from portal.errors import UnreadableFileError
from portal.model.finding import Severity
from portal.words import LANGUAGES, say_error

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def rss(*items: str, head: str = HEAD) -> bytes:
    """A feed of RSS 2.0 with these items."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>町の会</title>{inner}</channel>"
    return f'{head}<rss version="2.0" xmlns:content="{CONTENT}" xmlns:dc="{DC}">{channel}</rss>'.encode()


def atom(entry: str) -> bytes:
    """A feed of Atom with one entry."""
    return f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>会</title><entry>{entry}</entry></feed>'.encode()


def only(data: bytes):
    """The one item of a feed that nothing is wrong with."""
    found = read(data)
    assert found.findings == ()
    assert len(found.items) == 1
    return found.items[0]


def refusal(data: bytes) -> str:
    """The phrase with which a feed is refused."""
    with pytest.raises(UnreadableFileError) as raised:
        read(data)
    assert all(say_error(raised.value, language) for language in LANGUAGES)
    return raised.value.key


def test_an_item_of_rss_2():
    """Title, the whole text before its summary, address, day and categories of an article."""
    item = only(
        rss(
            "<title>秋の会 &amp;amp; 茶会</title><link>https://example.jp/1</link>"
            "<description>要約</description><content:encoded><![CDATA[<p>全文</p><p>二段目<br/>続き</p>]]></content:encoded>"
            '<guid isPermaLink="false">post-1</guid><pubDate>Sun, 22 Nov 2026 09:00:00 +0900</pubDate>'
            "<category>お知らせ</category><category>高齢者</category>"
        )
    )
    assert (item.uid, item.title, item.url) == ("post-1", "秋の会 & 茶会", "https://example.jp/1")
    assert item.text == "全文\n\n二段目\n続き"
    assert item.changed_at == datetime(2026, 11, 22, 9, 0, tzinfo=TOKYO)
    assert item.categories == ("お知らせ", "高齢者")
    assert item.schedule is None


def test_an_item_of_rss_1():
    """RSS 1.0, as Japanese blogs long wrote it, with the day of Dublin Core."""
    data = (
        f'{HEAD}<rdf:RDF xmlns:rdf="{RDF}" xmlns="http://purl.org/rss/1.0/" xmlns:dc="{DC}">'
        '<channel rdf:about="x"><title>会</title></channel><item rdf:about="https://example.jp/1"><title>秋の会</title>'
        "<link>https://example.jp/1</link><description>本文</description><dc:date>2026-11-22T09:00:00+09:00</dc:date>"
        "<dc:subject>会</dc:subject></item></rdf:RDF>"
    )
    item = only(data.encode())
    assert (item.uid, item.title, item.text) == ("https://example.jp/1", "秋の会", "本文")
    assert (item.changed_at, item.categories) == (datetime(2026, 11, 22, 9, 0, tzinfo=TOKYO), ("会",))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<content type="html">&lt;p&gt;一&lt;/p&gt;&lt;p&gt;二&lt;/p&gt;</content>', "一\n\n二"),
        ('<content type="text">a &lt; b</content>', "a < b"),
        ("<summary>要約\n二行目</summary>", "要約\n二行目"),
        (
            (
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>一<b>太</b>字</p>'
                "<script>alert(1)</script><ul><li>甲</li><li>乙</li></ul></div></content>"
            ),
            "一太字\n\n・甲\n・乙",
        ),
    ],
)
def test_an_entry_of_atom(content, text):
    """Atom's three kinds of text, its identifier, its page and its days."""
    item = only(
        atom(
            "<id>tag:example.jp,2026:1</id><title>秋の会</title><updated>2026-11-22T00:00:00Z</updated>"
            '<link rel="self" href="https://example.jp/self"/><link href="https://example.jp/1"/>'
            f'<category term="a" label="お知らせ"/>{content}'
        )
    )
    assert (item.uid, item.title, item.url) == ("tag:example.jp,2026:1", "秋の会", "https://example.jp/1")
    assert item.text == text
    assert item.changed_at == datetime(2026, 11, 22, 9, 0, tzinfo=TOKYO)
    assert item.categories == ("お知らせ",)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Sun, 22 Nov 2026 09:00:00 JST", 9),
        ("Sun, 22 Nov 2026 00:00:00 GMT", 9),
        ("22 Nov 2026 09:00 +0900", 9),
        ("2026-11-22T09:00:00+09:00", 9),
        ("yesterday", None),
        ("Sun, 32 Nov 2026 09:00:00 +0900", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("9" * 500, None),
    ],
)
def test_days_as_blogs_write_them(written, hour):
    """A day is read in either form, JST too; one that is none is left out, and the article stays."""
    found = only(rss(f"<title>会</title><guid>1</guid><pubDate>{written}</pubDate>")).changed_at
    assert (found and found.hour) == hour


@pytest.mark.parametrize("encoding", ["UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16"])
def test_the_encodings_of_japan(encoding):
    """Old blogs write Shift_JIS or EUC-JP, which the XML reader does not know by itself."""
    text = rss("<title>秋の会</title><guid>1</guid>").decode().replace("UTF-8", encoding)
    assert only(text.encode(encoding)).title == "秋の会"


def test_an_article_without_name_or_title():
    """Without a guid the link or what is said names it; without a title its beginning does; without both it is told."""
    found = read(
        rss(
            "<description>本文だけ</description>",
            "<title>会</title><link>https://example.jp/2</link>",
            "<link>x</link>",
        )
    )
    assert [(item.title, item.uid[:5]) for item in found.items] == [("本文だけ", "made-"), ("会", "https")]
    assert [(one.line, one.severity, one.key) for one in found.findings] == [(3, Severity.REFUSED, "feeds.no_title")]


def test_one_article_twice_is_one():
    """The first of two articles of one name is taken, the other told."""
    found = read(rss("<title>新</title><guid>1</guid>", "<title>古</title><guid>1</guid>"))
    assert [item.title for item in found.items] == ["新"]
    assert [one.key for one in found.findings] == ["feeds.same_uid"]


def test_a_thousand_articles_are_enough():
    """A thousand are taken, and where it stops is told."""
    found = read(rss(*(f"<title>会</title><guid>{number}</guid>" for number in range(1002))))
    assert len(found.items) == 1000
    assert [(one.line, one.key) for one in found.findings] == [(1001, "feeds.too_many")]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " JaVa\tscript:alert(1)", "//evil", "/\\evil", "x" * 3000]
)
def test_only_web_addresses_are_kept(address):
    """A link that runs something, or leads nowhere, is left out."""
    assert only(rss(f"<title>会</title><guid>1</guid><link>{address}</link>")).url == ""


def test_text_that_runs_elsewhere_is_only_text():
    """Signs that are code to somebody come through as they are, as text; elements are gone."""
    text = only(rss("<title>${x} `y` C:\\2019 {{7*7}}</title><guid>1</guid>"))
    assert text.title == "${x} `y` C:\\2019 {{7*7}}"
    item = only(rss("<title>&lt;img src=x onerror=alert(1)&gt;会</title><guid>1</guid>"))
    assert item.title == "会"


def bomb() -> bytes:
    """A billion laughs."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return rss("<title>&l9;</title>", head=f'{HEAD}<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>')


def test_no_document_type_is_read(tmp_path):
    """XXE: neither a file of this machine, nor a bomb of entities, nor a foreign document type is opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    external = f'{HEAD}<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    parameter = f'{HEAD}<!DOCTYPE rss [<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;]>'
    foreign = f'{HEAD}<!DOCTYPE rss SYSTEM "{secret.as_uri()}">'
    for data in (
        rss("<title>&x;</title>", head=external),
        rss("<title>a</title>", head=parameter),
        rss("<title>a</title>", head=foreign),
        rss("<title>&x;</title>", head=external).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        bomb(),
    ):
        assert refusal(data) == "feeds.has_document_type"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "feeds.empty"),
        (b"x" * (2 * 2**20 + 1), "feeds.too_large"),
        (b"<html><body>404</body></html>", "feeds.not_a_feed"),
        (b"<!DOCTYPE html><html></html>", "feeds.has_document_type"),
        (b"BEGIN:VCALENDAR\r\n", "feeds.not_well_formed"),
        (rss("<title>&nbsp;</title>"), "feeds.not_well_formed"),
        (rss("<title>a</title>")[:-20], "feeds.not_well_formed"),
        (b'<?xml version="1.0" encoding="utf-7"?><rss/>', "feeds.bad_encoding"),
        (b'<?xml version="1.0" encoding="zlib"?><rss/>', "feeds.bad_encoding"),
        (b"<rss>\xff\xfe</rss>", "feeds.bad_encoding"),
    ],
)
def test_what_is_no_feed_is_refused(data, key):
    """Nothing, too much, a page, a calendar, broken XML and unknown encodings end in a sentence."""
    assert refusal(data) == key


HOSTILE = {
    "deep": HEAD.encode()
    + b'<rss version="2.0"><channel><item><title>a</title>'
    + b"<a>" * 150_000
    + b"</a>" * 150_000
    + b"</item></channel></rss>",
    "deep xhtml": atom(
        '<title>a</title><content type="xhtml">' + "<b>" * 100_000 + "x" + "</b>" * 100_000 + "</content>"
    ),
    "attributes": b"<rss " + b" ".join(b'a%d=""' % number for number in range(100_000)) + b"/>",
    "namespaces": b"<rss " + b" ".join(b'xmlns:a%d="u"' % number for number in range(50_000)) + b"/>",
    "tags that never close": rss("<title>a</title><description><![CDATA[" + "<a " * 300_000 + "]]></description>"),
    "comments that never close": rss("<title>a</title><description><![CDATA[" + "<!--" * 200_000 + "]]></description>"),
    "entities": rss("<title>a</title><description>" + "&amp;#x41;" * 90_000 + "</description>"),
    "empty items": rss(*["<title/>"] * 40_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_ends_in_time(name):
    """The worst that is known ends within the time that a fetch may take, in items or in a sentence."""
    begun = time.process_time()
    try:
        found = len(read(HOSTILE[name]).items)
    except UnreadableFileError:
        found = 0
    assert time.process_time() - begun < 5
    assert found <= 1


def test_html_becomes_what_is_read():
    """Paragraphs, lists, tables and breaks become lines; scripts, styles, drawings and comments are gone."""
    html = (
        "<style>p{}</style><h2>題</h2><p>一\n二<br>三</p><!-- 秘 --><ul><li>甲<li>乙</ul>"
        "<table><tr><td>a</td><td>b</td></tr></table>"
        "<script>alert('<p>x</p>')</script><svg><text>y</text></svg>1 &lt; 2 &amp; 3 < 4"
    )
    assert html_to_text(html) == "題\n\n一 二\n三\n\n・甲\n・乙\n\na b\n1 < 2 & 3 < 4"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/!-a'\"= &;brscipt\n", max_size=80))
def test_no_element_survives(html):
    """Whatever is written, what comes out of HTML without entities holds no tag that was in it."""
    plain = html.replace("&", "")
    text = readable(plain)
    assert not [tag for tag in ("<script>", "<b>", "<a>", "<br>") if tag in text]
    assert len(text) <= HTML_MAX
