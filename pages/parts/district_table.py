"""The districts of a layer with their counts: the map's colours as figures, and the way in by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import address_bar, choices, place_districts, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.parts.visit import Visit
    from portal.by_district import DistrictCount


def show(visit: Visit, counted: Sequence[DistrictCount], chosen: str) -> None:
    """A table with a link to each district; what is outside stands last, none is left out."""
    most = max((item.count for item in counted), default=0)
    rows = Markup("").join(_row(visit, item, chosen, most) for item in counted)
    plain_text.draw(
        Markup(
            '<table class="districts"><thead><tr><th scope="col">{}</th><th scope="col" class="number">{}</th></tr>'
            "</thead><tbody>{}</tbody></table>"
        ).format(visit.say("filters.district"), visit.say("districts.places"), rows)
    )


def _row(visit: Visit, item: DistrictCount, chosen: str, most: int) -> Markup:
    district = item.district
    identity = district.id if district else choices.OUTSIDE
    name = visit.name(district) if district else visit.say("filters.outside")
    return Markup(
        '<tr{}><th scope="row"><a href="{}">{}</a>{}<span class="bar" style="width:{}%"></span></th>'
        '<td class="number">{}</td></tr>'
    ).format(
        Markup(' class="chosen" aria-current="true"') if identity == chosen else "",
        address_bar.here(district=identity, page=""),
        plain_text.text(name),
        place_districts.approximate(visit) if district and district.approximate else "",
        round(100 * item.count / most) if most else 0,
        item.count,
    )
