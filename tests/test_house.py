"""The house: imports only go down, screens stay short, documents are true."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("portal", "db", "geodata", "pages")
READMES = ("README.md", "README.en.md")
SCREEN_LINES = 60


def screens():
    """The scripts that people open, the frame among them."""
    doors = {"__init__.py", "wiring.py", "built_in.py", "intake.py"}
    return [file for file in sorted((ROOT / "pages").glob("*.py")) if file.name not in doors]


def test_imports_only_go_down():
    """Every import-linter contract of pyproject.toml is kept."""
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own check
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


def test_no_room_imports_a_door():
    """app.py and manage.py are above all rooms: nothing imports them."""
    doors = re.compile(r"^\s*(?:from|import) (?:app|manage)\b", re.MULTILINE)
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    assert [file.name for file in files if doors.search(file.read_text(encoding="utf-8"))] == []


def test_only_the_wiring_names_the_stores_maker():
    """``open_store`` is named by the wiring alone, outside db."""
    naming = [
        file.relative_to(ROOT).as_posix()
        for room in ("portal", "geodata", "pages")
        for file in (ROOT / room).rglob("*.py")
        if "open_store" in file.read_text(encoding="utf-8")
    ]
    assert naming == ["pages/wiring.py"]


@pytest.mark.parametrize("screen", screens(), ids=lambda file: file.stem)
def test_a_screen_is_short_and_bears_its_own_name(screen):
    """A screen has at most 60 lines, and its name is no standard or installed module's: its folder comes first."""
    assert len(screen.read_text(encoding="utf-8").splitlines()) <= SCREEN_LINES
    assert screen.stem not in sys.stdlib_module_names
    assert importlib.util.find_spec(screen.stem) is None


def test_no_phrase_stands_in_a_screen():
    """Japanese that people read is in the words, not in screens and parts; docstrings may name it."""
    japanese = re.compile(r"[ぁ-んァ-ヶ一-龠]")
    strings = re.compile(r'(?<![\w"])"(?!"")([^"\n]*)"(?!")')
    found = [
        f"{file.name}: {text}"
        for file in [*screens(), *(ROOT / "pages" / "parts").glob("*.py")]
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.lstrip().startswith(("#", '"""'))
        for text in strings.findall(line.split("  #")[0])
        if japanese.search(text)
    ]
    assert found == []


def test_every_package_that_the_code_imports_is_pinned():
    """requirements.txt pins each package with its exact version, and holds all that the rooms import."""
    lines = [
        line.strip()
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_command_and_no_other(readme):
    """Each command of manage.py stands in the README, and the README names none that does not exist."""
    from manage import app  # noqa: PLC0415  # the commands are only needed here

    commands = {item.name or item.callback.__name__ for item in app.registered_commands}
    commands |= {item.name for item in app.registered_groups}
    named = set(re.findall(r"manage\.py ([a-z][a-z-]*)", (ROOT / readme).read_text(encoding="utf-8")))
    assert named == commands


@pytest.mark.parametrize("readme", READMES)
def test_the_pictures_of_the_readme_are_there(readme):
    """Every picture that the README shows is in the repository."""
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


def test_no_path_of_a_machine_and_no_registry_stands_in_the_repository():
    """What is committed runs anywhere: no home folders, no hosts of package registries."""
    traces = re.compile(
        "/(?:root|home|work)/|py" + r"thonhosted|py" + r"pi\.org|registry\.npm" + r"js|deb\.deb" + "ian"
    )
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607  # the repository's own list
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        file = ROOT / name
        if file.suffix not in {".png", ".xlsx", ".zip", ".duckdb"} and file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            found.extend(f"{name}: {line}" for line in text.splitlines() if traces.search(line))
    assert found == []
