"""Labels of paragraphs in every spelling, and the numbers that are none."""

from __future__ import annotations

import pytest

from dinhlang.papers.reading.labels import parse_label


@pytest.mark.parametrize(
    ("text", "label", "style", "values", "rest"),
    [
        ("I. MỤC TIÊU", "I", "roman", (1,), "MỤC TIÊU"),
        ("IV.TỔ CHỨC", "IV", "roman", (4,), "TỔ CHỨC"),
        ("II/ NỘI DUNG", "II", "roman", (2,), "NỘI DUNG"),
        ("III - Kinh phí", "III", "roman", (3,), "Kinh phí"),
        ("A. PHẦN CHUNG", "A", "upper", (1,), "PHẦN CHUNG"),
        ("Đ. Khen thưởng", "Đ", "upper", (5,), "Khen thưởng"),
        ("1. Đường xã", "1", "arabic", (1,), "Đường xã"),
        ("12.Nhà ở", "12", "arabic", (12,), "Nhà ở"),
        ("1/ Đường xã", "1", "slash", (1,), "Đường xã"),
        ("3/Đường xã", "3", "slash", (3,), "Đường xã"),
        ("2) Đường xã", "2", "paren", (2,), "Đường xã"),
        ("(3) Đường xã", "3", "paren", (3,), "Đường xã"),
        ("2.1 Đường xã", "2.1", "dotted", (2, 1), "Đường xã"),
        ("2.1. Đường xã", "2.1", "dotted", (2, 1), "Đường xã"),
        ("2.1) đường xã", "2.1", "dotted", (2, 1), "đường xã"),
        ("I.1. Đường xã", "I.1", "dotted", (1, 1), "Đường xã"),
        ("IV.3) Đường xã", "IV.3", "dotted", (4, 3), "Đường xã"),
        ("II.2.1 Đường xã", "II.2.1", "dotted", (2, 2, 1), "Đường xã"),
        ("B.III.4. Đường xã", "B.III.4", "dotted", (2, 3, 4), "Đường xã"),
        ("A.1. Đường xã", "A.1", "dotted", (1, 1), "Đường xã"),
        ("b.2) Đường xã", "b.2", "dotted", (2, 2), "Đường xã"),
        ("1- Đường xã", "1", "arabic", (1,), "Đường xã"),
        ("2 - Đường xã", "2", "arabic", (2,), "Đường xã"),
        ("1.2.3. Đường xã", "1.2.3", "dotted", (1, 2, 3), "Đường xã"),
        ("a. Đường xã", "a", "lower", (1,), "Đường xã"),
        ("b) Đường xã", "b", "lower", (2,), "Đường xã"),
        ("đ) Đường xã", "đ", "lower", (5,), "Đường xã"),
        ("c, Đường xã", "c", "lower", (3,), "Đường xã"),
        ("(a) Đường xã", "a", "lower", (1,), "Đường xã"),
        ("Điều 3. Hiệu lực", "Điều 3", "article", (3,), "Hiệu lực"),
        ("Phần II. NHIỆM VỤ", "Phần II", "part", (2,), "NHIỆM VỤ"),
        ("Phần thứ hai", "Phần thứ hai", "part", (2,), ""),
        ("CHƯƠNG I: QUY ĐỊNH CHUNG", "CHƯƠNG I", "part", (1,), "QUY ĐỊNH CHUNG"),
        ("PHỤ LỤC 02", "PHỤ LỤC 02", "annex", (2,), ""),
        ("Phụ lục số 3: Biểu giao", "Phụ lục số 3", "annex", (3,), "Biểu giao"),
        ("PHỤ LỤC", "PHỤ LỤC", "annex", (1,), ""),
    ],
)
def test_a_label_is_read_with_its_numbers_and_taken_off(
    text: str, label: str, style: str, values: tuple[int, ...], rest: str
) -> None:
    found = parse_label(text)
    assert found is not None
    assert (found.text, found.style, found.values) == (label, style, values)
    assert text[found.end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "", "I", "X", "Xã có 9 thôn", "15/3/2024 là ngày bắt đầu", "01/3 phát động", "30/9 xong",
        "3.200 m hàng rào", "1.500 hộ", "17,5 tỷ đồng", "0,7km đường", "2.5 km đường", "25% số hộ",
        "5/5 thôn", "90 ngày đêm", "04 thôn", "1 mô hình", "2024. ", "12/QĐ-UBND",
        "Đ/c Bí thư chi bộ", "đ/c phụ trách", "V/v giao chỉ tiêu",
        "Mục 2.3 trong Kế hoạch", "Phần đấu", "Điều kiện tự nhiên", "Chương trình OCOP",
        "1 - 2 mô hình", "3-4 hộ", "I.500 hộ", "và đường xã", "c đường", "(có biểu kèm theo)",
    ],
)  # fmt: skip
def test_dates_quantities_and_words_are_no_labels(text: str) -> None:
    assert parse_label(text) is None
