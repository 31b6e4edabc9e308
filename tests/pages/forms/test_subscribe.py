"""Asking to be told by the plain form, confirming by the mail's link, and stopping without a sign-in."""

from __future__ import annotations

import re
import time

import pytest

from pages import wiring
from pages.forms import robots, signing
from pages.outside import digests, push
from portal import clock, subscribing
from portal.model.post import PostState
from portal.model.subscription import Choice, Pace
from portal.store import Put
from tests import town
from tests.pages.forms.conftest import BASE
from tests.portal import people
from tests.portal.test_subscribing import BROWSER

ADDRESS = "hanako@example.jp"
WEST = f"{town.CODE}-elementary-西小"
FILLED = {"layer": "elementary", "pace": "at_once", "language": "ja", "way": "mail"}
KEYS = {"endpoint": BROWSER.endpoint, "p256dh": BROWSER.p256dh, "auth": BROWSER.auth}


@pytest.fixture
def mailing(set_up):
    """The store of a portal that has a mail server and may send push messages."""
    return set_up(smtp_host="127.0.0.1", mail_from="portal@ibasho.example", push="on")


def ask(visitor, seconds=60, **fields):
    """Fill the form in, as somebody who opened it ``seconds`` ago, and send it."""
    opened = signing.sign(robots.PURPOSE, int(time.time()) - seconds)
    return visitor.send("/subscribe", **{robots.BEGUN: opened, **FILLED, **fields})


def link(store, choice=None):
    """The path of the link that was mailed to somebody who asked just now."""
    subscribing.ask(store, ADDRESS, choice or Choice(town.CODE), clock.now())
    token, waiting = subscribing.with_link(store.subscriptions_of(ADDRESS)[-1])
    store.apply([Put(waiting)])
    return f"/subscribe-confirm?t={token}"


def test_the_choice_is_kept_as_it_was_ticked(mailing, visit):
    """District, kind, pace and language; the address waits for its link, and no mail stands in the outbox."""
    visitor = visit()
    answer = ask(visitor, email="Hanako@example.jp", district=WEST, kind=["ibasho", "elderly_salon"])
    assert "まもなくメールが届きます" in visitor.follow(answer).text
    [kept] = mailing.subscriptions_of(ADDRESS)
    wanted = Choice(town.CODE, "elementary", (WEST,), ("elderly_salon", "ibasho"), Pace.AT_ONCE)
    assert (kept.choice, kept.confirmed, kept.token) == (wanted, False, "")
    assert mailing.messages() == []


def test_no_district_is_everywhere(mailing, visit):
    """And no kind is every kind."""
    ask(visit(), email=ADDRESS)
    assert mailing.subscriptions_of(ADDRESS)[0].choice == Choice(town.CODE, pace=Pace.AT_ONCE)


@pytest.mark.parametrize("known", ["confirmed", "waiting", "too often", "unknown"])
def test_every_address_gets_the_same_answer(mailing, visit, known):
    """Whether it is told already, waits, was asked for too often or is new: status, headers and page are the same."""
    for _ in range(4 if known == "too often" else 1):
        subscribing.ask(mailing, ADDRESS if known != "unknown" else "x@example.jp", Choice(town.CODE), clock.now())
    if known == "confirmed":
        visitor, path = visit(), link(mailing)
        visitor.send(path)
    answers = [(ask(one, email=email), one) for email, one in ((ADDRESS, visit()), ("new@example.jp", visit()))]
    assert len({(answer.status_code, answer.headers["location"]) for answer, _ in answers}) == 1
    pages = [re.sub(r'value="[^"]*"', "", one.follow(answer).text) for answer, one in answers]
    assert pages[0] == pages[1]


def test_what_is_wrong_is_said_beside_its_field(mailing, visit):
    """An address that is none, and a district that there is not; what was chosen stays."""
    visitor = visit()
    page = ask(visitor, email="hanako", district=WEST)
    assert page.status_code == 400
    assert 'href="#f-email"' in page.text
    assert re.search(rf'value="{WEST}" checked', page.text)
    assert 'value="hanako"' in page.text
    for fields in ({"district": "no-such"}, {"kind": "no_kind"}, {"pace": "daily"}, {"language": "fr"}):
        assert ask(visitor, email=ADDRESS, **fields).status_code == 400
    assert ask(visitor, email="x@example.jp\r\nBcc: y@example.jp").status_code == 400
    assert mailing.subscriptions_due(clock.now().replace(year=2099), 9) == []


def test_a_robot_and_too_many_are_stopped(mailing, visit):
    """A filled trap and a form sent at once keep nothing; after ten from one network it is a 429."""
    visitor = visit()
    assert ask(visitor, seconds=0, email=ADDRESS).status_code == 400
    assert ask(visitor, email=ADDRESS, **{robots.TRAP: "x"}).status_code == 400
    assert mailing.subscriptions_of(ADDRESS) == []
    answers = [ask(visitor, email=f"h{number}@example.jp").status_code for number in range(11)]
    assert answers == [303] * 10 + [429]


def test_without_a_mail_server_mail_is_not_offered(store, visit):
    """The page says so and asks for no address; a form that is sent all the same keeps nothing."""
    visitor = visit()
    page = visitor.get("/subscribe").text
    assert "いまメールを送れません" in page
    assert 'name="email"' not in page
    post = people.kept(store, PostState.LIVE, facts=people.facts(relayed=True))
    opened = signing.sign(robots.PURPOSE, int(time.time()) - 60)
    forged = {"_form": visitor.hidden(f"/ask?post={post.id}"), robots.BEGUN: opened, **FILLED, "email": ADDRESS}
    answer = visitor.browser.post("/subscribe", data=forged)
    assert answer.status_code == 400
    assert store.subscriptions_of(ADDRESS) == []


def test_a_forged_host_causes_no_mail(mailing, visit):
    """At another address than the settings' mail is neither offered nor taken (Indico GHSA-wgpj-7c2j-vfjm)."""
    visitor = visit(base="https://evil.example")
    assert 'name="email"' not in visitor.get("/subscribe").text
    assert ask(visitor, email=ADDRESS).status_code == 403
    assert mailing.subscriptions_of(ADDRESS) == []


def test_the_links_page_asks_and_its_button_confirms(mailing, visit):
    """Looking confirms nothing, however often; the button does, once."""
    path = link(mailing, Choice(town.CODE, "elementary", (WEST,)))
    visitor = visit()
    for _ in range(3):
        page = visitor.get(path)
        assert page.status_code == 200
        assert "西小" in page.text
    assert not mailing.subscriptions_of(ADDRESS)[0].confirmed
    hidden = visitor.hidden(path)
    assert visitor.browser.post(path).status_code == 403
    assert "登録しました" in visitor.browser.post(path, data={"_form": hidden}).text
    assert mailing.subscriptions_of(ADDRESS)[0].confirmed
    assert visitor.browser.post(path, data={"_form": hidden}).status_code == 404
    assert visitor.get(path).status_code == 404


def test_one_click_stops_without_cookie_or_form(mailing, visit):
    """As mail programs do it (RFC 8058): one POST from anywhere deletes everything; a second one says the same."""
    visit_one = visit()
    visit_one.send(link(mailing))
    [kept] = mailing.subscriptions_of(ADDRESS)
    address = f"/unsubscribe?t={digests.leave_token(kept.id)}"
    program = visit()
    for _ in range(3):
        assert program.get(address).status_code == 200
    assert mailing.subscription(kept.id) == kept
    fresh = visit()
    assert not fresh.browser.cookies
    answer = fresh.browser.post(
        address, content="List-Unsubscribe=One-Click", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 200
    assert mailing.subscriptions_of(ADDRESS) == []
    assert fresh.browser.post(address).status_code == 200
    assert "お知らせをやめました" in fresh.get(address).text


@pytest.mark.parametrize("query", ["", "?t=", "?t=x", "?t=%00", "?t=" + "a" * 3000])
def test_a_link_that_is_none_stops_nothing(mailing, visit, query):
    """It says to copy the link whole, and nobody's subscription is touched by a guess."""
    visit().send(link(mailing))
    for answer in (visit().get(f"/unsubscribe{query}"), visit().browser.post(f"/unsubscribe{query}")):
        assert answer.status_code == 404
        assert "はじめから終わりまで" in answer.text
    assert len(mailing.subscriptions_of(ADDRESS)) == 1


def test_a_browser_asks_and_stops_without_a_sign_in(mailing, visit):
    """The form's hidden fields say where it is told; its endpoint alone stops it, without cookie or form."""
    visitor = visit()
    page = visitor.get("/subscribe").text
    assert f'data-key="{push.public_key(wiring.settings())}"' in page
    answer = ask(visitor, way="browser", district=WEST, **KEYS)
    assert "通知を登録しました" in visitor.follow(answer).text
    kept = mailing.subscription(subscribing.id_of(BROWSER.endpoint))
    assert (kept.browser, kept.confirmed, kept.choice.districts) == (BROWSER, True, (WEST,))
    assert visit().browser.post("/unsubscribe", data={"endpoint": BROWSER.endpoint}).status_code == 200
    assert mailing.subscription(kept.id) is None


@pytest.mark.parametrize(
    "endpoint", ["", "http://push.example/x", "https://127.0.0.1/x", "https://[fd00::1]/x", "https://push.example:99/"]
)
def test_a_browser_at_no_public_address_is_refused(mailing, visit, endpoint):
    """Over HTTPS and on the open internet, or not at all (SSRF)."""
    assert ask(visit(), way="browser", **KEYS | {"endpoint": endpoint}).status_code == 400
    assert mailing.subscriptions_due(clock.now().replace(year=2099), 9) == []


def test_where_push_is_off_no_browser_is_taken(set_up, visit):
    """There is no button, no key is made, and a form that is sent all the same keeps nothing."""
    store = set_up(smtp_host="127.0.0.1", mail_from="portal@ibasho.example")
    visitor = visit()
    assert "push.js" not in visitor.get("/subscribe").text
    assert ask(visitor, way="browser", **KEYS).status_code == 400
    assert store.subscription(subscribing.id_of(BROWSER.endpoint)) is None
    assert not (wiring.settings().home / push.FILE).exists()


def test_the_worker_is_a_script_of_the_whole_portal(mailing, visit):
    """Its type is a script's, browsers ask anew whether it changed, and the page's policy lets it run."""
    answer = visit().get("/push-worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in visit().get("/subscribe").headers["content-security-policy"]


def test_other_layers_and_towns_are_chosen_without_scripts(mailing, visit):
    """A link for each layer, a list of municipalities; English pages bear English names."""
    visitor = visit()
    page = visitor.get("/subscribe?layer=junior_high").text
    assert "南中" in page
    assert "西小" not in page
    assert f'value="{people.ELSEWHERE}"' in page
    english = visit(language="en").get("/subscribe").text
    assert "Be told what is new" in english
    assert "Elderly salon" in english
    assert BASE not in english
