"""Units with their facts, as an assessment holds them against the law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from dinhlang.law.sets import Measure
from dinhlang.law.subjects import Fact, FactKey, Subject
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import catalogue
from ..attributes import GROUP, HOUSEHOLDS, POPULATION, REGION
from ..combining import combine, stands_before
from ..models import EvidenceLink, Observation
from . import places

Facts = dict[FactKey, tuple[Fact, ...]]

_COLUMNS = (
    "pk", "place_id", "measure", "sex", "start", "end", "value", "numerator", "denominator",
    "yes", "grade", "source", "confirmed_at", "valid_to", "by_id", "confirmed_by_id",
)  # fmt: skip


def subject(unit: Unit, on: date, known_at: datetime | None = None) -> Subject:
    """The unit with all its facts up to the day, its units below, its region and group.

    ``known_at`` asks what stood in the books at that moment; without it, what stands now.
    """
    return subjects([unit], on, known_at)[unit.pk]


def subjects(
    units: Iterable[Unit], on: date, known_at: datetime | None = None
) -> dict[int, Subject]:
    """The same for many units, by number, in a number of queries that does not grow with them."""
    return _subjects(list(units), on, known_at)


def _subjects(units: Sequence[Unit], on: date, known_at: datetime | None) -> dict[int, Subject]:
    numbers = [unit.pk for unit in units]
    if not numbers:
        return {}
    children: dict[int, dict[str, list[Unit]]] = defaultdict(lambda: defaultdict(list))
    for level in {unit.level for unit in units}:
        levels = places.BELOW.get(level, ())
        parents = [unit.pk for unit in units if unit.level == level] if levels else []
        for parent, kids in places.below(parents, levels, on).items():
            for kid in kids:
                children[parent][kid.level].append(kid)
    lower = _subjects(
        [kid for by_level in children.values() for kids in by_level.values() for kid in kids],
        on,
        known_at,
    )
    facts = own_facts(numbers, on, known_at)
    about = places.attributes(numbers, on, known_at)
    measures = catalogue.known()
    found: dict[int, Subject] = {}
    for unit in units:
        below = {
            level: tuple(lower[kid.pk] for kid in kids) for level, kids in children[unit.pk].items()
        }
        known = facts.get(unit.pk, {})
        for several in below.values():
            known = with_combined(known, several, measures)
        said = about[unit.pk]
        found[unit.pk] = Subject(
            name=unit.title,
            id=unit.pk,
            region=said.get(REGION),
            group=said.get(GROUP),
            attributes=said,
            facts=known,
            children=below,
        )
    return found


def known(rows: QuerySet[Observation], at: datetime | None) -> QuerySet[Observation]:
    """The observations that stood in the books at that moment (now)."""
    if at is None:
        return rows.filter(superseded_at=None)
    return rows.filter(Q(superseded_at=None) | Q(superseded_at__gt=at), at__lte=at)


def own_facts(units: Sequence[int], on: date, known_at: datetime | None = None) -> dict[int, Facts]:
    """What was entered for each of these units itself, for periods begun by the day."""
    found: dict[int, dict[FactKey, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    proofs = _proofs(units, known_at)
    rows: list[tuple[Any, ...]] = []
    for some in places.chunks(units):
        asked = known(Observation.objects.filter(place__in=some, start__lte=on), known_at)
        # The latest end first; of two periods with one end the longer one.
        rows += asked.order_by("-end", "start").values_list(*_COLUMNS)
    names = _names({row[at] for row in rows for at in (14, 15)})
    for row in rows:
        fact = _fact(row, names, proofs, known_at)
        if fact is not None:
            found[row[1]][fact.measure, fact.sex].append(fact)
    return {
        place: {key: tuple(several) for key, several in facts.items()}
        for place, facts in found.items()
    }


def _fact(
    row: tuple[Any, ...],
    names: Mapping[int | None, str],
    proofs: Mapping[tuple[int, str], list[tuple[int, int]]],
    known_at: datetime | None,
) -> Fact | None:
    """The observation as a fact; None where it only takes an earlier one back."""
    (pk, place, measure, sex, _, end, value, top, bottom, yes, grade, source, confirmed_at,
     valid_to, by, confirmed_by) = row  # fmt: skip
    if value is None and top is None and yes is None and not grade:
        return None
    confirmed = confirmed_at is not None and (known_at is None or confirmed_at <= known_at)
    evidence = proofs.get((place, measure), ())
    return Fact(
        measure=measure,
        year=end.year,
        sex=sex,
        value=value,
        numerator=top,
        denominator=bottom,
        yes=yes,
        grade=grade or None,
        source=source,
        confirmed=confirmed,
        period_end=end,
        valid_to=valid_to,
        id=pk,
        by=names.get(by, ""),
        confirmed_by=names.get(confirmed_by, "") if confirmed else "",
        evidence=tuple(number for number, year in evidence if year in (0, end.year)),
    )


def _names(numbers: set[int | None]) -> dict[int | None, str]:
    found = User.objects.filter(pk__in=[number for number in numbers if number is not None])
    return {user.pk: str(user) for user in found}


def _proofs(
    units: Sequence[int], known_at: datetime | None
) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """By place and measure: the evidence attached, each with its year (0: every year)."""
    found: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for some in places.chunks(units):
        links = EvidenceLink.objects.filter(place__in=some).exclude(measure="")
        if known_at is None:
            links = links.filter(removed_at=None)
        else:
            links = links.filter(Q(removed_at=None) | Q(removed_at__gt=known_at), at__lte=known_at)
        for place, measure, evidence, year in links.order_by("evidence_id").values_list(
            "place_id", "measure", "evidence_id", "year"
        ):
            found[place, measure].append((evidence, year))
    return found


def with_combined(
    own: Mapping[FactKey, tuple[Fact, ...]],
    below: Sequence[Subject],
    measures: Mapping[str, Measure],
) -> Facts:
    """The unit's facts, completed with what those below make together, the latest first."""
    found: Facts = dict(own)
    for key, facts in combined(below, measures).items():
        mine = {fact.year: fact for fact in reversed(own.get(key, ()))}
        fresh = [
            fact
            for fact in facts
            if fact.year not in mine or not stands_before(mine[fact.year], fact)
        ]
        replaced = {fact.year for fact in fresh}
        kept = [fact for fact in own.get(key, ()) if fact.year not in replaced]
        merged = sorted((*kept, *fresh), key=lambda fact: -fact.year)
        if merged:
            found[key] = tuple(merged)
    return found


def combined(
    below: Sequence[Subject], measures: Mapping[str, Measure]
) -> dict[FactKey, tuple[Fact, ...]]:
    """What the units below make together, by measure and sex, latest year first."""
    numbers = [each.id for each in below if each.id is not None]
    by_key: dict[tuple[str, Any, int], dict[int, Fact]] = defaultdict(dict)
    for each in below:
        for (name, sex), facts in each.facts.items():
            for fact in facts:
                if each.id is not None:
                    by_key[name, sex, fact.year].setdefault(each.id, fact)
    found: dict[FactKey, list[Fact]] = defaultdict(list)
    for (name, sex, _), values in sorted(by_key.items(), key=lambda item: -item[0][2]):
        measure = measures.get(name)
        if measure is None:
            continue
        made = combine(measure, values, numbers, weights(measure, below))
        if made is not None:
            found[name, sex].append(made)
    return {key: tuple(facts) for key, facts in found.items()}


def weights(measure: Measure, below: Sequence[Subject]) -> dict[int, Decimal]:
    """How much each unit counts in a mean."""
    return weights_of(measure, {each.id: each.attributes for each in below if each.id is not None})


def weights_of(measure: Measure, about: Mapping[int, Mapping[str, str]]) -> dict[int, Decimal]:
    """How much each unit counts in a mean: its people, or its households where that is the unit."""
    name = HOUSEHOLDS if "/hộ" in measure.unit else POPULATION
    return {unit: Decimal(said[name]) for unit, said in about.items() if name in said}
