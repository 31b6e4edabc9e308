"""Where the data of a municipality is from, with terms and credit of each source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import plain_text, record_marks

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.model.source import Source


def show(visit: Visit) -> None:
    """Each source once, the newest import first; then that samples are invented."""
    items = Markup("").join(Markup("<li>{}</li>").format(record_marks.source(visit, item)) for item in known(visit))
    if items:
        plain_text.draw(Markup('<ul class="sources">{}</ul>').format(items))
    else:
        plain_text.paragraph(visit.say("about.no_sources"))
    plain_text.paragraph(visit.say("about.samples"))


def known(visit: Visit) -> list[Source]:
    """The sources of what was imported for the municipality and of its districts' outlines."""
    code = visit.municipality.code
    imported = [item.source for item in visit.store.batches() if code in item.municipalities and not item.undone_at]
    drawn = [item.source for layer in visit.store.layers(code) for item in visit.store.districts(code, layer.key)]
    return list(dict.fromkeys([*imported, *drawn]))
