"""The list of what went wrong elsewhere is whole, and each of it is tried by a test that there is."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.pages.replay.ids import LIST, NOTHING_LIKE_IT, REPLAYED

TESTS = Path(__file__).parents[2]
ROOMS = ("portal", "db", "geodata", "pages")
UNPICKLING = frozenset({"pickle", "marshal", "shelve", "dill", "joblib"})
WITHOUT_CARE = frozenset({"read_pickle", "read_parquet", "read_feather"})


@cache
def named_in(file):
    """Names of the tests of a file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def code():
    """Every file of the portal, with what it is made of."""
    root = TESTS.parent
    for file in (
        root / "app.py",
        root / "manage.py",
        *(file for room in ROOMS for file in (root / room).rglob("*.py")),
    ):
        yield file.relative_to(root), ast.parse(file.read_text(encoding="utf-8"))


def test_the_list_is_whole():
    """Each id of the list is replayed, or it is said why nothing here is like it; none is both."""
    assert REPLAYED.keys() | NOTHING_LIKE_IT.keys() == LIST
    assert not REPLAYED.keys() & NOTHING_LIKE_IT.keys()
    assert all(reason.endswith(".") for reason in NOTHING_LIKE_IT.values())


@pytest.mark.parametrize("name", sorted(REPLAYED))
def test_what_is_named_is_there(name):
    """Every test that is named exists in its file."""
    assert REPLAYED[name]
    for wanted in REPLAYED[name]:
        file, _, test = wanted.partition("::")
        assert test in named_in(file), wanted


def test_every_id_in_a_tests_promise_is_on_the_list():
    """A test that names an id in its promise stands in the list, or the list forgot it."""
    known = {name.split(" ", 1)[-1] for name in LIST}
    for file in TESTS.rglob("test_*.py"):
        words = file.read_text(encoding="utf-8").replace("(", " ").replace(")", " ").replace(",", " ").split()
        named = {word.strip(".;:\"'`") for word in words if word.startswith(("CVE-2", "GHSA-"))}
        assert named <= known, file


def test_nothing_is_unpickled():
    """No file of the portal can read what runs when it is read, nor a table in a format that holds code or links."""
    for file, tree in code():
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
                assert not {name.split(".")[0] for name in names} & UNPICKLING, file
            assert not (isinstance(node, ast.Attribute) and node.attr in WITHOUT_CARE), file


def test_no_screen_takes_a_file():
    """Files come in by the plain pages, which look at them; no screen has Streamlit's uploader (CVE-2025-1684)."""
    for file, tree in code():
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not used & {"file_uploader", "camera_input", "audio_input", "chat_input"}, file
