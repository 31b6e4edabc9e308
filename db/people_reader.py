"""Reading people: accounts, groups, sign-ins, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.columns import microseconds
from db.decoding import Decoder
from portal.model.account import Account, GroupMember, OneTimeLink, Session, SignInTry
from portal.model.group import Group
from portal.model.message import Delivery, Enquiry, Message

if TYPE_CHECKING:
    from datetime import datetime


class PeopleReader(Decoder):
    """The part of :class:`portal.store.Reader` about people. Moments are aware."""

    def accounts(self) -> list[Account]:
        """Everybody who can sign in, by address."""
        return self._decoded(Account, "accounts")

    def account(self, account_id: str) -> Account | None:
        """One account."""
        return self._one(Account, "account", account_id)

    def account_of(self, email: str) -> Account | None:
        """The account with this address, in small letters."""
        return self._one(Account, "account_of", email)

    def account_of_subject(self, subject: str) -> Account | None:
        """The account that signs in as ``issuer|sub`` of OpenID Connect; nobody has the empty one."""
        return self._one(Account, "account_of_subject", subject)

    def members(self, group: str) -> list[GroupMember]:
        """Who acts for a group, owners first."""
        return self._decoded(GroupMember, "members", group)

    def groups_of(self, account: str) -> list[GroupMember]:
        """The groups that an account acts for, by group."""
        return self._decoded(GroupMember, "groups_of", account)

    def session(self, session_id: str) -> Session | None:
        """One sign-in."""
        return self._one(Session, "session", session_id)

    def sessions_of(self, account: str) -> list[Session]:
        """Every sign-in of an account, the oldest first."""
        return self._decoded(Session, "sessions_of", account)

    def sessions_before(self, seen_before: datetime, made_before: datetime) -> list[Session]:
        """Sign-ins last seen, or made, before these moments, the oldest first."""
        return self._decoded(Session, "sessions_before", microseconds(seen_before), microseconds(made_before))

    def tries(self, account: str, origin: str, since: datetime) -> tuple[int, int]:
        """How many sign-ins failed since then for the account's digest, and from the origin's digest."""
        ((of_account, of_origin),) = self._engine.rows("tries", [account, origin, microseconds(since)])
        return int(of_account), int(of_origin)

    def tries_before(self, before: datetime) -> list[SignInTry]:
        """Those that no longer count, the oldest first."""
        return self._decoded(SignInTry, "tries_before", microseconds(before))

    def link(self, link_id: str) -> OneTimeLink | None:
        """One link that works once."""
        return self._one(OneTimeLink, "link", link_id)

    def links_about(self, place: str) -> list[OneTimeLink]:
        """The links that were made about a place, the newest first."""
        return self._decoded(OneTimeLink, "links_about", place)

    def group(self, group_id: str) -> Group | None:
        """One group."""
        return self._one(Group, "group", group_id)

    def groups(self, municipality: str = "") -> list[Group]:
        """The groups of a municipality, or all, whatever their state, by reading or name."""
        return self._decoded(Group, "groups", municipality)

    def messages(self, municipality: str | None = None, limit: int = 200) -> list[Message]:
        """The outbox, the newest first: of one municipality, ``""`` for the administrators', None for all."""
        return self._decoded(Message, "messages", municipality, limit)

    def messages_waiting(self, limit: int) -> list[Message]:
        """What is to be sent, the oldest first."""
        return self._decoded(Message, "messages_waiting", Delivery.WAITING.value, limit)

    def message(self, message_id: str) -> Message | None:
        """One message."""
        return self._one(Message, "message", message_id)

    def enquiries(self, municipality: str, group: str = "") -> list[Enquiry]:
        """What residents asked, the oldest first."""
        return self._decoded(Enquiry, "enquiries", municipality, group)

    def enquiries_before(self, before: datetime) -> list[Enquiry]:
        """Those that were made before this moment, the oldest first."""
        return self._decoded(Enquiry, "enquiries_before", microseconds(before))
