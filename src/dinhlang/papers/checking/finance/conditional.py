"""Money that comes only once the goal is reached, counted on for reaching it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.papers.checking.finance.funding import place_of, shortage
from dinhlang.papers.checking.finance.late_money import Late, late_sources, pays_out, spent_before
from dinhlang.papers.checking.finance.late_uses import counted_on
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import locate, numbered
from dinhlang.papers.plan import Lines, Plan
from dinhlang.vietnamese import format_money

_ONE_PARAGRAPH = 6
_REWARD = re.compile(r"[^;.]*\bkhi\b[^;.]*", re.IGNORECASE)


@rule(
    code="FUND-CONDITIONAL",
    severity="error",
    purpose="Nguồn vốn chỉ có sau khi đạt chuẩn không được tính để đạt chuẩn",
    page="""
## Là gì

Một nguồn vốn chỉ được cấp khi xã (hoặc thôn) đã đạt chuẩn, nhưng lại được cộng vào nguồn để thực
hiện chính việc đạt chuẩn ấy. Nguồn như vậy chưa ghi số tiền thì chỉ là cảnh báo.

## Vì sao

Tiền thưởng đến sau không trả được cho việc làm trước. Trừ khoản ấy đi thì số thiếu lớn hơn, và phải
tìm nguồn khác hoặc xin ứng trước ngay từ bây giờ.

## Ví dụ

Bị báo: `Ngân sách huyện hỗ trợ khi xã đạt chuẩn 3 tỷ` nằm trong tổng nguồn vốn.

Không bị báo: `Ngân sách huyện hỗ trợ 3 tỷ, cấp trong quý II`.

## Cách sửa

Tách nguồn có điều kiện thành một dòng riêng, cân đối bằng các nguồn còn lại; ghi cách bù phần thiếu
(ứng vốn, giãn tiến độ, nguồn khác).
""",
)
def conditional(plan: Plan) -> Iterator[Hit]:
    """Sources paid on recognition that the plan counts on for being recognised."""
    told: set[int] = set()
    for hit in _read(plan):
        told.update(
            line for place in hit.places for line in range(place.lines[0], place.lines[1] + 1)
        )
        yield hit
    apart = {s.lines for s in plan.funding.sources if s.conditional} if _set_apart(plan) else set()
    for found in counted_on(plan):
        first, last = found.place.lines
        if (first, last) in apart:
            continue
        if told.isdisjoint(range(first - 1, last + 2)):
            told.update(range(first, last + 1))
            yield Hit(
                message="Khoản này chỉ có sau khi được công nhận, không trả được cho việc phải làm "
                "để được công nhận.",
                places=(found.place,),
                advice="Tách khoản này ra khỏi phần cân đối; nêu cách bù (ứng vốn, nguồn khác).",
                severity=None if found.sure else "warning",
            )


def _read(plan: Plan) -> Iterator[Hit]:
    """Those that the reading or a sum took up."""
    funding = plan.funding
    late = [source for source in funding.sources if source.conditional]
    late = [source for source in late if not pays_out(_said(plan, source.lines))]
    parts = list(late_sources(plan))
    own = {each.place.lines[0] for each in parts if each.amount is not None}
    first = min((source.lines[0] for source in late), default=0)
    crowded = len({source.lines for source in late}) > 1 and len(late) > len(parts) > 0
    if _set_apart(plan):
        return
    if not late or (crowded and any(abs(line - first) < _ONE_PARAGRAPH for line in own)):
        yield from _late_parts(parts)
        yield from _spent(plan, {each.place.lines[0] for each in parts})
        return
    yield from _spent(plan, {source.lines[0] for source in late})
    amounts = [source.amount for source in late if source.amount is not None]
    if not amounts:
        yield Hit(
            message="Nguồn này chỉ có sau khi đạt chuẩn, không dùng được cho việc làm trước đó.",
            places=tuple(locate(plan, source.lines, _REWARD) for source in late),
            advice="Ghi rõ nguồn nào trả cho việc phải làm trước khi được công nhận.",
            severity="warning",
        )
        return
    money = format_money(sum(amounts))
    message = f"{money} chỉ có sau khi đạt chuẩn, không dùng được để đạt chuẩn."
    every = [source.amount for source in funding.sources if source.amount is not None]
    if sum(every) > sum(amounts):
        message += f" Trừ ra còn dùng được {format_money(sum(every) - sum(amounts))}"
        usable = funding.computed.usable_balance
        message += f", {shortage(usable)}." if usable is not None else "."
        if usable is not None and funding.stated.balance not in (None, usable):
            message = f"{message[:-1]} (văn bản ghi {shortage(funding.stated.balance or 0)})."
    yield Hit(
        message=message,
        places=tuple(
            place_of(plan, source.lines, source.amount) for source in late if source.amount
        ),
        advice="Tách nguồn này ra khỏi phần cân đối; nêu cách bù phần thiếu (ứng vốn, nguồn khác).",
    )


def _set_apart(plan: Plan) -> bool:
    """Whether the paper's own total and balance leave the late money out already."""
    funding = plan.funding
    known = [source for source in funding.sources if source.amount is not None]
    sure = sum(source.amount or 0 for source in known if not source.conditional)
    return (
        any(source.conditional for source in known)
        and funding.stated.balance is not None
        and funding.stated.balance == funding.computed.usable_balance
        and funding.stated.sources in (None, sure)
    )


def _said(plan: Plan, lines: Lines) -> str:
    return " ".join(line for _, line in numbered(plan, lines))


def _spent(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Work paid from a reward for reaching the goal, told in running words."""
    for place in spent_before(plan):
        if place.lines[0] not in told:
            yield Hit(
                message="Việc này chi từ khoản chỉ có sau khi được công nhận.",
                places=(place,),
                advice="Ghi nguồn trả cho việc phải làm trước khi được công nhận.",
                severity="warning",
            )


def _late_parts(late: Sequence[Late]) -> Iterator[Hit]:
    """Conditional sources among the parts of a total, where the reading took none up."""
    if not late:
        return
    amounts = [each.amount for each in late if each.amount is not None]
    money = f"{format_money(sum(amounts))} " if len(amounts) == len(late) else "Nguồn này "
    yield Hit(
        message=f"{money}chỉ có sau khi đạt chuẩn, không dùng được để đạt chuẩn.",
        places=tuple(each.place for each in late),
        advice="Tách nguồn này ra khỏi phần cân đối; nêu cách bù phần thiếu (ứng vốn, nguồn khác).",
    )
