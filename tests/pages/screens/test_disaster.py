"""The screens while a municipality is in disaster response."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts import header
from pages.parts.visit import Visit
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of


def test_every_screen_bears_the_line(open_screen, town_store):
    """The frame of every screen says since when, with the way to the evacuation screen; not so in daily life."""
    assert "災害対応中" not in html_of(open_screen("frame", municipality=town.CODE))
    town_store.apply([Put(replace(town.municipality(), disaster_since=town.NOW))])
    for language, said in (("ja", "2026年11月22日 9:00から"), ("en", "since 22 November 2026")):
        told = html_of(open_screen("frame", municipality=town.CODE, lang=language, usual="1"))
        line = told[told.index('class="disaster"') :]
        assert said in line
        assert f'href="./evacuation?municipality={town.CODE}&amp;lang={language}&amp;usual=1"' in line


def test_an_open_screen_notices(town_store, monkeypatch):
    """A header that was drawn in daily life, in the other language or of another town is no longer right."""
    monkeypatch.setattr(st, "session_state", {})
    here = Visit("ja", town.municipality(), town_store)
    assert not header.is_stale(here)  # a screen without a frame
    st.session_state[header.DRAWN] = header.says(here)
    assert not header.is_stale(here)
    assert header.is_stale(replace(here, municipality=replace(here.municipality, disaster_since=town.NOW)))
    assert header.is_stale(replace(here, language="en"))
