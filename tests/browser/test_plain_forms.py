"""The plain pages in a real browser: signing in, unsaved text, without scripts, by keyboard, on a phone."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from db import open_store
from portal.store import Put
from tests import town
from tests.browser.conftest import LOCALES, Watch, running_portal
from tests.browser.plain_faults import faults_of
from tests.portal import people
from tests.portal.signing import OTHER, PASSWORD, kept_password

EMAIL = "admin@example.jp"
PAGES = ("/sign-in", "/reset", "/account", "/people", "/outbox", "/invitation?t=x")
LOW = (
    "[...document.querySelectorAll('a, button, input:not([type=hidden]), select')].filter(it =>"
    " !it.closest('.skip, .box, li, p:not(.brand)') && it.checkVisibility() &&"
    " it.getBoundingClientRect().height < 44).map(it => it.outerHTML.slice(0, 80))"
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal that runs for real over the invented town, whose administrator has a password."""
    home = tmp_path_factory.mktemp("forms")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    store.apply([Put(replace(people.ADMINISTRATOR.account, password=kept_password()))])
    store.close()
    with running_portal(home) as url:
        yield url


@pytest.fixture
def open_here(browser, portal):
    """Open pages of this portal, watched: ``open_here(path, width=360, language="en", scripts=True)``."""
    contexts, watch = [], Watch(urlsplit(portal).netloc)

    def open_one(path="/sign-in", *, width=1280, language="ja", scripts=True):
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, locale=LOCALES[language], java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(portal + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    # Chromium writes every answer of 400 and above to the console; these pages provoke some.
    assert [fault for fault in watch.faults if "the server responded with a status" not in fault] == []


def sign_in(page, password=PASSWORD):
    """Fill the form in and send it."""
    page.locator("#f-email").fill(EMAIL)
    page.locator("#f-password").fill(password)
    page.locator("button.main").click()


def test_one_signs_in_on_this_machine_without_https(open_here):
    """Chromium takes the __Host- cookie from http://127.0.0.1, and the screens know who looks at them."""
    page = open_here("/sign-in?next=/account")
    sign_in(page)
    expect(page.locator("h1")).to_have_text("自分の設定")
    [cookie] = [item for item in page.context.cookies() if item["name"] == "__Host-ibasho"]
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    page.goto(urlsplit(page.url)._replace(path="/about", query="").geturl())
    expect(page.locator(".who.in")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="ログアウト", exact=True).click()
    expect(page.locator(".note")).to_have_text("ログアウトしました。")
    assert [item for item in page.context.cookies() if item["name"] == "__Host-ibasho"] == []


def test_one_signs_in_without_scripts(open_here):
    """Everything works with scripts switched off."""
    page = open_here("/sign-in?next=/people", scripts=False)
    sign_in(page, OTHER)
    expect(page.locator("#faults")).to_contain_text("パスワードが違います")
    sign_in(page)
    expect(page.locator("h1")).to_have_text("利用者")


def test_one_signs_in_with_the_keyboard_alone(open_here):
    """Tab, type, Enter; the first stop is the way past the head."""
    page = open_here("/sign-in?next=/account")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("自分の設定")


def test_a_fault_takes_the_focus_and_leads_to_its_field(open_here):
    """The summary is where one is after sending; its link goes to the field."""
    page = open_here("/reset")
    page.locator("#f-email").fill("no address")
    page.locator("button.main").click()
    expect(page.locator("#faults")).to_be_focused()
    page.locator("#faults a").click()
    expect(page.locator("#f-email")).to_be_focused()
    expect(page.locator("#f-email")).to_have_attribute("aria-describedby", " e-email")


def test_a_password_can_be_looked_at(open_here):
    """The button shows it and hides it again, and it is a password when it is sent."""
    page = open_here()
    page.locator("#f-password").fill("見てみる")
    page.get_by_role("button", name="パスワードを表示する").click()
    expect(page.locator("#f-password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="パスワードを隠す").click()
    expect(page.locator("#f-password")).to_have_attribute("type", "password")


def test_unsaved_text_survives_a_reload_until_it_is_sent(open_here):
    """It is put back with a sentence and can be discarded; sent, or signed out, it is gone; passwords never stay."""
    page = open_here("/sign-in?next=/account")
    sign_in(page)
    page.locator("#f-name").fill("書きかけ")
    page.locator("#f-old").fill("秘密の言葉")
    page.reload()
    expect(page.locator("#f-name")).to_have_value("書きかけ")
    expect(page.locator("form .note")).to_contain_text("前に書きかけた内容を戻しました")
    assert "秘密" not in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name="書きかけを消す").click()
    expect(page.locator("#f-name")).to_have_value("admin")
    page.locator("#f-name").fill("管理する人")
    page.locator("form[data-keep] button.main").click()
    expect(page.locator("main > .note")).to_have_text("保存しました。")
    expect(page.locator("form .note")).to_have_count(0)
    page.locator("#f-name").fill("また書きかけ")
    page.get_by_role("button", name="ログアウト", exact=True).click()
    expect(page.locator("main > .note")).to_have_text("ログアウトしました。")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('ibasho.'))") == []


@pytest.mark.parametrize("language", LOCALES)
def test_plain_pages_are_accessible_and_fit(open_here, language):
    """Axe finds nothing, nothing is wider than the page, and whatever is pressed is 44 points high."""
    page = open_here("/sign-in?next=/account", language=language)
    faults = []
    for number, path in enumerate((*PAGES, *PAGES)):
        if number == 2:
            page.goto(urlsplit(page.url)._replace(path="/sign-in", query="next=/account").geturl())
            sign_in(page)
        page.goto(urlsplit(page.url)._replace(path=path.partition("?")[0], query=path.partition("?")[2]).geturl())
        faults += faults_of(page, LOW, path, english=True)
    assert faults == []
