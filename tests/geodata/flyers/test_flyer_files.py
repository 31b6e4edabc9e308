"""Files that are no flyer, or a dangerous one: each ends in a sentence."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy import ndimage

from geodata.flyers import Page, crop, read_flyer
from geodata.flyers.components import spots
from geodata.flyers.opening import LONGEST, pictures
from portal.errors import UnreadableFileError
from portal.flyer import Box
from portal.words import LANGUAGES, say_error
from tests.geodata.flyers.paper import Sheet, encoded


def saved(image, kind, **options):
    """The bytes of a picture."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


GREY = Image.new("L", (300, 200), 200)
BAD = {
    "empty": b"",
    "text": b"hello",
    "svg renamed": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "gif": saved(GREY, "GIF"),
    "tiff": saved(GREY, "TIFF"),
    "a bomb of 169 megapixels": saved(Image.new("1", (13000, 13000)), "PNG"),
    "truncated": saved(Image.effect_noise((500, 500), 60), "JPEG")[:6000],
    "no pdf behind its head": b"%PDF-1.7\n nonsense",
    "too large": b"\xff\xd8\xff" + bytes(26_000_000),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_flyer_is_refused_with_a_sentence(name):
    """What is no photo or PDF, too large or damaged is refused in both languages, before it is decoded."""
    with pytest.raises(UnreadableFileError) as error:
        read_flyer(BAD[name])
    assert all(say_error(error.value, language) for language in LANGUAGES)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_exif_is_turned_upright(orientation):
    """The corner that is dark in the upright picture is where the viewer sees it."""
    image = Image.new("RGB", (400, 200), "white")
    image.paste((0, 0, 0), (0, 0, 100, 50))
    turned = pictures(encoded(image, "JPEG", orientation=orientation))[0]
    assert turned.size == ((400, 200) if orientation < 5 else (200, 400))
    dark = np.asarray(turned.convert("L")) < 128
    rows, columns = np.nonzero(dark)
    corner = (rows.mean() > turned.height / 2, columns.mean() > turned.width / 2)
    assert corner == {
        1: (False, False), 2: (False, True), 3: (True, True), 4: (True, False),
        5: (False, False), 6: (False, True), 7: (True, True), 8: (True, False),
    }[orientation]  # fmt: skip


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_is_opened(mode):
    """Black and white, palette, transparent and 16-bit pictures become RGB, transparent ground white."""
    picture = pictures(saved(Image.new(mode, (40, 30)), "PNG"))[0]
    assert (picture.mode, picture.size) == ("RGB", (40, 30))


def test_nothing_of_the_photos_exif_is_kept():
    """The picture that is shown beside the proposals bears no place or camera."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (34.0, 40.0, 0.0)}
    page = read_flyer(saved(Image.new("RGB", (200, 200), "white"), "JPEG", exif=exif)).pages[0]
    with Image.open(io.BytesIO(page.picture)) as shown:
        assert not shown.getexif()


def test_four_pages_of_a_pdf_are_read_and_no_page_is_too_long():
    """Of a long PDF the first four pages are taken, a thin and endless page is made small."""
    pages = [Image.new("L", (60, 60), 255)] * 9
    assert len(pictures(saved(pages[0], "PDF", save_all=True, append_images=pages[1:]))) == 4
    thin = pictures(saved(Image.new("L", (2, 9000), 255), "PDF"))[0]
    assert max(thin.size) <= LONGEST + 1


def test_a_blank_page_has_no_lines():
    """Nothing is read where nothing is written."""
    assert read_flyer(saved(Image.new("L", (900, 1200), 255), "PNG")).lines == ()


def test_without_tesseract_a_sentence_says_so(monkeypatch, tmp_path):
    """Where the program is not on the machine the reader is told, and the portal goes on."""
    monkeypatch.setenv("PATH", str(tmp_path))
    sheet = Sheet()
    sheet.write((100, 100), "ふれあい喫茶", 60)
    with pytest.raises(UnreadableFileError) as error:
        read_flyer(encoded(sheet.image))
    assert error.value.key == "flyer.no_tesseract"


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 90), st.integers(1, 90))
@settings(max_examples=20, deadline=None)
def test_a_piece_never_leaves_its_page(left, top, width, height):
    """A box at the edge of a page is cut out as far as the page goes."""
    file = saved(Image.new("RGB", (64, 64), "white"), "JPEG")
    box = Box(left, top, width, height)
    with Image.open(io.BytesIO(crop(Page(file, 64, 64, ()), box))) as piece:
        assert 1 <= piece.width <= 64
        assert 1 <= piece.height <= 64


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.6))
@settings(max_examples=25, deadline=None)
def test_spots_are_those_that_scipy_finds(seed, share):
    """Connected spots have the number, the area and the boxes that scipy.ndimage gives."""
    ink = np.random.default_rng(seed).random((23, 31)) < share
    found = spots(ink)
    labels, count = ndimage.label(ink, np.ones((3, 3)))
    boxes = {(b.start, a.start, b.stop, a.stop) for a, b in ndimage.find_objects(labels)}
    assert found.left.size == count
    assert found.area.sum() == ink.sum()
    assert set(zip(found.left, found.top, found.right, found.bottom, strict=True)) == boxes
