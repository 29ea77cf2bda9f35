"""Offices by name: whose work it is when a plan names them in its own words."""

from __future__ import annotations

import pytest

from dinhlang.people.offices import VILLAGE_KEYS, concerns, is_meant, office_key

WOMEN, FARMERS = "Chủ tịch Hội Liên hiệp Phụ nữ", "Chủ tịch Hội Nông dân xã"
MONEY, LAND = "Công chức Tài chính - Kế toán", "Công chức Địa chính - Xây dựng"
CHAIR = "Chủ tịch UBND xã"


@pytest.mark.parametrize(
    ("named", "held", "meant"),
    [
        ("Hội Liên hiệp Phụ nữ", WOMEN, True),
        ("Hội Phụ nữ xã", WOMEN, True),
        ("Hội LHPN xã", WOMEN, True),
        ("Hội Phụ nữ", FARMERS, False),
        ("Hội Nông dân", FARMERS, True),
        ("Đoàn Thanh niên", "Bí thư Đoàn TNCS Hồ Chí Minh xã", True),
        ("Ủy ban MTTQ Việt Nam xã", "Chủ tịch Ủy ban MTTQ xã", True),
        ("Hội đồng nhân dân", "Chủ tịch HĐND xã", False),
        ("Ủy ban nhân dân xã", CHAIR, False),
        ("Tài chính - Kế toán", MONEY, True),
        ("Tài chính và Kế toán xã", MONEY, True),
        ("Các đoàn thể", WOMEN, False),
        ("Công an xã", "Công chức Tài chính - Kế toán", False),
    ],
)
def test_an_organisation_and_who_presides_over_it_are_one_office(
    named: str, held: str, meant: bool
) -> None:
    assert is_meant(office_key(named), office_key(held)) is meant


@pytest.mark.parametrize(
    ("named", "held", "meant"),
    [
        ("Các đoàn thể", WOMEN, True),
        ("các tổ chức chính trị - xã hội xã", FARMERS, True),
        ("Các đoàn thể", LAND, False),
        ("Các ngành", LAND, True),
        ("các ngành, công chức", MONEY, True),
        ("Các cán bộ công chức xã trực tiếp phụ trách các tiêu chí", MONEY, True),
        ("Các cán bộ, công chức xã trực tiếp phụ trách các tiêu chí", WOMEN, False),
        ("Các ngành", CHAIR, False),
        ("công chức địa chính", LAND, True),
        ("công chức tài chính", LAND, False),
        ("Chủ tịch", WOMEN, False),
        ("Công chức Địa chính và Hội Phụ nữ", WOMEN, True),
        ("Công chức Địa chính và Hội Phụ nữ", LAND, True),
        ("Công chức Địa chính và Hội Phụ nữ", MONEY, False),
        ("Trưởng các thôn", "Trưởng thôn", True),
        ("Các thôn", "Trưởng thôn", True),
        ("Các thôn", LAND, False),
    ],
)
def test_work_of_many_is_that_of_each_of_them(named: str, held: str, meant: bool) -> None:
    assert concerns(office_key(named), office_key(held)) is meant


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("Đồng chí Lê Thị Mận", True),
        ("đ/c Lê Thị Mận", True),
        ("Bà Lê Thị Mận và công chức tài chính", True),
        ("Đồng chí Lê Thị Mận, Phó Chủ tịch", True),
        ("Đồng chí Lê Thị Mận và công chức địa chính", True),
        ("Đồng chí Lê Thị Mơ", False),
        ("Đồng chí Lê Thị", False),
    ],
)
def test_a_person_called_by_name_has_the_work(named: str, meant: bool) -> None:
    found = concerns(office_key(named), office_key(CHAIR), office_key("Lê Thị Mận"))
    assert found is meant


@pytest.mark.parametrize(
    "named", ["Trưởng các thôn", "Các thôn", "Ban phát triển các thôn", "Trưởng các thôn trong xã"]
)
def test_all_villages_are_known_by_these_words(named: str) -> None:
    assert office_key(named) in VILLAGE_KEYS
