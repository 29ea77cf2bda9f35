"""Who is responsible: criteria nobody leads, tasks without a lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dinhlang.papers.checking.dates.deadlines import task_place
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.duties.criteria_tables import without_lead
from dinhlang.papers.checking.duties.leads import leads_of
from dinhlang.papers.checking.duties.no_role import criteria_given, declared_without_lead
from dinhlang.papers.checking.duties.vague_leads import nobody_leads
from dinhlang.papers.checking.duties.work_items import groups
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import (
    at,
    clauses,
    is_plan,
    listed,
    locate,
    numbered,
    whole,
    words_of,
)
from dinhlang.papers.plan import Criterion, Duty, Plan, Section, Task
from dinhlang.vietnamese.guarded import guarded

_OWNING = frozenset({"lead", "advise", "deliver"})
_ORGANISATION = re.compile(r"\btổ chức thực hiện\b|\bphân công\b|\btrách nhiệm\b", re.IGNORECASE)
# "Trạm y tế" is an office and "bảo hiểm y tế" a part: neither hands out the criterion Y tế.
_NOT_TOPIC = guarded(
    r"\b(?:trạm|sở|phòng|ngành|cán bộ|bảo hiểm)\s+y tế\b|\bphối hợp\b[^;.]*", re.IGNORECASE
)
_OTHER_NAMES = {
    10: "thu nhập", 11: "nghèo", 12: "việc làm|đào tạo nghề|lao động", 14: "y tế|sức khỏe|sức khoẻ",
    16: "tiếp cận pháp luật", 19: "quốc phòng|an ninh",
}  # fmt: skip


# What else a task given to somebody may be about, wider than what a duty must say.
_TASK_TOPICS = {
    2: "đường|giao thông", 3: "thủy lợi|thuỷ lợi|kênh|mương", 4: "điện", 5: "trường|giáo dục",
    6: "văn hóa|văn hoá|thể thao", 8: "thông tin|truyền thông|truyền thanh|wifi",
    9: "nhà ở|nhà tạm", 10: "thu nhập|sản xuất", 11: "nghèo",
    13: "sản xuất|hợp tác xã|htx|ocop", 14: "y tế|sức khỏe|bảo hiểm", 15: "thủ tục|dịch vụ công",
    16: "pháp luật|hòa giải", 17: "môi trường|rác|chuồng|nước sạch", 18: "nước sạch|môi trường",
    19: "an ninh|quốc phòng|camera",
}  # fmt: skip
# “Các thôn cùng làm tiêu chí số 18”
_SHARED = guarded(r"\bcùng (?:nhau )?(?:làm|thực hiện|tham gia)\b", re.IGNORECASE)
_LEADS_LIST = re.compile(
    r"\bchủ trì\s+(?:(?:thực hiện|hoàn thành|giữ vững)\s+)?(?:các\s+)?"
    r"(?:tiêu chí\s+(?:số\s+)?(?P<list>\d{1,2}(?:\s*(?:,|và)\s*(?:số\s+)?\d{1,2})+)"
    r"|(?:tiêu chí\s+)?số\s+(?P<short>\d{1,2}(?:\s*(?:,|và)\s*(?:số\s+)?\d{1,2})*))(?![\d%/])"
)
_NAMES_CRITERION = guarded(
    r"(?:\b(?:tiêu chí(?:\s+số)?|TC)\s*|\bsố\s+|(?<=[,;])\s*|\bvà\s+)(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)
_CRITERION_HEAD = re.compile(r"^[\s#*_+•–|-]*(?:Tiêu chí(?:\s+số)?|TC)\s*(?P<number>\d{1,2})\b")
_KEPT_BY = re.compile(
    r"tiêu chí (?:xã )?đã đạt(?: chuẩn)?,?\s+(?:thì\s+)?(?:do|giao(?: cho)?|phân công(?: cho)?"
    r"|tiếp tục giao(?: cho)?|vẫn do)\s[^;]{3,180}?\b(?:chủ trì|duy trì|giữ vững|phụ trách|giữ)\b"
)
_ALL_OF_SET = re.compile(r"\b(?P<count>1\d)\s*/\s*(?P=count)\s+tiêu chí")
_OF_SET = re.compile(r"\b\d{1,2}\s*/\s*(?P<all>1\d)\s+tiêu chí")
_LEAST_SET = 10
_MANY = 3
_SHORT_ROW = 120


@dataclass(slots=True)
class _Owners:
    """Criteria by how the part on organisation hands them out; rows whose lead names nobody."""

    owned: set[int]
    partnered: dict[int, list[Duty]]
    to_nobody: dict[int, Place]


@rule(
    code="CRITERION-LEAD",
    severity="error",
    purpose="Mỗi tiêu chí có một nơi chịu trách nhiệm",
    page="""
## Là gì

Kế hoạch giao các tiêu chí cho từng cơ quan, công chức, nhưng có tiêu chí không giao cho ai, hoặc
chỉ có nơi “phối hợp” mà không có nơi chủ trì. Khi cả kế hoạch hầu như không giao tiêu chí cho ai
thì chỉ có một cảnh báo chung; từ ba tiêu chí không giao trở lên thì báo chung một lần, chỉ là cảnh
báo khi đó toàn là tiêu chí đã đạt.

## Vì sao

Tiêu chí không có chủ là tiêu chí không ai chuẩn bị hồ sơ. Tiêu chí đã đạt cũng phải có người giữ.

## Ví dụ

Bị báo: tiêu chí 14 có trong danh sách, phần tổ chức thực hiện không nơi nào nhận; tiêu chí 15 chỉ
có `phối hợp hoàn thành tiêu chí số 15`.

Không bị báo: `Tham mưu hoàn thành tiêu chí số 15`; tiêu chí được giao theo tên lĩnh vực, như
`tham mưu nâng cao thu nhập` với tiêu chí Thu nhập.

## Cách sửa

Trong phần tổ chức thực hiện, ghi rõ “chủ trì” hoặc “tham mưu hoàn thành” tiêu chí số mấy cho đúng
một nơi; các nơi khác ghi “phối hợp”.""",
)
def unowned(plan: Plan) -> Iterator[Hit]:
    """Criteria of the plan that no office leads, delivers or advises on."""
    found = list(_unowned(plan))
    yield from found or (declared_without_lead(plan) if is_plan(plan) else ())


def _unowned(plan: Plan) -> Iterator[Hit]:
    criteria = _numbered(plan)
    given_rows = sum(bool(task.lead and task.criteria) for task in plan.tasks)
    if len(criteria) < 2 or not is_plan(plan) or not (plan.duties or given_rows > 1):
        return
    owners = _owners(plan)
    for number, places in without_lead(plan, set(owners.owned)):
        owners.owned.add(number)
        called = _title(criteria[number]) if number in criteria else str(number)
        yield Hit(
            message=f"Bảng phân công không có nơi chủ trì tiêu chí {called}.",
            places=places,
            advice="Ghi đúng một nơi chủ trì tiêu chí này.",
        )
    unmet = {n: each for n, each in criteria.items() if each.status == "to_reach"}
    if unmet and len(unmet) < len(criteria) and _keeps_reached(plan):
        criteria = unmet
    declared = _declared(plan)
    if declared > len(criteria) and len(owners.owned) * 2 < declared:
        yield _hardly_any(plan, declared, sorted(owners.owned))
        return
    given = [number for number in criteria if number in owners.owned]
    if len(given) * 3 < len(criteria):
        alone = [n for n in unmet if n in owners.partnered and n not in owners.owned]
        for number in alone if len(unmet.keys() & owners.owned) * 2 >= len(unmet) else ():
            yield _without_lead(plan, unmet[number], owners.partnered[number])
        few = len(criteria) < _MANY  # mentioned, not set as the plan's own
        if not (alone or few or (unmet and unmet.keys() <= owners.owned)):
            yield _hardly_any(plan, len(criteria), given)
        return
    handed_out = _handed_out_words(plan)
    given_out = _given_out(plan)
    bare: list[Criterion] = []
    for number, criterion in criteria.items():
        if number in owners.owned:
            continue
        duties = owners.partnered.get(number)
        if duties:
            yield _without_lead(plan, criterion, duties)
        elif not _by_topic(criterion, handed_out) and not _in_task(criterion, given_out):
            bare.append(criterion)
    if not bare and not owners.partnered.keys() - owners.owned:
        yield from _unnamed(plan, owners, handed_out)
    if len(bare) < _MANY:
        for criterion in bare:
            hit = _without_lead(plan, criterion, [])
            row = owners.to_nobody.get(criterion.number or 0)
            yield replace(hit, places=(*hit.places, row)) if row else hit
    else:
        yield _several(plan, bare)


def _numbered(plan: Plan) -> dict[int, Criterion]:
    """The first mention of each criterion of the commune, by number."""
    found: dict[int, Criterion] = {}
    for criterion in plan.criteria:
        if criterion.number is not None:
            found.setdefault(criterion.number, criterion)
    return dict(sorted(found.items()))


def _keeps_reached(plan: Plan) -> bool:
    """“Các tiêu chí đã đạt do người được phân công tại Quyết định số 14 tiếp tục chủ trì”."""
    said = (each.text for each in paragraphs(plan) if "đã đạt" in each.text)
    return any(_KEPT_BY.search(text) for text in said)


def _declared(plan: Plan) -> int:
    """How many criteria the paper says it keeps or reaches, “19/19 tiêu chí”; 0 where unsaid."""
    if any(criterion.status for criterion in plan.criteria):
        return 0
    for _, line in numbered(plan):
        match = _ALL_OF_SET.search(line) if "tiêu chí" in line else None
        if match:
            return int(match["count"])
    return 0


def _owners(plan: Plan) -> _Owners:
    owned: set[int] = set()
    nobody: dict[int, Place] = {}
    partnered: dict[int, list[Duty]] = {}
    for duty in plan.duties:
        if nobody_leads(duty.office):
            continue
        only_partner = _partnered(plan, duty)
        for number in duty.criteria:
            if duty.role == "partner" or number in only_partner or _SHARED.search(duty.text):
                partnered.setdefault(number, []).append(duty)
            elif duty.role == "lead" or (duty.role in _OWNING and not _only_serves(duty, number)):
                owned.add(number)
    for task in plan.tasks:
        if task.lead and not all(map(nobody_leads, task.lead)):
            owned.update(task.criteria)
        elif task.lead:
            nobody.update(dict.fromkeys(task.criteria, task_place(plan, task)))
    for lead in leads_of(plan):
        if not lead.table:
            owned.update(criteria_in(re.split(r"\bphối hợp\b", lead.words)[0]))
    owned.update(_kept(plan), _headed(plan), criteria_given(plan))
    return _Owners(owned=owned, partnered=partnered, to_nobody=nobody)


_SERVES = re.compile(
    r"\b(?:phục vụ|góp phần(?:\s+[^\d\s,;.]+){0,4}?)\s+(?:cho\s+)?(?:các\s+)?(?:tiêu chí|TC)\s+"
    r"(?:số\s+)?(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)


def _only_serves(duty: Duty, number: int) -> bool:
    """“thu gom rác để phục vụ tiêu chí số 8”: work for a criterion that another answers for."""
    return any(int(match["number"]) == number for match in _SERVES.finditer(duty.text))


def _partnered(plan: Plan, duty: Duty) -> set[int]:
    """Criteria that an owning duty names only where it says “phối hợp”."""
    said: dict[int, list[bool]] = {}
    for clause in clauses(plan, duty.lines, lambda line: "phối hợp" in line.lower()):
        for match in _NAMES_CRITERION.finditer(clause.text):
            before = clause.text[: match.start()].lower()
            partner = "phối hợp" in before and not re.search(r"chủ trì|tham mưu", before)
            said.setdefault(int(match["number"]), []).append(partner)
    return {number for number, each in said.items() if all(each)}


def _kept(plan: Plan) -> Iterator[int]:
    """Criteria somebody answers for in other words: “chịu trách nhiệm TC1, TC2, TC4”."""
    for clause in clauses(plan, None, lambda line: "chủ trì" in line):
        for given in _LEADS_LIST.finditer(clause.text):
            if "phối hợp" not in clause.text[: given.start()]:
                yield from map(int, re.findall(r"\d{1,2}", given["list"] or given["short"]))
    for duty in plan.duties:
        for clause in clauses(plan, duty.lines, lambda line: "trách nhiệm" in line):
            head, mark, rest = clause.text.partition("trách nhiệm")
            if mark and head.rstrip().lower().endswith("chịu") and "phối hợp" not in rest:
                for match in _NAMES_CRITERION.finditer(rest):
                    yield int(match["number"])


_NEW_PART = re.compile(r"[\s#*_]*(?:[IVX]+|[A-ZĐ])\s*[.)]\s")


def _headed(plan: Plan) -> Iterator[int]:
    """Criteria that head rows of tasks with a lead."""
    leading = {task.lines[0] for task in plan.tasks if task.lead}
    current: int | None = None
    for number, line in numbered(plan):
        head = _CRITERION_HEAD.match(line)
        if head and len(line) < _SHORT_ROW:
            current = int(head["number"])
        elif current is not None and number in leading:
            yield current
        elif current is not None and _NEW_PART.match(line):
            current = None


def _handed_out_words(plan: Plan) -> str:
    """What the offices are told to do, without what they only support, in lower case.

    The lines of a duty may say more than its text and another role than its first verb does.
    """
    texts = [duty.text for duty in plan.duties]
    rows = dict(row for duty in plan.duties for row in numbered(plan, duty.lines))
    return _NOT_TOPIC.sub(" ", "\n".join([*texts, *rows.values()]).lower())


def _by_topic(criterion: Criterion, handed_out: str) -> bool:
    name = re.escape(criterion.name.lower())
    others = _OTHER_NAMES.get(criterion.number or 0)
    return re.search(f"{name}|{others}" if others else name, handed_out) is not None


def _given_out(plan: Plan) -> str:
    """The tasks with a lead and the short lines just above them, which name what they are about."""
    rows = []
    for task in plan.tasks:
        if task.lead:
            rows.append(task.text)
            above = numbered(plan, (task.lines[0] - 3, task.lines[0] - 1))
            rows += [line for _, line in above if len(line) < _SHORT_ROW]
    return "\n".join(rows).lower()


def _in_task(criterion: Criterion, given_out: str) -> bool:
    """Whether a task with a lead is about an unmet criterion; what is reached needs a keeper."""
    words = _TASK_TOPICS.get(criterion.number or 0)
    unmet = criterion.status == "to_reach"
    return bool(unmet and words and re.search(rf"\b(?:{words})\b", given_out))


def _unnamed(plan: Plan, owners: _Owners, handed_out: str) -> Iterator[Hit]:
    """Criteria of the set that the paper counts, hands out nearly all of, and never names."""
    counts = {
        int(match["all"])
        for _, line in numbered(plan)
        if "tiêu chí" in line
        for match in _OF_SET.finditer(line)
    }
    size = counts.pop() if len(counts) == 1 else 0
    given = {number for number in owners.owned if 1 <= number <= size}
    missing = sorted(set(range(1, size + 1)) - given - owners.partnered.keys())
    if size < _LEAST_SET or not missing or len(given) * 4 < size * 3:
        return
    numbers = [n for n in missing if not re.search(_OTHER_NAMES.get(n, r"(?!)"), handed_out)]
    text = "\n".join(line for _, line in numbered(plan))
    numbers = [
        n for n in numbers
        if not re.search(rf"(?:\b(?:tiêu chí|TC)\s*(?:số\s*)?|\(số\s*){n}\b(?![.,]\d)", text, re.I)
    ]  # fmt: skip
    if numbers:
        yield Hit(
            message=f"Tiêu chí {listed(numbers)} không giao cho nơi nào.",
            places=(_organisation(plan),),
            advice="Trong phần tổ chức thực hiện, giao đúng một nơi chủ trì tiêu chí này.",
        )


def _several(plan: Plan, bare: list[Criterion]) -> Hit:
    """One finding for many; a warning where all of them are reached and only need keeping."""
    reached = all(each.status in ("reached", "maintain") for each in bare)
    names = listed((_title(each) for each in bare), most=len(bare))
    places = (
        locate(plan, each.lines, re.compile(re.escape(each.name), re.IGNORECASE)) for each in bare
    )
    return Hit(
        message=f"{len(bare)} tiêu chí không giao cho nơi nào: {names}.",
        places=tuple(dict.fromkeys(places)),
        advice="Trong phần tổ chức thực hiện, giao đúng một nơi chủ trì từng tiêu chí.",
        severity="warning" if reached else None,
    )


def _title(criterion: Criterion) -> str:
    return f"{criterion.number} ({criterion.name})" if criterion.name else str(criterion.number)


def _without_lead(plan: Plan, criterion: Criterion, partners: list[Duty]) -> Hit:
    named = re.compile(
        rf"(?:tiêu chí\s+)?{re.escape(criterion.name)}(?:\s*\(TC\s*{criterion.number}\))?",
        re.IGNORECASE,
    )
    mention = re.compile(rf"\b(?:TC|tiêu chí(?: số)?)\s*{criterion.number}\b", re.IGNORECASE)
    places = [locate(plan, criterion.lines, named)]
    places += [locate(plan, duty.lines, mention, named) for duty in partners]
    for item in (item for group in groups(plan) for item in group):
        if item.status in ("partner", "later") and criterion.number in criteria_in(item.text):
            places += [item.place, *item.partners]
    places += _rows_of(plan, criterion)
    if partners:
        offices = listed(dict.fromkeys(duty.office for duty in partners))
        message = (
            f"Tiêu chí {_title(criterion)} chỉ có nơi phối hợp ({offices}), không có nơi chủ trì."
        )
    else:
        message = f"Tiêu chí {_title(criterion)} không giao cho nơi nào."
    return Hit(
        message=message,
        places=tuple(dict.fromkeys(places)),
        advice="Trong phần tổ chức thực hiện, giao đúng một nơi chủ trì tiêu chí này.",
    )


def _rows_of(plan: Plan, criterion: Criterion) -> list[Place]:
    """The row of the table of duties that begins with the criterion's number: there to mend it."""
    section = _organisation_section(plan.outline)
    if section is None:
        return []
    row = re.compile(
        rf"[\s|]*(?:TC|tiêu chí(?: số)?)?\s*{criterion.number}(?:\s*\||\s{{2,}}|\.\s.*\S\s{{3,}})",
        re.IGNORECASE,
    )
    behind = (section.lines[0], len(plan.text))
    return [at(n, words_of(line)) for n, line in numbered(plan, behind) if row.match(line)][:1]


def _hardly_any(plan: Plan, count: int, given: list[int]) -> Hit:
    only = f"chỉ giao tiêu chí {listed(given)}" if given else "không giao tiêu chí nào cho ai"
    return Hit(
        message=f"Kế hoạch nêu {count} tiêu chí nhưng phần tổ chức thực hiện {only}.",
        places=(_organisation(plan),),
        advice="Giao từng tiêu chí cho một nơi chủ trì, ghi số tiêu chí.",
        severity="warning",
    )


def _organisation(plan: Plan) -> Place:
    heading = _organisation_section(plan.outline)
    items: list[Duty] | list[Task] = plan.duties or [task for task in plan.tasks if task.lead]
    first = heading.lines[0] if heading else items[0].lines[0]
    return whole(plan, (first, first))


def _organisation_section(sections: list[Section]) -> Section | None:
    for section in reversed(sections):
        if _ORGANISATION.search(section.title):
            return section
    return None


@rule(
    code="TASK-LEAD",
    severity="note",
    purpose="Việc có thời hạn có nơi chủ trì",
    page="""
## Là gì

Việc đã ghi thời hạn nhưng không ghi ai làm, và tiêu chí của việc ấy cũng không giao cho nơi nào.
Phép kiểm chỉ gộp thành một ghi chú cho cả văn bản, và chỉ khi văn bản có việc khác đã giao cho
người cụ thể.

## Vì sao

Đến hạn không biết hỏi ai; nhắc việc và báo cáo không có địa chỉ.

## Ví dụ

Bị báo: `Hoàn thành mô hình xã thương mại điện tử trong quý 4/2025.`

Không bị báo: `Giao công chức văn hóa - xã hội hoàn thành mô hình trong quý 4/2025.`

## Cách sửa

Ghi nơi chủ trì vào câu giao việc.
""",
)
def task_without_lead(plan: Plan) -> Iterator[Hit]:
    """Dated tasks nobody leads, in a plan that gives other tasks a lead: one note for all."""
    if not is_plan(plan) or not any(task.lead for task in plan.tasks):
        return
    owned = _owners(plan).owned
    orphans = [
        task
        for task in plan.tasks
        if task.deadline and not task.lead and not owned.intersection(task.criteria)
    ]
    if orphans:
        yield Hit(
            message=f"{len(orphans)} việc có thời hạn nhưng không ghi nơi chủ trì.",
            places=tuple(task_place(plan, task) for task in orphans),
            advice="Ghi nơi chủ trì của từng việc.",
        )
