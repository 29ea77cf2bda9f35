"""What people did to a version is kept in the next one where the paper still says the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dinhlang.papers import plan as p
from dinhlang.papers.serial import to_json
from dinhlang.people.models import AuditLine
from dinhlang.plans.editing import draft
from dinhlang.plans.models import Plan, PlanVersion, Review
from dinhlang.plans.services import editing
from tests.plans.living import a_review, accepted, an_edit, number_of
from tests.plans.papers import small_plan
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(world: World) -> Review:
    """An upload of the officer of commune A, read as the small plan."""
    return a_review(world.people["officer"], world.places["a"])


def lower(paper: p.Plan, by: int = 2) -> p.Plan:
    """The same paper with some lines above: everything stands further down."""
    moved = _down(to_json(paper), by)
    moved["source"]["text"] = ["DỰ THẢO LẦN 2"] * by + moved["source"]["text"]
    return draft.plan_of(moved)


def _down(value: Any, by: int) -> Any:
    if isinstance(value, list):
        return [_down(each, by) for each in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for key, inner in value.items():
        if key == "lines" and inner and isinstance(inner[0], int):
            out[key] = [line + by for line in inner]
        elif key == "spans" and inner:
            out[key] = [[line + by, start, end] for line, start, end in inner]
        elif key.endswith("_lines") and inner:
            out[key] = [line + by for line in inner]
        else:
            out[key] = _down(inner, by)
    return out


def second(world: World, version: PlanVersion, paper: p.Plan | None = None) -> Review:
    """An upload to the same plan, read as this paper."""
    plan = Plan.objects.get(pk=version.plan_id)
    return a_review(world.people["officer"], world.places["a"], paper, plan)


def accept(world: World, review: Review, plan: Plan | None = None) -> PlanVersion:
    """The version the review becomes."""
    review.refresh_from_db()
    return accepted(world.people["coordinator"], review, plan)


def items(review: Review, kind: str) -> list[dict[str, Any]]:
    """The items of a kind as they are saved."""
    found: list[dict[str, Any]] = Review.objects.get(pk=review.pk).document[kind]
    return found


@pytest.fixture
def corrected(world: World, first: Review) -> PlanVersion:
    """The first version: a task reworded, a movement added, a village dropped."""
    officer = world.people["officer"]
    editing.change_item(
        an_edit(officer, first), number_of(first, "tasks"), {"text": "Làm đường trục thôn"}
    )
    editing.add_item(
        an_edit(officer, first), "movements", {"name": "Ngày thứ Bảy xanh", "lines": "10"}
    )
    editing.drop_item(an_edit(officer, first), number_of(first, "villages"))
    return accept(world, first)


@pytest.mark.parametrize("by", [0, 2])
def test_corrections_are_done_again_wherever_the_lines_stand_now(
    world: World, first: Review, corrected: PlanVersion, by: int
) -> None:
    count = len(small_plan().villages)
    review = second(world, corrected, lower(small_plan(), by) if by else None)
    assert items(review, "tasks")[0]["text"] == "Làm đường trục thôn"
    added = items(review, "movements")[-1]
    assert (added["name"], added["lines"]) == ("Ngày thứ Bảy xanh", [10 + by, 10 + by])
    assert len(items(review, "villages")) == count - 1
    review.refresh_from_db()
    assert review.document["source"]["notes"][-1] == "Giữ lại từ bản trước: 3 chỗ đã sửa."
    assert [edit.verb for edit in review.edits.all()] == ["change", "add", "drop"]
    assert AuditLine.objects.filter(verb="giữ chỗ đã sửa từ bản trước").count() == 1


def test_what_was_kept_is_kept_in_the_version_behind_it_too(
    world: World, first: Review, corrected: PlanVersion
) -> None:
    third = second(world, accept(world, second(world, corrected)), lower(small_plan()))
    assert items(third, "tasks")[0]["text"] == "Làm đường trục thôn"
    assert items(third, "movements")[-1]["name"] == "Ngày thứ Bảy xanh"


def test_what_was_dropped_can_be_brought_back_in_the_next_version(
    world: World, first: Review, corrected: PlanVersion
) -> None:
    review = second(world, corrected)
    drop = review.edits.get(verb="drop")
    before = len(items(review, "villages"))
    editing.restore_item(an_edit(world.people["officer"], review), drop.item)
    assert len(items(review, "villages")) == before + 1


def test_where_the_paper_says_something_else_now_the_paper_counts(
    world: World, first: Review, corrected: PlanVersion
) -> None:
    paper = small_plan()
    line = paper.tasks[0].lines[0]
    assert paper.source is not None
    paper.source.text[line - 1] = "Việc khác hẳn, do xã ghi lại"
    paper.tasks[0] = replace(paper.tasks[0], text="Việc khác hẳn")
    review = second(world, corrected, paper)
    assert items(review, "tasks")[0]["text"] == "Việc khác hẳn"


def test_a_field_that_is_read_anew_stays_as_it_is_read(
    world: World, first: Review, corrected: PlanVersion
) -> None:
    paper = small_plan()
    paper.tasks[0] = replace(paper.tasks[0], lead=["Nơi mới đọc được"])
    review = second(world, corrected, paper)
    task = items(review, "tasks")[0]
    assert (task["text"], task["lead"]) == ("Làm đường trục thôn", ["Nơi mới đọc được"])


def test_the_head_of_the_paper_keeps_what_was_corrected_and_takes_what_is_new(
    world: World, first: Review
) -> None:
    officer = world.people["officer"]
    editing.change_item(an_edit(officer, first), draft.DOCUMENT_ID, {"commune": "Làng Mẫu Mới"})
    version = accept(world, first)
    paper = small_plan()
    paper.document.number = "06/KH-UBND"
    document = second(world, version, paper).document["document"]
    assert (document["commune"], document["number"]) == ("Làng Mẫu Mới", "06/KH-UBND")


@pytest.fixture
def aside(world: World, first: Review) -> tuple[PlanVersion, p.Finding]:
    """A version with one finding set aside, and that finding."""
    officer = world.people["officer"]
    editing.change_item(an_edit(officer, first), number_of(first, "tasks"), {"text": "Mới"})
    first.refresh_from_db()
    finding = next(each for each in draft.plan_of(first.document).findings if each.lines)
    number = draft.finding_number(finding)
    editing.silence(an_edit(officer, first), number, "Đã xin ý kiến huyện")
    return accept(world, first), finding


@pytest.mark.parametrize("by", [0, 3])
def test_a_finding_set_aside_stays_so_where_its_lines_say_the_same(
    world: World, aside: tuple[PlanVersion, p.Finding], by: int
) -> None:
    version, finding = aside
    review = second(world, version, lower(small_plan(), by) if by else None)
    review.refresh_from_db()
    assert list(review.silenced.values()) == ["Đã xin ý kiến huyện"]
    quiet = [
        each
        for each in draft.plan_of(review.document).findings
        if str(draft.finding_number(each)) in review.silenced
    ]
    assert [each.code for each in quiet] == [finding.code]
    assert "1 điểm kiểm tra đã bỏ qua" in review.document["source"]["notes"][-1]
    assert (review.errors, review.warnings) == editing.count(review.document, review.silenced)


def test_a_paper_that_came_alone_keeps_them_when_it_is_taken_as_the_next_version(
    world: World, first: Review, corrected: PlanVersion
) -> None:
    alone = a_review(world.people["officer"], world.places["a"])
    assert items(alone, "tasks")[0]["text"] != "Làm đường trục thôn"
    version = accept(world, alone, Plan.objects.get(pk=corrected.plan_id))
    assert version.document["tasks"][0]["text"] == "Làm đường trục thôn"
    assert version.document["movements"][-1]["name"] == "Ngày thứ Bảy xanh"


def test_a_version_nobody_corrected_changes_nothing_in_the_next(
    world: World, first: Review
) -> None:
    review = second(world, accept(world, first))
    review.refresh_from_db()
    assert (review.revision, review.silenced) == (0, {})
    assert "Giữ lại" not in " ".join(review.document["source"]["notes"])
