"""Reports: who to, how often, by when; who receives the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dinhlang.papers.checking.duties.acting import without_paper
from dinhlang.papers.checking.duties.receiverless import to_nobody_beside
from dinhlang.papers.checking.duties.report_faults import (
    dated_rows,
    loosely_told,
    receivers_told,
    self_told,
)
from dinhlang.papers.checking.duties.unserved import unserved
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.bodies import bodies_in
from dinhlang.papers.checking.text.places import (
    at,
    clauses,
    is_plan,
    listed,
    locate,
    numbered,
    words_of,
)
from dinhlang.papers.checking.text.sections import organisation
from dinhlang.papers.plan import Plan, ReportRule
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_BODIES = tuple(
    (kind, re.compile(words))
    for kind, words in (
        ("bcd", r"ban chi dao|\bbcd\b"),
        ("bql", r"ban quan ly|\bbql\b"),
        ("ubnd", r"\bubnd\b|uy ban nhan dan"),
        ("hdnd", r"\bhdnd\b|hoi dong nhan dan"),
        ("du", r"dang uy"),
        ("vpdp", r"vpdp|vp dp|van phong dieu phoi"),
        ("mttq", r"mttq|mat tran"),
    )
)
_OFFICE_OF = re.compile(
    r"\b(?:van phong|cong chuc|can bo|bo phan|trung tam|phong|to|doi)\b[^;,]{0,40}?"
    r"\b(?:hdnd\W+(?:va\W+)?)?(?:ubnd|uy ban nhan dan)\b"
)
_HIGHER = re.compile(r"\b(?:huyen|tinh|thanh pho|thi xa|trung uong|cap tren|tp)\b")
_PART_OF_BODY = re.compile(r"\b(?:thanh vien|uy vien|thuong truc|truong ban|to giup viec)\b")
_REPORTS = re.compile(r"\bbáo cáo\b", re.IGNORECASE)
_TWO = re.compile(
    r"\bbáo cáo\s+(?:kết quả\s+)?(?:cho|về|gửi|đến)?\s*(?P<one>[^;.]{2,60}?)\s+(?:trước|vào"
    r"|hàng|hằng)"
    r"\b[^;.]{0,60}?\b(?P<verb>nộp|gửi)\s+(?:cho|về|đến)\s+(?P<two>[^;.]{2,60})",
    re.IGNORECASE,
)
_SENT_TO = re.compile(
    r"\bbáo cáo\s+(?:kết quả\s+|tiến độ\s+)?(?:về|cho|với|gửi|lên)?\s*"
    r"(?P<to>(?:Thường trực\s+)?(?:Ban Chỉ đạo|BCĐ|Ban Quản lý|BQL|UBND)\b[^.;,]{0,50})",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"\b(?:để tổng hợp|tổng hợp|đồng thời|sau đó|bản sao|đồng gửi)\b", re.IGNORECASE
)
_REGULAR = re.compile(
    r"\b(?:định kỳ|h[àằ]ng (?:ngày|tuần|tháng|quý|năm)|mỗi (?:tuần|tháng|quý)|tuần|tháng|quý)\b"
    r"[^.;]{0,60}\bbáo cáo\b|\bbáo cáo\b[^.;]{0,80}\b(?:định kỳ|h[àằ]ng (?:ngày|tuần|tháng|quý"
    r"|năm)"
    r"|trước ngày|theo quy định)\b|\bchế độ (?:thông tin,? )?báo cáo\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:định kỳ|theo quy định|thường xuyên|đột xuất)\b", re.IGNORECASE)
_PERIODIC = frozenset({"weekly", "monthly", "quarterly", "half-yearly", "yearly"})
_WEEK_END = guarded(r"\b(?:cuối (?:mỗi )?tuần|định kỳ 1 tuần|mỗi tuần|tuần tới)\b", re.IGNORECASE)


def _bodies(text: str) -> set[tuple[str, str]]:
    """Bodies named in ``text`` as (kind, level): level is ``xa`` unless a higher one is said.

    An office of UBND is not UBND.
    """
    folded = _OFFICE_OF.sub(" ", fold(text))
    level = "tren" if _HIGHER.search(folded) else "xa"
    return {(kind, level) for kind, pattern in _BODIES if pattern.search(folded)}


def _place(plan: Plan, rule_: ReportRule) -> Place:
    if rule_.spans:
        line, start, end = rule_.spans[0]
        if 0 < line <= len(plan.text):
            quote = words_of(plan.text[line - 1][start:end])
            if quote:
                return at(line, quote)
    return locate(plan, rule_.lines, re.compile(r"[^.;]*\bbáo cáo\b[^.;]*", re.IGNORECASE))


@rule(
    code="REPORT-SELF",
    severity="error",
    purpose="Không nơi nào báo cáo cho chính mình",
    page="""
## Là gì

Trong phần việc của một cơ quan lại giao cơ quan ấy báo cáo về chính nó.

## Vì sao

Thường do chép kế hoạch cấp trên rồi đổi “huyện” thành “xã”. Cấp trên sẽ không nhận được báo cáo.

## Ví dụ

Bị báo: dưới mục `1. Ban Chỉ đạo xã` có câu `định kỳ báo cáo kết quả về Ban Chỉ đạo xã`.

Không bị báo: Ban Chỉ đạo xã báo cáo Ban Chỉ đạo huyện; thành viên Ban Chỉ đạo báo cáo Thường trực
Ban Chỉ đạo.

## Cách sửa

Ghi đúng nơi nhận báo cáo, thường là Ban Chỉ đạo hoặc Văn phòng Điều phối cấp trên.
""",
)
def to_itself(plan: Plan) -> Iterator[Hit]:
    """Report rules whose receiver is the reporter."""
    told: set[int] = set()
    for each in plan.reporting:
        if not each.from_ or not each.to or _PART_OF_BODY.search(fold(each.from_)):
            continue
        if _PART_OF_BODY.search(fold(each.to)):
            continue
        same = _bodies(each.from_) & _bodies(each.to)
        if same and len(_bodies(each.to)) == 1:
            yield Hit(
                message=f"{each.from_} được giao báo cáo về chính mình ({each.to}).",
                places=(_place(plan, each),),
                advice="Ghi đúng nơi nhận báo cáo, thường là cơ quan cấp trên.",
            )
            told.update(range(each.lines[0], each.lines[1] + 1))
    yield from _written_to_itself(plan, told)
    yield from self_told(plan, told)


def _written_to_itself(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Duties of a committee whose own words send its report to that committee."""
    for duty in plan.duties:
        own = _bodies(duty.office)
        if len(own) != 1 or _PART_OF_BODY.search(fold(duty.office)):
            continue
        for clause in clauses(plan, duty.lines, lambda line: "báo cáo" in line):
            match = _SENT_TO.search(clause.text)
            if match is None or clause.number in told or _bodies(match["to"]) != own:
                continue
            if _PART_OF_BODY.search(fold(match["to"])) or "thôn" in clause.text[: match.start()]:
                continue
            told.add(clause.number)
            yield Hit(
                message=f"{duty.office} được giao báo cáo về chính mình ({match['to'].strip()}).",
                places=(at(clause.number, match[0].strip()),),
                advice="Ghi đúng nơi nhận báo cáo, thường là cơ quan cấp trên.",
            )


@rule(
    code="REPORT-RECEIVER",
    severity="error",
    purpose="Một báo cáo chỉ có một nơi nhận",
    page="""
## Là gì

Cùng một báo cáo, trong một câu, vừa giao gửi cho nơi này vừa giao nộp cho nơi khác.

## Vì sao

Người gửi không biết gửi cho ai là xong; hai nơi chờ nhau tổng hợp.

## Ví dụ

Bị báo: `báo cáo cho UBND xã trước 14 giờ 30 thứ Năm hằng tuần nộp cho Ban Chỉ đạo`.

Không bị báo: `gửi UBND xã để tổng hợp báo cáo UBND huyện`; `báo cáo UBND xã và Ban Chỉ đạo`.

## Cách sửa

Giữ một nơi nhận; nơi kia ghi “đồng gửi” nếu cần.
""",
)
def two_receivers(plan: Plan) -> Iterator[Hit]:
    """One report with two receivers, in a sentence or in two places; a report to nobody."""
    told: set[int] = set()
    for number, line in numbered(plan):
        match = _TWO.search(line) if "báo cáo" in line else None
        if match is None or _CHAIN.search(match[0]):
            continue
        one, two = _bodies(match["one"]), _bodies(match["two"])
        if one and two and one.isdisjoint(two):
            yield Hit(
                message="Một báo cáo mà có hai nơi nhận.",
                places=(at(number, match[0].strip()),),
                advice="Giữ một nơi nhận; nơi kia ghi “đồng gửi” nếu cần.",
            )
            told.add(number)
    yield from receivers_told(plan, told)
    yield from to_nobody_beside(plan, told)


@rule(
    code="REPORT-PERIOD",
    severity="warning",
    purpose="Chế độ báo cáo có kỳ và có hạn nộp",
    page="""
## Là gì

Giao báo cáo “định kỳ”, “theo quy định” mà không nói kỳ nào; hoặc nói hằng tháng, hằng quý mà không
nói nộp ngày nào. Cả văn bản chỉ có một cảnh báo.

## Vì sao

Không có kỳ và hạn thì không biết báo cáo nào chậm, báo cáo nào thiếu.

## Ví dụ

Bị báo: `Định kỳ báo cáo kết quả về Ban Chỉ đạo`; `hằng tháng báo cáo UBND xã`.

Không bị báo: `báo cáo trước ngày 25 hằng tháng`; `báo cáo bằng hình ảnh hằng ngày`; `báo cáo khi có
vướng mắc`.

## Cách sửa

Ghi kỳ và ngày: `trước ngày 25 hằng tháng`, `trước 14 giờ 30 thứ Năm hằng tuần`.
""",
)
def without_period(plan: Plan) -> Iterator[Hit]:
    """Report rules without a period, or with a period and no day: one warning for all."""
    dated = {each.period for each in plan.reporting if each.due}
    missing = [
        each
        for each in plan.reporting
        if (each.period == "unstated" and not each.due and _VAGUE.search(_place(plan, each).quote))
        or (each.period in _PERIODIC and not each.due and each.period not in dated)
    ]
    # A paper that dates some report says enough about the reports it merely mentions again.
    if dated:
        missing = [each for each in missing if each.period == "unstated" and each.to]
    sure = dated_rows(plan)
    missing = [each for each in missing if not sure & set(range(each.lines[0], each.lines[1] + 1))]
    places = tuple(dict.fromkeys(_place(plan, each) for each in missing))
    known = {row for place in places for row in range(place.lines[0], place.lines[1] + 1)}
    places += tuple(loosely_told(plan, known))
    if places:
        yield Hit(
            message=f"{len(places)} chỗ giao báo cáo mà không có kỳ hoặc không có hạn nộp.",
            places=places,
            advice="Ghi kỳ và ngày nộp, ví dụ “trước ngày 25 hằng tháng”.",
        )


@rule(
    code="REPORT-NONE",
    severity="warning",
    purpose="Kế hoạch có chế độ báo cáo",
    page="""
## Là gì

Kế hoạch giao việc cho nhiều nơi nhưng không nơi nào phải báo cáo định kỳ.

## Vì sao

Không có báo cáo thì không theo dõi được tiến độ, không biết lúc nào phải đôn đốc.

## Ví dụ

Bị báo: kế hoạch chỉ có câu `kịp thời báo cáo khi có vướng mắc`.

Không bị báo: có câu `định kỳ báo cáo`, `hằng tháng báo cáo`, hoặc mục chế độ thông tin báo cáo.

## Cách sửa

Thêm mục chế độ báo cáo: ai, gửi ai, kỳ nào, hạn nào.
""",
)
def no_report(plan: Plan) -> Iterator[Hit]:
    """A plan with several duties where nothing is reported regularly."""
    if not is_plan(plan) or len(plan.duties) < 3:
        return
    if any(each.period != "ad-hoc" for each in plan.reporting):
        return
    if any(_REGULAR.search(line) for _, line in numbered(plan) if "báo cáo" in line.lower()):
        return
    yield Hit(
        message="Kế hoạch không có chế độ báo cáo định kỳ.",
        places=(organisation(plan),),
        advice="Thêm mục chế độ báo cáo: ai, gửi ai, kỳ nào, hạn nào.",
    )


@rule(
    code="REPORT-WEEK",
    severity="note",
    purpose="Tuần báo cáo trùng với tuần đánh giá",
    page="""
## Là gì

Báo cáo tuần phải nộp giữa tuần, trong khi việc đánh giá làm vào cuối tuần.

## Vì sao

Số liệu báo cáo sẽ là của một tuần khác với tuần được đánh giá.

## Ví dụ

Bị báo: báo cáo `trước 14 giờ 30 thứ Năm`, đánh giá `cuối mỗi tuần`.

Không bị báo: báo cáo chiều thứ Sáu.

## Cách sửa

Ghi rõ tuần báo cáo tính từ thứ mấy đến thứ mấy.
""",
)
def week(plan: Plan) -> Iterator[Hit]:
    """A weekly report due in mid-week beside a review at the end of the week."""
    for each in plan.reporting:
        due = each.due
        if each.period != "weekly" or due is None or due.weekday is None or due.weekday >= 5:
            continue
        reviews = [
            at(number, match[0])
            for number, line in numbered(plan)
            if (match := _WEEK_END.search(line)) and "cuối" in match[0].lower()
        ]
        if reviews:
            yield Hit(
                message="Báo cáo tuần nộp giữa tuần, đánh giá vào cuối tuần.",
                places=(_place(plan, each), *reviews),
                advice="Ghi rõ tuần báo cáo tính từ thứ mấy đến thứ mấy.",
            )
            return


_ALL = re.compile(
    r"nhu (?:tren|muc|phan|dieu)|nhu kinh gui|cac co quan, don vi|ban, nganh, doan the"
    r"|duoc (?:giao|phan cong) (?:viec|nhiem vu)"
)
_RECIPIENTS = re.compile(r"[*_#\s]*Nơi nhận\b", re.IGNORECASE)


@rule(
    code="RECIPIENT-MISSING",
    severity="warning",
    purpose="Nơi được giao việc có trong nơi nhận",
    page="""
## Là gì

Một nơi được giao việc trong kế hoạch nhưng không có trong mục “Nơi nhận”.

## Vì sao

Không nhận được văn bản thì không biết mình có việc.

## Ví dụ

Bị báo: phần tổ chức thực hiện có `Đề nghị Ủy ban Mặt trận Tổ quốc …`, `Các thôn …`, nơi nhận chỉ có
Đảng ủy, HĐND, UBND.

Không bị báo: nơi nhận ghi `Các ban, ngành, đoàn thể`, `Các cơ quan, đơn vị`, `Như mục III`; công
chức của chính UBND xã.

## Cách sửa

Thêm nơi còn thiếu vào “Nơi nhận”.
""",
)
def recipient(plan: Plan) -> Iterator[Hit]:
    """Bodies with duties that are not among the recipients."""
    if not plan.recipients or plan.document.kind not in ("plan", "campaign", "notice", "decision"):
        return
    received = ";".join(fold(each.text) for each in plan.recipients)
    if _ALL.search(received):
        return
    found = list(without_paper(plan))
    keys = {key for name, _ in found for key, _ in bodies_in(name)}
    rows = {row for _, place in found for row in place.lines}
    found += [each for each in unserved(plan, keys) if each[1].lines[0] not in rows]
    if not found:
        return
    missing = list(dict.fromkeys(name for name, _ in found))
    places = [place for _, place in found]
    foot = next(
        (at(n, words_of(line)) for n, line in numbered(plan) if _RECIPIENTS.match(line)), None
    )
    if foot:
        last = max(each.lines[1] for each in plan.recipients)
        foot = replace(foot, lines=(foot.lines[0], max(last, foot.lines[0])))
    whole = {duty.lines[0]: duty.lines for duty in plan.duties}
    places = [replace(each, lines=whole.get(each.lines[0], each.lines)) for each in places]
    yield Hit(
        message=f"Được giao việc nhưng không có trong nơi nhận: {listed(missing)}.",
        places=tuple(dict.fromkeys([*([foot] if foot else []), *places])),
        advice="Thêm các nơi này vào “Nơi nhận”.",
    )
