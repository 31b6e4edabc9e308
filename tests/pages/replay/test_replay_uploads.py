"""Files made to harm, sent to every page that takes one: each ends in a sentence, and nothing of them is kept.

Names of files and the other bad photos stand in tests/pages/forms/test_write_photos.py.
"""

from __future__ import annotations

import html
import io
import os
import pickle
import re

import pyarrow as pa
import pytest
from PIL import Image
from pyarrow import feather, parquet

from pages import wiring
from tests.geodata import photo_files
from tests.portal import people

LEAST = {
    "kind": "event",
    "title": "もちつき大会",
    "way": "once",
    "day": "2099-12-06",
    "where": "nowhere",
    "do": "photos",
}
PAGES = {
    "photo": ("/write?group=group-hidamari", "photo_file", LEAST),
    "flyer": ("/flyer?group=group-hidamari", "flyer", {}),
    "workbook": ("/workbook?group=group-hidamari", "workbook", {}),
    "feed": ("/feed-file?group=group-hidamari", "file", {}),
}
"""The page, the name of its file's field, and what else its form needs."""


def frames(count=10_000):
    """A moving GIF of many pictures: one picture block, again and again."""
    one = io.BytesIO()
    Image.new("P", (2, 2)).save(one, "GIF")
    data = one.getvalue()
    block = b"\x21\xf9\x04\x00\x00\x00\x00\x00" + b"\x2c\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x44\x0a\x00"
    return data[: data.index(b"\x2c")] + block * count + b"\x3b"


def fits():
    """A FITS picture whose header names a size that no memory holds (Pillow CVE-2026-40192)."""
    cards = ("SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    2")
    cards += ("NAXIS1  =           2000000000", "NAXIS2  =           2000000000", "ZCMPTYPE= 'GZIP_1  '", "END")
    return "".join(card.ljust(80) for card in cards).ljust(2880).encode() + b"\x1f\x8b\x08\x00" + bytes(100)


class Runs:
    """What runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Make a folder that a test would find."""
        return (os.mkdir, (str(wiring.settings().home / "pwned"),))


def table(write):
    """A table in a format of its own."""
    out = io.BytesIO()
    write(pa.table({"イベント名": ["x"], "開始日": ["2099-12-06"]}), out)
    return out.getvalue()


BAD = {
    "a GIF of 10,000 pictures": ("party.jpg", frames()),
    "FITS as PNG": ("stars.png", fits()),
    "PSD as JPEG": (
        "layers.jpg",
        b"8BPS\x00\x01" + bytes(6) + b"\x00\x03\x7f\xff\xff\xff\x7f\xff\xff\xff\x00\x08\x00\x03" + bytes(99),
    ),
    "EPS as JPEG": ("print.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n"),
    "a page behind a PNG": (
        "page.png",
        photo_files.saved(photo_files.scene(), "PNG") + b"<script>top.pwned=1</script>",
    ),
    "an archive behind a JPEG": ("zip.jpg", photo_files.small_jpeg() + photo_files.archive()),
    "SVG as PNG": ("good.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="top.pwned=1"/>'),
    "a JPEG cut off": ("cut.jpg", photo_files.saved(photo_files.scene(400, 300))[:900]),
    "169 megapixels": ("big.png", photo_files.blank_png(13_000, 13_000)),
    "Parquet": ("posts.csv", table(parquet.write_table)),
    "Feather": ("posts.xlsx", table(feather.write_feather)),
    "pickle": ("posts.ics", b""),  # made when the folder is known
    "nothing": ("empty.jpg", b""),
}


def said(answer):
    """What the page says is wrong."""
    found = re.search(r'<p class="(?:fault|warn)"[^>]*>(.*?)</p>', answer.text, re.DOTALL) or re.search(
        r'id="faults".*?</(?:ul|div|section)>', answer.text, re.DOTALL
    )
    return html.unescape(re.sub("<[^>]+>", "", found[0])).strip() if found else ""


@pytest.mark.parametrize("sort", BAD)
@pytest.mark.parametrize("page", PAGES)
def test_a_bad_file_is_a_sentence_and_nothing_is_kept(store, visit, page, sort):
    """Whatever is sent where, the page says what is wrong, no photo and no post come of it, and nothing of it runs."""
    name, data = BAD[sort] if sort != "pickle" else ("posts.ics", pickle.dumps(Runs()))
    path, field, fields = PAGES[page]
    visitor = visit(people.OWNER)
    answer = visitor.send(path, files={field: (name, data, "image/png")}, **fields)
    if answer.status_code == 303:
        answer = visitor.follow(answer)
    assert answer.status_code in {200, 400}
    assert said(answer), answer.text
    assert wiring.photos().names() == []
    assert store.posts_of_group("group-hidamari") == []
    assert not (wiring.settings().home / "pwned").exists()
    assert "<svg" not in answer.text
    assert "<script>" not in answer.text
