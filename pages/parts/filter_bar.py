"""The filters of Find: each is a widget that shows what the address says and changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.parts import address_bar, choices, plain_text
from portal import clock
from portal.model.listing import Show
from portal.model.place import Audience
from portal.query import MOST_VALUES, WEEKDAYS, TimeOfDay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages.parts.visit import Visit
    from portal.query import Query

WORDS_MAX: Final = 200
NAMED_DAYS: Final = ("", "today", "tomorrow", "week", "weekend", *WEEKDAYS)
A_DATE: Final = "date"
SHOWN: Final = ("", *(str(item) for item in Show))
"""Everything together, or one sort of it."""
SWITCHES: Final = ("free", "no_booking", "step_free")


@dataclass(frozen=True)
class Bar:
    """The bar while it is drawn: the visit, the query of the address and the prefix of the widgets' keys."""

    key: str
    visit: Visit
    query: Query

    def widget(self, name: str, value: object) -> dict[str, object]:
        """The key of a widget that shows ``value``, and what happens when the reader changes it."""
        key = f"{self.key}_{name}"
        st.session_state[key] = value
        return {"key": key, "on_change": _to_address, "args": (key, name)}


def show_sorts(key: str, visit: Visit, query: Query) -> None:
    """The switch that comes before all filters: everything, places, dates, what is wanted, or news."""
    bar = Bar(key, visit, query)
    with st.container(key="show_first"):
        st.segmented_control(
            visit.say("filters.show"),
            SHOWN,
            format_func=lambda value: visit.say(f"filters.show_{value}") if value else visit.say("filters.show_all"),
            required=True,
            width="stretch",
            **bar.widget("show", str(query.show or "")),
        )


def show_agenda(key: str, visit: Visit, query: Query) -> None:
    """The filters of the calendar beside the layer: districts, kinds, for whom."""
    bar = Bar(key, visit, query)
    _several(bar, "district", choices.districts(visit, query.layer), query.districts)
    _several(bar, "kind", choices.kinds(visit), query.kinds)
    _one(bar, "audience", [""] + [str(item) for item in Audience], query.audience or "")


def show_first(key: str, visit: Visit, query: Query) -> None:
    """The filters that are always in sight: words and kinds."""
    bar = Bar(key, visit, query)
    st.text_input(
        visit.say("filters.words"),
        max_chars=WORDS_MAX,
        placeholder=visit.say("filters.words_example"),
        **bar.widget("q", query.text),
    )
    _several(bar, "kind", choices.kinds(visit), query.kinds)


def show_more(key: str, visit: Visit, query: Query) -> None:
    """The other filters, in a drawer that says how many of them are set."""
    bar = Bar(key, visit, query)
    used = in_drawer(query)
    label = visit.say("filters.more_used", count=used) if used else visit.say("filters.more")
    with st.expander(label, key=f"{key}_drawer"), st.container(key="filters_more"):
        _several(bar, "district", choices.districts(visit, query.layer), query.districts)
        _day(bar)
        _one(bar, "time", [""] + [str(item) for item in TimeOfDay], query.time or "")
        _one(bar, "audience", [""] + [str(item) for item in Audience], query.audience or "")
        for name in SWITCHES:
            st.checkbox(visit.say(f"filters.{name}"), **bar.widget(name, getattr(query, name)))


def in_drawer(query: Query) -> int:
    """How many filters are set that the drawer hides."""
    switches = sum(getattr(query, name) for name in SWITCHES)
    return switches + sum(map(bool, (query.districts, query.day, query.time, query.audience)))


def _several(bar: Bar, name: str, options: Mapping[str, str], chosen: tuple[str, ...]) -> None:
    """A choice of several; a value of the address that is not on offer stays in sight, as it is written there."""
    st.multiselect(
        bar.visit.say(f"filters.{name}"),
        [*options, *(value for value in chosen if value not in options)],
        format_func=lambda value: plain_text.shown(options.get(value, value)),
        placeholder=bar.visit.say("filters.any"),
        max_selections=MOST_VALUES,
        **bar.widget(name, list(dict.fromkeys(chosen))),
    )


def _one(bar: Bar, name: str, options: list[str], chosen: str) -> None:
    """A choice of one by name."""
    st.selectbox(
        bar.visit.say(f"filters.{name}"),
        options,
        format_func=_namer(bar.visit, name),
        filter_mode=None,
        **bar.widget(name, str(chosen)),
    )


def _namer(visit: Visit, name: str) -> Callable[[str], str]:
    topic = "audience" if name == "audience" else f"filters.{name}"
    joint = "." if name == "audience" else "_"
    return lambda value: visit.say(f"{topic}{joint}{value}") if value else visit.say("filters.any")


def _day(bar: Bar) -> None:
    """The day by name, and for a date a calendar beside it."""
    dated = bool(bar.query.day) and bar.query.day not in NAMED_DAYS
    _one(bar, "day", [*NAMED_DAYS, A_DATE], A_DATE if dated else bar.query.day)
    if dated:
        st.date_input(
            bar.visit.say("filters.date"),
            format="YYYY/MM/DD",
            **bar.widget("date", date.fromisoformat(bar.query.day)),
        )


def _to_address(key: str, name: str) -> None:
    """Write what the reader chose into the address, the one place where filters are kept."""
    value = st.session_state[key]
    if isinstance(value, bool):
        written = "1" if value else ""
    elif isinstance(value, list):
        written = ",".join(value)
    elif value == A_DATE:
        written = clock.today().isoformat()
    else:
        written = str(value or "")
    address_bar.change(**{"day" if name == "date" else name: written})
