import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Criterion, Deadline, ScheduleEntry, Task, Village
from tests.papers.checking.build import codes, one, paper

TITLE = "KẾ HOẠCH\nXây dựng nông thôn mới năm 2025\n"


def goals(*lines):
    return paper(TITLE + "\n".join(lines))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["- Phấn đấu xã đạt nông thôn mới nâng cao vào tháng 11 năm 2025.",
             "- Xã đạt chuẩn nông thôn mới nâng cao vào quý 3 năm 2025."],
            "Mục tiêu xã đạt nông thôn mới nâng cao có hai thời hạn: "
            "tháng 11 năm 2025 và quý 3 năm 2025.",
        ),
        (
            ["hoàn thành các tiêu chí xã NTM kiểu mẫu giai đoạn 2021-2025 vào tháng 10/2025",
             "phấn đấu xã đạt Nông thôn mới kiểu mẫu vào quý 3/2025"],
            "Mục tiêu xã đạt nông thôn mới kiểu mẫu có hai thời hạn: tháng 10/2025 và quý 3/2025.",
        ),
        (
            ["Xây dựng thôn Đông đạt thôn thông minh vào tháng 10/2025; các việc khác",
             "thôn Đông đạt thôn thông minh vào tháng 6/2025"],
            "Mục tiêu thôn Đông đạt thôn thông minh có hai thời hạn: "
            "tháng 10/2025 và tháng 6/2025.",
        ),
        (
            ["- Thôn Chợ đạt chuẩn thôn thông minh trước ngày 30/9/2025.",
             "- Quý IV/2025: hoàn thành thôn thông minh tại thôn Chợ, lập hồ sơ."],
            "Mục tiêu thôn Chợ đạt thôn thông minh có hai thời hạn: "
            "trước ngày 30/9/2025 và Quý IV/2025.",
        ),
    ],
)  # fmt: skip
def test_two_deadlines_of_one_goal_are_reported_with_both_places(lines, message):
    found = one(goals(*lines), "DEADLINE-CONFLICT")
    assert (found.severity, found.message) == ("error", message)
    assert [first for first, _ in found.lines] == [3, 4]


@pytest.mark.parametrize(
    "lines",
    [
        ["xã đạt nông thôn mới nâng cao trong năm 2025",
         "xã đạt nông thôn mới nâng cao vào tháng 11/2025"],
        ["xã đạt nông thôn mới nâng cao vào tháng 8/2025",
         "xã đạt nông thôn mới nâng cao vào quý 3/2025"],
        ["xã đạt nông thôn mới nâng cao vào tháng 8/2025",
         "đến hết năm 2025 xã đạt nông thôn mới nâng cao"],
        ["xã đạt nông thôn mới nâng cao vào tháng 8/2025",
         "xã đạt nông thôn mới kiểu mẫu vào tháng 12/2025"],
        ["thôn Đông đạt nông thôn mới kiểu mẫu vào tháng 8/2025",
         "thôn Tây đạt nông thôn mới kiểu mẫu vào tháng 12/2025"],
        ["xã đã đạt chuẩn nông thôn mới năm 2016", "xã đạt chuẩn nông thôn mới vào tháng 6/2025"],
        ["mỗi thôn đạt nông thôn mới kiểu mẫu vào quý 1/2025",
         "các thôn đạt nông thôn mới kiểu mẫu vào quý 4/2025"],
        ["xã đạt nông thôn mới nâng cao vào tháng 8/2025",
         "mô hình thương mại điện tử xong trong quý 4/2025"],
        ["Căn cứ Kế hoạch số 5/KH-UBND về xã đạt nông thôn mới nâng cao vào quý 1/2025",
         "xã đạt nông thôn mới nâng cao vào quý 3/2025"],
        ["xã đạt nông thôn mới nâng cao vào quý 3/2025"],
        ["xã đạt nông thôn mới nâng cao vào quý 4/2025",
         "Quý II/2025: xã hoàn thành hồ sơ đề nghị công nhận nông thôn mới nâng cao"],
        ["xã đạt nông thôn mới nâng cao vào quý 4/2025",
         "- hoàn thiện hồ sơ đề nghị công nhận xã đạt nông thôn mới nâng cao trong quý 3/2025"],
    ],
)  # fmt: skip
def test_deadlines_that_agree_or_belong_to_different_goals_are_left_alone(lines):
    assert codes(goals(*lines), "DEADLINE-CONFLICT") == []


def entry(period, *completes):
    return ScheduleEntry(period=period, text="x", completes=list(completes), lines=(1, 1))


@pytest.mark.parametrize(
    ("periods", "reported"),
    [
        (("2025-Q2", "2025-Q3"), True),
        (("2025-05", "2025-Q3"), True),
        (("2025-05", "2025-Q2"), False),
        (("2025", "2025-Q2"), False),
        (("2025-Q2", "2025-Q2"), False),
        (("2024", "2025-01"), True),
    ],
)
def test_a_criterion_is_completed_in_one_period_of_the_roadmap(periods, reported):
    plan = paper("Lộ trình", schedule=[entry(period, 5) for period in periods])
    assert codes(plan, "DEADLINE-CONFLICT") == (["DEADLINE-CONFLICT"] if reported else [])


def village(text, status=None, **parts):
    goal = Village(name="Đông Hòa", goal="model-village", status=status, lines=(1, 1))
    return paper(text, villages=[goal], **parts)


def test_a_village_goal_without_any_date_is_reported_wherever_it_stands():
    text = "- thôn Đông Hòa đạt chuẩn khu dân cư.\nKhác\n- Xây dựng khu dân cư thôn Đông Hòa."
    found = one(village(text), "GOAL-DEADLINE")
    assert found.severity == "warning"
    assert [first for first, _ in found.lines] == [1, 3]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Năm 2025 xây dựng thôn Đông Hòa đạt chuẩn.", None),
        ("thôn Đông Hòa đạt chuẩn.\nthôn Đông Hòa xong trong quý 3/2025", None),
        ("thôn Đông Hòa đạt chuẩn.", "reached"),
        ("Họp tại thôn Đông Hòa.", None),
        ("Các thôn đạt chuẩn (trừ thôn Đông Hòa).", None),
    ],
)
def test_village_goals_with_a_date_or_behind_us_are_left_alone(text, status):
    assert codes(village(text, status), "GOAL-DEADLINE") == []


def test_a_date_in_another_sentence_of_the_line_does_not_date_the_goal():
    text = "theo Quyết định số 39/2022/QĐ-UBND ngày 09/12/2022; thôn Đông Hòa đạt chuẩn."
    assert codes(village(text), "GOAL-DEADLINE") == ["GOAL-DEADLINE"]


def test_a_criterion_to_reach_that_the_roadmap_forgets_is_reported():
    criteria = [
        Criterion(number=2, name="Giao thông", status="to_reach", lines=(1, 1)),
        Criterion(number=5, name="Giáo dục", status="to_reach", lines=(2, 2)),
        Criterion(number=4, name="Điện", status="reached", lines=(3, 3)),
    ]
    text = "TC2\nTC5\nTC4"
    plan = paper(text, criteria=criteria, schedule=[entry("2025-Q2", 5)])
    found = one(plan, "GOAL-DEADLINE")
    assert (
        found.message == "Tiêu chí 2 (Giao thông) chưa đạt nhưng lộ trình không có kỳ hoàn thành."
    )
    assert codes(paper(text, criteria=criteria), "GOAL-DEADLINE") == []


def task(text, lead=(), end=None, line=1):
    deadline = Deadline(end=end, text="…") if end else None
    return Task(text=text, lead=list(lead), deadline=deadline, lines=(line, line))


def test_led_tasks_without_deadline_make_one_note_where_others_have_one():
    text = "Làm đường\nTrồng cây\nDọn vệ sinh"
    dated = task("Làm đường", ["Ban phát triển thôn"], "2025-06-30")
    open_ended = [
        task("Trồng cây", ["Hội Phụ nữ"], line=2),
        task("Dọn vệ sinh", ["Đoàn xã"], line=3),
    ]
    found = one(paper(text, tasks=[dated, *open_ended]), "TASK-DEADLINE")
    assert (found.severity, found.quotes) == ("note", ["Trồng cây", "Dọn vệ sinh"])
    assert check(paper(text, tasks=open_ended), ["TASK-DEADLINE"]) == []
    assert check(paper(text, tasks=[dated]), ["TASK-DEADLINE"]) == []
