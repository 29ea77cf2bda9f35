"""Deadlines: two for one goal, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, takewhile

from dinhlang.papers.checking.dates.due_facts import criteria_twice, due_twice
from dinhlang.papers.checking.dates.orders import dated_twice
from dinhlang.papers.checking.dates.periods_told import left_out, numbers_told, put_off, says_done
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.places import (
    Clause,
    at,
    clauses,
    is_plan,
    listed,
    title_line,
    whole,
    words_of,
)
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Criterion, Plan, Task, Village
from dinhlang.vietnamese import PeriodMatch, find_periods
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_LEVEL_WORDS = {
    "kiểu mẫu": "kiểu mẫu", "km": "kiểu mẫu", "nâng cao": "nâng cao", "nc": "nâng cao",
    "hiện đại": "hiện đại", "thông minh": "thông minh",
}  # fmt: skip
_LEVEL = guarded(
    r"\b(?:(?:nông thôn mới|NTM)\s*(?P<ntm>kiểu mẫu|nâng cao|hiện đại|thông minh|KM|NC)?"
    r"|(?P<bare>thông minh|kiểu mẫu))(?![^\W\d_])",
    re.IGNORECASE,
)
# The subject of a goal: the commune, or one village by its name or number.
_SUBJECT = re.compile(
    r"\b(?:(?P<village>[Tt]hôn|[Kk]hu dân cư|[Kk]hu|KDC|[Bb]ản|[Xx]óm|[Ấấ]p)"
    r"(?=(?:\s+(?P<number>\d{1,2})\b)?(?P<words>(?:\s+[^\W\d_]+){0,4}))|(?P<commune>[Xx]ã|XÃ))\b"
)
_GOAL_VERB = re.compile(
    r"\b(?:đạt|hoàn thành|công nhận|về đích|phấn đấu|xây dựng thành công"
    r"|xây dựng)\b",
    re.IGNORECASE,
)
# What was reached or is kept up: no goal unless a verb of a goal follows.
_PAST = re.compile(r"\b(?:đã (?:được|đạt|hoàn thành)|duy trì(?: đạt)?)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:hoàn thành|đạt|được công nhận|về đích)\b", re.IGNORECASE)
# Steps on the way: their dates are not the date of the goal.
_PAPERWORK = re.compile(
    r"\b(?:hồ sơ|kế hoạch|đề án|phương án|đăng ký|đề nghị|trình|tự đánh giá|rà soát|thẩm tra"
    r"|thẩm định|lập|khởi công|phát động|triển khai|kiện toàn|củng cố|tổ giúp việc)\b",
    re.IGNORECASE,
)
_CITATION = re.compile(
    r"\b(?:Căn cứ|Thực hiện (?:Nghị quyết|Kế hoạch|Quyết định|Chỉ thị)"
    r"|(?:số\s+)?\d+[-/][\w/]*[A-ZĐ]{2})"
)
_DIGIT = re.compile(r"\d")
_EXCEPT = re.compile(r"\b(?:trừ|không kể|không tính)\W*$", re.IGNORECASE)
_BEFORE_PERIOD = re.compile(
    r"\b(?:vào|trong|trước|đến|tới|hết|cuối|năm|xong|xong trong|dự kiến)\W*$", re.IGNORECASE
)
_NOT_DEADLINES = frozenset({"span", "week-rule"})


@dataclass(slots=True, frozen=True)
class Goal:
    """A dated goal: who, which level, by when, where in the paper."""

    subject: str
    level: str
    first: date
    last: date
    words: str
    place: Place


@rule(
    code="DEADLINE-CONFLICT",
    severity="error",
    purpose="Một mục tiêu chỉ có một thời hạn",
    page="""
## Là gì

Cùng một mục tiêu (xã đạt một mức, hoặc một thôn đạt một mức) được ghi hai thời hạn không chứa nhau;
hoặc lộ trình cho một tiêu chí hoàn thành ở hai kỳ khác nhau. Hai tên gọi giống nhau mà không trùng
thì là cảnh báo.

## Vì sao

Người thực hiện không biết theo hạn nào; đến hạn sớm hơn thì bị coi là chậm. Hồ sơ công nhận lấy hạn
nào cũng mâu thuẫn với văn bản.

## Ví dụ

Bị báo: `xã đạt nông thôn mới nâng cao vào tháng 11 năm 2025` và `… vào quý 3 năm 2025`.

Không bị báo: `trong năm 2025` và `tháng 11 năm 2025` (hạn sau nói rõ hạn trước); hai thôn
khác nhau có hai hạn.

## Cách sửa

Chọn một thời hạn và sửa ở mọi chỗ nhắc đến.
""",
)
def conflict(plan: Plan) -> Iterator[Hit]:
    """Goals of one subject and level whose periods exclude one another."""
    told: set[int] = set()
    goals: dict[tuple[str, str], list[Goal]] = {}
    for goal in dated_goals(plan):
        goals.setdefault((goal.subject, goal.level), []).append(goal)
    for (subject, level), dated in goals.items():
        clash = _first_clash(dated)
        if clash is None:
            continue
        one, other = clash
        told |= {one.place.lines[0], other.place.lines[0]}
        reached = f"{subject.split()[0]} {level}" if level == "thông minh" else level
        yield Hit(
            message=f"Mục tiêu {subject} đạt {reached} có hai thời hạn: "
            f"{one.words} và {other.words}.",
            places=(one.place, other.place),
            advice="Chọn một thời hạn và sửa ở mọi chỗ nhắc đến mục tiêu này.",
        )
    for hit in chain(_completed_twice(plan), dated_twice(plan, told)):
        told.update(place.lines[0] for place in hit.places)
        yield hit
    yield from due_twice(plan, told)
    yield from criteria_twice(plan, told)


def _first_clash(dated: list[Goal]) -> tuple[Goal, Goal] | None:
    for index, one in enumerate(dated):
        for other in dated[index + 1 :]:
            if one.last < other.first or other.last < one.first:
                return one, other
    return None


def dated_goals(plan: Plan) -> Iterator[Goal]:
    kept = lines_of(plan).kept
    key = ("dated goals", _behind_title(plan))
    if key not in kept:
        kept[key] = tuple(_dated_goals(plan))
    return iter(kept[key])


def _dated_goals(plan: Plan) -> Iterator[Goal]:
    for clause in clauses(plan, (_behind_title(plan), len(plan.text)), _may_be_goal):
        if not _LEVEL.search(clause.text) or _CITATION.search(clause.text):
            continue
        for period in find_periods(clause.text):
            goal = _goal(clause, period)
            if goal:
                yield goal
            yield from _scheduled(clause, period)


def _behind_title(plan: Plan) -> int:
    """The first line behind the title, which may run over several lines."""
    title = title_line(plan) or 0
    lines = plan.document.lines
    return max(title, lines[1] if lines and lines[0] >= title else title) + 1


def commune_goals(plan: Plan) -> list[Goal]:
    """The commune's own dated goals of the plan's level; years before the plan's are past."""
    year = min(plan.document.years, default=0)
    goals = [goal for goal in (*dated_goals(plan), *_date_first(plan)) if goal.subject == "xã"]
    goals = [goal for goal in goals if goal.last.year >= year]
    highest = _highest(goals)
    return [goal for goal in goals if goal.level == highest]


def _date_first(plan: Plan) -> Iterator[Goal]:
    """Goals whose date stands first, “đến cuối năm 2025 đạt chuẩn nông thôn mới nâng cao”."""
    kept = lines_of(plan).kept
    key = ("goals with the date first", _behind_title(plan))
    if key not in kept:
        kept[key] = tuple(_with_date_first(plan))
    return iter(kept[key])


def _with_date_first(plan: Plan) -> Iterator[Goal]:
    for clause in clauses(plan, (_behind_title(plan), len(plan.text)), _may_be_goal):
        for period in find_periods(clause.text) if _REACHED.search(clause.text) else ():
            match = _REACHED.match(clause.text, period.end)
            if match is None or period.kind in _NOT_DEADLINES or period.last is None:
                continue
            if _CITATION.search(clause.text[: period.start]):
                continue
            first, last = _interval(period)
            yield Goal(
                subject="xã",
                level=_level_name((match["level"] or "").lower()),
                first=first,
                last=last,
                words=period.text,
                place=at(clause.number, clause.text[period.start : match.end()].strip()),
            )


def _highest(goals: list[Goal]) -> str | None:
    order = ("nông thôn mới kiểu mẫu", "nông thôn mới hiện đại", "nông thôn mới nâng cao")
    levels = {goal.level for goal in goals}
    return next((level for level in order if level in levels), next(iter(levels), None))


def _may_be_goal(line: str) -> bool:
    """A quick look at a line: it names a level and a number."""
    low = lower(line)
    named = "ntm" in low or "nông thôn mới" in low or "thông minh" in low or "kiểu mẫu" in low
    return named and _DIGIT.search(low) is not None


def _goal(clause: Clause, period: PeriodMatch) -> Goal | None:
    """The goal whose deadline ``period`` is: the last level and its subject before the period."""
    if period.kind in _NOT_DEADLINES or period.last is None:
        return None
    before = clause.text[: period.start]
    levels = list(_LEVEL.finditer(before))
    if not levels:
        return None
    level = levels[-1]
    between = before[level.end() :]
    if _PERIOD_OF_SET.sub("", between).strip() and not _BEFORE_PERIOD.search(between):
        return None
    if len(_PERIOD_OF_SET.sub("", between)) > 30:
        return None
    subject = _subject(before[: level.start()])
    if subject is None or not _is_goal(before[: level.start()]):
        return None
    if _PAPERWORK.search(before.rpartition(",")[2]):
        return None
    word = (level["ntm"] or level["bare"] or "").lower()
    first, last = _interval(period)
    return Goal(
        subject=subject,
        level=_level_name(word),
        first=first,
        last=last,
        words=period.text,
        place=at(clause.number, clause.text[level.start() : period.end].strip()),
    )


def _scheduled(clause: Clause, period: PeriodMatch) -> Iterator[Goal]:
    """The goals of a line of the roadmap, “Quý IV/2025: hoàn thành …”."""
    rest = clause.text[period.end :]
    heads_line = not clause.text[: period.start].strip(" -+*•\t\u00a0") and rest[:1] == ":"
    if not heads_line or period.kind in _NOT_DEADLINES or period.last is None:
        return
    for part in rest[1:].split(","):
        level = _LEVEL.search(part)
        if level is None or _PAPERWORK.search(part) or not _DONE.search(part):
            continue
        subject = _subject(part[: level.start()]) or _subject(part[level.end() :])
        if subject:
            first, last = _interval(period)
            yield Goal(
                subject=subject,
                level=_level_name((level["ntm"] or level["bare"] or "").lower()),
                first=first,
                last=last,
                words=period.text,
                place=at(clause.number, clause.text[period.start :].strip(" .")),
            )


def _is_goal(words: str) -> bool:
    """Whether the last verb of a goal is not part of what was reached already."""
    verbs = [match.start() for match in _GOAL_VERB.finditer(words)]
    behind = [match.end() for match in _PAST.finditer(words)]
    return bool(verbs) and (not behind or behind[-1] <= verbs[-1])


_REACHED = re.compile(
    r"[\s,]*(?:phấn đấu\s+)?(?:xã\s+(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s+){0,3})?"
    r"(?:đạt|được công nhận|về đích)\s+"
    r"(?:đạt\s+)?(?:chuẩn\s+)?(?:xã\s+)?(?:nông thôn mới|NTM)\b"
    r"(?:\s+(?P<level>kiểu mẫu|nâng cao|hiện đại))?",
    re.IGNORECASE,
)
_PERIOD_OF_SET = re.compile(
    r"\s*giai đoạn\s*\d{4}\s*[-–]\s*\d{4}"
    # the field of a model commune: “kiểu mẫu về lĩnh vực giáo dục trong …”
    r"|\s*(?:về|theo)\s+(?:lĩnh vực\s+)?[^,;:.]{3,60}?(?=\s+(?:trong|vào|trước|đến|năm)\b)",
    re.IGNORECASE,
)


def _level_name(word: str) -> str:
    named = _LEVEL_WORDS.get(word, "")
    if named == "thông minh":
        return named
    return f"nông thôn mới {named}".strip()


def _subject(words: str) -> str | None:
    """The nearest subject: ``xã``, ``thôn Đông``; None for villages without a name, or several."""
    subjects = list(_SUBJECT.finditer(words))
    if not subjects:
        return None
    last = subjects[-1]
    if last["commune"]:
        return "xã"
    name = _name(last)
    if name is None:
        # "thôn Đông đạt thôn thông minh": the nameless word repeats the village named before it.
        named = [match for match in subjects if match["village"] and _name(match)]
        if len(named) != 1:
            return None
        last, name = named[0], _name(named[0])
    return f"{last['village'].lower()} {name}"


def _name(village: re.Match[str]) -> str | None:
    """The name after ``thôn``: a number, or the words that begin with a capital."""
    if village["number"]:
        return village["number"]
    capital = takewhile(lambda word: word[0].isupper(), village["words"].split())
    return " ".join(capital) or None


def _interval(period: PeriodMatch) -> tuple[date, date]:
    """The days within which the deadline may lie; “đến hết năm” leaves the whole year open."""
    last = period.last or date.max
    if (last.month, last.day) == (12, 31) and period.kind in ("until", "year", "range"):
        return date(last.year, 1, 1), last
    if period.kind in ("until", "range") or period.first is None:
        return last, last
    return period.first, last


def _completed_twice(plan: Plan) -> Iterator[Hit]:
    """Criteria that the roadmap completes in two different periods."""
    done: dict[int, list[tuple[str, Place]]] = {}
    for entry in plan.schedule:
        if not says_done(plan, entry.lines):
            continue
        for number in entry.completes:
            done.setdefault(number, []).append((entry.period, whole(plan, entry.lines)))
    for number, entries in sorted(done.items()):
        periods = list(dict.fromkeys(period for period, _ in entries))
        months = [_months(period) for period in periods]
        if any(one[1] < other[0] for one in months for other in months):
            yield Hit(
                message=f"Lộ trình cho tiêu chí {number} hoàn thành ở {len(periods)} kỳ khác nhau "
                f"({listed(map(_period_name, periods))}).",
                places=tuple(place for _, place in entries),
                advice="Giữ một kỳ hoàn thành; ở kỳ khác ghi rõ phần việc làm trong kỳ.",
            )


def _months(period: str) -> tuple[str, str]:
    """The first and last month of ``2023-Q2``, ``2023-05`` or ``2023``, as ``2023-04``."""
    year, _, rest = period.partition("-")
    if rest.startswith("Q"):
        last = int(rest[1:]) * 3
        return f"{year}-{last - 2:02}", f"{year}-{last:02}"
    return (period, period) if rest else (f"{year}-01", f"{year}-12")


def _period_name(period: str) -> str:
    year, _, rest = period.partition("-")
    if not rest:
        return f"năm {year}"
    return f"quý {rest[1:]}/{year}" if rest.startswith("Q") else f"tháng {int(rest)}/{year}"


@rule(
    code="GOAL-DEADLINE",
    severity="warning",
    purpose="Mục tiêu của thôn, tiêu chí chưa đạt đều có thời hạn",
    page="""
## Là gì

Một thôn được đặt mục tiêu đạt chuẩn mà không chỗ nào ghi bao giờ đạt; hoặc kế hoạch có lộ trình
theo quý, tháng nhưng một tiêu chí chưa đạt không nằm ở kỳ nào.

## Vì sao

Không có thời hạn thì không xếp được việc, không đôn đốc và không đánh giá được.

## Ví dụ

Bị báo: `Xây dựng đạt chuẩn khu dân cư kiểu mẫu thôn Đông.` và không nhắc ngày tháng.

Không bị báo: `Xây dựng thôn Đông đạt thôn thông minh vào tháng 10/2025`; thôn đã được công nhận.

## Cách sửa

Ghi tháng hoặc quý phải đạt ngay sau mục tiêu, và đưa vào lộ trình.
""",
)
def undated_goal(plan: Plan) -> Iterator[Hit]:
    """Named villages with an undated goal; criteria to reach that the roadmap forgets."""
    for village in plan.villages:
        # A name has a capital or a number; anything else was misread.
        named = any(letter.isupper() or letter.isdigit() for letter in village.name)
        if named and village.goal and village.status not in ("reached", "maintain"):
            hit = _undated_village(plan, village)
            if hit:
                yield hit
    completed = {number for entry in plan.schedule for number in entry.completes}
    if not completed:
        return
    dated = {number for task in plan.tasks if task.deadline for number in task.criteria}
    dated |= {c.number for c in left_out(plan) if c.number} | put_off(plan)  # told there
    dated |= numbers_told(plan)
    for criterion in plan.criteria:
        if criterion.status == "to_reach" and criterion.number not in completed | dated:
            yield _unscheduled(plan, criterion)


def _undated_village(plan: Plan, village: Village) -> Hit | None:
    name = re.compile(rf"(?:\b(?:thôn|khu|bản|xóm|ấp)\s+)?(?<!\w){re.escape(village.name)}(?!\w)")
    called = village.name
    places = []
    for clause in clauses(plan, only=lambda line: village.name in line):
        match = name.search(clause.text)
        if match is None or _EXCEPT.search(clause.text[: match.start()]):
            continue
        if any(period.kind not in _NOT_DEADLINES for period in find_periods(clause.text)):
            return None
        called = max(called, match[0], key=len)
        if _GOAL_VERB.search(clause.text):
            places.append(at(clause.number, clause.text.strip(" -+*\t\u00a0")))
    dated = any(
        task.deadline and (village.name in task.text or village.name in " ".join(task.places))
        for task in plan.tasks
    )
    if not places or dated:
        return None
    return Hit(
        message=f"Mục tiêu của {called} không ghi bao giờ phải đạt.",
        places=tuple(places),
        advice="Ghi tháng hoặc quý phải đạt ngay sau mục tiêu.",
    )


def _unscheduled(plan: Plan, criterion: Criterion) -> Hit:
    named = f"{criterion.number} ({criterion.name})" if criterion.name else str(criterion.number)
    return Hit(
        message=f"Tiêu chí {named} chưa đạt nhưng lộ trình không có kỳ hoàn thành.",
        places=(whole(plan, criterion.lines),),
        advice="Đưa tiêu chí này vào một quý hoặc tháng của lộ trình.",
    )


@rule(
    code="TASK-DEADLINE",
    severity="note",
    purpose="Việc đã giao cho người cụ thể có thời hạn",
    page="""
## Là gì

Việc giao cho một người hay một cơ quan chủ trì mà không ghi thời hạn. Phép kiểm chỉ gộp thành
một ghi chú cho cả văn bản, và chỉ khi văn bản có việc khác đã ghi thời hạn.

## Vì sao

Việc không có hạn thì không nhắc được và không biết khi nào là chậm.

## Ví dụ

Bị báo: `Giao công chức nông nghiệp xây dựng mô hình tưới tự động.`

Không bị báo: `Giao công chức nông nghiệp xây dựng mô hình tưới tự động, xong trong quý 2/2025.`

## Cách sửa

Ghi ngày, tháng hoặc quý phải xong vào cuối câu giao việc.
""",
)
def undated_task(plan: Plan) -> Iterator[Hit]:
    """Tasks with a lead and no deadline, in a plan that dates other tasks: one note for all."""
    if not is_plan(plan) or not any(task.deadline for task in plan.tasks):
        return
    undated = [task for task in plan.tasks if task.lead and not task.deadline]
    if undated:
        yield Hit(
            message=f"{len(undated)} việc đã giao người chủ trì nhưng không có thời hạn.",
            places=tuple(task_place(plan, task) for task in undated),
            advice="Ghi ngày, tháng hoặc quý phải xong của từng việc.",
        )


def task_place(plan: Plan, task: Task) -> Place:
    """Where a task stands: its own words where the paper has them, otherwise its line."""
    first = task.lines[0]
    line = plan.text[first - 1] if 0 < first <= len(plan.text) else ""
    return at(first, task.text) if task.text and task.text in line else at(first, words_of(line))
