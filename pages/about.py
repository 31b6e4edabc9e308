"""About this portal (このポータルについて): sources and terms, how figures are made, who can use it and how."""

from __future__ import annotations

from typing import Final

from pages.parts import header, map_settings, plain_text, sources, visit
from pages.wiring import settings
from portal.model.position import DETOUR, WALK_M_PER_MINUTE

SECTIONS: Final = ("what", "distance", "districts", "verified", "privacy", "accessibility")

here = visit.current()
plain_text.heading(here.say("about.title"), 1, header.MAIN)
plain_text.paragraph(here.say("about.lead", title=settings().title), "large")
for section in SECTIONS:
    plain_text.heading(here.say(f"about.{section}_title"))
    text = here.say(f"about.{section}", detour=DETOUR, speed=WALK_M_PER_MINUTE, days=settings().freshness_days)
    for part in text.split("\n\n"):
        plain_text.paragraph(part)
plain_text.heading(here.say("about.sources_title", name=here.name(here.municipality)))
sources.show(here)
plain_text.heading(here.say("about.map_title"))
map_settings.show(here)
