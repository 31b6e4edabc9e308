"""What the page of the choice shows: municipalities, layers, districts, kinds, and the ways that this portal has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pages import wiring
from pages.forms import district_choice
from pages.outside import push
from portal import clock
from portal.model.post import PostKind
from portal.model.subscription import Pace
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages.forms.reading import Form
    from portal.model.district import District
    from portal.model.kind import Kind
    from portal.model.municipality import Layer, Municipality
    from portal.store import Reader

Pairs = list[tuple[str, str]]
WHOLE_TIER: Final = 1
POST_KINDS: Final = frozenset(map(str, PostKind))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The choices as pairs of key and name, and what is chosen."""

    towns: Pairs
    town: str
    layers: Pairs
    """Those with districts, but the whole municipality."""
    layer: str
    districts: Pairs
    kinds_of_posts: Pairs
    kinds_of_places: Pairs
    paces: Pairs
    languages: Pairs
    chosen: Mapping[str, Sequence[str]]
    """By field; what was typed and ticked."""
    push_key: str
    """The portal's public key where browsers can be told, else empty."""


def sheet(
    store: Reader, town: Municipality, params: Mapping[str, str], language: str, sent: Form | None = None
) -> Sheet:
    """Everything for one municipality; the layer that the form or the address names, else the first."""
    inside = _inside(store, town.code)
    asked = sent.text("layer") if sent else params.get("layer", "")
    layer = asked if asked in inside else next(iter(inside), "")
    layers = {item.key: item for item in store.layers(town.code)}
    kinds = [item for item in store.kinds(town.code) if not item.evacuation]
    settings = wiring.settings()
    return Sheet(
        towns=[(item.code, _town(item, language)) for item in store.municipalities()],
        town=town.code,
        layers=[(key, district_choice.name(layers[key], language)) for key in inside],
        layer=layer,
        districts=[(item.id, district_choice.name(item, language)) for item in inside.get(layer, ())],
        kinds_of_posts=[(item.key, _kind(item, language)) for item in kinds if item.key in POST_KINDS],
        kinds_of_places=[(item.key, _kind(item, language)) for item in kinds if item.key not in POST_KINDS],
        paces=[(str(pace), say(f"digest.pace_{pace}", language)) for pace in Pace],
        languages=[(item, say("frame.language_name", item)) for item in LANGUAGES],
        chosen=_typed(sent) if sent else _asked(params, language),
        push_key=push.public_key(settings) if settings.push else "",
    )


def _inside(store: Reader, code: str) -> dict[str, list[District]]:
    """The layers below the whole municipality that have districts today, those of school districts first."""
    today = clock.today()
    layers: list[Layer] = sorted(store.layers(code), key=lambda item: (item.tier, item.order))
    found = {
        item.key: [one for one in store.districts(code, item.key) if one.exists_on(today)]
        for item in layers
        if item.tier > WHOLE_TIER
    }
    return {key: districts for key, districts in found.items() if districts}


def _typed(sent: Form) -> dict[str, Sequence[str]]:
    texts = {name: (sent.text(name),) for name in ("email", "pace", "language")}
    return texts | {name: sent.all(name) for name in ("district", "kind")}


def _asked(params: Mapping[str, str], language: str) -> dict[str, Sequence[str]]:
    """As the address has it, which leads here from a list with the same filters."""
    many = {name: tuple(params.get(name, "").split(",")) for name in ("district", "kind")}
    return {"email": ("",), "pace": (str(Pace.WEEKLY),), "language": (language,), **many}


def _town(town: Municipality, language: str) -> str:
    return (town.name_en if language == "en" else "") or town.name


def _kind(kind: Kind, language: str) -> str:
    return kind.en if language == "en" else kind.ja
