"""Dated things: what a moment is about, so that two moments can be told to be of one thing.

A thing is a goal (who reaches which level), a criterion to complete, or a piece of work with the
step it is at (survey, design, building, acceptance …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dinhlang.papers.checking.dates.moments import Key, Moment, key_of, moments, year_of
from dinhlang.papers.checking.dates.steps import ANY, GENERAL, RECOGNITION, WORK
from dinhlang.papers.checking.dates.thing_words import (
    CRITERION,
    DUE_WORDS,
    EVENT,
    LEVEL,
    OTHER_SUBJECT,
    PAPERWORK,
    PART_OF,
    REACH,
    SLOT,
    STEP_WORDS,
    SYLLABLE,
)
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.own_criterion import criterion_at
from dinhlang.papers.checking.text.village_names import (
    ANY_VILLAGE,
    SEVERAL,
    VILLAGE,
    subject_of,
    subjects_of,
    villages_of,
)
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.papers.reading.offices import office_at
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded


@dataclass(slots=True, frozen=True)
class Thing:
    """A dated thing: its key, what to call it, the step it is at and the moment.

    ``kind`` is ``goal``, ``all`` (every criterion of a commune or village is reached),
    ``criterion``, ``recognition`` or ``work``; ``step`` ranks the step.
    """

    kind: str
    key: tuple[str, ...]
    name: str
    step: int
    step_name: str
    moment: Moment
    tokens: tuple[str, ...] = ()
    villages: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    due: bool = False
    own: bool = True  # named by its own words, not by the heading above


def things(plan: Plan) -> tuple[Thing, ...]:
    """All dated things of a plan; kept for the checks that follow."""
    return _cached(key_of(plan))


@lru_cache(maxsize=4)
def _cached(key: Key) -> tuple[Thing, ...]:
    names = _criteria_names(key.plan)
    places = village_names_in(key.plan)
    found = [each for moment in moments(key.plan) for each in _of(moment, names, places)]
    year = year_of(key.plan)
    found = [each for each in found if year is None or not _was_reached(each, year)]
    levels = {each.key[2] for each in found if each.kind == "goal" and each.key[0] == "xã"}
    level = levels - {_SOME_LEVEL}
    return tuple(
        replace(each, key=("xã", "", min(level)), name=f"xã đạt nông thôn mới {min(level)}".strip())
        if each.kind == "goal" and each.key[2] == _SOME_LEVEL and len(level) == 1
        else each
        for each in found
        if each.kind != "goal" or each.key[2] != _SOME_LEVEL or len(level) == 1
    )


def _was_reached(thing: Thing, year: int) -> bool:
    """Whether a level was reached in a year gone by: “đạt chuẩn nông thôn mới năm 2021”."""
    period = thing.moment.period
    gone = period.kind == "year" and thing.moment.last.year < year
    return gone and thing.kind in ("goal", "recognition", "all")


def village_names_in(plan: Plan) -> re.Pattern[str]:
    """The names of two words or more of the villages a paper speaks of: they name no work."""
    found = {m["name"] for line in plan.text for m in VILLAGE.finditer(line)}
    found |= {village.name for village in plan.villages}
    long = sorted((name for name in found if " " in name.strip()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, long)) or r"(?!)")


def _criteria_names(plan: Plan) -> list[tuple[str, int]]:
    found = {(fold(c.name), c.number) for c in plan.criteria if c.name and c.number}
    return sorted(found, key=lambda pair: -len(pair[0]))


def _of(moment: Moment, names: list[tuple[str, int]], places: re.Pattern[str]) -> Iterator[Thing]:
    words = moment.words
    if moment.column and places.fullmatch(moment.column.strip()):
        words = f"thôn {moment.column.strip()} – {words}"
    own = len(content(words)) >= 2 or bool(criteria_in(words, names)) or _own_step(words)
    if not own:
        words = f"{_context(moment)} {words}"
    numbers = criteria_in(words, names)
    parts = _comma_parts(words)
    goals = [goal for part in parts for goal in _goals(part, words, moment)]
    yield from goals
    for part in parts:
        yield from _all_criteria(part, words, moment)
    for part in parts:
        yield from _recognition(part, words, moment)
    behind = _done_by_then(moment)
    for number in behind:
        yield Thing("criterion", (str(number),), f"tiêu chí {number}", 6, "hoàn thành", moment)
    if numbers and not behind and not PAPERWORK.search(words) and _completes(words, moment):
        for number in numbers:
            yield Thing("criterion", (str(number),), f"tiêu chí {number}", 6, "hoàn thành", moment)
        beside = [part for part in parts if _is_work(part)] if len(parts) > 1 else []
        yield from _works(beside, " – ".join(beside), moment, own, places)
    elif not goals:
        whole = moment.due and len(parts) <= _FEW
        yield from _works([words] if whole else parts, words, moment, own, places)


def _done_by_then(moment: Moment) -> list[int]:
    """The criteria a clause behind the date completes: “nghiệm thu ngày 20/12, hoàn thành TC2”."""
    each = moment.paragraph
    if each.cells or not moment.own or moment.period.kind == "year":
        return []
    rest = each.text[moment.period.end :]
    match = _THEN_DONE.match(rest) if "hoàn thành" in rest or "đạt" in rest else None
    return criteria_in(match["what"]) if match else []


_THEN_DONE = re.compile(
    r"\s*,?\s*(?:và\s+)?(?:(?:để|thì|qua đó|nhằm|từ đó|bảo đảm)\s+)?(?:hoàn thành|đạt)\s+"
    r"(?P<what>(?:\S+\s+){0,2}?(?:tiêu chí|TC)\s*(?:số\s+)?\d{1,2}(?:(?:, | và )(?:số )?\d{1,2})*)"
    r"\s*(?:[.;]|$)",
    re.IGNORECASE,
)


def _own_step(words: str) -> bool:
    """Whether few words still say what is done: “được công nhận”, “hoàn thành 64 nhà”."""
    step = any(pattern.search(words) for _, pattern in RECOGNITION)
    return step or (QUANTITY.search(words) is not None and DUE_WORDS.search(words) is not None)


QUANTITY = re.compile(r"(?<![\d.,/])(?P<count>\d[\d.,]*)\s+(?P<unit>[^\W\d_]{2,})")


def _is_work(part: str) -> bool:
    """Whether a part names no criterion but a step of a piece of work: “bàn giao nhà văn hóa”."""
    return not criteria_in(part) and any(pattern.search(part) for _, _, pattern in WORK)


_FEW = 2
_COMPLETES = re.compile(
    r"\b(?:[Hh]oàn thành|[Hh]oàn thiện|[Đđ]ạt(?: chuẩn)?)\s+(?:\S+\s+){0,3}?"
    r"(?:tiêu chí|TC\s*\d)"
    r"|^\W*(?:\S+\s+){0,2}?(?:[Tt]iêu chí|TC)\b.{0,50}?\b(?:hoàn thành|đạt|xong|hoàn thiện)\W*"
    r"(?:trong|vào|trước|chậm nhất|đến)?\W*$",
)


def _completes(words: str, moment: Moment) -> bool:
    """Whether the words complete the criteria they name, or only name them beside a deadline."""
    if _COMPLETES.search(words):
        return True
    dated = moment.due or _FINISH_COLUMN.search(moment.column) or DUE_WORDS.search(words)
    return bool(dated) and not tokens_of(_CRITERION_NAMED.sub(" ", CRITERION.sub(" ", words)))


_CRITERION_NAMED = re.compile(
    r"\b(?:tiêu chí|TC)?\s*(?:về\s+)?"
    r"(?:Quy hoạch|Giao thông"
    r"|Thủy lợi[^,;–]*|Điện|Trường học"
    r"|Giáo dục|(?:Cơ sở vật chất )?[Vv]ăn hóa|Thông tin[^,;–]*|Nhà ở[^,;–]*|Thu nhập"
    r"|(?:Hộ )?[Nn]ghèo[^,;–]*"
    r"|Lao động[^,;–]*|Tổ chức sản xuất[^,;–]*|Y tế|Hành chính công|Tiếp cận pháp luật|Môi trường"
    r"[^,;–]*|Chất lượng môi trường[^,;–]*|Hệ thống chính trị[^,;–]*|Quốc phòng[^,;–]*)"
)


def _context(moment: Moment) -> str:
    """The words that say what a bare date is about: the head of its paragraph, the heading."""
    text, start = moment.paragraph.text, moment.start
    begin = next((a for a, b in moment.paragraph.parts if a <= start < b), 0)
    sentence = text[begin:start]
    told = len(content(sentence)) >= 2 or criteria_in(sentence)
    before = SLOT.sub(" ", sentence if told else text[:start])
    above = moment.paragraph.above[-1:] if len(content(before)) < 2 else ()
    return " ".join([*above, before])


_NEW_VERB = re.compile(
    r"[,;]\s+|\s+(?:và|rồi|sau đó)\s+(?=(?:lập|trình|nộp|hoàn thành|hoàn thiện|gửi|thẩm|lấy"
    r"|tổ chức|đề nghị|khởi công|nghiệm thu|bàn giao)\b)"
)


def _comma_parts(words: str) -> list[str]:
    """Words cut at commas where a verb of a step begins anew."""
    out: list[str] = []
    for part in _NEW_VERB.split(words):
        if out and not (REACH.search(part) or any(step.search(part) for step in ANY)):
            out[-1] += f", {part}"
        else:
            out.append(part)
    return out


def criteria_in(words: str, names: Sequence[tuple[str, int]] = ()) -> list[int]:
    """The criteria words name by number, failing that by name."""
    return [*_criteria_in(words, tuple(names))]


@lru_cache(maxsize=128)  # the same heading is asked for the criterion of each line below it
def _criteria_in(words: str, names: tuple[tuple[str, int], ...]) -> list[int]:
    numbers = [
        int(each)
        for match in CRITERION.finditer(words)
        for each in re.findall(r"\d+", match["list"])
    ]
    numbers = [each for each in numbers if 1 <= each <= 19]
    folded = fold(words)
    if not numbers and "tieu chi" in folded:
        for anchor in re.finditer(r"tieu chi (?:ve )?", folded):
            rest = folded[anchor.end() :]
            hit = next((number for name, number in names if rest.startswith(name)), None)
            known = match_name(folded, anchor.end(), "advanced") or match_name(
                folded, anchor.end(), "ntm"
            )
            if hit or known:
                numbers.append(hit or (known[0] if known else 0))
    return numbers


def _only_village(moment: Moment) -> tuple[str, str] | None:
    """The one village the paragraph, or the heading above it, speaks of."""
    for text in (moment.paragraph.text, *moment.paragraph.above[-1:]):
        named = villages_of(text)
        if len(named) == 1:
            return ("thôn", min(named))
    return None


def _goals(part: str, words: str, moment: Moment) -> Iterator[Thing]:
    level = LEVEL.search(part) or _GETS_THERE.search(part)
    after = _ONCE.search(
        part
    )  # “đề nghị công nhận thôn thông minh sau khi thôn hoàn thành trong …”
    reached = part[after.start() :] if after else part
    if unnamed := level is not None and "level" not in level.groupdict():
        reached = moment.words  # without the heading above
    if level is None or not REACH.search(reached) or PAPERWORK.search(reached):
        return
    if OTHER_SUBJECT.search(_WITH_CRITERIA.sub(" ", part)):
        return
    subject = subject_of(part) or subject_of(words) or _only_village(moment)
    named = (level.groupdict().get("level") or "").lower()
    if unnamed:
        if criteria_in(words) or ANY_VILLAGE.search(words) or "tiêu chí" in words:
            return
        subject, named = ("xã", ""), _SOME_LEVEL
    several = subjects_of(part) if subject is None or SEVERAL.search(part) else []
    for each in several if len(several) > 1 else ():
        name = f"thôn {each[1]} đạt {('nông thôn mới ' + named).strip()}"
        yield Thing("goal", (*each, named), name, 5, "đạt chuẩn", moment)
    if len(several) > 1:
        return
    if subject is None or (subject[0] == "xã" and ANY_VILLAGE.search(part)):
        return
    if subject == ("xã", "") and named == "thông minh":
        subject = _only_village(moment)  # only villages are smart
    if subject is None:
        return
    # “Thôn Hạ – Thôn đạt chuẩn …”: the nameless word repeats the village named before it.
    who = "xã" if subject[0] == "xã" else f"thôn {subject[1]}"
    name = f"{who} đạt {('nông thôn mới ' + named).strip()}"
    yield Thing("goal", (*subject, named), name, 5, "đạt chuẩn", moment)


_SOME_LEVEL = "?"
# “hoàn thành bộ tiêu chí và được công nhận thôn thông minh”
_WITH_CRITERIA = re.compile(
    r"\b(?:hoàn thành|đạt)\s+(?:\S+\s+){0,3}?(?:tiêu chí|chỉ tiêu|điều kiện)\s*(?:,|và|để)\s+",
    re.IGNORECASE,
)
_GETS_THERE = guarded(r"\b(?:về|cán) đích\b", re.IGNORECASE)
_ALL_CRITERIA = guarded(
    r"\b(?:(?:hoàn thành|đạt(?: chuẩn)?)\s+(?:(?:đủ|cả|toàn bộ|tất cả|hết|nốt|đầy đủ)\s+)?"
    r"(?:các\s+)?(?:(?P<count>\d{1,2})(?:/\d{1,2})?\s+)?(?:tiêu chí|điều kiện)(?:\s+(?:còn lại"
    r"|chưa đạt|còn thiếu))?|lên\s+(?P<up>\d{1,2})/(?P=up)\b)",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:đủ|cả|toàn bộ|tất cả|hết|nốt|đầy đủ)\s+(?:các\s+)?(?:\d|tiêu|điều)|\b(?P<k>\d+)/(?P=k)\b"
    r"|còn lại|chưa đạt|còn thiếu",
    re.IGNORECASE,
)
_SOME_OF = re.compile(r"\b(?:nhóm|phần|thành phần|của năm|trong số|thêm)\b", re.IGNORECASE)


def _all_criteria(part: str, words: str, moment: Moment) -> Iterator[Thing]:
    """The day every criterion, or all that are left, is to be reached."""
    match = _ALL_CRITERIA.search(part)
    if match is None or not _EVERY.search(match[0]) or moment.period.kind == "year":
        return
    if PAPERWORK.search(part) or _SOME_OF.search(part) or criterion_at(moment.paragraph):
        return
    for subject in subjects_of(part) or subjects_of(words):
        who = "xã" if subject[0] == "xã" else f"thôn {subject[1]}"
        count = (match["count"] or match["up"] or "").lstrip("0")
        yield Thing("all", (*subject, count), f"{who} đạt đủ tiêu chí", 5, "đạt chuẩn", moment)


_LEAD = re.compile(r"^[^:.;]{3,40}(?=:\s)")


def _lead_village(moment: Moment) -> tuple[str, str] | None:
    """The one village a paragraph or its heading begins with: “Ấp Bãi Nam: nộp hồ sơ …”."""
    lead = _LEAD.match(moment.paragraph.text)
    for text in (lead[0] if lead else "", *moment.paragraph.above[-1:]):
        named = villages_of(text)
        if len(named) == 1:
            return ("thôn", min(named))
    return None


_ONCE = guarded(
    r"\b(?:sau khi|khi)\s+(?:xã|thôn|xóm|ấp|bản|buôn|khu|khóm)\b(?:\s+\S+){0,3}?\s+"
    r"(?:hoàn thành|đạt)\W*(?:trong|vào|trước)?\W*$",
    re.IGNORECASE,
)
_CRITERIA_WORDS = re.compile(r"\b(?:tiêu chí|chỉ tiêu)\b", re.IGNORECASE)
# Files of citizens, of land, of loans go other ways.
_OTHER_FILE = guarded(
    r"trực tuyến|một cửa|thủ tục|dịch vụ công|\bđất\b|bảo hiểm|vay vốn|chính sách"
    r"|\bdân nộp|di tích|kiểm kê|mã (?:số )?vùng|OCOP|sức khỏe|dự thầu|quy hoạch|vay|sáng lập",
    re.IGNORECASE,
)


def _recognition(part: str, words: str, moment: Moment) -> Iterator[Thing]:
    found = [
        (m.start(), rank, name)
        for rank, (name, p) in enumerate(RECOGNITION)
        if (m := p.search(part))
    ]
    if not found or OTHER_SUBJECT.search(_CRITERIA_WORDS.sub(" ", words)):
        return
    about = part if ANY_VILLAGE.search(part) else words
    named = ANY_VILLAGE.search(about) or re.search(r"\b[Xx]ã\b", about)
    subject = subject_of(about) if named else _lead_village(moment) or subject_of(about)
    if subject is None or re.search(
        r"\b(?:thiết kế|dự toán|dự án|quy hoạch|đề án|kỹ thuật)\b", part
    ):
        return
    _, rank, name = min(found)
    if rank in (1, 2) and _OTHER_FILE.search(words):
        return
    yield Thing("recognition", subject, name, rank, name, moment)


def _works(
    parts: list[str], words: str, moment: Moment, own: bool, places: re.Pattern[str]
) -> Iterator[Thing]:
    whole = tokens_of(places.sub(" ", words))
    column = f"{moment.column}: " if moment.column else ""
    for part in parts:
        if column:
            part = column + part
        found = [(rank, name) for rank, name, p in WORK if p.search(part)]
        weak = False
        special = [each for each in found if each[1] not in GENERAL]
        event = EVENT.search(part)
        if special:
            rank, name = special[0] if special[0][0] < 7 else special[-1]
            if name == "đưa vào sử dụng" and "mặt bằng" in words.lower():
                rank, name = 3, "giải phóng mặt bằng"
        elif found:
            rank, name = found[-1]
        elif moment.due or _FINISH_COLUMN.search(column) or _ENDS_AT.search(part):
            rank, name = 6, "hoàn thành"
        elif _WHEN_COLUMN.search(moment.column):
            rank, name, weak = 6, "hoàn thành", True
        elif event:
            rank, name = 6, event["event"].lower()
        else:
            continue
        context = ""
        tokens = tokens_of(places.sub(" ", part.removeprefix(column)))
        if rank < _BUILDS:
            tokens = [token for token in tokens if token not in _PAPERS_OF_WORK]
        cell = _village_cell(moment)
        if cell:
            tokens = [token for token in tokens if token not in fold(cell).split()]
            if len(tokens) < 2:
                continue  # only a village and its date: the table's own heading says of what
        named = len(tokens) > 1 and own
        if len(tokens) < 2 and (rank >= _BUILDS or not own):
            tokens = [t for t in whole if rank >= _BUILDS or t not in _PAPERS_OF_WORK]
        if len(tokens) < 2 and own:
            context = _context(moment)
            tokens = tokens_of(places.sub(" ", context)) + tokens
        yield Thing(
            "work", (), part.removeprefix(column).strip(" .:,"), rank, name, moment, tuple(tokens),
            (villages_of(f"{part} – {words}") or villages_of(context))
            | ({fold(cell)} if cell else set()),
            frozenset(m[0].lower() for m in PART_OF.finditer(words)),
            moment.due or (rank >= 6 and not weak),
            named,
        )  # fmt: skip


def _village_cell(moment: Moment) -> str:
    """The village a row is about, where a column of its table lists villages."""
    each = moment.paragraph
    for head, cell in zip(each.head[:2], each.cells[:2], strict=False):
        if _VILLAGE_COLUMN.match(head) and cell.strip() and not cell.strip()[0].isdigit():
            return ANY_VILLAGE.sub("", cell).strip()
    return ""


_VILLAGE_COLUMN = re.compile(
    r"(?:ten )?(?:thon|ap|xom|ban|buon|khu|khom|lang|kdc|don vi)\b.{0,16}$"
)
_BUILDS = 5
# “báo cáo kinh tế - kỹ thuật của công trình”: which work it is, the words before must tell.
_PAPER_WORDS = (
    "bao cao kinh te ky thuat thiet ke du toan tham dinh phe duyet mat bang nha thau thu tuc"
)
_PAPERS_OF_WORK = frozenset(_PAPER_WORDS.split())
_ENDS_AT = guarded(
    r"\b(?:kết thúc|chấm dứt|dứt điểm|về đích|cán đích|bế giảng|bế mạc)\W*(?:vào|trong)?\W*$",
    re.I,
)
_FINISH_COLUMN = re.compile(r"thời hạn|^hạn\b|hoàn thành|xong|đến hạn", re.IGNORECASE)
# When it is done, but perhaps only a part of it.
_WHEN_COLUMN = re.compile(r"^quý\W*$|^tháng\W*$|tiến độ|thời gian", re.IGNORECASE)


_OPENED = guarded(r"\b(?:thông xe|đóng điện)\b", re.IGNORECASE)


def tokens_of(words: str) -> list[str]:
    """The folded syllables that say which thing it is."""
    words = _OPENED.sub(" ", words)
    office = office_at(words, len(words) - len(words.lstrip()))
    rest = words[office.end :] if office and len(content(words[office.end :])) >= 3 else words
    left = [word for word in SYLLABLE.findall(rest.lower()) if word not in STEP_WORDS]
    return content(" ".join(left))
