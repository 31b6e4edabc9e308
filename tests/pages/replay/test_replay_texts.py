"""Texts made to run, on every plain page that shows them: they are text there (tests/browser/payloads.py).

Decidim CVE-2026-23891 (names of people and groups), CVE-2024-32034 (the office's lists and histories), CVE-2024-45594
(addresses of contacts), CVE-2023-51447 (what a file was called); Indico CVE-2023-37901 (what a moderator is asked).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.browser.payloads import PAYLOADS
from tests.pages.replay import hard
from tests.portal import people

OURS = re.compile(r"/(?![/\\])|\?|#|https?://|mailto:|tel:|$")
"""Where a link may lead: within the portal, to the web, to a mail program or a telephone."""
ADDRESSES = frozenset({"href", "src", "action", "formaction"})


class Page(HTMLParser):
    """What a browser would make of a page: tags that are not ours, what would run, where links lead."""

    NEVER = frozenset({"iframe", "object", "embed", "math", "svg", "style", "base", "applet", "video", "audio"})

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__()
        self.faults = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note what should not be there."""
        given = dict(attrs)
        self.scripts += tag == "script"
        if tag in self.NEVER or (
            tag == "script" and not (given.get("src") or "").startswith(("/assets/", "/leaflet/"))
        ):
            self.faults.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc", "ping"}:
                self.faults.append((tag, name))
            if name in ADDRESSES and not OURS.match((value or "").strip()):
                self.faults.append((tag, name, value))
        if tag == "img" and not (given.get("src") or "").startswith(("/", "data:image/")):
            self.faults.append((tag, given))


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_nothing_of_it_runs_on_any_page(store, visit, number):
    """Whatever anybody or anything is called, no page holds a tag, a script, an event or a link of theirs."""
    known = hard.settle(store, number)
    found = {}
    for who, paths in ((known.member, known.pages()), (people.ADMINISTRATOR, (*known.offices(), *known.pages()[:8]))):
        visitor = visit(who)
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code in {200, 303}, (path, answer.status_code, answer.text)
            found[path] = Page(answer.text).faults
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_pages_do_show_the_texts(store, visit):
    """Every one of these pages holds the words: what is looked through is there."""
    known = hard.settle(store, 0)
    held = "&lt;script&gt;top.pwned=1&lt;/script&gt;"
    for who, paths in ((known.member, known.pages()), (people.ADMINISTRATOR, known.offices())):
        visitor = visit(who)
        assert [path for path in paths if held not in visitor.get(path).text] == []


def test_the_reader_of_pages_sees_what_runs():
    """A script, an event, a style and a link that runs are faults to it."""
    bad = '<script>x</script><p onclick="x"><a href=" JaVa\tscript:x">x</a><img src="x"><svg onload=x><b style="x">'
    assert len(Page(bad).faults) >= 6
    assert Page('<a href="/my">x</a><script src="/assets/forms.js"></script>').faults == []
