"""Sheets of paper to draw on, and what a hasty photo does to them."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS: Final = Path("/usr/share/fonts/opentype/noto")
WIDTH, HEIGHT = 1240, 1754
"""A4 at 150 dpi."""
Colour = tuple[int, int, int]


@cache
def font(size: int, *, serif: bool = False, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The Japanese face of the font; its first in the collection."""
    name = f"Noto{'Serif' if serif else 'Sans'}CJK-{'Bold' if bold else 'Regular'}.ttc"
    return ImageFont.truetype(FONTS / name, size, index=0)


class Sheet:
    """A sheet with its ink and its face."""

    def __init__(self, paper: Colour = (255, 255, 255), ink: Colour = (20, 20, 20), *, serif: bool = False) -> None:
        """A blank sheet."""
        self.image = Image.new("RGB", (WIDTH, HEIGHT), paper)
        self.pen = ImageDraw.Draw(self.image)
        self.ink, self.serif = ink, serif

    def face(self, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """The sheet's own face."""
        return font(size, serif=self.serif, bold=bold)

    def write(self, at: tuple[float, float], text: str, size: int, *, bold: bool = False, ink: Colour | None = None):
        """One line to the right of a point, its top there; gives the width in pixels."""
        face = self.face(size, bold=bold)
        self.pen.text(at, text, font=face, fill=ink or self.ink)
        return face.getlength(text)

    def fit(self, text: str, most: float, size: int, *, bold: bool = False) -> int:
        """The size, at most ``size``, at which a line is at most ``most`` pixels wide."""
        width = self.face(size, bold=bold).getlength(text)
        return size if width <= most else int(size * most / width)

    def panel(self, box: tuple[float, float, float, float], fill: Colour, radius: int = 0):
        """A filled panel with round corners."""
        self.pen.rounded_rectangle(box, radius, fill=fill)


def photographed(image: Image.Image, seed: int, *, angle: float = 2.0, desk: Colour = (96, 72, 52)) -> Image.Image:
    """The sheet on a desk, turned by some degrees, with a shadow across it, noise and a soft lens."""
    dice = np.random.default_rng(seed)
    ground = Image.new("RGB", (int(image.width * 1.18), int(image.height * 1.14)), desk)
    ground.paste(image, ((ground.width - image.width) // 2, (ground.height - image.height) // 2))
    turned = ground.rotate(angle, Image.Resampling.BICUBIC, fillcolor=desk).filter(ImageFilter.GaussianBlur(0.8))
    rows, columns = np.mgrid[0 : turned.height, 0 : turned.width]
    slope = 0.72 + 0.28 * columns / turned.width
    edge = turned.width * (0.35 + 0.2 * dice.random()) + 0.3 * rows
    shadow = 1 - 0.3 / (1 + np.exp((edge - columns) / 60))
    light = (slope * shadow)[..., None]
    noise = dice.normal(0, 9, (turned.height, turned.width, 1))
    return Image.fromarray(np.clip(np.asarray(turned) * light + noise, 0, 255).astype(np.uint8))


def encoded(image: Image.Image, kind: str = "PNG", *, orientation: int = 1) -> bytes:
    """The picture as the bytes of a file; JPEG as a telephone writes it, with its EXIF orientation."""
    file = io.BytesIO()
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.save(file, "JPEG", quality=82, exif=exif)
    elif kind == "PDF":
        image.save(file, "PDF", resolution=150)
    else:
        image.save(file, kind)
    return file.getvalue()
