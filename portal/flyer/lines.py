"""A line of text as it stands on a flyer's page."""

from __future__ import annotations

from dataclasses import dataclass

from portal.errors import InvalidRecordError


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page's picture, pixels from its upper left corner."""

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        """Refuse a box without an extent."""
        if self.width < 1 or self.height < 1:
            raise InvalidRecordError("flyer.empty_box")

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.height

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one column of vertical writing (縦書き)."""

    text: str
    box: Box
    confidence: float
    """How sure the reading is, 0 to 100."""
    vertical: bool = False
    page: int = 0
    """The page that it stands on, counted from 0."""
