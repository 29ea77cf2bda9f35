"""Items as a paper can print them: no label, bracket or unit torn from its words."""

from __future__ import annotations

import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading import SourceLine, SourceText, read_source_text


def plan_of(*lines: str) -> Plan:
    """A plan of a commune that does not exist, with these lines in its body."""
    head = (
        "ỦY BAN NHÂN DÂN", "XÃ LÀNG MẪU", "Số: 05/KH-UBND",
        "Làng Mẫu, ngày 15 tháng 01 năm 2025", "KẾ HOẠCH",
        "Xây dựng xã Làng Mẫu đạt chuẩn nông thôn mới nâng cao năm 2025",
    )  # fmt: skip
    found = [SourceLine(line) for line in (*head, *lines)]
    return read_source_text(SourceText(name="a.txt", reader="text", sha256="", lines=found))


def test_a_gap_does_not_begin_with_the_bracket_of_its_criterion() -> None:
    plan = plan_of(
        "II. TIÊU CHÍ CHƯA ĐẠT",
        "- Tiêu chí Tổ chức sản xuất (TC13): sản phẩm chủ lực chưa có mã số vùng trồng; "
        "chưa có mô hình truy xuất nguồn gốc.",
    )
    gaps = [gap.text for each in plan.criteria for gap in each.gaps]
    assert gaps[0] == "sản phẩm chủ lực chưa có mã số vùng trồng"


def test_what_lacks_is_no_amount_of_work() -> None:
    plan = plan_of(
        "II. TIÊU CHÍ CHƯA ĐẠT",
        "- Tiêu chí Giao thông (TC2): 1,4 km đường trục thôn Soi chưa có rãnh thoát nước.",
    )
    assert plan.quantities == []


@pytest.mark.parametrize(
    ("line", "text", "value", "unit"),
    [
        ("Xây dựng 1,4 km rãnh thoát nước thôn Soi.", "Xây dựng rãnh thoát nước thôn Soi", "1.4",
         "km"),
        ("Lắp 46 bộ đèn chiếu sáng.", "Lắp bộ đèn chiếu sáng", "46", "bộ"),
    ],
)  # fmt: skip
def test_a_measure_does_not_stand_inside_the_words(
    line: str, text: str, value: str, unit: str
) -> None:
    (found,) = plan_of("II. NHIỆM VỤ", f"- {line}").quantities
    assert (found.text, found.value, found.unit) == (text, value, unit)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Có ít nhất 02 sản phẩm OCOP được xếp hạng 3 sao trở lên.",
         [("sản phẩm OCOP được xếp hạng 3 sao trở lên", ">=", "2")]),
        ("Cảnh quan: trên 80% số hộ có hàng rào xanh.",
         [("Cảnh quan: số hộ có hàng rào xanh", ">", "80")]),
        ("Mỗi thôn có ít nhất 01 tuyến đường hoa.",
         [("Mỗi thôn có tuyến đường hoa", ">=", "1")]),
        ("Thu nhập bình quân đầu người cao hơn ít nhất 10% so với mức của xã nâng cao.",
         [("Thu nhập bình quân đầu người cao hơn so với mức của xã nâng cao", ">=", "10")]),
    ],
)  # fmt: skip
def test_a_target_is_told_with_its_own_words_once(
    line: str, wanted: list[tuple[str, str, str]]
) -> None:
    found = plan_of("II. MỤC TIÊU", f"- {line}").targets
    assert [(each.text, each.comparator, each.value) for each in found] == wanted


def test_the_day_of_a_village_is_its_clauses() -> None:
    plan = plan_of(
        "II. MỤC TIÊU", "- Xây dựng thôn Chợ đạt chuẩn thôn thông minh trước ngày 30/9/2025."
    )
    (village,) = plan.villages
    assert village.deadline is not None and village.deadline.end == "2025-09-30"


MONEY = (
    "III. KINH PHÍ",
    "1. Nhu cầu kinh phí",
    "- Tiêu chí Giao thông: rãnh thoát nước 900 triệu đồng.",
    "2. Nguồn vốn huy động",
    "- Ngân sách xã 500 triệu đồng.",
    "- Tiền thưởng của tỉnh khi xã được công nhận đạt chuẩn 300 triệu đồng.",
)


@pytest.mark.parametrize(
    ("balance", "told"),
    [
        ("Cân đối: 900 triệu đồng - 500 triệu đồng = 400 triệu đồng (xã còn thiếu 400 triệu "
         "đồng).", False),
        ("Cân đối: 900 triệu đồng - 800 triệu đồng = 100 triệu đồng (xã còn thiếu 100 triệu "
         "đồng).", True),
    ],
)  # fmt: skip
def test_late_money_left_out_of_the_balance_is_not_counted_on(balance: str, told: bool) -> None:
    codes = {found.code for found in check(plan_of(*MONEY, "3. Cân đối", balance))}
    assert ("FUND-CONDITIONAL" in codes) is told
