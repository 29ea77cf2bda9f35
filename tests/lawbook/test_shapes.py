"""What a decision writes besides a number is read as what it is, or asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dinhlang.law.library import shipped
from dinhlang.law.requirements import (
    AnyOf,
    AtLeastOf,
    BothSexes,
    ByGroup,
    ByYear,
    Children,
    Compare,
    Consecutive,
    Exception_,
    Fallback,
    FromMeasure,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    NotLoaded,
    Reached,
    RelativeTo,
    Requirement,
    ThisYear,
    Trend,
    Value,
)
from dinhlang.lawbook.sheet.columns import KINDS
from dinhlang.lawbook.sheet.compose import compose
from dinhlang.lawbook.sheet.composed import Context
from dinhlang.lawbook.sheet.qualifiers import empty_words
from dinhlang.lawbook.sheet.unfolding import about_of_set, rows_of_set
from tests.lawbook.tables import read, row

NAME = "ty_le_ho_dung_thu"
ADVANCED = "qd-318-2022/xa-nang-cao"
VILLAGE = "qd-35-2022-thanh-hoa/thon-thong-minh"


def number(amount: str) -> Value:
    return Value(amount=Decimal(amount))


def compare(operator: str = ">=", amount: str = "90", measure: str = NAME) -> Compare:
    return Compare(measure=measure, operator=operator, threshold=number(amount))  # type: ignore[arg-type]


GRAVE = "Nghĩa trang, cơ sở hỏa táng (nếu có) bảo đảm yêu cầu"
THREE = "Ít nhất 01 trong 03 nội dung: (a) sản xuất; (b) giáo dục; (c) văn hóa"
SHAPES: dict[str, tuple[dict[str, str], Requirement]] = {
    "both sexes in the name": (
        {
            "name": "Tỷ lệ người dân tham gia bảo hiểm y tế (áp dụng đạt cho cả nam và nữ)",
            "common": "≥ 95%",
        },
        BothSexes(part=compare(amount="95", measure="ty_le_bao_hiem_y_te")),
    ),
    "both sexes in the cell": (
        {"common": "≥ 90% (áp dụng đạt cho cả nam và nữ)"}, BothSexes(part=compare()),
    ),
    "where there is one, in the name": (
        {"name": GRAVE, "common": "Đạt"},
        IfPresent(
            measure="co_nghia_trang_co_so_hoa_tang",
            part=Reached(measure="nghia_trang_co_so_hoa_tang_bao_dam_yeu_cau"),
        ),
    ),
    "k of n in the cells of all groups": (
        {"name": "Mô hình nổi trội", "g1": THREE, "g2": THREE, "g3": THREE},
        AtLeastOf(
            count=1,
            parts=tuple(
                Reached(measure=f"mo_hinh_noi_troi_{part}")
                for part in ("san_xuat", "giao_duc", "van_hoa")
            ),
        ),
    ),
    "k of n by the kind": (
        {
            "kind": "Ít nhất k nội dung", "common": "1/2",
            "parts": "Có mô hình trồng hoa; Tỷ lệ hộ nghèo theo phiếu ≤ 2%",
        },
        AtLeastOf(
            count=1,
            parts=(
                Reached(measure="co_mo_hinh_trong_hoa"),
                compare("<=", "2", "ty_le_ho_ngheo_theo_phieu"),
            ),
        ),
    ),
    "one of several": (
        {"kind": "Một trong các nội dung", "parts": f"Có mô hình trồng hoa; {ADVANCED}"},
        AnyOf(parts=(Reached(measure="co_mo_hinh_trong_hoa"), MeetsSet(set=ADVANCED))),
    ),
    "in turn, as a sentence": (
        {"name": "Chợ", "common": "Có chợ thử đạt, nếu không có chợ thử thì có cửa hàng thử"},
        Fallback(
            parts=(
                IfPresent(measure="co_cho_thu", part=Reached(measure="co_cho_thu_dat")),
                Reached(measure="co_cua_hang_thu"),
            )
        ),
    ),
    "by year": (
        {"common": "Năm 2026: ≥ 70%; năm 2027: ≥ 75%"},
        Compare(
            measure=NAME, operator=">=",
            threshold=ByYear(cases=((2026, number("70")), (2027, number("75")))),
        ),
    ),
    "falling several years": (
        {"name": "Số vụ thử", "common": "Giảm liên tục 03 năm"},
        Trend(measure="so_vu_thu", direction="falling", years=3),
    ),
    "falling against the year before": (
        {"name": "Số vụ thử", "common": "Giảm so với năm trước"},
        Trend(measure="so_vu_thu", direction="falling", years=1),
    ),
    "years running in the cell": (
        {"common": "≥ 90% trong 03 năm liên tục trước năm xét công nhận"},
        Consecutive(years=3, part=compare(), before=True),
    ),
    "years running by the column": (
        {"common": "≥ 90%", "years": "2"}, Consecutive(years=2, part=compare()),
    ),
    "each year anew": ({"common": "≥ 90%", "years": "hằng năm"}, ThisYear(part=compare())),
    "exceptions in the cell": (
        {"name": "Hộ nghèo thử", "common": "Không (trừ hộ bảo trợ xã hội)"},
        Compare(
            measure="ho_ngheo_thu", operator="=", threshold=number("0"),
            exceptions=(
                Exception_(measure="ho_ngheo_thu_ho_bao_tro_xa_hoi", text="hộ bảo trợ xã hội"),
            ),
        ),
    ),
    "a share of the villages": (
        {"name": "Tỷ lệ thôn thử đạt chuẩn thử", "common": "≥ 80% số thôn"},
        Children(
            level="village", part=Reached(measure="thon_thu_dat_chuan_thu"), operator=">=",
            threshold=number("80"),
        ),
    ),
    "so many villages that meet a set": (
        {"name": "Có mô hình", "common": "Ít nhất 01 thôn đạt", "other": VILLAGE},
        Children(
            level="village", part=MeetsSet(set=VILLAGE), operator=">=", threshold=number("1"),
            counting="count",
        ),
    ),
    "another set": (
        {"common": "Đạt chuẩn theo Quyết định 318/QĐ-TTg", "other": ADVANCED},
        MeetsSet(set=ADVANCED),
    ),
    "another set again": (
        {"kind": "Đạt bộ tiêu chí khác, xét lại", "other": ADVANCED},
        MeetsSet(set=ADVANCED, revalidate=True),
    ),
    "a criterion of another set": (
        {"kind": "Đạt bộ tiêu chí khác", "other": ADVANCED, "other_number": "10"},
        MeetsCriterion(set=ADVANCED, number="10"),
    ),
    "above another set's level": (
        {
            "common": "Cao hơn từ 10% trở lên so với xã nông thôn mới nâng cao cùng năm",
            "other": ADVANCED, "other_number": "10",
        },
        Compare(
            measure=NAME, operator=">=",
            threshold=RelativeTo(set=ADVANCED, indicator="10", factor=Decimal("1.1")),
        ),
    ),
    "below an average": (
        {"common": "Thấp hơn mức bình quân chung của huyện"},
        Compare(
            measure=NAME, operator="<",
            threshold=FromMeasure(measure=f"{NAME}_muc_binh_quan_chung_cua_huyen"),
        ),
    ),
    "a group that is left open in words": (
        {"g1": "≥ 90%", "g2": "≥ 80%", "g3": "Chưa nạp"},
        Compare(
            measure=NAME, operator=">=",
            threshold=ByGroup(
                cases=(("1", number("90")), ("2", number("80")), ("3", NotLoaded()))
            ),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_what_a_decision_writes_is_read_as_what_it_is(name: str) -> None:
    cells, expected = SHAPES[name]
    found = read([row(**cells)])
    assert [str(problem) for problem in found.problems] == []
    assert found.made[1].requirement == expected
    assert found.made[1].name == row(**cells)["name"], "the words of the decision stay"


def test_every_kind_of_the_list_is_shown_by_an_example_or_left_open_or_of_a_base() -> None:
    of_words = {kind for cells, _ in SHAPES.values() if (kind := cells.get("kind"))}
    of_cells = {
        "Đạt", "≥", "≤", ">", "<", "=", "= 0 (không có)", "Trong khoảng", "Mức độ",
        "Được công nhận", "Theo quy định của tỉnh", "Theo hướng dẫn của bộ", "Chưa nạp",
        "Giữ như bộ gốc", "Bãi bỏ", "Giảm liên tục", "So với mức của bộ khác",
        "So với số liệu khác", "Xét lần lượt các nội dung", "Đạt bộ tiêu chí khác",
    }  # fmt: skip
    assert set(KINDS.values()) - of_words - of_cells == {"Tăng liên tục", "Đủ các nội dung"}


ASKED: tuple[tuple[dict[str, str], str, str], ...] = (
    (
        {"name": "Có kế hoạch bảo tồn làng nghề (nếu có) gắn với môi trường", "common": "Đạt"},
        "if_present", "nếu có",
    ),
    ({"common": "Đạt (nếu có)"}, "if_present", "nếu có"),
    ({"name": "Duy trì liên tục 3 năm", "common": "Đạt"}, "years", "liên tục 3 năm"),
    ({"name": "Có ít nhất 03/5 mô hình", "common": "Đạt"}, "parts", "03/5 mô hình"),
    ({"name": "Đạt 02 trong 03 nội dung", "common": "Đạt"}, "parts", "02 trong 03 nội dung"),
    ({"name": "Tỷ lệ hộ trừ hộ già", "common": "≥ 90%"}, "exceptions", "trừ hộ già"),
    ({"name": "Tỷ lệ hộ đối với xã nghèo", "common": "≥ 9%"}, "common", "đối với xã nghèo"),
    ({"name": "Tỷ lệ hộ, riêng vùng cao 60", "common": "≥ 9%"}, "common", "riêng vùng cao 60"),
    ({"name": "Tỷ lệ hộ so với năm 2020", "common": "≥ 9%"}, "against", "so với năm 2020"),
    ({"name": "Tỷ lệ hộ tập huấn hằng năm", "common": "≥ 9%"}, "years", "hằng năm"),
    ({"name": "Tỷ lệ hộ của nam và nữ", "common": "≥ 9%"}, "both_sexes", "nam và nữ"),
    ({"name": "Tỷ lệ hộ, có ≥ 30 hộ", "common": "≥ 9%"}, "common", "≥ 30 hộ"),
    ({"name": "Tỷ lệ hộ dùng thử", "common": "≥ 9% số người già"}, "unit", "% số người già"),
    ({"g1": "≥ 95%", "g2": "≥ 90%"}, "g3", "Nhóm 3 để trống"),
)  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "words"), ASKED)
def test_words_that_no_part_of_the_requirement_holds_are_asked_and_can_be_answered(
    cells: dict[str, str], column: str, words: str
) -> None:
    found = read([row(**cells)])
    assert found.result is None
    asked = {problem.answer: problem for problem in found.problems}
    assert asked.keys() >= {words}, asked
    assert asked[words].column == column
    assert asked[words].advice
    answered = row(**cells) | {"answered": [*asked]}
    assert read([answered]).result is not None


MENDED: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"common": "≥ 80%, riêng vùng cao ≥ 60%"}, "common", "Chưa hiểu"),
    ({"common": "≥ 80% đối với xã khu vực I"}, "common", "Chưa hiểu"),
    ({"common": "Mức độ 2 đối với xã nghèo"}, "common", "Chưa hiểu"),
    ({"common": "UBND tỉnh quy định nhưng không dưới 80%"}, "common", "Chưa hiểu"),
    ({"common": "01/2026"}, "common", "Chưa hiểu"),
    ({"common": "Ít nhất 1 trong 3"}, "parts", "Chưa ghi các nội dung"),
    ({"common": "Ít nhất 2 trong 3 nội dung: (a) một việc; (b) hai việc"}, "parts", "có 2"),
    ({"common": "Đạt chuẩn theo Quyết định 318/QĐ-TTg"}, "other", "Chưa chọn bộ"),
    ({"kind": "Đạt bộ tiêu chí khác", "other": "khong/co"}, "other", "Không có bộ"),
    (
        {"kind": "Đạt bộ tiêu chí khác", "other": ADVANCED, "other_number": "99"},
        "other_number", "không có tiêu chí",
    ),
    (
        {"common": "cao hơn 10% so với xã nông thôn mới nâng cao", "other": ADVANCED},
        "other_number", "Chưa ghi số",
    ),
    ({"kind": "So với số liệu khác", "common": "thấp hơn"}, "against", "Chưa ghi so với"),
    ({"common": "≥ 90%", "years": "nhiều"}, "years", "Chưa hiểu"),
    ({"common": "≥ 90%", "children": "ngõ"}, "children", "Chưa hiểu"),
    ({"common": "≥ 90%", "parts": "a; b"}, "parts", "không dùng đến"),
    ({"common": "Đạt", "exceptions": "hộ già"}, "exceptions", "không dùng đến"),
    ({"kind": "Giảm liên tục", "common": "≥ 5%"}, "common", "không dùng ngưỡng"),
    ({"kind": "Được công nhận", "common": "Chuẩn", "g1": "Đạt"}, "g1", "không có ngưỡng theo nhóm"),
    ({"kind": "Xét lần lượt các nội dung", "parts": "Một việc; Hai việc"}, "parts", "lần lượt"),
    (
        {"common": "≥ 80% số thôn", "other": ADVANCED}, "other", "không phải bộ dành cho thôn",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "words"), MENDED)
def test_what_is_not_clear_stops_and_says_what_to_do(
    cells: dict[str, str], column: str, words: str
) -> None:
    found = read([row(**cells)])
    assert found.result is None
    problem = next(one for one in found.problems if one.column == column)
    assert words in problem.what
    assert problem.advice
    assert not problem.answer


def test_sets_that_may_be_meant_are_named_and_none_is_taken() -> None:
    found = read([row(common="Đạt chuẩn theo Quyết định 318/QĐ-TTg")])
    assert "Xã NTM nâng cao 2021–2025" in found.problems[0].advice
    income = read([row(name="Thu nhập bình quân đầu người", common="cao hơn 10% so với nâng cao")])
    assert "chỉ tiêu 10 của Xã NTM nâng cao" in income.problems[0].advice


def test_what_was_understood_is_told_beside_the_row() -> None:
    found = read([row(name=GRAVE, common="Đạt")])
    assert found.read[1] == ["“nếu có”: chỉ xét khi có nghĩa trang, cơ sở hỏa táng"]


def test_a_column_that_somebody_filled_is_not_overwritten_by_the_words() -> None:
    found = read([row(name="Nghĩa trang (nếu có)", common="Đạt", if_present="đất nghĩa trang")])
    requirement = found.made[1].requirement
    assert isinstance(requirement, IfPresent)
    assert requirement.measure == "co_dat_nghia_trang"


def test_a_known_share_of_villages_stays_that_measure() -> None:
    code = "ty_le_thon_co_nha_van_hoa"
    by_code = read([row(name="Nhà văn hóa thôn", common="≥ 80% số thôn", measure=code)])
    by_name = read([row(name=shipped().measures[code].name, common="≥ 80% số thôn")])
    for found in (by_code, by_name):
        assert found.made[1].requirement == compare(amount="80", measure=code)


def test_what_is_law_already_word_for_word_is_not_asked_again() -> None:
    library = shipped()
    base = library.sets["qd-318-2022/xa-ntm"]
    rows = rows_of_set(base, library.measures, fill=False)
    said = about_of_set(base, "complete") | {"issuer": "x", "date": "01/01/2014"}
    found = compose(rows, said | {"number": base.decision.number}, Context(library))
    assert found.problems == []


def test_the_words_of_an_empty_cell_name_its_column() -> None:
    assert empty_words("g3") == "Nhóm 3 để trống"


def test_a_criterion_that_asks_for_some_of_its_indicators_has_to_say_how_many() -> None:
    name = "Môi trường (đạt 02 trong 03 chỉ tiêu)"
    rows = [
        row(criterion_name=name, name=f"Việc {words}", common="Đạt")
        for words in ("xanh", "sạch", "đẹp")
    ]
    (problem,) = read(rows).problems
    assert (problem.column, problem.answer) == ("at_least", "02 trong 03 chỉ tiêu")
    assert read([rows[0] | {"at_least": "2"}, *rows[1:]]).problems == []
    assert read([rows[0] | {"answered": [problem.answer]}, *rows[1:]]).problems == []


def test_regions_that_a_row_leaves_empty_are_told() -> None:
    found = read([row(TN="≥ 90%", DBSH="≥ 95%")])
    assert "chưa nạp ngưỡng của" in found.read[1][0]
    assert "Đồng bằng sông Hồng" not in found.read[1][0]
