"""Heavy files: refused within ten seconds and half a gibibyte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bad_input.case import LONGEST_S
from tests.bad_input.heavy import HEAVY

ROOT = Path(__file__).parents[2]
MOST_MIB = 512


def test_heavy_files_are_refused_in_time_and_without_filling_the_memory(tmp_path):
    """Each ends in its phrase in under 10 s and under 512 MiB, the program itself counted."""
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "tests.bad_input.heavy", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    weighed = [line.split("\t") for line in done.stdout.splitlines()]
    assert {name: ended for name, ended, *_ in weighed} == {name: key for name, (_, _, _, key) in HEAVY.items()}
    assert max(float(seconds) for *_, seconds, _ in weighed) < LONGEST_S, weighed
    assert max(int(most_mib) for *_, most_mib in weighed) < MOST_MIB, weighed
