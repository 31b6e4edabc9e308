"""About: sources with their terms and credits, the rule of distances, accessibility, the map."""

from __future__ import annotations

import pytest

from tests.pages.screens.reading import html_of


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", ["町の区域", "CC BY 4.0", "1.3倍", "1分80m", "WCAG 2.2", "外部のサーバーには接続しません"]),
        ("en", ["町の区域", "CC BY 4.0", "1.3 ×", "80 m a minute", "WCAG 2.2", "no other server"]),
    ],
)
def test_says_what_it_must(open_screen, language, said):
    """Everything that terms, honesty and accessibility ask for is there, in both languages."""
    told = html_of(open_screen("about", lang=language))
    assert all(text in told for text in said)
