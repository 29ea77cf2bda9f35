"""The entry grids: what is known of a place for a period, measure by measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from dinhlang.law.sets import CriteriaSet, Measure, SubjectLevel
from dinhlang.law.subjects import Fact
from dinhlang.law.walking import measures_in
from dinhlang.lawbook.selectors import law_for
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold

from .. import catalogue, texts
from ..combining import combine
from ..models import EvidenceLink, Observation, Sex, Source, State
from ..periods import Period
from . import places
from .subjects import weights_of

SEXES: tuple[tuple[str, str], ...] = (("", "chung"), *((each.value, each.label) for each in Sex))
EVERYTHING = "tat-ca"
YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of one topic, of one set (or ``EVERYTHING``), only what is missing, by words."""

    topic: str = ""
    set_id: str = ""
    missing: bool = False
    text: str = ""


@dataclass(slots=True)
class Line:
    """One line of a grid: a measure at a place, of men, of women or of all."""

    measure: Measure
    place: Unit
    sex: str = ""
    now: Observation | None = None
    before: Observation | None = None
    combined: Fact | None = None
    papers: int = 0
    error: str = ""
    sent: texts.Typed | None = None
    sent_source: str = ""

    @property
    def key(self) -> str:
        """Names the line within its page."""
        return ".".join(filter(None, (self.measure.id, self.sex)))

    @property
    def cell(self) -> str:
        """Names it among several places."""
        return f"{self.place.pk}.{self.key}"

    @property
    def typed(self) -> texts.Typed:
        """What stands in the boxes: what was just typed and refused, else what is known."""
        return self.sent if self.sent is not None else texts.typed_of(self.now, self.measure)

    @property
    def sex_words(self) -> str:
        """“nam”, “nữ”; “chung” where the measure is also taken for each."""
        return dict(SEXES)[self.sex].lower() if self.measure.by_sex else ""

    @property
    def in_parts(self) -> bool:
        """Whether it may be entered as two numbers."""
        return self.measure.kind == "rate" and bool(self.measure.numerator)

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen, where it is not a number."""
        if self.measure.kind == "yes_no":
            return texts.answers(self.measure)
        return self.measure.scale if self.measure.kind == "grade" else ()

    @property
    def before_words(self) -> str:
        """The last number, with its unit only where the line's own would not tell."""
        typed = texts.typed_of(self.before, self.measure)
        return f"{typed.value} %" if typed.numerator and typed.value else typed.value

    @property
    def before_period(self) -> str:
        """When it was."""
        return self.before.time.label if self.before else ""

    @property
    def change(self) -> str:
        """How far it moved since."""
        return texts.change(self.now, self.before)

    @property
    def jump(self) -> str:
        """A gentle warning, where it moved far."""
        return texts.jump(self.now, self.before)

    @property
    def combined_words(self) -> str:
        """What the villages make together."""
        return texts.words(self.measure, self.combined) if self.combined else ""

    @property
    def differs(self) -> bool:
        """Whether its own number is not that of the villages together."""
        if self.combined is None or self.now is None:
            return False
        if self.combined.yes is not None or self.combined.grade:
            return (self.combined.yes, self.combined.grade or "") != (self.now.yes, self.now.grade)
        return texts.number_of(self.now) != texts.number_of(self.combined)

    @property
    def source(self) -> str:
        """The source chosen; a survey where the law takes nothing else."""
        if self.sent_source:
            return self.sent_source
        if self.now is not None:
            return str(self.now.source)
        return str(Source.SURVEY if self.measure.survey_only else Source.TYPED)

    @property
    def state(self) -> str:
        """“error”, “missing”, “combined”, “draft” or “confirmed”."""
        if self.error:
            return "error"
        if self.now is None:
            return "combined" if self.combined is not None else "missing"
        return str(self.now.state)

    @property
    def is_missing(self) -> bool:
        """Whether nothing is known, neither typed nor combined."""
        return self.state == "missing"


@dataclass(slots=True)
class Topic:
    """A group of lines."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many lines have nothing."""
        return sum(line.is_missing for line in self.lines)


@dataclass(slots=True)
class Grid:
    """A page of lines by topic; ``asked_by_none``: no set in force asks for any of them."""

    topics: list[Topic]
    sets: list[CriteriaSet]
    names: list[str]
    asked_by_none: bool = False

    @property
    def lines(self) -> list[Line]:
        """All lines, in order."""
        return [line for topic in self.topics for line in topic.lines]

    @property
    def total(self) -> int:
        """How many lines."""
        return len(self.lines)

    @property
    def filled(self) -> int:
        """How many have a number, typed or combined."""
        return sum(not line.is_missing for line in self.lines)

    @property
    def drafts(self) -> int:
        """How many wait to be confirmed."""
        return sum(line.state == State.DRAFT for line in self.lines)

    def line(self, key: str) -> Line | None:
        """The line of a key."""
        return next((line for line in self.lines if line.key == key), None)


def grid(unit: Unit, period: Period, wanted: Wanted) -> Grid:
    """The lines of a place for a period."""
    sets = sets_for(unit, period)
    measures = choose(unit, wanted, sets)
    lines = lines_of(unit, period, measures)
    if wanted.missing:
        lines = [line for line in lines if line.is_missing]
    topics: dict[str, Topic] = {}
    for line in lines:
        name = line.measure.topic or "Khác"
        topics.setdefault(name, Topic(name)).lines.append(line)
    names = list(dict.fromkeys(each.topic or "Khác" for each in _of_level(unit)))
    asked = wanted.set_id == EVERYTHING or any(measures_in(each) for each in sets)
    return Grid(list(topics.values()), sets, names, not asked)


def sets_for(unit: Unit, period: Period) -> list[CriteriaSet]:
    """The sets in force for the place on the last day of the period."""
    level = _SUBJECTS.get(unit.level)
    if level is None:
        return []
    return [each.set for each in law_for(unit, period.end).in_force(subject=level)]


_SUBJECTS: dict[str, SubjectLevel] = {
    Level.VILLAGE: "village",
    Level.COMMUNE: "commune",
    Level.DISTRICT: "district",
    Level.PROVINCE: "province",
}


def choose(unit: Unit, wanted: Wanted, sets: Sequence[CriteriaSet]) -> list[Measure]:
    """The measures asked for: of a set, else of all sets in force, else all of the level."""
    found = _of_level(unit)
    if wanted.set_id != EVERYTHING:
        chosen = [each for each in sets if wanted.set_id in ("", each.id)]
        needed = {name for each in chosen for name in measures_in(each)}
        if needed:
            found = [each for each in catalogue.known().values() if each.id in needed]
    if wanted.topic:
        found = [each for each in found if (each.topic or "Khác") == wanted.topic]
    for word in fold(wanted.text).split():
        found = [each for each in found if word in fold(f"{each.name} {each.office}")]
    return found


def _of_level(unit: Unit) -> list[Measure]:
    """What is measured at such a place; of a village also what its commune adds up."""
    known = catalogue.known().values()
    if unit.level == Level.VILLAGE:
        added = ("sum", "ratio_of_sums", "mean_by_weight")
        return [each for each in known if each.level == "village" or each.combine in added]
    return [each for each in known if each.level == unit.level]


def lines_of(unit: Unit, period: Period, measures: Sequence[Measure]) -> list[Line]:
    """A line a measure, or three where it is taken for men and women."""
    ids = [each.id for each in measures]
    now = {(row.measure, row.sex): row for row in current([unit.pk], period, ids)}
    before = last_before(unit, period, ids)
    below = combined_now(unit, period, measures)
    papers = paper_counts([unit.pk], period.year)
    found: list[Line] = []
    for measure in measures:
        for sex, _ in SEXES if measure.by_sex else SEXES[:1]:
            at = (measure.id, sex)
            line = Line(measure, unit, sex, now.get(at), before.get(at), below.get(at))
            line.papers = papers.get((unit.pk, measure.id), 0)
            found.append(line)
    return found


def current(
    units: Iterable[int], period: Period, measures: Iterable[str] | None = None
) -> QuerySet[Observation]:
    """What stands there for exactly this period, entries taken back left out."""
    rows = Observation.objects.filter(
        place__in=list(units), start=period.start, end=period.end, superseded_at=None
    )
    if measures is not None:
        rows = rows.filter(measure__in=list(measures))
    found: QuerySet[Observation] = rows.exclude(nothing()).select_related("by", "confirmed_by")
    return found


def nothing() -> Q:
    """Entries that only take back what was there."""
    return Q(value=None, numerator=None, yes=None, grade="")


def last_before(
    unit: Unit, period: Period, measures: Sequence[str]
) -> dict[tuple[str, str], Observation]:
    """The last number of an earlier period, of the same kind where there is one."""
    rows = (
        Observation.objects.filter(place=unit, superseded_at=None, end__lt=period.start)
        .filter(end__gte=date(period.year - YEARS_BACK, 1, 1), measure__in=measures)
        .exclude(nothing())
    )
    found: dict[tuple[str, str], Observation] = {}
    for row in sorted(rows, key=lambda row: (row.period == period.kind, row.end), reverse=True):
        found.setdefault((row.measure, row.sex), row)
    return found


def combined_now(
    unit: Unit, period: Period, measures: Iterable[Measure]
) -> dict[tuple[str, str], Fact]:
    """What the units below make together in exactly this period."""
    levels = places.BELOW.get(unit.level, ())
    kids = places.below([unit.pk], levels, period.end).get(unit.pk, []) if levels else []
    if not kids:
        return {}
    numbers = [kid.pk for kid in kids]
    by_key: dict[tuple[str, str], dict[int, Fact]] = defaultdict(dict)
    for row in current(numbers, period):
        by_key[row.measure, row.sex][row.place_id] = as_fact(row)
    about: Mapping[int, Mapping[str, str]] = {}
    if any(each.combine == "mean_by_weight" for each in measures):
        about = places.attributes(numbers, period.end)
    found: dict[tuple[str, str], Fact] = {}
    for measure in measures:
        for sex, _ in SEXES:
            values = by_key.get((measure.id, sex))
            if values:
                made = combine(measure, values, numbers, weights_of(measure, about))
                if made is not None:
                    found[measure.id, sex] = made
    return found


def as_fact(row: Observation) -> Fact:
    """The observation as a fact, without its evidence and its people."""
    return Fact(
        measure=row.measure, year=row.end.year, sex=row.sex,  # type: ignore[arg-type]
        value=row.value, numerator=row.numerator, denominator=row.denominator, yes=row.yes,
        grade=row.grade or None, source=row.source,  # type: ignore[arg-type]
        confirmed=row.is_confirmed, period_end=row.end, valid_to=row.valid_to, id=row.pk,
    )  # fmt: skip


def paper_counts(units: Iterable[int], year: int) -> dict[tuple[int, str], int]:
    """By place and measure: how many papers prove that year's number."""
    links = EvidenceLink.objects.filter(place__in=list(units), removed_at=None)
    counted = (
        links.exclude(measure="")
        .filter(year__in=(0, year))
        .order_by()
        .values_list("place_id", "measure")
        .annotate(count=Count("evidence", distinct=True))
    )
    return {(place, measure): count for place, measure, count in counted}


@dataclass(slots=True)
class VillageGrid:
    """Villages in lines, measures in columns; ``totals`` is what they make together."""

    measures: list[Measure]
    rows: list[tuple[Unit, list[Line]]]
    totals: list[Line]


def village_grid(unit: Unit, period: Period, measures: Sequence[Measure]) -> VillageGrid:
    """The villages of a commune, with what is known of each for the period."""
    kids = places.below([unit.pk], places.BELOW.get(unit.level, ()), period.end).get(unit.pk, [])
    numbers = [kid.pk for kid in kids]
    ids = [each.id for each in measures]
    now = {(row.place_id, row.measure): row for row in current(numbers, period, ids).filter(sex="")}
    papers = paper_counts(numbers, period.year)
    rows = []
    for kid in kids:
        lines = [Line(each, kid, "", now.get((kid.pk, each.id))) for each in measures]
        for line in lines:
            line.papers = papers.get((kid.pk, line.measure.id), 0)
        rows.append((kid, lines))
    totals = [line for line in lines_of(unit, period, list(measures)) if not line.sex]
    return VillageGrid(list(measures), rows, totals)


def village_defaults(unit: Unit, period: Period, choices: Sequence[Measure]) -> list[Measure]:
    """Of these measures those that a set in force asks for: of villages first, else of communes.

    Empty where no set in force asks villages for anything.
    """
    law = law_for(unit, period.end)
    subjects: tuple[SubjectLevel, ...] = ("village", "commune")
    for subject in subjects:
        needed = {name for each in law.in_force(subject=subject) for name in measures_in(each.set)}
        found = [each for each in choices if each.level == "village" and each.id in needed]
        if found:
            return found
    return []


def village_choices(unit: Unit) -> list[Measure]:
    """The measures that villages can be asked for."""
    kinds = ("survey_again",)
    known = catalogue.known().values()
    found = [each for each in known if each.level == "village" or each.combine not in kinds]
    return sorted(found, key=lambda each: each.level != "village")
