"""What print readers commonly misread, mended only where what stands around it proves the sign."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

JAPANESE: Final = r"[ぁ-んァ-ヶ一-龠々〇ー]"
KANJI_DIGITS: Final = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")}
_CLOCK: Final = r"(?:\d{1,2}:\d{2}|\d{1,2}時(?:\d{1,2}分|半)?|正午)"
_COUNTED: Final = r"(?=[年月日時分名人組円回階番号歳]|丁目)"

_MENDED: Final = (
    # A colon that is read as a dot, before a dash and another time of day.
    (re.compile(r"(?<!\d)(\d{1,2})[.・,](\d{2})(?=[-~〜～ーて一]\d{1,2}:\d{2})"), r"\1:\2"),
    # A wave dash between two times of day, which is read as て, ー, 一, <C and the like.
    (re.compile(rf"({_CLOCK})\s*[-~〜～ーて一<>Cc*・。.、〝“”]{{1,3}}\s*(?=(?:午前|午後)?\s*{_CLOCK})"), r"\1〜"),
    (re.compile(rf"({_CLOCK})[^\d\s()]\s?[^\d\s()]?(?=(?:午前|午後)?{_CLOCK})(?<!ら)(?<!り)"), r"\1〜"),
    # The dash was left out: two times of day that stand together are a span.
    (re.compile(rf"(\d時(?:\d{{2}}分|半)|\d:\d{{2}})(?=(?:午前|午後)?\s?{_CLOCK})"), r"\1〜"),
    # The same between two dates.
    (re.compile(r"(\d日(?:\([月火水木金土日]\))?)\s*[-~ーて一<Cc]{1,2}\s*(?=(?:\d{1,2}月)?\d{1,2}日)"), r"\1〜"),
    # Letters among figures.
    (re.compile(r"(?<=\d)[OoＯ](?=[\d:\-年月日時分円])|(?<=[\d\-:])[OoＯ](?=\d)|(?<=:\d)[OoＯ]"), "0"),
    (re.compile(r"(?<=\d)[lI|](?=[\d:\-年月日時分円])|(?<=[\-:月])[lI|](?=\d)"), "1"),
    # 日 is read as 曰, 目, 口 or ロ: between a month's day and its weekday, or in brackets after a day.
    (re.compile(r"(?<=月)(\d{1,2})\s*[曰目口ロ](?=\s*\(|$|\s|[・,〜])"), r"\1日"),
    (re.compile(r"(?<=日\()[曰目口ロ](?=\))"), "日"),
    (re.compile(r"(?<=日\()[士±](?=\))"), "土"),
    (re.compile(r"(?<=日\()[全企](?=\))"), "金"),
    (re.compile(r"(?<=[月火水木金土日])[躍曖]"), "曜"),
    (re.compile(r"第ニ(?=[・月火水木金土日])"), "第2"),
    (re.compile(r"(?<=\d)[随陪](?=\s|$|[^\w])"), "階"),
    # An era before a year; 昭和 lies too far back for a flyer.
    (re.compile(r"(?:[今合命冷令]|(?<![平昭令])^|(?<=[\s:】)]))\s?和\s?(?=\d{1,2}年|元年)"), "令和"),
)
_BLANK: Final = re.compile(
    rf"(?<={JAPANESE})\s+(?=[のはをにとでがもまや]?[ぁ-ん]{{2}})|(?<=\d)\s+(?=[年月日時分名円])|(?<=[年月])\s+(?=\d)"
)
_KANJI_NUMBER: Final = re.compile(rf"(?<![一-龠〇])(?:第?)([〇一二三四五六七八九十]{{1,4}}){_COUNTED}")
_KANJI_ANYWHERE: Final = re.compile(
    r"(?<=[年月日時後前第・〜~\s和)])([〇一二三四五六七八九十]{1,4})(?=[年月日時分・〜]|[月火水木金土日]曜)"
)
_KANJI_COUNT: Final = re.compile(r"([〇一二三四五六七八九十]{1,5})(?=[名人組円歳回]|階|丁目|番|号)")


def mend(text: str) -> str:
    """A line as it was printed: one width (NFKC), wave dashes, letters among figures, 日 and 令和, figures in kanji."""
    plain = unicodedata.normalize("NFKC", text).replace("：", ":").replace("−", "-").replace("‐", "-")
    plain = re.sub(r"\s*([():])\s*", r"\1", plain).strip()
    for kanji in (_KANJI_NUMBER, _KANJI_ANYWHERE, _KANJI_COUNT):
        plain = kanji.sub(_figures, plain)
    plain = _BLANK.sub("", plain)
    for wrong, right in _MENDED:
        plain = wrong.sub(right, plain)
    return plain


def _figures(found: re.Match[str]) -> str:
    """「十二」 as 12, 「二〇二六」 as 2026; a number of more than two tens stays as it is."""
    number = str(found[1])
    if "十" not in number:
        value = "".join(KANJI_DIGITS[sign] for sign in number)
    else:
        tens, _, ones = number.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return found[0]
        value = f"{KANJI_DIGITS[tens] if tens else '1'}{KANJI_DIGITS[ones] if ones else '0'}"
    return found[0].replace(number, value)
