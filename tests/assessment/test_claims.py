"""What an accepted plan says stands beside the verdict, and where both cannot be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dinhlang.assessment.selectors import board as boarding
from dinhlang.assessment.selectors.board import Board
from dinhlang.assessment.selectors.claims import claims
from dinhlang.law.sets import CriteriaSet
from dinhlang.papers import plan as p
from dinhlang.plans.models import Plan
from tests.assessment.small_law import DAY, SET, VILLAGES, enter, small_law
from tests.plans.living import a_plan
from tests.plans.papers import small_plan
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]


def the_set(set_id: str = SET) -> CriteriaSet:
    return small_law().sets[set_id]


@pytest.fixture
def plan(filled: World, private_folder: Path) -> Plan:
    """The small plan of 2030 of commune A: Điện kept, Giao thông aimed at with 95 %."""
    return a_plan(filled.people["leader"], filled.places["a"])


def board_of(world: World, who: str = "leader") -> Board:
    found = boarding.board(world.people[who], world.places["a"], SET, DAY)
    assert found is not None
    return found


def test_statuses_targets_tasks_and_who_leads_come_from_the_plan(filled: World, plan: Plan) -> None:
    found = claims(filled.people["leader"], filled.places["a"], the_set(), DAY)
    assert {number: claim.status for number, claim in found.criteria.items()} == {
        "4": "maintain",
        "2": "to_reach",
    }
    assert found.criteria["2"].gaps == ("đường trục chưa xong",)
    assert found.criteria["4"].words == "kế hoạch 2030 ghi: giữ vững"
    assert found.criteria["4"].href.startswith(f"/ke-hoach/{plan.pk}/van-ban#m")
    assert [target.demand for target in found.targets["2.1"]] == ["≥ 95 %"]
    assert found.owners == {"2": "Công chức địa chính"}
    assert [task.text for task in found.tasks["2"]] == ["Hoàn thành đường trục"]
    assert found.plans == [plan]


def test_a_claim_is_shown_only_until_facts_settle_the_matter(filled: World, plan: Plan) -> None:
    assert [tile.shows_claim for tile in board_of(filled).tiles] == [False, False, False]
    officer, place = filled.people["officer"], filled.places["a"]
    enter(officer, place, "dien_an_toan")  # taken back
    power = board_of(filled).tiles[1]
    assert power.look.words == "Chưa đủ số liệu"
    assert power.shows_claim


def test_a_claim_is_never_a_verdict(world: World, law: None, plan_of_nothing: Plan) -> None:
    found = board_of(world).verdict
    assert found.criteria_counts.met == 0


@pytest.fixture
def plan_of_nothing(world: World, law: None, private_folder: Path) -> Plan:
    """The small plan where no number was entered."""
    return a_plan(world.people["leader"], world.places["a"])


def test_a_plan_that_takes_as_reached_what_facts_deny_is_contradicted(
    filled: World, plan: Plan
) -> None:
    assert board_of(filled).tiles[1].contradictions == ()
    enter(filled.people["officer"], filled.places["a"], "dien_an_toan", yes=False)
    (said,) = board_of(filled).tiles[1].contradictions
    assert said.text == "Kế hoạch 2030 ghi: giữ vững, số liệu cho thấy chưa đạt."


def test_a_target_below_the_threshold_of_the_law_is_contradicted(filled: World, plan: Plan) -> None:
    (said,) = board_of(filled).tiles[0].contradictions
    assert "≥ 95 %" in said.text
    assert "≥ 98 %" in said.text
    assert said.href.startswith(f"/ke-hoach/{plan.pk}/van-ban#m")


@pytest.mark.parametrize(
    ("target", "weaker"),
    [
        ({"comparator": ">=", "value": "98"}, False),
        ({"comparator": ">=", "value": "97.9"}, True),
        ({"comparator": "=", "value": "90"}, True),
        ({"comparator": "<=", "value": "10"}, False),
        ({"comparator": ">=", "value": "12", "unit": "km"}, False),
        ({"comparator": "yes", "value": None, "unit": None}, False),
        ({"comparator": ">=", "value": "90", "place": "thôn Đông"}, False),
    ],
)
def test_only_a_target_of_the_same_unit_and_direction_can_be_weaker(
    filled: World, target: dict[str, Any], weaker: bool
) -> None:
    paper = small_plan()
    for name, value in target.items():
        setattr(paper.targets[0], name, value)
    a_plan(filled.people["leader"], filled.places["a"], paper)
    assert bool(board_of(filled).tiles[0].contradictions) is weaker


def test_the_newest_plan_speaks_where_two_do(filled: World, plan: Plan) -> None:
    older = small_plan()
    older.document.years = [2029]
    older.criteria[0].status = "to_reach"
    older.criteria.append(p.Criterion(number=10, name="Thu nhập", status="reached", lines=(10, 10)))
    a_plan(filled.people["leader"], filled.places["a"], older)
    found = claims(filled.people["leader"], filled.places["a"], the_set(), DAY)
    assert found.criteria["4"].status == "maintain"
    assert found.criteria["10"].words == "kế hoạch 2029 ghi: đã đạt"


@pytest.mark.parametrize(
    ("set_id", "on"),
    [(VILLAGES, DAY), (SET, date(2029, 12, 31))],
    ids=["another level", "a year before the plan"],
)
def test_a_plan_says_nothing_of_another_level_or_of_a_year_before_it(
    filled: World, plan: Plan, set_id: str, on: date
) -> None:
    found = claims(filled.people["leader"], filled.places["a"], the_set(set_id), on)
    assert found.criteria == {}
    assert found.plans == []
    assert bool(found.unmatched) is (set_id == VILLAGES), "a plan of a later year is not missed"


def test_a_plan_says_nothing_of_a_set_of_other_years(filled: World, plan: Plan) -> None:
    later = replace(the_set(), years=(2031, 2035))
    found = claims(filled.people["leader"], filled.places["a"], later, DAY)
    assert found.plans == []


def test_who_may_not_see_the_plan_sees_no_claims(filled: World, plan: Plan) -> None:
    seen = {
        who: len(claims(filled.people[who], filled.places["a"], the_set(), DAY).plans)
        for who in ("leader", "province", "elsewhere", "village_head")
    }
    assert seen == {"leader": 1, "province": 1, "elsewhere": 0, "village_head": 0}


def test_a_village_that_a_plan_names_has_its_claim(filled: World) -> None:
    paper = small_plan()
    paper.villages[0].name = "Đình Thượng"
    paper.villages[0].status = "reached"
    a_plan(filled.people["leader"], filled.places["a"], paper)
    leader, village = filled.people["leader"], filled.places["a1"]
    found = boarding.board(leader, village, VILLAGES, DAY)
    assert found is not None
    assert found.whole_claim is not None
    assert found.whole_claim.words == "kế hoạch 2030 ghi: đã đạt"
    assert found.whole_contradiction is None
    enter(None, village, "thon_sach_dep", yes=False)
    found = boarding.board(leader, village, VILLAGES, DAY)
    assert found is not None
    assert found.whole_contradiction is not None
    other = boarding.board(leader, filled.places["a2"], VILLAGES, DAY)
    assert other is not None
    assert other.whole_claim is None


def test_a_plan_of_another_level_is_named_with_the_reason(filled: World, plan: Plan) -> None:
    other = replace(the_set(), level="modern")
    (left,) = claims(filled.people["leader"], filled.places["a"], other, DAY).unmatched
    assert left.plan == plan
    assert left.text.startswith("Kế hoạch 2030 nói về bộ tiêu chí nông thôn mới nâng cao, ")
    assert "không ghép được với bộ này vì đây là bộ tiêu chí nông thôn mới hiện đại" in left.text


def test_a_plan_of_years_outside_those_of_the_set_is_named_with_the_reason(
    filled: World, plan: Plan
) -> None:
    earlier = replace(the_set(), years=(2021, 2025))
    (left,) = claims(filled.people["leader"], filled.places["a"], earlier, DAY).unmatched
    assert "vì bộ này của giai đoạn 2021–2025" in left.text
    later_day = date(2031, 6, 1)
    later = claims(filled.people["leader"], filled.places["a"], earlier, later_day)
    assert later.unmatched == [], "a plan whose year is over is not missed"


def test_criteria_of_a_plan_that_are_none_of_the_set_are_named(filled: World) -> None:
    paper = small_plan()
    paper.criteria.append(p.Criterion(number=17, name="Vườn hộ", status="reached", lines=(10, 10)))
    a_plan(filled.people["leader"], filled.places["a"], paper)
    (left,) = claims(filled.people["leader"], filled.places["a"], the_set(), DAY).unmatched
    assert "1/3 tiêu chí không ghép được" in left.text
    assert "Vườn hộ" in left.text


def test_the_board_says_which_plan_it_could_not_use(filled: World, plan: Plan) -> None:
    a_plan(filled.people["leader"], filled.places["a"], of_another_level())
    found = board_of(filled)
    assert [each.title for each in found.claims.plans] == [plan.title]
    assert len(found.claims.unmatched) == 1


def of_another_level() -> p.Plan:
    paper = small_plan()
    paper.levels = ["model"]
    for criterion in paper.criteria:
        criterion.level = "model"
    return paper
