"""Additions and subtractions written out with their signs: do they come out?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import MONEY, Figure, Paper, Paragraph, paper_of
from dinhlang.papers.checking.arithmetic.grid_formulas import wrong_formulas
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number, parse_number

_SIGN = re.compile(r"[^\d=;+]{0,30}?\s*(?P<sign>[-–+])\s*[^\d=;+–-]{0,30}")
_EQUALS = re.compile(r"[^\d;=]{0,30}=[^\d;=]{0,12}")
_RAW = re.compile(r"\d[\d.,]*\d|\d")


def written_right(plan: Plan, first: int, last: int) -> bool:
    """Whether some sum written out in the lines comes out: “14,95 - 14,05 = 0,9 tỷ đồng”."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        above, below = paragraph.block.lines
        if below < first or above > last or "=" not in paragraph.text:
            continue
        for one, other, result in zip(
            paragraph.figures, paragraph.figures[1:], paragraph.figures[2:], strict=False
        ):
            text = paragraph.text
            sign = _SIGN.fullmatch(text[one.end : other.start])
            if not sign or not _EQUALS.fullmatch(text[other.end : result.start]):
                continue
            values = _like(text, [one, other, result])
            if values and abs(values[0] - values[1]) == values[2] and sign["sign"] != "+":
                return True
    return False


def wrong_arithmetic(plan: Plan) -> Iterator[tuple[Hit, bool]]:
    """“30,8 - 29,5 = 1,5”, also with words between, each with whether it is of money."""
    yield from wrong_formulas(plan)
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        if "=" not in paragraph.text or paragraph.block.is_row:
            continue
        text = paragraph.text
        chain: list[Figure] = []
        signs: list[str] = []
        for one, other in pairwise(paragraph.figures):
            between = text[one.end : other.start]
            sign = _SIGN.fullmatch(between)
            if sign and one.per is None and other.per is None:
                if not chain or chain[-1] is not one:
                    chain, signs = [one], ["+"]
                chain.append(other)
                signs.append(sign["sign"])
            elif chain and chain[-1] is one and _EQUALS.fullmatch(between):
                hit = _wrong_chain(paper, paragraph, [*chain, other], signs)
                if hit:
                    yield hit, _of_money(text, [*chain, other])
                chain = []


def _of_money(text: str, chain: Sequence[Figure]) -> bool:
    if any(f.kind == MONEY for f in chain):
        return True
    bare = not any(f.kind for f in chain)
    return bare and bool(re.search(r"cân đối|kinh phí|vốn|nguồn|nhu cầu|đồng", text, re.I))


def _wrong_chain(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure], signs: Sequence[str]
) -> Hit | None:
    *chain, result = figures
    values = _like(paragraph.text, figures)
    if values is None:
        return None
    *terms, said = values
    right = sum(
        (value if sign == "+" else -value for sign, value in zip(signs, terms, strict=True)),
        Decimal(),
    )
    if abs(right) == said:
        return None
    return Hit(
        message=f"Phép tính cho {format_number(abs(right))}, văn bản ghi {format_number(said)}.",
        places=(paper.place(paragraph, chain[0].start, result.end),),
        advice="Tính lại và sửa số sai.",
    )


def _like(text: str, figures: Sequence[Figure]) -> list[Decimal] | None:
    """The values in one unit; as written where some stand bare; None where they are unlike."""
    kinds = {f.kind for f in figures}
    if len(kinds) == 1 and not any(f.all for f in figures):
        if kinds == {MONEY}:
            units = {re.sub(r"[\d.,\s]", "", text[f.start : f.end]) for f in figures}
            if len(units) == 1:
                return _written(text, figures)
        return [f.value for f in figures]
    if len(kinds - {""}) != 1 or any(f.all for f in figures):
        return None
    return _written(text, figures)


def _written(text: str, figures: Sequence[Figure]) -> list[Decimal] | None:
    numbers = [_RAW.match(text, f.start) for f in figures]
    values = [parse_number(number[0]) if number else None for number in numbers]
    known = [value for value in values if value is not None]
    return known if len(known) == len(figures) else None
