"""What a standard is called and what it asks for, in the reader's language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from portal.coverage.states import ROUNDING
from portal.model.standard import EVERYBODY
from portal.words import say

if TYPE_CHECKING:
    from portal.model.municipality import Layer
    from portal.model.standard import Ages, CoverageState, Standard
    from portal.store import Reader


class Names:
    """The names of a municipality's kinds, goals and layers in one language."""

    def __init__(self, store: Reader, municipality: str, language: str) -> None:
        """Ask the store for them once."""
        self.language = language
        english = language == "en"
        self.outside = say("coverage.outside", language)
        self._kinds = {item.key: item.en if english else item.ja for item in store.kinds(municipality)}
        self._goals = {item.key: item.name_en if english else item.name for item in store.goals(municipality)}
        self._layers = {item.key: self.layer(item) for item in store.layers(municipality)}

    def layer(self, layer: Layer) -> str:
        """A layer's name."""
        return layer.name_en if self.language == "en" else layer.name

    def layer_of(self, key: str) -> str:
        """The name of the layer of a key, or the key where there is none."""
        return self._layers.get(key, key)

    def kind(self, key: str) -> str:
        """A kind's name, or its key where it is not known any more."""
        return self._kinds.get(key, key)

    def thing(self, standard: Standard) -> str:
        """What counts: the kind's or the goal's name, or its key where it is not known any more."""
        if standard.goal:
            return self._goals.get(standard.goal, standard.goal)
        return self.kind(standard.kind)

    def standard(self, standard: Standard) -> str:
        """The standard's own name, else that of what counts."""
        own = (standard.name_en or standard.name) if self.language == "en" else standard.name
        return own or self.thing(standard)

    def state(self, state: CoverageState) -> str:
        """A state's name."""
        return say(f"coverage.state_{state}", self.language)

    def ages(self, ages: Ages) -> str:
        """Whose: 「65歳以上」, 「すべての人」."""
        if ages == EVERYBODY:
            return say("coverage.everybody", self.language)
        if ages.high is None:
            return say("coverage.ages_over", self.language, low=ages.low)
        return say("coverage.ages_span", self.language, low=ages.low, high=ages.high)

    def rule(self, standard: Standard) -> str:
        """What is asked of each district, with the limit of verification, in one sentence."""
        said = say(f"coverage.rule_{standard.rule}", self.language, **self._values(standard))
        if standard.verified_days is None:
            return said
        return said + say("coverage.rule_verified", self.language, days=standard.verified_days)

    def unit(self, standard: Standard) -> str:
        """What the figures of a standard are counted in."""
        return say(f"coverage.unit_{standard.rule}", self.language)

    def figure(self, standard: Standard, figure: float | None) -> str:
        """A figure with its unit, cut after two decimal places; what is not known is said.

        Cut and not rounded: 89.996 % must not read as the 90 % that it falls short of.
        """
        if figure is None:
            return say("coverage.unknown", self.language)
        cut = math.floor(figure * 100 + ROUNDING) / 100
        return say(f"coverage.figure_{standard.rule}", self.language, number=f"{cut:.10g}")

    def _values(self, standard: Standard) -> dict[str, object]:
        return {
            "layer": self.layer_of(standard.layer),
            "thing": self.thing(standard),
            "number": f"{standard.at_least:g}",
            "metres": standard.metres,
            "ages": self.ages(standard.ages),
        }
