import pytest

from dinhlang.papers.checking import check
from tests.papers.checking.build import codes, one, paper

END = "\nNơi nhận:\n- Lưu: VT."


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (
            "(Có biểu giao chỉ tiêu cho các thôn kèm theo)",
            "biểu giao chỉ tiêu cho các thôn kèm theo",
        ),
        ("Danh mục công trình theo phụ lục đính kèm.", "Danh mục công trình theo phụ lục đính kèm"),
        ("Chi tiết tại Phụ lục II.", "tại Phụ lục II"),
        ("(Danh sách hộ tại Phụ lục II kèm theo Kế hoạch này)", "tại Phụ lục II kèm theo"),
        ("(kèm theo danh sách các hộ)", "kèm theo danh sách"),
        ("Phân công tại bảng phân công kèm theo Kế hoạch này.", "bảng phân công kèm theo"),
    ],
)
def test_a_sheet_promised_and_not_there_is_reported(line, quote):
    (found,) = check(paper(line + END), ["ANNEX-MISSING"])
    assert (found.severity, found.quotes) == ("error", [quote])


@pytest.mark.parametrize(
    "text",
    [
        "(Có biểu giao chỉ tiêu kèm theo)" + END + "\nPHỤ LỤC\nThôn | Vườn\nĐông | 5",
        "(Có biểu giao chỉ tiêu kèm theo)" + END + "\nThôn | Vườn\nĐông | 5\nTây | 7",
        "Chi tiết tại Phụ lục II." + END + "\nPhụ lục I\nx\nPhụ lục II\ny",
        "Bộ tiêu chí ban hành kèm theo Quyết định số 318/QĐ-TTg." + END,
        "theo mẫu kèm theo Thông tư số 05/2024/TT-BNV" + END,
        "theo Phụ lục I Nghị định số 30/2020/NĐ-CP" + END,
        "theo mẫu thiết kế của Sở" + END,
        "lắp đặt bảng tin ở nhà văn hóa" + END,
    ],
)
def test_sheets_that_are_there_or_belong_to_other_papers_are_left_alone(text):
    assert codes(paper(text), "ANNEX-MISSING") == []


def test_the_second_annex_is_missing_when_only_the_first_is_there():
    text = "Xem Phụ lục 1 và chi tiết tại Phụ lục II." + END + "\nPHỤ LỤC I\nBảng | số"
    assert one(paper(text), "ANNEX-MISSING").quotes == ["tại Phụ lục II"]
    text = "Xem Phụ lục 1 và chi tiết tại Phụ lục II." + END + "\nPHỤ LỤC I\nx\nPHỤ LỤC II\ny"
    assert codes(paper(text), "ANNEX-MISSING") == []
    text = "Chi tiết tại Phụ lục II." + END + "\nPHỤ LỤC I\nx\nPHỤ LỤC III\ny"
    assert codes(paper(text), "ANNEX-MISSING") == ["ANNEX-MISSING"]


def test_a_table_within_the_text_is_not_the_annex():
    text = "(Có biểu giao chỉ tiêu kèm theo)\nThôn | Vườn\nĐông | 5\nTây | 7" + END
    assert codes(paper(text), "ANNEX-MISSING") == ["ANNEX-MISSING"]
