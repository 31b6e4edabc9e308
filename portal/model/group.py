"""A registered group (登録団体) that posts: what it does, how to reach it, and how far it is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.municipality import CODE

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.place import Contact

GROUP_NAME_MAX: Final = 100
ABOUT_MAX: Final = 2_000
REASON_MAX: Final = 2_000
PLACES_MAX: Final = 100
FEEDS_MAX: Final = 5
CONTACTS_MAX: Final = 20


class GroupState(StrEnum):
    """How far a group has come."""

    APPLIED = "applied"  # 申請中
    RETURNED = "returned"  # 差し戻し
    DECLINED = "declined"  # 不承認
    ACTIVE = "active"  # 登録済み
    SUSPENDED = "suspended"  # 利用停止
    CLOSED = "closed"  # 活動終了


class FeedKind(StrEnum):
    """What a group's own calendar or news comes in."""

    ICALENDAR = "icalendar"
    RSS = "rss"


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A calendar or news feed of the group's own, taken over so that nobody posts twice."""

    url: str
    kind: FeedKind
    fetched_at: datetime | None = None
    problem: str = ""
    """Key of the sentence that says why the last time did not work; empty where it did."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it is kept."""

    id: str
    municipality: str
    name: str
    about: str
    name_kana: str = ""
    district: str = ""
    """Id of the district that it is active in; empty for the whole municipality."""
    contacts: tuple[Contact, ...] = ()
    """Each public or not."""
    places: tuple[str, ...] = ()
    """Ids of the places that it runs."""
    feeds: tuple[FollowedFeed, ...] = ()
    applicant: str = ""
    """Name of who applied, for staff only."""
    applicant_email: str = ""
    email_confirmed_at: datetime | None = None
    consented_at: datetime | None = None
    """When it agreed to the rules."""
    state: GroupState = GroupState.APPLIED
    reason: str = ""
    """What staff said when they returned, declined or suspended it."""
    applied_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    typed_by: str = ""
    """Account of the staff who typed the application in (代行入力); empty where the group did it itself."""
    approved_posts: int = 0
    """How many of its posts were approved so far: from the municipality's number on, posts go live at once."""
    number: int = 1
    """Counts its versions, so that nobody overwrites what another has just written."""
    sample: bool = False

    def __post_init__(self) -> None:
        """Refuse a group without a name, over-long text and more of anything than a group has."""
        if not self.id:
            raise InvalidRecordError("model.no_id")
        if not CODE.fullmatch(self.municipality):
            raise InvalidRecordError("model.municipality_code", code=self.municipality)
        if not self.name.strip():
            raise InvalidRecordError("model.no_name")
        if len(self.name) > GROUP_NAME_MAX:
            raise InvalidRecordError("model.name_too_long", most=GROUP_NAME_MAX)
        if len(self.about) > ABOUT_MAX or len(self.reason) > REASON_MAX:
            raise InvalidRecordError("model.text_too_long", most=ABOUT_MAX)
        for items, most in ((self.places, PLACES_MAX), (self.feeds, FEEDS_MAX), (self.contacts, CONTACTS_MAX)):
            if len(items) > most:
                raise InvalidRecordError("group.too_many", most=most)

    @property
    def on_paper(self) -> bool:
        """Whether staff typed it in (代行入力)."""
        return bool(self.typed_by)
