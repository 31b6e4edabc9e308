"""The forms of a review in a real browser without scripts: what is wrong is said and kept, what is right is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from db import open_store
from portal.importing.needs import plan_needs
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.model.district import Population
from portal.model.indicator import Better, Indicator
from portal.model.need_intake import NeedIntake, NeedRow
from portal.model.standard import Standard, StandardRule
from portal.store import Put
from tests import town
from tests.browser.conftest import running_portal
from tests.browser.plain_faults import DESK, PHONE, WIDE
from tests.browser.signed_in import kept_of, pages_of
from tests.browser.test_review_pages import SMALL
from tests.portal import people
from tests.portal.signing import kept_password

TOWN = f"municipality={town.CODE}"
INDICATORS = f"/review-indicators?{TOWN}"
DAY = date(2026, 10, 1)
NEEDS = {"西小": 163, "東小": 127, "北西小": 77, "北東小": 3}
KNOWN = "知っている人の割合"
HELPS = "助けあっている人の割合"
HEAD = "キー,指標,単位,年度,値,目標"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal over the invented town with a standard, an indicator and numbers of people in need."""
    home = tmp_path_factory.mktemp("review-forms")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    salon = Standard(town.CODE, "salon", "elementary", StandardRule.COUNT, 1.0, kind="elderly_salon")
    helps = Indicator(town.CODE, "help", HELPS, "More help", "%", values={"2022": 47.1})
    lives = [Population(town.CODE, "elementary", name, DAY, 10_000, 5_000, 5_000) for name in NEEDS]
    staff = replace(people.STAFF.account, password=kept_password())
    store.apply(map(Put, (salon, replace(helps, better=Better.MORE), *lives, staff)))
    rows = [NeedRow(line, "小学校区", name, DAY, count) for line, (name, count) in enumerate(NEEDS.items(), start=2)]
    order = town.order(ImportKind.NEEDS, municipality=town.CODE)
    carry_out(store, plan_needs(store, NeedIntake(tuple(rows), (), len(rows), town.SOURCE), order))
    store.close()
    with running_portal(home) as url:
        yield url


@pytest.fixture(scope="module")
def kept(browser, portal):
    """What the browser of the staff keeps."""
    return {"staff": kept_of(browser, portal, "staff@example.jp")}


@pytest.fixture
def open_here(browser, portal, kept):
    """Open a page as staff on a phone, without scripts, watched: ``open_here("/standard?…")``."""
    with pages_of(browser, portal, kept, INDICATORS) as open_one:
        yield partial(open_one, width=360, scripts=False)


def send(page, button=""):
    """Press a form's main button, or the one of that name; the page that comes fits a phone and a desk."""
    buttons = page.locator("main button.main")
    with page.expect_navigation():  # without scripts, nothing else would be waited for
        (page.get_by_role("button", name=button, exact=True) if button else buttons.first).click()
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert not page.evaluate(WIDE), page.url
    assert page.evaluate(SMALL) == [], page.url


def send_table(page, *rows):
    """Choose a file of these lines, and send it."""
    data = "\r\n".join(rows).encode()
    page.locator("#f-table").set_input_files({"name": "表.csv", "mimeType": "text/csv", "buffer": data})
    send(page)


def said(page, sentence):
    """That the page says what was done."""
    expect(page.locator("main > .note[role=status]")).to_have_text(sentence)


def faulty(page, field, sentence):
    """That a sentence stands above the form, leads to its field, and stands there again."""
    way = page.locator("#faults").get_by_role("link", name=sentence)
    expect(way).to_have_attribute("href", f"#f-{field}")
    expect(page.locator(f"#e-{field}")).to_contain_text(sentence)
    expect(page.locator(f"#f-{field}")).to_have_attribute("aria-invalid", "true")


def test_an_indicator_is_typed_wrong_then_right(open_here):
    """Each wrong cell is said below its row with all that was typed; mended, it stands in the list, which says so."""
    page = open_here(f"/indicator?{TOWN}")
    typed = {
        "name": KNOWN,
        "unit": "%",
        "year-0": "いつか",
        "value-0": "５０.８",
        "day-0": "2026-08-31",
        "note": "<b>x</b>",
    }
    for field, text in typed.items():
        page.locator(f"#f-{field}").fill(text)
    send(page)
    faulty(page, "year-0", "「いつか」は年度ではありません。")
    faulty(page, "day-0", "日と値の両方を書いてください。")
    for field, text in typed.items():
        expect(page.locator(f"#f-{field}")).to_have_value(text)
    assert page.locator("#e-year-0").bounding_box()["width"] > page.locator("#f-year-0").bounding_box()["width"] * 2
    page.locator("#f-year-0").fill("令和4")
    page.locator("#f-progress-0").fill("51")
    send(page)
    said(page, "指標を保存しました。")
    assert "/review-indicators?" in page.url
    expect(page.locator(".takes")).to_contain_text(KNOWN)


def test_a_table_of_indicators_with_a_wrong_line_then_right(open_here):
    """The wrong line is named and nothing can be pressed or is kept; the right table is looked at, then taken."""
    page = open_here(f"/indicators/file?{TOWN}")
    send(page)
    faulty(page, "table", "ファイルが選ばれていません。")
    send_table(page, HEAD, f"help,{HELPS},%,令和4,48.2,55", ",挨拶する人の割合,%,いつか,1,")
    expect(page.locator("main")).to_contain_text("3行目: 「いつか」は年度ではありません。")
    expect(page.locator("main .warn")).to_contain_text("取り込めない行が1行あります。")
    expect(page.get_by_role("button", name="取り込む")).to_have_count(0)
    page.get_by_role("link", name="別のファイルを送る").click()
    send_table(page, HEAD, f"help,{HELPS},%,令和4,48.2,55", ",挨拶する人の割合,%,令和5,70,")
    expect(page.locator("main")).to_contain_text("新しいもの 1件、変わるもの 1件、同じもの 0件です。")
    expect(page.locator("main del").first).to_contain_text("47.1")
    expect(page.locator("main")).to_contain_text("まだ何も取り込んでいません。")
    look = page.url
    page.goto(urljoin(look, INDICATORS))
    expect(page.locator("main")).not_to_contain_text("挨拶する人の割合")
    page.goto(look)
    send(page, "取り込む")
    said(page, "表を取り込みました。2件が新しくなりました。")
    expect(page.locator(".takes")).to_contain_text("挨拶する人の割合")


def test_numbers_of_people_are_looked_at_only_with_a_reason(open_here):
    """Without one the field says so; with one they stand there once, and who looked and why stays listed."""
    page = open_here(f"/review-needs?{TOWN}")
    expect(page.locator("main")).to_contain_text("まだだれも見ていません。")
    send(page)
    faulty(page, "why", "見る理由を書いてください。")
    expect(page.locator("main")).not_to_contain_text("163")
    page.locator("#f-why").fill("福祉避難所の受け入れ計画のため")
    send(page)
    for name, count in NEEDS.items():
        expect(page.locator(".raw tr", has=page.get_by_role("rowheader", name=name, exact=True))).to_contain_text(
            str(count)
        )
    page.get_by_role("link", name="しまう").click()
    expect(page.locator("main")).not_to_contain_text("163")
    expect(page.locator("ol.cards li")).to_have_count(1)
    expect(page.locator("ol.cards li")).to_contain_text("staff")
    expect(page.locator("ol.cards li")).to_contain_text("福祉避難所の受け入れ計画のため")


def test_a_standard_and_a_table_of_standards(open_here):
    """A wrong number is said at its field and a wrong line by its number; the right ones stand in the list."""
    page = open_here(f"/standard?{TOWN}")
    page.locator("#f-thing").select_option("kind:ibasho")
    page.locator("#f-layer").select_option("elementary")
    page.locator("#f-at_least").fill("たくさん")
    send(page)
    faulty(page, "at_least", "「たくさん」は数ではありません。")
    expect(page.locator("#f-thing")).to_have_value("kind:ibasho")
    page.locator("#f-at_least").fill("２")
    send(page)
    said(page, "目安を保存しました。")
    expect(page.locator("ol.cards li").last).to_contain_text("小学校区ごとに「居場所」が2か所以上あること。")
    page.get_by_role("link", name="表でまとめて直す").click()
    head, good = "種別,区域の種類,数え方,数,名前", "居場所,中学校区,か所数,3,みんなの居場所"
    send_table(page, head, good, "知らない種別,小学校区,か所数,1,")
    expect(page.locator("main")).to_contain_text("3行目: 「知らない種別」")
    expect(page.get_by_role("button", name="取り込む")).to_have_count(0)
    page.get_by_role("link", name="別のファイルを送る").click()
    send_table(page, head, good)
    send(page, "取り込む")
    said(page, "表を取り込みました。1件が新しくなりました。")
    expect(page.locator("ol.cards")).to_contain_text("みんなの居場所")


def test_a_district_is_marked_and_taken_back_once(open_here):
    """A note as long as the field takes is kept, line by line; who takes back what is gone already is told."""
    page = open_here(f"/surveyed?{TOWN}")
    page.get_by_role("link", name="西小", exact=True).click()
    page.locator("#f-note").fill("歩いた\n" * 125)
    send(page)
    said(page, "調査済みにしました。")
    expect(page.locator("ol.cards li")).to_contain_text("staff")
    expect(page.locator("ol.cards li")).to_contain_text("歩いた")
    other = open_here(f"/surveyed?{urlsplit(page.url).query}")
    send(other, "取り消す 西小 この種類の区域の目安すべて")
    said(other, "調査の記録を取り消しました。")
    send(page, "取り消す 西小 この種類の区域の目安すべて")
    expect(page.locator("#faults")).to_be_visible()


def test_a_group_is_written_to(open_here):
    """The letter follows its reason; an over-long note is said and kept; a visit and a mail are noted."""
    page = open_here(f"/outreach?{TOWN}&group=group-hidamari")
    before = page.locator("article").inner_text()
    page.locator("#f-why").select_option("other")
    page.get_by_role("button", name="この理由で書き直す").click()
    expect(page.locator("article")).not_to_have_text(before)
    page.get_by_label("訪問").check()
    page.locator("#f-note").evaluate("it => it.removeAttribute('maxlength')")
    page.locator("#f-note").fill("話" * 501)
    send(page, "記録する")
    faulty(page, "note", "500")
    expect(page.locator("#f-note")).to_have_value("話" * 501)
    expect(page.get_by_label("訪問")).to_be_checked()
    page.locator("#f-note").fill("来月から投稿するとのこと")
    send(page, "記録する")
    said(page, "「ひだまりの会」への声かけを記録しました。")
    expect(page.locator("ol.cards li").first).to_contain_text("来月から投稿するとのこと")
    send(page, "送信箱に入れる")
    said(page, "「ひだまりの会」へのメールを送信箱に入れました。")
    page.locator("main").get_by_role("link", name="送信箱").click()
    expect(page.locator("main")).to_contain_text("owner@example.jp")
