"""The roadmap: what it leaves out, and whether it leaves time for recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.dates.appraisal import ends_with_its_goal, on_the_day_itself
from dinhlang.papers.checking.dates.deadlines import commune_goals
from dinhlang.papers.checking.dates.own_periods import end_of
from dinhlang.papers.checking.dates.periods_told import left_out
from dinhlang.papers.checking.dates.recognition_time import no_time_left
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.gaps.gap_doubt import worth_telling
from dinhlang.papers.checking.gaps.gap_grids import unmarked_rows
from dinhlang.papers.checking.gaps.gap_items import told_in, untaken
from dinhlang.papers.checking.gaps.gap_lists import not_taken_up
from dinhlang.papers.checking.text.likeness import content, share_found
from dinhlang.papers.checking.text.places import at, has_digit, is_plan, numbered, whole, words_of
from dinhlang.papers.checking.text.sections import body, organisation
from dinhlang.papers.plan import Plan, ScheduleEntry
from dinhlang.vietnamese import find_periods
from dinhlang.vietnamese.guarded import guarded

_BRACKETS = re.compile(r"\(([^()]{4,40})\)")
_CITED = re.compile(
    r"\b(?:Căn cứ|Thực hiện (?:Nghị quyết|Kế hoạch|Quyết định))"
    r"|\d[-/]\w*[A-ZĐ]{2}"
)
_STEPS = (
    ("lấy ý kiến hài lòng của người dân", guarded(r"hài lòng", re.IGNORECASE)),
    (
        "đăng ký, lập hồ sơ đề nghị công nhận",
        guarded(
            r"\bđăng ký (?:xã |công nhận )|hồ sơ (?:đề nghị|trình|xét|công nhận)|thẩm tra"
            r"|thẩm định"
            r"|đề nghị (?:xét,? )?(?:thẩm|công nhận)|(?:lập|hoàn chỉnh|trình|nộp) hồ sơ"
            r"|xét,? công nhận",
            re.IGNORECASE,
        ),
    ),
)
_ASSIGNED = re.compile(
    r"\b(?:lấy ý kiến[^.;]{0,40}hài lòng|khảo sát[^.;]{0,40}hài lòng|đánh giá[^.;]{0,20}hài lòng"
    r"|đăng ký xã đạt|lập hồ sơ|hoàn thiện hồ sơ đề nghị|hồ sơ đề nghị|đề nghị công nhận)\b[^.;]*",
    re.IGNORECASE,
)
_EXACT = re.compile(r"\b(?:tháng|quý|ngày|tuần)\b|\d\s*/\s*\d", re.IGNORECASE)
_LACKS = re.compile(r"\bchưa (?:có|được)\b|\bcòn thiếu\b|\bthiếu\b", re.IGNORECASE)
# What begins with a verb of work is a task, no gap.
_WORK_TO_DO = re.compile(
    r"\W*(?:tiếp tục |phấn đấu |tập trung )?(?:làm|nâng|cứng hóa|sửa|lắp|trồng|vận động|mở|xây|giao"
    r"|hỗ trợ|cải tạo|bê tông|kéo|đổ|lập|dán|tổ chức|tập huấn|ký|thảm|rải|đầu tư|mua|cấp|tái canh"
    r"|tuyên truyền|hướng dẫn|xóa|di dời|thu gom|duy tu|nạo vét|hoàn thiện|hoàn thành)\b",
    re.IGNORECASE,
)
_HALF, _MOST = 0.5, 0.6
_LEAST_ENTRIES = 3
_PROCEDURE_DAYS = 30


def roadmap_text(plan: Plan) -> str:
    """Everything the roadmap says, and every dated task."""
    rows = [line for entry in plan.schedule for _, line in numbered(plan, entry.lines)]
    rows += [task.text for task in plan.tasks if task.deadline]
    return "\n".join(rows)


@rule(
    code="GAP-SCHEDULE",
    severity="warning",
    purpose="Mỗi hạng mục còn thiếu có trong lộ trình",
    page="""
## Là gì

Kế hoạch nêu các hạng mục còn thiếu của một tiêu chí; lộ trình làm một số hạng mục rồi ghi hoàn
thành tiêu chí ấy, còn một hạng mục không có ở quý, tháng nào.

## Vì sao

Hạng mục bị quên thì đến hạn tiêu chí vẫn chưa đạt. Hai chỗ được so theo lời, nên đây là cảnh báo.

## Ví dụ

Bị báo: tiêu chí Giao thông thiếu đường trục xã và rãnh thoát nước; lộ trình chỉ có mở rộng đường
trục xã rồi ghi hoàn thành tiêu chí số 2.

Không bị báo: lộ trình nêu cả hai; lộ trình chỉ ghi tên tiêu chí, không kể hạng mục.

## Cách sửa

Đưa hạng mục vào một quý hoặc tháng của lộ trình, có người chủ trì.
""",
)
def gap(plan: Plan) -> Iterator[Hit]:
    """Gaps and criteria that a roadmap telling of the others leaves out."""
    told: set[int] = set()
    for criterion in left_out(plan):
        told.add(criterion.lines[0])
        named = f"{criterion.number} ({criterion.name})" if criterion.name else criterion.number
        yield Hit(
            message=f"Tiêu chí {named} chưa đạt nhưng không có trong quý, tháng nào của lộ trình.",
            places=(whole(plan, criterion.lines),),
            advice="Đưa tiêu chí này vào lộ trình, có người chủ trì.",
        )
    if is_plan(plan):
        for text, place in unmarked_rows(plan):
            if place.lines[0] not in told:
                told.add(place.lines[0])
                yield _no_period(text, place)
    for text, place in _by_their_words(plan, told):
        told.update(range(place.lines[0], place.lines[1] + 1))
        if worth_telling(plan, text, place.lines):
            yield _no_period(text, place)


def _by_their_words(plan: Plan, told: set[int]) -> Iterator[tuple[str, Place]]:
    """What is lacking and no dated words take up: its words and its place."""
    yield from _gaps_read(plan)
    if not is_plan(plan):
        return
    for thing in untaken(plan):
        if thing.place.lines[0] not in told:
            yield thing.text, thing.place
    for item in not_taken_up(plan) if not told else ():
        yield item.text, item.place


def _no_period(text: str, place: Place) -> Hit:
    return Hit(
        message=f"“{text[:100].strip()}” không có trong quý, tháng nào của lộ trình.",
        places=(place,),
        advice="Đưa hạng mục này vào lộ trình, có người chủ trì.",
    )


def _gaps_read(plan: Plan) -> Iterator[tuple[str, Place]]:
    if len(plan.schedule) < _LEAST_ENTRIES:
        return
    said = roadmap_text(plan)
    entries = [
        (entry, "\n".join(line for _, line in numbered(plan, entry.lines)))
        for entry in plan.schedule
    ]
    for criterion in plan.criteria:
        if criterion.status != "to_reach" or len(criterion.gaps) < 2:
            continue
        own = "\n".join(text for entry, text in entries if criterion.number in entry.completes)
        told = [item for item in criterion.gaps if own and _covers(own, item.text)]
        for item in criterion.gaps:
            if not told or item in told or len(content(item.text)) < 2:
                continue
            if _WORK_TO_DO.match(item.text):
                continue
            if any(
                words.group(1).lower() in said.lower() for words in _BRACKETS.finditer(item.text)
            ):
                continue
            if any(_covers(text, item.text) or told_in(item.text, text) for _, text in entries):
                continue
            yield item.text, whole(plan, item.lines)


def _covers(entry: str, gap_text: str) -> bool:
    """Whether a line of the roadmap does what a gap lacks: half its words, or what is missing."""
    missing = _LACKS.split(gap_text)[-1]
    named = content(missing) and missing != gap_text and share_found(missing, entry) >= _MOST
    return share_found(gap_text, entry) >= _HALF or bool(named)


@rule(
    code="GOAL-PROCEDURE",
    severity="error",
    purpose="Lộ trình để đủ thời gian xét công nhận",
    page="""
## Là gì

Lộ trình làm xong tiêu chí cuối cùng đúng vào tháng phải đạt chuẩn (hoặc muộn hơn), không còn thời
gian lấy ý kiến hài lòng, lập hồ sơ, thẩm tra, thẩm định.

## Vì sao

Xã chỉ đạt chuẩn khi được công nhận; các bước ấy làm sau khi đủ tiêu chí và mất nhiều tuần. Thời
gian của từng bước do tỉnh quy định; phép kiểm chỉ đòi còn ít nhất một tháng.

## Ví dụ

Bị báo: `phấn đấu đến cuối năm 2023 đạt chuẩn`, lộ trình quý IV (tháng 10, 11, 12) mới hoàn thành
ba tiêu chí.

Không bị báo: hoàn thành tiêu chí trước 30/9, đạt chuẩn cuối năm; mục tiêu chỉ là đủ điều kiện đề
nghị công nhận.

## Cách sửa

Đẩy hạn của các tiêu chí lên, hoặc lùi thời điểm đạt chuẩn; thêm các bước xét công nhận vào lộ
trình.
""",
)
def no_time(plan: Plan) -> Iterator[Hit]:
    """The last criterion, or the file itself, done when the commune is to be recognised."""
    told: set[int] = set()
    for hit in _criteria_at_the_end(plan):
        for place in hit.places:
            told.update(range(place.lines[0], place.lines[1] + 1))
        yield hit
    found = list(ends_with_its_goal(plan, told))
    yield from found
    if not found and not told:
        yield from no_time_left(plan)
    yield from on_the_day_itself(plan, told)


def _criteria_at_the_end(plan: Plan) -> Iterator[Hit]:
    ends = [(end, entry) for entry in plan.schedule if entry.completes and (end := end_of(entry))]
    if len(ends) < 2 or len(plan.schedule) < _LEAST_ENTRIES:
        return
    goals = commune_goals(plan)
    if not goals:
        return
    goal = max(goals, key=lambda each: each.last)
    last, entry = max(ends, key=lambda pair: pair[0])
    at_the_end = "\n".join(
        line for end, each in ends if end >= last for _, line in numbered(plan, each.lines)
    )
    if any(words.search(at_the_end) for _, words in _STEPS):
        return
    if (goal.last - last).days >= _PROCEDURE_DAYS or last.year > goal.last.year + 1:
        return
    numbers = ", ".join(
        str(number) for end, each in ends if end == last for number in sorted(each.completes)
    )
    yield Hit(
        message=f"Tiêu chí {numbers} hoàn thành đến {last.day}/{last.month}/{last.year}, mục tiêu "
        f"đạt chuẩn là {goal.words}: không còn thời gian xét công nhận.",
        places=(goal.place, _head_of(plan, entry)),
        advice="Đẩy hạn các tiêu chí lên, hoặc lùi thời điểm đạt chuẩn; thêm các bước xét công "
        "nhận.",
    )


def _head_of(plan: Plan, entry: ScheduleEntry) -> Place:
    first = entry.lines[0]
    return (
        at(first, words_of(plan.text[first - 1]))
        if first <= len(plan.text)
        else Place(lines=entry.lines)
    )


@rule(
    code="STEP-MISSING",
    severity="error",
    purpose="Các bước xét công nhận có trong lộ trình",
    page="""
## Là gì

Kế hoạch có lộ trình theo quý, tháng và có giao việc lấy ý kiến hài lòng, đăng ký hoặc lập hồ sơ đề
nghị công nhận, nhưng các bước ấy không có ngày, không nằm trong kỳ nào của lộ trình.

## Vì sao

Thiếu một bước thì hồ sơ không nộp được, dù mọi tiêu chí đã đạt. Thiếu mọi bước là lỗi, thiếu một
bước là cảnh báo.

## Ví dụ

Bị báo: Mặt trận được giao lấy ý kiến hài lòng, lộ trình bốn quý không nhắc tới.

Không bị báo: lộ trình có `Tháng 11: lấy ý kiến hài lòng, hoàn thiện hồ sơ`; kế hoạch không có lộ
trình.

## Cách sửa

Thêm các bước này vào lộ trình, trước thời điểm đạt chuẩn.
""",
)
def steps(plan: Plan) -> Iterator[Hit]:
    """Steps of recognition that somebody must take and that no period of the roadmap holds."""
    periods = {entry.period for entry in plan.schedule}
    if len(plan.schedule) < _LEAST_ENTRIES or len(periods) < 2 or not is_plan(plan):
        return
    said = roadmap_text(plan)
    missing, places = [], []
    for name, words in _STEPS:
        if words.search(said):
            continue
        for number, line in body(plan):
            match = _ASSIGNED.search(line) if words.search(line) else None
            if match and words.search(match[0]) and not _dated(line):
                missing.append(name)
                places.append(at(number, match[0].strip()))
                break
    if missing:
        yield Hit(
            message=f"Lộ trình không có bước: {'; '.join(missing)}.",
            places=tuple(places),
            advice="Thêm các bước này vào lộ trình, trước thời điểm đạt chuẩn.",
            severity=None if len(missing) > 1 else "warning",
        )


def _dated(line: str) -> bool:
    return any(
        each.kind not in ("span", "year", "week-rule") and _EXACT.search(each.text)
        for each in find_periods(line)
    )


@rule(
    code="SCHEDULE-NONE",
    severity="warning",
    purpose="Kế hoạch có lộ trình hoặc thời hạn của từng việc",
    page="""
## Là gì

Cả kế hoạch không có một tháng, một quý, một ngày nào cho công việc; chỉ có năm.

## Vì sao

Không chia được việc theo tháng thì cuối năm mới biết là chậm.

## Ví dụ

Bị báo: kế hoạch năm chỉ ghi `trong năm 2024` ở mục tiêu.

Không bị báo: có lộ trình theo quý; có việc ghi `xong trong tháng 6`.

## Cách sửa

Thêm lộ trình theo quý, hoặc ghi tháng phải xong sau từng việc.
""",
)
def no_schedule(plan: Plan) -> Iterator[Hit]:
    """A plan that gives out work and names no month, quarter or day for any of it."""
    if plan.document.kind != "plan" or plan.schedule or len(plan.duties) < 3:
        return
    for _, line in body(plan):
        if not has_digit(line) or _CITED.search(line):
            continue
        if _dated(line):
            return
    yield Hit(
        message="Kế hoạch không ghi tháng, quý hay ngày phải xong của việc nào.",
        places=(organisation(plan),),
        advice="Thêm lộ trình theo quý, hoặc ghi tháng phải xong sau từng việc.",
    )
