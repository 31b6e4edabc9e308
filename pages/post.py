"""Post (投稿): one post of a group with its own address: what, when, where, how to take part and how to ask."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    error_report,
    plain_text,
    post_facts,
    post_heading,
    post_photos,
    post_when,
    post_where,
    seen,
    share,
    signed_in,
    titled,
    visit,
)
from portal import clock, looking
from portal.errors import UnknownThingError
from portal.words import say_error

here = visit.current()
actor = signed_in.actor()
try:
    view = looking.post(here.store, st.query_params.get("id", ""), clock.now(), actor)
except UnknownThingError as error:
    plain_text.heading(say_error(error, here.language), 1)
    st.stop()
visit.stay_in(here, view.municipality)
titled.page(view.post.facts.title)
if view.post.public:
    seen.count(view.post.id, actor, view.post.group)

post_heading.show(here, view)
post_when.show(here, view)
post_where.show("post_map", here, view)
if part := post_facts.taking_part(here, view.post.facts):
    plain_text.heading(here.say("place.taking_part"))
    plain_text.draw(part)
plain_text.heading(here.say("post_screen.in_touch"))
plain_text.draw(post_facts.in_touch(here, view))
post_photos.show(here, view)
plain_text.heading(here.say("post_screen.record"))
plain_text.draw(post_facts.of_the_post(here, view))
if view.post.public:
    share.show(here, "post_screen.share", "post_screen.share_how")
    error_report.show_post("post_report", here, view.post)
