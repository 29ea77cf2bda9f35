"""Reports (Báo cáo) of a week, month, quarter, half-year, year, beside the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from dinhlang.vietnamese import format_number, to_roman

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
class Work:
    """A task: what, who, and how it stands (“Đã xong”, “Chậm 5 ngày”)."""

    text: str
    lead: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything a report says; an empty part is left out, and a report of nothing says so."""

    period: Period
    reached: tuple[int, int, int] | None = None
    """Criteria met before, met now, all of them."""
    criteria: Sequence[CriterionLine] = ()
    amounts: Sequence[Amount] = ()
    money: Sequence[Amount] = ()
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
        (_amount_title(contents.amounts), _amounts(contents.amounts, "Khối lượng")),
        (_money_title(contents.money), _amounts(contents.money, "Số tiền")),
        ("Nhiệm vụ trong kỳ", _work(contents.work)),
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
    return "Khối lượng thực hiện" if known else "Khối lượng theo kế hoạch"


def _money_title(money: Sequence[Amount]) -> str:
    known = any(each.now is not None for each in money)
    return "Nguồn vốn và giải ngân" if known else "Nguồn vốn theo kế hoạch"


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


def change_words(before: int, now: int) -> str:
    """“bằng kỳ trước”, “tăng 2 tiêu chí so với kỳ trước”."""
    if before == now:
        return "bằng kỳ trước"
    return f"{'tăng' if now > before else 'giảm'} {abs(now - before)} tiêu chí so với kỳ trước"


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
    return Table(columns=columns, rows=rows)


def _figure(value: Decimal | None) -> str:
    return format_number(value) if value is not None else ""


def _amounts(amounts: Sequence[Amount], what: str) -> list[Block]:
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
                _figure(
                    each.now - each.before
                    if each.now is not None and each.before is not None
                    else None
                ),
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
        Column(title=f"{what} trong kỳ", share=1.2, align="right"),
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
        Column(title="Kết quả", share=1.4),
    )
    rows = tuple(
        Row(cells=(str(number), each.text, each.lead, each.state))
        for number, each in enumerate(work, 1)
    )
    return [Table(columns=columns, rows=rows)]


def _list(lines: Sequence[str]) -> list[Block]:
    return [Paragraph(marker="-", text=sentence(line)) for line in lines if line.strip()]
