"""Days that no calendar has, and days of a year that is not the plan's."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator

from dinhlang.papers.checking.dates.moments import moments, year_of
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import at, is_plan, numbered, title_line
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_dates
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_CUE = r"(?:ngày|trước|đến|tới|từ|hạn|vào|hết|xong|nhất|sáng|chiều|tối|lúc|kỳ|[(:–-])"
_DAY_MONTH = guarded(
    rf"{_CUE}\s*(?P<words>(?:ngày\s+)?(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}}))"
    r"(?!\s?[/.-]?\s?\d|\s*(?:tiêu chí|chỉ tiêu|thôn|hộ|xã|khu|ấp|bản|người|trường|nội dung|%))",
    re.IGNORECASE,
)
_IN_WORDS = guarded(
    r"\b(?P<words>(?:ngày\s+)?(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2}))(?!\d|\s*năm|\s*đầu"
    r"|\s*/|\s*-\s*\d)",
    re.IGNORECASE,
)
_MONTH = guarded(
    r"(?<!\d )\b(?P<words>tháng\s+(?P<month>1[3-9]|[2-9]\d|0{1,2}))(?=\s*(?:/\s*\d{4}|năm"
    r"|[,.;:)]|$))",
    re.IGNORECASE,
)
_QUARTER = guarded(r"\b[Qq]uý\s+(?:VI{0,2}|0?[5-9])\b(?!\s*(?:lần|kỳ))")
# A quick look: a day above 28, a month above 12, a quarter above four.
_DAY_OFF = re.compile(
    r"\d(?:(?:(?<=2)9|(?<=3)\d|(?<=0)0)\s?(?:[/.-]|\s+tháng)|\s?[/.-]\s?(?:1[3-9]|[2-9]\d))"
)
_MONTH_OFF = re.compile(r"tháng\s+(?:1[3-9]|[2-9]\d|0)|quý\s+(?:v|0?[5-9])")
_MONTHS = 12
_FINISHES = re.compile(
    r"\b(?:hoàn thành|xong|đạt|về đích|công nhận|khởi công|tổ chức|trình|nộp|lắp|xây|làm|sửa"
    r"|trồng"
    r"|bàn giao|ra mắt|thẩm định|thẩm tra|lấy ý kiến|nghiệm thu)\b",
    re.IGNORECASE,
)
_NEXT_YEAR = re.compile(
    r"\b(?:giai đoạn|định hướng|tầm nhìn|năm học|năm sau|năm tiếp|các năm|duy trì|kế hoạch năm"
    r"|chuẩn bị|tổng kết|sơ kết|quyết toán|bảo hành|lộ trình đến|những năm|thanh toán|nhiệm kỳ"
    r"|công nhận|đủ điều kiện|thẩm tra|thẩm định|riêng|sang năm|đến năm|kéo dài"
    r"|trong (?:hai|ba|[23]) năm"
    r"|chuyển tiếp|nguồn vốn|công bố|đón|lễ|báo cáo|phát huy)\b",
    re.IGNORECASE,
)


@rule(
    code="DATE-INVALID",
    severity="error",
    purpose="Ngày, tháng, quý có trên lịch",
    page="""
## Là gì

Văn bản ghi một ngày, tháng hoặc quý không có trên lịch.

## Vì sao

Không ai biết hạn thật là ngày nào.

## Ví dụ

Bị báo: `trước ngày 31/6`; `hết ngày 30 tháng 02`; `tháng 13/2024`; `quý V`.

Không bị báo: `trước ngày 30/6`; `ngày 29/02/2024`; `đạt 12/19 tiêu chí`.

## Cách sửa

Sửa lại ngày.
""",
)
def invalid(plan: Plan) -> Iterator[Hit]:
    """Days, months and quarters that no calendar has."""
    year = year_of(plan)
    for number, line in numbered(plan, ((title_line(plan) or 0) + 1, len(plan.text))):
        low = lower(line)
        if not (_DAY_OFF.search(low) or _MONTH_OFF.search(low)):
            continue
        for words in _invalid_in(line, year):
            yield Hit(
                message=f"Trên lịch không có {words.strip()}.",
                places=(at(number, words.strip()),),
                advice="Sửa lại ngày.",
            )


def _invalid_in(line: str, year: int | None) -> Iterator[str]:
    told: list[str] = []
    for found in find_dates(line):
        if not found.valid and re.search(r"\d.*\d", found.text):
            told.append(found.text)
    for pattern in (_DAY_MONTH, _IN_WORDS):
        for match in pattern.finditer(line):
            day, month = int(match["day"]), int(match["month"])
            if _off(day, month, year, slash=pattern is _DAY_MONTH, words=match[0]):
                told.append(match["words"])
    told += [match["words"] for match in _MONTH.finditer(line)]
    told += [match[0] for match in _QUARTER.finditer(line)]
    for words in told:
        if not any(words != other and words in other for other in told):
            yield words


def _off(day: int, month: int, year: int | None, *, slash: bool, words: str) -> bool:
    """Whether no month has this day; a bare fraction is a day only behind “ngày” or “trước”."""
    if not 1 <= month <= _MONTHS:
        return bool(re.match(r"ngày|trước ngày", words, re.I)) and day <= 31 and month < 100
    if day == 0:
        return not slash or "ngày" in words.lower()
    leap = year is None or isleap(year)
    longest = 29 if month == 2 and leap else monthrange(2023, month)[1]
    return longest < day <= 31


@rule(
    code="DATE-YEAR",
    severity="warning",
    purpose="Thời hạn thuộc năm của kế hoạch",
    page="""
## Là gì

Kế hoạch của một năm giao việc có hạn ghi rõ tháng, quý hoặc ngày của năm khác.

## Vì sao

Thường do chép kế hoạch năm khác mà quên sửa năm.

## Ví dụ

Bị báo: kế hoạch năm 2024 ghi `hoàn thành trong quý III/2025`.

Không bị báo: `giai đoạn 2021-2025`; `duy trì trong năm 2025`; `quyết toán trong quý I/2025`.

## Cách sửa

Sửa năm, hoặc ghi rõ đây là việc chuyển tiếp.
""",
)
def other_year(plan: Plan) -> Iterator[Hit]:
    """Work that a plan of one year dates to a later year."""
    if len(plan.document.years) != 1 or not is_plan(plan):
        return
    year = year_of(plan)
    for moment in moments(plan):
        if moment.period.kind == "year" or not moment.period.years or year is None:
            continue
        around = moment.paragraph.text
        if any(str(min(moment.period.years)) in head for head in moment.paragraph.above):
            continue
        if min(moment.period.years) <= year or _NEXT_YEAR.search(f"{moment.words} {around}"):
            continue
        if moment.due or moment.column or _FINISHES.search(moment.words) or not moment.own:
            yield Hit(
                message=f"Kế hoạch năm {year} mà việc này ghi {moment.period.text.strip()}.",
                places=(moment.place(plan),),
                advice="Sửa năm, hoặc ghi rõ đây là việc chuyển tiếp.",
            )
