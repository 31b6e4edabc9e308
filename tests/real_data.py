"""The real published files, which stand beside the project where they are available."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

REAL: Final = (Path(__file__).parents[1] / ".." / "shared" / "data").resolve()
"""The folder of published files; ``SOURCES.md`` in it says where each is from."""


def needs_real_data(test):
    """Mark a test that reads the published files; it runs wherever they are."""
    absent = pytest.mark.skipif(not REAL.is_dir(), reason="the published files are not beside the project")
    return pytest.mark.real_data(absent(test))
