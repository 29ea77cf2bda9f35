"""Reports (Báo cáo) of a week, month, quarter, half-year, year, beside the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from dinhlang.vietnamese import format_money, format_number, to_roman

from ..tree import Block, Column, Heading, Paper, Paragraph, Row, Table
from .office import Office
from .words import sentence

SYMBOL = "BC-UBND"
Kind = Literal["week", "month", "quarter", "half-year", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What the report is of: first and last day, both included."""

    kind: Kind
    start: date
    end: date

    @property
    def words(self) -> str:
        """“tuần từ 16/11 đến 22/11/2026”, “tháng 11 năm 2026”, “quý IV năm 2026”, …"""
        year = self.end.year
        match self.kind:
            case "week":
                return f"tuần từ {self.start:%d/%m} đến {self.end:%d/%m/%Y}"
            case "month":
                return f"tháng {self.end.month} năm {year}"
            case "quarter":
                return f"quý {to_roman((self.end.month + 2) // 3)} năm {year}"
            case "half-year":
                return f"6 tháng {'đầu' if self.end.month <= 6 else 'cuối'} năm {year}"
            case "year":
                return f"năm {year}"

    @property
    def next_words(self) -> str:
        """What comes after it: “tuần tới”."""
        return {
            "week": "tuần tới",
            "month": "tháng tới",
            "quarter": "quý tới",
            "half-year": "6 tháng tới",
            "year": "năm tới",
        }[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """A criterion then and now, in words (“Đạt”, “Chưa đạt”); ``note``: why, what is missing."""

    number: str
    name: str
    before: str
    now: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity or a sum: planned, done by the end of the last period, done by now.

    What is done may be unknown; a table of only such amounts has no columns for it.
    """

    name: str
    unit: str
    planned: Decimal | None
    before: Decimal | None = None
    now: Decimal | None = None

    @property
    def share(self) -> str:
        """How much of the plan is done, “87,5%”; a dash without a plan."""
        if not self.planned or self.now is None:
            return "–"
        return f"{format_number(self.now * 100 / self.planned, 1)}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A source of money by now, đồng; ``before``: disbursed by the end of the last period.

    ``amount`` None: not known.
    """

    name: str
    amount: int | None
    allocated: int = 0
    disbursed: int = 0
    settled: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The money of the year as the ledger has it, đồng.

    ``funds`` may be counted on, ``conditional`` only when their condition is met, ``requested``
    was asked for and not granted. ``debt`` is outstanding construction debt; None where nothing
    of any work was accepted yet.
    """

    year: int
    need: int
    usable: int
    funds: Sequence[Fund] = ()
    conditional: Sequence[Fund] = ()
    requested: Sequence[Fund] = ()
    debt: int | None = None
    debt_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task: what, who, and how it stands (“Đã xong”, “Chậm 5 ngày”)."""

    text: str
    lead: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The tasks of the year: how many are finished, how many late, by now and before."""

    year: int
    total: int
    done: int
    done_before: int
    late: int
    late_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything a report says; an empty part is left out, and a report of nothing says so."""

    period: Period
    reached: tuple[int, int, int] | None = None
    """Criteria met before, met now, all of them."""
    criteria: Sequence[CriterionLine] = ()
    amounts: Sequence[Amount] = ()
    money: Sequence[Amount] = ()
    ledger: Ledger | None = None
    tally: Tally | None = None
    work: Sequence[Work] = ()
    obstacles: Sequence[str] = ()
    following: Sequence[str] = ()
    proposals: Sequence[str] = ()
    until: date | None = None
    """The day the criteria are told of, where that is before the period's end."""
    compared: bool = True
    """Whether it is known how it was before; else nothing is said of the last period."""


def report(
    office: Office, contents: Contents, receiver: str = "", recipients: Sequence[str] = ()
) -> Paper:
    """The report; ``receiver`` is the body above it (“Kính gửi: …”)."""
    period = contents.period
    parts: list[tuple[str, list[Block]]] = [
        ("Kết quả thực hiện", _results(contents)),
        ("Khó khăn, vướng mắc", _list(contents.obstacles)),
        (f"Nhiệm vụ {period.next_words}", _list(contents.following)),
        ("Kiến nghị, đề xuất", _list(contents.proposals)),
    ]
    blocks: list[Block] = [
        Paragraph(
            text=f"{office.name} báo cáo kết quả xây dựng nông thôn mới {period.words} như sau:"
        )
    ]
    number = 0
    for title, part in parts:
        if part:
            number += 1
            blocks += [Heading(level=1, label=f"{to_roman(number)}.", text=title), *part]
    blocks.append(Paragraph(text=f"{office.name} trân trọng báo cáo."))
    return Paper(
        head=office.head(SYMBOL),
        kind="Báo cáo",
        about=f"Kết quả xây dựng nông thôn mới {period.words}",
        addressees=(receiver,) if receiver else (),
        blocks=tuple(blocks),
        signature=office.signature,
        recipients=tuple(recipients) or ("Như trên", "Thường trực Đảng ủy, HĐND", "Lưu: VT"),
    )


def _results(contents: Contents) -> list[Block]:
    parts: list[tuple[str, list[Block]]] = [
        ("Về các tiêu chí", _criteria(contents)),
        (_amount_title(contents.amounts), _amounts(contents.amounts)),
        _money(contents),
        ("Nhiệm vụ trong kỳ", [*_tally(contents), *_work(contents.work)]),
    ]
    blocks: list[Block] = []
    number = 0
    for title, part in parts:
        if part:
            number += 1
            blocks += [Heading(level=2, label=f"{number}.", text=title), *part]
    return blocks or [Paragraph(text="Trong kỳ không có số liệu mới.")]


def _amount_title(amounts: Sequence[Amount]) -> str:
    known = any(each.now is not None for each in amounts)
    return "Khối lượng đã nghiệm thu" if known else "Khối lượng theo kế hoạch"


def _money(contents: Contents) -> tuple[str, list[Block]]:
    if contents.ledger is not None:
        return "Nguồn vốn và giải ngân", _ledger(contents.ledger, contents.until)
    known = any(each.now is not None for each in contents.money)
    title = "Nguồn vốn và giải ngân" if known else "Nguồn vốn theo kế hoạch"
    return title, _amounts(contents.money)


def _ledger(found: Ledger, until: date | None) -> list[Block]:
    lines = ledger_words(found, until)
    blocks: list[Block] = [Paragraph(text=line) for line in lines]
    groups = fund_groups(found)
    if not groups:
        return blocks
    rows: list[Row] = []
    number = 0
    for title, funds in groups:
        for each in funds:
            number += 1
            rows.append(Row(cells=(str(number), each.name, *fund_figures(each))))
        rows.append(Row(cells=(title, *fund_figures(fund_total(funds))), strong=True, span=2))
    columns = (
        Column(title="TT", share=0.8, align="center"),
        Column(title="Nguồn vốn", share=2.6),
        *(Column(title=each, share=1.15, align="right") for each in FUND_FIGURES),
    )
    return [*blocks, Table(columns=columns, rows=tuple(rows), unit="Đơn vị tính: triệu đồng")]


FUND_FIGURES = (
    "Số vốn", "Đã phân bổ", "Giải ngân đến kỳ trước", "Giải ngân đến kỳ này", "Giải ngân trong kỳ",
    "Tỷ lệ giải ngân", "Đã quyết toán",
)  # fmt: skip


def fund_groups(found: Ledger) -> list[tuple[str, Sequence[Fund]]]:
    """The sources by whether they may be counted on, each group with the words of its total."""
    groups = (
        ("Tổng nguồn dùng được", found.funds),
        ("Tổng nguồn có điều kiện, chưa tính", found.conditional),
        ("Tổng nguồn đã đề nghị, chưa được giao", found.requested),
    )
    return [(title, funds) for title, funds in groups if funds]


def fund_total(funds: Sequence[Fund]) -> Fund:
    """The sums of the funds; the amount None where no amount is known."""
    known = [each.amount for each in funds if each.amount is not None]
    return Fund(
        name="Tổng cộng",
        amount=sum(known) if known else None,
        allocated=sum(each.allocated for each in funds),
        disbursed=sum(each.disbursed for each in funds),
        settled=sum(each.settled for each in funds),
        before=sum(each.before for each in funds),
    )


def fund_figures(fund: Fund) -> tuple[str, ...]:
    """What stands under ``FUND_FIGURES``, in million đồng."""
    share = (
        f"{format_number(Decimal(fund.disbursed) * 100 / fund.amount, 1)}%" if fund.amount else "–"
    )
    return (
        _million(fund.amount), _million(fund.allocated), _million(fund.before),
        _million(fund.disbursed), _million(fund.disbursed - fund.before), share,
        _million(fund.settled),
    )  # fmt: skip


def _million(value: int | None) -> str:
    return format_number(Decimal(value) / 1_000_000) if value is not None else ""


def ledger_words(found: Ledger, until: date | None) -> list[str]:
    """Need, sources and what lacks; what was disbursed; the debt: each beside the last period."""
    lines = [need_words(found.year, found.need, found.usable) + "."]
    conditional = sum(each.amount or 0 for each in found.conditional)
    if conditional:
        lines.append(f"Nguồn có điều kiện, chưa tính: {format_money(conditional)}.")
    total = fund_total((*found.funds, *found.conditional, *found.requested))
    lines.append(
        f"{until_words(until)}, đã phân bổ {format_money(total.allocated)}; giải ngân "
        f"{format_money(total.disbursed)}, {money_change(total.before, total.disbursed)}; quyết "
        f"toán {format_money(total.settled)}."
    )
    if found.debt is not None:
        change = f", {money_change(found.debt_before or 0, found.debt)}"
        owed = format_money(found.debt) if found.debt else "không có"
        lines.append(f"Nợ đọng xây dựng cơ bản: {owed}{change}.")
    return lines


def need_words(year: int, need: int, usable: int) -> str:
    """“Nhu cầu kinh phí năm 2026 là 5 tỷ đồng; nguồn dùng được 4 tỷ đồng; còn thiếu 1 tỷ đồng”.

    Where nobody wrote a need nothing is said of lack or surplus.
    """
    if not need:
        return f"Nguồn vốn dùng được năm {year} là {format_money(usable)}"
    words = f"Nhu cầu kinh phí năm {year} là {format_money(need)}"
    words += f"; nguồn vốn dùng được {format_money(usable)}"
    lack = need - usable
    if lack > 0:
        return f"{words}; còn thiếu {format_money(lack)}"
    return f"{words}; nguồn đủ cho nhu cầu"


def money_change(before: int, now: int) -> str:
    """“bằng kỳ trước”, “tăng 200 triệu đồng so với kỳ trước”."""
    if before == now:
        return "bằng kỳ trước"
    return f"{'tăng' if now > before else 'giảm'} {format_money(abs(now - before))} so với kỳ trước"


def tally_words(tally: Tally, until: date | None) -> str:
    """How many tasks of the year are finished and late, beside the last period."""
    done = change_words(tally.done_before, tally.done, "nhiệm vụ")
    late = f"có {tally.late} nhiệm vụ chậm hạn" if tally.late else "không có nhiệm vụ nào chậm hạn"
    change = change_words(tally.late_before, tally.late, "nhiệm vụ")
    return (
        f"{until_words(until)}, đã hoàn thành {tally.done}/{tally.total} nhiệm vụ có hạn trong năm "
        f"{tally.year}, {done}; {late}, {change}."
    )


def _tally(contents: Contents) -> list[Block]:
    if contents.tally is None or not contents.tally.total:
        return []
    return [Paragraph(text=tally_words(contents.tally, contents.until))]


def _criteria(contents: Contents) -> list[Block]:
    blocks: list[Block] = []
    if contents.reached:
        before, now, total = contents.reached
        words = f", {change_words(before, now)}" if contents.compared else ""
        blocks.append(
            Paragraph(text=f"{until_words(contents.until)}, xã đạt {now}/{total} tiêu chí{words}.")
        )
    if contents.criteria:
        blocks.append(
            Table(
                columns=(
                    Column(title="Tiêu chí", share=0.9, align="center"),
                    Column(title="Tên tiêu chí", share=2.8),
                    Column(title="Kỳ trước", share=1.3, align="center"),
                    Column(title="Kỳ này", share=1.3, align="center"),
                    Column(title="Còn thiếu, ghi chú", share=3),
                ),
                rows=tuple(
                    Row(cells=(each.number, each.name, each.before, each.now, each.note))
                    for each in contents.criteria
                ),
            )
        )
    return blocks


def until_words(until: date | None) -> str:
    """“Đến hết kỳ báo cáo”, “Đến ngày 22/11/2026”."""
    return f"Đến ngày {until:%d/%m/%Y}" if until else "Đến hết kỳ báo cáo"


def change_words(before: int, now: int, what: str = "tiêu chí") -> str:
    """“bằng kỳ trước”, “tăng 2 tiêu chí so với kỳ trước”."""
    if before == now:
        return "bằng kỳ trước"
    return f"{'tăng' if now > before else 'giảm'} {abs(now - before)} {what} so với kỳ trước"


def _planned(amounts: Sequence[Amount]) -> Table:
    columns = (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nội dung", share=4),
        Column(title="Đơn vị", share=1.2, align="center"),
        Column(title="Kế hoạch", share=1.6, align="right"),
    )
    rows = tuple(
        Row(cells=(str(number), each.name, each.unit, _figure(each.planned)))
        for number, each in enumerate(amounts, 1)
    )
    units = {each.unit for each in amounts}
    sums = [each.planned for each in amounts if each.planned is not None]
    if len(amounts) > 1 and units == {"đồng"}:
        rows += (
            Row(cells=("Tổng cộng", "đồng", _figure(sum(sums, Decimal()))), strong=True, span=2),
        )
    return Table(columns=columns, rows=rows)


def gained(amount: Amount) -> Decimal | None:
    """What was done within the period; None where it is not known."""
    if amount.now is None or amount.before is None:
        return None
    return amount.now - amount.before


def _figure(value: Decimal | None) -> str:
    return format_number(value) if value is not None else ""


def _amounts(amounts: Sequence[Amount]) -> list[Block]:
    if not amounts:
        return []
    if all(each.before is None and each.now is None for each in amounts):
        return [_planned(amounts)]
    rows = tuple(
        Row(
            cells=(
                str(number),
                each.name,
                each.unit,
                _figure(each.planned),
                _figure(each.before),
                _figure(each.now),
                _figure(gained(each)),
                each.share,
            )
        )
        for number, each in enumerate(amounts, 1)
    )
    columns = (
        Column(title="TT", share=0.8, align="center"),
        Column(title="Nội dung", share=3),
        Column(title="Đơn vị", share=1.1, align="center"),
        Column(title="Kế hoạch", share=1.2, align="right"),
        Column(title="Đến kỳ trước", share=1.2, align="right"),
        Column(title="Đến kỳ này", share=1.2, align="right"),
        Column(title="Trong kỳ", share=1.2, align="right"),
        Column(title="Đạt", share=1, align="right"),
    )
    return [Table(columns=columns, rows=rows)]


def _work(work: Sequence[Work]) -> list[Block]:
    if not work:
        return []
    columns = (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nhiệm vụ", share=4),
        Column(title="Chủ trì", share=2),
        Column(title="Kết quả", share=2),
    )
    rows = tuple(
        Row(cells=(str(number), each.text, each.lead, each.state))
        for number, each in enumerate(work, 1)
    )
    return [Table(columns=columns, rows=rows)]


def _list(lines: Sequence[str]) -> list[Block]:
    return [Paragraph(marker="-", text=sentence(line)) for line in lines if line.strip()]
