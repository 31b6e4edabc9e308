"""Photos become fit for the public, and what is no photo is told so."""

from __future__ import annotations

import hashlib
import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from geodata.photos import BYTES_MAX, SIDE_MAX, clean_photo, thumbnail
from portal.errors import UnreadableFileError
from portal.words import LANGUAGES, say_error
from tests.geodata import photo_files as files

TOLERANCE = 12
"""Colours differ a little after a JPEG."""


def opened(data: bytes) -> Image.Image:
    """What was kept, as a picture."""
    return Image.open(io.BytesIO(data))


def corners(data: bytes) -> list[tuple[int, int, int]]:
    """The colours near the four corners."""
    picture = opened(data).convert("RGB")
    right, bottom = picture.width - 10, picture.height - 10
    return [picture.getpixel(spot) for spot in ((10, 10), (right, 10), (10, bottom), (right, bottom))]


def alike(found, wanted, tolerance=TOLERANCE) -> bool:
    """Whether colours are the same to the eye."""
    return bool(np.abs(np.array(found, int) - np.array(wanted, int)).max() <= tolerance)


def refusal(data: bytes) -> str:
    """The phrase with which a photo is refused."""
    with pytest.raises(UnreadableFileError) as raised:
        clean_photo(data)
    assert all(say_error(raised.value, language) for language in LANGUAGES)
    return raised.value.key


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(form, orientation):
    """Whichever of the eight ways a camera was held, the picture stands upright."""
    photo = clean_photo(files.held(orientation, form))
    assert (photo.width, photo.height) == (120, 80)
    assert alike(corners(photo.data), files.CORNERS)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_is_kept(form):
    """No place, no name, no hidden small picture, no profile of a device is left in the file."""
    sent = files.told_on(form)
    assert files.SECRET in sent or form == "PNG"
    kept = clean_photo(sent).data
    traces = (files.SECRET, b"Exif", b"GPS", b"xmp", b"adobe", b"Adobe", b"Photoshop", b"8BIM", b"ICC_PROFILE", b"iCCP")
    assert [trace for trace in traces if trace in kept] == []
    assert kept.count(b"\xff\xd8\xff") == 1
    assert not set(opened(kept).info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_is_named_by_its_content():
    """The same picture is the same file, whose SHA-256 is told."""
    photo = clean_photo(files.saved(files.scene()))
    assert photo.sha256 == hashlib.sha256(photo.data).hexdigest()
    assert photo == clean_photo(files.saved(files.scene()))
    assert photo.suffix == "jpg"
    assert opened(photo.data).format == "JPEG"


@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (3000, 4000), (1601, 2), (90, 60)])
def test_a_photo_is_made_small(width, height):
    """The longest side has 1,600 pixels at most, small ones are not blown up, the proportions stay."""
    photo = clean_photo(files.saved(files.scene(width, height), quality=60))
    assert max(photo.width, photo.height) == min(SIDE_MAX, max(width, height))
    assert (photo.width, photo.height) == opened(photo.data).size
    assert min(photo.width, photo.height) == pytest.approx(
        min(width, height) * max(photo.width, photo.height) / max(width, height), abs=1
    )


def test_a_thumbnail_is_as_small_as_asked():
    """A thumbnail of a kept photo fits into the square that was asked for."""
    kept = clean_photo(files.saved(files.scene(1200, 800)))
    small = thumbnail(kept.data, 240)
    assert (small.width, small.height) == (240, 160)
    assert alike(corners(small.data), files.CORNERS)


def test_cmyk_becomes_rgb():
    """A picture made for print looks as it does on paper, not inverted."""
    found = corners(clean_photo(files.saved(files.scene(mode="CMYK"))).data)
    assert alike(found, files.CORNERS, 40)


@pytest.mark.parametrize("mode", ["L", "1", "P"])
def test_few_colours_become_rgb(mode):
    """Grey, black and white, and palettes are shown as they are."""
    kept = opened(clean_photo(files.saved(files.scene(mode=mode), "PNG")).data)
    assert kept.mode == "RGB"
    if mode == "L":
        assert alike(
            kept.getpixel((10, 10)), [opened(files.saved(files.scene(mode="L"), "PNG")).getpixel((10, 10))] * 3
        )


def test_sixteen_bits_become_eight():
    """A scan of 16 bits keeps its greys: it is not cut off at white."""
    grey = Image.fromarray(np.full((40, 60), 0x8000, np.uint16))
    assert alike(opened(clean_photo(files.saved(grey, "PNG")).data).getpixel((30, 20)), (128, 128, 128), 2)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_see_through_becomes_white(form):
    """What was see-through is white, also beside an edge; nothing hidden below it comes to light."""
    picture = files.scene(mode="RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size).point(lambda value: 255 if value > 127 else 0))
    found = corners(clean_photo(files.saved(picture, form, **({"lossless": True} if form == "WEBP" else {}))).data)
    assert alike(found[:2], [(255, 255, 255)] * 2)
    assert alike(found[2:], files.CORNERS[2:])


def test_a_see_through_colour_becomes_white():
    """A palette with one see-through colour (as drawing programs write) has it in white."""
    picture = files.scene().quantize(8)
    kept = clean_photo(files.saved(picture, "PNG", transparency=picture.getpixel((10, 10))))
    assert alike(corners(kept.data)[0], (255, 255, 255))


def test_colours_of_another_profile_become_srgb():
    """A picture whose profile is not sRGB is converted to it, see-through or not; nonsense is passed over."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The red and the blue primary of the profile change places, so a conversion shows.
    red, blue = plain.index(b"rXYZ"), plain.index(b"bXYZ")
    swapped = bytearray(plain)
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    for mode, form in (("RGB", "JPEG"), ("RGBA", "PNG")):
        found = corners(clean_photo(files.saved(files.scene(mode=mode), form, icc_profile=bytes(swapped))).data)
        assert found[0][2] > found[0][0]
        nonsense = clean_photo(files.saved(files.scene(mode=mode), form, icc_profile=b"no profile"))
        assert alike(corners(nonsense.data), files.CORNERS)


def test_a_tiny_file_of_many_pixels_is_refused_unopened():
    """20 KiB that unfold to 169 megapixels are refused by what their header says."""
    bomb = files.blank_png(13_000, 13_000)
    assert len(bomb) < 40_000
    assert refusal(bomb) == "photos.too_many_pixels"


@pytest.mark.parametrize("kind", ["VP8X", "VP8L", "VP8 "])
def test_a_webp_of_many_pixels_is_refused_unopened(kind):
    """A WebP whose header says 16,383 by 16,383 is refused before memory is reserved for it."""
    side = 16_383
    bodies = {
        "VP8X": bytes(4) + (side - 1).to_bytes(3, "little") * 2,
        "VP8L": b"\x2f" + ((side - 1) | (side - 1) << 14).to_bytes(4, "little") + bytes(5),
        "VP8 ": b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", side, side),
    }
    chunk = kind.encode() + struct.pack("<I", len(bodies[kind])) + bodies[kind]
    data = b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk
    assert refusal(data) == "photos.too_many_pixels"


def test_a_photo_of_many_bytes_is_refused():
    """More than 15 MiB are refused unread; nothing at all is told apart."""
    assert refusal(b"\xff\xd8\xff" + bytes(BYTES_MAX)) == "photos.too_large"
    assert refusal(b"") == "photos.empty"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_photo_that_is_cut_off_is_refused(form, share):
    """Half a photo is refused, not shown half grey."""
    data = files.saved(files.scene(600, 400), form)
    assert refusal(data[: int(len(data) * share)]) == "photos.damaged"


NO_PHOTOS = {
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "GIF": files.saved(files.scene(), "GIF"),
    "BMP": files.saved(files.scene(), "BMP"),
    "TIFF": files.saved(files.scene(), "TIFF"),
    "EPS": files.saved(files.scene(), "EPS"),
    "PSD": b"8BPS\0\1" + bytes(100),
    "FITS": b"SIMPLE  =                    T" + bytes(200),
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "ZIP": files.archive(),
    "text": "写真です".encode(),
}


@pytest.mark.parametrize("name", NO_PHOTOS)
def test_a_renamed_file_is_no_photo(name):
    """What is not JPEG, PNG or WebP by its content is refused, whatever its name was."""
    assert refusal(NO_PHOTOS[name]) == "photos.not_a_photo"


def test_apples_photos_are_told_apart():
    """Whoever sends a HEIC is told how to get a JPEG."""
    assert refusal(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == "photos.apple"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    "surplus", [b"<html><script>alert(1)</script>", files.archive(), b"%PDF-1.7 %%EOF"], ids=["page", "zip", "pdf"]
)
def test_a_photo_that_is_something_else_too_is_refused(form, surplus):
    """A photo with a page, an archive or a document behind it is refused."""
    assert refusal(files.saved(files.scene(), form) + surplus) == "photos.mixed"


def test_a_page_within_a_photo_is_refused():
    """A page hidden in a comment of a photo is refused as well."""
    assert refusal(files.with_segment(files.saved(files.scene()), 0xFE, b"<SCRIPT>alert(1)</script>")) == "photos.mixed"


def test_what_cameras_put_behind_a_jpeg_is_left_out():
    """A second picture or a film behind a JPEG, as phones write them, does no harm and is not kept."""
    photo = clean_photo(files.saved(files.scene()) + files.small_jpeg() + b"\0\0\0\x18ftypmp42film" + files.SECRET)
    assert photo == clean_photo(files.saved(files.scene()))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(form):
    """Which of many pictures is meant is not ours to say: an animation is refused."""
    frames = [files.scene(), files.scene().rotate(180)]
    moving = files.saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
    assert refusal(moving) == "photos.moving"


def test_a_jpeg_of_endless_passes_is_refused():
    """Thousands of passes over a large picture would keep the machine busy: refused by counting them."""
    data = files.saved(files.scene(), progressive=True)
    start = data.index(b"\xff\xda")
    assert clean_photo(data).width == 120
    assert refusal(data[:start] + data[start:-2] * 200 + b"\xff\xd9") == "photos.damaged"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([files.saved(files.scene(40, 30), form) for form in ("JPEG", "PNG", "WEBP")]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_bytes_gone_wrong_end_in_a_photo_or_a_sentence(data, changes):
    """However bytes are changed, there is a sound photo or a sentence, never another error."""
    broken = bytearray(data)
    for at, value in changes:
        broken[at % len(broken)] = value
    try:
        photo = clean_photo(bytes(broken))
    except UnreadableFileError as error:
        said = say_error(error)
    else:
        said = opened(photo.data).size == (photo.width, photo.height)
    assert said
