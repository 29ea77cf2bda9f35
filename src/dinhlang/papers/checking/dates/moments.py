"""What the paper dates: each stretch of words with the period it is given.

A period governs the words before it (“làm đường thôn Đông xong trước 30/6”); where it heads its
sentence (“Trong tháng 5: …”) the words behind it; a period of a heading, or of a cell of its own,
the items below or beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dinhlang.papers.checking.dates.dated_rows import Above, in_row
from dinhlang.papers.checking.dates.dated_words import (
    LED_IN,
    PART_OF_YEAR,
    Moment,
    in_text,
    make_moment,
    year_in,
)
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.places import title_line
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import PeriodMatch
from dinhlang.vietnamese.folding import lower

__all__ = ["Key", "Moment", "key_of", "moments", "year_of"]

_IN_WORDS = re.compile(
    r"[Qq]uý\s+(?:[IV]|một|hai|ba|tư|bốn)|[Tt]háng\s+(?:[hbtscm])|(?:cuối|hết) năm", re.IGNORECASE
)
_BASIS = re.compile(
    r"^\W*(?:Căn cứ|Thực hiện (?:Nghị quyết|Kế hoạch|Quyết định|Chỉ thị"
    r"|Công văn))"
)
_HEAD_REST = re.compile(r"[\s:.;,)\-–]*(?:\([^()]*\))?[\s:.;,\-–]*$")


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


def key_of(plan: Plan) -> Key:
    """What the findings kept for a plan hang on: its words, its year, its criteria as corrected."""
    criteria = tuple((each.number, each.name, each.lines) for each in plan.criteria)
    lines = lines_of(plan)
    told = (year_of(plan), title_line(plan), criteria)
    key: Key | None = lines.kept.get(Key)
    if key is None or key.plan is not plan or key.key[1:] != told:
        key = lines.kept[Key] = Key((lines.text, *told), plan)
    return key


class Key:
    """A plan by what is kept of it, so that what was found once is found again."""

    __slots__ = ("_hash", "key", "plan")

    def __init__(self, key: tuple[object, ...], plan: Plan) -> None:
        self.key, self.plan, self._hash = key, plan, hash(key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and self.key == other.key


@lru_cache(maxsize=4)
def _cached(key: Key) -> tuple[Moment, ...]:
    return tuple(_all(key.plan))


def _all(plan: Plan) -> Iterator[Moment]:
    year = year_of(plan)
    heading: tuple[Paragraph, PeriodMatch] | None = None
    bulleted = False  # whether only bullets go on with the heading
    above = Above()
    every = paragraphs(plan)
    for each in every:
        if _BASIS.match(each.text) or not each.text:
            continue
        if tells_what_was(each.above):
            continue
        if each.cells:
            yield from in_row(each, year, above)
            continue
        if heading and (not _under(each, heading[0]) or (bulleted and not each.block.bullet)):
            heading = None
        named = year or year_in(heading[1] if heading else None)
        found = periods_in(each.text, named) if each.block.has_digit or _worded(each) else []
        item = _item_of(each, every) if found and _SLOT.match(each.text) else None
        if item is not None:
            yield from _of_item(each, item, found)
            continue
        if found and _is_heading(each, found):
            heading, bulleted = (each, found[0]), False
            continue
        yield from in_text(each, found, heading[1] if heading else None)
        if found and _opens_bullets(each, found[0], every):
            heading, bulleted = (each, found[0]), True
        elif heading and not found:
            period = heading[1]
            moment = make_moment(each, 0, len(each.text), 0, len(each.text), period, own=False)
            if moment:
                yield moment


# “Thời gian: quý II/2024” below a task and its offices dates that task.
_SLOT = re.compile(
    r"(?:Thời (?:gian|hạn)|Hạn|Tiến độ|Hoàn thành|Kết thúc|Mốc)(?:\s+(?:thực hiện|hoàn thành|xong"
    r"|kết thúc|cuối))?\s*:\s*",
    re.IGNORECASE,
)
_OTHER_SLOT = re.compile(
    r"(?:Cơ quan|Đơn vị|Chủ trì|Phối hợp|Người|Kinh phí|Khối lượng|Sản phẩm|Kết quả|Yêu cầu"
    r"|Địa điểm|Nguồn|Phụ trách|Đầu mối|Bộ phận|Vốn|Cùng)\b[^:.;]{0,40}:",
    re.IGNORECASE,
)
_MOST_SLOTS = 6


def _item_of(each: Paragraph, every: tuple[Paragraph, ...]) -> Paragraph | None:
    """The task that a line of its own dates: what stands above it and above its other lines."""
    if each.block.label:  # “3. Tiến độ: …” is of what stands above its list
        heads = (b for b in every[each.spot :: -1] if b.text in each.above[-1:])
        return next(heads, None)
    skipped = False
    for before in every[max(0, each.spot - _MOST_SLOTS) : each.spot][::-1]:
        if _OTHER_SLOT.match(before.text):
            skipped = True
            continue
        told = skipped or before.block.label or before.block.bullet or before.heading
        if before.cells or _SLOT.match(before.text) or before.text.endswith(":"):
            return None
        return before if told and len(content(before.text)) > 1 else None
    return None


def _of_item(each: Paragraph, item: Paragraph, found: list[PeriodMatch]) -> Iterator[Moment]:
    """The periods of a line that dates the task above it."""
    at = 0
    for period in found:
        behind = each.text[period.end :] if period is found[-1] else ""
        words = f"{item.text} – {each.text[at : period.start]} {behind}"
        moment = make_moment(each, 0, 0, 0, len(each.text), period, words=words)
        at = period.end
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
    if not LED_IN.match(each.text[: first.start]) or len(found) > 2:
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
    led = first.kind in PART_OF_YEAR and LED_IN.match(each.text[: first.start])
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


_FEW_ITEMS = 8
_ITEM_STYLES = ("arabic", "lower", "paren", "slash")
