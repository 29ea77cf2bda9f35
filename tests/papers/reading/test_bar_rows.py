"""Tables whose columns are parted by bars, with and without a rule outside."""

from dinhlang.papers.reading.blocks import blocks_in

_INNER = (
    " Thời gian | Việc phải làm                          | Kết quả",
    " ----------+----------------------------------------+-----------------",
    " Quý I     | Rà soát tiêu chí; trình thẩm định      | Xong trước",
    "           | hồ sơ xây nhà giáo dục thể chất        | ngày 31/3/2023",
    " Quý II    | Khởi công nhà giáo dục thể chất        | Đúng ngày",
    "           | Lắp wifi tại 06 nhà văn hóa            | Đạt tiêu chí 8",
    "  14       |                                        | Trạm Y tế xã",
)


def _rows(lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [block.cells for block in blocks_in(lines) if block.is_row]


def test_a_rule_with_crosses_parts_no_table() -> None:
    blocks = blocks_in(_INNER)
    assert len({block.table for block in blocks}) == 1
    assert all(block.is_row for block in blocks)


def test_a_bar_that_begins_a_line_stands_behind_an_empty_cell() -> None:
    assert ("", "Lắp wifi tại 06 nhà văn hóa", "Đạt tiêu chí 8") in _rows(_INNER)
    assert ("14", "", "Trạm Y tế xã") in _rows(_INNER)


def test_what_runs_on_belongs_to_the_cells_above() -> None:
    whole = "Rà soát tiêu chí; trình thẩm định hồ sơ xây nhà giáo dục thể chất"
    assert ("Quý I", whole, "Xong trước ngày 31/3/2023") in _rows(_INNER)
    row = next(block for block in blocks_in(_INNER) if block.cells[0] == "Quý I")
    assert row.lines == (3, 4)
    start = row.text.index("ngày 31/3/2023")
    (line, begin, end), *_ = row.spans(start, len(row.text))
    assert (line, _INNER[3][begin:end]) == (4, "ngày 31/3/2023")


def test_rows_of_a_table_ruled_outside_lose_their_outer_bars_only() -> None:
    table = ("| TT | Việc | Chủ trì |", "| 1 | Làm đường |  |", "|  | Làm rãnh | Công an xã |")
    assert _rows(table) == [
        ("TT", "Việc", "Chủ trì"),
        ("1", "Làm đường", ""),
        ("", "Làm rãnh", "Công an xã"),
    ]


def test_amounts_below_amounts_are_a_row_of_their_own() -> None:
    table = ("| Nguồn | Số tiền |", "| Ngân sách | 500 |", "|  | trong đó ngân sách xã | 300 |")
    assert len(_rows(table)) == 3
    assert len(_rows(("| A | B |", "| làm đường | 1,2 km |", "|  | 0,8 km |"))) == 3
