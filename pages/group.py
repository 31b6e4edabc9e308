"""Group (団体): what a registered group does, how to get in touch, its places and its posts."""

from __future__ import annotations

import streamlit as st

from pages.parts import card, counts, group_part, plain_text, share, signed_in, titled, visit
from portal import clock, find, looking
from portal.errors import UnknownThingError
from portal.query import Query
from portal.words import say_error

here = visit.current()
try:
    view = looking.group(here.store, st.query_params.get("id", ""), signed_in.actor())
except UnknownThingError as error:
    plain_text.heading(say_error(error, here.language), 1)
    st.stop()
visit.stay_in(here, view.municipality)
titled.page(view.group.name)

group_part.heading(here, view)
plain_text.heading(here.say("group_screen.posts"))
query = Query(view.group.municipality, group=view.group.id)
answer = find.activities(here.store, query, clock.now(), limit=counts.limit())
if answer.cards:
    counts.total(here, answer)
    card.show_all(here, answer.cards)
    counts.more("group_more", here, answer)
else:
    plain_text.paragraph(here.say("group_screen.no_posts"))
plain_text.heading(here.say("place.in_touch"))
plain_text.draw(group_part.in_touch(here, view))
if view.places:
    plain_text.heading(here.say("group_screen.places"))
    plain_text.draw(group_part.places(here, view))
share.show(here, "group_screen.share", "group_screen.share_how")
