"""Work given to somebody, or dated, or both: in sentences, in slots and in tables."""

from __future__ import annotations

import pytest

from dinhlang.papers.plan import Task
from tests.papers.reading.build import marked, paper


def only(body: str) -> Task:
    (one,) = paper(f"I. NHIỆM VỤ\n{body}").tasks
    return one


def test_work_given_to_a_person_is_the_offices_behind_the_dash() -> None:
    one = only(
        "- Giao đ/c Trần Văn Mẫu – Trưởng Công an xã lắp camera ở chợ xong trước ngày 30/6/2024."
    )
    assert one.lead == ["Trưởng Công an xã"]
    assert one.deadline is not None
    assert one.deadline.end == "2024-06-30"


def test_lead_partners_and_date_of_one_sentence_are_told_apart() -> None:
    one = only(
        "- Công an xã chủ trì, phối hợp với Trạm Y tế xã và Bưu điện xã tuyên truyền ở các thôn; "
        "xong trước ngày 30/6/2024."
    )
    assert (one.lead, one.partners) == (["Công an xã"], ["Trạm Y tế xã", "Bưu điện xã"])
    assert one.deadline is not None
    assert (one.deadline.start, one.deadline.end) == (None, "2024-06-30")


@pytest.mark.parametrize(
    "body",
    [
        "- Làm đường hoa dài 900 m. Chủ trì: Hội Phụ nữ xã; phối hợp: Đoàn xã; "
        "thời gian: trước 30/9/2024.",
        "- Làm đường hoa dài 900 m (Đơn vị chủ trì: Hội Phụ nữ xã; Đơn vị phối hợp: Đoàn xã; "
        "Thời gian hoàn thành: trước ngày 30/9/2024)",
        "- Làm đường hoa dài 900 m. Phụ trách: Hội Phụ nữ xã. Cùng làm: Đoàn xã. "
        "Xong: trước 30/9/2024.",
    ],
)
def test_slots_give_lead_partners_and_date(body: str) -> None:
    one = only(body)
    assert one.text.startswith("Làm đường hoa")
    assert (one.lead, one.partners) == (["Hội Phụ nữ xã"], ["Đoàn xã"])
    assert one.deadline is not None
    assert one.deadline.end is not None
    assert one.deadline.end.startswith("2024-09")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("trước ngày 30/6/2024", None, "2024-06-30"),
        ("trước ngày 30 tháng 6 năm 2024", None, "2024-06-30"),
        ("trong quý II/2024", None, "2024-06-30"),
        ("trong quý 3 năm 2024", None, "2024-09-30"),
        ("trong tháng 5/2024", None, "2024-05-31"),
        ("hết quý IV/2024", None, "2024-12-31"),
        ("từ ngày 01/3 đến ngày 31/7/2024", "2024-03-01", "2024-07-31"),
        ("đến hết năm 2024", None, "2024-12-31"),
    ],
)
def test_a_dated_sentence_is_a_task_with_its_last_day(
    words: str, start: str | None, end: str
) -> None:
    one = only(f"- Hoàn thành làm đường trục thôn, xây cống thoát nước {words}.")
    assert one.deadline is not None
    assert (one.deadline.start, one.deadline.end) == (start, end)


@pytest.mark.parametrize(
    "line",
    [
        "- Xã đã hoàn thành đường trục thôn trước ngày 30/6/2023.",
        "- Hằng tháng các thôn dọn vệ sinh trước ngày 25.",
        "- Thực hiện giai đoạn 2021 - 2025.",
        "- Theo Quyết định số 12/QĐ-UBND ngày 01/3/2024.",
        "- Trồng cây hai bên đường.",
    ],
)
def test_what_is_done_what_recurs_and_what_has_no_date_is_no_task(line: str) -> None:
    assert paper(f"I. NHIỆM VỤ\n{line}").tasks == []


def test_the_office_of_the_part_leads_what_is_dated_in_it() -> None:
    plan = paper(
        "I. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Hoàn thành lắp camera ở chợ trước ngày 30/6/2024.\n"
        "2. Trạm Y tế xã\n- Tuyên truyền ở các thôn."
    )
    (one,) = plan.tasks
    assert one.lead == ["Công an xã"]


def test_a_task_knows_its_criteria_and_places() -> None:
    one = only(
        "- Hoàn thành tiêu chí số 2 về Giao thông tại thôn Đông, thôn Tây trước ngày 30/6/2024."
    )
    assert (one.criteria, one.places) == ([2], ["thôn Đông", "thôn Tây"])


def test_a_table_of_tasks_is_read_row_by_row() -> None:
    plan = paper(
        "I. NHIỆM VỤ\n| TT | Nội dung | Chủ trì | Phối hợp | Thời gian |\n|---|---|---|---|---|\n"
        "| 1 | Làm đường hoa | Hội Phụ nữ xã | Đoàn xã, Các thôn | Quý II/2024 |\n"
        "| 2 | Lắp camera | Công an xã | | 30/9/2024 |"
    )
    got = [(t.text, t.lead, t.partners, t.deadline and t.deadline.end) for t in plan.tasks]
    assert got == [
        ("Làm đường hoa", ["Hội Phụ nữ xã"], ["Đoàn xã", "Các thôn"], "2024-06-30"),
        ("Lắp camera", ["Công an xã"], [], "2024-09-30"),
    ]
    assert marked(plan, plan.tasks[0]) == ["Làm đường hoa"]


def test_a_task_cut_by_a_page_break_stands_on_all_its_lines() -> None:
    plan = paper(
        "I. NHIỆM VỤ\n- Hoàn thành làm đường trục thôn và xây cống\n\nthoát nước trước 30/6/2024."
    )
    (one,) = plan.tasks
    assert one.lines[1] - one.lines[0] == 2


def test_work_said_before_who_leads_it() -> None:
    one = only(
        "Mở rộng 2,4 km đường liên xóm. Công chức Địa chính chủ trì, Ban cán sự xóm Đông phối hợp; "
        "hoàn thành trước ngày 31/8/2024."
    )
    assert one.text == "Mở rộng 2,4 km đường liên xóm"
    assert (one.lead, one.partners) == (["Công chức Địa chính"], ["Ban cán sự xóm Đông"])
    assert one.deadline is not None
    assert one.deadline.end == "2024-08-31"


def test_partners_end_before_the_verb_of_the_work() -> None:
    one = only("- Công an xã chủ trì, phối hợp với ấp Đông gắn 30 camera, xong trước 15/4/2024.")
    assert (one.lead, one.partners) == (["Công an xã"], ["ấp Đông"])


HEADS = "STT\tNội dung công việc\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian"


def test_a_table_set_with_tabs_whose_cells_wrap() -> None:
    plan = paper(
        f"I. NHIỆM VỤ\n{HEADS}\n1\tVá 3 km đường\tCông an xã\tCác thôn\tQuý II/2024\n"
        "2\tCắm 24 biển báo ở ngã\nba, ngã tư\tCông chức Địa chính -\nXây dựng\tĐoàn Thanh niên xã"
        "\tTháng 3/2024"
    )
    first, second = plan.tasks
    assert (first.text, first.lead, first.partners) == (
        "Vá 3 km đường",
        ["Công an xã"],
        ["Các thôn"],
    )
    assert second.text == "Cắm 24 biển báo ở ngã ba, ngã tư"
    assert second.lead == ["Công chức Địa chính - Xây dựng"]
    assert second.lines[1] - second.lines[0] == 2
    assert "".join(marked(plan, second)) == "Cắm 24 biển báo ở ngãba, ngã tư"
    assert plan.villages == []


def test_a_row_that_lost_the_tab_of_its_last_cell_ends_where_the_next_number_stands() -> None:
    plan = paper(
        f"I. NHIỆM VỤ\n{HEADS}\n1\tVá 3 km đường\tCông an xã\tCác thôn\n"
        "2\tCắm biển báo\tĐoàn Thanh niên xã\tCác thôn\tTháng 3/2024"
    )
    assert [one.text for one in plan.tasks] == ["Vá 3 km đường", "Cắm biển báo"]


def test_a_table_whose_columns_stand_under_their_heads() -> None:
    plan = paper(
        "I. NHIỆM VỤ\n"
        "TT   Công việc                  Chủ trì              Phối hợp        Thời hạn\n"
        "1    Đường thôn Đông            Công an xã           Thôn Đông       30/11/2024\n"
        "     và cầu nhỏ\n"
        "2    Loa không dây                                   Các thôn        15/12/2024"
    )
    first, second = plan.tasks
    assert first.text == "Đường thôn Đông và cầu nhỏ"
    assert (first.lead, first.partners) == (["Công an xã"], ["Thôn Đông"])
    assert (second.lead, second.partners) == ([], ["Các thôn"])
    assert second.deadline is not None
    assert second.deadline.end == "2024-12-15"


def test_two_sentences_that_each_give_work_away() -> None:
    plan = paper(
        "I. NHIỆM VỤ\nXã đổ bê tông 3,4 km đường trước ngày 30/9/2024, việc này giao Công an xã "
        "chủ trì. "
        "Trồng 2.600 cây hoa ban ven đường, giao Đoàn Thanh niên xã chủ trì trong tháng 5/2024."
    )
    assert [one.lead for one in plan.tasks] == [["Công an xã"], ["Đoàn Thanh niên xã"]]
    ends = [one.deadline.end for one in plan.tasks if one.deadline]
    assert ends == ["2024-09-30", "2024-05-31"]


def test_partners_of_a_slot_may_be_parted_by_semicolons() -> None:
    one = only("1. Xây 04 cầu bê tông\n- Chủ trì: Công an xã.\n- Phối hợp: Phòng Kinh tế; các ấp.")
    assert one.partners == ["Phòng Kinh tế", "các ấp"]
