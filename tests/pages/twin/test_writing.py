"""The twin's folder: files are replaced whole, nothing leaves it, nothing of others is removed."""

from __future__ import annotations

import re
import threading

import pytest

from pages.twin.writing import Folder
from portal.errors import ConflictError


@pytest.fixture
def folder(tmp_path) -> Folder:
    """An empty folder of a twin."""
    return Folder(tmp_path / "site")


def test_what_is_the_same_is_not_touched(folder):
    """A file that would hold the same bytes keeps its moment and its place on the disk."""
    assert folder.put("ja/index.html", b"one")
    before = (folder.root / "ja/index.html").stat()
    assert not folder.put("ja/index.html", b"one")
    after = (folder.root / "ja/index.html").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_reader_never_sees_half_a_file(folder):
    """Whoever reads while a file is replaced finds the old or the new one, whole."""
    pages = [bytes([letter]) * 200_000 for letter in b"abcd"]
    folder.put("ja/index.html", pages[0])
    seen = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add((folder.root / "ja/index.html").read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        folder.put("ja/index.html", pages[number % 4])
    done.set()
    reader.join()
    assert seen <= set(pages)
    assert len(seen) > 1


def test_empty_folders_go_with_their_last_file(folder):
    """After the last file of a folder no folder of it is left; others stay."""
    folder.put("ja/99901/place/p1/index.html", b"one")
    folder.put("ja/index.html", b"front")
    assert folder.drop("ja/99901/place/p1/index.html")
    assert not folder.drop("ja/99901/place/p1/index.html")
    assert [item.name for item in (folder.root / "ja").iterdir()] == ["index.html"]


@pytest.mark.parametrize("path", ["../out", "/etc/x", "ja/../../out", "ja//x", ".hidden", "ja/.part", "ja/", "ja/場所"])
def test_no_path_leads_out_of_the_folder(folder, path):
    """A path that could lead elsewhere or hide a file is refused and nothing is written."""
    with pytest.raises(ValueError, match=re.escape(path)):
        folder.put(path, b"x")
    assert not folder.root.exists()


def test_sweeping_removes_what_is_not_known_and_what_was_cut_off(folder):
    """Unknown files and the parts of a killed writer go; known files stay."""
    for path in ("ja/index.html", "ja/old/index.html"):
        folder.put(path, b"x")
    (folder.root / "ja" / ".0a1b.part").write_bytes(b"half")
    assert folder.sweep({"ja/index.html"}.__contains__) == 1
    assert [item.name for item in (folder.root / "ja").iterdir()] == ["index.html"]


def test_a_folder_of_others_is_never_swapped_out(folder, tmp_path):
    """A folder with anything that is no public page stays as it is, and the command says why."""
    folder.put("ja/index.html", b"x")
    home = tmp_path / "home"
    home.mkdir()
    (home / "letters.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ConflictError):
        folder.swap(home)
    assert (home / "letters.txt").read_text(encoding="utf-8") == "dear"


def test_swapping_puts_the_new_tree_in_whole(folder, tmp_path):
    """Afterwards the place holds the new files alone, and nothing is left beside it."""
    served = Folder(tmp_path / "served")
    served.put("en/index.html", b"old")
    folder.put("ja/index.html", b"new")
    folder.swap(tmp_path / "served")
    assert folder.sizes() == {"ja/index.html": 3}
    assert [item.name for item in tmp_path.iterdir()] == ["served"]


def test_a_file_takes_the_place_of_a_folder(folder):
    """Where an older version had a folder, a file can stand."""
    folder.put("ja/sheet.pdf/index.html", b"x")
    assert folder.put("ja/sheet.pdf", b"pdf")
    assert folder.sizes() == {"ja/sheet.pdf": 3}
