"""A post (投稿): something that a group says, with when and where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.municipality import CODE
from portal.model.place import Booking, Fee

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from portal.model.place import Access, Audience, Contact
    from portal.model.position import Point
    from portal.model.schedule import Schedule

TITLE_MAX: Final = 100
POST_TEXT_MAX: Final = 5_000
NOTE_MAX: Final = 500
PHOTOS_MAX: Final = 10
GOALS_MAX: Final = 10
SEATS_MAX: Final = 100_000
PHOTO_NAME: Final = re.compile(r"[0-9a-f]{64}\.(?:jpg|webp|png)")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?")
WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\\]{3,2000}", re.IGNORECASE)


class PostKind(StrEnum):
    """What a post is; each has a :class:`portal.model.kind.Kind` of the same key, with its name and sign."""

    EVENT = "event"  # 催し
    SERIES = "series"  # 定例の活動
    VOLUNTEERS = "volunteers"  # ボランティア募集
    HELP_WANTED = "help_wanted"  # 手助けのお願い
    HELP_OFFERED = "help_offered"  # 手助けできます
    NEWS = "news"  # お知らせ
    REPORT = "report"  # 活動報告
    COURSE = "course"  # 講座
    CONSULTATION = "consultation"  # 相談会


DATED: Final = frozenset({PostKind.EVENT, PostKind.SERIES, PostKind.COURSE, PostKind.CONSULTATION})
"""Kinds that happen at some time: one without any date is asked about."""
HELP: Final = frozenset({PostKind.HELP_WANTED, PostKind.HELP_OFFERED})
"""Between residents through the council: contact is always relayed, no personal detail is shown."""
WANTED: Final = HELP | {PostKind.VOLUNTEERS}
COUNTED: Final = frozenset({PostKind.COURSE, PostKind.CONSULTATION})
"""Kinds whose participants are counted."""


class PostState(StrEnum):
    """How far a post has come."""

    DRAFT = "draft"  # 下書き
    WAITING = "waiting"  # 承認待ち
    RETURNED = "returned"  # 差し戻し
    SCHEDULED = "scheduled"  # 公開予約
    LIVE = "live"  # 公開中
    CANCELLED = "cancelled"  # 中止(中止として表示)
    HIDDEN = "hidden"  # 職員が非表示にした
    WITHDRAWN = "withdrawn"  # 取り下げ


PUBLIC: Final = frozenset({PostState.LIVE, PostState.CANCELLED})
"""States in which everybody sees a post."""


class WhereKind(StrEnum):
    """How a post says where it is."""

    PLACE = "place"  # a place of the portal
    PIN = "pin"  # a point on the map
    DISTRICT = "district"  # a district only
    ONLINE = "online"
    NOWHERE = "nowhere"  # news need no place


@dataclass(frozen=True, slots=True)
class Where:
    """Where it is."""

    kind: WhereKind = WhereKind.NOWHERE
    place: str = ""
    """Id of a place, for ``PLACE``."""
    position: Point | None = None
    """For ``PIN``; degrees, JGD2011."""
    name: str = ""
    """What the spot is called, for ``PIN`` (第一公園) and as a room beside ``PLACE`` (2階会議室)."""
    address: str = ""
    district: str = ""
    """Id of a district, for ``DISTRICT``."""
    url: str = ""
    """For ``ONLINE``."""

    def __post_init__(self) -> None:
        """Refuse a kind without what it names, and a web address that is none."""
        named = {
            WhereKind.PLACE: bool(self.place),
            WhereKind.PIN: self.position is not None,
            WhereKind.DISTRICT: bool(self.district),
            WhereKind.ONLINE: True,
            WhereKind.NOWHERE: True,
        }
        if not named[self.kind]:
            raise InvalidRecordError(f"post.where_{self.kind}")  # noqa: EM102  # a key of words, not a sentence
        if self.url and not WEB_ADDRESS.fullmatch(self.url):
            raise InvalidRecordError("post.bad_url")
        if max(len(self.name), len(self.address)) > NOTE_MAX:
            raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a post."""

    name: str
    """File name in the folder of photos, made of its content: ``<sha256>.jpg``."""
    alt: str
    """What is to be seen on it, for those who do not see it."""
    width: int
    height: int

    def __post_init__(self) -> None:
        """Refuse a name that is not made of a digest, and a missing or over-long description."""
        if not PHOTO_NAME.fullmatch(self.name) or min(self.width, self.height) < 1:
            raise InvalidRecordError("post.bad_photo")
        if not self.alt.strip():
            raise InvalidRecordError("post.no_alt")
        if len(self.alt) > NOTE_MAX:
            raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a post says: everything that a reader may be shown."""

    kind: PostKind
    title: str
    text: str = ""
    """Plain text; line breaks stay, web addresses become links."""
    activity: str = ""
    """Key of the kind of place that it is an activity of (ふれあい喫茶 …); empty for none."""
    schedule: Schedule | None = None
    schedule_text: str = ""
    """When, as the group wrote it; what cannot be put into a schedule stays readable."""
    where: Where = field(default_factory=Where)
    audience: frozenset[Audience] = frozenset()
    audience_note: str = ""
    fee: Fee = Fee.UNKNOWN
    fee_note: str = ""
    booking: Booking = Booking.UNKNOWN
    booking_note: str = ""
    booking_until: date | None = None
    access: frozenset[Access] = frozenset()
    access_note: str = ""
    contacts: tuple[Contact, ...] = ()
    relayed: bool = False
    """Whether readers write to the group through the portal; always so for help between residents."""
    photos: tuple[Photo, ...] = ()
    goals: frozenset[str] = frozenset()
    """Keys of :class:`portal.model.goal.Goal`."""
    languages: frozenset[str] = frozenset()
    """In which the activity is held, BCP 47: ``ja``, ``en``, ``zh``."""
    seats: int | None = None
    """How many can take part (定員); None where there is no limit."""

    def __post_init__(self) -> None:
        """Refuse a post without a title, over-long text, and help that would show how to reach a person."""
        if not self.title.strip():
            raise InvalidRecordError("post.no_title")
        if len(self.title) > TITLE_MAX:
            raise InvalidRecordError("post.title_too_long", most=TITLE_MAX)
        if len(self.text) > POST_TEXT_MAX:
            raise InvalidRecordError("model.text_too_long", most=POST_TEXT_MAX)
        notes = (self.schedule_text, self.audience_note, self.fee_note, self.booking_note, self.access_note)
        if any(len(note) > NOTE_MAX for note in notes):
            raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)
        if len(self.photos) > PHOTOS_MAX:
            raise InvalidRecordError("post.too_many_photos", most=PHOTOS_MAX)
        if len(self.goals) > GOALS_MAX:
            raise InvalidRecordError("post.too_many_goals", most=GOALS_MAX)
        if self.seats is not None and not 1 <= self.seats <= SEATS_MAX:
            raise InvalidRecordError("post.bad_seats", most=SEATS_MAX)
        if not all(LANGUAGE.fullmatch(language) for language in self.languages):
            raise InvalidRecordError("post.bad_language")
        if self.kind in HELP and any(contact.public for contact in self.contacts):
            raise InvalidRecordError("post.help_is_relayed")

    @property
    def asks_through_portal(self) -> bool:
        """Whether readers reach the group through the portal."""
        return self.relayed or self.kind in HELP


@dataclass(frozen=True, slots=True)
class Revision:
    """New content of a post that is shown already, not yet approved."""

    facts: PostFacts
    made_at: datetime
    made_by: str
    returned: str = ""
    """What staff said when they returned it; empty while it waits."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Where a post came from, when it was not typed into the form."""

    source: str
    """``feed``, ``workbook``, ``flyer`` or ``sample``."""
    record: str = ""
    """UID in the feed, line of the workbook."""
    address: str = ""
    """Web address of the feed."""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it is kept."""

    id: str
    municipality: str
    group: str
    facts: PostFacts
    """What is shown in the states of :data:`PUBLIC`."""
    state: PostState = PostState.DRAFT
    revision: Revision | None = None
    """Newer content that waits, or was returned, while ``facts`` stay shown."""
    number: int = 1
    """Counts its versions, so that nobody overwrites what another has just written."""
    made_at: datetime | None = None
    made_by: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    submitted_at: datetime | None = None
    publish_at: datetime | None = None
    """When it goes live once it is approved; None is at once."""
    live_at: datetime | None = None
    """When it first went live."""
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    """What staff said when they returned or hid it, or the group when it cancelled it."""
    typed_by: str = ""
    """Account of the staff who typed it in for the group (代行入力)."""
    outside: Outside | None = None
    copied_from: str = ""
    places_taken: Mapping[str, int] = field(default_factory=dict)
    """People by ISO date of a session: booked before it, present after it."""

    def __post_init__(self) -> None:
        """Refuse a municipality that is not a code, an empty id, and a negative number of people."""
        if not self.id or not self.group:
            raise InvalidRecordError("model.no_id")
        if not CODE.fullmatch(self.municipality):
            raise InvalidRecordError("model.municipality_code", code=self.municipality)
        if not all(0 <= count <= SEATS_MAX for count in self.places_taken.values()):
            raise InvalidRecordError("post.bad_seats", most=SEATS_MAX)

    @property
    def sample(self) -> bool:
        """Whether it is sample content (見本)."""
        return self.outside is not None and self.outside.source == "sample"

    @property
    def on_paper(self) -> bool:
        """Whether staff typed it in (代行入力)."""
        return bool(self.typed_by)

    @property
    def public(self) -> bool:
        """Whether everybody sees it."""
        return self.state in PUBLIC
