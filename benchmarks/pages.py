"""What the figures of pages share: both databases, a server's memory, the times of an answer."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

import bench_country

if TYPE_CHECKING:
    from django.test import Client

    from dinhlang.places.models import Unit

ROUNDS = 30
ROW = "{:<12}{:<28}{:>8}{:>7}{:>8}{:>7}{:>8}"


class Times(NamedTuple):
    """How long a page took in each round, in milliseconds: by the clock, and of this process."""

    clock: list[float]
    own: list[float]


def main(
    file: str, seed: Callable[[], None], pages: Callable[[], tuple[Client, Mapping[str, str]]]
) -> int:
    """Prints a line a page and database; to be called with the ``__file__`` of the benchmark.

    ``seed`` fills an empty database, ``pages`` signs somebody in and names the addresses, that of
    an empty page first.
    """  # fmt: skip
    if len(sys.argv) > 1:
        sys.path.insert(0, str(bench_country.ROOT))
        bench_country.set_up()
        prepare()
        seed()
        analyze()
        show(*pages())
        return 0
    print("milliseconds by the clock: median, 95th percentile; the same of the process's own time;")
    print("ratio of the medians by the clock to an empty page")
    print(ROW.format("database", "page", "median", "p95", "own", "p95", "ratio"))
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
            done = subprocess.run([sys.executable, file, "run"], env=environment)
            worst = max(worst, done.returncode)
    return worst


def prepare() -> None:
    """The tables and the assets of an empty site."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def analyze() -> None:
    """What PostgreSQL's own autovacuum does within a minute of so many new rows."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def a_commune(*villages: str) -> tuple[Unit, list[Unit]]:
    """A commune of a province, and its villages of these names."""
    from dinhlang.places import tree
    from dinhlang.places.models import Level, Unit
    from dinhlang.places.services import ensure_country

    province = bench_country.new_unit(Level.PROVINCE, "tỉnh", "An Mẫu", ensure_country())
    province.save()
    commune = bench_country.new_unit(Level.COMMUNE, "xã", "Làng Mẫu", province)
    commune.save()
    named = [bench_country.new_unit(Level.VILLAGE, "thôn", name, commune) for name in villages]
    Unit.objects.bulk_create(named)
    tree.rebuild()
    return commune, list(Unit.objects.filter(level=Level.VILLAGE))


def show(client: Client, pages: Mapping[str, str], rounds: int = ROUNDS) -> None:
    """Prints the lines of this database, the memory arranged as a server's is."""
    from dinhlang.web.memory import arrange

    arrange()
    reference = 0.0
    for name, address in pages.items():
        times = answered(client, address, rounds)
        reference = reference or median(times.clock)
        found = [f"{each:.0f}" for some in times for each in (median(some), _most(some))]
        ratio = f"{median(times.clock) / reference:.1f}"
        print(ROW.format(os.environ["BENCH_NAME"], name, *found, ratio), flush=True)


def _most(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def answered(client: Client, address: str, rounds: int) -> Times:
    """The milliseconds of each round, after one to warm up."""
    first = client.get(address)
    assert first.status_code == 200, (address, first.status_code)
    found = Times([], [])
    for _ in range(rounds):
        start, own = perf_counter(), process_time()
        client.get(address)
        found.clock.append((perf_counter() - start) * 1000)
        found.own.append((process_time() - own) * 1000)
    return found
