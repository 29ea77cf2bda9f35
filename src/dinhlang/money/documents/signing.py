"""The list to sign of a support policy (bảng kê).

Columns as Thông tư 60/2026/TT-BTC asks of household support: full name, identity number, address,
amount or item, and the signature, fingerprint or the payment service's confirmation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.papers.writing.composing.office import Office
from dinhlang.papers.writing.tree import (
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
)
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, format_money, format_number

from .. import eligible
from ..models import Policy
from ..selectors.support import ListRow, quantity_words

COLUMNS = (
    Column(title="TT", share=0.55, align="center"),
    Column(title="Họ và tên", share=2.2),
    Column(title="Số định danh/ CCCD", share=1.9, align="center"),
    Column(title="Địa chỉ", share=2.0),
    Column(title="Số lượng", share=0.95, align="right"),
    Column(title="Số tiền (đồng)", share=1.6, align="right"),
    Column(title="Ký nhận, điểm chỉ hoặc xác nhận chuyển tiền", share=2.0, align="center"),
)
FORM_SOURCE = (
    "Các cột theo Thông tư 60/2026/TT-BTC: họ và tên, số định danh hoặc CCCD, địa chỉ, số tiền "
    "hoặc hiện vật, chữ ký hoặc điểm chỉ, hoặc xác nhận của đơn vị chi trả."
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the whole list adds up to: rows, quantity in thousandths, đồng."""

    count: int
    quantity: int
    amount: int


def signing_list(
    place: Unit, policy: Policy, rows: Sequence[ListRow], on: date, sums: Sums | None = None
) -> Paper:
    """The list as a paper; amounts in đồng, their sum also in words.

    ``sums`` are those of the whole list where ``rows`` are only its beginning.
    """
    sums = sums or Sums(
        len(rows), sum(each.row.quantity for each in rows), sum(each.row.amount for each in rows)
    )
    office = Office(place=place.full_name, year=on.year)
    return Paper(
        head=office.head("BK-UBND"),
        kind="Bảng kê",
        about=f"Nhận {policy.name[:1].lower()}{policy.name[1:]}",
        blocks=(*_opening(policy), _table(policy, rows, sums), *_closing(sums)),
        signature=office.signature,
        also_signs=Signature(title="Người lập bảng kê"),
        end_mark=False,
    )


def _opening(policy: Policy) -> list[Block]:
    found: list[Block] = [
        Paragraph(text=(Run("Căn cứ: ", bold=True), Run(policy.basis.rstrip(" .") + ".")))
    ]
    if policy.groups:
        groups = "; ".join(policy.groups)
        found.append(Paragraph(text=(Run("Đối tượng: ", bold=True), Run(f"{groups}."))))
    if policy.technical:
        found.append(
            Paragraph(
                text=(Run("Điều kiện: ", bold=True), Run(f"{policy.technical.rstrip(' .')}."))
            )
        )
    level = f"{format_money(policy.amount)}/{policy.per}."
    found.append(Paragraph(text=(Run("Mức hỗ trợ: ", bold=True), Run(level))))
    return found


def _table(policy: Policy, rows: Sequence[ListRow], sums: Sums) -> Table:
    lines = [_line(at, each) for at, each in enumerate(rows, 1)]
    if len(rows) < sums.count:
        lines.append(Row(cells=("…",)))
    quantity = quantity_words(sums.quantity)
    lines.append(
        Row(cells=("Tổng cộng", quantity, format_number(sums.amount), ""), strong=True, span=4)
    )  # fmt: skip
    return Table(columns=COLUMNS, rows=tuple(lines), unit=f"Số lượng tính theo: {policy.per}")


def _line(at: int, each: ListRow) -> Row:
    row = each.row
    village = row.village.title if row.village else ""
    parts = [row.address]
    # An address as people write it often names the village already.
    if village and fold(village) not in fold(row.address):
        parts.append(village)
    address = ", ".join(part for part in parts if part)
    return Row(
        cells=(
            str(at), row.name, each.identity, address, each.quantity, format_number(row.amount), "",
        )
    )  # fmt: skip


def _closing(sums: Sums) -> list[Block]:
    words = eligible.in_words(sums.amount)
    return [
        Paragraph(
            text=(
                Run("Tổng số tiền: ", bold=True), Run(f"{format_number(sums.amount)} đồng "),
                Run(f"(bằng chữ: {words}).", italic=True),
            )
        ),
        Paragraph(text=f"Danh sách có {sums.count} dòng."),
    ]  # fmt: skip
