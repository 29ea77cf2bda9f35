"""What the roadmap speaks of: which unmet criteria have a period and which have none."""

from __future__ import annotations

import re
from itertools import pairwise

from dinhlang.papers.checking.dates.moments import Moment, moments
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import numbered
from dinhlang.papers.plan import Criterion, Lines, Plan
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_ROADMAP = re.compile(
    r"lo trinh|tien do|phan ky|cac moc|cac buoc|ke hoach theo (?:quy|thang)|thoi gian thuc hien"
    r"|phan bo thoi gian|theo quy|theo thang"
)
# Folded words that tell a criterion is worked on, without its number or its name.
TOPICS = {
    1: "quy hoach",
    2: "duong|giao thong|ngo|cau ",
    3: "thuy loi|kenh|muong|dap|cong ",
    4: "dien",
    5: "truong|giao duc|lop hoc|hoc sinh|mam non",
    6: "van hoa|the thao|san ",
    7: "cho |thuong mai|sieu thi",
    8: "thong tin|truyen thong|truyen thanh|wifi|buu dien|dia chi so",
    9: "nha o|nha tam|dot nat",
    10: "thu nhap|san xuat|mo hinh|cay|con |giong",
    11: "ngheo",
    12: "lao dong|viec lam|day nghe|dao tao|lop nghe",
    13: "san xuat|hop tac xa|htx|ocop|vung trong|lien ket|truy xuat|mo hinh",
    14: "y te|bao hiem|suc khoe|kham|giao duc|truong",
    15: "y te|bao hiem|suc khoe|hanh chinh|thu tuc|dich vu cong",
    16: "phap luat|hoa giai|van hoa",
    17: "moi truong|rac|chuong|nuoc|cay xanh|nghia trang|thuc pham",
    18: "nuoc|moi truong|chinh tri|phap luat|can bo|hoi vien",
    19: "an ninh|quoc phong|camera|dan quan",
}
_LEAST_NAMED = 2
_DONE_SAID = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|đạt|về đích|xong)\b[^.;|]{0,60}\b(?:tiêu chí|TC)\b"
    r"|\b(?:tiêu chí|TC)\b[^.;|]{0,80}\b(?:hoàn thành|đạt)\b",
    re.IGNORECASE,
)
_DONE_COLUMN = re.compile(
    r"\b(?:tieu chi|tc)\b.*\b(?:hoan thanh|dat|xong)\b"
    r"|\b(?:hoan thanh|dat|xong)\b.*\b(?:tieu chi|tc)\b"
)


def left_out(plan: Plan) -> list[Criterion]:
    """Unmet criteria that no line of the roadmap names or works on, where most others are."""
    unmet: dict[int, Criterion] = {}
    for criterion in plan.criteria:
        if criterion.status == "to_reach" and criterion.number:
            unmet.setdefault(criterion.number, criterion)
    if len(unmet) <= _LEAST_NAMED:
        return []
    told = [each for each in moments(plan) if _of_roadmap(each)]
    if len({each.period.text for each in told}) < _LEAST_NAMED:
        return []
    words = [f"{each.words} {_row(each)}" for each in told]
    numbers = {number for each in words for number in criteria_in(each)}
    said = fold(" | ".join(words))
    # What names another criterion by its number is no work on this one.
    unnamed = fold(" | ".join(each for each in words if not criteria_in(each)))
    dated = {n for task in plan.tasks if task.deadline for n in task.criteria}
    done = {n for entry in plan.schedule for n in entry.completes}
    named = {n for n, c in unmet.items() if n in numbers | done or _by_name(c, said)}
    if len(named) < _LEAST_NAMED or len(named) * 2 < len(unmet):
        return []
    later = put_off(plan)
    by_number = len(unmet) > _LEAST_NAMED + 1 and len(set(unmet) & numbers) == len(unmet) - 1
    if by_number:  # a goal that names several is no work on each
        alone = [task for task in plan.tasks if task.deadline and len(task.criteria) == 1]
        dated = {task.criteria[0] for task in alone}
    missing = [
        criterion
        for number, criterion in unmet.items()
        if number not in named | dated | later
        and not _worked_on(criterion, plan, said, unnamed, by_number=by_number)
    ]
    return missing if len(missing) * 2 <= len(unmet) else []


_LATER = guarded(r"[^.;]*\b(?:hoàn thành|đạt|phấn đấu|chuyển)\b[^.;]*?\bnăm (?P<year>20\d\d)")
_COMMON = frozenset(
    ("tieu chi", "nong thon", "xa hoi", "kinh te", "thuc hien", "hoan thanh", "phan dau", "ty le")
)


def put_off(plan: Plan) -> set[int]:
    """The criteria that are put off to a later year in so many words."""
    year = max(plan.document.years, default=0)
    found: set[int] = set()
    for each in paragraphs(plan) if year else ():
        years = re.findall(r"năm (20\d\d)", each.text) if "năm 20" in each.text else []
        for match in _LATER.finditer(each.text) if any(int(y) > year for y in years) else ():
            if int(match["year"]) > year:
                found.update(int(n) for n in re.findall(r"(?<![\d/])\d{1,2}(?![\d/])", match[0]))
    return found


def _worked_on(
    criterion: Criterion, plan: Plan, said: str, unnamed: str, *, by_number: bool
) -> bool:
    """Whether the roadmap has words of the criterion, or those the paper tells beside its name.

    Of a set whose topics are not known by number, nothing is said where the paper tells none.
    """
    topics = _topics(criterion)
    if topics and re.search(topics, unnamed):
        return True
    named = _pairs_in(fold(criterion.name)) - _COMMON
    if any(pair in unnamed for pair in named):
        return True
    told = False
    for each in paragraphs(plan):
        head, colon, rest = each.folded.partition(":")
        own = criterion.number and f"tieu chi {criterion.number}" in head.replace("so ", "")
        if colon and len(head) <= _NEAR_HEAD and (own or named & _pairs_in(head)):
            told = True
            if sum(pair in said for pair in _pairs_in(rest) - _COMMON) >= _LEAST_NAMED:
                return True
    return not topics and not told and not by_number  # every other one is named by its number


def _pairs_in(folded: str) -> set[str]:
    return {f"{a} {b}" for a, b in pairwise(re.findall(r"[a-z]+", folded))}


_NEAR_HEAD = 70


def numbers_told(plan: Plan) -> set[int]:
    """The criteria that lines of the roadmap name by their number."""
    told = [each for each in moments(plan) if _of_roadmap(each)]
    return {n for each in told for n in criteria_in(f"{each.words} {_row(each)}")}


def says_done(plan: Plan, lines: Lines) -> bool:
    """Whether a line of the roadmap says a criterion is done, not only which one it serves."""
    if any(_DONE_SAID.search(line) for _, line in numbered(plan, lines)):
        return True
    rows = [each for each in paragraphs(plan) if each.cells and each.number == lines[0]]
    return not rows or any(_DONE_COLUMN.search(head) for row in rows for head in row.head)


def _topics(criterion: Criterion) -> str:
    """Words that tell a criterion of a set of nineteen is worked on; none for another set."""
    name = fold(criterion.name)
    known = match_name(name, 0, "advanced") or match_name(name, 0, "ntm")
    if criterion.number and known and known[0] == criterion.number:
        return TOPICS.get(criterion.number, "(?!)")
    return ""


def _of_roadmap(moment: Moment) -> bool:
    if moment.period.kind == "year":
        return False
    above = " ".join(fold(each[:80]) for each in moment.paragraph.above)
    table = moment.paragraph.cells and moment.column and _first_column(moment)
    return not moment.own or bool(_ROADMAP.search(above)) or bool(table)


def _first_column(moment: Moment) -> bool:
    columns = moment.paragraph.columns
    return moment.column in columns[:2]


def _row(moment: Moment) -> str:
    return " ".join(moment.paragraph.cells)


def _by_name(criterion: Criterion, said: str) -> bool:
    name = fold(criterion.name)
    return len(name) > 4 and name in said
