"""A plan proposed from verdicts: complete, owned, dated, and the same when read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from dinhlang.law.examples import Outcome, read_example, run, shipped_examples
from dinhlang.law.library import shipped
from dinhlang.law.verdicts import State
from dinhlang.papers import drafting
from dinhlang.papers.checking import check
from dinhlang.papers.drafting import Wish
from dinhlang.papers.plan import Document, Duty, Plan, Recipient, ReportRule, Source, Task
from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing.annexes import periods
from dinhlang.papers.writing.composing.plan import compose
from dinhlang.papers.writing.word import to_docx
from tests.papers.writing.test_round_trip import items

UNTIL = date(2026, 12, 15)
CASES = ("hoa-cu-2024", "thach-loi-giua-nam-2023", "truong-hoc-btb", "nang-cao-sau-sua-doi")
GIVEN_BY_THE_OFFICE = {"HEAD-NUMBER", "HEAD-DATE"}


@cache
def outcome(name: str) -> Outcome:
    (found,) = [(key, text) for key, text in shipped_examples() if name in key]
    return run(read_example(found[1], found[0]), shipped())


def open_criteria(made: Outcome) -> frozenset[str]:
    return frozenset(
        each.criterion.number
        for each in made.verdict.criteria
        if each.state in (State.NOT_MET, State.UNKNOWN)
    )


def wish(made: Outcome, **more: object) -> Wish:
    goals = open_criteria(made)
    return Wish(commune="Làng Mẫu", province="An Mẫu", year=2026, until=UNTIL, goals=goals, **more)  # type: ignore[arg-type]


def drafted(name: str, last: Plan | None = None, **more: object) -> Plan:
    made = outcome(name)
    asked = wish(made, **more)
    proposals = drafting.propose(made.verdict, made.law, asked, last)
    return drafting.draft(made.verdict, made.law, asked, proposals, last)


@pytest.mark.parametrize("name", CASES)
def test_every_gap_of_a_chosen_criterion_has_work_a_lead_and_a_day(name: str) -> None:
    made = outcome(name)
    proposals = drafting.propose(made.verdict, made.law, wish(made))
    wanted = [
        each.indicator.number
        for criterion in made.verdict.criteria
        if criterion.criterion.number in open_criteria(made)
        for each in criterion.indicators
        if each.state in (State.NOT_MET, State.UNKNOWN)
    ]
    assert [each.indicator for each in proposals] == wanted
    assert all(each.lead and each.task and each.gap for each in proposals)
    assert all(each.due <= UNTIL - drafting.APPRAISAL for each in proposals)


@pytest.mark.parametrize("name", CASES)
def test_written_and_read_back_it_is_the_same_plan(name: str) -> None:
    plan = drafted(name)
    assert items(read(to_docx(compose(plan)), "a.docx")) == items(plan)


@pytest.mark.parametrize("name", CASES)
def test_the_checker_finds_no_error_in_it(name: str) -> None:
    back = read(to_docx(compose(drafted(name))), "a.docx")
    errors = [f for f in check(back) if f.severity == "error" and f.code not in GIVEN_BY_THE_OFFICE]
    assert not errors, [f"{error.code}: {error.message}" for error in errors]


def test_a_target_is_written_only_where_the_threshold_is_known() -> None:
    made = outcome("thach-loi-giua-nam-2023")
    known = {
        each.indicator.number
        for criterion in made.verdict.criteria
        for each in criterion.indicators
        if each.verdict.threshold is not None
    }
    targets = drafted("thach-loi-giua-nam-2023").targets
    assert targets and {target.code for target in targets} <= known
    (income,) = [target for target in targets if target.code == "10"]
    assert (income.comparator, income.value) == (">=", "68")


def test_last_year_tells_who_leads_who_reports_and_who_gets_a_copy() -> None:
    last = Plan(
        document=Document(),
        duties=[Duty(office="Phòng Kinh tế", role="lead", criteria=[10], lines=(1, 1))],
        tasks=[Task(text="a", lead=["Công an xã"], criteria=[19], lines=(2, 2))],
        reporting=[ReportRule(from_="Các thôn", to="UBND xã", period="weekly", lines=(3, 3))],
        recipients=[Recipient(text=text, lines=(4, 4)) for text in ("Đảng ủy xã", "Lưu: VT")],
    )
    plan = drafted("thach-loi-giua-nam-2023", last)
    leads = {task.criteria[0]: task.lead[0] for task in plan.tasks if task.lead}
    assert leads[10] == "Phòng Kinh tế" and leads[19] == "Công an xã"
    assert [rule.from_ for rule in plan.reporting] == ["Các thôn"]
    texts = [each.text for each in plan.recipients]
    assert texts[0] == "Đảng ủy xã" and texts[-1] == "Lưu: VT" and "Phòng Kinh tế" in texts


def test_costs_become_needs_and_sources_are_written_beside_them() -> None:
    source = Source(text="Ngân sách xã", amount=300_000_000, lines=(0, 0))
    plan = drafted("hoa-cu-2024", costs={"12.1": 500_000_000}, sources=[source])
    assert [(need.criterion, need.amount) for need in plan.funding.needs] == [(12, 500_000_000)]
    back = read(to_docx(compose(plan)), "a.docx")
    assert back.funding.stated.balance == -200_000_000


def test_a_criterion_not_chosen_and_not_met_is_left_out() -> None:
    made = outcome("hoa-cu-2024")
    one = Wish(commune="Làng Mẫu", year=2026, until=UNTIL, goals=frozenset({"12"}))
    proposals = drafting.propose(made.verdict, made.law, one)
    plan = drafting.draft(made.verdict, made.law, one, proposals)
    assert {each.criterion for each in proposals} == {"12"}
    assert [c.number for c in plan.criteria if c.status == "to_reach"] == [12]


def test_work_that_is_struck_out_is_not_in_the_plan() -> None:
    made = outcome("hoa-cu-2024")
    asked = wish(made)
    first, *others = drafting.propose(made.verdict, made.law, asked)
    struck = drafting.Proposal(
        criterion=first.criterion, indicator=first.indicator, gap=first.gap, task=first.task,
        lead=first.lead, due=first.due, wanted=False,
    )  # fmt: skip
    plan = drafting.draft(made.verdict, made.law, asked, [struck, *others])
    assert first.indicator not in [target for task in plan.tasks for target in task.targets]


def test_bodies_of_the_district_become_the_provinces_from_2026_on() -> None:
    made = outcome("hoa-cu-2024")
    last = Plan(
        document=Document(), reporting=[
            ReportRule(from_="UBND xã", to="UBND huyện Bình Mẫu", period="monthly", lines=(1, 1))
        ],
        recipients=[
            Recipient(text=text, lines=(1, 1))
            for text in ("UBND huyện Bình Mẫu (để báo cáo)", "Thường trực Huyện ủy", "Lưu: VT")
        ],
    )  # fmt: skip
    asked = wish(made)
    proposals = drafting.propose(made.verdict, made.law, asked, last)
    plan = drafting.draft(made.verdict, made.law, asked, proposals, last)
    assert [rule.to for rule in plan.reporting] == ["UBND tỉnh"]
    assert [each.text for each in plan.recipients][:2] == [
        "UBND tỉnh (để báo cáo)", "Thường trực Tỉnh ủy",
    ]  # fmt: skip


def text_of(plan: Plan) -> str:
    return "\n".join(read(to_docx(compose(plan)), "a.docx").text)


def test_the_paper_says_the_goal_and_its_day() -> None:
    assert "Phấn đấu xã Làng Mẫu đạt chuẩn nông thôn mới trước ngày 15/12/2026" in text_of(
        drafted("hoa-cu-2024")
    )


def test_where_criteria_stay_open_the_goal_is_the_criteria_chosen_only() -> None:
    made = outcome("hoa-cu-2024")
    one = Wish(commune="Làng Mẫu", year=2026, until=UNTIL, goals=frozenset({"12"}))
    plan = drafting.draft(
        made.verdict, made.law, one, drafting.propose(made.verdict, made.law, one)
    )
    (aim,) = [task for task in plan.tasks if not task.lead]
    assert aim.text == "Phấn đấu xã Làng Mẫu đạt chuẩn các tiêu chí số 12"
    assert aim.deadline is not None and aim.deadline.end == "2026-12-15"


@pytest.mark.parametrize(
    ("due", "period"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 7, 1), "2026-Q2"),
        (date(2026, 10, 1), "2026-Q3"),
        (date(2026, 10, 2), "2026-10"),  # in the quarter of the goal: the month
        (date(2026, 12, 1), "2026-11"),
    ],
)
def test_work_due_before_a_day_is_in_the_period_that_ends_before_it(due: date, period: str) -> None:
    made = outcome("hoa-cu-2024")
    asked = wish(made)
    first, *_ = drafting.propose(made.verdict, made.law, asked)
    plan = drafting.draft(made.verdict, made.law, asked, [replace(first, due=due)])
    assert plan.schedule[0].period == period
    assert plan.tasks[-1].deadline is not None
    assert plan.tasks[-1].deadline.text == f"Trước {due:%d/%m/%Y}"


def test_what_the_program_has_not_loaded_stays_on_the_screen() -> None:
    made = outcome("hoa-cu-2024")
    asked = wish(made)
    first, *others = drafting.propose(made.verdict, made.law, asked)
    unknown = replace(first, gap="chưa nạp nội dung (UBND cấp tỉnh quy định)")
    plan = drafting.draft(made.verdict, made.law, asked, [unknown, *others])
    said = text_of(plan)
    assert "chưa nạp" not in said.lower()
    assert any(str(each.number) == first.criterion for each in plan.criteria)


def test_a_set_whose_indicators_are_not_loaded_gives_its_criteria_only() -> None:
    made = outcome("hoa-cu-2024")
    criterion = next(each for each in made.verdict.criteria if each.state in drafting.OPEN)
    name = "Các chỉ tiêu của tiêu chí (chưa nạp)"
    (opened, *_) = [each for each in criterion.indicators if each.state in drafting.OPEN]
    blank = replace(opened, indicator=replace(opened.indicator, name=name))
    verdict = replace(made.verdict, criteria=(replace(criterion, indicators=(blank,)),))
    number = criterion.criterion.number
    asked = wish(made, costs={opened.indicator.number: 500_000_000})
    proposals = drafting.propose(verdict, made.law, replace(asked, goals=frozenset({number})))
    plan = drafting.draft(verdict, made.law, replace(asked, goals=frozenset({number})), proposals)
    assert plan.tasks[-1].text.endswith(f"tiêu chí số {number} về {criterion.criterion.name}")
    assert plan.funding.needs[0].text == f"tiêu chí số {number}"
    assert not plan.tasks[-1].targets and "chưa nạp" not in text_of(plan).lower()


def test_the_roadmap_is_in_the_order_of_time_where_months_and_quarters_meet() -> None:
    made = outcome("hoa-cu-2024")
    asked = wish(made)
    first, second, *_ = drafting.propose(made.verdict, made.law, asked)
    early = replace(first, due=date(2026, 3, 31))
    late = replace(second, due=date(2026, 10, 20))
    plan = drafting.draft(made.verdict, made.law, asked, [early, late])
    assert periods(plan) == ["2026-Q1", "2026-10", "2026-12"]
