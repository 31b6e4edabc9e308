"""For whom (対象), how many (定員), at what cost (参加費) and with or without booking (申込)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from portal.flyer.candidates import BookingTerms, Cost, made
from portal.flyer.when import last_day
from portal.model.place import Audience, Booking, Fee

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from portal.flyer.candidates import Candidate
    from portal.flyer.sections import Part, Section

_AUDIENCES: Final = {
    Audience.EVERYONE: r"(?:[どと]なた|誰|だれ)(?:でも|も)|年齢を?問わず|全年齢",
    Audience.OLDER: r"高齢|お年寄り|シニア|(?:6[05]|7[05])歳(?:以上|から)|老人",
    Audience.PARENTS: r"親子|保護者(?!同伴|の?付き?添)|子育て|乳幼児|未就[園學学國]児|赤ちゃん|妊婦|プレママ",
    Audience.CHILDREN: r"子ども|子供|こども|児童|小学生|中学生|小・中学生|(?<!就)園児",
    Audience.YOUNG: r"若者|高校生|大学生|青少年|ユース|中高生",
    Audience.DISABILITIES: r"障害|障がい|障碍",
    Audience.CARERS: r"介護者|介護(?:を)?(?:する|して)|ケアラー",
    Audience.NEWCOMERS: r"外国|日本語を学",
    Audience.VOLUNTEERS: r"ボランティア",
}
_FREE: Final = re.compile(r"無料|(?<![\d,])0円")
_PAID: Final = re.compile(r"[1-9]\d{0,2}(?:,?\d{3})*円|実費|有料|材料費")
_NOT_NEEDED: Final = re.compile(
    r"(?:申し?込み?|予約|登録)(?:は|の必要は)?\s?(?:不要|なし|無し|要りません|いりません|必要ありません)|^不要|^いりません|^なし"
    r"|直接お?越し|直接会場|自由参加|当日参加|当日直接"
)
_NEEDED: Final = re.compile(
    r"(?<!不)要(?:事前)?(?:申し?込|予約)|事前(?:の|に)?(?:申し?込|予約)|(?:申し?込|予約)(?:み)?(?:が?必要|制)"
    r"|お?申し?込み?(?:くだ|下)さい|までに.{0,12}(?:申し?込|予約|電話|連絡)|^必要"
)
_COUNT: Final = re.compile(r"(\d{1,5})\s?(?:名|人|組|席|世帯|家族|台)")
_CAPACITY: Final = re.compile(r"(?:定員|先着|募集)\D{0,4}(\d{1,5})\s?(?:名|人|組|席|世帯|家族)")


def _under(found: Sequence[Section], field: str) -> Iterator[Section]:
    return (one for one in found if one.field == field and one.parts)


def audiences(found: Sequence[Section]) -> list[Candidate[frozenset[Audience]]]:
    """Who is named under 対象."""
    read = []
    for section in _under(found, "audience"):
        text = section.text
        named = frozenset(one for one, words in _AUDIENCES.items() if re.search(words, text))
        if Audience.EVERYONE in named:
            named = frozenset({Audience.EVERYONE})
        if named:
            read.append(made(named, section.parts))
    return read


def capacities(found: Sequence[Section], rest: Sequence[Part]) -> list[Candidate[int]]:
    """The number under 定員, or behind the word in a sentence."""
    read = []
    for section in _under(found, "capacity"):
        count = _COUNT.search(section.parts[0].text)
        if count:
            read.append(made(int(count[1]), section.parts[:1]))
    for part in rest:
        count = _CAPACITY.search(part.text)
        if count:
            read.append(made(int(count[1]), [part], 0.8))
    return read


def costs(found: Sequence[Section], rest: Sequence[Part]) -> list[Candidate[Cost]]:
    """Free only where nothing at all is to be paid: 「大人300円 子ども無料」 is not free."""
    ways = [(section.parts, 1.0) for section in _under(found, "cost")]
    ways += [([part], 0.6) for part in rest if _FREE.search(part.text) or _PAID.search(part.text)]
    read = []
    for parts, factor in ways:
        text = "\n".join(part.text for part in parts)
        fee = Fee.PAID if _PAID.search(text) else Fee.FREE if _FREE.search(text) else Fee.UNKNOWN
        if fee is not Fee.UNKNOWN:
            read.append(made(Cost(fee, text), parts, factor))
    return read


def bookings(found: Sequence[Section], rest: Sequence[Part], today: date) -> list[Candidate[BookingTerms]]:
    """Whether one has to book, and by when; nothing where both are said."""
    ways = [(section.parts, 1.0) for section in _under(found, "booking")]
    ways += [([part], 0.7) for part in rest if _NEEDED.search(part.text) or _NOT_NEEDED.search(part.text)]
    read = []
    for parts, factor in ways:
        text = " ".join(part.text for part in parts)
        needed, not_needed = bool(_NEEDED.search(text)), bool(_NOT_NEEDED.search(text))
        by, remark = last_day(text, today)
        if needed == not_needed and by is None:
            continue
        booking = Booking.NOT_NEEDED if not_needed and not needed else Booking.NEEDED
        read.append(made(BookingTerms(booking, by, text), parts, factor, *([remark] if remark else [])))
    return read
