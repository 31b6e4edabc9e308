"""Every phrase that people read, as keys with one text a language.

A topic is one file per language, ``words/<language>/<topic>.toml``; the key of a phrase is
``topic.name``. Gaps are written ``{name}``. The languages hold the same keys, or the tests fail.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.errors import PortalError

LANGUAGES: Final = ("ja", "en")
DEFAULT_LANGUAGE: Final = "ja"


@cache
def phrases(language: str) -> Mapping[str, str]:
    """All phrases of a language by key."""
    folder = Path(__file__).parent / language
    return {
        f"{file.stem}.{name}": text
        for file in sorted(folder.glob("*.toml"))
        for name, text in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def say(key: str, language: str = DEFAULT_LANGUAGE, /, **values: object) -> str:
    """The phrase ``key`` in ``language``, its gaps filled.

    Raises KeyError for a key that does not exist: a phrase is never made up.
    """
    return phrases(language)[key].format(**values)


def say_error(error: PortalError, language: str = DEFAULT_LANGUAGE) -> str:
    """The sentence that tells a reader what went wrong and what to do."""
    return say(error.key, language, **error.values)


def choose_language(asked: str | None, accept_language: str | None) -> str:
    """The language to show: the one asked for, else the browser's first that is known, else Japanese.

    ``accept_language`` is an HTTP Accept-Language header (RFC 9110, 12.5.4).
    """
    if asked in LANGUAGES:
        return asked
    wanted: list[tuple[float, int, str]] = []
    for order, part in enumerate((accept_language or "").split(",")):
        tag, _, parameters = part.strip().partition(";")
        weight = parameters.strip().removeprefix("q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        wanted.append((-quality, order, tag.split("-")[0].lower()))
    return next((tag for quality, _, tag in sorted(wanted) if tag in LANGUAGES and quality < 0), DEFAULT_LANGUAGE)
