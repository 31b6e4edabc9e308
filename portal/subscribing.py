"""Residents ask to be told what is new (お知らせの登録), confirm their address, and stop it, all without an account.

Asking answers the same for every address. An address is told nothing until somebody who reads its mail has pressed a
button; what is not confirmed within 48 hours is deleted, and so is everything once it is stopped.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal import links, tries
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.account import SignInTry, read_email
from portal.model.mark import PORTAL, READER, Mark
from portal.model.subscription import CONFIRM_WITHIN, Subscription
from portal.store import Drop, Put, expected
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.subscription import Browser, Choice
    from portal.store import Change, Reader, Store

ASKED_MAX: Final = 3
"""So many mails to confirm go to one address in an hour."""
ASKED_COUNTS_FOR: Final = timedelta(hours=1)


def ask(store: Store, email: str, choice: Choice, now: datetime) -> None:
    """Note that somebody wants to be told by mail; the mail with the link is sent when it is due.

    What was asked for this address and municipality before and not confirmed gives way. Nothing tells whether the
    address is known. Raises InvalidRecordError for what is no address, and for a choice that cannot be.
    """
    address = read_email(email)
    check(store, choice)
    digest = tries.digest(f"subscribe {address}")
    changes: list[Change] = [Put(SignInTry(f"try-{secrets.token_hex(16)}", digest, "", now))]
    if store.tries(digest, "-", now - ASKED_COUNTS_FOR)[0] < ASKED_MAX:
        before = [item for item in _same(store, address, choice) if not item.confirmed]
        new = Subscription(f"subscription-{secrets.token_hex(16)}", choice, now, address)
        changes += [*_drops(before), Put(new)]
    store.apply(changes, Mark(now, READER, "subscription:ask"))


def with_link(subscription: Subscription) -> tuple[str, Subscription]:
    """A new token for the link that confirms, and the subscription as it waits for it: only its digest is kept."""
    token = links.new_token()
    return token, replace(subscription, token=links.id_of(token))


def look(store: Reader, token: str, now: datetime) -> Subscription:
    """What a link confirms; nothing changes, as mail scanners open every link.

    Raises UnknownThingError for a link that is none, was used, or is older than 48 hours.
    """
    found = store.subscription_to_confirm(links.id_of(token)) if 0 < len(token) <= links.TOKEN_MAX else None
    if found is None or now - found.since >= CONFIRM_WITHIN:
        raise UnknownThingError("subscribe.link_over")
    return found


def confirm(store: Store, token: str, now: datetime) -> Subscription:
    """Begin to tell; an older choice of the same address for the municipality gives way. Raises UnknownThingError."""
    asked = look(store, token, now)
    confirmed = replace(asked, confirmed=True, token="", since=now)
    before = [item for item in _same(store, asked.email, asked.choice) if item.id != asked.id]
    store.apply([*_drops(before), Put(confirmed)], Mark(now, READER, "subscription:confirm"), [expected(asked)])
    return confirmed


def follow(store: Store, browser: Browser, choice: Choice, now: datetime) -> Subscription:
    """Tell a browser, which asked by itself and so needs no link; its older choice gives way.

    Raises InvalidRecordError for a choice that cannot be.
    """
    check(store, choice)
    made = Subscription(id_of(browser.endpoint), choice, now, browser=browser, confirmed=True)
    store.apply([Put(made)], Mark(now, READER, "subscription:browser"))
    return made


def leave(store: Store, subscription_id: str, now: datetime) -> None:
    """Stop telling, and delete everything that was kept; nothing happens where there is nothing."""
    if store.subscription(subscription_id) is not None:
        store.apply([Drop(Subscription, (subscription_id,))], Mark(now, READER, "subscription:leave"))


def forget(store: Store, subscription: Subscription, now: datetime) -> None:
    """Delete what was not confirmed in time, or goes to a browser that is gone."""
    store.apply([Drop(Subscription, (subscription.id,))], Mark(now, PORTAL, "subscription:forget"))


def id_of(endpoint: str) -> str:
    """The name that a browser's subscription has: whoever knows the endpoint can stop it."""
    return f"browser-{hashlib.sha256(endpoint.encode('utf-8', 'replace')).hexdigest()}"


def check(store: Reader, choice: Choice) -> None:
    """Raise InvalidRecordError for a municipality, district, kind or language that there is not."""
    if choice.language not in LANGUAGES or choice.municipality not in {item.code for item in store.municipalities()}:
        raise InvalidRecordError("subscribe.bad_choice")
    kinds = {item.key for item in store.kinds(choice.municipality)}
    districts = {item.id for item in store.districts(choice.municipality, choice.layer)} if choice.layer else set()
    if not kinds.issuperset(choice.kinds) or not districts.issuperset(choice.districts):
        raise InvalidRecordError("subscribe.bad_choice")


def _same(store: Reader, email: str, choice: Choice) -> list[Subscription]:
    """What is kept for the address and the municipality."""
    return [item for item in store.subscriptions_of(email) if item.choice.municipality == choice.municipality]


def _drops(subscriptions: list[Subscription]) -> list[Change]:
    return [Drop(Subscription, (item.id,)) for item in subscriptions]
