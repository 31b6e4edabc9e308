"""A paper flyer (チラシ) as a photo or a PDF, read with Tesseract on this machine."""

from geodata.flyers.reading import Flyer, Page, crop, read_flyer

__all__ = ["Flyer", "Page", "crop", "read_flyer"]
