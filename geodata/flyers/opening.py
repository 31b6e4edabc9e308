"""A flyer's file, a photo or a PDF, as upright pictures of its pages."""

from __future__ import annotations

import ctypes
import io
import warnings
from typing import Final

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.errors import UnreadableFileError

MOST_BYTES: Final = 25_000_000
MOST_PIXELS: Final = 25_000_000
MOST_PAGES: Final = 4
DPI: Final = 300
LONGEST: Final = 2400
"""Pixels of a page's longer side: 206 dpi on A4, at which print of 9 points is 26 pixels high."""
FORMATS: Final = ("JPEG", "PNG", "WEBP")
PDF: Final = b"%PDF-"
POINTS: Final = 72
"""PDF counts in points, of which an inch has 72."""


def pictures(data: bytes) -> list[Image.Image]:
    """The pages in RGB, turned as EXIF says, at most 2,400 pixels long.

    Raises UnreadableFileError for any other format, a picture of more than 25 megapixels (known before it is
    decoded), a file that is damaged or locked with a password.
    """
    if not data:
        raise UnreadableFileError("flyer.empty_file")
    if len(data) > MOST_BYTES:
        raise UnreadableFileError("flyer.file_too_large", most=MOST_BYTES // 1_000_000)
    return _pdf_pages(data) if data[:1024].lstrip().startswith(PDF) else [_photo(data)]


def _photo(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; they are refused below
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableFileError("flyer.no_picture") from error
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableFileError("flyer.too_many_pixels", most=MOST_PIXELS // 1_000_000)
    try:
        image.draft("RGB", (LONGEST, LONGEST))  # JPEG alone: decodes it smaller, which is quicker
        image.load()
        return _bounded(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise UnreadableFileError("flyer.damaged") from error


def _bounded(image: Image.Image) -> Image.Image:
    """The picture on white where it is transparent, and not longer than the longest."""
    if image.mode.startswith(("I", "F")):
        image = image.point(lambda value: value / 257).convert("L")  # 16 bits a sign of grey to 8
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    image = image.convert("RGB")
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return image


def _pdf_pages(data: bytes) -> list[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            pages = [_drawn(document[number]) for number in range(min(len(document), MOST_PAGES))]
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError, MemoryError) as error:
        raise UnreadableFileError("flyer.damaged") from error
    if not pages:
        raise UnreadableFileError("flyer.damaged")
    return pages


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    """A page at 300 dpi, or less where it would be longer than the longest."""
    longer = max(page.get_width(), page.get_height(), 1.0)
    scale = min(DPI / POINTS, LONGEST / longer)
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return drawn.convert("RGB")
