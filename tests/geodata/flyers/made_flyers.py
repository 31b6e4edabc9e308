"""Flyers that are drawn for the tests, the same every time, each with the truth beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.geodata.flyers import layouts
from tests.geodata.flyers.held_out_notices import HELD_OUT
from tests.geodata.flyers.notices import DEVELOPED
from tests.geodata.flyers.paper import Sheet, encoded, photographed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.geodata.flyers.notices import Notice

WHITE, BLACK, NIGHT = (255, 255, 255), (20, 20, 20), (24, 30, 66)


@dataclass(frozen=True, slots=True)
class Made:
    """One flyer: what it says, and how it looks."""

    layout: str
    """The name that the table of results shows."""
    notice: Notice
    draw: Callable[..., None]
    options: dict[str, object]
    paper: tuple[int, int, int] = WHITE
    ink: tuple[int, int, int] = BLACK
    serif: bool = False
    photo: float | None = None
    """Degrees by which the sheet lies askew on the desk of a photo."""
    turned: int = 0
    """Degrees by which the picture is turned."""
    kind: str = "PNG"
    exif: int = 1

    def data(self) -> bytes:
        """The bytes of its file."""
        sheet = Sheet(self.paper, self.ink, serif=self.serif)
        if self.draw not in (layouts.vertical, layouts.vertical_title):
            layouts.decorate(sheet, len(self.notice.text))
        self.draw(sheet, self.notice, **self.options)
        image = sheet.image
        if self.photo is not None:
            image = photographed(image, len(self.notice.title), angle=self.photo)
        if self.turned:
            image = image.transpose(getattr(Image.Transpose, f"ROTATE_{self.turned}"))
        return encoded(image, self.kind, orientation=self.exif)


def _made(notices: tuple[Notice, ...], looks: tuple[tuple[object, ...], ...]) -> tuple[Made, ...]:
    return tuple(
        Made(layout, notice, draw, options, **rest)
        for notice, (layout, draw, options, rest) in zip(notices, looks, strict=True)
    )


FLYERS: Final = _made(
    DEVELOPED,
    (
        ("upright", layouts.plain, {}, {}),
        ("upright", layouts.plain, {"mark": "bracket"}, {"serif": True}),
        ("upright", layouts.above, {}, {}),
        ("two columns", layouts.two_columns, {}, {}),
        ("two columns", layouts.two_columns, {"mark": "square"}, {"serif": True}),
        ("vertical", layouts.vertical, {}, {}),
        ("vertical", layouts.vertical, {"kanji": True}, {"serif": True}),
        ("vertical", layouts.vertical, {"kanji": True, "mark": "bracket"}, {}),
        ("vertical title", layouts.vertical_title, {}, {}),
        ("photo", layouts.plain, {}, {"photo": 3.0, "kind": "JPEG"}),
        ("photo", layouts.badges, {}, {"photo": -4.5, "kind": "JPEG"}),
        ("photo", layouts.table, {}, {"photo": 1.5, "kind": "JPEG"}),
        ("photo", layouts.vertical, {"mark": "bracket"}, {"photo": -2.0, "kind": "JPEG"}),
        ("white on dark", layouts.plain, {"mark": "square"}, {"paper": NIGHT, "ink": WHITE}),
        ("white on dark", layouts.banner, {}, {}),
        ("colour", layouts.badges, {}, {"paper": (255, 244, 200), "ink": (80, 30, 20)}),
        ("colour", layouts.plain, {}, {"paper": (150, 215, 165), "ink": (150, 20, 40), "serif": True}),
        ("large", layouts.large, {}, {}),
        ("large", layouts.large, {"mark": "colon"}, {"serif": True, "paper": (250, 220, 225)}),
        ("table", layouts.table, {}, {}),
        ("table", layouts.table, {"shade": None}, {"serif": True}),
        ("PDF", layouts.plain, {"mark": "dot"}, {"kind": "PDF"}),
        ("turned", layouts.plain, {}, {"photo": 2.0, "turned": 180, "kind": "JPEG"}),
        ("turned", layouts.table, {}, {"turned": 90, "kind": "JPEG", "exif": 6}),
    ),
)
"""The flyers that the reading was made with."""

HELD_OUT_FLYERS: Final = _made(
    HELD_OUT,
    (
        ("upright", layouts.plain, {"mark": "dot"}, {"serif": True}),
        ("two columns", layouts.above, {}, {"paper": (255, 235, 240), "ink": (60, 20, 60)}),
        ("two columns", layouts.two_columns, {"mark": "dot"}, {}),
        ("vertical", layouts.vertical, {"mark": "bracket"}, {"serif": True}),
        ("vertical", layouts.vertical, {"kanji": True}, {"photo": 1.2, "kind": "JPEG"}),
        ("vertical title", layouts.vertical_title, {"mark": "colon"}, {"serif": True}),
        ("photo", layouts.badges, {"fill": (30, 110, 60)}, {"photo": -3.4, "kind": "JPEG"}),
        ("photo", layouts.plain, {"mark": "bracket"}, {"photo": 4.8, "kind": "JPEG", "serif": True}),
        ("white on dark", layouts.large, {}, {"paper": (70, 10, 30), "ink": (255, 250, 210)}),
        ("colour", layouts.banner, {"fill": (200, 90, 0)}, {"paper": (245, 250, 225)}),
        ("table", layouts.table, {}, {"kind": "PDF"}),
        ("turned", layouts.badges, {}, {"photo": -1.5, "turned": 270, "kind": "JPEG"}),
    ),
)
"""Flyers that nothing was tuned on."""
