"""Everybody who can sign in (利用者), for administrators: invite, suspend, resume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages.forms import base, going
from portal import accounts, clock, identity
from portal.errors import InvalidRecordError, PortalError
from portal.model.account import Account, AccountState
from portal.permissions import Action, require
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.permissions import Actor
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Person:
    """An account as the list shows it."""

    account: Account
    suspended: bool
    own: bool
    offices: tuple[str, ...]
    groups: tuple[str, ...]


async def page(request: Request) -> Response:
    """The list, the invitation of staff and administrators, and a button for each account."""
    actor = await base.signed_in(request)
    require(actor, Action.ACCOUNT_SUSPEND)
    if request.method != "POST":
        return await _list(request, actor)
    sent = await base.form(request)
    if sent.ticked("invite"):
        return await _invite(request, actor, sent)
    service = accounts.resume if sent.ticked("resume") else accounts.suspend
    account = await base.act(service, actor, sent.text("account"), sent.text("reason"), clock.now())
    said = "people.resumed" if service is accounts.resume else "people.suspended"
    return base.see_other(request, "/people", said, name=account.name)


async def _invite(request: Request, actor: Actor, sent: Form) -> Response:
    role, email = sent.text("role"), sent.text("email")
    whole = role == "administrator"
    invitation = identity.Invitation(email, municipality="" if whole else role, administrator=whole)
    try:
        await base.act(identity.invite, actor, invitation, clock.now(), going.mail_base(request))
    except InvalidRecordError as error:
        return await _list(request, actor, {"email": error}, email, role)
    return base.see_other(request, "/people", "people.invited", clear="people-invite", email=email)


async def _list(
    request: Request,
    actor: Actor,
    faults: Mapping[str, PortalError] = base.NO_FAULTS,
    email: str = "",
    role: str = "",
) -> Response:
    values = {"people": await base.act(_people, actor), "roles": await base.act(_roles, base.tongue(request))}
    return await base.render(request, "people.html", 400 if faults else 200, faults, email=email, role=role, **values)


def _people(store: Reader, actor: Actor) -> list[Person]:
    towns = {item.code: item.name for item in store.municipalities()}
    groups = {group.id: group.name for group in store.groups()}
    return [
        Person(
            account,
            account.state is AccountState.SUSPENDED,
            account.id == actor.id,
            tuple(towns.get(code, code) for code in sorted(account.staff_of)),
            tuple(groups.get(member.group, member.group) for member in store.groups_of(account.id)),
        )
        for account in store.accounts()
    ]


def _roles(store: Reader, tongue: str) -> list[tuple[str, str]]:
    """What one can be invited as: staff of each municipality, by its code, or administrator."""
    offices = [
        (item.code, say("people.staff_of", tongue, name=(item.name_en if tongue == "en" else "") or item.name))
        for item in store.municipalities()
    ]
    return [*offices, ("administrator", say("people.administrator", tongue))]
