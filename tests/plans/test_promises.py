"""What a plan promises becomes a proposal, once, and stays what people made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from dinhlang.papers.reading import read
from dinhlang.plans.services import promises
from dinhlang.work.models import Commitment, CommitmentState
from dinhlang.work.selectors import commitments as looking
from dinhlang.work.services import commitments
from tests.plans.living import a_plan, a_review, accepted
from tests.world import World


@pytest.mark.django_db
def test_what_phuc_hoa_promised_the_province_waits_to_be_confirmed(
    world: World, plans_dir: Path
) -> None:
    leader, place = world.people["leader"], world.places["a"]
    paper = read(plans_dir / "phuc-hoa-2024.txt")
    plan = a_plan(leader, place, paper)
    [row] = Commitment.objects.all()
    assert (row.state, row.criteria, row.to_whom) == ("proposed", ["17", "18"], "tỉnh")
    assert "cam kết" in row.text
    assert row.origin_text.endswith("dòng 55")
    found = looking.of_place(leader, place, date(2024, 5, 1))
    assert [line.row for line in found.proposed] == [row]
    assert found.proposed[0].origin.startswith(f"/ke-hoach/{plan.pk}")

    commitments.confirm(world.people["officer"], row.pk, uuid4())
    accepted(leader, a_review(leader, place, paper, plan), plan)
    [kept] = Commitment.objects.all()
    assert kept.state == CommitmentState.OPEN


@pytest.mark.django_db
def test_a_later_version_updates_what_nobody_touched_and_takes_back_what_it_no_longer_says(
    world: World, plans_dir: Path
) -> None:
    leader, place = world.people["leader"], world.places["a"]
    paper = read(plans_dir / "phuc-hoa-2024.txt")
    plan = a_plan(leader, place, paper)
    for item in paper.criteria:
        if item.status == "committed":
            item.status = "to_reach"
    accepted(leader, a_review(leader, place, paper, plan), plan)
    row = Commitment.objects.get()
    assert row.removed_at is not None
    assert looking.of_place(leader, place, date(2024, 5, 1)).is_empty


@pytest.mark.django_db
def test_what_was_declined_is_not_proposed_again(world: World, plans_dir: Path) -> None:
    leader, place = world.people["leader"], world.places["a"]
    paper = read(plans_dir / "phuc-hoa-2024.txt")
    plan = a_plan(leader, place, paper)
    row = Commitment.objects.get()
    commitments.tell(leader, row.pk, uuid4(), "declined", "đã xong năm trước")
    accepted(leader, a_review(leader, place, paper, plan), plan)
    assert Commitment.objects.get().state == CommitmentState.DECLINED


@pytest.mark.parametrize(
    ("words", "whom", "due"),
    [
        ("Hoàn thành tiêu chí 17 theo bản cam kết với tỉnh.", "tỉnh", None),
        ("Cam kết với UBND tỉnh An Mẫu đạt tiêu chí 17 trước ngày 30/6/2026.",
         "UBND tỉnh An Mẫu", date(2026, 6, 30)),
        ("Bản cam kết số 12/CK-UBND ngày 05/3/2026 với huyện", "", None),
        ("Cam kết với huyện, đến 30/9/2026 xong kênh, đến 30/12/2026 xong đường", "huyện", None),
    ],
)  # fmt: skip
def test_the_sentence_tells_to_whom_and_until_when(words: str, whom: str, due: date | None) -> None:
    assert promises._whom(words) == whom
    assert promises._due(words) == due
