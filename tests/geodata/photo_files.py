"""Photos as people send them, drawn here: with places and names hidden in them, upside down, broken, or no photos."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

CORNERS = ((220, 20, 20), (20, 160, 20), (20, 20, 220), (230, 200, 20))
"""Red, green, blue, yellow: top left, top right, bottom left, bottom right."""
SECRET = b"Minamo-cho 1-2-3 Yamada"
"""What a camera or an editor wrote into the file."""
GPS = {1: "N", 2: (34.0, 41.0, 12.0), 3: "E", 4: (135.0, 30.0, 0.0)}
TURNED_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Four corners of four colours, wider than high."""
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    for index, colour in enumerate(CORNERS):
        left, top = (index % 2) * width // 2, (index // 2) * height // 2
        pen.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return picture.convert(mode)


def saved(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """The file of a picture."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def small_jpeg() -> bytes:
    """A picture within the picture, as cameras put into EXIF."""
    return saved(scene(16, 12))


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone notes: how it was held, where, whose."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x013B] = SECRET.decode()
    notes[0x8825] = GPS
    return notes


def held(orientation: int, form: str = "JPEG") -> bytes:
    """The scene as a phone that was held in one of eight ways writes it."""
    picture = scene()
    if orientation in TURNED_BACK:
        picture = picture.transpose(TURNED_BACK[orientation])
    return saved(picture, form, exif=exif(orientation), **({"quality": 95} if form != "PNG" else {}))


def told_on(form: str) -> bytes:
    """A photo with everything that gives people away: EXIF, GPS, XMP, IPTC, a comment, a colour profile."""
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>" + SECRET + b"</dc:creator></x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, object] = {"exif": exif(), "icc_profile": profile}
    if form == "PNG":
        notes = PngInfo()
        notes.add_text("Author", SECRET.decode())
        notes.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return saved(scene(), form, pnginfo=notes, **options)
    data = saved(scene(), form, xmp=xmp, **options)
    if form == "JPEG":
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x1c" + b"\x1c\x02\x50\0\x17" + SECRET
        data = with_segment(with_segment(data, 0xED, iptc), 0xFE, SECRET)
        data = with_segment(data, 0xE9, small_jpeg() + SECRET)
    return data


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    """A JPEG with one more segment at its beginning."""
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + jpeg[2:]


def png_chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def blank_png(width: int, height: int) -> bytes:
    """A one-bit picture of any size in a few kilobytes."""
    rows = zlib.compressobj(9)
    line = b"\0" + bytes((width + 7) // 8)
    packed = b"".join(rows.compress(line * 100) for _ in range(height // 100)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")


def archive() -> bytes:
    """A small archive."""
    import zipfile  # noqa: PLC0415  # only here

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("index.html", "<b>hello</b>")
    return out.getvalue()
