"""What takes place on one day: sign, hour and name, each a link to its place or post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import address_bar, map_clicks, plain_text, sign
from portal.cards import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.parts.visit import Visit
    from portal.model.kind import Kind
    from portal.store import Happening


class Signs:
    """Draws entries, and remembers which kinds it has drawn, for the legend."""

    def __init__(self, visit: Visit) -> None:
        """Begin with the kinds of the municipality."""
        self.visit = visit
        self._kinds = {kind.key: kind for kind in visit.store.kinds(visit.municipality.code)}
        self._used: dict[str, Kind] = {}

    def listed(self, happenings: Sequence[Happening], more: Markup | str = "") -> Markup:
        """A list of entries, and at its end the way to the others; nothing where there are none."""
        items = Markup("").join(self._entry(item) for item in happenings)
        return Markup("<ul>{}{}</ul>").format(items, more) if items else Markup("")

    def legend(self) -> Markup:
        """The signs that were used with their names, in the order of the kinds."""
        used = sorted(self._used.values(), key=lambda kind: (kind.order, kind.key))
        items = (Markup("<li>{}{}</li>").format(dot(kind), plain_text.text(self.visit.kind(kind))) for kind in used)
        label = self.visit.say("agenda_screen.signs")
        return (
            Markup('<ul class="kinds" aria-label="{}">{}</ul>').format(label, Markup("").join(items))
            if used
            else Markup("")
        )

    def _entry(self, item: Happening) -> Markup:
        kind = kind_of(self._kinds, item.kind)
        self._used[kind.key] = kind
        hour = (
            Markup('<span class="hour">{}</span> ').format(self._hour(item.starts_minute))
            if item.starts_minute is not None
            else ""
        )
        said = Markup('{}<span lang="ja">{}</span>').format(hour, plain_text.text(item.name))
        shown = Markup("<s>{}</s>").format(said) if item.cancelled else said
        off = Markup(' <b class="off">{}</b>').format(self.visit.say("card.cancelled")) if item.cancelled else ""
        return Markup('<li><a href="{}">{}{}{}</a></li>').format(
            self._address(item), dot(kind, self.visit.kind(kind)), shown, off
        )

    def _address(self, item: Happening) -> str:
        screen = "post" if item.id.startswith(map_clicks.OF_A_POST) else "place"
        return address_bar.href(screen, municipality=self.visit.municipality.code, id=item.id)

    def _hour(self, minutes: int) -> str:
        return f"{minutes // 60}:{minutes % 60:02d}"


def dot(kind: Kind, name: str = "") -> Markup:
    """The kind's colour and letter, small; ``name`` where nothing beside it says the kind."""
    spoken = Markup(' role="img" aria-label="{}"').format(name) if name else Markup(' aria-hidden="true"')
    return Markup('<span class="dot" style="background:{};color:{}"{}>{}</span>').format(
        kind.colour, sign.ink(kind.colour), spoken, plain_text.text(kind.letter)
    )
