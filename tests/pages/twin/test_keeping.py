"""The twin follows the store: only what changed is written, and what is no longer public goes first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pages import wiring
from pages.plain import tags
from pages.plain.sort import Page, Sort
from portal import moderation, posting
from portal.editing import edit
from portal.errors import GoneError, StoreBusyError
from portal.model.account import Account
from portal.model.kind import Kind, Shape
from portal.model.post import Photo
from portal.store import Drop, Put
from tests import town
from tests.pages.twin.conftest import MIDNIGHT, tree
from tests.portal import people

if TYPE_CHECKING:
    from pages.plain.here import Here
    from pages.twin.keeping import Keeper

ONE = "ja/99901/place/p1/index.html"
OTHER = "ja/99901/place/p2/index.html"


def sort(name: str, make, **values) -> dict[str, Sort]:
    """One sort of page of the town's places, made by ``make(here, keys)``."""

    def every(here: Here):
        return [
            {"lang": "ja", "code": town.CODE, "id": item.id}
            for item in here.store.places_of(town.CODE)
            if item.gone_on is None
        ]

    return {name: Sort(name, every, make, **values)}


def named(here: Here, keys) -> Page:
    """A page that says a place's name."""
    place = here.store.place(keys["id"])
    if place is None:
        raise GoneError("public.place_gone", name="")
    return Page(place.facts.name.encode(), frozenset({tags.thing(place.id)}))


def stamps(keeper: Keeper) -> dict[str, int]:
    """When each file was last written, by its place on the disk."""
    root = keeper.folder.root
    return {file.relative_to(root).as_posix(): file.stat().st_ino for file in root.rglob("*") if file.is_file()}


def test_only_what_a_change_touches_is_written(keep, minamo):
    """After a place has another name its own page is another file, and the other place's page is untouched."""
    keeper = keep()
    keeper.once()
    before = stamps(keeper)
    edit(minamo, "p1", {"name": "あたらしいサロン"}, town.TODAY)
    keeper.once()
    after = stamps(keeper)
    assert "あたらしいサロン" in (keeper.folder.root / ONE).read_text(encoding="utf-8")
    assert before[ONE] != after[ONE]
    assert before[OTHER] == after[OTHER]
    assert before["leaflet/leaflet.js"] == after["leaflet/leaflet.js"]


def test_nothing_is_made_after_a_change_of_what_is_not_public(keep, minamo):
    """An account or a draft changes no page, and none is made anew."""
    keeper = keep()
    keeper.once()
    minamo.apply([Put(Account("account-new", "new@example.jp", "new"))])
    posting.create(minamo, people.OWNER, "group-hidamari", people.facts(), people.NOW)
    keeper.look()
    assert keeper.waiting == 0


def test_what_everybody_sees_with_new_kinds_is_made_anew(keep, minamo):
    """A new kind of every municipality touches every page."""
    keeper = keep()
    keeper.once()
    minamo.apply([Put(Kind("garden", "菜園", "Garden", "#225522", Shape.CIRCLE, "菜"))])
    keeper.look()
    assert keeper.waiting >= len(keeper.entries) > 0


def test_a_page_of_what_is_gone_goes_before_anything_is_made(keep, minamo):
    """To look is enough: the page and its folder are gone, though others wait to be made."""
    keeper = keep()
    keeper.once()
    minamo.apply([Drop(type(minamo.place("p1")), ("p1",))])
    keeper.look()
    assert not (keeper.folder.root / ONE).parent.exists()
    assert (keeper.folder.root / OTHER).exists()


def test_a_slow_file_out_of_date_is_removed_at_once_and_made_later(keep, minamo):
    """Until it is made again nobody reads what no longer holds."""
    keeper = keep(of=sort("sheet_pdf", named, slow=True) | sort("place", named))
    keeper.once()
    sheet = keeper.folder.root / "ja/99901/district/p1/sheet.pdf"
    assert sheet.read_text(encoding="utf-8") == "ひだまりサロン"
    edit(minamo, "p1", {"name": "新"}, town.TODAY)
    keeper.look()
    assert not sheet.exists()
    keeper.once(slow=False)
    assert not sheet.exists()
    assert (keeper.folder.root / ONE).read_text(encoding="utf-8") == "新"
    keeper.once()
    assert sheet.read_text(encoding="utf-8") == "新"


def test_a_page_that_cannot_be_made_keeps_no_other_back_and_does_not_stay(keep, minamo, caplog):
    """It is told of, its old file is removed, the others are made; once it can be made it is there again."""
    broken = []

    def make(here, keys) -> Page:
        if keys["id"] in broken:
            raise RuntimeError(keys["id"])
        return named(here, keys)

    keeper = keep(of=sort("place", make))
    keeper.once()
    broken.append("p1")
    for name in ("一", "二"):
        minamo.apply([Put(town.place("p1", name)), Put(town.place("p2", name))])
        keeper.once()
        assert not (keeper.folder.root / ONE).exists()
        assert (keeper.folder.root / OTHER).read_text(encoding="utf-8") == name
    assert "ja/99901/place/p1/" in caplog.text
    assert keeper.failed == {"ja/99901/place/p1/"}
    broken.clear()
    edit(minamo, "p2", {"name": "三"}, town.TODAY)
    keeper.once()
    assert (keeper.folder.root / ONE).read_text(encoding="utf-8") == "二"


def test_a_store_that_does_not_answer_takes_no_page_away(keep, minamo):
    """What is there stays, what is to be made goes on waiting, and the fault is told on."""
    keeper = keep()
    keeper.once()
    edit(minamo, "p1", {"name": "新"}, town.TODAY)
    keeper.look()
    waiting = keeper.waiting
    minamo.close()
    with pytest.raises(StoreBusyError):
        keeper.step()
    assert keeper.waiting == waiting
    assert (keeper.folder.root / ONE).exists()


def test_a_sort_that_cannot_say_its_pages_keeps_no_other_back(keep, minamo):
    """Its known pages are kept up, and go where they are no longer public."""
    listed = []

    def every(here: Here):
        if listed:
            raise RuntimeError
        return [{"lang": "ja", "code": town.CODE, "id": name} for name in ("p1", "p2")]

    keeper = keep(of={"place": Sort("place", every, named)})
    keeper.once()
    listed.append("broken")
    edit(minamo, "p2", {"name": "二"}, town.TODAY)
    minamo.apply([Drop(type(minamo.place("p1")), ("p1",))])
    keeper.once()
    assert not (keeper.folder.root / ONE).exists()
    assert (keeper.folder.root / OTHER).read_text(encoding="utf-8") == "二"


def test_dates_that_are_laid_out_after_their_record_are_seen(keep, minamo):
    """A place's dates are laid out in a change of their own; the pages of the last change are made once more."""
    seen = []

    def make(here, keys) -> Page:
        seen.append(keys["id"])
        return Page(here.store.data_version().encode(), frozenset({tags.thing(keys["id"])}))

    keeper = keep(of=sort("place", make))
    keeper.once()
    minamo.apply([Put(town.place("p1", "一"))])
    keeper.once()
    seen.clear()
    minamo.lay_out([], town.TODAY, town.TODAY + timedelta(days=1), ["p1"])
    keeper.once()
    assert seen == ["p1"]


def test_at_midnight_what_says_what_comes_next_is_made_anew(minamo, keep):
    """A page of the day is another on the next day; a page that is not stays."""
    days = [MIDNIGHT]

    def make(here, keys) -> Page:
        return Page(here.today.isoformat().encode(), frozenset({tags.DAY} if keys["id"] == "p1" else ()))

    keeper = keep(of=sort("place", make))
    today = keeper._here()  # noqa: SLF001  # the same portal on another day
    keeper._here = lambda: type(today)(today.store, today.settings, days[-1], today.base)  # noqa: SLF001  # as above
    keeper.once()
    days.append(MIDNIGHT + timedelta(days=1))
    keeper.once()
    assert (keeper.folder.root / ONE).read_text(encoding="utf-8") == "2026-11-23"
    assert (keeper.folder.root / OTHER).read_text(encoding="utf-8") == "2026-11-22"


def test_what_was_kept_need_not_be_made_again(keep, tmp_path):
    """A portal that was stopped in order begins where it ended: nothing is made, and a lost file is."""
    kept = tmp_path / "manifest.gz"
    first = keep()
    first.once()
    first.save(kept)
    (first.folder.root / ONE).unlink()
    (first.folder.root / "leaflet/leaflet.js").unlink()
    second = keep()
    second.take(kept)
    assert not kept.exists()
    assert second.waiting == 1
    second.once()
    assert tree(second)[ONE]
    assert tree(second)["leaflet/leaflet.js"]


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b", b"no gzip"])
def test_without_what_was_kept_everything_is_compared(keep, minamo, tmp_path, damage):
    """After a kill, a change in between, or with a damaged note, every page is made and what is not known goes."""
    kept = tmp_path / "manifest.gz"
    first = keep()
    first.once()
    first.save(kept)
    if damage:
        kept.write_bytes(damage)
    else:
        minamo.apply([Put(town.place("p1", "その間に"))])
    stray = first.folder.root / "ja/99901/post/hidden/index.html"
    stray.parent.mkdir(parents=True)
    stray.write_text("old", encoding="utf-8")
    second = keep()
    second.take(kept)
    second.look()
    assert not stray.exists()
    second.once()
    afresh = keep("afresh")
    afresh.once()
    assert tree(second) == tree(afresh)


def test_a_photo_is_there_as_long_as_a_public_post_shows_it(keep, minamo, home):
    """It comes with the approval and goes when the post is hidden."""
    content = b"\xff\xd8\xff\xe0 a picture"
    name = wiring.photos().keep(content, "jpg")
    shown = people.facts(photos=(Photo(name, "会場", 4, 3),))
    post = posting.create(minamo, people.OWNER, "group-hidamari", shown, people.NOW)
    keeper = keep()
    keeper.once()
    file = keeper.folder.root / "photos" / name
    assert not file.exists()
    post = posting.submit(minamo, people.OWNER, post.id, people.NOW)
    post = moderation.approve(minamo, people.STAFF, post.id, post.number, "", people.NOW)
    keeper.once()
    assert file.read_bytes() == content
    moderation.hide(minamo, people.STAFF, post.id, post.number, "理由", people.NOW)
    keeper.once()
    assert not file.exists()
