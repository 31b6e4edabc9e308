"""The benchmarks still run: quick ones, as anybody starts them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def bench(*arguments):
    """What a run prints."""
    command = [sys.executable, "-m", "tests.bench", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)  # noqa: S603  # our own command


def test_quick_benchmarks_print_ratios():
    """A quick run of two benchmarks prints the machine and, for every way, a time with its unit and a ratio."""
    run = bench("--quick", "assign", "import")
    assert run.returncode == 0, run.stderr
    assert re.search(r"\d+ cores.*Python 3", run.stdout, re.DOTALL)
    assert "duckdb 2.0.0" in run.stdout
    for way in ("portal.assigning.assign", "geopandas.sjoin within", "the portal, 5 municipalities", "to_file GPKG"):
        assert re.search(rf"{re.escape(way)} +[\d.]+ m?s +×[\d.]+ ", run.stdout), run.stdout
    assert "/map/places" not in run.stdout


def test_an_unknown_benchmark_is_refused():
    """A name that is none is said, and nothing runs."""
    run = bench("--quick", "nonsense")
    assert run.returncode == 2
    assert "nonsense" in run.stderr
    assert run.stdout == ""


def test_quick_benchmarks_of_the_open_web_have_no_faults():
    """The twin stands its rush, feeds are followed, screens are clicked: each way answers, and nothing goes wrong."""
    run = bench("--quick", "twin", "feeds", "rush")
    assert run.returncode == 0, run.stderr
    for way in ("twin, nginx", "the app", "/map/places", "calendar.ics, nginx", "news.rss, the app", "datasette, JSON"):
        assert re.search(rf"{re.escape(way)}.* (over )?[\d.]+ +×[\d.]+ .* none$", run.stdout, re.MULTILINE), run.stdout
    assert re.search(r"430 requests a second for 1 s, \d+ pages", run.stdout)
    assert "p95 under 200 ms and no fault:" in run.stdout
    (six,) = re.findall(r"^  6 +3 +3 .*", run.stdout, re.MULTILINE)
    assert re.search(r"[\d.]+ m?s +[\d.]+ m?s +none$", six), "three are let in, three are turned away and read"
