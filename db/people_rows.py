"""The tables of people: who signs in, the groups they act for, what is written to them and asked by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.columns import LONG, TEXT, YES_NO, Table, microseconds
from portal.model.account import Account, GroupMember, OneTimeLink, Session, SignInTry
from portal.model.group import Group
from portal.model.message import Enquiry, Message
from portal.normalise import fold
from portal.records import to_text

if TYPE_CHECKING:
    from portal.store import Record

PEOPLE: Final[dict[type[Record], Table]] = {
    Account: Table(
        "account",
        {"id": TEXT, "email": TEXT, "subject": TEXT, "data": TEXT},
        lambda it: (it.id, it.email, it.subject, to_text(it)),
    ),
    GroupMember: Table(
        "group_member",
        {"group": TEXT, "account": TEXT, "owner": YES_NO, "data": TEXT},
        lambda it: (it.group, it.account, it.owner, to_text(it)),
    ),
    Session: Table(
        "session",
        {"id": TEXT, "account": TEXT, "made_us": LONG, "seen_us": LONG, "data": TEXT},
        lambda it: (it.id, it.account, microseconds(it.made_at), microseconds(it.seen_at), to_text(it)),
    ),
    SignInTry: Table(
        "sign_in_try",
        {"id": TEXT, "account": TEXT, "origin": TEXT, "at_us": LONG, "data": TEXT},
        lambda it: (it.id, it.account, it.origin, microseconds(it.at), to_text(it)),
    ),
    OneTimeLink: Table(
        "one_time_link",
        {"id": TEXT, "place": TEXT, "made_us": LONG, "data": TEXT},
        lambda it: (it.id, it.place, microseconds(it.made_at), to_text(it)),
    ),
    Group: Table(
        "registered_group",
        {"id": TEXT, "municipality": TEXT, "sort_name": TEXT, "data": TEXT},
        lambda it: (it.id, it.municipality, fold(it.name_kana or it.name), to_text(it)),
    ),
    Message: Table(
        "message",
        {"id": TEXT, "municipality": TEXT, "state": TEXT, "made_us": LONG, "data": TEXT},
        lambda it: (it.id, it.municipality, it.state.value, microseconds(it.made_at), to_text(it)),
    ),
    Enquiry: Table(
        "enquiry",
        {"id": TEXT, "municipality": TEXT, "group_id": TEXT, "made_us": LONG, "data": TEXT},
        lambda it: (it.id, it.municipality, it.group, microseconds(it.made_at), to_text(it)),
    ),
}
