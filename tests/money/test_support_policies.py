"""Policies, their lists, double support, checking and paying."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from dinhlang.money.models import Beneficiary, Policy, SupportChange, SupportProposal
from dinhlang.money.selectors import support as selectors
from dinhlang.money.services import beneficiaries, policies
from dinhlang.money.services.beneficiaries import DoubleSupport
from dinhlang.money.services.support_fields import BeneficiarySaid, PolicySaid
from dinhlang.money.services.trouble import BadRow, Conflict, TooMuch
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.money.giving import (
    TODAY,
    YEAR,
    a_household,
    a_policy,
    check,
    households,
    identity,
    pay,
    today_is,
)
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch)


def test_a_policy_sent_twice_is_one(world: World) -> None:
    said = PolicySaid(name="Hỗ trợ", amount=5000, basis="NQ 1", year=YEAR)
    key = uuid4()
    made = [
        policies.add_policy(world.people["officer"], world.places["a"], said, key) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Policy.objects.count() == 1
    assert AuditLine.objects.filter(verb="thêm chính sách hỗ trợ").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"), ({"basis": ""}, "basis"), ({"amount": 0}, "amount"),
        ({"last_year": YEAR - 1}, "last_year"), ({"most": 0}, "most"), ({"year": 1900}, "year"),
        ({"source": 99}, "source"), ({"groups": ("x" * 121,)}, "groups"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_be_says_which_box(
    world: World, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadRow) as bad:
        a_policy(world, **more)
    assert bad.value.field == field
    assert not Policy.objects.exists()


def test_who_may_only_look_may_not_write(world: World) -> None:
    policy = a_policy(world)
    for who in ("province", "village_head", "elsewhere"):
        with pytest.raises(AccessDenied):
            beneficiaries.add(
                world.people[who], policy.pk, BeneficiarySaid(name="Hộ"), uuid4()
            )  # fmt: skip


def test_the_same_number_is_refused_without_a_reason_and_kept_with_one(world: World) -> None:
    policy = a_policy(world)
    a_household(world, policy, "Nguyễn Thị Một", identity=identity(1))
    with pytest.raises(DoubleSupport, match="Trùng số định danh"):
        a_household(world, policy, "Tên khác", identity=identity(1))
    row = a_household(
        world, policy, "Tên khác", identity=identity(1), double_reason="hai công trình khác nhau"
    )
    assert row.double_reason == "hai công trình khác nhau"
    assert policy.beneficiaries.count() == 2


def test_likely_the_same_household_is_found_by_name_and_village(world: World) -> None:
    policy = a_policy(world)
    a_household(world, policy, "Nguyễn Thị Hoà")
    with pytest.raises(DoubleSupport, match="Trùng họ tên và thôn"):
        a_household(world, policy, "nguyen thi hòa")
    a_household(world, policy, "Nguyễn Thị Hòa", village=world.places["a2"].pk)


def test_two_numbers_that_differ_are_two_persons(world: World) -> None:
    policy = a_policy(world)
    a_household(world, policy, "Trần Văn Hai", identity=identity(1))
    a_household(world, policy, "Trần Văn Hai", identity=identity(2))
    assert policy.beneficiaries.count() == 2


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({}, True),
        ({"kind": "Nước Thải"}, True),
        ({"kind": "nhà tiêu"}, False),
        ({"year": YEAR - 1}, False),
        ({"year": YEAR - 1, "last_year": YEAR}, True),
        ({"year": YEAR - 3, "last_year": YEAR - 1}, False),
        ({"place": "b"}, False),
    ],
)
def test_double_support_is_looked_for_in_policies_of_the_kind_and_years(
    world: World, more: dict[str, Any], refused: bool
) -> None:
    other = a_policy(world, **more)
    by = world.people["elsewhere" if more.get("place") else "officer"]
    beneficiaries.add(by, other.pk, BeneficiarySaid(name="Hộ A", identity=identity(1)), uuid4())
    policy = a_policy(world)
    if refused:
        with pytest.raises(DoubleSupport):
            a_household(world, policy, "Hộ B", identity=identity(1))
    else:
        a_household(world, policy, "Hộ B", identity=identity(1))


def test_support_at_another_time_is_said_and_refuses_nothing(world: World) -> None:
    old = a_policy(world, year=YEAR - 1)
    a_household(world, old, "Hộ A", identity=identity(1))
    policy = a_policy(world)
    row = a_household(world, policy, "Hộ A", identity=identity(1))
    found = selectors.troubles_of(policy, [row])[row.pk]
    assert [(each.stops, "Trùng số" in each.text) for each in found] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_a_removed_row_or_policy_supports_nobody(world: World) -> None:
    officer = world.people["officer"]
    policy, other = a_policy(world), a_policy(world, name="Chính sách khác")
    row = a_household(world, policy, identity=identity(1))
    beneficiaries.remove(officer, row.pk, uuid4())
    again = a_household(world, other, identity=identity(1))
    with pytest.raises(DoubleSupport):
        beneficiaries.restore(officer, row.pk, uuid4())
    policies.remove_policy(officer, other.pk, uuid4())
    assert beneficiaries.restore(officer, row.pk, uuid4()).removed_at is None
    again.refresh_from_db()
    assert again.removed_at is None


def test_a_changed_number_is_checked_again(world: World) -> None:
    policy = a_policy(world)
    a_household(world, policy, "Hộ A", identity=identity(1))
    row = a_household(world, policy, "Hộ B", identity=identity(2))
    with pytest.raises(DoubleSupport):
        beneficiaries.change(
            world.people["officer"], row.pk, uuid4(), row.revision, {"identity": identity(1)}
        )
    row.refresh_from_db()
    assert row.identity == identity(2)


@pytest.mark.parametrize("wrong", ["12345", "00109901234x", "0010 9901 234"])
def test_an_identity_number_has_nine_or_twelve_digits(world: World, wrong: str) -> None:
    with pytest.raises(BadRow, match="12 chữ số"):
        a_household(world, a_policy(world), identity=wrong)


def test_spaces_and_dots_in_a_number_do_not_count(world: World) -> None:
    row = a_household(world, a_policy(world), identity="001 099 012.345")
    assert row.identity == "001099012345"


def test_what_is_the_matter_is_said_at_once(world: World) -> None:
    policy = a_policy(world)
    row = a_household(world, policy, group="hộ khá")
    words = [each.text for each in selectors.troubles_of(policy, [row])[row.pk]]
    assert words == [
        "“hộ khá” không thuộc đối tượng", "chưa kiểm tra điều kiện kỹ thuật",
        "chưa có số định danh/CCCD",
    ]  # fmt: skip


def test_only_who_is_eligible_checked_and_known_is_paid(world: World) -> None:
    policy = a_policy(world)
    good, unchecked, unmeant, unknown = (
        a_household(world, policy, "Tốt", identity=identity(1)),
        a_household(world, policy, "Chưa kiểm tra", identity=identity(2)),
        a_household(world, policy, "Không thuộc", identity=identity(3), group="hộ khá"),
        a_household(world, policy, "Không số"),
    )
    check(world, policy, [good, unmeant, unknown])
    marked = {each.row.name: each.refused for each in pay(
        world, policy, [good, unchecked, unmeant, unknown]
    )}  # fmt: skip
    assert marked["Tốt"] == ""
    assert "chưa kiểm tra" in marked["Chưa kiểm tra"]
    assert "không thuộc đối tượng" in marked["Không thuộc"]
    assert "số định danh" in marked["Không số"]
    totals = selectors.with_totals([policy])[0].totals
    assert (totals.count, totals.paid, totals.paid_amount) == (4, 1, 1_000_000)


def test_over_the_number_or_the_total_is_said_and_nobody_is_paid(world: World) -> None:
    policy = a_policy(world, most=2, total=2_500_000, technical="")
    rows = households(world, policy, 3)
    line = selectors.with_totals([policy])[0]
    assert line.over == (
        "Danh sách vượt số lượng tối đa 1 hộ.", "Danh sách vượt tổng tiền tối đa 500.000 đồng.",
    )  # fmt: skip
    with pytest.raises(TooMuch):
        pay(world, policy, rows)
    assert not policy.beneficiaries.exclude(paid_on=None).exists()
    assert [each.refused for each in pay(world, policy, rows[:2])] == ["", ""]
    with pytest.raises(TooMuch):
        pay(world, policy, rows)


def test_what_was_paid_stays_as_it_was_paid(world: World) -> None:
    officer = world.people["officer"]
    policy = a_policy(world, technical="")
    row = households(world, policy, 1)[0]
    pay(world, policy, [row])
    for refused in (
        lambda: beneficiaries.change(officer, row.pk, uuid4(), 99, {"name": "Khác"}),
        lambda: beneficiaries.remove(officer, row.pk, uuid4()),
        lambda: policies.remove_policy(officer, policy.pk, uuid4()),
    ):
        with pytest.raises(BadRow):
            refused()
    policies.change_policy(officer, policy.pk, uuid4(), 0, {"amount": 2_000_000})
    row.refresh_from_db()
    assert row.amount == 1_000_000
    beneficiaries.unpay(officer, policy.pk, [row.pk], uuid4())
    row.refresh_from_db()
    assert (row.paid_on, row.paper) == (None, "")


def test_a_new_amount_holds_for_those_not_paid(world: World) -> None:
    policy = a_policy(world, per="m2")
    row = a_household(world, policy, quantity=2500)
    policies.change_policy(world.people["officer"], policy.pk, uuid4(), 0, {"amount": 3_000_001})
    row.refresh_from_db()
    assert row.amount == 7_500_003


def test_a_day_to_come_and_a_payment_without_a_paper_are_refused(world: World) -> None:
    policy = a_policy(world, technical="")
    rows = households(world, policy, 1)
    with pytest.raises(BadRow, match="sau hôm nay"):
        pay(world, policy, rows, date(YEAR, 12, 1))
    with pytest.raises(BadRow, match="chứng từ"):
        beneficiaries.mark_paid(
            world.people["officer"], policy.pk, [rows[0].pk], TODAY, " ", uuid4()
        )  # fmt: skip


def test_paid_before_checked_is_refused(world: World) -> None:
    policy = a_policy(world)
    rows = households(world, policy, 1)
    check(world, policy, rows, date(YEAR, 6, 10))
    marked = pay(world, policy, rows, date(YEAR, 6, 9))
    assert marked[0].refused == "ngày chi trước ngày kiểm tra đạt"


def test_marking_sent_twice_marks_once(world: World) -> None:
    policy = a_policy(world)
    row = households(world, policy, 1)[0]
    key = uuid4()
    for _ in range(2):
        beneficiaries.mark_checked(world.people["officer"], policy.pk, [row.pk], TODAY, key)
    row.refresh_from_db()
    assert row.revision == 1
    assert row.history.filter(verb="ghi kiểm tra đạt").count() == 1


def test_two_people_change_different_fields_and_both_stay(world: World) -> None:
    row = a_household(world, a_policy(world), identity=identity(1))
    officer, leader = world.people["officer"], world.people["leader"]
    seen = {"name": row.name, "identity": row.identity, "address": "", "group": row.group}
    beneficiaries.change(officer, row.pk, uuid4(), 0, seen | {"identity": identity(2)})
    beneficiaries.change(leader, row.pk, uuid4(), 0, seen | {"address": "Xóm 3"})
    row.refresh_from_db()
    assert (row.identity, row.address) == (identity(2), "Xóm 3")


def test_two_people_change_the_same_field_and_the_second_chooses(world: World) -> None:
    row = a_household(world, a_policy(world), address="Xóm 1")
    officer, leader = world.people["officer"], world.people["leader"]
    beneficiaries.change(officer, row.pk, uuid4(), 0, {"address": "Xóm 2"})
    with pytest.raises(Conflict) as conflict:
        beneficiaries.change(leader, row.pk, uuid4(), 0, {"address": "Xóm 3"})
    one = conflict.value.differences[0]
    assert (one.seen, one.theirs, one.mine) == ("Xóm 1", "Xóm 2", "Xóm 3")
    beneficiaries.change(
        leader, row.pk, uuid4(), conflict.value.revision, {"address": "Xóm 3"}
    )  # fmt: skip
    row.refresh_from_db()
    assert row.address == "Xóm 3"


def test_a_whole_number_is_never_in_the_history_or_the_log(world: World) -> None:
    policy = a_policy(world)
    row = a_household(world, policy, identity=identity(123456789012))
    beneficiaries.change(
        world.people["officer"], row.pk, uuid4(), 0, {"identity": identity(987654321098)}
    )
    check(world, policy, [row])
    pay(world, policy, [row])
    kept = "".join(str(each.changes) for each in SupportChange.objects.all())
    log = "".join(f"{each.target_name}{each.details}" for each in AuditLine.objects.all())
    for number in ("123456789012", "987654321098"):
        assert number not in kept
        assert number not in log
    assert "•••098" in kept
    assert row.name not in log


def test_removing_and_restoring_a_policy_keeps_its_list(world: World) -> None:
    officer = world.people["officer"]
    policy = a_policy(world)
    households(world, policy, 2)
    policies.remove_policy(officer, policy.pk, uuid4())
    assert selectors.lines(officer, world.places["a"], YEAR) == []
    policies.restore_policy(officer, policy.pk, uuid4())
    assert selectors.lines(officer, world.places["a"], YEAR)[0].totals.count == 2


# --- Proposals ------------------------------------------------------------------------------------

ITEM = {
    "id": 7, "amount": 1_000_000, "per": "hộ", "basis": "44/2021/NQ-HĐND",
    "text": "Nước thải: hộ nghèo, hộ cận nghèo theo mẫu thiết kế (3 bi) mức hỗ trợ 1 triệu/hộ",
}  # fmt: skip


def test_a_plan_proposes_and_an_officer_makes_it_a_policy(world: World) -> None:
    place, officer = world.places["a"], world.people["officer"]
    policies.propose(officer, place, YEAR, "plan:5", [ITEM], "Kế hoạch")
    proposal = selectors.proposals(officer, place)[0]
    said = policies.said_by(proposal)
    assert said["groups"] == ("hộ nghèo", "hộ cận nghèo")
    assert said["technical"] == "theo mẫu thiết kế (3 bi)"
    policy = policies.add_policy(officer, place, PolicySaid(**said), uuid4(), proposal.pk)
    assert (policy.origin_ref, policy.amount) == ("plan:5:7", 1_000_000)
    assert selectors.proposals(officer, place) == []
    with pytest.raises(BadRow):
        policies.add_policy(officer, place, PolicySaid(**said), uuid4(), proposal.pk)


def test_a_later_version_updates_what_is_open_and_leaves_what_was_made(world: World) -> None:
    place, officer = world.places["a"], world.people["officer"]
    second = ITEM | {"id": 8, "text": "Xi măng", "amount": 50_000}
    policies.propose(officer, place, YEAR, "plan:5", [ITEM, second])
    made = selectors.proposals(officer, place)[0]
    policies.add_policy(officer, place, PolicySaid(**policies.said_by(made)), uuid4(), made.pk)
    policies.propose(officer, place, YEAR, "plan:5", [ITEM | {"amount": 9}, second | {"amount": 7}])
    assert [each.amount for each in selectors.proposals(officer, place)] == [7]
    assert Policy.objects.get().amount == 1_000_000
    policies.propose(officer, place, YEAR, "plan:5", [])
    assert selectors.proposals(officer, place) == []
    assert SupportProposal.objects.exclude(withdrawn_at=None).count() == 1


def test_a_declined_proposal_keeps_its_reason_and_can_come_back(world: World) -> None:
    place, officer = world.places["a"], world.people["officer"]
    policies.propose(officer, place, YEAR, "plan:5", [ITEM])
    proposal = selectors.proposals(officer, place)[0]
    with pytest.raises(BadRow):
        policies.decline(officer, proposal.pk, " ")
    policies.decline(officer, proposal.pk, "đã hết hạn mức")
    assert selectors.proposals(officer, place) == []
    assert selectors.declined(officer, place)[0].declined == "đã hết hạn mức"
    policies.reopen(officer, proposal.pk)
    assert len(selectors.proposals(officer, place)) == 1


def test_the_list_is_one_question_whatever_its_length(
    world: World, django_assert_num_queries: Any
) -> None:
    policy = a_policy(world)
    rows = households(world, policy, 12)
    with django_assert_num_queries(1):
        selectors.troubles_of(policy, rows)
    assert Beneficiary.objects.count() == 12
