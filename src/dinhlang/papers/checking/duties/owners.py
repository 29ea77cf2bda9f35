"""Who does what: one criterion twice, one duty for many, work that fits no office, villages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.duties.lead_clashes import SERVES
from dinhlang.papers.checking.duties.leads import criteria_led_twice
from dinhlang.papers.checking.duties.no_role import nobody_has
from dinhlang.papers.checking.duties.partner_alone import alone, partners_only
from dinhlang.papers.checking.duties.role_fit import strange_leads
from dinhlang.papers.checking.duties.two_roles import criteria_by_two
from dinhlang.papers.checking.duties.vague_leads import left_to_all
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.places import (
    at,
    clauses,
    is_plan,
    listed,
    numbered,
    whole,
    words_of,
)
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.plan import Duty, Plan
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_CRITERION = guarded(
    r"\b(?:tiêu chí(?:\s+số)?"
    r"|TC)\s*(?P<number>\d{1,2})\b(?!\s*tiêu chí)",
    re.I,
)
_PARTNER = re.compile(r"\b(?:phối hợp|hỗ trợ|tham gia|cùng)\b", re.IGNORECASE)
_OVERSEES = re.compile(
    r"\b(?:chỉ đạo|phụ trách|theo dõi|giám sát|kiểm tra|đôn đốc|tổng hợp|tuyên truyền)\b", re.I
)
_OWNS = re.compile(
    r"\b(?:chủ trì|tham mưu|hoàn thành|thực hiện"
    r"|chịu trách nhiệm)\b",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"\b(?:chủ tịch|bí thư|ban chỉ đạo|bcđ|thường trực)\b", re.IGNORECASE)
_INCOME = guarded(
    r"\b(?:tham mưu|chủ trì|xây dựng kế hoạch)\b[^.;]{0,120}\bthu nhập\b[^.;]*", re.IGNORECASE
)
_FARMING = re.compile(
    r"[^.;,]*\b(?:trồng trọt|chăn nuôi|cây trồng|vật nuôi|dịch bệnh trên|thú y)\b[^.;]*", re.I
)
_FARMED = re.compile(r"trồng trọt|chăn nuôi|cây trồng|vật nuôi|dịch bệnh|thú y")
_CLERKS = re.compile(r"\b(?:van phong|tu phap|ho tich|tai chinh|ke toan|buu dien)\b")
_VILLAGE_BODIES = (
    guarded(r"\bban phát triển\b", re.IGNORECASE),
    guarded(r"\bban cán sự\b", re.IGNORECASE),
    guarded(r"\bban mặt trận\b", re.IGNORECASE),
    guarded(r"\bban (?:quản lý|nhân dân|điều hành) (?:các )?(?:thôn|ấp|bản|khu|xóm)\b", re.I),
)
_VILLAGE = r"(?:thôn|khu dân cư|KDC|khu|bản|ấp|xóm|buôn)"
_VILLAGE_ACTOR = re.compile(
    r"^(?:ban phat trien|ban can su|ban mat tran|ban nhan dan|(?:cac )?co so thon"
    r"|cac (?:thon|khu|ban"
    r"|ap|xom|buon)\b)"
)
_REST = re.compile(rf"\b(?P<count>\d{{1,2}}\s+)?(?:các\s+)?{_VILLAGE}\s+còn lại\b", re.IGNORECASE)
_COUNT = guarded(rf"\b(?:\d{{1,2}}\s*/\s*)?\d{{1,2}}\s+{_VILLAGE}\b", re.IGNORECASE)


@rule(
    code="CRITERION-DUP",
    severity="warning",
    purpose="Mỗi tiêu chí chỉ một nơi hoàn thành",
    page="""
## Là gì

Hai nơi cùng được giao hoàn thành một tiêu chí, không nơi nào là “phối hợp”.

## Vì sao

Hai nơi cùng làm thì nơi nọ chờ nơi kia; không biết ai giữ hồ sơ.

## Ví dụ

Bị báo: công chức văn hóa `tham mưu hoàn thành tiêu chí số 6`, các thôn `hoàn thành tiêu chí 6`.

Không bị báo: một nơi `chủ trì`, nơi kia `phối hợp`; Phó Chủ tịch `phụ trách, chỉ đạo` tiêu chí.

## Cách sửa

Giữ một nơi chủ trì tiêu chí; các nơi khác ghi phần việc của mình và “phối hợp”.
""",
)
def twice(plan: Plan) -> Iterator[Hit]:
    """Criteria completed by two offices: one warning for each set of offices."""
    if not is_plan(plan):
        return
    told: set[int] = set()
    for hit in _twice_in_duties(plan):
        for place in hit.places:
            told.update(range(place.lines[0], place.lines[1] + 1))
        yield hit
    for hit in criteria_led_twice(plan, told):
        told.update(place.lines[0] for place in hit.places)
        yield hit
    yield from criteria_by_two(plan, told)


def _twice_in_duties(plan: Plan) -> Iterator[Hit]:
    owners: dict[int, dict[str, Place]] = {}
    for duty in plan.duties:
        if _LEADERS.search(duty.office):
            continue
        for number, place in _owned(plan, duty):
            owners.setdefault(number, {}).setdefault(duty.office, place)
    together: dict[tuple[str, ...], list[int]] = {}
    for number, offices in sorted(owners.items()):
        if len(offices) > 1:
            together.setdefault(tuple(offices), []).append(number)
    for names, numbers in together.items():
        places = [owners[number][office] for number in numbers for office in names]
        yield Hit(
            message=f"Tiêu chí {listed(numbers)} giao cho {len(names)} nơi: {listed(names)}.",
            places=tuple(dict.fromkeys(places)),
            advice="Giữ một nơi chủ trì; nơi khác ghi phần việc của mình và “phối hợp”.",
        )


def _owned(plan: Plan, duty: Duty) -> Iterator[tuple[int, Place]]:
    """The criteria a duty completes itself, with the words that say so."""
    for clause in clauses(plan, duty.lines, lambda line: "iêu chí" in line or "TC" in line):
        for match in _CRITERION.finditer(clause.text):
            before = re.split(r",\s*(?:và\s+)?|\bvà\s+(?=phối hợp)", clause.text[: match.start()])[
                -1
            ]
            verbs = clause.text[: match.start()]
            own = _OWNS.search(verbs)
            if _PARTNER.search(before) or not own or _OVERSEES.search(before):
                continue
            if SERVES.search(f"{before}{match[0]}"):
                continue
            number = int(match["number"])
            if number in duty.criteria:
                yield number, at(clause.number, match[0])
    if 10 not in duty.criteria and not duty.criteria:
        for number, line in numbered(plan, duty.lines):
            income = _INCOME.search(line)
            if income and len(income[0]) < 260:
                yield 10, at(number, income[0].strip())


@rule(
    code="DUTY-SHARED",
    severity="warning",
    purpose="Việc giao chung cho nhiều nơi có một nơi chủ trì",
    page="""
## Là gì

Một mục giao cùng những việc ấy cho bốn nơi trở lên mà không chia ai làm gì, không ai chủ trì; hoặc
một việc chỉ giao cho “các ngành có liên quan”, ô chủ trì ghi “bố trí sau”.

## Vì sao

Việc của mọi người thành việc không của ai.

## Ví dụ

Bị báo: `4. Công an, Quân sự, Địa chính, Tư pháp, Trạm y tế, 03 trường học`: theo chức năng, hoàn
thành các tiêu chí.

Không bị báo: mỗi nơi một mục; có câu `Công an xã chủ trì`; `Các ban, ngành, đoàn thể`.

## Cách sửa

Tách mục, ghi tiêu chí của từng nơi.
""",
)
def shared(plan: Plan) -> Iterator[Hit]:
    """A heading of four offices or more over duties nobody leads; work left to everybody."""
    for place in left_to_all(plan) if is_plan(plan) else ():
        yield Hit(
            message="Việc giao chung chung, không nơi nào chủ trì.",
            places=(place,),
            advice="Ghi rõ một nơi chủ trì; các nơi khác “phối hợp”.",
        )
    for duty in plan.duties:
        first = duty.lines[0]
        line = plan.text[first - 1] if 0 < first <= len(plan.text) else ""
        heading = words_of(line)
        if duty.lines[1] == first or len(heading) > 220 or "lead" in duty.roles:
            continue
        parts = [part.strip() for part in heading.split(",")]
        capital = [part for part in parts if re.match(r"(?:\d+[.)]\s*)?(?:[A-ZĐ]|\d+ \w)", part)]
        if len(capital) >= 4 and len(capital) == len(parts):
            yield Hit(
                message=f"{len(parts)} nơi chung một nhiệm vụ, không nơi nào chủ trì.",
                places=(at(first, heading),),
                advice="Tách mục, ghi tiêu chí của từng nơi.",
            )


@rule(
    code="ROLE-TOPIC",
    severity="warning",
    purpose="Việc giao hợp với chức năng của nơi nhận",
    page="""
## Là gì

Việc về trồng trọt, chăn nuôi, dịch bệnh vật nuôi giao cho văn phòng, tư pháp, tài chính hay bưu
điện; hoặc một nơi chủ trì việc rõ ràng của ngành khác.

## Vì sao

Thường do chép nhầm mục; người nhận không có chuyên môn.

## Ví dụ

Bị báo: `Công chức Văn phòng: … phòng chống dịch bệnh cây trồng, vật nuôi`; `Trạm Y tế xã chủ trì
tiêu chí Giao thông`.

Không bị báo: `Công chức Địa chính - Nông nghiệp: … chăn nuôi`; tài chính bố trí kinh phí chăn nuôi.

## Cách sửa

Giao lại cho đúng nơi.
""",
)
def topic(plan: Plan) -> Iterator[Hit]:
    """Farming given to clerks; work led by an office of plainly another field."""
    told: set[int] = set()
    for hit in _farming(plan):
        told.update(place.lines[0] for place in hit.places)
        yield hit
    yield from strange_leads(plan, told)


def _farming(plan: Plan) -> Iterator[Hit]:
    for duty in plan.duties:
        office = fold(duty.office)
        if not _CLERKS.search(office) or "nong" in office:
            continue
        for number, line in numbered(plan, duty.lines):
            match = _FARMING.search(line) if _FARMED.search(lower(line)) else None
            if match and not re.search(r"kinh phí|hỗ trợ|nguồn vốn|pháp luật|vay", match[0]):
                yield Hit(
                    message=f"Việc nông nghiệp giao cho {duty.office}.",
                    places=(at(number, match[0].strip()),),
                    advice="Soát lại: việc này thường của công chức nông nghiệp.",
                )
                break


@rule(
    code="TASK-PARTNER",
    severity="warning",
    purpose="Người được giao việc là người chủ trì",
    page="""
## Là gì

Câu giao việc cho một người chỉ nói người ấy “phối hợp”, không ai chủ trì.

## Vì sao

Người phối hợp không chịu trách nhiệm về kết quả.

## Ví dụ

Bị báo: `Giao cán bộ nông nghiệp phối hợp với thôn xây dựng mô hình`.

Không bị báo: `Giao cán bộ nông nghiệp chủ trì, phối hợp với thôn xây dựng mô hình`.

## Cách sửa

Đổi thành “chủ trì, phối hợp với …”.
""",
)
def only_partner(plan: Plan) -> Iterator[Hit]:
    """Work given to somebody who only takes part, and rows with partners and no lead."""
    yield from partners_only(plan)
    if is_plan(plan):
        told: set[int] = set()
        for hit in alone(plan):
            told.update(place.lines[0] for place in hit.places)
            yield hit
        yield from nobody_has(plan, told)


@rule(
    code="STATUS-VERB",
    severity="note",
    purpose="Tiêu chí đã đạt thì giữ vững, không “hoàn thành”",
    page="""
## Là gì

Kế hoạch giao “hoàn thành” những tiêu chí mà chính nó ghi là đã đạt.

## Vì sao

Người nhận không biết còn phải làm gì.

## Ví dụ

Bị báo: tiêu chí Điện ghi đã đạt, phần giao việc ghi `hoàn thành các tiêu chí Quy hoạch, Điện`.

Không bị báo: `giữ vững tiêu chí Điện`.

## Cách sửa

Đổi thành “giữ vững, nâng cao chất lượng”.
""",
)
def verb(plan: Plan) -> Iterator[Hit]:
    """Duties to complete what is reached."""
    reached = [c.name.lower() for c in plan.criteria if c.status == "reached" and c.name]
    if not reached:
        return
    for duty in plan.duties:
        for clause in clauses(plan, duty.lines, lambda line: "oàn thành các tiêu chí" in line):
            behind = clause.text.partition("oàn thành các tiêu chí")[2].lower()
            named = [name for name in reached if name in behind]
            if named:
                yield Hit(
                    message=f"Giao hoàn thành tiêu chí đã đạt: {listed(named)}.",
                    places=(at(clause.number, clause.text.strip()),),
                    advice="Đổi thành “giữ vững, nâng cao chất lượng”.",
                )


@rule(
    code="VILLAGE-BODY",
    severity="warning",
    purpose="Mỗi thôn có một nơi chịu trách nhiệm, một tên gọi",
    page="""
## Là gì

Kế hoạch gọi nơi chịu trách nhiệm ở thôn bằng ba tên trở lên (Ban phát triển, Ban cán sự, Ban mặt
trận …), hoặc giao việc ở thôn thành hai mục cho hai tên.

## Vì sao

Ở thôn không biết ai phải báo cáo.

## Ví dụ

Bị báo: yêu cầu giao `Ban mặt trận các thôn`, phân công giao `Ban cán sự các thôn`, báo cáo giao
`Ban phát triển thôn`.

Không bị báo: một tên ở mọi chỗ; `Ban công tác Mặt trận` làm việc của Mặt trận.

## Cách sửa

Chọn một tên, thường là Ban Phát triển thôn.
""",
)
def village_body(plan: Plan) -> Iterator[Hit]:
    """Three names for the body of a village, or two of them with duties of their own."""
    found: list[Place] = []
    rows = [(number, line) for number, line in body(plan) if "ban " in line.lower()]
    for pattern in _VILLAGE_BODIES:
        for number, line in rows:
            match = pattern.search(line)
            if match:
                found.append(at(number, match[0]))
                break
    called = [(duty, _VILLAGE_ACTOR.search(fold(duty.office))) for duty in plan.duties]
    actors = {match[0]: duty for duty, match in reversed(called) if match}
    if len(found) >= 3:
        more = [
            at(number, match[0])
            for number, line in rows
            for pattern in _VILLAGE_BODIES
            if (match := pattern.search(line))
        ]
        names = listed(dict.fromkeys(place.quote for place in found))
        yield Hit(
            message=f"Nơi chịu trách nhiệm ở thôn có {len(found)} tên: {names}.",
            places=tuple(dict.fromkeys([*found, *more])),
            advice="Chọn một tên ở mọi chỗ.",
        )
    elif len(actors) >= 2:
        duties = sorted(actors.values(), key=lambda duty: duty.lines[0])
        yield Hit(
            message=f"Việc ở thôn giao cho {listed(duty.office for duty in duties)}.",
            places=tuple(whole(plan, (duty.lines[0], duty.lines[0])) for duty in duties),
            advice="Giao cho một nơi ở mỗi thôn.",
        )


@rule(
    code="VILLAGE-LIST",
    severity="warning",
    purpose="Thôn được giao việc có tên hoặc có số",
    page="""
## Là gì

Kế hoạch giao việc, đặt mục tiêu cho các thôn mà không nêu tên, cũng không nói có bao nhiêu thôn;
hoặc nói “các thôn còn lại” mà không kể.

## Vì sao

Không biết thôn nào phải làm; không kiểm được đã đủ chưa.

## Ví dụ

Bị báo: `07 thôn còn lại phải hoàn thiện các tiêu chí`; `Các thôn xây dựng lộ trình`, cả văn bản
không có tên thôn nào.

Không bị báo: `7 thôn còn lại (Đông, Tây, …)`; `9/9 thôn`.

## Cách sửa

Thêm danh sách thôn và mục tiêu của từng thôn.
""",
)
def village_list(plan: Plan) -> Iterator[Hit]:
    """Villages with duties or goals that the paper neither names nor counts."""
    if not is_plan(plan) or plan.document.kind != "plan":
        return
    rows = list(body(plan))
    named = {village.name for village in plan.villages}
    for number, line in rows:
        match = _REST.search(line) if "còn lại" in line else None
        if match is None or re.search(r"\([^()]*,[^()]*\)|:\s*[A-ZĐ]", line[match.end() :][:60]):
            continue
        count = int(match["count"]) if match["count"] else None
        others = [name for name in named if name not in line]
        if not re.search(r"\b(?:đạt|hoàn thi|phấn đấu|tăng)", line) or (
            count is not None and len(others) >= count
        ):
            continue
        yield Hit(
            message="Các thôn còn lại không được nêu tên.",
            places=(at(number, match[0]),),
            advice="Nêu tên từng thôn và mục tiêu của thôn.",
        )
        return
    if named or any(_COUNT.search(line) for _, line in rows):
        return
    acting = [duty for duty in plan.duties if _VILLAGE_ACTOR.search(fold(duty.office))]
    if acting:
        yield Hit(
            message="Kế hoạch giao việc cho các thôn mà không nêu tên, không nói có mấy thôn.",
            places=tuple(whole(plan, (duty.lines[0], duty.lines[0])) for duty in acting),
            advice="Thêm danh sách thôn.",
        )
