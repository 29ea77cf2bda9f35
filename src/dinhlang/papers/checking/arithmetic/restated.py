"""One amount written twice side by side: “1.250 triệu đồng (1,25 tỷ đồng)”, or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import MONEY, paper_of
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_money, parse_words

_AGAIN = re.compile(
    r"\s*(?:\(\s*(?:tức|tương đương|bằng|hay|là)?\s*|,?\s*(?:tức là|tức|hay là)\s+)"
)
_CLOSE = re.compile(r"\s*(?:\)|[,;.]|$)")
_IN_WORDS = re.compile(
    r"\s*[,;.]?\s*\(\s*(?:(?:số tiền )?(?:viết )?bằng chữ|viết bằng chữ)?\s*:?\s*"
    r"(?P<words>[^()\d]{6,120}?)\s*(?:đồng)?\s*(?:chẵn)?\s*[./]*\)",
    re.IGNORECASE,
)


def wrong_again(plan: Plan) -> Iterator[Hit]:
    """Amounts whose second writing says another amount."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        money = [each for each in paragraph.figures if each.kind == MONEY and each.per is None]
        if not money or ("(" not in paragraph.text and "tức" not in paragraph.text):
            continue
        text = paragraph.text
        for one, other in pairwise(money):
            between = text[one.end : other.start]
            if not _AGAIN.fullmatch(between) or not _CLOSE.match(text, other.end):
                continue
            bare = "(" in between and not re.search(r"[^\W\d_]", between)
            if bare and text[other.end :].lstrip()[:1] != ")":
                continue
            if one.value == other.value or _other_unit(text, one.start, other.start) is False:
                continue
            yield Hit(
                message=f"Một số tiền ghi hai cách: {format_money(int(one.value))} và "
                f"{format_money(int(other.value))}.",
                places=(paper.place(paragraph, one.start, other.end),),
                advice="Sửa cho hai cách ghi là một số.",
            )
        for each in money:
            match = _IN_WORDS.match(text, each.end)
            said = parse_words(match["words"]) if match else None
            if match and said is not None and said != each.value:
                yield Hit(
                    message=f"Bằng số là {format_money(int(each.value))}, bằng chữ là "
                    f"{format_money(said)}.",
                    places=(paper.place(paragraph, each.start, match.end()),),
                    advice="Sửa cho số và chữ là một.",
                )


def _other_unit(text: str, one: int, other: int) -> bool:
    """Whether the two are written in different units: “5 tỷ (3 tỷ)” is another amount."""
    units = [
        re.search(r"t[ỷỉ]|triệu|nghìn|ngàn|đồng", text[at : at + 30].lower()) for at in (one, other)
    ]
    return bool(units[0] and units[1] and units[0][0] != units[1][0])
