"""Villages by name and kind, with the goal and the state the plan gives them."""

from __future__ import annotations

import pytest

from dinhlang.papers.reading.villages import places_in
from tests.papers.reading.build import marked, paper


def names(line: str) -> list[str]:
    return [one.name for one in paper(f"I. MỤC TIÊU\n{line}").villages]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("thôn Tân Thịnh", ["Tân Thịnh"]),
        ("Thôn Tân Thịnh", ["Tân Thịnh"]),
        ("bản Huổi Lếch", ["Huổi Lếch"]),
        ("ấp Kênh Sáu", ["Kênh Sáu"]),
        ("buôn Krông", ["Krông"]),
        ("xóm Đoài", ["Đoài"]),
        ("KDC Đông Hải", ["Đông Hải"]),
        ("khu dân cư Đông Hải", ["Đông Hải"]),
        ("khu 3", ["khu 3"]),
        ("thôn 5", ["thôn 5"]),
        ("thôn Đông, thôn Tây và thôn Giữa", ["Đông", "Tây", "Giữa"]),
        ("các thôn Đông, Tây, Giữa", ["Đông", "Tây", "Giữa"]),
        ("khu 1, khu 2 và khu 7", ["khu 1", "khu 2", "khu 7"]),
        ("khu 1, 2 và 7", ["khu 1", "khu 2", "khu 7"]),
        ("04 thôn", []),
        ("mỗi thôn 1 tuyến", []),
        ("thôn NTM", []),
        ("thôn đạt chuẩn", []),
        ("khu 2 km", []),
        ("5/5 thôn", []),
    ],
)
def test_villages_of_any_kind_are_found_alone_and_in_lists(words: str, expected: list[str]) -> None:
    assert names(f"Nhân dân {words} cùng làm đường.") == expected


@pytest.mark.parametrize(
    ("line", "goal", "status"),
    [
        ("Phấn đấu thôn Đông đạt chuẩn khu dân cư NTM kiểu mẫu.", "model-village", "to_reach"),
        ("Xây dựng thôn Đông thành thôn thông minh.", "smart-village", "to_reach"),
        ("Thôn Đông đã được công nhận khu dân cư kiểu mẫu.", "model-village", "reached"),
        ("Phấn đấu thôn Đông đạt chuẩn thôn nông thôn mới.", "village", "to_reach"),
        ("Nhân dân thôn Đông làm đường.", None, None),
    ],
)
def test_the_goal_and_the_state_are_those_of_the_sentence(
    line: str, goal: str | None, status: str | None
) -> None:
    (one,) = paper(f"I. MỤC TIÊU\n{line}").villages
    assert (one.name, one.goal, one.status) == ("Đông", goal, status)


def test_a_village_named_often_is_one_and_keeps_its_goal() -> None:
    plan = paper(
        "I. NHIỆM VỤ\nThôn Đông làm đường.\nPhấn đấu thôn Đông đạt khu dân cư kiểu mẫu.\n"
        "Nhân dân thôn Đông góp công."
    )
    (one,) = plan.villages
    assert one.goal == "model-village"
    assert marked(plan, one) == ["thôn Đông"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Làm đường tại thôn Đông", ["thôn Đông"]),
        ("Làm đường tại thôn Đông và thôn Tây", ["thôn Đông", "thôn Tây"]),
        ("Làm đường ở khu 1, khu 2", ["khu 1", "khu 2"]),
        ("Làm đường ở các thôn", []),
    ],
)
def test_the_places_of_a_task_are_named_once_each(text: str, places: list[str]) -> None:
    assert places_in(text) == places


def test_the_head_of_a_column_beside_a_village_is_a_village() -> None:
    plan = paper(
        "I. KHỐI LƯỢNG\nGiao thôn Nậm Cọ làm trước.\n"
        "| Nội dung | ĐVT | Nậm Cọ | Lũng Thàng | Cộng |\n"
        "| Đường | km | 1 | 2 | 3 |\n| Rào | m | 10 | 20 | 30 |"
    )
    assert [one.name for one in plan.villages] == ["Nậm Cọ", "Lũng Thàng"]


def test_a_village_may_be_named_as_a_society_begins() -> None:
    plan = paper("I. MỤC TIÊU\nPhấn đấu ấp Hội Phú đạt ấp thông minh.\nGiao ấp Hội Nông dân.")
    assert [(one.name, one.goal) for one in plan.villages] == [("Hội Phú", "smart-village")]


def test_villages_listed_behind_their_number() -> None:
    plan = paper("I. TÌNH HÌNH\nToàn xã có 03 thôn: Thạch Bàn, Gò Mít và Đồng Dài, với 600 hộ.")
    assert [one.name for one in plan.villages] == ["Thạch Bàn", "Gò Mít", "Đồng Dài"]


def test_two_goals_in_one_sentence_each_stay_with_their_villages() -> None:
    plan = paper(
        "I. MỤC TIÊU\nẤp Trà Đư đạt ấp nông thôn mới kiểu mẫu, ấp Long Thới đạt ấp thông minh."
    )
    found = [(one.name, one.goal) for one in plan.villages]
    assert found == [("Trà Đư", "model-village"), ("Long Thới", "smart-village")]
