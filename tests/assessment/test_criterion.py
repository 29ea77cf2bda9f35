"""The page of a criterion: rule beside value, who entered and confirmed, what is missing, where."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from dinhlang.assessment.selectors.criterion import CriterionView, criterion
from dinhlang.facts.models import Evidence, EvidenceLink, FileKind
from dinhlang.facts.services.entries import confirm
from dinhlang.work.said import Said
from dinhlang.work.services.tasks import create
from tests.assessment.small_law import DAY, NEXT, SET, enter
from tests.plans.living import a_plan
from tests.world import World

pytestmark = pytest.mark.django_db


def page(
    world: World, number: str, on: date = DAY, who: str = "leader", place: str = "a"
) -> CriterionView:
    found = criterion(world.people[who], world.places[place], SET, number, on)
    assert found is not None
    return found


def test_no_page_for_a_criterion_or_a_set_that_is_not_there(filled: World) -> None:
    leader, place = filled.people["leader"], filled.places["a"]
    assert criterion(leader, place, SET, "99", DAY) is None
    assert criterion(leader, place, "qd-mau-2028/khong-co", "2", DAY) is None
    assert criterion(leader, filled.places["a1"], SET, "2", DAY) is None


def test_the_rule_its_source_and_how_far_it_is_checked_stand_beside_the_value(
    filled: World,
) -> None:
    roads, clean = page(filled, "2").indicators
    assert "98 %" in roads.said.rule
    assert roads.checked.words == "số liệu mẫu"
    assert [source.words for source in roads.sources] == ["bộ mẫu"]
    assert roads.facts[0].fact.value == "11,6/12,4 (93,55 %)"
    assert clean.checked.words == "chưa đối chiếu văn bản"


def test_who_entered_and_who_confirmed_is_told(filled: World) -> None:
    (used,) = page(filled, "4").indicators[0].facts
    assert (used.fact.by, used.fact.confirmed) == ("Công Chức Mẫu", False)
    confirm(filled.people["leader"], filled.places["a"], [used.fact.id or 0])
    (used,) = page(filled, "4").indicators[0].facts
    assert (used.fact.confirmed, used.fact.confirmed_by) == (True, "Lãnh Đạo Mẫu")


def test_a_missing_number_leads_to_its_line_of_the_grid(world: World, law: None) -> None:
    (gap,) = page(world, "4").indicators[0].gaps
    place = world.places["a"].pk
    assert "Hệ thống điện đạt chuẩn" in gap.words
    assert "Công ty Điện lực" in gap.words
    assert gap.href.startswith(f"/so-lieu/{place}/?")
    assert "ky=2030" in gap.href


def test_a_missing_threshold_leads_to_the_set(filled: World) -> None:
    (gap,) = page(filled, "10", on=date(2031, 6, 1)).indicators[0].gaps
    assert "chưa nạp ngưỡng" in gap.words.lower()
    assert SET in gap.href


def test_a_rule_over_villages_shows_each_of_them_with_a_way_to_its_board(filled: World) -> None:
    enter(None, filled.places["a2"], "thon_sach_dep", yes=False)
    clean = page(filled, "2").indicators[1]
    rows = {row.name: (row.look.words, row.value) for row in clean.below}
    assert rows == {
        "Thôn Đình Hạ": ("Chưa đạt", "Chưa đạt"),
        "Thôn Đình Thượng": ("Đạt", "Đạt"),
    }
    assert all(row.href.startswith("/tieu-chi/") for row in clean.below)


def test_an_amended_indicator_says_by_what_and_from_when(filled: World) -> None:
    assert page(filled, "4").indicators[0].amended == []
    (step,) = page(filled, "4", on=date(2031, 2, 1)).indicators[0].amended
    assert (step.decision, step.valid_from) == ("02/2031/QĐ-MẪU", date(2031, 1, 1))


def test_neighbours_lead_through_the_set_in_its_order(filled: World) -> None:
    middle = page(filled, "4")
    assert middle.before is not None
    assert middle.after is not None
    assert (middle.before.number, middle.after.number) == ("2", "10")
    assert page(filled, "2").before is None
    assert page(filled, "10").after is None


@pytest.mark.usefixtures("private_folder")
def test_the_tasks_of_the_plan_that_name_the_criterion_are_there(filled: World) -> None:
    a_plan(filled.people["leader"], filled.places["a"])
    found = page(filled, "2")
    assert [task.text for task in found.tasks] == ["Hoàn thành đường trục"]
    assert found.owner == "Công chức địa chính"
    assert page(filled, "4").tasks == []
    assert page(filled, "2", who="elsewhere").tasks == []


def proof(world: World, place: str, title: str) -> Evidence:
    made = Evidence(
        place=world.places[place],
        title=title,
        filename="a.pdf",
        kind=FileKind.PDF,
        size=1,
        sha256=title.encode().hex().ljust(64, "0")[:64],
        given_sha256=title.encode().hex().ljust(64, "0")[:64],
        at=datetime(2030, 1, 2, tzinfo=UTC),
    )
    made.save()
    return made


def test_evidence_of_the_indicator_and_of_its_numbers_is_shown_once(filled: World) -> None:
    place = filled.places["a"]
    both, number = proof(filled, "a", "Biên bản nghiệm thu"), proof(filled, "a", "Sổ đường")
    aside = proof(filled, "a", "Đã bỏ")
    aside.set_aside_at = datetime(2030, 2, 1, tzinfo=UTC)
    aside.save()
    at = datetime(2030, 1, 3, tzinfo=UTC)
    for paper, link in (
        (both, {"set_id": SET, "number": "2.1"}),
        (both, {"measure": "ty_le_duong_cung_hoa"}),
        (number, {"measure": "ty_le_duong_cung_hoa", "year": 2030}),
        (aside, {"set_id": SET, "number": "2.1"}),
    ):
        EvidenceLink.objects.create(evidence=paper, place=place, at=at, **link)
    roads, clean = page(filled, "2").indicators
    assert [each.title for each in roads.evidence] == ["Biên bản nghiệm thu", "Sổ đường"]
    assert clean.evidence == []


def test_a_task_that_names_the_number_of_another_set_or_of_none_is_not_shown(
    filled: World,
) -> None:
    leader, place = filled.people["leader"], filled.places["a"]
    for text, set_id in (("Của bộ này", SET), ("Của bộ khác", NEXT), ("Không rõ bộ nào", "")):
        said = Said(text=text, criterion="2", criterion_set=set_id)
        create(leader, place, said, uuid4())
    assert [task.text for task in page(filled, "2").tasks] == ["Của bộ này"]
