import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Criterion
from tests.papers.checking.build import codes, one, outline, paper


def headed(*labels, marks="."):
    text = "\n".join(f"{label}{marks} Nội dung phần {index}" for index, label in enumerate(labels))
    return paper(text, outline=outline(text, *labels))


@pytest.mark.parametrize(
    ("labels", "missing", "severity"),
    [
        (("I", "II", "IV"), "III", "error"),
        (("I", "V"), "II, III, IV", "error"),
        (("1", "2", "4"), "3", "warning"),
        (("1.1", "1.2", "1.4"), "1.3", "warning"),
        (("a", "b", "d"), "c", "warning"),
        (("A", "B", "D"), "c", "warning"),
        (("Phần I", "Phần III"), "Phần II", "error"),
    ],
)
def test_a_label_left_out_is_named_with_both_neighbours(labels, missing, severity):
    found = one(headed(*labels), "OUTLINE-GAP")
    assert found.severity == severity
    assert found.message.endswith(f"thiếu {missing}.")
    assert [quote.split(" Nội")[0].rstrip(".") for quote in found.quotes] == [
        labels[-1],
        labels[-2],
    ]


@pytest.mark.parametrize(
    "labels",
    [
        ("I", "II", "III", "IV", "V", "VI"),
        ("1", "2", "3"),
        ("1", "2", "1", "2", "3"),
        ("a", "b", "C"),
        ("c", "d", "đ", "e", "g", "h"),
        ("d", "e", "f", "g"),
        ("h", "i", "k", "l"),
        ("A", "B", "C", "D"),
        ("2.1", "2", "3", "4"),
        ("1", "A", "B"),
        ("1", "2024"),
        ("Điều 1", "Điều 2"),
        ("1",),
        (),
    ],
)
def test_labels_in_a_good_order_are_left_alone(labels):
    assert codes(headed(*labels), "OUTLINE-GAP", "OUTLINE-DUP") == []


def test_the_same_label_under_another_parent_is_no_repetition():
    text = "I. Một\n1. Mục đích\n2. Yêu cầu\nII. Hai\n1. Nhiệm vụ\n2. Giải pháp"
    first, second = outline(text, "I.", "II.")
    first.children = outline(text, "1.", "2.")
    second.children = [
        section for section in outline(text, "1.", "2.", "1.", "2.") if section.lines[0] > 4
    ]
    assert codes(paper(text, outline=[first, second]), "OUTLINE-GAP", "OUTLINE-DUP") == []


def test_a_label_twice_in_a_row_is_a_warning():
    found = one(headed("1", "2", "2"), "OUTLINE-DUP")
    assert (found.severity, found.lines) == ("warning", [(3, 3), (2, 2)])


def test_a_heading_that_is_in_the_text_was_not_left_out_by_the_author():
    text = "I. Một\nII. Hai\n**III. Ba**\nIV. Bốn"
    assert codes(paper(text, outline=outline(text, "I.", "II.", "IV.")), "OUTLINE-GAP") == []


def test_headings_that_carry_the_numbers_of_their_criteria_may_leave_numbers_out():
    text = "2. Giao thông: làm đường\n4. Điện: sửa đường dây\n15. Y tế: vận động"
    names = {2: "Giao thông", 4: "Điện", 15: "Y tế"}
    criteria = [Criterion(number=number, name=name, lines=(1, 1)) for number, name in names.items()]
    sections = outline(text, "2.", "4.", "15.")
    assert codes(paper(text, outline=sections, criteria=criteria), "OUTLINE-GAP") == []
    assert codes(paper(text, outline=sections), "OUTLINE-GAP") == ["OUTLINE-GAP"] * 2


def test_gaps_deep_in_the_outline_are_found():
    text = "I. Một\n1. A\n3. C"
    (top,) = outline(text, "I.")
    top.children = outline(text, "1.", "3.")
    assert [finding.lines[0] for finding in check(paper(text, outline=[top]), ["OUTLINE-GAP"])] == [
        (3, 3)
    ]


@pytest.mark.parametrize(
    ("captions", "missing"),
    [
        (("Biểu 1. Thu", "Biểu 2. Chi", "Biểu 4. Cân đối"), "Biểu 3"),
        (("Bảng số 1: Đường", "Bảng số 4: Rãnh"), "Bảng 2, Bảng 3"),
        (("Phụ biểu 01 - Vốn", "Phụ biểu 03 - Tiến độ"), "Phụ biểu 2"),
    ],
)
def test_a_table_left_out_of_the_numbers_is_named(captions, missing):
    found = one(paper("\n".join(captions)), "OUTLINE-GAP")
    assert found.severity == "warning"
    assert found.message.endswith(f"thiếu {missing}.")


@pytest.mark.parametrize(
    "captions",
    [
        ("Biểu 1. Thu", "Biểu 2. Chi", "Biểu 3. Cân đối"),
        ("Biểu 1. Thu", "Bảng 3. Đường"),
        ("Biểu 2. Chi", "Biểu 4. Cân đối", "Biểu 3. Vốn"),
        ("Biểu 1 và Biểu 4 gửi kèm",),
        ("Biểu 1. Thu", "Biểu 9. Mẫu của tỉnh"),
    ],
)
def test_tables_in_order_or_far_apart_are_left_alone(captions):
    assert "OUTLINE-GAP" not in codes(paper("\n".join(captions)))
