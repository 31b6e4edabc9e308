"""Heavy files: refused within ten seconds and half a gibibyte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.case import LONGEST_S
from tests.bad_input.heavy import HEAVY

ROOT = Path(__file__).parents[2]
MOST_MIB = 512


@pytest.fixture(scope="module")
def weighed(tmp_path_factory):
    """For each heavy file how it ended, the seconds and the memory in MiB."""
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "tests.bad_input.heavy", str(tmp_path_factory.mktemp("heavy"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return {name: rest for name, *rest in (line.split("\t") for line in done.stdout.splitlines())}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_refused_in_time_and_without_filling_the_memory(name, weighed):
    """Each ends in its phrase in under 10 s and under 512 MiB, the program itself counted."""
    ended, seconds, most_mib = weighed[name]
    assert ended == HEAVY[name][3]
    assert float(seconds) < LONGEST_S
    assert int(most_mib) < MOST_MIB
