"""What the paper says must be reached against what it aims at, in one paragraph or paper-wide.

“Chỉ tiêu đòi hỏi ít nhất 30% số hộ …; vận động để toàn xã có 20% số hộ thực hiện”: of the values of
one paragraph the one that must be, and the only one aimed at. Paper-wide a share of work in a
table row, or an income, is held against every value asked of the same thing: where one of them is
met, all is well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.arithmetic.rates import rate_subject
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.likeness import pairs
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.target_tables import value as value_of
from dinhlang.papers.checking.text.told_parts import names_goals, tells_what_was
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, format_number
from dinhlang.vietnamese.guarded import guarded

_NEED = guarded(
    r"\b(?:đòi hỏi|đòi|yêu cầu|quy định|phải (?:đạt|có|bảo đảm|đảm bảo|giữ|từ|là)|mức phải"
    r"|cần (?:đạt|có)|bắt buộc|mức chuẩn|chuẩn là|theo (?:bộ )?tiêu chí"
    r"|chỉ tiêu (?:của|theo) (?:tỉnh|huyện|trung ương|bộ))\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:hiện(?: nay| tại| mới| có| đạt)?|mới (?:có|đạt|chỉ)|mới|đã|đang|năm (?:20[01]\d|trước)"
    r"|đầu năm|kết quả|còn|chưa|từ mức|đến nay|so với|tăng|giảm|thêm|cao hơn|vượt|mỗi năm)\b",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"\btốc độ tăng(?: trưởng)?", re.IGNORECASE)
_LESS = re.compile(
    r"ngheo|that nghiep|suy dinh duong|te nan|toi pham|tai nan|nha tam|dot nat|o nhiem|vi pham|duoi"
    r"|khong qua|toi da|hao hut|thap coi|con thu ba|tao hon|giam"
)
_TASK = guarded(
    r"\b(?:vận động|hướng dẫn|tuyên truyền|giao|chủ trì|phụ trách|thực hiện|làm|lắp|xây|mở)\b", re.I
)
_STAGE = re.compile(
    r"\b(?:đợt|giai đoạn|bước|quý I\b|6 tháng|sáu tháng|năm sau|đến năm|tiếp theo|trước mắt)\b",
    re.I,
)
_NOUN = re.compile(r"\s*(?:/năm|tổng số|số|các|trở lên)*\s*(?P<noun>[^\W\d_]+)")
_NO_NOUN_WORDS = "trở là và thì trong theo để vào năm tại ở có đạt được của trên"
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())
_AIM_INCOME = re.compile(
    r"\bthu nhập\b[^.;|\d]{0,70}(?:năm 20\d\d[^.;|\d]{0,30})?(?:đạt|lên|là|tới|đến|:)"
    r"\s*(?:từ\s+)?$",
    re.IGNORECASE,
)
_OTHERS_INCOME = re.compile(
    r"\b(?:hộ|mô hình|thôn|ấp|bản|xóm|buôn|hợp tác xã|lao động|thành viên|tháng|nâng cao là)\b",
    re.I,
)
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b")
# Folded syllables of the work on a thing, which do not tell which thing.
_WORK_WORDS = "dau noi lap dat mo rong van dong tham gia su dung cung cap so theo quy chuan dinh"
_IDLE_WORK = frozenset(_WORK_WORDS.split())
_ASKED_HEAD = re.compile(r"yeu cau|quy dinh|phai dat|muc dat|muc tieu|ke hoach|chi tieu giao")
_ADVICE = "Nâng mức đặt ra, hoặc ghi rõ đây là mức của một bước trong lộ trình."
_LEAST_WORDS = 2
_LED = 60  # letters a heading of a need takes with its value


@dataclass(slots=True, frozen=True)
class _Value:
    """A value with its paragraph, and the clause it stands in."""

    paragraph: Paragraph
    figure: Figure
    clause: str
    behind: str


def aims_below(plan: Plan) -> Iterator[tuple[Hit, bool]]:
    """What is aimed at below what must be reached, and whether it is work given out."""
    paper = paper_of(plan)
    told: set[int] = set()
    found = (_in_paragraphs(plan, paper), _in_rows(plan, paper), _of_rows(plan, paper))
    for hit, task in (*chain(*found), *_incomes(plan, paper)):
        if not told.intersection(place.lines[0] for place in hit.places[:1]):
            told.add(hit.places[0].lines[0])
            yield hit, task


# ---------------------------------------------------------------- one paragraph


def _in_paragraphs(plan: Plan, paper: Paper) -> Iterator[tuple[Hit, bool]]:
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row or "%" not in paragraph.text or not _NEED.search(paragraph.text):
            continue
        values = [_value(paragraph, f) for f in paragraph.figures if _is_share(f)]
        needs = [value for value in values if _needed(value)]
        others = [v for v in values if v not in needs and not _is_now(v)]
        if len(needs) != 1 or len(others) != 1 or _LESS.search(fold(paragraph.text)):
            continue
        need, aim = needs[0], others[0]
        words = paragraph.text[min(need.figure.start, aim.figure.start) :]
        if (
            aim.figure.value >= need.figure.value
            or not _one_noun(need, aim)
            or _STAGE.search(words)
        ):
            continue
        if aim.figure.value * 2 < need.figure.value or not _one_matter(need, aim):
            continue
        yield _hit(paper, aim, need), bool(_TASK.search(aim.clause))


def _is_now(value: _Value) -> bool:
    """Whether a value tells what is: “mới có 1.945 hộ …, đạt 83,98% so với yêu cầu”."""
    said = re.split(r"[;]\s|\.\s", value.paragraph.text[: value.figure.start])[-1]
    said = _GROWTH.sub("", said[-90:])
    return bool(_NOW.search(said) or re.match(r"\W*so với", value.behind))


def _is_share(figure: Figure) -> bool:
    return figure.kind == PERCENT and figure.all is None


def _value(paragraph: Paragraph, figure: Figure) -> _Value:
    text = paragraph.text
    clause = re.split(r"[;(:]\s?|\.\s|,\s(?!\d)", text[: figure.start])[-1]
    behind = re.split(r"[;().]|,\s", text[figure.end : figure.end + 70])[0]
    return _Value(paragraph, figure, clause, behind)


def _needed(value: _Value) -> bool:
    text, at = value.paragraph.text, value.figure.start
    part = re.split(r";\s|\.\s", text[:at])[-1]  # “Chỉ tiêu của tỉnh: từ 80%”
    led = re.match(r"\W*(?:chỉ tiêu|yêu cầu|quy định)\b", part, re.IGNORECASE)
    return bool(_NEED.search(value.clause) or (led and len(part) < _LED))


def _noun(value: _Value) -> str:
    found = _NOUN.match(value.behind)
    noun = found["noun"].lower() if found else ""
    return "" if noun in _NO_NOUN else noun


def _one_noun(one: _Value, other: _Value) -> bool:
    names = {_noun(one), _noun(other)} - {""}
    return len(names) < 2


def _one_matter(need: _Value, aim: _Value) -> bool:
    """Whether two values of a paragraph speak of one thing: one names it, or both do alike."""
    one, other = (rate_subject(f"{v.clause} {v.behind}") for v in (need, aim))
    if min(len(one), len(other)) < _LEAST_WORDS:
        return True
    own = need.paragraph.text
    apart = own[min(need.figure.end, aim.figure.end) : max(need.figure.start, aim.figure.start)]
    return bool(one & other) or (bool(_noun(need)) and _noun(need) == _noun(aim)) or len(apart) < 70


# ---------------------------------------------------------------- rows of work, paper-wide


def _in_rows(plan: Plan, paper: Paper) -> Iterator[tuple[Hit, bool]]:
    """“Đấu nối nước sạch | tối thiểu 97% số hộ” where 100% of the households are the goal."""
    found = [each for each in paper.paragraphs if each.block.is_row and "%" in each.text]
    asked = list(_asked(plan, paper)) if found else []
    for row in found if asked else ():
        words = [cell for cell in row.block.cells if not re.search(r"\d", cell)]
        shares = [f for f in row.figures if _is_share(f)]
        named = _core(words[0]) if words else frozenset()
        if len(shares) != 1 or len(named) < _LEAST_WORDS or _NOW.search(row.text):
            continue
        cell = next((c for c in row.block.cells if "%" in c), "")
        if not re.match(r"\W*(?:tối thiểu|ít nhất|từ|đạt|≥|>=|\d)", cell) or _LESS.search(
            fold(row.text)
        ):
            continue
        mine = _Value(row, shares[0], "", cell[cell.find("%") + 1 :])
        like = [v for v in asked if _alike(named, words[0], v) and _one_noun(mine, v)]
        if like and all(v.figure.value > shares[0].value for v in like):
            yield _hit(paper, mine, like[0]), True


def _of_rows(plan: Plan, paper: Paper) -> Iterator[tuple[Hit, bool]]:
    """“≥ 50%” of a row of targets, and “vận động để 45% số hộ phân loại rác”."""
    asked = list(_rows_asked(plan))
    for paragraph in paper.paragraphs if asked else ():
        if paragraph.block.is_row or "%" not in paragraph.text or _STAGE.search(paragraph.text):
            continue
        for figure in paragraph.figures:
            aim = _value(paragraph, figure) if _is_share(figure) else None
            if aim is None or _is_now(aim) or not _TASK.search(paragraph.text):
                continue
            like = [each for each in asked if _alike(_core(each[0]), each[0], aim)]
            if like and all(own > figure.value for _, own, _ in like):
                yield _row_hit(paper, aim, *like[0][1:]), True


def _row_hit(paper: Paper, aim: _Value, asked: Decimal, place: Place) -> Hit:
    return Hit(
        message=f"Chỗ này chỉ đặt ra {_said(aim.figure)}, mức phải đạt ghi trong bảng là "
        f"{format_number(asked)}%.",
        places=(*_places(paper, (aim,)), place),
        advice=_ADVICE,
        severity="warning",
    )


def _rows_asked(plan: Plan) -> Iterator[tuple[str, Decimal, Place]]:
    """The shares that rows of targets ask for or aim at, with what they are of."""
    for each in paragraphs(plan):
        cells = each.cells
        if "%" not in each.text or cells == each.columns or len(cells) != len(each.head):
            continue
        what = next((cell for cell in cells if len(_core(cell)) >= _LEAST_WORDS), "")
        named = [i for i, head in enumerate(each.head) if _ASKED_HEAD.search(head)]
        if not what or not named or _LESS.search(fold(each.text)):
            continue
        cell = cells[named[0]]
        asked = value_of(cell)
        if asked is not None and "%" in cell and cell != what:
            yield what, asked, each.said(plan)


def _asked(plan: Plan, paper: Paper) -> Iterator[_Value]:
    """The shares that goals of the body aim at, or that must be."""
    goals = {
        each.number for each in paragraphs(plan)
        if not each.cells and any(map(names_goals, each.above)) and not tells_what_was(each.above)
    }  # fmt: skip
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row or "%" not in paragraph.text:
            continue
        for figure in paragraph.figures:
            value = _value(paragraph, figure) if _is_share(figure) else None
            if value is None or _NOW.search(value.clause) or _STAGE.search(paragraph.text):
                continue
            if paragraph.block.lines[0] in goals or _needed(value):
                yield value


def _core(words: str) -> frozenset[str]:
    return rate_subject(words) - _IDLE_WORK


def _alike(named: frozenset[str], words: str, value: _Value) -> bool:
    """Whether a row is of what a share is told of: all its words but those of the work."""
    told = f"{value.clause} {value.behind}"
    own = frozenset(rate_subject(told))
    return named <= own and bool(pairs(words) & pairs(told))


# ---------------------------------------------------------------- income


def _incomes(plan: Plan, paper: Paper) -> Iterator[tuple[Hit, bool]]:
    """The commune's income aimed at, below every income that must be reached."""
    year = max(plan.document.years, default=0)
    needs: list[_Value] = []
    aims: list[_Value] = []
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row or "hu nhập" not in paragraph.text:
            continue
        last = 0
        for figure in paragraph.figures:
            since, last = last, figure.end if figure.kind == MONEY else last
            if figure.kind != MONEY or not 10**7 <= figure.value < 3 * 10**8:
                continue
            clause = re.split(r"[;(]\s?|\.\s", paragraph.text[since : figure.start])[-1]
            years = {int(each) for each in _YEAR.findall(clause)}
            if _OTHERS_INCOME.search(clause[-60:]) or (years and year not in years):
                continue
            value = _Value(paragraph, figure, clause, "")
            if _NEED.search(clause):
                needs.append(value)
            elif _AIM_INCOME.search(clause) and not _NOW.search(clause):
                aims.append(value)
    for aim in aims if needs else ():
        if all(need.figure.value > aim.figure.value for need in needs):
            yield _hit(paper, aim, needs[-1]), False


def _hit(paper: Paper, aim: _Value, need: _Value) -> Hit:
    said, asked = (_said(each.figure) for each in (aim, need))
    return Hit(
        message=f"Chỗ này chỉ đặt ra {said}, mức phải đạt ghi trong văn bản là {asked}.",
        places=_places(paper, (aim, need)),
        advice=_ADVICE,
        severity="warning",
    )


def _places(paper: Paper, values: Sequence[_Value]) -> tuple[Place, ...]:
    return tuple(
        dict.fromkeys(paper.place(v.paragraph, v.figure.start, v.figure.end) for v in values)
    )


def _said(figure: Figure) -> str:
    if figure.kind == PERCENT:
        return f"{format_number(figure.value)}%"
    return f"{format_number(figure.value / Decimal(10**6))} triệu đồng"
