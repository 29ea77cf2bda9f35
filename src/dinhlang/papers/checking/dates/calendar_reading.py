"""Dates against the calendar in any wording: weekdays, months in their quarters, days gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dinhlang.papers.checking.dates.moments import Moment, moments, year_of
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import PeriodMatch, parse_weekday
from dinhlang.vietnamese.guarded import guarded

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY = guarded(
    r"(?<!lần )(?<!đợt )(?<!khóa )(?<!bước )(?<!lớp )(?<!hạng )(?<!vòng )"
    r"\b(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\b(?!\s*(?:,\s*)?(?:h[àằ]ng|mỗi"
    r"|của))",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[\s,()–-]*(?:ngày|là|tức)?[\s,()–-]*$", re.IGNORECASE)
_STARTS = re.compile(
    r"\b(?:khởi công|bắt đầu|triển khai|khởi động|tiếp tục|duy trì|kéo dài|chuẩn bị|kế hoạch|nuôi"
    r"|trồng|phát động|thực hiện từ|chuyển tiếp|để kịp|so với|theo dõi|kết quả)\b",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:cho|của|kế hoạch|từ|sau|kể từ|đến)\s*(?:hết\s*)?$", re.IGNORECASE)
_BRACKET = re.compile(
    r"\s*(?:\(|,?\s*(?:tức|thuộc)(?: là)?)\s*(?:từ\s+|trong\s+"
    r"|vào\s+)?$",
    re.IGNORECASE,
)
_SPELT_OUT = re.compile(r"\s*[,:(]\s*(?:(?:trong )?\d+ ngày\s*[,:(]\s*)?(?:cụ thể(?: là)?\s*)?")
_LATEST = ("chậm nhất", "muộn nhất", "hạn cuối")
_SHORT = frozenset({"day", "month", "months", "until", "range"})
_DOES = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|xong|tổ chức|ra quân|phát động|khởi công|họp|nộp|gửi|trình|lắp"
    r"|xây"
    r"|làm|sửa|trồng|đào|dọn|thu gom|lập|mở|rà soát|bàn giao|nghiệm thu|triển khai|tập huấn|giao"
    r"|thành lập|kiện toàn|ký|phê duyệt|khảo sát|vận động|đạt chuẩn)\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:đã|theo|số liệu|kết quả|tính đến|thời điểm|năm trước|cuối năm 20\d\d|thực trạng|còn lại"
    r"|so với|căn cứ|được công nhận|hiện|từ năm|kể từ|sau khi|vừa qua"
    r"|trên cơ sở|sáp nhập|hợp nhất|nhập (?:hai|ba|bốn|\d+|các) (?:xã|thôn)|có hiệu lực"
    r"|chính thức hoạt động|được thành lập|được bổ sung|giải ngân đạt)\b",
    re.IGNORECASE,
)
_DONE_IN = re.compile(r"\b(?:hoàn thành|xong)\s+(?:trong|vào|trước|đến hết)?\s*$", re.IGNORECASE)
_YEARS_BACK = 3
_STATES = re.compile(
    r"^[\s,:]*(?:xã\s+|thôn\s+)?(?:còn|có|đạt|tỷ lệ|toàn xã|mới"
    r"|tổng)\b",
    re.IGNORECASE,
)


def wrong_weekdays(plan: Plan) -> Iterator[Hit]:
    """Weekdays beside a date that falls on another day, before it or behind it."""
    year = year_of(plan)
    for each in paragraphs(plan):
        if "thứ" not in each.text.lower() and "chủ nhật" not in each.text.lower():
            continue
        days = [p for p in periods_in(each.text, year) if p.kind in ("day", "until") and p.last]
        days = [p for p in days if re.search(r"\d\s?[/.-]\s?\d|tháng", p.text)]
        for match in _WEEKDAY.finditer(each.text):
            said = parse_weekday(match["day"])
            period = _beside(each, match, days)
            bare = None if period else _BARE.match(each.text, match.end())
            day = period.last if period else _day(bare, year)
            if said is None or day is None or day.isoweekday() == said:
                continue
            start = min(match.start(), period.start if period else match.start())
            end = max(match.end(), period.end if period else bare.end() if bare else 0)
            yield Hit(
                message=f"Ngày {day.day}/{day.month}/{day.year} là "
                f"{WEEKDAYS[day.isoweekday() - 1]}, văn bản ghi {match['day']}.",
                places=(each.said(plan, start, end),),
                advice="Sửa thứ hoặc sửa ngày.",
            )


_BARE = re.compile(r"[\s,(–-]{1,3}(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?!\s?[/\d])")


def _day(match: re.Match[str] | None, year: int | None) -> date | None:
    """The day of a bare “16/3” beside a weekday."""
    if match is None or year is None:
        return None
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _beside(each: Paragraph, match: re.Match[str], days: list[PeriodMatch]) -> PeriodMatch | None:
    for period in days:
        if period.start >= match.end():
            between = each.text[match.end() : period.start]
            if _BESIDE.match(between) and len(between) < 12:
                return period
        elif period.end <= match.start():
            between = each.text[period.end : match.start()]
            if re.fullmatch(r"[\s,(–-]*(?:là\s|nhằm\s|vào\s)?", between) and len(between) < 10:
                return period
    return None


def outside_quarter(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Dates outside the quarter they are set into; ``told`` lines are known."""
    for moment in moments(plan):
        lead = moment.within
        if lead is None or lead.kind not in ("quarter", "half", "month", "months"):
            continue
        if moment.paragraph.number in told or not _disjoint(moment, lead):
            continue
        if moment.period.kind not in _SHORT or _goes_on(moment, lead) or not _bound_to(moment):
            continue
        told.add(moment.paragraph.number)
        yield Hit(
            message=f"{_said(moment.period)} không thuộc {_said(lead)}.",
            places=(
                moment.paragraph.said(plan, moment.period.start, moment.period.end)
                if not moment.paragraph.cells
                else moment.place(plan),
            ),
            advice="Sửa thời hạn, hoặc chuyển việc sang đúng quý.",
        )
    yield from _bracketed(plan, told)


_CELL_ENDS = re.compile(r"\||\t| {3}")


def _goes_on(moment: Moment, lead: PeriodMatch) -> bool:
    """Whether a later clause of the line goes on to a later time of its own.

    “Tháng 2: rà soát; tháng 3: xong hồ sơ” sets nothing into February that belongs to March.
    """
    text = moment.paragraph.text
    between = text[lead.end : moment.period.start]
    other_cell = moment.paragraph.cells and _CELL_ENDS.search(between)
    if other_cell or lead.last is None or moment.last < lead.last:
        return False
    if re.search(r";\s*(?:sang\s+)?quý\s", between, re.IGNORECASE):
        return True  # “Quý II: …; quý III: …; tháng 9: …”
    opens = re.search(r"[;.,]\s*(?:đến|sang|từ|trong)?\s*$", between, re.IGNORECASE)
    if opens and moment.period.kind in ("month", "months", "range"):
        return lead.kind.startswith("month") or text[moment.period.end :].lstrip()[:1] == ":"
    return lead.kind.startswith("month") and ";" in between


def _said(period: PeriodMatch) -> str:
    words = " ".join(period.text.split())
    return words[:1].upper() + words[1:]


_RUNS_OVER = 10  # days a work begun in its quarter may take of the next


def _disjoint(moment: Moment, lead: PeriodMatch) -> bool:
    if lead.first is None or lead.last is None:
        return False
    begin = moment.last if moment.due else moment.first
    if moment.period.kind in ("range", "months") and moment.period.last and moment.period.first:
        return begin < lead.first or (moment.last - lead.last).days > _RUNS_OVER
    return begin > lead.last or moment.last < lead.first


def _bound_to(moment: Moment) -> bool:
    """Whether the work is to be done at that date, not begun earlier or kept up till then."""
    each = moment.paragraph
    if each.cells:
        return not _STARTS.search(each.text)
    begin = max(each.text.rfind(mark, 0, moment.period.start) for mark in (".", ";"))
    sentence = each.text[begin + 1 : moment.period.end]
    if _STARTS.search(sentence) or _FOR.search(each.text[: moment.period.start]):
        return False
    years = moment.period.years
    return not years or not moment.within or years[0] == (moment.within.last or date.max).year


def _bracketed(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """“trước ngày 30/6 (quý III)”, “Quý IV (từ tháng 9 đến tháng 12)”."""
    year = year_of(plan)
    for each in paragraphs(plan):
        if "uý" not in each.text or each.number in told:
            continue
        found = periods_in(each.text, year)
        for one, other in pairwise(found):
            between = each.text[one.end : other.start]
            at_the_latest = between.strip() == "," and other.text.lower().startswith(_LATEST)
            spelt = other.kind == "range" and _SPELT_OUT.fullmatch(between) is not None
            if not (at_the_latest or spelt or _BRACKET.match(between)):
                continue
            kinds = [p.kind for p in (one, other)]
            if kinds.count("quarter") != 1 or None in (one.last, other.last):
                continue
            quarter, inner = (one, other) if one.kind == "quarter" else (other, one)
            first = inner.first if inner.kind != "until" and inner.first else inner.last
            if quarter.first is None or quarter.last is None or first is None or inner.last is None:
                continue
            if first < quarter.first or inner.last > quarter.last:
                told.add(each.number)
                yield Hit(
                    message=f"{_said(inner)} không thuộc {_said(quarter)}.",
                    places=(each.said(plan, one.start, other.end),),
                    advice="Sửa tháng, hoặc sửa quý.",
                )


def gone_by(plan: Plan, first: date, told: set[int]) -> Iterator[tuple[Moment, int]]:
    """Work dated before the day of the paper, with its line; ``told`` lines are known."""
    for moment in moments(plan):
        number = moment.paragraph.number
        if number in told or moment.last >= first or not _to_do(moment):
            continue
        year_long = moment.period.kind == "year"
        if year_long and not _DONE_IN.search(moment.paragraph.text[: moment.period.start]):
            continue
        if moment.first.year < first.year - (_YEARS_BACK if year_long else 1):
            continue
        told.add(number)
        yield moment, number


def _to_do(moment: Moment) -> bool:
    each = moment.paragraph
    begin = max(each.text.rfind(mark, 0, moment.period.start) for mark in (".", ";"))
    end = each.text.find(";", moment.period.end)
    sentence = each.text[begin + 1 : end if end > 0 else len(each.text)]
    if each.cells:
        return bool(moment.column) and not _GONE.search(each.text)
    if _GONE.search(sentence) or _STATES.match(each.text[moment.period.end :]):
        return False
    return _DOES.search(sentence) is not None
