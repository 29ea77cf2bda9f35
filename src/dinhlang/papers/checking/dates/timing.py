"""Dates against one another: goals, their conditions, tasks, months, the paper's own day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dinhlang.papers.checking.dates.after_goal import after_their_goal
from dinhlang.papers.checking.dates.calendar_reading import gone_by
from dinhlang.papers.checking.dates.deadlines import commune_goals, dated_goals, task_place
from dinhlang.papers.checking.dates.events import events
from dinhlang.papers.checking.dates.nameless import nameless_goals
from dinhlang.papers.checking.dates.needed_first import used_before
from dinhlang.papers.checking.dates.orders import wrong_order
from dinhlang.papers.checking.dates.own_periods import end_of
from dinhlang.papers.checking.dates.recognition_time import after_recognition
from dinhlang.papers.checking.dates.stage_order import stages_out_of_order
from dinhlang.papers.checking.dates.whole_deadlines import behind_all
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.law.cited import issued
from dinhlang.papers.checking.text.places import at, clauses, is_plan, numbered, title_line
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan, Task
from dinhlang.vietnamese import find_dates, find_periods

_EXACT = re.compile(r"\b(?:tháng|quý|ngày)\b|\d/\d", re.IGNORECASE)
# What may well follow the goal: procedure, keeping up, looking back, the years behind.
_AFTERWARDS = re.compile(
    r"\b(?:duy trì|thẩm tra|thẩm định|hồ sơ|công nhận|công bố|đón|tổng kết|sơ kết|báo cáo|đánh giá"
    r"|thanh toán|quyết toán|giữ vững|năm sau|năm tiếp theo|lễ|khen thưởng|kế hoạch năm"
    r"|hài lòng)\b",
    re.IGNORECASE,
)
_GATHERING = re.compile(
    r"[\s#*_+•–\-\d.)]*(?P<what>(?:họp|lễ|hội nghị|tổ chức (?:họp|lễ|hội nghị|ra quân)|ra quân"
    r"|phát động|khởi công|tập huấn|bắt đầu|xong|hoàn thành)\b)",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"\b(?:đến hết năm|đến năm|hết năm|trong năm|năm)\s+\d{4}\s*(?:và|,)\s*(?:những|các)?\s*năm\s+"
    r"(?:tiếp theo|sau|tới)\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\bxã\b(?:\s+[A-ZĐÀ-Ỹ]\w*){0,4}\s+(?:đạt\s+(?:chuẩn\s+)?)?(?:nông thôn mới|NTM)\s*"
    r"(?:kiểu mẫu|nâng cao|hiện đại)",
    re.IGNORECASE,
)
_REMAINING = re.compile(
    r"\b\d{1,2}\s+(?:thôn|khu|bản|ấp|xóm|buôn)\s+còn lại\s+(?:phải|phấn đấu|tập trung|tiếp tục)"
    r"[^.;]{0,40}(?:đạt|hoàn thiện|hoàn thành)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\bđã\b|kết quả|thực trạng|hiện trạng|tính đến", re.IGNORECASE)
_MORE_YEARS = re.compile(r"năm (?:tiếp|sau|tới)")
_COMMITMENT = re.compile(r"\btheo (?:bản )?cam kết với (?:tỉnh|huyện|cấp trên)\b", re.IGNORECASE)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


@rule(
    code="TASK-AFTER-GOAL",
    severity="error",
    purpose="Không việc nào của mục tiêu xong sau mục tiêu",
    page="""
## Là gì

Một việc, hoặc một tiêu chí trong lộ trình, có hạn sau thời điểm xã phải đạt chuẩn.

## Vì sao

Việc làm sau không giúp đạt mục tiêu trước đó; hoặc một trong hai hạn ghi sai.

## Ví dụ

Bị báo: xã đạt chuẩn `vào quý 3 năm 2024`, mô hình của xã `xong trong quý 4 năm 2024`.

Không bị báo: việc duy trì, báo cáo, tổng kết, lễ công bố sau khi đạt chuẩn.

## Cách sửa

Kéo hạn của việc về trước mục tiêu, hoặc ghi rõ việc này không thuộc điều kiện đạt chuẩn.
""",
)
def after_goal(plan: Plan) -> Iterator[Hit]:
    """Tasks and lines of the roadmap that end after the last date of their goal."""
    told: set[int] = set()
    for hit in _after_commune_goal(plan):
        told.update(range(hit.places[0].lines[0], hit.places[0].lines[1] + 1))
        yield hit
    yield from after_their_goal(plan, told)
    yield from after_recognition(plan, told)
    yield from behind_all(plan, told)


def _after_commune_goal(plan: Plan) -> Iterator[Hit]:
    if not plan.schedule and not any(task.deadline for task in plan.tasks):
        return
    goals = commune_goals(plan)
    if not goals:
        return
    goal = max(goals, key=lambda each: each.last)
    for task in plan.tasks:
        if _ends_after(task, goal.last):
            end = _day(task.deadline.end) if task.deadline else None
            yield Hit(
                message=f"Việc này có hạn {_said(end) if end else ''}, sau thời điểm đạt chuẩn "
                f"({goal.words}).",
                places=(task_place(plan, task), goal.place),
                advice="Kéo hạn về trước mục tiêu, hoặc ghi rõ việc này không thuộc điều kiện đạt "
                "chuẩn.",
            )
    for entry in plan.schedule:
        end = end_of(entry)
        if entry.completes and end and end > goal.last and end.year <= goal.last.year + 1:
            numbers = ", ".join(map(str, entry.completes))
            yield Hit(
                message=f"Lộ trình hoàn thành tiêu chí {numbers} đến {_said(end)}, sau thời điểm "
                f"đạt chuẩn ({goal.words}).",
                places=(at(entry.lines[0], _start(plan, entry.lines[0])), goal.place),
                advice="Kéo hạn của tiêu chí về trước mục tiêu.",
            )


def _start(plan: Plan, number: int) -> str:
    return plan.text[number - 1].strip()[:120].strip()


def _ends_after(task: Task, last: date) -> bool:
    deadline = task.deadline
    end = _day(deadline.end) if deadline else None
    if deadline is None or end is None or end <= last or end.year > last.year + 1:
        return False
    return bool(_EXACT.search(deadline.text)) and not _AFTERWARDS.search(task.text)


@rule(
    code="PRECONDITION-LATE",
    severity="error",
    purpose="Điều kiện có trước việc phụ thuộc vào nó",
    page="""
## Là gì

Thôn thông minh là một điều kiện của xã nông thôn mới kiểu mẫu, nhưng hạn của thôn lại sau hạn của
xã.

## Vì sao

Đến hạn, xã thiếu một điều kiện (Quyết định 319/QĐ-TTg: có ít nhất một mô hình thôn thông minh).

## Ví dụ

Bị báo: xã đạt kiểu mẫu `vào quý 3 năm 2024`, thôn đạt thôn thông minh `vào tháng 10/2024`.

Không bị báo: thôn đạt `trong quý 2/2024`, xã đạt `trong quý 3/2024`.

## Cách sửa

Đưa hạn của thôn lên trước hạn của xã, hoặc lùi hạn của xã.
""",
)
def precondition(plan: Plan) -> Iterator[Hit]:
    """A smart village due after the model level of the commune; steps in the wrong order."""
    told: set[int] = set()
    for hit in wrong_order(plan):
        told.update(place.lines[0] for place in hit.places)
        yield hit
    for hit in used_before(plan):
        if not {place.lines[0] for place in hit.places} <= told:
            told.update(place.lines[0] for place in hit.places)
            yield hit
    yield from stages_out_of_order(plan, told)
    if not any("thông minh" in line for line in plan.text):
        return
    goals = list(dated_goals(plan))
    model = [g for g in goals if g.subject == "xã" and g.level == "nông thôn mới kiểu mẫu"]
    if not model:
        return
    earliest = min(model, key=lambda each: each.last)
    late = [g for g in goals if g.level == "thông minh" and g.subject != "xã"]
    late = [goal for goal in late if goal.last > earliest.last]
    if late:
        who = late[0].subject
        yield Hit(
            message=f"{who[:1].upper()}{who[1:]} đạt thôn thông minh ({late[0].words}) sau khi "
            f"xã đạt kiểu mẫu ({earliest.words}), mà đó là điều kiện của xã.",
            places=(*(goal.place for goal in late), earliest.place),
            advice="Đưa hạn của thôn lên trước hạn của xã, hoặc lùi hạn của xã.",
        )


@rule(
    code="DATE-BEFORE",
    severity="error",
    purpose="Thời hạn không ở trước ngày ban hành kế hoạch",
    page="""
## Là gì

Hạn của một việc, một đợt cao điểm hay một kỳ của lộ trình đã qua vào ngày ban hành kế hoạch.

## Vì sao

Việc đã quá hạn trước khi được giao; thường do chép kế hoạch năm trước.

## Ví dụ

Bị báo: kế hoạch ngày 15/5/2024 giao việc `xong trước ngày 30/4/2024`.

Không bị báo: kỳ đang diễn ra vào ngày ban hành; mốc thời gian của việc đã làm.

## Cách sửa

Sửa hạn, hoặc chuyển việc ấy sang phần kết quả đã làm.
""",
)
def before_issue(plan: Plan) -> Iterator[Hit]:
    """Deadlines that had passed when the paper was issued."""
    days = issued(plan)
    if days is None or not is_plan(plan):
        return
    first = days[0]
    told: set[int] = set()
    for task in plan.tasks:
        end = _day(task.deadline.end) if task.deadline else None
        if end is None or task.deadline is None or end >= first or _TOLD.search(task.text):
            continue
        if _as_of(task):
            continue
        told.add(task.lines[0])
        yield Hit(
            message=f"Hạn của việc này ({task.deadline.text}) ở trước ngày kế hoạch "
            f"({_said(first)}).",
            places=(task_place(plan, task),),
            advice="Sửa hạn, hoặc chuyển sang phần kết quả đã làm.",
        )
    for entry in plan.schedule:
        end = end_of(entry)
        if end and end < first and entry.lines[0] not in told:
            told.add(entry.lines[0])
            yield Hit(
                message=f"Kỳ này của lộ trình đã hết trước ngày kế hoạch ({_said(first)}).",
                places=(at(entry.lines[0], _start(plan, entry.lines[0])),),
                advice="Bỏ kỳ đã qua, hoặc sửa năm.",
            )
    for number, words, day in _gatherings(plan):
        if day < first and number not in told:
            told.add(number)
            yield Hit(
                message=f"Việc này ghi ngày {_said(day)}, trước ngày kế hoạch ({_said(first)}).",
                places=(at(number, words),),
                advice="Sửa ngày, hoặc chuyển sang phần kết quả đã làm.",
            )
    for wave in plan.campaign.waves if plan.campaign else ():
        end = _day(wave.end)
        if end and end < first and wave.lines[0] not in told:
            told.add(wave.lines[0])
            yield Hit(
                message=f"Đợt này kết thúc {_said(end)}, trước ngày kế hoạch ({_said(first)}).",
                places=(at(wave.lines[0], _start(plan, wave.lines[0])),),
                advice="Sửa ngày của đợt hoặc ngày của kế hoạch.",
            )
    for moment, _ in gone_by(plan, first, told):
        yield Hit(
            message=f"Việc này ghi {moment.period.text.strip()}, trước ngày kế hoạch "
            f"({_said(first)}).",
            places=(moment.place(plan),),
            advice="Sửa ngày, hoặc chuyển sang phần kết quả đã làm.",
        )


_UP_TO = re.compile(r"\s*(?:tính\s+)?đến\b", re.IGNORECASE)
_HOW_IT_IS = re.compile(r"\b(?:có|còn|đạt|duy trì|mới|được|đã|chiếm|tổng số)\b", re.IGNORECASE)
_TO_BE_DONE = re.compile(
    r"\b(?:phải|hoàn thành|hoàn thiện|xong|nộp|gửi|trình|tổ chức|lắp|xây|làm|trồng|phấn đấu"
    r"|bàn giao|sửa|lập|mở|ra quân|họp|nghiệm thu|khởi công)\b",
    re.IGNORECASE,
)


def _as_of(task: Task) -> bool:
    """Whether words tell how things stand on a day: “Đến ngày 31/3/2024 xã đạt 16/19 tiêu chí”."""
    until = task.deadline is not None and _UP_TO.match(task.deadline.text) is not None
    if re.match(r"\W*tính\b", task.text, re.IGNORECASE) and until:
        return True
    stands = _HOW_IT_IS.search(task.text) is not None
    return until and stands and _TO_BE_DONE.search(task.text) is None


def _gatherings(plan: Plan) -> Iterator[tuple[int, str, date]]:
    """Meetings, launches and works that begin a clause and name their day."""
    for clause in clauses(plan, None, lambda line: "/" in line and "ngày" in line.lower()):
        match = _GATHERING.match(clause.text)
        dates = find_dates(clause.text) if match else []
        if match is None or not dates or "đã " in clause.text or len(dates) > 1:
            continue
        day = _day(dates[0].iso if dates[0].valid else None)
        if day and not re.search(r"\b(?:số|theo|từ|kể từ)\s", clause.text[: dates[0].start]):
            yield clause.number, clause.text[match.start("what") : dates[0].end].strip(), day


@rule(
    code="GOAL-OPEN",
    severity="warning",
    purpose="Mục tiêu có điểm kết thúc",
    page="""
## Là gì

Mục tiêu ghi hạn là một năm “và các năm tiếp theo”.

## Vì sao

Hạn bỏ ngỏ thì không năm nào phải chịu trách nhiệm.

## Ví dụ

Bị báo: `phấn đấu đến hết năm 2024 và các năm tiếp theo, mỗi khu tăng thêm các tiêu chí`.

Không bị báo: `phấn đấu đến hết năm 2024 mỗi khu tăng thêm 02 tiêu chí`.

## Cách sửa

Ghi mức phải đạt trong năm kế hoạch; năm sau có kế hoạch riêng.
""",
)
def open_end(plan: Plan) -> Iterator[Hit]:
    """Goals due in a year and the years behind it."""
    for number, line in body(plan):
        match = _OPEN_END.search(line) if _MORE_YEARS.search(line) else None
        if match and re.search(r"\b(?:phấn đấu|đạt|tăng|hoàn thành)\b", line, re.IGNORECASE):
            yield Hit(
                message="Hạn của mục tiêu để ngỏ.",
                places=(at(number, match[0]),),
                advice="Ghi mức phải đạt trong năm kế hoạch.",
            )


@rule(
    code="GOAL-UNDATED",
    severity="warning",
    purpose="Mục tiêu của xã và của các thôn còn lại có thời hạn",
    page="""
## Là gì

Kế hoạch xây dựng xã đạt một mức nhưng phần nội dung không ghi bao giờ xã đạt; hoặc giao các thôn
còn lại phải đạt mà không có hạn.

## Vì sao

Không có hạn thì không xếp được việc và không biết lúc nào là chậm.

## Ví dụ

Bị báo: kế hoạch xây dựng xã kiểu mẫu, mục tiêu chỉ ghi hạn của các khu dân cư; `07 thôn còn lại
phải hoàn thiện các tiêu chí`.

Không bị báo: `xã đạt chuẩn trước 30/11/2024`; `07 thôn còn lại đạt trong quý IV`.

## Cách sửa

Ghi tháng hoặc quý phải đạt.
""",
)
def undated(plan: Plan) -> Iterator[Hit]:
    """The commune's own goal, and that of the remaining villages, without a date."""
    if plan.document.kind != "plan":
        return
    title = title_line(plan)
    if title and _aims(plan, title) and not commune_goals(plan) and not _recognised_by(plan):
        place = next(
            (
                at(n, m[0])
                for n, line in numbered(plan, (title, title + 3))
                if (m := _AIM.search(line))
            ),
            None,
        )
        if place:
            yield Hit(
                message="Kế hoạch không ghi bao giờ xã phải đạt.",
                places=(place,),
                advice="Ghi tháng hoặc quý xã phải đạt ở phần mục tiêu.",
            )
    yield from nameless_goals(plan)
    for clause in clauses(plan, only=lambda line: "còn lại" in line):
        match = _REMAINING.search(clause.text)
        if match and not any(each.kind != "span" for each in find_periods(clause.text)):
            yield Hit(
                message="Mục tiêu của các thôn còn lại không có thời hạn.",
                places=(at(clause.number, match[0]),),
                advice="Ghi tháng hoặc quý phải đạt.",
            )


# “đề nghị UBND tỉnh xét, công nhận trong quý I” dates the recognition itself.
_ASKED = re.compile(
    r"\b(?:hồ sơ|đề nghị(?!\s+(?:UBND\s+|cấp\s+)?(?:tỉnh|huyện)?[^,;.]{0,20}?,?\s*(?:xét,?\s+)?"
    r"công nhận)|lấy ý kiến|đăng ký)\b",
    re.IGNORECASE,
)
_RECOGNISED = re.compile(r"\b(?:công nhận|về đích|đạt chuẩn)\b", re.IGNORECASE)


def _recognised_by(plan: Plan) -> bool:
    """Whether some day, month or quarter is told by which the commune is to be recognised."""
    return any(
        each.kind != "year"
        and _RECOGNISED.search(each.words)
        and not (_ASKED.search(each.words) or villages_of(each.words))
        for each in events(plan)
    )


def _aims(plan: Plan, title: int) -> bool:
    """Whether the title promises that the commune reaches a level."""
    rows = " ".join(line for _, line in numbered(plan, (title, title + 3)) if "Căn cứ" not in line)
    return bool(_AIM.search(rows)) and "thôn nông thôn mới" not in rows


@rule(
    code="COMMITMENT-DATE",
    severity="warning",
    purpose="Cam kết với cấp trên có thời hạn",
    page="""
## Là gì

Kế hoạch nhắc việc đã cam kết với tỉnh, huyện mà không ghi hạn của cam kết.

## Vì sao

Cam kết nợ tiêu chí có hạn; quá hạn có thể bị thu hồi kết quả.

## Ví dụ

Bị báo: `hoàn thành tiêu chí 17, 18 theo cam kết với tỉnh`.

Không bị báo: `hoàn thành tiêu chí 17 theo cam kết với tỉnh, trước 30/9/2024`.

## Cách sửa

Ghi hạn của cam kết và viện dẫn văn bản cam kết.
""",
)
def commitment(plan: Plan) -> Iterator[Hit]:
    """Commitments to a higher level without a date: one warning for all."""
    places = []
    for clause in clauses(plan, only=lambda line: "cam kết với" in line):
        match = _COMMITMENT.search(clause.text)
        dated = any(each.kind != "span" for each in find_periods(clause.text))
        if match and not dated:
            places.append(at(clause.number, match[0]))
    if places:
        yield Hit(
            message="Cam kết với cấp trên không ghi thời hạn.",
            places=tuple(places),
            advice="Ghi hạn của cam kết và viện dẫn văn bản cam kết.",
        )
