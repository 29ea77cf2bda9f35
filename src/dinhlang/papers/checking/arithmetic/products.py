"""So much for each, so many: the total. “45 hộ, mức 2 triệu đồng/hộ, tổng 90 triệu đồng”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.unwrapped import once
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number

_SIGN = re.compile(r"[^=;\d]{0,30}?[x×*]\s*", re.IGNORECASE)
_EQUALS = re.compile(r"[^;\d]{0,30}=\s*")
_EACH_BEFORE = re.compile(
    r"\b(?:mỗi|từng|một)\s+(?P<unit>[^\W\d_]+)(?P<rest>(?:\s+[^\W\d_]+){0,8})\s*[,:(]?\s*$", re.I
)
_EACH_BEHIND = re.compile(r"\s*(?:cho\s+)?(?:mỗi|một|từng|1)\s+(?P<unit>[^\W\d_]+)", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\b(?:ít nhất|tối thiểu|tối đa|từ|không quá|trở lên|trở xuống|đến|khoảng|bình quân|dưới"
    r"|trên)\b[^,;]{0,12}$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:\b(?:tổng(?: số| cộng| kinh phí| tiền| mức)?|thành tiền|cộng|hết|là|cần|kinh phí|toàn xã"
    r"|cả xã|tất cả|số tiền|dự toán|được|thành)\b|=)[^;.\d]{0,40}$",
    re.IGNORECASE,
)
_FIRM_TOTAL = re.compile(r"\b(?:tổng|thành tiền|cộng|toàn xã|cả xã|hết|là)\b|=", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Product:
    """Factors and their stated result, as figures of one paragraph."""

    factors: tuple[Figure, ...]
    result: Figure
    exact: bool  # written out with signs: no rounding

    @property
    def value(self) -> Decimal:
        """What the factors give."""
        out = Decimal(1)
        for factor in self.factors:
            out *= factor.value
        return out


@once
def wrong_products(plan: Plan) -> Iterator[tuple[Hit, bool]]:
    """Products that do not come out, each with whether it is of money."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row or len(paragraph.figures) < 3:
            continue
        for start, end in sentences(paragraph):
            figures = [each for each in paragraph.figures if start <= each.start < end]
            for found in _products(paragraph.text, figures, start, end):
                hit = _hit(paper, paragraph, found)
                if hit:
                    yield hit, found.result.kind == MONEY


def _products(text: str, figures: Sequence[Figure], start: int, end: int) -> Iterator[Product]:
    written = list(_written(text, figures))
    yield from written
    if written or len(figures) < 3:
        return
    cuts = [start, *(m.end() for m in re.finditer(";", text[start:end])), end]
    groups = [figures]
    if len(figures) > 4:
        marks = [start + at for at in cuts[1:-1]]
        edges = [start, *marks, end]
        groups = [[f for f in figures if a <= f.start < b] for a, b in pairwise(edges)]
    for group in groups:
        found = _told(text, group)
        if found:
            yield found


def _written(text: str, figures: Sequence[Figure]) -> Iterator[Product]:
    """“3,5 km đường x 800 triệu đồng/km = 2.800 triệu đồng”."""
    chain: list[Figure] = []
    for one, other in pairwise(figures):
        between = text[one.end : other.start]
        if _SIGN.fullmatch(between):
            chain = [*chain, other] if chain and chain[-1] is one else [one, other]
        elif chain and chain[-1] is one and _EQUALS.fullmatch(between):
            if text[: chain[0].start].rstrip()[-1:] in ("+", "-", "–"):
                return  # one of several products
            yield Product(_in_units(chain), other, exact=True)
            chain = []


def _in_units(chain: Sequence[Figure]) -> tuple[Figure, ...]:
    """The factors, a length counted in the unit of the rate it is multiplied with."""
    per = next((f.per for f in chain if f.per), None)
    return tuple(_scaled(f, per) for f in chain)


def _scaled(figure: Figure, per: str | None) -> Figure:
    scale = {("m", "km"): 1000, ("m2", "ha"): 10_000}.get((figure.kind, per or ""))
    if scale is None and figure.kind == "m" and per is None and figure.noun.startswith("km"):
        scale = 1000
    if scale is None:
        return figure
    return Figure(figure.start, figure.end, figure.value / scale, figure.kind, figure.noun)


def _told(text: str, figures: Sequence[Figure]) -> Product | None:
    """A rate, a number of what it is for, and their total, told in words."""
    figures = [f for f in figures if f.all is None and f.kind != PERCENT]
    rates = [(f, unit) for f in figures if (unit := _rate_unit(text, figures, f))]
    if len(rates) != 1:
        return None
    rate, unit = rates[0]
    if unit in VILLAGES and rate.kind != MONEY and not rate.per:
        return None  # of COUNT-MINIMUM
    near = text[max(0, rate.start - 24) : rate.start]
    if _AT_MOST.search(near) or re.match(r"\s*trở lên", text[rate.end :]):
        return None
    counts = [f for f in figures if f is not rate and _counts(f, unit)]
    totals = [
        f
        for f in figures
        if f is not rate and f not in counts and f.kind == rate.kind and not f.per
    ]
    if len(counts) != 1 or len(totals) != 1:
        return None
    count, total = counts[0], totals[0]
    before = text[max(0, total.start - 45) : total.start]
    behind_all = total.start > max(rate.start, count.start)
    if behind_all and not (_TOTAL.search(before) or before.rstrip().endswith(":")):
        return None
    if not behind_all and not (total.start < min(rate.start, count.start) and _opens(text, total)):
        return None
    if rate.kind != MONEY and not _FIRM_TOTAL.search(before):
        return None
    if rate.kind in TIMES or _AT_MOST.search(before):
        return None
    factors: tuple[Figure, ...] = (_scaled(count, unit), rate)
    if rate.per in TIMES:
        times = [f for f in figures if f.kind == rate.per]
        if len(times) != 1:
            return None
        factors = (*factors, times[0])
    return Product(factors, total, exact=False)


def _opens(text: str, total: Figure) -> bool:
    return bool(re.match(r"[^;.\d]{0,30}\(", text[total.end :]))


def _rate_unit(text: str, figures: Sequence[Figure], figure: Figure) -> str | None:
    """What a figure is for one of: “2 triệu đồng/hộ”, “mỗi hộ 2 triệu đồng”, “… một lò”."""
    each = _EACH_BEFORE.search(text[max(0, figure.start - 60) : figure.start])
    if figure.per in TIMES and figure.kind == MONEY and each:
        return each["unit"].lower()
    if figure.per:
        unit = figure.per.split("/")[0].split()[0]
        return None if unit in TIMES or "/" in figure.per else unit
    before = text[max(0, figure.start - 60) : figure.start]
    each = _EACH_BEFORE.search(before)
    if (
        each
        and each["unit"].lower() not in TIMES
        and not re.search(r"\b(?:các|những|toàn)\b", each["rest"])
    ):
        return each["unit"].lower()
    behind = _EACH_BEHIND.match(text, figure.end)
    if figure.kind == MONEY and behind and behind["unit"].lower() not in TIMES:
        return behind["unit"].lower()
    return None


def _counts(figure: Figure, unit: str) -> bool:
    if figure.per:
        return False
    if unit in ("chiếc", "cái", "bộ", "suất"):
        return figure.counts and figure.kind not in VILLAGES
    if unit in ("km", "m", "mét"):
        return figure.kind == "m"
    if unit in ("ha", "m2"):
        return figure.kind == "m2"
    unit = {"khẩu": "người", "nhân": "người", "kdc": "khu"}.get(unit, unit)
    if unit == "người":
        return figure.kind in ("người", "học", "lao", "đại", "hội", "cán")
    return figure.kind == unit


def _hit(paper: Paper, paragraph: Paragraph, found: Product) -> Hit | None:
    right, said = found.value, found.result.value
    if right == said:
        return None
    if found.result.kind == "m" and right * 1000 == said:
        return None
    slack = Decimal() if found.exact else abs(said) / 200
    if abs(right - said) <= slack:
        return None
    if not found.exact and right * 2 < said:
        return None  # the total holds more than this
    if (
        found.exact
        and found.result.kind == MONEY
        and not any(f.kind == MONEY for f in found.factors)
    ):
        return None
    factors = " × ".join(
        shown(f.value, MONEY) if f.kind == MONEY else format_number(f.value) for f in found.factors
    )
    everything = (*found.factors, found.result)
    first, last = min(f.start for f in everything), max(f.end for f in everything)
    kind = found.result.kind
    places = [paper.place(paragraph, first, last)]
    places += [paper.place(paragraph, found.result.start, found.result.end)]
    if places[1].lines == places[0].lines:
        places = places[:1]
    return Hit(
        message=f"{factors} là {shown(right, kind)}, văn bản ghi {shown(said, kind)}.",
        places=tuple(places),
        advice="Tính lại mức, số lượng hoặc tổng.",
    )
