"""What has to be there before a commune is recognised, dated when it is, or after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.dates.events import Event, events
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.guarded import guarded

_GOAL = guarded(
    r"\b(?:công nhận|về đích|cán đích|trở thành|đạt(?: chuẩn)?|hoàn thành(?: xây dựng)?|xây dựng"
    r" thành công|lên)\b(?:(?!tiêu chí|chỉ tiêu|nội dung)[^.;:]){0,70}?"
    r"\b(?:nông thôn mới|NTM|danh hiệu|đạt chuẩn)\b|\b(?:quyết định|được)\b[^.;:]{0,40}?"
    r"\bcông nhận\b(?!\s+(?:\S+\s+){0,2}?(?:chuẩn quốc gia|sản phẩm|OCOP|trường|làng|gia đình"
    r"|vườn))",
    re.IGNORECASE,
)
_NO_GOAL = guarded(
    r"\b(?:hồ sơ|đề nghị|xét|thẩm tra|thẩm định|đủ điều kiện|cơ bản|hài lòng|lấy ý kiến"
    r"|sau khi (?:xã )?được|tổng kết|sơ kết|duy trì|giữ vững|kế hoạch (?:số|này)|công bố|lễ|đón"
    r"|tiêu chí|chỉ tiêu|trường|OCOP|trạm|khu dân cư|vườn|hộ|gia đình|hợp tác xã|di tích|kinh phí"
    r"|vốn|nếu|đã (?:được|đạt|về đích|hoàn thành|công nhận))\b",
    re.IGNORECASE,
)
_OF_PRODUCT = re.compile(r"\b(?:OCOP|sản phẩm|\d sao)\b", re.IGNORECASE)
# Where no other date of the recognition is told, its ceremony says that it is there by then.
_CEREMONY = re.compile(
    r"\b(?:đón|công bố|trao)\b[^.;:]{0,30}?\b(?:quyết định"
    r"|bằng)\b[^.;:]{0,30}?\b(?:công nhận\s+)?(?:xã\b"
    r"|đạt chuẩn|nông thôn mới)",
    re.IGNORECASE,
)
_OF_FILE = re.compile(r"\bhồ sơ\b|\bminh chứng\b", re.IGNORECASE)
_OF_CRITERION = re.compile(r"\b(?:tiêu chí|chỉ tiêu|TC)\b", re.IGNORECASE)
_FINISHED = re.compile(
    r"\b(?:xong|hoàn thành|hoàn thiện|hoàn tất|nghiệm thu|bàn giao|khánh thành|đưa vào|đạt|chốt|đủ"
    r"|kết thúc|dứt điểm|thực hiện|được công nhận|phấn đấu)\b",
    re.IGNORECASE,
)
_END_COLUMN = re.compile(r"hoàn thành|xong|kết thúc|thời hạn|hạn|thời gian|tiến độ", re.IGNORECASE)
_AFTERWARDS = re.compile(
    r"\b(?:duy trì|tổng kết|sơ kết|báo cáo|khen thưởng|lễ|công bố|đón|quyết toán|giải ngân|bảo hành"
    r"|thanh toán|không thuộc|ngoài (?:tiêu chí|kế hoạch)|năm sau|giữ vững|nâng chất|rà soát"
    r"|kiểm tra|giám sát|kế hoạch năm|trả nợ|bảo dưỡng|chuyển tiếp|thẩm tra|thẩm định|họp|hội nghị"
    r"|tuyên truyền|khắc phục sau|(?:những|các) năm)\b",
    re.IGNORECASE,
)
_NO_FILE = re.compile(
    r"\bhồ sơ (?:thiết kế|dự thầu|mời thầu|thanh toán|quyết toán|công trình|đấu|vay|sức khỏe|khám"
    r"|địa giới|quản lý|điện tử|trực tuyến|môi trường|OCOP|sản phẩm|thủ tục)"
    r"|\bbổ sung (?:\S+ )?hồ sơ\b|\bnếu (?:được|có) yêu cầu\b",
    re.IGNORECASE,
)
_WIDE = frozenset({"quarter", "half", "year", "range"})
_SUBJECT = re.compile(
    r"[\s,:(]*(?:(?:thì|phấn đấu|là)\s+)?(?:(?:ngày|mốc|hạn|thời điểm|thời hạn)\s+)?"
    r"(?:xã|UBND|được|đạt|về đích)\b",
    re.I,
)
_EXACT = re.compile(r"tháng|ngày|\d\s?[/.-]\s?\d", re.IGNORECASE)
_LISTED = re.compile(r"\W*(?:các\s+)?(?:tiêu chí|TC)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]|\b(?:là|mà|để|thì)\b")
_FILE = 2
_MARGIN, _NEAR, _LONG = 14, 60, 62


def no_time_left(plan: Plan) -> Iterator[Hit]:
    """One warning for the last thing that leaves no time before the recognition of the commune."""
    every = events(plan)
    goals = [each for each in every if is_goal(each)]
    goals = goals or [each for each in every if _CEREMONY.search(each.words)]
    if not goals:
        return
    sharp = [each for each in goals if each.kind != "year"]
    goal = max(sharp or goals, key=lambda each: each.last)
    late = [each for each in every if each not in goals and _too_late(each, goal)]
    if not late:
        return
    last = max(late, key=lambda each: (_rank(each), each.last))
    words = " ".join(last.words.strip(" :;,.-").split())[-90:]
    yield Hit(
        message=f"“{words}” đến {last.said} mới xong, xã được công nhận {goal.said}: không còn "
        "thời gian xét công nhận.",
        places=tuple(dict.fromkeys((last.place(plan), goal.place(plan)))),
        advice="Đẩy các bước này lên, hoặc lùi thời điểm được công nhận.",
        severity="warning",
    )


def after_recognition(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Works that end after the last date the commune is to be recognised; ``told`` are known."""
    every = events(plan)
    goals = [each for each in every if is_goal(each)]
    if not goals:
        return
    goal = max(goals, key=lambda each: each.last)
    for each in every:
        number = each.paragraph.number
        if number in told or each in goals or each.begin <= goal.last or _rank(each):
            continue
        if each.kind in _WIDE or each.last.year > goal.last.year + 1:
            continue
        if not _FINISHED.search(each.words) or _AFTERWARDS.search(each.words):
            continue
        told.add(number)
        yield Hit(
            message=f"Việc này có hạn {each.said}, sau thời điểm xã được công nhận ({goal.said}).",
            places=tuple(dict.fromkeys((each.place(plan), goal.place(plan)))),
            advice="Kéo hạn về trước mục tiêu, hoặc ghi rõ việc này không thuộc điều kiện đạt "
            "chuẩn.",
            severity="warning",
        )


def is_goal(event: Event) -> bool:
    """Whether an event is the recognition of the commune at a level."""
    if event.paragraph.cells and not event.column:
        return False
    return _says_goal(event.words) or bool(
        _SUBJECT.match(event.behind) and _says_goal(event.behind)
    )


def _says_goal(words: str) -> bool:
    match = _GOAL.search(words)
    if match is None:
        return False
    before = _CLAUSE.split(words[: match.start()])[-1]
    around = before[-_NEAR:] + words[match.start() : match.end() + 30]
    if _NO_GOAL.search(around) or _OF_PRODUCT.search(words) or villages_of(words):
        return False
    return "xã" in words.lower() or not re.search(r"\b(?:thôn|ấp|bản|xóm)\b", words)


def _too_late(event: Event, goal: Event) -> bool:
    words = f"{event.words} {event.column}"
    if event.kind == "year" or _AFTERWARDS.search(event.words):
        return False
    if event.last.year > goal.last.year + 1 or event.begin < goal.last.replace(month=1, day=1):
        return False
    gap = (goal.last - event.last).days
    if not gap and event.kind in _WIDE - {"range"} and goal.kind in _WIDE:
        return False
    if goal.kind == "year" and gap >= 0:
        return False
    rank = _rank(event)
    listed = rank and _LISTED.match(event.words) and "lộ trình" in event.above.lower()
    if listed:
        return gap <= _MARGIN
    if (
        rank < _FILE
        and not _in_a_list(event)
        and not _FINISHED.search(words)
        and not _END_COLUMN.search(event.column)
    ):
        return False
    long = event.kind in _WIDE and (event.last - event.first).days > _LONG
    if event.first < goal.first and long and gap >= 0:
        return False
    if rank == 0:
        exact = event.kind not in _WIDE and _EXACT.search(event.said) is not None
        return gap == 0 and exact and bool(_FINISHED.search(words))
    return gap <= _MARGIN


def _in_a_list(event: Event) -> bool:
    """Whether it is one of the criteria a sentence lists: “hoàn thành 03 tiêu chí: … (31/10)”."""
    each = event.paragraph
    if each.cells:
        return False
    begin = next((a for a, b in each.parts if a <= event.start < b), 0)
    head, colon, _ = each.text[begin : event.start].partition(":")
    return bool(colon and _OF_CRITERION.search(head) and _FINISHED.search(head))


def _rank(event: Event) -> int:
    """2 for the file, 1 for criteria, 0 for any other work."""
    if _OF_FILE.search(event.words) and not _NO_FILE.search(event.words):
        return _FILE
    row = " ".join((*event.paragraph.columns, *event.paragraph.cells))
    if _in_a_list(event):
        return 1
    named = _OF_CRITERION.search(event.words) or criteria_in(event.words)
    if event.paragraph.cells and _OF_CRITERION.search(row):
        return 1
    return 1 if named else 0
