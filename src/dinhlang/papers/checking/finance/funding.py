"""Money: sums, the balance, and sources that come too late."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.balance_roles import (
    right_remains,
    wrong_remains,
    wrong_stocks,
)
from dinhlang.papers.checking.arithmetic.balances import (
    written_right,
    wrong_arithmetic,
)
from dinhlang.papers.checking.arithmetic.conflicts import conflicting_money
from dinhlang.papers.checking.arithmetic.grid_checks import wrong_tables
from dinhlang.papers.checking.arithmetic.grid_products import written_sums
from dinhlang.papers.checking.arithmetic.restated import wrong_again
from dinhlang.papers.checking.arithmetic.run_sums import near_sums
from dinhlang.papers.checking.arithmetic.sum_model import gives
from dinhlang.papers.checking.arithmetic.sums import hit_of, right_sums, wrong_sums
from dinhlang.papers.checking.arithmetic.totals_twice import totals_twice
from dinhlang.papers.checking.finance.balance_enough import not_enough
from dinhlang.papers.checking.finance.balance_tables import wrong_rows
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.places import at, locate, numbered
from dinhlang.papers.plan import Fix, Lines, Need, Plan, Section, Source
from dinhlang.vietnamese import find_amounts, format_money, format_number

_BILLION, _MILLION = 10**9, 10**6
_BALANCE = re.compile(r"\bcân đối\b", re.IGNORECASE)
_SOURCES_ABOVE = re.compile(r"\bnguồn\b", re.IGNORECASE)
_TOTAL_LINE = re.compile(r"[\s(*_]*(?:cộng|tổng cộng)\b[^;]{0,30}?\d", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[-+•–]|\d{1,2}\s*[.)/]|[a-zđ]\s*[.)])\s*\S")
_NO_NEED = re.compile(r"[\s+•–-]*(?:đã (?:bố trí|có|cấp)|hiện có|còn thiếu)\b", re.IGNORECASE)
_MINUS = re.compile(r"\s*[-–]\s*")
_OPERATOR = re.compile(r"\s*([-–+=])\s*")
# Words that state a balance; without one the number may be any other amount.
_ENOUGH = re.compile(r"\bđủ\b[^;]*\d\s*\+\s*\d[^;]*=", re.IGNORECASE)
_SHORT = re.compile(
    r"\b(?:thiếu|thừa|hụt|dư|còn lại|chênh lệch|cân đối)\b(?!\s+đủ)|=", re.IGNORECASE
)


def _terms(amounts: Sequence[int]) -> str:
    """``2 + 8 + 0,5``: the amounts in the unit that suits their sum, without naming it."""
    size = abs(sum(amounts))
    unit = _BILLION if size >= _BILLION else _MILLION if size >= _MILLION else 1
    return " + ".join(format_number(Decimal(amount) / unit) for amount in amounts)


def place_of(plan: Plan, lines: Lines, value: int) -> Place:
    """The words for ``value`` đồng within ``lines``; without them the whole of ``lines``."""
    for number, line in numbered(plan, lines):
        for amount in find_amounts(line):
            if amount.value == abs(value):
                return at(number, line[amount.start : amount.end])
    return locate(plan, lines)


def _same_unit(place: Place, value: int) -> Fix | None:
    """The mend that writes ``value`` for the amount at ``place``, in the words' own unit."""
    for amount in find_amounts(place.quote):
        unit_text = place.quote[amount.start : amount.end].lstrip("0123456789.,")
        for word, unit in (("tỷ", _BILLION), ("tỉ", _BILLION), ("triệu", _MILLION)):
            if unit_text.strip().lower().startswith(word):
                new = format_number(Decimal(value) / unit) + unit_text
                return Fix(line=place.lines[0], old=place.quote, new=new)
    return None


def _adds_up(amounts: Sequence[int], stated: int) -> bool:
    """Whether the total comes out once sums told beside their own parts are read as such."""
    return gives([Decimal(amount) for amount in amounts], Decimal(stated))


def _holds_on_one_side(items: Sequence[Need | Source], stated: int, lines: Lines) -> bool:
    """Whether the items above the total alone, or those below it alone, give the total."""
    above = [item.amount or 0 for item in items if item.lines[0] <= lines[0]]
    below = [item.amount or 0 for item in items if item.lines[0] >= lines[0]]
    return any(len(side) > 1 and _adds_up(side, stated) for side in (above, below))


@rule(
    code="FUND-SUM",
    severity="error",
    purpose="Tổng kinh phí và tổng nguồn vốn bằng các khoản cộng lại",
    page="""
## Là gì

Tổng nhu cầu kinh phí, hoặc tổng nguồn vốn, ghi trong văn bản khác với các khoản cộng lại.

## Vì sao

Tổng sai kéo theo cân đối sai, rồi đề nghị cấp trên hỗ trợ sai. Đây là chỗ cơ quan tài chính soát
trước tiên.

## Ví dụ

Bị báo: ngân sách huyện 3 tỷ, ngân sách xã 4 tỷ, nhân dân đóng góp 0,5 tỷ; tổng nguồn vốn
ghi 7,3 tỷ.

Không bị báo: 3 + 4 + 0,5 = 7,5 tỷ; một khoản lớn kèm “trong đó” các khoản nhỏ; nguồn chưa ghi
số tiền.

## Cách sửa

Soát từng khoản rồi sửa tổng. Khi phần cân đối của chính văn bản cũng dùng số cộng đúng thì phép
kiểm đề nghị luôn số sửa.
""",
)
def total(plan: Plan) -> Iterator[Hit]:
    """A stated total that its own items do not give."""
    told: set[int] = set()
    sums = {
        each.places[0].lines[0]: hit_of(each)
        for each in wrong_sums(plan)
        if each.code == "FUND-SUM"
    }
    for hit in _stated_totals(plan):
        line = hit.places[0].lines[0]
        told.add(line)
        # A paragraph that holds more parts than were read as needs or sources is surer.
        other = sums.get(line, hit)
        yield other if len(other.places) > len(hit.places) and not hit.fix else hit
    stated = plan.funding.stated
    places = (stated.needs_lines, stated.sources_lines, stated.balance_lines)
    read = {row for lines in places if lines for row in range(lines[0], lines[1] + 1)}
    for hit in _listed_totals(plan, told | read):
        if hit.places[0].lines[0] not in told | read:
            told.add(hit.places[0].lines[0])
            yield hit
    # A column is sure, whatever else was read of it.
    for hit in (*wrong_tables(plan, "FUND-SUM"), *written_sums(plan)):
        if hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit
    for wrong in wrong_sums(plan):
        if wrong.code == "FUND-SUM" and wrong.places[0].lines[0] not in told:
            told.add(wrong.places[0].lines[0])
            yield hit_of(wrong)
    for hit in (*wrong_again(plan), *conflicting_money(plan)):
        if not told.intersection(place.lines[0] for place in hit.places):
            told.add(hit.places[0].lines[0])
            yield hit
    for hit in (*near_sums(plan, money=True), *totals_twice(plan, money=True)):
        if not told.intersection(place.lines[0] for place in hit.places):
            yield hit


def _listed_totals(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """“Cộng: …” under a list of amounts, an amount a line, that the reading did not take up."""
    items: list[tuple[int, int]] = []
    for number, line in numbered(plan):
        amounts = find_amounts(line)
        if _TOTAL_LINE.match(line) and len(amounts) == 1 and number not in told:
            added, stated = sum(value for _, value in items), amounts[0].value
            if (
                len(items) > 1
                and added != stated
                and not _adds_up([value for _, value in items], stated)
            ):
                yield Hit(
                    message=f"Cộng các khoản được {format_money(added)} "
                    f"({_terms([value for _, value in items])}), văn bản ghi "
                    f"{format_money(stated)}.",
                    places=(at(number, line[amounts[0].start : amounts[0].end]),),
                    advice=f"Sửa tổng thành {format_money(added)} hoặc soát lại từng khoản.",
                )
            items = []
        elif _LISTED.match(line) and len(amounts) == 1 and "trong đó" not in line:
            items.append((number, amounts[0].value))
        else:
            items = []


def _stated_totals(plan: Plan) -> Iterator[Hit]:
    """The totals of needs and of sources as they were read."""
    stated = plan.funding.stated
    needs: list[Need | Source] = list(plan.funding.needs)
    sources: list[Need | Source] = list(plan.funding.sources)
    if stated.needs is not None and stated.needs != _sum(sources):
        what = _Total("các khoản cần", "khoản", stated.needs, stated.needs_lines)
        yield from _compare(plan, what, needs)
    if stated.sources is not None and stated.sources != _sum(needs):
        what = _Total("các nguồn", "nguồn", stated.sources, stated.sources_lines)
        yield from _compare(plan, what, sources)


@dataclass(slots=True, frozen=True)
class _Total:
    """A stated total in đồng, what it is the total of, and where it stands."""

    items: str
    each: str
    amount: int
    lines: Lines | None


def _sum(items: Sequence[Need | Source]) -> int:
    return sum(item.amount or 0 for item in items)


def _compare(plan: Plan, total: _Total, items: list[Need | Source]) -> Iterator[Hit]:
    items = _items_proper(plan, items, total)
    known = [(item, item.amount) for item in items if item.amount is not None]
    amounts = [amount for _, amount in known]
    added, stated = sum(amounts), total.amount
    if len(amounts) < 2 or added == stated or _is_explained(plan, total, items, amounts):
        return
    if added * 2 < stated or added > stated * 2:
        return  # most items were not read, or the total is of another year
    # The list gives its total, or leaves a rest unsaid, though the reading did not take that up.
    if total.lines:
        own = range(total.lines[0], total.lines[1] + 1)
        beside = all(item.lines[0] in own for item in items)
        if (added < stated or beside) and any((at, stated) in right_sums(plan) for at in own):
            return
    places = [place_of(plan, total.lines, stated)] if total.lines else []
    places += [place_of(plan, item.lines, amount) for item, amount in known]
    right, wrong = format_money(added), format_money(stated)
    certain = total.lines and _used_in_balance(plan, added)
    yield Hit(
        message=f"Cộng {total.items} được {right} ({_terms(amounts)}), văn bản ghi {wrong}.",
        places=tuple(places),
        advice=f"Sửa tổng thành {right} hoặc soát lại từng {total.each}.",
        fix=_same_unit(places[0], added) if certain else None,
    )


def _is_explained(
    plan: Plan, total: _Total, items: Sequence[Need | Source], amounts: Sequence[int]
) -> bool:
    """Whether the total may be right after all: an amount unsaid, nested, elsewhere or unread."""
    added, stated, lines = sum(amounts), total.amount, total.lines
    if len(amounts) < len(items) and added < stated:
        return True
    if _adds_up(amounts, stated):
        return True
    if lines is None:
        return False
    if _filled_before(items, amounts, total):
        return True
    if _holds_on_one_side(items, stated, lines):
        return True
    if added < stated and _left_out(plan, items, total):
        return True
    unread = _unread(plan, items, lines)
    return stated - added in (sum(unread), *unread)


def _filled_before(items: Sequence[Need | Source], amounts: Sequence[int], total: _Total) -> bool:
    """Whether the first items behind the total give it: what follows is no part of it."""
    if total.lines is None or len(amounts) != len(items) or items[0].lines < total.lines:
        return False
    return any(sum(amounts[:end]) == total.amount for end in range(2, len(amounts)))


def _left_out(plan: Plan, items: Sequence[Need | Source], total: _Total) -> bool:
    """Whether the lines of the total itself hold amounts that are no items."""
    lines = total.lines
    if lines is None or any(not lines[0] <= item.lines[0] <= lines[1] for item in items):
        return False
    amounts = [a.value for _, row in numbered(plan, lines) for a in find_amounts(row) if not a.per]
    known = [item.amount for item in items] + [total.amount]
    return any(amounts.count(value) > known.count(value) for value in amounts)


def _unread(plan: Plan, items: Sequence[Need | Source], total: Lines) -> list[int]:
    """The first amounts of the lines among the items that are neither items nor the total."""
    ours = {
        row
        for each in (*(item.lines for item in items), total)
        for row in range(each[0], each[1] + 1)
    }
    amounts = []
    for number, line in numbered(plan, (min(ours), max(ours))):
        found = find_amounts(line) if number not in ours else []
        amounts += [amount.value for amount in found[:1]]
    return amounts


def _items_proper(plan: Plan, items: list[Need | Source], total: _Total) -> list[Need | Source]:
    """The items without headings, which name no amount, parts (“trong đó …”) and the total."""
    headings = {line for section in plan.outline for line in _heading_lines(section)}
    kept: list[Need | Source] = []
    for item in items:
        if item.amount is None and item.lines[0] in headings:
            continue
        if (item.lines, item.amount) == (total.lines, total.amount):
            continue
        row = plan.text[item.lines[0] - 1] if item.lines[0] <= len(plan.text) else ""
        if isinstance(item, Need) and _NO_NEED.match(row):
            continue
        whole_row, parts, _ = row.partition("trong đó")
        same_row = any(other.lines == item.lines for other in kept)
        if parts and same_row and not any(a.value == item.amount for a in find_amounts(whole_row)):
            continue
        kept.append(item)
    return kept


def _heading_lines(section: Section) -> Iterator[int]:
    yield section.lines[0]
    for child in section.children:
        yield from _heading_lines(child)


def _used_in_balance(plan: Plan, added: int) -> bool:
    """Whether the balance of the paper itself is made with ``added``: then the mend is certain."""
    lines = plan.funding.stated.balance_lines
    if not lines:
        return False
    return any(
        amount.value == added for _, line in numbered(plan, lines) for amount in find_amounts(line)
    )


@rule(
    code="FUND-BALANCE",
    severity="error",
    purpose="Cân đối kinh phí đúng bằng nguồn vốn trừ nhu cầu",
    page="""
## Là gì

Số thừa hoặc thiếu ghi ở phần cân đối không bằng nguồn vốn trừ nhu cầu; hoặc một phép tính viết
trong văn bản (A - B = C) không đúng.

## Vì sao

Số thiếu là số đề nghị cấp trên hỗ trợ. Sai số này thì cả đề nghị sai.

## Ví dụ

Bị báo: cần 12 tỷ, có 7,5 tỷ, ghi còn thiếu 5 tỷ; `12 tỷ - 7,5 tỷ = 5 tỷ`.

Không bị báo: `12 tỷ - 7,5 tỷ = 4,5 tỷ`.

## Cách sửa

Tính lại: nhu cầu trừ nguồn vốn. Nếu tổng ở trên sai (FUND-SUM) thì sửa tổng trước.
""",
)
def balance(plan: Plan) -> Iterator[Hit]:
    """A balance, or a sum written out, that does not come out."""
    wrong_lines = []
    for hit in _written_sums(plan):
        wrong_lines.append(hit.places[0].lines)
        yield hit
    for hit, money in wrong_arithmetic(plan):
        if money and hit.places[0].lines not in wrong_lines:
            wrong_lines.append(hit.places[0].lines)
            yield hit
    for hit in _against_list(plan):
        wrong_lines.append(hit.places[0].lines)
        yield hit
    wrong_totals = {hit.places[0].lines for hit in _stated_totals(plan)}
    wrong_totals |= {each.places[0].lines for each in wrong_sums(plan)}
    yield from _told_apart(plan, wrong_lines, wrong_totals)
    funding = plan.funding
    stated, lines = funding.stated.balance, funding.stated.balance_lines
    if stated is None or (lines and any(lines[0] <= line[0] <= lines[1] for line in wrong_lines)):
        return
    if lines and plan.text and not any(_SHORT.search(row) for _, row in numbered(plan, lines)):
        return
    if lines and written_right(plan, *lines):
        return
    if lines and any(_ENOUGH.search(row) for _, row in numbered(plan, lines)):
        return  # “Nguồn vốn đủ so với nhu cầu: 3.050 + 705 = 3.755”
    if lines and not right_remains(plan).isdisjoint(range(lines[0], lines[1] + 1)):
        return
    needs = {funding.stated.needs, funding.computed.needs} - {None}
    sources = {funding.stated.sources, funding.computed.sources} - {None}
    rights = {s - n for s in sources for n in needs if s is not None and n is not None}
    if not rights or stated in rights:
        return
    right = _best(funding.computed.balance, rights)
    place = place_of(plan, lines, stated) if lines else None
    yield Hit(
        message=f"Cân đối phải là {shortage(right)}, văn bản ghi {shortage(stated)}.",
        places=(place,) if place else (),
        advice="Tính lại nhu cầu trừ nguồn vốn, sửa ở mọi chỗ nhắc đến số này.",
    )


def _told_apart(plan: Plan, wrong_lines: list[Lines], wrong_totals: set[Lines]) -> Iterator[Hit]:
    """Balances whose parts stand apart, claims of enough, and columns of a table."""
    remains = [hit for hit, money in (*wrong_remains(plan), *wrong_stocks(plan)) if money]
    for hit in (*remains, *not_enough(plan), *wrong_rows(plan)):
        told = {place.lines for place in hit.places}
        if not told & wrong_totals and not told.intersection(wrong_lines):
            wrong_lines.append(hit.places[0].lines)
            yield hit


def _best(computed: int | None, rights: set[int]) -> int:
    return computed if computed in rights else max(rights)


def shortage(value: int) -> str:
    """How a balance in đồng is told: lacking, to spare or just enough."""
    if value == 0:
        return "vừa đủ"
    return f"{'thiếu' if value < 0 else 'thừa'} {format_money(abs(value))}"


def _against_list(plan: Plan) -> Iterator[Hit]:
    """“Cân đối: A - B = C” whose B is not what the sources listed just above it give."""
    for number, line in numbered(plan):
        match = _BALANCE.search(line) if "=" in line else None
        amounts = find_amounts(line) if match else []
        if (
            match is None
            or len(amounts) < 3
            or not _MINUS.fullmatch(line[amounts[0].end : amounts[1].start])
        ):
            continue
        added = _listed_above(plan, number)
        if added is None or added == amounts[1].value:
            continue
        yield Hit(
            message=f"Cân đối lấy {format_money(amounts[1].value)}, các nguồn kể trên cộng lại "
            f"được {format_money(added)}.",
            places=(at(number, line[match.start() : amounts[2].end]),),
            advice="Soát lại từng nguồn và phép cân đối.",
        )


def _listed_above(plan: Plan, number: int) -> int | None:
    """What the list of sources that ends above a line adds up to, the last amount of each item."""
    values: list[int] = []
    for _, text in reversed(list(numbered(plan, (max(1, number - 24), number - 1)))):
        found = find_amounts(text)
        if re.match(r"\s*[-+•]", text):
            values += [found[-1].value] if found else []
        elif values:
            return sum(values) if len(values) > 1 and _SOURCES_ABOVE.search(text) else None
    return None


def _written_sums(plan: Plan) -> Iterator[Hit]:
    """Lines like ``23,8 tỷ - 10,5 tỷ = 13,3 tỷ`` whose arithmetic is wrong."""
    for number, line in numbered(plan):
        if "=" not in line:
            continue
        amounts = find_amounts(line)
        chain: list[tuple[str, int]] = []
        for index, amount in enumerate(amounts):
            before = line[amounts[index - 1].end : amount.start] if index else ""
            operator = _OPERATOR.fullmatch(before)
            if operator is None:
                chain = [("+", amount.value)]
                start = amount.start
                continue
            if operator[1] != "=":
                chain.append((operator[1], amount.value))
                continue
            result = sum(value if sign == "+" else -value for sign, value in chain)
            if len(chain) > 1 and abs(result) != amount.value:
                yield Hit(
                    message=f"Phép tính cho {format_money(abs(result))}, "
                    f"văn bản ghi {format_money(amount.value)}.",
                    places=(at(number, line[start : amount.end]),),
                    advice="Tính lại và sửa số sai.",
                )
            chain = []
