"""Hostile and awkward texts, and how each is kept: as text, only without what nobody can see."""

from __future__ import annotations

from typing import Final

AS_THEY_ARE: Final = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "${alert(1)}",
    r"\${alert(1)}",
    "`",
    r"\`",
    "\\\\",
    r"C:\path\20190221",
    "</script>",
    "</textarea>",
    "![x](http://169.254.169.254/latest)",
    "{{7*7}} {name} {0}",
    ":material/home: :red[赤]",
    "$$x^2$$",
    "<math><style></math>",
    "]]>",
    "'; DROP TABLE place; --",
    "=1+1",
    "+81",
    "-1",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://evil.example","x")',
    "＝1+1",
    "＜script＞",
    "𠮷野家",
    "葛󠄀城",
    "👩‍👩‍👧の家",
    "ｶﾅｻﾛﾝ",
    "\ue000外字",
    "1－2ー3−4‐5",
    "みなも会 (Cyrillic: Мinamo)",
)
CLEANED: Final = {
    "a\x00b": "ab",
    "\u202egnp.exe": "gnp.exe",
    "見え\u200bない": "見えない",
    "か\u3099": "が",
    "行\u2028替え": "行 替え",
    "タ\tブ": "タ ブ",
    "e" + "\u0301" * 10_000: "é" + "\u0301" * 29,
}
"""What is written and what is kept, blanks squeezed."""
TEXTS: Final = {**{text: text for text in AS_THEY_ARE}, **CLEANED}

LINKS: Final = (
    "javascript:alert(1)",
    " JaVa\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example",
    r"/\evil.example",
    "file:///etc/passwd",
)
"""What must never become a link."""
