"""Boards, tables of many units and fixed self-assessments as tables for Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dinhlang.law.explaining import explain
from dinhlang.law.library import Law
from dinhlang.law.provenance import CHECKED_WORDS
from dinhlang.law.verdicts import State
from dinhlang.plans.tables import Cell, Column, Row, Table

from . import reasons, showing
from .models import Assessment
from .selectors.board import Board
from .selectors.matrix import Matrix

INDICATORS = (
    Column("Tiêu chí", 28), Column("Số", 8), Column("Chỉ tiêu", 60), Column("Kết quả", 16),
    Column("Yêu cầu", 40), Column("Vì sao", 60), Column("Số liệu đã dùng", 50),
    Column("Còn thiếu", 50), Column("Mức đối chiếu", 26), Column("Nguồn", 40),
)  # fmt: skip


def board_tables(board: Board, law: Law) -> list[Table]:
    """Two sheets: the criteria as on the board, and all indicators with their reasons."""
    rows = [
        Row(
            (
                Cell(tile.number), Cell(tile.name), Cell(tile.look.words),
                Cell(str(tile.met), tile.met), Cell(str(tile.total), tile.total),
                Cell(tile.reason), Cell(tile.owner),
                Cell(tile.claim.words if tile.claim else ""),
                Cell(" ".join(each.text for each in tile.contradictions)),
            ),
            group=tile.group,
        )
        for tile in board.tiles
    ]  # fmt: skip
    columns = (
        Column("Số", 6), Column("Tiêu chí", 36), Column("Kết quả", 16),
        Column("Chỉ tiêu đạt", 12), Column("Chỉ tiêu phải xét", 12), Column("Lý do", 60),
        Column("Phụ trách (theo kế hoạch)", 30), Column("Kế hoạch ghi", 26),
        Column("Chỗ trái nhau", 50),
    )  # fmt: skip
    return [
        Table("Tiêu chí", columns, tuple(rows)),
        Table("Chỉ tiêu", INDICATORS, tuple(_indicators(board, law))),
    ]


def _indicators(board: Board, law: Law) -> Iterable[Row]:
    for criterion in board.verdict.criteria:
        named = f"{criterion.criterion.number}. {criterion.criterion.name}"
        for each in criterion.indicators:
            said = explain(each, law, board.set)
            used = reasons.facts_of(each, law.measures)
            yield Row(
                (
                    Cell(named), Cell(each.indicator.number), Cell(each.indicator.name),
                    Cell(each.state.words), Cell(said.rule), Cell(said.summary),
                    Cell("; ".join(f"{fact.name}: {fact.value} ({fact.year})" for fact in used)),
                    Cell("; ".join(said.missing)),
                    Cell(CHECKED_WORDS[each.indicator.provenance.checked]),
                    Cell("; ".join(each.indicator.provenance.sources)),
                )
            )  # fmt: skip


def board_notes(board: Board) -> list[str]:
    """What stands above the tables."""
    counts = board.verdict
    decision = board.set.decision.number
    notes = [
        f"Tại ngày {board.on:%d/%m/%Y}" + (f", theo {decision}" if decision else ""),
        f"Đạt {counts.criteria_counts.met}/{counts.criteria_counts.total} tiêu chí, "
        f"{counts.indicator_counts.met}/{counts.indicator_counts.total} chỉ tiêu",
        f"Phiên bản bộ tiêu chí: {counts.hash[:12]}",
    ]
    if board.unconfirmed:
        notes.append(f"{board.unconfirmed} chỉ tiêu dựa trên số chưa xác nhận")
    return [
        *notes,
        *(note.text for note in board.notes),
        *(each.text for each in board.claims.unmatched),
    ]


def fixed_tables(found: Assessment) -> list[Table]:
    """What was kept, one row an indicator."""
    rows = []
    for criterion in found.document["criteria"]:
        named = f"{criterion['number']}. {criterion['name']}"
        for each in criterion["indicators"]:
            rows.append(_kept(named, each))
    return [Table("Tự đánh giá", INDICATORS, tuple(rows))]


def _kept(criterion: str, data: Mapping[str, Any]) -> Row:
    rule = next((s for s in data["sources"] if s["what"] == "Yêu cầu"), None)
    return Row(
        (
            Cell(criterion), Cell(data["number"]), Cell(data["name"]),
            Cell(State(data["state"]).words), Cell(data["rule"]), Cell(data["reason"]),
            Cell("; ".join(f"{f['name']}: {f['value']} ({f['year']})" for f in data["facts"])),
            Cell("; ".join(data["missing"])),
            Cell(rule["words"] if rule else ""),
            Cell("; ".join(rule["addresses"]) if rule else ""),
        )
    )  # fmt: skip


def fixed_notes(found: Assessment) -> list[str]:
    """What stands above the table."""
    return [
        f"Đạt {found.criteria_met}/{found.criteria_total} tiêu chí, "
        f"{found.indicators_met}/{found.indicators_total} chỉ tiêu",
        f"{found.made_by} chốt lúc {found.made_at.astimezone(showing.ZONE):%H:%M %d/%m/%Y}",
        f"Phiên bản bộ tiêu chí: {found.set_hash}",
        *([f"Ghi chú: {found.note}"] if found.note else []),
    ]


def matrix_tables(matrix: Matrix) -> list[Table]:
    """One row a unit, one column a criterion, the state in words."""
    rows = [
        Row(
            (
                Cell(row.unit.title), Cell(row.above), Cell(row.look.words),
                Cell(str(row.states.met), row.states.met),
                Cell(str(row.states.indicators_met), row.states.indicators_met),
                *(Cell(look.words if look is not None else "") for _, look in row.cells),
            )
        )
        for row in matrix.rows
    ]  # fmt: skip
    columns = (
        Column("Đơn vị", 28), Column("Thuộc", 24), Column("Kết quả chung", 16),
        Column("Tiêu chí đạt", 10), Column("Chỉ tiêu đạt", 10),
        *(Column(f"{each.number}. {each.name}", 16) for each in matrix.criteria),
    )  # fmt: skip
    return [Table("Bảng tiêu chí", columns, tuple(rows))]


def matrix_notes(matrix: Matrix) -> list[str]:
    """What stands above the table."""
    notes = [f"Tại ngày {matrix.on:%d/%m/%Y}; {len(matrix.rows)}/{matrix.units} đơn vị"]
    return [*notes, *(note.text for note in matrix.notes)]
