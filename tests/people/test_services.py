"""Inviting, granting, appointing, locking: who may, what changes, what the log says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dinhlang.people import selectors, services
from dinhlang.people.access import AccessDenied, Action, Role, can, today
from dinhlang.people.models import AuditLine, Grant, Invitation, Office, OfficeHolding, User
from tests.world import World

GOOD = "ruộng bậc thang 12"


def invited(world: World, **changes: object) -> tuple[User, str]:
    """A new officer of commune A, by its coordinator."""
    values: dict[str, object] = {
        "username": "dia.chinh",
        "full_name": "Người Mới Đến",
        "role": Role.OFFICER,
        "place": world.places["a"],
        "title": "Công chức Địa chính",
    }
    return services.invite(world.people["coordinator"], **(values | changes))  # type: ignore[arg-type]


def verbs() -> list[str]:
    return list(AuditLine.objects.order_by("number").values_list("verb", flat=True))


def test_an_invitation_makes_person_role_office_and_link(world: World) -> None:
    user, secret = invited(world)
    assert can(user, Action.EDIT, world.places["a2"])
    assert selectors.post_of(user) == "Công chức Địa chính, xã Làng Mẫu"
    assert not user.has_usable_password()
    assert selectors.invitation(secret) is not None
    assert verbs() == [
        "tạo tài khoản",
        "cấp quyền",
        "thêm chức vụ",
        "giao chức vụ",
        "gửi liên kết đặt mật khẩu",
    ]


def test_the_link_works_once_and_its_secret_is_kept_nowhere(world: World) -> None:
    user, secret = invited(world)
    assert secret not in str(list(Invitation.objects.values()))
    assert services.accept_invitation(secret, GOOD) == user
    assert User.objects.get(pk=user.pk).check_password(GOOD)
    with pytest.raises(AccessDenied, match="đã dùng rồi"):
        services.accept_invitation(secret, "mật khẩu khác 9")
    assert User.objects.get(pk=user.pk).check_password(GOOD)


def test_passwords_are_kept_as_argon2(world: World) -> None:
    user, secret = invited(world)
    services.accept_invitation(secret, GOOD)
    assert User.objects.get(pk=user.pk).password.startswith("argon2$argon2id$")


def test_an_expired_link_a_withdrawn_one_and_one_of_a_locked_person_are_dead(world: World) -> None:
    user, old = invited(world)
    new = services.renew_link(world.people["coordinator"], user)
    with pytest.raises(AccessDenied):
        services.accept_invitation(old, GOOD)
    Invitation.objects.filter(used=None).update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(AccessDenied):
        services.accept_invitation(new, GOOD)
    fresh = services.renew_link(world.people["coordinator"], user)
    services.switch(world.people["coordinator"], user, on=False)
    with pytest.raises(AccessDenied):
        services.accept_invitation(fresh, GOOD)


def test_a_double_click_makes_one_person_with_a_link_that_works(world: World) -> None:
    submission = uuid4()
    first, dead = invited(world, submission=submission)
    second, alive = invited(world, submission=submission)
    assert first == second
    assert selectors.invitation(dead) is None
    assert services.accept_invitation(alive, GOOD) == first
    assert Grant.objects.filter(user=first).count() == 1


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("ngắn", "ít nhất 8 ký tự"),
        ("aaaaaaaaaa", "lặp đi lặp lại"),
        ("password1", "quá quen thuộc"),
        ("dia.chinh1", "tên đăng nhập"),
        ("NgườiMớiĐến", "tên"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(
    password: str, reason: str, world: World
) -> None:
    _, secret = invited(world)
    with pytest.raises(ValidationError, match=reason):
        services.accept_invitation(secret, password)
    assert selectors.invitation(secret) is not None


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("username", "Có Dấu", "không dấu"),
        ("username", "ab", "3 đến 60"),
        ("username", "leader", "đã có người dùng"),
        ("email", "khong phai thu", "email|thư"),
        ("full_name", "  ", "."),
    ],
)
def test_a_wrong_name_is_refused_and_nothing_is_left_behind(
    field: str, value: str, reason: str, world: World
) -> None:
    before = User.objects.count()
    with pytest.raises(ValidationError) as caught:
        invited(world, **{field: value})
    assert field in caught.value.message_dict
    assert User.objects.count() == before
    assert verbs() == []


@pytest.mark.parametrize(
    ("by", "role", "place"),
    [
        ("officer", Role.OFFICER, "a"),
        ("leader", Role.VILLAGE_HEAD, "a1"),
        ("province", Role.OFFICER, "a"),
        ("resident", Role.RESIDENT, "a"),
        ("coordinator", Role.OFFICER, "b"),
        ("coordinator", Role.ADMIN, "a"),
        ("coordinator", Role.PROVINCE, "a"),
        ("coordinator", Role.OFFICER, "province"),
        ("elsewhere", Role.VILLAGE_HEAD, "a1"),
    ],
)
def test_nobody_invites_beyond_their_place_or_above_their_role(
    by: str, role: Role, place: str, world: World
) -> None:
    before = User.objects.count()
    with pytest.raises(AccessDenied):
        services.invite(
            world.people[by],
            username="moi.den",
            full_name="Mới Đến",
            role=role,
            place=world.places[place],
        )
    assert User.objects.count() == before


CHANGES: dict[str, Callable[[User, User], object]] = {
    "a new link": services.renew_link,
    "locking": lambda by, user: services.switch(by, user, on=False),
    "another name": lambda by, user: services.edit_person(
        by, user, full_name="Tên Khác", email="", phone=""
    ),
    "no second factor": services.drop_second_factor,
    "taking a role": lambda by, user: services.end_grant(by, user.grants.get()),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize(
    ("by", "who"),
    [
        ("coordinator", "admin"),
        ("coordinator", "elsewhere"),
        ("coordinator", "province"),
        ("elsewhere", "officer"),
        ("officer", "village_head"),
        ("leader", "officer"),
    ],
)
def test_nobody_changes_people_they_do_not_manage(
    what: str, by: str, who: str, world: World
) -> None:
    with pytest.raises(AccessDenied):
        CHANGES[what](world.people[by], world.people[who])
    assert verbs() == []


@pytest.mark.parametrize("what", [name for name in CHANGES if name != "another name"])
def test_nobody_changes_their_own_rights(what: str, world: World) -> None:
    with pytest.raises(AccessDenied, match="tự đổi quyền"):
        CHANGES[what](world.people["admin"], world.people["admin"])


def test_an_ended_role_ends_at_once_and_stays_in_the_history(world: World) -> None:
    officer = world.people["officer"]
    grant = officer.grants.get()
    services.end_grant(world.people["coordinator"], grant)
    assert not can(officer, Action.VIEW, world.places["a"])
    grant.refresh_from_db()
    assert grant.is_over
    assert grant.end == today() - timedelta(days=1)


def test_a_role_given_by_mistake_today_goes_altogether(world: World) -> None:
    by, officer = world.people["coordinator"], world.people["officer"]
    grant = services.give(by, officer, Role.LEADER, world.places["a"])
    services.end_grant(by, grant)
    assert not can(officer, Action.REVIEW, world.places["a"])
    assert verbs() == ["cấp quyền", "thu hồi quyền"]


def test_the_same_role_twice_is_one_role(world: World) -> None:
    by, officer = world.people["coordinator"], world.people["officer"]
    first = services.give(by, officer, Role.LEADER, world.places["a"])
    assert services.give(by, officer, Role.LEADER, world.places["a"]) == first
    assert verbs() == ["cấp quyền"]


def test_an_office_passes_from_one_person_to_the_next(world: World) -> None:
    by, place = world.people["coordinator"], world.places["a"]
    old, new = world.people["officer"], world.people["leader"]
    office = services.create_office(by, place, "Công chức Tài chính -  Kế toán")
    holding = services.appoint(by, old, office)
    OfficeHolding.objects.filter(pk=holding.pk).update(start=today() - timedelta(days=100))
    holding.refresh_from_db()
    services.end_holding(by, holding)
    services.appoint(by, new, office)
    assert not selectors.offices_of(old).exists()
    assert list(selectors.offices_of(new)) == [office]
    assert list(selectors.offices_of(old, today() - timedelta(days=9))) == [office]


def test_two_spellings_of_one_title_are_one_office(world: World) -> None:
    by, place = world.people["coordinator"], world.places["a"]
    first = services.create_office(by, place, "Công chức Văn hóa - Xã hội")
    assert services.create_office(by, place, "công chức văn hoá - xã hội ") == first
    other = services.create_office(by, place, "Văn phòng")
    with pytest.raises(ValidationError, match="đã có chức vụ"):
        services.rename_office(by, other, "CÔNG CHỨC VĂN HÓA - XÃ HỘI")
    assert Office.objects.get(pk=other.pk).title == "Văn phòng"


def test_a_closed_office_has_no_holder_and_opens_again_with_its_history(world: World) -> None:
    by, place = world.people["coordinator"], world.places["a"]
    office = services.create_office(by, place, "Đài truyền thanh")
    services.appoint(by, world.people["officer"], office)
    services.close_office(by, office)
    assert not selectors.offices_of(world.people["officer"]).exists()
    again = services.create_office(by, place, "Đài truyền thanh")
    assert again == office
    assert again.closed_on is None


def test_changing_nothing_writes_nothing(world: World) -> None:
    officer = world.people["officer"]
    services.edit_person(
        world.people["coordinator"], officer, full_name=officer.full_name, email="", phone=""
    )
    assert verbs() == []


def test_a_changed_name_is_told_with_old_and_new(world: World) -> None:
    officer = world.people["officer"]
    services.edit_person(officer, officer, full_name="Tên  Khác", email="", phone="09")
    line = AuditLine.objects.get()
    assert line.facts == [
        ("họ và tên", "Công Chức Mẫu → Tên Khác"),
        ("điện thoại", "trống → 09"),
    ]


def test_one_address_of_mail_belongs_to_one_person(world: World) -> None:
    invited(world, email="Chung@example.vn")
    officer = world.people["officer"]
    with pytest.raises(ValidationError, match="đã thuộc một tài khoản khác"):
        services.edit_person(officer, officer, full_name="Tên", email="chung@EXAMPLE.vn", phone="")


def test_people_are_found_whatever_the_diacritics_and_stand_by_given_name(world: World) -> None:
    by = world.people["admin"]
    assert [p.username for p in selectors.people(by, "truong thon")] == ["village.head"]
    for number, name in enumerate(("Vũ Ánh", "Nguyễn An", "Bùi Đức", "Đỗ Dũng")):
        services.invite(
            by,
            username=f"nguoi.{number}",
            full_name=f"Thử {name}",
            role=Role.OFFICER,
            place=world.places["b"],
        )
    found = [p.full_name.split()[-1] for p in selectors.people(by, "thu") if "Thử" in p.full_name]
    assert found == ["An", "Ánh", "Dũng", "Đức"]


def test_the_first_administrator_is_made_once(db: None) -> None:
    made = services.create_first_administrator(
        username="quantri", full_name="Người Đầu", password=GOOD
    )
    assert can(made, Action.MANAGE, None)
    with pytest.raises(AccessDenied, match="đã có người quản trị"):
        services.create_first_administrator(username="kethu", full_name="Người Sau", password=GOOD)
    assert User.objects.count() == 1
