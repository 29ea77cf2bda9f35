"""Tables in: filled workbooks, decisions in Word, pasted blocks."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from dinhlang.law.library import shipped
from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook import sample_set, template
from dinhlang.lawbook.importing import Refused, read_docx, read_paste, read_xlsx
from dinhlang.lawbook.importing.opening import opening_of
from dinhlang.lawbook.sheet.compose import compose
from dinhlang.lawbook.sheet.composed import Context
from dinhlang.lawbook.sheet.unfolding import about_of_set, rows_of_set
from tests.lawbook.tables import ABOUT, PASTED, docx, xlsx

HEADINGS = ["TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu chung", "Vùng", "Vùng"]
REGIONS = ["", "", "", "", "Đồng bằng sông Hồng", "Tây Nguyên"]


def test_the_empty_template_is_refused_with_what_is_missing() -> None:
    data = template.workbook([], {}, shipped().measures, [])
    with pytest.raises(Refused, match="chưa có dòng nào"):
        read_xlsx(data)


def test_the_template_of_an_incomplete_set_comes_back_as_it_went_out() -> None:
    library = shipped()
    base = library.sets["qd-51-2025/xa-ntm"]
    rows = rows_of_set(base, library.measures, fill=True)
    said = about_of_set(base, "complete")
    taken = read_xlsx(template.workbook(rows, said, library.measures, [base]))
    assert taken.about == said
    assert [{k: v for k, v in r.items() if k != "line"} for r in taken.rows] == [
        {k: v for k, v in r.items() if k != "line"} for r in rows
    ]
    found = compose(taken.rows, taken.about, Context(library))
    assert {p.column for p in found.problems} == {"common", "name"}


def test_the_sample_is_whole_and_plainly_made_up() -> None:
    taken = read_xlsx(sample_set.workbook())
    found = compose(taken.rows, taken.about, Context(shipped()))
    assert [str(problem) for problem in found.problems] == []
    assert found.notes == []
    result = found.result
    assert isinstance(result, CriteriaSet)
    assert result.sample
    assert "MẪU" in result.decision.number
    assert result.replaces == ()
    real = shipped().sets["qd-51-2025/xa-ntm"]
    assert [c.name for c in result.criteria] == [c.name for c in real.criteria]
    assert found.measures == {}, "its numbers are those of the other sets"


def test_a_workbook_of_ones_own_is_read_by_its_headings() -> None:
    data = xlsx(
        [
            ["BẢNG TIÊU CHÍ CỦA TỈNH"],
            ["STT", "Tiêu chí", "Nội dung", "Xã nhóm 1", "Xã nhóm 2", "Xã nhóm 3"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            [1, "Hạ tầng", "1.1 Tỷ lệ đường", "≥ 95%", 0.9, "≥ 70%"],
        ],
        {"Số quyết định": "07/2026/QĐ-MẪU"},
    )
    taken = read_xlsx(data)
    assert taken.about == {"number": "07/2026/QĐ-MẪU"}
    assert taken.rows == [
        {
            "criterion": "1", "criterion_name": "Hạ tầng", "number": "1.1",
            "name": "Tỷ lệ đường", "g1": "≥ 95%", "g2": "0,9", "g3": "≥ 70%", "line": 4,
        }
    ]  # fmt: skip


def test_a_decision_in_word_is_read_with_its_merged_cells_groups_and_number() -> None:
    data = docx(
        [["Số thứ tự", "Người nhận"], ["1", "Văn phòng"]],
        [
            HEADINGS,
            REGIONS,
            ["I. HẠ TẦNG"] * 6,
            ["2", "Giao thông", "2.1. Tỷ lệ đường xã được cứng hóa", "100%", "100%", "100%"],
            ["2", "Giao thông", "2.2. Tỷ lệ đường thôn sạch", "≥ 80%", "≥ 90%", "≥ 70%"],
            HEADINGS,
            ["3", "Thủy lợi", "Có tổ chức thủy lợi", "Đạt", "Đạt", "Đạt"],
        ],
    )
    taken = read_docx(data, "quyet-dinh.docx")
    assert taken.about == {"number": "07/2026/QĐ-MẪU", "date": "05/01/2026"}
    assert "đã đọc bảng thứ 2" in taken.notes[0]
    found = compose(taken.rows, ABOUT, Context(shipped()))
    assert [str(problem) for problem in found.problems] == []
    assert isinstance(found.result, CriteriaSet)
    first, second = found.result.criteria
    assert (first.group, first.number, first.name) == ("HẠ TẦNG", "2", "Giao thông")
    assert [i.number for i in first.indicators] == ["2.1", "2.2"]
    assert [i.number for i in second.indicators] == ["3"]


def test_a_cell_over_all_regions_holds_for_each_of_them() -> None:
    data = docx(
        [HEADINGS, REGIONS, ["2", "Giao thông", "2.1. Một", "", "Đạt", ""]],
        merge=[(2, 4, 2, 5)],
    )
    (row,) = read_docx(data, "a.docx").rows
    assert (row["DBSH"], row["TN"]) == ("Đạt", "Đạt")


def test_a_table_that_goes_on_after_a_page_without_headings_is_one_table() -> None:
    data = docx(
        [["TT", "Tên tiêu chí", "Nội dung", "Chỉ tiêu"], ["1", "Một", "1.1 Đầu", "Đạt"]],
        [["2", "Hai", "2.1 Cuối", "Đạt"], ["2", "Hai", "2.2 Hết", "Đạt"]],
    )
    assert [row["number"] for row in read_docx(data, "a.docx").rows] == ["1.1", "2.1", "2.2"]


def test_another_table_of_the_paper_can_be_asked_for() -> None:
    head = ["TT", "Tên tiêu chí", "Nội dung", "Chỉ tiêu chung"]
    data = docx(
        [head, ["1", "Một", "1.1 Đầu", "Đạt"], ["1", "Một", "1.2 Nữa", "Đạt"]],
        [["Thứ tự"], ["x"]],
        [head, ["9", "Chín", "9.1 Riêng", "Đạt"]],
    )
    assert read_docx(data, "a.docx", 3).rows[0]["number"] == "9.1"
    with pytest.raises(Refused, match="Bảng thứ 2"):
        read_docx(data, "a.docx", 2)


def test_a_block_copied_from_excel_is_read_with_cells_of_several_lines() -> None:
    taken = read_paste(PASTED + '4\tĐiện\t"Hệ thống điện\nđạt chuẩn"\tĐạt\tĐạt\tĐạt\n')
    assert taken.rows[4]["name"] == "Hệ thống điện đạt chuẩn"
    found = compose(taken.rows, ABOUT, Context(shipped()))
    assert [str(problem) for problem in found.problems] == []
    assert [i.number for i in found.made.values()] == ["1.1", "2.1", "2.2", "3", "4"]


def test_one_column_may_count_criteria_and_indicators() -> None:
    taken = read_paste(
        "TT\tNội dung tiêu chí\tChỉ tiêu chung\n1\tGiao thông\t\n1.1\tĐường xã\t100%\n"
        "1.2\tĐường thôn\t≥ 80%\n2\tĐiện\t\n2.1\tĐiện an toàn\t≥ 98%\n"
    )
    found = compose(taken.rows, ABOUT, Context(shipped()))
    assert [str(problem) for problem in found.problems] == []
    assert isinstance(found.result, CriteriaSet)
    assert [(c.name, len(c.indicators)) for c in found.result.criteria] == [
        ("Giao thông", 2), ("Điện", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Chưa dán gì"),
        ("một dòng chữ\ndòng nữa", "không phải bảng"),
        ("Họ tên\tTuổi\nAn\t30", "Không thấy dòng tiêu đề"),
        ("Tên chỉ tiêu\tNhóm 1", "chưa có dòng nào"),
        ("x\t" * 600_000, "quá dài"),
    ],
)
def test_what_is_no_table_of_criteria_is_refused_with_words(words: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_paste(words)


def zipped(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, words in parts.items():
            package.writestr(name, words)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"", b"khong phai", b"PK\x03\x04hong", zipped(a="b")])
def test_a_damaged_file_is_refused_and_never_a_crash(content: bytes) -> None:
    with pytest.raises(Refused):
        read_xlsx(content)
    with pytest.raises(Refused):
        read_docx(content, "a.docx")


OPENINGS: tuple[tuple[list[str], dict[str, str]], ...] = (
    (
        ["ỦY BAN NHÂN DÂN", "TỈNH PHÚ THỌ", "Số: 07/QĐ-UBND", "Phú Thọ, ngày 20 tháng 9 năm 2022",
         "QUYẾT ĐỊNH", "", "Về việc ban hành Bộ tiêu chí xã nông thôn mới kiểu mẫu giai đoạn "
         "2021 - 2025"],
        {
            "issuer": "UBND tỉnh Phú Thọ", "number": "07/QĐ-UBND", "date": "20/09/2022",
            "set_title": "Bộ tiêu chí xã nông thôn mới kiểu mẫu giai đoạn 2021 - 2025",
            "level": "Nông thôn mới kiểu mẫu", "subject": "Xã", "years": "2021 - 2025",
        },
    ),
    (
        ["THỦ TƯỚNG CHÍNH PHỦ", "QUYẾT ĐỊNH", "Sửa đổi một số điều"],
        {"issuer": "Thủ tướng Chính phủ", "title": "Sửa đổi một số điều"},
    ),
    (
        ["QUYẾT ĐỊNH", "Ban hành Bộ tiêu chí xã nông thôn mới và xã nông thôn mới nâng cao"],
        {"set_title": "Bộ tiêu chí xã nông thôn mới và xã nông thôn mới nâng cao"},
    ),
    (["Ủy ban nhân dân xã báo cáo kết quả"], {}),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), OPENINGS)
def test_the_head_of_a_decision_says_who_issued_it_and_what_the_set_is(
    lines: list[str], expected: dict[str, str]
) -> None:
    found = opening_of(lines)
    assert {key: found.get(key) for key in expected} == expected
    if "level" not in expected:
        assert "level" not in found, "which of two sets, a person says"


def test_the_sample_in_word_gives_all_that_its_head_states() -> None:
    content = (Path(__file__).parents[2] / "samples" / "bo-tieu-chi-mau.docx").read_bytes()
    taken = read_docx(content, "bo-tieu-chi-mau.docx")
    assert taken.about["issuer"] == "UBND tỉnh An Mẫu (không có thật)"
    assert taken.about["set_title"].startswith("Bộ tiêu chí mẫu về xã nông thôn mới")
    assert any("Hãy xem lại" in note for note in taken.notes)
