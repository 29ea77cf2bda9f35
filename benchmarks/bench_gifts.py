"""How long the pages of support, contributions and meetings take, on SQLite and on PostgreSQL.

A commune of 15 villages with four support policies of 1,000 households in all, 300 pledges and
2,000 receipts of a year, 60 meetings. To reach: 100 milliseconds at the 95th percentile for every
page. The reference is an empty page of the same site, answered in the same run.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pages

if TYPE_CHECKING:
    from django.test import Client

    from dinhlang.people.models import User
    from dinhlang.places.models import Unit

YEAR, VILLAGES = 2026, 15
LISTS = (700, 150, 100, 50)
PLEDGES, RECEIPTS, MEETINGS, POINTS = 300, 2000, 60, 8
AT = datetime(2026, 3, 1, 3, tzinfo=UTC)


def seed() -> None:
    """Writes the commune, what it gives and gets, its meetings, and who works with it."""
    from dinhlang.people.models import Grant, User

    commune, villages = pages.a_commune(*(f"Mẫu {at}" for at in range(1, VILLAGES + 1)))
    person = User.objects.create(username="taichinh", full_name="Người Làm")
    Grant.objects.create(user=person, role="officer", place=commune)
    chance = Random(7)
    _support(commune, villages, chance)
    _contributions(commune, villages, chance)
    _meetings(commune, person)


def _support(commune: Unit, villages: list[Unit], chance: Random) -> None:
    from dinhlang.money.models import Beneficiary, Policy

    number = 0
    for at, count in enumerate(LISTS):
        policy = Policy.objects.create(
            place=commune, year=YEAR, kind=f"việc {at}", kind_key=f"viec {at}", at=AT,
            name=f"Hỗ trợ việc số {at}", groups=["hộ nghèo", "hộ cận nghèo"], amount=1_000_000,
            basis="Nghị quyết số 1/NQ-HĐND", technical="đúng mẫu thiết kế",
        )  # fmt: skip
        rows = []
        for _ in range(count):
            number += 1
            paid = number % 4 == 0
            rows.append(
                Beneficiary(
                    policy=policy, village=chance.choice(villages), name=f"Hộ số {number}",
                    identity=f"{number:012d}", name_key=f"ho so {number}", amount=1_000_000,
                    group=("hộ nghèo", "hộ cận nghèo")[number % 2], at=AT,
                    search_key=f"ho so {number}", sort_key=f"ho so {number:05d}",
                    checked_on=date(YEAR, 4, 2) if number % 2 == 0 else None,
                    paid_on=date(YEAR, 5, 6) if paid else None, paper="PC 01" if paid else "",
                )
            )  # fmt: skip
        Beneficiary.objects.bulk_create(rows, batch_size=500)


def _contributions(commune: Unit, villages: list[Unit], chance: Random) -> None:
    from dinhlang.money.models import Pledge, Receipt

    purposes = ("Làm đường thôn", "Làm nhà văn hóa", "Trồng cây xanh", "Thắp sáng đường quê")
    pledges = []
    for at in range(PLEDGES):
        days = at % 3 == 0
        pledges.append(
            Pledge(
                place=commune, village=chance.choice(villages), year=YEAR, giver=f"Gia đình {at}",
                purpose=purposes[at % 4], kind="people_labour" if days else "people_cash",
                quantity=4000 if days else None, unit="công" if days else "",
                price=250_000 if days else None, amount=1_000_000, at=AT,
                search_key=f"gia dinh {at}",
            )
        )  # fmt: skip
    Pledge.objects.bulk_create(pledges)
    known = list(Pledge.objects.order_by("pk"))
    Receipt.objects.bulk_create(
        [
            Receipt(
                place=commune, village=chance.choice(villages), year=YEAR, number=at + 1,
                pledge=known[at % PLEDGES] if at % 2 else None, giver=f"Gia đình {at % 900}",
                purpose=purposes[at % 4], kind="people_cash", amount=200_000, at=AT,
                day=date(YEAR, 1, 5) + timedelta(days=at % 300), is_public=at % 5 > 0,
                search_key=f"gia dinh {at % 900}",
            )
            for at in range(RECEIPTS)
        ],
        batch_size=500,
    )  # fmt: skip


def _meetings(commune: Unit, person: User) -> None:
    from dinhlang.meetings.models import AgendaItem, Decision, Meeting

    for at in range(MEETINGS):
        when = AT + timedelta(days=at * 5)
        row = Meeting.objects.create(
            place=commune, title=f"Họp Ban Chỉ đạo lần {at + 1}", body="Ban Chỉ đạo xã", at=when,
            created=when, created_by=person, state="closed" if at < MEETINGS - 1 else "held",
            attendees="\n".join(f"Cơ quan {number}" for number in range(20)),
        )  # fmt: skip
        items = [
            AgendaItem(
                meeting=row, position=number, text=f"Nội dung {number}", said="Đã nghe. " * 9
            )
            for number in range(1, POINTS + 1)
        ]
        AgendaItem.objects.bulk_create(items)
        Decision.objects.bulk_create(
            [
                Decision(
                    meeting=row, item=item, position=number, text=f"Giao việc số {number}",
                    lead=f"Cơ quan {number}", end=date(YEAR, 12, number + 1),
                )
                for number, item in enumerate(AgendaItem.objects.filter(meeting=row), start=1)
            ]
        )  # fmt: skip


def addresses() -> tuple[Client, dict[str, str]]:
    """Who looks, and every page of these parts by its name."""
    from django.test import Client

    from dinhlang.meetings.models import Meeting
    from dinhlang.money.models import Beneficiary, Pledge, Policy, Receipt
    from dinhlang.people.models import User
    from dinhlang.places.models import Level, Unit

    client = Client()
    client.force_login(User.objects.get(username="taichinh"))
    place = Unit.objects.get(level=Level.COMMUNE).pk
    largest = Policy.objects.order_by("pk")[0].pk
    given = f"/dong-gop/{place}"
    under_way = Meeting.objects.get(state="held").pk
    return client, {
        "an empty page": "/kinh-phi/?q=khongconoinao",
        "support policies": f"/ho-tro/{place}?nam={YEAR}",
        "a list of 700": f"/ho-tro/chinh-sach/{largest}",
        "the list to sign": f"/ho-tro/chinh-sach/{largest}/bang-ke",
        "removed from the list": f"/ho-tro/chinh-sach/{largest}/da-xoa",
        "changing a policy": f"/ho-tro/chinh-sach/{largest}/sua",
        "a household": f"/ho-tro/nguoi/{Beneficiary.objects.order_by('pk')[0].pk}",
        "contributions": f"{given}?nam={YEAR}",
        "the ledger of receipts": f"{given}/so-thu?nam={YEAR}",
        "a new receipt": f"{given}/thu?nam={YEAR}",
        "a new pledge": f"{given}/them?nam={YEAR}",
        "a pledge": f"/dong-gop/dang-ky/{Pledge.objects.order_by('pk')[1].pk}",
        "a receipt": f"/dong-gop/phieu/{Receipt.objects.order_by('pk')[1].pk}",
        "to be published": f"{given}/cong-bo?nam={YEAR}",
        "meetings": f"/hop/{place}",
        "a meeting to plan": f"/hop/{place}/moi",
        "a meeting": f"/hop/cuoc/{under_way}",
        "minutes closed": f"/hop/cuoc/{under_way - 1}",
    }


if __name__ == "__main__":
    sys.exit(pages.main(__file__, seed, addresses))
