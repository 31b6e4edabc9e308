"""The areas, kinds, goals and samples that come with the portal, put into a store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata import areas
from portal.setting_up import BuiltIn, Ready, set_up

if TYPE_CHECKING:
    from datetime import date

    from portal.settings import Settings
    from portal.store import Store


def built_in(today: date) -> BuiltIn:
    """Everything that comes with the portal; sample dates are counted from ``today``."""
    content = known()
    codes = [item.code for item in content.municipalities]
    return replace(
        content,
        layers=tuple(layer for code in codes for layer in areas.layers(code)),
        districts=tuple(district for code in codes for district in areas.districts(code)),
        gazetteer=tuple(point for code in codes for point in areas.gazetteer(code)),
        samples=tuple(place for code in codes for place in areas.samples(code, today)),
        groups=tuple(group for code in codes for group in areas.sample_groups(code, today)),
        posts=tuple(post for code in codes for post in areas.sample_posts(code, today)),
    )


def known() -> BuiltIn:
    """What an older store may lack: kinds and what the plans say, without areas and samples."""
    municipalities = tuple(areas.municipalities())
    codes = [item.code for item in municipalities]
    return BuiltIn(
        municipalities,
        layers=(),
        districts=(),
        kinds=tuple(areas.kinds()),
        samples=(),
        goals=tuple(goal for code in codes for goal in areas.goals(code)),
        standards=tuple(standard for code in codes for standard in areas.standards(code)),
        indicators=tuple(indicator for code in codes for indicator in areas.indicators(code)),
    )


def init_store(store: Store, settings: Settings, today: date) -> Ready:
    """Add to a store what it lacks of the built-in things; samples as the settings say."""
    # Working areas and samples out takes longer than most commands.
    content = known() if store.municipalities() else built_in(today)
    return set_up(store, content, today, sample=settings.sample)
