"""The periods of a text that date work: no programme, no rhythm, no document's date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from dinhlang.papers.plan import ScheduleEntry
from dinhlang.vietnamese import PeriodMatch, find_periods
from dinhlang.vietnamese.guarded import guarded

BACK = 90
"""Letters before a date that may say what it is."""
_NEVER = frozenset({"span", "week-rule"})
# Behind a number of a document, or behind words of what was, a date is no date of work.
_CITED = re.compile(
    r"(?:\d+\s?[-/][\w/&.-]*[A-ZĐ]{2}[\w/&-]*[\s,]*|(?:[Nn]ghị quyết|[Qq]uyết định|[Kk]ế hoạch"
    r"|[Cc]hỉ thị|[Vv]ăn bản|[Cc]ông văn|[Tt]hông báo|[Hh]ướng dẫn|[Nn]ghị định|[Tt]hông tư"
    r"|[Tt]ờ trình|[Bb]iên bản|[Kk]ết luận)\s+(?:số\s+\S+\s+)?)$"
)


def periods_in(text: str, year: int | None) -> list[PeriodMatch]:
    """The periods of a text that date work: no programme, no rhythm, no document's date."""
    return list(_periods_in(text, year))


@lru_cache(maxsize=1024)  # many checks ask for the same paragraphs
def _periods_in(text: str, year: int | None) -> tuple[PeriodMatch, ...]:
    found = [each for each in find_periods(text, year) if each.kind not in _NEVER]
    if year is not None and "/" in text:
        found = sorted([*found, *_bare_days(text, year, found)], key=lambda each: each.start)
    return tuple(
        each for each in found if not _CITED.search(text[max(0, each.start - BACK) : each.start])
    )


_BARE_DAY = guarded(
    r"\b(?:xong|hoàn thành|hạn(?: chót| nộp| cuối)?|kết thúc|bắt đầu|khởi công|nghiệm thu|bàn giao"
    r"|thời hạn|thời gian|tổng kết|ra quân|khánh thành|công nhận|ra mắt|dịp|lễ|mốc)\s*:?\s*"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/]|\s*(?:tiêu chí|chỉ tiêu|thôn|hộ|khu|ấp|bản|xóm"
    r"|công trình|tuyến|người|nội dung|mô hình|trường|nhà|điểm|hạng mục))",
    re.IGNORECASE,
)


def _bare_days(text: str, year: int, found: list[PeriodMatch]) -> Iterator[PeriodMatch]:
    """“xong 30/6”: a bare day behind a verb that waits for one."""
    for match in _BARE_DAY.finditer(text):
        if any(each.start < match.end() and match.start("day") < each.end for each in found):
            continue
        try:
            day = date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if match["day"].lstrip("0") == match["month"].lstrip("0") and match.end() < len(text):
            continue  # “hoàn thành 06/06 điều kiện” tells a share
        start = match.start("day")
        yield PeriodMatch(start, match.end(), day, day, text[start : match.end()], "day")


def end_of(entry: ScheduleEntry) -> date | None:
    """The last day of the period of a line of the roadmap."""
    year, _, rest = entry.period.partition("-")
    if not year.isdecimal():
        return None
    month = max(entry.months) if entry.months else 12
    if not entry.months and rest.startswith("Q"):
        month = int(rest[1:]) * 3
    elif not entry.months and rest.isdecimal():
        month = int(rest)
    return date(int(year), month, monthrange(int(year), month)[1]) if 1 <= month <= 12 else None
