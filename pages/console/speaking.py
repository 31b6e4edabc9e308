"""How commands speak: the language of a terminal, and one sentence at a time."""

from __future__ import annotations

import os

from rich.console import Console
from rich.text import Text

from portal.words import DEFAULT_LANGUAGE, LANGUAGES, say

console = Console(soft_wrap=True, highlight=False)
complaints = Console(stderr=True, soft_wrap=True, highlight=False)


def language() -> str:
    """The language to speak in a terminal: the setting's, else that of the locale, else Japanese."""
    locale = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    return os.environ.get("PORTAL_LANGUAGE") or (locale if locale in LANGUAGES else DEFAULT_LANGUAGE)


def tell(key: str, /, **values: object) -> None:
    """Print the phrase ``key``."""
    console.print(Text(say(key, language(), **values)))
