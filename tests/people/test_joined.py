"""Two offices said in one breath are two; a name with “và” in it stays one."""

from __future__ import annotations

import pytest

from dinhlang.people.joined import each_of, together


@pytest.mark.parametrize(
    ("name", "offices"),
    [
        ("Công an xã và Hội Nông dân xã", ["Công an xã", "Hội Nông dân xã"]),
        ("Công an xã và Hội Nông dân xã chủ trì", ["Công an xã", "Hội Nông dân xã"]),
        ("Công chức Tư pháp - Hộ tịch; Công an xã", ["Công chức Tư pháp - Hộ tịch", "Công an xã"]),
        ("Hội Phụ nữ, Đoàn Thanh niên và Hội Cựu chiến binh",
         ["Hội Phụ nữ", "Đoàn Thanh niên", "Hội Cựu chiến binh"]),
        ("Ủy ban MTTQ Việt Nam xã và các đoàn thể", ["Ủy ban MTTQ Việt Nam xã", "các đoàn thể"]),
        ("Trạm Y tế cùng Trường Mầm non", ["Trạm Y tế", "Trường Mầm non"]),
        ("Ban Văn hóa và Thông tin", ["Ban Văn hóa và Thông tin"]),
        ("Công chức Địa chính - Xây dựng và Môi trường",
         ["Công chức Địa chính - Xây dựng và Môi trường"]),
        ("Công chức Địa chính - Xây dựng và Môi trường và Công an xã",
         ["Công chức Địa chính - Xây dựng và Môi trường", "Công an xã"]),
        ("Công chức Văn hóa, Xã hội", ["Công chức Văn hóa, Xã hội"]),
        ("Công an xã và Công an xã", ["Công an xã"]),
        ("Trường học và dân", ["Trường học và dân"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_a_name_is_divided_only_where_each_part_is_an_office(name: str, offices: list[str]) -> None:
    assert together(name) == offices


def test_an_office_of_the_place_is_one_whatever_it_is_called() -> None:
    assert together("Tổ Hòa Bình và Công an xã") == ["Tổ Hòa Bình và Công an xã"]
    assert together("Tổ Hòa Bình và Công an xã", ["Tổ Hòa Bình"]) == ["Tổ Hòa Bình", "Công an xã"]
    whole = "Công an và Quân sự xã"
    assert together(whole, [whole]) == [whole]


def test_the_joined_names_are_told() -> None:
    found = each_of(["Công an xã và Hội Nông dân xã", "Trạm Y tế"])
    assert found == (["Công an xã", "Hội Nông dân xã", "Trạm Y tế"],
                     ["Công an xã và Hội Nông dân xã"])  # fmt: skip
