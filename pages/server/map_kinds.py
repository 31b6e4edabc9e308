"""``/map/kinds``: the signs of the kinds of place, and the words that the map itself says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages import wiring
from pages.server import language, packed
from portal.viewport import municipality
from portal.words import phrases

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

WORDS: Final = "map."


def answer(request: Request) -> Response:
    """``{"kinds": {key: {ja, en, colour, shape, letter}}, "words": {name: phrase}}`` of one municipality."""
    store = wiring.store()
    code = municipality(store, request.query_params.get("municipality", "")).code
    kinds = {
        kind.key: {
            "ja": kind.ja,
            "en": kind.en,
            "colour": kind.colour,
            "shape": kind.shape.value,
            "letter": kind.letter,
            "evacuation": kind.evacuation,
        }
        for kind in store.kinds(code)
    }
    said = phrases(language.of(request))
    words = {key.removeprefix(WORDS): text for key, text in said.items() if key.startswith(WORDS)}
    return packed.answer(request, packed.pack({"kinds": kinds, "words": words}))
