"""Shares whose part and whole stand apart from them: facts first, then the division.

“Tổng số hộ: 1.350 hộ; số hộ nghèo: 27 hộ; tỷ lệ hộ nghèo: 2,7%” over items or clauses; a part of
all households (people, villages, land) the paper tells elsewhere; incomes of two years and the
rise between them; “2.210 người trong tổng số 3.400 lao động”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dinhlang.papers.checking.arithmetic.figures import (
    AREA,
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_in,
    sentences,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, format_number
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_GOAL = re.compile(
    r"\b(?:phấn đấu|mục tiêu|tối thiểu|ít nhất|trên|dưới|kế hoạch|yêu cầu|không quá|thêm|lên|xuống"
    r"|từ|đến hết|chỉ tiêu|tăng|giảm|vượt|so với)\b[^,;()]*$|[≥≤<>]",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng|tương đương|tức|là)\b|=|\()[^.;\d]{0,30}$",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"[^.;:()\d]{0,50}?\b(?:trên|trong)\s+(?:tổng\s+(?:số\s+)?|số\s+|toàn bộ\s+)?$", re.IGNORECASE
)
_RATE = guarded(r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng)\s+(?P<of>[^\d:;,.()]{3,90}?)\s*[:=]?\s*"
                   r"(?:là|đạt|chiếm|bằng|hiện|còn)?\s*$", re.IGNORECASE)  # fmt: skip
_ALL = re.compile(r"\b(?:tổng|toàn xã|cả xã|toàn bộ|dân số|xã)\b[^.;\d]{0,60}$", re.IGNORECASE)
_ALL_BEHIND = re.compile(
    r"\s*(?:trong |trên |của |so với )?"
    r"(?:tổng (?:số )?(?:hộ|khẩu|dân|thôn|ấp|bản|diện tích|nhân khẩu)"
    r"|số (?:hộ|thôn|ấp|bản|xóm|khẩu) (?:toàn|của|trong) xã|dân số|hộ (?:toàn xã|dân)|số hộ|số thôn"
    r"|toàn xã)(?!\s+(?:nghèo|cận|có|tham gia|chăn|sản xuất|kinh doanh|đăng|được|thuộc|nông))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_RISE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được|khoảng))?\s*$", re.IGNORECASE)
_AGAINST = re.compile(r"\s*(?:so\s+với|\)|\.|;|$)", re.IGNORECASE)
_SAME = re.compile(r"thu nhap|gia tri|san luong|doanh thu|nguon thu|dien tich")
_IDLE_WORDS = "so ty le hien co la dat tong cac cua xa toan nam cho duoc da ho nguoi"
_IDLE = frozenset(_IDLE_WORDS.split())
_SYLLABLE = re.compile(r"[^\W\d_]+")
_THEN = re.compile(
    r"[^.;\d()]{0,60}?(?:,\s*)?(?:\b(?:tức(?: là)?|là|bằng|tương ứng|tương đương|khoảng|được)\b"
    r"|=|\()\s*(?:(?:với|là|khoảng|tối thiểu|ít nhất|từ)\s+)*",
    re.IGNORECASE,
)
_GETS = re.compile(
    r"\b(?:hưởng|điều tiết|trích|để lại|giữ lại|được giữ|phân chia|tỷ lệ|được cấp lại)\b[^;]*$",
    re.I,
)
_CHANGES = re.compile(
    r"\b(?:tăng|giảm|thêm|vượt|cao hơn|thấp hơn|lên|xuống|mỗi)\b[^,;]*$", re.IGNORECASE
)
_OF_EVERY = re.compile(
    r"\s*(?:dân số|(?:tổng )?số (?:hộ|người dân|nhân khẩu|khẩu)(?: dân| gia đình)?(?! (?:nghèo|cận"
    r"|có|chăn|kinh doanh|sản xuất|trong độ|thuộc|từ|đủ|lao động|được|sử dụng đất|trồng|nuôi|tại|ở"
    r"|của|thôn|chưa|còn|này|đăng|nông)))",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\b(?:cao hơn|hơn|tăng(?: thêm)?)\s+(?:(?:từ|ít nhất|tối thiểu|mức)\s+)*$", re.IGNORECASE
)
_THAT_IS = re.compile(
    r"\b(?:tức(?: là)?|nghĩa là|tương đương|tương ứng|bằng|phải đạt|(?:nên|vậy)[^.;\d]{0,30}đạt)"
    r"(?:\s+(?:với|là|từ|tối thiểu|ít nhất|mức|khoảng))*\s*$",
    re.IGNORECASE,
)
_BACK = 5
_ROOM = Decimal("1.2")


@dataclass(slots=True, frozen=True)
class _Fact:
    """A figure with its paragraph and the folded words that name it."""

    paragraph: Paragraph
    figure: Figure
    words: frozenset[str]
    whole: bool


def wrong_shares(plan: Plan, *, money: bool) -> Iterator[Hit]:
    """Shares of money, or of all else, that part and whole do not give, however far apart."""
    for hit, of_money in _found(tuple(plan.text)):
        if of_money is money:
            yield hit


@lru_cache(maxsize=4)
def _found(lines: tuple[str, ...]) -> tuple[tuple[Hit, bool], ...]:
    paper = paper_in(lines)
    found: list[tuple[Hit, bool]] = []
    wholes: dict[str, set[Decimal]] | None = None
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row:
            continue
        for index, percent in enumerate(paragraph.figures):
            if percent.kind != PERCENT or percent.all is not None:
                continue
            if wholes is None:
                wholes = _wholes(paper)
            hit = (
                _in_all(paper, paragraph, index)
                or _named(paper, at, percent)
                or _of_commune(paper, paragraph, index, wholes)
                or _raised(paper, paragraph, index)
                or _increased(paper, paragraph, index)
            )
            if hit:
                found.append((hit, False))
                continue
            hit, money = _of_base(paper, paragraph, index, wholes)
            if hit:
                found.append((hit, money))
    return tuple(found)


def _in_all(paper: Paper, paragraph: Paragraph, index: int) -> Hit | None:
    """“2.210 người trong tổng số 3.400 lao động của xã, bằng 56%”."""
    if index < 2:
        return None
    part, whole, percent = paragraph.figures[index - 2 : index + 1]
    text = paragraph.text
    between, behind = text[part.end : whole.start], text[whole.end : percent.start]
    if not (part.plain and whole.plain and part.like(whole)) or part.value >= whole.value:
        return None
    if not _IN_ALL.fullmatch(between) or len(behind) > 60 or ";" in behind or ". " in behind:
        return None
    if not _LINK.search(behind) or _GOAL.search(behind):
        return None
    return _judge(paper, paragraph, percent, (paragraph, part), (paragraph, whole))


def _wholes(paper: Paper) -> dict[str, set[Decimal]]:
    """What the paper tells of the whole commune, by kind: households, people, villages, land."""
    found: dict[str, set[Decimal]] = {}
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row:
            continue
        for figure in paragraph.figures:
            if not figure.plain or figure.kind == MONEY:
                continue
            before = paragraph.text[max(0, figure.start - 70) : figure.start]
            noun = " ".join(figure.noun.split()[1:3])
            bare = figure.kind == AREA or not noun or not re.match(
                r"(?:nghèo|cận|có|tham gia|chăn|kinh doanh|đăng|được|đạt|nông|sản|gia đình chính)",
                noun,
            )  # fmt: skip
            if bare and (_ALL.search(before) or _of_the_commune(paragraph.text[: figure.start])):
                found.setdefault(figure.kind, set()).add(figure.value)
    return found


_COMMUNE_HAS = re.compile(
    r"(?:^|[.;]\s+)\W*(?:(?:toàn|cả|hiện nay|hiện)\s+)?xã\b[^.;]*"
    r"(?:,|\b(?:và|với|có|gồm))(?:\s+(?:tổng số|khoảng|tất cả))?\s*$",
    re.IGNORECASE,
)


def _of_the_commune(before: str) -> bool:
    """“Toàn xã có 05 ấp: …, với” before the number: the commune's own, not one village's."""
    return "trong đó" not in before[-200:] and _COMMUNE_HAS.search(before) is not None


def _of_commune(
    paper: Paper, paragraph: Paragraph, index: int, wholes: dict[str, set[Decimal]]
) -> Hit | None:
    """“1.476 hộ, tương ứng 94% tổng số hộ” where the commune has 1.640."""
    if index == 0:
        return None
    text, percent, part = paragraph.text, paragraph.figures[index], paragraph.figures[index - 1]
    between = text[part.end : percent.start]
    if part.kind not in ("hộ", "người", *VILLAGES) or not part.plain or len(between) > 50:
        return None
    if not _LINK.search(between) or _GOAL.search(between) or ";" in between or ". " in between:
        return None
    if not _ALL_BEHIND.match(text, percent.end):
        return None
    first = paragraph.figures[index - 2] if index > 1 else part
    if first is not part and _IN_ALL.fullmatch(text[first.end : part.start]):
        return None  # “206 hộ trên 412 hộ, bằng 50% số hộ”: of those 412
    known = wholes.get(part.kind, set())
    if len(known) != 1:
        return None
    whole = next(iter(known))
    if part.value >= whole:
        return None
    owner = _owner(paper, part.kind, whole)
    return _judge(paper, paragraph, percent, (paragraph, part), owner, room=_ROOM)


def _owner(paper: Paper, kind: str, value: Decimal) -> tuple[Paragraph, Figure]:
    return next(
        (paragraph, figure)
        for paragraph in paper.paragraphs
        for figure in paragraph.figures
        if figure.kind == kind and figure.value == value and not paragraph.block.is_row
    )


def _named(paper: Paper, at: int, percent: Figure) -> Hit | None:
    """“Tỷ lệ hộ nghèo: 2,7%” beside “Số hộ nghèo: 27 hộ” and “Tổng số hộ: 1.350 hộ”."""
    paragraph = paper.paragraphs[at]
    match = _RATE.search(paragraph.text[: percent.start])
    if match is None or _GOAL.search(match[0]):
        return None
    if re.match(r"[^.;,]{0,12}\b(?:trở lên|trở xuống)", paragraph.text[percent.end :]):
        return None
    named = _words(match["of"])
    if not named:
        return None
    facts = _facts(paper, at, percent)
    parts = [fact for fact in facts if not fact.whole and fact.words == named]
    if len({fact.figure.value for fact in parts}) != 1:
        return None
    part = parts[-1]
    wholes = [fact for fact in facts if fact.whole and fact.figure.like(part.figure)]
    if len({fact.figure.value for fact in wholes}) != 1:
        return None
    whole = wholes[-1]
    if part.figure.value > whole.figure.value:
        return None
    return _judge(
        paper, paragraph, percent, (part.paragraph, part.figure), (whole.paragraph, whole.figure)
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_SYLLABLE.findall(fold(text))) - _IDLE


def _facts(paper: Paper, at: int, percent: Figure) -> list[_Fact]:
    """The figures of the paragraph and of the items next to it, with the words that name them."""
    own = paper.paragraphs[at]
    near = [own]
    for step in (-1, 1):
        for index in range(at + step, at + step * (_BACK + 1), step):
            if not 0 <= index < len(paper.paragraphs):
                break
            other = paper.paragraphs[index]
            if other.block.is_row or (other.mark != own.mark and step > 0):
                break
            near.append(other)
            if other.mark != own.mark:
                break  # the line above the list
    facts: list[_Fact] = []
    for paragraph in near:
        done = 0
        for figure in paragraph.figures:
            before = re.split(r"[;.,(]\s", paragraph.text[done : figure.start])[-1]
            done = figure.end
            if not figure.plain:
                continue
            name = f"{before} {' '.join(figure.noun.split()[1:])}"
            whole = bool(re.search(r"\b(?:tổng|toàn xã|cả xã|xã có)\b", lower(before)))
            facts.append(_Fact(paragraph, figure, _words(name), whole))
    return facts


def _raised(paper: Paper, paragraph: Paragraph, index: int) -> Hit | None:
    """“năm 2023 đạt 52 triệu đồng; năm 2024 phấn đấu 57,2 triệu đồng, tăng 12%”."""
    if index < 2:
        return None
    one, other, percent = paragraph.figures[index - 2 : index + 1]
    text = paragraph.text
    way = _RISE.search(text[: percent.start])
    if way is None or one.kind != other.kind or not (_plain_or_rate(one) and _plain_or_rate(other)):
        return None
    start = next(a for a, b in sentences(paragraph) if a <= percent.start < b)
    if one.start < start or len(text[other.end : percent.start]) > 40:
        return None
    first = _YEAR.findall(text[start : one.start])
    second = _YEAR.findall(text[one.end : other.start])
    if len(first) != 1 or len(second) != 1 or int(first[0]) + 1 != int(second[0]):
        return None
    if not _SAME.search(fold(text[start : one.start])) or not _AGAINST.match(text, percent.end):
        return None
    if re.search(r"\b(?:bình quân mỗi|trong đó|riêng)\b", text[one.end : percent.start]):
        return None
    if not one.value:
        return None
    right = (other.value - one.value) * 100 / one.value
    right = -right if way["way"].lower() == "giảm" else right
    written = re.match(r"[\d.,]*\d", text[percent.start :])
    digits = len(written[0].partition(",")[2]) if written else 0
    if abs(right - percent.value) <= Decimal(1).scaleb(-digits):
        return None
    return Hit(
        message=f"Từ {shown(one.value, one.kind)} đến {shown(other.value, other.kind)} là "
        f"{format_number(round(right, 1))}%, văn bản ghi {format_number(percent.value)}%.",
        places=(
            paper.place(paragraph, percent.start, percent.end),
            paper.place(paragraph, one.start, one.end),
            paper.place(paragraph, other.start, other.end),
        ),
        advice="Tính lại mức tăng giảm, hoặc soát lại hai mức.",
    )


def _of_base(
    paper: Paper, paragraph: Paragraph, index: int, wholes: dict[str, set[Decimal]]
) -> tuple[Hit | None, bool]:
    """“thu 12,0; xã hưởng 60%, tức 7,5”; “80% số hộ, tương ứng 900 hộ”: of what is told before."""
    text, percent = paragraph.text, paragraph.figures[index]
    part = paragraph.figures[index + 1] if index + 1 < len(paragraph.figures) else percent
    clause = re.split(r"[;.]\s", text[: percent.start])[-1]
    if not part.plain or not percent.value or _CHANGES.search(clause):
        return None, False
    if not _THEN.fullmatch(text[percent.end : part.start]):
        return None, False
    money = part.kind == MONEY
    before = [f for f in paragraph.figures[:index] if f.plain and f.like(part)]
    bases = [(paragraph, f) for f in before if f.value >= part.value]
    if not money:
        known = wholes.get(part.kind, set()) - {part.value}
        if not _OF_EVERY.match(text, percent.end) or len(known) != 1:
            return None, False
        bases.append(_owner(paper, part.kind, next(iter(known))))
    elif not _GETS.search(clause[-60:]):
        return None, False
    slack = _share_slack(text, percent)
    rights = [part.value * 100 / base.value for _, base in bases]
    if not bases or any(abs(right - percent.value) <= slack for right in rights):
        return None, False
    return _judge(paper, paragraph, percent, (paragraph, part), bases[-1], room=slack), money


def _share_slack(text: str, percent: Figure) -> Decimal:
    written = re.match(r"[\d.,]*\d", text[percent.start :])
    return Decimal(1).scaleb(-len(written[0].partition(",")[2]) if written else 0)


def _increased(paper: Paper, paragraph: Paragraph, index: int) -> Hit | None:
    """“cao hơn 10% so với mức 72 triệu đồng, tức tối thiểu 78 triệu đồng”."""
    text, percent = paragraph.text, paragraph.figures[index]
    if not _HIGHER.search(text[: percent.start]):
        return None
    figures = [f for f in paragraph.figures if f.kind == MONEY and f.all is None]
    told = [f for f in figures if f.start > percent.end and _THAT_IS.search(text[: f.start])]
    if not told or len(text[percent.end : told[0].start]) > 160:
        return None
    result = told[0]
    # Every amount that may be the base; the year before's is one of them.
    bases = [f for f in figures if f is not result and f.start < result.start]
    rights = [f.value * (100 + percent.value) / 100 for f in bases]
    if not rights or any(abs(right - result.value) * 200 <= right for right in rights):
        return None
    near = [f for f in bases if f.value < result.value * 2 and result.value < f.value * 2]
    if not near:
        return None
    right = near[-1].value * (100 + percent.value) / 100
    return Hit(
        message=f"{shown(near[-1].value, MONEY)} thêm {format_number(percent.value)}% là "
        f"{shown(right, MONEY)}, văn bản ghi {shown(result.value, MONEY)}.",
        places=tuple(
            dict.fromkeys(
                paper.place(paragraph, f.start, f.end) for f in (result, percent, near[-1])
            )
        ),
        advice="Tính lại mức phải đạt.",
    )


def _plain_or_rate(figure: Figure) -> bool:
    return figure.all is None and figure.kind not in (PERCENT, "") and figure.kind not in TIMES


def _judge(
    paper: Paper,
    paragraph: Paragraph,
    percent: Figure,
    part: tuple[Paragraph, Figure],
    whole: tuple[Paragraph, Figure],
    *,
    room: Decimal = Decimal(),
) -> Hit | None:
    written = re.match(r"[\d.,]*\d", paragraph.text[percent.start :])
    digits = len(written[0].partition(",")[2]) if written else 0
    right = part[1].value * 100 / whole[1].value
    step = Decimal(1).scaleb(-digits)
    slack = max(room, step + Decimal("0.05") if digits else step - Decimal("0.05"))
    if abs(right - percent.value) <= slack:
        return None
    answer = format_number(round(right, max(digits, 1)))
    owners: Sequence[tuple[Paragraph, Figure]] = ((paragraph, percent), part, whole)
    named = [shown(each.value, MONEY) if each.kind == MONEY else format_number(each.value)
             for each in (part[1], whole[1])]  # fmt: skip
    return Hit(
        message=f"{'/'.join(named)} là {answer}%, văn bản ghi {format_number(percent.value)}%.",
        places=tuple(
            dict.fromkeys(paper.place(owner, each.start, each.end) for owner, each in owners)
        ),
        advice="Tính lại tỷ lệ, hoặc soát lại hai số.",
    )
