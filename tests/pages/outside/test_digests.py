"""What residents asked to be told arrives: over a real mail server and a real push service, and nothing else does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pages import wiring
from pages.outside import digests, mail
from pages.outside.digest_letter import Office
from pages.outside.digests import Senders
from portal import laying_out, subscribing
from portal.model.mark import Mark
from portal.model.post import PostKind, PostState
from portal.model.subscription import CONFIRM_WITHIN, Choice, Pace
from portal.posts.keeping import Step, keep
from portal.store import Put
from tests import town
from tests.pages.outside.test_mail import Box, served
from tests.pages.outside.test_push import Reader, service, settings  # noqa: F401  # fixtures
from tests.portal import people
from tests.portal.people import NOW, later

BASE = "https://portal.minamo-machi.osaka.example"
ADDRESS = "hanako@example.jp"
AT_ONCE, WEEKLY = Choice(town.CODE, pace=Pace.AT_ONCE), Choice(town.CODE)
MONDAY = later(hours=22, minutes=2)
"""A minute after seven on the next Monday, and one more."""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The signing key has a folder of its own."""
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))
    wiring.settings.cache_clear()
    yield tmp_path
    wiring.settings.cache_clear()


@pytest.fixture
def store(store):
    """The town with its people."""
    return people.settle(store)


@pytest.fixture
def sent():
    """A mail server's box, and a round at a moment: ``sent(store, now)`` gives the mails of the round."""
    box = Box()
    with served(box) as known:

        def at(store, now=NOW):
            before = len(box.taken)
            digests.turn(store, Senders(mail.sender(known)), Office(BASE, now), 365)
            return box.mails[before:]

        at.box = box
        yield at


def post(store, at, title="もちつき大会", state=PostState.LIVE, **values):
    """A post from a moment on."""
    made = people.Post("post-1", town.CODE, "group-hidamari", people.facts(title, **values), state, live_at=at)
    keep(store, Step(store.post("post-1"), made), store.group("group-hidamari"), Mark(at))


def confirmed(store, sent, choice=AT_ONCE, at=NOW):
    """Somebody who asked and pressed the button."""
    subscribing.ask(store, ADDRESS, choice, at)
    [letter] = sent(store, at)
    token = re.search(r"/subscribe-confirm\?t=([\w-]+)", letter.get_content())[1]
    return subscribing.confirm(store, token, at)


def test_the_link_that_confirms_is_mailed_once(store, sent):
    """To the address alone, with the choice in words; the store holds no token, and the outbox nothing."""
    subscribing.ask(store, ADDRESS, replace(AT_ONCE, language="en"), NOW)
    [letter] = sent(store)
    assert letter["To"] == ADDRESS
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert "Minamo" in text
    token = re.search(rf"^{re.escape(BASE)}/subscribe-confirm\?t=([\w-]{{43}})&lang=en\r?$", text, re.MULTILINE)[1]
    assert token not in str(store.subscriptions_of(ADDRESS))
    assert subscribing.look(store, token, NOW).email == ADDRESS
    assert sent(store, later(minutes=5)) == []
    assert store.messages() == []


def test_a_server_that_is_down_gets_the_link_later(store, sent):
    """The next try makes another token; until then nothing is lost."""
    sent.box.answers = ["451 come back later"]
    subscribing.ask(store, ADDRESS, AT_ONCE, NOW)
    assert sent(store) == []
    [memory] = digests._memories[store].values()  # noqa: SLF001  # a minute is not waited for
    assert memory.failed == 1
    assert sent(store, later(seconds=15)) == []
    memory.again = 0
    assert len(sent(store, later(minutes=2))) == 1


def test_what_nobody_confirmed_is_deleted(store, sent):
    """After 48 hours the address is gone, with a mail server or without one."""
    subscribing.ask(store, ADDRESS, AT_ONCE, NOW)
    sent(store)
    sent(store, NOW + CONFIRM_WITHIN)
    subscribing.ask(store, "taro@example.jp", AT_ONCE, NOW)
    digests.turn(store, Senders(), Office(BASE, NOW + CONFIRM_WITHIN), 365)
    assert store.subscriptions_due(later(days=99), 9) == []


def test_news_come_within_minutes_and_once_an_hour(store, sent):
    """The first at once, what follows gathered for an hour; nothing new, no mail."""
    confirmed(store, sent)
    assert sent(store, later(minutes=3)) == []
    post(store, later(minutes=4))
    [letter] = sent(store, later(minutes=6))
    assert "【新着】もちつき大会" in letter.get_content()
    assert f"{BASE}/ja/{town.CODE}/post/post-1/" in letter.get_content()
    post(store, later(minutes=20), text="別の文")
    post(store, later(minutes=30), text="また別の文")
    assert sent(store, later(minutes=50)) == []
    [second] = sent(store, later(minutes=66))
    assert second.get_content().count("【変更】もちつき大会") == 1
    assert [sent(store, later(hours=hours)) for hours in (2, 3, 30)] == [[], [], []]


def test_the_week_comes_on_monday_morning(store, sent):
    """What takes place in the coming week and what is new, once; the next one a week later."""
    confirmed(store, sent, WEEKLY)
    post(store, later(hours=2), "もちつき大会", schedule=people.on(26, month=11))
    laying_out.lay_out_all(store, town.TODAY)
    assert [sent(store, later(hours=hours)) for hours in (3, 12, 21)] == [[], [], []]
    [letter] = sent(store, MONDAY)
    text = letter.get_content()
    assert text.count("もちつき大会") == 2
    assert "11月26日（木）" in text
    assert "みなも町 今週の予定と新しいお知らせ" in letter["Subject"]
    assert sent(store, later(days=2)) == []
    assert sent(store, later(days=7, hours=22, minutes=2)) == []
    post(store, later(days=9), "後の催し", schedule=people.on(8))
    laying_out.lay_out_all(store, later(days=14).date())
    assert len(sent(store, later(days=14, hours=22, minutes=2))) == 1


def test_a_mail_can_be_stopped_by_one_click(store, sent):
    """RFC 8058: the address stands whole in its header and in the text; a list has its id; no machine replies."""
    subscription = confirmed(store, sent)
    post(store, later(minutes=4))
    [letter] = sent(store, later(minutes=6))
    raw = sent.box.taken[-1][0].content.decode("ascii", "replace")
    [address] = re.findall(r"^List-Unsubscribe: <(https://\S+)>\r?$", raw, re.MULTILINE)
    assert address.startswith(f"{BASE}/unsubscribe?t=")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"] == f"<{town.CODE}.digest.portal.minamo-machi.osaka.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert address in letter.get_content()
    assert digests.leaving(address.partition("t=")[2]) == subscription.id
    assert letter.get_content_type() == "text/plain"


@pytest.mark.parametrize("token", ["", "x", "InN1YnNjcmlwdGlvbi0xIg.aSF0Kw.AAAA"])
def test_nobody_makes_up_a_link_that_stops(token):
    """Only what this portal signed for that."""
    assert digests.leaving(token) == ""


@pytest.mark.parametrize("state", [PostState.HIDDEN, PostState.WITHDRAWN])
def test_what_is_public_no_more_is_not_mailed(store, sent, state):
    """Shown for a few minutes and taken back before the mail is sent."""
    confirmed(store, sent)
    post(store, later(minutes=4))
    post(store, later(minutes=5), state=state)
    assert sent(store, later(minutes=8)) == []


def test_a_stop_between_two_messages_is_one(store, sent):
    """Nothing is sent any more, nothing is put back, nothing is kept."""
    subscription = confirmed(store, sent)
    post(store, later(minutes=4))
    subscribing.leave(store, subscription.id, later(minutes=5))
    assert sent(store, later(minutes=6)) == []
    assert store.subscriptions_due(later(days=99), 9) == []


def test_a_mail_that_was_not_taken_is_made_anew(store, sent):
    """Of what is public then; nothing of it waits anywhere meanwhile."""
    confirmed(store, sent)
    post(store, later(minutes=4))
    sent.box.answers = ["451 come back later"]
    assert sent(store, later(minutes=6)) == []
    assert store.messages() == []
    post(store, later(minutes=7), title="名前が変わった会")
    next(iter(digests._memories[store].values())).again = 0  # noqa: SLF001  # a minute is not waited for
    [letter] = sent(store, later(minutes=9))
    assert "【新着】名前が変わった会" in letter.get_content()
    assert "もちつき" not in letter.get_content()


def test_no_address_is_logged(store, sent, caplog):
    """Neither when a mail is sent nor when the server refuses its recipient by name, nor where a stop is made."""
    caplog.set_level("DEBUG", "pages")
    subscription = confirmed(store, sent)
    post(store, later(minutes=4))
    sent.box.answers = [f"550 <{ADDRESS}> is unknown here"]
    assert sent(store, later(minutes=6)) == []
    subscribing.leave(store, subscription.id, later(minutes=7))
    assert "550" in caplog.text
    assert "hanako" not in caplog.text
    assert subscription.id not in caplog.text


@pytest.mark.parametrize(
    "title", ["会\nBcc: x@evil.example", "会\u2028【中止】別の催し", "<b>会</b> https://x.example"]
)
def test_a_title_stays_one_line_of_text(store, sent, title):
    """Whatever stands in it, no header and no line of its own begins."""
    confirmed(store, sent)
    post(store, later(minutes=4), title)
    [letter] = sent(store, later(minutes=6))
    assert letter["Bcc"] is None
    assert len([line for line in letter.get_content().splitlines() if "会" in line and line.startswith("【")]) == 1
    assert sent.box.taken[-1][0].rcpt_tos == [ADDRESS]


def test_samples_are_marked_and_help_names_nobody(store, sent):
    """見本 stands before a sample; help between residents bears neither group nor spot."""
    confirmed(store, sent)
    post(store, later(minutes=4), "電球", kind=PostKind.HELP_WANTED, schedule=None, where=people.pin())
    [letter] = sent(store, later(minutes=6))
    assert "ひだまり" not in letter.get_content()
    assert "第一公園" not in letter.get_content()
    place = town.place("p1", "見本の場所")
    store.apply([Put(replace(place, origin=replace(place.origin, dataset="sample")))], Mark(later(minutes=70)))
    [second] = sent(store, later(minutes=72))
    assert ("【見本】" in second.get_content()) is store.place("p1").sample


def test_without_a_mail_server_nothing_is_sent_and_nothing_lost(store, sent):
    """What was asked for waits until there is one."""
    confirmed(store, sent)
    post(store, later(minutes=4))
    assert digests.turn(store, Senders(), Office(BASE, later(minutes=6)), 365) == 0
    assert len(sent(store, later(minutes=7))) == 1


def test_a_browser_is_told_title_and_link(store, service, settings):  # noqa: F811  # fixtures of another file
    """One thing by its name, several by the first and the municipality's page; once it is gone, it is deleted."""
    here, reader = service(), Reader()
    made = subscribing.follow(store, reader.at(here.endpoint), AT_ONCE, NOW)
    senders = Senders(None, lambda *told: digests.push.send(settings, here.limits, *told))
    post(store, later(minutes=4))
    assert digests.turn(store, senders, Office(BASE, later(minutes=6)), 365) == 1
    assert reader.read(here.taken[0][2]) == {
        "title": "【新着】もちつき大会(event)",
        "link": f"{BASE}/ja/{town.CODE}/post/post-1/",
    }
    post(store, later(minutes=70), text="別の文")
    store.apply([Put(town.place("p1"))], Mark(later(minutes=70)))
    assert digests.turn(store, senders, Office(BASE, later(minutes=72)), 365) == 1
    second = reader.read(here.taken[1][2])
    assert second == {"title": "【変更】もちつき大会(event) ほか 1 件", "link": f"{BASE}/ja/{town.CODE}/"}
    here.status = 410
    post(store, later(minutes=140))
    assert digests.turn(store, senders, Office(BASE, later(minutes=142)), 365) == 0
    assert store.subscription(made.id) is None


def test_a_service_that_fails_keeps_nobody_else_from_being_told(store, sent, service, settings):  # noqa: F811  # as above
    """The browser is tried again later; the mail is sent in the same round."""
    here = service(503)
    made = subscribing.follow(store, Reader().at(here.endpoint), AT_ONCE, NOW)
    confirmed(store, sent)
    post(store, later(minutes=4))
    senders = Senders(None, lambda *told: digests.push.send(settings, here.limits, *told))
    assert digests.turn(store, senders, Office(BASE, later(minutes=6)), 365) == 0
    assert store.subscription(made.id) == made
    assert len(here.taken) == 1
    assert digests.turn(store, senders, Office(BASE, later(minutes=7)), 365) == 0
    assert len(here.taken) == 1
    assert len(sent(store, later(minutes=8))) == 1
