"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from typing import Final

from tests.bench.chromium import CHROMIUM

PACKAGES: Final = ("streamlit", "folium", "streamlit-folium", "duckdb", "shapely", "geopandas", "pandas", "starlette")


def describe() -> str:
    """Cores, load, memory and versions."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{len(os.sched_getaffinity(0))} cores, load {load}, {_memory_gb():.0f} GB, {platform.machine()}\n"
        f"{platform.platform()}, Python {platform.python_version()}, {_chromium()}\n{packages}"
    )


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _chromium() -> str:
    if not CHROMIUM:
        return "no Chromium"
    said = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  # found on the path
    return said.stdout.strip() or "Chromium"
