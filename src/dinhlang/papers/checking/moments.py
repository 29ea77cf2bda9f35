"""What the paper dates: each stretch of words with the period it is given.

A period governs the words before it (“làm đường thôn Đông xong trước 30/6”); where it heads its
sentence (“Trong tháng 5: …”) the words behind it; a period of a heading, or of a cell of its own,
the items below or beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.gap_wording import is_period_only
from dinhlang.papers.checking.likeness import content
from dinhlang.papers.checking.own_criterion import TC, criterion_at
from dinhlang.papers.checking.own_periods import BACK, periods_in
from dinhlang.papers.checking.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.places import title_line
from dinhlang.papers.checking.told_parts import tells_what_was
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import PeriodMatch
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_IN_WORDS = re.compile(
    r"[Qq]uý\s+(?:[IV]|một|hai|ba|tư|bốn)|[Tt]háng\s+(?:[hbtscm])|(?:cuối|hết) năm", re.IGNORECASE
)
_BASIS = re.compile(
    r"^\W*(?:Căn cứ|Thực hiện (?:Nghị quyết|Kế hoạch|Quyết định|Chỉ thị"
    r"|Công văn))"
)
_PAST = guarded(
    r"\b(?:đã|tính đến|tại thời điểm|so với|năm trước|năm ngoái|cuối năm trước|thời điểm"
    r"|kết quả rà soát|(?<!gửi )(?<!nộp )(?<!chốt )số liệu)\b[^,;:]*$",
    re.IGNORECASE,
)
_RHYTHM = re.compile(r"\b(?:h[àằ]ng|mỗi|định kỳ|các)\s+(?:ngày|tuần|tháng|quý|năm)\b", re.I)
_LED_IN = re.compile(
    r"[\s\W]*(?:(?:cũng|sang|bước sang|tới|trong|vào|từ|đến|trước|chậm nhất|dự kiến|thời gian"
    r"|hạn|ngay|riêng|giai đoạn|phấn đấu|xong|hoàn thành)\W*)*$",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"\b(?:hạn|hạn chót|hạn cuối|hạn nộp|không quá|muộn nhất)\W*$", re.IGNORECASE)
_NO_WORDS = re.compile(r"[\W\d_]*$")
_HEAD_REST = re.compile(r"[\s:.;,)\-–]*(?:\([^()]*\))?[\s:.;,\-–]*$")
_WHEN_COLUMN = re.compile(
    r"thoi gian|thoi han|^han\b|tien do|hoan thanh|\bxong\b|^(?:quy|thang|ngay|ky)\b|thoi diem"
    r"|bat dau|ket thuc|khoi cong|lo trinh"
)
_WHO_COLUMN = re.compile(
    r"chu tri|phoi hop|phu trach|trach nhiem|don vi thuc hien|co quan|nguoi|dau moi|^ai "
    r"|noi thuc hien|^tt$|^stt$"
)


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


def year_of(plan: Plan) -> int | None:
    """The one year the plan is for; failing that the year it was issued."""
    if len(plan.document.years) == 1:
        return plan.document.years[0]
    issued = (plan.document.date or "")[:4]
    if plan.document.years:
        return None
    return int(issued) if issued.isdecimal() else None


def moments(plan: Plan) -> tuple[Moment, ...]:
    """Everything dated in goals, tasks and roadmaps; bases and what was done are left out."""
    return _cached(key_of(plan))


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


def key_of(plan: Plan) -> Key:
    """What the findings kept for a plan hang on: its words, its year, its criteria as corrected."""
    criteria = tuple((each.number, each.name, each.lines) for each in plan.criteria)
    return Key((tuple(plan.text), year_of(plan), title_line(plan), criteria), plan)


class Key:
    """A plan by what is kept of it, so that what was found once is found again."""

    __slots__ = ("key", "plan")

    def __init__(self, key: tuple[object, ...], plan: Plan) -> None:
        self.key, self.plan = key, plan

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and self.key == other.key


@lru_cache(maxsize=4)
def _cached(key: Key) -> tuple[Moment, ...]:
    return tuple(_all(key.plan))


def _all(plan: Plan) -> Iterator[Moment]:
    year = year_of(plan)
    heading: tuple[Paragraph, PeriodMatch] | None = None
    bulleted = False  # whether only bullets go on with the heading
    above = _Above()
    every = paragraphs(plan)
    for each in every:
        if _BASIS.match(each.text) or not each.text:
            continue
        if tells_what_was(each.above):
            continue
        if each.cells:
            yield from _row(each, year, above)
            continue
        found = periods_in(each.text, year) if each.block.has_digit or _worded(each) else []
        if heading and (not _under(each, heading[0]) or (bulleted and not each.block.bullet)):
            heading = None
        if found and _is_heading(each, found):
            heading, bulleted = (each, found[0]), False
            continue
        yield from _in_text(each, found, heading[1] if heading else None)
        if found and _opens_bullets(each, found[0], every):
            heading, bulleted = (each, found[0]), True
        elif heading and not found:
            period = heading[1]
            moment = _moment(each, 0, len(each.text), 0, len(each.text), period, own=False)
            if moment:
                yield moment


def _worded(each: Paragraph) -> bool:
    """Whether words alone may name a period."""
    low = lower(each.text)
    named = "quý" in low or "tháng" in low or " năm" in low
    return named and _IN_WORDS.search(each.text) is not None


def _is_heading(each: Paragraph, found: list[PeriodMatch]) -> bool:
    """Whether a paragraph is just its period: “Quý II/2024:”, “3. Tháng 7 (cao điểm)”."""
    first = found[0]
    if not _LED_IN.match(each.text[: first.start]) or len(found) > 2:
        return False
    if len(found) > 1 and content(each.text[first.end : found[-1].start]):
        return False
    rest = each.text[found[-1].end :]
    return bool(_HEAD_REST.match(rest)) or (
        len(rest) < 50 and each.text.rstrip().endswith(":") and each.heading
    )


_ITEM_NEXT = re.compile(r"\s*(?::|[-–+•]\s)")


def _opens_bullets(each: Paragraph, first: PeriodMatch, every: tuple[Paragraph, ...]) -> bool:
    """Whether a period and a first item open a list of bullets: “Quý I   - họp dân;” / “- …”."""
    following = every[each.spot + 1] if each.spot + 1 < len(every) else None
    if each.block.bullet or following is None or not following.block.bullet:
        return False
    led = first.kind in _PART_OF_YEAR and _LED_IN.match(each.text[: first.start])
    return bool(led and _ITEM_NEXT.match(each.text, first.end)) and following.nest == each.nest


def _under(each: Paragraph, head: Paragraph) -> bool:
    """Whether a paragraph stands below a heading: deeper, or an item of the list behind it."""
    if head.block.label and not head.block.bullet:
        return head.text in each.above
    if each.block.label and not head.block.label and not head.block.bullet:
        near = each.spot - head.spot <= _FEW_ITEMS
        return near and each.above == head.above and each.block.label.style in _ITEM_STYLES
    if each.nest != head.nest:
        return False
    if each.block.label and not head.block.label:
        return False
    return each.block.bullet != head.block.bullet or not head.block.bullet


def _moment(
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


def _in_text(
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
            moment = _moment(each, begin, stop, begin, stop, heading, own=False)
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
            moment = _moment(
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
    led = _LED_IN.match(each.text[begin : first.start]) is not None
    if led and not each.text[first.end : stop].strip(" .") and each.text[stop : stop + 1] != ";":
        return first.kind in _PART_OF_YEAR
    behind = each.text[first.end : first.end + 2]
    column = first.start == begin and first.kind in _PART_OF_YEAR and _CAPITAL_NEXT.match(behind)
    dash = first.kind in _PART_OF_YEAR and _DASH_NEXT.match(each.text, first.end)
    return led and (behind.lstrip(" )")[:1] == ":" or column is not None or dash is not None)


def _leads(each: Paragraph, first: PeriodMatch, begin: int) -> bool:
    """Whether a sentence begins with its period and a colon or comma: “Quý II/2024: …”."""
    led = _LED_IN.match(each.text[begin : first.start]) is not None
    if _JOINED.match(each.text, first.end):
        return False  # “Quý I và đầu quý II: …” sets nothing into the first of them
    return led and each.text[first.end : first.end + 1] in (":", ",", " ", ".")


_PART_OF_YEAR = frozenset({"quarter", "month", "months", "half"})
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
    headed = _LED_IN.match(lead) is not None
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
_FEW_ITEMS = 8
_ITEM_STYLES = ("arabic", "lower", "paren", "slash")


def _cut(text: str, start: int, end: int) -> int:
    """Where the last item before a date begins: behind the last comma that parts two items."""
    commas = [m.end() for m in re.finditer(r"[,;:]\s|\s(?=và\s)", text[start:end])]
    for comma in reversed(commas):
        if len(content(text[start + comma : end])) >= _FEW:
            return start + comma
    return start


@dataclass(slots=True)
class _Above:
    """The periods of the last dated row, which empty cells below it go on with."""

    table: int = -1
    first: str = ""
    dated: tuple[tuple[int, PeriodMatch], ...] = ()

    def over(self, each: Paragraph) -> list[tuple[int, PeriodMatch]]:
        """The periods a row without any of its own stands under: its cells there are empty."""
        if each.block.table != self.table or not self.dated:
            return []
        empty = all(at < len(each.cells) and not each.cells[at].strip() for at, _ in self.dated)
        return list(self.dated[:1]) if empty and self.dated[0][0] == 0 else []


def _row(each: Paragraph, year: int | None, above: _Above) -> Iterator[Moment]:
    """Cells that are a period: each governs the other cells of its row."""
    cells = each.cells
    if cells == each.columns and not _first_of_all(cells):
        return
    goes_on = above.table == each.block.table and not cells[0].strip()
    above.first = above.first if goes_on else cells[0]
    dated: list[tuple[int, PeriodMatch]] = []
    for at, cell in enumerate(cells):
        named = any(letter.isdigit() for letter in cell) or "uý" in cell
        if not named and cell.strip() not in ("I", "II", "III", "IV"):
            continue
        for period in _cell_periods(cell, year, each.head[at] if at < len(each.head) else ""):
            if len(period.text) * 2.2 >= len(cell.strip()) or _when(each, at):
                dated.append((at, period))
                break
    if dated:
        above.table, above.dated = each.block.table, tuple(dated)
    else:
        dated = above.over(each)
    if not dated:
        yield from _in_text(each, periods_in(each.text, year))
        return
    if year is not None:
        yield from _inside_cells(each, year, dated)
    words = " – ".join(
        cell for at, cell in enumerate(cells)
        if at not in {at for at, _ in dated} and not _who(each, at) and not _NO_WORDS.match(cell)
    )  # fmt: skip
    if goes_on and TC.search(above.first):
        words = f"{above.first} – {words}"
    for at, period in dated:
        if any(_inside(other, period) for _, other in dated):
            continue  # “Quý IV | 11 | …”: the month says more
        moment = _moment(
            each, 0, 0, 0, len(each.text), period, words=words,
            column=each.columns[at] if at < len(each.columns) else "",
            within=next((p for a, p in dated if a != at and p.kind in ("quarter", "half")), None),
        )  # fmt: skip
        if moment:
            yield moment


def _first_of_all(cells: tuple[str, ...]) -> bool:
    """Whether the first row of a table is no head but the first period: “Tháng 3 | Họp …”."""
    if not is_period_only(cells[0]) or any(map(is_period_only, cells[1:])):
        return False
    return len(max(cells[1:], key=len)) > _LONG_HEAD


_LONG_HEAD = 24


def _inside(one: PeriodMatch, other: PeriodMatch) -> bool:
    """Whether a month lies in a quarter, both cells of one row."""
    if (one.kind, other.kind) != ("month", "quarter") or one.first is None or other.first is None:
        return False
    return other.first <= one.first and (one.last or one.first) <= (other.last or other.first)


def _inside_cells(
    each: Paragraph, year: int, dated: list[tuple[int, PeriodMatch]]
) -> Iterator[Moment]:
    """Dates told inside the words of a row that has its period: “Tháng 11 huyện kiểm tra; …”."""
    begin = 0
    columns = {at for at, _ in dated}
    for at, cell in enumerate(each.cells):
        start = each.text.find(cell, begin) if cell else -1
        if start < 0:
            continue
        begin = start + len(cell)
        if at in columns or _who(each, at) or not any(letter.isdigit() for letter in cell):
            continue
        inside = [p for p in periods_in(each.text, year) if start <= p.start and p.end <= begin]
        yield from _in_text(each, [p for p in inside if p.kind != "year"], cell=(start, begin))


def _cell_periods(cell: str, year: int | None, head: str) -> list[PeriodMatch]:
    """The periods of a cell; a column of months, quarters or days may hold bare numbers."""
    found = periods_in(cell, year)
    if found:
        return found
    bare = re.fullmatch(
        r"\s*(?:(?P<roman>I{1,3}|IV)|(?P<day>\d{1,2}/\d{1,2})|(?P<number>\d{1,2}))\s*", cell
    )
    if not bare:
        return []
    if re.search(r"^quy\b|hoan thanh", head) and (bare["roman"] or bare["number"] in "1234"):
        return periods_in(f"quý {cell.strip()}", year)
    if re.search(r"^thang\b", head) and bare["number"]:
        return periods_in(f"tháng {cell.strip()}", year)
    if bare["day"] and _WHEN_COLUMN.search(head):
        return periods_in(f"ngày {cell.strip()}", year)
    return []


def _when(each: Paragraph, at: int) -> bool:
    return at < len(each.head) and _WHEN_COLUMN.search(each.head[at]) is not None


def _who(each: Paragraph, at: int) -> bool:
    return at < len(each.head) and _WHO_COLUMN.search(each.head[at]) is not None
