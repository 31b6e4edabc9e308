"""Signing in and out by the plain form: cookies, ways back, limits, and what other sites cannot do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.forms import cookies, csrf
from portal import clock, identity
from portal.permissions import ANYBODY
from portal.store import Put
from tests.portal.people import ADMINISTRATOR, MEMBER, OWNER, STAFF
from tests.portal.signing import OTHER, PASSWORD, kept_password

EMAIL = "owner@example.jp"


@pytest.fixture
def town(store):
    """The store, with a password for the owner."""
    store.apply([Put(replace(OWNER.account, password=kept_password()))])
    return store


def test_signing_in_sets_the_one_cookie(town, visit):
    """The cookie is __Host-, Secure, HttpOnly, SameSite=Lax, for the whole host, and goes with the window."""
    answer = visit().send("/sign-in", email=EMAIL, password=PASSWORD)
    assert answer.status_code == 303
    [cookie] = [text for text in answer.headers.get_list("set-cookie") if text.startswith("__Host-ibasho=")]
    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}


def test_one_is_oneself_until_one_signs_out(town, visit):
    """The name stands in every page's head; after signing out the same token is nobody's."""
    visitor = visit()
    visitor.send("/sign-in", email=EMAIL, password=PASSWORD)
    assert "owner さん、ログインしました" in visitor.get("/account").text
    assert "ログインしました" not in visitor.get("/account").text
    token = visitor.browser.cookies[cookies.SESSION]
    page = visitor.get("/account")
    assert '<span class="name"><bdi>owner</bdi></span>' in page.text
    out = visitor.send("/account", to="/sign-out")
    assert out.headers["location"] == "/sign-in"
    assert cookies.SESSION not in visitor.browser.cookies
    assert identity.actor(town, token, clock.now()) is ANYBODY
    assert 'data-clear="*"' in visitor.get("/sign-in").text


def test_a_sign_in_takes_no_token_from_before(town, visit):
    """A cookie that somebody planted is replaced, never adopted (CKAN CVE-2025-64100)."""
    visitor = visit()
    visitor.plant("planted-by-somebody-else")
    visitor.send("/sign-in", email=EMAIL, password=PASSWORD)
    assert identity.actor(town, visitor.browser.cookies[cookies.SESSION], clock.now()).id == OWNER.id
    assert identity.actor(town, "planted-by-somebody-else", clock.now()) is ANYBODY


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.jp", "no address"])
def test_a_wrong_password_and_an_unknown_address_look_alike(town, visit, email):
    """The same status and the same page, but for the address that was typed."""
    answer = visit().send("/sign-in", email=email, password=OTHER)
    assert answer.status_code == 400
    assert "メールアドレスかパスワードが違います。" in answer.text
    assert f'value="{email}"' in answer.text
    assert OTHER not in answer.text


def test_the_eleventh_wrong_try_is_told_to_wait(town, visit):
    """Too many tries are a 429 that says from when one can try again."""
    visitor = visit()
    for _ in range(10):
        assert visitor.send("/sign-in", email=EMAIL, password=OTHER).status_code == 400
    answer = visitor.send("/sign-in", email=EMAIL, password=PASSWORD)
    assert answer.status_code == 429
    assert "以降にもう一度お試しください" in answer.text


def test_a_forged_forwarded_address_is_no_way_round(town, visit):
    """Without a trusted proxy X-Forwarded-For says nothing: the peer is counted."""
    visitor = visit()
    for number in range(10):
        fields = {csrf.FIELD: visitor.hidden("/sign-in"), "email": f"x{number}@example.jp", "password": OTHER}
        visitor.browser.post("/sign-in", data=fields, headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert visitor.send("/sign-in", email=EMAIL, password=PASSWORD).status_code == 429


def test_behind_a_proxy_the_address_that_it_noted_counts(town, set_up, visit):
    """Behind a trusted proxy the last entry counts; what a client wrote before it does not."""
    set_up(trusted_proxy="on")
    visitor = visit()
    for number in range(10):
        fields = {csrf.FIELD: visitor.hidden("/sign-in"), "email": f"x{number}@example.jp", "password": OTHER}
        noted = {"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"}
        visitor.browser.post("/sign-in", data=fields, headers=noted)
    fields = {csrf.FIELD: visitor.hidden("/sign-in"), "email": EMAIL, "password": PASSWORD}
    assert visitor.browser.post("/sign-in", data=fields, headers=noted).status_code == 429
    elsewhere = {"x-forwarded-for": "203.0.113.9, 203.0.113.10"}
    assert visitor.browser.post("/sign-in", data=fields, headers=elsewhere).status_code == 303


def test_pages_that_need_a_sign_in_lead_to_it_and_back(town, visit):
    """Who opens such a page signs in and is led on to it, language and all."""
    visitor = visit()
    first = visitor.get("/account?lang=en")
    assert first.status_code == 303
    page = visitor.follow(first)
    assert '<html lang="en">' in page.text
    assert 'name="next" value="/account?lang=en"' in page.text
    answer = visitor.send(first.headers["location"], email=EMAIL, password=PASSWORD, next="/account?lang=en")
    assert answer.headers["location"] == "/account?lang=en"


@pytest.mark.parametrize(
    "evil",
    [
        "javascript:alert(1)",
        " JaVa\tscript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https://evil.example/",
        "https:evil.example",
        "///evil.example",
        "/%0d%0aSet-Cookie:x\r\n",
        "",
        "/" + "a" * 5000,
    ],
)
def test_nobody_is_led_to_another_site(town, visit, evil):
    """What is no path of ours leads to the front page (Indico CVE-2024-45399)."""
    visitor = visit()
    page = visitor.browser.get("/sign-in", params={"next": evil})
    assert 'name="next" value="/"' in page.text
    answer = visitor.send("/sign-in", email=EMAIL, password=PASSWORD, next=evil)
    if answer.status_code == 303:
        assert answer.headers["location"] == "/"
    else:
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_other_sites_send_no_form(town, visit, headers):
    """A form that another site sends, or that comes from nowhere, is refused even with everything right."""
    visitor = visit()
    fields = {csrf.FIELD: visitor.hidden("/sign-in"), "email": EMAIL, "password": PASSWORD}
    assert visitor.browser.post("/sign-in", data=fields, headers=headers).status_code == 403
    assert town.sessions_of(OWNER.id) == []


def test_a_form_is_good_for_whom_it_was_shown_to(town, visit):
    """Without it, with another visitor's, or with one from before the sign-in, nothing is done."""
    mine, hers = visit(MEMBER), visit(OWNER)
    stolen = hers.hidden("/account")
    for hidden in ("", "x", stolen, visit().hidden("/sign-in")):
        answer = mine.browser.post("/account", data={csrf.FIELD: hidden, "end_all": "1"})
        assert answer.status_code == 403
    assert len(town.sessions_of(MEMBER.id)) == 1
    assert mine.send("/account", end_all="1").status_code == 303


def test_signing_out_needs_the_form(town, visit):
    """No link and no other site signs anybody out."""
    visitor = visit(OWNER)
    assert visitor.get("/sign-out").status_code == 405
    assert visitor.browser.post("/sign-out").status_code == 403
    assert len(town.sessions_of(OWNER.id)) == 1


def test_without_https_there_is_no_sign_in(town, visit):
    """On plain http elsewhere than this machine one sentence says why; no form, no cookie, no session."""
    visitor = visit(base="http://ibasho.example.local")
    page = visitor.get("/sign-in")
    assert "https://" in page.text
    assert 'type="password"' not in page.text
    hidden = visitor.hidden("/reset")
    answer = visitor.browser.post("/sign-in", data={csrf.FIELD: hidden, "email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 403
    assert cookies.SESSION not in visitor.browser.cookies
    assert town.sessions_of(OWNER.id) == []


def test_a_suspended_person_is_told_so(town, visit):
    """With the right password the sentence says that the account is suspended; the session in use ends at once."""
    visitor = visit(OWNER)
    answer = visit(ADMINISTRATOR).send("/people", account=OWNER.id, suspend="1")
    assert answer.status_code == 303
    assert visitor.get("/account").status_code == 303
    assert "利用を停止されています" in visit().send("/sign-in", email=EMAIL, password=PASSWORD).text


def test_ones_own_account_can_be_changed(town, visit):
    """Name, language and password; a new password signs out everywhere."""
    visitor = visit(OWNER)
    assert visitor.send("/account", name="<script>川上</script>", language="en").status_code == 303
    page = visitor.get("/account")
    assert "&lt;script&gt;川上&lt;/script&gt;" in page.text
    assert "<script>川上" not in page.text
    wrong = visitor.send("/account", renew="1", old=OTHER, new=OTHER)
    assert wrong.status_code == 400
    assert 'href="#f-old"' in wrong.text
    short = visitor.send("/account", renew="1", old=PASSWORD, new="いばしょいばしょいばしょいばしょ")
    assert 'href="#f-new"' in short.text
    assert visitor.send("/account", renew="1", old=PASSWORD, new=OTHER).status_code == 303
    assert visitor.get("/account").status_code == 303
    assert visit().send("/sign-in", email=EMAIL, password=OTHER).status_code == 303


def test_names_are_checked(town, visit):
    """An empty name is refused beside its field, and the title says so."""
    page = visit(OWNER).send("/account", name=" ", language="ja")
    assert page.status_code == 400
    assert 'href="#f-name"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert "<title>入力の確認:" in page.text


@pytest.mark.parametrize("who", [MEMBER, STAFF])
def test_the_list_of_people_is_for_administrators(store, visit, who):
    """Everybody else is refused, by address and by form, and is offered no way to it."""
    assert visit().get("/people").headers["location"].startswith("/sign-in")
    visitor = visit(who)
    assert visitor.get("/people").status_code == 403
    assert 'href="/people"' not in visitor.get("/account").text
    answer = visitor.send("/account", to="/people", account=OWNER.id, suspend="1")
    assert answer.status_code == 403
    assert store.account(OWNER.id) == OWNER.account
