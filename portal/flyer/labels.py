"""The words that say what stands beside them: 日時, ところ, 参加費 and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LABELS: Final = {
    "when": r"開催日時|開催日|開催期間|日\s?時|日程|期日|期間|曜日|と\s?き|い\s?つ|実施日",
    "time": r"開催時間|時間|開始時間",
    "place": r"開催場所|集合場所|実施場所|場\s?所|会\s?[場坦]|と\s?こ\s?ろ|ど\s?こ\s?で",
    "address": r"所在地|住\s?所",
    "cost": r"参加費用?|参加料|参加[^\s者申賞希自で無で日時場]|費用|料金|会[費黄貴質殴沿滞]|入場料|受講料|利用料金?",
    "audience": r"対象者|参加対象|対\s?[象像錯錆旬]",
    "capacity": r"募集人数|募集定員|定[\s上]?[員貞具時]|人数",
    "booking": r"申込期間|受付期間|募集期間|申込期限|申込締切|申込方法|申し?込み?方法|お?申し?込み?|予約方法"
    r"|予約|締め?切り?",
    "contact": r"お?問い?合わ?せ先?|連絡先|申し?込み?先|お?申込・問合せ|問合先|担当",
    "host": r"主\s?[催忠]者?|共催|企画",
    "phone": r"電話番号|電\s?話|TEL|Tel|tel|☎",
    "fax": r"FAX|Fax|fax|ファックス|ファクス",
    "other": r"持ち物|内容|講師|備考|注意|その他|後援|協力|メール|E-?mail|URL|アクセス|駐車場|プログラム|出演",
}
_MARK: Final = r"(?:[^\w]{0,3}|[^\w]{0,2}[^\d\s要不]{0,2}?\s?)"
"""What stands before a label: a bracket or a bullet, which print readers take for one or two signs of writing."""
_WORDS: Final = "|".join(f"(?P<{field}>{words})" for field, words in LABELS.items())
_HEAD: Final = re.compile(rf"(?:{_MARK}|\d{{1,2}}(?=と))\s?(?:{_WORDS})\s*(?P<end>[)\]】〕》>」』:・*;]+\s*|\s+|$)")
_INNER: Final = re.compile(rf"(?<=[\s)】〕」。])[(\[【〔《<■●◆◎○・]?(?:{_WORDS})(?P<end>[)\]】〕》:]+\s*)")
_GLUED: Final = (
    rf"(?P<phone>{LABELS['phone']})(?=[\d(])|(?P<fax>{LABELS['fax']})(?=[\d(])"
    rf"|(?P<address>{LABELS['address']})(?=[^\d]{{1,12}}[町村市区])"
    rf"|(?P<audience>{LABELS['audience']})(?=[どと]なた|\d|[小中高親一障外]|子ども|地域)"
    rf"|(?P<capacity>{LABELS['capacity']})(?=\d|先着)|(?P<cost>{LABELS['cost']})(?=\d|無料|大人)"
)
"""Labels directly before a value that can be nothing else, as columns (縦書き) are often read."""
_GLUED_HEAD: Final = re.compile(rf"{_MARK}(?:{_GLUED})")
LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part of a line: which field its label names (empty without one), and what stands behind it."""

    field: str
    value: str


def labelled(text: str) -> list[Labelled]:
    """A line cut at its labels."""
    line = text[:LONGEST]
    head = _HEAD.match(line) or _GLUED_HEAD.match(line)
    parts: list[Labelled] = []
    field, begin = ("", 0) if head is None else (_field(head), head.end())
    for found in _INNER.finditer(line, max(begin, 1)):
        parts.append(Labelled(field, line[begin : found.start()].strip()))
        field, begin = _field(found), found.end()
    parts.append(Labelled(field, line[begin:].strip()))
    return [part for part in parts if part.field or part.value]


def _field(found: re.Match[str]) -> str:
    return next(name for name in LABELS if name in found.re.groupindex and found[name])
