"""Photos in a folder: found by their content, never by a path, and damage is seen."""

from __future__ import annotations

import hashlib
import os
from threading import Thread

import pytest

from db.photo_folder import PhotoFolder

DATA = b"\xff\xd8\xff a picture"
NAME = f"{hashlib.sha256(DATA).hexdigest()}.jpg"


@pytest.fixture
def folder(tmp_path):
    """A folder that is not there yet."""
    return PhotoFolder(tmp_path / "var" / "photos")


def test_a_photo_comes_back_by_its_name(folder):
    """What was kept is read again by the name that was given, in a folder named by its first two letters."""
    assert folder.names() == []
    assert folder.keep(DATA, "jpg") == NAME
    assert folder.read(NAME) == DATA
    assert folder.names() == [NAME]
    assert (folder.path / NAME[:2] / NAME).read_bytes() == DATA


def test_a_photo_sent_twice_is_one_file(folder):
    """The same picture has the same name and lies there once."""
    assert folder.keep(DATA, "jpg") == folder.keep(DATA, "jpg")
    assert len(list(folder.path.rglob("*.*"))) == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/hostname",
        "/etc/hostname",
        f"../{NAME}",
        f"{NAME[:2]}/{NAME}",
        f"{NAME}\n",
        f"{NAME}\0",
        NAME.upper(),
        NAME.replace(".jpg", ".exe"),
        f"{NAME}:stream",
        "CON",
        "a" * 300,
        f"{'0' * 64}.jpg",
    ],
)
def test_a_name_that_is_none_leads_nowhere(folder, name):
    """A path, another ending, a name with more to it: there is no such photo."""
    folder.keep(DATA, "jpg")
    assert folder.read(name) is None


@pytest.mark.parametrize("suffix", ["exe", "jpg/../../x", "", "jpg\0", "svg"])
def test_another_ending_is_not_kept(folder, suffix):
    """Only the endings of photos are written, and nothing is left behind by a refusal."""
    with pytest.raises(ValueError, match=r".*"):
        folder.keep(DATA, suffix)
    assert not folder.path.exists()


def test_damage_is_seen_and_not_served(folder):
    """A flipped bit, a cut and an emptied file are named, and none of them is read."""
    names = [folder.keep(DATA + bytes([number]), "jpg") for number in range(4)]
    files = [folder.path / name[:2] / name for name in names]
    files[0].write_bytes(bytes([files[0].read_bytes()[0] ^ 1]) + files[0].read_bytes()[1:])
    files[1].write_bytes(files[1].read_bytes()[:-1])
    files[2].write_bytes(b"")
    assert folder.damaged() == sorted(names[:3])
    assert [folder.read(name) for name in names] == [None, None, None, DATA + bytes([3])]


def test_a_damaged_photo_is_mended_by_keeping_it_again(folder):
    """Keeping a picture whose file is damaged writes it anew."""
    folder.keep(DATA, "jpg")
    (folder.path / NAME[:2] / NAME).write_bytes(b"rubbish")
    folder.keep(DATA, "jpg")
    assert folder.read(NAME) == DATA


def test_a_link_is_not_followed(folder, tmp_path):
    """A link in the place of a photo is damage, even when it leads to the right content."""
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(DATA)
    (folder.path / NAME[:2]).mkdir(parents=True)
    (folder.path / NAME[:2] / NAME).symlink_to(outside)
    assert folder.read(NAME) is None
    assert folder.damaged() == [NAME]


def test_a_file_cut_off_while_written_is_no_photo(folder):
    """What a crash leaves behind is not listed, and other files in the folder are not photos."""
    folder.keep(DATA, "jpg")
    part = folder.path / NAME[:2]
    (part / f".{NAME}.0123abcd").write_bytes(DATA[:3])
    (part / "Thumbs.db").write_bytes(b"")
    (folder.path / "README").write_bytes(b"")
    assert folder.names() == [NAME]


def test_many_at_once_keep_whole_files(folder):
    """Eight that keep the same and other photos at once leave whole files and nothing else."""

    def keep(number: int) -> None:
        for index in range(10):
            folder.keep(DATA + bytes([index]), "jpg")
            folder.keep(DATA + bytes([number, index]), "png")

    threads = [Thread(target=keep, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(folder.names()) == 90
    assert folder.damaged() == []
    assert sum(len(files) for _, _, files in os.walk(folder.path)) == 90
