"""Work given to somebody or dated: ``Giao …``, ``A chủ trì, phối hợp B …``, goals with a date."""

from __future__ import annotations

import itertools
import re

from dinhlang.papers.plan import Deadline, Target, Task
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.duties import office_above
from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.papers.reading.mentions import criterion_of, find_criteria
from dinhlang.papers.reading.offices import (
    find_offices,
    office_at,
    split_list,
    split_offices,
    stop_of_list,
)
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import Table, cell, find_cell
from dinhlang.papers.reading.villages import places_in
from dinhlang.vietnamese import PeriodMatch, find_periods

_GIVEN = guard_vi(
    r"(?:^|[.;:]\s+|,\s+(?:việc này\s+)?)(?:[Gg]iao(?: nhiệm vụ)?|[Pp]hân công)\s+"
    r"(?:cho\s+)?(?=(?:đ/c|Đ/c|đồng chí|"
    r"Đồng chí|ông|bà|[A-ZÀ-Ỹ]|công chức|cán bộ|ban|các|bộ phận|văn phòng|chi))"
)
_JOINT = compile_vi(
    r"^(?:Đề nghị\s+|Giao\s+)?(?P<lead>[^:;.]{4,90}?)\s*[:,]?\s*(?:làm\s+)?[Cc]hủ "
    r"trì,?\s+(?:phối hợp|cùng)\s+(?:chặt chẽ\s+)?(?:với|cùng|các)?\s*"
)
_LED = guard_vi(
    r"(?:^|[.;]\s+)(?P<lead>[A-ZÀ-Ỹ][^.;:]{3,80}?)\s+(?:làm\s+)?chủ trì[,;]?\s+"
    r"(?:(?:và\s+)?(?P<partners>[^.;:]{3,140}?)\s+(?:cùng\s+)?(?:phối hợp|cùng làm|tham gia))?"
    r"(?=\s*(?:thực hiện\s*)?(?:[.;,]|$))"
)
_LEAD_FIRST = compile_vi(r"^[Cc]hủ trì,?\s+phối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)?\s*")
_WITH = compile_vi(r"[Pp]hối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)\s+")
_SLOT = guard_vi(
    r"(?:[Đđ]ơn vị |[Cc]ơ quan |[Cc]án bộ |[Nn]gười )?"
    r"(?P<role>[Cc]hủ trì|[Pp]hối hợp|[Tt]hực hiện|[Pp]hụ trách|[Cc]hịu trách nhiệm|[Cc]ùng làm|"
    r"[Cc]ùng thực hiện|[Tt]ham gia)"
    r"\s*:\s*(?P<who>(?:[^;.()]|;(?=\s*(?:[A-ZÀ-Ỹ]|các\s))(?!\s*(?:Đơn vị|Cơ quan|Cán bộ|Người|"
    r"Chủ trì|Phối hợp|Thực hiện|Phụ trách|Chịu|Cùng|Tham gia|Thời|Hoàn|Xong|Hạn)))+)"
)
_NUMBERED = compile_vi(r"^(?:Nhiệm vụ|Việc|Công việc)\s+\d{1,2}\s*[:.]\s*")
_PARTNER_SLOT = ("phối hợp", "cùng làm", "cùng thực hiện", "tham gia")
_NEXT_PERSON = compile_vi(r";\s+(?=(?:đồng chí|đ/c|Đ/c|Đồng chí)\s)")
_JUST_DO = compile_vi(r"thực hiện|triển khai|tổ chức|hoàn thành|xong|thường xuyên|trong năm")
_ASSIGN_WORDS = compile_vi(
    r"^\s*[:,]?\s*(?:tham mưu,?|chịu trách nhiệm|chủ trì,?|có trách nhiệm)?\s*"
)
_TIME_SLOT = compile_vi(
    r"(?:[Tt]hời gian(?: thực hiện| hoàn thành| xong)?|[Tt]hời hạn(?: hoàn thành)?|[Hh]oàn "
    r"thành|[Xx]ong)\s*(?::|trước|trong|vào|xong)"
)
_DATED = compile_vi(
    r"(?:trước|trong|vào|đến|xong|hoàn thành|chậm nhất|cuối|thời gian|thời hạn|đến hết|hết|quý|"
    r"tháng)\s*(?:xong\s+)?(?:trước\s+|trong\s+|vào\s+|là\s+|ngày\s+|:\s*)*$",
    re.I,
)
_GOAL = compile_vi(
    r"phấn đấu|hoàn thành|hoàn thiện|huy động|hướng dẫn|báo cáo|lấy ý kiến|xây dựng|đạt|thành "
    r"lập|tổ chức|lập|trình|ban hành|lắp|làm|sửa|mở|rà "
    r"soát|gửi|triển khai|công nhận|khởi công|"
    r"nghiệm thu|đưa|bàn giao|tham mưu|thẩm định|khảo sát|kiện toàn|xong|cải tạo|ra mắt|ký|phê "
    r"duyệt|thống kê|thực hiện|củng cố|duy trì|vận động",
    re.I,
)
_SENTENCE_END = compile_vi(r"(?<=[a-zà-ỹ0-9)”%])[.;]\s+(?=[A-ZÀ-Ỹ])")
_PAST = guard_vi(r"đã đạt|đã hoàn thành|nhận thấy|mới giải ngân|kết quả đạt")
_WHEN_WORDS = compile_vi(
    r"[\s,;]*(?:thời gian|thời hạn)?\s*(?:xong|hoàn thành)?\s*(?:trong|vào|trước|đến|là|:)*\s*$"
)
_OWN_SUBJECT = compile_vi(r"Riêng\s+(?P<who>[^:,]{3,40}):\s*")
_WHEN_ONLY = compile_vi(
    r"(?:hoàn thành|xong|thời gian|thời hạn|chậm nhất|trước|trong|vào|đến|ngày|tháng|quý|năm|từ|"
    r"[\d/.,:\-–IVX]+|\s)+",
    re.I,
)
_MAY_BE_DATED = guard_vi(r"[Qq]uý [IV]|[Tt]háng [A-ZÀ-Ỹ]|(?:cuối|hết) năm")
_PERIODIC = guard_vi(r"(?:hàng|hằng|mỗi|định kỳ)\s+(?:ngày|tuần|tháng|quý|năm)", re.I)


_FROM = compile_vi(r"(?:thực hiện|bắt đầu|áp dụng|triển khai)\s*$", re.I)


def _deadline(period: PeriodMatch) -> Deadline:
    bounded = period.kind in ("range",) and period.first is not None
    return Deadline(
        start=period.iso_start if bounded else None, end=period.iso_end, text=period.text.strip()
    )


def deadline_in(paper: Paper, text: str) -> tuple[Deadline, PeriodMatch] | None:
    """The deadline a sentence sets, if it sets one; a bare year or a legal period is none."""
    best: PeriodMatch | None = None
    for period in find_periods(text, paper.year):
        if period.kind in ("span", "week-rule") or (
            period.last is None and not _FROM.search(text[: period.start])
        ):
            continue
        before = text[max(0, period.start - 24) : period.start]
        words = period.text.lower()
        bare_year = period.kind == "year" and not re.match(r"(?:đến|trước|hết|cuối)", words)
        if bare_year and not re.search(r"(?:trước|đến hết|đến cuối|cuối)\s*$", before, re.I):
            continue
        if period.kind == "day" and not re.search(
            r"trước|đến|xong|vào|hạn|chậm nhất|hoàn thành|ngày\s*$|:\s*$", before + words, re.I
        ):
            continue
        if (
            re.search(r"/[A-ZĐ]{2}|số \d", text[max(0, period.start - 40) : period.start])
            and period.kind == "day"
        ):
            continue
        best = period if best is None or period.kind != "year" else best
    if (
        best is not None
        and best.last is not None
        and best.last.year < min(paper.document.years, default=0)
    ):
        return None  # what was done in an earlier year is no task
    return (_deadline(best), best) if best else None


class _Tasks:
    def __init__(self, paper: Paper, targets: list[Target]) -> None:
        self.paper = paper
        self.targets = targets
        self.out: list[Task] = []
        self.slot_spot = -2  # the block the last slot was read from

    def add(
        self,
        block: Block,
        start: int,
        end: int,
        text: str,
        lead: list[str],
        partners: list[str],
        deadline: Deadline | None,
    ) -> None:
        lines = block.lines_of(start, end)
        criteria = [
            m.number
            for m in find_criteria(self.paper, block)
            if m.number and start <= m.start < end
        ]
        number = criterion_of(self.paper, block)
        if not criteria and number:
            criteria = [number]
        self.out.append(
            Task(
                text=text.strip(" ,;:.-–"), lead=lead, partners=partners, deadline=deadline,
                criteria=list(dict.fromkeys(criteria)), targets=self._codes(block, text),
                places=places_in(text), lines=lines, spans=block.spans(start, end),
            )
        )  # fmt: skip

    def _codes(self, block: Block, text: str) -> list[str]:
        low = text.lower()
        inside = [t for t in self.targets if t.lines[0] == block.lines[0]]
        out = []
        for target in self.targets:
            if not target.code or target in inside:
                continue
            head = target.text.lower()[:48]
            if len(head) > 12 and head in low:
                out.append(target.code)
        return out


def _sentences(text: str) -> list[tuple[int, int]]:
    """Sentences, parted at ``;`` too where each part says work of its own."""
    out: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        out += _parts(text, start, match.start())
        start = match.end()
    return out + _parts(text, start, len(text))


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [start, *(start + m.end() for m in re.finditer(r";\s+", text[start:end])), end]
    out: list[tuple[int, int]] = []
    for a, b in itertools.pairwise(edges):
        if out and len(_WHEN_ONLY.sub("", text[a:b]).strip(" ;,.")) < 16:
            out[-1] = (out[-1][0], b)  # “…; hoàn thành trước 30/9” belongs to the work before it
        else:
            out.append((a, b))
    return out


def _given(tasks: _Tasks, block: Block) -> bool:
    """``Giao đ/c … – Trưởng Công an xã tham mưu …``; the office stands for the person."""
    text = block.text
    found = [m for m in _GIVEN.finditer(text) if office_at(text, m.end())]
    made = False
    for at, match in enumerate(found):
        start, last = match.end(), len(text)
        if at + 1 < len(found):
            stop = re.search(r"[.;]\s", text[start : found[at + 1].end()])
            last = start + stop.start() if stop else found[at + 1].start()
        stops = [m.end() for m in _NEXT_PERSON.finditer(text, start, last)]
        for begin, end in zip([start, *stops], [*stops, last], strict=True):
            made = _given_piece(tasks, block, match.start(), begin, end) or made
    return made


def _given_piece(tasks: _Tasks, block: Block, opening: int, begin: int, end: int) -> bool:
    text = block.text
    office = office_at(text, begin)
    if office is None or (end - office.end < 10 and opening <= 20):
        return False
    rest_at = office.end
    partners: list[str] = []
    joint = _WITH.search(text, rest_at, end)
    if joint:
        stop = _partner_end(text[:end], joint.end())
        partners = split_offices(text[joint.end() : stop])
        if joint.start() - rest_at <= 14:
            rest_at = stop
    when = deadline_in(tasks.paper, text[begin:end])
    work = _ASSIGN_WORDS.sub("", text[rest_at:end])
    before_time = _TIME_SLOT.split(work)[0]
    work = before_time if len(before_time) > 12 else work
    empty = len(_JUST_DO.sub("", _TIME_SLOT.split(work)[0]).strip(" ,.;")) <= 12
    if empty and opening > 20:
        # “…, diện tích 45ha. Giao Công chức … chủ trì, xong trong quý II.”: said before.
        first = max(text.rfind(". ", 0, opening - 1), -2) + 2
        work = text[first:opening].strip(" .;")
        when = when or deadline_in(tasks.paper, work)
    tasks.add(
        block,
        min(opening, begin),
        end,
        work,
        split_offices(office.name),
        partners,
        when[0] if when else None,
    )
    return True


def _partner_end(text: str, at: int) -> int:
    """Where the list of partners that begins at ``at`` ends: before the verb of the work."""
    end = at
    for office in find_offices(text, at):
        if office.start - end > 12:
            break
        end = office.end
    return end if end > at else stop_of_list(text, at)


def _joint(tasks: _Tasks, block: Block) -> bool:
    """``Bưu điện xã chủ trì, phối hợp Trạm y tế …`` or the same under the office's heading."""
    text = block.text
    if "hủ trì" not in text:
        return False
    match = _JOINT.match(text)
    leads: list[str] = []
    if match and office_at(text, match.start("lead")):
        leads = split_offices(match["lead"])
    else:
        match = _LEAD_FIRST.match(text)
        if not match:
            return False
        above = office_above(tasks.paper, block)
        if above:
            leads = split_offices(above) if len(above) < 80 else [above]
    if not leads:
        return False
    end = _partner_end(text, match.end())
    partners = split_offices(text[match.end() : end]) if end > match.end() else []
    when = deadline_in(tasks.paper, text)
    tasks.add(block, 0, len(text), text[end:], leads, partners, when[0] if when else None)
    return True


def _led(tasks: _Tasks, block: Block) -> bool:
    """``Mở rộng 2 km đường. Công chức Địa chính chủ trì, các thôn phối hợp; xong trước 31/8.``"""
    made = False
    text = block.text
    found = [m for m in _LED.finditer(text) if office_at(text, m.start("lead"))]
    said = 0
    for at, match in enumerate(found):
        following = found[at + 1].start() if at + 1 < len(found) else len(text)
        stop = next((m.start() for m in re.finditer(r"\.\s", text[match.end() :])), None)
        end = following if stop is None else min(following, match.end() + stop)
        work = text[said : match.start()]
        if len(work) < 10:
            return made
        when = deadline_in(tasks.paper, text[match.end() : end]) or deadline_in(tasks.paper, work)
        partners = split_list(match["partners"]) if match["partners"] else []
        leads = split_offices(match["lead"])
        tasks.add(block, said, end, work, leads, partners, when[0] if when else None)
        said, made = end + 1, True
    return made


def _slots(tasks: _Tasks, block: Block) -> bool:
    """``…; Đơn vị chủ trì: A; Đơn vị phối hợp: B; Thời gian: trước 30/9``.

    Slots on lines of their own belong to the work said on the line before the first of them.
    """
    if ":" not in block.text and tasks.slot_spot != block.spot - 1:
        return False
    slots = [m for m in _SLOT.finditer(block.text) if not m["who"].lstrip()[:1].isdecimal()]
    at_time = _TIME_SLOT.match(block.text)
    follows = tasks.slot_spot == block.spot - 1 and bool(tasks.out)
    if not slots and not (at_time and follows):
        return False
    lead: list[str] = []
    partners: list[str] = []
    for slot in slots:
        names = split_list(slot["who"])
        if slot["role"].lower() in _PARTNER_SLOT:
            partners += names
        else:
            lead += names
    when = deadline_in(tasks.paper, block.text)
    if when is None and at_time:
        when = _bare(tasks.paper, block.text)
    time = _TIME_SLOT.search(block.text)
    starts = [m.start() for m in slots[:1]] + ([time.start()] if time else [])
    text = block.text[: min(starts)].rstrip(" .(;:-–")
    if len(text) >= 10:
        tasks.add(block, 0, len(block.text), text, lead, partners, when[0] if when else None)
        tasks.slot_spot = block.spot
        return True
    before = tasks.paper.blocks[block.spot - 1] if block.spot else None
    if before is None or before.is_row:
        return False
    if not follows and not (tasks.out and tasks.out[-1].lines == before.lines):
        tasks.add(before, 0, len(before.text), _NUMBERED.sub("", before.text), [], [], None)
    task = tasks.out[-1]
    task.lead, task.partners = task.lead or lead, task.partners or partners
    task.deadline = task.deadline or (when[0] if when else None)
    task.lines = (task.lines[0], block.lines[1])
    task.spans = task.spans + block.spans()
    tasks.slot_spot = block.spot
    return True


def _is_past(sentence: str, at: int) -> bool:
    """Whether the sentence tells what was done by the date, not what is to be done."""
    if _PAST.search(sentence[:at]):
        return True
    return bool(_PAST.search(sentence)) and not re.search(
        r"phấn đấu|hoàn thành|hoàn thiện|huy động|hướng dẫn|báo cáo|lấy ý kiến|xây dựng", sentence
    )


def _dated(tasks: _Tasks, block: Block) -> None:
    """Sentences with a deadline and a verb of work, outside the roadmap."""
    paper, text = tasks.paper, block.text
    if text.endswith(":") or (block.section < 0 and paper.outline.nodes):
        return
    for start, end in _sentences(text):
        sentence = text[start:end]
        if _PERIODIC.search(sentence) or len(sentence) < 20:
            continue
        when = deadline_in(paper, sentence)
        if not when or not _GOAL.search(sentence) or _is_past(sentence, when[1].start):
            continue
        if re.search(r"[Đđ]ợt \w+ (?:bắt|từ)|cao điểm", sentence):
            continue
        work = _WHEN_WORDS.sub("", sentence[: when[1].start]) + sentence[when[1].end :]
        own = _OWN_SUBJECT.match(sentence)
        office = office_at(sentence, 0)
        if own:
            lead = [own["who"].strip()]
        elif office and len(sentence) - office.end > 15:
            lead = split_offices(office.name)
        else:
            above = office_above(paper, block)
            lead = [above] if above else []
        partners: list[str] = []
        joint = _WITH.search(sentence)
        if joint:
            stop = _partner_end(sentence, joint.end())
            partners = split_offices(sentence[joint.end() : stop]) if stop > joint.end() else []
        tasks.add(block, start, end, work, lead, partners, when[0])


def _table(tasks: _Tasks, table: Table) -> None:
    """``TT | Nội dung | Chủ trì | Phối hợp | Thời gian``."""
    partner = table.column("phoi hop")
    if table.what < 0 or table.lead == table.what:
        return
    for row in table.rows:
        what, lead, when = cell(row, table.what), cell(row, table.lead), cell(row, table.time)
        if len(what) < 3 or not (lead or when):
            continue
        found = deadline_in(tasks.paper, when) or _bare(tasks.paper, when)
        tasks.add(
            row, 0, len(row.text), what, split_list(lead), split_list(cell(row, partner)),
            found[0] if found else None,
        )  # fmt: skip
        tasks.out[-1].spans = row.spans(*find_cell(row, table.what))


def _bare(paper: Paper, text: str) -> tuple[Deadline, PeriodMatch] | None:
    periods = [p for p in find_periods(text, paper.year) if p.last is not None and p.kind != "span"]
    return (_deadline(periods[-1]), periods[-1]) if periods else None


def read_tasks(paper: Paper, targets: list[Target], scheduled: set[int]) -> list[Task]:
    """The tasks of the paper; lines already in the roadmap (``scheduled``) are left to it."""
    tasks = _Tasks(paper, targets)
    for table in paper.tables:
        if "task" in table.roles:
            _table(tasks, table)
    for block in paper.content:
        if block.is_row:
            continue
        if not block.text or block.lines[0] in scheduled:
            continue
        topics = paper.topics(block)
        if (
            "result" in topics
            and paper.document.kind == "report"
            and not topics & {"task", "goal", "solution"}
        ):
            continue
        if (
            _given(tasks, block)
            or _slots(tasks, block)
            or _joint(tasks, block)
            or _led(tasks, block)
        ):
            continue
        may_be_dated = block.has_digit or _MAY_BE_DATED.search(block.text)
        if may_be_dated and not topics & {"purpose", "funding"}:
            _dated(tasks, block)
    return sorted(tasks.out, key=lambda t: t.lines)
