"""A place: a salon, a volunteer corner, a welfare evacuation site, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.municipality import CODE
from portal.model.position import Precision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.model.position import Point
    from portal.model.schedule import Schedule
    from portal.model.shelter import ShelterFacts

NAME_MAX: Final = 300
TEXT_MAX: Final = 20_000


class Audience(StrEnum):
    """For whom a place or an activity is meant."""

    EVERYONE = "everyone"
    OLDER = "older"  # 高齢者
    PARENTS = "parents"  # 子育て中の人
    CHILDREN = "children"  # 子ども
    YOUNG = "young"  # 若者
    DISABILITIES = "disabilities"  # 障害のある人
    CARERS = "carers"  # 介護する人
    NEWCOMERS = "newcomers"  # 外国人・日本語に不慣れな人
    VOLUNTEERS = "volunteers"  # ボランティアをしたい人


class Access(StrEnum):
    """What makes a place usable."""

    STEP_FREE = "step_free"  # 段差なし・車椅子可
    TOILET = "toilet"  # バリアフリートイレ
    OSTOMATE = "ostomate"  # オストメイト対応トイレ
    PARKING = "parking"  # 優先駐車場
    NURSING = "nursing"  # 授乳室
    WIFI = "wifi"
    LIFT = "lift"  # エレベーター
    BRAILLE = "braille"  # 点字
    SIGN = "sign"  # 手話
    HEARING_LOOP = "hearing_loop"


class Fee(StrEnum):
    """What it costs."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


class Booking(StrEnum):
    """Whether one has to book."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    UNKNOWN = "unknown"


class ContactKind(StrEnum):
    """A way to get in touch."""

    PERSON = "person"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    FORM = "form"
    URL = "url"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to get in touch; what is not public is kept for staff."""

    kind: ContactKind
    value: str
    public: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is said of a place, by its source or by hand: everything that a reader may be shown."""

    kind: str
    """Key of a :class:`portal.model.kind.Kind`."""
    name: str
    name_kana: str = ""
    name_en: str = ""
    description: str = ""
    address: str = ""
    position: Point | None = None
    precision: Precision = Precision.NONE
    audience: frozenset[Audience] = frozenset()
    audience_note: str = ""
    access: frozenset[Access] = frozenset()
    access_note: str = ""
    fee: Fee = Fee.UNKNOWN
    fee_note: str = ""
    booking: Booking = Booking.UNKNOWN
    booking_note: str = ""
    contacts: tuple[Contact, ...] = ()
    group: str = ""
    """Who runs it (団体名・主催者)."""
    schedule: Schedule | None = None
    schedule_note: str = ""
    """What the source says of days and hours, verbatim."""
    shelter: ShelterFacts | None = None
    goals: frozenset[str] = frozenset()
    """Keys of :class:`portal.model.goal.Goal`: what of the municipality's plan it serves."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns of the source that the portal has no field for, by their own names."""

    def __post_init__(self) -> None:
        """Refuse a place without a name, over-long text, and a precision that contradicts the position."""
        if not self.name.strip():
            raise InvalidRecordError("model.no_name")
        if len(self.name) > NAME_MAX:
            raise InvalidRecordError("model.name_too_long", most=NAME_MAX)
        texts = (self.description, self.address, self.schedule_note, self.audience_note, self.access_note)
        if any(len(text) > TEXT_MAX for text in texts):
            raise InvalidRecordError("model.text_too_long", most=TEXT_MAX)
        if (self.position is None) != (self.precision is Precision.NONE):
            raise InvalidRecordError("model.precision_without_position")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which record of which dataset a place is, so that a newer file finds it again."""

    dataset: str
    """A file that is published again and again, e.g. ``shelters/1/27100``; ``hand`` and ``sample`` too."""
    record: str
    """The source's own id there, or one made of name and address where it gives none."""
    batch: str = ""
    """The import that wrote it last."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is kept: what its source says, what was mended by hand, and the portal's own marks."""

    id: str
    municipality: str
    source_facts: PlaceFacts
    facts: PlaceFacts
    """What is shown: the source's facts with the hand edits laid over them."""
    origin: Origin
    edited_fields: frozenset[str] = frozenset()
    """Names of the fields of ``facts`` that were set by hand; an import leaves them alone."""
    edited_on: date | None = None
    verified_on: date | None = None
    """The day that somebody last made sure of it, which is not the day of an edit."""
    verified_by: str = ""
    gone_on: date | None = None
    """The day of the import in which its source no longer held it."""

    def __post_init__(self) -> None:
        """Refuse a municipality that is not a code and an empty id."""
        if not self.id:
            raise InvalidRecordError("model.no_id")
        if not CODE.fullmatch(self.municipality):
            raise InvalidRecordError("model.municipality_code", code=self.municipality)

    @property
    def sample(self) -> bool:
        """Whether it is sample content (見本)."""
        return self.origin.dataset == "sample"
