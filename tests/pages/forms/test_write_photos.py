"""Photos in the editor: cleaned before they are kept, described, put in order, seen by their sender only."""

from __future__ import annotations

import html
import io
import re

import pytest
from PIL import Image

from geodata.photos import BYTES_MAX
from pages import wiring
from pages.forms import signing, write_photos
from portal.model.post import Photo, PostState
from tests.geodata import photo_files
from tests.pages.forms.writing import LEAST, NEW, only, standing, text
from tests.portal import people

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'


def picture(red=200):
    """A small photo of one colour, so that two differ."""
    return photo_files.saved(Image.new("RGB", (60, 40), (red, 90, 90)))


def upload(visitor, *files, do="photos", path=NEW, **fields):
    """Send the form with files, each a name and its bytes."""
    return visitor.send(path, files=[("photo_file", file) for file in files], **{**LEAST, "do": do, **fields})


def alts(page):
    """The fields of descriptions, in the order of the page."""
    return re.findall(r'name="(photo_alt_[0-9a-f]+)"', page.text)


def test_a_photo_is_cleaned_kept_and_described(visit, store):
    """It is redrawn, kept by its content, shown with a field for its description, and becomes part of the post."""
    visitor = visit(people.MEMBER)
    page = upload(visitor, ("旅.jpg", photo_files.told_on("JPEG")))
    assert page.status_code == 200
    [field] = alts(page)
    assert len(wiring.photos().names()) == 1
    assert b"GPS" not in wiring.photos().read(wiring.photos().names()[0])
    visitor.send(NEW, **{**standing(page), field: "お茶を飲む人たち", "do": "save"})
    [photo] = only(store).facts.photos
    assert (photo.name, photo.alt) == (wiring.photos().names()[0], "お茶を飲む人たち")


def test_a_photo_can_come_with_the_post_at_once(visit, store):
    """One file and its description beside it need no further button."""
    upload(visit(people.MEMBER), ("a.jpg", picture()), do="save", photo_alt_new="赤い布")
    assert [photo.alt for photo in only(store).facts.photos] == ["赤い布"]


def test_a_missing_description_is_asked_for(visit, store):
    """A photo without a description leads back to its field, with the photo kept and nothing written."""
    page = upload(visit(people.MEMBER), ("a.jpg", picture()), do="submit")
    assert page.status_code == 400
    [field] = alts(page)
    assert f'href="#f-{field}"' in page.text
    assert len(standing(page)["photo"]) == 1
    assert store.posts_of_group("group-hidamari") == []


def test_photos_are_put_in_order_and_taken_out(visit, store):
    """A photo goes one place up, or out, by a button of its own; what was typed stays."""
    visitor = visit(people.MEMBER)
    page = upload(visitor, ("a.jpg", picture(10)), ("b.jpg", picture(250)))
    first, second = alts(page)
    up = visitor.send(NEW, **{**standing(page), "photo_up": second.removeprefix("photo_alt_")})
    assert alts(up) == [second, first]
    out = visitor.send(NEW, **{**standing(up), "photo_remove": first.removeprefix("photo_alt_")})
    assert alts(out) == [second]
    assert standing(out)["title"] == ["もちつき大会"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("good.png", SVG, "JPEG、PNG、WebP"),
        ("page.png", b"<html><script>alert(1)</script></html>", "JPEG、PNG、WebP"),
        ("big.png", photo_files.blank_png(13_000, 13_000), "画素"),
        ("cut.jpg", photo_files.small_jpeg()[:200], "壊れて"),
        ("zip.jpg", photo_files.small_jpeg() + photo_files.archive(), "別のもの"),
        ("large.jpg", b"\xff\xd8\xff" + bytes(BYTES_MAX), "大きすぎます"),
        ("a.pdf", b"%PDF-1.7 ...", "JPEG、PNG、WebP"),
    ],
    ids=[
        "svg-as-png (CKAN CVE-2021-25967)",
        "page",
        "169 megapixels",
        "cut off",
        "with an archive",
        "too large",
        "pdf",
    ],
)
def test_what_is_no_photo_is_said_and_nothing_else_is_lost(visit, store, name, data, said):
    """The rest of the form stays as it was typed, other photos too, and nothing of the file is kept."""
    page = upload(visit(people.MEMBER), (name, data), text="長い文章")
    assert said in text(page)
    assert name in text(page)
    assert (standing(page)["title"], standing(page)["text"]) == (["もちつき大会"], ["長い文章"])
    assert wiring.photos().names() == []


def test_a_good_photo_beside_a_bad_one_is_kept(visit, store):
    """One file that cannot be used takes no other with it."""
    page = upload(visit(people.MEMBER), ("bad.png", SVG), ("good.jpg", picture()))
    assert len(alts(page)) == 1
    assert "bad.png" in text(page)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.jpg",
        "CON",
        "a.exe:x.jpg",
        "長" * 300 + ".jpg",
        "a\x00b.jpg",
        "<img src=x onerror=alert(1)>.jpg",
    ],
    ids=["../", "CON", "stream", "300 characters", "NUL", "markup (Decidim CVE-2023-51447)"],
)
def test_the_name_of_a_file_is_never_a_path_nor_markup(visit, store, name):
    """Whatever a file is called, it is kept by its content inside the folder, and its name is at most text."""
    visitor = visit(people.MEMBER)
    page = upload(visitor, (name, picture()))
    assert len(alts(page)) == 1
    [kept] = wiring.photos().names()
    assert re.fullmatch(r"[0-9a-f]{64}\.jpg", kept)
    assert [file.name for file in wiring.photos().path.rglob("*") if file.is_file()] == [kept]
    refused = upload(visitor, (name, SVG))
    assert "<img src=x" not in refused.text


def test_more_than_ten_are_said(visit, store):
    """A post has ten photos at most; those that fit are kept."""
    visitor = visit(people.MEMBER)
    page = upload(visitor, *[(f"{one}.jpg", picture(one)) for one in range(0, 180, 20)])
    assert len(alts(page)) == 9
    page = visitor.send(
        NEW,
        files=[("photo_file", ("x.jpg", picture(200))), ("photo_file", ("y.jpg", picture(250)))],
        **{**standing(page), "do": "photos"},
    )
    assert len(alts(page)) == 10
    assert "多すぎます" in text(page)


def test_a_photo_is_seen_by_its_sender_only(visit, store):
    """Before the post is seen its photo is shown to who sent it, and to nobody else, whatever address they know."""
    page = upload(visit(people.MEMBER), ("a.jpg", picture()))
    address = html.unescape(re.search(r'src="(/write/photo[^"]+)"', page.text)[1])
    seen = visit(people.MEMBER).get(address)
    assert seen.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(seen.content)).size == (60, 40)
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert visit(people.NEIGHBOUR).get(address).status_code == 404
    assert visit().get(address).status_code == 303


def test_a_photo_that_was_not_sent_cannot_be_claimed(visit, store):
    """A name that one knows of another's photo, unsigned or signed for another, adds nothing to a post."""
    name = wiring.photos().keep(picture(), "jpg")
    of_another = signing.sign(write_photos.PURPOSE, [name, 60, 40, people.OWNER.id])
    for token in (name, f"{name}.x", of_another):
        page = visit(people.MEMBER).send(NEW, **LEAST, do="save", photo=token)
        assert page.status_code == 400
        assert "外れました" in text(page)
    assert store.posts_of_group("group-hidamari") == []


def test_photos_of_a_post_are_shown_again(visit, store):
    """Opening a post shows its photos with their descriptions; leaving one out takes it from the post."""
    name = wiring.photos().keep(picture(), "jpg")
    post = people.kept(store, PostState.DRAFT, facts=people.facts(photos=(Photo(name, "赤い布", 60, 40),)))
    visitor, path = visit(people.MEMBER), f"/write?id={post.id}"
    page = visitor.get(path)
    assert standing(page)[alts(page)[0]] == ["赤い布"]
    out = visitor.send(path, **{**standing(page), "photo_remove": name[:16]})
    visitor.send(path, **{**standing(out), "do": "save"})
    assert only(store).facts.photos == ()
