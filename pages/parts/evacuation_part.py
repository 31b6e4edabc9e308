"""The three things that are called shelters, apart: what each means, how many there are, and the choice of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st
from markupsafe import Markup

from pages.parts import address_bar, plain_text, sign
from portal.model.kind import EMERGENCY_SITE, SHELTER, WELFARE_SHELTER
from portal.model.shelter import Hazard

if TYPE_CHECKING:
    from pages.parts.visit import Visit

PARTS: Final = (EMERGENCY_SITE, SHELTER, WELFARE_SHELTER)
"""In the order in which one needs them: flee, stay, be cared for."""


def meanings(visit: Visit) -> None:
    """One plain sentence for each."""
    kinds = {kind.key: kind for kind in visit.store.kinds(visit.municipality.code)}
    items = Markup("").join(
        Markup('<div class="meaning"><dt>{}{}</dt><dd>{}</dd></div>').format(
            sign.picture(kinds[part]), visit.kind(kinds[part]), visit.say(f"evacuation.meaning_{part}")
        )
        for part in PARTS
    )
    plain_text.draw(Markup('<dl class="meanings">{}</dl>').format(items))


def choose(key: str, visit: Visit) -> str:
    """Draw the choice; the kind that is looked at."""
    asked = st.query_params.get("kind", "")
    st.session_state[key] = asked if asked in PARTS else PARTS[0]
    with st.container(key="evacuation_choice"):
        chosen = st.segmented_control(
            visit.say("evacuation.choose"),
            PARTS,
            required=True,
            format_func=lambda part: visit.say(f"evacuation.short_{part}"),
            key=key,
            on_change=lambda: address_bar.change(kind=st.session_state[key], hazard=""),
            width="stretch",
        )
    return str(chosen)


def hazard(key: str, visit: Visit, part: str) -> str:
    """For evacuation sites, the danger that one flees from; empty for any."""
    if part != EMERGENCY_SITE:
        return ""
    known = ["", *map(str, Hazard)]
    asked = st.query_params.get("hazard", "")
    st.session_state[key] = asked if asked in known else ""
    return st.selectbox(
        visit.say("filters.hazard"),
        known,
        format_func=lambda value: visit.say(f"hazard.{value}") if value else visit.say("evacuation.any_hazard"),
        key=key,
        on_change=lambda: address_bar.change(hazard=st.session_state[key]),
        filter_mode=None,
    )


def rules(visit: Visit, part: str) -> None:
    """What has to be said above the list of one of the three."""
    if part == WELFARE_SHELTER:
        direct = "direct" if visit.municipality.direct_welfare else "not_direct"
        plain_text.paragraph(visit.say("evacuation.may_be_closed") + " " + visit.say(f"evacuation.{direct}"), "warn")
        plain_text.paragraph(visit.say("evacuation.no_nearest_welfare"), "note")
    if part == EMERGENCY_SITE:
        plain_text.paragraph(visit.say("evacuation.hazard_matters"), "note")
