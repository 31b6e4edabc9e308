"""Lines put together to what stands under each label, by where they are on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as each
from typing import TYPE_CHECKING, Final

from portal.flyer.labels import labelled
from portal.flyer.mending import mend

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.flyer.lines import Line

FAR: Final = 14.0
"""Times the size of the type: how far from its label a value may stand on its row."""
NEXT: Final = 4.5
"""Times the size of the type: how far apart two parts of a value may be on its row."""
BELOW: Final = 1.6
"""Times the size of the type: how far below a value its next line may be."""
ALIGNED: Final = 1.3
ALIKE: Final = 1.5
LEVEL: Final = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A mended piece of text and where it stands along (begin, end) and across (top, bottom) its writing."""

    text: str
    line: Line
    begin: int
    end: int
    top: int
    bottom: int

    @property
    def size(self) -> int:
        """How large the type is, in pixels."""
        return self.bottom - self.top


@dataclass(slots=True)
class Section:
    """A label's field, and its parts in reading order."""

    field: str
    label: Part
    parts: list[Part] = each(default_factory=list)

    @property
    def text(self) -> str:
        """The parts, a line each."""
        return "\n".join(part.text for part in self.parts)

    @property
    def last(self) -> Part:
        """The part to which a further one is added."""
        return self.parts[-1] if self.parts else self.label


def parts_of(lines: Iterable[Line]) -> list[Part]:
    """The lines as they are written along: columns (縦書き) are rows that run from right to left."""
    found = []
    for line in lines:
        box = line.box
        if line.vertical:
            part = Part(mend(line.text), line, box.top, box.bottom, -box.right, -box.left)
        else:
            part = Part(mend(line.text), line, box.left, box.right, box.top, box.bottom)
        if part.text:
            found.append(part)
    return sorted(found, key=lambda one: (one.line.page, one.line.vertical, one.top + one.size / 2, one.begin))


def sections(parts: Sequence[Part]) -> tuple[list[Section], list[Part]]:
    """What stands under labels, and the parts that stand under none."""
    found: list[Section] = []
    waiting: list[Part] = []
    for part in parts:
        for piece in labelled(part.text):
            if not piece.field:
                waiting.append(replace(part, text=piece.value))
                continue
            section = Section(piece.field, part)
            if piece.value:
                section.parts.append(replace(part, text=piece.value))
            found.append(section)
    return found, _given(found, waiting)


def _given(found: list[Section], waiting: list[Part]) -> list[Part]:
    """Give each waiting part to the section that it continues; what is left continues none."""
    left: list[Part] = []
    for part in sorted(waiting, key=lambda one: (one.top // max(one.size, 1), one.begin)):
        near = [(reach, place) for place, one in enumerate(found) if (reach := _reach(one, part)) is not None]
        if near:
            found[min(near)[1]].parts.append(part)
        else:
            left.append(part)
    return left


def _reach(section: Section, part: Part) -> float | None:
    """How far a part is from the end of a section, in sizes of its type; None where it does not continue it."""
    last = section.last
    if part.line.page != last.line.page or part.line.vertical is not last.line.vertical:
        return None
    size = min(part.size, last.size)
    if max(part.size, last.size) > ALIKE * size:
        return None
    if min(part.bottom, last.bottom) - max(part.top, last.top) > LEVEL * size:
        gap = (part.begin - last.end) / size
        return gap if -1 < gap < (NEXT if section.parts else FAR) else None
    return _reach_below(section, part, size)


def _reach_below(section: Section, part: Part, size: int) -> float | None:
    last = section.last
    gap = (part.top - last.bottom) / size
    begins = {one.begin for one in section.parts if one.line is not section.label.line}
    if not section.parts:
        begins = {section.label.begin}
    elif not begins:
        begins = {_value_begin(section)}
    aligned = any(abs(part.begin - begin) < ALIGNED * size for begin in begins)
    if not aligned or not -LEVEL < gap < BELOW:
        return None
    return gap + FAR if section.parts else gap  # below a label that stands alone is nearer than beside another value


def _value_begin(section: Section) -> int:
    """Where on its row the value of a label begins, by how many signs stand before it."""
    part = section.parts[0]
    share = 1 - len(part.text) / max(len(section.label.text), 1)
    return round(section.label.begin + share * (section.label.end - section.label.begin))
