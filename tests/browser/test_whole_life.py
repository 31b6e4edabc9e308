"""A group's whole life on the portal, on a phone, with the keyboard alone, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from db import open_store
from geodata import areas
from portal.model.municipality import Municipality
from portal.store import Put
from portal.words import say
from tests import town
from tests.browser.conftest import LOCALES, Watch, running_portal
from tests.browser.keyboard import Keyboard
from tests.portal import people
from tests.portal.signing import PASSWORD, kept_password

PHONE = {"width": 360, "height": 740}
MOST_INPUTS = 12
EMAIL = "hanako@example.jp"
GROUP = "ひだまり茶の会"
TITLE = "夕方の体操"
WHY = "連絡先が確かめられるまで"


@pytest.fixture(params=["ja", "en"])
def language(request):
    """The language in which everything is done."""
    return request.param


@pytest.fixture
def new_portal(tmp_path, language):
    """A portal over the invented town with its staff, where one approved post is enough to be trusted."""
    store = open_store(f"duckdb://{tmp_path / 'portal.duckdb'}", tmp_path / "journal.jsonl")
    people.settle(town.settle(store))
    office = next(item for item in store.municipalities() if item.code == town.CODE)
    assert isinstance(office, Municipality)
    kinds = [Put(kind) for kind in areas.kinds() if kind.post or kind.key in {"event", "consultation"}]
    staff = replace(people.STAFF.account, password=kept_password(), language=language)
    store.apply([*kinds, Put(replace(office, trust_after=1)), Put(staff)])
    store.close()
    with running_portal(tmp_path) as url:
        yield url


@pytest.fixture
def people_at(browser, new_portal, language):
    """Phones of several people: ``people_at(path)`` gives a keyboard on a page of its own."""
    contexts, watch = [], Watch(urlsplit(new_portal).netloc)

    def one(path):
        context = browser.new_context(viewport=PHONE, locale=LOCALES[language])
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(new_portal + path)
        return Keyboard(page)

    yield one
    for context in contexts:
        context.close()
    assert [fault for fault in watch.faults if "the server responded with a status" not in fault] == []


def plain(keys):
    """Nothing on the page keeps anybody out, and nothing is wider than the phone."""
    faults = Axe().run(keys.page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
    assert keys.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def go(keys, path):
    """Open an address, as from a bookmark, a mail or paper."""
    parts = urlsplit(keys.page.url)
    keys.page.goto(f"{parts.scheme}://{parts.netloc}{path}")


def sign_in(keys, email):
    """Sign in on the page that asks for it."""
    keys.fill(keys.page.locator("#f-email"), email)
    keys.fill(keys.page.locator("#f-password"), PASSWORD)
    keys.press(keys.page.locator("main button.main"))
    keys.page.locator(".note").first.wait_for()


def newest_letter(staff, pattern):
    """The way that the newest fitting message in the outbox shows."""
    go(staff, "/outbox")
    plain(staff)
    letters = staff.page.locator(".letter")
    found = [re.search(pattern, text) for text in letters.all_text_contents()]
    return next(match[0] for match in found if match)


def write_first_post(keys):
    """A salon every Tuesday, from My group until it waits; what is kept of it is told."""
    page = keys.page
    keys.inputs = 0
    keys.press(page.locator("section.next a.button"))
    keys.choose(page.locator("[name=kind][value=series]"))
    keys.fill(page.locator("#f-title"), "ひだまりサロン")
    keys.fill(page.locator("#f-text"), "お茶を飲みながら話しませんか。")
    keys.choose(page.locator("[name=way][value=weekly]"))
    keys.tick(page.locator("#f-weekday input").nth(1))
    keys.dial(page.locator("#f-starts"), "1000")
    keys.dial(page.locator("#f-ends"), "1130")
    keys.choose(page.locator("[name=where][value=district]"))
    keys.pick(page.locator("#f-district"), 2)
    plain(keys)
    keys.press(page.locator("main button.main[value=submit]"))
    page.locator(".state").wait_for()
    assert keys.inputs <= MOST_INPUTS


def decide(staff, kind, act, reason="", title=""):
    """Open the oldest thing of a kind in the queue and decide on it."""
    go(staff, f"/queue?municipality={town.CODE}&kind={kind}")
    plain(staff)
    link = staff.page.locator(".cards h2 a", has_text=title) if title else staff.page.locator(".cards h2 a")
    staff.press(link.first)
    staff.page.wait_for_url("**/review?**")
    plain(staff)
    if reason:
        staff.fill(staff.page.locator("#f-reason"), reason)
    staff.press(staff.page.locator(f"button[name=do][value={act}]"))
    staff.page.locator(".note").first.wait_for()


def report(keys, post_id, language):
    """Say on the post's page that something is wrong with it, without an account."""
    go(keys, f"/post?municipality={town.CODE}&id={post_id}")
    page = keys.page
    keys.press(page.locator("summary", has_text=say("post_screen.report", language)))
    area = page.get_by_role("textbox", name=re.compile(re.escape(say("place.report_text", language, most=2000)[:6])))
    keys.fill(area, "電話がつながりません")
    keys.press(page.get_by_role("button", name=say("place.report_send", language)))
    expect(page.get_by_text(say("place.report_kept", language))).to_be_visible()


def apply(keys):
    """Apply for a group: five fields and a press."""
    page = keys.page
    plain(keys)
    keys.fill(page.locator("#f-name"), GROUP)
    keys.fill(page.locator("#f-about"), "週に一度、お茶を飲みながら話します。")
    keys.fill(page.locator("#f-applicant"), "花子")
    keys.fill(page.locator("#f-applicant_email"), EMAIL)
    keys.tick(page.locator("#f-consent"))
    page.wait_for_timeout(3_000)  # nobody fills in a form faster; one who does is asked to send it again
    keys.press(page.locator("main button.main"))
    page.wait_for_url("**sent**")
    plain(keys)


def become_a_member(keys, staff):
    """Confirm the address, be approved, and choose a password, by the links of the letters."""
    go(keys, newest_letter(staff, r"/confirm\?t=[A-Za-z0-9_-]{43}"))
    keys.press(keys.page.locator("main button.main"))
    decide(staff, "group_application", "approve", title=GROUP)
    go(keys, newest_letter(staff, r"/invitation\?t=[A-Za-z0-9_-]{43}"))
    plain(keys)
    keys.fill(keys.page.locator("#f-name"), "花子")
    keys.fill(keys.page.locator("#f-password"), PASSWORD)
    keys.press(keys.page.locator("main button.main"))
    keys.page.wait_for_url("**/my**")
    plain(keys)


def write_trusted_post(keys, language):
    """A second post, which is live at once; its id."""
    page = keys.page
    go(keys, "/my")
    keys.press(page.locator(".doors a[href*='/write']"))
    keys.choose(page.locator("[name=kind][value=series]"))
    keys.fill(page.locator("#f-title"), TITLE)
    keys.choose(page.locator("[name=way][value=weekly]"))
    keys.tick(page.locator("#f-weekday input").nth(3))
    keys.dial(page.locator("#f-starts"), "1700")
    keys.choose(page.locator("[name=where][value=district]"))
    keys.pick(page.locator("#f-district"), 2)
    keys.press(page.locator("main button.main[value=submit]"))
    expect(page.locator(".state")).to_contain_text(say("post_actions.mark_live", language))
    plain(keys)
    return re.search(r"post-[0-9a-f]{16}", page.url)[0]


def hide(staff, post_id):
    """Take a post out of sight, with a reason."""
    go(staff, f"/review?municipality={town.CODE}&id={post_id}")
    staff.fill(staff.page.locator("#f-reason"), WHY)
    staff.press(staff.page.locator("button[name=do][value=hide]"))
    staff.page.locator(".note").first.wait_for()


def put_back(staff, post_id):
    """Go back to what the post said at first, and show it again."""
    page = staff.page
    go(staff, f"/history?municipality={town.CODE}&of=post&id={post_id}")
    plain(staff)
    staff.press(page.locator("a.button[href*='entry=']").last)
    page.wait_for_url("**entry=**")
    plain(staff)
    staff.fill(page.locator("#f-reason"), "はじめの日程に戻します")
    staff.press(page.locator("main button.main"))
    page.locator(".note").first.wait_for()
    go(staff, f"/review?municipality={town.CODE}&id={post_id}")
    staff.press(page.locator("button[name=do][value=unhide]"))
    page.locator(".note").first.wait_for()


def test_a_group_lives_on_the_portal(people_at, language):
    """Apply, be approved, post, be trusted, call a date off, be reported, be hidden, be put back: by keyboard alone."""
    staff = people_at(f"/sign-in?next=/queue%3Fmunicipality%3D{town.CODE}")
    sign_in(staff, people.STAFF.account.email)
    hanako = people_at(f"/join?municipality={town.CODE}")
    apply(hanako)
    become_a_member(hanako, staff)

    write_first_post(hanako)
    expect(hanako.page.locator(".state")).to_contain_text(say("post_actions.mark_waiting", language))
    decide(staff, "post", "approve", title="ひだまりサロン")
    post_id = write_trusted_post(hanako, language)

    hanako.tick(hanako.page.locator("#f-date input").first)
    hanako.fill(hanako.page.locator("#f-reason"), "会場が使えないため")
    hanako.press(hanako.page.locator("button[value=cancel_dates]"))
    expect(hanako.page.locator("#f-back input")).to_have_count(1)

    resident = people_at(f"/post?municipality={town.CODE}&id={post_id}")
    expect(resident.page.locator(".coming s")).to_have_count(1)
    plain(resident)
    report(resident, post_id, language)
    decide(staff, "note", "close", reason="団体に電話しました")
    hide(staff, post_id)
    resident.page.reload()
    expect(resident.page.locator("h1")).not_to_contain_text(TITLE)
    go(hanako, f"/post-actions?id={post_id}")
    expect(hanako.page.locator(".state")).to_contain_text(WHY)

    put_back(staff, post_id)
    resident.page.reload()
    expect(resident.page.locator("h1")).to_contain_text(TITLE)
    expect(resident.page.locator(".coming s")).to_have_count(0)
