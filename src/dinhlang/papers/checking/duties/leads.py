"""Who leads: one work with two leads; offices that are not there at that level or that time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from dinhlang.papers.checking.dates.moments import Key, key_of
from dinhlang.papers.checking.dates.same_work import numbers_agree
from dinhlang.papers.checking.dates.things import criteria_in, tokens_of
from dinhlang.papers.checking.duties.criteria_tables import criterion_of_row
from dinhlang.papers.checking.duties.lead_clashes import (
    SERVES,
    led_twice_in_one,
    other_side,
    same_thing,
)
from dinhlang.papers.checking.duties.two_roles import led_by_two
from dinhlang.papers.checking.form.former_provinces import former_provinces
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.law.cited import issued
from dinhlang.papers.checking.text.bodies import bodies_in, name_of
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.places import is_plan, listed
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_LEADS = re.compile(
    r"(?<!đơn vị )(?<!cơ quan )\b(?:chủ trì|làm đầu mối|chịu trách nhiệm chính|đầu mối)\b", re.I
)
_SLOT = guarded(
    r"\b(?:đơn vị|cơ quan|người|bộ phận)?\s*(?:chủ trì|chịu trách nhiệm chính|đầu mối)\s*:\s*"
    r"(?P<who>[^;.()|]{3,90}?)(?=\s*(?:[;.()|]|,?\s*(?:đơn vị |cơ quan )?(?:phối hợp|cùng làm"
    r"|thời|hoàn thành"
    r"|xong|hạn)|$))",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:do|giao(?: cho)?)\s+(?P<who>[^,;.]{3,90}?)\s+(?:làm\s+)?chủ trì\b", re.I)
_BOTH = re.compile(r"\b(?:cùng|đồng)\s+(?:làm\s+)?chủ trì\b|\bđồng chủ trì\b", re.IGNORECASE)
_LEAD_COLUMN = re.compile(r"chu tri|chiu trach nhiem|dau moi|phu trach chinh")
_WHO_COLUMN = re.compile(
    r"chu tri|phoi hop|trach nhiem|thoi gian|thoi han|^tt$|^stt$|kinh phi|han\b|ghi chu|tien do"
)
_WITH = re.compile(
    r"^\W*(?:và\s+)?phối hợp[^;:]{0,140}?(?=\s(?:tổ chức|thực hiện|xây|làm|lắp|lấy|vận|rà"
    r"|tham mưu|triển|hướng|hoàn|khảo|lập|trồng|sửa|kiểm|mở|nâng|ra|đào|thu|dọn|cấp|thống|tuyên"
    r"|đôn"
    r"|thẩm)\b)",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:phối hợp|cùng)\b", re.IGNORECASE)
_VILLAGE_NAME = compile_vi(
    r"\b(?:[Tt]hôn|[Kk]hu|[Bb]ản|[Xx]óm|[Ấấ]p|[Bb]uôn|[Kk]hóm)\s+[A-ZÀ-Ỹ]\S*(?:\s+[A-ZÀ-Ỹ]\S*)*"
)
_BESIDE = re.compile(r"[,;]\s*phối hợp\b")
_LIKE, _LEAST = 0.75, 3
_OFTEN, _GUARDS = 5, {"congan", "quansu"}  # each leads half of criterion 19
_DEFENCE = re.compile(r"\b19\b|[Qq]uốc phòng")


@dataclass(slots=True, frozen=True)
class Lead:
    """Work with its one lead: ``who`` are keys of bodies, ``words`` say what is led."""

    who: frozenset[str]
    words: str
    tokens: frozenset[str]
    criteria: frozenset[int]
    villages: frozenset[str]
    place: Place
    spot: int
    table: int = 0


@rule(
    code="LEAD-TWO",
    severity="error",
    purpose="Mỗi việc chỉ một nơi chủ trì",
    page="""
## Là gì

Cùng một việc mà hai chỗ giao hai nơi chủ trì, hoặc một chỗ giao hai nơi “cùng chủ trì”.

## Vì sao

Hai nơi chủ trì thì không nơi nào chịu trách nhiệm.

## Ví dụ

Bị báo: bảng ghi việc lắp camera `chủ trì: Công an xã`, phần phân công ghi `Đoàn Thanh niên chủ trì
lắp camera`; `Mặt trận và Văn phòng cùng chủ trì`.

Không bị báo: `Công an xã chủ trì, phối hợp Đoàn Thanh niên`; hai việc khác nhau.

## Cách sửa

Giữ một nơi chủ trì; nơi kia ghi “phối hợp”.
""",
)
def two_leads(plan: Plan) -> Iterator[Hit]:
    """Works whose lead is told twice, or which two offices lead together."""
    if not is_plan(plan):
        return
    told: set[int] = set()
    for hit in _two_leads(plan):
        told.update(place.lines[0] for place in hit.places)
        yield hit
    yield from led_by_two(plan, told)


def _two_leads(plan: Plan) -> Iterator[Hit]:
    for each in paragraphs(plan):
        if each.cells or _may_lead(each.text):
            yield from _together(plan, each)
            twice = led_twice_in_one(each)
            if twice:
                yield Hit(
                    message="Một việc mà có hai nơi chủ trì: "
                    f"{listed(name_of(key) for key in twice[2:])}.",
                    places=(each.said(plan, twice[0], twice[1]),),
                    advice="Giữ một nơi chủ trì; nơi kia ghi “phối hợp”.",
                )
    leads = leads_of(plan)
    stock = _stock(leads)
    told: set[int] = set()
    for one, other in combinations(leads, 2):
        if one.spot == other.spot or one.who & other.who or {id(one), id(other)} & told:
            continue
        if (one.table and one.table == other.table) or not _same(one, other, stock):
            continue
        told |= {id(one), id(other)}
        names = listed(name_of(key) for key in (*one.who, *other.who))
        yield Hit(
            message=f"Một việc mà có hai nơi chủ trì: {names}.",
            places=(one.place, other.place),
            advice="Giữ một nơi chủ trì; nơi kia ghi “phối hợp”.",
        )


def _together(plan: Plan, each: Paragraph) -> Iterator[Hit]:
    for match in _BOTH.finditer(each.text):
        bracket = each.text[: match.start()].endswith("(")  # “A; B (cùng chủ trì)”
        marks = ("|" if each.cells else ".") if bracket else ".;"
        start = max(each.text.rfind(mark, 0, match.start()) for mark in marks)
        bodies = bodies_in(each.text[start + 1 : match.start()])
        if len(bodies) > 1 or re.search(r"\bvà\b", each.text[start + 1 : match.start()]):
            yield Hit(
                message="Một việc mà hai nơi cùng chủ trì.",
                places=(each.said(plan, start + 1, match.end()),),
                advice="Giữ một nơi chủ trì; nơi kia ghi “phối hợp”.",
            )
    for match in (*_SLOT.finditer(each.text), *_BY.finditer(each.text)):
        if not each.cells:
            yield from _many(plan, each, match["who"], match.start("who"), match.end("who"))
    column = next((at for at, head in enumerate(each.head) if _LEAD_COLUMN.search(head)), -1)
    if each.cells and each.cells != each.columns and 0 <= column < len(each.cells):
        at = each.text.find(each.cells[column])
        if at >= 0:
            end = at + len(each.cells[column])
            yield from _many(plan, each, each.cells[column], at, end)


def _many(plan: Plan, each: Paragraph, words: str, start: int, end: int) -> Iterator[Hit]:
    parts = [part for part in re.split(r"\s*[;,/+]\s*|\s+(?:và|cùng)\s+", words) if part.strip()]
    keys = [bodies_in(part) for part in parts]
    named = {key[0] for key in keys if key}
    whole = bodies_in(words)
    if (
        ({key for key, _ in named} == _GUARDS and _DEFENCE.search(each.text))
        or len(named) < 2
        or len(whole) < 2
        or _BUT.search(words)
        or len(parts) > _LEAST
    ):
        return
    yield Hit(
        message=f"Một việc giao {len(named)} nơi chủ trì: {words.strip()}.",
        places=(each.said(plan, start, end),),
        advice="Giữ một nơi chủ trì; nơi kia ghi “phối hợp”.",
        severity="warning",
    )


def _may_lead(text: str) -> bool:
    low = lower(text)
    return "chủ trì" in low or "đầu mối" in low or "trách nhiệm chính" in low


def leads_of(plan: Plan) -> tuple[Lead, ...]:
    """Every lead the paper tells; kept for the checks that follow."""
    return _cached(key_of(plan))


@lru_cache(maxsize=4)
def _cached(key: Key) -> tuple[Lead, ...]:
    plan = key.plan
    return tuple(lead for each in paragraphs(plan) for lead in _leads(plan, each))


def _leads(plan: Plan, each: Paragraph) -> Iterator[Lead]:
    if each.cells:
        yield from _row(plan, each)
        return
    if not _may_lead(each.text) or not _LEADS.search(each.text):
        return
    for begin, stop in each.parts:
        words = each.text[begin:stop]
        slot = _SLOT.search(words) or _BY.search(words)
        match = _LEADS.search(words)
        if slot:
            who, what = slot["who"], words[: slot.start()]
            if len(tokens_of(what)) < _LEAST:
                what = f"{each.text[:begin]} {what}"
        elif match:
            who = words[: match.start()]
            told, colon, after = who.rpartition(":")
            if colon and not content(words[match.end() :]) and bodies_in(after):
                yield from _lead(plan, each, after, told, begin, stop)  # “việc ấy: ai chủ trì”
                continue
            what = _WITH.sub(" ", words[match.end() :])
            if not bodies_in(who):
                who = each.above[-1] if each.above else ""
        else:
            continue
        yield from _lead(plan, each, who, what, begin, stop)


def _row(plan: Plan, each: Paragraph) -> Iterator[Lead]:
    column = next((at for at, head in enumerate(each.head) if _LEAD_COLUMN.search(head)), -1)
    if column < 0 or column >= len(each.cells) or each.cells == each.columns:
        return
    what = " – ".join(
        cell for at, cell in enumerate(each.cells)
        if not (at < len(each.head) and _WHO_COLUMN.search(each.head[at]))
    )  # fmt: skip
    yield from _lead(plan, each, each.cells[column], what, 0, len(each.text))


def _lead(
    plan: Plan, each: Paragraph, who: str, what: str, begin: int, stop: int
) -> Iterator[Lead]:
    what = _BESIDE.split(what, maxsplit=1)[0] if content(_BESIDE.split(what)[0]) else what
    keys = frozenset(key for key, level in bodies_in(who) if level == "xa")
    if not keys or len(keys) > 1 or not (content(what) or criteria_in(what)):
        return
    yield Lead(
        keys, what, frozenset(tokens_of(_VILLAGE_NAME.sub(" ", what))),
        frozenset(criteria_in(what)),
        villages_of(what), each.said(plan, begin, stop), each.spot,
        each.block.table if each.cells else 0,
    )  # fmt: skip


def _stock(leads: tuple[Lead, ...]) -> frozenset[str]:
    """Syllables that stand in many works of the paper and so tell none of them apart."""
    counts = Counter(token for lead in leads for token in lead.tokens)
    return frozenset(token for token, count in counts.items() if count >= _OFTEN)


def _same(one: Lead, other: Lead, stock: frozenset[str]) -> bool:
    """Whether two leads are of one work: their words nearly the same, both ways."""
    if not numbers_agree(one.words, other.words) or other_side(one.words, other.words):
        return False
    if (
        (one.criteria or one.table)
        and (other.criteria or other.table)
        and (one.criteria or other.criteria)
    ):
        return False  # CRITERION-DUP tells it
    if one.villages != other.villages and one.villages and other.villages:
        return False
    criteria = one.criteria or other.criteria  # CRITERION-DUP tells those
    if not criteria and not {*one.who, *other.who} & _TOP and same_thing(one.words, other.words):
        return True
    left, right = one.tokens - stock, other.tokens - stock
    if min(len(left), len(right)) < _LEAST:
        return False
    common = len(left & right)
    return common >= _LIKE * min(len(left), len(right)) and common >= 0.5 * max(
        len(left), len(right)
    )


_TOP = frozenset({"chutich", "phochutich", "bcd", "bcd-phu", "bql", "ubnd", "du", "hdnd"})


def criteria_led_twice(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Criteria that two offices are each told to lead; ``told`` lines are known."""
    by_criterion: dict[int, list[Lead]] = {}
    for lead in leads_of(plan):
        if not lead.who & _TOP and not _SUPERVISES.search(lead.words):
            for number in lead.criteria:
                by_criterion.setdefault(number, []).append(lead)
    for lead in _rows_of_criteria(plan):
        for number in lead.criteria:
            by_criterion.setdefault(number, []).append(lead)
    for number, leads in sorted(by_criterion.items()):
        whole = [
            lead for lead in leads
            if (len(lead.tokens) <= _LEAST or len(lead.criteria) > 1 or _WHOLE.match(lead.words))
            and not SERVES.search(lead.words)
        ]  # fmt: skip
        one = whole[0] if whole else None
        other = next((lead for lead in whole if one and not lead.who & one.who), None)
        if one is None or other is None or one.spot == other.spot:
            continue
        if {one.place.lines[0], other.place.lines[0]} <= told:
            continue
        told |= {one.place.lines[0], other.place.lines[0]}
        names = listed(name_of(key) for key in (*one.who, *other.who))
        yield Hit(
            message=f"Tiêu chí {number} giao hai nơi chủ trì: {names}.",
            places=(one.place, other.place),
            advice="Giữ một nơi chủ trì; nơi khác ghi phần việc của mình và “phối hợp”.",
        )


def _rows_of_criteria(plan: Plan) -> Iterator[Lead]:
    """Rows of a table that give a criterion its lead, by the number in its first cells."""
    for each in paragraphs(plan):
        column = next((at for at, head in enumerate(each.head) if _LEAD_COLUMN.search(head)), -1)
        if not each.cells or each.cells == each.columns or not 0 <= column < len(each.cells):
            continue
        number = criterion_of_row(each)
        who = [key for key, level in bodies_in(each.cells[column]) if level == "xa"]
        if number and len(who) == 1 and who[0] not in _TOP:
            yield Lead(
                frozenset(who), "", frozenset(), frozenset({number}), frozenset(),
                each.said(plan), each.spot, each.block.table,
            )  # fmt: skip


_WHOLE = re.compile(
    r"\W*(?:(?:chịu trách nhiệm|chính|thực hiện|hoàn thành|các|về|đối với|phụ trách|tham mưu)\s+)*"
    r"(?:tiêu chí|TC\s*\d)",
    re.I,
)
_SUPERVISES = re.compile(r"\b(?:theo dõi|đôn đốc|kiểm tra|giám sát|chỉ đạo)\b", re.IGNORECASE)
_TWO_TIER = date(2025, 7, 1)
_DISTRICT = re.compile(
    r"\b(?:(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|UBMTTQ|MTTQ|Ban Chỉ đạo|BCĐ|Công an"
    r"|Phòng"
    r"(?:\s+\S+){1,6}?|Văn phòng Điều phối(?:\s+\S+){0,4}?|VPĐP(?:\s+\S+){0,3}?"
    r"|Hội đồng(?:\s+\S+){0,5}?"
    r"|Trung tâm(?:\s+\S+){1,5}?|Hạt Kiểm lâm|Đoàn thẩm tra|Tổ thẩm tra|lãnh đạo|cơ quan)\s+"
    r"(?:cấp\s+)?(?:huyện|thị xã|quận)\b|\b[Hh]uyện ủy|\bngân sách huyện)"
    r"(?!\s*(?:\([^)]*cũ|cũ|trước đây))",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:cũ|trước đây|trước ngày 0?1/7|nguyên là|đã (?:bàn giao|giải thể|kết thúc)"
    r"|thuộc huyện"
    r"|năm 20(?:1\d|2[0-4]))\b|^\W*Căn cứ",
    re.IGNORECASE,
)
_NEW_OFFICES = re.compile(
    r"\b(?:Phòng (?:Kinh tế|Văn hóa\s*[-–]\s*Xã hội|Kinh tế,? Hạ tầng và Đô thị)"
    r"|Trung tâm [Pp]hục vụ [Hh]ành"
    r" chính công)\s+(?:của\s+)?xã\b"
)


@rule(
    code="OFFICE-LEVEL",
    severity="error",
    purpose="Nơi được giao việc, nhận báo cáo có ở thời điểm ấy",
    page="""
## Là gì

Kế hoạch lập từ ngày 01/7/2025 (chính quyền hai cấp) còn giao việc, gửi báo cáo cho cơ quan cấp
huyện, hoặc cho cơ quan của một tỉnh đã nhập vào tỉnh khác; kế hoạch lập trước ngày ấy giao việc cho
phòng của xã chưa có.

## Vì sao

Từ 01/7/2025 không còn cấp huyện; việc giao cho cơ quan không còn thì không ai làm.

## Ví dụ

Bị báo: kế hoạch năm 2026 ghi `báo cáo UBND huyện trước ngày 25`, `Phòng Nông nghiệp
huyện thẩm tra`.

Không bị báo: kế hoạch năm 2024 ghi như thế; căn cứ là văn bản của `UBND huyện cũ`.

## Cách sửa

Ghi cơ quan cấp tỉnh hoặc cấp xã nay làm việc ấy.
""",
)
def gone(plan: Plan) -> Iterator[Hit]:
    """Bodies of the district in papers of the two levels; rooms of a commune before them."""
    days = issued(plan)
    if days is None:
        return
    if days[1] < _TWO_TIER:
        yield from _not_yet(plan)
        return
    if days[0] < _TWO_TIER:
        return
    yield from former_provinces(plan)
    found = []
    for each in paragraphs(plan):
        if "uyện" not in each.text and "hị xã" not in each.text and "uận" not in each.text:
            continue
        for begin, stop in each.parts:
            words = each.text[begin:stop]
            match = _DISTRICT.search(words)
            if match and not _OLD.search(words):
                found.append(
                    (each.said(plan, begin + match.start(), begin + match.end()), match[0])
                )
    for recipient in plan.recipients:
        match = _DISTRICT.search(recipient.text)
        if match and not _OLD.search(recipient.text):
            line = plan.text[recipient.lines[0] - 1]
            quote = match[0] if match[0] in line else line.strip(" -;")
            found.append((Place(lines=recipient.lines, quote=quote), match[0]))
    for place, words in found:
        yield Hit(
            message=f"Từ 01/7/2025 không còn cấp huyện: {' '.join(words.split())}.",
            places=(place,),
            advice="Ghi cơ quan cấp tỉnh hoặc cấp xã nay làm việc ấy.",
        )


def _not_yet(plan: Plan) -> Iterator[Hit]:
    for each in paragraphs(plan):
        match = (
            _NEW_OFFICES.search(each.text)
            if "Phòng" in each.text or "Trung tâm" in each.text
            else None
        )
        if match and "thành lập" not in each.text and "sau ngày" not in fold(each.text):
            yield Hit(
                message=f"Trước 01/7/2025 xã chưa có {match[0]}.",
                places=(each.said(plan, match.start(), match.end()),),
                advice="Ghi công chức, bộ phận của xã làm việc ấy.",
                severity="warning",
            )
