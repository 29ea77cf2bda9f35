"""Changes worked out anew: “từ 78% lên 84%, tăng 5 điểm”, “bình quân 500 cây/thôn”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number
from dinhlang.vietnamese.guarded import guarded

_UP = r"tăng(?: thêm)?|thêm|nâng thêm|cao hơn|bổ sung thêm"
_DOWN = r"giảm(?: thêm| được)?|bớt|thấp hơn|hạ"
_DELTA = guarded(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s*(?:được|là|gấp|lên gấp)?\s*$", re.I)
_FROM_TO = re.compile(r"\b(?:(?<!trở )lên|xuống|còn|thành|đến|tới|sang|nay là)\b", re.IGNORECASE)
_FROM = re.compile(r"\btừ\b[^.;\d]{0,40}$", re.IGNORECASE)
_AGAINST = re.compile(r"\bso với\b", re.IGNORECASE)
_RAISED = re.compile(r"\b(?:nâng|đưa)\b[^.;\d]{0,40}\blên\b[^.;\d]{0,20}$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:năm|quý|tháng|đầu năm|cuối năm|hiện|trước đây|cùng kỳ)\b", re.IGNORECASE)
_EACH_YEAR = re.compile(
    r"\b(?:mỗi|hằng|hàng|từng|bình quân|trung bình)\s+(?:năm|tháng|quý|kỳ)?\b|\btrong đó\b",
    re.IGNORECASE,
)
_RISES_BY = guarded(
    r"(?:\b(?:cộng(?: thêm)?|tăng(?: thêm)?|thêm|nâng thêm|cao hơn)|\+"
    r"|\b(?P<down>trừ(?: đi)?|giảm(?: đi)?|bớt))\s*$",
    re.IGNORECASE,
)
_COMES_TO = re.compile(
    r"\s*[,;]?\s*(?:\(?(?:là|tức(?: là)?|bằng|thành|còn|được|ra|nghĩa là|như vậy là)|[:=→(])\s*"
    r"(?:phải đạt\s*)?",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\b(?:bình quân|trung bình|tính ra)\b[^.;\d]{0,30}$", re.IGNORECASE)
_MEAN_EACH = guarded(
    r"\b(?:bình quân|trung bình|tính ra)\s+(?:mỗi|một|từng)\s+(?P<unit>[^\W\d_]+)"
    r"(?:\s[^\W\d_]+){0,2}\s*$",
    re.IGNORECASE,
)
_WHOLE_RAISED = re.compile(r"\b(?:nâng|đưa)\b[^.;\d]{0,60}\blên\b[^.;\d]{0,20}$", re.IGNORECASE)
_HAD = re.compile(r"\b(?:đã có|hiện có|đã|hiện)\b[^|]*\||\|[^|]*\bđã\b", re.IGNORECASE)
_FAR_ABOVE = 60
_ABOUT = Decimal("0.05")


def wrong_changes(plan: Plan) -> Iterator[Hit]:
    """Sentences whose two levels do not differ by the change they tell, and wrong means."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row or len(paragraph.figures) < 2:
            continue
        for start, end in sentences(paragraph):
            figures = [each for each in paragraph.figures if start <= each.start < end]
            if len(figures) < 2:
                continue
            hit = (
                _wrong_way(paper, paragraph, figures)
                or _wrong_rise(paper, paragraph, figures)
                or _wrong_size(paper, paragraph, figures, start, end)
                or _wrong_mean(paper, paragraph, figures)
            )
            if hit:
                yield hit
    yield from _wrong_raised(paper)


def _wrong_raised(paper: Paper) -> Iterator[Hit]:
    """“thêm hai xóm kiểu mẫu, nâng tổng số lên 7 xóm” where the paper tells of four before."""
    for at, paragraph in enumerate(paper.paragraphs):
        if "thêm" not in paragraph.text or paragraph.block.is_row:
            continue
        for more, total in pairwise(f for f in paragraph.figures if f.kind not in TIMES):
            if more.kind != total.kind or not more.counts or more.noun.startswith("tiêu chí"):
                continue
            text = paragraph.text
            between = text[more.end : total.start]
            if not re.search(r"\bthêm\s*$", text[: more.start]) or len(between) > 160:
                continue
            if not _WHOLE_RAISED.search(between) or total.value <= more.value:
                continue
            topic = content(between + " " + total.noun)
            had = _had_before(paper, at, more.kind, frozenset(topic))
            if had is None or had[1].value + more.value == total.value:
                continue
            owner, level = had
            yield Hit(
                message=f"Đã có {_shown(level)}, thêm {_shown(more)} là "
                f"{shown(level.value + more.value, more.kind)}, văn bản ghi {_shown(total)}.",
                places=(
                    paper.place(paragraph, total.start, total.end),
                    paper.place(paragraph, more.start, more.end),
                    paper.place(owner, level.start, level.end),
                ),
                advice="Soát lại số đã có, số thêm và tổng.",
            )


def _had_before(
    paper: Paper, at: int, kind: str, topic: frozenset[str]
) -> tuple[Paragraph, Figure] | None:
    """The only number of what is raised that the paper tells as there already."""
    found: dict[Decimal, tuple[Paragraph, Figure]] = {}
    for paragraph in paper.paragraphs[max(0, at - _FAR_ABOVE) : at + 1]:
        for figure in paragraph.figures if not paragraph.block.is_row else ():
            if figure.kind != kind or figure.per or figure.noun.startswith("tiêu chí"):
                continue
            before = paragraph.text[max(0, figure.start - 30) : figure.start]
            behind = re.split(r"[;,\d]", paragraph.text[figure.end : figure.end + 60])[0]
            if not _HAD.search(f"{before}|{behind}") or len(topic & set(content(behind))) < 2:
                continue
            found.setdefault(figure.value, (paragraph, figure))
    return next(iter(found.values())) if len(found) == 1 else None


def _pair(text: str, figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The two levels of “từ A lên B”: the first such pair."""
    for one, other in pairwise(figures):
        if one.kind != other.kind and one.kind:
            continue
        between = text[one.end : other.start]
        if len(between) > 60 or ";" in between or not _FROM_TO.search(between):
            continue
        if _FROM.search(text[: one.start]) and other.per != "năm":
            return one, other
    return None


def _wrong_way(paper: Paper, paragraph: Paragraph, figures: Sequence[Figure]) -> Hit | None:
    """“tăng từ 850 con lên 790 con”, “giảm từ 3% xuống 4%”."""
    text = paragraph.text
    pair = _pair(text, figures)
    if pair is None or pair[0].all is not None or pair[1].all is not None:
        return None
    one, other = pair
    between = text[one.end : other.start]
    before = text[max(0, one.start - 50) : one.start]
    up = re.search(r"(?<!trở )\blên\b", between) or re.search(r"\btăng\b[^,;]*$", before)
    down = re.search(r"\bxuống\b", between) or re.search(r"\bgiảm\b[^,;]*$", before)
    if bool(up) == bool(down) or one.value == other.value or not one.kind:
        return None
    if (up and other.value > one.value) or (down and other.value < one.value):
        return None
    words = "tăng" if up else "giảm"
    return Hit(
        message=f"Ghi {words} nhưng từ {_shown(one)} đến {_shown(other)} thì không {words}.",
        places=(paper.place(paragraph, one.start, other.end),),
        advice="Soát lại hai mức, hoặc sửa chữ tăng, giảm.",
    )


def _wrong_rise(paper: Paper, paragraph: Paragraph, figures: Sequence[Figure]) -> Hit | None:
    """“56 triệu đồng, cộng 10% là 60,6 triệu đồng”; the level may stand a sentence before."""
    text = paragraph.text
    for index, percent in enumerate(figures[:-1]):
        sign = _RISES_BY.search(text[: percent.start]) if percent.kind == PERCENT else None
        result = figures[index + 1]
        if sign is None or percent.all is not None or result.kind in (PERCENT, "", *TIMES):
            continue
        between = text[percent.end : result.start]
        before = [f for f in paragraph.figures if f.end <= percent.start and f.kind == result.kind]
        if not before or not _COMES_TO.fullmatch(between) or percent.start - before[-1].end > 60:
            continue
        level = before[-1]
        part = level.value * percent.value / 100
        right = level.value - part if sign["down"] else level.value + part
        if level.per != result.per and level.per and result.per:
            continue
        # “tăng 10%, tức 5 triệu đồng”: how much more there is
        if min(abs(right - result.value), abs(part - result.value)) * 400 <= right:
            continue
        return Hit(
            message=f"{_shown(level)} {sign[0].strip()} {_written(text, percent)} là "
            f"{shown(right, level.kind)}, văn bản ghi {_shown(result)}.",
            places=(
                paper.place(paragraph, result.start, result.end),
                paper.place(paragraph, level.start, percent.end),
            ),
            advice="Tính lại mức tăng giảm, hoặc soát lại hai mức.",
        )
    return None


def _wrong_size(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure], start: int, end: int
) -> Hit | None:
    text = paragraph.text
    for index, delta in enumerate(figures):
        sign = _DELTA.search(text[start : delta.start])
        if sign is None or delta.all is not None:
            continue
        pair = _levels(text, figures, index, start, end)
        if pair is None or _each_year(text, delta, start):
            continue
        one, other = pair
        if not delta.per and one.per and one.per == other.per and one.kind != MONEY:
            continue  # so much more in all, and so much for each
        bare = not one.kind and delta.counts
        if one.kind != delta.kind and delta.kind not in (PERCENT, "điểm", "lần", "") and not bare:
            continue
        if _fits(one, other, delta):
            continue
        right = _right(one, other, delta)
        return Hit(
            message=f"Từ {_shown(one)} đến {_shown(other)} là {right}, văn bản ghi "
            f"{sign[0].strip()} {_written(text, delta)}.",
            places=(
                paper.place(paragraph, delta.start, delta.end),
                paper.place(paragraph, one.start, one.end),
                paper.place(paragraph, other.start, other.end),
            ),
            advice="Tính lại mức tăng giảm, hoặc soát lại hai mức.",
        )
    return None


def _each_year(text: str, delta: Figure, start: int) -> bool:
    """Whether a change is told for each year, or for a part."""
    if delta.per in ("năm", "tháng"):
        return True
    return bool(_EACH_YEAR.search(text[max(start, delta.start - 30) : delta.end + 12]))


def _levels(
    text: str, figures: Sequence[Figure], index: int, start: int, end: int
) -> tuple[Figure, Figure] | None:
    """The two levels the change at ``index`` lies between, the earlier first."""
    delta = figures[index]
    others = [
        f
        for f in figures
        if f.kind not in TIMES and f.all is None and not _DELTA.search(text[start : f.start])
    ]
    pair = _pair(text, others)
    if pair is not None:
        far = pair[0].start - delta.end if delta.end <= pair[0].start else delta.start - pair[1].end
        return pair if far <= 60 else None
    kinds = [f for f in others if f.kind == delta.kind or delta.kind in (PERCENT, "điểm")]
    kinds = [f for f in kinds if f.kind not in ("", "điểm")]
    if len(kinds) != 2 or kinds[0].kind != kinds[1].kind:
        return None
    one, other = kinds
    if one.kind == PERCENT and delta.kind not in (PERCENT, "điểm"):
        return None
    raised = _RAISED.search(text[start : other.start])
    if raised and one.end <= delta.start < other.start:
        return one, other
    sentence = text[start:end]
    behind = text[delta.end : kinds[1].start] if delta.end <= kinds[1].start else ""
    if one.end <= delta.start and _AGAINST.search(behind):
        return other, one  # “còn 3,2%, giảm 2% so với năm trước (5,2%)”
    if other.end <= delta.start and len(_YEAR.findall(sentence)) >= 2:
        if re.search(r"[;]|\btrong đó\b|\bvà\b", text[one.end : other.start]):
            return None
        return one, other
    return None


def _fits(one: Figure, other: Figure, delta: Figure) -> bool:
    """Whether the levels differ by ``delta``: plainly, or in per cent of the earlier one."""
    gap = abs(other.value - one.value)
    if delta.kind == one.kind or (delta.kind in ("điểm", "") and one.kind == PERCENT):
        if gap == delta.value:
            return True
        if one.kind != PERCENT or delta.kind == "điểm":
            return gap == delta.value
    if delta.kind == "lần":
        big, small = max(one.value, other.value), min(one.value, other.value)
        return (
            not small
            or abs(big / small - delta.value) <= Decimal("0.1")
            or (abs(big / small - 1 - delta.value) <= Decimal("0.1"))
        )
    if delta.kind != PERCENT:
        return gap == delta.value
    step = Decimal(1).scaleb(min(0, int(delta.value.as_tuple().exponent)))
    return not one.value or abs(gap * 100 / one.value - delta.value) <= step + _ABOUT


def _right(one: Figure, other: Figure, delta: Figure) -> str:
    gap = abs(other.value - one.value)
    if delta.kind == PERCENT and one.kind != PERCENT and one.value:
        return f"{format_number(round(gap * 100 / one.value, 1))}%"
    if one.kind == PERCENT:
        return f"{format_number(gap)} điểm phần trăm"
    return shown(gap, one.kind)


def _shown(figure: Figure) -> str:
    return shown(figure.value, figure.kind)


def _written(text: str, figure: Figure) -> str:
    return text[figure.start : figure.end].strip()


def _wrong_mean(paper: Paper, paragraph: Paragraph, figures: Sequence[Figure]) -> Hit | None:
    """“5.400 cây ở 9 thôn, bình quân 500 cây/thôn”."""
    text = paragraph.text
    for mean in figures:
        each = _MEAN_EACH.search(text[: mean.start]) if mean.per is None else None
        if each is None and (mean.per is None or not _MEAN.search(text[: mean.start])):
            continue
        before = [f for f in figures if f.end <= mean.start and f.per is None and f.all is None]
        unit = each["unit"].lower() if each else (mean.per or "").split("/")[0].split()[0]
        counts = [f for f in before if f.kind == unit]
        totals = [f for f in before if f.kind == mean.kind]
        if len(counts) != 1 or len(totals) != 1 or not counts[0].value or unit in TIMES:
            continue
        total, count = totals[0], counts[0]
        right = total.value / count.value
        slack = abs(right) * _ABOUT / 5
        if mean.kind != MONEY:
            step = Decimal(1).scaleb(min(0, int(mean.value.as_tuple().exponent)))
            slack = max(slack, step * Decimal("0.55"))
        if abs(right - mean.value) <= slack or _goal(text[: total.start]):
            continue
        return Hit(
            message=f"{_shown(total)} chia {_shown(count)} là "
            f"{shown(round(right, 1), mean.kind)}/{unit}, văn bản ghi {_written(text, mean)}.",
            places=(paper.place(paragraph, total.start, mean.end),),
            advice="Tính lại số bình quân, hoặc soát lại tổng.",
        )
    return None


def _goal(before: str) -> bool:
    return bool(re.search(r"\b(?:ít nhất|tối thiểu|trên)\s*$", before, re.IGNORECASE))
