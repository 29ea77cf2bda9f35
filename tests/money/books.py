"""Workbooks as a person would fill them."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from dinhlang.money import sheets
from dinhlang.money.models import Movement
from dinhlang.money.selectors import balance
from tests.world import World


def as_it_goes_out(world: World, year: int) -> bytes:
    """The workbook of commune A's year."""
    place = world.places["a"]
    rows = Movement.objects.filter(need__place=place, need__year=year)
    villages = [world.places["a2"], world.places["a1"]]
    return sheets.workbook(
        place, balance.sheet(place, year), rows.select_related("need", "source"), villages
    )


def book(**rows: list[dict[str, object]]) -> bytes:
    """A workbook of these lines: ``needs``, ``sources``, ``ledger``; boxes by their names."""
    names = {"needs": sheets.NEEDS, "sources": sheets.SOURCES, "ledger": sheets.LEDGER}
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for code, lines in rows.items():
        sheet = made.add_worksheet(names[code])
        for at, column in enumerate(sheets.COLUMNS[names[code]]):
            sheet.write(0, at, column.title)
            for line, said in enumerate(lines, 1):
                if column.box in said:
                    sheet.write(line, at, said[column.box])
    made.close()
    return out.getvalue()


def filled(world: World, year: int) -> bytes:
    """Two good lines and a wrong one."""
    return book(
        needs=[
            {"text": "Đèn đường thôn Đình Thượng", "amount": 85_000_000, "criterion": "2",
             "village": "Thôn Đình Thượng", "due": f"30/6/{year}", "is_works": "Có"},
            {"text": "Sân thể thao", "amount": "200 triệu", "village": "Không Có"},
        ],
        sources=[{"text": "Doanh nghiệp tài trợ", "kind": "Doanh nghiệp, nhà tài trợ",
                  "amount": "150 triệu"}],
    )  # fmt: skip
