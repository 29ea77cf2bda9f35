"""Lengths of time told beside their dates: “trong 45 ngày, từ 01/3 đến 15/4”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dinhlang.papers.checking.dates.moments import year_of
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import PeriodMatch, parse_words
from dinhlang.vietnamese.guarded import guarded

_LENGTH = guarded(
    r"(?<![\w/.,-])(?P<count>\d{1,3}|[a-zđà-ỹ]+(?: mươi(?: [a-zđà-ỹ]+)?"
    r"| mười)?)\s+(?P<unit>ngày(?: đêm)?|tuần|tháng)\b"
    r"(?!\s*(?:công|làm việc|kể từ|/|đầu|cuối|lần|tuổi|lương|sau|trước|tiếp|một|\d|liền kề|nghỉ"
    r"|lao động|hành động))",
    re.IGNORECASE,
)
_NOT_LENGTH = re.compile(
    r"(?:mỗi|h[àằ]ng|định kỳ|trước|sau|chậm nhất|cứ|ngày|tháng|quý|lần|tối thiểu|ít nhất"
    r"|không quá"
    r"|thứ|dưới|quá|trên|mức|tuần|gần|hơn|khoảng|bảo hành|cách|nhất là)\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?:đợt|giai đoạn|chặng|vòng|bước|chia (?:làm|thành))\b", re.IGNORECASE)
_NEAR, _FAR = 48, 140
_CAMPAIGN = re.compile(r"\b(?:đợt|chiến dịch|cao điểm|phong trào|ra quân|thi đua)\b", re.IGNORECASE)
_UNIT_DAYS = {"tuần": 7}
_WEEK_SLACK, _MONTH_SLACK = 2, 0.6


@dataclass(slots=True, frozen=True)
class _Range:
    first: date
    last: date
    start: int
    end: int
    exact: bool


def told_lengths(plan: Plan, known: set[int]) -> Iterator[Hit]:
    """Lengths that their own dates do not make, however one counts; ``known`` lines are told."""
    year = year_of(plan)
    for each in paragraphs(plan):
        if not each.block.has_digit or known & set(
            range(each.block.lines[0], each.block.lines[1] + 1)
        ):
            continue
        lengths = [m for m in _LENGTH.finditer(each.text) if _counts(each.text, m)]
        if not lengths:
            continue
        ranges = _ranges(each, year)
        for match in lengths:
            span = _nearest(each.text, match, ranges, lengths)
            if span is not None:
                hit = _compare(plan, each, match, span)
                if hit:
                    yield hit


def _counts(text: str, match: re.Match[str]) -> bool:
    return _number(match["count"]) > 1 and not _NOT_LENGTH.search(text[: match.start()])


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    value = parse_words(text.lower())
    return int(value) if value is not None and value == int(value) else 0


def _ranges(each: Paragraph, year: int | None) -> list[_Range]:
    found: list[_Range] = []
    periods = periods_in(each.text, year)
    for at, period in enumerate(periods):
        if period.kind in ("range", "months") and period.first and period.last:
            exact = bool(re.search(r"\d\s?[/.-]\s?\d|ngày", period.text))
            found.append(_Range(period.first, period.last, period.start, period.end, exact))
        elif _pair(each, periods, at):
            other = periods[at + 1]
            if period.first and other.last and other.last > period.first:
                found.append(_Range(period.first, other.last, period.start, other.end, True))
    return found


_ENDS = re.compile(r"\b(?:kết thúc|đến|tới|hoàn thành|bế mạc|tổng kết)\b", re.IGNORECASE)


def _pair(each: Paragraph, periods: list[PeriodMatch], at: int) -> bool:
    """Whether two days follow one another as a beginning and an end."""
    if at + 1 >= len(periods):
        return False
    one, other = periods[at], periods[at + 1]
    if one.kind not in ("day", "range") or (one.last and one.kind == "range"):
        return False
    if other.kind not in ("day", "until"):
        return False
    between = each.text[one.end : other.start] + other.text
    if each.cells:
        return between.strip(" |") == other.text.strip()
    return len(between) < _NEAR and _ENDS.search(between) is not None


def _nearest(
    text: str, match: re.Match[str], ranges: list[_Range], lengths: list[re.Match[str]]
) -> _Range | None:
    """The dates a length is told of: those beside it, no label of a wave between."""
    best: tuple[int, _Range] | None = None
    for span in ranges:
        if span.start <= match.start() < span.end:
            continue
        gap = (match.end(), span.start) if span.start >= match.end() else (span.end, match.start())
        between = text[gap[0] : gap[1]]
        crossed = any(gap[0] <= m.start() < gap[1] for m in lengths if m is not match)
        alone = len(lengths) == len(ranges) == 1 and _CAMPAIGN.search(text, 0, match.start())
        if (
            len(between) > (_FAR if alone else _NEAR)
            or crossed
            or _LABEL.search(between)
            or re.search(r"[.;]\s", between)
        ):
            continue
        if best is None or len(between) < best[0]:
            best = (len(between), span)
    if best is None:
        return None
    others = [s for s in ranges if s is not best[1] and s.start > match.end()]
    total = best[1].start > match.end() and others and len(lengths) == 1
    return None if total else best[1]


def _compare(plan: Plan, each: Paragraph, match: re.Match[str], span: _Range) -> Hit | None:
    count, unit = _number(match["count"]), match["unit"].lower()
    days = (span.last - span.first).days + 1
    if unit.startswith("ngày"):
        if not span.exact or count in (days, days - 1):
            return None
        made = f"{days} ngày"
    elif unit == "tuần":
        if abs(days - count * 7) <= _WEEK_SLACK or abs(days - 1 - count * 7) <= _WEEK_SLACK:
            return None
        made = f"{days} ngày, tức {days / 7:.1f} tuần".replace(".", ",")
    else:
        months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month
        exact = months + (span.last.day - span.first.day + 1) / 30
        if abs(exact - count) < _MONTH_SLACK:
            return None
        made = f"{exact:.1f} tháng".replace(".", ",").replace(",0 ", " ")
    return Hit(
        message=f"Văn bản ghi {match[0]}, từ {span.first.day}/{span.first.month} đến "
        f"{span.last.day}/{span.last.month} là {made}.",
        places=(
            each.said(plan, match.start(), match.end()),
            each.said(plan, span.start, span.end),
        ),
        advice="Sửa khoảng thời gian, hoặc sửa ngày bắt đầu, kết thúc.",
    )
