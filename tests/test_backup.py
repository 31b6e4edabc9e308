"""Backups: made while the portal runs, checked, and put back."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from db import back_up, open_store, rebuild, restore, verify
from db.photo_folder import PhotoFolder
from pages.console import journal_report
from portal.errors import ConflictError, StoreBusyError, StoreDamagedError
from portal.journal import JOURNAL_FILE, PHOTO_FOLDER, STORE_FILE
from portal.journal.entry import Head
from portal.journal.outcome import Verified
from portal.store import Put
from portal.words import LANGUAGES
from tests import town
from tests.db.damage import flip
from tests.db.records import TOWN

ROOT = Path(__file__).parents[1]


def opened(home):
    """The store of a folder, with its journal."""
    return open_store(f"duckdb://{home / STORE_FILE}", home / JOURNAL_FILE)


def places(home):
    """The ids of the places in a folder's store."""
    store = opened(home)
    found = {place.id for place in store.places_of(town.CODE)}
    store.close()
    return found


@pytest.fixture
def home(tmp_path):
    """A stopped portal with a place and two photos."""
    home = tmp_path / "var"
    store = opened(home)
    town.settle(store)
    store.apply([Put(town.place("p1"))])
    store.close()
    for content in (b"one", b"two"):
        PhotoFolder(home / PHOTO_FOLDER).keep(content, "jpg")
    return home


def photos(home):
    """The names of a folder's photos."""
    return PhotoFolder(home / PHOTO_FOLDER).names()


def test_a_backup_is_put_back_in_an_empty_place(home, tmp_path):
    """Elsewhere the backup makes the same portal: store, journal and photos."""
    made = back_up(home, tmp_path / "backup", town.NOW)
    assert (made.photos, made.damaged) == (2, ())
    restored = restore(tmp_path / "elsewhere", tmp_path / "backup", town.NOW)
    assert (restored.entries, restored.photos, restored.kept) == (made.entries, 2, None)
    assert photos(tmp_path / "elsewhere") == photos(home)
    assert verify(tmp_path / "elsewhere" / STORE_FILE, tmp_path / "elsewhere" / JOURNAL_FILE).compared
    assert places(tmp_path / "elsewhere") == {"p1"}


def test_going_back_keeps_what_was_there(home, tmp_path):
    """What was there before is kept in a folder of its own, and could be used again."""
    back_up(home, tmp_path / "backup", town.NOW)
    store = opened(home)
    store.apply([Put(town.place("p2"))])
    store.close()
    PhotoFolder(home / PHOTO_FOLDER).keep(b"three", "png")
    restored = restore(home, tmp_path / "backup", town.NOW)
    assert places(home) == {"p1"}
    assert len(photos(home)) == 2
    assert restored.kept == home / "before-20261122T090000"
    assert places(restored.kept) == {"p1", "p2"}
    assert len(photos(restored.kept)) == 3


def test_a_backup_is_made_while_others_write(home, tmp_path):
    """While another process writes, the backup is whole, and holds at least what was acknowledged before it began."""
    command = [sys.executable, "-m", "tests.journal_writer", home / STORE_FILE, home / JOURNAL_FILE, "0", "3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603  # our own program
        told = {writer.stdout.readline().strip() for _ in range(5)}
        backed_up = []
        for number in range(2):
            backed_up.append(back_up(home, tmp_path / "backup", town.NOW + timedelta(minutes=number)))
            time.sleep(0.2)
        writer.kill()
    restore(tmp_path / "elsewhere", tmp_path / "backup", town.NOW)
    store = opened(tmp_path / "elsewhere")
    assert told <= {place.id for place in store.places_of(TOWN)}
    store.close()
    assert backed_up[0].entries < backed_up[1].entries
    assert len([entry for entry in (tmp_path / "backup").iterdir() if entry.is_dir()]) == 2  # one store, the photos


def test_a_later_backup_replaces_the_older_one(home, tmp_path):
    """The same folder is used again and again; what was deleted in the portal does not live on in it."""
    back_up(home, tmp_path / "backup", town.NOW)
    store = opened(home)
    store.apply([Put(town.place("p2"))])
    store.close()
    name = photos(home)[0]
    (home / PHOTO_FOLDER / name[:2] / name).unlink()
    back_up(home, tmp_path / "backup", town.NOW + timedelta(days=1))
    assert name not in photos(tmp_path / "backup")
    restore(tmp_path / "elsewhere", tmp_path / "backup", town.NOW)
    assert places(tmp_path / "elsewhere") == {"p1", "p2"}


def test_a_folder_with_something_else_is_refused(home, tmp_path):
    """No file of somebody's is ever overwritten, nor another portal's backup, nor the portal itself."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("…")
    with pytest.raises(ConflictError, match=r"backup\.not_empty"):
        back_up(home, tmp_path / "letters", town.NOW)
    other = opened(tmp_path / "other")
    other.apply([Put(town.place("p1"))])
    other.close()
    back_up(tmp_path / "other", tmp_path / "backup", town.NOW)
    with pytest.raises(ConflictError, match=r"backup\.of_another"):
        back_up(home, tmp_path / "backup", town.NOW)
    with pytest.raises(ConflictError, match=r"backup\.inside"):
        back_up(home, home / "backup", town.NOW)
    with pytest.raises(StoreBusyError, match=r"backup\.cannot"):
        back_up(home, tmp_path / "letters" / "letter.txt" / "below", town.NOW)
    assert [file.name for file in (tmp_path / "letters").iterdir()] == ["letter.txt"]


def test_a_damaged_backup_is_not_put_back(home, tmp_path):
    """A flipped bit in any file of a backup is found before anything is touched."""
    back_up(home, tmp_path / "backup", town.NOW)
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    files = [file for file in (tmp_path / "backup").rglob("*") if file.is_file()]
    assert len(files) == 6  # manifest, journal, store, seal and two photos
    for file in files:
        flip(file, file.stat().st_size * 4)
        with pytest.raises(StoreDamagedError, match=r"backup\.damaged"):
            restore(home, tmp_path / "backup", town.NOW)
        flip(file, file.stat().st_size * 4)
    files[0].rename(tmp_path / "away")
    with pytest.raises((StoreDamagedError, ConflictError)):
        restore(home, tmp_path / "backup", town.NOW)
    with pytest.raises(ConflictError, match=r"backup\.none"):
        restore(home, tmp_path / "nowhere", town.NOW)
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before


def test_a_damaged_photo_does_not_stop_a_backup(home, tmp_path):
    """The rest is backed up, and the damaged photo is named."""
    name = photos(home)[0]
    flip(home / PHOTO_FOLDER / name[:2] / name, 3)
    made = back_up(home, tmp_path / "backup", town.NOW)
    assert (made.photos, made.damaged) == (1, (name,))
    assert json.loads((tmp_path / "backup" / "manifest.json").read_text())["photos"] == photos(tmp_path / "backup")


def test_a_damaged_journal_is_not_backed_up(home, tmp_path):
    """The backup from before stays when the journal is not whole any more."""
    back_up(home, tmp_path / "backup", town.NOW)
    flip(home / JOURNAL_FILE, 4_000)
    with pytest.raises(StoreDamagedError, match=r"journal\."):
        back_up(home, tmp_path / "backup", town.NOW)
    restore(tmp_path / "elsewhere", tmp_path / "backup", town.NOW)
    assert places(tmp_path / "elsewhere") == {"p1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_says_what_was_done(home, tmp_path, language):
    """Verifying, rebuilding, backing up and putting back are told in sentences with their figures."""
    said = io.StringIO()
    console = Console(file=said, width=400)
    store, journal = home / STORE_FILE, home / JOURNAL_FILE
    verified = verify(store, journal)
    journal_report.show_verified(console, verified, language)
    journal_report.show_verified(console, Verified(verified.head, 3, held=True, waiting=2), language)
    journal_report.show_verified(console, Verified(Head()), language)
    journal_report.show_rebuilt(console, rebuild(store, journal, town.NOW), language)
    made = back_up(home, tmp_path / "backup", town.NOW)
    journal_report.show_backed_up(console, replace(made, damaged=("a.jpg",) * 11), "backup", language)
    journal_report.show_restored(console, restore(home, tmp_path / "backup", town.NOW), language)
    lines = said.getvalue().splitlines()
    assert len(lines) == 3 + 4 + 1 + 2 + 2 + 2
    assert verified.head.hash[:16] in lines[0]
    assert "portal.duckdb.before-20261122T090000" in lines[9]
    assert "before-20261122T090000" in lines[13]


def test_nothing_is_put_back_while_somebody_holds_the_store(home, tmp_path):
    """Whoever has the store open is told first."""
    back_up(home, tmp_path / "backup", town.NOW)
    store = opened(home)
    with pytest.raises(StoreBusyError):
        restore(home, tmp_path / "backup", town.NOW)
    store.apply([Put(town.place("p2"))])
    store.close()
    assert places(home) == {"p1", "p2"}
