"""A photo drawn anew: small, upright, in sRGB, on white where it was see-through."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from PIL import Image, ImageCms

QUALITY: Final = 85
ORIENTATION: Final = 0x0112
"""The EXIF tag that says how the camera was held (CIPA DC-008, 4.6.4)."""
UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BITS: Final = 8


def drawn(opened: Image.Image, side: int) -> Image.Image:
    """The picture in RGB, its longest side ``side`` pixels at most, the way the camera was held.

    Raises what Pillow raises for a picture that is cut off.
    """
    held, profile = _orientation(opened), opened.info.get("icc_profile")
    # A JPEG is decoded at a half, a quarter or an eighth already, where that is enough.
    opened.draft(None, (side, side))
    opened.load()
    picture = _shallow(opened)
    if picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    elif "transparency" in picture.info:
        picture = picture.convert("RGBA")
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    picture = _on_white(_in_srgb(picture, profile))
    return picture.transpose(UPRIGHT[held]) if held in UPRIGHT else picture


def as_jpeg(picture: Image.Image) -> bytes:
    """The picture as a JPEG that holds nothing but the picture."""
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _orientation(opened: Image.Image) -> object:
    try:
        return opened.getexif().get(ORIENTATION)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, OverflowError):
        return None  # a broken EXIF block is no reason to refuse the picture


def _shallow(opened: Image.Image) -> Image.Image:
    """16 bits a pixel brought down to 8: Pillow's own conversion cuts everything bright off at white."""
    if not opened.mode.startswith("I"):
        return opened
    deep = np.clip(np.asarray(opened), 0, 2**16 - 1)
    return Image.fromarray((deep >> _BITS).astype(np.uint8))


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """The colours as browsers show them; a profile that cannot be used is passed over."""
    if not isinstance(profile, bytes) or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return converted or picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA"):
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white
