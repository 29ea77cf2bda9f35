"""The roadmap by quarters and months, and the waves of a campaign."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import paper

HEADING = "II. LỘ TRÌNH THỰC HIỆN"


@pytest.mark.parametrize(
    "words",
    [
        "Quý II/2024",
        "Quý II năm 2024",
        "Quý 2/2024",
        "Quý 2 năm 2024",
        "Quý II",
        "Trong quý II/2024",
    ],
)
def test_a_quarter_in_roman_or_arabic_heads_its_items(words: str) -> None:
    plan = paper(f"{HEADING}\n{words}:\n- Làm đường hoa ở chợ.\n+ Lắp camera ở trường học.")
    got = [(one.period, one.text) for one in plan.schedule]
    assert got == [
        ("2024-Q2", "Làm đường hoa ở chợ"),
        ("2024-Q2", "Lắp camera ở trường học"),
    ]


@pytest.mark.parametrize(
    ("line", "period", "months"),
    [
        ("+ Tháng 5,6/2024: làm đường hoa ở chợ.", "2024-Q2", [5, 6]),
        ("+ Tháng 10,11,12/2024 tiến hành điều tra thu nhập.", "2024-Q4", [10, 11, 12]),
        ("- Tháng 5/2024: làm đường hoa ở chợ.", "2024-Q2", [5]),
        ("- Tháng 5 và tháng 6/2024: làm đường hoa ở chợ.", "2024-Q2", [5, 6]),
        ("- Từ tháng 7 đến tháng 9/2024: làm đường hoa.", "2024-Q3", [7, 8, 9]),
        ("- Tháng 5: làm đường hoa ở chợ.", "2024-Q2", [5]),
    ],
)
def test_a_list_of_months_is_read_with_its_quarter(
    line: str, period: str, months: list[int]
) -> None:
    (one,) = paper(f"{HEADING}\n{line}").schedule
    assert (one.period, one.months) == (period, months)


def test_what_a_quarter_completes_is_named_by_number() -> None:
    plan = paper(f"{HEADING}\nQuý III/2024:\n- Lắp đèn, hoàn thành tiêu chí số 4 về Điện.")
    assert [one.completes for one in plan.schedule] == [[4]]


def test_a_quarter_with_its_work_on_one_line_is_an_entry() -> None:
    plan = paper(
        f"{HEADING}\n- Quý I/2024: họp dân bàn việc làm đường.\n- Quý II/2024: làm đường hoa ở chợ."
    )
    assert [one.period for one in plan.schedule] == ["2024-Q1", "2024-Q2"]


def test_items_of_the_next_part_belong_to_no_quarter() -> None:
    plan = paper(f"{HEADING}\nQuý IV/2024:\n- Làm đường hoa.\nIII. GIẢI PHÁP\n- Họp dân bàn việc.")
    assert [one.text for one in plan.schedule] == ["Làm đường hoa"]


def test_a_roadmap_in_a_table_gives_one_entry_a_row() -> None:
    plan = paper(
        f"{HEADING}\n| Quý | Nội dung |\n|---|---|\n| Quý I/2024 | Họp dân bàn việc |\n"
        "| Quý II/2024 | Làm đường hoa ở chợ |"
    )
    got = [(one.period, one.months, one.text) for one in plan.schedule]
    assert got == [
        ("2024-Q1", [], "Họp dân bàn việc"),
        ("2024-Q2", [], "Làm đường hoa ở chợ"),
    ]


PUSH = "Phát động 60 ngày cao điểm xây dựng nông thôn mới năm 2024"


@pytest.mark.parametrize(
    "line",
    [
        "Chia làm 02 đợt: đợt 1 từ ngày 01/3 đến ngày 30/3/2024; "
        "đợt 2 từ ngày 01/5 đến ngày 30/5/2024.",
        "Bắt đầu từ ngày 01/3/2024 đến ngày 30/3/2024; Đợt 2 bắt đầu từ 01/5/2024 đến 30/5/2024.",
    ],
)
def test_a_campaign_has_its_days_and_every_wave_even_the_unlabelled_first(line: str) -> None:
    campaign = paper(f"II. THỜI GIAN\n{line}", title=PUSH).campaign
    assert campaign is not None
    assert campaign.days == 60
    waves = [(wave.start, wave.end) for wave in campaign.waves]
    assert waves == [("2024-03-01", "2024-03-30"), ("2024-05-01", "2024-05-30")]


def test_a_year_round_plan_runs_no_campaign() -> None:
    body = "II. THỜI GIAN\nTrong 05 ngày làm việc kể từ ngày nhận, các thôn trả lời."
    assert paper(body).campaign is None


def test_a_table_that_begins_with_the_time_is_a_roadmap() -> None:
    plan = paper(
        "I. TIẾN ĐỘ\n| Thời gian | Việc phải xong | Tiêu chí hoàn thành |\n"
        "| Quý II/2024 | Đổ xong đường thôn | |\n| Quý III/2024 | Xong bể nước | TC7, TC8 |"
    )
    assert [(one.period, one.completes) for one in plan.schedule] == [
        ("2024-Q2", []), ("2024-Q3", [7, 8])
    ]  # fmt: skip
    assert plan.tasks == []


def test_a_roadmap_by_years() -> None:
    plan = paper(
        "III. LỘ TRÌNH\n1. Năm 2024: hoàn thành tiêu chí 6.\n2. Năm 2025: hoàn thành tiêu chí 2."
    )
    assert [(one.period, one.completes) for one in plan.schedule] == [("2024", [6]), ("2025", [2])]
