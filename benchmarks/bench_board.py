"""How long the board's pages take to answer, on SQLite and on PostgreSQL.

A province of 150 communes of eight villages with an observation for every measure the commune sets
of 318/QĐ-TTg ask for. To reach: 100 milliseconds at the 95th percentile for the board of one
commune by the set with most indicators. The reference of each page is an empty page of the same
site, answered in the same run: what the sign-in and the frame cost anyway.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import bench_country
import pages
from bench_law import ON, SETS, communes

if TYPE_CHECKING:
    from django.test import Client

COUNT = 150


def seed() -> None:
    """Writes the province and somebody who looks at it."""
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


def addresses() -> tuple[Client, dict[str, str]]:
    """Who looks, and every page by its name."""
    from django.test import Client

    from dinhlang.people.models import User
    from dinhlang.places.models import Level, Unit

    client = Client()
    client.force_login(User.objects.get(username="xem"))
    commune = Unit.objects.filter(level=Level.COMMUNE)[0].pk
    province = Unit.objects.get(level=Level.PROVINCE).pk
    day, largest = f"?ngay={ON.isoformat()}", SETS[-1]
    own = f"/tieu-chi/{commune}/{largest}/"
    return client, {
        "an empty page": "/tieu-chi/chon?q=khongconoinao",
        "the board": own + day,
        "a criterion": f"{own}17/{day}",
        "the trend (fetched after)": f"{own}xu-huong{day}",
        f"{COUNT} communes": f"/tieu-chi/bang/{province}/{day}&bo={largest}",
    }


if __name__ == "__main__":
    sys.exit(pages.main(__file__, seed, addresses))
