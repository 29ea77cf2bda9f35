"""Plans for a higher level and for a campaign: whole, honest, and the same when read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dinhlang.law.evaluating import evaluate
from dinhlang.papers.checking import check
from dinhlang.papers.drafting import NOWHERE, Proposal, UsualStep, Wish, propose
from dinhlang.papers.drafting_campaign import Report, Work, days_of, draft_campaign
from dinhlang.papers.drafting_model import (
    OF_RECOGNITION,
    Chosen,
    Parts,
    VillageGoal,
    draft_model,
    groups,
    propose_model,
    recognition_of,
)
from dinhlang.papers.plan import Criterion, Document, Funding, Need, Plan
from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing.plan import compose
from dinhlang.papers.writing.word import to_docx
from tests.papers.test_drafting import GIVEN_BY_THE_OFFICE, open_criteria, outcome
from tests.papers.writing.test_round_trip import items

UNTIL = date(2025, 12, 15)
MODELS = ("thanh-dinh-2024", "phuc-hoa-kieu-mau", "thu-nhap-cao-hon", "nang-cao-sau-sua-doi")
VILLAGES = (
    VillageGoal(kind="thôn", name="Chợ", goal="smart-village", lead="Thôn Chợ",
                due=date(2025, 9, 30)),
    VillageGoal(kind="ấp", name="Đông", goal="model-village", lead="Ấp Đông",
                due=date(2025, 10, 31)),
)  # fmt: skip
WAVES = ((date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 7, 1), date(2026, 7, 29)))
WORKS = (
    Work(text="Trồng hàng rào xanh", unit="m",
         parts=(("Thôn Chợ", Decimal("300")), ("Thôn Đình", Decimal("400.5")))),
    Work(text="Xây hố ủ phân", unit="hố", parts=(("Thôn Bến", Decimal(3)),), whole=Decimal(3)),
)  # fmt: skip


def model(name: str, *, chosen: bool = True) -> Plan:
    made = outcome(name)
    verdict, law = made.verdict, made.law
    goals = frozenset(each.criterion.number for each in verdict.criteria)
    wish = Wish(
        commune="Làng Mẫu", province="An Mẫu", year=2025, until=UNTIL, goals=goals,
        programme="nông thôn mới nâng cao" if "nang-cao" in name else "nông thôn mới kiểu mẫu",
    )  # fmt: skip
    recognition = law.get(recognition_of(verdict, law))
    assert recognition is not None
    parts = Parts(
        choices=[
            Chosen(group=each, names=(each.options[:1] or ("Sản xuất",)) if chosen else ())
            for each in groups(verdict, law)
        ],
        villages=VILLAGES,
        recognition=evaluate(recognition, made.example.subject, law),
    )
    return draft_model(verdict, law, wish, propose_model(verdict, law, wish), parts)


def campaign() -> Plan:
    work = [
        Proposal(criterion="", indicator="", gap="", task="Phát động, ra quân ở các thôn",
                 lead="Đoàn Thanh niên xã", due=date(2026, 3, 1), cost=5_000_000),
        Proposal(criterion="", indicator="", gap="", task="Trồng hàng rào xanh",
                 lead="Hội Phụ nữ xã", partners="Các thôn", due=date(2026, 7, 29)),
    ]  # fmt: skip
    reports = [
        Report(sender="Trưởng các thôn", receiver="UBND xã", period="daily", time="16:30"),
        Report(sender="Các đơn vị chủ trì", receiver="UBND xã",
               period="weekly", weekday=5, time="14:00"),
    ]  # fmt: skip
    wish = Wish(commune="Làng Mẫu", province="An Mẫu", year=2026, until=WAVES[-1][1])
    return draft_campaign(wish, "ntm", WAVES, WORKS, work, reports)


def back(plan: Plan) -> Plan:
    return read(to_docx(compose(plan)), "a.docx")


def found(plan: Plan, severity: str) -> list[str]:
    return [
        f"{each.code}: {each.message}"
        for each in check(back(plan))
        if each.severity == severity and each.code not in GIVEN_BY_THE_OFFICE
    ]


@pytest.mark.parametrize("name", MODELS)
def test_a_plan_for_a_higher_level_has_no_errors_and_reads_back_the_same(name: str) -> None:
    plan = model(name)
    assert items(back(plan)) == items(plan)
    assert found(plan, "error") == []


def test_a_campaign_has_no_errors_and_reads_back_the_same() -> None:
    plan = campaign()
    assert items(back(plan)) == items(plan)
    assert found(plan, "error") == []


def test_all_conditions_of_the_model_level_are_told_with_who_answers() -> None:
    plan = model("thu-nhap-cao-hon")
    conditions = [each for each in plan.targets if each.group == "model"]
    assert [each.code for each in conditions] == ["1", "2", "3", "4"]
    assert (conditions[1].comparator, conditions[1].value) == (">=", "74.8")
    led = {code for task in plan.tasks if task.lead for code in task.targets}
    assert led == {"1", "2", "3", "4"}
    recognition = [each.text for each in plan.targets if each.group == OF_RECOGNITION]
    assert any("hài lòng" in text for text in recognition) and len(recognition) == 3


def test_an_advanced_plan_asks_for_recognition_at_the_level_below() -> None:
    texts = [each.text for each in model("nang-cao-sau-sua-doi").targets]
    assert any("Đạt chuẩn xã nông thôn mới và đủ Bộ tiêu chí" in text for text in texts)


def test_what_is_not_chosen_stays_open() -> None:
    plan = model("thanh-dinh-2024", chosen=False)
    assert plan.groups[0].targets == [] and plan.groups[0].rule.of == 7
    assert "xã chọn" not in "\n".join(back(plan).text)
    assert "; xã chọn: Sản xuất." in "\n".join(back(model("thanh-dinh-2024")).text)


def test_a_field_that_is_not_loaded_is_no_option() -> None:
    made = outcome("thu-nhap-cao-hon")
    (group,) = groups(made.verdict, made.law)
    assert (group.options, group.of, group.at_least) == ((), None, 1)


def test_each_village_has_its_goal_its_day_and_its_work() -> None:
    plan = model("thanh-dinh-2024")
    assert [(each.name, each.goal) for each in plan.villages] == [
        ("Chợ", "smart-village"), ("Đông", "model-village"),
    ]  # fmt: skip
    text = "\n".join(back(plan).text)
    assert "Xây dựng ấp Đông đạt chuẩn khu dân cư nông thôn mới kiểu mẫu trước ngày 31/10/2025" in (
        text
    )


def test_the_days_of_a_campaign_are_those_of_its_waves() -> None:
    assert days_of(WAVES) == 60
    plan = campaign()
    assert plan.campaign is not None and plan.campaign.days == 60
    assert plan.document.title is not None and "cao điểm 60 ngày" in plan.document.title


def test_amounts_stand_by_village_and_the_day_of_the_report_is_told() -> None:
    text = "\n".join(back(campaign()).text)
    assert "TT | Nội dung | Đơn vị tính | Thôn Chợ | Thôn Đình | Thôn Bến" in text
    assert "Trưởng các thôn | UBND xã | hằng ngày | trước 16 giờ 30" in text


# --- Concrete work -----------------------------------------------------------------------------


def proposals(name: str, last: Plan | None = None, **more: object) -> dict[str, Proposal]:
    made = outcome(name)
    asked = Wish(commune="Làng Mẫu", year=2026, until=date(2026, 12, 15),
                 goals=open_criteria(made), **more)  # type: ignore[arg-type]  # fmt: skip
    return {each.indicator: each for each in propose(made.verdict, made.law, asked, last)}


def test_work_names_the_usual_step_the_number_lacking_and_what_is_handed_in() -> None:
    steps = {"6": [UsualStep("Xây, sửa nơi còn thiếu", "Biên bản nghiệm thu", 130),
                   UsualStep("Rà soát", "Bảng rà soát", 15)]}  # fmt: skip
    text = proposals("hoa-cu-2024", steps=steps)["6.3"].task
    assert text.startswith("Xây, sửa nơi còn thiếu, đưa tỷ lệ thôn")
    assert "từ 85,71 % lên 100 % (chỉ tiêu 6.3); minh chứng: biên bản nghiệm thu" in text


def test_without_a_usual_step_the_number_lacking_is_the_work() -> None:
    found = proposals("hoa-cu-2024")
    assert found["6.3"].task.startswith("Đưa tỷ lệ thôn")
    assert "lập hồ sơ minh chứng chỉ tiêu" not in " ".join(each.task for each in found.values())


def test_numbers_to_be_gathered_are_named_with_their_parts() -> None:
    text = proposals("hoa-cu-2024")["4.2"].task
    assert "“tỷ lệ hộ được sử dụng điện an toàn" in text and "tổng số hộ)” cho chỉ tiêu 4.2" in text


def last_year(number: int, name: str, *needs: tuple[str, int]) -> Plan:
    return Plan(
        document=Document(),
        criteria=[Criterion(number=number, name=name, lines=NOWHERE)],
        funding=Funding(needs=[
            Need(text=text, amount=amount, criterion=number, lines=NOWHERE)
            for text, amount in needs
        ]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("last", "indicator", "cost"),
    [
        (last_year(15, "Y tế", ("chỉ tiêu 15.1", 7_000_000)), "15.1", 7_000_000),
        (last_year(15, "Y tế", ("chỉ tiêu 15.1", 7_000_000)), "15.2", None),
        (last_year(15, "Y tế", ("mua thiết bị", 7_000_000)), "15.1", None),  # several are open
        (last_year(16, "Văn hóa", ("mua loa", 9_000_000)), "16", 9_000_000),
        (last_year(16, "Tiếp cận pháp luật", ("mua loa", 9_000_000)), "16", None),  # another set
    ],
)
def test_last_years_cost_is_proposed_where_it_is_of_the_same_work(
    last: Plan, indicator: str, cost: int | None
) -> None:
    found = proposals("hoa-cu-2024", last)[indicator]
    assert (found.cost, found.proposed) == (cost, cost)


def test_a_cost_that_people_gave_is_no_proposal_of_last_year() -> None:
    last = last_year(16, "Văn hóa", ("mua loa", 9_000_000))
    found = proposals("hoa-cu-2024", last, costs={"16": 1_000_000})["16"]
    assert (found.cost, found.proposed) == (1_000_000, None)
