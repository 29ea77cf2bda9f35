"""Rules and reasons as an official reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dinhlang.law.evaluating import evaluate, evaluate_requirement
from dinhlang.law.explaining import Explanation, describe, describe_threshold, explain
from dinhlang.law.explaining.words import number_words, part_unit
from dinhlang.law.provenance import Provenance
from dinhlang.law.requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    ByAttribute,
    ByRegion,
    ByYear,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Exception_,
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsSet,
    MetShare,
    NotLoaded,
    Points,
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from dinhlang.law.sets import Applied, RegionRule
from dinhlang.law.subjects import Fact, Subject
from dinhlang.law.verdicts import State

from .small import Effective, at, fact, num, small_law, small_set, unit, villages, yes

BASE = small_set(yes("co_cho"), yes("cho_chuan"), id="mau/co-ban", short="Xã cơ bản")
POOR = (Exception_(measure="bao_tro", text="hộ bảo trợ xã hội"),)
BY_PLACE_AND_TIME = Compare(
    measure="thu_nhap",
    operator=">=",
    threshold=ByRegion(cases=(("BTB", ByYear(cases=((2024, num(50)),))), ("DBSH", num(64)))),
)

RULES: list[tuple[Requirement, str]] = [
    (yes("co_cho"), "Đạt"),
    (at("duong_thon", ">=", 95), "≥ 95 %"),
    (at("duong_thon", "<", "12.5"), "< 12,5 %"),
    (at("duong_thon", ">=", None), "≥ mức UBND cấp tỉnh quy định (chưa nạp)"),
    (at("so_ngheo", "=", 0, exceptions=POOR),
     "Không còn (0 hộ) (không tính: hộ bảo trợ xã hội)"),
    (Between(measure="diem", low=num(50), high=num(70), below_high=True),
     "Từ 50 đến dưới 70 điểm"),
    (Between(measure="diem", low=num(50), high=None), "Từ 50 điểm trở lên"),
    (Between(measure="diem", low=None, high=num(70)), "Không quá 70 điểm"),
    (Grade(measure="xoa_mu", at_least="Mức độ 2"), "Đạt Mức độ 2 trở lên"),
    (Trend(measure="vu_viec", direction="falling", years=2),
     "Giảm liên tục 2 năm so với năm trước"),
    (Recognised(measure="cong_nhan", standard="chuẩn A"), "Được công nhận chuẩn A, còn hiệu lực"),
    (ContentNotLoaded(giver="ministry", note="ba nội dung."),
     "Nội dung bộ quản lý ngành quy định (chưa nạp: ba nội dung)"),
    (AllOf(parts=(yes("co_cho"), at("diem", ">=", 50))), "Có chợ: đạt; Điểm đánh giá ≥ 50 điểm"),
    (AnyOf(parts=(yes("co_cho"), AllOf(parts=(yes("cho_chuan"), yes("cua_hang"))))),
     "Ít nhất 1 trong 2 nội dung: (1) Có chợ: đạt; (2) đủ 2 nội dung: a) Chợ đạt chuẩn: đạt; "
     "b) Có cửa hàng đạt chuẩn: đạt"),
    (AtLeastOf(count=2, parts=(yes("co_cho"), yes("cho_chuan"), yes("cua_hang"))),
     "Ít nhất 2 trong 3 nội dung: (1) Có chợ: đạt; (2) Chợ đạt chuẩn: đạt; "
     "(3) Có cửa hàng đạt chuẩn: đạt"),
    (IfPresent(measure="co_cho", part=yes("cho_chuan")), "Đạt (chỉ xét khi có)"),
    (BothSexes(part=at("bhyt", ">=", 90)), "≥ 90 % (đạt cho cả nam và nữ)"),
    (Consecutive(years=3, part=yes("co_cho")), "Đạt (3 năm liên tục)"),
    (ThisYear(part=yes("co_cho")), "Đạt (xét trong năm đánh giá)"),
    (Children(level="village", part=yes("co_cho"), operator=">=", threshold=num(100)),
     "100 % số thôn: Có chợ: đạt"),
    (Children(level="commune", part=MeetsSet(set="mau/co-ban"), operator=">=", threshold=num(1),
              counting="count"), "Số xã đạt ≥ 1 xã: đạt Xã cơ bản"),
    (Points(parts=((Decimal(60), yes("co_cho")),), threshold=num(60)),
     "Tổng điểm ≥ 60 điểm: 60 điểm: Có chợ: đạt"),
    (Checklist(mandatory=("co_cho", "cho_chuan"), score="diem", low=num(50)),
     "Đủ 2 nội dung bắt buộc và chấm từ 50 điểm trở lên"),
    (MetShare(set="mau/co-ban", operator=">", threshold=num(70)),
     "> 70 % số tiêu chí của Xã cơ bản đạt"),
]  # fmt: skip


@pytest.mark.parametrize(("requirement", "words"), RULES)
def test_a_rule_reads_as_the_table_of_a_decision_does(requirement: Requirement, words: str) -> None:
    assert describe(requirement, small_law(BASE)) == words


THRESHOLDS: list[tuple[Threshold, str]] = [
    (ByRegion(cases=(("BTB", num(90)), ("TN", num(90)), ("DBSH", num(95)))),
     "90 % (vùng Bắc Trung Bộ, Tây Nguyên); 95 % (vùng Đồng bằng sông Hồng)"),
    (ByRegion(cases=(("BTB", NotLoaded()), ("TN", NotLoaded()))),
     "mức nêu trong quyết định (chưa nạp)"),
    (ByYear(cases=((2022, num(59)), (2023, num(62)))), "59 % (năm 2022); 62 % (năm 2023)"),
    (ByAttribute(attribute="schools", cases=(("1", num(50)), ("2", num(50))), otherwise=num(70)),
     "50 % (số trường học: 1, 2); 70 % (còn lại)"),
    (RelativeTo(set="mau/co-ban", indicator="1.1", factor=Decimal("1.1")),
     "1,1 lần mức của chỉ tiêu 1.1 của Xã cơ bản"),
    (FromMeasure(measure="cua_huyen"), "Thu nhập bình quân của huyện"),
]  # fmt: skip


@pytest.mark.parametrize(("threshold", "words"), THRESHOLDS)
def test_a_threshold_is_said_with_all_its_cases(threshold: Threshold, words: str) -> None:
    assert describe_threshold(threshold, small_law(BASE), "%") == words


def said(requirement: Requirement, subject: Subject) -> Explanation:
    main = small_set(requirement, id="mau/chinh")
    law = small_law(main, BASE)
    return explain(evaluate_requirement(requirement, subject, law, main), law, main)


REASONS: list[tuple[Requirement, list[Fact], str]] = [
    (at("duong_thon", ">=", 95), [fact("duong_thon", ("11.22", 12))],
     "Cần ≥ 95 %, hiện 93,5 %: thiếu 1,5 điểm phần trăm, tức 0,18 km."),
    (at("bhyt", ">=", 90), [fact("bhyt", (4405, 5000))],
     "Cần ≥ 90 %, hiện 88,1 %: thiếu 1,9 điểm phần trăm, tức 95 người."),
    (at("ho_ngheo", "<=", 4), [fact("ho_ngheo", (53, 1000))],
     "Cần ≤ 4 %, hiện 5,3 %: vượt 1,3 điểm phần trăm, tức 13 hộ."),
    (at("ho_ngheo", "<", 4), [fact("ho_ngheo", (40, 1000))],
     "Cần < 4 %, hiện 4 %: vừa bằng ngưỡng, phải kém."),
    (at("duong_thon", ">=", 95), [fact("duong_thon", (94996, 100000))],
     "Cần ≥ 95 %, hiện 94,996 %: thiếu 0,004 điểm phần trăm, tức 4 km."),
    (at("thu_nhap", ">=", 64), [fact("thu_nhap", "59.58")],
     "Cần ≥ 64 triệu đồng/người/năm, hiện 59,58 triệu đồng/người/năm: "
     "thiếu 4,42 triệu đồng/người/năm."),
    (at("thu_nhap", ">=", 64), [fact("thu_nhap", 70, source="typed")],
     "Cần ≥ 64 triệu đồng/người/năm; số liệu phải lấy từ điều tra, số đang có là từ "
     "nhập trực tiếp."),
    (at("so_ngheo", "=", 0), [fact("so_ngheo", 3)],
     "Phải không còn (0 hộ), hiện 3 hộ: còn 3 hộ."),
    (at("so_ngheo", "=", 0, exceptions=POOR), [fact("so_ngheo", 3), fact("bao_tro", 3)],
     "Phải không còn (0 hộ), hiện 0 hộ sau khi trừ trường hợp không tính."),
    (at("duong_thon", ">=", None), [fact("duong_thon", 80)],
     "Hiện 80 %; chưa nạp ngưỡng (UBND cấp tỉnh quy định)."),
    (at("duong_thon", ">=", 95), [], "Cần ≥ 95 %; chưa có số liệu."),
    (at("duong_thon", ">=", 95), [fact("duong_thon", (0, 0))],
     "Không áp dụng vì không có km đường thôn."),
    (yes("co_cho"), [fact("co_cho", False)], "Được ghi nhận là chưa đạt."),
    (Recognised(measure="cong_nhan", standard="chuẩn A"),
     [fact("cong_nhan", True, valid_to=date(2023, 6, 30))],
     "Chuẩn A: giấy tờ đã hết hiệu lực ngày 30/06/2023."),
    (Grade(measure="xoa_mu", at_least="Mức độ 2"), [fact("xoa_mu", "Mức độ 1")],
     "Cần Mức độ 2 trở lên, hiện Mức độ 1."),
    (IfPresent(measure="co_cho", part=yes("cho_chuan")), [fact("co_cho", False)],
     "Không áp dụng vì không có (Có chợ: không)."),
    (Fallback(parts=(IfPresent(measure="co_cho", part=yes("cho_chuan")), yes("cua_hang"))),
     [fact("co_cho", False), fact("cua_hang", True)],
     "Không áp dụng vì không có (Có chợ: không); vì vậy xét tiếp: Có cửa hàng đạt chuẩn: đạt."),
    (AllOf(parts=(yes("co_cho"), at("duong_thon", ">=", 95))),
     [fact("co_cho", True), fact("duong_thon", 90)],
     "Chưa đạt 1/2 nội dung: Tỷ lệ đường thôn được cứng hóa: cần ≥ 95 %, hiện 90 %: "
     "thiếu 5 điểm phần trăm."),
    (AtLeastOf(count=2, parts=(yes("co_cho"), yes("cho_chuan"), yes("cua_hang"))),
     [fact("co_cho", True)],
     "Cần ít nhất 2 trong 3 nội dung, đã đạt 1, chưa đủ số liệu 2."),
    (BothSexes(part=at("bhyt", ">=", 90)),
     [fact("bhyt", 95, sex="male"), fact("bhyt", 88, sex="female")],
     "Nam: cần ≥ 90 %, hiện 95 %; nữ: cần ≥ 90 %, hiện 88 %: thiếu 2 điểm phần trăm."),
    (Consecutive(years=2, part=yes("co_cho")),
     [fact("co_cho", True), fact("co_cho", False, 2023)],
     "Phải đạt 2 năm liên tục (2023–2024); năm 2023 được ghi nhận là chưa đạt."),
    (Trend(measure="vu_viec", direction="falling", years=1),
     [fact("vu_viec", 3), fact("vu_viec", 2, 2023)],
     "Phải giảm so với năm trước, chưa đạt năm 2024."),
    (Points(parts=((Decimal(60), yes("co_cho")), (Decimal(40), yes("cho_chuan"))),
            threshold=num(80)), [fact("co_cho", True), fact("cho_chuan", False)],
     "Cần ≥ 80 điểm, hiện 60 điểm: thiếu 20 điểm."),
    (MeetsSet(set="mau/co-ban"), [fact("co_cho", True), fact("cho_chuan", False)],
     "Chưa đạt Xã cơ bản: mục 2.1."),
    (MeetsSet(set="mau/co-ban", recognition="cong_nhan"), [fact("cong_nhan", True)],
     "Đã được công nhận Xã cơ bản."),
]  # fmt: skip


@pytest.mark.parametrize(("requirement", "facts", "summary"), REASONS)
def test_a_reason_says_what_is_there_and_how_much_is_lacking(
    requirement: Requirement, facts: list[Fact], summary: str
) -> None:
    assert said(requirement, unit(*facts)).summary == summary


def test_villages_that_keep_a_share_from_being_met_are_named() -> None:
    requirement = Children(level="village", part=yes("co_cho"), operator=">=", threshold=num(80))
    found = said(requirement, unit(children=villages(True, True, False, None)))
    assert found.summary == (
        "Cần ≥ 80 % số thôn, hiện 2/4 thôn đạt, 1 thôn chưa đủ số liệu: thiếu 2 thôn."
    )
    assert [(line.label, line.state) for line in found.lines] == [
        ("Thôn 3", State.NOT_MET),
        ("Thôn 4", State.UNKNOWN),
    ]


def test_what_is_missing_is_listed_with_who_can_give_it() -> None:
    found = said(at("duong_thon", ">=", None), unit())
    assert found.missing == (
        "Chưa có số liệu “Tỷ lệ đường thôn được cứng hóa”; nơi có: Công chức Địa chính",
        "Chưa nạp ngưỡng (UBND cấp tỉnh quy định)",
    )
    found = said(BY_PLACE_AND_TIME, unit(fact("thu_nhap", 50)))
    assert found.missing == ("Chưa ghi đơn vị thuộc vùng nào; nơi ghi: phần thông tin của đơn vị",)


def test_the_way_to_the_threshold_is_told() -> None:
    found = said(BY_PLACE_AND_TIME, unit(fact("thu_nhap", 50), region="BTB"))
    assert found.path == "vùng Bắc Trung Bộ, năm 2024"
    main = small_set(
        BY_PLACE_AND_TIME, region_rules=(RegionRule(attribute="special_commune", region="DBSH"),)
    )
    law = small_law(main)
    special = unit(fact("thu_nhap", 50), region="BTB", attributes={"special_commune": "yes"})
    verdict = evaluate_requirement(BY_PLACE_AND_TIME, special, law, main)
    assert explain(verdict, law, main).path == (
        "xét theo cột vùng khác vì là xã đặc thù, vùng Đồng bằng sông Hồng"
    )


def test_sources_facts_and_lineage_stand_beside_the_reason() -> None:
    read = Provenance(checked="sourced", sources=("https://example.vn/318",))
    unchecked = Provenance(checked="unverified")
    limit = Value(amount=Decimal(95), provenance=read)
    made = small_set(Compare(measure="duong_thon", operator=">=", threshold=limit))
    criterion = made.criteria[0]
    indicator = replace(criterion.indicators[0], provenance=unchecked)
    step = Applied(
        id="qd-211", title="Sửa đổi", decision="211/QĐ-TTg", hash="x",
        valid_from=date(2024, 3, 1), numbers=("1.1",),
    )  # fmt: skip
    made = replace(made, criteria=(replace(criterion, indicators=(indicator,)),), lineage=(step,))
    law = small_law(made)
    given = fact(
        "duong_thon", ("11.4", 12), by="Công chức A", confirmed_by="Chủ tịch", source="register"
    )
    verdict = evaluate(Effective(made), unit(given), law)
    found = explain(verdict.criteria[0].indicators[0], law, made)
    assert [(source.what, source.words) for source in found.sources] == [
        ("Tên chỉ tiêu", "chưa nạp"),
        ("Yêu cầu", "chưa đối chiếu văn bản"),
        ("Ngưỡng", "có nguồn"),
    ]
    assert found.sources[2].addresses == ("https://example.vn/318",)
    assert found.lineage == ("sửa bởi 211/QĐ-TTg từ 01/03/2024",)
    assert found.facts == (
        "Tỷ lệ đường thôn được cứng hóa: 11,4/12 (năm 2024), sổ theo dõi; Công chức A nhập; "
        "Chủ tịch xác nhận",
    )


def test_a_draft_is_said_to_be_unconfirmed() -> None:
    found = said(yes("co_cho"), unit(fact("co_cho", True, confirmed=False)))
    assert found.facts == ("Có chợ: có (năm 2024), báo cáo; chưa xác nhận",)


NUMBERS = [
    (Fraction(187, 2), None, "93,5"),
    (Fraction(200, 3), None, "66,67"),
    (Fraction(-200, 3), None, "-66,67"),
    (Fraction(1234567), None, "1.234.567"),
    (Fraction(949999, 10000), Fraction(95), "94,9999"),
    (Fraction(949999999, 10000000), Fraction(95), "94,9999999"),
    (Fraction(284999999, 3000000), Fraction(95), "94,999999667"),
    (Fraction(1, 300000), Fraction(0), "0,000003"),
]


@pytest.mark.parametrize(("number", "apart_from", "words"), NUMBERS)
def test_a_rounded_number_never_reads_like_the_threshold_it_fails(
    number: Fraction, apart_from: Fraction | None, words: str
) -> None:
    assert number_words(number, apart_from) == words


UNITS = [
    ("Số km đường thôn được cứng hóa", ("km", False)),
    ("Diện tích được tưới, tiêu chủ động (ha)", ("ha", False)),
    ("Tổng số hộ", ("hộ", True)),
    ("Số hợp tác xã có hợp đồng", ("hợp tác xã", True)),
    ("Số trẻ em 6 tuổi vào lớp 1", ("trẻ em", True)),
    ("Khối lượng rác thu gom", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "wanted"), UNITS)
def test_the_unit_of_a_part_is_read_from_its_name(
    name: str, wanted: tuple[str, bool] | None
) -> None:
    assert part_unit(name) == wanted
