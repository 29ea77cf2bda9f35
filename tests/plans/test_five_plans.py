"""The five real plans accepted: their work stands as their papers have it, counted by eye there."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from dinhlang.assessment.selectors.claims import claims
from dinhlang.lawbook import selectors as lawbook
from dinhlang.money.models import Need
from dinhlang.papers.reading import read
from dinhlang.plans.models import Plan
from dinhlang.plans.services import bringing, regimes
from dinhlang.work import recurring
from dinhlang.work.models import Commitment, Repeat, Task
from tests.plans.living import a_plan
from tests.world import World

pytestmark = pytest.mark.django_db
ADVANCED = "qd-318-2022/xa-nang-cao"
VILLAGES = {
    "phuc-hoa-2024": ("Tân Thịnh",), "son-bang-2023": ("Thịnh Bằng", "Một", "Hai", "Ba", "Bốn"),
    "thanh-dinh-2024": ("1", "2", "3", "4", "5"),
}  # fmt: skip


@pytest.fixture
def accepted(world: World, plans_dir: Path) -> Any:
    """``accepted(name)`` is the plan, accepted in commune A, which has its villages."""

    def accept(name: str) -> Plan:
        for village in VILLAGES.get(name, ()):
            kind = "khu" if village.isdigit() else "thôn"
            world.add_place(village, "village", kind, village, "a")
        return a_plan(world.people["leader"], world.places["a"], read(plans_dir / f"{name}.txt"))

    return accept


def by_line(plan: Plan) -> dict[int, list[Task]]:
    """The plan's tasks by their line of the paper."""
    found: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(of_plan__plan=plan).order_by("pk"):
        line = re.search(r", dòng (\d+)", task.origin_text)
        assert line is not None
        found[int(line[1])].append(task)
    return dict(found)


def leads(task: Task) -> list[str]:
    return [each.name for each in task.offices.all() if each.leads]


@pytest.mark.parametrize(
    ("name", "count"),
    [("phuc-hoa-2024", 9), ("hoa-cu-2024", 2), ("son-bang-2023", 9), ("thanh-dinh-2024", 7),
     ("thach-loi-2023", 10)],
)  # fmt: skip
def test_no_plan_leaves_the_room_of_work_empty_and_nothing_is_left_behind(
    accepted: Any, name: str, count: int
) -> None:
    plan = accepted(name)
    assert sum(len(tasks) for tasks in by_line(plan).values()) == count
    assert not bringing.missing(plan)


# --- Phúc Hòa: whose work it is -------------------------------------------------------------------


def sheet_by_office(client: Client, world: World) -> dict[str, list[str]]:
    """The list “theo cơ quan” as it is given out: the tasks under each heading."""
    answer = client.get(f"/cong-viec/{world.places['a'].pk}/co-quan.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    found: dict[str, list[str]] = {}
    for row in book.get_sheet_by_index(0).to_python()[1:]:
        if str(row[0]).endswith("việc xong)"):
            found[str(row[0]).rsplit(" (", 1)[0]] = tasks = []
        elif len(row) > 1 and isinstance(row[0], float):
            tasks.append(str(row[1]))
    return found


def test_phuc_hoa_gives_each_office_the_work_its_paper_gives_it(
    accepted: Any, world: World, client: Client
) -> None:
    accepted("phuc-hoa-2024")
    client.force_login(world.people["leader"])
    found = {name.lower(): tasks for name, tasks in sheet_by_office(client, world).items()}
    police = next(tasks for name, tasks in found.items() if "trưởng công an xã" in name)
    farming = next(tasks for name, tasks in found.items() if "phụ trách nông nghiệp" in name)
    culture = next(tasks for name, tasks in found.items() if "văn hóa- xã hội" in name)
    extension = next(tasks for name, tasks in found.items() if "khuyến nông" in name)
    assert len(police) == len(culture) == 1
    assert "định danh điện tử" in police[0] and "giảm nghèo" in culture[0]
    assert any("nông nghiệp thông minh" in text for text in farming)
    assert any("hồ sơ minh chứng" in text for text in extension)
    nobody = next(tasks for name, tasks in found.items() if "chưa giao" in name)
    assert len(nobody) == 5


def test_phuc_hoa_charges_one_office_with_two_of_the_nineteen_criteria(
    accepted: Any, world: World
) -> None:
    accepted("phuc-hoa-2024")
    criteria = lawbook.library().sets[ADVANCED]
    assert len(criteria.criteria) == 19
    found = claims(world.people["leader"], world.places["a"], criteria, date(2024, 12, 31))
    land = "Công chức ĐC-NN-XD&MT xã"
    assert {number: found.owners.get(number) for number in ("17", "18")} == {
        "17": land, "18": land,
    }  # fmt: skip
    assert set(found.owners) == {"17", "18"}
    promise = Commitment.objects.get()
    assert promise.criteria == ["17", "18"] and "tỉnh" in promise.to_whom


def test_phuc_hoa_dates_are_those_of_the_paper_and_its_village_has_its_part(
    accepted: Any, world: World
) -> None:
    tasks = by_line(accepted("phuc-hoa-2024"))
    ends = {line: [task.end for task in several] for line, several in tasks.items()}
    assert ends[39] == ends[45] == ends[57] == [date(2024, 10, 31)]
    # The paper says the third quarter here and October above; both stand.
    assert ends[51] == [date(2024, 9, 30)] and ends[53] == [date(2024, 12, 31)]
    assert ends[127] == [date(2024, 6, 30)] and ends[125] == ends[145] == ends[147] == [None]
    village = world.places["Tân Thịnh"]
    named = {line for line, several in tasks.items() if village in several[0].villages.all()}
    assert named == {45, 57, 125, 127}


# --- Hòa Cư: reports every month, quarter, year ---------------------------------------------------


def test_hoa_cu_reports_repeat_with_the_dates_that_follow(accepted: Any, world: World) -> None:
    plan, today = accepted("hoa-cu-2024"), date(2024, 11, 4)
    wanted = [each.number for each in regimes.proposed(plan, today)]
    assert regimes.begin(world.people["leader"], plan, wanted, today) == 5
    found = {
        (row.data["lead"][0], row.every): [
            time.due for time in recurring.times(row.every, row.on, row.first, row.last)
        ]
        for row in Repeat.objects.all()
    }
    officers, unions = "Các cán bộ công chức xã trực tiếp phụ trách các tiêu chí", "Các đoàn thể"
    months, end = [date(2024, 11, 30), date(2024, 12, 31)], [date(2024, 12, 31)]
    assert found == {
        (officers, "month"): months, (officers, "quarter"): end, (officers, "year"): end,
        (unions, "month"): months, (unions, "quarter"): end,
    }  # fmt: skip
    # The others have no period or wait to be asked; each says why.
    left = regimes.left_to_people(plan, today)
    assert [each.line for each in left] == [159, 189, 189]
    assert all(each.why for each in left)


# --- Thanh Đình and Sơn Bằng: villages and quantities ---------------------------------------------


def test_thanh_dinh_has_a_task_for_each_of_its_three_model_areas(
    accepted: Any, world: World
) -> None:
    tasks = by_line(accepted("thanh-dinh-2024"))
    assert [[unit.name for unit in task.villages.all()] for task in tasks[63]] == [
        ["1"], ["3"], ["5"],
    ]  # fmt: skip
    assert {task.end for task in tasks[63]} == {date(2024, 12, 31)}
    assert [leads(tasks[line][0]) for line in (238, 242, 246)] == [
        ["Văn phòng UBND xã, báo cáo trung tâm"], ["Văn phòng UBND xã, báo cáo trung tâm"],
        ["Tài chính - Kế toán"],
    ]  # fmt: skip


def test_son_bang_quantities_are_work_with_their_amounts(accepted: Any, world: World) -> None:
    tasks = by_line(accepted("son-bang-2023"))
    assert {line: several[0].target for line, several in tasks.items() if line != 31} == {
        32: "Khối lượng: 5 tuyến; 0,7 km", 34: "Khối lượng: 35 vườn; 121 vườn hộ",
        36: "Khối lượng: 3.200 m", 38: "Khối lượng: 883 hộ", 40: "Khối lượng: 88 hộ",
        42: "Khối lượng: 0,38 km", 44: "Khối lượng: 25 cái", 45: "Khối lượng: 24 công trình",
    }  # fmt: skip
    assert tasks[36][0].text == "Trồng hàng rào xanh: 3.200 m"
    assert {task.end for several in tasks.values() for task in several} == {date(2023, 12, 31)}
    (model,) = tasks[31]
    assert list(model.villages.all()) == [world.places["Thịnh Bằng"]]


# --- Thạch Lỗi: month, task, criterion, money -----------------------------------------------------


def test_thach_loi_months_lead_to_the_criteria_that_its_money_pays_for(accepted: Any) -> None:
    tasks = by_line(accepted("thach-loi-2023"))
    months = {
        line: (task.start.month if task.start else 0, task.end.month if task.end else 0)
        for line, (task, *_) in tasks.items()
    }
    assert {line: months[line] for line in (87, 89, 91, 95, 97, 99, 103, 107)} == {
        87: (1, 3), 89: (1, 3), 91: (1, 3), 95: (4, 4), 97: (5, 6), 99: (4, 6), 103: (7, 9),
        107: (10, 12),
    }  # fmt: skip
    assert tasks[97][0].criterion == "5"
    # Who is charged with a criterion by the plan's own duties has the work that completes it.
    assert leads(tasks[97][0]) == ["Hội đồng giáo dục"]
    assert tasks[97][0].origin_text.endswith("; chủ trì theo phân công, dòng 203")
    assert leads(tasks[107][0])
    assert tasks[103][0].target == "Hoàn thành các tiêu chí 6, 8, 13"
    assert set(tasks[107][0].target.removeprefix("Hoàn thành các tiêu chí ").split(", ")) == {
        "2", "10", "17",
    }  # fmt: skip
    due = dict(Need.objects.values_list("criterion", "due"))
    ends = {"5": 97, "6": 103, "8": 103, "2": 107, "17": 107}
    assert due == {criterion: tasks[line][0].end for criterion, line in ends.items()}
    # Two of the seven criteria have no cost line in the paper, and none was invented.
    assert {"10", "13"}.isdisjoint(due)
