"""The pages of groups and residents in a real browser: applying, my group, asking, answering, printing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from db import open_store
from pages.forms import cookies, robots
from portal import clock, enquiring, freshness, sessions
from portal.enquiring import Question
from portal.freshness import Answer
from portal.model.mark import Mark
from portal.model.place import Contact, ContactKind
from portal.model.post import PostKind, PostState
from portal.store import Put
from tests import town
from tests.browser.conftest import LOCALES, Watch, running_portal
from tests.browser.plain_faults import faults_of
from tests.browser.rest import at_rest
from tests.portal import people

if TYPE_CHECKING:
    from portal.store import Store

ASKED = Question("みなも太郎", "06-1111-2222", "車いすで行けますか。")
LOW = (
    "[...document.querySelectorAll('main :is(a.button, button, select, summary, .box,"
    " input:not([type=hidden], [type=checkbox], [type=radio], [tabindex]))')]"
    ".filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 44).map(it => it.outerHTML.slice(0, 80))"
)


@dataclass
class Portal:
    """A portal that runs, who is signed in where, and what there is to open."""

    url: str
    owner: str
    staff: str
    links: list[str]
    change: str
    post: str
    help: str


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal that runs for real over the invented town, with a group that has something of everything."""
    home = tmp_path_factory.mktemp("groups")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    found = fill(people.settle(town.settle(store)))
    store.close()
    with running_portal(home) as url:
        yield replace(found, url=url)


def fill(store: Store) -> Portal:
    """Places, posts, questions and links of the first group."""
    salon = replace(town.place("salon", "あおぞらサロン"), verified_on=clock.today() - timedelta(days=400))
    contacts = (Contact(ContactKind.PHONE, "06-0000-0000", public=True),)
    store.apply([Put(salon), Put(people.group(places=("salon",), contacts=contacts))], Mark(clock.now(), "test"))
    tea = people.facts("お茶会", kind=PostKind.SERIES, schedule=people.tuesdays(), relayed=True)
    live = people.kept(store, PostState.LIVE, facts=tea)
    bulb = people.facts("電球の交換", kind=PostKind.HELP_WANTED, schedule=None)
    helped = people.kept(store, PostState.LIVE, facts=bulb)
    people.kept(store, PostState.RETURNED, facts=people.facts("健康講座"), reason="会場を書いてください。")
    for post in (live, helped):
        enquiring.ask(store, post.id, ASKED, clock.now(), "")
    asked = [freshness.ask(store, people.STAFF, "salon", clock.now(), "http://x").address for _ in range(4)]
    links = [address.removeprefix("http://x") for address in asked]
    change = freshness.answer(store, links.pop().partition("?t=")[2], Answer.CHANGED, clock.now()).change_token
    return Portal("", _session(store, people.OWNER), _session(store, people.STAFF), links, change, live.id, helped.id)


def _session(store: Store, who) -> str:
    token, session = sessions.begin(who.account, clock.now())
    store.apply([Put(session)])
    return token


@pytest.fixture
def open_here(browser, portal):
    """Open watched pages of this portal: ``open_here(path, token, width=360, language="en", scripts=True)``."""
    contexts, watch = [], Watch(urlsplit(portal.url).netloc)

    def open_one(path, token="", *, width=360, language="ja", scripts=True):
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, locale=LOCALES[language], java_script_enabled=scripts)
        if token:
            url = portal.url.replace("http:", "https:")
            context.add_cookies([{"name": cookies.SESSION, "value": token, "url": url, "secure": True}])
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(portal.url + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    # Chromium writes every answer of 400 and above to the console; these pages provoke some.
    assert [fault for fault in watch.faults if "the server responded with a status" not in fault] == []


def fill_in(page, name):
    """The least that an application needs; how many inputs it took."""
    page.locator("#f-name").fill(name)
    page.locator("#f-about").fill("毎週火曜に、集会所で体操をします。")
    page.locator("#f-contact_phone").fill("06-1234-5678")
    page.locator("#f-applicant").fill("山田花子")
    page.locator("#f-consent").check()
    page.wait_for_timeout(robots.LEAST_S * 1000 + 500)
    page.get_by_role("button", name="申し込む").click()
    return 6


@pytest.mark.parametrize("scripts", [True, False])
def test_a_group_applies_on_a_phone(open_here, scripts):
    """Six inputs, with scripts and without; then the page says what happens next."""
    page = open_here("/join", scripts=scripts)
    assert fill_in(page, f"さくらの会{scripts}") <= 6
    expect(page.locator("h1")).to_have_text("申し込みを受け付けました")
    expect(page.locator("ol.steps li")).to_have_count(3)


def test_a_half_written_application_survives_a_reload(open_here):
    """What was typed is put back, and is gone once it is sent."""
    page = open_here("/join")
    page.locator("#f-about").fill("書きかけの文")
    page.locator("#f-public_phone").check()
    page.reload()
    expect(page.locator("#f-about")).to_have_value("書きかけの文")
    expect(page.locator("#f-public_phone")).to_be_checked()
    fill_in(page, "もどるの会")
    expect(page.locator("h1")).to_have_text("申し込みを受け付けました")
    page.goto(page.url.partition("?")[0])
    expect(page.locator("#f-about")).to_have_value("")


def test_the_trap_is_out_of_sight_and_out_of_the_way(open_here):
    """Neither the keyboard nor a screen reader comes upon it."""
    page = open_here("/join")
    trap = page.locator(f"[name={robots.TRAP}]")
    expect(trap).to_have_attribute("tabindex", "-1")
    assert trap.evaluate("it => it.closest('[aria-hidden=true]').getBoundingClientRect().width") <= 1


def test_my_group_leads_to_the_next_thing(open_here, portal):
    """The biggest thing on the page is the next step; a place is made sure of with the keyboard alone."""
    page = open_here("/my", portal.owner)
    expect(page.locator(".next")).to_contain_text("「健康講座」に、窓口から直してほしいところが届いています。")
    expect(page.locator(".next a")).to_have_text("読んで直す")
    page.get_by_role("button", name="まだやっています あおぞらサロン").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main > .note").first).to_contain_text("「あおぞらサロン」が続いていることを記録しました")


def test_one_asks_about_a_post(open_here, portal):
    """Three fields and a button; the page says who answers."""
    page = open_here(f"/ask?post={portal.post}")
    page.locator("#f-name").fill("みなも花子")
    page.locator("#f-reply_to").fill("hanako@example.jp")
    page.locator("#f-text").fill("予約はいりますか。")
    page.wait_for_timeout(robots.LEAST_S * 1000 + 500)
    page.get_by_role("button", name="問い合わせを送る").click()
    expect(page.locator("h1")).to_have_text("問い合わせを受け付けました")


def test_one_answers_by_the_link_without_scripts(open_here, portal):
    """One of three big buttons; the link has then done its work."""
    page = open_here(portal.links[0], scripts=False)
    assert page.locator(".answers button").count() == 3
    page.get_by_role("button", name="まだ続けています").click()
    expect(page.locator("main")).to_contain_text("「まだ続けています」と記録しました。")
    page.goto(portal.url + portal.links[0])
    expect(page.locator("h1")).to_have_text("お返事は届いています")


def test_the_paper_is_one_page(open_here, portal):
    """Staff make it with one button; the code is drawn; on paper there is one A4 page without the frame."""
    page = open_here("/still-print?place=salon", portal.staff, width=1280)
    page.locator("#f-back").fill("福祉課\nファックス 06-0000-0000")
    page.get_by_role("button", name="用紙を作る").click()
    expect(page.get_by_role("button", name="印刷する")).to_be_visible()
    at_rest(page)
    assert page.locator(".code img").evaluate("it => it.naturalWidth > 0")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    expect(page.locator("header")).to_be_hidden()
    expect(page.get_by_role("button", name="印刷する")).to_be_hidden()


def pages_of(portal: Portal) -> list[tuple[str, str]]:
    """Every page of this part, with who opens it."""
    return [
        ("/join", ""),
        ("/join?typed=1", portal.staff),
        ("/join?sent=mail", ""),
        ("/my", portal.owner),
        ("/my", portal.staff),
        ("/group-settings?id=group-hidamari", portal.owner),
        ("/group-settings?id=group-hidamari&q=サロン", portal.staff),
        (f"/ask?post={portal.post}", ""),
        (f"/ask?post={portal.help}", ""),
        (f"/ask?post={portal.post}&sent=1", ""),
        (portal.links[1], ""),
        (f"/changed?t={portal.change}", ""),
        ("/still?thanks=ended", ""),
        ("/still?t=x", ""),
        ("/still-print?place=salon", portal.staff),
        (f"/still-print?place=salon&{urlsplit(portal.links[1]).query}", portal.staff),
        ("/enquiries", portal.staff),
        ("/enquiries", portal.owner),
    ]


@pytest.mark.parametrize("language", LOCALES)
def test_the_pages_are_accessible_and_fit(open_here, portal, language):
    """No page has a fault that axe finds, nothing is wider than the page, whatever is pressed is 44 points high."""
    faults, pages = [], {}
    for path, token in pages_of(portal):
        page = pages.setdefault(token, None) or open_here(path, token, language=language)
        pages[token] = page
        page.goto(portal.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
        faults += faults_of(page, LOW, path)
    assert faults == []
