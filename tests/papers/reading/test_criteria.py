"""Criteria by number, code, short and long name; what state they are in; what they lack."""

from __future__ import annotations

import pytest

from dinhlang.papers.plan import Plan
from tests.papers.reading.build import marked, paper, row

BASE = "Xây dựng xã nông thôn mới năm 2024"


def numbers(plan: Plan) -> list[int | None]:
    return [one.number for one in plan.criteria]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tiêu chí số 2", [2]),
        ("tiêu chí 2", [2]),
        ("Tiêu chí số 2 về Giao thông", [2]),
        ("tiêu chí Giao thông", [2]),
        ("tiêu chí Giao thông (TC2)", [2]),
        ("tiêu chí về Giao thông", [2]),
        ("TC2", [2]),
        ("tiêu chí số 02", [2]),
        ("tiêu số 17", [17]),
        ("tiêu chí số 2, 5, 17", [2, 5, 17]),
        ("tiêu chí số 2, số 5 và số 17", [2, 5, 17]),
        ("tiêu chí Giao thông, Thu nhập và Y tế", [2, 10, 14]),
        ("các tiêu chí số 1 (Quy hoạch), số 4 (Điện)", [1, 4]),
        ("02 tiêu chí: số 2, 5 và 17", [2, 5, 17]),
        ("03 tiêu chí chưa đạt: 2, 5, 17", [2, 5, 17]),
        ("các tiêu chí còn phải làm gồm 2, 5", [2, 5]),
        ("các tiêu chí chưa đạt: số 2 Giao thông, số 10 Thu nhập", [2, 10]),
        ("tiêu chí môi trường: 12 thùng rác", [17]),
        ("Tiêu chí Thủy lợi", [3]),
        ("Tiêu chí Thuỷ lợi và phòng, chống thiên tai", [3]),
        ("Tiêu chí Tổ chức sản xuất", [13]),
        ("Tiêu chí Tổ chức sản xuất và phát triển kinh tế nông thôn", [13]),
        ("Tiêu chí Văn hoá", [6]),
        ("tiêu chí số 25", []),
        ("15/19 tiêu chí", []),
        ("bộ tiêu chí quốc gia", []),
    ],
)
def test_a_criterion_is_known_by_number_code_short_and_long_name(
    words: str, found: list[int]
) -> None:
    assert numbers(paper(f"I. MỤC TIÊU\nXã tập trung cho {words}.")) == found


@pytest.mark.parametrize(
    ("title", "name", "number"),
    [
        (BASE, "Trường học", 5), (BASE, "Giáo dục và Đào tạo", 14), (BASE, "Y tế", 15),
        (BASE, "Hệ thống chính trị và tiếp cận pháp luật", 18),
        ("Xây dựng xã NTM nâng cao năm 2024", "Giáo dục", 5),
        ("Xây dựng xã NTM nâng cao năm 2024", "Y tế", 14),
        ("Xây dựng xã NTM nâng cao năm 2024", "Hành chính công", 15),
        ("Xây dựng xã nông thôn mới hiện đại năm 2026", "Chuyển đổi số", 7),
        ("Xây dựng xã nông thôn mới hiện đại năm 2026", "Kinh tế nông thôn", 3),
    ],
)  # fmt: skip
def test_one_name_has_the_number_of_the_set_the_plan_follows(
    title: str, name: str, number: int
) -> None:
    assert numbers(paper(f"I. MỤC TIÊU\nHoàn thành tiêu chí {name}.", title=title)) == [number]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Tiêu chí Điện đã đạt.", "reached"),
        ("Các tiêu chí đã đạt: tiêu chí Điện.", "reached"),
        ("Tiêu chí Điện chưa đạt.", "to_reach"),
        ("Phấn đấu đạt tiêu chí Điện.", "to_reach"),
        ("Hoàn thành tiêu chí Điện.", "to_reach"),
        ("Duy trì tiêu chí Điện.", "maintain"),
        ("Giữ vững tiêu chí số 4 về Điện.", "maintain"),
        ("Cam kết đạt tiêu chí Điện trong năm.", "committed"),
        ("Tiêu chí Điện do Nhà nước đầu tư.", None),
    ],
)
def test_the_state_is_the_one_the_sentence_gives(line: str, status: str | None) -> None:
    (one,) = paper(f"I. NỘI DUNG\n{line}").criteria
    assert (one.number, one.status) == (4, status)


def test_the_heading_gives_the_state_to_the_list_below_it() -> None:
    plan = paper(
        "I. KẾT QUẢ\na. Các tiêu chí đã đạt\n- Tiêu chí Quy hoạch (TC1); Tiêu chí Điện (TC4).\n"
        "b. Các tiêu chí chưa đạt\n- Tiêu chí Giao thông (TC2); Tiêu chí Thu nhập (TC10)."
    )
    states = {one.number: one.status for one in plan.criteria}
    assert states == {1: "reached", 4: "reached", 2: "to_reach", 10: "to_reach"}


def test_a_criterion_named_in_many_places_is_one_with_the_state_it_was_given() -> None:
    plan = paper(
        "I. KẾT QUẢ\nTiêu chí Giao thông chưa đạt.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Địa chính xã: theo dõi tiêu chí Giao thông.\n2. Công an xã: giúp tiêu chí số 2."
    )
    (one,) = plan.criteria
    assert (one.number, one.status, one.lines) == (2, "to_reach", row(plan, "chưa đạt"))


def test_gaps_are_the_items_under_a_criterion_that_say_what_lacks() -> None:
    plan = paper(
        "I. KẾT QUẢ\nHạng mục còn thiếu của các tiêu chí:\n"
        "1. Tiêu chí Giao thông\n- Đường thôn Đông chưa có rãnh;\n+ Đường trục còn thiếu đèn.\n"
        "2. Tiêu chí Trường học\n- Trường mầm non thiếu 02 phòng học."
    )
    gaps = {one.number: [gap.text for gap in one.gaps] for one in plan.criteria}
    assert gaps == {
        2: ["Đường thôn Đông chưa có rãnh", "Đường trục còn thiếu đèn"],
        5: ["Trường mầm non thiếu 02 phòng học"],
    }


def test_a_gap_marks_its_own_words() -> None:
    plan = paper(
        "I. KẾT QUẢ\nTiêu chí chưa đạt:\n1. Tiêu chí Giao thông\n- Đường thôn chưa bê tông."
    )
    (gap,) = plan.criteria[0].gaps
    assert marked(plan, gap) == ["Đường thôn chưa bê tông"]


def test_the_level_of_a_criterion_is_that_of_the_plan() -> None:
    body = "I. MỤC TIÊU\nHoàn thành tiêu chí Điện."
    assert paper(body).criteria[0].level == "advanced"
    assert paper(body, title=BASE).criteria[0].level == "ntm"


def test_a_row_of_a_table_of_criteria_gives_number_name_and_state() -> None:
    plan = paper(
        "I. KẾT QUẢ\nĐánh giá các tiêu chí:\n| TT | Tiêu chí | Kết quả |\n|---|---|---|\n"
        "| 1 | Quy hoạch | Đạt |\n| 2 | Giao thông | Chưa đạt |"
    )
    assert [(one.number, one.name, one.status) for one in plan.criteria] == [
        (1, "Quy hoạch", "reached"),
        (2, "Giao thông", "to_reach"),
    ]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("xã đạt 14/19 tiêu chí", "Trường học"),
        ("xã đạt 4/10 tiêu chí", "Văn hóa, giáo dục, y tế"),
        ("xã đang rà soát", "Văn hóa, giáo dục, y tế"),
    ],
)
def test_a_plan_of_2026_may_still_count_nineteen_criteria(said: str, name: str) -> None:
    body = f"I. HIỆN TRẠNG\nĐến nay {said}.\nPhấn đấu đạt tiêu chí số 5."
    plan = paper(body, title="Xây dựng nông thôn mới năm 2026")
    assert [one.name for one in plan.criteria] == [name]
