"""The outline follows the numerals as a reader would, misnumbered lists too."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import paper, row, sections


def heads(body: str) -> list[tuple[int, str]]:
    return [(level, label) for level, label, _ in sections(paper(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "I. MỤC TIÊU\n1. Mục tiêu chung\nNội dung một.\n2. Mục tiêu riêng\nNội dung hai.\n"
            "II. NHIỆM VỤ\n1. Làm đường\nNội dung ba.",
            [(1, "I"), (2, "1"), (2, "2"), (1, "II"), (2, "1")],
        ),
        (
            "A. CHUNG\nI. Mục tiêu\nNội dung.\nII. Yêu cầu\nNội dung.\nB. RIÊNG\nI. Nhiệm vụ\n"
            "Nội dung.",
            [(1, "A"), (2, "I"), (2, "II"), (1, "B"), (2, "I")],
        ),
        (
            "I. MỤC TIÊU\n1/ Về đường\nNội dung.\n2/ Về điện\nNội dung.\nII. NHIỆM VỤ\nNội dung.",
            [(1, "I"), (2, "1"), (2, "2"), (1, "II")],
        ),
        (
            "I. MỤC TIÊU\n2. Nhiệm vụ\n2.1 Làm đường\nNội dung.\n2.2. Làm điện\nNội dung.\n"
            "3. Kinh phí\nNội dung.",
            [(1, "I"), (2, "2"), (3, "2.1"), (3, "2.2"), (2, "3")],
        ),
        (
            "1. Đánh giá\na. Đã làm\nNội dung.\nb. Chưa làm\nNội dung.\nC. Lộ trình\nNội dung.",
            [(1, "1"), (2, "a"), (2, "b"), (2, "C")],
        ),
        (
            "1. Đánh giá\nc) Một\nNội dung.\nd) Hai\nNội dung.\n"
            "đ) Ba\nNội dung.\ne) Bốn\nNội dung.",
            [(1, "1"), (2, "c"), (2, "d"), (2, "đ"), (2, "e")],
        ),
        (
            "I. MỤC TIÊU\nNội dung.\nII. NHIỆM VỤ\nNội dung.\nIV. TỔ CHỨC\nNội dung.",
            [(1, "I"), (1, "II"), (1, "IV")],
        ),
        (
            "Phần thứ nhất\nĐÁNH GIÁ\nI. Kết quả\nNội dung.\nPhần thứ hai\nNHIỆM VỤ\nI. Mục tiêu\n"
            "Nội dung.",
            [(1, "Phần thứ nhất"), (2, "I"), (1, "Phần thứ hai"), (2, "I")],
        ),
        (
            "**I. MỤC TIÊU**\n***1.*** *Chung*\nNội dung.\n## II. NHIỆM VỤ\nNội dung.",
            [(1, "I"), (2, "1"), (1, "II")],
        ),
    ],
    ids=[
        "roman then arabic", "capitals over roman", "ordinals with a slash", "2.1 and 2.1.",
        "small letters then a capital", "d then đ", "a gap in the numerals", "parts in words",
        "markdown marks",
    ],
)  # fmt: skip
def test_numerals_decide_the_levels(body: str, expected: list[tuple[int, str]]) -> None:
    assert heads(body) == expected


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("I. MỤC TIÊU", "MỤC TIÊU"),
        ("I. MỤC TIÊU:", "MỤC TIÊU"),
        ("I. MỤC TIÊU.", "MỤC TIÊU"),
        ("1. Công an xã: giữ gìn trật tự, tuần tra ban đêm.", "Công an xã"),
        ("1. Phong trào “Chủ nhật: xanh”", "Phong trào “Chủ nhật: xanh”"),
    ],
)  # fmt: skip
def test_a_title_ends_at_its_colon_and_loses_its_end_mark(line: str, title: str) -> None:
    plan = paper(f"{line}\nNội dung bên dưới.")
    assert plan.outline[0].title == title


def test_a_section_reaches_to_the_line_before_the_next_one() -> None:
    plan = paper("I. MỤC TIÊU\nMột.\n\nHai.\nII. NHIỆM VỤ\nBa.")
    first, second = plan.outline
    assert first.lines == (row(plan, "MỤC TIÊU")[0], row(plan, "Hai.")[0])
    assert second.lines == (row(plan, "NHIỆM VỤ")[0], row(plan, "Ba.")[0])


def test_the_last_section_ends_before_the_foot() -> None:
    plan = paper("I. MỤC TIÊU\nMột.\nTrên đây là kế hoạch năm 2024.")
    assert plan.outline[-1].lines[1] == row(plan, "Trên đây")[0]


def test_a_section_marks_its_label_and_its_title() -> None:
    plan = paper("II. NHIỆM VỤ CHÍNH\nMột.")
    texts = [plan.text[line - 1][a:b] for line, a, b in plan.outline[0].spans]
    assert texts == ["II", "NHIỆM VỤ CHÍNH"]


def test_an_annex_behind_the_foot_is_a_section_of_its_own() -> None:
    foot = (
        "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nPhụ lục 01\nBIỂU GIAO CHỈ TIÊU\nMột."
    )
    plan = paper("I. MỤC TIÊU\nMột.", foot=foot)
    assert [label for _, label, _ in sections(plan)] == ["I", "Phụ lục 01"]


def test_dates_and_quantities_at_the_start_of_a_line_open_no_section() -> None:
    plan = paper("I. MỤC TIÊU\n3.200 m hàng rào.\n15/3 ra quân.\n5/5 thôn xong.\n04 thôn đạt.")
    assert [label for _, label, _ in sections(plan)] == ["I"]
