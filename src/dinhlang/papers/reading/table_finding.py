"""Finding the tables of a paper, and what each is about.

One table may serve several readers: a table of criteria with leads and dates is read for
criteria, gaps and tasks alike.
"""

from __future__ import annotations

import re

from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import WHAT, Role, Table, cell
from dinhlang.vietnamese import fold, parse_number

_MONEY = (
    r"kinh phi|so tien|nhu cau|thanh tien|(?:trieu|ty|nghin|ngan|viet nam) dong\b|^dong$|"
    r"\(dong\)|gia tri|du toan|\bvon\b|ngan sach|\bns\b"
)
_STATE = r"hien trang|tinh trang|trang thai|danh gia|ket qua|muc do dat|dat/chua"


def _numeric_share(rows: list[Block]) -> float:
    cells = [c for row in rows for c in row.cells[1:]]
    numbers = [c for c in cells if parse_number(c.strip(" %≥≤><=")) is not None]
    return len(numbers) / max(1, len([c for c in cells if c.strip()]))


def _roles(table: Table) -> frozenset[Role]:
    found: set[Role] = set()
    has = table.column
    joined = " | ".join(table.head)
    money = has(_MONEY) >= 0 or (
        re.search(r"(?:trieu|ty|nghin|\bdvt:?) dong", table.caption)
        and re.search(r"dvt|kinh phi|von", table.caption)
    )
    if has(r"noi gui|nguoi bao cao|don vi bao cao|ben gui|ai bao cao") >= 0 or (
        "bao cao" in table.caption and has(r"ky|thoi han|thoi gian|khi nao") >= 0
    ):
        return frozenset({"report"})
    offices = has(r"don vi|co quan|bo phan|chuc danh|nguoi") >= 0
    told = has(r"trach nhiem|nhiem vu") >= 0 and table.time < 0 and "chu tri" not in joined
    if offices and told:
        return frozenset({"duty"})
    if money and _numeric_share(table.rows) > 0.2:
        return frozenset({"money"})
    if re.search(r"tieu chi", joined) and has(_STATE) >= 0:
        found.add("criteria")
    if (
        table.aim >= 0
        and (table.unit >= 0 or has(r"thuc hien|hien trang|nam truoc") >= 0)
        and table.lead < 0
    ) and any(re.search(r"[≥≤<>%]|\d", cell(r, table.aim)) for r in table.rows):
        units = " ".join(cell(r, table.unit) for r in table.rows)
        signs = " ".join(cell(r, table.aim) for r in table.rows)
        if re.search(r"%|/năm|/người", units) or re.search(r"[≥≤<>%]|trở lên|trên|dưới", signs):
            return frozenset(found | {"target"})
    if table.lead < 0 and 0 <= table.time < table.what:
        return frozenset(found | {"schedule"})  # the time first: a roadmap
    if table.lead >= 0 or (table.time >= 0 and table.what >= 0 and has(r"^quy$|^thang$") < 0):
        found.add("task")
    elif (
        has(r"^quy\b|thoi gian|^thang\b|thoi diem|giai doan") >= 0 and has(rf"{WHAT}|lo trinh") >= 0
    ):
        found.add("schedule")
    if not found and _numeric_share(table.rows) > 0.3:
        found.add("quantity")
    if not found and re.search(r"tieu chi", joined):
        found.add("criteria")
    return frozenset(found)


def make_tables(paper: Paper) -> list[Table]:
    """The tables of the paper's body and annexes, in order."""
    out: list[Table] = []
    group: list[Block] = []
    for block in [*paper.content, None]:
        if block is not None and block.is_row and (not group or group[-1].table == block.table):
            group.append(block)
            continue
        if len(group) >= 2:
            out.append(_table(paper, group))
        group = [block] if block is not None and block.is_row else []
    return out


def _table(paper: Paper, group: list[Block]) -> Table:
    header, rows = group[0], group[1:]
    above = [b for b in paper.blocks[max(0, header.spot - 2) : header.spot] if not b.is_row]
    node = paper.outline.nodes[header.section].folded if header.section >= 0 else ""
    caption = " ".join([node, *(paper.folded(b) for b in above)])
    table = Table(header, rows, [fold(c) for c in header.cells], caption)
    table.roles = _roles(table)
    return table
