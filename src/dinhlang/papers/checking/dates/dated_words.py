"""Dated words: the stretches of a text, or of a cell, that each of its periods governs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dinhlang.papers.checking.dates.own_periods import BACK
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.own_criterion import TC, criterion_at
from dinhlang.papers.checking.text.paragraphs import Paragraph
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import PeriodMatch
from dinhlang.vietnamese.guarded import guarded

_PAST = guarded(
    r"\b(?:đã|tính đến|tại thời điểm|so với|năm trước|năm ngoái|cuối năm trước|thời điểm"
    r"|kết quả rà soát|(?<!gửi )(?<!nộp )(?<!chốt )số liệu)\b[^,;:]*$",
    re.IGNORECASE,
)
_RHYTHM = re.compile(r"\b(?:h[àằ]ng|mỗi|định kỳ|các)\s+(?:ngày|tuần|tháng|quý|năm)\b", re.I)
LED_IN = re.compile(
    r"[\s\W]*(?:(?:cũng|sang|bước sang|tới|trong|vào|từ|đến|trước|chậm nhất|dự kiến|thời gian"
    r"|hạn|ngay|riêng|giai đoạn|phấn đấu|xong|hoàn thành)\W*)*$",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"\b(?:hạn|hạn chót|hạn cuối|hạn nộp|không quá|muộn nhất)\W*$", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Moment:
    """Dated words: ``words`` are those the period governs; ``first`` … ``last`` its days.

    ``due`` says the period is a day not to be passed (trước, chậm nhất, đến hết); ``own`` that it
    stands in the same sentence or row, not in a heading above.
    """

    paragraph: Paragraph
    words: str
    start: int
    end: int
    period: PeriodMatch
    first: date
    last: date
    due: bool
    own: bool = True
    column: str = ""
    within: PeriodMatch | None = None  # the quarter, half or month it is set into

    def place(self, plan: Plan) -> Place:
        """The governed words and the period, as the paper has them."""
        return self.paragraph.said(plan, self.start, self.end)


_WORD = re.compile(r"[^\W\d_]")
_THIS_ONE = re.compile(
    r"\btiêu chí(?: này)?(?=\s+(?:hoàn thành|đạt|xong|vào|trong|trước)\b|\W*$)", re.IGNORECASE
)


def _spelt_out(each: Paragraph, words: str) -> str:
    """The words with the number of the criterion that “tiêu chí này” stands for."""
    if "tiêu chí" not in words or TC.search(words) or not _THIS_ONE.search(words):
        return words
    number = criterion_at(each)
    return _THIS_ONE.sub(f"tiêu chí số {number}", words) if number else words


def make_moment(
    each: Paragraph, start: int, end: int, quote_from: int, quote_to: int,
    period: PeriodMatch, *, own: bool = True, column: str = "", words: str | None = None,
    within: PeriodMatch | None = None,
) -> Moment | None:  # fmt: skip
    if period.last is None and period.first is None:
        return None
    last = period.last or period.first
    first = period.first or last
    if first is None or last is None:
        return None
    back = max(0, period.start - 20)
    return Moment(
        paragraph=each, words=_spelt_out(each, each.text[start:end] if words is None else words),
        start=quote_from,
        end=quote_to, period=period, first=first, last=last, own=own, column=column, within=within,
        due=period.kind == "until" or _LIMIT.search(each.text[:period.start], back) is not None,
    )  # fmt: skip


def year_in(period: PeriodMatch | None) -> int | None:
    """The one year a period lies in: what stands below it needs not say it again."""
    first, last = (period.first, period.last) if period else (None, None)
    if first and last and first.year != last.year:
        return None
    return (last or first or date.min).year if first or last else None


def in_text(
    each: Paragraph, found: list[PeriodMatch], heading: PeriodMatch | None = None,
    cell: tuple[int, int] | None = None,
) -> Iterator[Moment]:  # fmt: skip
    if not found:
        return
    parts = each.parts
    if cell:
        first, last = cell
        parts = [(max(a, first), min(b, last)) for a, b in parts if a < last and b > first]
    for begin, stop in parts:
        own = [p for p in found if begin <= p.start < stop]
        if not own and heading is not None and begin > parts[0][0] and heading in found:
            # “Quý II: làm đường; làm rãnh”: the period heads all that stands behind it.
            moment = make_moment(each, begin, stop, begin, stop, heading, own=False)
            if moment:
                yield moment
            continue
        if own and begin == parts[0][0] and _heads_all(each, own[0], begin, stop):
            heading = own[0]
        own = [p for p in own if not _is_past(each.text[max(begin, p.start - BACK) : p.start], p)]
        own = [p for p in own if not _explains(each.text, own, p)]
        own = [p for p in own if not _RHYTHM.search(each.text[max(begin, p.start - 12) : p.end])]
        if not own:
            continue
        for start, end, period in _governed(each, own, begin, stop):
            lead = own[0] if period is not own[0] and _leads(each, own[0], begin) else heading
            if lead and lead.kind == period.kind and each.text[period.end : period.end + 1] == ":":
                lead = None  # “Tháng 11: …; tháng 12: …”
            moment = make_moment(
                each, start, end, min(start, period.start), max(end, period.end), period,
                within=lead,
            )  # fmt: skip
            if moment:
                yield moment


_STILL_TO_DO = re.compile(
    r"\bđã\s+(?!hoàn|xong|được|đạt|có|làm)(?:\S+\s+){1,6}(?:xong|hoàn thành)\s*$"
)


def _is_past(before: str, period: PeriodMatch) -> bool:
    """Whether words tell what was; “bê tông hóa đoạn đã mở nền, xong trước 15/3” is to be done."""
    if _PAST.search(before) is None:
        return False
    return period.kind != "until" or _STILL_TO_DO.search(before) is None


def _explains(text: str, own: list[PeriodMatch], period: PeriodMatch) -> bool:
    """Whether a period in brackets only says another one again: “tháng 10/2024 (quý III)”."""
    before = [each for each in own if each.end <= period.start]
    return (
        bool(before)
        and re.fullmatch(r"\s*\(\s*(?:tức|thuộc)?(?: là)?\s*", text[before[-1].end : period.start])
        is not None
    )


def _heads_all(each: Paragraph, first: PeriodMatch, begin: int, stop: int) -> bool:
    """Whether a paragraph begins with its period and a colon, or with a sentence of it alone."""
    led = LED_IN.match(each.text[begin : first.start]) is not None
    if led and not each.text[first.end : stop].strip(" .") and each.text[stop : stop + 1] != ";":
        return first.kind in PART_OF_YEAR
    behind = each.text[first.end : first.end + 2]
    column = first.start == begin and first.kind in PART_OF_YEAR and _CAPITAL_NEXT.match(behind)
    dash = first.kind in PART_OF_YEAR and _DASH_NEXT.match(each.text, first.end)
    return led and (behind.lstrip(" )")[:1] == ":" or column is not None or dash is not None)


def _leads(each: Paragraph, first: PeriodMatch, begin: int) -> bool:
    """Whether a sentence begins with its period and a colon or comma: “Quý II/2024: …”."""
    led = LED_IN.match(each.text[begin : first.start]) is not None
    if _JOINED.match(each.text, first.end):
        return False  # “Quý I và đầu quý II: …” sets nothing into the first of them
    return led and each.text[first.end : first.end + 1] in (":", ",", " ", ".")


PART_OF_YEAR = frozenset({"quarter", "month", "months", "half"})
_DASH_NEXT = re.compile(r"\s[-–+•]\s")
_CAPITAL_NEXT = compile_vi(r"\s[A-ZÀ-ỸĐ]")  # “Quý IV/2024   Thi công …; tổng hợp …”
_JOINED = re.compile(
    r"\s*(?:và|,|-|–|đến|sang)\s*(?:đầu|cuối|giữa|nửa đầu|sang)?\s*(?:quý|tháng|năm \d)",
    re.IGNORECASE,
)


_GOAL_LEAD = re.compile(r"^\W*(?:Mục tiêu|Chỉ tiêu|Nhiệm vụ|Yêu cầu|Phấn đấu)\b[^:]{0,25}:\s*")


def _governed(
    each: Paragraph, own: list[PeriodMatch], begin: int, stop: int
) -> Iterator[tuple[int, int, PeriodMatch]]:
    """The words each period of a sentence governs: behind it where it heads, else before it."""
    text = each.text
    lead = _GOAL_LEAD.sub("", text[begin : own[0].start])
    headed = LED_IN.match(lead) is not None
    if len(own) == 1 and not _WORD.search(text, own[0].end, stop):
        headed = False  # “…; hoàn thành trong quý III” heads nothing
    heads = [headed]
    for before, period in pairwise(own):
        between = text[before.end : period.start]
        fresh = re.search(r"[,;:]\s*(?:đến |trong |vào |sang |và )?$", between) is not None
        behind = text[period.end : period.end + 2]
        heads.append(behind[:1] == ":" or (headed and fresh and behind[:1] == " "))
    for index, period in enumerate(own):
        left = own[index - 1].end if index else begin
        right = own[index + 1].start if index + 1 < len(own) else stop
        if heads[index]:
            later = index + 1 < len(own) and not heads[index + 1]
            yield period.end, right if not later else _cut(text, period.end, right), period
            continue
        start, end = left, period.start
        if index and heads[index - 1]:
            start = _cut(text, left, period.start)
        few = len(content(text[start:end])) < _FEW and not _ENOUGH.search(text[start:end])
        bare = few and index + 1 == len(own)
        if bare and content(text[period.end : right]):
            start, end = period.end, right
        yield start, end, period


_FEW = 2
# “hoàn thành 64 nhà”, “xã được công nhận đạt chuẩn” say enough
_ENOUGH = re.compile(
    r"(?<![\d.,/])\d[\d.,]*\s+[^\W\d_]{2,}|\b(?:được công nhận|đạt chuẩn|về đích)\b", re.IGNORECASE
)


def _cut(text: str, start: int, end: int) -> int:
    """Where the last item before a date begins: behind the last comma that parts two items."""
    commas = [m.end() for m in re.finditer(r"[,;:]\s|\s(?=và\s)", text[start:end])]
    for comma in reversed(commas):
        if len(content(text[start + comma : end])) >= _FEW:
            return start + comma
    return start
