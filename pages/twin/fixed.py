"""What the twin holds beside public pages: looks, scripts, Leaflet, the door at its root and the page for nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pages.plain import frame, paths
from pages.server import assets
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pages.plain.here import Here

ASSET: Final = re.compile(r"""asset\(["']([A-Za-z0-9_./-]+)["']\)""")
LEAFLET: Final = ("leaflet.js", "leaflet.css", "images/*.png")
DOOR: Final = "index.html"
MISSING: Final = "404.html"


def files(here: Here) -> Iterator[tuple[str, bytes]]:
    """Each of these files: its path and content."""
    for name in _ours():
        yield f"assets/{name}", (assets.OURS / name).read_bytes()
    for pattern in LEAFLET:
        for file in sorted(assets.LEAFLET.glob(pattern)):
            yield f"leaflet/{file.relative_to(assets.LEAFLET).as_posix()}", file.read_bytes()
    yield DOOR, _door(here, DOOR, "").encode()
    yield MISSING, _door(here, MISSING, f"{here.base}/").encode()


def _ours() -> list[str]:
    """Our files that templates of public pages name, and those that are named for them."""
    named = {name for file in _templates() for name in ASSET.findall(file.read_text(encoding="utf-8"))}
    alike = {file.name for file in assets.OURS.glob("plain*") if file.is_file()}
    return sorted(name for name in named | alike if (assets.OURS / name).is_file())


def _templates() -> list[Path]:
    return sorted((frame.TEMPLATES / "plain").glob("*.html"))


def _door(here: Here, name: str, root: str) -> str:
    """A page in both languages; ``root`` stands before its ways.

    The page for nothing is shown at any address, so its ways are whole ones.
    """
    ways = [
        (tongue, say("frame.language_name", tongue), root + paths.path("front", lang=tongue)) for tongue in LANGUAGES
    ]
    template = frame._environment().get_template("plain/door.html")  # noqa: SLF001  # HTML is made the same way
    return template.render(
        portal=here.settings.title,
        missing=name == MISSING,
        root=root,
        ways=ways,
        said=[(tongue, say("twin.missing", tongue)) for tongue in LANGUAGES],
        style=root + assets.address("plain.css").removeprefix("/"),
        icon=root + assets.address("icon.svg").removeprefix("/"),
    )
