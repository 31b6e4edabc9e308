"""What the pages of districts, months and evacuation say, and what the site map and robots.txt hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from db import open_store
from pages.plain import month as months
from pages.plain import paths, sitemap, sorts
from pages.plain.here import Here
from pages.server import screens
from portal.model.post import PostState, Revision
from portal.model.shelter import Hazard, Opening
from portal.settings import Settings
from tests import town
from tests.pages.plain import minamo
from tests.pages.plain.looked import PAGE_MAX, look
from tests.portal import people

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OTHER = "{http://www.w3.org/1999/xhtml}link"
BASE = "https://ibasho.example"
WEST = f"{town.CODE}-elementary-3"


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A portal with things in it; only looked at."""
    store = open_store("duckdb://")
    minamo.fill(people.settle(town.settle(store)))
    yield Here(store, Settings(home=tmp_path_factory.mktemp("home")), people.NOW, BASE)
    store.close()


@pytest.fixture
def read(full):
    """The text of a page: ``read("month", month="2026-12")``, in Japanese and of the town unless it is said."""

    def made(name: str, **keys: str) -> str:
        return sorts.make(full, paths.path(name, **{"lang": "ja", "code": town.CODE, **keys})).content.decode()

    return made


def plain(html: str) -> str:
    """What is read of a page's main part."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]))


def test_the_front_leads_to_every_municipality(full):
    """Each municipality stands there, with a way to where one evacuates."""
    html = sorts.make(full, "ja/").content.decode()
    for code in (town.CODE, people.ELSEWHERE):
        assert f'href="{code}/"' in html
        assert f'href="{code}/evacuation/"' in html


def test_a_layer_counts_and_lists_what_lies_outside(read):
    """Every district has its counts by kind, an empty one too; what lies in none is named, not dropped."""
    text = plain(read("layer", layer="elementary"))
    assert "西小 10件" in text
    assert "東小 0件" in text
    assert "指定緊急避難場所 2" in text
    assert "どの区域にも入らない 1件" in text
    assert "町はずれの居場所" in text
    assert "正式な境界ではありません" in text


def test_a_district_says_what_is_on_and_what_is_there(read):
    """The coming four weeks by day, called off ones struck through, its places, sites, posts, and its paper."""
    html = read("district", id=WEST)
    text = plain(html)
    assert "11月24日（火） 10:00 ひだまりサロン" in text
    assert "<s><bdi>もちつき大会</bdi></s>" in html
    assert "12月22日" not in text
    assert "電球の交換" in text
    assert text.index("電球の交換") < text.index("会報ができました")
    assert "おおよその区域" in text
    assert "CC BY 4.0" in text
    for name in ("sheet", "sheet_large", "sheet_pdf", "sheet_large_pdf", "calendar_district", "rss_district"):
        keys = {"lang": "ja", "code": town.CODE, "id": WEST}
        own = paths.path("district", **keys)
        assert f'href="{paths.between(own, paths.path(name, **keys))}"' in html
    assert "開設中" in text[text.index("指定避難所") : text.index("福祉避難所")]


def test_a_district_in_english_says_what_is_japanese(read):
    """English names where there are any; a Japanese one bears its language."""
    html = read("district", lang="en", id=WEST)
    assert "Sunny salon" in html
    assert re.search(r'<a href="[^"]+" lang="ja"><bdi>第一公園</bdi>', html)


def test_a_month_is_a_table_with_each_date(read):
    """Dates lead to their pages, what is called off is struck through, holidays bear their name."""
    html = read("month", month="2026-12")
    assert html.count("<td role=") % 7 == 0
    assert 'href="../../place/p-salon/2026-12-08/"' in html
    assert "<s><bdi>もちつき大会</bdi></s> <b" in html
    assert "勤労感謝の日" not in html
    assert "勤労感謝の日" in read("month", month="2026-11")


def test_what_is_open_nearly_every_day_is_told_once(store, here):
    """A corner that is open on working days stands beside the table with its rule; the day it is closed in it."""
    minamo.rename_districts(store)
    daily = people.tuesdays()
    rule = replace(daily.rules[0], rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    closed = replace(daily, rules=(rule,), cancelled=frozenset({date(2026, 12, 24)}))
    minamo.put(store, town.place("p-corner", "ボランティアコーナー", schedule=closed))
    html = sorts.make(here, f"ja/{town.CODE}/month/2026-12/").content.decode()
    assert html.count("ボランティアコーナー") == 2
    table, _, beside = html.partition("</table>")
    assert "<s><bdi>ボランティアコーナー</bdi></s>" in table
    assert "毎週月〜金曜" in beside


def test_this_month_has_one_address_for_search_engines(full, read):
    """The address that always is this month's names the month's own as canonical, with relative links of its own."""
    html = read("months")
    assert f'rel="canonical" href="{BASE}/ja/{town.CODE}/month/2026-11/"' in html
    assert 'href="../place/p-salon/2026-11-24/"' in html
    assert not sorts.SORTS["months"].listed
    assert look(html, "ja")
    assert {keys["month"] for keys in months.every(full)} == {"2026-11", "2026-12", "2027-01", "2027-02"}


def test_months_lead_to_their_neighbours(read):
    """Within the plain files a link leads only to what is among them; further away the months know each other."""
    assert 'rel="next" href="../2026-12/"' in read("month", month="2026-11")
    assert re.search(r'rel="prev" href="[./]*agenda\?[^"]*at=2026-10-01', read("month", month="2026-11"))
    assert re.search(r'rel="next" href="[./]*agenda\?[^"]*at=2027-03-01', read("month", month="2027-02"))
    assert 'rel="prev" href="../2027-02/"' in read("month", month="2027-03")
    assert 'rel="next" href="../2027-04/"' in read("month", month="2027-03")
    assert 'rel="next"' not in read("month", month="2027-11")
    assert 'rel="prev"' not in read("month", month="2026-08")


def test_the_three_kinds_stay_apart(read):
    """Flee, stay, be cared for: each with its meaning; welfare sites say what they are not, whatever else is there."""
    text = plain(read("evacuation"))
    heads = [text.index(f" {name} ") for name in ("指定緊急避難場所", "指定避難所", "福祉避難所")]
    assert heads == sorted(heads)
    assert "だれでも入れる避難所ではありません" in text[heads[2] :]
    assert "災害の最初から開いているとはかぎりません" in text[heads[2] :]
    assert "西小学校 開設中（2026年11月22日 8:05から）" in text[heads[1] : heads[2]]
    assert "わかば園 開設中" in text[heads[2] :]
    assert "ひまわり園" not in text
    assert "避難所と避難場所の両方に指定されています" in text


def test_a_welfare_site_always_says_whom_it_accepts(read):
    """Verbatim with its lines, or that nothing is said; open ones first; its state, known or not."""
    html = read("evacuation_kind", kind="welfare_shelter")
    text = plain(html)
    assert text.index("わかば園") < text.index("ひまわり園")
    assert "<bdi>要介護3以上の方</bdi><br><bdi>とその家族</bdi>" in html
    assert "受入対象の記載なし" in text
    assert "開設の情報はありません" in text
    assert "直接行くことはできません" in text
    assert "近い" not in text


def test_a_hazards_page_lists_its_sites_alone(read):
    """Only sites that are designated for the hazard, and how many say nothing; for none it says that there is none."""
    text = plain(read("evacuation_hazard", hazard="flood"))
    assert "第一公園" in text
    assert "第二公園" not in text
    assert "1,200人" in text
    assert "ほかに1か所" in text
    assert "登録されていません" in plain(read("evacuation_hazard", hazard="volcano"))


def test_a_long_list_is_in_parts_and_light(store, here):
    """Six hundred sites stand in their districts with a table of contents, what is open before all."""
    minamo.rename_districts(store)
    many = [
        minamo.site(
            f"s{at}",
            f"第{at}公園",
            "emergency_site",
            0.3 + at % 5 / 2,
            0.4,
            hazards=frozenset(Hazard),
            opening=Opening.OPEN if at == 599 else Opening.UNKNOWN,
        )
        for at in range(600)
    ]
    minamo.put(store, *many)
    html = sorts.make(here, f"ja/{town.CODE}/evacuation/emergency_site/").content.decode()
    found = look(html, "ja", most=PAGE_MAX)
    assert {f"../../place/s{at}/" for at in range(600)} <= set(found.links)
    text = plain(html)
    assert text.index("第599公園") < text.index("区域の一覧") < text.index("第0公園")
    assert text.index("区域の一覧") < text.index("西小") < text.index("どの区域にも入らない")
    district = sorts.make(here, f"ja/{town.CODE}/district/{WEST}/").content.decode()
    look(district, "ja", most=PAGE_MAX)


def test_the_data_is_named_with_its_terms(full):
    """Each file of a municipality's open data with its licence, for people and for machines."""
    html = sorts.make(full, "ja/data/").content.decode()
    said = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    town_set = next(item for item in said["dataset"] if item["url"].endswith(f"#t{town.CODE}"))
    assert town_set["license"] == ["CC BY 4.0"]
    assert f"{BASE}/feeds/{town.CODE}/places.geojson" in [item["contentUrl"] for item in town_set["distribution"]]
    assert f'href="../../feeds/{town.CODE}/calendar.ics"' in html
    assert f"hsds/services?municipality={town.CODE}" in html
    assert "CC BY 4.0" in plain(html)


def test_the_terms_of_the_portals_own_records_are_said(full):
    """With the setting the terms stand there, for people and for machines; without it, whom to ask."""
    assert "市区町村にお問い合わせください" in sorts.make(full, "ja/data/").content.decode()
    free = replace(full, settings=replace(full.settings, licence="CC0 1.0"))
    html = sorts.make(free, "ja/data/").content.decode()
    assert "入力した記録の利用条件：CC0 1.0" in html
    assert "お問い合わせ" not in html
    said = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert all("CC0 1.0" in item["license"] for item in said["dataset"])
    geojson = json.loads(sorts.make(free, f"feeds/{town.CODE}/places.geojson").content)
    assert "職員や団体が入力した情報：CC0 1.0" in geojson["licence"]


def test_the_site_map_holds_every_page_once(full):
    """The index names a map for each municipality; together they hold each page, with its other language."""
    index = ET.fromstring(sorts.make(full, "sitemap.xml").content)  # noqa: S314  # our own
    maps = [item.text for item in index.iter(f"{MAP}loc")]
    assert maps == [f"{BASE}/sitemap-{code}.xml" for code in (town.CODE, people.ELSEWHERE)]
    urls = [url for name in maps for url in ET.fromstring(sorts.make(full, name.rpartition("/")[2]).content)]  # noqa: S314  # our own
    found = [url.find(f"{MAP}loc").text for url in urls]
    wanted = {path for sort, path in sorts.every(full) if sort.listed and paths.PATHS[sort.name].startswith("{lang}/")}
    assert len(found) == len(set(found))
    assert {address.removeprefix(f"{BASE}/") for address in found} == wanted
    for url in urls:
        assert {item.get("hreflang") for item in url.iter(OTHER)} == {"ja", "en"}
        assert url.find(f"{MAP}loc").text in {item.get("href") for item in url.iter(OTHER)}
    assert minamo.SECRET not in sorts.make(full, f"sitemap-{town.CODE}.xml").content.decode()


def test_the_site_map_says_when_what_is_shown_was_changed(store, here):
    """A post's day is that of what everybody sees: newer content that waits for approval moves nothing."""
    minamo.rename_districts(store)
    facts, later = people.facts(), people.later(days=3)
    waiting = Revision(people.facts(minamo.SECRET), later, "account-member")
    post = people.kept(store, PostState.LIVE, live_at=town.NOW, changed_at=later, revision=waiting, facts=facts)
    address = f"<loc>{BASE}/ja/{town.CODE}/post/{post.id}/</loc>"
    assert f"{address}<lastmod>2026-11-22</lastmod>" in sorts.make(here, f"sitemap-{town.CODE}.xml").content.decode()
    people.put(store, replace(post, revision=None))
    assert f"{address}<lastmod>2026-11-25</lastmod>" in sorts.make(here, f"sitemap-{town.CODE}.xml").content.decode()


def test_the_site_map_stays_within_its_limit(store, here, monkeypatch):
    """Where there are more pages than a map may hold, dates are left out first."""
    minamo.rename_districts(store)
    minamo.put(store, town.place("p-salon", schedule=people.tuesdays()))
    monkeypatch.setattr(sitemap, "MOST", 60)
    xml = sorts.make(here, f"sitemap-{town.CODE}.xml").content.decode()
    assert xml.count("<url>") == 60
    assert "/place/p-salon/2026" not in xml


def test_the_office_is_not_for_robots(full):
    """Every form of the office is asked to be left alone, nothing public is, and the site map is named."""
    text = sorts.make(full, "robots.txt").content.decode()
    off = [line.removeprefix("Disallow: ") for line in text.splitlines() if line.startswith("Disallow: ")]
    assert {"/sign-in", "/queue", "/write", "/review", "/people"} <= set(off)
    public = [f"/{path}" for _, path in sorts.every(full)]
    assert [path for path in [*public, *map("/{}".format, screens.ALL)] if path.startswith(tuple(off))] == []
    assert f"Sitemap: {BASE}/sitemap.xml" in text
