"""The shortest way for the communes of the plans, with the sets that are shipped."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dinhlang.law.library import Library, shipped
from dinhlang.law.requirements import (
    AtLeastOf,
    MeetsSet,
    Reached,
)
from dinhlang.law.sets import Measure
from dinhlang.law.shortest import shortest
from dinhlang.law.subjects import Fact, Subject, subject_of
from tests.law.test_shortest import (
    DAY,
    a_set,
    judged,
    number,
    ways,
)

MODEL = "qd-2467-2022-phu-tho/xa-kieu-mau"


def thanh_dinh() -> Subject:
    """Advanced already, income high enough, one smart area; each field lacks something."""
    villages = tuple(
        subject_of(
            [judged("khu_camera_an_ninh", n > 2), judged("cong_nhan_thon_thong_minh", n == 1)],
            name=f"Khu {n}", id=n,
        )
        for n in range(1, 6)
    )  # fmt: skip
    facts = [
        judged("cong_nhan_xa_nang_cao", True),
        Fact(measure="thu_nhap_binh_quan", year=2024, value=Decimal(75), source="survey"),
        judged("vung_san_xuat_tap_trung", True),
        number("so_htx_kieu_moi", 1),
        number("so_ho_ngheo", 0),
        judged("nha_thi_dau_da_nang", False),
        Fact(measure="ocop_hang_sao", year=2024, grade="3 sao"),
    ]
    return subject_of(facts, region="TDMNPB", children={"village": villages})


def test_thanh_dinh_is_told_which_of_the_seven_fields_is_shortest() -> None:
    law = shipped().at(DAY, frozenset({"25"}))
    effective = law.get(MODEL)
    assert effective is not None
    subject = thanh_dinh()
    found = shortest(effective, subject, law)
    assert found.cheapest is not None
    # The province's income level for advanced communes is not loaded: no work, but said.
    assert [item.key for item in found.cheapest.not_loaded] == ["thu_nhap_binh_quan|chua-nap"]
    assert not found.cheapest.is_sure
    fields = [choice for choice in found.cheapest.choices if choice.label.startswith("4. ")]
    [choice] = fields
    assert [branch.name for branch in choice.taken] == ["Lĩnh vực Sản xuất (Phú Thọ)"]
    assert len(choice.left) == 6
    assert {item.key: item.lacks for item in found.cheapest.to_do} == {
        "so_htx_kieu_moi|>=2": "cần thêm 1 HTX",
        "ocop_hang_sao|4 sao": "cần đạt 4 sao, hiện 3 sao",
    }

    culture = {
        item.key for branch in choice.left for item in branch.items if "Văn hóa" in branch.name
    }
    costs = dict.fromkeys(culture, 10_000_000) | {
        "so_htx_kieu_moi|>=2": 300_000_000,
        "ocop_hang_sao|4 sao": 1_200_000_000,
    }
    months = dict.fromkeys(culture, 18) | {"so_htx_kieu_moi|>=2": 6, "ocop_hang_sao|4 sao": 12}
    found = shortest(effective, subject, law, costs, months)
    assert found.cheapest is not None and found.fastest is not None
    assert {item.key for item in found.cheapest.to_do} == culture
    assert found.cheapest.cost == 10_000_000 * len(culture)
    assert {item.key for item in found.fastest.to_do} == {
        "so_htx_kieu_moi|>=2",
        "ocop_hang_sao|4 sao",
    }
    assert found.fastest.months == 12


def test_phuc_hoa_is_told_that_one_of_three_suffices_and_which() -> None:
    law = shipped().at(DAY, frozenset({"24"}))
    effective = law.get("qd-739-2022-bac-giang/linh-vuc-kinh-te")
    assert effective is not None
    facts = [
        number("so_ho_ngheo", 14),
        number("so_ho_ngheo_bao_tro_xa_hoi", 9),
        number("so_htx_cong_nghe_cao", 0),
        judged("mo_hinh_vietgap", True),
        judged("san_pham_dong_goi_truy_xuat", True),
        number("ty_le_co_gioi_hoa_lam_dat", 90),
    ]
    found = shortest(effective, subject_of(facts, region="TDMNPB"), law)
    assert found.cheapest is not None
    assert found.cheapest.is_sure
    assert len(found.cheapest.items) == 1
    lacks = {item.key: item.lacks for item in found.items}
    assert lacks["so_ho_ngheo|=0"] == "cần giảm 5 hộ"
    assert lacks["so_htx_cong_nghe_cao|>=1"] == "cần thêm 1 HTX"
    assert lacks["ty_le_co_gioi_hoa_lam_dat|>=95"] == "cần thêm 5 điểm %"
    costs = {"so_ho_ngheo|=0": 400_000_000, "so_htx_cong_nghe_cao|>=1": 250_000_000}
    found = shortest(effective, subject_of(facts, region="TDMNPB"), law, costs)
    assert found.cheapest is not None and found.cheapest_next is not None
    assert found.cheapest.keys == {"so_htx_cong_nghe_cao|>=1"}
    assert found.cheapest_next.keys == {"so_ho_ngheo|=0"}
    [choice] = found.cheapest.choices
    assert [branch.name.split(".")[1] for branch in choice.left] == ["1", "3"]


def test_a_set_that_is_not_known_is_told_as_not_loaded() -> None:
    made = a_set(MeetsSet(set="thu/khong-co"))
    found = ways(made, Subject())
    assert found.cheapest is not None
    assert [item.kind for item in found.cheapest.items] == ["law"]
    assert "chưa nạp bộ tiêu chí" in found.cheapest.items[0].lacks


def test_a_hundred_items_with_choices_take_less_than_the_time_allowed() -> None:
    names = [f"co_so_{n}" for n in range(100)]
    measures = tuple(Measure(id=name, name=name, kind="yes_no") for name in names)
    parts = tuple(
        AtLeastOf(count=2, parts=tuple(Reached(measure=name) for name in names[n : n + 9]))
        for n in range(0, 92, 3)
    )
    made = a_set(*parts)
    law = Library([made], (), measures).at(DAY)
    effective = law.get(made.id)
    assert effective is not None
    costs = {name: (n * 7919 % 97 + 3) * 1_000_000 for n, name in enumerate(names)}
    months = {name: n * 31 % 17 + 1 for n, name in enumerate(names)}
    steps: list[float] = []
    found = shortest(
        effective, Subject(), law, costs, months, progress=lambda share, _: steps.append(share)
    )
    assert found.cheapest is not None and found.cheapest.is_sure
    assert steps == sorted(steps) and steps[-1] == 1
    assert Fraction(found.seconds) > 0
