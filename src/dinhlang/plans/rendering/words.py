"""The Vietnamese words for the codes of a plan."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from dinhlang.papers.plan import Due, Lines, Target
from dinhlang.vietnamese import format_money, format_number
from dinhlang.work.moments import WEEKDAYS

KINDS = {
    "plan": "Kế hoạch",
    "campaign": "Kế hoạch phát động",
    "report": "Báo cáo",
    "decision": "Quyết định",
    "submission": "Tờ trình",
    "letter": "Công văn",
    "notice": "Thông báo",
    "minutes": "Biên bản",
    "other": "Văn bản",
}
LEVELS = {
    "ntm": "Nông thôn mới",
    "advanced": "Nông thôn mới nâng cao",
    "model": "Nông thôn mới kiểu mẫu",
    "modern": "Nông thôn mới hiện đại",
    "smart-village": "Thôn thông minh",
    "model-village": "Thôn, khu dân cư kiểu mẫu",
    "village": "Thôn, khu dân cư nông thôn mới",
}
STATUSES = {
    "reached": "Đã đạt",
    "to_reach": "Phấn đấu đạt",
    "maintain": "Giữ vững",
    "committed": "Đã cam kết",
}
ROLES = {
    "lead": "Chủ trì",
    "advise": "Tham mưu",
    "deliver": "Thực hiện",
    "partner": "Phối hợp",
    "follow": "Theo dõi, đôn đốc",
    "report": "Tổng hợp, báo cáo",
    "request": "Đề nghị",
}
PERIODS = {
    "daily": "Hằng ngày",
    "weekly": "Hằng tuần",
    "monthly": "Hằng tháng",
    "quarterly": "Hằng quý",
    "half-yearly": "6 tháng",
    "yearly": "Hằng năm",
    "ad-hoc": "Đột xuất",
    "unstated": "Không nói rõ kỳ",
}
COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "", "yes": ""}
SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Lưu ý"}
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def number(text: str | None) -> str:
    """A decimal string as Vietnamese write it: ``3200`` → ``3.200``; other text as it stands."""
    if text is None:
        return ""
    try:
        return format_number(Decimal(text))
    except InvalidOperation:
        return text


def money(amount: int | None) -> str:
    """``17500000000`` → ``17,5 tỷ đồng``; a negative amount with a minus sign; None → empty."""
    if amount is None:
        return ""
    return f"−{format_money(-amount)}" if amount < 0 else format_money(amount)


def date(iso: str | None) -> str:
    """``2024-01-30`` → ``30/01/2024``, ``2024-03`` → ``tháng 3/2024``, ``2024`` → ``năm 2024``."""
    if not iso:
        return ""
    parts = iso.split("-")
    if len(parts) == 3:
        return f"{parts[2]}/{parts[1]}/{parts[0]}"
    if len(parts) == 2 and parts[1].isdigit():
        return f"tháng {int(parts[1])}/{parts[0]}"
    return f"năm {iso}"


def period(code: str) -> str:
    """``2023-Q2`` → ``Quý II/2023``, ``2023-05`` → ``Tháng 5/2023``, ``2023`` → ``Năm 2023``."""
    year, _, part = code.partition("-")
    if part.startswith("Q"):
        return f"Quý {ROMAN.get(part[1:], part[1:])}/{year}"
    if part.startswith("H"):
        return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"
    if part.isdigit():
        return f"Tháng {int(part)}/{year}"
    return f"Năm {code}"


def due(value: Due | None) -> str:
    """``trước 14:30 thứ Năm``, ``trước ngày 25``; empty where nothing is said."""
    if value is None:
        return ""
    parts = []
    if value.time:
        parts.append(value.time)
    if value.weekday and 1 <= value.weekday <= 7:
        parts.append(WEEKDAYS[value.weekday - 1])
    if value.day:
        parts.append(f"ngày {value.day}")
    return "trước " + " ".join(parts) if parts else ""


def demand(target: Target) -> str:
    """What a target asks for: ``≥ 95 %``, ``Có``; empty where the value is unknown."""
    if target.comparator == "yes":
        return "Có"
    if target.value is None:
        return ""
    parts = (COMPARATORS[target.comparator], number(target.value), target.unit or "")
    return " ".join(part for part in parts if part)


def lines(value: Lines | None) -> str:
    """``dòng 61`` or ``dòng 61–64``."""
    if value is None:
        return ""
    first, last = value
    return f"dòng {first}" if first == last else f"dòng {first}–{last}"


def size(count: int) -> str:
    """A number of bytes for people: ``25 KB``, ``1,2 MB``."""
    if count < 1024:
        return f"{count} byte"
    if count < 1024**2:
        return f"{round(count / 1024)} KB"
    return f"{format_number(round(Decimal(count) / 1024**2, 1))} MB"


def seconds(milliseconds: int | None) -> str:
    """``40`` → ``0,04 giây``."""
    if milliseconds is None:
        return ""
    return f"{max(milliseconds, 10) / 1000:.2f}".replace(".", ",") + " giây"
