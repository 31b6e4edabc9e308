"""The HSDS 3.0 API over the invented town, held against the published field lists."""

from __future__ import annotations

import gzip
import json
import uuid
from dataclasses import replace
from datetime import date, datetime

import pytest

from geodata import hsds_terms
from geodata.hsds_parts import identifier
from portal.model.group import GroupState
from portal.model.place import Access, Audience, Booking, Contact, ContactKind, Fee
from portal.model.post import HELP, PUBLIC, PostKind, PostState, Where, WhereKind
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.store import Put
from tests import town
from tests.pages.feeds.hsds_facts import wrong
from tests.portal import people

WEEKLY = Schedule((Rule(datetime(2026, 11, 3, 13, 30), 90, "FREQ=WEEKLY;BYDAY=TU,TH"),))
UNREADABLE = (
    "page=0",
    "page=x",
    "per_page=501",
    "per_page=-1",
    "page=9999999999999",
    "modified_after=gestern",
    "proximity=500",
    "proximity=a,b,c",
    "proximity=500&near=91,0",
    "proximity=nan&near=34,135",
    "postcode=590-0000",
    "format=xml",
    "full=maybe",
    "search=1+2+3+4+5+6+7+8+9",
)
LISTS = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def public(kind: ContactKind, value: str) -> Contact:
    """A public way to get in touch."""
    return Contact(kind, value, public=True)


@pytest.fixture
def town_store(store):
    """A salon with all that can be known of it, a group with contacts, and posts of several kinds."""
    salon = town.place(
        "p1",
        "ひだまりサロン",
        address="みなも町東1-2-3",
        name_en="Hidamari salon",
        description="お茶を飲みます。",
        schedule=WEEKLY,
        fee=Fee.FREE,
        booking=Booking.NEEDED,
        audience=frozenset({Audience.OLDER}),
        access=frozenset({Access.STEP_FREE}),
        access_note="手すりあり",
        group="地区社会福祉協議会",
        contacts=(
            public(ContactKind.PHONE, "06-0000-0001"),
            public(ContactKind.FAX, "06-0000-0002"),
            public(ContactKind.EMAIL, "salon@example.jp"),
            public(ContactKind.PERSON, "福祉課"),
            Contact(ContactKind.PHONE, "090-1111-2222"),
        ),
        extra={"郵便番号": "599-0000"},
    )
    far = town.place("p2", "遠くの広場", 1.9, 1.9, kind="ibasho")
    site = town.place("p3", "東公園", kind="emergency_site")
    group = people.group(
        contacts=(public(ContactKind.PHONE, "06-0000-0003"), Contact(ContactKind.EMAIL, "secret@example.jp")),
        applicant="申込 花子",
        applicant_email="hanako@example.jp",
    )
    store.apply([Put(replace(salon, verified_on=date(2026, 11, 1))), Put(far), Put(site), Put(group)], people.SAID)
    at_place = Where(WhereKind.PLACE, place="p1", name="2階")
    said = {"changed_at": people.NOW, "live_at": people.NOW}
    people.kept(store, PostState.LIVE, id="post-1", facts=people.facts(where=at_place, languages={"ja"}), **said)
    people.kept(
        store,
        PostState.LIVE,
        id="post-2",
        facts=people.facts("第一公園の体操", kind=PostKind.SERIES, schedule=people.tuesdays(), where=people.pin()),
        **said,
    )
    online = Where(WhereKind.ONLINE, url="https://example.jp/meeting")
    people.kept(store, PostState.CANCELLED, id="post-3", facts=people.facts(where=online), reason="雨のため", **said)
    return store


@pytest.fixture
def ask(town_store, visit):
    """The JSON at a path of the API."""
    return lambda path="", **params: visit().browser.get(f"/hsds/{path}", params=params).json()


def test_every_object_is_as_its_schema_says(ask):
    """Every object of every list, and whatever lies within it, has the fields of its schema and all that it needs."""
    for path, sort in LISTS.items():
        for full in ("true", "false"):
            answer = ask(path, full=full)
            assert wrong("page", {**answer, "contents": []}) == []
            assert answer["contents"]
            assert [problem for one in answer["contents"] for problem in wrong(sort, one)] == []


def test_each_object_is_found_by_its_identifier(ask):
    """What a list names is there by its id, a UUID, and as its schema says."""
    for path, sort in LISTS.items():
        for one in ask(path)["contents"][:6]:
            assert str(uuid.UUID(one["id"])) == one["id"]
            whole = ask(f"{path}/{one['id']}")
            assert whole["id"] == one["id"]
            assert wrong(sort, whole) == []


def test_the_api_says_what_it_is(ask):
    """The front tells the version and where the API is described."""
    about = ask()
    assert wrong("about", about) == []
    assert about["version"] == "3.0"
    assert ask("services/") == ask("services")


def test_a_place_is_a_service_at_its_location(ask):
    """A salon says where, when, for whom, at what cost and whom to ask; what is for staff is nowhere."""
    (link,) = ask("service_at_locations", search="ひだまりサロン", taxonomy_term_id="elderly_salon")["contents"]
    whole = ask(f"service_at_locations/{link['id']}")
    service, where = whole["service"], whole["location"]
    assert (where["latitude"], where["longitude"]) == (34.005, 135.005)
    assert where["addresses"][0]["postal_code"] == "599-0000"
    assert {one["description"] for one in where["accessibility"]} == {"車椅子可", "手すりあり"}
    assert service["assured_date"] == "2026-11-01"
    assert service["cost_options"][0]["amount"] == 0
    assert service["eligibility_description"] == "高齢者"
    assert [(one["number"], one["type"]) for one in service["phones"]] == [
        ("06-0000-0001", "voice"),
        ("06-0000-0002", "fax"),
    ]
    assert service["organization"]["name"] == "地区社会福祉協議会"
    (row,) = service["schedules"]
    assert (row["freq"], row["byday"], row["opens_at"], row["closes_at"]) == (
        "WEEKLY",
        "TU,TH",
        "13:30+09:00",
        "15:00+09:00",
    )


def test_an_activity_is_a_service_of_its_group(ask):
    """A post at a place is at that place's location, and its organisation is the group by its public contacts."""
    (found,) = ask("services", search="もちつき", organization_id=identifier("organization", "group-hidamari"))[
        "contents"
    ][:1]
    whole = ask(f"services/{found['id']}")
    assert whole["service_at_locations"][0]["location"]["name"] == "ひだまりサロン"
    group = ask(f"organizations/{whole['organization']['id']}")
    assert [one["number"] for one in group["phones"]] == ["06-0000-0003"]
    assert found["id"] in [one["id"] for one in group["services"]]


def test_what_is_called_off_says_so(ask):
    """A cancelled activity is no active service, has no dates, and tells why."""
    whole = ask(f"services/{identifier('service', 'post-3')}")
    assert (whole["status"], "schedules" in whole) == ("inactive", False)
    assert "雨のため" in whole["alert"]
    assert whole["service_at_locations"][0]["location"]["url"] == "https://example.jp/meeting"


def test_a_rule_with_exceptions_is_told_by_its_dates(ask, town_store):
    """A date that is called off and a holiday are in no row: nobody is sent to a closed door."""
    exact = replace(people.tuesdays(), cancelled=frozenset({date(2026, 12, 8)}), holidays=HolidayPolicy.SKIPPED)
    held = town_store.post("post-2")
    people.put(town_store, replace(held, facts=replace(held.facts, schedule=exact)))
    rows = ask(f"services/{identifier('service', 'post-2')}")["schedules"]
    assert [row["dtstart"] for row in rows] == ["2026-11-24", "2026-12-22", "2027-01-12"]
    assert not any("freq" in row for row in rows)


def test_neither_shelters_nor_help_nor_news_are_services(ask, town_store):
    """An evacuation site, a wish for help and a piece of news are no service of anybody."""
    for kind in (*HELP, PostKind.NEWS, PostKind.REPORT, PostKind.VOLUNTEERS):
        people.kept(town_store, PostState.LIVE, facts=people.facts("しるし", kind=kind), live_at=people.NOW)
    told = json.dumps([ask(path, full="true") for path in LISTS], ensure_ascii=False)
    assert "しるし" not in told
    assert "東公園" not in told


def test_nothing_but_what_is_public_is_told(ask, town_store):
    """A post that is not public is in no list and by no id; nor is anything for staff, of a place or of a group."""
    hidden = [state for state in PostState if state not in PUBLIC]
    kept = [people.kept(town_store, state, facts=people.facts("しるしの会"), live_at=people.NOW) for state in hidden]
    told = json.dumps([ask(path, full="true", full_service="true") for path in LISTS], ensure_ascii=False)
    for secret in ("しるしの会", "090-1111-2222", "secret@example.jp", "花子", "hanako"):
        assert secret not in told
    assert all("error" in ask(f"services/{identifier('service', post.id)}") for post in kept)


def test_an_application_is_no_organisation(ask, town_store):
    """A group that was never registered is in no answer."""
    for state in (GroupState.APPLIED, GroupState.RETURNED, GroupState.DECLINED):
        people.state_of(town_store, state)
        assert "ひだまりの会" not in json.dumps(ask("organizations"), ensure_ascii=False)


def test_pages_hold_each_object_once(ask):
    """Leafing through the pages meets every service once, and the head counts right; beyond the last it is empty."""
    whole = [one["id"] for one in ask("services", per_page="500")["contents"]]
    pages = [ask("services", per_page="2", page=str(page)) for page in (1, 2, 3)]
    assert [one["id"] for page in pages for one in page["contents"]] == whole
    assert [(page["size"], page["first_page"], page["last_page"]) for page in pages] == [
        (2, True, False),
        (2, False, False),
        (1, False, True),
    ]
    assert (pages[0]["total_items"], pages[0]["total_pages"]) == (5, 3)
    assert ask("services", per_page="2", page="4")["empty"] is True


def test_what_changed_since_is_found(ask):
    """``modified_after`` finds what was changed from then on; a day's edit counts for its whole day."""
    names = {one["name"] for one in ask("services", modified_after=people.NOW.isoformat())["contents"]}
    assert {"もちつき大会", "第一公園の体操"} <= names
    assert "ひだまりサロン" not in names
    assert "ひだまりサロン" in {
        one["name"] for one in ask("services", modified_after="2026-11-01T23:00:00+09:00")["contents"]
    }
    everything = ask("services", minimal="true")
    assert all(set(one) <= {"id", "last_modified"} for one in everything["contents"])


def test_the_nearest_comes_first_and_the_far_not_at_all(ask):
    """``proximity`` is metres around ``near``; what is farther, or nowhere, is not found."""
    for params in ({"proximity": "500", "near": "34.005,135.005"}, {"proximity": "34.005,135.005,500"}):
        found = [one["location"].get("name") for one in ask("service_at_locations", **params)["contents"]]
        assert "遠くの広場" not in found
        assert found[0] in {"ひだまりサロン", "第一公園"}


def test_filters_narrow(ask):
    """Municipality, kind by UUID, organisation and taxonomy each narrow the answer."""
    term = next(one for one in ask("taxonomy_terms")["contents"] if one["code"] == "ibasho")
    assert [one["name"] for one in ask("services", taxonomy_term_id=term["id"])["contents"]] == ["遠くの広場"]
    assert ask("services", municipality=people.ELSEWHERE)["total_items"] == 0
    assert ask("services", taxonomy_id=hsds_terms.taxonomy_id())["total_items"] == 5
    assert ask("services", taxonomy_id="other")["empty"] is True


def test_lines_are_all_of_it(town_store, visit):
    """``format=ndjson`` is every object, one a line, without pages."""
    answer = visit().browser.get("/hsds/services?format=ndjson&per_page=1")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [wrong("service", json.loads(line)) for line in answer.text.splitlines()] == [[]] * 5


def test_a_question_that_cannot_be_read_is_said(town_store, visit):
    """What cannot be read is a 400 in JSON with a sentence, whatever the reader accepts."""
    browser = visit().browser
    for query in UNREADABLE:
        answer = browser.get(f"/hsds/services?{query}", headers={"accept": "text/html"})
        assert (query, answer.status_code, list(answer.json())) == (query, 400, ["error"])
        assert answer.headers["access-control-allow-origin"] == "*"


def test_what_there_is_not_is_a_404_in_json(town_store, visit):
    """An id, a path or a municipality that there is not is a 404 in JSON."""
    browser = visit().browser
    for path in ("services/x", "nothing", "services/x/y", "services?municipality=00000"):
        answer = browser.get(f"/hsds/{path}", headers={"accept": "text/html"})
        assert (answer.status_code, list(answer.json())) == (404, ["error"])


def test_an_answer_is_kept_zipped_and_open(town_store, visit):
    """An answer is known by its ETag, zipped for whoever asks, and may be read by pages of other sites."""
    browser = visit().browser
    answer = browser.get("/hsds/services")
    assert answer.headers["access-control-allow-origin"] == "*"
    again = browser.get("/hsds/services", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    with browser.stream("GET", "/hsds/services", headers={"accept-encoding": "gzip"}) as zipped:
        assert gzip.decompress(b"".join(zipped.iter_raw())) == answer.content
