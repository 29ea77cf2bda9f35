"""What a decision says in one line, taken apart: who, what, until when. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dinhlang.papers.reading.offices import office_at
from dinhlang.people.offices import is_meant, office_key
from dinhlang.vietnamese import clean_spaces, nfc, parse_weekday
from dinhlang.vietnamese.periods import find_periods

_OPENING = (
    r"(?:(?:hội nghị|cuộc họp|ban chỉ đạo)\s+)?"
    r"(?:thống nhất|nhất trí|đồng ý|quyết định|kết luận)"
)
_AGREED = re.compile(rf"{_OPENING}\b", re.IGNORECASE)
"""How the meeting itself begins a decision; no office is named by it."""
_GIVEN = re.compile(
    rf"(?:{_OPENING}\s+)?(?:giao(?: cho)?|phân công|đề nghị|yêu cầu)\s+(?:cho\s+)?",
    re.IGNORECASE,
)
_WITH = re.compile(r"[,;]?\s*\(?\bphối hợp(?: với| cùng)?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|\bvà\b|\bcùng\b)\s*(?:với\s+)?")
_BEFORE = re.compile(
    r"(?:[,;]\s*(?:\b(?:xong|hoàn thành|thực hiện|báo cáo|trình|nộp)\s+)?)?\s*"
    r"(?:\b(?:xong|trước|đến hết|hết|đến|vào|trong|chậm nhất|muộn nhất|hạn)\s+)*"
    r"(?:là\s+)?(?:ngày\s+)?$",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?!\s*/?\d)")
_VERB = re.compile(
    r"\s+(?:chủ trì|tham mưu|hoàn thành|hoàn thiện|phối hợp|báo cáo|tổ chức|lập|rà soát|trình|gửi"
    r"|thực hiện|triển khai|kiểm tra|đôn đốc|tổng hợp|vận động|xây dựng|chuẩn bị|làm|đo|họp|mời"
    r"|hướng dẫn|tuyên truyền|khảo sát|ký|nộp|thu|chi|cấp|bố trí|đăng ký|cung cấp)\b",
    re.IGNORECASE,
)
LONGEST_OFFICE = 90
PAST = 60
"""Days for which a day without a year may lie behind."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A decision taken apart; ``end`` is the last day. ``known``: the lead is an office here."""

    text: str
    lead: str = ""
    partners: str = ""
    end: date | None = None
    known: bool = False


def split(line: str, offices: Iterable[str], today: date) -> Parts:
    """The parts of the line. Offices are known ones of the place, in any of their spellings.

    Nothing is lost: what cannot be told apart stays in the text.
    """
    text = clean_spaces(nfc(line)).rstrip(" .;")
    text, end = _end(text, today)
    text, partners = _partners(text)
    lead, rest, known = _lead(_after_giving(text), list(offices))
    if lead and rest:
        text = rest
    return Parts(
        text[:1].upper() + text[1:], lead if rest else "", partners, end, known and bool(rest)
    )


def _end(text: str, today: date) -> tuple[str, date | None]:
    """The day until when, and the text without the words that tell it."""
    best: tuple[int, int, date] | None = _of_week(text, today)
    for found in () if best else find_periods(text, today.year):
        if found.last is not None and found.kind != "week-rule":
            day = found.last if found.years else _coming(found.last, today)
            best = (found.start, found.end, day)
    for bare in () if best else _BARE_DAY.finditer(text):
        with suppress(ValueError):
            day = date(today.year, int(bare["month"]), int(bare["day"]))
            best = (bare.start(), bare.end(), _coming(day, today))
    if best is None:
        return text, None
    start, stop, day = best
    before = _BEFORE.search(text[:start])
    cut = before.start() if before else start
    behind = text[stop:].strip(" ,;.")
    rest = clean_spaces(f"{text[:cut].rstrip(' ,;')} {behind}")
    return (rest, day) if len(rest) > 3 else (text, day)


_OF_WEEK = re.compile(
    r"\b(?:(?:(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)|(?P<end>cuối))\s+)?"
    r"tuần\s+(?P<which>này|sau|tới)\b|\b(?P<bare>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
    r"\s+(?P<next>này|tới)\b",
    re.IGNORECASE,
)


def _of_week(text: str, today: date) -> tuple[int, int, date] | None:
    """“Chủ nhật tuần sau”, “cuối tuần này”, “thứ Sáu tới”: the day meant, counted from today."""
    found = _OF_WEEK.search(text)
    if found is None:
        return None
    weekday = parse_weekday(found["day"] or found["bare"] or "") or (7 if found["end"] else 5)
    monday = today - timedelta(days=today.weekday())
    later = 1 if found["which"] and found["which"].lower() in ("sau", "tới") else 0
    day = monday + timedelta(days=7 * later + weekday - 1)
    if found["bare"] and found["next"].lower() == "tới" and day <= today:
        day += timedelta(days=7)
    return found.start(), found.end(), day


def _coming(day: date, today: date) -> date:
    """The day, in the next year where it is over by more than two months: none was written."""
    if (today - day).days <= PAST:
        return day
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _partners(text: str) -> tuple[str, str]:
    found = _WITH.search(text)
    if found is None or not found.start():
        return text, ""
    at, names = found.end(), []
    while (office := office_at(text, at)) is not None and office.start - at < 3:
        names.append(office.name)
        at = office.end
        more = _AND.match(text, at)
        if more is None or office_at(text, more.end()) is None:
            break
        at = more.end()
    if not names:
        return text, ""
    rest = f"{text[: found.start()]} {text[at:].lstrip(' ).,;')}"
    return clean_spaces(rest).rstrip(" ,;"), ", ".join(names)


def _after_giving(text: str) -> str:
    given = _GIVEN.match(text)
    return text[given.end() :] if given else text


def _may_name(text: str) -> bool:
    return text[:1].isupper() and _AGREED.match(text) is None


def _lead(text: str, offices: list[str]) -> tuple[str, str, bool]:
    """Who leads, what is left, and whether the place has that office."""
    named = office_at(text, 0)
    words = text.split(" ")
    for count in range(min(len(words) - 1, 14), 0, -1):
        key = office_key(" ".join(words[:count]).strip(",:"))
        meant = [
            o for o in offices if key and (key == office_key(o) or is_meant(key, office_key(o)))
        ]
        rest = " ".join(words[count:]).lstrip(" ,:-")
        if meant:
            return meant[0], rest, True
        # “công chức địa chính” for the one whose title goes on “… - Xây dựng”.
        begun = [o for o in offices if count > 2 and office_key(o).startswith(f"{key} ")]
        if len(begun) == 1 and named and named.end <= len(" ".join(words[:count])) + 1:
            return begun[0], rest, True
    if named is not None and named.end < len(text):
        return text[: named.end].strip(" ,:"), text[named.end :].lstrip(" ,:-"), False
    verb = _VERB.search(text)
    if verb is not None and verb.start() <= LONGEST_OFFICE and _may_name(text):
        head = text[: verb.start()]
        if len(head.split()) <= 10 and not _VERB.match(" " + text):
            return head.strip(" ,:"), text[verb.start() :].strip(), False
    return "", text, False
