"""Movements by name, quoted or not, each once."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import marked, paper


def names(line: str) -> list[str]:
    return [one.name for one in paper(f"I. NHIỆM VỤ\n{line}").movements]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Phát động phong trào “Ngõ xanh nhà sạch” ở các thôn.", ["Ngõ xanh nhà sạch"]),
        ('Phát động phong trào "Ngõ xanh nhà sạch" ở các thôn.', ["Ngõ xanh nhà sạch"]),
        ("Phát động phong trào thi đua “Cả xã làm đường”.", ["Cả xã làm đường"]),
        ("Hưởng ứng cuộc vận động “Gia đình năm sạch”.", ["Gia đình năm sạch"]),
        (
            "Phong trào “Ngõ xanh nhà sạch”, “Đường hoa phụ nữ” và “Cổng sáng an ninh”.",
            ["Ngõ xanh nhà sạch", "Đường hoa phụ nữ", "Cổng sáng an ninh"],
        ),
        ("Phong trào Toàn dân bảo vệ an ninh trên địa bàn xã.", ["Toàn dân bảo vệ an ninh"]),
        ("Làm mô hình “Vườn mẫu cây trái”.", []),
        ("Các phong trào của đoàn thể.", []),
    ],
)
def test_a_movement_is_known_by_its_quoted_or_usual_name(line: str, expected: list[str]) -> None:
    assert names(line) == expected


def test_a_movement_named_again_is_not_listed_again() -> None:
    line = "Phong trào “Ngõ xanh nhà sạch”. Hội Phụ nữ giữ phong trào “Ngõ xanh nhà sạch”."
    assert names(line) == ["Ngõ xanh nhà sạch"]


def test_the_span_is_the_name_without_its_quotation_marks() -> None:
    plan = paper("I. NHIỆM VỤ\nPhong trào **“Ngõ xanh nhà sạch”** ở thôn.")
    assert marked(plan, plan.movements[0]) == ["Ngõ xanh nhà sạch"]
