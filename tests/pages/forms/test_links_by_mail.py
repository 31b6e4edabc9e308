"""Invitation, reset and confirmation by mail: who causes one, where its links lead, and that a look does nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from portal import clock, identity, links
from portal.model.account import Purpose
from portal.model.group import GroupState
from portal.model.message import Delivery
from portal.store import Put
from tests import town as place
from tests.pages.forms.conftest import BASE
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, OWNER, STAFF, VISITOR_STAFF
from tests.portal.signing import OTHER, PASSWORD, kept_password, token_in

SHORT = "short"
NAMED = "みなとの地域ポータルサイト2026"
NEW = "newcomer@example.jp"
LOCAL = "http://127.0.0.1:8501"


@pytest.fixture
def town(store):
    """The store, with a password for the member."""
    store.apply([Put(replace(MEMBER.account, password=kept_password()))])
    return store


def invited(store, invitation, who=ADMINISTRATOR):
    """The path of an invitation that was just made."""
    return f"/invitation?t={identity.invite(store, who, invitation, clock.now(), BASE)}"


def test_an_administrator_invites_staff_who_then_sign_in(town, visit):
    """From the list of people to the mail, from the mail's link to the account, which is signed in at once."""
    answer = visit(ADMINISTRATOR).send("/people", invite="1", email=NEW, role=place.CODE)
    assert answer.status_code == 303
    [message] = town.messages()
    path = f"/invitation?t={token_in(message.body)}"
    newcomer = visit()
    assert "みなも町の職員として" in newcomer.get(path).text
    bad = newcomer.send(path, name="新田", password=SHORT)
    assert bad.status_code == 400
    assert 'href="#f-password"' in bad.text
    assert 'value="新田"' in bad.text
    assert 'href="#f-name"' in newcomer.send(path, name="", password=OTHER).text
    welcome = newcomer.send(path, name="新田", password=OTHER)
    assert (welcome.status_code, welcome.headers["location"]) == (303, "/queue")
    assert newcomer.get("/outbox").status_code == 200
    assert newcomer.get(path).status_code == 404


def test_the_portals_name_is_no_password(town, set_up, visit):
    """What the operator called the portal is as well known as the address."""
    set_up(title="みなとの地域ポータルサイト")
    path = invited(town, identity.Invitation(NEW, group="group-hidamari"))
    page = visit().send(path, name="新田", password=NAMED)
    assert 'href="#f-password"' in page.text
    assert town.account_of(NEW) is None


def test_mail_scanners_spend_no_link(town, visit):
    """Opening an invitation, a reset or a confirmation changes nothing, however often."""
    group = people.group("new", state=GroupState.APPLIED, applicant_email=NEW)
    made = {
        "/invitation": links.make(Purpose.INVITE, clock.now(), email=NEW, group="group-hidamari"),
        "/reset": links.make(Purpose.RESET, clock.now(), email="member@example.jp", account=MEMBER.id),
        "/confirm": links.make(Purpose.CONFIRM, clock.now(), email=NEW, group=group.id),
    }
    town.apply([Put(group), *(Put(link) for _, link in made.values())])
    scanner = visit()
    for path, (token, link) in made.items():
        for _ in range(3):
            assert scanner.get(f"{path}?t={token}").status_code == 200
        assert town.link(link.id) == link


def test_who_has_an_account_takes_an_invitation_up_with_one_button(town, visit):
    """No name and no password are asked for, and none are changed."""
    path = invited(town, identity.Invitation("neighbour@example.jp", group="group-hidamari"))
    visitor = visit()
    assert 'type="password"' not in visitor.get(path).text
    assert visitor.send(path, name="x", password=OTHER).status_code == 303
    assert {member.account for member in town.members("group-hidamari")} >= {"account-neighbour"}


def test_a_lost_password_is_replaced(town, visit):
    """Asked for, mailed, set, and signed in with."""
    visitor = visit()
    asked = visitor.follow(visitor.send("/reset", email="member@example.jp"))
    assert "member@example.jp が登録されていれば" in asked.text
    [message] = town.messages()
    path = f"/reset?t={token_in(message.body)}"
    assert visitor.send(path, password=SHORT).status_code == 400
    assert visitor.send(path, password=OTHER).status_code == 303
    assert visitor.send("/sign-in", email="member@example.jp", password=OTHER).status_code == 303
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("email", ["member@example.jp", "nobody@example.jp"])
def test_asking_for_a_reset_says_the_same_to_everybody(town, visit, email):
    """Status, headers and sentence do not tell whether there is an account; the work is done after the answer."""
    visitor = visit()
    answer = visitor.send("/reset", email=email)
    page = visitor.follow(answer).text
    told = re.sub(r'value="[^"]*"', "", page.replace(email, "…"))
    other = visit()
    compared = other.follow(other.send("/reset", email="somebody@example.jp")).text
    assert told == re.sub(r'value="[^"]*"', "", compared.replace("somebody@example.jp", "…"))
    assert sorted(answer.headers) == sorted(other.send("/reset", email="somebody@example.jp").headers)


def test_an_address_that_is_none_is_said_beside_its_field(town, visit):
    """Nothing is sent, and what was typed is still there."""
    page = visit().send("/reset", email="member@example.jp\r\nBcc: x@example.jp")
    assert page.status_code == 400
    assert 'href="#f-email"' in page.text
    assert town.messages() == []


@pytest.mark.parametrize("host", ["evil.example", "ibasho.example.evil.example", "ibasho.example:8443", "127.0.0.1"])
def test_a_forged_host_causes_no_mail(town, visit, host):
    """A request for another host than the settings' sends nothing at all (Indico GHSA-wgpj-7c2j-vfjm)."""
    visitor = visit(base=f"https://{host}")
    assert visitor.send("/reset", email="member@example.jp").status_code == 403
    staff = visit(ADMINISTRATOR, base=f"https://{host}")
    assert staff.send("/people", invite="1", email=NEW, role="administrator").status_code == 403
    assert town.messages() == []


def test_links_lead_to_the_settings_address_only(town, visit):
    """Neither Host nor X-Forwarded-Host nor Forwarded stand in a mail."""
    visitor = visit()
    fields = {"_form": visitor.hidden("/reset"), "email": "member@example.jp"}
    forged = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example", "x-original-host": "evil.example"}
    assert visitor.browser.post("/reset", data=fields, headers=forged).status_code == 303
    [message] = town.messages()
    assert set(re.findall(r"https?://[^/\s]+", message.body)) == {BASE}


def test_without_a_public_address_only_this_machine_causes_mail(town, set_up, visit):
    """Then links lead to the host and port that the portal listens on, and other hosts send nothing."""
    set_up(public_url="", port="8501")
    assert visit(base="https://somewhere.example").send("/reset", email="member@example.jp").status_code == 403
    assert town.messages() == []
    assert visit(base="https://localhost:8501").send("/reset", email="member@example.jp").status_code == 303
    assert f"{LOCAL}/reset?t=" in town.messages()[0].body


def test_an_applicants_address_is_confirmed_by_a_button(town, visit):
    """The page asks whether the address is theirs; the button notes it; a second time is too late."""
    group = people.group("new", name="<b>新</b>", state=GroupState.APPLIED, applicant_email=NEW)
    token, link = links.make(Purpose.CONFIRM, clock.now(), email=NEW, group=group.id)
    town.apply([Put(group), Put(link)])
    path = f"/confirm?t={token}"
    visitor = visit()
    assert "&lt;b&gt;新&lt;/b&gt;" in visitor.get(path).text
    hidden = visitor.hidden(path)
    assert visitor.browser.post(path, data={"_form": hidden}).status_code == 200
    assert town.group(group.id).email_confirmed_at is not None
    assert visitor.browser.post(path, data={"_form": hidden}).status_code == 404


def test_the_outbox_shows_each_what_is_theirs(town, visit):
    """Staff see their town's messages, administrators all; without a mail server the page says what that means."""
    invited(town, identity.Invitation(NEW, group="group-hidamari"))
    invited(town, identity.Invitation("chief@example.jp", administrator=True))
    page = visit(STAFF).get("/outbox").text
    assert NEW in page
    assert "chief@example.jp" not in page
    assert "メールは送られません" in page
    assert NEW not in visit(VISITOR_STAFF).get("/outbox").text
    assert "chief@example.jp" in visit(ADMINISTRATOR).get("/outbox").text
    assert visit(OWNER).get("/outbox").status_code == 403
    assert visit().get("/outbox").status_code == 303


def test_the_outbox_says_what_became_of_a_message(town, visit):
    """Sent, failed with its reason, kept: each in words."""
    invited(town, identity.Invitation(NEW, group="group-hidamari"))
    [message] = town.messages()
    failed = replace(message, state=Delivery.FAILED, tries=8, problem="mail.problem_login")
    town.apply([Put(failed), Put(replace(message, id="message-2", state=Delivery.KEPT))])
    page = visit(STAFF).get("/outbox").text
    assert "送れませんでした" in page
    assert "smtp_user" in page
    assert "保管中" in page


@pytest.mark.parametrize(
    "path", ["/invitation", "/invitation?t=", "/invitation?t=x", "/reset?t=x", "/confirm", "/confirm?t=%00"]
)
def test_a_link_that_is_none_is_a_page_that_says_so(store, visit, path):
    """A cut-off link says to copy it whole."""
    answer = visit().get(path)
    assert answer.status_code == 404
    assert "はじめから終わりまで" in answer.text


def test_a_person_can_be_suspended_and_let_in_again(town, visit):
    """By an administrator, each with a sentence that names whom."""
    visitor = visit(ADMINISTRATOR)
    said = visitor.follow(visitor.send("/people", account=MEMBER.id, suspend="1")).text
    assert "member さんの利用を停止しました" in said
    assert "利用停止中" in said
    said = visitor.follow(visitor.send("/people", account=MEMBER.id, resume="1")).text
    assert "member さんの停止をやめました" in said
    assert visitor.send("/people", account=ADMINISTRATOR.id, suspend="1").status_code == 409
    assert visitor.send("/people", account="account-nobody", suspend="1").status_code == 404
    assert visit().send("/sign-in", email="member@example.jp", password=PASSWORD).status_code == 303
