"""How long a country's verdicts take from its observations, on SQLite and on PostgreSQL.

3,321 communes of eight villages with an observation for every measure the two commune sets of
318/QĐ-TTg ask for (the made-up facts of ``bench_law``). No figure is kept beforehand: every run
reads the observations. To reach: 5 seconds and 1,024 MB for both sets together. The reference
reads the same observations as objects and judges unit by unit, on every thirtieth commune, whose
verdicts must be the same.
"""

from __future__ import annotations

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_law import COMMUNES, ON, SETS, communes, timed

if TYPE_CHECKING:
    from dinhlang.law.subjects import Subject
    from dinhlang.places.models import Unit

ROOT = Path(__file__).resolve().parents[1]
EVERY = 30
ROW = "{:<12}{:>10}{:>10}{:>10}{:>9}{:>9}{:>8}"


def main() -> int:
    """Prints one line a database; 1 where the two ways do not agree."""
    if len(sys.argv) > 1:
        set_up()
        return seed() if sys.argv[1] == "seed" else measure()
    print("seconds; MB at most; how many times as long the reference takes; verdicts that differ")
    print(ROW.format("database", "rows", "columns", "verdicts", "MB", "ratio", "differ"))
    worst = 0
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(folder) as url:
            environment = {
                **os.environ,
                "DINHLANG_DATA_DIR": folder,
                "DINHLANG_SECRET_KEY": secrets.token_urlsafe(48),
                "DJANGO_SETTINGS_MODULE": "dinhlang.web.settings",
                "DATABASE_URL": url,
                "BENCH_NAME": name,
            }
            for step in ("seed", "measure"):
                done = subprocess.run([sys.executable, __file__, step], env=environment)
                worst = max(worst, done.returncode)
    return worst


@contextmanager
def sqlite(folder: str) -> Iterator[str]:
    """The address of an empty SQLite file."""
    yield f"sqlite:///{folder}/bench.sqlite3"


@contextmanager
def postgresql(folder: str) -> Iterator[str]:
    """The address of an empty PostgreSQL."""
    sys.path.insert(0, str(ROOT / "scripts"))
    postgres = import_module("with_postgres").postgres
    with postgres() as url:
        yield url


def set_up() -> None:
    """A Django on the database of the environment."""
    import django

    django.setup()


def seed() -> int:
    """Writes the country: units, attributes, observations."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from dinhlang.facts.models import Observation, PlaceAttribute
    from dinhlang.law.library import shipped
    from dinhlang.places import tree
    from dinhlang.places.models import Level, Unit
    from dinhlang.places.services import ensure_country

    made = communes(shipped().at(ON), COMMUNES)
    country = ensure_country()
    above = [new_unit(Level.COMMUNE, "xã", each.name, country) for each in made]
    Unit.objects.bulk_create(above, batch_size=2000)
    kids = [
        (new_unit(Level.VILLAGE, "thôn", kid.name, unit), kid)
        for unit, each in zip(above, made, strict=True)
        for kid in each.children["village"]
    ]
    Unit.objects.bulk_create([unit for unit, _ in kids], batch_size=2000)
    tree.rebuild()
    noted = [
        PlaceAttribute(place=unit, name=name, value=value, valid_from=date(2020, 1, 1), at=moment())
        for unit, each in zip(above, made, strict=True)
        for name, value in {**each.attributes, "region": each.region or ""}.items()
    ]
    PlaceAttribute.objects.bulk_create(noted, batch_size=2000)
    for some in portions([*zip(above, made, strict=True), *kids], 200):
        rows = [row for unit, each in some for row in observations(unit, each)]
        Observation.objects.bulk_create(rows, batch_size=2000)
    return 0


def new_unit(level: str, kind: str, name: str, parent: Unit) -> Unit:
    """A unit that is not written yet."""
    from dinhlang.places.models import Unit

    found = Unit(level=level, kind=kind, name=name, parent=parent)
    found.fill_keys()
    return found


def observations(unit: Unit, subject: Subject) -> Iterator[Any]:
    """What was observed of the unit: its facts, confirmed."""
    from dinhlang.facts.models import Observation

    for facts in subject.facts.values():
        for fact in facts:
            yield Observation(
                key=uuid.uuid4(),
                place=unit,
                measure=fact.measure,
                sex=fact.sex,
                period="year",
                start=date(fact.year, 1, 1),
                end=date(fact.year, 12, 31),
                value=fact.value,
                numerator=fact.numerator,
                denominator=fact.denominator,
                yes=fact.yes,
                grade=fact.grade or "",
                source=fact.source,
                state="confirmed",
                at=moment(),
                confirmed_at=moment(),
            )


def moment() -> datetime:
    """When everything was entered."""
    return datetime(2025, 1, 5, tzinfo=UTC)


def portions(values: list[Any], size: int) -> Iterator[list[Any]]:
    """The values, so many at a time."""
    for first in range(0, len(values), size):
        yield values[first : first + size]


def measure() -> int:
    """Prints the line of this database."""
    from dinhlang.facts.models import Observation
    from dinhlang.facts.selectors import subjects, table
    from dinhlang.law.compiling import STATES, compile_set
    from dinhlang.law.evaluating import evaluate
    from dinhlang.law.library import shipped
    from dinhlang.places.models import Level, Unit

    law = shipped().at(ON)
    programs = [compile_set(law.get(name), law) for name in SETS]  # type: ignore[arg-type]
    wanted: set[str] = set()
    for program in programs:
        wanted |= program.needs.all_measures
    units = list(Unit.objects.filter(level=Level.COMMUNE).order_by("pk"))
    columns, reading = timed(lambda: table(units, ON, wanted))
    found, judging = timed(lambda: [program.run(columns) for program in programs])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sample = units[::EVERY]

    def one_by_one() -> list[list[Any]]:
        known = [subjects([unit], ON)[unit.pk] for unit in sample]
        return [[evaluate(p.effective, each, law) for each in known] for p in programs]

    verdicts, alone = timed(one_by_one)
    ratio = alone * len(units) / len(sample) / (reading + judging)
    differ = sum(
        STATES[states.indicator(each.indicator.number)[n * EVERY]] is not each.state
        for states, of_set in zip(found, verdicts, strict=True)
        for n, verdict in enumerate(of_set)
        for criterion in verdict.criteria
        for each in criterion.indicators
    )
    rows = Observation.objects.count()
    print(ROW.format(os.environ["BENCH_NAME"], rows, f"{reading:.2f}", f"{judging:.2f}",
                     f"{peak:.0f}", f"{ratio:.0f}", differ), flush=True)  # fmt: skip
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
