"""How long the pages of work take to answer for 2,000 tasks, on SQLite and on PostgreSQL.

A commune of eight villages with 2,000 tasks over two years, as offices would leave them: parts,
dependencies, late, waiting, accepted. To reach: 100 milliseconds at the 95th percentile for every
page. The reference is an empty page of the same site, answered in the same run.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import bench_country

ROOT = Path(__file__).resolve().parents[1]
COUNT = 2000
ROUNDS = 30
ROW = "{:<12}{:<28}{:>10}{:>10}{:>9}"
LEAD = "Công chức Địa chính - Xây dựng - Môi trường"


def main() -> int:
    """Prints a line a page and database."""
    if len(sys.argv) > 1:
        sys.path.insert(0, str(ROOT))
        bench_country.set_up()
        seed()
        return measure()
    print("milliseconds: median, 95th percentile; ratio to an empty page")
    print(ROW.format("database", "page", "median", "p95", "ratio"))
    worst = 0
    for name in ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory() as folder,
            getattr(bench_country, name)(folder) as url,
        ):
            environment = {
                **os.environ,
                "DINHLANG_DATA_DIR": folder,
                "DINHLANG_SECRET_KEY": secrets.token_urlsafe(48),
                "DINHLANG_HTTPS": "0",
                "DINHLANG_ALLOWED_HOSTS": "testserver",
                "DJANGO_SETTINGS_MODULE": "dinhlang.web.settings",
                "DATABASE_URL": url,
                "BENCH_NAME": name,
            }
            done = subprocess.run([sys.executable, __file__, "run"], env=environment)
            worst = max(worst, done.returncode)
    return worst


def seed() -> None:
    """Writes the commune, its work, and the officer who looks at it."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.utils import timezone

    from dinhlang.people.models import Grant, Office, OfficeHolding, User
    from dinhlang.places import tree
    from dinhlang.places.models import Level, Unit
    from dinhlang.places.services import ensure_country
    from tests.work.making import OFFICES, a_commune_of_work

    province = bench_country.new_unit(Level.PROVINCE, "tỉnh", "An Mẫu", ensure_country())
    province.save()
    commune = bench_country.new_unit(Level.COMMUNE, "xã", "Làng Mẫu", province)
    commune.save()
    names = ("Đông", "Đoài", "Thượng", "Hạ", "Trung", "Bến", "Chợ", "Soi")
    villages = [bench_country.new_unit(Level.VILLAGE, "thôn", name, commune) for name in names]
    Unit.objects.bulk_create(villages)
    tree.rebuild()
    viewer = User.objects.create(username="xem", full_name="Người Xem")
    Grant.objects.create(user=viewer, role="leader", place=commune)
    for title in OFFICES:
        office = Office.objects.create(place=commune, title=title)
        if title == LEAD:
            OfficeHolding.objects.create(user=viewer, office=office)
    a_commune_of_work(commune, villages, COUNT, timezone.localdate())


def pages(place: int, on: date) -> dict[str, str]:
    """Every page of work by its name."""
    own = f"/cong-viec/{place}"
    key = "cong+chuc+dia+chinh+xay+dung+moi+truong"
    return {
        "an empty page": "/cong-viec/chon?q=khongconoinao",
        "my work": "/viec/",
        "by office": f"{own}/co-quan",
        "one office of them": f"{own}/co-quan?nhom={key}",
        "by village": f"{own}/thon",
        "by criterion": f"{own}/tieu-chi",
        "the board": f"{own}/bang",
        "the month": f"{own}/lich",
        "the week": f"{own}/lich?tuan={on}",
        "the timeline": f"{own}/thoi-gian",
        "the roadmap": f"{own}/lo-trinh",
        "the leader's page": f"{own}/lanh-dao",
        "filtered": f"{own}/bang?q=duong&tt=unfinished&ky=nam-nay",
    }


def measure() -> int:
    """Prints the lines of this database."""
    from django.test import Client
    from django.utils import timezone

    from dinhlang.people.models import User
    from dinhlang.places.models import Level, Unit

    client = Client()
    client.force_login(User.objects.get(username="xem"))
    place, reference = Unit.objects.get(level=Level.COMMUNE).pk, 0.0
    for name, address in pages(place, timezone.localdate()).items():
        times = answered(client, address)
        reference = reference or median(times)
        found = (median(times), quantiles(times, n=20)[-1])
        figures = (*(f"{each:.0f}" for each in found), f"{found[0] / reference:.1f}")
        print(ROW.format(os.environ["BENCH_NAME"], name, *figures), flush=True)
    return 0


def answered(client: Any, address: str) -> list[float]:
    """The milliseconds of each round, after one to warm up."""
    assert client.get(address).status_code == 200, address
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        client.get(address)
        times.append((perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(main())
