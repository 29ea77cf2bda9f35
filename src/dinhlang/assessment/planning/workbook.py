"""The shortest way and the comparison of two sets as workbooks."""

from __future__ import annotations

from dinhlang.law.shortest import Item, Way
from dinhlang.plans.tables import Cell, Column, Row, Table
from dinhlang.vietnamese import format_money

from .. import showing
from .selectors import Plan, Two

ITEM_COLUMNS = (
    Column("Chỉ tiêu", 14),
    Column("Còn thiếu gì", 50, "main"),
    Column("Yêu cầu", 24),
    Column("Thiếu bao nhiêu", 34),
    Column("Loại", 16),
    Column("Chi phí (đồng)", 18, "money"),
    Column("Số tháng", 10, "number"),
    Column("Rẻ nhất", 10),
    Column("Nhanh nhất", 12),
)


def plan_tables(plan: Plan) -> list[Table]:
    """A sheet with all items, and one for each of the two ways."""
    rows = []
    for row in plan.rows:
        known = plan.estimates.get(row.item.key)
        rows.append(
            Row(
                (
                    *_about(row.item),
                    Cell(row.cost, known.cost if known else None),
                    Cell(row.months, known.months if known else None),
                    Cell("x" if row.in_cheapest else ""),
                    Cell("x" if row.in_fastest else ""),
                )
            )
        )
    tables = [Table("Các mục còn thiếu", ITEM_COLUMNS, tuple(rows))]
    if plan.ways is not None:
        for name, way in (("Rẻ nhất", plan.ways.cheapest), ("Nhanh nhất", plan.ways.fastest)):
            if way is not None:
                tables.append(_way(name, way, plan))
    return tables


def _about(item: Item) -> tuple[Cell, ...]:
    return (
        Cell(", ".join(dict.fromkeys(serves.number for serves in item.serves))),
        Cell(f"{item.unit}: {item.name}" if item.unit else item.name),
        Cell(item.rule),
        Cell(item.lacks),
        Cell(item.kind_words),
    )


def _way(name: str, way: Way, plan: Plan) -> Table:
    rows = []
    for item in way.items:
        known = plan.estimates.get(item.key)
        cost, months = (known.cost, known.months) if known else (None, None)
        rows.append(
            Row(
                (
                    *_about(item),
                    Cell("" if cost is None else format_money(cost), cost),
                    Cell("" if months is None else str(months), months),
                )
            )
        )
    return Table(name, ITEM_COLUMNS[:7], tuple(rows))


def plan_notes(plan: Plan) -> list[str]:
    """What a reader of the workbook must know."""
    found = [f"Theo {plan.set.title}, tại ngày {plan.on:%d/%m/%Y}."]
    if plan.not_loaded:
        found.append(
            f"{len(plan.not_loaded)} mục chưa nạp ngưỡng: chưa thể nói, không tính là việc."
        )
    if plan.ways is not None and plan.ways.cheapest is not None:
        way = plan.ways.cheapest
        unpriced = f", {len(way.unpriced)} mục chưa có chi phí" if way.unpriced else ""
        found.append(f"Rẻ nhất: {len(way.to_do)} mục, {format_money(way.cost)}{unpriced}.")
    return found


def comparison_table(two: Two) -> Table:
    """One row a pair, as on the page."""
    columns = (
        Column("Thay đổi", 16),
        Column("Số (bộ này)", 12),
        Column("Chỉ tiêu (bộ này)", 44, "main"),
        Column("Yêu cầu (bộ này)", 34),
        Column("Kết quả (bộ này)", 18),
        Column("Số (bộ kia)", 12),
        Column("Chỉ tiêu (bộ kia)", 44, "main"),
        Column("Yêu cầu (bộ kia)", 34),
        Column("Kết quả (bộ kia)", 18),
    )
    rows = []
    for pair in two.comparison.pairs if two.comparison else ():
        cells = [Cell(pair.words)]
        for side in (pair.old, pair.new):
            if side is None:
                cells += [Cell("")] * 4
            else:
                state = showing.state(side.state).words
                cells += [Cell(side.number), Cell(side.name), Cell(side.rule), Cell(state)]
        rows.append(Row(tuple(cells)))
    return Table("So hai bộ", columns, tuple(rows))
