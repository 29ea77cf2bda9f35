"""A draft is begun from the gaps, changed box by box, and filed once."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.assessment.planning.models import ItemEstimate
from dinhlang.assessment.planning.selectors import plan as way
from dinhlang.drafting import fields, selectors, services
from dinhlang.drafting.fields import BadValue
from dinhlang.drafting.models import Draft
from dinhlang.drafting.services import BadStart, Change, Closed
from dinhlang.law.verdicts import State
from dinhlang.papers.drafting import APPRAISAL
from dinhlang.papers.plan import Plan as PaperPlan
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from dinhlang.plans.models import Plan, Review
from dinhlang.plans.services import plans as accepting
from dinhlang.plans.services import uploads
from dinhlang.work.models import Task
from tests.assessment.small_law import DAY, SET, enter
from tests.drafting.drafts import GOALS, UNTIL, a_draft, typed
from tests.papers.writing.test_round_trip import items
from tests.plans.living import a_plan
from tests.plans.papers import small_plan
from tests.world import World

pytestmark = pytest.mark.django_db


def told(verb: str) -> list[dict[str, Any]]:
    return [json.loads(line.details) for line in AuditLine.objects.filter(verb=verb)]


def test_every_gap_of_the_chosen_criteria_becomes_a_row(draft: Draft) -> None:
    assert [row["indicator"] for row in draft.rows] == ["2.1", "4"]
    roads, power = draft.rows
    assert "93,55 %" in roads["gap"] and roads["due"] == (UNTIL - APPRAISAL).isoformat()
    assert power["task"].startswith("Thu thập, xác nhận số liệu") and power["due"] == "2031-03-31"
    assert all(row["wanted"] and row["lead"] and row["cost"] is None for row in draft.rows)
    assert draft.goals == ["2", "4", "10"]
    assert told("soạn kế hoạch năm")[0]["rows"] == 2


def test_a_form_sent_twice_begins_one_draft(gaps: World) -> None:
    key = uuid4()
    assert a_draft(gaps, key=key) == a_draft(gaps, key=key)
    assert Draft.objects.count() == 1
    assert len(told("soạn kế hoạch năm")) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"goals": frozenset()}, "ít nhất một tiêu chí"),
        ({"goals": frozenset({"10"})}, "đều đạt"),
        ({"until": date(2032, 1, 1)}, "phải trong năm 2031"),
        ({"year": 2030, "until": DAY}, "sau hôm nay"),
        ({"set_id": "qd-0-0000/khong-co"}, "chọn bộ tiêu chí"),
    ],
)
def test_a_draft_that_cannot_begin_says_why(gaps: World, given: Any, words: str) -> None:
    with pytest.raises(BadStart, match=words):
        a_draft(gaps, **given)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("who", ["province", "village_head", "resident", "elsewhere"])
def test_who_may_not_edit_the_place_begins_nothing(gaps: World, who: str) -> None:
    with pytest.raises(AccessDenied):
        a_draft(gaps, who)


def test_last_years_plan_gives_leads_and_proposes_its_sources_and_amounts(gaps: World) -> None:
    last = a_plan(gaps.people["leader"], gaps.places["a"])
    found = a_draft(gaps, last=last.current)
    assert found.rows[0]["lead"] == "Công chức địa chính"
    (source,) = selectors.paper_of(last.current).funding.sources
    assert source.amount
    assert found.sources == [
        {"text": "ngân sách xã", "amount": source.amount, "conditional": True,
         "proposed": source.amount}
    ]  # fmt: skip


def test_unfinished_work_on_an_indicator_is_taken_over(gaps: World) -> None:
    def task(text: str, **given: Any) -> None:
        given = {"criterion_set": SET, "criterion": "2", "indicator": "2.1", **given}
        Task.objects.create(place=gaps.places["a"], text=text, created=timezone.now(), **given)

    task("Việc đã xong", state="done")
    task("Việc của bộ khác", criterion_set="bo-khac")
    task("Đổ bê tông đường trục thôn Đông.")
    assert a_draft(gaps).rows[0]["task"] == "Đổ bê tông đường trục thôn Đông"


def test_costs_and_months_given_on_the_shortest_way_are_taken_over(gaps: World) -> None:
    shown = way(gaps.places["a"], SET, DAY)
    assert shown is not None
    (key,) = [
        row.item.key for row in shown.rows if any(each.number == "2.1" for each in row.item.serves)
    ]
    ItemEstimate.objects.create(
        place=gaps.places["a"], item=key, name="Đường", cost=400_000_000, months=4, key=uuid4(),
        made_by=gaps.people["officer"], made_at=timezone.now(),
    )  # fmt: skip
    roads, power = a_draft(gaps).rows
    assert roads["cost"] == 400_000_000
    assert roads["due"] == "2031-05-01"
    assert power["cost"] is None


def test_work_is_never_due_before_it_can_begin(gaps: World) -> None:
    found = a_draft(gaps, on=DAY, until=date(2031, 1, 20))
    assert {row["due"] for row in found.rows} == {"2031-01-20"}


# --- Boxes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("cost", "350 triệu", 350_000_000),
        ("cost", "1,2 ty", 1_200_000_000),
        ("cost", "350.000.000", 350_000_000),
        ("cost", "  ", None),
        ("due", "30/9", "2031-09-30"),
        ("due", "5-6-2031", "2031-06-05"),
        ("task", "  làm   đường ", "làm đường"),
        ("wanted", "1", True),
        ("wanted", "", False),
        ("partners", "", ""),
    ],
)
def test_what_is_typed_is_read_as_people_write_it(name: str, text: str, value: Any) -> None:
    assert fields.parse(fields.FIELDS["r"][name], text, 2031, UNTIL) == value


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("cost", "nhiều", "350 triệu"),
        ("cost", "350", "cả đơn vị"),
        ("cost", "20.000 tỷ", "10.000 tỷ"),
        ("due", "31/11", "Hạn ghi như"),
        ("due", "1/12/2031", "phấn đấu đạt chuẩn"),
        ("due", "1/12/2030", "trong năm 2031"),
        ("due", "", "ghi hạn"),
        ("lead", " ", "đơn vị chủ trì"),
        ("task", "", "việc cần làm"),
        ("lead", "x" * 201, "Dài quá 200"),
    ],
)
def test_what_cannot_be_is_refused_in_words(name: str, text: str, words: str) -> None:
    with pytest.raises(BadValue, match=words):
        fields.parse(fields.FIELDS["r"][name], text, 2031, UNTIL)


def test_what_can_be_taken_is_kept_and_the_rest_is_told(world: World, draft: Draft) -> None:
    changes = [
        Change("r0.cost", "350 triệu", ""),
        Change("r1.cost", "nhiều", ""),
        Change("r0.wanted", "", "1"),
        Change("s0.amount", "1 tỷ", ""),
        Change("r9.cost", "1 tỷ", ""),
        Change("r0.indicator", "9.9", "2.1"),
    ]
    saved = services.save(world.people["leader"], draft.pk, changes)
    assert set(saved.troubles) == {"r1.cost", "r9.cost", "r0.indicator"}
    assert saved.shown["r0.cost"] == "350 triệu đồng"
    assert saved.shown["r1.cost"] == ""
    draft.refresh_from_db()
    assert draft.rows[0]["cost"] == 350_000_000
    assert not draft.rows[0]["wanted"]
    assert draft.sources[0]["amount"] == 1_000_000_000
    assert (draft.revision, draft.changed_by) == (1, world.people["leader"])
    assert told("sửa bản thảo kế hoạch")[0]["boxes"]["r0.cost"] == ["", "350 triệu đồng"]


def test_the_same_box_sent_again_changes_nothing_more(world: World, draft: Draft) -> None:
    for _ in range(2):
        assert not typed(world.people["officer"], draft, "r0.lead", "Công an xã").troubles
    draft.refresh_from_db()
    assert draft.revision == 1
    assert len(told("sửa bản thảo kế hoạch")) == 1


def test_what_somebody_else_typed_meanwhile_is_not_lost(world: World, draft: Draft) -> None:
    was = draft.rows[0]["lead"]
    typed(world.people["leader"], draft, "r0.lead", "Công an xã", was)
    saved = typed(world.people["officer"], draft, "r0.lead", "Hội Nông dân xã", was)
    assert "Lãnh Đạo Mẫu vừa sửa ô này thành “Công an xã”" in saved.troubles["r0.lead"]
    saved = typed(world.people["officer"], draft, "r0.lead", "Hội Nông dân xã", "Công an xã")
    assert not saved.troubles
    draft.refresh_from_db()
    assert draft.rows[0]["lead"] == "Hội Nông dân xã"


def test_a_source_is_added_once_for_each_page_that_asks(world: World, draft: Draft) -> None:
    count = len(draft.sources)
    for _ in range(2):
        services.add_source(world.people["officer"], draft.pk, count)
    draft.refresh_from_db()
    assert len(draft.sources) == count + 1


def test_work_is_added_once_for_each_page_that_asks(world: World, draft: Draft) -> None:
    count = len(draft.rows)
    lines = [services.add_row(world.people["officer"], draft.pk, "2.1", count) for _ in range(2)]
    assert lines == [count, None]
    assert services.add_row(world.people["officer"], draft.pk, "99.9", count + 1) is None
    draft.refresh_from_db()
    assert [row["indicator"] for row in draft.rows] == ["2.1", "4", "2.1"]
    assert draft.rows[2]["wanted"] and draft.rows[2]["task"] and draft.rows[2]["lead"]


def test_work_that_keeps_up_what_is_met_makes_no_new_goal(world: World, draft: Draft) -> None:
    verdict = selectors.ground(draft).verdict
    met = next(each for each in verdict.criteria if each.state is State.MET)
    Draft.objects.filter(pk=draft.pk).update(goals=["2", "4"])
    number = met.indicators[0].indicator.number
    services.add_row(world.people["officer"], draft.pk, number, len(draft.rows))
    draft.refresh_from_db()
    assert draft.rows[-1]["gap"] == f"Giữ vững chỉ tiêu {number}"
    made = selectors.plan(selectors.ground(draft))
    kept = next(each for each in made.criteria if str(each.number) == met.criterion.number)
    assert kept.status == "maintain" and not kept.gaps
    assert any(number in task.text for task in made.tasks)


def test_money_is_added_up_from_what_goes_into_the_plan(world: World, draft: Draft) -> None:
    officer = world.people["officer"]
    for name, value in (
        ("r0.cost", "3 tỷ"), ("r1.cost", "500 triệu"), ("s0.amount", "2 tỷ"),
        ("s1.amount", "1 tỷ"), ("s1.conditional", "1"),
    ):  # fmt: skip
        typed(officer, draft, name, value)
    draft.refresh_from_db()
    found = selectors.sums(draft)
    assert (found.needs, found.sources, found.usable) == (3_500_000_000, 3 * 10**9, 2 * 10**9)
    assert found.words()["balance"] == "1,5 tỷ đồng"
    assert found.words()["sources"] == "2 tỷ đồng"
    assert found.words()["conditional"] == "có điều kiện, chưa tính: 1 tỷ đồng"
    assert found.standing == "Còn thiếu"


@pytest.mark.parametrize(
    ("figures", "standing", "balance"),
    [
        ({"needs": 0, "unpriced": 2, "sources": 5 * 10**9, "usable": 5 * 10**9}, "Cân đối", "–"),
        ({"needs": 0, "unpriced": 0, "sources": 0, "usable": 0}, "Cân đối", "–"),
        ({"needs": 10**9, "unpriced": 1, "sources": 2 * 10**9, "usable": 2 * 10**9},
         "Chưa đủ số để cân đối", "–"),
        ({"needs": 10**9, "unpriced": 0, "sources": 2 * 10**9, "usable": 2 * 10**9},
         "Còn thừa", "1 tỷ đồng"),
        ({"needs": 10**9, "unpriced": 0, "sources": 2 * 10**9, "usable": 0},
         "Còn thiếu", "1 tỷ đồng"),
        ({"needs": 10**9, "unpriced": 0, "sources": 10**9, "usable": 10**9},
         "Vừa đủ", "0 đồng"),
    ],
)  # fmt: skip
def test_money_is_said_to_be_left_only_when_every_need_is_known(
    figures: dict[str, int], standing: str, balance: str
) -> None:
    found = selectors.Sums(**figures, wanted=2, rows=2)
    assert (found.standing, found.words()["balance"]) == (standing, balance)


def test_a_criterion_whose_work_is_all_left_out_is_no_goal(world: World, draft: Draft) -> None:
    typed(world.people["officer"], draft, "r0.wanted", "", "1")
    draft.refresh_from_db()
    made = selectors.plan(selectors.ground(draft))
    assert [c.number for c in made.criteria if c.status == "to_reach"] == [4, 10]


def test_numbers_that_come_later_do_not_change_a_draft(world: World, draft: Draft) -> None:
    before = selectors.plan(selectors.ground(draft))
    enter(world.people["officer"], world.places["a"], "dien_an_toan", yes=True)
    assert selectors.plan(selectors.ground(draft)) == before


# --- Checks --------------------------------------------------------------------------------------


def test_a_draft_as_proposed_has_no_errors(draft: Draft) -> None:
    found = selectors.checked(selectors.ground(draft))
    assert [each.finding.code for each in found if each.finding.severity == "error"] == []


def test_an_error_points_to_the_row_it_is_in(world: World, draft: Draft) -> None:
    typed(world.people["officer"], draft, "r1.task", "Bảo đảm 120% hộ dân dùng điện an toàn")
    draft.refresh_from_db()
    found = selectors.checked(selectors.ground(draft))
    pointed = [(each.row, each.indicator) for each in found if "120" in each.finding.message]
    assert pointed == [(1, "4")]


# --- Filing --------------------------------------------------------------------------------------


def test_it_is_filed_once_and_then_closed(world: World, draft: Draft) -> None:
    officer = world.people["officer"]
    first = services.file(officer, draft.pk, uuid4())
    assert services.file(world.people["leader"], draft.pk, uuid4()) == first
    assert Review.objects.count() == 1
    assert first.filename.startswith("Kế hoạch xây dựng nông thôn mới nâng cao năm 2031")
    with pytest.raises(Closed):
        typed(officer, draft, "r0.lead", "Công an xã")
    with pytest.raises(Closed):
        services.set_aside(officer, draft.pk)
    uploads.set_aside(officer, first)
    assert not typed(officer, draft, "r0.lead", "Công an xã").troubles
    assert services.file(officer, draft.pk, uuid4()) != first


def test_a_draft_without_work_is_not_filed(world: World, draft: Draft) -> None:
    for row in (0, 1):
        typed(world.people["officer"], draft, f"r{row}.wanted", "", "1")
    with pytest.raises(BadStart, match="Chưa chọn việc nào"):
        services.file(world.people["officer"], draft.pk, uuid4())


def test_a_discarded_draft_is_closed_until_it_is_taken_back(world: World, draft: Draft) -> None:
    officer = world.people["officer"]
    services.set_aside(officer, draft.pk)
    with pytest.raises(Closed):
        services.file(officer, draft.pk, uuid4())
    with pytest.raises(Closed):
        typed(officer, draft, "r0.lead", "Công an xã")
    services.take_back(officer, draft.pk)
    assert not typed(officer, draft, "r0.lead", "Công an xã").troubles
    assert told("bỏ bản thảo kế hoạch") and told("khôi phục bản thảo kế hoạch")


@pytest.mark.parametrize("who", ["province", "village_head", "resident", "elsewhere"])
def test_who_may_not_edit_the_place_changes_nothing(world: World, draft: Draft, who: str) -> None:
    stranger = world.people[who]
    for verb in (
        lambda: typed(stranger, draft, "r0.lead", "x"),
        lambda: services.add_source(stranger, draft.pk, 4),
        lambda: services.add_row(stranger, draft.pk, "2.1", len(draft.rows)),
        lambda: services.set_aside(stranger, draft.pk),
        lambda: services.take_back(stranger, draft.pk),
        lambda: services.file(stranger, draft.pk, uuid4()),
    ):
        with pytest.raises(AccessDenied):
            verb()
    draft.refresh_from_db()
    assert draft.revision == 0


def read_back(draft: Draft, user: Any) -> tuple[PaperPlan, Plan]:
    """The plan that the filed draft is read as, and accepted as."""
    review = services.file(user, draft.pk, uuid4())
    uploads.run(review.pk)
    review.refresh_from_db()
    assert review.state == "done", review.error_message
    version = accepting.accept(user, review.pk, review.revision)
    return selectors.paper_of(version), version.plan


@pytest.mark.parametrize("with_last", [False, True])
def test_the_filed_plan_is_read_as_the_drafted_one(gaps: World, with_last: bool) -> None:
    leader = gaps.people["leader"]
    last = a_plan(leader, gaps.places["a"], small_plan()).current if with_last else None
    draft = a_draft(gaps, last=last)
    for name, value in (
        ("r0.cost", "3 tỷ"), ("r0.partners", "Công an xã; Hội Nông dân xã"), ("r1.due", "15/6"),
        ("s0.text", "Ngân sách xã"), ("s0.amount", "2 tỷ"),
    ):  # fmt: skip
        assert not typed(gaps.people["officer"], draft, name, value).troubles
    draft.refresh_from_db()
    made = selectors.plan(selectors.ground(draft))
    back, plan = read_back(draft, leader)
    assert items(back) == items(made)
    assert plan.year == 2031
    assert Task.objects.get(of_plan__plan=plan, end=date(2031, 6, 15)).offices.filter(leads=True)
    assert frozenset(draft.goals) == GOALS
