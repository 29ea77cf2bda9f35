import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Criterion, Deadline, Duty, Task
from tests.papers.checking.build import codes, one, paper

NAMES = {4: "Điện", 5: "Giáo dục", 10: "Thu nhập", 14: "Y tế", 15: "Hành chính công"}


def duty(office, role, *numbers, text="", line=1):
    return Duty(office=office, role=role, criteria=list(numbers), text=text, lines=(line, line))


def plan_of(*duties, numbers=(4, 5, 14, 15), tasks=()):
    criteria = [
        Criterion(number=number, name=NAMES[number], status="reached", lines=(index, index))
        for index, number in enumerate(numbers, 1)
    ]
    text = "\n".join(f"Tiêu chí {NAMES[number]}" for number in numbers)
    return paper(text, criteria=criteria, duties=list(duties), tasks=list(tasks))


def test_a_criterion_no_office_takes_is_an_error_where_the_others_are_given():
    plan = plan_of(duty("Địa chính", "advise", 4, 5), duty("Văn phòng", "lead", 15))
    found = one(plan, "CRITERION-LEAD")
    assert found.severity == "error"
    assert found.message == "Tiêu chí 14 (Y tế) không giao cho nơi nào."
    assert found.quotes == ["Tiêu chí Y tế"]


def test_a_criterion_with_partners_only_names_them():
    plan = plan_of(duty("Địa chính", "advise", 4, 5, 14), duty("Tư pháp", "partner", 15, line=2))
    found = one(plan, "CRITERION-LEAD")
    assert found.message == (
        "Tiêu chí 15 (Hành chính công) chỉ có nơi phối hợp (Tư pháp), không có nơi chủ trì."
    )
    assert found.lines == [(4, 4), (2, 2)]


@pytest.mark.parametrize("role", ["lead", "advise", "deliver"])
def test_leading_advising_and_delivering_are_all_ownership(role):
    assert codes(plan_of(duty("Văn phòng", role, 4, 5, 14, 15)), "CRITERION-LEAD") == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Tham mưu nâng cao thu nhập cho nhân dân", False),
        ("Phối hợp nâng cao thu nhập cho nhân dân", True),
        ("Tuyên truyền trên đài", True),
    ],
)
def test_a_criterion_given_by_its_topic_is_given(text, reported):
    plan = plan_of(
        duty("Địa chính", "advise", 4, 5),
        duty("Văn phòng", "advise", text=text),
        numbers=(4, 5, 10),
    )
    assert codes(plan, "CRITERION-LEAD") == (["CRITERION-LEAD"] if reported else [])


def test_working_with_the_health_station_is_not_owning_the_criterion_of_health():
    text = "Chủ trì, phối hợp với Trạm y tế xã vận động tham gia bảo hiểm y tế"
    plan = plan_of(duty("Địa chính", "advise", 4, 5, 15), duty("Bưu điện", "lead", text=text))
    assert "14 (Y tế)" in one(plan, "CRITERION-LEAD").message


def test_a_task_with_a_lead_gives_its_criterion_an_owner():
    led = Task(text="x", lead=["Trạm trưởng"], criteria=[14], lines=(1, 1))
    plan = plan_of(duty("Địa chính", "advise", 4, 5, 15), tasks=[led])
    assert codes(plan, "CRITERION-LEAD") == []


def test_a_plan_that_gives_hardly_any_criterion_gets_one_warning():
    (found,) = check(plan_of(duty("Địa chính", "advise", 4)), ["CRITERION-LEAD"])
    assert found.severity == "warning"
    assert found.message.endswith("chỉ giao tiêu chí 4.")


def test_a_plan_that_gives_just_the_criteria_still_to_reach_is_left_alone():
    plan = plan_of(duty("Địa chính", "advise", 4))
    plan.criteria[0].status = "to_reach"
    assert codes(plan, "CRITERION-LEAD") == []


@pytest.mark.parametrize("kind", ["report", "letter", "minutes", "other"])
def test_only_plans_have_to_give_criteria_to_offices(kind):
    plan = plan_of(duty("Địa chính", "advise", 4))
    plan.document.kind = kind
    assert codes(plan, "CRITERION-LEAD") == []


def test_a_plan_without_duties_is_not_judged():
    assert codes(plan_of(), "CRITERION-LEAD") == []


def test_dated_tasks_nobody_leads_make_one_note():
    due = Deadline(end="2025-06-30", text="quý 2")
    led = Task(text="Làm đường", lead=["Thôn"], lines=(1, 1))
    orphan = Task(text="Trồng cây", deadline=due, lines=(2, 2))
    owned = Task(text="Sửa trường", deadline=due, criteria=[5], lines=(3, 3))
    text = "Làm đường\nTrồng cây\nSửa trường"
    plan = paper(text, tasks=[led, orphan, owned], duties=[duty("Hội đồng", "advise", 5)])
    found = one(plan, "TASK-LEAD")
    assert (found.severity, found.quotes) == ("note", ["Trồng cây"])
    assert codes(paper(text, tasks=[orphan]), "TASK-LEAD") == []
