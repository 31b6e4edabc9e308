"""How flyers are laid out: one function a layout, each draws a notice on a sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from tests.geodata.flyers.notices import Notice
    from tests.geodata.flyers.paper import Colour, Sheet

KANJI: Final = "〇一二三四五六七八九"
MARKS: Final = {"colon": "{label}：", "bracket": "【{label}】", "square": "■{label}　", "dot": "●{label}　"}
VERTICAL_MARKS: Final = {"colon": "{label}　", "bracket": "【{label}】", "square": "■{label}　", "dot": "◎{label}　"}


def _head(sheet: Sheet, notice: Notice, size: int, ink: Colour | None = None) -> float:
    """The lead and the title, in the middle of the sheet; gives where they end."""
    width, top = sheet.image.width, 90.0
    for line in notice.lead:
        small = sheet.fit(line, width - 200, 40)
        sheet.write(((width - sheet.face(small).getlength(line)) / 2, top), line, small, ink=ink)
        top += small * 1.9
    big = sheet.fit(notice.title, width - 160, size, bold=True)
    left = (width - sheet.face(big, bold=True).getlength(notice.title)) / 2
    sheet.write((left, top), notice.title, big, bold=True, ink=ink)
    return top + big * 1.9


def _row(sheet: Sheet, at: tuple[float, float], row: tuple[str, list[str]], size: int, mark: str) -> float:
    """One row with its label; gives where it ends."""
    left, top = at
    label, value = row
    if label:
        left += sheet.write(at, MARKS[mark].format(label=label), size, bold=True)
    for line in value:
        sheet.write((left, top), line, size)
        top += size * 1.7
    return top


def plain(sheet: Sheet, notice: Notice, *, mark: str = "colon", title: int = 92, size: int = 36) -> None:
    """Rows one below the other."""
    top = _head(sheet, notice, title)
    for row in notice.rows:
        top = _row(sheet, (110, top), row, size, mark) + 14


def _wrapped(sheet: Sheet, label: str, value: list[str], most: float, size: int) -> list[str]:
    """The lines of a value, broken behind a blank, a dot or a bracket where they are too long."""
    first = most - sheet.face(size, bold=True).getlength(label)
    lines: list[str] = []
    for line in value:
        lines.append("")
        for piece in re.findall(r"[^ ・）]*[ ・）]?", line):
            if sheet.face(size).getlength((lines[-1] + piece).rstrip()) > first:
                lines.append("")
            lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def decorate(sheet: Sheet, seed: int) -> None:
    """Dots, rays and a hill where the sheet's foot is, as flyers have them."""
    dice = np.random.default_rng(seed)
    width, height = sheet.image.size
    sheet.pen.ellipse((-300, height - 190, width * 0.7, height + 500), fill=(130, 190, 120))
    x, y = width - 220, height - 190
    for angle in np.linspace(0, 2 * np.pi, 12, endpoint=False):
        far = (x + 130 * np.cos(angle), y + 130 * np.sin(angle))
        sheet.pen.line((x, y, *far), fill=(240, 170, 40), width=9)
    sheet.pen.ellipse((x - 80, y - 80, x + 80, y + 80), fill=(250, 200, 60))
    for _ in range(14):
        left, top, size = dice.integers(20, width - 60), dice.integers(height - 300, height - 60), dice.integers(12, 44)
        sheet.pen.ellipse(
            (left, top, left + size, top + size), fill=tuple(int(one) for one in dice.integers(90, 230, 3))
        )


def large(sheet: Sheet, notice: Notice, *, mark: str = "dot") -> None:
    """Type that is read from across the street."""
    top = _head(sheet, notice, 150)
    for label, value in notice.rows:
        longest = max((MARKS[mark].format(label=label) if label else "") + line for line in value)
        top = _row(sheet, (70, top), (label, value), sheet.fit(longest, 1090, 54), mark) + 8


def badges(sheet: Sheet, notice: Notice, *, fill: Colour = (190, 40, 60), size: int = 36) -> None:
    """Each label white in a coloured box, its value beside it."""
    top = _head(sheet, notice, 96)
    for label, value in notice.rows:
        if label:
            sheet.panel((90, top - 4, 300, top + size * 1.5), fill, 12)
            width = sheet.face(size, bold=True).getlength(label)
            sheet.write((195 - width / 2, top), label, size, bold=True, ink=(255, 255, 255))
        for line in value:
            sheet.write((330 if label else 110, top), line, size)
            top += size * 1.75
        top += 16


def above(sheet: Sheet, notice: Notice, *, size: int = 34) -> None:
    """Two columns of blocks, each label above its value."""
    head = _head(sheet, notice, 92)
    rows = notice.rows
    half = (len(rows) + 1) // 2
    for column, part in enumerate((rows[:half], rows[half:])):
        left, top = 90 + column * 570, head
        for label, value in part:
            if label:
                sheet.write((left, top), f"◆{label}", size, bold=True)
                top += size * 1.6
            for line in _wrapped(sheet, "", value, 510, size):
                sheet.write((left, top), line, size)
                top += size * 1.6
            top += 34


def two_columns(sheet: Sheet, notice: Notice, *, mark: str = "bracket", size: int = 28) -> None:
    """Two columns of rows with a rule between them."""
    head = _head(sheet, notice, 88)
    rows = notice.rows
    half = (len(rows) + 1) // 2
    sheet.pen.line((620, head, 620, head + 820), fill=(120, 120, 120), width=3)
    for column, part in enumerate((rows[:half], rows[half:])):
        top = head
        for label, value in part:
            lines = _wrapped(sheet, MARKS[mark].format(label=label) if label else "", value, 510, size)
            top = _row(sheet, (80 + column * 570, top), (label, lines), size, mark) + 24


def table(sheet: Sheet, notice: Notice, *, size: int = 34, shade: Colour | None = (225, 235, 245)) -> None:
    """A ruled table with the labels in its first column."""
    top = _head(sheet, notice, 88)
    for label, value in notice.rows:
        height = len(value) * size * 1.7 + 26
        if label and shade:
            sheet.panel((90, top, 330, top + height), shade)
        if label:
            sheet.write((112, top + 14), label, size, bold=True)
            sheet.pen.rectangle((90, top, 1150, top + height), outline=(60, 60, 60), width=2)
            sheet.pen.line((330, top, 330, top + height), fill=(60, 60, 60), width=2)
        for number, line in enumerate(value):
            left = 354 if label else 112
            sheet.write((left, top + 12 + number * size * 1.7), line, sheet.fit(line, 1130 - left, size))
        top += height + (0 if label else 6)


def banner(sheet: Sheet, notice: Notice, *, fill: Colour = (20, 60, 120), mark: str = "square") -> None:
    """The head white on a dark band, the rest dark on the paper."""
    sheet.panel((0, 0, sheet.image.width, 400), fill)
    _head(sheet, notice, 100, ink=(255, 255, 255))
    top = 470.0
    for row in notice.rows:
        top = _row(sheet, (110, top), row, 36, mark) + 14


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else KANJI[tens] + "十"
    return ten + (KANJI[ones] if ones or not tens else "")


def upright_text(text: str, *, kanji: bool) -> str:
    """A line as vertical setting writes it: clock times in words, figures in kanji or as wide signs."""
    text = re.sub(r"(\d{1,2}):(\d{2})", lambda one: f"{one[1]}時" + (f"{one[2]}分" if one[2] != "00" else ""), text)
    if kanji:
        text = re.sub(r"(?<![\d-])(\d{1,2})(?=[月日時分名組階年番丁号・～〜歳])", lambda one: _kanji(int(one[1])), text)
        text = re.sub(r"\d", lambda one: KANJI[int(one[0])], text)
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    return text.translate(wide)


def vertical(sheet: Sheet, notice: Notice, *, mark: str = "colon", kanji: bool = False, size: int = 38) -> None:
    """Columns of vertical text from right to left, the title first."""
    width, height = sheet.image.size
    face = sheet.face(110, bold=True)
    title = upright_text(notice.title, kanji=kanji)
    sheet.pen.text((width - 190, 110), title, font=face, fill=sheet.ink, direction="ttb")
    left = width - 290.0
    for line in notice.lead:
        text = upright_text(line, kanji=kanji)
        sheet.pen.text((left, 160), text, font=sheet.face(size), fill=sheet.ink, direction="ttb")
        left -= size * 2.2
    for label, value in notice.rows:
        begin = VERTICAL_MARKS[mark].format(label=label) if label else ""
        for number, line in enumerate(value):
            text = (begin if number == 0 else "　" * len(begin)) + upright_text(line, kanji=kanji)
            fitted = size
            while sheet.face(fitted).getlength(text, direction="ttb") > height - 320:
                fitted -= 1
            sheet.pen.text((left, 200), text, font=sheet.face(fitted), fill=sheet.ink, direction="ttb")
            left -= size * 1.75


def vertical_title(sheet: Sheet, notice: Notice, *, mark: str = "dot", size: int = 32) -> None:
    """The title and the lead vertical at the right, the rows beside them from left to right."""
    width = sheet.image.width
    sheet.pen.text((width - 180, 100), notice.title, font=sheet.face(120, bold=True), fill=sheet.ink, direction="ttb")
    for number, line in enumerate(notice.lead):
        at = (width - 270 - number * 70, 140)
        sheet.pen.text(at, line, font=sheet.face(42), fill=sheet.ink, direction="ttb")
    top = 180.0
    for label, value in notice.rows:
        longest = max((MARKS[mark].format(label=label) if label else "") + line for line in value)
        top = _row(sheet, (70, top), (label, value), sheet.fit(longest, width - 400, size), mark) + 30
