"""Tesseract, the program that reads print on this machine, called as a command."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from PIL import Image

PROGRAM: Final = "tesseract"
SECONDS: Final = 30.0
"""The longest that one reading may take."""
UPRIGHT: Final = ("jpn", 6)
"""Horizontal writing: one even block of text."""
VERTICAL: Final = ("jpn_vert", 5)
"""Vertical writing (縦書き): one block of columns."""
WORD_LEVEL: Final = "5"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the program reports it; pixels of the picture it was given."""

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    line: tuple[str, str, str]
    """Block, paragraph and line, as the program numbers them."""


def words(picture: Image.Image, language: str, layout: int) -> list[Word]:
    """The words of a picture in grey, in reading order.

    Raises UnreadableFileError where the program or its Japanese data is missing, fails or takes too long.
    """
    table = _run(picture, "-l", language, "--psm", str(layout), "--dpi", "300", "tsv")
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = []
    for row in rows:
        if row["level"] == WORD_LEVEL and (row["text"] or "").strip():
            place = (row["left"], row["top"], row["width"], row["height"])
            left, top, width, height = (int(value) for value in place)
            line = (row["block_num"], row["par_num"], row["line_num"])
            found.append(Word(row["text"].strip(), left, top, width, height, float(row["conf"]), line))
    return found


def _run(picture: Image.Image, *options: str) -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableFileError("flyer.no_tesseract")
    file = io.BytesIO()
    picture.save(file, "PPM")
    try:
        run = subprocess.run(  # noqa: S603  # a fixed program; the picture goes in through a pipe
            [program, "-", "-", *options],
            input=file.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads only wait for each other
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError("flyer.too_slow", seconds=int(SECONDS)) from error
    except subprocess.CalledProcessError as error:
        raise UnreadableFileError("flyer.no_japanese" if _lacks_data(error) else "flyer.not_read") from error
    return run.stdout.decode("utf-8", errors="replace")


def _lacks_data(error: subprocess.CalledProcessError) -> bool:
    return b"traineddata" in (error.stderr or b"")
