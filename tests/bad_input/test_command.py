"""Bad files as an operator meets them: ``manage.py import`` as a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input import archives, shapes
from tests.bad_input.rows import table

ROOT = Path(__file__).parents[2]
FILES = {
    "quote.csv": (table("places") + b'"a\r\n', "places", "ja"),
    "entity.xlsx": (archives.altered(lambda sheet: archives.ENTITY + sheet), "facilities", "en"),
    "vrt.geojson": (shapes.VRT, "districts", "ja"),
    os.fsdecode(b"\x8e\x7b\x90\xdd.csv"): (table("places"), "places", "en"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder for a store, which the first command makes."""
    return tmp_path_factory.mktemp("home")


def run(home, language, *arguments):
    """Run a command over the store in ``home``."""
    return subprocess.run(  # noqa: S603  # our own commands
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PORTAL_HOME": str(home), "LANG": f"{language}_XX.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize("name", FILES, ids=ascii)
def test_a_bad_file_is_one_sentence_and_a_status(name, home, tmp_path):
    """The command ends with status 1 and one line on stderr in the language of the terminal, and no traceback."""
    data, kind, language = FILES[name]
    file = tmp_path / name
    file.write_bytes(data)
    done = run(home, language, "import", kind, file, "--municipality", "27108")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().endswith("。" if language == "ja" else ".")
