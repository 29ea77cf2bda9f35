"""The roles a person can be given at a place, and what each role may do there and below.

The roles are those of the plans' actors (who leads, who co-ordinates, who does the work in the
commune and in the village, who looks on from above); offices, which are many, carry the titles.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at a place; it reaches all places below."""

    ADMIN = "admin"
    LEADER = "leader"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    VILLAGE_HEAD = "village_head"
    PROVINCE = "province"
    RESIDENT = "resident"

    @property
    def label(self) -> str:
        """The role's name on screens."""
        return LABELS[self]


class Action(StrEnum):
    """What a role allows: see, change, decide on others' work, manage people and places."""

    VIEW = "view"
    EDIT = "edit"
    REVIEW = "review"
    MANAGE = "manage"


LABELS = {
    Role.ADMIN: "Quản trị",
    Role.LEADER: "Lãnh đạo",
    Role.COORDINATOR: "Cán bộ tổng hợp",
    Role.OFFICER: "Công chức, cán bộ",
    Role.VILLAGE_HEAD: "Trưởng thôn",
    Role.PROVINCE: "Theo dõi cấp trên",
    Role.RESIDENT: "Người dân",
}
EXPLANATIONS = {
    Role.ADMIN: "Làm được mọi việc, kể cả cấp tài khoản và sửa địa bàn.",
    Role.LEADER: "Xem, sửa và quyết định: duyệt kế hoạch, nhận báo cáo.",
    Role.COORDINATOR: "Như lãnh đạo, thêm việc cấp tài khoản trong địa bàn.",
    Role.OFFICER: "Xem và sửa phần việc trong địa bàn.",
    Role.VILLAGE_HEAD: "Xem và báo cáo riêng thôn của mình.",
    Role.PROVINCE: "Chỉ xem, tất cả các địa bàn ở dưới.",
    Role.RESIDENT: "Chỉ xem các trang công khai.",
}

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.LEADER: frozenset({Action.VIEW, Action.EDIT, Action.REVIEW}),
    Role.COORDINATOR: frozenset(Action),
    Role.OFFICER: frozenset({Action.VIEW, Action.EDIT}),
    Role.VILLAGE_HEAD: frozenset({Action.VIEW, Action.EDIT}),
    Role.PROVINCE: frozenset({Action.VIEW}),
    Role.RESIDENT: frozenset(),
}

GIVABLE: dict[Role, frozenset[Role]] = {
    Role.ADMIN: frozenset(Role),
    Role.COORDINATOR: frozenset(Role) - {Role.ADMIN, Role.PROVINCE},
}
"""Which roles the holder of a role may give to others. Nobody gives more than they have."""


def roles_allowing(action: Action) -> list[Role]:
    """The roles that may do this, in the order of ``Role``."""
    return [role for role in Role if action in ALLOWED[role]]
