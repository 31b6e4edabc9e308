"""What has to be said of a layer: what is uncertain, that its outlines are approximate, that a file fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts import choices, counts, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.parts.visit import Visit
    from portal.by_district import DistrictCount


def show(visit: Visit, layer: str, counted: Sequence[DistrictCount]) -> None:
    """Draw what applies to the chosen layer."""
    chosen = choices.layers(visit).get(layer)
    districts = [item.district for item in counted if item.district]
    if chosen is None or not districts:
        plain_text.notice(visit.say("districts.empty"))
    if chosen:
        plain_text.paragraph(visit.say(f"districts.tier_{chosen.tier}"), "quiet")
    counts.samples(visit)
    note = (chosen.note_en if visit.language == "en" else "") or chosen.note if chosen else ""
    if note and (not districts or any(district.approximate for district in districts)):
        plain_text.paragraph(note, "note")
    if any(district.approximate for district in districts):
        plain_text.paragraph(visit.say("districts.approximate_means"), "warn")
