"""Records refuse what cannot be true, in every language, and survive being written and read."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import shapely

from portal.clock import TOKYO
from portal.errors import InvalidRecordError
from portal.model.district import District, Population
from portal.model.kind import Kind, Shape
from portal.model.municipality import Layer, Municipality
from portal.model.place import Origin, Place, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.report_note import ErrorNote
from portal.model.shelter import Opening, ShelterFacts
from portal.model.source import Source
from portal.records import from_text, to_text
from portal.words import LANGUAGES, say_error
from tests import town

HERE = Point(135, 34)
FACTS = PlaceFacts("ibasho", "居場所")
MADE = datetime(2026, 11, 22, 9, tzinfo=TOKYO)

IMPOSSIBLE = {
    "latitude": lambda: Point(135, 95),
    "nan": lambda: Point(float("nan"), 34),
    "code": lambda: Municipality("271", "x", "x", "", HERE),
    "municipality name": lambda: Municipality("27108", " ", "x", "", HERE),
    "layer key": lambda: Layer("27108", "../x", "x", "x", 2),
    "tier": lambda: Layer("27108", "x", "x", "x", 4),
    "district name": lambda: District("x", "27108", "x", "", shapely.box(0, 0, 1, 1), Source("x")),
    "no area": lambda: District("x", "27108", "x", "x", shapely.Polygon(), Source("x")),
    "ends before it begins": lambda: town.district(
        "x", town.square(0, 0), first_day=date(2026, 4, 1), last_day=date(2026, 3, 31)
    ),
    "negative people": lambda: Population("27108", "x", "x", date(2026, 1, 1), -1, 0, 0),
    "kind key": lambda: Kind("A b", "x", "x", "#000000", Shape.CIRCLE, "x"),
    "kind colour": lambda: Kind("x", "x", "x", "red", Shape.CIRCLE, "x"),
    "kind letter": lambda: Kind("x", "x", "x", "#000000", Shape.CIRCLE, "xy"),
    "place name": lambda: PlaceFacts("ibasho", "　"),
    "long name": lambda: PlaceFacts("ibasho", "x" * 301),
    "long text": lambda: PlaceFacts("ibasho", "x", description="x" * 20_001),
    "precision alone": lambda: PlaceFacts("ibasho", "x", precision=Precision.EXACT),
    "position alone": lambda: PlaceFacts("ibasho", "x", position=HERE),
    "place id": lambda: Place("", "27108", FACTS, FACTS, Origin("hand", "x")),
    "place code": lambda: Place("x", "", FACTS, FACTS, Origin("hand", "x")),
    "capacity": lambda: ShelterFacts(capacity=-1),
    "since without opening": lambda: ShelterFacts(opened_since=MADE),
    "long report": lambda: ErrorNote("x", "x", "other", "x" * 2_001, MADE),
}


@pytest.mark.parametrize("make", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_true_is_refused_with_a_sentence(make):
    """Each impossible record raises, and the sentence exists in every language."""
    with pytest.raises(InvalidRecordError) as refused:
        make()
    assert all(say_error(refused.value, language) for language in LANGUAGES)
    assert refused.value.key in str(refused.value)


def test_records_survive_being_written_and_read():
    """Opening times, geometries and days come back as they were; defaults take no room."""
    open_site = ShelterFacts(accepts="要配慮者", capacity=30, opening=Opening.OPEN, opened_since=MADE)
    place = town.place("x", shelter=open_site)
    assert from_text(Place, to_text(place)) == place
    district = town.district("西小", town.square(0, 0), first_day=date(2024, 4, 1))
    assert from_text(District, to_text(district)) == district
    assert '"gone_on"' not in to_text(place)
