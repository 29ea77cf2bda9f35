"""Money beyond sums: what nobody pays for, what comes too late, what is counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.base_shares import shares_of_named
from dinhlang.papers.checking.arithmetic.figures import MONEY
from dinhlang.papers.checking.arithmetic.grid_checks import wrong_tables
from dinhlang.papers.checking.arithmetic.grid_products import written_products
from dinhlang.papers.checking.arithmetic.product_scopes import missed_products
from dinhlang.papers.checking.arithmetic.products import wrong_products
from dinhlang.papers.checking.arithmetic.ratios import wrong_ratios
from dinhlang.papers.checking.arithmetic.share_facts import wrong_shares
from dinhlang.papers.checking.arithmetic.source_shares import wrong_source_shares
from dinhlang.papers.checking.dates.own_periods import end_of
from dinhlang.papers.checking.finance.proceeds import wrong_proceeds
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.likeness import pairs
from dinhlang.papers.checking.text.places import at, numbered, whole, words_of
from dinhlang.papers.checking.text.sections import body, every_section, organisation
from dinhlang.papers.plan import Need, Plan, Source
from dinhlang.vietnamese import find_amounts, format_money, format_number, parse_number
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_BUDGET_SHEET = re.compile(r"\b(?:phụ lục|biểu|dự toán)\b[^.;]{0,40}\bkinh phí\b", re.IGNORECASE)
_BUILDING = guarded(r"\b(?:đầu tư|xây dựng hạ tầng|kết cấu hạ tầng|nguồn vốn|kinh phí)\b", re.I)
_PER_HEAD = re.compile(r"/\s*(?:người|hộ|ha|lao động|khẩu|tháng|năm)")
_AUCTION = re.compile(r"\bđấu giá\b", re.IGNORECASE)
_GIFTS = guarded(r"\b(?:xã hội hóa|xã hội hoá|nhân dân (?:đóng góp|tự làm)|đóng góp)\b", re.I)
_LIST = re.compile(r"\s*(?:,|\bvà\b)\s*(?:các\s+)?")
_CHIEM = re.compile(r"\bchiếm\s+(?:tỷ lệ\s+)?(?P<percent>\d{1,3}(?:[.,]\d+)?)\s*%", re.IGNORECASE)


@rule(
    code="FUND-NONE",
    severity="warning",
    purpose="Kế hoạch có đầu tư thì có số tiền",
    page="""
## Là gì

Kế hoạch nói đến đầu tư, nguồn vốn, kinh phí nhưng không có một số tiền nào.

## Vì sao

Không biết cần bao nhiêu, thiếu bao nhiêu thì không bố trí, không đề nghị hỗ trợ được.

## Ví dụ

Bị báo: kế hoạch năm chỉ ghi `huy động tối đa các nguồn lực`.

Không bị báo: có bảng nhu cầu và nguồn vốn; kế hoạch dẫn tới phụ lục kinh phí kèm theo.

## Cách sửa

Thêm bảng nhu cầu kinh phí theo tiêu chí, nguồn vốn và cân đối.
""",
)
def no_money(plan: Plan) -> Iterator[Hit]:
    """A plan that speaks of investment and holds no amount."""
    if plan.document.kind != "plan" or plan.funding.needs or len(plan.duties) < 3:
        return
    if any(source.amount for source in plan.funding.sources):
        return
    speaks = None
    for number, line in body(plan):
        for amount in find_amounts(line):
            if not _PER_HEAD.search(line[amount.start : amount.end + 12]):
                return
        if "kinh phí" in lower(line) and _BUDGET_SHEET.search(line):
            return
        match = _BUILDING.search(line)
        if match and speaks is None:
            speaks = at(number, match[0])
    if speaks:
        finance = next(
            (d for d in plan.duties if re.search(r"tài chính|TC-KT", d.office, re.I)), None
        )
        places = [organisation(plan)]
        if finance:
            places.append(whole(plan, (finance.lines[0], finance.lines[0])))
        yield Hit(
            message="Kế hoạch nói đến đầu tư, nguồn vốn nhưng không có số tiền nào.",
            places=tuple(dict.fromkeys([*places, speaks])),
            advice="Thêm bảng nhu cầu kinh phí, nguồn vốn và cân đối.",
        )


@rule(
    code="FUND-SCOPE",
    severity="warning",
    purpose="Kinh phí tính cho đúng phạm vi còn thiếu",
    page="""
## Là gì

Hạng mục còn thiếu kể nhiều đối tượng, dòng kinh phí của cùng tiêu chí kể gần đủ mà bỏ sót một.

## Vì sao

Đối tượng bị sót không có tiền, việc dở dang.

## Ví dụ

Bị báo: còn thiếu biển địa chỉ cho `cơ quan, tổ chức, khu di tích và các hộ gia đình`; kinh phí chỉ
`cho cơ quan, tổ chức, khu di tích`.

Không bị báo: dòng kinh phí ghi gọn, không kể đối tượng.

## Cách sửa

Thêm đối tượng còn sót vào dòng kinh phí, hoặc ghi nguồn khác của đối tượng ấy.
""",
)
def scope(plan: Plan) -> Iterator[Hit]:
    """Needs that list what a gap lists, but for one."""
    for need in plan.funding.needs:
        text = " ".join(line for _, line in numbered(plan, need.lines)).lower()
        for criterion in plan.criteria:
            if criterion.number != need.criterion or need.criterion is None:
                continue
            for gap in criterion.gaps:
                head = re.split(r"\b(?:trong xã|chưa|của xã|trên địa bàn)\b", gap.text)[0]
                items = [item.strip(" .").lower() for item in _LIST.split(head) if item.strip()]
                items[:1] = [re.sub(r"^các\s+", "", item) for item in items[:1]]
                items = [item for item in items if 1 <= len(item.split()) <= 5]
                missing = [item for item in items if item not in text]
                if len(items) >= 3 and len(missing) == 1 and len(items) - len(missing) >= 2:
                    yield Hit(
                        message=f"Dòng kinh phí bỏ sót “{missing[0]}” của hạng mục còn thiếu.",
                        places=(whole(plan, need.lines), whole(plan, gap.lines)),
                        advice="Thêm đối tượng còn sót, hoặc ghi nguồn khác của đối tượng ấy.",
                    )


@rule(
    code="FUND-TIMING",
    severity="warning",
    purpose="Nguồn vốn có trước khi phải chi",
    page="""
## Là gì

Nguồn vốn chính trông vào đấu giá đất, nhưng việc dùng tiền phải xong ngay trong quý đấu giá hoặc
trước đó.

## Vì sao

Đấu giá xong còn phải thu, nộp, phân bổ; trước đó không có tiền trả.

## Ví dụ

Bị báo: đấu giá trong quý II, công trình lớn cũng xong trong quý II.

Không bị báo: đấu giá quý I, công trình xong quý III; có nguồn khác đủ trả.

## Cách sửa

Giãn tiến độ công trình, hoặc ghi nguồn ứng trước.
""",
)
def timing(plan: Plan) -> Iterator[Hit]:
    """Works that end by the quarter in which the auction that pays for them is held."""
    auctions = [
        source
        for source in plan.funding.sources
        if source.amount and any(_AUCTION.search(line) for _, line in numbered(plan, source.lines))
    ]
    held = [
        (end, number)
        for entry in plan.schedule
        for number, line in numbered(plan, entry.lines)
        if _AUCTION.search(line) and (end := end_of(entry))
    ]
    if not auctions or not held:
        return
    day, line_number = max(held)
    done = {
        number
        for entry in plan.schedule
        if (end := end_of(entry)) and end <= day
        for number in entry.completes
    }
    early = [need for need in plan.funding.needs if need.criterion in done]
    others = sum(
        source.amount or 0
        for source in plan.funding.sources
        if source not in auctions and not source.conditional
    )
    cost = sum(need.amount or 0 for need in early)
    if not early or cost <= others:
        return
    row = plan.text[line_number - 1]
    yield Hit(
        message=f"{format_money(cost)} phải chi đến {day.day}/{day.month}/{day.year}, trong khi "
        f"tiền đấu giá đất cũng đến lúc ấy mới có; nguồn khác chỉ có {format_money(others)}.",
        places=(
            at(line_number, words_of(row)),
            *(whole(plan, source.lines) for source in auctions),
            *(whole(plan, need.lines) for need in early),
        ),
        advice="Giãn tiến độ công trình, hoặc ghi nguồn ứng trước.",
    )


@rule(
    code="FUND-DOUBLE",
    severity="warning",
    purpose="Một việc không vừa tính kinh phí của xã vừa giao dân đóng góp",
    page="""
## Là gì

Một việc có dòng kinh phí của xã, phần tổ chức thực hiện lại giao thôn vận động xã hội hóa làm chính
việc ấy.

## Vì sao

Tiền có thể bị tính hai lần, hoặc hai nơi chờ nhau.

## Ví dụ

Bị báo: xã dự kiến 0,1 tỷ đồng lắp dụng cụ thể thao ngoài trời; thôn được giao `tạo nguồn xã hội hóa
lắp đặt dụng cụ thể thao ngoài trời`.

Không bị báo: dòng kinh phí ghi rõ phần nhân dân đóng góp.

## Cách sửa

Ghi rõ phần của xã, phần của dân trong cùng một dòng.
""",
)
def double(plan: Plan) -> Iterator[Hit]:
    """Works costed by the commune that a duty has the villages pay for."""
    for duty in plan.duties:
        for number, line in numbered(plan, duty.lines):
            gift = _GIFTS.search(line)
            if gift is None or not re.search(
                r"thôn|xóm|khu|bản|ấp|buôn", duty.office, re.IGNORECASE
            ):
                continue
            said = pairs(line[gift.end() :])
            both = [need for need in plan.funding.needs if _same_work(plan, need, said)]
            if both:
                yield Hit(
                    message="Việc này vừa có kinh phí của xã, vừa giao thôn vận động đóng góp.",
                    places=(
                        at(number, words_of(line[gift.start() :])),
                        *(whole(plan, need.lines) for need in both),
                    ),
                    advice="Ghi rõ phần của xã và phần của dân trong cùng một dòng.",
                )


def _same_work(plan: Plan, need: Need, said: set[tuple[str, str]]) -> bool:
    text = re.split(r"dự kiến kinh phí", need.text)[0]
    if _GIFTS.search(" ".join(line for _, line in numbered(plan, need.lines))):
        return False
    wanted = pairs(text)
    return len(wanted) >= 4 and len(wanted & said) >= max(4, len(wanted) * 0.35)


@rule(
    code="FUND-SHARE",
    severity="error",
    purpose="Tỷ lệ và số tiền đi kèm khớp nhau",
    page="""
## Là gì

Văn bản ghi một số tiền cùng tỷ lệ của nó trong tổng, tính lại thì không khớp.

## Vì sao

Sai một trong hai; tỷ lệ vốn của từng cấp thường là điều kiện được hỗ trợ.

## Ví dụ

Bị báo: `15% của 40 tỷ đồng là 8 tỷ đồng`; tổng 10 tỷ đồng, ngân sách tỉnh `3 tỷ đồng, chiếm 40%`.

Không bị báo: `20% của 40 tỷ đồng là 8 tỷ đồng`; tỷ lệ làm tròn.

## Cách sửa

Tính lại tỷ lệ hoặc số tiền.
""",
)
def share(plan: Plan) -> Iterator[Hit]:
    """Percentages of money that do not give the amount beside them."""
    told: set[int] = set()
    for hit in (
        *wrong_proceeds(plan),
        *(hit for hit, kind in wrong_ratios(plan) if kind == MONEY),
        *wrong_tables(plan, "FUND-SHARE"),
        *wrong_source_shares(plan),
        *shares_of_named(plan),
        *wrong_shares(plan, money=True),
        *_of_total(plan, plan.funding.sources),
        *_of_total(plan, plan.funding.needs),
    ):
        if hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit


def _of_total(plan: Plan, items: list[Source] | list[Need]) -> Iterator[Hit]:
    total = sum(item.amount or 0 for item in items)
    if not total or len(items) < 2:
        return
    for item in items:
        for number, line in numbered(plan, item.lines):
            match = _CHIEM.search(line)
            percent = parse_number(match["percent"]) if match else None
            if match is None or percent is None or not item.amount or len(find_amounts(line)) > 1:
                continue
            right = Decimal(item.amount) * 100 / total
            if abs(right - percent) > Decimal("1"):
                yield Hit(
                    message=f"{format_money(item.amount)} là {format_number(round(right, 1))}% của "
                    f"{format_money(total)}, văn bản ghi {match['percent']}%.",
                    places=(at(number, match[0]),),
                    advice="Tính lại tỷ lệ hoặc số tiền.",
                )


@rule(
    code="FUND-PRODUCT",
    severity="error",
    purpose="Mức hỗ trợ nhân số hộ bằng tổng tiền",
    page="""
## Là gì

Văn bản ghi mức tiền cho một hộ (mét, cây …), số hộ và tổng tiền; nhân lại không ra tổng.

## Vì sao

Tổng này đi vào dự toán.

## Ví dụ

Bị báo: `hỗ trợ 300.000 đồng/hộ; 40 hộ, tổng 14 triệu đồng`.

Không bị báo: `hỗ trợ 300.000 đồng/hộ; 40 hộ, tổng 12 triệu đồng`.

## Cách sửa

Tính lại.
""",
)
def product(plan: Plan) -> Iterator[Hit]:
    """Rates and numbers of units whose product is not the total beside them."""
    told: set[int] = set()
    for hit in (
        *(hit for hit, money in wrong_products(plan) if money),
        *wrong_tables(plan, "FUND-PRODUCT"),
        *written_products(plan),
        *missed_products(plan, "money"),
    ):
        if not told.intersection(place.lines[0] for place in hit.places):
            told.update(place.lines[0] for place in hit.places)
            yield hit


@rule(
    code="FUND-HEADING",
    severity="note",
    purpose="Đề mục kinh phí gọi đúng nội dung bên dưới",
    page="""
## Là gì

Đề mục ghi “nguồn vốn” nhưng bên dưới toàn các khoản chi.

## Vì sao

Người đọc và máy dễ lấy nhầm nhu cầu làm nguồn.

## Ví dụ

Bị báo: `A. Dự kiến tổng nguồn vốn`, bên dưới là chi phí theo tiêu chí.

Không bị báo: `A. Nhu cầu kinh phí`, `B. Nguồn vốn`.

## Cách sửa

Đổi đề mục thành “Nhu cầu kinh phí”.
""",
)
def heading(plan: Plan) -> Iterator[Hit]:
    """A heading of sources over nothing but costs."""
    for section in every_section(plan.outline):
        if section.children or not re.search(r"\bnguồn vốn\b", section.title, re.IGNORECASE):
            continue
        first, last = section.lines
        needs = [n for n in plan.funding.needs if first < n.lines[0] <= last]
        sources = [s for s in plan.funding.sources if first < s.lines[0] <= last]
        if len(needs) >= 2 and not sources:
            yield Hit(
                message="Đề mục ghi nguồn vốn, bên dưới là các khoản chi.",
                places=(whole(plan, (first, first)),),
                advice="Đổi đề mục thành “Nhu cầu kinh phí”.",
            )
