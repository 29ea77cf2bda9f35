"""Days against the calendar: weekdays of dates, months in their quarters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.dates.calendar_reading import outside_quarter, wrong_weekdays
from dinhlang.papers.checking.dates.date_order import ends_first
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import roman
from dinhlang.vietnamese.guarded import guarded

_QUARTER_HEAD = re.compile(
    r"^[\s#*_+•–-]*(?:[\dIVX]+[.)]\s*)?Quý\s+(?P<quarter>IV|I{1,3}|[1-4])\b(?P<rest>[^.;]{0,24}?)"
    r"[\s*_:.]*$",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"^[\s#*_+•–-]*Tháng\s+(?P<months>\d{1,2}(?:\s*(?:,|và|-|–)\s*\d{1,2})*)(?=\s*[:/,.\s])",
    re.IGNORECASE,
)
_INLINE = guarded(
    r"\bQuý\s+(?P<quarter>IV|I{1,3}|[1-4])\b(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?\s*:?\s*\(\s*tháng\s+"
    r"(?P<months>\d{1,2}(?:\s*(?:,|và|-|–|đến)\s*\d{1,2})*)",
    re.IGNORECASE,
)


@rule(
    code="DATE-WEEKDAY",
    severity="error",
    purpose="Thứ trong tuần đúng với ngày",
    page="""
## Là gì

Văn bản ghi thứ kèm ngày tháng năm, tra lịch thì ngày ấy là thứ khác.

## Vì sao

Người đến họp, đến ra quân theo thứ và người theo ngày sẽ không gặp nhau.

## Ví dụ

Bị báo: `thứ Hai ngày 15/3/2025` (hôm ấy là thứ Bảy).

Không bị báo: `thứ Bảy ngày 15/3/2025`; `thứ Năm hằng tuần`.

## Cách sửa

Sửa thứ hoặc sửa ngày.
""",
)
def weekday(plan: Plan) -> Iterator[Hit]:
    """Weekdays that their date does not fall on."""
    yield from wrong_weekdays(plan)


@rule(
    code="DATE-ORDER",
    severity="error",
    purpose="Ngày kết thúc ở sau ngày bắt đầu",
    page="""
## Là gì

Một việc ghi khởi công (bắt đầu) sau lúc hoàn thành.

## Vì sao

Một trong hai thời điểm ghi sai.

## Ví dụ

Bị báo: `khởi công tháng 8/2024, hoàn thành tháng 6/2024`; `từ ngày 20/5 đến ngày 05/5`.

Không bị báo: `khởi công tháng 3/2024, hoàn thành tháng 6/2024`.

## Cách sửa

Sửa lại hai thời điểm.
""",
)
def order(plan: Plan) -> Iterator[Hit]:
    """Works that end before they begin."""
    yield from ends_first(plan)


@rule(
    code="MONTH-QUARTER",
    severity="error",
    purpose="Tháng nằm đúng trong quý của nó",
    page="""
## Là gì

Dưới một quý của lộ trình có tháng không thuộc quý ấy.

## Vì sao

Không biết theo tháng hay theo quý.

## Ví dụ

Bị báo: `Quý II` … `- Tháng 7: lắp đặt dụng cụ thể thao`; `Quý III (tháng 6, 7, 8)`.

Không bị báo: `Quý II` … `- Tháng 5,6/2023`.

## Cách sửa

Sửa tháng, hoặc chuyển việc sang đúng quý.
""",
)
def month_in_quarter(plan: Plan) -> Iterator[Hit]:
    """Months and days set into a quarter they do not belong to."""
    told: set[int] = set()
    for hit in _listed_months(plan):
        told.update(place.lines[0] for place in hit.places)
        yield hit
    yield from outside_quarter(plan, told)


_NEW_PART = re.compile(r"[\s#*_]*(?:[IVX]+|[A-Z])\s*[.)]")


def _listed_months(plan: Plan) -> Iterator[Hit]:
    """Months listed under, or in brackets behind, a quarter they do not belong to."""
    quarter: int | None = None
    for number, line in body(plan):
        for match in _INLINE.finditer(line):
            yield from _outside(number, _value(match["quarter"]), match["months"], match[0])
        head = _QUARTER_HEAD.match(line)
        if head and not re.search(r"\btháng\b", head["rest"], re.IGNORECASE):
            quarter = _value(head["quarter"])
            continue
        months = _MONTHS.match(line)
        if months and quarter:
            yield from _outside(number, quarter, months["months"], months[0])
        elif quarter and _NEW_PART.match(line):
            quarter = None


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else roman(text.upper()) or 0


def _outside(number: int, quarter: int, months: str, words: str) -> Iterator[Hit]:
    named = [int(each) for each in re.findall(r"\d{1,2}", months)]
    wrong = [month for month in named if not quarter * 3 - 2 <= month <= quarter * 3]
    if wrong and all(1 <= month <= 12 for month in named):
        yield Hit(
            message=f"Tháng {', '.join(map(str, wrong))} không thuộc quý {quarter}.",
            places=(at(number, words.strip(" -+*•#_")),),
            advice="Sửa tháng, hoặc chuyển việc sang đúng quý.",
        )
