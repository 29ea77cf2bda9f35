"""How values of a plan are said in a paper, so that the reader of papers reads them again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dinhlang.papers.plan import Deadline, Level, ReportRule, Target
from dinhlang.vietnamese import format_money, format_number

LEVELS: dict[Level, str] = {
    "ntm": "nông thôn mới",
    "advanced": "nông thôn mới nâng cao",
    "model": "nông thôn mới kiểu mẫu",
    "modern": "nông thôn mới hiện đại",
    "smart-village": "thôn thông minh",
    "model-village": "khu dân cư nông thôn mới kiểu mẫu",
    "village": "thôn nông thôn mới",
}
COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "yes": ""}
PERIODS = {
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "half-yearly": "6 tháng",
    "yearly": "hằng năm",
    "ad-hoc": "đột xuất khi có yêu cầu",
    "unstated": "định kỳ",
}
WEEKDAYS = ("", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    text = text.strip().rstrip(" ;,.:")
    return text[:1].upper() + text[1:] + "."


def decimal(value: str) -> str:
    """A decimal string in Vietnamese notation."""
    return format_number(Decimal(value))


def aim(target: Target) -> str:
    """“≥ 95 %”, “Có”."""
    if target.comparator == "yes" or target.value is None:
        return "Đạt"
    unit = f" {target.unit}" if target.unit and target.unit != "%" else (target.unit or "")
    return f"{COMPARATORS[target.comparator]} {decimal(target.value)}{unit}"


def figure(target: Target) -> str:
    """“≥ 95”, “100”: what is to be reached without its unit; “Đạt” of a thing to have."""
    if target.comparator == "yes" or target.value is None:
        return "Đạt"
    sign = "" if target.comparator == "=" else f"{COMPARATORS[target.comparator]} "
    return f"{sign}{decimal(target.value)}"


def day(iso: str) -> str:
    """“30/9/2026” of an ISO date."""
    found = date.fromisoformat(iso)
    return f"{found.day:02d}/{found.month:02d}/{found.year}"


def deadline(found: Deadline | None) -> str:
    """The period in the paper's own words, else in figures."""
    if found is None:
        return ""
    if found.text:
        return found.text
    if found.start and found.end and found.start != found.end:
        return f"từ ngày {day(found.start)} đến ngày {day(found.end)}"
    end = found.end or found.start
    return f"trước ngày {day(end)}" if end else ""


def when(said: str) -> str:
    """The words of a deadline behind a sentence: “trong quý IV năm 2026”, “trước ngày …”."""
    said = said[:1].lower() + said[1:]
    return f"trong {said}" if said.startswith(("quý", "tháng", "năm")) else said


def money(amount: int) -> str:
    """“17,5 tỷ đồng”."""
    return format_money(amount)


def due(rule: ReportRule) -> str:
    """“trước 14 giờ 30 thứ Năm hằng tuần”, “trước ngày 25 hằng tháng”."""
    period = PERIODS[rule.period]
    if rule.due is None:
        return ""
    clock = ""
    if rule.due.time:
        hour, minute = rule.due.time.split(":")
        clock = f"{int(hour)} giờ {minute} "
    if rule.due.weekday:
        return f"trước {clock}{WEEKDAYS[rule.due.weekday]} {period}"
    if rule.due.day:
        return f"trước ngày {rule.due.day:02d} {period}"
    return f"trước {clock}".strip() if clock else ""


def quarter_title(period: str) -> str:
    """“Quý I/2026”, “Tháng 5/2026”, “Năm 2026” of “2026-Q1”, “2026-05”, “2026”."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return f"Quý {('I', 'II', 'III', 'IV')[int(part[1]) - 1]}/{year}"
    return f"Tháng {int(part)}/{year}" if part else f"Năm {year}"
