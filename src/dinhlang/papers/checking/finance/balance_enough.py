"""“Đủ nguồn”, “cân đối được” said of sources that are less than what is needed.

The need and the sources may stand anywhere above the claim: in its paragraph, in a list, in a
table whose foot gives a side each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.balance_roles import (
    HAVE,
    LACK,
    NEED,
    SPARE,
    Told,
    role_of,
    told_in,
)
from dinhlang.papers.checking.arithmetic.figures import MONEY, Figure, Paper, Paragraph, paper_of
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number, parse_number
from dinhlang.vietnamese.folding import lower

# Over small letters.
_ENOUGH = re.compile(
    r"\b(?:cân đối đủ|đủ cân đối|tự cân đối được|(?:đã )?cân đối được(?! (?:\d|phần|một))"
    r"|(?:bảo đảm|đảm bảo) (?:cân đối|đủ|nguồn|vốn|kinh phí)|đáp ứng (?:đủ|được|toàn bộ|hoàn toàn)"
    r"|đủ (?:nhu cầu|nguồn|vốn|kinh phí|chi|tiền|để|trang trải|cho|thực hiện|bù đắp)"
    r"|vừa đủ|đã đủ|là đủ"
    r"|thu,? chi cân (?:đối|bằng)|cân đối thu,? chi|thu đủ chi|bằng (?:với )?nhu cầu"
    r"|không (?:còn )?thiếu|không phải xin"
    r"|không (?:cần|phải) (?:đề nghị|xin|bổ sung|vay|hỗ trợ)|cân bằng|khớp với nhu cầu)\b"
)
_MAY_CLAIM = re.compile(r"đủ|cân|không|đáp ứng|đảm|bảo")
_DENIED = re.compile(r"\b(?:chưa|không|khó|nếu|để|nhằm|mới)\s+(?:[^\W\d_]+\s+){0,2}$")
_MONEY_WORDS = re.compile(r"\b(?:nguồn|vốn|kinh phí|ngân sách|thu|tiền|cân đối|huy động)\b")
_FOOT = re.compile(
    r"(?P<label>(?:tổng|cộng)\b[^\d|:]{0,40}?)[\s|:]+(?P<number>\d[\d.,]*)(?=\s|\||$)",
    re.IGNORECASE,
)
_SOURCE_WORDS = re.compile(
    r"ngân sách|nguồn|vốn|đóng góp|dân góp|nhân dân|xã hội hó?o?á?a?|doanh nghiệp|huy động|ủng hộ"
    r"|lồng ghép|hỗ trợ|tài trợ|con em|đấu giá|tín dụng|vay"
)
_OF_SIDE = re.compile(r"nhu cầu|nguồn|huy động|\bchi\b|vốn|\bcần\b", re.IGNORECASE)
_BARE_FOOT = re.compile(r"(?:tổng|cộng|tổng cộng|tổng số)", re.IGNORECASE)
_LONGEST_HEAD = 9
_REACH = 12


def not_enough(plan: Plan) -> Iterator[Hit]:
    """Claims that the means suffice, over means less than the need."""
    paper = paper_of(plan)
    told: list[Told] | None = None
    for index, paragraph in enumerate(paper.paragraphs):
        low = lower(paragraph.text)
        claim = _ENOUGH.search(low) if _MAY_CLAIM.search(low) else None
        if claim is None or _DENIED.search(low[: claim.start()]):
            continue
        told = told_in(paper) if told is None else told
        of_money = bool(_MONEY_WORDS.search(low))
        hit = _judge(paper, told, index, claim.start(), of_money)
        hit = hit or (
            _feet(plan, paragraph, paper.place(paragraph, *claim.span())) if of_money else None
        )
        if hit:
            yield hit


def _judge(paper: Paper, told: Sequence[Told], index: int, stop: int, of_money: bool) -> Hit | None:
    kind = MONEY if of_money else next((e.figure.kind for e in told if e.at == index), "")
    above = [
        each
        for each in told
        if each.figure.kind == kind
        and index - _REACH <= each.at <= index
        and (each.at < index or each.figure.end <= stop + 80)
    ]
    needs = [each for each in above if each.role == NEED]
    if not needs or any(each.role in (LACK, SPARE) for each in above):
        return None
    need = needs[0]
    if len({each.figure.value for each in needs}) > 1:
        need = max(needs, key=lambda each: each.figure.value)
    rest = [each for each in above if each is not need and each.figure.value != need.figure.value]
    rest = [each for each in rest if _is_source(paper, each)]
    if not rest:
        return None
    totals = [each for each in rest if _is_total(each)]
    if totals:
        parts, have = totals[-1:], totals[-1].figure.value
    else:
        parts = [each for each in rest if each.figure.value < need.figure.value]
        have = sum((each.figure.value for each in parts), Decimal())
    values = [each.figure.value for each in above if each is not need]
    if have >= need.figure.value or have * 2 < need.figure.value:
        return None
    if not totals and need.figure.value in (sum(values, Decimal()), *_runs(values)):
        return None
    return _hit(
        need.figure,
        paper.place(need.paragraph, need.figure.start, need.figure.end),
        have,
        [paper.place(e.paragraph, e.figure.start, e.figure.end) for e in parts],
    )


def _runs(values: Sequence[Decimal]) -> Iterator[Decimal]:
    for start in range(len(values)):
        total = Decimal()
        for value in values[start:]:
            total += value
            yield total


def _is_source(paper: Paper, each: Told) -> bool:
    if each.role == HAVE or each.figure.kind != MONEY:
        return True
    text = lower(each.paragraph.text[: each.figure.start][-90:])
    if _SOURCE_WORDS.search(text):
        return True
    behind = lower(each.paragraph.text[each.figure.end :][:30])
    return bool(_SOURCE_WORDS.search(behind.split(",")[0]))


def _is_total(each: Told) -> bool:
    text = lower(each.paragraph.text[: each.figure.start][-60:])
    piece = re.split(r"[;,.](?=\s)", text)[-1]
    return bool(re.search(r"\b(?:tổng|cộng)\b", piece))


def _feet(plan: Plan, paragraph: Paragraph, claim: Place) -> Hit | None:
    """The feet of a table above the claim, one for the needs and one for the sources."""
    first = paragraph.block.lines[0]
    sides: dict[str, tuple[Decimal, Place]] = {}
    above = ""  # the side that the head above a list or a table opens: “- Cần:”, “b) Nguồn”
    for number in range(max(1, first - 2 * _REACH), first):
        line = plan.text[number - 1]
        if "ộng" not in line and "ổng" not in line:
            head = len(line.split()) <= _LONGEST_HEAD and not re.search(r"\d{3}", line)
            above = (_side(line) if head else "") or above
            continue
        for match in _FOOT.finditer(line):
            bare = _BARE_FOOT.fullmatch(match["label"].strip())
            role = above if bare else _side(match["label"])
            value = parse_number(match["number"])
            near = bare or number >= first - _REACH
            if value is not None and role in (NEED, HAVE) and near:
                sides[role] = (value, at(number, match[0].strip()))
    if len(sides) < 2:
        return None
    (need, need_at), (have, have_at) = sides[NEED], sides[HAVE]
    if not have < need < have * 2:
        return None
    return Hit(
        message=f"Nguồn {format_number(have)} nhỏ hơn nhu cầu {format_number(need)} mà văn bản ghi "
        "là đủ.",
        places=(have_at, need_at, claim),
        advice="Soát lại nhu cầu và nguồn vốn; nếu còn thiếu thì ghi số thiếu và cách bù.",
    )


def _side(words: str) -> str:
    """The side of a balance that the words of a foot or a head name."""
    if _OF_SIDE.search(words):
        return role_of(words)
    return HAVE if re.search(r"\b(?:có|thu)\W*$", words, re.IGNORECASE) else ""


def _hit(need: Figure, place: Place, have: Decimal, parts: Sequence[Place]) -> Hit:
    kind = need.kind
    return Hit(
        message=f"Nguồn {shown(have, kind)} chưa đủ nhu cầu {shown(need.value, kind)}, còn thiếu "
        f"{shown(need.value - have, kind)}.",
        places=(*parts, place),
        advice="Soát lại nhu cầu và nguồn vốn; nếu còn thiếu thì ghi số thiếu và cách bù.",
    )
