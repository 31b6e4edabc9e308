"""The kind of a place (種別) by the words that name it and nothing else.

A word decides only where it is explicit: 「百歳体操」 is an exercise group wherever it stands, 「体操」 need not be.
Words of two kinds in one text decide nothing.
"""

from __future__ import annotations

import re
from typing import Final

from portal.normalise import fold

CHILD: Final = "(?:こども|子ども|子供|子共)"
KIND_WORDS: Final = {
    kind: re.compile(fold(words))
    for kind, words in {
        "exercise_group": r"百歳体操|100歳体操|介護予防体操",
        "community_cafe": r"ふれあい(?:喫茶|カフェ)|コミュニティー?カフェ|(?:地域|まちかど)カフェ",
        "childrens_cafeteria": rf"{CHILD}食堂",
        "elderly_salon": r"いきいきサロン|生き生きサロン|高齢者(?:ふれあい)?サロン|シニアサロン",
        "childcare_salon": rf"子育てサロン|{CHILD}育てサロン|育児サロン|親子サロン",
        "childcare_plaza": r"子育て(?:広場|ひろば)|(?:つどい|集い)の(?:広場|ひろば)|親子(?:広場|ひろば)",
        "volunteer_corner": r"ボランティアコーナー|ボランティアセンター|ボランティアビューロー",
        "watching_over": r"見守り",
        "consultation": r"相談",
        "discussion_table": r"ささえあい協議会|支え合い協議会|支えあい協議会|話し合いの場|話しあいの場|協議体",
    }.items()
}
BELONGING: Final = re.compile(fold(r"居場所|いばしょ"))
"""What every other kind is, too, so that it decides only where no other word does."""


def guess(text: str) -> str | None:
    """The key of the one kind whose words stand in ``text``, or that it is itself; None for none and for several."""
    if text in KIND_WORDS or text == "ibasho":
        return text
    folded = fold(text).replace(" ", "")
    found = [kind for kind, words in KIND_WORDS.items() if words.search(folded)]
    if not found and BELONGING.search(folded):
        return "ibasho"
    return found[0] if len(found) == 1 else None
