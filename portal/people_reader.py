"""What may be asked of the store about people: accounts, sign-ins, links, and what is written to and by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.account import Account, GroupMember, OneTimeLink, Session, SignInTry
    from portal.model.message import Enquiry, Message


class PeopleReader(Protocol):
    """The part of :class:`portal.store.Reader` that knows people."""

    def accounts(self) -> list[Account]:
        """Everybody who can sign in, by address."""

    def account(self, account_id: str) -> Account | None:
        """One account."""

    def account_of(self, email: str) -> Account | None:
        """The account with this address, in small letters."""

    def account_of_subject(self, subject: str) -> Account | None:
        """The account that signs in as ``issuer|sub`` of OpenID Connect."""

    def members(self, group: str) -> list[GroupMember]:
        """Who acts for a group, owners first."""

    def groups_of(self, account: str) -> list[GroupMember]:
        """The groups that an account acts for."""

    def session(self, session_id: str) -> Session | None:
        """One sign-in."""

    def sessions_of(self, account: str) -> list[Session]:
        """Every sign-in of an account."""

    def tries(self, account: str, origin: str, since: datetime) -> tuple[int, int]:
        """How many sign-ins failed since then for the account's digest, and from the origin's digest."""

    def tries_before(self, before: datetime) -> list[SignInTry]:
        """Those that no longer count."""

    def sessions_before(self, seen_before: datetime, made_before: datetime) -> list[Session]:
        """Sign-ins last seen, or made, before these moments."""

    def link(self, link_id: str) -> OneTimeLink | None:
        """One link that works once."""

    def links_about(self, place: str) -> list[OneTimeLink]:
        """The links that were made about a place, the newest first."""

    def messages(self, municipality: str | None = None, limit: int = 200) -> list[Message]:
        """The outbox, the newest first: of one municipality, ``""`` for the administrators', None for all."""

    def messages_waiting(self, limit: int) -> list[Message]:
        """What is to be sent, the oldest first."""

    def message(self, message_id: str) -> Message | None:
        """One message."""

    def enquiries(self, municipality: str, group: str = "") -> list[Enquiry]:
        """What residents asked, the oldest first."""

    def enquiries_before(self, before: datetime) -> list[Enquiry]:
        """Those that were made before this moment."""
