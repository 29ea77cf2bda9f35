"""Products whose rate, number and total stand anywhere near each other.

A rate is held against the total in its sentence, then in its paragraph, then among the items of
its list, then where the paper names the same thing for the whole commune. A scope judges only if
it holds one total that can be meant; a product that fits anywhere ends the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PEOPLE,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
    village_count,
)
from dinhlang.papers.checking.arithmetic.grid_words import added_villages
from dinhlang.papers.checking.arithmetic.near_miss import near_miss
from dinhlang.papers.checking.arithmetic.rate_facts import (
    Rate,
    bound_of,
    counts_of,
    more_figures,
    rates_in,
    scaled,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in

_CUES = ("mỗi", "từng", "nào cũng", "cứ ", "cách nhau", "khoảng cách", "một ", "/")
_ONE = re.compile(r"\b1 ")
_TOTAL = re.compile(
    r"(?:\b(?:tổng|thành tiền|cộng|hết|là|cần|kinh phí|toàn xã|cả xã|tất cả|số tiền|dự toán|được"
    r"|thành|đề nghị|xin|cấp|mua|thu|huy động|chuẩn bị|chi|cả năm|trong năm|chỉ tiêu|bố trí"
    r"|kế hoạch|toàn bộ|đủ|phấn đấu|lắp|trồng|góp|giao|phải)\b|=|:)[^;.\d]{0,44}$",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?:\b(?:tổng|thành tiền|cộng|toàn xã|cả xã|tất cả|hết|cả năm|toàn bộ|của xã|cả thảy)\b|=)"
    r"[^;.\d]{0,44}$",
    re.IGNORECASE,
)
_NO_TOTAL = re.compile(
    r"\b(?:trong đó|đợt|đã|hiện|còn|riêng|ngoài|thêm|giai đoạn|rộng|dày|sâu|cao|bán kính|tiền lãi"
    r"|trước|sau khi|năm 20(?:19|2[0-3])|tuyên truyền|khoảng)\b[^;.,\d]{0,24}$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:toàn xã|cả xã|toàn bộ|tất cả|tổng(?: số| cộng)?|cả)\s+"
    r"(?:có |là |trồng |xây dựng |được )?$",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"\btừ tháng (?P<first>\d{1,2})[^.;\d]{0,12}(?:đến|tới) (?:hết )?tháng (?P<last>\d{1,2})"
)
_WHOLE_YEAR = re.compile(r"\b(?:cả|một|mỗi|hằng|hàng) năm\b")
_BOTH_SIDES = re.compile(r"\bhai bên\b|\b2 bên\b", re.IGNORECASE)
_CLASSIFIERS = frozenset(("cuốn", "chiếc", "cái", "bộ", "quyển", "tờ", "con", "lá", "chậu"))
_LIST_REACH = 3


@dataclass(slots=True, frozen=True)
class Spot:
    """A figure in its paragraph."""

    paragraph: Paragraph
    figure: Figure

    @property
    def before(self) -> str:
        """The words before it since its sentence or piece began."""
        text = self.paragraph.text
        return text[max(0, self.figure.start - 60) : self.figure.start]


@dataclass(slots=True, frozen=True)
class Miss:
    """A product that does not come out, and what it is of: money, villages or counts."""

    hit: Hit
    of: str


@lru_cache(maxsize=4)
def _missed(paper: Paper) -> tuple[Miss, ...]:
    found = []
    for at, paragraph in enumerate(paper.paragraphs):
        low = lower(paragraph.text)
        if paragraph.block.is_row or not (any_in(_CUES, low) or ("1 " in low and _ONE.search(low))):
            continue
        figures = more_figures(paragraph)
        rates = list(rates_in(paragraph.text, figures))
        if not rates:
            continue
        miss = _judge(paper, at, figures, rates)
        if miss:
            found.append(miss)
    return tuple(found)


def missed_products(plan: Plan, *kinds: str) -> Iterator[Hit]:
    """The wrong products of ``kinds``: “money”, “village”, “count”."""
    for miss in _missed(paper_of(plan)):
        if miss.of in kinds:
            yield miss.hit


def _judge(paper: Paper, at: int, figures: list[Figure], rates: list[Rate]) -> Miss | None:
    paragraph = paper.paragraphs[at]
    own = [Spot(paragraph, f) for f in figures]
    for rate in rates:
        first, last = next(
            ((a, b) for a, b in sentences(paragraph) if a <= rate.start < b), (0, 1 << 30)
        )
        here = [s for s in own if first <= s.figure.start < last]
        near = [r for r in rates if first <= r.start < last]
        scopes: list[tuple[list[Spot], list[Rate], bool]] = [(here, near, False)]
        if len(here) < len(own):
            scopes.append((own, rates, True))
        around = _around(paper, at)
        if len(around) > 1:
            spots = [
                Spot(p, f) for p in around for f in (figures if p is paragraph else more_figures(p))
            ]
            scopes.append((spots, rates, True))
        for spots, others, wide in scopes:
            done, miss = _in_scope(paper, paragraph, spots, rate, others, wide)
            if miss:
                return miss
            if done:
                break
        else:
            miss = _elsewhere(paper, paragraph, own, rate)
            if miss:
                return miss
    return None


def _around(paper: Paper, at: int) -> list[Paragraph]:
    """The neighbours in the list of a paragraph, with the short lines that stand like items."""
    paragraph = paper.paragraphs[at]
    out = [paragraph]
    for step in (-1, 1):
        for distance in range(1, _LIST_REACH + 1):
            where = at + step * distance
            if not 0 <= where < len(paper.paragraphs):
                break
            other = paper.paragraphs[where]
            short = len(other.text) < 110
            if other.block.is_row or (other.mark != paragraph.mark and step > 0):
                break
            if other.mark != paragraph.mark:
                above = short and other.figures and other.depth < paragraph.depth
                if above or not other.mark:
                    out.insert(0, other)
                break
            if not short:
                break
            out.insert(0, other) if step < 0 else out.append(other)
    return out


def _in_scope(
    paper: Paper,
    paragraph: Paragraph,
    spots: Sequence[Spot],
    rate: Rate,
    rates: list[Rate],
    wide: bool,
) -> tuple[bool, Miss | None]:
    """Whether the scope settles the rate, and what is wrong."""
    of_rates = {(id(paragraph), r.figure.start) for r in rates}
    of_rates |= {(id(paragraph), r.step.start) for r in rates if r.step}
    free = [s for s in spots if (id(s.paragraph), s.figure.start) not in of_rates]
    factors = _factors(paper, paragraph, free, rate, rates, wide)
    if not factors:
        return False, None
    totals = [s for s in free if _like(s.figure, rate.figure) and s not in factors[1]]
    if not totals:
        return False, None
    values, counted = factors
    rights = {value * rate.figure.value for value in values}
    if any(_fits(rights, rate, s, spots) for s in totals):
        return True, None
    others = [s.figure.value for s in totals]
    if any(_rest_of(right, value, others) for right in rights for value in others):
        return True, None
    twins = [r for r in rates if r is not rate and r.figure.kind == rate.figure.kind]
    if twins or len(values) != 1:
        return True, None
    right = next(iter(rights))
    close = [s for s in totals if right / 2 < s.figure.value < right * 2]
    slips = [s for s in close if near_miss(right, s.figure.value)]
    if not (len(slips) == 1 and not wide):
        close = [s for s in close if _may_be_total(s)]
    if len(close) != 1 or (rate.bound == "rough" and not slips):
        return bool(close), None
    total = close[0]
    if _by_added(paper, rate, total):
        return True, None
    slip = bool(slips)
    firm = _FIRM.search(total.before)
    if not (firm or (slip and not wide) or _TOTAL.search(total.before) or _opens(total)):
        return False, None
    beside = any(s.paragraph is total.paragraph and _one_sentence(s, total) for s in counted)
    if wide and not (firm or beside or (slip and _TOTAL.search(total.before)) or _alone(total)):
        return False, None
    miss = _miss(paper, paragraph, rate, counted, right, total)
    if miss.of == "count" and rate.units[0] not in VILLAGES and _by_village(rates, rate):
        miss = Miss(miss.hit, "village")
    return True, miss


def _one_sentence(one: Spot, other: Spot) -> bool:
    """Whether two figures of a paragraph stand in one sentence."""
    first, last = sorted((one.figure.start, other.figure.start))
    return not re.search(r"[^\d\s]\.\s|;", one.paragraph.text[first:last])


def _rest_of(right: Decimal, total: Decimal, others: Sequence[Decimal]) -> bool:
    """Whether the total is the product with other amounts told beside it."""
    left = [value for value in others if value != total]
    return total > right and total - right in (*left, sum(left, Decimal()))


def _may_be_total(spot: Spot) -> bool:
    if _NO_TOTAL.search(spot.before):
        return False
    return bound_of(spot.paragraph.text, spot.figure) != "rough"


def _opens(total: Spot) -> bool:
    """Whether the total is explained in a bracket behind it."""
    return bool(re.match(r"[^;.\d]{0,30}\(", total.paragraph.text[total.figure.end :]))


def _alone(total: Spot) -> bool:
    """Whether the total is the only figure of a short item: “Thành tiền: 86 triệu đồng”."""
    text = total.paragraph.text
    return (
        len(text) < 90 and ":" in text[: total.figure.start] and bool(_TOTAL.search(total.before))
    )


def _like(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same thing."""
    if one.per or one.all is not None:
        return False
    if one.kind in PEOPLE and other.kind in PEOPLE and "người" in (one.kind, other.kind):
        return True
    if _name(one) != _name(other):
        return False
    if one.kind in TIMES and one.kind not in ("buổi", "lần"):
        return False
    if one.kind != other.kind:
        return True
    left, right = (_words(each) for each in (one, other))
    if len(left) > 1 and len(right) > 1 and one.kind not in ("cây", "m", "kg"):
        return left[1] == right[1]
    return True


_IDLE_WORDS = (
    "cho của để tại ở trong và với trên theo là được đã từ do nên này khác mới các tổng cả toàn"
    " bằng vào hoặc có gồm như khi nếu thì đến sẽ phải dọc quanh xung"
)
_IDLE = frozenset(_IDLE_WORDS.split())


def _name(figure: Figure) -> str:
    """What is counted, the classifier left out: “cuốn sổ tay”, “sổ tay”."""
    words = figure.noun.split()
    named = len(words) > 1 and words[1] not in _IDLE
    return words[1] if figure.kind in _CLASSIFIERS and named else figure.kind


def _words(figure: Figure) -> list[str]:
    out: list[str] = []
    for word in figure.noun.split():
        if word in _IDLE:
            break
        out.append(word)
    return out


def _factors(
    paper: Paper,
    paragraph: Paragraph,
    free: Sequence[Spot],
    rate: Rate,
    rates: list[Rate],
    wide: bool,
) -> tuple[set[Decimal], list[Spot]] | None:
    """What the rate is multiplied with, and the figures that say so."""
    value, counted = Decimal(1), []
    for unit in rate.units:
        own = [s for s in free if counts_of([s.figure], unit) and not _unlike_count(s)]
        different = {s.figure.value for s in own}
        if rate.step is not None:
            longest = [s for s in own if s.figure.value > rate.step.value * 3]
            if len(longest) != 1:
                return None
            counted.append(longest[0])
            return {longest[0].figure.value / rate.step.value}, counted
        if len(different) == 1:
            counted.append(own[0])
            value *= scaled(own[0].figure, unit)
            continue
        if different:
            return None
        more = _months(paragraph.text, rate) if unit == "tháng" else None
        chain = [r for r in rates if r is not rate and r.figure.kind == unit]
        if more:
            value *= more
        elif len(chain) == 1 and len(chain[0].units) == 1:
            over = _factors(paper, paragraph, free, chain[0], [chain[0]], wide)
            if over is None or len(over[0]) != 1:
                return None
            value *= next(iter(over[0])) * chain[0].figure.value
            counted += over[1]
        elif unit in VILLAGES and not wide and village_count(paper) > 1:
            value *= village_count(paper)
        else:
            return None
    return {value}, counted


def _by_village(rates: Sequence[Rate], rate: Rate) -> bool:
    """Whether it comes down to so much for each village."""
    unit = rate.units[0]
    chain = [r for r in rates if r is not rate and r.figure.kind == unit]
    return unit in VILLAGES or any(r.units[0] in VILLAGES for r in chain)


def _unlike_count(spot: Spot) -> bool:
    if spot.figure.worded and spot.figure.value == 1:
        return True  # “một hộ trồng 0,2 ha”
    return bool(re.search(r"\b(?:rộng|dày|sâu|cao)\s*$", spot.before))


def _months(text: str, rate: Rate) -> Decimal | None:
    match = _MONTHS.search(lower(text))
    if match and int(match["last"]) > int(match["first"]):
        return Decimal(int(match["last"]) - int(match["first"]) + 1)
    whole_year = len(rate.units) > 1 and _WHOLE_YEAR.search(lower(text))
    return Decimal(12) if whole_year else None


def _fits(rights: set[Decimal], rate: Rate, spot: Spot, spots: Sequence[Spot]) -> bool:
    total = spot.figure.value
    bound = rate.bound
    told = bound_of(spot.paragraph.text, spot.figure)
    for right in rights:
        slack = max(abs(right) / 200, Decimal(0))
        if bound == "step":
            options = [right, right + 1, right - 1]
            if any(_BOTH_SIDES.search(s.paragraph.text) for s in (spot, *spots)):
                options += [right * 2, right * 2 + 2, right * 2 + 1]
            if any(abs(option - total) < 1 for option in options):
                return True
            continue
        if abs(right - total) <= (slack if spot.figure.kind == MONEY else Decimal()):
            return True
        if bound == "floor" and total > right and told != "ceiling":
            return True
        if bound == "ceiling" and total < right:
            return True
        if (told == "floor" and total < right) or (told == "ceiling" and total > right):
            return True
        if "rough" in (bound, told) and abs(right - total) * 12 <= right:
            return True
    return False


def _elsewhere(paper: Paper, paragraph: Paragraph, own: list[Spot], rate: Rate) -> Miss | None:
    """“mỗi thôn 02 vườn mẫu” against “toàn bộ 18 vườn mẫu của 10 thôn” far below."""
    words = _words(rate.figure)
    if len(rate.units) != 1 or rate.units[0] not in VILLAGES or rate.figure.kind == MONEY:
        return None
    if rate.bound not in ("", "floor") or len(words) < 2:
        return None
    unit = rate.units[0]
    told = {s.figure.value for s in own if counts_of([s.figure], unit)}
    villages = next(iter(told)) if len(told) == 1 else Decimal(village_count(paper))
    if villages < 2 or len(told) > 1:
        return None
    right = villages * rate.figure.value
    totals: list[Spot] = []
    for other in paper.paragraphs:
        if other is paragraph or other.block.is_row:
            continue
        for figure in other.figures:
            if figure.kind != rate.figure.kind or not _like(figure, rate.figure):
                continue
            spot = Spot(other, figure)
            if _words(figure)[:2] != words[:2] or not _of_commune(spot, villages):
                continue
            if figure.value == right or (rate.bound == "floor" and figure.value > right):
                return None
            totals.append(spot)
    close = [s for s in totals if right / 2 < s.figure.value < right * 2]
    if len({s.figure.value for s in close}) != 1:
        return None
    if _by_added(paper, rate, close[0]):
        return None
    return _miss(paper, paragraph, rate, [], right, close[0])


def _by_added(paper: Paper, rate: Rate, total: Spot) -> bool:
    """Whether the villages of a table added up explain it: their number is told two ways."""
    if rate.units[0] not in VILLAGES:
        return False
    return total.figure.value in {each * rate.figure.value for each in added_villages(paper.lines)}


def _of_commune(spot: Spot, villages: Decimal) -> bool:
    if bound_of(spot.paragraph.text, spot.figure) or _NO_TOTAL.search(spot.before):
        return False
    if _WHOLE.search(spot.before):
        return True
    behind = spot.paragraph.text[spot.figure.end : spot.figure.end + 40]
    match = re.search(
        r"\b(?:của|ở|trên|tại)\s+(?:cả\s+)?0?(\d+)\s+(?:thôn|ấp|bản|xóm|khu|buôn)", behind
    )
    return bool(match and int(match[1]) == villages)


def _miss(
    paper: Paper,
    paragraph: Paragraph,
    rate: Rate,
    counted: Sequence[Spot],
    right: Decimal,
    total: Spot,
) -> Miss:
    kind = rate.figure.kind
    noun = "" if kind == MONEY else " ".join(_words(rate.figure)[:2])
    said = total.figure.value
    unit = kind if kind in (MONEY, "m", "m2") else ("" if kind == "kg" else noun or kind)

    def told(value: Decimal) -> str:
        if kind == "kg":
            return (
                f"{format_number(value / 1000)} tấn"
                if value >= 1000
                else f"{format_number(value)} kg"
            )
        return shown(Decimal(round(value)) if rate.step else value, unit)

    if rate.step is not None:
        what = f"Cứ {shown(rate.step.value, rate.step.kind)} một {kind}"
    else:
        what = f"{told(rate.figure.value)} cho mỗi {rate.units[0]}"
    number = ", ".join(shown(s.figure.value, s.figure.kind) for s in counted)
    # “mỗi bản 02 buổi, 12 bản là 26 buổi” is a product written out, no least of the villages.
    written = bool(counted) and rate.bound != "floor" and _one_sentence(counted[0], total)
    written = written and not re.search(r"\b(?:cả|toàn xã)\s*$", counted[0].before, re.IGNORECASE)
    villages = rate.units[0] in VILLAGES and kind != MONEY and not written
    places = [paper.place(paragraph, min(rate.start, rate.figure.start), rate.figure.end)]
    places += [paper.place(s.paragraph, s.figure.start, s.figure.end) for s in counted]
    places.append(paper.place(total.paragraph, total.figure.start, total.figure.end))
    hit = Hit(
        message=f"{what}{', ' + number if number else ''} thì được {told(right)}, văn bản ghi "
        f"{told(said)}.",
        places=tuple(dict.fromkeys(places)),
        advice="Tính lại mức, số lượng hoặc tổng.",
    )
    return Miss(hit, "money" if kind == MONEY else "village" if villages else "count")
