"""Text in one width and with one kind of dash, which still knows where each sign stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

TEXT_MAX: Final = 2000
_ALIKE: Final = {
    **dict.fromkeys("－ー−‐‑‒–—―-〜～~∼→", "~"),
    **dict.fromkeys("、，､;；", ","),
    **dict.fromkeys("・･·•", "・"),
    **dict.fromkeys("〔［[｛{【", "("),
    **dict.fromkeys("〕］]｝}】", ")"),
    "︰": ":",
    "\r": "\n",
    "\t": " ",
}


@dataclass(frozen=True, slots=True)
class PlainText:
    """``plain`` is read; ``original`` is shown where a part could not be read."""

    original: str
    plain: str
    origins: tuple[int, ...]
    """For each sign of ``plain``, the index in ``original`` that it is from."""

    def verbatim(self, start: int, end: int) -> str:
        """The original text of a part of ``plain``."""
        if start >= end:
            return ""
        return self.original[self.origins[start] : self.origins[end - 1] + 1].strip()


def plain_text(text: str) -> PlainText:
    """Full-width signs narrow, dashes ``~``, separators ``,`` and ``・``, every bracket round (NFKC).

    The text is at most 2,000 signs long; the caller sees to that.
    """
    text = unicodedata.normalize("NFC", text)
    signs: list[str] = []
    origins: list[int] = []
    for index, sign in enumerate(text):
        for one in _ALIKE.get(sign) or unicodedata.normalize("NFKC", sign):
            signs.append(_ALIKE.get(one, one))
            origins.append(index)
    return PlainText(text, "".join(signs), tuple(origins))
