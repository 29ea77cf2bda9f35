"""Support and contributions of the sample commune. Nobody of it exists, nor do the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from dinhlang.money.models import Policy, Receipt
from dinhlang.money.services import beneficiaries, contributions, policies, publishing
from dinhlang.money.services.support_fields import (
    BeneficiarySaid,
    PledgeSaid,
    PolicySaid,
    ReceiptSaid,
)
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .cast import COMMUNE

GROUPS = (
    "hộ nghèo", "hộ cận nghèo", "gia đình thương binh, liệt sĩ", "gia đình có người khuyết tật",
)  # fmt: skip
HOUSEHOLDS = (
    ("Nguyễn Thị Rau Má", "Đình", 0), ("Trần Văn Cối", "Bến", 1), ("Lê Thị Thúng", "Soi", 0),
    ("Phạm Văn Nong", "Chợ", 2), ("Hoàng Thị Nia", "Đình", 3), ("Vũ Văn Giần", "Bến", 0),
    ("Đặng Thị Sàng", "Soi", 1), ("Bùi Văn Chày", "Chợ", 1), ("Đỗ Thị Quạt Mo", "Đình", 2),
    ("Hồ Văn Nơm", "Bến", 0), ("Ngô Thị Dậm", "Soi", 3), ("Dương Văn Vó", "Chợ", 0),
)  # fmt: skip
"""Name, village, which group. A number of theirs begins with 000, which no province has."""

PLEDGES: tuple[tuple[Any, ...], ...] = (
    # giver, village, kind, amount, quantity, unit, price, purpose, due in days, came in parts
    ("Dòng họ Nguyễn Rau Má", "Đình", "people_cash", 25_000_000, None, "", None, 0, -40, (1000,)),
    ("Gia đình ông Cối", "Bến", "people_cash", 3_000_000, None, "", None, 0, -25, (500,)),
    ("Gia đình bà Thúng", "Soi", "people_cash", 2_000_000, None, "", None, 1, -12, ()),
    ("Gia đình ông Nong", "Chợ", "people_land", None, 120_000, "m2", 350_000, 1, -60, (1000,)),
    ("Thôn Soi", "Soi", "people_labour", None, 80_000, "ngày công", 250_000, 1, 20, (400, 250)),
    ("Cửa hàng vật liệu Bến Mẫu", "Bến", "people_kind", None, 12_500, "tấn", 1_450_000, 1, 10, ()),
    ("Hợp tác xã Làng Mẫu", "", "enterprise", 40_000_000, None, "", None, 2, -5, (600, 400)),
    ("Người con xa quê ở miền Nam", "Đình", "people_cash", 10_000_000, None, "", None, 2, 30, ()),
    ("Gia đình bà Nia", "Đình", "people_cash", 1_500_000, None, "", None, 0, -18, ()),
    ("Thôn Chợ", "Chợ", "people_labour", None, 45_000, "ngày công", 250_000, 2, -30, (1000,)),
)
PURPOSES = (
    "Lắp đèn đường thôn", "Làm rãnh thoát nước thôn Soi", "Sân thể thao xã",
)  # fmt: skip


def load(units: Mapping[str, Unit], users: Mapping[str, User], today: date) -> None:
    """Two policies with their lists, pledges with receipts, and a ledger that is published."""
    commune, officer = units[COMMUNE], users["taichinh"]
    _waste_water(commune, units, officer, today)
    _gardens(commune, units, officer, today)
    _gifts(commune, units, officer, today)
    publishing.publish(users["lanhdao"], commune, today.year, uuid4())


def _waste_water(
    commune: Unit, units: Mapping[str, Unit], officer: User, today: date
) -> None:  # fmt: skip
    policy = policies.add_policy(
        officer, commune,
        PolicySaid(
            name="Hỗ trợ xây dựng hệ thống xử lý nước thải hộ gia đình",
            kind="xử lý nước thải hộ gia đình", amount=1_000_000, per="hộ", year=today.year,
            groups=GROUPS, technical="theo mẫu thiết kế (3 bi)",
            basis="Nghị quyết mẫu số 01/NQ-HĐND (dữ liệu mẫu)", most=15, total=15_000_000,
        ),
        uuid4(),
    )  # fmt: skip
    rows = [
        beneficiaries.add(officer, policy.pk, _household(units, commune, at), uuid4())
        for at in range(len(HOUSEHOLDS) - 1)
    ]
    _not_meant(officer, policy, units)
    start = date(today.year, 1, 1)
    checked = max(start, today - timedelta(days=20))
    paid = max(start, today - timedelta(days=6))
    beneficiaries.mark_checked(officer, policy.pk, [row.pk for row in rows[:8]], checked, uuid4())
    beneficiaries.mark_paid(
        officer, policy.pk, [row.pk for row in rows[:4]], paid,
        f"Phiếu chi số 18 ngày {paid:%d/%m/%Y}", uuid4(),
    )  # fmt: skip


def _household(units: Mapping[str, Unit], commune: Unit, at: int) -> BeneficiarySaid:
    name, village, group = HOUSEHOLDS[at]
    return BeneficiarySaid(
        name=name, village=units[village].pk, identity=f"0000000{at + 101:05d}",
        address=f"Xóm {at % 4 + 1}, {units[village].full_name}", group=GROUPS[group],
    )  # fmt: skip


def _not_meant(officer: User, policy: Policy, units: Mapping[str, Unit]) -> None:
    """One that cannot be paid, so that the page shows what it says of it."""
    said = BeneficiarySaid(name="Dương Văn Vó", village=units["Chợ"].pk, group="hộ khá")
    beneficiaries.add(officer, policy.pk, said, uuid4())


def _gardens(commune: Unit, units: Mapping[str, Unit], officer: User, today: date) -> None:
    policy = policies.add_policy(
        officer, commune,
        PolicySaid(
            name="Hỗ trợ cải tạo vườn hộ", kind="cải tạo vườn hộ", amount=50_000, per="m2",
            year=today.year, basis="Nghị quyết mẫu số 02/NQ-HĐND (dữ liệu mẫu)",
        ),
        uuid4(),
    )  # fmt: skip
    for at, quantity in ((0, 120_000), (6, 85_500)):
        name, village, group = HOUSEHOLDS[at]
        said = BeneficiarySaid(
            name=name, village=units[village].pk, identity=f"0000000{at + 101:05d}",
            group=GROUPS[group], quantity=quantity,
        )  # fmt: skip
        beneficiaries.add(officer, policy.pk, said, uuid4())


def _gifts(commune: Unit, units: Mapping[str, Unit], officer: User, today: date) -> None:
    start = date(today.year, 1, 1)
    made = []
    for giver, village, kind, amount, quantity, unit, price, purpose, due, parts in PLEDGES:
        said: dict[str, Any] = {
            "giver": giver, "kind": kind, "amount": amount, "quantity": quantity, "unit": unit,
            "price": price, "village": units[village].pk if village else None,
            "purpose": PURPOSES[purpose], "is_public": giver != "Gia đình ông Cối",
        }  # fmt: skip
        pledge = contributions.add_pledge(
            officer, commune, today.year,
            PledgeSaid(**said, due=today + timedelta(days=due)), uuid4(),
        )  # fmt: skip
        for part in parts:
            came = said | {
                "amount": amount * part // 1000 if amount else None,
                "quantity": quantity * part // 1000 if quantity else None,
            }
            made.append(ReceiptSaid(**came, day=today, pledge=pledge.pk))
    receipts = []
    for at, each in enumerate(made):
        day = max(start, today - timedelta(days=3 * (len(made) - at)))
        receipts.append(_receipt(commune, officer, each, day))
    contributions.thank(officer, commune, [row.pk for row in receipts[:5]], today, uuid4())
    twice = contributions.give_receipt(
        officer, commune,
        ReceiptSaid(giver="Gia đình bà Dậm", kind="people_cash", amount=500_000, day=today,
                    village=units["Soi"].pk, purpose=PURPOSES[1]),
        uuid4(),
    )  # fmt: skip
    contributions.cancel_receipt(officer, twice.pk, "ghi nhầm người nộp", today, uuid4())


def _receipt(commune: Unit, officer: User, said: ReceiptSaid, day: date) -> Receipt:
    return contributions.give_receipt(officer, commune, replace(said, day=day), uuid4())
