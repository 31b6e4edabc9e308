"""Text of places, groups and files on the page: shown as it is, never run, never a picture, never a link.

Streamlit's markdown turns ``:material/…:``, ``$$``, ``![](…)`` and ``[…](…)`` of anybody's text into requests and
links. So such text goes through ``st.html`` alone, escaped by :class:`markupsafe.Markup`, which no markdown touches.
"""

from __future__ import annotations

import re
from typing import Final

import streamlit as st
from markupsafe import Markup, escape

NEVER_SHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and lone surrogates, which break the page's transport."""


def text(value: object) -> Markup:
    """``value`` escaped, in an element of its own direction, so that a right-to-left sign turns nothing else."""
    return Markup("<bdi>{}</bdi>").format(shown(value))


def shown(value: object) -> str:
    """``value`` without the characters that cannot be shown."""
    return NEVER_SHOWN.sub("\ufffd", str(value))


def lines(value: object) -> Markup:
    """The same, with the line breaks kept."""
    return Markup("<br>").join(text(line) for line in shown(value).splitlines())


def attribute(value: object) -> Markup:
    """``value`` escaped for an attribute in double quotes."""
    return escape(shown(value))


def draw(*pieces: Markup, role: str = "") -> None:
    """Put escaped pieces on the page as one element; ``role`` is ``status`` or ``alert`` for what changes."""
    opening = Markup('<div class="ib" role="{}">').format(role) if role else Markup('<div class="ib">')
    st.html(opening + Markup("").join(pieces) + Markup("</div>"))


def heading(value: object, level: int = 2, anchor: str = "") -> None:
    """A heading of the page; the first level takes the skip link's focus."""
    mark = Markup(' id="{}" tabindex="-1"').format(anchor) if anchor else Markup("")
    draw(Markup("<h{0}{1}>{2}</h{0}>").format(level, mark, text(value)))


def paragraph(value: object, kind: str = "") -> None:
    """One paragraph; ``kind`` is a class of look.css: ``note``, ``quiet``, ``warn``."""
    draw(Markup('<p class="{}">{}</p>').format(kind, text(value)))


def notice(value: object) -> None:
    """A sentence that appeared because of what the reader did, read out by screen readers."""
    draw(Markup('<p class="note">{}</p>').format(text(value)), role="status")
