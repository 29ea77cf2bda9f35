"""A table becomes a set, or every row says what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dinhlang.law.library import shipped
from dinhlang.law.requirements import (
    AllOf,
    Between,
    BothSexes,
    ByGroup,
    ByRegion,
    Compare,
    ContentNotLoaded,
    Exception_,
    Grade,
    IfPresent,
    NotLoaded,
    Reached,
    Recognised,
    Requirement,
    Value,
)
from dinhlang.law.sets import Amendment, CriteriaSet, Territory
from dinhlang.lawbook.sheet.compose import compose
from dinhlang.lawbook.sheet.composed import Context
from dinhlang.lawbook.sheet.unfolding import about_of_set, rows_of_set
from tests.lawbook.tables import ABOUT, read, row

NAME = "ty_le_ho_dung_thu"
AMOUNT = Value(amount=Decimal(90))


def compare(**more: Any) -> Compare:
    given: dict[str, Any] = {"measure": NAME, "operator": ">=", "threshold": AMOUNT}
    return Compare(**(given | more))


SHAPES: dict[str, tuple[dict[str, str], Requirement]] = {
    "reached by its kind": ({"kind": "Đạt"}, Reached(measure=NAME)),
    "reached by its cells": ({"g1": "Đạt", "g2": "đạt"}, Reached(measure=NAME)),
    "a sign in the cell": ({"common": "≥ 90%"}, compare()),
    "a sign in the kind": ({"kind": "≥", "common": "90", "unit": "%"}, compare()),
    "all of them": (
        {"common": "100%"},
        compare(threshold=Value(amount=Decimal(100))),
    ),
    "none": (
        {"common": "Không"},
        compare(operator="=", threshold=Value(amount=Decimal(0))),
    ),
    "none by its kind": (
        {"kind": "= 0 (không có)"},
        compare(operator="=", threshold=Value(amount=Decimal(0))),
    ),
    "none beside a limit": (
        {"g1": "Không", "g2": "≤ 3", "g3": "≤ 5"},
        compare(
            operator="<=",
            threshold=ByGroup(
                cases=tuple(
                    (group, Value(amount=Decimal(amount)))
                    for group, amount in (("1", 0), ("2", 3), ("3", 5))
                )
            ),
        ),
    ),
    "by group, one group given to the province": (
        {"g1": "≥ 90%", "g2": "≥ 80%", "g3": "UBND cấp tỉnh quy định cụ thể"},
        compare(
            threshold=ByGroup(
                cases=(
                    ("1", AMOUNT),
                    ("2", Value(amount=Decimal(80))),
                    ("3", NotLoaded(giver="province")),
                )
            )
        ),
    ),
    "by group over a common one": (
        {"common": "≥ 90%", "g3": "≥ 70%"},
        compare(
            threshold=ByGroup(
                cases=(("1", AMOUNT), ("2", AMOUNT), ("3", Value(amount=Decimal(70))))
            )
        ),
    ),
    "by region, the others not loaded": (
        {"TN": "≥ 90%"},
        compare(threshold=ByRegion(cases=(("TN", AMOUNT),))),
    ),
    "a range": (
        {"kind": "Trong khoảng", "common": "70 - dưới 90", "unit": "%"},
        Between(measure=NAME, low=Value(amount=Decimal(70)), high=AMOUNT, below_high=True),
    ),
    "a grade": (
        {"common": "Mức độ 2", "unit": "Mức độ 1 < Mức độ 2 < Mức độ 3"},
        Grade(measure=NAME, at_least="Mức độ 2"),
    ),
    "recognised": (
        {"kind": "Được công nhận", "common": "Chuẩn thử"},
        Recognised(measure=NAME, standard="Chuẩn thử"),
    ),
    "left to the province": (
        {"common": "UBND cấp tỉnh quy định"}, ContentNotLoaded(giver="province"),
    ),
    "not loaded": ({"kind": "Chưa nạp"}, ContentNotLoaded()),
    "men and women": ({"common": "≥ 90%", "both_sexes": "x"}, BothSexes(part=compare())),
    "where there is one": (
        {"kind": "Đạt", "if_present": "làng nghề thử"},
        IfPresent(measure="co_lang_nghe_thu", part=Reached(measure=NAME)),
    ),
    "a part of it": (
        {"common": "≥ 90% (trong đó ≥ 50% từ công trình tập trung)"},
        AllOf(
            parts=(
                compare(),
                Compare(
                    measure="ty_le_ho_dung_thu_trong_do_tu_cong_trinh_tap_trung",
                    operator=">=",
                    threshold=Value(amount=Decimal(50)),
                ),
            )
        ),
    ),
    "exceptions": (
        {"common": "≤ 90%", "exceptions": "hộ bảo trợ; hộ khác"},
        compare(
            operator="<=",
            exceptions=(
                Exception_(measure="ty_le_ho_dung_thu_ho_bao_tro", text="hộ bảo trợ"),
                Exception_(measure="ty_le_ho_dung_thu_ho_khac", text="hộ khác"),
            ),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_a_row_says_what_is_demanded(name: str) -> None:
    cells, expected = SHAPES[name]
    found = read([row(**cells)])
    assert [str(problem) for problem in found.problems] == []
    assert isinstance(found.result, CriteriaSet)
    assert found.result.criteria[0].indicators[0].requirement == expected


WRONG: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"common": "≥ 120%"}, "common", "nằm ngoài khoảng từ 0 đến 100"),
    ({"common": "64"}, "kind", "chưa rõ là"),
    ({"common": "tùy nơi"}, "common", "Chưa hiểu “tùy nơi”"),
    ({}, "kind", "Chưa ghi yêu cầu"),
    ({"kind": "≥"}, "common", "Chưa ghi ngưỡng"),
    ({"kind": "Tốt"}, "kind", "không có trong danh sách"),
    ({"kind": "≥", "common": "≤ 5"}, "common", "dấu khác nhau"),
    ({"g1": "Đạt", "g2": "≥ 5"}, "common", "không cùng một kiểu"),
    ({"g1": "≥ 5", "TN": "≥ 6"}, "g1", "cả theo nhóm xã và theo vùng"),
    ({"common": "≥ 5 km", "unit": "%"}, "unit", "cột Đơn vị ghi “%”"),
    ({"common": "90 - 70"}, "common", "Số thấp lớn hơn số cao"),
    ({"common": "Mức độ 2"}, "unit", "Chưa biết thang"),
    ({"common": "Đạt", "both_sexes": "hai"}, "both_sexes", "Chưa hiểu “hai”"),
    ({"kind": "Giữ như bộ gốc"}, "kind", "Bộ gốc không có chỉ tiêu"),
    ({"kind": "Bãi bỏ", "number": "1.1"}, "kind", "chỉ dùng khi sửa đổi"),
    ({"common": "≥ 5", "measure": "ke_hoach_ocop"}, "measure", "không hợp với yêu cầu"),
    ({"common": "≥ 5 km", "measure": "ty_le_nuoc_sach"}, "measure", "tính bằng “%”"),
    ({"common": "Đạt", "at_least": "3"}, "at_least", "không phải số từ 1 đến 1"),
)  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "words"), WRONG)
def test_a_row_that_is_wrong_says_where_and_what_to_do(
    cells: dict[str, str], column: str, words: str
) -> None:
    found = read([row(**cells) | {"line": 7}])
    assert found.result is None
    (problem,) = found.problems
    assert (problem.row, problem.line, problem.column) == (1, 7, column)
    assert words in problem.what
    assert problem.advice
    assert str(problem).startswith("Dòng 7, cột “")


SAID: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"number": ""}, "number", "Chưa ghi"),
    ({"date": "31/02/2026"}, "date", "không phải ngày"),
    ({"mode": "Khác"}, "mode", "không có trong danh sách"),
    ({"mode": "complete"}, "base", "Chưa chọn bộ gốc"),
    ({"mode": "complete", "base": "khong/co"}, "base", "Không có bộ"),
    ({"mode": "complete", "base": "qd-51-2025/xa-ntm"}, "number", "không phải 07/2026/QĐ-MẪU"),
    ({"valid_to": "01/01/2026"}, "valid_to", "không sau ngày"),
    ({"years": "2026"}, "years", "không phải giai đoạn"),
    ({"criteria": "mười"}, "criteria", "không phải số đếm"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "key", "words"), SAID)
def test_what_is_said_of_the_decision_is_checked(
    said: dict[str, str], key: str, words: str
) -> None:
    found = read([row(common="Đạt")], **said)
    problems = {problem.column: problem for problem in found.problems}
    assert words in problems[key].what
    assert str(problems[key]).startswith("Quyết định, mục “")


def test_a_made_up_set_says_so_everywhere_and_a_real_one_is_approved_with_its_decision() -> None:
    made_up = read([row(common="Đạt", source="trang 3")]).result
    real = read([row(common="Đạt", source="trang 3")], number="07/2026/QĐ-UBND").result
    assert isinstance(made_up, CriteriaSet)
    assert isinstance(real, CriteriaSet)
    assert made_up.sample
    assert made_up.criteria[0].indicators[0].provenance.checked == "sample"
    assert not real.sample
    provenance = real.criteria[0].indicators[0].provenance
    assert provenance.checked == "approved"
    assert provenance.sources == ("Quyết định 07/2026/QĐ-UBND, trang 3",)


def test_numbers_carry_down_are_counted_and_never_twice_the_same() -> None:
    found = read(
        [
            row(name="Một", common="Đạt"),
            {"name": "Hai", "common": "Đạt"},
            row(criterion="2", criterion_name="Khác", name="Ba", common="Đạt"),
        ]
    ).result
    assert isinstance(found, CriteriaSet)
    assert [[i.number for i in c.indicators] for c in found.criteria] == [["1.1", "1.2"], ["2"]]
    twice = read([row(number="1.1", common="Đạt"), row(number="1.1", name="Hai", common="Đạt")])
    assert "đã dùng ở dòng 1" in twice.problems[0].what


def test_criteria_need_a_name_and_indicators_and_rows_a_criterion() -> None:
    alone = read([{"name": "Không thuộc đâu", "common": "Đạt"}])
    assert "chưa thuộc tiêu chí nào" in alone.problems[0].what
    empty = read([{"criterion": "1", "criterion_name": "Trống"}])
    assert "chưa có chỉ tiêu nào" in empty.problems[0].what
    nameless = read([{"criterion": "1", "name": "Một", "common": "Đạt"}])
    assert "chưa có tên" in nameless.problems[0].what
    other = read([row(common="Đạt"), row(criterion_name="Tên khác", name="Hai", common="Đạt")])
    assert "ở dòng trên tên là “Hạ tầng”" in other.problems[0].what


def test_a_row_left_out_is_not_part_of_the_set() -> None:
    found = read([row(common="Đạt"), row(name="Sai", common="?") | {"dropped": True}])
    assert found.result is not None
    assert len(found.made) == 1


def test_counts_that_differ_from_the_decision_are_told_and_hold_nothing_up() -> None:
    found = read([row(common="Đạt")], criteria="10", indicators="47")
    assert found.result is not None
    assert found.notes == [
        "Quyết định ghi 10 tiêu chí, bảng có 1. Hãy xem có thiếu dòng không.",
        "Quyết định ghi 47 chỉ tiêu, bảng có 1. Hãy xem có thiếu dòng không.",
    ]


def test_known_measures_are_used_by_code_by_name_and_by_what_the_indicator_had_before() -> None:
    by_code = read([row(common="≥ 80%", measure="ty_le_nuoc_sach – Tỷ lệ …")])
    by_name = read([row(name="Tỷ lệ người dân tham gia bảo hiểm y tế", common="≥ 80%")])
    assert by_code.measures == by_name.measures == {}
    assert by_code.made[1].requirement.measure == "ty_le_nuoc_sach"  # type: ignore[union-attr]
    assert by_name.made[1].requirement.measure == "ty_le_bao_hiem_y_te"  # type: ignore[union-attr]
    new = read([row(common="≥ 80%")])
    assert new.measures[NAME].kind == "rate"
    assert new.measures[NAME].topic == "Hạ tầng"


@pytest.mark.parametrize("name", sorted(shipped().sets))
def test_every_shipped_set_survives_being_taken_out_and_brought_back(name: str) -> None:
    base, library = shipped().sets[name], shipped()
    rows = rows_of_set(base, library.measures, fill=False)
    said = about_of_set(base, "complete") | {"issuer": "x", "date": "01/01/2014"}
    context = Context(library, base.territory)
    found = compose(rows, said | {"number": base.decision.number}, context)
    assert [str(problem) for problem in found.problems] == []
    assert isinstance(found.result, CriteriaSet)
    assert [len(c.indicators) for c in found.result.criteria] == [
        len(c.indicators) for c in base.criteria
    ]
    kept = [r["kind"] == "Giữ như bộ gốc" for r in rows if r.get("name")]
    old = [i for c in base.criteria for i in c.indicators]
    new = [i for c in found.result.criteria for i in c.indicators]
    assert [n for n, o, k in zip(new, old, kept, strict=True) if k and n != o] == []


def test_an_amendment_holds_only_what_the_table_changes() -> None:
    library = shipped()
    base = library.at(date(2026, 3, 1)).get("qd-51-2025/xa-ntm")
    assert base is not None
    rows = rows_of_set(base.set, library.measures, fill=False)
    at = next(n for n, one in enumerate(rows) if one.get("number") == "6.a")
    rows[at] = {k: v for k, v in rows[at].items() if k not in ("g1", "g2", "g3")} | {
        "common": "3", "kind": "≤",
    }  # fmt: skip
    rows.append({"criterion": "6", "number": "6.9", "name": "Chỉ tiêu riêng", "kind": "Đạt"})
    said = ABOUT | {"mode": "amend", "base": base.set.id, "valid_from": "01/03/2026"}
    context = Context(library, Territory(code="99", name="An Mẫu"))
    found = compose(rows, said, context).result
    assert isinstance(found, Amendment)
    assert found.territory == context.territory
    assert [(c.number, c.add is None) for c in found.changes] == [("6.a", True), ("6", False)]
    law = library.plus([], [found]).at(date(2026, 3, 1), frozenset({"99"}))
    after = law.get(base.set.id)
    assert after is not None
    changed = {i.number: i for c in after.set.criteria for i in c.indicators}
    assert changed["6.a"].requirement == Compare(
        measure="ty_le_ngheo_da_chieu", operator="<=", threshold=Value(amount=Decimal(3))
    )
    assert changed["6.9"].provenance.checked == "sample"
    elsewhere = library.plus([], [found]).at(date(2026, 3, 1)).get(base.set.id)
    assert elsewhere is not None
    assert replace(elsewhere.set, lineage=()) == replace(base.set, lineage=())


def test_an_amendment_repeals_and_one_that_changes_nothing_is_refused() -> None:
    library = shipped()
    base = library.sets["qd-51-2025/xa-ntm"]
    said = ABOUT | {"mode": "amend", "base": base.id, "valid_from": "01/03/2026"}
    rows = rows_of_set(base, library.measures, fill=False)
    same = compose(rows, said, Context(library))
    assert "không khác gì bộ gốc" in same.problems[0].what
    gone = compose(
        [{"criterion": "8", "number": "8.b", "kind": "Bãi bỏ"}], said, Context(library)
    ).result
    assert isinstance(gone, Amendment)
    assert [(c.number, c.repeal) for c in gone.changes] == [("8.b", True)]


def test_a_province_does_not_rewrite_the_nations_set_and_the_nation_not_a_provinces() -> None:
    library = shipped()
    province = Territory(code="99", name="An Mẫu")
    for name, territory, words in (
        ("qd-51-2025/xa-ntm", province, "Bộ gốc áp dụng cho cả nước"),
        ("qd-2467-2022-phu-tho/xa-kieu-mau", None, "Bộ gốc áp dụng cho tỉnh Phú Thọ"),
        ("qd-2467-2022-phu-tho/xa-kieu-mau", province, "Bộ gốc áp dụng cho tỉnh Phú Thọ"),
    ):
        base = library.sets[name]
        rows = rows_of_set(base, library.measures, fill=False)
        said = about_of_set(base, "complete") | {"issuer": "x", "date": "01/01/2014"}
        found = compose(rows, said, Context(library, territory))
        assert found.result is None
        assert words in found.problems[0].what


def test_a_decision_that_is_known_is_completed_and_not_loaded_beside() -> None:
    found = read([row(common="Đạt")], number="51/2025/QĐ-TTg", valid_from="15/02/2026")
    assert found.result is None
    assert "Đã có bộ “Xã NTM 2026–2030” của quyết định này" in found.problems[0].what
