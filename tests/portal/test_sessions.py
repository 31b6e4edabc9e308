"""Sign-ins: how long they last, what ends them, what is kept of them."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import accounts, identity, passwords, sessions
from portal.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRecordError,
    NotSignedInError,
    TooManyTriesError,
    UnknownThingError,
)
from portal.model.account import AccountState
from portal.permissions import ANYBODY
from portal.store import Put
from tests.portal.people import ADMINISTRATOR, MEMBER, NOW, OWNER, STAFF, later
from tests.portal.signing import HERE, OTHER, PASSWORD, kept, sign_in, with_passwords


@pytest.fixture
def town(store):
    """The invented town whose people have passwords."""
    return with_passwords(store)


def test_a_sign_in_gives_whoever_it_is(town):
    """With address, in whatever case, and password one is oneself, with one's groups."""
    signed_in = identity.sign_in(town, " Owner@Example.JP ", PASSWORD, HERE, NOW)
    actor = identity.actor(town, signed_in.token, NOW)
    assert actor.id == OWNER.id
    assert actor.groups == {"group-hidamari": True}


def test_the_token_is_kept_nowhere(town):
    """The store holds the SHA-256 of a token of 256 bits, not the token."""
    token = sign_in(town, MEMBER)
    assert len(token) == 43
    assert [item.id for item in town.sessions_of(MEMBER.id)] == [hashlib.sha256(token.encode()).hexdigest()]


def test_each_sign_in_has_a_token_of_its_own(town):
    """A token from before a sign-in never becomes that sign-in (CKAN CVE-2025-64100)."""
    tokens = [sign_in(town, MEMBER) for _ in range(3)]
    assert len(set(tokens)) == 3
    assert identity.actor(town, "chosen-by-somebody-else", NOW) is ANYBODY
    assert all(identity.actor(town, token, NOW).id == MEMBER.id for token in tokens)


def test_half_an_hour_without_an_action_ends_it(town):
    """Idle for 30 minutes it has ended; used within them it goes on."""
    token = sign_in(town, MEMBER)
    assert identity.actor(town, token, later(minutes=29)).id == MEMBER.id
    assert identity.actor(town, token, later(minutes=58)).id == MEMBER.id
    assert identity.actor(town, token, later(minutes=88)) is ANYBODY


def test_twelve_hours_end_it_however_busy(town):
    """Used every 20 minutes, it still ends after 12 hours."""
    token = sign_in(town, MEMBER)
    for minutes in range(20, 12 * 60, 20):
        assert identity.actor(town, token, later(minutes=minutes)).id == MEMBER.id
    assert identity.actor(town, token, later(hours=12)) is ANYBODY


def test_use_is_noted_once_a_minute(town):
    """Not every action writes to the store."""
    token = sign_in(town, MEMBER)
    identity.actor(town, token, later(seconds=59))
    assert town.sessions_of(MEMBER.id)[0].seen_at == NOW
    identity.actor(town, token, later(seconds=60))
    assert town.sessions_of(MEMBER.id)[0].seen_at == later(seconds=60)


def test_a_replayed_token_after_signing_out_is_nobodys(town):
    """A token kept from before a sign-out lets nobody in, though it was just renewed elsewhere."""
    token = sign_in(town, MEMBER)
    with ThreadPoolExecutor(2) as pool:
        renewal = pool.submit(identity.actor, town, token, later(minutes=2))
        ending = pool.submit(identity.sign_out, town, token, later(minutes=2))
        renewal.result(), ending.result()
    assert identity.actor(town, token, later(minutes=2)) is ANYBODY
    assert town.sessions_of(MEMBER.id) == []


def test_all_devices_can_be_signed_out(town):
    """Ending them all leaves other people's alone."""
    mine, hers = [sign_in(town, MEMBER), sign_in(town, MEMBER)], sign_in(town, OWNER)
    identity.end_sessions(town, MEMBER.id, NOW)
    assert [identity.actor(town, token, NOW) for token in mine] == [ANYBODY, ANYBODY]
    assert identity.actor(town, hers, NOW).id == OWNER.id


def test_a_suspension_works_on_the_next_action(town):
    """Whoever was suspended is nobody at once, and cannot sign in; lifted, they can."""
    token = sign_in(town, MEMBER)
    accounts.suspend(town, ADMINISTRATOR, MEMBER.id, "連絡がつかない", NOW)
    assert identity.actor(town, token, NOW) is ANYBODY
    with pytest.raises(ForbiddenError, match=r"identity\.suspended"):
        sign_in(town, MEMBER)
    with pytest.raises(InvalidRecordError, match=r"identity\.wrong"):
        identity.sign_in(town, "member@example.jp", OTHER, HERE, NOW)
    accounts.resume(town, ADMINISTRATOR, MEMBER.id, "", NOW)
    assert identity.actor(town, token, NOW) is ANYBODY
    assert identity.actor(town, sign_in(town, MEMBER), NOW).id == MEMBER.id


def test_a_suspended_account_is_nobody_though_its_session_stands(town):
    """Even if the session were still there, the account's state decides."""
    token = sign_in(town, MEMBER)
    town.apply([Put(replace(kept(town, MEMBER), state=AccountState.SUSPENDED))])
    assert identity.actor(town, token, NOW) is ANYBODY


def test_only_administrators_suspend_and_not_themselves(town):
    """Staff cannot suspend, and the last administrator cannot lock the portal from inside."""
    with pytest.raises(ForbiddenError):
        accounts.suspend(town, STAFF, MEMBER.id, "", NOW)
    with pytest.raises(NotSignedInError):
        accounts.resume(town, ANYBODY, MEMBER.id, "", NOW)
    with pytest.raises(ConflictError):
        accounts.suspend(town, ADMINISTRATOR, ADMINISTRATOR.id, "", NOW)
    with pytest.raises(UnknownThingError):
        accounts.suspend(town, ADMINISTRATOR, "account-nobody", "", NOW)


def test_another_password_ends_every_sign_in(town):
    """The old password and the old sign-ins are worth nothing afterwards."""
    token = sign_in(town, MEMBER)
    with pytest.raises(InvalidRecordError, match=r"identity\.wrong_password"):
        accounts.change_password(town, MEMBER, OTHER, OTHER, NOW)
    accounts.change_password(town, MEMBER, PASSWORD, OTHER, later(minutes=1))
    assert identity.actor(town, token, later(minutes=1)) is ANYBODY
    with pytest.raises(InvalidRecordError, match=r"identity\.wrong"):
        sign_in(town, MEMBER)
    assert identity.sign_in(town, "member@example.jp", OTHER, HERE, NOW).account.id == MEMBER.id


def test_the_present_password_cannot_be_guessed_by_a_thief_of_a_session(town):
    """Ten wrong present passwords close that door, too."""
    for _ in range(10):
        with pytest.raises(InvalidRecordError):
            accounts.change_password(town, MEMBER, "not this one at all", OTHER, NOW)
    with pytest.raises(TooManyTriesError):
        accounts.change_password(town, MEMBER, PASSWORD, OTHER, NOW)


def test_one_can_change_ones_name_and_language(town):
    """A name and a language are kept; an empty name is refused, an unknown language is Japanese."""
    after = accounts.rename(town, MEMBER, " 川上 ", "en", NOW)
    assert (after.name, after.language) == ("川上", "en")
    assert accounts.rename(town, MEMBER, "川上", "xx", NOW).language == "ja"
    with pytest.raises(InvalidRecordError):
        accounts.rename(town, MEMBER, " ", "ja", NOW)
    with pytest.raises(NotSignedInError):
        accounts.rename(town, ANYBODY, "川上", "ja", NOW)


def test_ten_wrong_tries_for_an_account_close_it_for_five_minutes(town):
    """From ten origins or one: the eleventh try is refused with a time, the right password too; then it opens."""
    for number in range(10):
        with pytest.raises(InvalidRecordError):
            identity.sign_in(town, "member@example.jp", OTHER, f"192.0.2.{number}", later(seconds=number))
    with pytest.raises(TooManyTriesError) as error:
        identity.sign_in(town, "member@example.jp", PASSWORD, "198.51.100.1", later(minutes=1))
    assert error.value.values == {"at": "09:06"}
    assert identity.sign_in(town, "owner@example.jp", PASSWORD, "198.51.100.1", later(minutes=1))
    assert identity.sign_in(town, "member@example.jp", PASSWORD, "198.51.100.1", later(minutes=6))


def test_ten_wrong_tries_from_an_address_close_that_address(town):
    """Trying one account after the other is no way round; other people elsewhere still come in."""
    for number in range(10):
        with pytest.raises(InvalidRecordError):
            identity.sign_in(town, f"guess{number}@example.jp", OTHER, HERE, NOW)
    with pytest.raises(TooManyTriesError):
        identity.sign_in(town, "member@example.jp", PASSWORD, HERE, NOW)
    assert identity.sign_in(town, "member@example.jp", PASSWORD, "198.51.100.1", NOW)


def test_thirty_tries_at_once_do_not_slip_past_the_count(town):
    """Tries made at the same moment are counted, too: at most ten passwords are compared."""

    def attempt(number):
        with pytest.raises((InvalidRecordError, TooManyTriesError)) as error:
            identity.sign_in(town, "member@example.jp", f"{OTHER}{number}", HERE, NOW)
        return error.type

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(30)))
    assert outcomes.count(InvalidRecordError) <= 10


def test_right_passwords_are_not_counted(town):
    """Somebody who signs in often is never locked out."""
    for _ in range(12):
        sign_in(town, MEMBER)
    assert sessions.forget(town, later(hours=2)) == 12


def test_what_is_over_is_forgotten(town):
    """Ended sign-ins and old tries leave the store; running ones stay."""
    sign_in(town, MEMBER)
    running = sign_in(town, OWNER, later(hours=2))
    with pytest.raises(InvalidRecordError):
        identity.sign_in(town, "member@example.jp", OTHER, HERE, NOW)
    assert sessions.forget(town, later(hours=2)) == 2
    assert sessions.forget(town, later(hours=2)) == 0
    assert identity.actor(town, running, later(hours=2)).id == OWNER.id


def test_an_account_without_a_password_has_no_password(town):
    """Whoever signs in with the office's account only cannot be guessed, not even with nothing."""
    town.apply([Put(replace(kept(town, STAFF), password=""))])
    for guess in ("", "nobody has this password", PASSWORD):
        with pytest.raises(InvalidRecordError):
            identity.sign_in(town, "staff@example.jp", guess, HERE, NOW)


@pytest.mark.parametrize("email", ["", "x", "a" * 5000, "\ud800@x", "member@example.jp\0", "' OR 1=1 --"])
def test_strange_addresses_are_wrong_ones(town, email):
    """Whatever stands in the address field, the answer is the same sentence."""
    with pytest.raises(InvalidRecordError, match=r"identity\.wrong$"):
        identity.sign_in(town, email, PASSWORD, HERE, NOW)


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "\ud800", "\0", "../../etc"])
def test_strange_tokens_are_nobodys(town, token):
    """A token of another shape is nobody's, and nothing breaks."""
    assert identity.actor(town, token, NOW) is ANYBODY
    identity.sign_out(town, token, NOW)


def test_passwords_are_kept_as_argon2id_of_19_mib():
    """What is kept says its method: 19 MiB, two passes, one lane; equal passwords are kept differently."""
    kept_ones = [passwords.hashed(PASSWORD) for _ in range(2)]
    assert all(text.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for text in kept_ones)
    assert kept_ones[0] != kept_ones[1]


def test_a_password_is_the_same_on_every_keyboard():
    """Half width and full width, composed and decomposed are one password (NFKC)."""
    kept_one = passwords.hashed("ガギグゲゴ ＡＢＣ 一二三四五六")
    assert passwords.matches(kept_one, "ｶﾞｷﾞｸﾞｹﾞｺﾞ ABC 一二三四五六")
    assert not passwords.matches(kept_one, "ガギグゲゴ ABC 一二三四五")


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("", "identity.password_short"),
        ("fourteen chars", "identity.password_short"),
        ("あ" * 14, "identity.password_short"),
        ("x" * 1001, "identity.password_long"),
        ("member@example.jp", "identity.password_known"),
        ("MEMBER@example.jp!", "identity.password_known"),
        ("ibashoibashoibasho", "identity.password_known"),
        ("みなとポータル2026みなとポータル", "identity.password_known"),
    ],
)
def test_unfit_passwords_are_refused(password, key):
    """Too short, too long, or made of the address or the portal's name."""
    with pytest.raises(InvalidRecordError) as error:
        passwords.check(password, "member@example.jp", "みなとポータル")
    assert error.value.key == key


@pytest.mark.parametrize("password", [PASSWORD, OTHER, "aaaaaaaaaaaaaab", "123456789012345", "😀" * 15])
def test_fit_passwords_need_no_special_signs(password):
    """Length is the only rule of composition."""
    passwords.check(password, "member@example.jp", "いばしょ")
    assert len(password) >= passwords.SHORTEST


@settings(max_examples=8, deadline=timedelta(seconds=5))
@given(st.text(min_size=0, max_size=60))
def test_any_text_can_be_compared(text):
    """No text breaks the comparison, and none but the password matches."""
    assert passwords.matches(passwords.hashed(text), text)
    assert not passwords.matches(passwords.hashed(text), f"{text}x")
