"""For whom, at what cost, with or without booking, usable how: by explicit words alone.

What is not said in so many words stays unknown, and the text itself is always kept beside it.
"""

from __future__ import annotations

import re
from typing import Final

from portal.model.place import Access, Audience, Booking, Fee
from portal.normalise import fold

NOT_FOR: Final = re.compile(fold(r"以外|不可|除く|お断り|ご遠慮"))
GENERAL: Final = re.compile(fold(r"一般|大人|成人"))
"""Grown-ups of any age, for whom there is no word of its own: what stands beside it does not narrow."""
EVERYONE: Final = re.compile(
    fold(
        r"(?:どなた|誰|だれ|どんな方|年齢を問わず|年齢問わず)(?:でも|も)?|全年齢|制限なし|問いません|^両方$|^全て$|^すべて$"
    )
)
AUDIENCES: Final = {
    audience: re.compile(fold(words))
    for audience, words in {
        Audience.OLDER: r"高齢者|お年寄り|シニア|[67][05]歳以上|[67][05]歳から|老人",
        Audience.PARENTS: r"親子|保護者|子育て中|乳幼児|未就園児|妊婦|プレママ|パパ",
        Audience.CHILDREN: r"子ども|子供|児童|小学生|幼児|小・中学生|小中学生|中学生|園児",
        Audience.YOUNG: r"若者|高校生|大学生|中高生|青少年|ユース|(?<![小中])学生(?!以下)",
        Audience.DISABILITIES: r"障害|障がい|障碍",
        Audience.CARERS: r"介護者|介護する|介護して|介護中|家族介護|ケアラー",
        Audience.NEWCOMERS: r"外国人|外国籍|外国の方|外国にルーツ|日本語を学|日本語学習",
        Audience.VOLUNTEERS: r"ボランティア(?:を?(?:希望|したい|に関心|に興味)|募集)",
    }.items()
}
TARGET: Final = re.compile(
    r"対象(?:者|年齢)?\s*[:：】］\]]\s*([^\n。]{1,80})|[【(（\[]([^【】()（）\[\]\n]{1,40})対象[】)）\]]"
)
"""「対象：小学生」, 「【65歳以上の高齢者対象】」."""

FREE: Final = re.compile(fold(r"無料|(?<![\d,])0円|^不要$|^無し?$|^なし$|^0$|^free$"))
PAID: Final = re.compile(fold(r"[1-9][\d,]*円|有料|実費|材料費|別途|[1-9]\d*百円|[1-9]\d*千円|^[1-9][\d,.]*$|¥[1-9]"))
NO_BOOKING: Final = re.compile(
    fold(
        r"(?:申込み?|申し込み?|予約|登録)(?:は|の必要は|の必要)?(?:不要|なし|無し|要りません|いりません|必要ありません|ありません)"
        r"|^不要|当日先着|当日、?直接|直接会場|^なし$|^無し?$|自由参加|当日参加"
    )
)
BOOKING: Final = re.compile(
    fold(
        r"(?<!不)要(?:事前)?(?:申込|申し込|予約|登録)|事前(?:に|の)?(?:申込|申し込|予約|登録)|^要$|^必要|必要です"
        r"|(?:申込|申し込み)(?:先着|順|フォーム|受付|必要|が必要)|予約(?:が必要|制|必要|受付)|(?:お|を|へ|に)申し?込み?ください"
    )
)

ACCESSES: Final = {
    access: re.compile(fold(words))
    for access, words in {
        Access.OSTOMATE: r"オストメイト",
        Access.TOILET: r"(?:バリアフリー|多(?:目的|機能)|車(?:椅子|いす)|(?:誰|だれ)でも|障害?者|みんなの).{0,8}トイレ",
        Access.PARKING: r"(?:優先|身障者|障害者|障がい者|車椅子|車いす|思いやり|おもいやり).{0,8}駐車",
        Access.NURSING: r"授乳",
        Access.WIFI: r"wi-?fi|無線lan",
        Access.LIFT: r"エレベータ",
        Access.BRAILLE: r"点字",
        Access.SIGN: r"手話",
        Access.HEARING_LOOP: r"磁気ループ|ヒアリングループ|補聴",
        Access.STEP_FREE: r"車椅子|車いす|スロープ|段差(?:なし|無し|がない|解消)|フラット",
    }.items()
}
ABSENT: Final = re.compile(
    fold(r"(?<!段差)(?:なし|無し)|不可|ありません|できません|^無(?!料|線)|[×✕]|(?<!段差)[がは]ない")
)
PIECES: Final = re.compile(r"[;；、,，・\n/／。]")


def audiences(text: str) -> frozenset[Audience]:
    """Who is named in a text that says for whom something is; empty where nobody is named without doubt."""
    folded = fold(text)
    if EVERYONE.search(folded):
        return frozenset({Audience.EVERYONE})
    if NOT_FOR.search(folded) or GENERAL.search(folded):
        return frozenset()
    return frozenset(audience for audience, words in AUDIENCES.items() if words.search(folded))


def target(text: str) -> str:
    """What a longer text says after 「対象：」 or as 「【…対象】」, verbatim; empty where it says nothing."""
    found = TARGET.search(text)
    return (found[1] or found[2] or "").strip() if found else ""


def fee(text: str) -> Fee:
    """Free only where nothing at all is to be paid: 「一般500円、高校生以下無料」 is not free."""
    folded = fold(text)
    if PAID.search(folded):
        return Fee.PAID
    return Fee.FREE if FREE.search(folded) else Fee.UNKNOWN


def booking(text: str) -> Booking:
    """Whether one has to book; unknown where both are said, for different people or days."""
    folded = fold(text)
    needed, not_needed = bool(BOOKING.search(folded)), bool(NO_BOOKING.search(folded))
    if needed == not_needed:
        return Booking.UNKNOWN
    return Booking.NEEDED if needed else Booking.NOT_NEEDED


def accesses(text: str) -> frozenset[Access]:
    """What a text such as 「車椅子可;オストメイト対応トイレ」 says there is; each piece by itself."""
    found: set[Access] = set()
    for piece in PIECES.split(text):
        folded = fold(piece)
        if folded and not ABSENT.search(folded):
            found |= _in_piece(folded)
    return frozenset(found)


def _in_piece(folded: str) -> set[Access]:
    """A toilet or a car park for wheelchairs does not make the whole place free of steps."""
    found = {access for access, words in ACCESSES.items() if words.search(folded)}
    if found & {Access.TOILET, Access.OSTOMATE, Access.PARKING, Access.LIFT}:
        found.discard(Access.STEP_FREE)
    return found
