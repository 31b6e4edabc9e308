"""Names that would run as a script, or break a map, wherever a text is taken for more than a text."""

from __future__ import annotations

from typing import Final

RUN: Final = "top.pwned=1"
PAYLOADS: Final = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    "${" + RUN + "}",
    "&#36;{" + RUN + "}",
    "`;" + RUN + ";`",
    "\\`${" + RUN + "}",
    "\\\\",
    "C:\\path\\20190221",
    f"</script><script>{RUN}</script>",
    f"</textarea><img src=x onerror={RUN}>",
    f"javascript:{RUN}",
    f"[押す](javascript:{RUN})",
    " JaVa\tscript:" + RUN,
    "//evil.example/x",
    "/\\evil.example",
    "![x](http://169.254.169.254/x.png)",
    "line\u2028separator\u2029",
    "{{7*7}} {% raw %}",
    ":material/home: $$x^2$$ :red[red]",
    "<math><style><img src=x onerror=" + RUN + ">",
    "');" + RUN + "//",
    '"};' + RUN + "//",
    "\u202eright to left\u202c",
    "zero\u200bwidth",
    "＜script＞" + RUN + "＜/script＞",
    "か\u3099 𠮷 葛\U000e0100 👨‍👩‍👧 ｶﾅ",
    "a" + "\u0301" * 200,
    "長" * 300,
)
"""SAFETY: text in the store is data, wherever it is shown."""
