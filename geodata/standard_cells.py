"""The cells of a table of standards, and the standard that they make."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.cells.text import narrow
from geodata.decode import read_date, read_flag, read_int
from portal.errors import InvalidRecordError
from portal.model.kind import KEY
from portal.model.source import Source
from portal.model.standard import EVERYBODY, Ages, Standard, StandardRule
from portal.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from portal.model.goal import Goal
    from portal.model.kind import Kind
    from portal.model.municipality import Layer

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "key": ("記号", "キー", "key"),
    "kind": ("種別", "種類", "kind"),
    "goal": ("目標", "計画の目標", "goal"),
    "layer": ("区域の種類", "区域種別", "区域", "layer"),
    "rule": ("数え方", "数えかた", "rule"),
    "at_least": ("数", "目安の数", "at_least"),
    "metres": ("距離(m)", "距離", "距離(メートル)", "metres"),
    "ages": ("年齢", "対象年齢", "ages"),
    "verified_days": ("確認期限(日)", "確認期限", "verified_days"),
    "name": ("名前", "名称", "name"),
    "name_en": ("名前(英語)", "名称_英語", "name_en"),
    "source": ("出典", "計画", "source"),
    "licence": ("出典の利用条件", "licence"),
    "as_of": ("出典の時点", "as_of"),
    "credit": ("出典の表示", "credit"),
    "url": ("出典のURL", "url"),
    "off": ("使わない", "off"),
}
"""The columns in the order in which they are written, each with the names that it goes by, the usual one first."""
NEEDED: Final = ("layer", "at_least")
RULES: Final[Mapping[StandardRule, tuple[str, ...]]] = {
    StandardRule.COUNT: ("か所数", "箇所数", "ヶ所数", "カ所数", "個所数", "件数", "か所", "箇所", "件", "count"),
    StandardRule.WITHIN: ("徒歩圏", "距離", "歩いて行ける人の割合", "within"),
    StandardRule.SESSIONS: ("開催数", "回数", "開催回数", "sessions"),
}
EVERY_AGE: Final = frozenset({"", "全員", "全年齢", "すべて", "-", "0-", "0歳以上", "すべての人"})
SPAN: Final = re.compile(r"(\d{1,3})歳?(?:-(\d{1,3})歳?|-|以上|歳以上)")
DASHES: Final = str.maketrans("～〜~‐‑‒–—−ー―", "-----------")
NUMBER: Final = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
HARMFUL: Final = ("=", "+", "-", "@", "\t", "\r", "＝")
"""What a cell must not begin with: a spreadsheet would take it for a formula."""
SHOWN: Final = 80
LONGEST_TEXT: Final = 300


@dataclass(frozen=True, slots=True)
class Known:
    """What the names in a table may stand for."""

    municipality: str
    kinds: Sequence[Kind]
    layers: Sequence[Layer]
    goals: Sequence[Goal]


def standard_of(cells: Mapping[str, str], known: Known, lines: Mapping[str, int]) -> Standard:
    """The standard that a row stands for; ``lines`` are those of the rows before it, by key.

    Raises InvalidRecordError with the reason for a row that cannot go in.
    """
    texts = {name: cells.get(name, "") for name in COLUMNS}
    if too_long := next((text for text in texts.values() if len(text) > LONGEST_TEXT), ""):
        raise InvalidRecordError("coverage_file.too_long", text=too_long[:SHOWN], most=LONGEST_TEXT)
    kind = _named(texts["kind"], "kind", ((one.key, (one.ja, one.en)) for one in known.kinds))
    goal = _named(texts["goal"], "goal", ((one.key, (one.name, one.name_en)) for one in known.goals))
    layer = _named(texts["layer"], "layer", ((one.key, (one.name, one.name_en)) for one in known.layers))
    if not layer:
        raise InvalidRecordError("coverage_file.no_layer")
    rule = _rule(texts["rule"])
    metres = _whole(texts["metres"], "metres")
    ages = _ages(texts["ages"])
    key = texts["key"] or _key(kind or goal, layer, (rule, metres, ages))
    if key in lines:
        raise InvalidRecordError("coverage_file.twice", first=lines[key])
    return Standard(
        municipality=known.municipality,
        key=key,
        layer=layer,
        rule=rule,
        at_least=_number(texts["at_least"]),
        kind=kind,
        goal=goal,
        metres=metres,
        ages=ages,
        verified_days=_whole(texts["verified_days"], "verified_days"),
        name=texts["name"],
        name_en=texts["name_en"],
        source=_source(texts),
        off=read_flag(texts["off"]) or False,
    )


def undone(text: str) -> str:
    """A cell without the sign that made it harmless in a spreadsheet."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*HARMFUL, "'")) else text


def _named(said: str, column: str, choices: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The key that a name or a key stands for; empty for an empty cell."""
    if not said:
        return ""
    found = [key for key, names in choices if fold(said) in {fold(one) for one in (key, *names)}]
    if not found:
        raise InvalidRecordError(f"coverage_file.unknown_{column}", name=said[:SHOWN])  # noqa: EM102  # a key of words
    return found[0]


def _rule(said: str) -> StandardRule:
    if not said:
        return StandardRule.COUNT
    found = [rule for rule, names in RULES.items() if fold(said) in map(fold, names)]
    if not found:
        choices = "、".join(names[0] for names in RULES.values())
        raise InvalidRecordError("coverage_file.unknown_rule", said=said[:SHOWN], choices=choices)
    return found[0]


def _number(text: str) -> float:
    plain = narrow(text).replace(",", "").removesuffix("%")
    if not NUMBER.fullmatch(plain):
        raise InvalidRecordError("coverage_file.bad_number", column=COLUMNS["at_least"][0], value=text[:SHOWN])
    return float(plain)


def _whole(text: str, name: str) -> int | None:
    try:
        return read_int(text.removesuffix("日").removesuffix("m").removesuffix("メートル"))
    except ValueError:
        raise InvalidRecordError("coverage_file.bad_number", column=COLUMNS[name][0], value=text[:SHOWN]) from None


def _ages(text: str) -> Ages:
    plain = narrow(text).translate(DASHES).replace(" ", "")
    if plain in EVERY_AGE:
        return EVERYBODY
    found = SPAN.fullmatch(plain)
    if found is None:
        raise InvalidRecordError("standard.bad_ages")
    return Ages(int(found[1]), int(found[2]) if found[2] else None)


def _source(texts: Mapping[str, str]) -> Source | None:
    if not texts["source"]:
        return None
    return Source(texts["source"], texts["licence"], _day(texts["as_of"]), texts["credit"], texts["url"])


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except ValueError:
        raise InvalidRecordError("intake.no_such_day", day=text[:SHOWN]) from None


def _key(thing: str, layer: str, rest: tuple[StandardRule, int | None, Ages]) -> str:
    """A key for a row without one: always the same for the same expectation, whatever its number is."""
    rule, metres, ages = rest
    parts = [thing, layer]
    if rule is not StandardRule.COUNT:
        parts += [rule.value, str(metres or "")]
    if ages != EVERYBODY:
        parts.append(str(ages).replace("-", "_"))
    made = "_".join(part for part in parts if part).strip("_")
    if KEY.fullmatch(made):
        return made
    return f"standard_{hashlib.blake2b(made.encode(), digest_size=8).hexdigest()}"
