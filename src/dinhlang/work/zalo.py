"""Ready text for a chat group: short, polite, with days, naming offices and never people. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MOST = 12
"""Tasks named in one text; a chat shows no more at once."""
LONGEST_TASK = 110

_NAME = r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?:\s+[A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,4}"
_PERSON = re.compile(rf"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\.?\s+{_NAME}")
_SECRET = (
    (re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)"), "(số điện thoại)"),
    (re.compile(r"(?<!\d)\d{9}(?:\d{3})?(?!\d)"), "(số định danh)"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "(thư điện tử)"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a chat names it; ``who`` is the offices that lead it."""

    text: str
    end: date
    who: str = ""
    waiting_for: str = ""


def without_people(text: str) -> str:
    """The text with persons' names behind a title, numbers and addresses taken out.

    ``giao đồng chí Trần Văn Mít lập hồ sơ`` → ``giao đồng chí phụ trách lập hồ sơ``.
    """
    found = _PERSON.sub("đồng chí phụ trách", text)
    for pattern, word in _SECRET:
        found = pattern.sub(word, found)
    return found


def ready_text(whom: str, lines: Iterable[Line], day: date, *, sender: str = "") -> str:
    """A text to paste: whom it is for, what is late, what comes next. Empty for no tasks.

    ``whom`` is an office, a village, or who all are (“các đồng chí phụ trách”).
    """
    rows = sorted(lines, key=lambda line: line.end)
    late = [line for line in rows if line.end < day]
    coming = [line for line in rows if line.end >= day]
    if not rows:
        return ""
    parts = [f"Kính gửi {without_people(whom)},"]
    if late:
        parts += ["", f"Tính đến {day:%d/%m/%Y}, còn {len(late)} việc quá hạn:"]
        parts += _listed(late, day)
    if coming:
        parts += ["", f"{'Sắp' if not late else 'Và sắp'} đến hạn {len(coming)} việc:"]
        parts += _listed(coming, day)
    ask = "Đề nghị cập nhật tiến độ; vướng mắc xin báo lại để cùng tháo gỡ."
    parts += ["", f"{ask} Trân trọng cảm ơn!"]
    if sender:
        parts.append(without_people(sender))
    return "\n".join(parts)


def _listed(lines: Sequence[Line], day: date) -> list[str]:
    found = []
    for number, line in enumerate(lines[:MOST], start=1):
        who = f" ({without_people(line.who)})" if line.who else ""
        wait = f", đang chờ: {without_people(line.waiting_for)}" if line.waiting_for else ""
        found.append(f"{number}. {_short(line.text)}{who} – {_near(line.end, day)}{wait}")
    if len(lines) > MOST:
        found.append(f"… và {len(lines) - MOST} việc nữa.")
    return found


def _near(end: date, day: date) -> str:
    late = (day - end).days
    shown = f"{end:%d/%m}" if end.year == day.year else f"{end:%d/%m/%Y}"
    if late > 0:
        return f"hạn {shown}, chậm {late} ngày"
    return f"hạn hôm nay {shown}" if late == 0 else f"hạn {shown}"


def _short(text: str) -> str:
    line = without_people(" ".join(text.split())).rstrip(".;, ")
    if len(line) <= LONGEST_TASK:
        return line
    return line[: LONGEST_TASK - 1].rsplit(" ", 1)[0] + "…"
