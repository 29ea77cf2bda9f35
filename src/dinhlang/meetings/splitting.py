"""What a decision says in one line, taken apart: who, what, until when. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from dinhlang.papers.reading.offices import office_at
from dinhlang.people.offices import office_key, the_one
from dinhlang.vietnamese import clean_spaces, nfc
from dinhlang.vietnamese.periods import find_periods

from .near_days import near_day

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
_STATED = re.compile(
    r"(?:đã|đang|đạt|chưa|còn|là|được|không|nghỉ|hoãn|tạm dừng|tán thành|cơ bản|thống nhất|đồng ý"
    r"|nhất trí|ghi nhận|biểu dương|khen|đánh giá cao|thông qua)\b",
    re.IGNORECASE,
)
"""What begins a statement: nothing is to be done."""
_NOUN = re.compile(
    r"(?:mức|tỷ lệ|định mức|đơn giá|quy mô|phương án|chủ trương|nội dung|danh sách|số|tiến độ)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:rằng|là|về việc|việc|với)\s+", re.IGNORECASE)
_WORK = re.compile(
    r"(?<!\w)(?:chủ trì|tham mưu|hoàn thành|hoàn thiện|phối hợp|báo cáo|tổ chức|lập|rà soát|trình"
    r"|gửi|thực hiện|triển khai|kiểm tra|đôn đốc|tổng hợp|vận động|xây dựng|chuẩn bị|làm|đo|họp"
    r"|mời|hướng dẫn|tuyên truyền|khảo sát|ký|nộp|thu|chi|cấp|bố trí|đăng ký|cung cấp|dọn|quét|gom"
    r"|phát|phát động|trồng|sửa|nâng cấp|mở|đào|đắp|đổ|trải|lát|lắp|dựng|kẻ|vẽ|treo|mua|thuê|bàn"
    r"|bàn giao|nghiệm thu|thanh toán|giải ngân|quyết toán|công khai|niêm yết|thông báo|tập huấn"
    r"|cập nhật|bổ sung|khắc phục|xử lý|giải quyết|giải phóng|bồi thường|kê khai|thống kê|thẩm định"
    r"|ban hành|giao|phân công|theo dõi|giám sát|bảo đảm|đảm bảo|duy trì|đẩy nhanh|tập trung|cắm"
    r"|nạo vét|phát quang|tháo dỡ|di dời|đóng góp|hiến|huy động|ủng hộ|tặng|thăm|viết|soạn|in|đăng"
    r"|chốt|liên hệ|mở lớp|cử|tiếp tục|tăng cường|đề xuất|xin|kiến nghị|nhắc|đi|về|lấy|thi công"
    r"|khởi công|khánh thành|kiểm kê|kiểm đếm|đối chiếu|chấm điểm|bình xét|xét|đề nghị|yêu cầu)"
    r"(?!\w)",
    re.IGNORECASE,
)
_BEGINS_ANOTHER = frozenset(
    ["va", "cung", "cong", "chuc", "can", "bo", "cac", "dong", "chi", "ong", "ba"]
)
"""Words that no name of an office ends in: the next one begins with them."""
_MORE = re.compile(r"\s*(?:,\s*và|,|;|\bvà\b|\bcùng\b)\s*(?:với\s+)?", re.IGNORECASE)
LONGEST_OFFICE = 90
PAST = 60
"""Days for which a day without a year may lie behind."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A decision taken apart; ``end`` is the last day. ``known``: the lead is an office here.

    Several leads are joined by “; ”; where they are villages alone they are in ``villages``, for
    each does the work by itself. ``is_work`` is false where nothing is to be done: something was
    agreed on, stated or praised.
    """

    text: str
    lead: str = ""
    partners: str = ""
    end: date | None = None
    known: bool = False
    villages: tuple[str, ...] = ()
    is_work: bool = True


Named = tuple[str, tuple[str, ...]]
"""An office as ``dinhlang.people.offices`` matches it: its title and the keys of its names."""


def split(
    line: str, offices: Iterable[Named], day: date, villages: Iterable[tuple[str, str]] = ()
) -> Parts:
    """The parts of the line. ``villages`` of the place: pairs of kind and name; ``day``: on which
    it was said. Nothing is lost: what cannot be told apart stays in the text.
    """
    whole = clean_spaces(nfc(line)).rstrip(" .;")
    text, end = _end(whole, day)
    text, partners = _partners(text)
    leads, rest, known, own = _leads(_after_giving(text), list(offices), list(villages))
    is_told = bool(leads) and bool(_STATED.match(rest))
    if is_told or not rest:
        leads, known, own = [], False, False
    if leads:
        text = rest
    lead = "; ".join(leads)
    return Parts(
        text[:1].upper() + text[1:], lead, partners, end, known,
        tuple(leads) if own else (), bool(lead) or (not is_told and _is_work(text, end)),
    )  # fmt: skip


def _is_work(text: str, end: date | None) -> bool:
    """Whether anything is to be done: a verb of work begins it, or stands in it with nothing
    agreed on; or a last day is said."""
    agreed = _AGREED.match(text)
    body = text[agreed.end() :].lstrip(" :,-") if agreed else text
    body = _ABOUT.sub("", body)
    if _STATED.match(body):
        return False
    if _WORK.match(body):
        return True
    return not agreed and not _NOUN.match(body) and (end is not None or bool(_WORK.search(body)))


def _end(text: str, today: date) -> tuple[str, date | None]:
    """The day until when, and the text without the words that tell it."""
    best: tuple[int, int, date] | None = near_day(text, today)
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


def _leads(
    text: str, offices: list[Named], villages: list[tuple[str, str]]
) -> tuple[list[str], str, bool, bool]:
    """Who leads, what is left, whether the place has all of them, whether all are villages."""
    several = _village_pattern(villages)
    found: list[str] = []
    known, own, rest = True, True, text
    while rest and not _STATED.match(rest):
        if (here := several.match(rest) if several else None) is not None:
            found += _villages(here[0], villages)
            rest = rest[here.end() :]
        else:
            lead, left, is_known = _lead(rest, offices) if not found else _another(rest, offices)
            if not lead:
                break
            found, known, own = [*found, lead], known and is_known, False
            rest = left
        more = _MORE.match(rest)
        if more is None or not _begins_lead(rest[more.end() :], offices, several):
            break
        rest = rest[more.end() :]
    return list(dict.fromkeys(found)), rest.lstrip(" ,:-"), known and bool(found), own


def _begins_lead(text: str, offices: list[Named], several: re.Pattern[str] | None) -> bool:
    return bool(several and several.match(text)) or bool(_another(text, offices)[0])


def _another(text: str, offices: list[Named]) -> tuple[str, str, bool]:
    """One more lead: only an office in so many words, for what follows may be the work itself."""
    lead, rest, known = _lead(text, offices)
    named = office_at(text, 0)
    is_sure = known or (named is not None and bool(lead) and named.end >= len(lead))
    return (lead, rest, known) if is_sure else ("", text, False)


def _village_pattern(villages: list[tuple[str, str]]) -> re.Pattern[str] | None:
    """“thôn Soi, thôn Bến”, “hai thôn Soi và Bến”, “trưởng thôn Soi”."""
    if not villages:
        return None
    names = "|".join(re.escape(name) for _, name in sorted(villages, key=lambda v: -len(v[1])))
    kinds = "|".join(re.escape(kind) for kind in {kind.lower() for kind, _ in villages})
    head = r"(?:(?:ông\s+|bà\s+|đồng chí\s+)?trưởng\s+|ban phát triển\s+)?"
    count = r"(?:(?:các|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2})\s+)?"
    again = rf"\s*(?:[,;]|và|cùng)\s*(?:và\s+)?{head}(?:(?:{kinds})\s+)?(?:{names})(?!\w)"
    return re.compile(rf"{count}{head}(?:{kinds})\s+(?:{names})(?!\w)(?:{again})*", re.IGNORECASE)


def _villages(text: str, villages: list[tuple[str, str]]) -> list[str]:
    """The villages of such a list as titles, in their order."""
    pattern = "|".join(re.escape(name) for _, name in sorted(villages, key=lambda v: -len(v[1])))
    titles = {name.lower(): f"{kind[:1].upper()}{kind[1:]} {name}" for kind, name in villages}
    found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)
    return [titles[name.lower()] for name in found]


def _lead(text: str, offices: list[Named]) -> tuple[str, str, bool]:
    """Who leads, what is left, and whether the place has that office."""
    named = office_at(text, 0)
    words = text.split(" ")
    for count in range(min(len(words) - 1, 14), 0, -1):
        key = office_key(" ".join(words[:count]).strip(",:"))
        if key.rsplit(" ", 1)[-1] in _BEGINS_ANOTHER:
            continue
        if key and (title := the_one(key, offices)):
            comma = "," if words[count - 1].endswith(",") else ""
            return title, f"{comma} {' '.join(words[count:])}".lstrip(" :-"), True
    if named is not None and named.end < len(text):
        return text[: named.end].strip(" ,:"), text[named.end :].lstrip(" :-"), False
    verb = _VERB.search(text)
    if verb is not None and verb.start() <= LONGEST_OFFICE and _may_name(text):
        head = text[: verb.start()]
        if len(head.split()) <= 10 and not _VERB.match(" " + text):
            return head.strip(" ,:"), text[verb.start() :].strip(), False
    return "", text, False
