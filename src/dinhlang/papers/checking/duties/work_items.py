"""Items of a list that name work, and how each says who does it.

Items are the numbered or dashed lines below one heading (with what stands below each of them) and
the pieces of a sentence that begin alike (“tiêu chí 1 do …, tiêu chí 2 …”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dinhlang.papers.checking.dates.moments import Key, key_of
from dinhlang.papers.checking.dates.text_units import ENTRY, Unit, units
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.duties.roles import names_office, unknown_office, verbs_in
from dinhlang.papers.checking.duties.vague_leads import nobody_leads
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.bodies import mentions_in
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

Status = Literal["led", "owned", "partner", "later", "all", "none"]

_ROLE = r"(?:đầu mối|chủ trì|phụ trách|chịu trách nhiệm|đảm nhận|lo)"
_DOER = (
    rf"(?:{_ROLE}|(?:người|đơn vị|cơ quan|bộ phận|cán bộ|ngành|nơi)(?: nào)? (?:{_ROLE}|nhận|làm"
    r"|thực hiện)|ai (?:nhận|chủ trì|làm|phụ trách|lo))"
)
_LATER_VERB = r"(?:phân công|giao|bố trí|xác định|thông báo|cử|thống nhất|xem xét|bàn|bổ sung)"
LATER = guarded(
    r"\bchưa (?:có|rõ|xác định|phân công|phân|giao|bố trí|cử|chọn|thống nhất)"
    rf"(?: được| rõ| cho| cụ thể| là)* {_DOER}\b"
    r"|\bchưa (?:được )?phân công(?: cụ thể)?\s*(?=[.;,)]|$)"
    r"|\bchưa (?:được )?(?:phân công|giao)(?: cho)? (?:ai|đơn vị|người|cơ quan|ngành)\b"
    r"|\bchưa ai (?:nhận|chủ trì|phụ trách|đảm nhận|làm)\b|\bkhông (?:có|rõ) (?:ai|đầu mối)\b"
    rf"|\b{_ROLE}\s*:?[^.;,]{{0,40}}?(?:\bchưa (?:có|rõ|xác định|phân công|bố trí)|(?:để"
    rf"|bỏ) trống|\?"
    rf"|\.{{3,}}(?=\s*(?:$|[;,)]))|…|(?:sẽ |được )*{_LATER_VERB}[^.;,]{{0,20}}? sau(?!\s*(?:khi"
    rf"|ngày|đó))"
    r"|(?:chờ|đợi) (?:phân công|kiện toàn|bố trí|ý kiến|thống nhất|họp))"
    r"|\b(?:phân công|bố trí|giao|cử)(?: người| đơn vị| cơ quan| cán bộ)?(?: chủ trì"
    r"| phụ trách)? sau"
    r"\s*(?=[.;,)]|$)",
    re.IGNORECASE,
)
EVERYBODY = guarded(
    r"\b(?:cả hệ thống chính trị|toàn dân|toàn thể (?:nhân dân|cán bộ|người dân)|mọi (?:người"
    r"|cán bộ"
    r"|tổ chức|ngành|nhà|gia đình)|mỗi người dân|toàn xã hội|(?:tất cả )?các (?:ban|ngành|đơn vị"
    r"|tổ chức"
    r"|đoàn thể|bộ phận|cơ quan|bên|cấp|lực lượng)(?:,? (?:ngành|đoàn thể|đơn vị|hội))*"
    r"(?: có)?(?: liên quan)?|các bên|toàn xã)\b",
    re.IGNORECASE,
)
_WEAK = guarded(
    r"\b(?:phối hợp|tham gia|hỗ trợ|quan tâm|ủng hộ|chung tay|chung sức|vào cuộc|hưởng ứng|giúp đỡ"
    r"|đồng hành|tạo điều kiện|cùng (?:làm|thực hiện|nhau|vào cuộc|tham gia)|góp sức|vận động)\b",
    re.IGNORECASE,
)
_ACTS = guarded(
    r"\b(?:tham mưu|thực hiện|hoàn thành|hoàn thiện|tổ chức|xây dựng|làm|lo|rà soát|triển khai|lập"
    r"|lắp|trồng|sửa|mở|dạy|dọn|thu|quản lý|theo dõi|hướng dẫn|kiểm tra|báo cáo|duy trì|giữ|nhận"
    r"|đứng"
    r"|cấp|đảm bảo|bảo đảm|trực tiếp|khảo sát|chỉ đạo|giám sát|tuyên truyền|nâng cấp|bố trí)\b",
    re.IGNORECASE,
)
_GIVEN = guarded(r"\b(?:do|giao(?:\s+cho)?|phân công(?:\s+cho)?|thuộc|bởi)\s+", re.IGNORECASE)
_BARE = re.compile(r"(?::|[-–—→]|=>|\()\s*(?P<who>[^:;.()]{3,80})")
_GIVEN_TO = re.compile(r"\s[-–]\s|:\s|\b(?:do|giao(?: cho)?)\s", re.IGNORECASE)
_PARTNER_SLOT = re.compile(
    r"\b(?:phối hợp|cùng làm|cùng thực hiện|tham gia|hỗ trợ)\s*(?:thực hiện\s*)?:", re.IGNORECASE
)
_BEGINS = re.compile(
    r"(?:(?:[Đđ]ối với|[Rr]iêng|[Vv]ề|[Cc]òn)\s+)?(?P<kind>[Tt]iêu chí|TC|[Cc]hỉ tiêu|[Mm]ục"
    r"|[Nn]hóm việc"
    r"|[Vv]iệc|[Tt]uyến|[Tt]hôn|[Xx]óm|[Ấấ]p|[Bb]ản|[Cc]ông trình|[Nn]hà văn hóa|[Nn]ội dung)\b"
)
# The place of a lead with nobody in it: “Cơ quan chủ trì:” and nothing, a dash or the next place.
_NO_LEAD = guarded(
    r"(?:(?:đơn vị|cơ quan|bộ phận|người|nơi)\s+)?\b(?:chủ trì|đầu mối|phụ trách"
    r"|chịu trách nhiệm(?: chính)?)\s*:[\s\-–—_.;,]*"
    r"(?=$|(?:đơn vị|cơ quan|bộ phận|người|nơi)?\s*(?:phối hợp|cùng làm|tham gia|hỗ trợ)\b"
    r"|thời (?:gian|hạn)|kinh phí|hạn\b|xong\b|hoàn thành)",
    re.IGNORECASE,
)
_HINT = guarded(
    r"\b(?:chủ trì|phụ trách|đầu mối|trách nhiệm|đảm nhận|giao|do|phân công)\b|:\s*\S.{2,70}$", re.I
)
_PIECE = re.compile(r"[;,.:]\s+(?=[^\W\d_])")
_ASKED = re.compile(r"\W*(?:đề nghị|giao|yêu cầu|phân công)\b", re.IGNORECASE)
_HEAD_ENDS = re.compile(r":\s|\.\s|\(|;\s")
_NAME_ENDS = re.compile(r":\s|,\s|\s(?:do|giao|chưa|thuộc)\s")
_STOP = re.compile(r"[.;]")
_BESIDE = re.compile(r"(?:phối hợp|cùng)(?: với)?\W+(?:\S+\s+){0,4}$")
_SET_APART = re.compile(r"[:(–-]\s*(?:\S+\s+){0,4}$")
_HEAD = 60
_FEW, _MOST = 2, 3
_NEXT_VERB = 70
_LONGEST, _SHORT = 480, 200


@dataclass(slots=True, frozen=True)
class Item:
    """One item of work: the words that name it, all its words, how it is owned, where it stands."""

    head: str
    text: str
    status: Status
    place: Place
    spot: int
    partners: tuple[Place, ...] = ()  # where it stands below that somebody takes part


def groups(plan: Plan) -> tuple[list[Item], ...]:
    """Lists of items that name work, each with two items or more; kept for whoever asks again."""
    return _groups(key_of(plan))


@lru_cache(maxsize=4)
def _groups(key: Key) -> tuple[list[Item], ...]:
    return tuple(_all(key.plan))


def _all(plan: Plan) -> Iterator[list[Item]]:
    every = units(plan)
    for start, group in _listed(every):
        if len(group) < _FEW or not any(
            _HINT.search(every[at].text) for a, b in group for at in range(a, b)
        ):
            continue
        if len(group) >= _FEW and not tells_what_was(every[start].first.above):
            items = [_item(plan, every[at:stop]) for at, stop in group]
            yield [item for item in items if item is not None]
    for unit in every:
        if not tells_what_was(unit.first.above):
            yield from _inline(plan, unit)


def _listed(every: tuple[Unit, ...]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where lists begin, and from where to where each of their items goes."""
    open_: dict[object, list[tuple[int, int]]] = {}
    for at, unit in enumerate(every):
        key = _key(unit)
        if key is None:
            continue
        stop = at + 1
        while stop < len(every) and _below(every[stop], unit):
            stop += 1
        open_.setdefault(key, []).append((at, stop))
    for spans in open_.values():
        yield spans[0][0], spans


def _key(unit: Unit) -> object | None:
    each = unit.first
    label = each.block.label
    if label:
        return (each.above, label.style, len(label.values))
    entry = ENTRY.match(each.text)
    if entry:
        return (each.above, each.nest, fold(entry["kind"]))
    return (each.above, each.nest, each.block.bullet) if each.block.bullet else None


def _below(each: Unit, item: Unit) -> bool:
    """Whether a paragraph stands below an item: under its heading, or a dash behind its number."""
    above, own = each.first.above, (*item.first.above, item.first.text)
    if above[: len(own)] == own:
        return True
    if each.first.block.label is not None or ENTRY.match(each.first.text):
        return False
    known = item.first.block.label or ENTRY.match(item.first.text)
    return bool(known) and above == item.first.above


def _item(plan: Plan, parts: tuple[Unit, ...]) -> Item | None:
    first = parts[0]
    text = ". ".join(part.text.rstrip(" .;") for part in parts)
    if len(text) > _LONGEST:
        return None
    if names_office(first.text) or _ASKED.match(first.text):
        return None
    head = _HEAD_ENDS.split(first.text, maxsplit=1)[0]
    entry = ENTRY.match(first.text)
    if entry and not criteria_in(head):
        head = re.split(r":\s|\.\s|;\s", first.text[entry.end() :], maxsplit=1)[0]
    if not (content(head) or any(letter.isdigit() for letter in head)):
        return None
    place = first.said(plan)
    partners = tuple(part.said(plan) for part in parts[1:] if _WEAK.search(part.text))
    return Item(head[:160], text, status_of(text), place, first.first.spot, partners)


def _inline(plan: Plan, unit: Unit) -> Iterator[list[Item]]:
    """Pieces of one paragraph that each begin with the same word: “tiêu chí 1 …, tiêu chí 2 …”."""
    starts = [0, *(match.end() for match in _PIECE.finditer(unit.text))]
    if len(starts) < _FEW:
        return
    kinds: dict[str, list[int]] = {}
    for at in starts:
        match = _BEGINS.match(unit.text, at)
        if match:
            kinds.setdefault(fold(match["kind"]), []).append(at)
    for found in kinds.values():
        if len(found) < _FEW:
            continue
        items = []
        for at, stop in zip(found, [*found[1:], len(unit.text)], strict=True):
            text = unit.text[at:stop].strip(" ,;")
            head = _NAME_ENDS.split(text, maxsplit=1)[0][:_HEAD]
            place = unit.said(plan, at, stop)
            if len(text) <= _LONGEST:
                items.append(Item(head, text, status_of(text), place, unit.first.spot))
        yield items


def status_of(text: str) -> Status:
    """How words say who does the work they name."""
    if LATER.search(text):
        return "later"
    empty = _NO_LEAD.search(text)
    if empty:
        rest = status_of(text[: empty.start()] + text[empty.end() :])
        return "partner" if rest == "partner" else "later"
    last = _GIVEN_TO.split(text)[-1]
    if last != text and any(letter.isalpha() for letter in last) and nobody_leads(last):
        return "all"  # “tiêu chí 14 - các ngành liên quan”
    folded = fold(text)
    if len(folded) != len(text):
        folded = "".join((fold(letter) or letter)[:1] for letter in text)
    named = mentions_in(folded)
    verbs = verbs_in(text)
    if verbs and (named or _someone(text)):
        return "led"
    for match in _GIVEN.finditer(text):
        if _near(named, match.end()) or unknown_office(text[match.end() :][:_HEAD]):
            return "led"
    partner = False
    for begin, end in named:
        before, behind = text[max(0, begin - 40) : begin], text[end : end + _NEXT_VERB]
        behind = _STOP.split(behind, maxsplit=1)[0]
        weak, acts = _WEAK.search(behind), _ACTS.search(behind)
        if (
            _PARTNER_SLOT.search(before)
            or _PARTNER_SLOT.search(_STOP.split(text[:begin])[-1])
            or _BESIDE.search(before)
            or (weak and (not acts or weak.start() < acts.start()))
        ):
            partner = True
        elif acts or _SET_APART.search(before):
            return "owned"
    if partner:
        return "partner"
    if EVERYBODY.search(text) and (_WEAK.search(text) or "liên quan" in text):
        return "all"
    if named or _someone(text):
        return "led" if len(text) < _SHORT else "owned"
    asked = _WEAK.search(text) and re.search(r"\bđề nghị\b", text, re.IGNORECASE)
    return "partner" if asked else "none"


def _near(named: list[tuple[int, int]], at: int) -> bool:
    return any(at <= begin <= at + 24 for begin, _ in named)


def _someone(text: str) -> bool:
    """Whether a name with a capital stands where an office does, behind a colon or in brackets."""
    return any(unknown_office(match["who"]) for match in _BARE.finditer(text))
