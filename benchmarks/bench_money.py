"""How long the pages of a commune's money take to answer, on SQLite and on PostgreSQL.

Five years with 300 needs, 60 sources and 6,000 movements, 15 villages. To reach: 100 milliseconds
at the 95th percentile for every page. The reference is an empty page of the same site, answered
in the same run: what the sign-in and the frame cost anyway.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING

import pages

if TYPE_CHECKING:
    from django.test import Client

YEARS = range(2026, 2031)
NEEDS, SOURCES, MOVEMENTS, VILLAGES = 300, 60, 6000, 15
MILLION = 10**6
AT = datetime(2026, 3, 1, tzinfo=UTC)


def seed() -> None:
    """Writes the commune, its five years of money, and somebody who works with it."""
    from dinhlang.money.models import Need, Source, SourceKind
    from dinhlang.people.models import Grant, User

    commune, villages = pages.a_commune(*(f"Mẫu {at}" for at in range(1, VILLAGES + 1)))
    chance = Random(6)
    needs = [
        Need(
            place=commune, year=YEARS[at % 5], text=f"Công trình số {at} của xã Làng Mẫu",
            search_key=f"cong trinh so {at}", amount=chance.randint(50, 9000) * MILLION,
            criterion=str(at % 10 + 1), component=f"1.{at % 10 + 1}", is_works=at % 3 > 0,
            village=chance.choice([None, *villages]), at=AT,
            due=date(YEARS[at % 5], at % 12 + 1, at % 27 + 1),
        )
        for at in range(NEEDS)
    ]  # fmt: skip
    sources = [
        Source(
            place=commune, year=YEARS[at % 5], text=f"Nguồn vốn số {at}", at=AT,
            kind=SourceKind.values[at % 14], amount=chance.randint(500, 90000) * MILLION,
            condition="được công nhận" if at % 7 == 0 else "",
            expected=date(YEARS[at % 5], at % 12 + 1, 5),
        )
        for at in range(SOURCES)
    ]  # fmt: skip
    Need.objects.bulk_create(needs)
    Source.objects.bulk_create(sources)
    _movements(chance)
    person = User.objects.create(username="taichinh", full_name="Người Làm")
    Grant.objects.create(user=person, role="officer", place=commune)


def _movements(chance: Random) -> None:
    from dinhlang.money.models import Movement, Need, Source, Step

    by_year = {year: list(Source.objects.filter(year=year)) for year in YEARS}
    needs = list(Need.objects.all())
    steps = [Step.PLANNED, Step.ALLOCATED, Step.DISBURSED, Step.SETTLED, Step.COMPLETED]
    rows = []
    for at in range(MOVEMENTS):
        need, step = needs[at % len(needs)], steps[at % 5]
        done = step == Step.COMPLETED
        rows.append(
            Movement(
                need=need, source=None if done else chance.choice(by_year[need.year]), step=step,
                amount=chance.randint(1, 400) * MILLION, day=date(need.year, at % 12 + 1, 9),
                paper=f"Quyết định số {at}/QĐ-UBND", at=AT,
            )
        )  # fmt: skip
    Movement.objects.bulk_create(rows, batch_size=1000)


def addresses() -> tuple[Client, dict[str, str]]:
    """Who looks, and every page of a year's money by its name."""
    from django.test import Client

    from dinhlang.money.models import Need, Source
    from dinhlang.people.models import User
    from dinhlang.places.models import Level, Unit

    client = Client()
    client.force_login(User.objects.get(username="taichinh"))
    village = Unit.objects.filter(level=Level.VILLAGE)[0].pk
    own = f"/kinh-phi/{Unit.objects.get(level=Level.COMMUNE).pk}/2026/"
    return client, {
        "an empty page": "/kinh-phi/?q=khongconoinao",
        "overview": own,
        "needs by criterion": own + "nhu-cau/",
        "needs by village": own + "nhu-cau/?theo=thon",
        "sources": own + "nguon/",
        "the matrix": own + "phan-bo/",
        "the matrix, allocated": own + "phan-bo/?buoc=allocated",
        "the ledger": own + "so/",
        "one step of the ledger": own + "so/?buoc=disbursed&trang=2",
        "cash flow": own + "dong-tien/",
        "debts": own + "no-dong/",
        "requests": own + "de-nghi/",
        "five years": own + "cac-nam/",
        "removed needs and sources": own + "da-xoa/",
        "a new need": own + "nhu-cau/them",
        "bringing in a sheet": own + "nhap",
        "a village's money": f"/kinh-phi/thon/{village}/2026/",
        "a need": Need.objects.filter(year=2026)[0].get_absolute_url(),
        "a source": Source.objects.filter(year=2026)[0].get_absolute_url(),
    }


if __name__ == "__main__":
    sys.exit(pages.main(__file__, seed, addresses))
