"""How long the board's pages take to answer, on SQLite and on PostgreSQL.

A province of 150 communes of eight villages with an observation for every measure the commune sets
of 318/QĐ-TTg ask for. To reach: 100 milliseconds at the 95th percentile for the board of one
commune by the set with most indicators. The reference of each page is an empty page of the same
site, answered in the same run: what the sign-in and the frame cost anyway.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from datetime import date
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import bench_country
from bench_law import ON, SETS, communes

COUNT = 150
ROUNDS = 40
ROW = "{:<12}{:<28}{:>10}{:>10}{:>9}"


def main() -> int:
    """Prints a line a page and database."""
    if len(sys.argv) > 1:
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
    """Writes the province and somebody who looks at it."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from dinhlang.facts.models import Observation, PlaceAttribute
    from dinhlang.law.library import shipped
    from dinhlang.people.models import Grant, User
    from dinhlang.places import tree
    from dinhlang.places.models import Level, Unit
    from dinhlang.places.services import ensure_country

    made = communes(shipped().at(ON), COUNT)
    province = bench_country.new_unit(Level.PROVINCE, "tỉnh", "An Mẫu", ensure_country())
    province.save()
    above = [bench_country.new_unit(Level.COMMUNE, "xã", each.name, province) for each in made]
    Unit.objects.bulk_create(above)
    kids = [
        (bench_country.new_unit(Level.VILLAGE, "thôn", kid.name, unit), kid)
        for unit, each in zip(above, made, strict=True)
        for kid in each.children["village"]
    ]
    Unit.objects.bulk_create([unit for unit, _ in kids], batch_size=2000)
    tree.rebuild()
    PlaceAttribute.objects.create(
        place=province, name="region", value="DBSH", valid_from=date(2020, 1, 1),
        at=bench_country.moment(),
    )  # fmt: skip
    for some in bench_country.portions([*zip(above, made, strict=True), *kids], 200):
        rows = [row for unit, each in some for row in bench_country.observations(unit, each)]
        Observation.objects.bulk_create(rows, batch_size=2000)
    viewer = User.objects.create(username="xem", full_name="Người Xem")
    Grant.objects.create(user=viewer, role="province", place=province)


def measure() -> int:
    """Prints the lines of this database."""
    from django.test import Client

    from dinhlang.people.models import User
    from dinhlang.places.models import Level, Unit

    client = Client()
    client.force_login(User.objects.get(username="xem"))
    commune = Unit.objects.filter(level=Level.COMMUNE)[0].pk
    province = Unit.objects.get(level=Level.PROVINCE).pk
    day, largest = f"?ngay={ON.isoformat()}", SETS[-1]
    own = f"/tieu-chi/{commune}/{largest}/"
    pages = {
        "an empty page": "/tieu-chi/chon?q=khongconoinao",
        "the board": own + day,
        "a criterion": f"{own}17/{day}",
        "the trend (fetched after)": f"{own}xu-huong{day}",
        f"{COUNT} communes": f"/tieu-chi/bang/{province}/{day}&bo={largest}",
    }
    reference = 0.0
    for name, address in pages.items():
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
