"""Place: everything that is known of one place, and how to say that it is wrong."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    correction,
    error_report,
    place_districts,
    place_facts,
    place_heading,
    place_posts,
    plain_text,
    record_marks,
    schedule_block,
    seen,
    take_along,
    titled,
    visit,
    welfare,
)
from pages.wiring import settings
from portal import clock, looking
from portal.errors import UnknownThingError
from portal.words import say_error

here = visit.current()
try:
    view = looking.place(here.store, st.query_params.get("id", ""), clock.now(), settings().freshness_days)
except UnknownThingError as error:
    plain_text.heading(say_error(error, here.language), 1)
    st.stop()
visit.stay_in(here, view.municipality)
titled.page(view.place.facts.name)
seen.count(view.place.id)

place_heading.show(here, view)
record_marks.warnings(here, view)
welfare.show(here, view)
schedule_block.show(here, view)
place_posts.show(here, view)
plain_text.heading(here.say("place.where"))
plain_text.draw(place_facts.where(here, view))
place_heading.show_map("place_map", here, view)
plain_text.heading(here.say("place.taking_part"))
plain_text.draw(place_facts.taking_part(here, view))
plain_text.heading(here.say("place.in_touch"))
plain_text.draw(place_facts.in_touch(here, view))
if view.place.facts.shelter:
    plain_text.heading(here.say("place.shelter"))
    plain_text.draw(place_facts.shelter(here, view.place.facts.shelter))
plain_text.heading(here.say("place.districts"))
place_districts.show(here, view)
record_marks.further(here, view)
plain_text.heading(here.say("place.record"))
record_marks.show(here, view)
take_along.show(here)
error_report.show("place_report", here, view.place)
correction.show("place_correction", here, view.place)
