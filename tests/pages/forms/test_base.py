"""What every plain page has: headers, languages, escaping, limits, and errors as pages."""

from __future__ import annotations

import re
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages import wiring
from pages.forms import csrf, going, reading, signing
from pages.forms.reading import MIB, Limits
from pages.server.errors import HANDLERS
from pages.server.plain_routes import PLAIN
from portal.errors import InvalidRecordError
from portal.words import phrases
from tests import clients
from tests.portal.people import ADMINISTRATOR, MEMBER
from tests.town import CODE

LIMITS = Limits(text=100, fields=5, files=2, file_bytes=1000)


@pytest.fixture
def echo():
    """A page that answers with what it read of a form."""

    async def page(request):
        sent = await reading.read(request, LIMITS)
        files = {name: [(file.name, len(file.data)) for file in some] for name, some in sent.files.items()}
        return JSONResponse({"texts": dict(sent.texts), "files": files, "line": sent.text("a"), "area": sent.area("a")})

    app = Starlette(routes=[Route("/", page, methods=["POST"])], exception_handlers=HANDLERS)
    return clients.client(app)


@pytest.mark.parametrize("route", PLAIN, ids=lambda route: route.path)
def test_nothing_inline_runs_on_a_plain_page(store, visit, route):
    """Script and style come from our own files only, by header and by what is written."""
    answer = visit(ADMINISTRATOR).get(route.path)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|style=", answer.text)


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/people", "/outbox", "/reset"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_speaks_one_language_and_has_one_heading(store, visit, path, language):
    """``lang`` is the language, there is one h1, every field has a label, and nothing is kept by caches."""
    answer = visit(ADMINISTRATOR, language=language).get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1>") == 1
    assert answer.headers["cache-control"] == "no-store"
    ids = re.findall(r' id="(f-[^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    labelled = set(re.findall(r'<label for="([^"]+)"', answer.text))
    assert set(ids) <= labelled | {"f-consent"}


def test_the_language_chosen_last_is_kept_on_plain_pages(store, visit):
    """Chosen by link, it stays, whatever the browser asks for; the switch keeps the rest of the address."""
    visitor = visit()
    page = visitor.get(f"/sign-in?next=/account&municipality={CODE}&lang=en").text
    assert '<html lang="en">' in page
    assert f'href="/sign-in?next=%2Faccount&amp;municipality={CODE}&amp;lang=ja"' in page
    assert '<html lang="en">' in visitor.get("/reset").text


def test_the_municipality_goes_along(store, visit):
    """The page names the municipality of the address, and its ways lead on within it."""
    page = visit().get(f"/sign-in?municipality={CODE}").text
    assert "みなも町" in page
    assert f'href="/districts?municipality={CODE}"' in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('"><img src=x onerror=alert(1)>', "&#34;&gt;&lt;img src=x onerror=alert(1)&gt;"),
        ("{{7*7}}", "{{7*7}}"),
        ("${7*7}", "${7*7}"),
        ("</textarea>", "&lt;/textarea&gt;"),
        ("' onfocus='x", "&#39; onfocus=&#39;x"),
    ],
)
def test_text_of_people_is_shown_and_never_runs(store, visit, text, shown):
    """What is typed comes back escaped: in the head, in a sentence, and in the field that it was typed in."""
    visitor = visit(MEMBER)
    said = visitor.follow(visitor.send("/account", name=text, language="ja")).text
    refused = visit().send("/sign-in", email=text, password=text).text
    assert f"<bdi>{shown}</bdi>" in said
    assert f'value="{shown}"' in said
    assert f'value="{shown}"' in refused
    if shown != text:
        assert text not in said + refused


def test_errors_are_pages_for_readers_and_json_for_programs(store, visit):
    """A browser gets a page with the sentence, a program the sentence alone."""
    visitor = visit(MEMBER)
    page = visitor.get("/people")
    assert page.status_code == 403
    assert "<h1>この操作はできません</h1>" in page.text
    asked = visitor.get("/map/places?municipality=00000")
    assert "<h1>" in asked.text
    assert visitor.get("/map/places?municipality=00000", accept="application/json").json()["error"]


def test_what_nobody_foresaw_is_a_page_with_a_number_and_headers(set_up, visit):
    """A store that cannot be opened shows no detail, and the answer still bears the headers."""
    visitor = visit()
    wiring.close()
    (wiring.settings().home / wiring.FILE).write_bytes(b"no store at all" * 1000)
    answer = visitor.get("/sign-in")
    assert answer.status_code in (500, 503)
    assert "duckdb" not in answer.text.lower()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_texts_are_brought_into_one_form(echo):
    """Composed letters and one kind of line break; one line is one line."""
    answer = echo.post("/", data={"a": " か\u3099\r\n\u2028b\r "}).json()
    assert answer["texts"]["a"] == [" が\n\nb\n "]
    assert answer["line"] == "が  b"
    assert answer["area"] == " が\n\nb\n "


@pytest.mark.parametrize("text", ["a\0b", "\x1b[2J", "\x7f", "\x9b", "\ufffe", "\x0b"])
def test_signs_that_no_keyboard_makes_are_refused(echo, text):
    """The sentence names the sign."""
    answer = echo.post("/", data={"a": text})
    assert answer.status_code == 400
    assert "U+" in answer.json()["error"]


def test_a_charset_of_the_senders_choice_brings_no_lone_surrogate(echo):
    """Python's own codecs are no charsets of the web: what they make is refused or harmless."""
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\\ud800\r\n--x--\r\n'
    answer = echo.post(
        "/", content=body, headers={"content-type": "multipart/form-data; boundary=x; charset=unicode_escape"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("data", "files"),
    [
        ({"a": "x" * 101}, None),
        ({f"f{number}": "x" for number in range(6)}, None),
        ({f"f{number}": "x" for number in range(6)}, {"p": b"x"}),
        ({}, {"p": b"x" * 1001}),
        ({}, [("p", b"x")] * 3),
        ({"a": "x" * (2 * MIB)}, None),
        ({"a": "x" * (2 * MIB)}, {"p": b"x"}),
        ({}, {"p": b"x" * (2 * MIB)}),
    ],
)
def test_a_form_over_its_limits_is_refused(echo, data, files):
    """Too long, too many, too large: each is a sentence."""
    answer = echo.post("/", data=data, files=files)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_body_that_claims_to_be_small_is_counted(echo):
    """It is not the length that is announced that counts, but what comes."""

    def pieces():
        for _ in range(64):
            yield b"a=" + b"x" * 65_536

    answer = echo.post("/", content=pieces(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 400


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=", "text/plain", ""])
def test_what_is_no_form_is_no_form(echo, content_type):
    """Whatever else is sent is refused or empty, never a fault of ours."""
    answer = echo.post("/", content=b"--x\r\ngarbage\x00\xff", headers={"content-type": content_type})
    assert answer.status_code in (200, 400)
    assert answer.json().get("texts", {}) == {}


def test_files_come_with_their_content_and_a_name_that_is_only_shown(echo):
    """A name is cut and cleaned, a file that was not chosen is none."""
    sent = [("p", ("../../etc/\x07passwd" + "あ" * 300, b"abc", "image/png")), ("q", ("", b"", "image/png"))]
    answer = echo.post("/", files=sent).json()
    [[name, size]] = answer["files"]["p"]
    assert (size, len(name)) == (3, 200)
    assert "\x07" not in name
    assert "q" not in answer["files"]


@given(st.text(max_size=40))
def test_whatever_is_typed_is_cleaned_once_and_for_all(text):
    """Cleaning what was cleaned changes nothing, or the text is refused."""
    try:
        once = reading.clean(text)
    except InvalidRecordError:
        return
    assert reading.clean(once) == once
    assert "\r" not in once


@given(st.text(max_size=30))
def test_a_way_on_is_a_path_of_ours(text):
    """Whatever ``next`` says, the way begins with exactly one slash and holds nothing strange."""
    for asked in (text, f"/{text}", f"//{text}", f"/\\{text}"):
        path = going.own_path(asked)
        assert path.startswith("/")
        assert not path.startswith(("//", "/\\"))
        assert path.isascii()


def test_the_key_is_the_portals_own(home):
    """It is made once, readable by the portal's user only, and what another key signed is nothing."""
    text = signing.sign("form", "x")
    key = home / signing.FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert signing.read("form", text, 60) == "x"
    assert signing.read("said", text, 60) is None
    assert signing.read("form", text + "x", 60) is None
    key.write_bytes(b"another key altogether, 32 bytes")
    signing._key.cache_clear()  # noqa: SLF001  # as after a restart
    assert signing.read("form", text, 60) is None


def test_a_flash_cannot_be_forged(store, visit):
    """A sentence in a cookie that the portal did not sign is not said."""
    visitor = visit()
    visitor.browser.cookies.set("__Host-ibasho-said", '["sign_in.saved",{},""]', "ibasho.example", "/")
    assert phrases("ja")["sign_in.saved"] not in visitor.get("/sign-in").text


def test_every_form_is_a_post_with_its_token(store, visit):
    """No page of ours has a form that another site could send."""
    for path in ("/sign-in", "/account", "/people", "/outbox", "/reset"):
        page = visit(ADMINISTRATOR).get(path).text
        forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
        assert forms
        assert all('method="post"' in form and f'name="{csrf.FIELD}"' in form for form in forms)
